"""How long a chart takes along the path that a scenario plants: the exact law, apart from the code it tests."""

from math import ceil

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, ndtr

from surveillance.domain.chart_design import ChartDesign
from surveillance.synthetic import Scenario

REPEATS, RECORDED = 0.05, 0.99 * 0.995  # charts leave repeats out; 1 % of truths never come, .5 % are undecided
MEDIAN, SPREAD, MATURE_AT = 10.0, 0.75, 0.80  # days until an audited truth; the share at which a week is charted
CERTAIN = 0.95


def label_lag(scenario: Scenario, chart: str) -> int:
    """Return the weeks by which the chart trails the studies in 19 weeks of 20; a failure needs no outcome.

    A week is charted when four in five of its audited truths are there. On average that is after 19 days, but where
    a tenth is audited a week has some 22 of them, and in one week of seven that takes longer than three weeks.
    """
    if chart == "technical_failures":
        return 0
    rate, studies = stream(scenario, "false_flags", 0)
    audited = round(studies * (1 - rate))
    lag = 0
    while _charted(audited, lag) < CERTAIN:
        lag += 1
    return lag


def _charted(audited: int, weeks: int) -> float:
    """Return the chance that four in five of a week's audited truths are there so many weeks after its end."""
    ages = 7.0 * weeks + np.linspace(0.0, 7.0, 57)[1:]
    there = RECORDED * float(ndtr(np.log(ages / MEDIAN) / SPREAD).mean())
    return 1.0 - float(bdtr(ceil(MATURE_AT * audited) - 1, audited, there))


def stream(scenario: Scenario, chart: str, week: int) -> tuple[float, float]:
    """Return the rate of a chart's events in a week of the log, and how many studies move it in that week.

    Only verified studies move it: at an audit fraction f a miss rate m is m f / (m f + 1 - m) of the verified
    positives, and a false-flag rate q is q / (q + (1 - q) f) of the verified negatives.
    """
    studies = scenario.department.studies_per_week * (1 - REPEATS)
    failed = float(scenario.failure_rate(week))
    if chart == "technical_failures":
        return failed, studies
    f, prevalence = scenario.audit_fraction, float(scenario.prevalence(week))
    if chart == "missed_positives":
        missed = float(scenario.miss_rate(week))
        seen, events, share = missed * f + 1 - missed, missed * f, prevalence
    else:
        wrong = float(scenario.false_flag_rate(week))
        seen, events, share = wrong + (1 - wrong) * f, wrong, 1 - prevalence
    return events / seen, studies * (1 - failed) * share * seen * RECORDED


def chance_by_week(scenario: Scenario, design: ChartDesign, begin: int, weeks: int) -> NDArray[np.float64]:
    """Return the chance that the chart has passed its alarm limit within 1, 2, ... weeks of the onset.

    The chart stands at zero when surveillance begins and sees the agreed rates until the onset; charts that
    have raised a false alarm by then are left out. Plain matrix arithmetic on the lattice: up for an event,
    down without one, nothing below zero, absorbed at the limit (Brook & Evans 1972).
    """
    assert scenario.onset_week is not None
    size, down = design.alarm_steps, design.steps_down
    up = design.steps_per_unit - down
    state = np.zeros(size)
    state[0] = 1.0
    chances = []
    carried = 0.0
    for week in range(begin, scenario.onset_week + weeks):
        if week == scenario.onset_week:
            state /= state.sum()
        rate, volume = stream(scenario, design.watches, week)
        carried += volume
        matrix = _one_study(size, up, down, rate)
        for _ in range(int(carried)):
            state = state @ matrix
        carried -= int(carried)
        if week >= scenario.onset_week:
            chances.append(1.0 - state.sum())
    return np.array(chances)


def _one_study(size: int, up: int, down: int, rate: float) -> NDArray[np.float64]:
    """Return the chances of moving between heights below the limit with one study."""
    matrix = np.zeros((size, size))
    for height in range(size):
        matrix[height, max(height - down, 0)] += 1 - rate
        if height + up < size:
            matrix[height, height + up] += rate
    return matrix


def weeks_until(scenario: Scenario, design: ChartDesign, begin: int, share: float) -> int:
    """Return the weeks from the onset within which that share of charts has alarmed."""
    chances = chance_by_week(scenario, design, begin, 150)
    return int(np.searchsorted(chances, share)) + 1
