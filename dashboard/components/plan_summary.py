"""What a plan says, in plain words: what is watched, from where on it alarms, and how rarely by chance."""

import streamlit as st

from dashboard.components.wide_table import wide_table
from dashboard.components.words import day, plain, said
from surveillance.domain.filled_plan import PlanWishes, left_out
from surveillance.domain.measures import MEASURES
from surveillance.domain.numbers import number, percent
from surveillance.domain.plan import Plan
from surveillance.domain.plan_chart import Chart
from surveillance.domain.plan_facts import PlanFacts
from surveillance.domain.plan_parts import Kpi
from surveillance.domain.rare_rate import in_many
from surveillance.domain.wording import window_words

WATCHED = {
    "missed_positives": "Positives the AI does not flag",
    "false_flags": "Studies flagged without the finding",
    "technical_failures": "Studies the AI fails to process",
    "calibration": "Whether scores still mean what they did",
    "outcome_given_risk": "Outcomes against the predicted risk",
    "batch_auroc": "How well scores separate (AUROC)",
}

READ_AS = {
    "ewma": ", moving average",
    "time_between_events": ", by the time between two",
    "poisson_cusum": ", counted by the week",
}


def plan_summary(facts: PlanFacts, wishes: PlanWishes, plan: Plan) -> None:
    """Show the charts of a plan with their levels, what was left out, and the false alarms that it allows."""
    st.markdown(
        f"**What this plan says.** {plain(plan.model)} {plain(plan.version_of_model)}, {plain(', '.join(plan.sites))}, "
        f"in force from {day(plan.effective_from)}. All charts together make about "
        f"{plan.budget.alarms_per_year:g} false alarm{'' if plan.budget.alarms_per_year == 1 else 's'} a year, and one "
        f"false stop-use recommendation in {1 / plan.budget.recommendations_per_year:g} years."
    )
    wide_table([_row(chart) for chart in plan.chart])
    sources = {"flagged": facts.sources_flagged, "unflagged": facts.sources_unflagged}
    told = [f"{name} studies: {', '.join(getattr(plan.truth, name))}".replace("_", "-") for name in sources]
    notes = [f"Findings that count, for {'; for '.join(told)}"]
    if plan.kpi:
        notes.append(f"Figures that turn to breach: {'; '.join(_limit(kpi) for kpi in plan.kpi)}")
    missing = [WATCHED[name].lower() for name in left_out(facts, wishes)]
    if missing:
        notes.append(f"Left out, as this product or this audit does not give what they need: {'; '.join(missing)}")
    if not plan.acceptance:
        notes.append("No acceptance figure is taken over from the template, since nobody has given yours")
    st.markdown(f":small[:gray[{said(plain('. '.join(notes)))}.]]")


def _limit(kpi: Kpi) -> str:
    measure = MEASURES[kpi.metric]
    value = percent(kpi.threshold) if measure.unit == "share" else number(kpi.threshold)
    beyond = "below" if kpi.better == "higher" else "above"
    return f"{measure.title[:1].lower() + measure.title[1:]} {beyond} {value} over {window_words(kpi.window)}"


def _row(chart: Chart) -> dict[str, str]:
    acceptable, worse = _levels(chart)
    return {
        "Watched": WATCHED[chart.watches] + READ_AS.get(chart.detector, ""),
        "Acceptable": acceptable,
        "Not acceptable": worse,
        "May recommend stop-use": "yes" if chart.may_recommend_stop else "no",
    }


def _levels(chart: Chart) -> tuple[str, str]:
    """Return the acceptable and the unacceptable level of a chart in words."""
    if chart.acceptable_per_week is not None:
        return f"{chart.acceptable_per_week:g} a week", f"{chart.unacceptable_per_week:g} a week"
    if chart.detector == "time_between_events" and isinstance(chart.acceptable, float):
        return in_many(chart.acceptable), in_many(chart.unacceptable_rate(chart.acceptable))
    acceptable = percent(chart.acceptable) if isinstance(chart.acceptable, float) else "as in the reference period"
    if chart.unacceptable is not None:
        return acceptable, percent(chart.unacceptable)
    if chart.watches == "batch_auroc":
        return acceptable, f"{chart.drop:g} lower"
    ratios = [chart.unacceptable_odds_ratio] if chart.unacceptable_odds_ratio else list(chart.odds_ratios)
    return acceptable, " or ".join(f"odds × {ratio:g}" for ratio in ratios)
