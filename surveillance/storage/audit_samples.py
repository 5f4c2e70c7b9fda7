"""Samples drawn for audit: kept once a deployment and week, and read into the log as what a file would have said."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sqlalchemy import Connection, func, select

from surveillance.domain.truth_sample import Drawn, Studies
from surveillance.domain.weeks import week_numbers
from surveillance.errors import AlreadyDecided
from surveillance.storage.register import DeploymentRecord
from surveillance.storage.rows import add_row, add_rows, as_record
from surveillance.storage.tables.truth_work import AUDIT_SAMPLE, AUDIT_SAMPLE_CASE

SAID = ("audit_selected", "sampling_fraction")


@dataclass(frozen=True, slots=True)
class SampleRecord:
    """A draw as kept; `seen_by` and `drawn_at` in microseconds. Its studies are in `sampled`."""

    id: int
    deployment_id: int
    week: str
    seed: str
    eligible: int
    drawn: int
    fraction: float
    seen_by: int
    drawn_at: int
    drawn_by: str


def add_sample(
    connection: Connection, deployment_id: int, week: str, drawn: Drawn, *, seen_by: int, drawn_at: int, by: str
) -> int:
    """Keep a draw with every study in it, and return its number.

    Raises
    ------
    AlreadyDecided
        If this week was drawn: a sample is never drawn again.
    """
    same = select(AUDIT_SAMPLE.c.id).where(AUDIT_SAMPLE.c.deployment_id == deployment_id, AUDIT_SAMPLE.c.week == week)
    if connection.execute(same).first() is not None:
        raise AlreadyDecided(f"The sample of {week} is drawn already, and is never drawn again.")
    counts = {"eligible": drawn.eligible, "drawn": len(drawn.case_id), "fraction": drawn.fraction}
    when = {"seen_by": seen_by, "drawn_at": drawn_at, "drawn_by": by}
    number = add_row(
        connection, AUDIT_SAMPLE, {"deployment_id": deployment_id, "week": week, "seed": drawn.seed, **counts, **when}
    )
    cases = ({"sample_id": number, "place": place, "case_id": case} for place, case in enumerate(drawn.case_id, 1))
    add_rows(connection, AUDIT_SAMPLE_CASE, cases)
    return number


def samples(connection: Connection, deployment_id: int, seen_by: int) -> tuple[SampleRecord, ...]:
    """List a deployment's draws as the store knew them at a moment (microseconds), in the order drawn."""
    own = select(AUDIT_SAMPLE).where(AUDIT_SAMPLE.c.deployment_id == deployment_id, AUDIT_SAMPLE.c.drawn_at <= seen_by)
    return tuple(as_record(SampleRecord, row) for row in connection.execute(own.order_by(AUDIT_SAMPLE.c.id)))


def drawn_moments(connection: Connection) -> tuple[int, ...]:
    """Return up to when each draw saw the store (microseconds), of every deployment."""
    return tuple(int(moment) for moment in connection.execute(select(AUDIT_SAMPLE.c.drawn_at)).scalars())


def drawn_between(connection: Connection, seen_by: int, until: int) -> bool:
    """Say whether any sample was drawn after one moment (microseconds) and by another."""
    found = select(func.count()).where(AUDIT_SAMPLE.c.drawn_at > seen_by, AUDIT_SAMPLE.c.drawn_at <= until)
    return connection.execute(found).scalar_one() > 0


def sampled(connection: Connection, deployment_id: int, seen_by: int) -> pd.DataFrame:
    """Read the studies drawn for audit by a moment: `case_id`, the `week` of the draw and its `fraction`."""
    own = (
        select(AUDIT_SAMPLE_CASE.c.case_id, AUDIT_SAMPLE.c.week, AUDIT_SAMPLE.c.fraction)
        .join(AUDIT_SAMPLE, AUDIT_SAMPLE.c.id == AUDIT_SAMPLE_CASE.c.sample_id)
        .where(AUDIT_SAMPLE.c.deployment_id == deployment_id, AUDIT_SAMPLE.c.drawn_at <= seen_by)
        .order_by(AUDIT_SAMPLE.c.id, AUDIT_SAMPLE_CASE.c.place)
    )
    frame = pd.DataFrame(connection.execute(own).all(), columns=["case_id", "week", "fraction"])
    return frame.drop_duplicates("case_id", ignore_index=True)


def studies_of(cases: pd.DataFrame, zone: str) -> Studies:
    """Return studies as a draw asks for them, from rows as the files hold them."""
    at = cases["acquired_at"].to_numpy(dtype=np.int64)
    flagged = (cases["called"].fillna(-1) == 1).to_numpy(dtype=bool)
    return Studies(
        case_id=cases["case_id"].to_numpy(dtype=object),
        acquired_at=at,
        week=week_numbers(at, zone) if len(at) else np.zeros(0, dtype=np.int64),
        unflagged=(cases["status"] == "processed").to_numpy(dtype=bool) & ~flagged,
        told=cases["audit_selected"].notna().to_numpy(dtype=bool),
    )


def with_samples(
    connection: Connection, deployment: DeploymentRecord, cases: pd.DataFrame, seen_by: int
) -> pd.DataFrame:
    """Return studies with the store's own draws in `audit_selected` and `sampling_fraction`, as a file would say it.

    A week in which a file says which studies were selected stays as that file says it, unless the store has drawn that
    week: a draw stands once people read by it, and a later file neither adds to it nor takes from it.
    """
    if "audit_selected" not in cases.columns or not len(cases):
        return cases
    drawn = sampled(connection, deployment.id, seen_by)
    if not len(drawn):
        return cases
    place = pd.Index(drawn["case_id"]).get_indexer(pd.Index(cases["case_id"].to_numpy(dtype=object)))
    rows = place >= 0
    week = week_numbers(cases["acquired_at"].to_numpy(dtype=np.int64), deployment.zone)
    said = (cases["audit_selected"] == 1).fillna(False).to_numpy(dtype=bool)
    others = said & ~rows & np.isin(week, week[rows])
    given = {"audit_selected": pd.Series(1, index=cases.index, dtype="Int64")}
    if "sampling_fraction" in cases.columns:
        given["sampling_fraction"] = pd.Series(drawn["fraction"].to_numpy()[place], index=cases.index)
    changed = cases.assign(**{name: cases[name].where(~rows, column) for name, column in given.items()})
    changed.loc[others, "audit_selected"] = 0
    changed.attrs.update(cases.attrs)
    return changed
