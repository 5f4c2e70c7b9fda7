"""All charts of a deployment, each designed once and run week after week."""

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.baseline import BaselineState, risk_mix
from surveillance.domain.chart_design import TITLES, ChartDesign, rate_design, risk_designs
from surveillance.domain.chart_path import ChartPath
from surveillance.domain.chart_steps import rate_steps, risk_steps
from surveillance.domain.chart_stream import ChartStream, every_study, verified_stream
from surveillance.domain.maturity import Maturity
from surveillance.domain.plan import Plan
from surveillance.domain.plan_parts import Chart
from surveillance.domain.running_chart import RunningChart, waiting_chart
from surveillance.domain.study_frame import StudyFrame
from surveillance.domain.weeks import Week


class ChartSet:
    """The charts of one deployment from the week in which its plan takes effect."""

    def __init__(self, plan: Plan, site: str, frame: StudyFrame, maturity: Maturity) -> None:
        self._plan, self._site, self._frame, self._maturity = plan, site, frame, maturity
        self._begin = max(0, frame.index(Week.of(plan.effective_from)))
        self._verified = verified_stream(frame, maturity, self._begin)
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
            if chart.detector == "bernoulli_cusum":
                designs: tuple[ChartDesign, ...] = (rate_design(self._plan, chart, self._site),)
            else:
                risk, words = risk_mix(self._frame, self._plan, now.met, index)
                if risk is None:
                    title = TITLES[chart.watches]
                    paths.append(waiting_chart(chart.watches, title, self._frame, index, words))
                    continue
                designs = risk_designs(self._plan, chart, self._site, risk, words)
            redesigned = chart.detector == "risk_adjusted_cusum" and now.met != before.met
            for design in designs:
                path = self._run(design).at(as_of, self._maturity, known, index)
                paths.append(path.replayed() if redesigned else path)
        return tuple(paths)

    def _not_begun(self, chart: Chart, index: int) -> ChartPath:
        reason = f"This chart begins when the plan takes effect, on {self._plan.effective_from:%d/%m/%Y}."
        return waiting_chart(chart.watches, TITLES[chart.watches], self._frame, index, reason)

    def _run(self, design: ChartDesign) -> RunningChart:
        """Return the running chart of a design; a new design starts the chart again from the first week."""
        current = self._running.get(design.key)
        if current is None or current[0] != design:
            current = (design, self._start(design))
            self._running[design.key] = current
        return current[1]

    def _start(self, design: ChartDesign) -> RunningChart:
        frame, stream = self._frame, self._stream(design)
        if design.odds_ratio is not None:
            steps = risk_steps(frame, design.odds_ratio, self._begin)
        else:
            assert design.in_control is not None
            assert design.out_of_control is not None
            steps = rate_steps(
                frame, design.watches, design.steps_per_unit - 1, design.in_control, design.out_of_control, self._begin
            )
        decided = tuple(d.at for d in frame.log.decisions if d.chart == design.key)
        return RunningChart(frame, stream, design, steps, decided)

    def _stream(self, design: ChartDesign) -> ChartStream:
        return self._every if design.watches == "technical_failures" else self._verified
