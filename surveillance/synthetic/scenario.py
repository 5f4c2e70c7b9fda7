"""A scenario: a department, what is planted in its log and when, and what surveillance should make of it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from surveillance.synthetic.change import Change
from surveillance.synthetic.department import Department

Chart = Literal["missed_positives", "false_flags", "technical_failures", "calibration"]
Expected = Literal["alarm", "watch", "nothing", "outcomes overdue"]
Rates = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scenario:
    """What a synthetic log contains, with the exact rates that were planted week by week.

    Attributes
    ----------
    onset_week : index of the first changed week counted from the log's start; None where nothing changes
    fault : what is planted, in one sentence
    harms_performance : True where the AI itself serves patients worse
    chart : the chart made for this change; None where no chart is
    expected : the strongest answer that surveillance should give
    verification : "full" (every study has its truth) or "audit 10 %" (a tenth of the unflagged)
    reference : "adjudication" (free of error), "report" (98 % sensitive, 99.5 % specific) or "mixed"
        (four in five flagged studies adjudicated, the rest closed on the report)
    seed, first_monday : the seed and the start of the log that is shipped
    """

    name: str
    title: str
    model: str
    version: str
    sites: tuple[str, ...]
    description: str
    onset_week: int | None
    fault: str
    harms_performance: bool
    chart: Chart | None
    expected: Expected
    plan_template: Literal["ich-triage", "ich-triage-verified", "lvo-triage"]
    verification: Literal["full", "audit 10 %"]
    reference: Literal["adjudication", "report", "mixed"]
    department: Department
    seed: int
    change: Change = field(default_factory=Change)
    first_monday: date = date(2025, 3, 3)

    @property
    def audit_fraction(self) -> float:
        """Return the share of unflagged studies drawn for a reference reading."""
        return 1.0 if self.verification == "full" else 0.1

    @property
    def truth_sources(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the sources of truth for flagged and for unflagged studies, best first, for the plan."""
        if self.reference == "report":
            return ("report",), ("report",)
        return (("adjudication", "report") if self.reference == "mixed" else ("adjudication",)), ("audit",)

    def progress(self, week: ArrayLike) -> Rates:
        """Return how much of the change has come in each week, 0 before the onset and 1 once complete.

        A ramp is constant within a week, at its mid-week value.
        """
        weeks = np.asarray(week, dtype=np.float64)
        if self.onset_week is None:
            return np.zeros_like(weeks)
        if not self.change.ramp_weeks:
            return np.asarray(weeks >= self.onset_week, dtype=np.float64)
        return np.clip((weeks - self.onset_week + 0.5) / self.change.ramp_weeks, 0.0, 1.0) * (weeks >= self.onset_week)

    def miss_rate(self, week: ArrayLike) -> Rates:
        """Return the planted share of positives that the AI does not flag, by week index."""
        before = 1 - self.department.reading.sensitivity
        after = before if self.change.miss_rate is None else self.change.miss_rate
        return before + (after - before) * self.progress(week)

    def hardest_share(self, week: ArrayLike) -> Rates:
        """Return the share of the hardest kind among positives that realises the planted miss rate.

        The miss rate is linear in this share, so the planted path is exact.
        """
        reading = self.department.reading
        before = reading.shares[-1]
        after = before if self.change.miss_rate is None else reading.hardest_share(self.change.miss_rate)
        return np.asarray(before + (after - before) * self.progress(week))

    def false_flag_rate(self, week: ArrayLike) -> Rates:
        """Return the planted share of negatives that the AI flags, over all scanners, by week index."""
        before = 1 - self.department.reading.specificity
        touched = self.change.share_of(self.department.scanners) if self.change.false_flag_odds != 1 else 0.0
        after = self.change.false_flag_rate(before)
        return before + touched * (after - before) * self.progress(week)

    def failure_rate(self, week: ArrayLike) -> Rates:
        """Return the planted share of studies that the AI does not process, by week index."""
        before = self.department.failed_share
        after = before if self.change.failed_share is None else self.change.failed_share
        touched = self.change.share_of(self.department.scanners)
        return before + touched * (after - before) * self.progress(week)

    def prevalence(self, week: ArrayLike) -> Rates:
        """Return the planted share of studies with disease, by week index."""
        settings = self.department.settings
        before = sum(setting.share * setting.prevalence for setting in settings)
        return before * (1 + (self.change.prevalence_ratio - 1) * self.progress(week))
