"""Versions that are registered and have no plan yet, with what their log tells of the plan they need."""

from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Connection

from surveillance.domain.plan_facts import PlanFacts, Verified, first_whole_week
from surveillance.domain.roles import Action, Actor
from surveillance.domain.weeks import Week, week_numbers
from surveillance.services.guard import guarded
from surveillance.services.store_clock import moment_seen
from surveillance.storage import register
from surveillance.storage.logs import read_cases, read_outcomes
from surveillance.storage.plans import plan_for
from surveillance.storage.register import DeploymentRecord
from surveillance.storage.store import Store
from surveillance.storage.times import from_micros

COLUMNS = ("status", "score", "called", "audit_selected", "sampling_fraction")
ENOUGH = 0.8  # a stratum of which this share has a truth is verified whole: the rest is still to come


@guarded(Action.READ_SURVEILLANCE)
def waiting_for_plan(actor: Actor, store: Store, *, at: datetime) -> tuple[PlanFacts, ...]:
    """Return what is known of each registered version that no plan governs and that has studies."""
    with store.read() as connection:
        seen_by = moment_seen(connection, at)
        unplanned = [one for one in register.deployments(connection) if plan_for(connection, one) is None]
        unplanned.sort(key=lambda one: (one.model, one.version, one.id))
        groups = groupby(unplanned, key=lambda one: (one.model, one.version))
        found = [_facts(connection, list(group), seen_by) for _, group in groups]
    return tuple(facts for facts in found if facts is not None)


def _facts(connection: Connection, group: list[DeploymentRecord], seen_by: int) -> PlanFacts | None:
    logs = {one: _log(connection, one, seen_by) for one in group}
    logs = {one: log for one, log in logs.items() if len(log)}
    if not logs:
        return None
    zone = group[0].zone
    whole = pd.concat(logs.values(), ignore_index=True)
    ends = [from_micros(int(end)).astimezone(ZoneInfo(zone)).date() for end in _ends(whole)]
    weeks = _whole_weeks(logs, zone)
    gives_flag = bool(whole["called"].notna().any())
    processed = whole[whole["status"] == "processed"]
    flags = (processed["called"] == 1).fillna(False).to_numpy(dtype=bool)
    flagged, unflagged = processed[flags], processed[~flags]
    fraction = _audit(unflagged)
    # Of a partly audited stratum only the drawn speak: a truth that came because somebody looked is no sample.
    speaking = unflagged if fraction is None or fraction >= 1.0 else unflagged[_drawn(unflagged)]
    return PlanFacts(
        model=group[0].model,
        version=group[0].version,
        sites=tuple(one.site for one in logs),
        zone=zone,
        finding=group[0].finding,
        pathway=group[0].pathway,
        studies=len(whole),
        first=ends[0],
        last=ends[1],
        whole_weeks=weeks.stop - weeks.start,
        weekly={one.site: _weekly(log, zone, weeks) for one, log in logs.items()} if weeks else {},
        gives_score=bool(whole["score"].notna().any()),
        gives_flag=gives_flag,
        flagged=_verified(flagged, of=len(flagged)),
        unflagged=_verified(speaking, of=len(unflagged)),
        sources_flagged=_sources(flagged),
        sources_unflagged=_sources(speaking),
        audit_fraction=fraction,
    )


def _log(connection: Connection, deployment: DeploymentRecord, seen_by: int) -> pd.DataFrame:
    """Return a deployment's studies, each with its newest truth and where that came from."""
    cases = read_cases(connection, deployment.id, seen_by, COLUMNS)
    outcomes = read_outcomes(connection, deployment.id, seen_by).sort_values("recorded_at", kind="stable")
    newest = outcomes.drop_duplicates("case_id", keep="last").set_index("case_id")
    return cases.assign(
        truth=cases["case_id"].map(newest["truth"]), truth_source=cases["case_id"].map(newest["truth_source"])
    )


def _ends(log: pd.DataFrame) -> tuple[int, int]:
    return int(log["acquired_at"].min()), int(log["acquired_at"].max())


def _whole_weeks(logs: dict[DeploymentRecord, pd.DataFrame], zone: str) -> range:
    """Return the weeks of which every day lies inside the log of every site."""
    ends = [[from_micros(end).astimezone(ZoneInfo(zone)).date() for end in _ends(log)] for log in logs.values()]
    first = max(first_whole_week(start).number for start, _ in ends)
    last = min(Week.of(end).number + (end == Week.of(end).sunday) for _, end in ends)
    return range(first, max(first, last))


def _weekly(log: pd.DataFrame, zone: str, weeks: range) -> float:
    numbers = week_numbers(log["acquired_at"].to_numpy(dtype=np.int64), zone)
    return float(np.isin(numbers, np.arange(weeks.start, weeks.stop)).sum() / len(weeks))


def _verified(log: pd.DataFrame, *, of: int) -> Verified:
    return Verified(of, int(log["truth"].isin((0, 1)).sum()), int((log["truth"] == 1).sum()))


def _sources(log: pd.DataFrame) -> tuple[str, ...]:
    """Return the reference standards that spoke, by name."""
    return tuple(sorted(str(name) for name in log["truth_source"].dropna().unique()))


def _drawn(unflagged: pd.DataFrame) -> NDArray[np.bool_]:
    return (unflagged["audit_selected"] == 1).fillna(False).to_numpy(dtype=bool)


def _audit(unflagged: pd.DataFrame) -> float | None:
    """Return the share in which unflagged studies were drawn: all, as the log says it, or None where nothing says."""
    if not len(unflagged):
        return None
    if unflagged["truth"].notna().mean() >= ENOUGH:
        return 1.0
    drawn = _drawn(unflagged)
    if not drawn.any():
        return None
    fractions = unflagged.loc[drawn, "sampling_fraction"].dropna()
    return float(fractions.median()) if len(fractions) else float(drawn.mean())
