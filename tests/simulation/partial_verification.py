"""The cost of partial verification: how soon a growing share of positives not flagged is found, by audit."""

from dataclasses import dataclass
from functools import cache
from zlib import crc32

import numpy as np

from surveillance.detectors import BernoulliCusum
from surveillance.domain.budget import line
from surveillance.domain.plan import Plan, load_plan, plan_template
from surveillance.domain.verification import stream_rates
from tests.simulation.audited_stream import SLICES, Fault, Steps, exact_law, mean_of, quantile_of, simulated_delays

SEED = 20_262
RUNS, FEW = 20_000, 1_000
AUDITS = (1.0, 0.5, 0.25, 0.1)
RAMP, STEP = Fault(0.10, 0.20, 26.0), Fault(0.10, 0.20, 0.0)
FOUND_WITHIN = 26.0
QUIET = 52.0
# statistics.md, section 4: mean, late percentile (90th; 95th for the step), share found within 26 weeks.
REFERENCE = {
    ("ramp", 2, 1.0): (14.0, 22.0, 0.98),
    ("ramp", 2, 0.5): (16.0, 26.0, 0.92),
    ("ramp", 2, 0.25): (19.0, 31.0, 0.80),
    ("ramp", 2, 0.1): (26.0, 46.0, 0.58),
    ("ramp", 16, 1.0): (19.0, 27.0, 0.89),
    ("ramp", 16, 0.1): (47.0, 81.0, 0.19),
    ("step", 2, 1.0): (3.6, 8.3, None),
}


@dataclass(frozen=True)
class Setting:
    """A chart of positives that the AI did not flag, designed by the product for an audit and a run length."""

    kind: str
    years: int
    audit: float

    @property
    def fault(self) -> Fault:
        """Return what is planted."""
        return RAMP if self.kind == "ramp" else STEP

    @property
    def late(self) -> float:
        """Return the late percentile that is compared."""
        return 0.90 if self.kind == "ramp" else 0.95


@dataclass(frozen=True)
class Design:
    """The product's chart, as a walk, with what it is designed for."""

    steps: Steps
    in_control: float
    out_of_control: float
    positives_a_week: float
    verified_a_week: float
    run_length_weeks: float


@dataclass(frozen=True)
class Delay:
    """Mean and late percentile in weeks, share found within 26 weeks; with Monte Carlo errors where simulated."""

    mean: float
    late: float
    found: float
    mean_error: float = 0.0
    late_error: float = 0.0
    found_error: float = 0.0


def settings() -> tuple[Setting, ...]:
    """Return every row of the table."""
    ramps = [Setting("ramp", years, audit) for years in (2, 16) for audit in AUDITS]
    return (*ramps, *(Setting("step", 2, audit) for audit in AUDITS))


def plan_with(audit: float) -> Plan:
    """Return the shipped bleed template with a share of unflagged studies audited."""
    content = load_plan(plan_template("ich-triage")).model_dump(by_alias=True)
    content["truth"]["audit_fraction_unflagged"] = audit
    return Plan.model_validate(content)


@cache
def design(setting: Setting) -> Design:
    """Return the chart by the product's own path: the plan's rates, translated, and the limit by its run length."""
    plan = plan_with(setting.audit)
    planned = next(chart for chart in plan.chart if chart.watches == "missed_positives")
    rates = stream_rates(plan, planned, plan.sites[0])
    asked = line(1.0 / setting.years, 1.0, rates.events_per_week).events
    chart = BernoulliCusum.design(in_control=rates.in_control, out_of_control=rates.out_of_control, run_length=asked)
    up, down = chart.steps([True, False]).tolist()
    return Design(
        Steps(up, -down, chart.limit_steps), rates.in_control, rates.out_of_control,
        rates.events_per_week / (0.90 + 0.10 * setting.audit), rates.events_per_week,
        chart.run_length(rates.in_control) / rates.events_per_week,
    )  # fmt: skip


@cache
def exact(setting: Setting, *, quiet: bool = False) -> Delay:
    """Return the delay by the exact law."""
    made = design(setting)
    law = exact_law(made.steps, setting.fault, setting.audit, made.positives_a_week, quiet)
    within = float(np.interp(FOUND_WITHIN, np.arange(1, len(law) + 1) / SLICES, law))
    return Delay(mean_of(law), quantile_of(law, setting.late), within)


def simulated(setting: Setting, runs: int, *, quiet: float = 0.0) -> Delay:
    """Return the delay by simulation, with its errors; that of the percentile by batches of runs."""
    made = design(setting)
    rng = np.random.default_rng([SEED, crc32(f"{setting}{quiet}".encode())])
    delays = simulated_delays(rng, made.steps, setting.fault, setting.audit, made.positives_a_week, quiet, runs)
    batches = np.quantile(delays.reshape(20, -1), setting.late, axis=1)
    found = float(np.mean(delays <= FOUND_WITHIN))
    return Delay(
        float(delays.mean()), float(np.quantile(delays, setting.late)), found,
        float(delays.std(ddof=1)) / runs**0.5, float(batches.std(ddof=1)) / 20**0.5,
        max(found * (1.0 - found), 0.5 / runs) ** 0.5 / runs**0.5,
    )  # fmt: skip
