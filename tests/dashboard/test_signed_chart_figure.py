"""A chart whose value may lie below zero is drawn whole, with zero marked, and its numbers carry a real minus."""

import json
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

from dashboard.components.plan_summary import _row
from dashboard.figures.charts import charts_figure
from dashboard.figures.palette import LIGHT
from surveillance.domain.plan_chart import Chart


def drawn(line: Any) -> dict[str, Any]:
    figure: dict[str, Any] = json.loads(charts_figure([line], [], LIGHT).to_json())
    return figure


@pytest.fixture
def dipping(story: ModuleType) -> Any:
    """Return the first chart of the story, begun well below zero."""
    line = story.CHARTS.lines[0]
    values = tuple(
        None if value is None else value - 10.0 if place < 40 else value for place, value in enumerate(line.statistic)
    )
    peaks = tuple(None if value is None else max(value, -9.0) for value in values)
    return replace(line, statistic=values, peak=peaks)


def test_the_axis_reaches_below_zero_and_no_value_is_cut(dipping: Any) -> None:
    figure = drawn(dipping)
    lowest = min(value for value in dipping.statistic if value is not None)
    low, high = figure["layout"]["yaxis"]["range"]
    heights = [y for one in figure["data"] if one["yaxis"] == "y" for y in one["y"] if y is not None]

    assert lowest < 0
    assert low < lowest == min(heights)
    assert high > dipping.action_limit
    assert any(one.get("y0") == one.get("y1") == 0 for one in figure["layout"]["shapes"])
    assert any(text.startswith("−") for text in figure["layout"]["yaxis"]["ticktext"])


def test_hovering_over_a_value_below_zero_shows_a_real_minus(dipping: Any) -> None:
    words = [word for one in drawn(dipping)["data"] for word in one.get("customdata", [])]

    assert any("<b>−" in word for word in words)
    assert not any("<b>-" in word for word in words)


def test_a_chart_that_is_never_below_zero_stands_on_it(story: ModuleType) -> None:
    figure = drawn(story.CHARTS.lines[0])

    assert figure["layout"]["yaxis"]["range"][0] == 0
    assert not any(one.get("y0") == one.get("y1") == 0 for one in figure["layout"]["shapes"])


def test_a_spell_far_better_than_the_baseline_does_not_press_the_limits_flat(dipping: Any) -> None:
    far = replace(dipping, statistic=tuple(None if v is None else min(v, -80.0) for v in dipping.statistic))
    figure = drawn(far)
    low = figure["layout"]["yaxis"]["range"][0]

    assert low == -2 * far.action_limit
    assert min(y for one in figure["data"] for y in one["y"] if y is not None) == low


def test_a_limit_that_every_run_of_events_passes_leaves_the_scale_to_the_values(story: ModuleType) -> None:
    figure = drawn(replace(story.CHARTS.lines[0], alarm_limit=0.0, action_limit=None, action_words=""))
    highest = max(value for value in story.CHARTS.lines[0].peak if value is not None)

    assert figure["layout"]["yaxis"]["range"][1] >= highest


@pytest.mark.parametrize(
    ("chart", "row"),
    [
        (
            {"detector": "ewma", "watches": "batch_auroc"},
            ("How well scores separate (AUROC), moving average", "as in the reference period", "0.05 lower"),
        ),
        (
            {"detector": "time_between_events", "watches": "false_flags", "acceptable": 0.0002, "unacceptable": 0.002},
            ("Studies flagged without the finding, by the time between two", "2 in 10,000", "2 in 1,000"),
        ),
        (
            {
                "detector": "poisson_cusum", "watches": "technical_failures",
                "acceptable_per_week": 2, "unacceptable_per_week": 4.5,
            },
            ("Studies the AI fails to process, counted by the week", "2 a week", "4.5 a week"),
        ),
    ],
)  # fmt: skip
def test_a_plan_says_how_each_chart_reads_what_it_watches(chart: dict[str, Any], row: tuple[str, str, str]) -> None:
    made = Chart.model_validate(chart | {"share_of_budget": {"alarm": 0.2}})

    assert tuple(_row(made).values())[:3] == row
