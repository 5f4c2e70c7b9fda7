"""What every exported detector promises, also those that nobody has written yet."""

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import surveillance.detectors as detectors
from surveillance.detectors import (
    DETECTORS,
    BernoulliCusum,
    Detector,
    Ewma,
    PoissonCusum,
    RiskAdjustedCusum,
    State,
    TabularCusum,
    TimeBetweenEvents,
    XmR,
)


@dataclasses.dataclass(frozen=True)
class Tried:
    """A chart with a stream that makes it signal, and what is true of the cases before and after the change.

    `beyond` says where on the path the chart must signal: by default at or above its limit. `monotone` is false where
    a head start also changes which events are counted together, so that on one stream it may come later.
    """

    chart: Any
    columns: tuple[Any, ...]
    asked: float = 0.0
    in_control: dict[str, Any] = dataclasses.field(default_factory=dict)
    changed: dict[str, Any] = dataclasses.field(default_factory=dict)
    beyond: Callable[..., Any] = lambda chart, statistic, *columns: statistic > chart.limit - 1e-12
    monotone: bool = True


def completes_a_run(chart, statistic, events):
    """Say where a run of events ends within the limit, counting every so many events."""
    ends = events & (np.cumsum(events) % chart.events_together == 0)
    return ends & (statistic <= chart.limit)


def completes_a_pattern(chart, statistic, values):
    """Read the four rules of Making Data Count at each point, looking back only."""
    away = (values - chart.mean) / chart.spread
    marked = np.abs(away) > 1.0
    for i in range(len(values)):
        seven, three = values[i - 6 : i + 1], away[i - 2 : i + 1]
        for way in (1, -1):
            runs = i >= 6 and ((away[i - 6 : i + 1] * way > 0).all() or (np.diff(seven) * way > 0).all())
            outer = np.sum((three * way > 2 / 3) & (three * way <= 1.0))
            marked[i] |= runs or (i >= 2 and (three * way > 0).all() and outer >= 2)
    return marked


RNG = np.random.default_rng(15)
EVENTS = RNG.random(600) < 0.15
RISK = RNG.beta(1.0, 9.0, 600)
CHARTS = {
    "bernoulli_cusum": Tried(
        BernoulliCusum.design(in_control=0.1, out_of_control=0.2, run_length=200),
        (EVENTS,),
        200,
        {"rate": 0.1},
        {"rate": 0.2},
    ),
    "poisson_cusum": Tried(
        PoissonCusum.design(in_control=4.0, out_of_control=7.0, run_length=200),
        (RNG.poisson(5.0, 600),),
        200,
        {"mean": 4.0},
        {"mean": 7.0},
        beyond=lambda chart, statistic, *columns: statistic > chart.limit + 1e-9,
    ),
    "risk_adjusted_cusum": Tried(
        RiskAdjustedCusum.design(risk=RISK, odds_ratio=2.0, run_length=200),
        (RNG.random(600) < 2.0 * RISK, RISK),
        200,
        {"risk": RISK},
        {"risk": RISK, "true_odds_ratio": 2.0},
    ),
    "time_between_events": Tried(
        TimeBetweenEvents.design(in_control=0.05, out_of_control=0.15, run_length=200, events_together=2),
        (EVENTS,),
        200,
        {"rate": 0.05},
        {"rate": 0.15},
        beyond=completes_a_run,
        monotone=False,
    ),
    "xmr": Tried(
        XmR.from_baseline(RNG.normal(50.0, 3.0, 24)),
        (RNG.normal(51.0, 3.0, 600),),
        beyond=completes_a_pattern,
    ),
    "tabular_cusum": Tried(
        TabularCusum.design(run_length=200, side="lower"),
        (RNG.normal(-0.3, 1.0, 600),),
        200,
        {"shift": 0.0},
        {"shift": -1.0},
    ),
    "ewma": Tried(
        Ewma.design(run_length=200, side="lower"),
        (RNG.normal(-0.3, 1.0, 600),),
        200,
        {"shift": 0.0},
        {"shift": -1.0},
        beyond=lambda chart, statistic, *columns: statistic < -chart.limit,
    ),
}
every_detector = pytest.mark.parametrize("name", DETECTORS.keys())
every_designed_detector = pytest.mark.parametrize("name", [k for k, kind in DETECTORS.items() if kind.designed])


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


@every_designed_detector
def test_the_designed_run_length_is_at_least_the_one_asked(name):
    tried = CHARTS[name]

    assert tried.asked > 0
    assert tried.chart.run_length(**tried.in_control) >= tried.asked


@every_designed_detector
def test_the_change_worth_detecting_is_found_sooner_than_a_false_alarm(name):
    tried = CHARTS[name]

    assert tried.chart.run_length(**tried.changed) < tried.chart.run_length(**tried.in_control)
    for share in (0.5, 0.95):
        assert tried.chart.delay_quantile(share=share, **tried.changed) < tried.chart.delay_quantile(
            share=share, **tried.in_control
        )


@every_designed_detector
def test_a_signal_is_the_likelier_the_longer_one_waits(name):
    tried = CHARTS[name]
    waits = [0, 1, 10, 50, 100, 200, 400, 2000]
    chances = [tried.chart.run_length_distribution(events=wait, **tried.in_control) for wait in waits]

    assert chances[0] == 0.0
    assert chances == sorted(chances)
    assert 0.5 < chances[-1] <= 1.0


@every_designed_detector
def test_the_median_run_lies_below_the_mean_and_is_where_half_have_signalled(name):
    tried = CHARTS[name]
    median = tried.chart.delay_quantile(share=0.5, **tried.in_control)

    assert median < tried.chart.run_length(**tried.in_control)
    assert tried.chart.run_length_distribution(events=int(np.ceil(median)), **tried.in_control) >= 0.5 - 1e-9
    assert tried.chart.run_length_distribution(events=int(np.ceil(median)) - 1, **tried.in_control) < 0.5 + 1e-9


@every_designed_detector
def test_a_head_start_shortens_the_delay_and_begins_half_way(name):
    tried = CHARTS[name]
    start = tried.chart.start(head_start=True)
    ahead, plain = (tried.chart.run_length(**tried.changed, head_start=level) for level in (start.level, 0))

    assert start.cases == 0
    assert not start.signal
    assert ahead < plain
    assert tried.chart.run_length_distribution(
        events=5, head_start=start.level, **tried.changed
    ) >= tried.chart.run_length_distribution(events=5, **tried.changed)


@every_designed_detector
def test_a_chart_with_a_head_start_is_never_later_on_the_same_cases(name):
    tried = CHARTS[name]
    plain = tried.chart.run(*tried.columns)
    ahead = tried.chart.run(*tried.columns, state=tried.chart.start(head_start=True))

    assert not tried.monotone or ahead.signals[0] <= plain.signals[0]
