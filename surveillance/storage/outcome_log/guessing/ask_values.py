"""Questions about words: what each word of a column means in the log; proposals are never taken silently."""

from surveillance.storage.outcome_log.column_names import FLAGS, VOCABULARY
from surveillance.storage.outcome_log.guessing.column_facts import ColumnFacts
from surveillance.storage.outcome_log.guessing.column_questions import question_about
from surveillance.storage.outcome_log.guessing.draft import Draft, PartDraft
from surveillance.storage.outcome_log.guessing.proposal import NOTHING, Choice, Question
from surveillance.storage.outcome_log.guessing.value_words import likely_word

MOST_WORDS = 60
MEANT = {
    "called": {"1": "The AI flagged the study", "0": "The AI did not flag it"},
    "truth": {
        "1": "The finding is confirmed", "0": "The finding is confirmed to be absent",
        "indeterminate": "It stays in doubt: counted and shown, never scored",
    },
    "status": {
        "processed": "The AI processed the study", "failed": "The AI was given it and failed",
        "not_sent": "The AI was not given it",
    },
    "truth_source": {
        "report": "The radiology report", "adjudication": "Adjudication by experts", "follow_up": "Follow-up",
        "audit": "An audit of a sample",
    },
}  # fmt: skip
REGISTERED, NEW = "registered", "not registered yet: it gets this name"
YES_NO = {"1": "Yes", "0": "No"}


def ask_values(draft: Draft) -> None:
    """Ask for the words of every column that has a closed list in the log, and for the names of sites."""
    for ours in VOCABULARY:
        if theirs := draft.columns.get(ours):
            _ask_words(draft, ours, draft.facts[theirs], None)
        for part in draft.parts:
            if own := part.columns.get(ours):
                _ask_words(draft, ours, draft.facts[own], part)
    if site := draft.columns.get("site"):
        _ask_names(draft, "site", draft.facts[site])


def _ask_words(draft: Draft, ours: str, facts: ColumnFacts, part: PartDraft | None) -> None:
    """Ask what each word of one column means; a column of running text is no column of words."""
    if len(facts.words) > MOST_WORDS:
        draft.notes.append(
            f"The column '{facts.name}' holds {len(facts.words)} different texts, too many to settle one by one, so it"
            f" cannot be taken as it stands. {question_about(ours)} Choose another, or export it with fewer words."
        )
        return
    meant = MEANT.get(ours) or (YES_NO if ours in FLAGS else {word: word for word in VOCABULARY[ours]})
    choices = (
        *(Choice(word, words) for word, words in meant.items()),
        Choice(NOTHING, "Nothing is known yet" if ours == "truth" else "It says nothing: as an empty cell"),
    )
    table: dict[str, str] = {}
    blanks = {} if draft.top.get("missing") else facts.blanks
    words = {**facts.words, **blanks}
    for word, count in sorted(words.items(), key=lambda item: (-item[1], item[0])):
        proposed = NOTHING if word in blanks else likely_word(ours, word)
        rows = f"in {count:,} of {facts.filled:,} filled cells of {facts.name}"
        stands = draft.ask(
            Question(
                f"value.{ours}.{facts.name}.{word}", "values", f"What does '{word}' mean in {facts.name}?", proposed,
                rows if proposed is not None else f"{rows}; what it means cannot be told from the word", choices,
                ours=ours, theirs=facts.name,
            )
        )  # fmt: skip
        if stands is not None:
            table[word] = "" if stands == NOTHING else stands
    if table:
        (part.values if part is not None else draft.table("values"))[ours] = table


def _ask_names(draft: Draft, ours: str, facts: ColumnFacts) -> None:
    """Ask which registered name each text of a column stands for: the same one where it is registered so."""
    if len(facts.words) > MOST_WORDS:
        draft.notes.append(f"The column '{facts.name}' names {len(facts.words)} sites; they are taken as they stand.")
        return
    table = {}
    for word, count in facts.words.items():
        same = [name for name in draft.known.sites if name.lower() == word.lower()]
        stands = draft.ask(
            Question(
                f"value.{ours}.{facts.name}.{word}", "values", f"Which site is '{word}'?", same[0] if same else word,
                f"in {count:,} of {facts.filled:,} cells; " + (REGISTERED if same else NEW),
                tuple(Choice(name, name, "registered") for name in draft.known.sites), free=True, ours=ours,
                theirs=facts.name,
            ),
            lambda text: "" if text.strip() else "Write the name of the site.",
        )  # fmt: skip
        if stands is not None:
            table[word] = stands.strip()
    if table:
        draft.table("values")[ours] = table


def ask_models(draft: Draft) -> None:
    """Ask which product each text of the product's column is; several make one part of the profile each."""
    theirs = draft.columns.get("model")
    if theirs is None:
        return
    facts = draft.facts[theirs]
    names: dict[str, str] = {}
    for word, count in facts.words.items():
        same = [name for name in draft.known.models if name.lower() == word.lower()]
        stands = draft.ask(
            Question(
                f"value.model.{theirs}.{word}", "values", f"Which product is '{word}'?", same[0] if same else word,
                f"in {count:,} of {facts.filled:,} cells; " + (REGISTERED if same else NEW),
                tuple(Choice(name, name, "registered") for name in draft.known.models), free=True, ours="model",
                theirs=theirs,
            ),
            lambda text: "" if text.strip() else "Write the name of the product.",
        )  # fmt: skip
        if stands is not None:
            names[word] = stands.strip()
    if not names:
        return
    if len(names) == 1 or draft.kind != "results":
        draft.table("values")["model"] = names
        return
    del draft.columns["model"]
    rows = {word: tuple(row for row, cell in enumerate(facts.cells) if cell == word) for word in names}
    draft.parts = [
        PartDraft(word, rows[word], {theirs: word}, constants={"model": name}) for word, name in names.items()
    ]
