"""Which column of a file is which of ours: by its name, and by what stands in it."""

import re
from dataclasses import dataclass

from surveillance.storage.outcome_log.column_names import DATES, FLAGS, VOCABULARY
from surveillance.storage.outcome_log.guessing.column_facts import ColumnFacts
from surveillance.storage.outcome_log.guessing.field_names import WHOLE, named_like
from surveillance.storage.outcome_log.guessing.value_words import likely_word

LIKELY = 0.7  # a column is proposed by its name; what stands in it alone makes it a runner-up
CLOSE = 0.15
# A column that fills up later must not be overlooked now: what then stands in it is held until it is known.
EMPTY = (0.0, "empty in this file; what stands in it later is held until its meaning is set up")
MOST_FLAG_WORDS = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """A column of theirs that may be one of ours: how likely (0 to 1.3), and what speaks for it."""

    theirs: str
    weight: float
    evidence: str


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """The column proposed for one of ours; None where two are as likely, "" where none is."""

    proposed: str | None
    candidates: tuple[Candidate, ...]


def guess_columns(facts: dict[str, ColumnFacts], wanted: tuple[str, ...]) -> dict[str, ColumnGuess]:
    """Return the likeliest column for each of ours; no column of theirs is proposed twice."""
    listed = {ours: _candidates(ours, facts) for ours in wanted}
    pairs = sorted(
        ((one.weight, -place, ours, one) for ours, found in listed.items() for place, one in enumerate(found)),
        key=lambda pair: pair[:2],
        reverse=True,
    )
    taken: dict[str, tuple[str, float]] = {}
    chosen: dict[str, Candidate] = {}
    for weight, _, ours, one in pairs:
        if ours not in chosen and one.theirs not in taken and weight >= LIKELY:
            chosen[ours], taken[one.theirs] = one, (ours, weight)
    return {ours: _guess(chosen.get(ours), found, taken) for ours, found in listed.items()}


def _guess(best: Candidate | None, found: list[Candidate], taken: dict[str, tuple[str, float]]) -> ColumnGuess:
    """Return the guess for one of our columns, in doubt where another is nearly as likely."""
    if best is None:
        return ColumnGuess("", tuple(found))
    rivals = [
        one for one in found
        if one.theirs != best.theirs and one.weight >= max(LIKELY, best.weight - CLOSE)
        and (one.theirs not in taken or taken[one.theirs][1] < one.weight)
    ]  # fmt: skip
    ordered = (best, *(one for one in found if one is not best))
    return ColumnGuess(None if rivals else best.theirs, ordered)


def _candidates(ours: str, facts: dict[str, ColumnFacts]) -> list[Candidate]:
    """Return the columns that may be one of ours, the likeliest first."""
    found = []
    for name, column in facts.items():
        by_name = named_like(name, ours)
        content = content_suits(ours, column) if column.filled else EMPTY
        if content is None or (by_name == 0 and content[0] < 0.3) or (content is EMPTY and by_name < WHOLE):
            continue
        said = "" if by_name == 0 else "exports call it so" if by_name == WHOLE else "its name points to it"
        evidence = "; ".join(part for part in (said, content[1]) if part)
        found.append(Candidate(name, by_name + content[0], evidence))
    return sorted(found, key=lambda one: -one.weight)


def content_suits(ours: str, column: ColumnFacts) -> tuple[float, str] | None:
    """Return how much the cells speak for a column of ours (0 to .3) and in which words; None if they cannot be it."""
    words, filled = column.words, column.filled
    readings = column.readings
    written = bool(readings) and readings[0].order != "spreadsheet day numbers"
    if ours in DATES:
        if not readings:
            return None
        return (0.3 if written else 0.2), f"{readings[0].read:,} of {filled:,} cells are dates ({readings[0].order})"
    if written:
        return None
    if ours in ("score", "sampling_fraction"):
        if column.number_share < 0.9 or set(words) <= {"0", "1"}:
            return None
        low, high = min(column.numbers), max(column.numbers)
        return 0.25, f"{len(column.numbers):,} of {filled:,} cells are numbers, from {low:g} to {high:g}"
    if ours in VOCABULARY:
        return _words_suit(ours, column)
    if ours in ("case_id", "patient"):
        return (0.2 if column.distinct_share > 0.5 else 0.0), f"{len(words):,} different texts in {filled:,} cells"
    if ours == "age_band":
        ages = column.number_share > 0.9 and max(column.numbers) <= 120
        return (0.2, "numbers as ages are") if ages else (0.1, "few words") if column.few_words else None
    if ours == "sex":
        return (0.2, "M, F and the like") if {w.lower()[:1] for w in words} <= set("mfuxoni129") else None
    if ours == "version":
        numbered = all(re.search(r"\d", word) for word in words)
        return (0.2 if numbered else 0.0), f"{len(words):,} different: {', '.join(column.examples)}"
    if not column.few_words and ours in ("model", "site"):
        return None
    return 0.1, f"{len(words):,} different: {', '.join(column.examples)}"


def _words_suit(ours: str, column: ColumnFacts) -> tuple[float, str] | None:
    """Return how well the words of a column suit one of ours that has a closed list of words."""
    if not column.few_words or (ours in FLAGS and len(column.words) > MOST_FLAG_WORDS):
        return None
    known = sum(count for word, count in column.words.items() if likely_word(ours, word) is not None)
    share = known / column.filled
    if share < 0.5:
        return None
    return 0.3 * share, f"words that fit: {', '.join(column.examples)}"
