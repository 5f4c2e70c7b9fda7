"""Whether high or low scores go with disease, as the flags and the confirmed findings of the same rows say."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from surveillance.domain.numbers import percent
from surveillance.metrics.auroc import auroc
from surveillance.storage.outcome_log.guessing.column_facts import number_of

FEWEST = 5
CLEAR = 0.7


@dataclass(frozen=True, slots=True)
class Direction:
    """What the rows say: `higher_means` "disease", "health", or None where they do not tell or disagree."""

    higher_means: str | None
    evidence: str


def score_direction(score: Sequence[str], flag: Sequence[str | None], truth: Sequence[str | None]) -> Direction:
    """Return which end of a score means disease.

    Parameters
    ----------
    score : the score's cells
    flag, truth : our word for each row, "1" or "0", or None

    Examples
    --------
    >>> cells = [str(n / 20) for n in range(20)]
    >>> score_direction(cells, ["1"] * 8 + ["0"] * 12, [None] * 20).higher_means
    'health'
    """
    said = []
    evidence = []
    for name, words in (("flagged studies", flag), ("studies with a confirmed finding", truth)):
        share = _share_above(score, words)
        if share is None:
            continue
        if share >= CLEAR or share <= 1 - CLEAR:
            said.append("disease" if share >= CLEAR else "health")
            end = "higher" if share >= CLEAR else "lower"
            evidence.append(
                f"{name} have the {end} score in {percent(max(share, 1 - share))} of the pairs with one that is not"
            )
        else:
            evidence.append(f"{name} have neither clearly higher nor lower scores")
    if not said:
        return Direction(None, "; ".join(evidence) or "too few flags and confirmed findings to tell by")
    return Direction(said[0] if len(set(said)) == 1 else None, "; ".join(evidence))


def _share_above(score: Sequence[str], words: Sequence[str | None]) -> float | None:
    """Return in which share of pairs the row with "1" has the higher score; None with fewer than five of either."""
    pairs = [(number_of(cell), word) for cell, word in zip(score, words, strict=True) if cell and word in ("1", "0")]
    numbers = np.array([number for number, _ in pairs if number is not None])
    positive = np.array([word == "1" for number, word in pairs if number is not None], dtype=bool)
    if min(positive.sum(), (~positive).sum()) < FEWEST:
        return None
    return float(auroc(positive, numbers).value)
