"""Do the studies of a baseline behave independently: more spread between weeks, or weeks that follow each other?"""

from dataclasses import dataclass

import numpy as np

from surveillance.detectors.lattice_chain import FloatArray
from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import IntArray
from surveillance.metrics.topic import Topic

TOPIC = Topic.LIMITS
CUT_OFF = 0.005  # for each of the two tests: at most one sound chart in a hundred is found wanting
DRAWS = 999
FEWEST_WEEKS, FEWEST_EVENTS = 13, 10


@dataclass(frozen=True, slots=True)
class WeeklyDependence:
    """How the weeks of a baseline differ from what independent studies would give.

    Attributes
    ----------
    dispersion : float
        Pearson dispersion of the weekly counts: about 1 for independent studies, above 1 for more spread.
    dispersion_p : float
        Chance of so much spread, or more, if studies were independent at one rate.
    autocorrelation : float
        Lag-1 autocorrelation of the weekly residuals.
    autocorrelation_p : float
        Chance of so high a value, or higher, if studies were independent at one rate.
    weeks, events : int
        Weeks with studies, and events in them.
    """

    dispersion: float
    dispersion_p: float
    autocorrelation: float
    autocorrelation_p: float
    weeks: int
    events: int

    @property
    def found(self) -> bool:
        """Return whether either test is below its cut-off, stated before any data."""
        return min(self.dispersion_p, self.autocorrelation_p) < CUT_OFF


def rate_dependence(events: IntArray, studies: IntArray, rng: np.random.Generator) -> WeeklyDependence:
    """Check the weekly counts of a rate chart's events for overdispersion and autocorrelation.

    Given the total, independent studies at one rate scatter their events over the weeks as a multivariate
    hypergeometric; both statistics are compared with that law, drawn `DRAWS` times, so that the tests have their
    size whatever the counts.

    Parameters
    ----------
    events, studies : int arrays of shape (weeks,)
        Events, and the studies they were counted in, week by week.
    rng : np.random.Generator
        Seeded by the caller: the same baseline gives the same answer.

    Raises
    ------
    NotEstimable
        If there are fewer than 13 weeks with studies, or fewer than 10 events or studies without one.

    Examples
    --------
    >>> studies = np.full(40, 25)
    >>> clustered = np.repeat([0, 6], 20)
    >>> found = rate_dependence(clustered, studies, np.random.default_rng(1))
    >>> found.found, round(found.autocorrelation, 2)
    (True, 0.92)

    References
    ----------
    Barnard (1963) Discussion of Bartlett. Journal of the Royal Statistical Society B 25, 294: Monte Carlo tests.
    McCullagh & Nelder (1989) Generalized Linear Models, 2nd ed., 4.5: Pearson dispersion.

    Notes
    -----
    Assumes: one rate throughout the baseline, if studies are independent. Weeks without a study are left out, so the
    lag-1 autocorrelation takes the weeks before and after such a gap for neighbours.
    Not for: proof of independence. A spread of .4 in the weekly log-odds is found in 1 in 20 baselines of 43
    weeks of 22 studies, one of .6 in 9 of 20, one of .8 in 18 of 20 (simulated).
    Departs from the published rule: in nothing.
    """
    used = studies > 0
    count, size = events[used], studies[used]
    _enough(len(count), int(count.sum()), int((size - count).sum()))
    drawn = rng.multivariate_hypergeometric(size, int(count.sum()), DRAWS)
    rate = count.sum() / size.sum()
    expected, spread = size * rate, size * rate * (1.0 - rate)
    return _compared(count, drawn, expected[None, :], spread[None, :])


def risk_dependence(
    truth: IntArray, risk: FloatArray, week: IntArray, rng: np.random.Generator, draws: int = 399
) -> WeeklyDependence:
    """Check a risk-adjusted chart's outcomes for overdispersion and autocorrelation about their predicted risk.

    The risks are first moved by one log-odds so that they add up to the outcomes: a level that is wrong
    throughout is no dependence. Outcomes are then drawn from them, study by study.

    Parameters
    ----------
    truth : int array of shape (n,)
        1 where the outcome happened.
    risk : float array of shape (n,)
        Its predicted risk, above 0 and below 1.
    week : int array of shape (n,)
        The week of each study, ascending.
    rng : np.random.Generator
        Seeded by the caller.
    draws : int
        How many sets of outcomes are drawn.

    Raises
    ------
    NotEstimable
        As `rate_dependence`.
    ValueError
        If a risk is 0 or 1.

    Examples
    --------
    >>> rng = np.random.default_rng(3)
    >>> risk, week = np.full(1000, 0.1), np.repeat(np.arange(40), 25)
    >>> risk_dependence((rng.random(1000) < risk).astype(int), risk, week, rng).found
    False

    References
    ----------
    Barnard (1963) Discussion of Bartlett. Journal of the Royal Statistical Society B 25, 294: Monte Carlo tests.

    Notes
    -----
    Assumes: risks whose ranking and slope are right; only their level is fitted.
    Not for: a test of calibration.
    Departs from the published rule: in nothing.
    """
    starts = np.flatnonzero(np.diff(week, prepend=-1) > 0)
    _enough(len(starts), int(truth.sum()), int((1 - truth).sum()))
    fitted = level_fitted(truth, risk)
    drawn = np.add.reduceat((rng.random((draws, len(risk))) < fitted).astype(np.int64), starts, axis=1)
    expected, spread = (np.add.reduceat(part, starts) for part in (fitted, fitted * (1.0 - fitted)))
    scale = drawn.sum(axis=1, keepdims=True) / expected.sum()
    return _compared(np.add.reduceat(truth, starts), drawn, expected[None, :] * scale, spread[None, :], expected)


def level_fitted(truth: IntArray, risk: FloatArray) -> FloatArray:
    """Return the risks moved by one log-odds so that their sum is the number of outcomes.

    Raises
    ------
    ValueError
        If a risk does not lie strictly between 0 and 1: it has no odds to move.
    """
    if len(risk) and not 0.0 < risk.min() <= risk.max() < 1.0:
        raise ValueError(f"a risk must lie strictly between 0 and 1, got {risk.min():g} to {risk.max():g}")
    odds = risk / (1.0 - risk)
    factor = 1.0
    for _ in range(50):
        fitted = factor * odds / (1.0 + factor * odds)
        step = (truth.sum() - fitted.sum()) / (fitted * (1.0 - fitted)).sum()
        factor *= float(np.exp(np.clip(step, -2.0, 2.0)))
    return np.asarray(factor * odds / (1.0 + factor * odds), dtype=np.float64)


def _enough(weeks: int, events: int, others: int) -> None:
    if weeks < FEWEST_WEEKS or min(events, others) < FEWEST_EVENTS:
        raise NotEstimable(
            f"The check of a baseline needs {FEWEST_WEEKS} weeks and {FEWEST_EVENTS} events,"
            f" got {weeks} weeks and {min(events, others)}"
        )


def _compared(
    count: IntArray, drawn: IntArray, expected: FloatArray, spread: FloatArray, own: FloatArray | None = None
) -> WeeklyDependence:
    """Return both statistics of the counts, each with its place among the drawn ones."""
    seen = _statistics(count[None, :], expected[:1] if own is None else own[None, :], spread)
    chance = _statistics(drawn, expected, spread)
    # A hair of slack: equal sums must not be told apart by the order of addition.
    p = [
        (1 + int((null >= value[0] - 1e-9).sum())) / (1 + len(drawn)) for value, null in zip(seen, chance, strict=True)
    ]
    return WeeklyDependence(float(seen[0][0]), p[0], float(seen[1][0]), p[1], len(count), int(count.sum()))


def _statistics(count: IntArray, expected: FloatArray, spread: FloatArray) -> tuple[FloatArray, FloatArray]:
    residual = (count - expected) / np.sqrt(spread)
    total = (residual**2).sum(axis=1)
    together = (residual[:, 1:] * residual[:, :-1]).sum(axis=1)
    lag = np.divide(together, total, out=np.zeros(len(total)), where=total > 0)
    return total / (residual.shape[1] - 1), lag
