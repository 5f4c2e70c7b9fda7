"""The studies that truths may name: those with a result of any version at a site, and those that were ordered there."""

from collections.abc import Sequence

import pandas as pd
import pyarrow as pa
from sqlalchemy import ColumnElement, Connection, Select, except_, select

from surveillance.storage.bulk import read_columns
from surveillance.storage.live_batches import live_batches, of_streams
from surveillance.storage.logs import as_frame
from surveillance.storage.tables.data import CASE, OUTCOME, STREAM, STUDY_ORDER
from surveillance.storage.times import EVER

ASKED_AT_ONCE = 500
STATEMENT = ["case_id", "truth_source", "recorded_at"]


def studies_here(connection: Connection, model: str, site: str, seen_by: int = EVER) -> pa.ChunkedArray:
    """Return the pseudonyms of a site that a truth about a product may name, as the store had them at a moment."""
    parts = [read_columns(connection, query) for query in _studies(connection, model, site, seen_by)]
    return pa.chunked_array([chunk for part in parts for chunk in part["case_id"].chunks], pa.large_string())


def any_without_study(connection: Connection, model: str, site: str, seen_by: int = EVER) -> bool:
    """Say whether some truth about a product at a site names no study there: far quicker than reading them all."""
    named = (STREAM.c.model == model) & (STREAM.c.site == site) & (STREAM.c.version == "")
    truths = select(OUTCOME.c.case_id).where(of_streams(OUTCOME, _ids(connection, named), seen_by))
    left = except_(truths, *_studies(connection, model, site, seen_by)).limit(1)
    return connection.execute(left).first() is not None


def truth_sites(connection: Connection) -> tuple[tuple[str, str], ...]:
    """List every (product, site) that truths were ever loaded about, registered or not."""
    named = select(STREAM.c.model, STREAM.c.site).where(STREAM.c.model != "", STREAM.c.version == "")
    return tuple((row.model, row.site) for row in connection.execute(named.order_by(STREAM.c.model, STREAM.c.site)))


def truths_held(connection: Connection, model: str, site: str, seen_by: int = EVER) -> pd.DataFrame:
    """Read the truths about a product at a site, by study, source and time: what is said again stands once."""
    named = (STREAM.c.model == model) & (STREAM.c.site == site) & (STREAM.c.version == "")
    asked = select(*(OUTCOME.c[name] for name in (*STATEMENT, "line")))
    rows = as_frame(read_columns(connection, asked.where(of_streams(OUTCOME, _ids(connection, named), seen_by))))
    rows = rows.sort_values(["recorded_at", "case_id", "truth_source"]).drop_duplicates(STATEMENT, ignore_index=True)
    return rows.assign(model=model, site=site)


def same_number(connection: Connection, case_ids: Sequence[str]) -> tuple[tuple[str, str, str], ...]:
    """List where studies of these pseudonyms are: (pseudonym, product, site), in order."""
    found: set[tuple[str, str, str]] = set()
    for start in range(0, len(case_ids), ASKED_AT_ONCE):
        some = case_ids[start : start + ASKED_AT_ONCE]
        query = (
            select(CASE.c.case_id, STREAM.c.model, STREAM.c.site)
            .join(STREAM, STREAM.c.id == CASE.c.stream_id)
            .where(CASE.c.case_id.in_(some), CASE.c.batch_id.in_(live_batches(EVER)))
            .distinct()
        )
        found |= {(row.case_id, row.model, row.site) for row in connection.execute(query)}
    return tuple(sorted(found))


def _studies(connection: Connection, model: str, site: str, seen_by: int) -> list[Select[tuple[str]]]:
    """Return the queries for the pseudonyms that a truth may name: results of any version, and orders of the site."""
    read = (STREAM.c.model == model) & (STREAM.c.site == site) & (STREAM.c.version != "")
    ordered = (STREAM.c.model == "") & (STREAM.c.site == site)
    return [
        select(table.c.case_id).where(of_streams(table, _ids(connection, named), seen_by))
        for table, named in ((CASE, read), (STUDY_ORDER, ordered))
    ]


def _ids(connection: Connection, named: ColumnElement[bool]) -> list[int]:
    return list(connection.execute(select(STREAM.c.id).where(named)).scalars())
