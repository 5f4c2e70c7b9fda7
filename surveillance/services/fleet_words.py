"""What the fleet's false-alarm figures say, in a sentence, four facts and notes."""

from collections.abc import Sequence

from surveillance.domain.fleet_budget import FleetTier, true_share
from surveillance.domain.numbers import percent
from surveillance.domain.rarity import chance as chance
from surveillance.errors import NotEstimable
from surveillance.services.chart_working import TOGETHER
from surveillance.services.page_models import FleetRow

NOTES = (
    "**What is counted.** A false alarm is a chart that passes its alarm limit though nothing is wrong; a false"
    " recommendation is one past its stop-use limit. Each figure is what the limits achieve by the plan's expected"
    " volume, from the designs kept with the newest evaluation.",
    TOGETHER,
    "**Recommendations that would be true.** With a fault as often as the plan states, each found in the end, and false"
    " recommendations as often as the limits give them, this share of all recommendations is true.",
)


def rate(per_year: float) -> str:
    """Return a rate as it is said: so many a year, or one in so many years.

    >>> rate(0.93), rate(0.05), rate(12.4), rate(0.0)
    ('0.9 a year', '1 in 20 years', '12 a year', 'none')
    """
    if per_year <= 0:
        return "none"
    if per_year < 0.5:
        return f"1 in {1 / per_year:.0f} years" if 1 / per_year >= 10 else f"1 in {1 / per_year:.1f} years"
    return f"{per_year:.0f} a year" if per_year >= 10 else f"{per_year:.1f} a year"


def sentence(told: Sequence[FleetRow], alarms: FleetTier, actions: FleetTier, faults: float) -> str:
    """Return what a head of department should know, in two sentences."""
    if not told:
        return "No chart has started yet, so there is no false alarm to expect."
    many = len(told)
    whose = "one AI version" if many == 1 else f"{many:,} AI versions"
    text = f"If nothing goes wrong with {whose} in use, expect **{_about(alarms.total_per_year)} false alarm"
    text += f"{'' if _about(alarms.total_per_year) == '1' else 's'} a year**"
    if actions.total_per_year <= 0:
        return f"{text}. No chart here may recommend to stop an AI."
    text += f" and **one false stop-use recommendation every {_years(1 / actions.total_per_year)}**."
    share = percent(true_share(faults, actions.total_per_year))
    return f"{text} When the software recommends a stop, about **{share}** of the time there is a fault."


def _about(per_year: float) -> str:
    return f"{per_year:,.0f}" if per_year >= 10 or round(per_year, 1) % 1 == 0 else f"{per_year:.1f}"


def _years(value: float) -> str:
    if value < 1:
        return f"{max(1.0, 12 * value):.0f} months"
    return f"{value:.0f} years" if value >= 10 or round(value, 1) % 1 == 0 else f"{value:.1f} years"


def facts(
    told: Sequence[FleetRow], alarms: FleetTier, actions: FleetTier, faults: float
) -> tuple[tuple[str, str, str], ...]:
    """Return the four facts above the table: title, value, note."""
    if not told:
        return ()
    try:
        share = percent(true_share(faults, actions.total_per_year))
    except NotEstimable:
        share = "–"
    charts = sum(row.charts - row.waiting for row in told)
    return (
        ("False alarms", rate(alarms.total_per_year), f"over {charts:,} charts of {len(told):,} AI versions"),
        ("False recommendations", rate(actions.total_per_year), "to stop an AI that is as good as agreed"),
        (
            "At least one within two years",
            chance(actions.total_chance),
            f"false recommendation; {chance(alarms.total_chance)} for a false alarm",
        ),
        ("Recommendations that are true", share, f"if a fault comes {rate(faults)}, as the plans state"),
    )
