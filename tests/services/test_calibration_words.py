"""A kept diagram is read back to the last digit, and its figures are said in words a radiographer can read."""

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from scipy.special import expit

from surveillance.domain.calibration_figures import CalibrationFigure, Verified, calibration_figures, smooth_curve
from surveillance.domain.reliability import Reliability, SmoothLine
from surveillance.domain.weeks import Week
from surveillance.metrics import reliability_curve
from surveillance.services.calibration_words import figure_of, meaning, notes
from surveillance.services.stored_diagram import diagram_bytes, read_diagram


@pytest.fixture(scope="module")
def seen():
    rng = np.random.default_rng(2)
    score = expit(rng.normal(-1.0, 1.5, 2000))
    return Verified(rng.random(2000) < score, score, score > 0.5, np.where(score > 0.5, 1.0, 4.0))


@pytest.fixture(scope="module")
def diagram(seen):
    week, smooth = Week.of(date(2026, 5, 4)), smooth_curve(seen)
    curve = reliability_curve(seen.truth, seen.probability, weight=seen.weight)
    return Reliability(
        Week(week.number - 12), week, curve, None, seen.positives, 2000, seen.threshold,
        calibration_figures(seen, smooth), SmoothLine((0.0, 1.0), (0.1, 0.9)), "", "logistic calibration", 0.25,
    )  # fmt: skip


def test_a_diagram_is_read_back_to_the_last_digit(diagram):
    again = read_diagram(diagram_bytes(diagram))

    assert again.figures == diagram.figures
    assert again.smooth == diagram.smooth
    assert diagram_bytes(again) == diagram_bytes(diagram)


def test_a_diagram_kept_before_it_had_figures_is_still_read(diagram):
    kept = json.loads(diagram_bytes(diagram))
    old = {name: kept[name] for name in ("now", "baseline", "positives", "studies", "threshold", "first", "last")}

    again = read_diagram(json.dumps(old).encode())

    assert (again.figures, again.smooth, again.audit) == ((), None, 1.0)
    assert again.now.n.tolist() == diagram.now.n.tolist()


def test_every_figure_is_said_with_what_is_perfect_or_what_chance_gives(diagram):
    said = {one.name: figure_of(one) for one in diagram.figures}

    assert all(one.value not in ("", "–") for one in said.values())
    assert said["observed_expected"].counts == "1 is perfect; above 1, more than promised"
    assert "a perfect product: 0.0" in said["expected_calibration_error"].counts
    assert "(E90)" in said["integrated_calibration_index"].counts
    assert "telling apart" in said["brier"].counts
    assert "flag none 0" in said["net_benefit"].counts
    assert said["spiegelhalter"].range == "no range"
    assert "once in 20" in said["spiegelhalter"].why


def test_the_parts_of_the_brier_score_are_printed_so_that_they_add_up(diagram):
    brier = next(one for one in diagram.figures if one.name == "brier")
    words = figure_of(brier).counts.replace("−", "-").split()
    numbers = [float(word) for word in words if word.replace(".", "").isdigit()]
    inside = numbers[-1] * (-1 if "- within" in " ".join(words) else 1)

    assert numbers[0] - numbers[1] + numbers[2] + inside == pytest.approx(brier.value, abs=2.5e-4)


def test_a_figure_without_a_value_says_why_in_its_place():
    found = figure_of(CalibrationFigure("calibration_slope", None, None, None, 50, 9, "needs 100 positives", ""))

    assert (found.value, found.verdict, found.counts) == ("–", "not_estimable", "needs 100 positives")


def test_flags_without_one_common_threshold_are_no_matter_of_too_few(seen):
    mixed = replace(seen, flagged=seen.flagged ^ (np.arange(2000) % 7 == 0))
    found = next(one for one in calibration_figures(mixed, smooth_curve(mixed)) if one.name == "net_benefit")
    said = figure_of(found)

    assert (said.value, said.verdict) == ("–", "absent")
    assert "flags from one score on" in said.counts


@pytest.mark.parametrize("studies", [60, 400])
def test_only_a_figure_short_of_positives_or_negatives_is_too_few_to_say(studies):
    rng = np.random.default_rng(5)
    score = expit(rng.normal(-1.0, 1.5, studies))
    few = Verified(rng.random(studies) < score, score, score > 0.5, None)
    missing = [one for one in calibration_figures(few, smooth_curve(few)) if one.value is None]

    assert missing
    assert {figure_of(one).verdict for one in missing} == {"not_estimable"}
    assert all("positives and" in one.why for one in missing)


def test_equal_scores_of_many_studies_are_no_matter_of_too_few():
    score = np.full(2000, 0.3)
    equal = Verified(np.arange(2000) % 4 == 0, score, score > 0.5, None)
    said = {one.name: figure_of(one) for one in calibration_figures(equal, smooth_curve(equal))}

    assert said["calibration_slope"].verdict == "absent"
    assert said["integrated_calibration_index"].verdict == "absent"


def test_a_high_score_is_explained_in_so_many_of_a_hundred(diagram):
    near = int(np.argmin(np.abs(diagram.now.mean_predicted - 0.8)))
    words = meaning(diagram, "bleed")

    assert f"about {diagram.now.mean_predicted[near]:.2f}" in words
    assert f"{100 * diagram.now.observed[near]:.0f}\u00a0%" in words


def test_calibrated_scores_and_weights_are_marked(diagram):
    first, second = notes(diagram)

    assert first.startswith("**Scores calibrated on the baseline.**")
    assert "25\u00a0% audit" in second
