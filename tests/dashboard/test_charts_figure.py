"""The control charts show steps, both limits, marks, onset and a hollow tail, read from the drawn JSON."""

import json
from dataclasses import replace
from itertools import pairwise
from types import ModuleType
from typing import Any

import pytest

from dashboard.figures.charts import charts_alt, charts_figure
from dashboard.figures.palette import DARK, LIGHT


@pytest.fixture
def drawn(story: ModuleType) -> dict[str, Any]:
    return json.loads(charts_figure(story.CHARTS.lines, story.CHARTS.events, LIGHT).to_json())


def first(drawn: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in drawn["data"] if one["yaxis"] == "y"]


def test_the_line_goes_in_steps(drawn: dict[str, Any]) -> None:
    lines = [one for one in first(drawn) if one["mode"] == "lines" and "shape" in one["line"]]

    assert {one["line"]["shape"] for one in lines} == {"hv"}
    assert lines[0]["line"]["color"] == LIGHT.line


def test_both_limits_are_drawn_apart_in_colour_and_dash(drawn: dict[str, Any]) -> None:
    limits = {one["y0"]: one["line"] for one in drawn["layout"]["shapes"] if one["yref"] == "y"}

    assert limits[4.4]["dash"] == "dash"
    assert limits[4.4]["color"] == LIGHT.alarm
    assert limits[6.6].get("dash") is None
    assert limits[6.6]["color"] == LIGHT.stop


def test_each_limit_passed_is_marked_once_by_shape(drawn: dict[str, Any], story: ModuleType) -> None:
    marks = next(one for one in first(drawn) if isinstance(one.get("marker", {}).get("symbol"), list))

    assert marks["marker"]["symbol"] == ["diamond", "octagon"]
    assert marks["marker"]["color"] == [LIGHT.alarm, LIGHT.stop]
    assert marks["y"] == [mark.statistic for mark in story.CHARTS.lines[0].marks]


def test_the_likely_onset_is_a_band_with_its_weeks(drawn: dict[str, Any]) -> None:
    band = [one for one in drawn["layout"]["shapes"] if "201,101,0,0.12" in one.get("fillcolor", "")]
    words = [one["text"] for one in drawn["layout"]["annotations"] if "likely onset" in one["text"]]

    assert len(band) == 1
    assert band[0]["x0"][:10] < "2026-09-13" < "2026-09-27" < band[0]["x1"][:10]
    assert words == ["likely onset<br>weeks 37–39"]


def test_after_the_last_complete_week_the_line_is_dotted_and_hollow(drawn: dict[str, Any], story: ModuleType) -> None:
    hollow = next(one for one in first(drawn) if one.get("marker", {}).get("symbol") == "circle")
    dotted = next(one for one in first(drawn) if one.get("line", {}).get("dash") == "dot")

    assert set(hollow["x"]) == {day.isoformat() for day in story.WEEKS if day > story.COMPLETE}
    assert dotted["x"][0] == story.COMPLETE.isoformat()
    assert dotted["line"]["width"] < 2


def test_labels_at_the_right_name_both_limits_with_their_cost(drawn: dict[str, Any]) -> None:
    right = [one for one in drawn["layout"]["annotations"] if one["x"] == 1.012]

    assert "<b>stop-use 6.6</b>, passed week 42<br>1 false in 30 years" in [one["text"] for one in right]
    assert "<b>alarm 4.4</b>, passed week 40<br>1 false in 3 years" in [one["text"] for one in right]


def test_labels_of_a_panel_do_not_meet(drawn: dict[str, Any]) -> None:
    layout = drawn["layout"]
    inner = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    for name in (name for name in layout if name.startswith("yaxis")):
        foot, head = layout[name]["domain"]
        inside = [one for one in layout["annotations"] if one["x"] == 1.012 and foot - 0.02 <= one["y"] <= head]
        boxes = sorted((one["y"] * inner, 16 * (one["text"].count("<br>") + 1)) for one in inside)
        for (low, below), (high, above) in pairwise(boxes):
            assert high - low >= (below + above) / 2 - 0.5


def test_a_line_far_past_its_limit_leaves_the_limits_to_be_seen(story: ModuleType) -> None:
    far = replace(story.CHARTS.lines[0], statistic=tuple(place * 50.0 for place in range(50)), marks=())
    drawn = json.loads(charts_figure((far,), (), LIGHT).to_json())

    assert drawn["layout"]["yaxis"]["range"][1] < 5 * 6.6
    assert any("beyond this scale" in one["text"] for one in drawn["layout"]["annotations"])


def test_a_line_beyond_the_scale_goes_on_along_the_top_edge(story: ModuleType) -> None:
    line = story.CHARTS.lines[0]
    marks = tuple(replace(mark, statistic=900.0) for mark in line.marks)
    far = replace(line, statistic=(1200.0,) * 50, peak=(1200.0,) * 50, marks=marks)
    drawn = json.loads(charts_figure((far,), (), LIGHT).to_json())
    top = drawn["layout"]["yaxis"]["range"][1]

    assert all(0.95 * top < value < top for one in drawn["data"] for value in one["y"])
    assert "1200.0" in drawn["data"][0]["customdata"][0]


def test_a_chart_that_waits_says_why(story: ModuleType) -> None:
    waiting = "waits for the baseline: 3 of about 25 weeks"
    idle = replace(story.CHARTS.lines[1], statistic=(None,) * 50, peak=(None,) * 50, waiting=waiting, marks=())
    drawn = json.loads(charts_figure((story.CHARTS.lines[0], idle), (), DARK).to_json())

    assert waiting in [one["text"] for one in drawn["layout"]["annotations"]]


def test_the_words_for_the_picture_say_which_limit_was_passed_and_since_when(story: ModuleType) -> None:
    said = charts_alt(story.CHARTS.lines)

    assert "stop-use limit passed in week" in said
    assert "weeks 37–39" in said
    assert "**" not in said


def test_a_vlad_stands_under_its_chart_with_zero_and_without_a_limit(story: ModuleType) -> None:
    beside = replace(
        story.CHARTS.lines[0], vlad=(None, *(-0.5 * place for place in range(45))), vlad_words="it has no limit"
    )
    drawn = json.loads(charts_figure((beside, story.CHARTS.lines[1]), (), LIGHT).to_json())
    shapes = [one for one in drawn["layout"]["shapes"] if one["yref"] == "y2"]

    assert [one["y0"] for one in shapes] == [0]
    assert any("VLAD" in one["text"] and "no limit" in one["text"] for one in drawn["layout"]["annotations"])
    assert [one["y"][-1] for one in drawn["data"] if one["yaxis"] == "y2"] == [-22.0]
    assert "stands at −22.0" in charts_alt((beside,))
