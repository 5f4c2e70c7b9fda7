"""What every exported detector promises, also those that nobody has written yet."""

import dataclasses

import numpy as np
import pytest

import surveillance.detectors as detectors
from surveillance.detectors import DETECTORS, Detector, State
from tests.contracts.tried_charts import CHARTS

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
    chart = CHARTS[name].chart

    field = dataclasses.fields(chart)[0].name
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(chart, field, 3)
    assert DETECTORS[name].label
    assert chart.limit > 0


@every_detector
def test_the_docstring_says_what_it_assumes_and_where_it_comes_from(name):
    for said in ("Assumes: ", "Not for: ", "Departs from the published rule: ", "References\n"):
        assert said in DETECTORS[name].__doc__


@every_detector
def test_the_path_signals_exactly_at_the_limit(name):
    tried = CHARTS[name]
    path = tried.chart.run(*tried.columns)

    beyond = tried.beyond(tried.chart, path.statistic, *tried.columns)
    assert path.signals.tolist() == np.flatnonzero(beyond).tolist()
    assert path.signals.size > 0
    assert np.all(path.onset < path.signals)
    assert tried.chart.signed or np.all(path.statistic >= 0.0)


@every_detector
def test_after_a_signal_the_rest_is_a_new_chart(name):
    chart, columns = CHARTS[name].chart, CHARTS[name].columns
    whole = chart.run(*columns)
    after = int(whole.signals[0]) + 1
    rest = chart.run(*(column[after:] for column in columns))

    if chart.restarts:
        assert whole.statistic[after:] == pytest.approx(rest.statistic, abs=1e-12)
        assert (whole.signals[1:] - after).tolist() == rest.signals.tolist()


@every_detector
def test_the_state_is_a_value_and_half_and_half_is_the_whole(name):
    chart, columns = CHARTS[name].chart, CHARTS[name].columns
    whole = chart.run(*columns)

    state, signals, onsets = chart.start(), [], []
    for cut in range(0, len(columns[0]), 37):
        part = chart.run(*(column[cut : cut + 37] for column in columns), state=state)
        signals += (part.signals + cut).tolist()
        onsets += (part.onset + cut).tolist()
        state = part.state

    assert state == whole.state
    assert signals == whole.signals.tolist()
    assert onsets == whole.onset.tolist()
    assert State(**dataclasses.asdict(state)) == state


@every_detector
def test_an_empty_stream_changes_nothing(name):
    chart, columns = CHARTS[name].chart, CHARTS[name].columns
    path = chart.run(*(column[:0] for column in columns))

    assert path.state == chart.start()
    assert (path.statistic.size, path.signals.size, path.onset.size) == (0, 0, 0)
