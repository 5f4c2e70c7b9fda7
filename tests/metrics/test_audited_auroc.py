"""The AUROC under an audit: equal to DeLong's without one, and an interval that holds where the audit finds few."""

from math import sqrt

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from surveillance.errors import NotEstimable
from surveillance.metrics import Estimate, auroc, auroc_weighted

LEAST = 0.95 - 4 * sqrt(0.95 * 0.05 / 400)  # |z| < 4 over 400 runs


def study(rng, positives, sensitivity, fraction, distance=2.3):
    """Return a binormal study with 11.5 negatives a positive, of which all flagged and some others are verified."""
    truth = np.arange(round(12.5 * positives)) < positives
    score = rng.normal(distance * truth)
    flagged = score >= distance - ndtri(sensitivity)
    chance = rng.choice(fraction, len(truth))
    seen = flagged | (rng.random(len(truth)) < chance)
    return truth[seen], score[seen], np.where(flagged, 1.0, 1.0 / chance)[seen]


@pytest.mark.parametrize("weight", [1.0, 4.0])
def test_equal_weights_give_delong(weight):
    truth, score, _ = study(np.random.default_rng(3), 40, 0.85, (1.0,))
    plain, weighted = auroc(truth, score), auroc_weighted(truth, score, np.full(len(truth), weight))

    assert (weighted.value, weighted.low, weighted.high) == pytest.approx((plain.value, plain.low, plain.high))
    assert weighted.standard_error == pytest.approx(plain.standard_error)


@pytest.mark.parametrize(
    ("fraction", "positives"), [((0.5,), 23), ((0.25,), 56), ((0.1,), 23), ((0.1,), 58), ((0.1, 0.4), 56)]
)
def test_the_interval_covers_at_twenty_and_fifty_verified_positives(fraction, positives):
    rng, true = np.random.default_rng(17), float(ndtr(2.3 / np.sqrt(2)))
    estimates = [auroc_weighted(*study(rng, positives, 0.85, fraction)) for _ in range(400)]
    covered = [estimate.low <= true <= estimate.high for estimate in estimates if isinstance(estimate, Estimate)]

    assert np.mean(covered) > LEAST
    # A ratio of two estimates is right on average only where the audit finds a few positives at least.
    values = [estimate.value for estimate in estimates]
    if positives > 50:
        assert np.mean(values) == pytest.approx(true, abs=4 * np.std(values) / 20)


@pytest.mark.parametrize(("often", "seldom"), [(0.8, (0.1,)), (0.5, (0.05,)), (0.8, (0.1, 0.4))])
def test_the_interval_covers_where_flagged_cases_are_drawn_too(often, seldom):
    rng, true = np.random.default_rng(19), float(ndtr(2.3 / np.sqrt(2)))
    covered = []
    for _ in range(400):
        truth = np.arange(500) < 40
        score = rng.normal(2.3 * truth)
        chance = np.where(score >= 2.3 - ndtri(0.9), often, rng.choice(seldom, 500))
        seen = rng.random(500) < chance
        estimate = auroc_weighted(truth[seen], score[seen], 1.0 / chance[seen])
        if not isinstance(estimate.interval, NotEstimable):
            covered.append(estimate.low <= true <= estimate.high)

    assert np.mean(covered) > LEAST


def test_weights_that_differ_by_rounding_are_one_weight():
    truth, score, _ = study(np.random.default_rng(3), 40, 0.85, (1.0,))
    plain = auroc(truth, score)
    jittered = auroc_weighted(truth, score, np.where(truth, 10.0, 10.0 * (1 + 1e-15)))

    assert (jittered.low, jittered.high) == pytest.approx((plain.low, plain.high))


def test_many_audited_positives_bring_the_published_interval():
    """With hundreds found, the linearised variance on the logit scale and the combined limits say the same."""
    estimate = auroc_weighted(*study(np.random.default_rng(5), 4000, 0.7, (0.5,), distance=1.5))
    spread = 1.959964 * estimate.standard_error

    assert estimate.low == pytest.approx(estimate.value - spread, abs=0.1 * spread)
    assert estimate.high == pytest.approx(estimate.value + spread, abs=0.1 * spread)


def test_an_audit_that_found_no_positive_leaves_room_for_the_worst():
    rng = np.random.default_rng(8)
    score = np.concatenate((rng.normal(3.0, 0.5, 40), rng.normal(0.0, 1.0, 200)))
    truth, weight = np.arange(240) < 40, np.where(score > 1.5, 1.0, 10.0)

    estimate = auroc_weighted(truth, score, weight)

    # None of 40 leaves up to 8.8 % of the verified (Wilson): ten times as many of all, so nearly half were not flagged.
    upper = 1.959964**2 / (40 + 1.959964**2)
    flagged = (1 - upper) / (1 - upper + 10 * upper)
    assert estimate.low == pytest.approx(estimate.value * flagged, abs=0.01)
    assert estimate.standard_error is None
