"""Time between events: the renewal law against simulation and walking every study, limits, onset and state."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import geom, nbinom

from surveillance.detectors import State, TimeBetweenEvents, onset_interval
from surveillance.detectors.gap_chain import GapChain
from surveillance.errors import NotEstimable

SINGLE = TimeBetweenEvents.design(in_control=0.001, out_of_control=0.01, run_length=20_000)
PAIRS = TimeBetweenEvents.design(in_control=0.002, out_of_control=0.01, run_length=8000, events_together=2)


def walked(rate, together, within, begin, studies):
    """Return the chance of no signal after 0, 1, ... studies, one study after another, age by age."""
    state, remaining = {(begin, 0): 1.0}, [1.0]
    for _ in range(studies):
        after = {}
        for (events, age), chance in state.items():
            age = min(age + 1, within + 1)  # older runs can no longer signal
            after[events, age] = after.get((events, age), 0.0) + chance * (1 - rate)
            if events + 1 < together:
                after[events + 1, age] = after.get((events + 1, age), 0.0) + chance * rate
            elif age > within:
                after[0, 0] = after.get((0, 0), 0.0) + chance * rate
        state = after
        remaining.append(sum(state.values()))
    return remaining


@pytest.mark.parametrize(
    ("rate", "together", "within", "begin"),
    [(0.1, 1, 5, 0), (0.1, 2, 7, 0), (0.2, 3, 6, 1), (0.05, 2, 30, 1), (0.1, 2, 2, 0)],
)
def test_the_distribution_is_that_of_walking_every_study(rate, together, within, begin):
    chain = GapChain(rate, together, within, begin)
    remaining = walked(rate, together, within, begin, 150)

    assert 1.0 - chain.signal_probability(np.arange(151)) == pytest.approx(remaining, abs=1e-9)


@pytest.mark.parametrize(("rate", "together", "within", "begin"), [(0.1, 1, 5, 0), (0.2, 3, 6, 1), (0.05, 2, 30, 1)])
def test_the_distribution_sums_to_the_mean_of_the_renewal_argument(rate, together, within, begin):
    chain = GapChain(rate, together, within, begin)

    assert (1.0 - chain.signal_probability(np.arange(20_000))).sum() == pytest.approx(chain.mean(), rel=1e-8)


@pytest.mark.parametrize(("chart", "rate"), [(SINGLE, 0.001), (SINGLE, 0.01), (PAIRS, 0.002), (PAIRS, 0.01)])
def test_run_length_and_quantiles_agree_with_simulation(chart, rate):
    """A stream of gaps, taken together r by r; the signals are where a run is short enough."""
    rng = np.random.default_rng(61)
    runs = rng.geometric(rate, (400_000, chart.events_together)).sum(axis=1)
    ends = np.cumsum(runs)
    lengths = np.diff(ends[runs <= chart.limit_studies], prepend=0)

    assert abs(lengths.mean() - chart.run_length(rate)) < 3.5 * lengths.std() / np.sqrt(len(lengths))
    for share in (0.5, 0.95):
        within = chart.delay_quantile(rate, share)
        spread = 4.0 * np.sqrt(share * (1 - share) / len(lengths))
        assert np.mean(lengths <= within) > share - spread
        assert np.mean(lengths < within) < share + spread


@pytest.mark.parametrize("together", [1, 2, 3])
def test_the_limit_is_the_widest_whose_probability_the_run_length_allows(together):
    chart = TimeBetweenEvents.design(in_control=0.001, out_of_control=0.01, run_length=30_000, events_together=together)
    law = geom(0.001) if together == 1 else nbinom(together, 0.001, loc=together)

    allowed = together / 0.001 / 30_000
    assert law.cdf(chart.limit_studies) <= allowed < law.cdf(chart.limit_studies + 1)
    assert chart.run_length(0.001) == pytest.approx(together / 0.001 / law.cdf(chart.limit_studies), rel=1e-9)


def test_the_very_first_event_can_signal():
    events = np.zeros(200, dtype=bool)
    events[SINGLE.limit_studies - 1] = True

    assert SINGLE.run(events).signals.tolist() == [SINGLE.limit_studies - 1]
    assert SINGLE.run(np.roll(events, 1)).signals.size == 0
    assert SINGLE.run([True]).signals.tolist() == [0]


def test_a_known_date_of_the_last_event_can_be_given():
    late = State(since_zero=SINGLE.limit_studies)

    assert SINGLE.run([True], state=late).signals.size == 0


def test_the_onset_is_the_study_before_the_first_event_of_the_run():
    chart = TimeBetweenEvents(0.01, 0.05, 10, events_together=2)
    events = np.zeros(60, dtype=bool)
    events[[5, 40, 44, 50]] = True  # 5 and 40 are a run of 41 studies; 44 and 50 one of 10

    path = chart.run(events)

    assert path.signals.tolist() == [50]
    assert path.onset.tolist() == [43]
    assert path.statistic[[40, 50]].tolist() == [41.0, 10.0]
    assert onset_interval(chart.evidence(events), 50).high >= 43


def test_two_tiers_on_one_path_keep_their_own_run_lengths():
    """The count starts again after every run, signal or not: the stricter tier's signals are some of the other's."""
    wide, strict = TimeBetweenEvents(0.02, 0.1, 30), TimeBetweenEvents(0.02, 0.1, 5)
    events = np.random.default_rng(62).random(400_000) < 0.02

    alarms, actions = wide.run(events).signals, strict.run(events).signals

    assert np.isin(actions, alarms).all()
    for chart, signals in ((wide, alarms), (strict, actions)):
        lengths = np.diff(signals)
        assert abs(lengths.mean() - chart.run_length(0.02)) < 3.5 * lengths.std() / np.sqrt(len(lengths))


@given(st.lists(st.booleans(), max_size=120), st.integers(0, 120), st.integers(1, 3))
def test_half_and_half_is_the_whole(events, cut, together):
    chart = TimeBetweenEvents(0.1, 0.4, 6, together)
    whole = chart.run(events)

    first = chart.run(events[:cut])
    second = chart.run(events[cut:], state=first.state)

    assert np.concatenate((first.statistic, second.statistic)).tolist() == whole.statistic.tolist()
    assert np.concatenate((first.onset, second.onset + len(first.statistic))).tolist() == whole.onset.tolist()
    assert second.state == whole.state


def test_events_rarer_than_the_false_alarms_asked_for_signal_each_time():
    chart = TimeBetweenEvents.design(in_control=1e-5, out_of_control=1e-3, run_length=50_000)

    assert chart.limit_studies is None
    assert chart.run_length(1e-5) == pytest.approx(1e5)
    assert chart.run([False, True]).signals.tolist() == [1]
    assert chart.run_length_distribution(1e-3, 1000) == pytest.approx(1.0 - 0.999**1000)


def test_a_chart_of_single_events_has_no_head_start():
    with pytest.raises(ValueError, match="has no head start"):
        SINGLE.start(head_start=True)
    assert PAIRS.start(head_start=True) == State(level=1)


def test_a_rate_of_nothing_never_signals():
    assert SINGLE.run_length(0.0) == np.inf
    assert SINGLE.run_length_distribution(0.0, 10_000) == 0.0
    with pytest.raises(NotEstimable, match="never does"):
        SINGLE.delay_quantile(0.0, 0.5)


@pytest.mark.parametrize(("low", "high"), [(0.01, 0.001), (0.0, 0.1), (0.1, 1.0)])
def test_rates_out_of_order_are_refused(low, high):
    with pytest.raises(ValueError, match="must exceed the acceptable one"):
        TimeBetweenEvents.design(in_control=low, out_of_control=high, run_length=1000)


def test_a_run_length_beyond_the_strictest_chart_is_refused():
    with pytest.raises(ValueError, match="ask for more"):
        TimeBetweenEvents.design(in_control=0.1, out_of_control=0.2, run_length=1000)


def test_frequent_events_of_which_each_signals_have_a_geometric_law():
    """Silence soon has no chance that a float can hold; the chances must then be 1, and not unknown."""
    chart = TimeBetweenEvents.design(in_control=0.001, out_of_control=0.01, run_length=900)
    assert chart.limit_studies is None

    studies = np.array([0, 1, 2, 3, 50, 5000, 100_000])

    assert chart.run_length_distribution(0.5, studies) == pytest.approx(1.0 - 0.5 ** studies.astype(float))
