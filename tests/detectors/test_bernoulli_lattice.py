"""The lattice of a Bernoulli CUSUM: whole steps that stand for the rates that were asked."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveillance.detectors import BernoulliCusum
from surveillance.detectors.bernoulli_steps import lattice
from surveillance.kernels import cusum_events


@settings(max_examples=20)
@given(st.floats(0.002, 0.3), st.floats(1.3, 3.0))
def test_the_tuned_rate_is_the_one_that_the_lattice_weighs_exactly(rate, ratio):
    worse = rate * ratio / (1.0 - rate + rate * ratio)
    chart = BernoulliCusum.design(in_control=rate, out_of_control=worse, run_length=200)
    p0, p1 = chart.in_control, chart.out_of_control

    event, without = np.log(p1 / p0), np.log((1 - p1) / (1 - p0))

    assert chart.steps_up * chart.evidence_per_step == pytest.approx(event, rel=1e-9)
    assert -chart.steps_down * chart.evidence_per_step == pytest.approx(without, rel=1e-9)
    assert chart.asked_out_of_control == worse
    assert chart.run_length(p0) > chart.run_length(p1)


@given(st.floats(0.002, 0.6), st.floats(1.3, 3.0))
def test_the_tuned_rate_lies_within_three_percent_of_the_one_asked(rate, ratio):
    worse = rate * ratio / (1.0 - rate + rate * ratio)
    worth, down, tuned = lattice(rate, worse)

    assert abs(tuned / worse - 1.0) <= 0.03 or down == 20
    assert down / worth > rate  # in control the path falls on average: rate * (worth - down) < (1 - rate) * down
    assert np.gcd(worth, down) == 1


@pytest.mark.parametrize(
    ("in_control", "out_of_control", "whole"), [(0.01, 0.02, 69), (0.05, 0.1, 14), (0.1, 0.2, 7), (0.2, 0.305, 4)]
)
def test_a_textbook_chart_keeps_its_whole_number_of_steps(in_control, out_of_control, whole):
    """Reynolds & Stoumbos: m is the whole number nearest to r2 / r1."""
    assert lattice(in_control, out_of_control)[:2] == (whole, 1)


def test_a_common_event_is_tuned_close_to_what_was_asked():
    """At .345 against .5 a whole m could only be 2, which stands for .655; three steps down stand for .515."""
    chart = BernoulliCusum.design(in_control=0.345, out_of_control=0.5, run_length=10_000)

    assert (chart.steps_per_event, chart.steps_down) == (7, 3)
    assert chart.out_of_control == pytest.approx(0.515, abs=5e-4)
    rng = np.random.default_rng(41)
    for rate in (0.345, 0.5):
        events = rng.random(8_000_000) < rate
        _, signals, _ = cusum_events(events, 4, 3, chart.limit_steps)
        lengths = np.diff(signals)
        assert chart.run(events[:50_000]).signals.tolist() == signals[signals < 50_000].tolist()
        assert abs(lengths.mean() - chart.run_length(rate)) < 3.5 * lengths.std() / np.sqrt(len(lengths))


def test_the_fraction_finds_a_common_event_sooner_than_a_whole_number_did():
    """False flags at a 10 % audit: the chart with m = 2, tuned to .655, was the slower one for a fault of .526."""
    chart = BernoulliCusum.design(in_control=0.345, out_of_control=0.526, run_length=9453)
    whole = BernoulliCusum(0.345, 0.655, 2, 12, 0.526)

    assert whole.run_length(0.345) > chart.run_length(0.345) >= 9453
    assert chart.delay_quantile(0.526, 0.95) < 0.65 * whole.delay_quantile(0.526, 0.95)
