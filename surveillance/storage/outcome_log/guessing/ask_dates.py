"""Questions about dates: how they are written, on which clock, and which moment a day without a time means."""

from zoneinfo import available_timezones

from surveillance.storage.outcome_log.column_names import DATES
from surveillance.storage.outcome_log.guessing.column_facts import ColumnFacts
from surveillance.storage.outcome_log.guessing.date_guess import DateReading
from surveillance.storage.outcome_log.guessing.draft import Draft
from surveillance.storage.outcome_log.guessing.proposal import Choice, Question
from surveillance.storage.outcome_log.guessing.repeated_hours import repeated_hours

ZONES = (
    "Europe/London",
    "UTC",
    "Europe/Dublin",
    "Europe/Paris",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Sydney",
)
TIMES = {
    "start of day": "The start of that day (00:00)",
    "noon": "Noon of that day",
    "end of day": "The end of that day (23:59)",
}


def ask_dates(draft: Draft) -> None:
    """Ask about every column of dates that was chosen."""
    for ours in DATES:
        names = [draft.columns[ours]] if ours in draft.columns else []
        names += [part.columns[ours] for part in draft.parts if ours in part.columns]
        if not names:
            continue
        facts = _facts_of(draft, tuple(names))
        reading = _ask_format(draft, ours, facts)
        if reading is None:
            continue
        rule = draft.table("dates").setdefault(ours, {})
        rule["format"] = list(reading.formats)
        if reading.untimed:
            _ask_time_of_day(draft, ours, facts, reading)
        if reading.zoned < reading.read:
            _ask_zone(draft, ours, facts, reading)


def _facts_of(draft: Draft, names: tuple[str, ...]) -> ColumnFacts:
    """Return the cells of one column, or of several products' columns together."""
    if len(names) == 1:
        return draft.facts[names[0]]
    title = " and ".join(dict.fromkeys(names))
    return draft.once(
        "dates", names, make=lambda: ColumnFacts(title, tuple(c for name in names for c in draft.facts[name].cells))
    )


def _hours(draft: Draft, facts: ColumnFacts, reading: DateReading, zone: str) -> tuple[list[str], list[str], bool]:
    """Return the times that a clock skips or repeats, and whether the order of the rows tells which."""
    of = ("hours", facts.name, reading.order, zone)
    return draft.once(*of, make=lambda: repeated_hours(facts, reading, zone))


def _ask_format(draft: Draft, ours: str, facts: ColumnFacts) -> DateReading | None:
    """Ask how the dates are written; in doubt, a person must choose."""
    readings = facts.readings
    if not facts.filled:
        return None
    if not readings:
        draft.ask(
            Question(
                f"date.{ours}.{facts.name}", "dates", f"How are the dates in {facts.name} written?", None,
                f"they cannot be read as dates: {', '.join(facts.examples)}. Choose another column", ours=ours,
                theirs=facts.name,
            )
        )  # fmt: skip
        return None
    best = readings[0]
    alone = len(readings) == 1
    evidence = f"reads {best.read:,} of {best.filled:,} cells"
    if best.proof:
        evidence += f"; '{best.proof[:30]}' proves it: it has no other meaning"
    if not alone:
        evidence = f"every date can be read both ways, '{facts.examples[0]}' for one: ask who writes this export"
    if best.unread:
        evidence += f"; not read, so held: {', '.join(repr(text[:30]) for text in best.unread[:3])}"
    stands = draft.ask(
        Question(
            f"date.{ours}.{facts.name}", "dates", f"How are the dates in {facts.name} written?",
            best.order if alone else None, evidence,
            tuple(Choice(one.order, one.words, _first(one, facts)) for one in readings), ours=ours, theirs=facts.name,
            examples=facts.examples,
        )
    )  # fmt: skip
    return next((one for one in readings if one.order == stands), None)


def _first(one: DateReading, facts: ColumnFacts) -> str:
    """Return how a reading understands the first date, with the month in letters."""
    import numpy as np
    import pyarrow as pa

    from surveillance.storage.outcome_log.date_formats import read_format

    for text in facts.words:
        for written in one.formats:
            reading = read_format(pa.array([text]), written)
            if reading.read[0]:
                moment = np.datetime64(int(reading.local[0]), "us").astype(object)
                return f"'{text}' is {moment:%d %B %Y}"
    return ""


def _ask_time_of_day(draft: Draft, ours: str, facts: ColumnFacts, reading: DateReading) -> None:
    """Ask which moment is meant where only a day is written."""
    excel = reading.order == "spreadsheet day numbers" and reading.untimed < reading.read
    proposed = "start of day" if excel or ours == "acquired_at" else "end of day"
    why = "midnight is written without a time in such files" if excel else (
        "a finding is then never taken for known too early" if proposed == "end of day" else "only the day is known"
    )  # fmt: skip
    stands = draft.ask(
        Question(
            f"date.{ours}.{facts.name}.at", "dates",
            f"{facts.name} has days without a time. Which moment is meant?", proposed,
            f"{reading.untimed:,} of {reading.read:,} dates have no time of day; {why}",
            tuple(Choice(value, words) for value, words in TIMES.items()), ours=ours, theirs=facts.name,
        )
    )  # fmt: skip
    if stands is not None:
        draft.top["dates"][ours]["at"] = stands


def _ask_zone(draft: Draft, ours: str, facts: ColumnFacts, reading: DateReading) -> None:
    """Ask on which clock dates without an offset were written, and what tells the hour that autumn repeats."""
    skipped, repeated, order_tells = _hours(draft, facts, reading, "Europe/London")
    evidence = f"{reading.read - reading.zoned:,} of {reading.read:,} dates carry no offset"
    if skipped:
        evidence += f"; '{skipped[0]}' does not exist on the clock of London, so it may be UTC"
    stands = draft.ask(
        Question(
            f"date.{ours}.{facts.name}.zone", "dates", f"On which clock are the times in {facts.name}?",
            None if skipped else "Europe/London",
            evidence + ("" if skipped else "; the file does not say which clock: proposed is London's"),
            tuple(Choice(zone, zone) for zone in ZONES), free=True, ours=ours, theirs=facts.name,
        ),
        lambda text: "" if text in available_timezones() else "Write a zone as Europe/London is written.",
    )  # fmt: skip
    if stands is None:
        return
    rule = draft.top["dates"][ours]
    rule["zone"] = stands
    _, repeated, order_tells = _hours(draft, facts, reading, stands)
    if not repeated or "at" in rule:
        return
    why = (
        "the file is in order of time and steps back once within that hour" if order_tells
        else "the order of the rows does not tell which of the two hours is meant"
    )  # fmt: skip
    order = draft.ask(
        Question(
            f"date.{ours}.{facts.name}.repeated", "dates",
            f"{len(repeated):,} times in {facts.name} fall into the hour that the clock repeats in autumn. Which is"
            " meant?",
            "hold", f"'{repeated[0]}' for one; {why}",
            (Choice("hold", "Hold these rows: they can be corrected with an offset"),
             Choice("in file order", "The rows are in order of time: the first pass is summer time, then winter time")),
            ours=ours, theirs=facts.name, examples=tuple(repeated[:4]),
        )
    )  # fmt: skip
    if order == "in file order":
        rule["repeated_hour"] = order
