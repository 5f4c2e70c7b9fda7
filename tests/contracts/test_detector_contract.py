"""What every exported detector promises, also those that nobody has written yet."""

import dataclasses

import numpy as np
import pytest

import surveillance.detectors as detectors
from surveillance.detectors import DETECTORS, BernoulliCusum, Detector, RiskAdjustedCusum, State

RNG = np.random.default_rng(15)
EVENTS = RNG.random(600) < 0.15
RISK = RNG.beta(1.0, 9.0, 600)
CHARTS = {
    "bernoulli_cusum": (
        BernoulliCusum.design(in_control=0.1, out_of_control=0.2, run_length=200),
        (EVENTS,),
    ),
    "risk_adjusted_cusum": (
        RiskAdjustedCusum.design(risk=RISK, odds_ratio=2.0, run_length=200),
        (RNG.random(600) < 2.0 * RISK, RISK),
    ),
}
every_detector = pytest.mark.parametrize("name", DETECTORS.keys())


def test_to_export_is_to_register():
    exported = {
        value.name
        for value in vars(detectors).values()
        if isinstance(value, type) and issubclass(value, Detector) and value is not Detector
    }

    assert exported == set(DETECTORS)


@every_detector
def test_every_detector_is_tried_here(name):
    assert name in CHARTS


@every_detector
def test_the_design_is_frozen_and_named(name):
    chart, _ = CHARTS[name]

    field = dataclasses.fields(chart)[0].name
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(chart, field, 3)
    assert DETECTORS[name].label
    assert chart.limit > 0


@every_detector
def test_the_path_signals_exactly_at_the_limit_and_restarts(name):
    chart, columns = CHARTS[name]
    path = chart.run(*columns)

    beyond = path.statistic > chart.limit - 1e-12
    assert path.signals.tolist() == np.flatnonzero(beyond).tolist()
    assert path.signals.size > 0
    assert np.all(path.onset < path.signals)
    assert np.all(path.statistic >= 0.0)


@every_detector
def test_the_state_is_a_value_and_half_and_half_is_the_whole(name):
    chart, columns = CHARTS[name]
    whole = chart.run(*columns)

    state, signals = State(), []
    for cut in range(0, 600, 37):
        part = chart.run(*(column[cut : cut + 37] for column in columns), state=state)
        signals += (part.signals + cut).tolist()
        state = part.state

    assert state == whole.state
    assert signals == whole.signals.tolist()
    assert State(**dataclasses.asdict(state)) == state


@every_detector
def test_an_empty_stream_changes_nothing(name):
    chart, columns = CHARTS[name]
    path = chart.run(*(column[:0] for column in columns))

    assert path.state == State()
    assert (path.statistic.size, path.signals.size, path.onset.size) == (0, 0, 0)
