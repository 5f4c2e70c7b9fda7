"""Sparkline: 26 weeks of a deployment's most telling chart as a share of its stop-use limit, as SVG text."""

from dashboard.figures.palette import Palette
from surveillance.domain.row_state import RowState
from surveillance.services.page_models import Spark

WIDTH, HEIGHT = 170, 56
LEFT, RIGHT, TOP, FOOT = 2.0, 160.0, 8.0, 48.0
CEILING = 1.3


def spark_svg(spark: Spark, state: RowState, colours: Palette) -> str:
    """Draw steps on one scale for the whole page (0 to 1.3 of the stop-use limit).

    Both limits are grey; only the last mark is coloured and shaped, by the deployment's state.
    """
    step = (RIGHT - LEFT) / max(len(spark.values) - 1, 1)
    path = ""
    for place, value in enumerate(spark.values):
        x, y = LEFT + place * step, _y(value)
        path += f"M{x:.1f} {y:.1f}" if place == 0 else f"H{x:.1f}V{y:.1f}"
    limits = f'<path d="M{LEFT} {FOOT}H{RIGHT}" stroke="{colours.axis}" stroke-width="1"/>'
    if spark.has_action:
        limits += f'<path d="M{LEFT} {_y(1):.1f}H{RIGHT}" stroke="{colours.baseline}" stroke-width="1.2"/>'
    if spark.alarm_at > 0:
        limits += (
            f'<path d="M{LEFT} {_y(spark.alarm_at):.1f}H{RIGHT}" stroke="{colours.baseline}" '
            'stroke-width="1.2" stroke-dasharray="4 3"/>'
        )
    last = _mark(RIGHT, _y(spark.values[-1]), state, colours) if spark.values else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'fill="none">{limits}<path d="{path}" stroke="{colours.line}" stroke-width="1.6"/>{last}</svg>'
    )


def spark_alt(spark: Spark) -> str:
    """Return what the sparkline says, for those who do not see it."""
    passed = [name for name, at in (("stop-use", 1.0 if spark.has_action else 0.0), ("alarm", spark.alarm_at)) if at]
    over = next(
        (f", past its {name} limit" for name in passed if spark.values and spark.values[-1] > _at(spark, name)),
        "",
    )
    return f"{spark.title}, {len(spark.values)} weeks: {spark.words}{over}"


def _at(spark: Spark, name: str) -> float:
    return 1.0 if name == "stop-use" else spark.alarm_at


def _y(share: float) -> float:
    return FOOT - min(max(share, 0.0), CEILING) / CEILING * (FOOT - TOP)


def _mark(x: float, y: float, state: RowState, colours: Palette) -> str:
    if state in (RowState.STOP_USE, RowState.STOPPED):
        a, b = 2.1, 5.0
        corners = ((a, b), (b, a), (b, -a), (a, -b), (-a, -b), (-b, -a), (-b, a), (-a, b))
        points = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners)
        return f'<polygon points="{points}" fill="{colours.stop}"/>'
    if state in (RowState.CONCERN, RowState.BREACH):
        points = f"{x:.1f},{y - 5:.1f} {x + 5:.1f},{y:.1f} {x:.1f},{y + 5:.1f} {x - 5:.1f},{y:.1f}"
        return f'<polygon points="{points}" fill="{colours.alarm}"/>'
    if state in (RowState.TOO_FEW, RowState.EMPTY, RowState.INCOMPLETE):
        ring = f'stroke="{colours.baseline}" stroke-width="1.4"'
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colours.page}" {ring}/>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.2" fill="{colours.line}"/>'
