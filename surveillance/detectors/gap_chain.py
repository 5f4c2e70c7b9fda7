"""The exact law of the time to a signal when so many events within so many studies signal, by renewal."""

from dataclasses import dataclass

import numpy as np
from scipy.special import bdtr, betainc

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import FloatArray, IntArray

SETTLED = 1e-9
FOR_EVER = 1 << 62
UNLIMITED = 4096  # studies in a block where every run signals


def run_within(together: int, within: int | None, rate: float) -> float:
    """Return the chance that so many events come within so many studies (negative binomial).

    >>> round(run_within(2, 3, 0.5), 3)  # at least two heads in three throws
    0.5
    """
    if within is None:
        return 1.0
    return float(betainc(together, within - together + 1, rate)) if within >= together else 0.0


def widest_limit(together: int, rate: float, allowed: float) -> int:
    """Return the most studies within which so many events come with at most this chance.

    >>> widest_limit(1, 0.001, 0.1)  # 1 - 0.999^105 = 0.0997
    105
    """
    low, high = together - 1, 2 * together
    while run_within(together, high, rate) <= allowed:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if run_within(together, middle, rate) <= allowed else (low, middle)
    return low


@dataclass(frozen=True, slots=True)
class GapChain:
    """Studies are counted until `together` events have come; that signals if it took at most `within` studies.

    The count then starts again, signal or not, so each run of events is a renewal: its length is negative
    binomial, runs are independent, and the number of runs up to the one that signals is geometric.

    Attributes
    ----------
    rate : float
        Chance of an event in each study.
    together : int
        Events that make a run.
    within : int or None
        None where every run signals, however long it took.
    begin : int
        Events that the first run is given at its start.

    References
    ----------
    Feller (1968) An introduction to probability theory and its applications, vol. 1, ch. XIII. Wiley.
    """

    rate: float
    together: int
    within: int | None
    begin: int = 0

    def mean(self) -> float:
        """Return the mean number of studies to a signal, by Wald's identity; infinite where none can come."""
        if self.rate == 0.0:
            return float("inf")
        missing = self.together - self.begin
        missed = 1.0 - run_within(missing, self.within, self.rate)
        found = run_within(self.together, self.within, self.rate)
        if missed > 0.0 and found == 0.0:
            return float("inf")
        return missing / self.rate + (missed * self.together / self.rate / found if missed > 0.0 else 0.0)

    def signal_probability(self, studies: IntArray) -> FloatArray:
        """Return the chance of a signal within each of several numbers of studies; shape as `studies`."""
        remaining, slope = self._log_remaining(int(studies.max(initial=0)), -np.inf)
        last = len(remaining) - 1
        slope = slope if np.isfinite(slope) else 0.0  # no chance of silence is left to fall
        return 0.0 - np.expm1(remaining[np.minimum(studies, last)] + np.maximum(studies - last, 0) * slope)

    def quantile(self, share: float) -> int:
        """Return the number of studies within which the given share of charts has signalled.

        Raises
        ------
        NotEstimable
            If the rate is 0.
        ValueError
            If the share is not between 0 and 1.
        """
        if not 0.0 < share < 1.0:
            raise ValueError(f"a quantile needs a share between 0 and 1, got {share:g}")
        if self.rate == 0.0:
            raise NotEstimable("A delay needs a rate at which the chart can signal, got one at which it never does")
        wanted = float(np.log1p(-share))
        remaining, slope = self._log_remaining(FOR_EVER, wanted)
        if remaining[-1] <= wanted:
            return int(np.searchsorted(-remaining, -wanted))
        return len(remaining) - 1 + int(np.ceil((wanted - remaining[-1]) / slope))

    def _log_remaining(self, studies: int, enough: float) -> tuple[FloatArray, float]:
        """Return the logarithm of the chance of no signal within 0, 1, ... studies, and its slope from there on.

        The array ends at `studies`, where it falls to `enough`, or where the chance of a signal has settled.
        Followed are the chances of j events in an unfinished run, of any length and of one already too long
        to signal. A run is too long once `within` studies have passed, so that what a block of that many studies
        needs to know is which runs began in the block before it.
        """
        block = self.within or UNLIMITED
        started = np.zeros(block)
        unfinished, late = np.eye(self.together)[self.begin], np.zeros(self.together)
        known, total, level, slope = [np.zeros(1)], 1, 0.0, 0.0
        while total <= studies:
            entering = self._entering(0)[:, None] * started
            if total == 1 and self.within is not None:
                entering[:, -1] = self._entering(self.begin)
            lateness, started = self._unfinished(late, entering, np.zeros(block))
            heights, _ = self._unfinished(unfinished, np.zeros((self.together, block)), started)
            with np.errstate(divide="ignore"):  # certain events leave no chance of silence
                known.append(level + np.log(heights.sum(axis=0)))
            total += block
            level, before, slope = float(known[-1][-1]), slope, float(known[-1][-1] - known[-2][-1]) / block
            if level <= enough or not np.isfinite(level) or abs(slope - before) <= SETTLED * abs(slope):
                break
            share = float(heights[:, -1].sum())
            unfinished, late, started = heights[:, -1] / share, lateness[:, -1] / share, started / share
        return np.concatenate(known)[: studies + 1], slope

    def _entering(self, begin: int) -> FloatArray:
        """Return the chance that a run which began with so many events holds j of them when it becomes too long."""
        if self.within is None:
            return np.zeros(self.together)
        more = np.arange(self.together) - begin
        upto = np.where(more >= 0, bdtr(np.maximum(more, 0), self.within, self.rate), 0.0)
        return np.diff(upto, prepend=0.0)

    def _unfinished(self, now: FloatArray, entering: FloatArray, first: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Carry the chances of j events over a block; return them after each study, and the chance of a run's end."""
        from scipy.signal import lfilter

        after, raised = np.empty_like(entering), first
        for events in range(self.together):
            kept = [now[events] * (1.0 - self.rate)]
            after[events], _ = lfilter([1.0], [1.0, self.rate - 1.0], entering[events] + raised, zi=kept)
            raised = self.rate * np.concatenate(([now[events]], after[events, :-1]))
        return after, raised
