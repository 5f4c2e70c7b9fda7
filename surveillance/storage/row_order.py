"""The order of a log's rows: by their own times and contents, never by the order in which files came."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray


def in_order(frame: pd.DataFrame, time: str, ties: Sequence[str]) -> pd.DataFrame:
    """Return rows by a time, and where two times are equal by further columns, missing values last.

    Times are whole numbers and mostly differ: texts are compared only where they decide.

    >>> rows = pd.DataFrame({"at": [2, 1, 2], "case_id": ["b", "c", "a"]})
    >>> in_order(rows, "at", ["case_id"])["case_id"].tolist()
    ['c', 'a', 'b']
    """
    at = frame[time].to_numpy(dtype=np.int64)
    place = np.argsort(at, kind="stable")
    same = at[place[1:]] == at[place[:-1]]
    tied = np.concatenate((same, [False])) | np.concatenate(([False], same)) if len(at) else np.zeros(0, dtype=bool)
    if tied.any():
        rows = place[tied]
        among = frame.iloc[rows]
        place[tied] = rows[np.lexsort((*(ranks(among[name]) for name in reversed(ties)), at[rows]))]
    return frame.iloc[place].reset_index(drop=True)


def ranks(column: "pd.Series[Any]", *, highest_first: bool = False) -> NDArray[np.int64]:
    """Return each value's place among the distinct values of a column; missing values come last either way.

    >>> ranks(pd.Series(["b", None, "a"])).tolist(), ranks(pd.Series([0.2, 0.9]), highest_first=True).tolist()
    ([1, 2, 0], [1, 0])
    """
    codes, distinct = pd.factorize(column, sort=True)
    place = len(distinct) - 1 - codes if highest_first else codes
    return np.where(codes < 0, len(distinct), place).astype(np.int64)
