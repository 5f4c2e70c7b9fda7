"""How far one study moves a chart, in whole lattice steps."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveillance.detectors import RiskAdjustedCusum, TwoLimitPath, two_limit_path
from surveillance.detectors.two_limits import climb
from surveillance.domain.case_log import NEGATIVE, POSITIVE, PROCESSED
from surveillance.domain.study_frame import StudyFrame

Rows = NDArray[np.int64]
Truths = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Tally:
    """What a chart added up between two places of its stream.

    `events` of `studies`, `expected` events at the agreed rate. Of batches: how many, the studies in them, the
    baseline's AUROC, and as `seen` their mean one.
    """

    events: int
    studies: int
    expected: float
    seen: float | None = None


@dataclass(frozen=True, slots=True)
class Steps:
    """The lattice steps of every study under each truth.

    Attributes
    ----------
    from_truth : whether the chart waits for outcomes
    from_week : index of the week in which surveillance begins
    step : int64, shape (3, n); the step where the truth is negative, positive, or plays no part
    weight : float64, shape (3, n); the same as log-likelihood ratios, for the estimate of the onset
    event : bool, shape (3, n); whether the study is an event
    expect : float64, shape (3, n); events expected of it at the agreed rate
    counts : bool, shape (3, n); whether the chart counts the study at all, which one of risk 0 is too
    """

    from_truth: bool
    from_week: int
    step: NDArray[np.int64]
    weight: NDArray[np.float64]
    event: NDArray[np.bool_]
    expect: NDArray[np.float64]
    counts: NDArray[np.bool_]

    def of(self, rows: NDArray[np.int64], value: NDArray[np.int8]) -> NDArray[np.int64]:
        """Return the step of each study for its truth; an indeterminate truth moves nothing."""
        return self.step[self._column(value), rows]

    def walk(self, rows: Rows, value: Truths, alarm: int, action: int | None, restarts: Rows) -> TwoLimitPath:
        """Return the path over a whole stream and where it passed its limits."""
        return two_limit_path(self.of(rows, value), alarm, action, restarts)

    def onward(self, height: int, _charted: Rows, _value: Truths, rows: Rows, known: Truths) -> NDArray[np.int64]:
        """Return the heights at studies that follow those already charted: one study's step is its own."""
        return climb(self.of(rows, known), height)

    def tally(self, rows: NDArray[np.int64], value: NDArray[np.int8], zero: int, place: int) -> Tally:
        """Return what the studies after one place of a stream up to another added up."""
        some, truth = rows[zero + 1 : place + 1], value[zero + 1 : place + 1]
        return Tally(self.events(some, truth), self.studies(some, truth), self.expected(some, truth))

    def evidence(self, rows: NDArray[np.int64], value: NDArray[np.int8]) -> NDArray[np.float64]:
        """Return each study's log-likelihood ratio of changed against unchanged."""
        return self.weight[self._column(value), rows]

    def events(self, rows: NDArray[np.int64], value: NDArray[np.int8]) -> int:
        """Return how many of the studies are events."""
        return int(self.event[self._column(value), rows].sum())

    def studies(self, rows: NDArray[np.int64], value: NDArray[np.int8]) -> int:
        """Return how many of the studies the chart counts, also where a risk or a weight is nought."""
        return int(self.counts[self._column(value), rows].sum())

    def expected(self, rows: NDArray[np.int64], value: NDArray[np.int8]) -> float:
        """Return how many events the agreed rate would have given."""
        return float(self.expect[self._column(value), rows].sum())

    def _column(self, value: NDArray[np.int8]) -> NDArray[np.int64]:
        return np.where(value == POSITIVE, 1, np.where(value == NEGATIVE, 0, 2)).astype(np.int64)


def rate_steps(
    frame: StudyFrame, watches: str, worth: int, down: int, in_control: float, out_of_control: float, from_week: int
) -> Steps:
    """Return the steps of a Bernoulli chart: `worth - down` up for an event, `down` down for a study without."""
    log = frame.log
    n = len(log)
    step = np.zeros((3, n), dtype=np.int64)
    event = np.zeros((3, n), dtype=bool)
    counts = np.zeros((3, n), dtype=bool)
    if watches == "technical_failures":
        counts[2], event[2] = True, log.status != PROCESSED
    elif watches == "missed_positives":
        counts[1], event[1] = log.called >= 0, log.called == 0
    else:
        counts[0], event[0] = log.called >= 0, log.called == 1
    step[counts] = np.where(event[counts], worth - down, -down)
    gain = np.log(out_of_control / in_control)
    loss = np.log((1 - out_of_control) / (1 - in_control))
    weight = np.where(counts, np.where(event, gain, loss), 0.0)
    expect = np.where(counts, in_control, 0.0)
    return Steps(watches != "technical_failures", from_week, step, weight, event & counts, expect, counts)


def risk_steps(frame: StudyFrame, odds_ratio: float, steps_per_unit: int, from_week: int) -> Steps:
    """Return the steps of a risk-adjusted chart (Steiner 2000), on the lattice for which its limits were designed.

    W = y ln R - ln(1 - p + R p), the two weights of a study rounded as a pair so that the chart has no drift of its
    own from rounding: most triage scores are a few thousandths.
    """
    chart = RiskAdjustedCusum(limit=1.0, odds_ratio=odds_ratio, steps=steps_per_unit)
    given = ~np.isnan(frame.log.score)
    risk = np.where(given, frame.log.score, 0.0)
    truths = np.zeros(len(risk), dtype=bool), np.ones(len(risk), dtype=bool)
    weight, step = np.zeros((3, len(risk))), np.zeros((3, len(risk)), dtype=np.int64)
    for column, truth in enumerate(truths):
        weight[column] = np.where(given, chart.weights(truth, risk), 0.0)
        step[column] = np.where(given, chart.lattice_steps(truth, risk), 0)
    event = np.zeros((3, len(risk)), dtype=bool)
    event[1] = given
    expect = np.zeros((3, len(risk)))
    expect[0] = expect[1] = np.where(given, risk, 0.0)
    counts = np.array([given, given, np.zeros(len(risk), dtype=bool)])
    return Steps(True, from_week, step, weight, event, expect, counts)
