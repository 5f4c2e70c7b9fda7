"""Questions about confirmed findings without a date, about ages as numbers, and about rows without a result."""

import itertools

from surveillance.storage.outcome_log.guessing.column_facts import number_of
from surveillance.storage.outcome_log.guessing.draft import Draft
from surveillance.storage.outcome_log.guessing.proposal import Choice, Question

BANDS = "0, 40, 65, 75, 120"
LONGEST_LAG = 3650


def ask_lag(draft: Draft) -> None:
    """Ask how long after the study its finding became known, where the file gives no date for it."""
    if not draft.has("truth") or draft.has("truth_recorded_at") or draft.kind != "results":
        return
    stands = draft.ask(
        Question(
            "truth.lag", "truth",
            "The file does not say when its findings became known. How many days after the study were they, at the"
            " latest?", None, "a week is judged only when its findings are in: a guess that is too short"
            " judges on findings that nobody had",
            (Choice("7", "7 days"), Choice("14", "14 days"), Choice("30", "30 days")), free=True,
            ours="truth_recorded_at",
        ),
        lambda text: "" if _days(text) is not None else f"Write a number of days, 0 to {LONGEST_LAG}.",
    )  # fmt: skip
    if stands is not None:
        draft.top["outcome"] = {"lag_days": _days(stands)}


def _days(text: str) -> float | None:
    number = number_of(text.strip())
    return number if number is not None and 0 <= number <= LONGEST_LAG else None


def ask_bands(draft: Draft) -> None:
    """Ask for the bands that ages written as numbers are put in: single ages are never stored."""
    theirs = draft.columns.get("age_band")
    facts = draft.facts.get(theirs or "")
    if facts is None or facts.number_share < 0.9:
        return
    stands = draft.ask(
        Question(
            "truth.bands", "values", f"{facts.name} holds ages as numbers. Which bands are kept in their place?", BANDS,
            f"ages from {min(facts.numbers):g} to {max(facts.numbers):g}; the edges of the bands, and the highest age"
            " believed",
            (Choice(BANDS, "Under 40, 40 to 64, 65 to 74, 75 and over"),
             Choice("0, 18, 65, 120", "Under 18, 18 to 64, 65 and over")),
            free=True, ours="age_band", theirs=facts.name,
        ),
        lambda text: "" if _edges(text) else "Write at least two ascending numbers with commas between.",
    )  # fmt: skip
    if stands is not None and (edges := _edges(stands)):
        draft.table("bands")["age_band"] = edges


def _edges(text: str) -> list[float] | None:
    numbers = [number_of(part.strip()) for part in text.split(",")]
    edges = [number for number in numbers if number is not None]
    ascending = all(a < b for a, b in itertools.pairwise(edges))
    return edges if len(edges) == len(numbers) >= 2 and ascending else None


def ask_blank_results(draft: Draft) -> None:
    """Ask of each product beside another what a row without any result of it is."""
    for part in draft.parts:
        if not part.columns:
            continue
        cells = [draft.facts[theirs].cells for theirs in part.columns.values()]
        blank = sum(not any(row) for row in zip(*cells, strict=True))
        if not blank:
            continue
        stands = draft.ask(
            Question(
                f"columns.blank{part.suffix}", "columns",
                f"{blank:,} rows say nothing of {part.label}. What are they?", None,
                f"empty in all of {', '.join(part.columns.values())}",
                (Choice("absent", f"Studies that {part.label} was not meant for: they are no rows of it"),
                 Choice("kept", f"Studies of {part.label} without a result: they count as such")),
            )
        )  # fmt: skip
        part.absent_when_blank = stands == "absent"
