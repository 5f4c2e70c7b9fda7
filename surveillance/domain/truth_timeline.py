"""What was known to be true at each moment: the plan's composition of reference standards, in time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.case_log import NEVER, SOURCES, UNKNOWN, CaseLog
from surveillance.domain.plan_parts import Truth


@dataclass(frozen=True, slots=True)
class TruthTimeline:
    """Every moment at which the truth of a study, as the plan composes it, became known or changed.

    Attributes
    ----------
    first_at : int64, shape (n,)
        When the first truth that the plan accepts was recorded; `NEVER` where none was.
    case, at, value : arrays of shape (k,), sorted by `at`
        The study, the moment (microseconds since 1970 UTC) and the truth from then on.
    """

    first_at: NDArray[np.int64]
    case: NDArray[np.int64]
    at: NDArray[np.int64]
    value: NDArray[np.int8]

    def known_at(self, as_of: int) -> NDArray[np.int8]:
        """Return the truth of every study as it was known before a moment; -1 where it was not."""
        known = np.full(len(self.first_at), UNKNOWN, dtype=np.int8)
        stop = int(np.searchsorted(self.at, as_of, side="left"))
        known[self.case[:stop]] = self.value[:stop]
        return known


def compose(log: CaseLog, truth: Truth, flagged: NDArray[np.bool_]) -> TruthTimeline:
    """Apply the plan's order of reference standards: in each stratum the first that exists wins.

    A later truth of the same source supersedes the earlier one (a correction); a truth of a lower source
    never supersedes one of a higher. Sources outside the composition are left out, not mixed in.
    """
    rank_of = {True: _ranks(truth.flagged), False: _ranks(truth.unflagged)}
    in_flagged = flagged[log.outcome_case] if len(log.outcome_case) else np.zeros(0, dtype=bool)
    rank = np.where(in_flagged, rank_of[True][log.outcome_source], rank_of[False][log.outcome_source])
    keep = np.flatnonzero(rank < len(SOURCES))
    order = keep[np.lexsort((keep, -rank[keep], log.outcome_recorded_at[keep], log.outcome_case[keep]))]
    case, at, value = log.outcome_case[order], log.outcome_recorded_at[order], log.outcome_truth[order]
    first = np.full(len(log), NEVER, dtype=np.int64)
    np.minimum.at(first, case, at)
    counts = np.bincount(case, minlength=len(log))
    holds = np.ones(len(order), dtype=bool)
    repeated = counts[case] > 1
    if repeated.any():
        holds[repeated] = _winning(case[repeated], rank[order][repeated], value[repeated])
    case, at, value = case[holds], at[holds], value[holds]
    by_time = np.argsort(at, kind="stable")
    return TruthTimeline(first, case[by_time], at[by_time], value[by_time])


def _ranks(sources: tuple[str, ...]) -> NDArray[np.int64]:
    """Return for each source its place in the plan's order; past the end where the plan leaves it out."""
    return np.array([sources.index(s) if s in sources else len(SOURCES) for s in SOURCES], dtype=np.int64)


def _winning(case: NDArray[np.int64], rank: NDArray[np.int64], value: NDArray[np.int8]) -> NDArray[np.bool_]:
    """Mark the truths that change what is known, walking each study's truths in time."""
    wins = np.zeros(len(case), dtype=bool)
    current, best, known = -1, len(SOURCES), UNKNOWN
    for row in range(len(case)):
        if case[row] != current:
            current, best, known = int(case[row]), len(SOURCES), UNKNOWN
        if rank[row] <= best:
            wins[row] = bool(value[row] != known)
            best, known = int(rank[row]), int(value[row])
    return wins
