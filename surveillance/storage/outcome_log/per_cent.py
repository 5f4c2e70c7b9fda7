"""Numbers that carry a per cent sign: what they are on the profile's scale, and where two readings are possible."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from surveillance.storage.outcome_log.holds import Holds
from surveillance.storage.outcome_log.profile_rules import ScoreScale

MIXED = "a score must carry a per cent sign in every row or in none"
MIXED_FIX = "0.5 beside 87 % may be 0.5 % or 50 %: write it with the sign, or format the whole column alike"
UNFIT = "a per cent sign must fit the scale of the score"
UNFIT_FIX = "the profile's scale ends at neither 1 nor 100: write the score as that scale has it, without the sign"


def signed_cells(cells: pa.Array) -> NDArray[np.bool_]:
    """Return which cells end in a per cent sign, bool, shape (n,).

    Examples
    --------
    >>> signed_cells(pa.array(["87 %", "8 %", "0.87", None])).tolist()
    [True, True, False, False]
    """
    found = pc.ends_with(cells, "%").fill_null(False)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)


def hold_doubtful_signs(
    cells: pa.Array, signed: NDArray[np.bool_], scale: ScoreScale, column: str, holds: Holds
) -> None:
    """Hold scores without the sign among others with it, on a scale of per cent; and the sign on any third scale.

    On a scale of 0 to 1 both say the same: 87 % and 0.87 are one score.
    """
    if scale.high == 100 and signed.any():
        filled = np.asarray(cells.is_valid().to_numpy(zero_copy_only=False), dtype=bool)
        holds.add(filled & ~signed, column, MIXED, MIXED_FIX, cells)
    elif not takes_sign(scale):
        holds.add(signed, column, UNFIT, UNFIT_FIX, cells, final=True)


def takes_sign(scale: ScoreScale) -> bool:
    """Return whether a per cent sign says something on a scale."""
    return scale.high == 100 or (scale.low, scale.high) == (0.0, 1.0)
