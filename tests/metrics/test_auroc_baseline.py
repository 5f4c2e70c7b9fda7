"""The baseline's AUROC and the variance of a batch: by hand, by enumeration, and by simulation."""

import numpy as np
import pytest

from surveillance.errors import NotEstimable
from surveillance.metrics import auroc, baseline_auroc, hanley_mcneil_variance

RNG = np.random.default_rng(71)


def tied_baseline(positives, negatives):
    truth = np.arange(positives + negatives) < positives
    return truth, np.round(np.random.default_rng(72).normal(1.2 * truth), 1)


def kernel(truth, score):
    above, below = score[truth][:, None], score[~truth][None, :]
    return (above > below) + 0.5 * (above == below)


def test_the_parts_are_those_of_the_written_out_pairs():
    truth, score = tied_baseline(23, 57)
    pairs = kernel(truth, score)
    baseline = baseline_auroc(truth, score)
    m, n = pairs.shape

    s10, s01, s11 = pairs.mean(axis=1).var(ddof=1), pairs.mean(axis=0).var(ddof=1), pairs.var(ddof=1)
    assert baseline.auroc == auroc(truth, score)
    assert baseline.z11 == pytest.approx(s11, abs=1e-12)
    assert baseline.z10 == pytest.approx((s10 - s11 / n) / (1 - 1 / n), abs=1e-12)
    assert baseline.z01 == pytest.approx((s01 - s11 / m) / (1 - 1 / m), abs=1e-12)


def test_a_batch_of_one_pair_has_the_variance_of_a_pair():
    baseline = baseline_auroc(*tied_baseline(40, 60))

    assert baseline.variance(1, 1) == pytest.approx(baseline.z11)


def test_the_variance_is_that_of_every_possible_batch():
    # With the parts of a whole finite population, every batch of 2 and 3 drawn without regard to order and with
    # replacement, enumerated by its pairs: an exact law, no simulation.
    truth = np.array([True] * 4 + [False] * 5)
    score = np.array([3.0, 5.0, 5.0, 8.0, 1.0, 3.0, 4.0, 5.0, 6.0])
    pairs = kernel(truth, score)
    rows = np.array(np.meshgrid(*[range(4)] * 2)).reshape(2, -1).T
    columns = np.array(np.meshgrid(*[range(5)] * 3)).reshape(3, -1).T
    batches = [pairs[np.ix_(row, column)].mean() for row in rows for column in columns]

    z10, z01, z11 = pairs.mean(axis=1).var(), pairs.mean(axis=0).var(), pairs.var()
    exact = ((3 - 1) * z10 + (2 - 1) * z01 + z11) / 6
    assert np.var(batches) == pytest.approx(exact, abs=1e-12)


@pytest.mark.parametrize(("m", "n"), [(5, 45), (10, 90), (50, 100)])
def test_the_variance_agrees_with_simulated_batches(m, n):
    big = np.arange(22_000) < 2_000
    baseline = baseline_auroc(big, RNG.normal(1.5 * big))
    batch = np.arange(m + n) < m
    areas = np.array([kernel(batch, RNG.normal(1.5 * batch)).mean() for _ in range(4_000)])

    # Spread of a sample variance is about sqrt((kurtosis - 1) / 4000) of it, under 3.2 %.
    assert areas.var() == pytest.approx(float(baseline.variance(m, n)), rel=0.12)
    assert abs(areas.mean() - baseline.auroc.value) < 4.0 * np.hypot(areas.std() / 63.0, 0.0055)


def test_the_variance_is_unbiased_over_baselines():
    counts = []
    for _ in range(600):
        truth = np.arange(60) < 20
        counts.append(float(baseline_auroc(truth, np.round(RNG.normal(1.2 * truth), 1)).variance(20, 40)))
    areas = [auroc(np.arange(60) < 20, np.round(RNG.normal(1.2 * (np.arange(60) < 20)), 1)).value for _ in range(4000)]

    # Errors: of the mean of 600 variances about 1.2 %, of a variance of 4000 values about 2.5 %; bound 3.5 of both.
    assert np.mean(counts) == pytest.approx(np.var(areas, ddof=1), rel=0.10)


def test_standardised_batches_are_counted_in_standard_errors():
    baseline = baseline_auroc(*tied_baseline(200, 1800))
    spread = np.sqrt(baseline.variance(10, np.array([60, 90])))

    z = baseline.standardise(baseline.auroc.value - 2.0 * spread, 10, np.array([60, 90]))

    assert z.tolist() == pytest.approx([-2.0, -2.0])


def test_what_a_baseline_cannot_say_it_says_why():
    with pytest.raises(NotEstimable, match="overlap"):
        baseline_auroc([0, 0, 1, 1], [0.1, 0.2, 0.8, 0.9])
    with pytest.raises(NotEstimable, match="two cases of each class"):
        baseline_auroc([0, 0, 1], [0.1, 0.9, 0.8])
    with pytest.raises(NotEstimable, match="both classes"):
        baseline_auroc([0, 0], [0.1, 0.9])
    with pytest.raises(NotEstimable, match="needs cases of both classes, got 0"):
        baseline_auroc(*tied_baseline(20, 20)).variance(10, np.array([4, 0]))


def test_the_planning_variance_is_hanley_and_mcneils():
    # Worked by hand at A = .75, m = n = 2: Q1 = .6, Q2 = 1.125 / 1.75; [.1875 + .0375 + .080357] / 4.
    assert hanley_mcneil_variance(0.75, 2, 2) == pytest.approx(0.0763393, abs=1e-7)
    with pytest.raises(ValueError, match="between 0 and 1"):
        hanley_mcneil_variance(1.0, 2, 2)
