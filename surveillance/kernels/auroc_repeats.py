"""The variance of the AUROC over many windows where some patients have several studies."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from surveillance.kernels.compile import kernel

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


def auroc_repeats(
    truth: ArrayLike,
    score: ArrayLike,
    weight: ArrayLike | None,
    patient: ArrayLike,
    start: ArrayLike,
    stop: ArrayLike,
) -> tuple[FloatArray, FloatArray]:
    """Return two variances of each span's AUROC: with repeat studies allowed for, and as if all were independent.

    They equal those of `metrics.auroc_clustered` and `metrics.auroc_weighted`.

    Parameters
    ----------
    truth : bool array of shape (n,)
    score : float array of shape (n,)
    weight : float array of shape (n,), or None
        One over the sampling fraction; above 0.
    patient : int array of shape (n,)
        A number from 0 for each patient with several studies, -1 for a study that stands alone.
    start, stop : int arrays of shape (k,)
        Span i holds rows start[i] to stop[i] - 1.

    Returns
    -------
    repeated, independent : float arrays of shape (k,)
        nan where a class has fewer than two patients, or two studies.
    """
    scores = np.asarray(score, dtype=np.float64)
    weights = np.ones(len(scores)) if weight is None else np.ascontiguousarray(weight, dtype=np.float64)
    patients = np.ascontiguousarray(patient, dtype=np.int64)
    order = np.argsort(scores, kind="stable").astype(np.int64)
    place = np.empty(len(scores), dtype=np.int64)
    place[order] = np.arange(len(scores))
    ranked = scores[order]
    level = np.cumsum(np.concatenate(([False], ranked[1:] != ranked[:-1])))[: len(scores)].astype(np.int64)
    return _spans(
        place,
        level,
        np.ascontiguousarray(truth, dtype=np.bool_)[order],
        weights[order],
        patients[order],
        int(patients.max(initial=-1)) + 1,
        np.ascontiguousarray(start, dtype=np.int64),
        np.ascontiguousarray(stop, dtype=np.int64),
    )


@kernel
def _spans(
    place: IntArray,
    level: IntArray,
    truth: NDArray[np.bool_],
    weight: FloatArray,
    patient: IntArray,
    patients: int,
    start: IntArray,
    stop: IntArray,
) -> tuple[FloatArray, FloatArray]:
    # Rows are named by their place in the order of scores, so sorting whole numbers sorts a span.
    spans = len(start)
    repeated = np.full(spans, np.nan)
    independent = np.full(spans, np.nan)
    sums = np.zeros((patients, 2))  # of each patient's negatives and positives
    cases = np.zeros((patients, 2), np.int64)
    for s in range(spans):
        block = np.sort(place[start[s] : stop[s]])
        rows = len(block)
        m = n = 0
        w1 = w0 = 0.0
        for at in block:
            if truth[at]:
                m += 1
                w1 += weight[at]
            else:
                n += 1
                w0 += weight[at]
        if m < 2 or n < 2:
            continue
        beaten = np.empty(rows)  # each study's placement among the other class
        below = under = area = 0.0
        i = 0
        while i < rows:
            first, p, q = i, 0.0, 0.0
            while i < rows and level[block[i]] == level[block[first]]:
                if truth[block[i]]:
                    p += weight[block[i]]
                else:
                    q += weight[block[i]]
                i += 1
            for j in range(first, i):
                beaten[j] = (below + 0.5 * q) / w0 if truth[block[j]] else (w1 - under - 0.5 * p) / w1
            area += p * (below + 0.5 * q) / (w1 * w0)
            below += q
            under += p
        squares, alone, groups = np.zeros(2), np.zeros(2), np.zeros(2, np.int64)
        together = 0
        for j in range(rows):
            at = block[j]
            side = 1 if truth[at] else 0
            part = weight[at] * (beaten[j] - area) / (w1 if truth[at] else w0)
            squares[side] += part * part
            if patient[at] < 0:
                alone[side] += part * part
                groups[side] += 1
                together += 1
            else:
                sums[patient[at], side] += part
                cases[patient[at], side] += 1
        both = 0.0
        for at in block:
            one = patient[at]
            if one < 0 or cases[one, 0] + cases[one, 1] == 0:
                continue
            for side in range(2):
                alone[side] += sums[one, side] * sums[one, side]
                groups[side] += 1 if cases[one, side] > 0 else 0
                cases[one, side] = 0
            both += sums[one, 0] * sums[one, 1]
            together += 1
            sums[one, 0] = sums[one, 1] = 0.0
        independent[s] = squares[0] * n / (n - 1) + squares[1] * m / (m - 1)
        if groups[0] > 1 and groups[1] > 1:
            own = alone[0] * groups[0] / (groups[0] - 1) + alone[1] * groups[1] / (groups[1] - 1)
            repeated[s] = own + 2.0 * both * together / (together - 1)
    return repeated, independent
