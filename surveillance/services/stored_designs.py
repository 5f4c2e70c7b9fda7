"""Chart designs as an evaluation kept them, read back into the values they were made of."""

from dataclasses import dataclass
from typing import Any

from surveillance.domain.chart_cost import Tier
from surveillance.domain.in_control import InControl
from surveillance.domain.independence import Independence
from surveillance.errors import NotEstimable

PARTS = ("alarm", "action", "estimated", "check")
OLDER = (
    "This chart's design was kept before a design said what it costs; the chart is shown again after the next weekly"
    " evaluation."
)


@dataclass(frozen=True, slots=True)
class StoredDesign:
    """The cost of one chart: each limit's, where its in-control value comes from, what its baseline said."""

    alarm: Tier
    action: Tier | None
    estimated: InControl
    check: Independence | None


def stored_design(kept: dict[str, Any]) -> StoredDesign:
    """Return the cost of a chart from its kept design.

    Raises
    ------
    NotEstimable
        If the design was kept before designs said what they cost; `kept_charts` lets such a chart wait.
    """
    if not _says_its_cost(kept):
        raise NotEstimable(OLDER.removesuffix("."))
    return StoredDesign(
        alarm=Tier(**kept["alarm"]),
        action=None if kept["action"] is None else Tier(**kept["action"]),
        estimated=InControl(**kept["estimated"]),
        check=None if kept["check"] is None else Independence(**kept["check"]),
    )


def kept_charts(summary: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the charts that an evaluation kept; one whose design is too old to be read waits, and says so."""
    charts: list[dict[str, Any]] = summary["charts"]
    return [
        chart
        if chart["design"] is None or _says_its_cost(chart["design"])
        else {**chart, "design": None, "waiting": OLDER}
        for chart in charts
    ]


def _says_its_cost(kept: dict[str, Any]) -> bool:
    return all(part in kept for part in PARTS)
