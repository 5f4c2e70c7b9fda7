"""Local quadratic regression at a few points of many sorted cases: the fast twin of a loess."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from surveillance.kernels.compile import kernel

FloatArray = NDArray[np.float64]
SPAN = 0.75  # as in metrics.smooth_calibration


def local_quadratic(
    truth: ArrayLike, probability: ArrayLike, weight: ArrayLike, at: ArrayLike, span: float = SPAN
) -> FloatArray:
    """Return Cleveland's local quadratic fit with tricube weights, exactly ("direct"), at the points asked for.

    Parameters
    ----------
    truth : bool array of shape (n,)
    probability : float array of shape (n,)
        Ascending.
    weight : float array of shape (n,)
        One over the sampling fraction.
    at : float array of shape (k,)
    span : float
        The share of cases in a neighbourhood.

    Returns
    -------
    float array of shape (k,), nan where a neighbourhood holds too few different probabilities
    """
    return _fits(
        np.ascontiguousarray(truth, dtype=np.bool_),
        np.ascontiguousarray(probability, dtype=np.float64),
        np.ascontiguousarray(weight, dtype=np.float64),
        np.ascontiguousarray(at, dtype=np.float64),
        int(np.floor(len(np.asarray(truth)) * span + 1e-5)),
    )


@kernel
def _fits(
    truth: NDArray[np.bool_], probability: FloatArray, weight: FloatArray, at: FloatArray, count: int
) -> FloatArray:
    n = len(probability)
    fitted = np.full(len(at), np.nan)
    if count < 3 or count > n:
        return fitted
    for k in range(len(at)):
        # The nearest `count` cases lie side by side: find where that block begins.
        low, high = 0, n - count
        while low < high:
            middle = (low + high) // 2
            if at[k] - probability[middle] > probability[middle + count] - at[k]:
                low = middle + 1
            else:
                high = middle
        reach = max(at[k] - probability[low], probability[low + count - 1] - at[k])
        if reach <= 0.0:
            continue
        s0, s1, s2, s3, s4 = 0.0, 0.0, 0.0, 0.0, 0.0
        t0, t1, t2 = 0.0, 0.0, 0.0
        for i in range(low, low + count):
            x = (probability[i] - at[k]) / reach
            far, distance = x * x, min(abs(x), 1.0)
            w = weight[i] * (1.0 - distance * distance * distance) ** 3
            s0 += w
            s1 += w * x
            s2 += w * far
            s3 += w * far * x
            s4 += w * far * far
            if truth[i]:
                t0 += w
                t1 += w * x
                t2 += w * far
        # Cramer's rule for the value at the point itself; the share guards against a line or a point of cases.
        d0 = s2 * s4 - s3 * s3
        d1 = s1 * s4 - s2 * s3
        d2 = s1 * s3 - s2 * s2
        whole = s0 * d0 - s1 * d1 + s2 * d2
        if whole <= 1e-10 * s0 * s2 * s4:
            continue
        fitted[k] = (t0 * d0 - t1 * d1 + t2 * d2) / whole
    return fitted
