"""From the plan's rates to the rates a chart really sees: imperfect truth first, then partial verification."""

from dataclasses import dataclass

from surveillance.domain.plan import Plan
from surveillance.domain.plan_parts import Chart
from surveillance.metrics import (
    apparent_false_flag_rate,
    apparent_miss_rate,
    verified_false_flag_rate,
    verified_miss_rate,
)

MOST_FAILED = 0.5  # a count a week beyond half of the studies says that the volume is wrong
DEFAULT_MISS, DEFAULT_FALSE_FLAG, DEFAULT_FAILURE = 0.10, 0.05, 0.03
ACCEPTANCE = {  # the acceptance value of each watched rate, and whether it is of the opposite event
    "missed_positives": ("sensitivity", True),
    "false_flags": ("specificity", True),
    "technical_failures": ("failed_share", False),
}


@dataclass(frozen=True, slots=True)
class StreamRates:
    """In- and out-of-control rates of a chart's events, and how many events a week brings."""

    in_control: float
    out_of_control: float
    events_per_week: float


def acceptable(plan: Plan, watches: str, default: float) -> float:
    """Return the acceptable rate of what a chart watches, or a default where the plan has no such chart.

    Where the plan leaves the rate to the baseline, the acceptance value stands in for it: it only sizes the stream.
    """
    for chart in plan.chart:
        if chart.watches == watches and isinstance(chart.acceptable, float):
            return chart.acceptable
        if chart.watches == watches and chart.acceptable == "baseline":
            return accepted_rate(plan, watches) or default
        if chart.watches == watches and chart.acceptable_per_week is not None:
            return min(chart.acceptable_per_week / plan.expected_per_week.studies, MOST_FAILED)
    return default


def accepted_rate(plan: Plan, watches: str) -> float | None:
    """Return the rate that the plan's acceptance values give for what a chart watches, if they do."""
    name, opposite = ACCEPTANCE.get(watches, ("", False))
    if name not in plan.acceptance:
        return None
    return 1 - plan.acceptance[name].value if opposite else plan.acceptance[name].value


def stream_rates(plan: Plan, chart: Chart, site: str) -> StreamRates:
    """Translate a rate chart's acceptable and unacceptable rates to the stream of verified studies.

    The truth's stated error is taken at the prevalence the plan declares that gives the highest in-control
    rate, so that a fall in prevalence alone does not alarm; its cost is a longer delay. Then only audited
    unflagged studies have a truth, so at an audit fraction f a miss rate m is m f / (m f + 1 - m) of the
    verified positives (Begg & Greenes 1983).
    """
    assert isinstance(chart.acceptable, float)
    both = chart.acceptable, chart.unacceptable_rate(chart.acceptable)
    volume = plan.expected_per_week
    studies = volume.at(site)
    if chart.watches == "technical_failures":
        return StreamRates(*both, studies)
    fraction = plan.truth.audit_fraction_unflagged
    processed = studies * (1 - acceptable(plan, "technical_failures", DEFAULT_FAILURE))
    miss = acceptable(plan, "missed_positives", DEFAULT_MISS)
    false_flag = acceptable(plan, "false_flags", DEFAULT_FALSE_FLAG)
    prevalence = volume.prevalence
    if chart.watches == "missed_positives":
        rates = (_apparent_miss(plan, rate, false_flag) for rate in both)
        low, high = (verified_miss_rate(rate, fraction) for rate in rates)
        verified = processed * prevalence * ((1 - miss) + miss * fraction)
    else:
        rates = (_apparent_false(plan, rate, miss) for rate in both)
        low, high = (verified_false_flag_rate(rate, fraction) for rate in rates)
        verified = processed * (1 - prevalence) * (false_flag + (1 - false_flag) * fraction)
    return StreamRates(low, high, verified)


def verified_per_week(plan: Plan, site: str) -> float:
    """Return how many studies a week are expected to get a truth at one site."""
    fraction = plan.truth.audit_fraction_unflagged
    processed = plan.expected_per_week.at(site) * (
        1 - acceptable(plan, "technical_failures", DEFAULT_FAILURE if plan.gives_flag else 0.0)
    )
    prevalence = plan.expected_per_week.prevalence
    miss = acceptable(plan, "missed_positives", DEFAULT_MISS)
    false_flag = acceptable(plan, "false_flags", DEFAULT_FALSE_FLAG)
    flagged = prevalence * (1 - miss) + (1 - prevalence) * false_flag if plan.gives_flag else 0.0
    return processed * (flagged + (1 - flagged) * fraction)


def declared_prevalences(plan: Plan) -> tuple[float, ...]:
    """Return the prevalences the plan names, the lowest first."""
    volume = plan.expected_per_week
    return tuple(sorted({volume.prevalence, volume.lowest_prevalence or volume.prevalence}))


def _apparent_miss(plan: Plan, rate: float, false_flag: float) -> float:
    error = plan.truth.error
    return max(
        apparent_miss_rate(
            rate,
            false_flag,
            prevalence=prevalence,
            truth_sensitivity=error.sensitivity,
            truth_specificity=error.specificity,
        )
        for prevalence in declared_prevalences(plan)
    )


def _apparent_false(plan: Plan, rate: float, miss: float) -> float:
    error = plan.truth.error
    return max(
        apparent_false_flag_rate(
            miss,
            rate,
            prevalence=prevalence,
            truth_sensitivity=error.sensitivity,
            truth_specificity=error.specificity,
        )
        for prevalence in declared_prevalences(plan)
    )
