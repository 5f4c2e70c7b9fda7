"""The performance figure shows what its grammar promises, read from the drawn JSON."""

import json
from types import ModuleType
from typing import Any

import pytest

from dashboard.figures.palette import DARK, LIGHT
from dashboard.figures.performance import performance_alt, performance_figure
from dashboard.figures.throughput import throughput_figure


@pytest.fixture
def drawn(story: ModuleType) -> dict[str, Any]:
    page = story.PERFORMANCE
    figure = performance_figure(page.series, page.complete_to, page.events, LIGHT)
    return json.loads(figure.to_json())


def texts(drawn: dict[str, Any]) -> str:
    return "\n".join(one["text"] for one in drawn["layout"]["annotations"])


def traces(drawn: dict[str, Any], axis: str, mode: str) -> list[dict[str, Any]]:
    return [one for one in drawn["data"] if one["yaxis"] == axis and one["mode"] == mode]


def test_has_one_panel_a_series_and_one_time_axis(drawn: dict[str, Any], story: ModuleType) -> None:
    layout = drawn["layout"]

    assert sum(name.startswith("yaxis") for name in layout) == len(story.PERFORMANCE.series)
    assert layout["xaxis2"]["range"] == layout["xaxis3"]["range"] == layout["xaxis"]["range"]


def test_has_no_legend_title_or_zoom(drawn: dict[str, Any]) -> None:
    layout = drawn["layout"]

    assert layout["showlegend"] is False
    assert layout["dragmode"] is False
    assert "title" not in layout
    assert all(layout[name]["fixedrange"] for name in layout if name[:5] in ("xaxis", "yaxis"))


def test_margins_leave_room_for_direct_labels(drawn: dict[str, Any]) -> None:
    assert drawn["layout"]["margin"]["l"] == 46
    assert drawn["layout"]["margin"]["r"] == 168


def test_points_after_complete_are_hollow_and_joined_by_dots(drawn: dict[str, Any], story: ModuleType) -> None:
    late = {day.isoformat() for day in story.WEEKS if day > story.COMPLETE}
    hollow = next(one for one in traces(drawn, "y", "markers") if one["marker"]["symbol"] == "circle")
    dotted = next(one for one in traces(drawn, "y", "lines") if one["line"].get("dash") == "dot")

    assert set(hollow["x"]) == late
    assert hollow["marker"]["color"] == LIGHT.page
    assert late < set(dotted["x"])
    assert all("outcomes incomplete" in words for words in hollow["customdata"])


def test_the_solid_line_ends_where_outcomes_are_complete(drawn: dict[str, Any], story: ModuleType) -> None:
    solid = next(one for one in traces(drawn, "y", "lines") if one["line"]["width"] == 2.25)
    shown = [day for day, value in zip(solid["x"], solid["y"], strict=True) if value is not None]

    assert max(shown) == story.COMPLETE.isoformat()


def test_a_breach_is_a_filled_diamond_where_the_whole_interval_lies_beyond_the_plan(
    drawn: dict[str, Any], story: ModuleType
) -> None:
    one = story.SENSITIVITY
    beyond = {
        day.isoformat()
        for day, high, mature in zip(one.week_end, one.high, one.mature, strict=True)
        if mature and high < one.threshold
    }
    diamonds = next(trace for trace in traces(drawn, "y", "markers") if trace["marker"]["symbol"] == "diamond")

    assert beyond
    assert set(diamonds["x"]) == beyond
    assert diamonds["marker"]["color"] == LIGHT.alarm


def test_the_plan_is_a_dashed_line_at_its_threshold(drawn: dict[str, Any]) -> None:
    dashed = [one for one in drawn["layout"]["shapes"] if one["line"].get("dash") == "dash"]

    assert [(one["yref"], one["y0"]) for one in dashed] == [("y", 0.90), ("y2", 0.93), ("y3", 0.90)]


def test_labels_name_value_range_counts_plan_and_events(drawn: dict[str, Any]) -> None:
    said = texts(drawn).replace("\u202f", " ").replace("\u2060", "")

    assert "plan: at least 90 %" in said
    assert " of 88" in said
    assert "plan: at least 0.90" in said
    assert "CT-2 replaced" in said
    assert "outcomes<br>incomplete" in said
    assert "<b>Sensitivity</b>, trailing 4 weeks" in said


def test_the_zone_of_incomplete_outcomes_begins_after_the_last_complete_week(
    drawn: dict[str, Any], story: ModuleType
) -> None:
    zones = [one for one in drawn["layout"]["shapes"] if one["type"] == "rect"]

    assert len(zones) == 3
    assert all(one["x0"][:10] > story.COMPLETE.isoformat() for one in zones)


def test_events_are_dotted_lines_through_every_panel(drawn: dict[str, Any]) -> None:
    lines = [one for one in drawn["layout"]["shapes"] if one["type"] == "line" and one["x0"] == "2026-09-14"]

    assert [one["yref"] for one in lines] == ["y domain", "y2 domain", "y3 domain"]
    assert {one["line"]["dash"] for one in lines} == {"dot"}


def test_on_a_phone_labels_stand_in_the_titles(story: ModuleType) -> None:
    page = story.PERFORMANCE
    figure = performance_figure(page.series, page.complete_to, page.events, DARK, narrow=True)
    drawn = json.loads(figure.to_json())

    assert drawn["layout"]["margin"]["r"] < 20
    assert not [one for one in drawn["layout"]["annotations"] if one["x"] == 1.012]
    assert "of 88" in texts(drawn)


def test_the_words_for_the_picture_give_each_figure_and_its_plan(story: ModuleType) -> None:
    said = performance_alt(story.PERFORMANCE.series, story.COMPLETE).replace("\u202f", " ")

    assert "Sensitivity" in said
    assert "plan: at least 90 %" in said
    assert "Outcomes complete to 1 November 2026" in said


def test_throughput_draws_no_zone(story: ModuleType) -> None:
    drawn = json.loads(throughput_figure(story.THROUGHPUT.series, (), LIGHT).to_json())

    assert not [one for one in drawn["layout"].get("shapes", ()) if one["type"] == "rect"]


def test_a_series_without_any_value_is_drawn_empty_and_says_so_on_hover(story: ModuleType) -> None:
    from dataclasses import replace

    nothing = (None,) * 50
    one = replace(story.SENSITIVITY, value=nothing, low=nothing, high=nothing, why=("needs positives, got 0",) * 50)
    drawn = json.loads(performance_figure((one,), story.COMPLETE, (), LIGHT).to_json())

    assert all(value is None for trace in drawn["data"] for value in trace["y"])
    assert any("needs positives, got 0" in words for words in drawn["data"][0]["customdata"])
