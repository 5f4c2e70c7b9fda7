"""Designs of the chart of rare events, and of the XmR chart, which has no run length but a rate of false marks."""

import numpy as np
from numpy.typing import NDArray

from surveillance.detectors.time_between_events import TimeBetweenEvents
from surveillance.detectors.xmr import xmr_false_alarm_rate
from surveillance.kernels.compile import kernel
from tests.simulation.run_length_rows import Design, Quantity

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
GAPS = ((0.001, 0.01, 10_000, 1), (0.001, 0.004, 20_000, 2), (0.0005, 0.003, 40_000, 3))
WEEKS, OWN_RUNS = 52, 1_000
NEVER = 10_000


def gap_designs() -> list[Design]:
    """Return every chart of rare events in control and at the rate worth detecting."""
    designs = []
    for low, high, run_length, together in GAPS:
        chart = TimeBetweenEvents.design(
            in_control=low, out_of_control=high, run_length=run_length, events_together=together
        )
        for rate, words in ((low, "in control"), (high, "at the rate worth detecting")):
            within = int(chart.delay_quantile(rate=rate, share=0.5))
            share = float(chart.run_length_distribution(rate=rate, events=within))
            designs.append(
                Design(
                    "time_between_events",
                    f"{together} together, {low:g} to {high:g}, asked {run_length} studies",
                    (
                        Quantity(f"mean {words}", chart.run_length(rate=rate)),
                        Quantity(f"share within the median, {words}", share, within),
                    ),
                    lambda rng, runs, rate=rate, r=together, limit=chart.limit: gap_run_lengths(
                        rng, rate, r, limit, runs
                    ),
                )
            )
    return designs


def gap_run_lengths(rng: np.random.Generator, rate: float, together: int, limit: float, runs: int) -> IntArray:
    """Return studies until so many events have come within so few studies; gaps are geometric."""
    lengths = np.zeros(runs, dtype=np.int64)
    going = np.arange(runs)
    while going.size:
        counted = rng.geometric(rate, (going.size, together)).sum(axis=1)
        lengths[going] += counted
        going = going[counted > limit]
    return lengths


def xmr_designs() -> list[Design]:
    """Return the share of stable years with at least one mark, limits known or from a baseline."""
    designs = []
    for baseline, words in ((None, "limits known"), (24, "limits from 24 weeks"), (12, "limits from 12 weeks")):
        own = xmr_false_alarm_rate(
            points=WEEKS, baseline=baseline, runs=OWN_RUNS, rng=np.random.default_rng([43, baseline or 0])
        )
        quantity = Quantity(f"share of stable years with a mark, {words}", own.value, WEEKS, own.standard_error or 0.0)
        designs.append(
            Design(
                "xmr",
                "four rules, 52 independent normal weeks",
                (quantity,),
                lambda rng, runs, n=baseline: first_marks(rng, n or 0, runs),
            )
        )
    return designs


def first_marks(rng: np.random.Generator, baseline: int, runs: int) -> IntArray:
    """Return the week of the first mark of each stable year; limits are known where the baseline is 0."""
    return _marks(rng, baseline, runs)


@kernel
def _marks(rng: np.random.Generator, baseline: int, runs: int) -> IntArray:
    found = np.full(runs, NEVER)
    for run in range(runs):
        mean, spread = 0.0, 3.0
        if baseline:
            past = np.empty(baseline)
            for i in range(baseline):
                past[i] = rng.standard_normal()
            ranges = np.abs(np.diff(past))
            kept = ranges[ranges < 3.267 * ranges.mean()]
            mean, spread = past.mean(), 2.66 * (kept.mean() if len(kept) else ranges.mean())
        rises, falls, above, below = 0, 0, 0, 0
        near = np.zeros(3)  # the outer third of the last three points, and their sides
        side = np.zeros(3)
        last = 0.0
        for week in range(1, WEEKS + 1):
            value = rng.standard_normal()
            away = value - mean
            rises = rises + 1 if week > 1 and value > last else 0
            falls = falls + 1 if week > 1 and value < last else 0
            above = above + 1 if away > 0 else 0
            below = below + 1 if away < 0 else 0
            side[0], side[1], side[2] = side[1], side[2], np.sign(away)
            outer = np.sign(away) if 2.0 / 3.0 * spread < abs(away) <= spread else 0.0
            near[0], near[1], near[2] = near[1], near[2], outer
            together = week > 2 and abs(side.sum()) == 3.0 and abs(near.sum()) >= 2.0
            last = value
            if abs(away) > spread or together or max(rises, falls) >= 6 or max(above, below) >= 7:
                found[run] = week
                break
    return found
