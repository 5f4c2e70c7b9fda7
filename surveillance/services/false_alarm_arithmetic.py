"""The false-alarm budget of one deployment, line by line: share, years, studies, achieved, and what is left."""

from typing import Any

from surveillance.domain.chart_cost import Tier
from surveillance.domain.numbers import percent
from surveillance.domain.roles import Action, Actor
from surveillance.services.chart_kinds import counted
from surveillance.services.chart_working import years
from surveillance.services.fleet_words import chance
from surveillance.services.guard import guarded
from surveillance.services.page_models import Arithmetic, TierLine
from surveillance.services.stored_designs import StoredDesign, kept_charts, stored_design
from surveillance.storage import register
from surveillance.storage.newest_evaluations import newest_evaluations
from surveillance.storage.store import Store

TIERS = {"alarm": "alarm", "action": "stop-use"}


@guarded(Action.READ_SURVEILLANCE)
def arithmetic(actor: Actor, store: Store, deployment_id: int) -> Arithmetic:
    """Return how one deployment's budget becomes the limits of its charts, from their kept designs."""
    with store.read() as connection:
        deployment = register.deployment(connection, deployment_id)
        newest = newest_evaluations(connection).get(deployment_id)
    charts = [] if newest is None else kept_charts(newest.summary)
    lines: list[TierLine] = []
    sums: list[str] = []
    for tier, name in TIERS.items():
        spent, of_tier = [], []
        for chart in charts:
            line, cost = _line(chart, tier, name)
            of_tier += [] if line is None else [line]
            spent += [] if cost is None else [cost]
        lines += of_tier
        if spent:
            sums.append(_sum(name, spent))
    return Arithmetic(deployment.title, tuple(lines), tuple(sums))


def _line(chart: dict[str, Any], tier: str, name: str) -> tuple[TierLine | None, Tier | None]:
    """Return one chart's line of a tier, with its cost; none where the chart has no such limit."""
    if chart["design"] is None:
        if tier == "action":
            return None, None
        return TierLine(chart["title"], name, "", "", "", "", "", "", f"Not estimable: {chart['waiting']}"), None
    design = stored_design(chart["design"])
    cost = design.alarm if tier == "alarm" else design.action
    if cost is None:
        return None, None
    cases = counted(chart["design"])
    per = "" if cases == "studies" else f" {cases}"
    return (
        TierLine(
            chart=chart["title"],
            tier=name,
            share=f"{percent(cost.share)} of {cost.per_year:g} a year",
            asked=years(cost.asked_years),
            asked_studies=f"{cost.asked_studies:,.0f}{per}",
            achieved=f"{cost.studies:,.0f}{per}",
            per_year=f"{1 / cost.stated_years:.3f}",
            chance=chance(cost.stated_chance_two_years),
            basis=_basis(design, cost),
        ),
        cost,
    )


def _basis(design: StoredDesign, cost: Tier) -> str:
    """Return how the run length is known."""
    words = "exact" if cost.simulated_years is None else f"simulated: {years(cost.simulated_years)}"
    if cost.error_years is not None:
        words = f"simulated, standard error {cost.error_years:.2g} years"
    if cost.low_years is not None:
        words += f"; 10th percentile {years(cost.low_years)}"
    return words + ("; provisional" if design.estimated.source == "acceptance" else "")


def _sum(name: str, spent: list[Tier]) -> str:
    budget, total = spent[0].per_year, sum(1 / cost.stated_years for cost in spent)
    rates = " + ".join(f"{1 / cost.stated_years:.3f}" for cost in spent)
    kind = "alarms" if name == "alarm" else "recommendations"
    left = budget - total
    rest = f"{left:.3f} a year unspent" if left >= 0 else f"**{-left:.3f} a year over the budget**"
    shares = percent(sum(cost.share for cost in spent))
    return f"**False {kind}**: {rates} = {total:.3f} of {budget:g} a year; {rest}. Shares given out: {shares}."
