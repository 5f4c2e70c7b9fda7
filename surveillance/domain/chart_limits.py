"""The limits of a chart from the run lengths its budget asks, and the delay they cost."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from surveillance.detectors import BernoulliCusum, RiskAdjustedCusum
from surveillance.detectors.lattice_chain import LatticeChain
from surveillance.detectors.run_length_quantiles import quantiles, risk_delay


@dataclass(frozen=True, slots=True)
class Limits:
    """One chart's two limits and what they cost, in its own events; the second tier is None where barred."""

    steps_per_unit: int
    tuned: float
    alarm_steps: int
    action_steps: int | None
    alarm_run: float
    action_run: float | None
    delay: tuple[float, float]
    action_delay: tuple[float | None, float | None]


@lru_cache(maxsize=512)
def rate_limits(low: float, high: float, alarm: float, action: float | None) -> Limits:
    """Return the limits of a Bernoulli CUSUM for two run lengths in events; the second None where barred."""
    lower = BernoulliCusum.design(in_control=low, out_of_control=high, run_length=alarm)
    upper = None if action is None else BernoulliCusum.design(in_control=low, out_of_control=high, run_length=action)

    def delay(design: BernoulliCusum) -> tuple[float, float]:
        moves, chances = np.array([design.steps_per_event - 1, -1]), np.array([high, 1 - high])
        median, p95 = quantiles(LatticeChain(moves, chances, design.limit_steps), (0.5, 0.95))
        return median, p95

    return Limits(
        lower.steps_per_event,
        lower.out_of_control,
        lower.limit_steps,
        None if upper is None else upper.limit_steps,
        lower.run_length(low),
        None if upper is None else upper.run_length(low),
        delay(lower),
        (None, None) if upper is None else delay(upper),
    )


@lru_cache(maxsize=512)
def risk_limits(
    ratio: float, values: tuple[float, ...], counts: tuple[int, ...], alarm: float, action: float | None
) -> Limits:
    """Return the limits of a risk-adjusted CUSUM for a mix of risks, given as values and their counts."""
    risk = np.repeat(np.array(values), counts)

    def chart(run_length: float) -> RiskAdjustedCusum:
        return RiskAdjustedCusum.design(risk=risk, odds_ratio=ratio, run_length=run_length)

    def delay(design: RiskAdjustedCusum) -> tuple[float, float]:
        median, p95 = risk_delay(design, risk, ratio, (0.5, 0.95))
        return median, p95

    lower = chart(alarm)
    upper = None if action is None else chart(action)
    return Limits(
        lower.steps_per_unit,
        ratio,
        lower.limit_steps,
        None if upper is None else upper.limit_steps,
        lower.run_length(risk),
        None if upper is None else upper.run_length(risk),
        delay(lower),
        (None, None) if upper is None else delay(upper),
    )
