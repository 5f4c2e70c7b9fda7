"""Weighted and binned calibration kernels, and the fast curve, equal the readable definitions."""

import numpy as np
import pytest

from surveillance.errors import NotEstimable
from surveillance.kernels import (
    binned_calibration_spans,
    calibration_spans,
    local_quadratic,
    weighted_poisson_interval,
)
from surveillance.metrics import (
    brier,
    brier_decomposition,
    calibration_intercept,
    calibration_slope,
    chance_calibration_error,
    expected_calibration_error,
    observed_expected,
    smooth_calibration,
    spiegelhalter,
)


@pytest.fixture
def weighted(laid_out):
    truth, score, edges = laid_out
    weight = np.where(score > np.median(score), 1.0, np.random.default_rng(4).uniform(2.0, 12.0, len(score)))
    return truth, score, weight, list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))


def test_weighted_spans_are_the_definitions(weighted, answer, same):
    truth, score, weight, rows = weighted
    spans = calibration_spans(truth, score, *zip(*rows, strict=True), weight)
    for metric, value, error in (
        (brier, spans.brier, spans.brier_standard_error),
        (calibration_intercept, spans.intercept, spans.intercept_standard_error),
        (calibration_slope, spans.slope, spans.slope_standard_error),
    ):

        def ask(y, p, w, metric=metric):
            return metric(y, p, weight=w)

        expected = np.array([answer(ask, truth[a:b], score[a:b], weight[a:b]) for a, b in rows])
        same(value, expected[:, 0], 1e-8)
        known = ~np.isnan(expected[:, 1])
        assert error[known] == pytest.approx(expected[known, 1], rel=1e-6, abs=1e-9)
    low, high = weighted_poisson_interval(spans.observed, spans.observed_squares, spans.heaviest)
    for place, (a, b) in enumerate(rows):
        if b > a and score[a:b].sum() > 0:
            estimate = observed_expected(truth[a:b], score[a:b], weight=weight[a:b])
            got = np.array([spans.observed[place], low[place], high[place]]) / spans.expected[place]
            assert got == pytest.approx([estimate.value, estimate.low, estimate.high], rel=1e-10, abs=1e-12)


def test_spiegelhalters_z_of_spans_is_the_definition(weighted):
    truth, score, _, rows = weighted
    spans = calibration_spans(truth, score, *zip(*rows, strict=True))
    for place, (a, b) in enumerate(rows):
        if np.isnan(spans.spiegelhalter[place]):
            with pytest.raises(NotEstimable):
                spiegelhalter(truth[a:b], score[a:b])
        else:
            expected = spiegelhalter(truth[a:b], score[a:b]).statistic
            assert spans.spiegelhalter[place] == pytest.approx(expected, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("bins", [2, 10])
@pytest.mark.parametrize("sampled", [False, True], ids=["all verified", "sampled"])
def test_binned_spans_are_the_definitions(weighted, bins, sampled):
    truth, score, weight, rows = weighted
    got = binned_calibration_spans(truth, score, *zip(*rows, strict=True), bins, weight if sampled else None)
    for place, (a, b) in enumerate(rows):
        own = weight[a:b] if sampled else None
        if b - a < bins:
            assert np.isnan(got.error[place])
            continue
        parts = brier_decomposition(truth[a:b], score[a:b], bins=bins, weight=own)
        found = [got.error[place], got.by_chance[place], got.reliability[place], got.resolution[place]]
        assert found == pytest.approx(
            [
                expected_calibration_error(truth[a:b], score[a:b], bins=bins, weight=own).value,
                chance_calibration_error(score[a:b], bins=bins, weight=own).mean,
                parts.reliability,
                parts.resolution,
            ],
            rel=1e-7,
            abs=1e-10,
        )


@pytest.mark.parametrize("seed", range(3))
def test_the_fast_curve_is_the_librarys_at_the_points_it_fits(seed):
    rng = np.random.default_rng(seed)
    score = np.sort(rng.beta(0.4, 3.0, 700))
    truth, weight = rng.random(700) < score, np.where(score > 0.3, 1.0, 8.0)

    exact = smooth_calibration(truth, score, weight=weight)
    fast = np.clip(local_quadratic(truth, score, weight, score), 0.0, 1.0)
    joined = smooth_calibration(truth, score, weight=weight, fit=local_quadratic)

    assert fast == pytest.approx(exact.smoothed, abs=1e-9)
    assert joined.mean_distance == pytest.approx(exact.mean_distance, abs=2e-4)
    assert joined.quantile(0.9) == pytest.approx(exact.quantile(0.9), abs=2e-3)


def test_a_neighbourhood_of_equal_probabilities_has_no_fit():
    assert np.isnan(local_quadratic(np.arange(8) > 3, np.repeat([0.2, 0.3], [6, 2]), np.ones(8), [0.2])).all()
    assert np.isnan(local_quadratic([], [], [], [0.5])).all()
