"""One designed chart: its limits in whole steps and in the chart's unit, and what each of them costs."""

from dataclasses import dataclass, replace

from surveillance.domain.chart_cost import Tier
from surveillance.domain.in_control import InControl
from surveillance.domain.independence import Independence


@dataclass(frozen=True, slots=True)
class ChartDesign:
    """One chart, ready to run: its limits in lattice steps and in the chart's unit, and what they cost.

    `alarm` and `action` say what each limit costs; `action` is None where the chart may not recommend a stop.
    For rate charts `in_control` and `asked_out_of_control` are what the chart sees: the plan's rates carried to
    the verified stream; `out_of_control` is the second tuned so that the lattice is exact. `estimated` says
    where the in-control value comes from, `check` what the baseline's weeks said of independence. `together` is the
    number of rare events that make a run, for a chart of the time between events, `weight` the share of the newest
    value in an EWMA.
    """

    key: str
    watches: str
    title: str
    change: str
    level: str
    unit: str
    steps_per_unit: int
    steps_down: int
    alarm_steps: int
    action_steps: int | None
    events_per_week: float
    alarm: Tier
    action: Tier | None
    in_control: float | None
    out_of_control: float | None
    asked_out_of_control: float | None
    odds_ratio: float | None
    estimated: InControl
    check: Independence | None = None
    detector: str = ""
    together: int = 1
    weight: float | None = None

    @property
    def alarm_limit(self) -> float:
        """Return the alarm limit in the chart's unit."""
        return self.alarm_steps / self.steps_per_unit

    @property
    def action_limit(self) -> float | None:
        """Return the stop-use limit in the chart's unit, if the chart may recommend a stop."""
        return None if self.action_steps is None else self.action_steps / self.steps_per_unit

    @property
    def alarm_years(self) -> float:
        """Return the average time between false alarms in years."""
        return self.alarm.stated_years

    @property
    def action_years(self) -> float | None:
        """Return the average time between false recommendations in years, if the chart may make any."""
        return None if self.action is None else self.action.stated_years

    @property
    def delay_median(self) -> float:
        """Return the weeks within which half of all real changes pass the alarm limit."""
        return self.alarm.delay_median

    @property
    def delay_p95(self) -> float:
        """Return the weeks within which 95 % of all real changes pass the alarm limit."""
        return self.alarm.delay_p95

    def checked(self, check: Independence, alarm_factor: float, action_factor: float) -> "ChartDesign":
        """Return the design with what its baseline's weeks said; a factor of 1 leaves a run length exact."""
        if not check.found:
            return replace(self, check=check)
        action = None if self.action is None else self.action.simulated(action_factor)
        return replace(self, check=check, alarm=self.alarm.simulated(alarm_factor), action=action)
