"""Tuning a Bernoulli CUSUM so that it moves in whole steps: up for an event, down for a study without one."""

from math import log

TOLERANCE = 0.03
MOST_DOWN = 20


def lattice(in_control: float, out_of_control: float) -> tuple[int, int, float]:
    """Return the steps an event is worth, the steps taken down, and the unacceptable rate that they stand for.

    Reynolds & Stoumbos's reference value gamma = r1 / r2 becomes the fraction `down` / `worth`: an event moves the
    path by `worth - down`, a study without one by `-down`. Down is 1, as they write it, where that moves the
    unacceptable rate by at most 3 % of itself; else it is the smallest down up to 20 that does, and failing all
    the one that comes nearest. The fraction must lie above the acceptable rate, or the path would climb in control.

    Raises
    ------
    ValueError
        If the rates are not in order, both between 0 and 1.

    Examples
    --------
    >>> lattice(0.05, 0.10)[:2], lattice(0.345, 0.5)[:2]
    ((14, 1), (7, 3))

    References
    ----------
    Reynolds & Stoumbos (1999) Journal of Quality Technology 31, 87-108.
    """
    if not 0.0 < in_control < out_of_control < 1.0:
        raise ValueError(
            "the unacceptable rate must exceed the acceptable one, both between 0 and 1, "
            f"got {in_control:g} and {out_of_control:g}"
        )
    ratio = _weight_ratio(in_control, out_of_control)
    found: list[tuple[float, int, int, float]] = []
    for down in range(1, MOST_DOWN + 1):
        worth = round(ratio * down)
        if worth * in_control >= down:
            worth -= 1
        if worth <= down:
            continue
        tuned = tuned_rate(in_control, worth / down)
        error = abs(tuned / out_of_control - 1.0)
        found.append((error, worth, down, tuned))
        if error <= TOLERANCE:
            break
    if not found:
        raise ValueError(
            f"an acceptable rate of {in_control:g} against {out_of_control:g} leaves no whole steps: "
            "watch the opposite event"
        )
    _, worth, down, tuned = min(found) if found[-1][0] > TOLERANCE else found[-1]
    return worth, down, tuned


def tuned_rate(in_control: float, ratio: float) -> float:
    """Return the unacceptable rate for which the ratio r2 / r1 is exactly as given.

    >>> round(tuned_rate(0.05, 14), 6)
    0.097744
    """
    low, high = in_control, 1.0
    while True:
        middle = 0.5 * (low + high)
        if middle in (low, high):
            return middle
        if _weight_ratio(in_control, middle) > ratio:
            low = middle
        else:
            high = middle


def _weight_ratio(in_control: float, out_of_control: float) -> float:
    """Return r2 / r1 of Reynolds & Stoumbos."""
    r1 = -log((1.0 - out_of_control) / (1.0 - in_control))
    r2 = log(out_of_control * (1.0 - in_control) / (in_control * (1.0 - out_of_control)))
    return r2 / r1
