"""The surveillance plan: what is watched, how, and who answers."""

import tomllib
from datetime import date
from importlib import resources
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, ValidationError, field_validator, model_validator

from surveillance.domain.plan_parts import (
    AcceptanceValue,
    Baseline,
    Budget,
    Chart,
    Kpi,
    Part,
    Population,
    Trigger,
    Truth,
    Volume,
    Windows,
)
from surveillance.errors import InvalidPlan, NotFound

SCORE_METRICS = frozenset(
    {
        "auroc",
        "brier",
        "observed_expected",
        "calibration_intercept",
        "calibration_slope",
        "expected_calibration_error",
    }
)
FLAG_METRICS = frozenset(
    {"sensitivity", "specificity", "positive_predictive_value", "negative_predictive_value", "flag_rate"}
)
THROUGHPUT_METRICS = frozenset({"processed_share", "failed_share", "turnaround_median", "turnaround_p95"})
SHARES = FLAG_METRICS | {"auroc", "processed_share", "failed_share"}
KPI_METRICS = SCORE_METRICS | FLAG_METRICS | THROUGHPUT_METRICS


class Plan(Part):
    """A versioned plan for one model version at one or more sites; a signed one is never edited."""

    plan: str = Field(min_length=1)
    version: int = Field(ge=1)
    model: str = Field(min_length=1)
    version_of_model: str = Field(min_length=1)
    sites: tuple[str, ...] = Field(min_length=1)
    pathway: str = ""
    finding: str = "positive"
    score: Literal["probability", "score", "none"] = "probability"
    gives_flag: bool = True
    external_risk: bool = False
    zone: str = "Europe/London"
    owner: Literal["rc_ai", "deputy", "radiographer", "safety_officer"] = "rc_ai"
    effective_from: date
    expected_per_week: Volume
    baseline: Baseline
    acceptance: dict[str, AcceptanceValue] = Field(default_factory=dict)
    population: Population = Population()
    truth: Truth
    windows: Windows = Windows()
    kpi: tuple[Kpi, ...] = ()
    budget: Budget = Budget()
    chart: tuple[Chart, ...] = Field(min_length=1)
    trigger: tuple[Trigger, ...] = ()

    @property
    def weeks(self) -> tuple[int, ...]:
        """Return the trailing windows in weeks, ascending."""
        return self.windows.weeks

    @field_validator("zone")
    @classmethod
    def known_zone(cls, zone: str) -> str:
        """Refuse a time zone that does not exist: weeks could not be told apart."""
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"'{zone}' is not a time zone; write it like Europe/London") from error
        return zone

    @model_validator(mode="after")
    def consistent(self) -> "Plan":
        """Refuse a plan whose parts contradict each other."""
        names, keys = [chart.watches for chart in self.chart], [chart.key for chart in self.chart]
        if len(set(keys)) != len(keys):
            twice = next(key for key in keys if keys.count(key) > 1)
            raise ValueError(
                f"chart: each thing is watched by one chart, and '{twice}' by {keys.count(twice)}; only 'batch_auroc'"
                " may have two, a tabular_cusum and an ewma"
            )
        for tier in ("alarm", "action"):
            spent = sum(getattr(chart.share_of_budget, tier) for chart in self.chart)
            if spent > 1 + 1e-9:
                raise ValueError(f"chart: the {tier} shares of the budget add up to {spent:.2f}, at most 1")
        for kpi in self.kpi:
            self._check_kpi(kpi)
        for chart in self.chart:
            self._check_chart(chart)
        for trigger in self.trigger:
            missing = [name for name in trigger.on if name not in names]
            if missing:
                raise ValueError(f"trigger: no chart in this plan watches '{missing[0]}'")
            able = {chart.watches for chart in self.chart if chart.may_recommend_stop}
            barred = [name for name in trigger.on if name not in able]
            if trigger.then == "recommend stop-use" and (not trigger.on or trigger.when != "action limit crossed"):
                raise ValueError(
                    "trigger: a stop is recommended 'on' named charts, 'when' their action limit is crossed"
                )
            if trigger.then == "recommend stop-use" and barred:
                raise ValueError(f"trigger: the chart of '{barred[0]}' may not recommend a stop")
        return self

    def _check_kpi(self, kpi: Kpi) -> None:
        if kpi.metric not in KPI_METRICS:
            raise ValueError(f"kpi: '{kpi.metric}' is not a metric; one of {', '.join(sorted(KPI_METRICS))}")
        if kpi.metric in SHARES and not 0 < kpi.threshold < 1:
            raise ValueError(f"kpi: the threshold of '{kpi.metric}' is a share between 0 and 1, not {kpi.threshold:g}")
        if kpi.window not in self.weeks:
            raise ValueError(f"kpi: '{kpi.metric}' asks for {kpi.window} weeks, which windows.weeks does not list")
        if kpi.metric in SCORE_METRICS and self.score == "none":
            raise ValueError(f"kpi: '{kpi.metric}' needs a score and this product gives none")
        if kpi.metric in FLAG_METRICS and not self.gives_flag:
            raise ValueError(f"kpi: '{kpi.metric}' needs a flag and this product gives none")

    def _check_chart(self, chart: Chart) -> None:
        if chart.watches in ("calibration", "outcome_given_risk", "batch_auroc") and self.score == "none":
            raise ValueError(f"chart: '{chart.watches}' needs a score and this product gives none")
        if chart.watches in ("calibration", "outcome_given_risk") and self.score == "score":
            raise ValueError(
                f"chart: '{chart.watches}' needs a score that is a probability: against a score that promises nothing"
                " it would alarm for ever. Say score = 'probability' where the product's score is one, or leave it out"
            )
        fraction = self.truth.audit_fraction_unflagged
        if chart.watches == "batch_auroc" and fraction < 1:
            raise ValueError(
                f"chart: 'batch_auroc' is refused at truth.audit_fraction_unflagged = {fraction:g}: the weighted AUROC"
                " is shown, not charted: this chart needs every study verified"
            )
        if chart.detector == "poisson_cusum" and len({self.expected_per_week.at(site) for site in self.sites}) > 1:
            raise ValueError(
                "chart: a poisson_cusum needs sites of one volume, since its means a week are of each site"
            )
        if chart.detector == "time_between_events" and isinstance(chart.acceptable, float):
            volume = self.expected_per_week
            shares = {"missed_positives": volume.prevalence, "false_flags": 1 - volume.prevalence}
            often = volume.studies * shares.get(chart.watches, 1.0) * chart.acceptable
            if often >= chart.events_together:
                raise ValueError(
                    f"chart: '{chart.watches}' has about {often:.1f} events a week at the acceptable rate: a"
                    " time_between_events is for rarer ones, watch these with a bernoulli_cusum"
                )
        if chart.watches == "outcome_given_risk" and not self.external_risk:
            raise ValueError("chart: 'outcome_given_risk' needs external_risk = true; else watch 'calibration'")
        if chart.watches in ("missed_positives", "false_flags") and not self.gives_flag:
            raise ValueError(f"chart: '{chart.watches}' needs a flag and this product gives none")


def load_plan(text: str) -> Plan:
    """Read a plan from TOML, or refuse it with the field named.

    >>> load_plan("plan = 'x'")
    Traceback (most recent call last):
    ...
    surveillance.errors.InvalidPlan: The plan is refused. version: Field required. ...
    """
    try:
        return Plan.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise InvalidPlan(f"The plan is not valid TOML: {error}.") from error
    except ValidationError as error:
        raise InvalidPlan("The plan is refused. " + " ".join(_sentence(e) for e in error.errors())) from error


def _sentence(error: object) -> str:
    assert isinstance(error, dict)
    where = ".".join(str(part + 1) if isinstance(part, int) else str(part) for part in error["loc"])
    message = str(error["msg"]).removeprefix("Value error, ")
    return f"{where + ': ' if where else ''}{message}."


def plan_templates() -> tuple[str, ...]:
    """Return the names of the plan templates that ship with the product."""
    folder = resources.files("surveillance.domain.plan_templates")
    return tuple(sorted(p.name.removesuffix(".toml") for p in folder.iterdir() if p.name.endswith(".toml")))


def plan_template(name: str) -> str:
    """Return the TOML of a shipped template, to be filled in and signed."""
    if name not in plan_templates():
        raise NotFound(f"There is no plan template '{name}'; there are {', '.join(plan_templates())}.")
    return (resources.files("surveillance.domain.plan_templates") / f"{name}.toml").read_text(encoding="utf-8")
