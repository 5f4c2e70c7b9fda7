"""The two tables of the false-alarm page: a row for each AI version, and a row for each limit of one."""

from collections.abc import Sequence

from dashboard.components.wide_table import wide_table
from surveillance.domain.numbers import percent
from surveillance.services.fleet_words import chance
from surveillance.services.page_models import FleetRow, TierLine


def fleet_table(rows: Sequence[FleetRow]) -> None:
    """Show what the charts of each AI version cost; where that is not estimable, the note says why."""
    wide_table(
        [
            {
                "AI version at a site": row.title,
                "Charts": f"{row.charts}",
                "False alarms a year": _rate(row.alarms_per_year),
                "Chance of one in two years": _chance(row.alarm_chance),
                "False stop-use a year": _rate(row.recommendations_per_year),
                "Chance of false stop-use in two years": _chance(row.recommendation_chance),
                "Stop-use that is true": "" if row.true_share is None else percent(row.true_share),
                "Note": row.note,
            }
            for row in rows
        ]
    )


def arithmetic_table(lines: Sequence[TierLine]) -> None:
    """Show the arithmetic of one AI version, from its share of the budget to what each limit achieves."""
    wide_table(
        [
            {
                "Chart": line.chart,
                "Limit": line.tier,
                "Share of the budget": line.share,
                "Asked: one in": line.asked,
                "Asked, in studies": line.asked_studies,
                "Achieved, in studies": line.achieved,
                "False ones a year": line.per_year,
                "Chance of one in two years": line.chance,
                "How it is known": line.basis,
            }
            for line in lines
        ]
    )


def _rate(per_year: float | None) -> str:
    return "" if per_year is None else f"{per_year:.3f}"


def _chance(share: float | None) -> str:
    return "" if share is None else chance(share)
