"""The parts of a surveillance plan, each checked where it stands."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from surveillance.domain.plan_chart import BudgetShare as BudgetShare
from surveillance.domain.plan_chart import Chart as Chart
from surveillance.domain.plan_chart import Watched as Watched
from surveillance.domain.plan_chart import odds_moved as odds_moved
from surveillance.domain.plan_part import Part as Part
from surveillance.domain.plan_part import Rate, Share

Source = Literal["report", "adjudication", "follow_up", "audit"]
Condition = Literal["action limit crossed", "version never seen", "outcomes overdue", "log missing"]


class Volume(Part):
    """What a site is expected to send; run lengths in years are run lengths in studies by these figures."""

    studies: float = Field(gt=0)
    prevalence: Rate
    lowest_prevalence: Rate | None = None
    by_site: dict[str, float] = Field(default_factory=dict)

    def at(self, site: str) -> float:
        """Return the studies expected in a week at one site."""
        return self.by_site.get(site, self.studies)


class Baseline(Part):
    """The accepted reference period; short of its minimum the deployment is provisional."""

    start: date = Field(alias="from")
    end: date = Field(alias="to")
    minimum_positives: int = Field(default=200, ge=1)
    minimum_batches: int = Field(default=1, ge=1)
    pool_sites: bool = False

    @model_validator(mode="after")
    def in_order(self) -> "Baseline":
        """Refuse a baseline that ends before it begins."""
        if self.end <= self.start:
            raise ValueError("'to' must be later than 'from'")
        return self


class AcceptanceValue(Part):
    """A figure a deployment is judged against until its own baseline is met, and where it comes from."""

    value: Rate
    source: str = Field(min_length=1)


class Population(Part):
    """The estimand: which studies count, and how."""

    include: str = "eligible by RIS"
    failed: Literal["exclude"] = "exclude"
    indeterminate: Literal["count, do not score"] = "count, do not score"
    repeat_window_days: int = Field(default=30, ge=0)


class TruthError(Part):
    """What the reference standard itself is known to get wrong."""

    sensitivity: Share = 1.0
    specificity: Share = 1.0


class Delays(Part):
    """How late truths are expected, in days, in each stratum; by then most have arrived."""

    flagged: float = Field(default=14.0, gt=0)
    audited: float = Field(default=30.0, gt=0)


class Windows(Part):
    """The trailing windows in weeks on which figures are shown."""

    weeks: tuple[int, ...] = (1, 4, 13)

    @model_validator(mode="after")
    def ascending(self) -> "Windows":
        """Refuse windows that are not a list of rising whole weeks."""
        if not self.weeks or list(self.weeks) != sorted(set(self.weeks)) or self.weeks[0] < 1:
            raise ValueError("list the windows in weeks, ascending, each at least 1")
        return self


class Truth(Part):
    """Which reference standard counts in each stratum, how much of it is audited and how late it comes."""

    flagged: tuple[Source, ...] = Field(min_length=1)
    unflagged: tuple[Source, ...] = Field(min_length=1)
    error: TruthError = TruthError()
    audit_fraction_unflagged: Annotated[float, Field(gt=0, le=1)] = 1.0
    expected_delay_days: Delays = Delays()
    mature_at: Annotated[float, Field(gt=0, le=1)] = 0.80


class Kpi(Part):
    """A metric on a window with its threshold; beyond it the verdict takes colour, and nothing else happens."""

    metric: str
    window: int = Field(ge=1)
    threshold: float
    better: Literal["higher", "lower"]


class Budget(Part):
    """How many false alarms, and false stop-use recommendations, all charts together may make in a year."""

    alarms_per_year: float = Field(default=1.0, gt=0)
    recommendations_per_year: float = Field(default=0.1, gt=0)
    fault_every_years: float = Field(default=3.0, gt=0)


class Trigger(Part):
    """A rule that turns a signal or a plain fact into an alarm or a stop-use recommendation."""

    when: Condition
    on: tuple[Watched, ...] = ()
    then: Literal["alarm", "recommend stop-use"]
    answer_within_hours: float = Field(gt=0)
