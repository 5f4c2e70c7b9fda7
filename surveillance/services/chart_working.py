"""How a chart was designed and what it costs, in words: for "show the working" under the charts."""

from typing import Any

from surveillance.domain.baseline_checks import BLOCK_WEEKS
from surveillance.domain.chart_cost import Tier
from surveillance.domain.independence import Independence
from surveillance.domain.numbers import percent
from surveillance.domain.rarity import chance
from surveillance.domain.rarity import years as years
from surveillance.services.chart_kinds import COUNTS, counted, detector, kind_words, limit_cell
from surveillance.services.stored_designs import StoredDesign, stored_design

HEAD_START = (
    "**Where a chart starts.** Every chart here starts at zero. A head start, half-way to the limit, belongs after an"
    " intervention only: when an AI goes back into use after a repair, a fault that was not mended then shows sooner."
    " On an ordinary start it would spend part of the false-alarm budget in the first weeks."
)
AFTER_A_DECISION = (
    "**After a signal.** Past its alarm limit a chart raises one alarm and goes on; it can raise the next one when it"
    " has been back at zero. Past its stop-use limit it goes on until a radiologist decides. Signed or declined, it"
    " then starts again from zero: after a decline, a change that is still there must gather its evidence anew and"
    " asks again. A chart without a stop-use limit starts again after each alarm."
)
TOGETHER = (
    "**Adding up.** The rates of all charts are added, and their chances joined as if charts were independent: both are"
    " upper bounds. They are rates with nothing wrong, not promises."
)
DRAWN = (
    "Run length: **simulated** on batches drawn from the baseline's own scores, since the AUROC of a few positives is"
    " skewed; its standard error stands in the table. Batches are taken to be independent, which has not been checked."
)
PAGE_NOTES = (TOGETHER, AFTER_A_DECISION, HEAD_START)


def fine(share: float) -> str:
    """Return a small share to the digit in which asked and tuned rates differ.

    >>> fine(0.02439), fine(0.3448)
    ('2.44 %', '34.5 %')
    """
    return f"{100 * share:.2f} %" if share < 0.1 else f"{100 * share:.1f} %"


def cost_rows(design: dict[str, Any]) -> tuple[tuple[str, str, str], ...]:
    """Return the rows of a chart's table: what, for its alarm limit, for its stop-use limit."""
    kept, cases = stored_design(design), counted(design)
    alone = "" if kept.alarm.simulated_years is None else f", if {cases} were independent"
    delay = "Delay after a drop worth detecting" if cases == "batches" else "Delay at the unacceptable level"
    rows = [
        ("Limit", limit_cell(design, design["alarm_steps"]), limit_cell(design, design["action_steps"])),
        _both("Asked by the budget", kept, lambda one: _asked(one, cases)),
        _both(f"Average time between false ones{alone}", kept, lambda one: _between(one, cases)),
        _both("Chance of a false one within one year", kept, lambda one: chance(one.stated_chance_one_year)),
        _both("Chance of a false one within two years", kept, lambda one: chance(one.stated_chance_two_years)),
        _both(delay, kept, _delay),
    ]
    if kept.alarm.low_years is not None:
        rows.append(_both("10th percentile: as long or longer in nine baselines of ten", kept, _low))
        rows.append(_both("The same with 1.5 times the baseline (300 for 200)", kept, _larger))
    if kept.alarm.simulated_years is not None:
        rows.append(_both("Simulated on the baseline's own weeks", kept, lambda one: years(one.stated_years)))
    return tuple((name, alarm, action if kept.action else "none") for name, alarm, action in rows)


def _both(name: str, kept: StoredDesign, words: Any) -> tuple[str, str, str]:
    return name, words(kept.alarm), "" if kept.action is None else words(kept.action)


def _asked(one: Tier, counted: str) -> str:
    asked = f"{years(one.asked_years)}, {one.asked_studies:,.0f} {counted}"
    return f"{percent(one.share)} of {one.per_year:g} a year: {asked}"


def _between(one: Tier, counted: str) -> str:
    error = "" if one.error_years is None else f" (simulated, standard error {one.error_years:.2g} years)"
    return f"{years(one.years)}{error}, {one.studies:,.0f} {counted}"


def _delay(one: Tier) -> str:
    return f"{one.delay_median:.1f} weeks in half of all cases, {one.delay_p95:.1f} in 95 %"


def _low(one: Tier) -> str:
    return "" if one.low_years is None else years(one.low_years)


def _larger(one: Tier) -> str:
    return "" if one.larger_low_years is None else years(one.larger_low_years)


def design_notes(design: dict[str, Any]) -> tuple[str, ...]:
    """Return the sentences beside a chart's table: its rates, its in-control value, exact or simulated."""
    kept = stored_design(design)
    own = kind_words(design)
    if design["watches"] == "batch_auroc":
        return tuple(part for part in (batch_words(design["events_per_week"]), own, source_words(kept), DRAWN) if part)
    if detector(design) == "poisson_cusum":
        return own, source_words(kept), check_words(kept.check, "weeks")
    if detector(design) == "time_between_events":
        volume = f"{design['events_per_week']:.1f} studies a week count here; delays count from complete outcomes."
        return (
            own,
            volume,
            source_words(kept),
            check_words(kept.check, simulated=kept.alarm.simulated_years is not None),
        )
    volume = f"{design['events_per_week']:.1f} studies a week enter this chart; delays count from complete outcomes."
    if design["in_control"] is not None:
        volume += (
            f" It counts {COUNTS[design['watches']]}: acceptable {fine(design['in_control'])}, unacceptable"
            f" {fine(design['asked_out_of_control'])} as asked and {fine(design['out_of_control'])} as tuned, so"
            f" that every step is whole."
        )
    return volume, source_words(kept), check_words(kept.check)


def batch_words(per_week: float) -> str:
    """Return how often a batch closes, and what the chart does with it.

    >>> batch_words(0.26)[:30]
    'A batch closes every 3.8 weeks'
    """
    often = f"every {1 / per_week:.1f} weeks" if per_week < 1 else f"{per_week:.1f} times a week"
    return (
        f"A batch closes {often}, at its last positive, and is then frozen; delays count from complete outcomes. Its"
        " AUROC counts in standard errors that the baseline gives a batch of its size; the open batch moves nothing."
        " A narrower mix of cases lowers the AUROC too, with the AI unchanged."
    )


def source_words(kept: StoredDesign) -> str:
    """Return where the in-control value comes from, and what follows for the run length."""
    source = kept.estimated
    if source.source == "standard":
        return "In-control rate: a standard of the plan, so it carries no estimation error."
    words = source.words[0].upper() + source.words[1:]
    if source.source == "acceptance":
        return f"In-control rate: {source.words}. The chart is drawn anew when the baseline is met."
    studies = f"{source.studies:,}"
    many = "" if f" {studies} " in words else f", {studies} studies"
    return (
        f"In-control value: {words[0].lower() + words[1:]}{many}. The true run length therefore"
        " differs from the designed one; its 10th percentile stands in the table, and the plan is better judged by it."
    )


def check_words(check: Independence | None, cases: str = "studies", *, simulated: bool = True) -> str:
    """Return whether the run length is exact or simulated, and why."""
    exact = f"Run length: exact for independent {cases} (Markov chain)"
    if check is None:
        return f"{exact}. No complete baseline has been checked yet."
    if check.why:
        return f"{exact}, not checked. {check.why}."
    figures = (
        f"dispersion of weekly counts {check.dispersion:.2f} (p {check.dispersion_p:.3f}), autocorrelation from week to"
        f" week {check.autocorrelation:.2f} (p {check.autocorrelation_p:.3f})".replace("-0.00", "0.00").replace(
            "-", "−"
        )
    )
    over = f"over {check.events:,} events in {check.weeks} weeks of the baseline"
    if not check.found:
        return f"Run length: exact (Markov chain). No sign against independent {cases} {over}: {figures}."
    why = " and ".join(
        words
        for words, found in (
            ("weeks differ by more than chance", check.spread),
            ("weeks are like the week before", check.follows),
        )
        if found
    )
    if not simulated:
        return (
            f"{exact}, but {why} {over}: {figures}. False signals then come more often than the table says; events this"
            " rare cannot be simulated on the baseline's weeks."
        )
    return (
        f"Run length: **simulated**, since {why} {over}: {figures}. It is the run length on random blocks of"
        f" {BLOCK_WEEKS} weeks of the baseline as they were, solved for without drawing any; so few weeks tell"
        " it roughly, a run length of decades hardly at all: read it as a warning. The figure for independent"
        f" {cases} stands beside it."
    )
