"""Run lengths of charts whose in-control value was estimated: published figures, laws, and coverage counted out."""

import numpy as np
import pytest
from scipy.stats import beta, binom

from surveillance.detectors import BernoulliCusum, RiskAdjustedCusum
from surveillance.detectors.estimated_mix import estimated_mix_run_length
from surveillance.detectors.estimated_rate import estimated_run_length, true_rate_quantile
from surveillance.detectors.lattice_chain import LatticeChain
from surveillance.detectors.risk_weights import lattice_moves
from surveillance.detectors.run_length_quantiles import transition_matrix
from surveillance.errors import NotEstimable

YEAR = 21.7 * 365.25 / 7  # verified positives a year of statistics.md section 4


def doubled(rate):
    """Return the rate at twice the odds."""
    return 2 * rate / (1 + rate)


@pytest.mark.parametrize(("studies", "published"), [(1000, (1408, 19825)), (5000, (2783, 9179))])
def test_eighty_per_cent_of_baselines_give_the_published_range_of_true_run_lengths(studies, published):
    # statistics.md 2.2 [R]: p0 = .05, odds ratio 2, nominal 5000; real weights, each baseline designed for itself.
    for share, run_length in zip((0.1, 0.9), published, strict=True):
        found = binom.ppf(share, studies, 0.05) / studies
        chart = RiskAdjustedCusum.design(risk=np.array([found]), odds_ratio=2.0, run_length=5000)
        moved = (0.05 / 0.95) / (found / (1 - found))
        assert chart.run_length(np.array([found]), moved) == pytest.approx(run_length, rel=0.015)
        lattice = BernoulliCusum.design(in_control=found, out_of_control=doubled(found), run_length=5000)
        assert lattice.run_length(0.05) == pytest.approx(run_length, rel=0.08)


def test_the_percentiles_given_one_baseline_span_what_all_baselines_span():
    chart = BernoulliCusum.design(in_control=0.05, out_of_control=doubled(0.05), run_length=5000)
    for studies, ratio in ((1000, 19825 / 1408), (5000, 9179 / 2783)):
        found = estimated_run_length(chart.run_length, 0.05 * studies, studies)
        assert found.high / found.low == pytest.approx(ratio, rel=0.15)


def test_two_hundred_positives_leave_a_nominal_two_years_between_a_third_of_a_year_and_over_a_decade():
    # DESIGN section 5 says .3 to 14 years; ours is .38 to 17, the same span of about 45 times.
    chart = BernoulliCusum.design(in_control=0.10, out_of_control=0.20, run_length=2 * YEAR)
    found = estimated_run_length(chart.run_length, 20, 200)

    assert 0.3 < found.low / YEAR < 0.45
    assert 12 < found.high / YEAR < 20
    assert found.high / found.low == pytest.approx(14 / 0.3, rel=0.2)


def test_more_baseline_brings_the_tenth_percentile_nearer_to_the_nominal():
    chart = BernoulliCusum.design(in_control=0.10, out_of_control=0.20, run_length=2 * YEAR)
    lows = [estimated_run_length(chart.run_length, n / 10, n).low for n in (200, 300, 1000, 10_000_000)]

    assert lows == sorted(lows)
    assert lows[-1] == pytest.approx(chart.run_length(0.10), rel=0.05)


@pytest.mark.parametrize("rate", [0.02, 0.10, 0.30])
def test_nine_baselines_in_ten_give_a_chart_that_does_better_than_its_tenth_percentile(rate):
    # Counted out over all baselines of 400: the true run length is below iff the true rate is above its bound.
    events = np.arange(401)
    bounds = beta.ppf(0.9, events + 0.5, 400 - events + 0.5)
    kept = binom.pmf(events, 400, rate)[bounds >= rate].sum()

    assert [true_rate_quantile(x, 400, 0.9) for x in (5, 40)] == pytest.approx(bounds[[5, 40]])
    assert kept == pytest.approx(0.9, abs=0.03)


def test_a_rate_needs_a_baseline():
    with pytest.raises(NotEstimable, match=r"needs events among its studies, got 3 in 0"):
        true_rate_quantile(3, 0, 0.9)


def test_the_spread_of_a_risk_mix_is_that_of_resampled_baselines():
    rng = np.random.default_rng(4)
    risk = np.round(rng.beta(0.5, 5, 300).clip(0.002, 0.9), 3)
    chart = RiskAdjustedCusum.design(risk=risk, odds_ratio=2.0, run_length=1500)
    nominal = chart.run_length(risk)
    resampled = [chart.run_length(rng.choice(risk, len(risk))) for _ in range(150)]
    found = estimated_mix_run_length(chart, risk, nominal=nominal)

    spread = np.log(found.high / found.low) / (2 * 1.2816)
    assert spread == pytest.approx(np.std(np.log(resampled), ddof=1), rel=0.2)  # 150 draws: 6 % standard error
    larger = estimated_mix_run_length(
        chart, np.tile(risk, 4), nominal=nominal
    )  # four times the studies, half the spread
    assert larger.low / nominal == pytest.approx((found.low / nominal) ** 0.5)


def test_the_spread_of_a_risk_mix_is_that_of_the_run_lengths_slope():
    """Each risk is made a little commoner in turn, and the run length of the coarse chain solved anew."""
    values, counts, nudge = np.array([0.0, 0.02, 0.1, 0.4, 1.0]), np.array([10, 200, 60, 29, 1]), 1e-5
    risk = np.repeat(values, counts)
    chart = RiskAdjustedCusum.design(risk=risk, odds_ratio=2.0, run_length=1000)

    def run_length(share):
        parts = [lattice_moves(np.array([value]), 2.0, 1.0, 32, split=True) for value in values]
        chances = np.concatenate([one * weight for (_, one), weight in zip(parts, share, strict=True)])
        chain = LatticeChain(np.concatenate([moves for moves, _ in parts]), chances, round(chart.limit * 32))
        return np.linalg.solve(np.eye(chain.limit) - transition_matrix(chain), np.ones(chain.limit))[0]

    share = counts / 300
    slopes = [
        (run_length((1 - nudge) * share + nudge * one) - run_length((1 + nudge) * share - nudge * one)) / (2 * nudge)
        for one in np.eye(5)
    ]
    spread = np.sqrt(share @ np.square(slopes) / 300) / run_length(share)
    found = estimated_mix_run_length(chart, risk, nominal=1000.0)

    assert np.log(1000.0 / found.low) / 1.2815515655 == pytest.approx(spread, rel=1e-5)


def test_a_mix_of_one_risk_has_no_spread():
    risk = np.full(100, 0.1)
    chart = RiskAdjustedCusum.design(risk=risk, odds_ratio=2.0, run_length=1000)

    assert estimated_mix_run_length(chart, risk, nominal=1000.0).low == pytest.approx(1000.0)
    with pytest.raises(NotEstimable, match=r"needs two studies, got 1"):
        estimated_mix_run_length(chart, risk[:1], nominal=1000.0)
