"""The chart of batch AUROC: its run length and delay against streams that the whole chain reads."""

import numpy as np
import pytest
from scipy.special import ndtri

from surveillance.detectors import TabularCusum
from surveillance.domain.auroc_batches import auroc_batches
from surveillance.domain.auroc_limits import auroc_chart_design
from surveillance.domain.drawn_batches import draw_batches, worsened
from surveillance.errors import NotEstimable
from surveillance.metrics import auroc

APART = ndtri(0.856) * 2**0.5  # two normal laws this far apart have the AUROC of statistics from which limits are known


def binormal_grid(positives, negatives):
    """Return the baseline that a binormal AI of AUROC .856 gives on average: its quantiles."""
    truth = np.arange(positives + negatives) < positives
    above, below = ((np.arange(size) + 0.5) / size for size in (positives, negatives))
    return truth, np.concatenate((ndtri(above) + APART, ndtri(below)))


def stream(rng, positive_score, negative_score, cases, share):
    """Return cases as they arrive, scores drawn from those given."""
    truth = rng.random(cases) < share
    score = np.where(truth, rng.choice(positive_score, cases), rng.choice(negative_score, cases))
    return truth, score


@pytest.mark.parametrize(
    ("batch_positives", "share", "cases"),
    [(10, 0.1, 1_600_000), (20, 0.2, 1_600_000), (50, 0.5, 1_600_000), (100, 0.5, 3_000_000)],
)
def test_run_length_is_that_of_simulated_streams(batch_positives, share, cases):
    rng = np.random.default_rng(100 + batch_positives)
    truth, score = binormal_grid(1000, round(1000 * (1 - share) / share))
    design = auroc_chart_design(
        truth, score, alarm_run_length=60, action_run_length=None, batch_positives=batch_positives, rng=rng
    )

    batches = auroc_batches(*stream(rng, score[truth], score[~truth], cases, share), batch_positives=batch_positives)
    lengths = np.diff(design.alarm_chart.run(batches.z(design.baseline)).signals)

    error = np.hypot(lengths.std() / np.sqrt(len(lengths)), design.alarm.run_length_error)
    assert len(lengths) > 200
    assert design.alarm.run_length == pytest.approx(60, rel=1e-6)
    assert abs(lengths.mean() - design.alarm.run_length) < 3.5 * error
    # A few positives give a skewed AUROC: the normal table's limit would be passed more often than it says.
    assert design.alarm.limit > TabularCusum.design(run_length=60).limit


@pytest.mark.parametrize(("batch_positives", "known"), [(5, 4.95), (10, 4.69), (20, 4.53), (50, 4.36)])
def test_limits_for_370_are_those_of_the_published_brief(batch_positives, known):
    # Binormal, AUROC .856, 10 % prevalence, a known standard error, simulated elsewhere; here 4.95, 4.71, 4.56, 4.37.
    truth, score = binormal_grid(1000, 9000)

    design = auroc_chart_design(
        truth,
        score,
        alarm_run_length=370,
        action_run_length=None,
        batch_positives=batch_positives,
        rng=np.random.default_rng(7),
    )

    assert design.alarm.limit == pytest.approx(known, abs=0.08)


def test_delay_is_that_of_simulated_streams_after_the_drop():
    rng = np.random.default_rng(111)
    truth, score = binormal_grid(500, 2000)
    design = auroc_chart_design(truth, score, alarm_run_length=200, action_run_length=1000, drop=0.10, rng=rng)
    fallen, negative = worsened(score[truth], score[~truth], 0.10)

    for limit in (design.alarm, design.action):
        chart = TabularCusum(limit.limit, 0.5, "lower")
        z = auroc_batches(*stream(rng, fallen, negative, 700_000, 0.2)).z(design.baseline)
        lengths = np.diff(chart.run(z).signals)
        for share, within in ((0.5, limit.delay_median), (0.95, limit.delay_p95)):
            slack = 4.0 * np.sqrt(share * (1 - share) / len(lengths)) + 0.01
            assert np.mean(lengths <= within) > share - slack
            assert np.mean(lengths < within) < share + slack
    assert design.action.delay_median > design.alarm.delay_median


@pytest.mark.parametrize("drop", [0.02, 0.05, 0.15])
def test_scores_moved_for_a_drop_have_it_and_keep_their_order(drop):
    rng = np.random.default_rng(112)
    truth = rng.random(6000) < 0.2
    score = np.round(rng.normal(1.3 * truth), 2)

    positive, negative = worsened(score[truth], score[~truth], drop)

    before = auroc(truth, score).value
    moved = np.empty(6000)
    moved[truth], moved[~truth] = positive, negative
    assert auroc(truth, moved).value == pytest.approx(before - drop, abs=5e-4)
    assert np.all(np.diff(positive[np.argsort(score[truth], kind="stable")]) >= 0)
    # On normal scores it is a lower mean: a share u of the negatives becomes Phi(Phi^-1(u) - c).
    with pytest.raises(NotEstimable, match=r"above 0\.5"):
        worsened(score[truth], score[~truth], before - 0.49)


def test_drawn_batches_have_the_counts_of_arriving_cases():
    rng = np.random.default_rng(113)
    rare, even = draw_batches(200, 1800, 10, 0.1, rng), draw_batches(50, 50, 2, 0.7, rng)

    # Negatives before the tenth positive: mean 10 x .9 / .1 = 90, variance 90 / .1 = 900.
    assert abs(rare.negatives.mean() - 90.0) < 4.0 * 30.0 / np.sqrt(len(rare.negatives))
    assert rare.negatives.std() == pytest.approx(30.0, rel=0.02)
    assert even.negatives.min() == 1
    assert set(np.unique(even.positives)) >= {2, 4}
    assert (len(rare.positive_draw), len(rare.negative_draw)) == (rare.positives.sum(), rare.negatives.sum())


def test_a_small_baseline_is_priced_and_a_larger_one_is_worth_more():
    rng = np.random.default_rng(114)
    truth = np.arange(2000) < 200
    design = auroc_chart_design(truth, rng.normal(APART * truth), alarm_run_length=370, action_run_length=1000, rng=rng)

    for limit in (design.alarm, design.action):
        assert limit.run_length_p10 < limit.run_length_p10_larger < limit.run_length
        assert limit.run_length_error < 0.02 * limit.run_length


def test_the_same_seed_gives_the_same_design():
    truth, score = binormal_grid(200, 800)
    one, two = (
        auroc_chart_design(truth, score, alarm_run_length=100, action_run_length=None, rng=np.random.default_rng(3))
        for _ in range(2)
    )

    assert one == two
    assert one.action is None
    assert one.action_chart is None


def test_senseless_designs_are_refused():
    truth, score = binormal_grid(50, 100)
    rng = np.random.default_rng(4)
    with pytest.raises(ValueError, match="positive_share"):
        auroc_chart_design(truth, score, alarm_run_length=100, action_run_length=None, rng=rng, positive_share=1.0)
    with pytest.raises(NotEstimable, match="both classes"):
        auroc_chart_design(truth[:40], score[:40], alarm_run_length=100, action_run_length=None, rng=rng)
