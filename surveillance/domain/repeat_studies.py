"""Several studies of one patient in a window: how much more the window's shares vary."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.case_log import NEGATIVE, POSITIVE, UNKNOWN
from surveillance.domain.study_frame import StudyFrame

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of some studies at a moment: the columns that say which stand in a share, and which succeed."""

    processed: Flags
    flag_known: Flags
    flagged: Flags
    positive: Flags
    negative: Flags


Share = Callable[[Known], tuple[Flags, Flags]]  # (in the denominator, in the numerator)
SHARES: dict[str, Share] = {
    "sensitivity": lambda k: (k.positive, k.flagged),
    "sensitivity_naive": lambda k: (k.positive, k.flagged),
    "specificity": lambda k: (k.negative, ~k.flagged),
    "specificity_naive": lambda k: (k.negative, ~k.flagged),
    "positive_predictive_value": lambda k: (k.flagged & (k.positive | k.negative), k.positive),
    "negative_predictive_value": lambda k: (~k.flagged & (k.positive | k.negative), k.negative),
    "prevalence": lambda k: (k.positive | k.negative, k.positive),
    "expected_ppv": lambda k: (k.positive | k.negative, k.positive),
    "flag_rate": lambda k: (k.flag_known, k.flagged),
    "processed_share": lambda k: (np.ones(len(k.processed), dtype=bool), k.processed),
    "failed_share": lambda k: (np.ones(len(k.processed), dtype=bool), ~k.processed),
}


class RepeatStudies:
    """The studies of a log whose patient has another study that some window of weeks holds with it."""

    def __init__(self, frame: StudyFrame, rows: dict[int, Rows]) -> None:
        self._frame, self._rows = frame, rows
        widest = rows[max(rows)]
        self.patient = np.full(len(frame.week), -1, dtype=np.int64)
        self.patient[widest] = np.unique(frame.log.patient[widest], return_inverse=True)[1]

    @classmethod
    def of(cls, frame: StudyFrame, windows: tuple[int, ...]) -> "RepeatStudies | None":
        """Return the repeat studies of a log, for each length of window; None where no window holds any."""
        patient = frame.log.patient
        named = np.flatnonzero(patient >= 0)
        order = named[np.argsort(patient[named], kind="stable")]  # by patient, then in order of acquisition
        same, apart = patient[order[1:]] == patient[order[:-1]], np.diff(frame.week[order])
        rows = {window: order[_in_a_pair(same & (apart < window), len(order))] for window in windows}
        return cls(frame, rows) if len(rows[max(windows)]) else None

    def at(self, window: int, parts: Sequence[tuple[Rows, NDArray[np.int8]]]) -> "WindowRepeats":
        """Return the repeat studies of windows of one length.

        `parts` holds, for each of several moments, the weeks that windows end in and the truths known then. The
        calendars of the moments follow one another, too far apart for a window or a pair to reach from one to the next.
        """
        frame, all_rows = self._frame, self._rows[window]
        week_of = frame.week[all_rows]
        ends, rows, week, truth, begin = [], [], [], [], 0
        for own, known in parts:
            chosen = all_rows[(week_of > own[0] - window) & (week_of <= own[-1])]
            shift = begin - int(own[0])
            ends.append(own + shift)
            rows.append(chosen)
            week.append(frame.week[chosen] + shift)
            truth.append(np.where(frame.expected[chosen], known[chosen], UNKNOWN))
            begin = int(own[-1]) + shift + 1 + 2 * window
        studies, found = np.concatenate(rows), np.concatenate(truth)
        state = Known(
            frame.processed[studies],
            frame.processed[studies] & (frame.log.called[studies] >= 0),
            frame.flagged[studies],
            found == POSITIVE,
            found == NEGATIVE,
        )
        return WindowRepeats(window, np.concatenate(ends), np.concatenate(week), self.patient[studies], state)


@dataclass(frozen=True, slots=True)
class WindowRepeats:
    """The repeat studies of some windows of one length, sorted by patient, then in order of acquisition.

    `ends` and `week` count from the first week in which a window ends; several moments follow one another.
    """

    window: int
    ends: Rows
    week: Rows
    patient: Rows
    known: Known

    def design_effects(self, share: Share, successes: Floats, n: Floats) -> Floats:
        """Return how many times more a share varies in each window than one of as many patients would; 1 and more.

        Equal to `metrics.design_effect` over the studies of each window: the squares of patients' sums are those
        of the studies and twice the products of every two studies of one patient that the window holds.
        """
        member, success = share(self.known)
        pairs = pairs_in_windows(
            self.week[member], self.patient[member], success[member], self.window, int(self.ends[-1]) + 1
        )
        neighbours, together, either, both = pairs[:, self.ends]
        effect = np.ones(len(self.ends))
        some = together > 0
        n, successes, together, patients = n[some], successes[some], together[some], (n - neighbours)[some]
        rate = successes / n
        spread = rate * (1.0 - rate)
        able = (spread > 0.0) & (patients > 1)
        safe, others = np.where(able, spread, 1.0), np.where(able, patients - 1.0, 1.0)
        squares = n * spread + 2.0 * (both[some] - rate * either[some] + rate**2 * together)
        clustered = patients / others * squares * (n - 1.0) / n**2 / safe
        effect[some] = np.where(able, np.minimum(n, np.maximum(1.0, clustered)), 1.0 + 2.0 * together / n)
        return effect


def _in_a_pair(follows: Flags, studies: int) -> Flags:
    """Mark the studies that follow or are followed by one of their patient."""
    marked = np.zeros(studies, dtype=bool)
    marked[1:] |= follows
    marked[:-1] |= follows
    return marked


def pairs_in_windows(week: Rows, patient: Rows, success: Flags, window: int, weeks: int) -> Floats:
    """Count the pairs of studies of one patient that each window of weeks holds, by the week it ends in.

    Parameters
    ----------
    week, patient, success : arrays of shape (r,), sorted by patient, then week
        Weeks count from the first in which a window ends: earlier ones are negative, down to 1 - window.

    Returns
    -------
    float array of shape (4, weeks)
        Pairs of neighbours, all pairs, successes in all pairs, and pairs of two successes.
    """
    change = np.zeros((4, weeks + window + 1))
    for lag in range(1, len(week)):
        pair = np.flatnonzero((patient[lag:] == patient[:-lag]) & (week[lag:] - week[:-lag] < window))
        if not len(pair):
            break
        one, other = success[pair].astype(np.float64), success[pair + lag].astype(np.float64)
        begins, stops = np.maximum(week[pair + lag], 0), week[pair] + window
        for row, amount in enumerate((None if lag == 1 else 0.0 * one, None, one + other, one * other)):
            change[row] += np.bincount(begins, amount, change.shape[1])
            change[row] -= np.bincount(stops, amount, change.shape[1])
    return np.cumsum(change, axis=1)[:, :weeks]
