"""The small line of a deployment in a list: its most telling chart over half a year."""

from typing import Any

import numpy as np

from surveillance.domain.chart_path import ChartPath

WEEKS = 26
MANY = 10


def spark(charts: tuple[ChartPath, ...]) -> dict[str, Any] | None:
    """Return the chart that stands highest against its limit, as shares of that limit; None before any began.

    The line ends with the last complete week, as the words under it do.

    An average on the better side of its baseline is drawn as nothing. A chart that may not recommend a stop is shown
    only where no other stands, since its limit means less.
    """
    begun = [path for path in charts if path.design is not None and path.complete_to >= 0]
    if not begun:
        return None
    best = max(
        begun, key=lambda path: (path.design is not None and path.design.action_steps is not None, path.of_action)
    )
    design = best.design
    assert design is not None
    limit = design.action_limit or design.alarm_limit
    values = np.maximum(np.nan_to_num(best.statistic[: best.complete_to + 1][-WEEKS:]), 0.0) / limit
    name = "stop-use" if design.action_limit is not None else "alarm"
    return {
        "title": best.title,
        "values": [round(float(value), 4) for value in values],
        "alarm_at": design.alarm_limit / limit,
        "words": f"{best.of_action:.1f} × {name} limit" if best.of_action < MANY else f"over {MANY} × {name} limit",
        "has_action": design.action_limit is not None,
    }
