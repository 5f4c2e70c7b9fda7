"""What the logs of a scenario made the surveillance say, counted, with the errors of the simulation."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.stats import beta, chi2

from surveillance.domain.chart_design import ChartDesign
from surveillance.synthetic import SCENARIOS, Scenario
from tests.scenarios.planted_path import label_lag, weeks_until
from tests.scenarios.play import Play, begins, designs, plan_for, plays

PERIOD = 104
MATURE = 3  # weeks at the end of a log that are not charted yet
BEYOND = 8


@dataclass(frozen=True)
class Findings:
    """All plays of one scenario; a play is one deployment's log."""

    scenario: Scenario
    weeks: int
    deadline: int | None
    plays: tuple[Play, ...]

    @property
    def begin(self) -> int:
        """Return the first week under surveillance."""
        return begins(self.scenario, plan_for(self.scenario))

    @cached_property
    def waits(self) -> np.ndarray:
        """Return the weeks from the onset until the chart made for the fault had alarmed; 999 where it had not."""
        onset, chart = self.scenario.onset_week, self.scenario.chart
        assert onset is not None
        found = []
        for play in self.plays:
            raised = [s.known for s in play.signals if s.chart == chart and s.limit == "alarm" and s.week >= onset]
            standing = [known for week, known in play.beyond.get(str(chart), ()) if week >= onset]
            found.append(min([*raised, *standing], default=998 + onset) - onset + 1)
        return np.array(found)

    @property
    def in_time(self) -> int:
        """Return how many logs alarmed by the chart made for the fault within the deadline."""
        assert self.deadline is not None
        return int((self.waits <= self.deadline).sum())

    @property
    def recommendations(self) -> int:
        """Return how many stop-use recommendations all logs made."""
        return sum(len(play.recommendations) for play in self.plays)

    @property
    def periods(self) -> float:
        """Return how many periods of 104 charted weeks the logs hold together."""
        return len(self.plays) * (self.weeks - self.begin - MATURE) / PERIOD

    def heard(self, chart: str, level: str) -> int:
        """Return how many logs had a signal of a chart (or of one direction of it) since the onset."""
        onset = self.scenario.onset_week or 0
        return sum(
            any(s.chart.split(":")[0] == chart and s.level == level and s.week >= onset for s in play.signals)
            for play in self.plays
        )

    def alarms(self) -> int:
        """Return how many alarms at level `alarm` all logs raised at alarm limits."""
        return sum(s.limit == "alarm" and s.level == "alarm" for play in self.plays for s in play.signals)


def explore(name: str, logs: int, processes: int) -> Findings:
    """Play a scenario: with a fault, past its deadline; without one, for 104 weeks of complete outcomes."""
    scenario = SCENARIOS[name]
    begin = begins(scenario, plan_for(scenario))
    deadline = None
    weeks = begin + PERIOD + MATURE
    if scenario.harms_performance:
        deadline = weeks_until(scenario, _design(scenario), begin, 0.95) + label_lag(scenario, str(scenario.chart))
        weeks = (scenario.onset_week or 0) + deadline + BEYOND
    return Findings(scenario, weeks, deadline, tuple(plays(name, logs, weeks, processes)))


def _design(scenario: Scenario) -> ChartDesign:
    return designs(scenario)[str(scenario.chart)]


def poisson_range(count: int, exposure: float, confidence: float = 0.95) -> tuple[float, float]:
    """Return the exact interval of a rate (Garwood 1936); its lower end alone has confidence (1 + c) / 2."""
    tail = (1 - confidence) / 2
    low = chi2.ppf(tail, 2 * count) / 2 if count else 0.0
    return float(low / exposure), float(chi2.ppf(1 - tail, 2 * count + 2) / 2 / exposure)


def share_range(count: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the exact interval of a share (Clopper & Pearson 1934)."""
    tail = (1 - confidence) / 2
    low = beta.ppf(tail, count, n - count + 1) if count else 0.0
    high = beta.ppf(1 - tail, count + 1, n - count) if count < n else 1.0
    return float(low), float(high)
