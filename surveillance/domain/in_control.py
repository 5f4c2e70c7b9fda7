"""Where a chart's in-control value comes from: a standard of the plan, the baseline, or acceptance values."""

from dataclasses import dataclass

from surveillance.domain.baseline import BaselineState
from surveillance.domain.numbers import percent
from surveillance.domain.plan import Plan
from surveillance.domain.plan_parts import Chart, odds_moved
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
    """

    source: str
    events: int
    studies: int
    clinical: float
    words: str


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
    rates = stream_rates(plan, chart.model_copy(update={"acceptable": accepted}), site)
    return rates, InControl("acceptance", 0, 0, accepted, f"{words}; {waiting_words(state)}")


def estimated(plan: Plan, chart: Chart, site: str, events: int, studies: int) -> tuple[StreamRates, InControl]:
    """Return the rates of a chart whose in-control rate is its met baseline's own.

    The rate of the verified stream is taken as it is; the odds ratio worth detecting is the same there as among
    all studies, since a partial audit multiplies all odds by the same factor.

    Raises
    ------
    NotEstimable
        If the baseline has no such event, or stands at the unacceptable level already.
    """
    if not 0 < events < studies:
        raise NotEstimable(
            f"A chart on the baseline's own rate needs at least one event and one study without, got {events} events"
            f" in {studies:,} studies: state an acceptable rate in the plan."
        )
    seen = events / studies
    clinical = _of_all(plan, chart.watches, seen)
    _above(chart.unacceptable_rate(clinical), clinical, "the baseline's own rate")
    rates = stream_rates(plan, chart.model_copy(update={"acceptable": clinical}), site)
    ratio = chart.unacceptable_odds_ratio
    high = rates.out_of_control if ratio is None else odds_moved(seen, ratio)
    _above(high, seen, "the baseline's own rate")
    words = f"estimated from the baseline: {events:,} of {studies:,} {COUNTED[chart.watches]}"
    return StreamRates(seen, high, rates.events_per_week), InControl("baseline", events, studies, clinical, words)


def waiting_words(state: BaselineState) -> str:
    """Return how far the baseline is, as a part of a sentence."""
    return "the outcomes of its last weeks are not complete yet" if state.met else state.words


def _above(unacceptable: float, acceptable: float, whose: str) -> None:
    if unacceptable <= acceptable:
        raise NotEstimable(
            f"This chart cannot be designed: {whose}, {percent(acceptable)}, already stands at the unacceptable"
            f" {percent(unacceptable)}. Review the plan."
        )


def _of_all(plan: Plan, watches: str, seen: float) -> float:
    """Return the rate of all studies behind a rate of the verified ones: an audit of a share f moves odds by f."""
    fraction = plan.truth.audit_fraction_unflagged
    if watches == "missed_positives":
        return odds_moved(seen, 1 / fraction)
    return odds_moved(seen, fraction) if watches == "false_flags" else seen
