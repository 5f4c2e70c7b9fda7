"""Which weeks of a deployment are due: those never judged, and those that new data touch."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

import numpy as np
from sqlalchemy import Connection

from surveillance.domain.baseline import over_at
from surveillance.domain.plan import Plan, load_plan
from surveillance.domain.weeks import Week, last_complete_week, micros, week_numbers
from surveillance.services.case_logs import pooled_sites
from surveillance.storage.changes import changed_since
from surveillance.storage.evaluations import last_seen_by
from surveillance.storage.plans import plan_for, plans
from surveillance.storage.register import DeploymentRecord
from surveillance.storage.shared_baseline import brought_changed
from surveillance.storage.spans import ever_judged, judged_to, span_of_cases
from surveillance.storage.times import from_micros

Brought = dict[tuple[int, int, int, tuple[bool, bool], str], int | None]


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the due weeks, with the plan version that was in force in them."""

    plan: Plan
    plan_id: int
    weeks: tuple[Week, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """A deployment with its plan and the weeks to judge, ascending; `restates` where some were judged before."""

    deployment: DeploymentRecord
    plan: Plan | None
    plan_id: int
    weeks: tuple[Week, ...]
    restates: bool
    parts: tuple[Part, ...] = ()


def due_weeks(
    connection: Connection,
    kind: str,
    deployment: DeploymentRecord,
    seen_by: int,
    *,
    now: datetime,
    as_of: datetime | None,
    brought: Brought | None = None,
) -> Due:
    """Find the weeks to judge: from the first that new data touch, else from the first never judged.

    A live store is judged to now, so that a missing log is noticed; any other to the end of its data. No week is
    judged before it is over, and a restatement reaches every later week that was judged before. Each week has
    the plan version that was in force in it; a live deployment that never sent a log is judged from its plan's start.
    `brought` is what the deployments of one run, all at one `seen_by`, find out together of their shared baselines.
    """
    record = plan_for(connection, deployment, at=now) or plan_for(connection, deployment)
    if record is None:
        return Due(deployment, None, 0, (), False)
    plan = load_plan(record.toml)
    span = span_of_cases(connection, deployment.id, seen_by, plan.pathway)
    shown, ever = judged_to(connection, deployment.id), ever_judged(connection, deployment.id)
    if span is None and kind != "live":
        if shown is None or ever is None:
            return Due(deployment, plan, record.id, (), False)
        # Every file was withdrawn: one week is judged without a study, so that no figure stands any longer.
        return _due(connection, deployment, (last_complete_week(ever, plan.zone),), True)
    without = span is None
    if span is None:
        span = np.full(2, micros(Week.of(plan.effective_from).end(plan.zone)) - 1)
    first, newest = (Week(int(number)) for number in week_numbers(span, plan.zone))
    last = last_complete_week(now if as_of is None else min(as_of, now), plan.zone)
    if as_of is None and kind != "live":
        last = min(last, newest)
    if shown is None:
        return _due(connection, deployment, _range(first, last), ever is not None)
    start = Week(last_complete_week(shown, plan.zone).number + 1)
    restates = False
    before = last_seen_by(connection, deployment.id)
    touched = (
        None
        if before is None
        else _touched(connection, deployment, plan, before, seen_by, {} if brought is None else brought)
    )
    if before is not None and touched is not None:
        earliest = first.number if without else last_complete_week(from_micros(touched), plan.zone).number + 1
        if earliest < start.number:
            end = start.number - 1
            if kind != "live" and newest.number < end <= _data_reached(connection, deployment, plan, before):
                end = newest.number  # the picture ended with data that were withdrawn; now it ends with what is left
            last = Week(max(last.number, end))
            start, restates = Week(max(min(earliest, end), first.number)), True
    return _due(connection, deployment, _range(start, last), restates)


def _touched(
    connection: Connection, deployment: DeploymentRecord, plan: Plan, before: int, seen_by: int, brought: Brought
) -> int | None:
    """Return the earliest moment whose picture has changed: by its own data, or by other sites' of a shared baseline.

    `brought` remembers what each site brought: the sites of one plan all ask it of one another.
    """
    changes = [changed_since(connection, deployment.id, before, seen_by, pathway=plan.pathway)]
    sharing = [{one.id: one for one in pooled_sites(connection, deployment, plan, at)} for at in (before, seen_by)]
    over = over_at(plan)
    for number, site in {**sharing[0], **sharing[1]}.items():
        shares = number in sharing[0], number in sharing[1]
        key = number, before, over, shares, plan.pathway
        if key not in brought:
            brought[key] = brought_changed(
                connection, site, before, seen_by, over, sharing=shares, pathway=plan.pathway
            )
        changes.append(brought[key])
    return min((moment for moment in changes if moment is not None), default=None)


def _data_reached(connection: Connection, deployment: DeploymentRecord, plan: Plan, seen_by: int) -> int:
    """Return the number of the last week with a study, as the store stood at a moment; 0 without any."""
    span = span_of_cases(connection, deployment.id, seen_by, plan.pathway)
    return 0 if span is None else int(week_numbers(span, plan.zone)[1])


def _due(connection: Connection, deployment: DeploymentRecord, weeks: tuple[Week, ...], restates: bool) -> Due:
    """Give each week the plan version that was in force in its last moment, the earliest before any was.

    A week's end is exclusive: a version that takes effect at it governs from the next week on.
    Weeks before the earliest takes effect and weeks after are one part: judged on, not begun again.
    """
    governing = sorted((p for p in plans(connection) if p.governs(deployment)), key=lambda p: (p.effective_from, p.id))
    starts = [kept.effective_from for kept in governing]
    numbers = {week: bisect_left(starts, week.end("UTC")) for week in weeks}
    records = {
        number: (plan_for(connection, deployment, at=starts[number - 1]) if number else None) or governing[0]
        for number in set(numbers.values())
    }
    parts = []
    for _, run in groupby(weeks, key=lambda week: records[numbers[week]].id):
        of_part = tuple(run)
        record = records[numbers[of_part[0]]]
        parts.append(Part(load_plan(record.toml), record.id, of_part))
    newest = parts[-1] if parts else Part(load_plan(governing[-1].toml), governing[-1].id, ())
    return Due(deployment, newest.plan, newest.plan_id, weeks, restates, tuple(parts))


def _range(first: Week, last: Week) -> tuple[Week, ...]:
    return tuple(Week(number) for number in range(first.number, last.number + 1))
