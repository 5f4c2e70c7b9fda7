"""The law of the delay along a planted path, by matrices here, against the detectors' chain and a simulation."""

import numpy as np
import pytest

from surveillance.detectors import BernoulliCusum
from surveillance.synthetic import SCENARIOS
from tests.scenarios.planted_path import chance_by_week, label_lag, stream, weeks_until
from tests.scenarios.play import begins, designs, plan_for

SCENARIO = SCENARIOS["ich-sensitivity-decay-full"]


@pytest.fixture(scope="module")
def design():
    """The chart of missed positives of the fully verified decay."""
    return designs(SCENARIO)["missed_positives"]


def detector(design):
    """Return the detector of a design, its limit in steps."""
    return BernoulliCusum(
        design.in_control,
        design.out_of_control,
        design.steps_per_unit,
        design.alarm_steps,
        design.out_of_control,
        design.steps_down,
    )


def test_chances_along_the_ramp_are_those_of_the_exact_chain(design):
    begin = SCENARIO.onset_week  # surveillance begins with the fault: the chart stands at zero
    chances = chance_by_week(SCENARIO, design, begin, 30)
    rates, ends, carried = [], [], 0.0
    for week in range(begin, begin + 30):
        rate, volume = stream(SCENARIO, "missed_positives", week)
        carried += volume
        rates += [rate] * int(carried)
        carried -= int(carried)
        ends.append(len(rates))

    exact = detector(design).signal_probabilities(rates)[np.array(ends) - 1]
    assert chances == pytest.approx(exact, abs=1e-9)


def test_the_median_along_the_ramp_is_that_of_a_simulation(design):
    rng = np.random.default_rng(5)
    begin = begins(SCENARIO, plan_for(SCENARIO))
    chart = detector(design)
    waits = []
    while len(waits) < 300:
        events, weeks = [], []
        for week in range(begin, SCENARIO.onset_week + 60):
            rate, volume = stream(SCENARIO, "missed_positives", week)
            n = int(rng.random() < volume % 1) + int(volume)
            events += (rng.random(n) < rate).tolist()
            weeks += [week] * n
        signals = chart.run(events).signals
        first = weeks[signals[0]] if len(signals) else SCENARIO.onset_week + 60
        if first >= SCENARIO.onset_week:
            waits.append(first - SCENARIO.onset_week + 1)

    assert np.mean(np.array(waits) <= weeks_until(SCENARIO, design, begin, 0.5)) == pytest.approx(0.5, abs=0.12)
    assert np.mean(np.array(waits) <= weeks_until(SCENARIO, design, begin, 0.95)) >= 0.91


@pytest.mark.parametrize("chart", ["missed_positives", "false_flags", "technical_failures"])
@pytest.mark.parametrize("name", ["ich-stable", "ich-stable-full", "lvo-stable"])
def test_before_any_fault_the_logs_have_the_rates_the_charts_are_designed_for(name, chart):
    rate, volume = stream(SCENARIOS[name], chart, 0)
    design = designs(SCENARIOS[name])[chart]

    assert rate == pytest.approx(design.in_control, rel=0.02)
    assert volume == pytest.approx(design.events_per_week, rel=0.08)  # repeats and missing truths are left out


def test_the_label_lag_is_that_of_weeks_of_simulated_truths():
    """Weeks of a tenth audited, each truth drawn by itself: in how many four in five are there after the lag."""
    scenario = SCENARIOS["ich-scanner-change"]
    rng = np.random.default_rng(8)
    audited = round(0.1 * scenario.department.studies_per_week * 0.95 * 0.97 * 0.92 * 0.95)
    age = rng.uniform(0.0, 7.0, (4000, audited))
    delay = np.where(rng.random(age.shape) < 0.985, 10.0 * np.exp(0.75 * rng.standard_normal(age.shape)), np.inf)
    charted = [np.mean((delay <= age + 7.0 * weeks).mean(axis=1) >= 0.8) for weeks in range(8)]

    lag = label_lag(scenario, "false_flags")
    assert charted[lag] >= 0.95 > charted[lag - 1]
    assert label_lag(scenario, "technical_failures") == 0
