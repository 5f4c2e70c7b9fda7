"""Find what a file says twice: merged where it says the same, told where it does not."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from surveillance.storage.outcome_log.holds import Holds

CASE_KEY = ("case_id", "model", "version", "site")
ORDER_KEY = ("case_id", "site")
OUTCOME_KEY = ("case_id", "model", "site", "recorded_at", "truth_source")


@dataclass(frozen=True, slots=True)
class Merged:
    """A frame without its word-for-word repeats.

    Attributes
    ----------
    merged : rows left out because they repeat another one
    differing : rows whose key stands more than once with different content
    lines : lines of the rows that were left out
    """

    frame: pd.DataFrame
    merged: int
    differing: int
    lines: frozenset[int]


def merge_repeats(frame: pd.DataFrame, key: tuple[str, ...]) -> Merged:
    """Leave out rows that repeat an earlier one in every column but the line.

    Examples
    --------
    >>> frame = pd.DataFrame({"line": [2, 3, 4], "case_id": ["a", "a", "a"], "score": [0.1, 0.1, 0.2]})
    >>> result = merge_repeats(frame, ("case_id",))
    >>> result.merged, result.differing, result.frame["line"].tolist()
    (1, 2, [2, 4])
    """
    repeated = _repeated(frame, key)
    if not repeated.any():
        return Merged(frame, 0, 0, frozenset())
    suspects = frame[repeated]
    again = suspects.drop(columns="line").duplicated()
    lost = suspects.index[again.to_numpy()]
    kept = frame.drop(index=lost)
    differing = int(_repeated(kept, key).sum())
    return Merged(kept.reset_index(drop=True), len(lost), differing, frozenset(frame.loc[lost, "line"].tolist()))


def hold_conflicting_truths(frame: pd.DataFrame, row: NDArray[np.int64], column: str, holds: Holds) -> None:
    """Hold every row whose truth is contradicted at the same moment by the same source.

    `row` (int64, shape (len(frame),)) says which table row each outcome stands in.
    """
    repeated = _repeated(frame, OUTCOME_KEY)
    if not repeated.any():
        return
    suspects = frame[repeated]
    readings = suspects.groupby(list(OUTCOME_KEY), dropna=False)["truth"].transform("nunique")
    broken = np.zeros(len(holds.held), dtype=bool)
    places = np.flatnonzero(repeated)[readings.to_numpy() > 1]
    broken[row[places]] = True
    holds.add(
        broken, column, "a study has one truth at one moment from one source",
        "two lines contradict each other, neither counts: remove the wrong one, or date the correction",
        None,
    )  # fmt: skip


def _repeated(frame: pd.DataFrame, key: tuple[str, ...]) -> NDArray[np.bool_]:
    """Return where a key stands more than once (bool, shape (rows,))."""
    code, distinct = pd.factorize(frame[key[0]], use_na_sentinel=False)
    if len(distinct) == len(frame):
        return np.zeros(len(frame), dtype=bool)
    for name in key[1:]:
        codes, distinct = pd.factorize(frame[name], use_na_sentinel=False)
        if len(distinct) > 1:
            code = pd.factorize(code)[0] * len(distinct) + codes
    return np.asarray(pd.Series(code).duplicated(keep=False), dtype=bool)
