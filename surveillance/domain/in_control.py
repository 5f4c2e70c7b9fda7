"""Where a chart's in-control value comes from: a standard of the plan, the baseline, or acceptance values."""

from dataclasses import dataclass, replace
from math import isclose

from surveillance.domain.baseline import BaselineState
from surveillance.domain.numbers import percent
from surveillance.domain.own_rate import at_prevalence, carried_sample, rate_of_all
from surveillance.domain.plan import Plan
from surveillance.domain.plan_parts import Chart
from surveillance.domain.truth_error import truth_has_error
from surveillance.domain.verification import ACCEPTANCE, StreamRates, accepted_rate, stream_rates
from surveillance.errors import NotEstimable

RISK_MIX = "risk mix"
COUNTED = {
    "missed_positives": "verified positives not flagged",
    "false_flags": "verified negatives flagged",
    "technical_failures": "eligible studies not processed",
}


@dataclass(frozen=True, slots=True)
class InControl:
    """Where an in-control value comes from and, where it was estimated, from how much.

    Attributes
    ----------
    source : "standard", "baseline", "acceptance" or "risk mix"
    events, studies : what it was estimated from; 0 for a standard
    clinical : the in-control rate of all studies, before it is carried to the verified ones; 0 without a rate
    words : the same in a sentence's part
    carried_events, carried_studies : the baseline that would tell the chart's rate as surely, where the chart runs at
        another rate than the one counted (a lower prevalence, under a truth with errors); 0 where it does not
    """

    source: str
    events: int
    studies: int
    clinical: float
    words: str
    carried_events: float = 0.0
    carried_studies: float = 0.0

    @property
    def sample(self) -> tuple[float, float]:
        """Return the events and studies from which the uncertainty of the chart's in-control rate follows."""
        return (self.carried_events, self.carried_studies) if self.carried_studies else (self.events, self.studies)


STANDARD = InControl("standard", 0, 0, 0.0, "a standard of the plan")


def provisional(plan: Plan, chart: Chart, site: str, state: BaselineState) -> tuple[StreamRates, InControl]:
    """Return the rates that acceptance values give until the baseline is met.

    Raises
    ------
    NotEstimable
        If the plan has no such acceptance value, with what the chart waits for.
    """
    accepted = accepted_rate(plan, chart.watches)
    if accepted is None:
        raise NotEstimable(f"This chart waits for the baseline's own rate ({waiting_words(state)}).")
    name = ACCEPTANCE[chart.watches][0]
    words = f"provisional, from the accepted {name.replace('_', ' ')} ({plan.acceptance[name].source})"
    _above(chart.unacceptable_rate(accepted), accepted, "the accepted rate")
    rates = _rates(plan, chart, site, accepted)
    return rates, InControl("acceptance", 0, 0, accepted, f"{words}; {waiting_words(state)}")


def estimated(
    plan: Plan, chart: Chart, site: str, events: int, studies: int, prevalence: float | None = None
) -> tuple[StreamRates, InControl]:
    """Return the rates of a chart whose in-control rate is its met baseline's own.

    What the baseline's verified studies show is taken back to all studies, audit and stated truth error undone; that
    rate, and the one worth detecting beside it, are then carried to the verified stream as a standard's are. A baseline
    as good as the standard thus gives the standard's rates. Without a truth error the rate counted is taken as it is.
    Nor is a chart held against less than was counted: a baseline rarer than any prevalence declared stays as it was.

    Parameters
    ----------
    events, studies : of the baseline, among its verified studies
    prevalence : the true one of the baseline, for a truth with errors; the plan's where it is not known

    Raises
    ------
    NotEstimable
        If the baseline has no such event, stands at the unacceptable level already, or shows no more events than the
        truth's error alone.
    """
    if not 0 < events < studies:
        raise NotEstimable(
            f"A chart on the baseline's own rate needs at least one event and one study without, got {events} events"
            f" in {studies:,} studies: state an acceptable rate in the plan."
        )
    seen = events / studies
    there = plan if prevalence is None else at_prevalence(plan, prevalence)
    clinical = rate_of_all(there, chart.watches, seen)
    _above(chart.unacceptable_rate(clinical), clinical, "the baseline's own rate")
    rates = _rates(plan, chart, site, clinical)
    words = f"estimated from the baseline: {events:,} of {studies:,} {COUNTED[chart.watches]}"
    if truth_has_error(plan) and chart.watches != "technical_failures":
        words += f", which the truth's stated error makes of {percent(clinical)}"
    source = InControl("baseline", events, studies, clinical, words)
    if rates.in_control < seen or isclose(rates.in_control, seen, rel_tol=1e-9):
        same = _rates(there, chart, site, clinical)
        return StreamRates(seen, same.out_of_control, rates.events_per_week), source
    like = carried_sample(plan, there, chart.watches, events, studies, rates.in_control)
    words += "; the chart is held at the plan's least favourable prevalence"
    return rates, replace(source, words=words, carried_events=like[0], carried_studies=like[1])


def waiting_words(state: BaselineState) -> str:
    """Return how far the baseline is, as a part of a sentence."""
    return "the outcomes of its last weeks are not complete yet" if state.met else state.words


def _above(unacceptable: float, acceptable: float, whose: str) -> None:
    if unacceptable <= acceptable:
        raise NotEstimable(
            f"This chart cannot be designed: {whose}, {percent(acceptable)}, already stands at the unacceptable"
            f" {percent(unacceptable)}. Review the plan."
        )


def _rates(plan: Plan, chart: Chart, site: str, rate: float) -> StreamRates:
    """Return the rates of a chart held against a rate that the plan does not state; its volume follows that rate."""
    held = chart.model_copy(update={"acceptable": rate})
    charts = tuple(held if one.watches == chart.watches else one for one in plan.chart)
    return stream_rates(plan.model_copy(update={"chart": charts}), held, site)
