"""The two kinds of column a statistic takes: yes-or-no flags and numbers."""

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Flags: TypeAlias = ArrayLike
Scores: TypeAlias = ArrayLike
BoolArray: TypeAlias = NDArray[np.bool_]
FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.int64]


def as_flags(values: Flags, name: str) -> BoolArray:
    """Return a column as booleans, refusing anything that is neither yes nor no.

    Raises
    ------
    ValueError
        If the column is not one-dimensional or holds something other than 0 and 1.

    Examples
    --------
    >>> as_flags([0, 1, 1], "truth").tolist()
    [False, True, True]
    """
    column = np.asarray(values)
    if column.ndim != 1:
        raise ValueError(f"{name} must be one column, got an array of shape {column.shape}")
    if column.dtype == np.bool_:
        return column
    flags = column == 1
    if not np.all(flags | (column == 0)):
        raise ValueError(f"{name} must hold 0 and 1 only: take unknown and indeterminate cases out first")
    return np.asarray(flags, dtype=np.bool_)


def as_scores(values: Scores, name: str) -> FloatArray:
    """Return a column as floats, refusing missing numbers.

    Raises
    ------
    ValueError
        If the column is not one-dimensional or a number is missing.
    """
    column = np.asarray(values, dtype=np.float64)
    if column.ndim != 1:
        raise ValueError(f"{name} must be one column, got an array of shape {column.shape}")
    if np.isnan(column).any():
        raise ValueError(f"{name} has missing numbers: take the cases without one out first")
    return column


def as_probabilities(values: Scores, name: str = "probability") -> FloatArray:
    """Return a column as probabilities, refusing what lies outside 0 to 1.

    Raises
    ------
    ValueError
        If a number is missing or lies outside 0 to 1.
    """
    column = as_scores(values, name)
    if column.size and (column.min() < 0.0 or column.max() > 1.0):
        raise ValueError(f"{name} must lie between 0 and 1, got {column.min():g} to {column.max():g}")
    return column


def require_same_length(first: NDArray[np.generic], second: NDArray[np.generic]) -> None:
    """Refuse two columns that do not describe the same cases.

    Raises
    ------
    ValueError
        If the lengths differ.
    """
    if len(first) != len(second):
        raise ValueError(f"columns must describe the same cases, got {len(first)} and {len(second)}")
