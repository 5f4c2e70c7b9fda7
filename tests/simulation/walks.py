"""Charts as plain walks, written from their published definitions and apart from the product's code."""

import numpy as np
from numpy.typing import NDArray

from surveillance.kernels.compile import kernel

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
TOUCH = 1e-9  # a path within rounding of the limit has reached it


def event_run_lengths(
    rng: np.random.Generator, rate: float, reference: float, limit: float, runs: int, head_start: float = 0.0
) -> IntArray:
    """Return events until B = max(0, B + X - gamma) is at or above its limit (Reynolds & Stoumbos 1999)."""
    return _events(rng, rate, reference, limit - TOUCH, head_start, runs)


@kernel
def _events(
    rng: np.random.Generator, rate: float, reference: float, limit: float, head_start: float, runs: int
) -> IntArray:
    lengths = np.empty(runs, np.int64)
    for run in range(runs):
        level, cases = head_start, 0
        while True:
            cases += 1
            level = max(0.0, level + (1.0 if rng.random() < rate else 0.0) - reference)
            if level >= limit:
                break
        lengths[run] = cases
    return lengths


def event_signals(events: NDArray[np.bool_], reference: float, limit: float) -> list[int]:
    """Return where the same walk signals along given events, starting again from zero each time."""
    level, signals = 0.0, []
    for position, event in enumerate(events.tolist()):
        level = max(0.0, level + event - reference)
        if level >= limit - TOUCH:
            signals.append(position)
            level = 0.0
    return signals


def risk_run_lengths(
    rng: np.random.Generator,
    chance: FloatArray,
    weights: tuple[FloatArray, FloatArray],
    limit: float,
    runs: int,
) -> IntArray:
    """Return cases until S = max(0, S + W) is above its limit; W is one of two weights, by the case's outcome.

    Parameters
    ----------
    chance : float array of shape (n,)
        True chance of the outcome of each case in the mix; one case is as likely to come as another.
    weights : two float arrays of shape (n,)
        W where the outcome happened, and where it did not.
    """
    return _risks(rng, chance, weights[0], weights[1], limit, runs)


@kernel
def _risks(
    rng: np.random.Generator, chance: FloatArray, happened: FloatArray, not_so: FloatArray, limit: float, runs: int
) -> IntArray:
    lengths = np.empty(runs, np.int64)
    mix = len(chance)
    for run in range(runs):
        level, cases = 0.0, 0
        while True:
            cases += 1
            case = int(rng.random() * mix)
            level = max(0.0, level + (happened[case] if rng.random() < chance[case] else not_so[case]))
            if level > limit:
                break
        lengths[run] = cases
    return lengths


def normal_run_lengths(
    rng: np.random.Generator, shift: float, reference: float, limit: float, runs: int, head_start: float = 0.0
) -> IntArray:
    """Return values until S = max(0, S + z - k) is above h, z normal with mean `shift` (Page 1954)."""
    return _normals(rng, shift - reference, limit, head_start, runs)


@kernel
def _normals(rng: np.random.Generator, drift: float, limit: float, head_start: float, runs: int) -> IntArray:
    lengths = np.empty(runs, np.int64)
    for run in range(runs):
        level, cases = head_start, 0
        while True:
            cases += 1
            level = max(0.0, level + rng.standard_normal() + drift)
            if level > limit:
                break
        lengths[run] = cases
    return lengths


def average_run_lengths(
    rng: np.random.Generator, shift: float, weight: float, width: float, both: bool, widening: bool, runs: int
) -> IntArray:
    """Return values until e = (1 - lambda) e + lambda z is beyond L of its standard deviations (Roberts 1959)."""
    return _averages(rng, shift, weight, width, both, widening, runs)


@kernel
def _averages(
    rng: np.random.Generator, shift: float, weight: float, width: float, both: bool, widening: bool, runs: int
) -> IntArray:
    lengths = np.empty(runs, np.int64)
    settled = width * np.sqrt(weight / (2.0 - weight))
    for run in range(runs):
        level, cases, left = 0.0, 0, 1.0
        while True:
            cases += 1
            level = (1.0 - weight) * level + weight * (rng.standard_normal() + shift)
            left *= (1.0 - weight) ** 2
            limit = settled * np.sqrt(1.0 - left) if widening else settled
            if level > limit or (both and level < -limit):
                break
        lengths[run] = cases
    return lengths


def count_run_lengths(
    rng: np.random.Generator, mean: float, reference: float, limit: float, sign: float, runs: int
) -> IntArray:
    """Return periods until S = max(0, S + count - k) is at or above its limit, counts Poisson (Lucas 1985).

    With a sign of -1 it adds k - count, for fewer events.
    """
    return _counts(rng, mean, reference, limit - 1e-6, sign, runs)


@kernel
def _counts(rng: np.random.Generator, mean: float, reference: float, limit: float, sign: float, runs: int) -> IntArray:
    lengths = np.empty(runs, np.int64)
    for run in range(runs):
        level, cases = 0.0, 0
        while True:
            cases += 1
            level = max(0.0, level + sign * (rng.poisson(mean) - reference))
            if level >= limit:
                break
        lengths[run] = cases
    return lengths


def pair_run_lengths(rng: np.random.Generator, shift: float, reference: float, limit: float, runs: int) -> IntArray:
    """Return values until either of two such paths, one for each direction, is above h."""
    return _pairs(rng, shift, reference, limit, runs)


@kernel
def _pairs(rng: np.random.Generator, shift: float, reference: float, limit: float, runs: int) -> IntArray:
    lengths = np.empty(runs, np.int64)
    for run in range(runs):
        rise, fall, cases = 0.0, 0.0, 0
        while True:
            cases += 1
            z = rng.standard_normal() + shift
            rise, fall = max(0.0, rise + z - reference), max(0.0, fall - z - reference)
            if rise > limit or fall > limit:
                break
        lengths[run] = cases
    return lengths
