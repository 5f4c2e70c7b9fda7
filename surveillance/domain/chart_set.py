"""All charts of a deployment, each designed once and run week after week."""

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.auroc_chart import AurocChartDesign
from surveillance.domain.auroc_design import auroc_design
from surveillance.domain.baseline import BaselineState, risk_mix
from surveillance.domain.baseline_checks import with_check
from surveillance.domain.baseline_sample import FrozenBaseline
from surveillance.domain.chart_design import rate_design, risk_designs
from surveillance.domain.chart_path import ChartPath
from surveillance.domain.chart_stream import ChartStream, every_study, verified_stream
from surveillance.domain.chart_titles import chart_title
from surveillance.domain.count_design import count_design
from surveillance.domain.designed_chart import ChartDesign
from surveillance.domain.designed_walk import designed_walk
from surveillance.domain.gap_design import gap_design
from surveillance.domain.in_control import estimated, provisional, waiting_words
from surveillance.domain.maturity import Maturity, maturity
from surveillance.domain.own_rate import baseline_prevalence
from surveillance.domain.plan import Plan
from surveillance.domain.plan_parts import Chart
from surveillance.domain.running_chart import RunningChart, waiting_chart
from surveillance.domain.study_frame import StudyFrame
from surveillance.domain.truth_error import truth_has_error
from surveillance.domain.weeks import Week
from surveillance.errors import NotEstimable


class ChartSet:
    """The charts of one deployment from the week in which its plan takes effect."""

    def __init__(
        self, plan: Plan, site: str, frame: StudyFrame, grown: Maturity, others: tuple[StudyFrame, ...] = ()
    ) -> None:
        self._plan, self._site, self._frame, self._maturity = plan, site, frame, grown
        ready = (grown, *(maturity(plan, other) for other in others))
        self._baseline = FrozenBaseline(plan, (frame, *others), ready)
        self._checked: dict[ChartDesign, ChartDesign] = {}
        self._auroc: dict[str, tuple[ChartDesign, AurocChartDesign]] = {}
        self._begin = max(0, frame.index(Week.of(plan.effective_from)))
        self._verified = verified_stream(frame, grown, self._begin)
        self._every = every_study(frame, self._begin)
        self._running: dict[str, tuple[ChartDesign, RunningChart]] = {}

    def at(
        self, index: int, as_of: int, known: NDArray[np.int8], now: BaselineState, before: BaselineState
    ) -> tuple[ChartPath, ...]:
        """Return every chart as it stood at an `as_of`; ascending calls only."""
        if index < self._begin:
            return tuple(self._not_begun(chart, index) for chart in self._plan.chart)
        paths: list[ChartPath] = []
        for chart in self._plan.chart:
            try:
                designs = self._designs(chart, index, as_of, now)
            except NotEstimable as reason:
                paths.append(waiting_chart(chart.key, chart_title(chart), self._frame, index, reason.reason))
                continue
            anew = self._begins_anew(chart, index, as_of, now, before)
            for design in designs:
                path = self._run(self._check(design, as_of)).at(as_of, self._maturity, known, index)
                paths.append(path.replayed() if anew else path)
        return tuple(paths)

    def _designs(self, chart: Chart, index: int, as_of: int, now: BaselineState) -> tuple[ChartDesign, ...]:
        """Design a chart for what is known; a reason why it cannot be yet is raised, and the chart waits."""
        if chart.detector == "risk_adjusted_cusum":
            risk, words = risk_mix(self._frame, self._plan, now.met, index)
            try:
                return risk_designs(self._plan, chart, self._site, risk, words)
            except NotEstimable as reason:
                raise NotEstimable(f"This chart cannot be designed for this site's scores: {reason}") from reason
        if chart.detector == "time_between_events":
            return (gap_design(self._plan, chart, self._site),)
        if chart.detector == "poisson_cusum":
            return (count_design(self._plan, chart)[0],)
        make = self._auroc_design if chart.watches == "batch_auroc" else self._rate_design
        return (make(chart, as_of, now),)

    def _begins_anew(self, chart: Chart, index: int, as_of: int, now: BaselineState, before: BaselineState) -> bool:
        """Say whether a chart's whole line may differ from that of a week ago, because its design is new."""
        if chart.detector != "risk_adjusted_cusum":
            own = chart.acceptable == "baseline" or chart.watches == "batch_auroc"
            return own and as_of == self._baseline.at
        if now.met != before.met:
            return True
        try:
            risk_mix(self._frame, self._plan, before.met, index - 1)
        except NotEstimable:  # it waited until this week
            return True
        return False

    def _not_begun(self, chart: Chart, index: int) -> ChartPath:
        reason = f"This chart begins when the plan takes effect, on {self._plan.effective_from:%d/%m/%Y}."
        return waiting_chart(chart.key, chart_title(chart), self._frame, index, reason)

    def _rate_design(self, chart: Chart, as_of: int, state: BaselineState) -> ChartDesign:
        """Design a rate chart from the plan's standard, the frozen baseline's own rate, or acceptance values."""
        if chart.acceptable != "baseline":
            return rate_design(self._plan, chart, self._site)
        if as_of >= self._baseline.at:
            counts = self._baseline.counts(chart.watches)
            rates, source = estimated(self._plan, chart, self._site, *counts, self._prevalence(chart))
        else:
            rates, source = provisional(self._plan, chart, self._site, state)
        return rate_design(self._plan, chart, self._site, rates, source)

    def _prevalence(self, chart: Chart) -> float | None:
        """Return the true prevalence of the frozen baseline; None where no error of the truth asks for it."""
        if chart.watches == "technical_failures" or not truth_has_error(self._plan):
            return None
        counts = self._baseline.counts
        return baseline_prevalence(self._plan, counts("missed_positives"), counts("false_flags"))

    def _auroc_design(self, chart: Chart, as_of: int, state: BaselineState) -> ChartDesign:
        """Design the AUROC chart from the frozen baseline's scores, once; until then it waits."""
        if as_of < self._baseline.at:
            raise NotEstimable(f"This chart waits for the baseline ({waiting_words(state)}).")
        if chart.key not in self._auroc:
            truth, score = self._baseline.scored()
            self._auroc[chart.key] = auroc_design(self._plan, chart, self._site, chart_title(chart), truth, score)
        return self._auroc[chart.key][0]

    def _check(self, design: ChartDesign, as_of: int) -> ChartDesign:
        """Return the design with what the frozen baseline says of independence, asked once for each design."""
        if as_of < self._baseline.at or design.estimated.source == "acceptance" or design.watches == "batch_auroc":
            return design
        if design not in self._checked:
            seed = f"{self._plan.plan}/{self._plan.version}/{self._site}"
            self._checked[design] = with_check(design, self._baseline.own(design.watches), seed)
        return self._checked[design]

    def _run(self, design: ChartDesign) -> RunningChart:
        """Return the running chart of a design; a new design starts the chart again from the first week."""
        current = self._running.get(design.key)
        if current is None or current[0] != design:
            current = (design, self._start(design))
            self._running[design.key] = current
        return current[1]

    def _start(self, design: ChartDesign) -> RunningChart:
        frame, stream = self._frame, self._stream(design)
        drawn = self._auroc[design.key][1] if design.watches == "batch_auroc" else None
        steps = designed_walk(self._plan, design, frame, self._begin, drawn)
        decided = tuple(d.at for d in frame.log.decisions if d.chart == design.key)
        return RunningChart(frame, stream, design, steps, decided)

    def _stream(self, design: ChartDesign) -> ChartStream:
        return self._every if design.watches == "technical_failures" else self._verified
