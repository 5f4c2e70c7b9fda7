"""Tuning a Poisson CUSUM so that it moves in whole steps: so many up for each event, so many down a period."""

from fractions import Fraction
from math import isfinite, log

import numpy as np
from numpy.typing import ArrayLike

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import IntArray, as_scores

TOLERANCE = 0.01
MOST_PER_EVENT = 20
RAREST = 100 * MOST_PER_EVENT  # periods in which the reference value must reach one event
MOST_EVENTS, MOST_STEPS = 10_000, 4096  # beyond these the exact chain costs more than a designer can wait for
MOST_COUNT = 10**9  # far inside what a path of whole numbers can hold


def as_counts(values: ArrayLike, name: str) -> IntArray:
    """Return a column as counts, refusing what is negative or not whole.

    >>> as_counts([0, 3.0, 1], "counts").tolist()
    [0, 3, 1]
    """
    column = as_scores(values, name)
    if column.size and (column.min() < 0.0 or np.any(column != np.floor(column))):
        raise ValueError(f"{name} must be whole numbers of 0 or more")
    if column.size and column.max() > MOST_COUNT:
        raise ValueError(f"{name} must be at most {MOST_COUNT:,} in a period, got {column.max():g}")
    return column.astype(np.int64)


def reference_value(in_control: float, out_of_control: float) -> float:
    """Return Lucas's k = (mu1 - mu0) / (ln mu1 - ln mu0), the count per period at which the evidence is even.

    >>> round(reference_value(4.0, 7.0), 3)
    5.361
    """
    if in_control <= 0.0 or out_of_control <= 0.0 or in_control == out_of_control:
        raise ValueError(f"the two means must be positive and not the same, got {in_control:g} and {out_of_control:g}")
    return (out_of_control - in_control) / (log(out_of_control) - log(in_control))


def require_reach(in_control: float, out_of_control: float, run_length: float) -> None:
    """Refuse means and run lengths that are none, and means too large for an exact chain.

    >>> require_reach(4.0, 7.0, 500)
    >>> require_reach(1e6, 1.1e6, 500)
    Traceback (most recent call last):
    ...
    surveillance.errors.NotEstimable: A Poisson CUSUM needs at most 10,000 events a period (count shorter ones), got
    1.1e+06
    """
    if not (isfinite(in_control) and isfinite(out_of_control)):
        raise ValueError(f"the two means must be finite, got {in_control:g} and {out_of_control:g}")
    if not (isfinite(run_length) and run_length >= 1.0):
        raise ValueError(f"the run length must be finite and at least 1 period, got {run_length:g}")
    most = max(in_control, out_of_control)
    if most > MOST_EVENTS:
        raise NotEstimable(
            f"A Poisson CUSUM needs at most {MOST_EVENTS:,} events a period (count shorter ones), got {most:g}"
        )


def require_lattice(limit: int, in_control: float, out_of_control: float) -> None:
    """Refuse a limit of so many steps that the exact chain is out of reach: the means hardly differ."""
    if limit > MOST_STEPS:
        raise NotEstimable(
            "A Poisson CUSUM needs two means further apart, or a shorter run length, got "
            f"{in_control:g} and {out_of_control:g} and a limit beyond {MOST_STEPS:,} steps"
        )


def whole_steps(in_control: float, out_of_control: float) -> tuple[int, int]:
    """Return the steps that an event adds and those that a period takes off; their ratio stands for k.

    The fraction with the smallest denominator up to 20 that lies within 1 % of k and between the two means;
    failing that, for means that hardly differ, the nearest with a denominator up to 2000. Raises `NotEstimable`
    where that does not lie between the means, or is 0.

    >>> whole_steps(2.0, 4.2881), whole_steps(4.0, 7.0)
    ((1, 3), (3, 16))
    """
    wanted = reference_value(in_control, out_of_control)
    low, high = sorted((in_control, out_of_control))
    for per_event in range(1, MOST_PER_EVENT + 1):
        per_period = round(wanted * per_event)
        if (
            per_period
            and abs(per_period / per_event / wanted - 1.0) <= TOLERANCE
            and low < per_period / per_event < high
        ):
            return per_event, per_period
    nearest = Fraction(wanted).limit_denominator(RAREST)
    if wanted * RAREST < 1.0:
        raise NotEstimable(
            f"A Poisson CUSUM needs a reference value of at least one event in {RAREST:,} periods "
            f"(count longer ones, or the time between events), got {wanted:.2g} a period"
        )
    if not low < nearest < high:
        raise NotEstimable(
            "A Poisson CUSUM needs two means further apart, so that a fraction of whole numbers lies between them, got "
            f"{in_control:g} and {out_of_control:g}"
        )
    return nearest.denominator, nearest.numerator


def tuned_mean(in_control: float, reference: float) -> float:
    """Return the out-of-control mean whose reference value is exactly as given.

    >>> round(tuned_mean(2.0, 3.0), 4)
    4.2881
    """
    low, high = (in_control, 2.0 * reference) if reference > in_control else (0.0, in_control)
    while reference > in_control and reference_value(in_control, high) < reference:
        high *= 2.0
    while True:
        middle = 0.5 * (low + high)
        if middle in (low, high):
            return middle
        if reference_value(in_control, middle) < reference:
            low = middle
        else:
            high = middle
