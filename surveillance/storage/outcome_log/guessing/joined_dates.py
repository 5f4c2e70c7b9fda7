"""A date in one column and its time in another: found by their names and cells, offered as one."""

from surveillance.storage.outcome_log.guessing.column_facts import ColumnFacts
from surveillance.storage.outcome_log.identifier_patterns import plain_header

WHEN_WORDS = {"date", "time", "dt", "tm", "on", "at", "d", "t", "of"}
JOINT = " + "


def joined_dates(facts: dict[str, ColumnFacts]) -> dict[str, tuple[str, str]]:
    """Return the pairs of a day and its time of day, under the name that stands for both.

    Examples
    --------
    >>> facts = {n: ColumnFacts(n, (c,)) for n, c in (("Exam Date", "04/05/2026"), ("Exam Time", "10:15"))}
    >>> joined_dates(facts)
    {'Exam Date + Exam Time': ('Exam Date', 'Exam Time')}
    """
    clocks = {
        _about(name): name for name, one in facts.items() if one.filled and one.clock_share > 0.9 and _is_time(name)
    }
    found = {}
    for name, one in facts.items():
        readings = one.readings if one.filled and "time" not in plain_header(name).split() else ()
        whole_days = bool(readings) and readings[0].untimed >= 0.9 * readings[0].read
        if whole_days and _about(name) in clocks:
            found[name + JOINT + clocks[_about(name)]] = (name, clocks[_about(name)])
    return found


def joined_facts(facts: dict[str, ColumnFacts], name: str, parts: tuple[str, str]) -> ColumnFacts:
    """Return the cells of a joined column, as the reader joins them."""
    cells = zip(*(facts[part].cells for part in parts), strict=True)
    return ColumnFacts(name, tuple(" ".join(part for part in pair if part) for pair in cells))


def _about(name: str) -> str:
    """Return what a column of dates or times is about."""
    return " ".join(word for word in plain_header(name).split() if word not in WHEN_WORDS)


def _is_time(name: str) -> bool:
    return bool({"time", "tm", "t", "at"} & set(plain_header(name).split()))
