"""The reliability diagram and the sparkline show what they must, read from what is drawn."""

import json
from dataclasses import replace
from types import ModuleType
from xml.etree import ElementTree

import numpy as np
import pytest

from dashboard.figures.palette import LIGHT
from dashboard.figures.reliability import reliability_alt, reliability_figure
from dashboard.figures.spark import spark_alt, spark_svg
from surveillance.domain.reliability import SmoothLine
from surveillance.domain.row_state import RowState
from surveillance.services.page_models import Spark

RISING = Spark("Positives the AI did not flag", (0.0, 0.4, 0.9, 1.6), 0.67, "1.6 × stop-use limit", True)


def test_the_diagram_holds_every_bin_with_its_interval(story: ModuleType) -> None:
    diagram = story.diagram()
    drawn = json.loads(reliability_figure(diagram, LIGHT).to_json())
    points = next(one for one in drawn["data"] if one.get("name") == "bins")

    assert points["x"] == pytest.approx(diagram.now.mean_predicted.tolist())
    assert np.array(points["y"]) + np.array(points["error_y"]["array"]) == pytest.approx(diagram.now.high)
    assert np.array(points["y"]) - np.array(points["error_y"]["arrayminus"]) == pytest.approx(diagram.now.low)


def test_the_band_joins_the_ranges_of_the_bins(story: ModuleType) -> None:
    diagram = story.diagram()
    low, high = json.loads(reliability_figure(diagram, LIGHT).to_json())["data"][:2]

    assert low["y"] == pytest.approx(diagram.now.low.tolist())
    assert high["y"] == pytest.approx(diagram.now.high.tolist())
    assert high["fill"] == "tonexty"


def test_the_line_is_the_smooth_curve_where_there_is_one_and_joins_the_bins_where_not(story: ModuleType) -> None:
    rough = story.diagram()
    smooth = replace(rough, smooth=SmoothLine((0.0, 0.5, 1.0), (0.1, 0.4, 0.9)))

    for diagram, mode in ((rough, "lines+markers"), (smooth, "markers")):
        drawn = json.loads(reliability_figure(diagram, LIGHT).to_json())["data"]
        assert next(one for one in drawn if one.get("name") == "bins")["mode"] == mode
        lines = [one["y"] for one in drawn if one.get("mode") == "lines"]
        assert ([0.1, 0.4, 0.9] in lines) == (diagram is smooth)


def test_calibrated_scores_are_named_on_the_axis(story: ModuleType) -> None:
    calibrated = replace(story.diagram(), calibrated="logistic calibration on the log-odds of the score")
    words = json.loads(reliability_figure(calibrated, LIGHT).to_json())["layout"]["xaxis2"]["title"]["text"]

    assert words.startswith("Score, calibrated on the baseline")


def test_the_diagram_shows_diagonal_threshold_and_counts(story: ModuleType) -> None:
    drawn = json.loads(reliability_figure(story.diagram(), LIGHT).to_json())
    dashes = [one["line"]["dash"] for one in drawn["layout"]["shapes"]]
    bars = next(one for one in drawn["data"] if one["type"] == "bar")

    assert dashes == ["dash", "dot"]
    assert drawn["layout"]["shapes"][1]["x0"] == 0.61
    assert np.power(10, bars["y"]) == pytest.approx(bars["customdata"])
    assert any("flagged from here" in one["text"] for one in drawn["layout"]["annotations"])


def test_the_name_of_the_baseline_stands_clear_of_the_axis_and_of_the_end(story: ModuleType) -> None:
    diagram = story.diagram()
    observed = diagram.baseline.observed.copy()
    observed[0] = 0.9  # farthest apart at the lowest score
    apart = replace(diagram, baseline=replace(diagram.baseline, observed=observed))
    words = json.loads(reliability_figure(apart, LIGHT).to_json())["layout"]["annotations"]
    (name,) = (one for one in words if one["text"] == "baseline")

    assert 0.2 < name["x"] < 0.8


def test_the_words_for_the_diagram_give_weeks_and_counts(story: ModuleType) -> None:
    assert "in 3,640 studies" in reliability_alt(story.diagram())


def test_a_sparkline_is_one_well_formed_picture_without_words_or_scripts() -> None:
    root = ElementTree.fromstring(spark_svg(RISING, RowState.STOP_USE, LIGHT))

    assert (root.get("width"), root.get("height")) == ("170", "56")
    assert {element.tag.split("}")[1] for element in root} == {"path", "polygon"}


@pytest.mark.parametrize(
    ("state", "shape", "colour"),
    [
        (RowState.STOP_USE, "polygon", LIGHT.stop),
        (RowState.CONCERN, "polygon", LIGHT.alarm),
        (RowState.QUIET, "circle", LIGHT.line),
        (RowState.TOO_FEW, "circle", LIGHT.page),
    ],
)
def test_only_the_last_mark_is_coloured_and_shaped(state: RowState, shape: str, colour: str) -> None:
    last = list(ElementTree.fromstring(spark_svg(RISING, state, LIGHT)))[-1]

    assert last.tag.endswith(shape)
    assert last.get("fill") == colour


def test_the_words_for_a_sparkline_say_which_limit_is_passed() -> None:
    assert spark_alt(RISING) == "Positives the AI did not flag, 4 weeks: 1.6 × stop-use limit, past its stop-use limit"
