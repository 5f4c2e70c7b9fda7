"""The variable life-adjusted display beside a risk-adjusted chart: expected less observed, week by week."""

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.chart_steps import Steps
from surveillance.metrics import vlad


def weekly_vlad(
    steps: Steps, rows: NDArray[np.int64], value: NDArray[np.int8], week: NDArray[np.int64], last: int
) -> NDArray[np.float64]:
    """Return the display after each week up to the last charted one; nan before the first counted study.

    Parameters
    ----------
    steps : the steps of a risk-adjusted chart, which hold each study's risk
    rows, value, week : int arrays of shape (s,); the studies charted, their truth, and the week they are drawn in
    last : index of the last week charted
    """
    line = np.full(last + 1, np.nan)
    truth = np.where(value == 1, 1, 0)
    counted = (value >= 0) & (value <= 1) & steps.counts[truth, rows]
    if not counted.any():
        return line
    path = vlad(truth[counted], steps.expect[truth, rows][counted]).path
    place = np.searchsorted(week[counted], np.arange(last + 1), side="right") - 1
    line[place >= 0] = path[place[place >= 0]]
    return line
