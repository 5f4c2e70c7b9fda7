"""The false-alarm budget over all deployments in use: what the charts cost a department with nothing wrong."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from surveillance.domain.fleet_budget import ChartCosts, FleetTier, fleet_tier, true_share
from surveillance.domain.roles import Action, Actor
from surveillance.errors import NotEstimable
from surveillance.services.fleet_words import NOTES, facts, rate, sentence
from surveillance.services.guard import guarded
from surveillance.services.page_models import FalseAlarmsPage, FleetRow
from surveillance.services.stored_designs import StoredDesign, kept_charts, stored_design
from surveillance.services.use_status import OUT_OF_USE
from surveillance.storage import register
from surveillance.storage.newest_evaluations import NewestEvaluation, newest_evaluations
from surveillance.storage.register import DeploymentRecord
from surveillance.storage.store import Store

FAULT_EVERY_YEARS = 3.0


@dataclass(frozen=True, slots=True)
class Held:
    """One deployment in use with its kept chart designs."""

    deployment: DeploymentRecord
    designs: tuple[StoredDesign, ...]
    waiting: tuple[dict[str, Any], ...]
    faults_per_year: float
    judged: bool


@guarded(Action.READ_SURVEILLANCE)
def false_alarms(actor: Actor, store: Store) -> FalseAlarmsPage:
    """Return what all charts of the deployments in use cost together, from their kept designs alone."""
    with store.read() as connection:
        newest, statuses = newest_evaluations(connection), register.current_statuses(connection)
        every = register.deployments(connection)
    out = {one.id for one in every if one.id in statuses and statuses[one.id].status in OUT_OF_USE}
    held = [_held(one, newest.get(one.id)) for one in every if one.id not in out]
    alarms, actions = _tier(held, action=False), _tier(held, action=True)
    rows = tuple(_row(one, place, alarms, actions) for place, one in enumerate(held))
    told = [row for row in rows if row.alarms_per_year is not None]
    faults = sum(one.faults_per_year for one in held if any(design.action for design in one.designs))
    return FalseAlarmsPage(
        sentence=sentence(told, alarms, actions, faults),
        facts=facts(told, alarms, actions, faults),
        rows=tuple(sorted(rows, key=lambda row: (-(row.alarms_per_year or -1.0), row.title))),
        left_out=" ".join((_simulated(held), _left_out(len(out), len(rows) - len(told)))).strip(),
        notes=NOTES,
    )


def _held(deployment: DeploymentRecord, newest: NewestEvaluation | None) -> Held:
    if newest is None:
        return Held(deployment, (), (), 1 / FAULT_EVERY_YEARS, judged=False)
    charts = kept_charts(newest.summary)
    designs = tuple(stored_design(chart["design"]) for chart in charts if chart["design"] is not None)
    waiting = tuple(chart for chart in charts if chart["design"] is None)
    faults = 1 / newest.summary.get("fault_every_years", FAULT_EVERY_YEARS)
    return Held(deployment, designs, waiting, faults, judged=True)


def _tier(held: list[Held], *, action: bool) -> FleetTier:
    """Add up one tier of all charts."""
    found = [
        (place, tier)
        for place, one in enumerate(held)
        for design in one.designs
        for tier in [design.action if action else design.alarm]
        if tier is not None
    ]
    costs = ChartCosts(
        np.array([place for place, _ in found], dtype=np.int64),
        np.array([tier.stated_years for _, tier in found]),
        np.array([tier.stated_chance_two_years for _, tier in found]),
    )
    return fleet_tier(costs, len(held))


def _row(one: Held, place: int, alarms: FleetTier, actions: FleetTier) -> FleetRow:
    deployment = one.deployment
    charts = len(one.designs) + len(one.waiting)
    head = deployment.id, deployment.title, f"{deployment.model} {deployment.version}", charts, len(one.waiting)
    if not one.designs:
        reason = one.waiting[0]["waiting"] if one.waiting else "no week has been evaluated yet"
        return FleetRow(*head, None, None, None, None, None, f"Not estimable: {reason}")
    false = float(actions.per_year[place])
    try:
        share: float | None = true_share(one.faults_per_year, false)
    except NotEstimable:
        share = None
    return FleetRow(
        *head,
        float(alarms.per_year[place]),
        float(alarms.chance[place]),
        false,
        float(actions.chance[place]),
        share,
        _note(one),
    )


def _note(one: Held) -> str:
    """Return what a reader must know of a row: charts that wait, run lengths that are not exact."""
    notes = []
    if one.waiting:
        notes.append(f"{len(one.waiting)} of {len(one.designs) + len(one.waiting)} charts wait and are not counted")
    simulated = sum(d.alarm.simulated_years is not None or d.alarm.error_years is not None for d in one.designs)
    estimated = sum(design.alarm.low_years is not None for design in one.designs)
    if simulated:
        notes.append(f"{simulated} run length{'s' if simulated > 1 else ''} simulated, not exact")
    if estimated:
        notes.append(f"{estimated} chart{'s' if estimated > 1 else ''} on an estimated baseline")
    return "; ".join(notes)


def _simulated(held: list[Held]) -> str:
    """Return what the charts add whose baseline weeks are not independent, so that nobody takes it for exact."""
    charts = [design for one in held for design in one.designs if design.alarm.simulated_years is not None]
    if not charts:
        return ""
    actions = [design.action for design in charts if design.action is not None]
    alarms = sum(1 / design.alarm.stated_years - 1 / design.alarm.years for design in charts)
    stops = sum(1 / tier.stated_years - 1 / tier.years for tier in actions)
    many = "1 chart has a run length" if len(charts) == 1 else f"{len(charts)} charts have run lengths"
    return (
        f"{many} simulated on weeks that are not independent, which tells it roughly: beyond the design this adds"
        f" {rate(alarms)} to the false alarms and {rate(stops)} to the false recommendations above."
    )


def _left_out(out: int, silent: int) -> str:
    parts = []
    if out:
        parts.append(f"{out} out of use (stopped, in re-validation or retired)")
    if silent:
        parts.append(f"{silent} whose charts all wait")
    return f"Not in these figures: {' and '.join(parts)}." if parts else ""
