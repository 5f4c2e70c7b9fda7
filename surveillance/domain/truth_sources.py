"""What each reference standard says by itself: counts and figures of one window, one source at a time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.case_log import INDETERMINATE, NEGATIVE, POSITIVE, SOURCES, UNKNOWN
from surveillance.domain.plan import Plan
from surveillance.domain.study_frame import StudyFrame
from surveillance.errors import NotEstimable
from surveillance.metrics import BeggGreenes, begg_greenes


@dataclass(frozen=True, slots=True)
class SourceCounts:
    """One reference standard on the processed studies of one window, whatever the other standards say.

    Attributes
    ----------
    source : report, adjudication, follow_up or audit
    counts_for : strata whose truth the plan takes from it ("flagged", "unflagged"); empty outside the composition
    first_week, last_week : numbers of the window's weeks
    flagged, unflagged : processed studies of each stratum, with a truth from this source or without
    true_flags, false_flags, missed, true_negatives : with its truth, by what the AI said
    indeterminate : with its truth, which is neither
    deciding : studies whose truth in the figures came from this source
    """

    source: str
    counts_for: tuple[str, ...]
    first_week: int
    last_week: int
    flagged: int
    unflagged: int
    true_flags: int
    false_flags: int
    missed: int
    true_negatives: int
    indeterminate: int
    deciding: int

    @property
    def figures(self) -> BeggGreenes:
        """Return sensitivity and specificity by this source alone, naive and corrected (Begg & Greenes).

        The correction counts how many flagged and unflagged studies this source looked at.

        Raises
        ------
        NotEstimable
            If it looked at one stratum only: of flagged studies alone, each positive was flagged.
        """
        seen = self.true_flags + self.false_flags, self.missed + self.true_negatives
        for count, words in zip(seen, ("flagged", "unflagged"), strict=True):
            if count == 0:
                raise NotEstimable(f"Sensitivity by one source needs flagged and unflagged studies, got 0 {words}")
        return begg_greenes(
            self.true_flags,
            self.false_flags,
            self.missed,
            self.true_negatives,
            unverified_flagged=self.flagged - seen[0],
            unverified_unflagged=self.unflagged - seen[1],
        )


def truth_sources(plan: Plan, frame: StudyFrame, complete: int, as_of: int) -> tuple[SourceCounts, ...]:
    """Count the newest truth of each source on the newest complete longest window, as known at a moment.

    A source that the plan leaves out is counted too, apart from the figures, so that a reader sees what it would say.
    Only studies that the AI flagged or did not flag are counted; sources without a truth there are left out.

    Parameters
    ----------
    complete : index of the last complete week; -1 where there is none
    as_of : microseconds since 1970 UTC, exclusive
    """
    if complete < 0 or not plan.gives_flag or not len(frame.log):
        return ()
    start = max(0, complete + 1 - plan.weeks[-1])
    first, stop = int(frame.starts[start]), int(frame.starts[complete + 1])
    judged = frame.processed[first:stop] & (frame.log.called[first:stop] >= 0)
    flags = int((judged & frame.flagged[first:stop]).sum())
    rows, newest = _newest_by_source(frame, first, judged, as_of)
    flagged, expected = frame.flagged[rows], frame.expected[rows]
    deciding = np.where(flagged, _deciding(plan.truth.flagged, newest), _deciding(plan.truth.unflagged, newest))
    strata = {"flagged": plan.truth.flagged, "unflagged": plan.truth.unflagged}
    found = []
    for code, source in enumerate(SOURCES):
        truth = newest[code]
        if not (truth != UNKNOWN).any():
            continue
        found.append(
            SourceCounts(
                source=source,
                counts_for=tuple(name for name, order in strata.items() if source in order),
                first_week=frame.first_week + start,
                last_week=frame.first_week + complete,
                flagged=flags,
                unflagged=int(judged.sum()) - flags,
                true_flags=int((flagged & (truth == POSITIVE)).sum()),
                false_flags=int((flagged & (truth == NEGATIVE)).sum()),
                missed=int((~flagged & (truth == POSITIVE)).sum()),
                true_negatives=int((~flagged & (truth == NEGATIVE)).sum()),
                indeterminate=int((truth == INDETERMINATE).sum()),
                deciding=int((expected & (deciding == code)).sum()),
            )
        )
    return tuple(found)


def _newest_by_source(
    frame: StudyFrame, first: int, judged: NDArray[np.bool_], as_of: int
) -> tuple[NDArray[np.int64], NDArray[np.int8]]:
    """Return the judged studies that have a truth, and each source's newest before a moment, shape (sources, rows).

    `judged` says which rows from the first on are asked for; a study without any truth says nothing of a source.
    """
    log = frame.log
    inside = (log.outcome_case >= first) & (log.outcome_case < first + len(judged)) & (log.outcome_recorded_at < as_of)
    before = np.flatnonzero(inside)
    before = before[judged[log.outcome_case[before] - first]]
    before = before[np.argsort(log.outcome_recorded_at[before], kind="stable")]
    place = log.outcome_case[before] - first
    seen = np.zeros(len(judged), dtype=bool)
    seen[place] = True
    column = np.cumsum(seen) - 1
    known = np.full((len(SOURCES), int(seen.sum())), UNKNOWN, dtype=np.int8)
    # Of several values for one cell numpy keeps the last, which is the newest.
    known[log.outcome_source[before], column[place]] = log.outcome_truth[before]
    return first + np.flatnonzero(seen), known


def _deciding(order: tuple[str, ...], newest: NDArray[np.int8]) -> NDArray[np.int64]:
    """Return the source that wins in a stratum for each study; -1 where none of the plan's has spoken."""
    winner = np.full(newest.shape[1], -1, dtype=np.int64)
    for source in reversed(order):
        code = SOURCES.index(source)
        winner[newest[code] != UNKNOWN] = code
    return winner
