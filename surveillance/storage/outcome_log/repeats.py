"""Find what a file says twice: merged where it says the same, told where it does not."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

CASE_KEY = ("case_id", "model", "version", "site")
ORDER_KEY = ("case_id", "site")
ROWS_AT_ONCE = 200_000
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


def contradicted_truths(frame: pd.DataFrame) -> NDArray[np.bool_]:
    """Mark the truths that another line contradicts: one study, one source, one moment, another finding.

    They are kept, and neither counts, as where the two lines stand in two files: what counts then rests on what was
    said, and not on how it was split into files.

    Examples
    --------
    >>> told = pd.DataFrame({"case_id": ["a", "a", "b"], "truth": [1, 0, 1]}).assign(
    ...     model="M", site="S", recorded_at=5, truth_source="report")
    >>> contradicted_truths(told).tolist()
    [True, True, False]
    """
    repeated = _repeated(frame, OUTCOME_KEY)
    if repeated.any():
        findings = frame[repeated].groupby(list(OUTCOME_KEY), dropna=False)["truth"].transform("nunique")
        repeated[repeated] = findings.to_numpy() > 1
    return repeated


def _repeated(frame: pd.DataFrame, key: tuple[str, ...]) -> NDArray[np.bool_]:
    """Return where a key stands more than once (bool, shape (rows,))."""
    repeated = _perhaps_repeated(np.asarray(frame[key[0]], dtype=object))
    rows = np.flatnonzero(repeated)
    if not len(rows):
        return repeated
    suspects = frame.iloc[rows]
    code, _ = pd.factorize(suspects[key[0]], use_na_sentinel=False)
    for name in key[1:]:
        codes, distinct = pd.factorize(suspects[name], use_na_sentinel=False)
        if len(distinct) > 1:
            code = pd.factorize(code)[0] * len(distinct) + codes
    repeated[rows] = np.asarray(pd.Series(code).duplicated(keep=False), dtype=bool)
    return repeated


def _perhaps_repeated(texts: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Return where a text may stand more than once: by its hash, which takes a tenth of the memory of a table of all.

    Two texts of one hash are looked at again by their words; a repeated text is never missed.
    """
    pieces = [
        pd.util.hash_array(texts[at : at + ROWS_AT_ONCE], categorize=False) for at in range(0, len(texts), ROWS_AT_ONCE)
    ]
    hashes = np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.uint64)
    ordered = np.sort(hashes)
    twice = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    if not len(twice):
        return np.zeros(len(texts), dtype=bool)
    place = np.minimum(np.searchsorted(twice, hashes), len(twice) - 1)
    return np.asarray(twice[place] == hashes, dtype=bool)
