"""The charts of a surveillance plan: what each watches, the change worth detecting, its share of the budget."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from surveillance.domain.plan_part import Part, Rate, Share

Watched = Literal[
    "missed_positives", "false_flags", "technical_failures", "calibration", "outcome_given_risk", "batch_auroc"
]
Detector = Literal[
    "bernoulli_cusum", "risk_adjusted_cusum", "tabular_cusum", "ewma", "time_between_events", "poisson_cusum"
]
RATES = ("missed_positives", "false_flags", "technical_failures")
OF_BATCHES = ("tabular_cusum", "ewma")
OF_RATES = ("bernoulli_cusum", "time_between_events")
COUNTED_BY_WEEK = "technical_failures"  # the only events of which a week's number is known without their studies


class BudgetShare(Part):
    """The part of the deployment's budget that one chart may spend, in each tier."""

    alarm: Share = 0.0
    action: Share = 0.0


class Chart(Part):
    """One sequential chart: what it watches, the change worth detecting, and its share of the budget.

    `acceptable` is a rate (a standard, without estimation error) or "baseline": the rate of the met baseline
    itself. The unacceptable level is a rate or an odds ratio. For events so rare that hardly a month has one,
    `events_together` of them make a run of a time_between_events. A poisson_cusum counts events a week and takes
    means a week instead of rates. A chart of the AUROC in batches holds each against the
    met baseline's: `drop` is the fall worth detecting, `reference` is k of a CUSUM, in standard errors of a batch, and
    `weight` the lambda of an EWMA, the share of the newest batch in its average.
    """

    detector: Detector
    watches: Watched
    acceptable: Rate | Literal["baseline"] | None = None
    unacceptable: Rate | None = None
    unacceptable_odds_ratio: Annotated[float, Field(gt=1)] | None = None
    acceptable_per_week: Annotated[float, Field(gt=0)] | None = None
    unacceptable_per_week: Annotated[float, Field(gt=0)] | None = None
    events_together: int = Field(default=1, ge=1, le=20)
    odds_ratios: tuple[float, ...] = ()
    reference: float = Field(default=0.5, gt=0)
    weight: float = Field(default=0.1, ge=0.02, le=1)  # below, it would average more batches than a chart sees
    drop: float = Field(default=0.05, gt=0, lt=0.5)
    batch_positives: int = Field(default=10, ge=2)
    share_of_budget: BudgetShare
    may_recommend_stop: bool = False

    @model_validator(mode="after")
    def designed(self) -> "Chart":
        """Refuse a chart that cannot be designed or may not do what it claims."""
        if self.detector not in self._made_for():
            raise ValueError(f"'{self.watches}' is not watched by a {self.detector}")
        if self.detector == "poisson_cusum":
            self._check_counts()
        elif self.watches in RATES:
            self._check_rates()
        elif self.detector not in OF_BATCHES and (
            not self.odds_ratios or any(ratio <= 0 or ratio == 1 for ratio in self.odds_ratios)
        ):
            raise ValueError("'odds_ratios' must be positive and not 1")
        if self.share_of_budget.alarm <= 0:
            raise ValueError("share_of_budget.alarm must be above 0: a chart without a budget has no limit")
        if self.may_recommend_stop and self.share_of_budget.action <= 0:
            raise ValueError("share_of_budget.action must be above 0 for a chart that may recommend a stop")
        if self.may_recommend_stop and self.watches == "calibration":
            raise ValueError(
                "'may_recommend_stop' is refused: a chart on the AI's own scores also moves when prevalence moves"
            )
        return self

    def _made_for(self) -> tuple[str, ...]:
        if self.watches in RATES:
            return (*OF_RATES, "poisson_cusum") if self.watches == COUNTED_BY_WEEK else OF_RATES
        return OF_BATCHES if self.watches == "batch_auroc" else ("risk_adjusted_cusum",)

    def _check_rates(self) -> None:
        if self.acceptable is None or (self.unacceptable is None) == (self.unacceptable_odds_ratio is None):
            raise ValueError("needs 'acceptable', and either 'unacceptable' or 'unacceptable_odds_ratio'")
        if isinstance(self.acceptable, float) and self.unacceptable_rate(self.acceptable) <= self.acceptable:
            raise ValueError("'unacceptable' must be above 'acceptable'")
        if self.detector == "time_between_events" and not isinstance(self.acceptable, float):
            raise ValueError(
                "'acceptable' must be a rate for a time_between_events: a baseline tells the rate of rare events badly"
            )

    def _check_counts(self) -> None:
        low, high = self.acceptable_per_week, self.unacceptable_per_week
        if low is None or high is None or high <= low:
            raise ValueError("needs 'acceptable_per_week', and 'unacceptable_per_week' above it")
        if self.acceptable is not None or self.unacceptable is not None:
            raise ValueError("a poisson_cusum counts events a week and takes no rate: leave 'acceptable' out")

    @property
    def key(self) -> str:
        """Return the chart's name among those of its plan: the EWMA may stand beside the CUSUM of the same batches."""
        return f"{self.watches}:{self.detector}" if self.detector == "ewma" else self.watches

    def unacceptable_rate(self, acceptable: float) -> float:
        """Return the rate worth detecting beside an acceptable one: the plan's own, or by its odds ratio.

        >>> from surveillance.domain.plan_chart import BudgetShare, Chart
        >>> share = BudgetShare(alarm=0.4)
        >>> chart = Chart(detector="bernoulli_cusum", watches="false_flags", acceptable="baseline",
        ...     unacceptable_odds_ratio=2.0, share_of_budget=share)
        >>> round(chart.unacceptable_rate(0.10), 4)
        0.1818
        """
        if self.unacceptable is not None:
            return self.unacceptable
        assert self.unacceptable_odds_ratio is not None
        return odds_moved(acceptable, self.unacceptable_odds_ratio)


def odds_moved(rate: float, odds_ratio: float) -> float:
    """Return a rate whose odds are so many times those of another.

    >>> odds_moved(0.5, 3.0)
    0.75
    """
    return odds_ratio * rate / (1 - rate + odds_ratio * rate)
