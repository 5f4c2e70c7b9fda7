"""The smooth curve and its index: against a local quadratic regression written out, and laws."""

import numpy as np
import pytest

from surveillance.errors import NotEstimable
from surveillance.metrics import integrated_calibration_index, smooth_calibration


def written_out(truth, probability, at, span=0.75):
    """Return Cleveland's local quadratic regression with tricube weights, point by point."""
    count = int(np.floor(len(truth) * span + 1e-9))
    fitted = []
    for point in at:
        distance = np.abs(probability - point)
        reach = np.sort(distance)[count - 1]
        weight = np.sqrt(np.clip(1.0 - (distance / reach) ** 3, 0.0, None) ** 3)
        shift = probability - point
        design = np.stack((np.ones_like(shift), shift, shift**2), axis=1)
        fitted.append(np.linalg.lstsq(design * weight[:, None], truth * weight, rcond=None)[0][0])
    return np.clip(fitted, 0.0, 1.0)


def sample(n=800, seed=2):
    rng = np.random.default_rng(seed)
    probability = rng.beta(1.0, 3.0, n)
    return rng.random(n) < probability**1.3, probability


def test_the_curve_is_cleveland_s_local_quadratic_regression():
    truth, probability = sample()
    at = np.quantile(probability, [0.02, 0.3, 0.6, 0.9])

    curve = smooth_calibration(truth, probability)

    assert np.interp(at, curve.probability, curve.smoothed) == pytest.approx(
        written_out(truth.astype(float), probability, at), abs=1e-4
    )


def test_the_index_is_the_mean_distance_and_its_companions_are_in_order():
    truth, probability = sample()
    curve = smooth_calibration(truth, probability)

    estimate = integrated_calibration_index(truth, probability)

    assert estimate.value == pytest.approx(np.mean(np.abs(curve.smoothed - curve.probability)))
    assert curve.quantile(0.5) <= curve.quantile(0.9) <= curve.quantile(1.0) == curve.distance.max()
    assert isinstance(estimate.interval, NotEstimable)


def test_a_weighted_quantile_counts_each_case_as_often_as_its_weight():
    truth, probability = sample(400)
    weight = np.where(probability > 0.5, 1.0, 3.0)
    curve = smooth_calibration(truth, probability, weight=weight)
    repeated = np.repeat(curve.distance, curve.weight.astype(int))

    assert curve.quantile(0.9) == pytest.approx(np.quantile(repeated, 0.9, method="inverted_cdf"))


def test_resampling_gives_a_range_that_follows_the_generator_alone():
    truth, probability = sample(500)

    first, second = (
        integrated_calibration_index(truth, probability, rng=np.random.default_rng(9), resamples=60) for _ in range(2)
    )

    assert first == second
    assert first.low < first.high
    assert "60 bootstrap samples" in first.method


@pytest.mark.parametrize(
    ("truth", "probability", "reason"),
    [
        ([0, 1] * 5, np.linspace(0.1, 0.9, 10), "needs 20 cases with 10 different probabilities, got 10 with 10"),
        ([0, 1] * 50, np.tile([0.2, 0.3], 50), "got 100 with 2"),
        ([0] * 30, np.linspace(0.1, 0.9, 30), "both classes, got 0 and 30"),
        ([0, 1] * 100, np.concatenate((np.full(180, 0.01), np.linspace(0.1, 0.9, 20))), "too many of them equal"),
    ],
)
def test_what_cannot_carry_a_curve_says_why(truth, probability, reason):
    with pytest.raises(NotEstimable, match=reason):
        smooth_calibration(np.array(truth), probability)


def test_scores_of_two_decimals_have_a_curve():
    rng = np.random.default_rng(5)
    probability = np.round(rng.beta(2.0, 4.0, 1000), 2)

    assert np.isfinite(smooth_calibration(rng.random(1000) < probability, probability).smoothed).all()


def test_a_perfect_product_whose_scores_crowd_near_nought_is_drawn_near_the_diagonal():
    """R's own surface, between few vertices, leaves such a curve by up to .6 where the bins lie on the diagonal."""
    rng = np.random.default_rng(10)
    for _ in range(5):
        low, high = rng.normal(-5.0, 1.2, 3000), rng.normal(2.2, 2.0, 300)
        probability = 1.0 / (1.0 + np.exp(-np.concatenate((low, high))))
        curve = smooth_calibration(rng.random(3300) < probability, probability)

        assert curve.quantile(1.0) < 0.25
        assert curve.mean_distance < 0.012


def test_a_resampled_range_holds_the_index_of_a_perfect_product_too():
    """Resampling adds chance to an index that is never negative: left alone its range often begins above it."""
    for seed in range(15):
        rng = np.random.default_rng(seed)
        probability = rng.beta(1.0, 2.0, 200)
        index = integrated_calibration_index(rng.random(200) < probability, probability, rng=rng, resamples=40)
        assert index.low <= index.value <= index.high
