"""Tuning a Bernoulli CUSUM so that an event weighs a whole number of non-events."""

from math import log


def whole_steps(in_control: float, out_of_control: float) -> int:
    """Return m, the whole number nearest to the ratio of the two log-likelihood weights.

    1/m must lie above the acceptable rate, or the path would drift upwards in control.

    >>> whole_steps(0.05, 0.10)
    14
    """
    if not 0.0 < in_control < out_of_control < 1.0:
        raise ValueError(
            "the unacceptable rate must exceed the acceptable one, both between 0 and 1, "
            f"got {in_control:g} and {out_of_control:g}"
        )
    steps = round(_weight_ratio(in_control, out_of_control))
    if steps * in_control >= 1.0:
        steps -= 1
    if steps < 2:
        raise ValueError(f"an acceptable rate of {in_control:g} is too high for this chart: watch the opposite event")
    return steps


def tuned_rate(in_control: float, steps: int) -> float:
    """Return the unacceptable rate for which an event weighs exactly m - 1 non-events.

    >>> round(tuned_rate(0.05, 14), 6)
    0.097744
    """
    low, high = in_control, 1.0
    while True:
        middle = 0.5 * (low + high)
        if middle in (low, high):
            return middle
        if _weight_ratio(in_control, middle) > steps:
            low = middle
        else:
            high = middle


def _weight_ratio(in_control: float, out_of_control: float) -> float:
    """Return r2 / r1 of Reynolds & Stoumbos."""
    r1 = -log((1.0 - out_of_control) / (1.0 - in_control))
    r2 = log(out_of_control * (1.0 - in_control) / (in_control * (1.0 - out_of_control)))
    return r2 / r1
