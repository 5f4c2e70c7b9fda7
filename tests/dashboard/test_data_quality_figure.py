"""The Data quality figure draws what it is given, and a week without orders as one without."""

from datetime import date, timedelta

import pytest

from dashboard.figures.data_quality import quality_alt, quality_figure
from dashboard.figures.palette import DARK, LIGHT
from surveillance.services.page_models import AxisEvent
from surveillance.services.page_models.data_quality import QualityWeek


def weeks() -> tuple[QualityWeek, ...]:
    """Return three weeks, the first without orders."""
    counts = {"processed": 90, "failed": 3, "not_sent": 0, "never_arrived": 6, "other_pathway": 0}
    truths = {"expected": 90, "arrived": 70, "late": 5, "indeterminate": 1, "not_due": 12, "overdue": 8}
    return tuple(
        QualityWeek(
            label=f"2026-W{46 + number}",
            week_end=date(2026, 11, 15) + timedelta(weeks=number),
            ordered=99 if number else None,
            results=95,
            without_order=2 if number else None,
            by_source=(0, 70, 0, 0),
            **counts,
            **truths,
        )
        for number in range(3)
    )


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_panels_share_one_axis_and_hold_the_counts(colours, narrow):
    figure = quality_figure(weeks(), (), colours, narrow=narrow)
    traces = {trace.name: trace for trace in figure.data}
    assert traces["orders"].y == (None, 99, 99)
    assert traces["results"].y == (95, 95, 95)
    assert traces["never arrived"].y == (None, 6, 6)
    assert traces["here in time"].y == (65, 65, 65)
    truths = sum(traces[name].y[2] for name in ("here in time", "here late", "overdue", "not due yet"))
    assert truths == 90
    assert figure.layout.xaxis2.matches == figure.layout.xaxis3.matches == "x"


def test_the_words_for_the_picture_name_the_newest_counts():
    said = quality_alt(weeks())
    assert said.startswith("Orders, results and truths of 3 weeks as stacked bars. 2026-W48: orders 99, results 95")
    assert "never arrived 6" in said


def test_a_known_event_stands_in_every_panel_and_is_named_once():
    event = AxisEvent(date(2026, 11, 18), "CT2 replaced", "18 Nov 2026: scanner, CT2 replaced", logged=True)
    figure = quality_figure(weeks(), (event,), LIGHT)
    lines = [shape for shape in figure.layout.shapes if shape.x0 == "2026-11-18"]
    assert [shape.yref for shape in lines] == ["y domain", "y2 domain", "y3 domain"]
    assert sum("CT2 replaced" in (one.text or "") for one in figure.layout.annotations) == 1
    assert any("CT2 replaced" in str(trace.customdata) for trace in figure.data)


def test_without_any_order_the_panel_of_orders_is_left_out():
    figure = quality_figure(weeks()[:1], (), LIGHT)
    assert "never arrived" not in {trace.name for trace in figure.data}
    assert "yaxis3" not in figure.layout
