"""Which studies of a deployment wait for a reading, as a week's worklist lists them; for services that are guarded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Connection

from surveillance.domain.plan import Plan, load_plan
from surveillance.domain.plan_parts import Truth
from surveillance.domain.truth_worklist import Reading, Settled, Wants, source_for, standing
from surveillance.domain.weeks import Week, last_complete_week, micros, week_numbers
from surveillance.errors import NotFound
from surveillance.services.settings import truth_readers
from surveillance.storage.audit_samples import sampled
from surveillance.storage.logs import read_cases, read_outcomes
from surveillance.storage.plans import plan_for, plans
from surveillance.storage.readings import handed_in, readings
from surveillance.storage.register import DeploymentRecord
from surveillance.storage.times import EVER

COLUMNS = ("acquired_at", "status", "called", "scanner", "audit_selected", "sampling_fraction")
OLDEST = 50
Rows = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Listed:
    """One study of the list; what the AI said of it, and why it is listed, are not here."""

    case_id: str
    acquired_at: int
    scanner: str
    standing: Settled | Wants
    readings: tuple[Reading, ...]


def week_named(label: str) -> Week:
    """Return a week by its name.

    Raises
    ------
    NotFound
        If the text names no week.

    >>> week_named("2026-W47").monday.isoformat()
    '2026-11-16'
    """
    year, _, number = label.partition("-W")
    try:
        return Week.of(date.fromisocalendar(int(year), int(number), 1))
    except ValueError as error:
        raise NotFound(f"'{label}' is no week; write it like 2026-W47.") from error


def plan_in_week(connection: Connection, deployment: DeploymentRecord, week: Week) -> Plan:
    """Return the plan in force at a week's end, the earliest one for weeks before any.

    Raises
    ------
    NotFound
        If no plan governs the deployment.
    """
    governing = [kept for kept in plans(connection) if kept.governs(deployment)]
    if not governing:
        raise NotFound(
            f"{deployment.title} has no surveillance plan yet, and the plan says how many studies are audited."
            " Add a plan first."
        )
    earliest = min(governing, key=lambda kept: (kept.effective_from, kept.id))
    return load_plan((plan_for(connection, deployment, at=week.end(deployment.zone)) or earliest).toml)


def refuse_unfinished(week: Week, deployment: DeploymentRecord, at: datetime) -> None:
    """Refuse a week that is not over.

    Raises
    ------
    NotFound
        With the last week that is.
    """
    last = last_complete_week(at, deployment.zone)
    if week > last:
        raise NotFound(f"{week.label} is not over yet; the last week that is, is {last.label}.")


def studies_of(connection: Connection, deployment: DeploymentRecord) -> pd.DataFrame:
    """Read a deployment's studies as they are now, with what a list asks of them."""
    return read_cases(connection, deployment.id, EVER, COLUMNS)


def listed(
    connection: Connection,
    deployment: DeploymentRecord,
    plan: Plan,
    week: Week,
    studies: pd.DataFrame,
    oldest: int = OLDEST,
) -> tuple[Listed, ...]:
    """Return a week's list: its sample, every flagged study without a truth, and the oldest missing truths.

    A truth that the plan ranks below a reading does not answer for the sample: an audit is what it was drawn for.
    Studies whose truth the readings settle stay listed until they are handed in.
    """
    end = micros(week.end(deployment.zone))
    cases = studies[(studies["status"] == "processed") & (studies["acquired_at"] < end)]
    if not len(cases):
        return ()
    flagged = (cases["called"].fillna(-1) == 1).to_numpy(dtype=bool)
    any_truth, best_truth = _known(connection, deployment, plan.truth, cases, flagged)
    drawn = sampled(connection, deployment.id, EVER)
    in_sample = _in_sample(cases, flagged, drawn, week, deployment.zone)
    selected = (cases["audit_selected"].fillna(0) == 1).to_numpy(dtype=bool)
    if plan.truth.audit_fraction_unflagged >= 1:
        selected = np.ones(len(cases), dtype=bool)
    takes = np.where(flagged, *(source_for(plan.truth, flagged=yes) is not None for yes in (True, False)))
    waiting = takes & (flagged & ~any_truth | ~flagged & (in_sample & selected & ~best_truth))
    others = np.flatnonzero(takes & ~flagged & selected & ~any_truth & ~waiting)[:oldest]  # in order of acquisition
    waiting[others] = True
    return _with_readings(connection, deployment, cases[waiting])


def flagged_only(plan: Plan, studies: pd.DataFrame, found: tuple[Listed, ...]) -> bool:
    """Say whether a list can hold no study but flagged ones, which a reader who knows the plan would see.

    So it is where every study is verified and the truths of the unflagged came another way. What is left of a list
    with a sample, once the sample is handed in, a reader cannot know.
    """
    flagged = set(studies.loc[studies["called"].fillna(-1) == 1, "case_id"])
    return plan.truth.audit_fraction_unflagged >= 1 and bool(found) and all(one.case_id in flagged for one in found)


def settled_truths(
    connection: Connection, deployment: DeploymentRecord, studies: pd.DataFrame
) -> tuple[tuple[str, bool, Settled], ...]:
    """Return the truths that readings settle and that were not handed in: pseudonym, flagged, and the truth.

    Of studies whose results were withdrawn nothing is handed in: what the AI said of them is not known now.
    """
    answered = readings(connection, deployment.id)
    own = studies[studies["case_id"].isin(list(answered))]
    flags = dict(zip(own["case_id"], own["called"].fillna(-1) == 1, strict=True))
    counting, withdrawn = handed_in(connection, deployment.model, deployment.site)
    found, readers = [], truth_readers()
    for case, given in answered.items():
        now = standing(given, readers, void_to=withdrawn.get(case, -1))
        if case in flags and isinstance(now, Settled) and counting.get(case, -1) < now.at:
            found.append((case, bool(flags[case]), now))
    return tuple(sorted(found, key=lambda one: (one[2].at, one[0])))


def _with_readings(connection: Connection, deployment: DeploymentRecord, cases: pd.DataFrame) -> tuple[Listed, ...]:
    given = readings(connection, deployment.id)
    _, withdrawn = handed_in(connection, deployment.model, deployment.site)
    found, readers = [], truth_readers()
    names = cases["case_id"].to_list(), cases["acquired_at"].to_list(), cases["scanner"].fillna("").to_list()
    for case, at, scanner in zip(*names, strict=True):
        said: Sequence[Reading] = given.get(case, [])
        now = standing(said, readers, void_to=withdrawn.get(case, -1))
        found.append(Listed(case, int(at), scanner, now, tuple(said)))
    return tuple(found)


def _known(
    connection: Connection,
    deployment: DeploymentRecord,
    truth: Truth,
    cases: pd.DataFrame,
    flagged: Rows,
) -> tuple[Rows, Rows]:
    """Mark the studies with a truth that the plan takes, and those with one it ranks as high as a reading."""
    outcomes = read_outcomes(connection, deployment.id, EVER)
    marked = []
    for up_to_reading in (False, True):
        rows = np.zeros(len(cases), dtype=bool)
        for yes, sources in ((True, truth.flagged), (False, truth.unflagged)):
            reading = source_for(truth, flagged=yes)
            taken = sources[: sources.index(reading) + 1] if up_to_reading and reading in sources else sources
            told = outcomes.loc[outcomes["truth_source"].isin(taken), "case_id"]
            rows |= (flagged == yes) & cases["case_id"].isin(told).to_numpy(dtype=bool)
        marked.append(rows)
    return marked[0], marked[1]


def _in_sample(cases: pd.DataFrame, flagged: Rows, drawn: pd.DataFrame, week: Week, zone: str) -> Rows:
    """Mark the unflagged studies of the week's sample: those drawn for it, or that its file says were selected."""
    own = drawn.loc[drawn["week"] == week.label, "case_id"]
    of_week = week_numbers(cases["acquired_at"].to_numpy(dtype=np.int64), zone) == week.number
    said = (cases["audit_selected"].fillna(0) == 1).to_numpy(dtype=bool)
    stray = cases["case_id"].isin(drawn["case_id"]).to_numpy(dtype=bool)
    of_draw = cases["case_id"].isin(own).to_numpy(dtype=bool)
    return np.asarray(~flagged & (of_draw | (said & of_week & ~stray)), dtype=np.bool_)
