"""Questions about the file as a whole: its header, its kind, its decimal sign, its last line, its words for nothing."""

import re

from surveillance.domain.numbers import percent
from surveillance.storage.outcome_log.decimals import GROUPED
from surveillance.storage.outcome_log.guessing.column_facts import number_of
from surveillance.storage.outcome_log.guessing.draft import Draft
from surveillance.storage.outcome_log.guessing.header_search import HeaderGuess
from surveillance.storage.outcome_log.guessing.proposal import Choice, Question
from surveillance.storage.outcome_log.guessing.sample import FileSample, OpenedFile

TOTALS = (
    "total",
    "totals",
    "sum",
    "count",
    "end of report",
    "end of file",
    "records",
    "rows",
    "grand total",
    "number of",
)
KINDS = {
    "results": "AI results, with or without the confirmed findings: one row for each study that the AI was given",
    "outcomes": "Confirmed findings only: one row for each study whose finding is known",
    "orders": "Orders of the RIS: one row for each study that was eligible",
}


def ask_header(draft: Draft, opened: OpenedFile) -> HeaderGuess:
    """Ask where the header stands, and return the header that holds for now."""
    guesses = {one.key: one for one in opened.guesses}
    best = opened.guesses[0]
    stands = draft.ask(
        Question(
            "file.header", "file", "Where are the column names?", best.key,
            f"{best.known} of {len(best.header)} names are known; {percent(best.width)} of the lines below are as wide",
            tuple(Choice(one.key, one.words) for one in opened.guesses),
        )
    )  # fmt: skip
    chosen = guesses.get(stands or "", best)
    if opened.container.kind == "text":
        draft.top["delimiter"] = chosen.delimiter
    if opened.declared is not None:
        draft.top["encoding"] = opened.declared
    if chosen.last_row > chosen.first_row:
        draft.top["header_lines"] = 2
    return chosen


def ask_kind(draft: Draft, likely: str, evidence: str) -> None:
    """Ask what kind of file it is."""
    question = Question(
        "file.kind", "file", "What does this file hold?", likely, evidence,
        tuple(Choice(kind, words) for kind, words in KINDS.items()),
    )  # fmt: skip
    stands = draft.ask(question)
    draft.kind = "outcomes" if stands == "outcomes" else "orders" if stands == "orders" else "results"
    draft.top["file"] = draft.kind


def ask_decimal(draft: Draft, names: list[str]) -> None:
    """Ask for the decimal sign where the numbers of these columns are written with a point or a comma."""
    numbers = [text for name in names for text in draft.facts[name].words if number_of(text) is not None]
    commas = [text for text in numbers if "," in text]
    points = [text for text in numbers if "." in text]
    if not commas and not points:
        return
    thousands = [text for text in commas if re.fullmatch(GROUPED, text.rstrip(" %"))]
    sure = not (commas and points) and len(thousands) < max(1, len(commas))
    proposed = None if commas and not sure else "," if commas else "."
    shown = ", ".join((commas or points)[:3])
    evidence = f"{len(commas or points):,} different numbers are written so: {shown}"
    if proposed is None:
        evidence = f"written both ways, or as thousands could be: {', '.join([*commas[:2], *points[:2]])}"
    stands = draft.ask(
        Question(
            "file.decimal", "file", "Which sign stands before the decimals?", proposed, evidence,
            (Choice(",", "A comma: 0,85"), Choice(".", "A point: 0.85")),
        )
    )  # fmt: skip
    if stands is not None:
        draft.top["decimal"] = stands


def ask_totals(draft: Draft, sample: FileSample) -> None:
    """Ask whether the last line is a total, to be left out each week."""
    place, word = next(
        ((place, cell) for place, cell in enumerate(sample.last[: len(sample.guess.header)])
         if cell and cell.lower().rstrip(": .0123456789").strip() in TOTALS),
        (-1, ""),
    )  # fmt: skip
    if place < 0 or not sample.guess.header[place]:
        return
    name = sample.guess.header[place]
    stands = draft.ask(
        Question(
            "file.totals", "file", f"The last line says '{word}' under {name}. Is it a total and no study?", "yes",
            "the line is no study: it is left out, and each week's preview says so",
            (Choice("yes", "A total: leave the last line out where it says so"),
             Choice("no", "A study like the others")),
            theirs=name,
        )
    )  # fmt: skip
    if stands == "yes":
        begins = word.rstrip("0123456789 .")
        draft.table("skip_last_when")[name] = word if begins == word else begins + "*"
        draft.stage = f"{draft.stage} without {word}"
        facts = draft.facts
        draft.facts = draft.once(
            "facts", make=lambda: {n: type(f)(n, _without(f.cells, sample, place, word)) for n, f in facts.items()}
        )


def _without(cells: tuple[str, ...], sample: FileSample, place: int, word: str) -> tuple[str, ...]:
    """Return a column's cells without those of the total, where the total has as many fields as the header."""
    total = sample.facts[sample.guess.header[place]].cells
    return cells[:-1] if total and total[-1] == word and len(cells) == len(total) else cells


def ask_missing(draft: Draft, names: list[str]) -> None:
    """Ask of each text like "n/a" whether it means that nothing was given; in columns of words it is asked there."""
    found: dict[str, dict[str, int]] = {}
    for name in names:
        for text, count in draft.facts[name].blanks.items():
            found.setdefault(text, {})[name] = count
    for text, where in sorted(found.items()):
        said = ", ".join(f"{count:,} in {name}" for name, count in where.items())
        stands = draft.ask(
            Question(
                f"missing.{text}", "values", f"Does '{text}' mean that nothing was given?", "yes", f"it stands {said}",
                (Choice("yes", "Nothing was given, in every column"),
                 Choice("no", "It is a value: rows with it are held")),
            )
        )  # fmt: skip
        if stands == "yes":
            draft.top["missing"] = [*draft.top.get("missing", []), text]
