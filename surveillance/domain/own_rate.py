"""The rate among all studies behind the one that a baseline's verified studies show: audit and truth error undone."""

from dataclasses import dataclass

from surveillance.domain.numbers import percent
from surveillance.domain.plan import Plan
from surveillance.domain.verification import (
    DEFAULT_FALSE_FLAG,
    DEFAULT_MISS,
    acceptable,
    declared_prevalences,
)
from surveillance.errors import NotEstimable
from surveillance.metrics import (
    apparent_false_flag_rate,
    apparent_miss_rate,
    false_flag_rate_from_verified,
    miss_rate_from_verified,
)


@dataclass(frozen=True, slots=True)
class Appearance:
    """What the truth's stated error makes of a true rate at one prevalence: `floor` + `slope` x rate."""

    floor: float
    slope: float

    def of(self, rate: float) -> float:
        """Return what a true rate appears to be."""
        return self.floor + self.slope * rate


def rate_of_all(plan: Plan, watches: str, seen: float) -> float:
    """Return the true rate of all studies behind a rate of the baseline's verified ones.

    The audit is undone first: verified rates go back to recorded ones (Begg & Greenes 1983). Then the truth's stated
    error at the prevalence that the plan expects: a recorded rate r is a + b m at a true rate m, so m = (r - a) / b.

    Raises
    ------
    NotEstimable
        If the truth's error alone would record as many events, or more, or so few others.
    """
    if watches == "technical_failures":
        return seen
    recorded = _recorded(plan, watches, seen)
    here = appearance(plan, watches, plan.expected_per_week.prevalence)
    if not here.floor < recorded < here.of(1.0):
        side, edge = ("above", here.floor) if recorded <= here.floor else ("below", here.of(1.0))
        raise NotEstimable(
            f"A chart on the baseline's own rate needs a rate {side} the {percent(edge)} that the truth's stated error"
            f" alone would record if the AI were {'never' if side == 'above' else 'always'} wrong, got"
            f" {percent(recorded)}: state an acceptable rate in the plan, or review the error it states."
        )
    return (recorded - here.floor) / here.slope


def baseline_prevalence(plan: Plan, missed: tuple[int, int], flagged: tuple[int, int]) -> float:
    """Return the true prevalence of a baseline from its verified studies, audit and truth error undone.

    The recorded share r is pi Se + (1 - pi)(1 - Sp), so pi = (r - (1 - Sp)) / (Se + Sp - 1) (Rogan & Gladen 1978).

    Parameters
    ----------
    missed : verified positives that the AI did not flag, and all verified positives
    flagged : verified negatives that the AI flagged, and all verified negatives

    Raises
    ------
    NotEstimable
        If the truth tells nothing (Se + Sp at most 1), or its errors alone would record such a share.
    """
    error, fraction = plan.truth.error, plan.truth.audit_fraction_unflagged
    positives = missed[1] - missed[0] + missed[0] / fraction
    negatives = flagged[0] + (flagged[1] - flagged[0]) / fraction
    recorded = positives / max(positives + negatives, 1.0)
    if not 1.0 - error.specificity < recorded < error.sensitivity:
        raise NotEstimable(
            "A chart on the baseline's own rate needs a recorded prevalence between"
            f" {percent(1.0 - error.specificity)} and {percent(error.sensitivity)}, which the truth's stated error"
            f" alone would record, got {percent(recorded)}: state an acceptable rate in the plan, or review the error"
            " it states."
        )
    return (recorded - (1.0 - error.specificity)) / (error.sensitivity + error.specificity - 1.0)


def at_prevalence(plan: Plan, prevalence: float) -> Plan:
    """Return the plan as it would be with one prevalence only, the one a baseline had."""
    volume = plan.expected_per_week.model_copy(update={"prevalence": prevalence, "lowest_prevalence": None})
    return plan.model_copy(update={"expected_per_week": volume})


def carried_sample(
    plan: Plan, there: Plan, watches: str, events: int, studies: int, in_control: float
) -> tuple[float, float]:
    """Return the baseline that would tell a chart's in-control rate as surely as this one tells it.

    Where the plan declares a lower prevalence than the baseline had (`there`), a chart runs at the rate that the
    baseline's own becomes at it. That rate varies on the logit scale by D times as much as the one counted, so that
    it is worth n x (1 - x) / D^2 / (p (1 - p)) studies (delta method), with x the rate counted and p the one carried.
    """
    seen = events / studies
    if watches == "technical_failures":
        return float(events), float(studies)
    before, after = _recorded(plan, watches, seen), _recorded(plan, watches, in_control)
    slope = _steepest(plan, watches, rate_of_all(there, watches, seen)).slope
    steeper = slope / appearance(there, watches, there.expected_per_week.prevalence).slope
    times = steeper * before * (1.0 - before) / (after * (1.0 - after))  # an audit moves the logit, stretches nothing
    worth = studies * seen * (1.0 - seen) / (in_control * (1.0 - in_control)) / times**2
    return in_control * worth, worth


def appearance(plan: Plan, watches: str, prevalence: float) -> Appearance:
    """Return what the truth's stated error makes of a rate; it is a straight line, told by its two ends."""
    error = plan.truth.error
    truth = {"truth_sensitivity": error.sensitivity, "truth_specificity": error.specificity, "prevalence": prevalence}
    miss, wrong = (
        acceptable(plan, "missed_positives", DEFAULT_MISS),
        acceptable(plan, "false_flags", DEFAULT_FALSE_FLAG),
    )
    if watches == "missed_positives":
        none, every = (apparent_miss_rate(rate, wrong, **truth) for rate in (0.0, 1.0))
    else:
        none, every = (apparent_false_flag_rate(miss, rate, **truth) for rate in (0.0, 1.0))
    return Appearance(none, every - none)


def _steepest(plan: Plan, watches: str, rate: float) -> Appearance:
    """Return the appearance at the declared prevalence that gives the highest rate, as a chart is designed for."""
    every = (appearance(plan, watches, prevalence) for prevalence in declared_prevalences(plan))
    return max(every, key=lambda one: one.of(rate))


def _recorded(plan: Plan, watches: str, verified: float) -> float:
    fraction = plan.truth.audit_fraction_unflagged
    undo = miss_rate_from_verified if watches == "missed_positives" else false_flag_rate_from_verified
    return undo(verified, fraction)
