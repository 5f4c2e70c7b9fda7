"""Positives of a bleed service, growing shares of them not flagged: simulated one by one, and by the exact chain."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveillance.kernels.compile import kernel

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
SLICES = 16  # a week is cut so fine that the rate hardly changes within a slice
CLOSE = 1e-9


@dataclass(frozen=True)
class Fault:
    """A share of positives not flagged that grows from one value to another over some weeks (0: at once)."""

    before: float
    after: float
    weeks: float

    def at(self, weeks: float) -> float:
        """Return the share at a time after the onset."""
        if weeks < 0.0:
            return self.before
        reached = 1.0 if self.weeks == 0.0 else min(weeks / self.weeks, 1.0)
        return self.before + (self.after - self.before) * reached


@dataclass(frozen=True)
class Steps:
    """A chart as a walk: up for a verified positive that the AI did not flag, down for one it flagged."""

    up: int
    down: int
    limit: int


def simulated_delays(
    rng: np.random.Generator, steps: Steps, fault: Fault, audit: float, positives_a_week: float, quiet: float, runs: int
) -> FloatArray:
    """Return the weeks from the onset to the signal of many services that arrive at random.

    Positives come as a Poisson stream; every flagged one is verified and an unflagged one with the audit's share.
    The chart stands at zero `quiet` weeks before the onset; one that signals before the onset is not counted.
    """
    return _delays(
        rng, steps.up, steps.down, steps.limit, fault.before, fault.after, max(fault.weeks, 1e-12), audit,
        positives_a_week, quiet, runs,
    )  # fmt: skip


@kernel
def _delays(
    rng: np.random.Generator,
    up: int,
    down: int,
    limit: int,
    before: float,
    after: float,
    length: float,
    audit: float,
    volume: float,
    quiet: float,
    runs: int,
) -> FloatArray:
    found = np.empty(runs)
    run = 0
    while run < runs:
        level = 0
        time = -quiet
        while True:
            time += rng.exponential() / volume
            missed = before + (after - before) * min(max(time / length, 0.0), 1.0)
            if rng.random() < missed:
                if rng.random() >= audit:
                    continue
                level += up
            else:
                level = max(level - down, 0)
            if level >= limit:
                break
        if time >= 0.0:
            found[run] = time
            run += 1
    return found


def exact_law(
    steps: Steps, fault: Fault, audit: float, positives_a_week: float, quiet: bool, share: float = 1.0 - 1e-7
) -> FloatArray:
    """Return the chance of a signal by the end of each slice of a week after the onset.

    Brook & Evans with Poisson arrivals: within a slice the state is multiplied by exp(v (Q - I)), with v the
    verified positives expected in it, at the rate in the slice's middle. `quiet` starts from the law of a chart that
    has run unchanged for long without a signal, else from zero.
    """
    state = np.zeros(steps.limit)
    state[0] = 1.0
    if quiet:
        state = _settled(state, steps, _stream(fault.before, audit)[0])
    passed: list[float] = []
    while not passed or passed[-1] < share:
        missed = fault.at((len(passed) + 0.5) / SLICES)
        rate, seen = _stream(missed, audit)
        state = _after(state, steps, rate, positives_a_week * seen / SLICES)
        passed.append(1.0 - float(state.sum()))
    return np.array(passed)


def mean_of(law: FloatArray) -> float:
    """Return the mean delay in weeks: the area above the law, by the trapezium."""
    survival = np.concatenate(([1.0], 1.0 - law))
    return float((survival.sum() - 0.5 * (survival[0] + survival[-1])) / SLICES)


def quantile_of(law: FloatArray, share: float) -> float:
    """Return the weeks within which a share of charts has signalled, between the ends of slices by a line."""
    times = np.arange(len(law) + 1) / SLICES
    return float(np.interp(share, np.concatenate(([0.0], law)), times))


def _stream(missed: float, audit: float) -> tuple[float, float]:
    """Return the share not flagged among verified positives, and the share of positives that is verified."""
    seen = 1.0 - missed + missed * audit
    return missed * audit / seen, seen


def _next(state: FloatArray, steps: Steps, rate: float) -> FloatArray:
    """Return the chances of each height after one more verified positive; what signals is lost."""
    size, up, down = steps.limit, steps.up, steps.down
    after = np.zeros(size)
    if up < size:
        after[up:] += rate * state[: size - up]
    fall = min(down, size)
    after[: size - fall] += (1.0 - rate) * state[fall:]
    after[0] += (1.0 - rate) * state[:fall].sum()
    return after


def _after(state: FloatArray, steps: Steps, rate: float, mean: float) -> FloatArray:
    """Return the chances of each height after a Poisson number of verified positives."""
    weight = np.exp(-mean)
    total = weight * state
    spent, count = weight, 0
    while 1.0 - spent > 1e-13 and count < 200:
        count += 1
        state = _next(state, steps, rate)
        weight *= mean / count
        spent += weight
        total += weight * state
    return total


def _settled(state: FloatArray, steps: Steps, rate: float) -> FloatArray:
    """Return the law of the height of a chart that has run in control for long and not signalled."""
    for _ in range(20_000):
        after = _next(state, steps, rate)
        after /= after.sum()
        if np.abs(after - state).max() < CLOSE * state.max():
            break
        state = after
    return state
