"""Designs of the charts of batch AUROC: their limits come by simulation, so that its own error counts too."""

from functools import cache
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.auroc_chart import AurocChartDesign
from surveillance.domain.auroc_limits import auroc_chart_design
from surveillance.kernels.compile import kernel
from tests.simulation.run_length_rows import Design, Quantity

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BASELINE_POSITIVES, DISTANCE = 400, 1.5
# Positives a batch, share of positives among the cases, run lengths of the two limits, and the share of runs.
BATCHES = ((10, 0.08, 100, 370, 0.2), (20, 0.08, 100, 370, 0.1), (50, 0.20, 100, 200, 0.1), (100, 0.20, 50, 100, 0.1))

WEIGHT = 0.1  # of the EWMA, on the batches of fewest positives, whose AUROC is most skewed
AVERAGES = BATCHES[:2]


@cache
def baseline(share: float) -> tuple[NDArray[np.bool_], FloatArray]:
    """Return the scores of a baseline: binormal, AUROC about .856."""
    truth = np.arange(round(BASELINE_POSITIVES / share)) < BASELINE_POSITIVES
    return truth, np.random.default_rng(41).standard_normal(len(truth)) + DISTANCE * truth


@cache
def designed(positives: int, share: float, alarm: int, action: int, weight: float | None = None) -> AurocChartDesign:
    """Return the product's design on that baseline."""
    truth, score = baseline(share)
    return auroc_chart_design(
        truth,
        score,
        alarm_run_length=alarm,
        action_run_length=action,
        rng=np.random.default_rng(42),
        batch_positives=positives,
        weight=weight,
    )


def auroc_designs() -> list[Design]:
    """Return the charts with each of their limits: the CUSUM for batches of 10 to 100 positives, the EWMA to 20."""
    designs = []
    for chart, weight, batches in (("tabular_cusum", None, BATCHES), ("ewma", WEIGHT, AVERAGES)):
        words = "" if weight is None else f"weight {weight:g}, "
        for m, share, alarm, action, runs_share in batches:
            made = designed(m, share, alarm, action, weight)
            for limit, asked in ((made.alarm, alarm), (made.action, action)):
                designs.append(
                    Design(
                        chart,
                        f"{words}AUROC of batches of {m} positives, prevalence {share:g}, asked {asked} batches",
                        (Quantity("mean in control", limit.run_length, None, limit.run_length_error),),
                        lambda rng, runs, m=m, share=share, h=limit.limit, weight=weight: (
                            batch_run_lengths(rng, share, m, 0.5, h, runs)
                            if weight is None
                            else batch_run_lengths(rng, share, m, 0.0, h * sqrt(weight / (2 - weight)), runs, weight)
                        ),
                        runs_share,
                    )
                )
    return designs


def batch_run_lengths(
    rng: np.random.Generator,
    share: float,
    batch: int,
    reference: float,
    limit: float,
    runs: int,
    weight: float = 0.0,
) -> IntArray:
    """Return batches to a signal when cases come one by one, drawn from the baseline's own scores.

    The path is max(0, S - z - k), or with a weight the average (1 - w) e - w z (Roberts 1959).

    A case is positive with the stated share; a batch closes at its last positive. z is its AUROC less the
    baseline's over the exact standard error of a U-statistic, from all pairs of the baseline (Lee 1990).
    """
    truth, score = baseline(share)
    positive, negative = score[truth], np.sort(score[~truth])
    wins = np.searchsorted(negative, positive) / len(negative)
    losses = 1.0 - np.searchsorted(np.sort(positive), negative) / len(positive)
    area, m, n = float(wins.mean()), len(positive), len(negative)
    pair = area * (1.0 - area) * m * n / (m * n - 1.0)
    first = (wins.var(ddof=1) - pair / n) / (1.0 - 1.0 / n)
    second = (losses.var(ddof=1) - pair / m) / (1.0 - 1.0 / m)
    # A positive is known by how many of the baseline's negatives lie below it: that is all that AUROC asks.
    place = np.searchsorted(negative, positive)
    return _batches(rng, share, place, n, batch, area, first, second, pair, reference, limit, weight, runs)


@kernel
def _batches(
    rng: np.random.Generator,
    share: float,
    place: IntArray,
    negatives: int,
    batch: int,
    area: float,
    first: float,
    second: float,
    pair: float,
    reference: float,
    limit: float,
    weight: float,
    runs: int,
) -> IntArray:
    lengths = np.empty(runs, np.int64)
    seen = np.empty(batch, np.int64)
    for run in range(runs):
        level, batches = 0.0, 0
        while True:
            n = 0
            while n == 0:  # a batch needs a negative
                n = rng.negative_binomial(batch, share)
            for i in range(batch):
                seen[i] = place[int(rng.random() * len(place))]
            ranked = np.sort(seen)
            won = 0
            for _ in range(n):
                own = int(rng.random() * negatives)  # its rank among the baseline's negatives
                low, high = 0, batch
                while low < high:
                    middle = (low + high) // 2
                    if ranked[middle] <= own:
                        low = middle + 1
                    else:
                        high = middle
                won += batch - low
            variance = ((n - 1.0) * first + (batch - 1.0) * second + pair) / (batch * n)
            z = (won / (batch * n) - area) / np.sqrt(variance)
            level = (1.0 - weight) * level - weight * z if weight > 0.0 else max(0.0, level - z - reference)
            batches += 1
            if level > limit:
                break
        lengths[run] = batches
    return lengths
