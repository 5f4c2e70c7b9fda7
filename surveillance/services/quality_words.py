"""What the Data quality page says in words: every count with what it is a count of."""

from collections.abc import Sequence

from surveillance.domain.case_log import SOURCES
from surveillance.domain.data_quality import WeekCounts
from surveillance.domain.weeks import Week, span_words

SOURCE_WORDS = {"report": "reports", "adjudication": "adjudication", "follow_up": "follow-up", "audit": "audit"}


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "study", "studies"), counted(1200, "study", "studies")
    ('1 study', '1,200 studies')
    """
    return f"{number:,} {one if number == 1 else many}"


def studies(number: int) -> str:
    """Return a number of studies."""
    return counted(number, "study", "studies")


def orders_sentence(counts: WeekCounts, when: str) -> str:
    """Say what the orders list and what became of it.

    >>> week = WeekCounts(1, True, 298, 300, 291, 3, 0, 6, 4, 0, 0, 0, 0, 0, 0, 0, (0, 0, 0, 0))
    >>> orders_sentence(week, "in week 46")
    'Orders say 300 studies were eligible in week 46; the AI has results for 291; 6 never arrived, 3 failed.'
    """
    if not counts.orders_loaded:
        return (
            f"No orders are loaded {when}, so the denominator is the results' own: {studies(counts.results)}. A study"
            " that never reached the AI is not seen."
        )
    parts = [f"{counts.never_arrived:,} never arrived", f"{counts.failed:,} failed"]
    if counts.not_sent:
        parts.append(f"{counts.not_sent:,} not sent by the log's own word")
    verb = "was" if counts.ordered == 1 else "were"
    return (
        f"Orders say {studies(counts.ordered)} {verb} eligible {when}; the AI has results for {counts.processed:,};"
        f" {', '.join(parts)}."
    )


def results_sentence(counts: WeekCounts, when: str) -> str:
    """Say which results have no order of the plan's; nothing where no orders are loaded.

    >>> week = WeekCounts(1, True, 298, 300, 291, 3, 0, 6, 4, 2, 0, 0, 0, 0, 0, 0, (0, 0, 0, 0))
    >>> results_sentence(week, "in week 46")  # doctest: +NORMALIZE_WHITESPACE
    'Of 298 results in week 46, 4 have no order and count as eligible, and 2 have an order of another pathway: they are
    not of the population of the plan and count in no figure.'
    """
    if not counts.orders_loaded or not (counts.without_order or counts.other_pathway):
        return ""
    parts = []
    if counts.without_order:
        verb = "counts" if counts.without_order == 1 else "count"
        parts.append(f"{_have(counts.without_order)} no order and {verb} as eligible")
    if counts.other_pathway:
        they = "it is" if counts.other_pathway == 1 else "they are"
        verb = "counts" if counts.other_pathway == 1 else "count"
        parts.append(
            f"{_have(counts.other_pathway)} an order of another pathway: {they} not of the population of the plan and"
            f" {verb} in no figure"
        )
    return f"Of {counted(counts.results, 'result', 'results')} {when}, {', and '.join(parts)}."


def truths_sentence(counts: WeekCounts, when: str) -> str:
    """Say which truths are here, late, overdue or not due.

    >>> week = WeekCounts(1, True, 298, 0, 0, 0, 0, 0, 0, 0, 120, 100, 12, 3, 15, 5, (40, 60, 0, 10))
    >>> truths_sentence(week, "in week 46")  # doctest: +NORMALIZE_WHITESPACE
    'Of 120 truths expected for the studies acquired in week 46, 100 are here, 12 of them later than the plan expects
    and 3 indeterminate; 5 are overdue and 15 not due yet. By source, expected or not: reports 40, adjudication 60,
    audit 10 studies.'
    """
    if not counts.expected:
        return f"No truth is expected for the studies acquired {when}."
    told = [f"{SOURCE_WORDS[name]} {n:,}" for name, n in zip(SOURCES, counts.by_source, strict=True) if n]
    source = f" By source, expected or not: {', '.join(told)} studies." if told else ""
    verb = "is" if counts.arrived == 1 else "are"
    return (
        f"Of {counted(counts.expected, 'truth', 'truths')} expected for the studies acquired {when},"
        f" {counts.arrived:,} {verb} here, {counts.late:,} of them later than the plan expects and"
        f" {counts.indeterminate:,} indeterminate; {counts.overdue:,} are overdue and {counts.not_due:,} not due"
        f" yet.{source}"
    )


def when_words(weeks: Sequence[Week]) -> str:
    """Return the weeks as a sentence ends with them.

    >>> when_words([Week(2966)]), when_words([Week(2960), Week(2966)])
    ('in week 46', 'in weeks 40–46')
    """
    return f"in {span_words(weeks[0], weeks[-1], weeks[-1])}"


def _have(number: int) -> str:
    return f"{number:,} {'has' if number == 1 else 'have'}"
