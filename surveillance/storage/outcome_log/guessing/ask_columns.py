"""Questions about the columns: which is which, what stands in for one that is not there, and several products."""

from surveillance.storage.outcome_log.column_meanings import COLUMNS
from surveillance.storage.outcome_log.column_names import ALLOWED, REQUIRED
from surveillance.storage.outcome_log.guessing.column_candidates import ColumnGuess, guess_columns
from surveillance.storage.outcome_log.guessing.column_questions import question_about
from surveillance.storage.outcome_log.guessing.draft import Draft, PartDraft
from surveillance.storage.outcome_log.guessing.joined_dates import joined_dates, joined_facts
from surveillance.storage.outcome_log.guessing.proposal import NOTHING, Choice, Question
from surveillance.storage.outcome_log.guessing.side_by_side import OWN, side_by_side

CONSTANT = ("model", "version", "site", "truth_source")
ABOUT_TRUTH = ("truth_recorded_at", "truth_source")
EVERY = tuple(column.name for column in COLUMNS)


def with_joined(draft: Draft) -> None:
    """Offer a day and its time of day in two columns as one column too."""
    facts = draft.facts
    pairs = draft.once("joined", make=lambda: joined_dates(facts))
    joined = draft.once("both", make=lambda: {name: joined_facts(facts, name, parts) for name, parts in pairs.items()})
    draft.facts = facts | joined
    draft.joined = dict(pairs)


def likely_kind(draft: Draft) -> tuple[str, str]:
    """Return the likeliest kind of file, and why."""
    found = {ours for ours, one in _guesses(draft, EVERY).items() if one.proposed != ""}
    if found & {"score", "called"} or _side_by_side(draft):
        what = " and ".join(
            name for name in ("a score", "a flag") if {"a score": "score", "a flag": "called"}[name] in found
        )
        also = ", and confirmed findings beside them" if "truth" in found else ""
        return "results", f"it has {what or 'results of several products'}{also}"
    if "truth" in found:
        return "outcomes", "it has confirmed findings, but no score and no flag"
    if found & {"version", "status"}:
        return "results", "it names versions or states of AI jobs"
    return "orders", "it has neither results of an AI nor confirmed findings"


def _guesses(draft: Draft, wanted: tuple[str, ...]) -> dict[str, ColumnGuess]:
    """Return the guesses; a day alone is not proposed where it can be joined with its time."""
    spent = {part for parts in draft.joined.values() for part in parts}
    unspent = {name: one for name, one in draft.facts.items() if name not in spent}
    return draft.once("guesses", wanted, make=lambda: guess_columns(unspent, wanted))


def _side_by_side(draft: Draft) -> dict[str, dict[str, str]]:
    """Return the products that stand side by side, each with its own columns."""
    return draft.once("products", make=lambda: side_by_side(draft.facts))


def ask_products(draft: Draft) -> None:
    """Ask whether the file holds several products side by side, where it looks so."""
    found = _side_by_side(draft) if draft.kind == "results" else {}
    if not found:
        return
    names = ", ".join(found)
    columns = "; ".join(f"{label}: {', '.join(own.values())}" for label, own in found.items())
    stands = draft.ask(
        Question(
            "file.products", "file", "Does each row hold the results of several products?", "several", columns,
            (Choice("several", f"Yes, side by side: {names}"), Choice("one", "No, of one product")),
        )
    )  # fmt: skip
    if stands == "several":
        draft.parts = [PartDraft(label) for label in found]


def ask_columns(draft: Draft) -> None:
    """Ask for each column of ours which of theirs it is; of several products, for each its own."""
    wanted = tuple(name for name in EVERY if name in ALLOWED[draft.kind])
    guesses = _guesses(draft, wanted)
    several = _side_by_side(draft) if draft.parts[0].label else {}
    taken = {theirs for own in several.values() for theirs in own.values()}
    for ours in wanted:
        if several and ours in OWN and any(ours in own for own in several.values()):
            for part in draft.parts:
                theirs = several[part.label].get(ours, "")
                chosen = _ask(draft, ours, ColumnGuess(theirs, ()), part, "named after the product" if theirs else "")
                if chosen:
                    part.columns[ours] = chosen
            continue
        guess = guesses[ours]
        if several and guess.proposed in taken:
            guess = ColumnGuess("", tuple(one for one in guess.candidates if one.theirs not in taken))
        if ours == "model" and several:
            continue
        if chosen := _ask(draft, ours, guess, PartDraft(), ""):
            draft.columns[ours] = chosen
    if not draft.has("truth") and (about := [one for one in ABOUT_TRUTH if one in draft.columns]):
        lost = ", ".join(draft.columns.pop(one) for one in about)
        draft.notes.append(
            f"No column says what was found, so {lost} would not be read: a date or a source is no finding."
        )
    used = {*draft.columns.values(), *(theirs for part in draft.parts for theirs in part.columns.values())}
    draft.joined = {name: parts for name, parts in draft.joined.items() if name in used}


def _ask(draft: Draft, ours: str, guess: ColumnGuess, part: PartDraft, said: str) -> str:
    """Ask for one column of ours, and return theirs, "" where there is none for now."""
    needed = ours in REQUIRED[draft.kind]
    listed = [Choice(one.theirs, one.theirs, one.evidence) for one in guess.candidates]
    known = {choice.value for choice in listed}
    listed += [Choice(name, name) for name in draft.facts if name not in known]
    if not needed or ours in CONSTANT:
        listed.append(Choice(NOTHING, "The file has no such column"))
    first = guess.candidates[0].evidence if guess.candidates and guess.proposed else said
    if guess.proposed is None:
        names = " and ".join(f"'{one.theirs}'" for one in guess.candidates[:2])
        first = f"{names} are as likely: choose"
    proposed = NOTHING if guess.proposed == "" else guess.proposed
    if needed and proposed == NOTHING and ours not in CONSTANT:
        proposed = None
    examples = draft.facts[proposed].examples if proposed in draft.facts else ()
    stands = draft.ask(
        Question(
            f"column.{ours}{part.suffix}", "columns", question_about(ours, part.label), proposed,
            first or "no name of a column points to it", tuple(listed), ours=ours, theirs=proposed or "",
            examples=examples,
        ),
    )  # fmt: skip
    return "" if stands in (None, NOTHING) else str(stands)
