"""What is said of truths that name no study."""

from collections.abc import Sequence

import numpy as np
from sqlalchemy import Connection

from surveillance.services.quality_words import SOURCE_WORDS
from surveillance.services.truth_hints import Hint
from surveillance.services.unmatched_truths import Unmatched, unmatched_in
from surveillance.storage.outcome_log.parsed_file import ParsedFile


def without_study(connection: Connection, parsed: ParsedFile) -> tuple[str, ...]:
    """Say which truths of a file name no study of the store or of the file itself."""
    if parsed.outcomes is None or parsed.outcomes.empty:
        return ()
    if parsed.cases is not None and np.isin(parsed.outcomes["line"], parsed.cases["line"]).all():
        return ()  # each stands on the line of its study; to compare millions of pseudonyms takes memory
    return with_numbers(unmatched_in(connection, parsed.outcomes, (parsed.cases, parsed.orders)))


def with_numbers(found: Sequence[Unmatched]) -> tuple[str, ...]:
    """Return a sentence for each product and site, with the first pseudonyms: for whoever loads the file."""
    return tuple(
        f"{_counted(one)}: {', '.join(one.first)}{' and others' if one.more else ''}. {_waits(one, '')}"
        f"{_hints(one.hints, numbers=True)}"
        for one in found
    )


def without_numbers(found: Sequence[Unmatched]) -> tuple[str, ...]:
    """Return the same without a pseudonym, set apart from truths that are late."""
    apart = ", apart from what is late or overdue,"
    return tuple(f"{_counted(one)}. {_waits(one, apart)}{_hints(one.hints, numbers=False)}" for one in found)


def source_words(one: Unmatched) -> str:
    """Return how many truths wait, by their source."""
    return ", ".join(f"{SOURCE_WORDS[source]} {count:,}" for source, count in one.by_source)


def hint_words(one: Unmatched) -> str:
    """Return what may be wrong with the numbers, with an example of each; "" where nothing is like them."""
    return " ".join(_hint(hint, numbers=True) for hint in one.hints)


def _counted(one: Unmatched) -> str:
    return (
        f"{one.unmatched:,} of {one.truths:,} truths about {one.model} at {one.site} ({source_words(one)})"
        f" {'names' if one.unmatched == 1 else 'name'} no study that is here yet"
    )


def _waits(one: Unmatched, apart: str) -> str:
    if one.unmatched == 1:
        return f"It waits{apart or ','} and counts once its study comes."
    return f"They wait{apart or ','} and count once their studies come."


def _hints(hints: Sequence[Hint], *, numbers: bool) -> str:
    said = [_hint(hint, numbers=numbers) for hint in hints]
    return "".join(f" {one}" for one in said) + (" None is joined by guess." if said else "")


def _hint(hint: Hint, *, numbers: bool) -> str:
    if hint.place:
        return f"{hint.count:,} {'has' if hint.count == 1 else 'have'} a study of the same number {hint.place}."
    as_in = f", as {hint.example[0]} and {hint.example[1]}" if numbers else ""
    verb = "differs" if hint.count == 1 else "differ"
    return f"{hint.count:,} {verb} from a study that is here only in {hint.words}{as_in}."
