"""Estimates of studies where patients repeat: statsmodels, brute force, laws, and coverage by simulation."""

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import assume, given
from hypothesis import strategies as st

from surveillance import metrics
from surveillance.errors import NotEstimable
from surveillance.metrics import auroc, auroc_clustered, auroc_weighted, clustered_proportion, proportion_estimate
from surveillance.metrics.design_effect import design_effect

STUDIES = st.lists(st.tuples(st.booleans(), st.integers(0, 9)), min_size=4, max_size=40)
SCORED = st.lists(st.tuples(st.booleans(), st.integers(-3, 3), st.integers(0, 9)), min_size=6, max_size=40).filter(
    lambda rows: 1 <= sum(truth for truth, _, _ in rows) < len(rows)
)


def twins(rng, patients, rate, correlation):
    """Return two studies for each patient, their successes correlated."""
    own = rng.random(patients) < rate
    kept = rng.random((2, patients)) < np.sqrt(correlation)
    return np.where(kept, own, rng.random((2, patients)) < rate).T.ravel()


def test_four_patients_with_two_studies_worked_by_hand():
    # Patients bring 2 0 2 0 of 2: p = 1/2, each x - p n = +-1. 4/3 * 4 / 64 = 1/12; independent: 1/4 / 7 = 1/28.
    effect = design_effect(np.array([2.0, 0, 2, 0]), np.full(4, 2.0))

    assert effect == pytest.approx(28 / 12)


def test_the_variance_is_that_of_a_cluster_robust_regression():
    """Logistic regression on a constant, sandwich over patients: its error on the scale of p is se * p (1 - p)."""
    rng = np.random.default_rng(5)
    successes, patient = twins(rng, 150, 0.8, 0.4), np.repeat(np.arange(150), 2)
    patient[250:] = np.arange(250, 300)  # a third of the studies stand alone
    model = sm.GLM(successes.astype(float), np.ones(300), family=sm.families.Binomial())
    robust = model.fit(cov_type="cluster", cov_kwds={"groups": patient, "use_correction": False}).bse[0]
    patients = len(np.unique(patient))

    estimate = clustered_proportion(successes, patient)

    expected = robust * estimate.value * (1 - estimate.value)
    # The sandwich has no k/(k-1); our error is sqrt(d p(1-p)/n), with d against n - 1.
    expected *= np.sqrt(patients / (patients - 1) * 299 / 300)
    assert estimate.standard_error == pytest.approx(expected, rel=1e-6)


@given(st.lists(st.booleans(), min_size=1, max_size=40), st.randoms(use_true_random=False))
def test_where_nobody_repeats_it_is_wilsons(successes, random):
    patients = list(range(len(successes)))
    random.shuffle(patients)
    clustered = clustered_proportion(successes, patients)
    plain = proportion_estimate(sum(successes), len(successes), positives=sum(successes))

    assert clustered == plain


@given(STUDIES)
def test_repeats_never_narrow_an_interval_or_move_a_value(rows):
    successes, patient = (list(column) for column in zip(*rows, strict=True))
    plain = proportion_estimate(sum(successes), len(successes), positives=0)
    estimate = clustered_proportion(successes, patient)

    assert estimate.value == plain.value
    assert (estimate.n, estimate.positives) == (len(successes), sum(successes))
    assert 0.0 <= estimate.low <= estimate.value <= estimate.high <= 1.0
    assert estimate.high - estimate.low >= plain.high - plain.low - 1e-12


def test_studies_that_all_agree_count_as_one_a_patient():
    low = clustered_proportion([1] * 20, np.repeat(np.arange(10), 2)).low

    assert low == pytest.approx(10 / (10 + 1.959963984540054**2))  # Wilson of 10 of 10


def test_one_patient_only_counts_as_one_study():
    estimate = clustered_proportion([1, 0, 1], ["P1", "P1", "P1"])
    low, high = metrics.wilson(2 / 3, 1)

    assert estimate.value == pytest.approx(2 / 3)
    assert (estimate.low, estimate.high) == pytest.approx((float(low), float(high)))
    assert "on 1 effective studies" in estimate.method
    with pytest.raises(NotEstimable, match="got 0"):
        clustered_proportion([], [])
    with pytest.raises(ValueError, match="same cases"):
        clustered_proportion([1, 0], [1])


def test_the_interval_holds_the_truth_where_wilsons_does_not():
    """Simulation: 100 patients, two studies each, correlation .25, share .5; |z| < 3.3 about .95 and far below it."""
    rng, runs, held, plain_held = np.random.default_rng(9), 1200, 0, 0
    patient = np.repeat(np.arange(100), 2)
    for _ in range(runs):
        successes = twins(rng, 100, 0.5, 0.25)
        estimate = clustered_proportion(successes, patient)
        plain = proportion_estimate(int(successes.sum()), 200, positives=0)
        held += estimate.low <= 0.5 <= estimate.high
        plain_held += plain.low <= 0.5 <= plain.high

    error = np.sqrt(0.95 * 0.05 / runs)
    assert abs(held / runs - 0.95) < 3.3 * error
    assert plain_held / runs < 0.95 - 3.3 * error  # exactly it is .912: the interval is a factor 1.12 too narrow


def obuchowski_over_all_pairs(truth, score, patient):
    """Return the variance from its definition, patient by patient over the table of comparisons."""
    pairs = (score[truth][:, None] > score[~truth]) + 0.5 * (score[truth][:, None] == score[~truth])
    area, m, n = pairs.mean(), *pairs.shape
    patients = sorted(set(patient))
    s10 = s01 = s11 = 0.0
    for one in patients:
        t10 = (pairs.mean(axis=1)[patient[truth] == one] - area).sum()
        t01 = (pairs.mean(axis=0)[patient[~truth] == one] - area).sum()
        s10, s01, s11 = s10 + t10**2, s01 + t01**2, s11 + t10 * t01
    i10, i01, i = len(set(patient[truth])), len(set(patient[~truth])), len(patients)
    return i10 * s10 / (i10 - 1) / m**2 + i01 * s01 / (i01 - 1) / n**2 + 2 * i * s11 / (i - 1) / (m * n)


@given(SCORED)
def test_auroc_variance_is_obuchowskis_by_brute_force(rows):
    truth, score, patient = (np.array(column) for column in zip(*rows, strict=True))
    estimate = auroc_clustered(truth, score, patient)
    assume(estimate.standard_error is not None)

    assert estimate.standard_error**2 == pytest.approx(obuchowski_over_all_pairs(truth, score, patient), abs=1e-12)
    assert estimate.value == pytest.approx(auroc(truth, score).value, abs=1e-12)


@given(SCORED)
def test_auroc_where_nobody_repeats_is_delongs(rows):
    truth, score, _ = (np.array(column) for column in zip(*rows, strict=True))
    clustered, plain = auroc_clustered(truth, score, np.arange(len(truth))), auroc(truth, score)

    assert clustered.value == pytest.approx(plain.value, abs=1e-12)
    assert (clustered.standard_error is None) == (plain.standard_error is None)
    if plain.standard_error is not None:
        assert clustered.standard_error == pytest.approx(plain.standard_error, abs=1e-12)
        assert (clustered.low, clustered.high) == pytest.approx((plain.low, plain.high), abs=1e-9)


def test_auroc_with_weights_where_nobody_repeats_is_the_weighted_one():
    rng = np.random.default_rng(2)
    truth, weight = rng.random(200) < 0.3, rng.choice([0.0, 1.0, 5.0], 200)
    score = rng.normal(truth)

    clustered = auroc_clustered(truth, score, np.arange(200), weight=weight)

    assert clustered.standard_error == pytest.approx(auroc_weighted(truth, score, weight).standard_error, abs=1e-12)


def test_auroc_error_is_that_of_a_bootstrap_over_patients():
    """Simulation: 200 patients with two studies each; the spread of the AUROC over 800 resamples of patients."""
    rng = np.random.default_rng(17)
    truth = np.repeat(rng.random(200) < 0.3, 2)
    score = 1.2 * truth + 0.8 * np.repeat(rng.normal(size=200), 2) + 0.6 * rng.normal(size=400)
    drawn = []
    for _ in range(800):
        rows = (2 * rng.integers(0, 200, 200)[:, None] + [0, 1]).ravel()
        drawn.append(auroc(truth[rows], score[rows]).value)

    estimate = auroc_clustered(truth, score, np.repeat(np.arange(200), 2))

    assert estimate.standard_error == pytest.approx(np.std(drawn, ddof=1), rel=0.1)
    assert estimate.standard_error > 1.2 * auroc(truth, score).standard_error


def test_auroc_says_why_a_single_patient_of_a_class_has_no_interval():
    estimate = auroc_clustered([1, 1, 0, 0, 0], [3, 1, 2, 0, 0], [1, 1, 2, 3, 4])

    assert "needs two cases of each class, got 1 and 3" in str(estimate.interval)
    with pytest.raises(NotEstimable, match="needs cases of both classes, got 0 and 2"):
        auroc_clustered([0, 0], [1, 2], [1, 1])
    with pytest.raises(ValueError, match="sampling fraction"):
        auroc_clustered([0, 1], [1, 2], [1, 1], weight=[-1.0, 1.0])
