"""Who is scanned: a few patients come twice within a month, and their two truths go together."""

import numpy as np
from numpy.typing import NDArray

from surveillance.synthetic.arrivals import DAY

REPEAT_SHARE = 0.05
SAME_TRUTH = 0.5  # correlation of the truths of a patient's two studies
AGE_BANDS, AGE_SHARES = ("0-39", "40-64", "65-74", "75+"), (0.16, 0.27, 0.20, 0.37)
SEXES, SEX_SHARES = ("F", "M"), (0.51, 0.49)


def first_study(rng: np.random.Generator, acquired_at: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each study the row of its patient's first study: its own row unless it is a repeat.

    A repeat follows 1 to 30 days after a first study, never after another repeat.
    """
    rows = np.arange(len(acquired_at))
    drawn = rng.random(len(rows)) < REPEAT_SHARE
    wanted = acquired_at - (rng.uniform(1.0, 30.0, len(rows)) * DAY).astype(np.int64)
    earlier = np.minimum(np.searchsorted(acquired_at, wanted), rows)
    known = drawn & (earlier < rows) & ~drawn[earlier] & (wanted >= acquired_at[:1].sum())
    return np.where(known, earlier, rows)


def draw(rng: np.random.Generator, shares: tuple[float, ...], size: int) -> NDArray[np.int64]:
    """Draw category numbers with the given shares."""
    edges = np.cumsum(shares)[:-1]
    return np.searchsorted(edges, rng.random(size), side="right").astype(np.int64)


def truths(rng: np.random.Generator, prevalence: NDArray[np.float64], first: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Draw whether each study shows disease; a repeat shares the first study's truth half of the time."""
    fresh = rng.random(len(first)) < prevalence
    shared = rng.random(len(first)) < SAME_TRUTH
    return np.where(shared, fresh[first], fresh)
