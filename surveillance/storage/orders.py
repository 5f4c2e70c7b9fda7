"""Orders: what the RIS says was eligible, and which of it the AI never read."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Connection, and_, false, or_, select

from surveillance.storage.bulk import read_columns
from surveillance.storage.live_batches import of_streams
from surveillance.storage.logs import as_frame
from surveillance.storage.periods_of_use import periods_of_use
from surveillance.storage.populations import order_streams
from surveillance.storage.register import DeploymentRecord
from surveillance.storage.row_order import in_order
from surveillance.storage.tables.data import CASE, STREAM, STUDY_ORDER

# What an order and a result both may say of a study: the result's word stands, the order's fills its blanks.
SHARED = ("scanner", "kernel", "setting", "age_band", "sex", "ethnicity", "subtype", "groups")
ASKED = tuple(column for column in STUDY_ORDER.c if column.name != "stream_id")
Periods = NDArray[np.int64]


def read_orders(connection: Connection, site: str, seen_by: int) -> pd.DataFrame:
    """Read what the RIS says was eligible at a site, each study once, as known to the store at `seen_by`."""
    query = select(*ASKED).where(of_streams(STUDY_ORDER, order_streams(connection, site), seen_by))
    return each_study_once(as_frame(read_columns(connection, query)))


def ordered_since(connection: Connection, site: str, seen_by: int, since: int) -> pd.DataFrame:
    """Read every row of the orders of a site acquired from a moment on (microseconds)."""
    query = select(*ASKED).where(of_streams(STUDY_ORDER, order_streams(connection, site), seen_by))
    return as_frame(read_columns(connection, query.where(STUDY_ORDER.c.acquired_at >= since)))


def unread_orders(
    connection: Connection, deployment: DeploymentRecord, seen_by: int, periods: Periods | None = None
) -> pd.DataFrame:
    """Read the orders without a result that belong to a deployment: the version in use when they were acquired.

    A study that any version of the product read at the site, unregistered ones among them, is not one of them. Every
    row of every file is here: `each_study_once` counts them. `periods` (from, until) narrows its periods of use.
    """
    if periods is None:
        periods = ordered_periods(connection, deployment, seen_by)
    if not len(periods):
        return as_frame(read_columns(connection, select(*ASKED).where(false())))
    streams = order_streams(connection, deployment.site)
    mine = STREAM.c.model == deployment.model, STREAM.c.site == deployment.site, STREAM.c.version != ""
    products = list(connection.execute(select(STREAM.c.id).where(*mine)).scalars())
    # Joined in the database: of a million orders a few are without a result, and only those are brought here.
    read = select(CASE.c.case_id).where(of_streams(CASE, products, seen_by)).cte("read").prefix_with("MATERIALIZED")
    at = STUDY_ORDER.c.acquired_at
    inside = or_(*(and_(at >= start, at < end) for start, end in periods.tolist()))
    query = (
        select(*ASKED)
        .outerjoin(read, read.c.case_id == STUDY_ORDER.c.case_id)
        .where(of_streams(STUDY_ORDER, streams, seen_by), inside, read.c.case_id.is_(None))
    )
    return as_frame(read_columns(connection, query))


def ordered_periods(connection: Connection, deployment: DeploymentRecord, seen_by: int) -> Periods:
    """Return a deployment's periods of use, none where no orders of its site were ever loaded."""
    if not order_streams(connection, deployment.site):
        return np.zeros((0, 2), dtype=np.int64)
    return periods_of_use(connection, deployment, seen_by)


def each_study_once(orders: pd.DataFrame, pathway: str = "") -> pd.DataFrame:
    """Return each ordered study once, by its earliest acquisition, then by what its rows say; sorted by acquisition.

    Where a plan names a pathway, an order of another one is not of its population; an order that names none is. The
    same rule says of a study that was read whether it is one of the plan's: `populations.outside_population`.

    >>> rows = pd.DataFrame({"case_id": ["a", "b"], "acquired_at": [1, 2], "pathway": ["Stroke", "Trauma"]})
    >>> each_study_once(rows, "stroke")["case_id"].tolist()
    ['a']
    """
    kept = orders[of_pathway(orders, pathway)] if pathway else orders
    ties = [name for name in ("case_id", "pathway", *SHARED, "batch_id", "line") if name in kept.columns]
    return in_order(kept, "acquired_at", ties).drop_duplicates("case_id", ignore_index=True)


def of_pathway(orders: pd.DataFrame, pathway: str) -> NDArray[np.bool_]:
    """Mark the orders of a plan's pathway, whatever their capitals, and those that name no pathway."""
    named = orders["pathway"].fillna("").str.strip().str.casefold()
    return np.asarray(named.isin(["", pathway.strip().casefold()]), dtype=bool)


def with_unread(cases: pd.DataFrame, unread: pd.DataFrame) -> pd.DataFrame:
    """Return a deployment's studies with its orders without a result among them as `not_sent`, in order."""
    if not len(unread):
        return cases
    wanted = [name for name in cases.columns if name in unread.columns]
    rows = unread[wanted].assign(status="not_sent").reindex(columns=cases.columns)
    kinds = {name: cases[name].dtype for name in cases.columns}
    merged = in_order(pd.concat([cases, rows.astype(kinds)], ignore_index=True), "acquired_at", ["case_id"])
    merged.attrs.update(cases.attrs)
    return merged


def filled(cases: pd.DataFrame, orders: pd.DataFrame) -> pd.DataFrame:
    """Return studies whose blank group columns are filled by their orders; what a result says stands."""
    if not len(orders):
        return cases
    said = orders.set_index("case_id").reindex(cases["case_id"])
    columns = {name: cases[name].where(cases[name].notna(), said[name].to_numpy()) for name in SHARED}
    return cases.assign(**columns)
