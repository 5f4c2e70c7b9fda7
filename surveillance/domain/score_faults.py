"""Scores that no working product gives: one for all, one copied to many, or the last one held on."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtrc

from surveillance.domain.label_free import CHANCE, FEWEST, Finding

SHUFFLES, NEWEST = 999, 2000
FEWEST_ALIKE = 5


def score_faults(
    scores: NDArray[np.float64], reference: NDArray[np.float64] | None, rng: np.random.Generator
) -> tuple[Finding, ...]:
    """Look for constant, copied and stale scores; one finding that says so where there is none of them.

    Parameters
    ----------
    scores : float array of shape (n,)
        In order of acquisition, none missing.
    reference : float array of shape (k,), or None
        Of a version that is known to work.
    """
    if len(scores) < FEWEST_ALIKE:
        return ()
    if len(np.unique(scores)) == 1:
        return (Finding("Constant", True, f"All {len(scores):,} scores are {scores[0]:g}."),)
    looked = [copied(scores, reference), stale(scores, rng)]
    found = tuple(one for one in looked if one is not None)
    return found or (Finding("Repeats", False, "No constant, copied or stale scores."),)


def copied(scores: NDArray[np.float64], reference: NDArray[np.float64] | None) -> Finding | None:
    """Find one score on more studies than the reference's share of that very score explains; None for none.

    The count of each distinct score is set against a binomial with the share (count + 1) / (k + 1) that the
    reference gave it; the chance is multiplied by the number of distinct scores (Bonferroni).

    Notes
    -----
    Assumes: independent studies, and a reference that rounds its scores as these are rounded.
    Not for: fewer than twenty reference scores; without one nothing is said.
    Departs from the published rule: in nothing.

    References
    ----------
    Bonferroni's inequality; the binomial tail by Abramowitz & Stegun (1964) 26.5.24.
    """
    if reference is None or len(reference) < FEWEST:
        return None
    values, counts = np.unique(scores, return_counts=True)
    known = np.sort(reference)
    before = np.searchsorted(known, values, side="right") - np.searchsorted(known, values, side="left")
    shares = (before + 1) / (len(reference) + 1)
    chances = np.where(counts > 1, bdtrc(counts - 1.0, len(scores), np.minimum(shares, 1.0)), 1.0) * len(values)
    place = int(np.argmin(chances))
    if chances[place] >= CHANCE:
        return None
    words = (
        f"One score, {values[place]:g}, stands on {counts[place]:,} of {len(scores):,} studies;"
        f" the registered version gave it to {before[place]:,} of {len(reference):,}."
    )
    return Finding("Copied", True, words)


def stale(scores: NDArray[np.float64], rng: np.random.Generator) -> Finding | None:
    """Find a score held on from study to study: a run of equal ones longer than their order by chance gives.

    The longest run is set against the same scores dealt out in 999 random orders; only the newest 2,000 are looked at.

    Notes
    -----
    Assumes: the order of studies says nothing of their scores, so repeat scans of one patient count against it.
    Not for: constant scores, which have one order only.
    Departs from the published rule: in nothing.

    References
    ----------
    Phipson & Smyth (2010) Permutation p-values should never be zero. SAGMB 9(1), 39: (b + 1) / (m + 1).
    """
    newest = scores[-NEWEST:]
    observed = longest_run(newest)
    if observed < 2:
        return None
    as_long = sum(longest_run(rng.permutation(newest)) >= observed for _ in range(SHUFFLES))
    if (as_long + 1) / (SHUFFLES + 1) >= CHANCE:
        return None
    return Finding("Stale", True, f"{observed:,} studies in a row carry the same score: the last one may be held on.")


def longest_run(scores: NDArray[np.float64]) -> int:
    """Return the length of the longest run of equal neighbours.

    >>> longest_run(np.array([0.1, 0.2, 0.2, 0.2, 0.1]))
    3
    """
    edges = np.flatnonzero(np.concatenate(([True], scores[1:] != scores[:-1], [True])))
    return int(np.diff(edges).max())
