"""Chart designs as an evaluation kept them, read back into the values they were made of."""

from dataclasses import dataclass
from typing import Any

from surveillance.domain.chart_cost import Tier
from surveillance.domain.in_control import InControl
from surveillance.domain.independence import Independence


@dataclass(frozen=True, slots=True)
class StoredDesign:
    """The cost of one chart: each limit's, where its in-control value comes from, what its baseline said."""

    alarm: Tier
    action: Tier | None
    estimated: InControl
    check: Independence | None


def stored_design(kept: dict[str, Any]) -> StoredDesign:
    """Return the cost of a chart from its kept design."""
    return StoredDesign(
        alarm=Tier(**kept["alarm"]),
        action=None if kept["action"] is None else Tier(**kept["action"]),
        estimated=InControl(**kept["estimated"]),
        check=None if kept["check"] is None else Independence(**kept["check"]),
    )
