"""AUROC over many windows with its positives in two groups: verified with certainty, and found by an audit."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from surveillance.kernels.compile import kernel

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
COLUMNS = (
    "area", "negatives_variance", "sampled_cases", "sampled_weight", "sampled_squares",
    "certain_cases", "certain_total", "certain_squares", "certain_area", "certain_variance",
    "found_cases", "found_total", "found_squares", "found_area", "found_variance",
)  # fmt: skip


def auroc_strata(
    truth: ArrayLike, score: ArrayLike, weight: ArrayLike, start: ArrayLike, stop: ArrayLike
) -> dict[str, FloatArray]:
    """Return the parts of each span's weighted AUROC, as `metrics.auroc_weighted` takes them apart.

    Parameters
    ----------
    truth : bool array of shape (n,)
    score : float array of shape (n,)
        On any scale where higher means disease; no nan.
    weight : float array of shape (n,)
        One over the sampling fraction, above 0; cases of more than 1 were sampled.
    start, stop : int arrays of shape (k,)
        Span i holds rows start[i] to stop[i] - 1.

    Returns
    -------
    dict of float arrays of shape (k,)
        By the names of `COLUMNS`; nan where absent. `sampled_*` sum over sampled cases of both classes.
    """
    scores = np.asarray(score, dtype=np.float64)
    order = np.argsort(scores, kind="stable").astype(np.int64)
    place = np.empty(len(scores), dtype=np.int64)
    place[order] = np.arange(len(scores))
    ranked = scores[order]
    level = np.cumsum(np.concatenate(([False], ranked[1:] != ranked[:-1])))[: len(scores)].astype(np.int64)
    table = _strata(
        place,
        level,
        np.ascontiguousarray(truth, dtype=np.bool_)[order],
        np.ascontiguousarray(weight, dtype=np.float64)[order],
        np.ascontiguousarray(start, dtype=np.int64),
        np.ascontiguousarray(stop, dtype=np.int64),
    )
    return {name: table[:, column] for column, name in enumerate(COLUMNS)}


@kernel
def _strata(
    place: IntArray,
    level: IntArray,
    truth: NDArray[np.bool_],
    weight: FloatArray,
    start: IntArray,
    stop: IntArray,
) -> FloatArray:
    # The certain positives have columns 5 to 9, the found 10 to 14: cases, total, squares, area, variance.
    table = np.full((len(start), 15), np.nan)
    for s in range(len(start)):
        block = np.sort(place[start[s] : stop[s]])
        size = len(block)
        table[s, 2:8] = 0.0
        table[s, 10:13] = 0.0
        w0 = 0.0
        n = 0
        for at in block:
            w = weight[at]
            if w > 1.0:
                table[s, 2] += 1.0
                table[s, 3] += w
                table[s, 4] += w * w
            if truth[at]:
                group = 10 if w > 1.0 else 5
                table[s, group] += 1.0
                table[s, group + 1] += w
                table[s, group + 2] += w * w
            else:
                w0 += w
                n += 1
        w1 = table[s, 6] + table[s, 11]
        if w1 == 0.0 or w0 == 0.0:
            continue
        sums = np.zeros(4)  # placements of certain and found positives; then their squared deviations
        s01 = 0.0
        for sweep in range(2):
            below = 0.0
            under = 0.0
            i = 0
            while i < size:
                stand = i
                p = 0.0
                q = 0.0
                while i < size and level[block[i]] == level[block[stand]]:
                    if truth[block[i]]:
                        p += weight[block[i]]
                    else:
                        q += weight[block[i]]
                    i += 1
                v10 = (below + 0.5 * q) / w0
                v01 = (w1 - under - 0.5 * p) / w1
                for at in block[stand:i]:
                    w = weight[at]
                    if not truth[at]:
                        if sweep == 1:
                            s01 += (w * (v01 - table[s, 0])) ** 2
                        continue
                    group = 1 if w > 1.0 else 0
                    if sweep == 0:
                        sums[group] += w * v10
                    else:
                        sums[2 + group] += (w * (v10 - table[s, 8 + 5 * group])) ** 2
                below += q
                under += p
            if sweep == 0:
                table[s, 0] = (sums[0] + sums[1]) / w1
                for group in range(2):
                    if table[s, 5 + 5 * group] > 0.0:
                        table[s, 8 + 5 * group] = sums[group] / table[s, 6 + 5 * group]
        if n > 1:
            table[s, 1] = s01 / (w0 * w0) * n / (n - 1)
        for group in range(2):
            m = table[s, 5 + 5 * group]
            if m > 1.0:
                total = table[s, 6 + 5 * group]
                table[s, 9 + 5 * group] = sums[2 + group] / (total * total) * m / (m - 1.0)
    return table
