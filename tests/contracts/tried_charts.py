"""One designed chart of each kind with a stream that makes it signal: what the contracts of all charts are tried on."""

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np

from surveillance.detectors import (
    BernoulliCusum,
    Ewma,
    PoissonCusum,
    RiskAdjustedCusum,
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
