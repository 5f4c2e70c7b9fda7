"""The chart of batch AUROC: its two limits and what each costs."""

from dataclasses import dataclass

from surveillance.detectors import Ewma, TabularCusum
from surveillance.domain.drawn_chart import DrawnChart
from surveillance.metrics.auroc_baseline import BaselineAuroc


@dataclass(frozen=True, slots=True)
class AurocLimit:
    """One limit of the AUROC chart and what it costs, in batches.

    Attributes
    ----------
    limit : float
        h, in standard errors of a batch, or L of an EWMA, in standard deviations of the average; a path above it
        signals.
    run_length : float
        Mean number of batches between false alarms, if the baseline's AUROC is the true one.
    run_length_error : float
        Its standard error, from the finite simulation.
    run_length_p10 : float
        The run length that nine baselines in ten of this size exceed: the baseline's own error counted.
    run_length_p10_larger : float
        The same with the larger baseline of the design.
    delay_median, delay_p95 : int
        Batches to a signal after a sudden drop, from a chart at zero.
    chances : tuple of float
        Chance of a false alarm within each number of batches that the design was asked for, from a chart at zero.
    """

    limit: float
    run_length: float
    run_length_error: float
    run_length_p10: float
    run_length_p10_larger: float
    delay_median: int
    delay_p95: int
    chances: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class AurocChartDesign:
    """The chart of batch AUROC, ready to run.

    Attributes
    ----------
    baseline : BaselineAuroc
    batch_positives : int
        Positives that close a batch.
    positive_share : float
        Share of positives among the cases that come to the chart.
    chart : DrawnCusum or DrawnEwma
    drop : float
        The fall of the AUROC that the delays are for.
    larger_baseline : int
        Positives of the baseline that `run_length_p10_larger` is for.
    batches : int
        Batches simulated.
    alarm : AurocLimit
    action : AurocLimit, or None where the chart may not recommend
    """

    baseline: BaselineAuroc
    batch_positives: int
    positive_share: float
    chart: DrawnChart
    drop: float
    larger_baseline: int
    batches: int
    alarm: AurocLimit
    action: AurocLimit | None

    @property
    def alarm_chart(self) -> TabularCusum | Ewma:
        """Return the chart with its alarm limit."""
        return self.chart.with_limit(self.alarm.limit)

    @property
    def action_chart(self) -> TabularCusum | Ewma | None:
        """Return the chart with its action limit, or None where it has none."""
        return None if self.action is None else self.chart.with_limit(self.action.limit)

    @property
    def alarm_steps(self) -> int:
        """Return the alarm limit in whole steps: a path at or above it signals."""
        return self.chart.steps(self.alarm.limit)

    @property
    def action_steps(self) -> int | None:
        """Return the action limit in whole steps, or None where the chart has none."""
        return None if self.action is None else self.chart.steps(self.action.limit)
