"""Questions about the score: its scale, which end means disease, and the threshold where there is no flag."""

import re

from surveillance.storage.outcome_log.guessing.column_facts import ColumnFacts, number_of
from surveillance.storage.outcome_log.guessing.draft import Draft, PartDraft
from surveillance.storage.outcome_log.guessing.proposal import NOTHING, Choice, Question
from surveillance.storage.outcome_log.guessing.score_direction import score_direction
from surveillance.storage.outcome_log.identifier_patterns import plain_header

SCALES = {"0 to 1": "From 0 to 1", "0 to 100": "From 0 to 100 (per cent)", "0 to 10": "From 0 to 10"}
SCALE = re.compile(r"\s*([+-]?\d+(?:[.,]\d+)?)\s*(?:to|-|–)\s*([+-]?\d+(?:[.,]\d+)?)\s*")
FEWEST = 20  # scores: with fewer, the largest one says little about the end of the scale
NAMED_FOR_DISEASE = r"suspic|prob|likelihood|\brisk|abnormal"
NAMED_FOR_HEALTH = r"normal(ity)?\b|health|negative"


def ask_score(draft: Draft) -> None:
    """Ask about the score of each product."""
    for part in draft.parts:
        facts = draft.facts_for("score", part)
        if facts is None:
            continue
        scale = _ask_scale(draft, part, facts)
        direction = _ask_direction(draft, part, facts)
        rule: dict[str, float | str] = {} if scale is None else {"from": scale[0], "to": scale[1]}
        if direction is not None:
            rule["higher_means"] = direction
        part.score = rule
        if not draft.has("called", part) and scale is not None and direction is not None:
            _ask_threshold(draft, part, facts, scale, direction)


def _key(name: str, part: PartDraft, facts: ColumnFacts) -> str:
    return f"score.{name}.{facts.name}{part.suffix}"


def _ask_scale(draft: Draft, part: PartDraft, facts: ColumnFacts) -> tuple[float, float] | None:
    """Ask for the two ends of the scale."""
    numbers = facts.numbers
    low, high = (min(numbers), max(numbers)) if numbers else (0.0, 0.0)
    per_cent = "%" in facts.name or any("%" in word for word in list(facts.words)[:50])
    proposed = None
    if len(numbers) >= FEWEST and low >= 0 and high <= 1 and not per_cent:
        proposed = "0 to 1"
    elif len(numbers) >= FEWEST and low >= 0 and 10 < high <= 100:
        proposed = "0 to 100"
    evidence = f"{len(numbers):,} scores from {low:g} to {high:g}"
    if per_cent:
        evidence += ", written as per cent"
    if proposed is None:
        evidence += "; the ends of the scale cannot be told from these"
    stands = draft.ask(
        Question(
            _key("scale", part, facts), "score",
            f"What are the lowest and the highest possible score{part.of_it}?", proposed,
            evidence, tuple(Choice(value, words) for value, words in SCALES.items()), free=True, ours="score",
            theirs=facts.name, examples=facts.examples,
        ),
        lambda text: "" if ends(text) else "Write the two ends, the lower first, as 0 to 100 is written.",
    )  # fmt: skip
    return ends(stands) if stands is not None else None


def ends(text: str) -> tuple[float, float] | None:
    """Return the two ends of a scale, the lower first, or None.

    Examples
    --------
    >>> ends("0 to 100"), ends("1 to 5"), ends("5 to 1"), ends("per cent")
    ((0.0, 100.0), (1.0, 5.0), None, None)
    """
    found = SCALE.fullmatch(text)
    if found is None:
        return None
    low, high = (float(end.replace(",", ".")) for end in found.groups())
    return (low, high) if low < high else None


def _ask_direction(draft: Draft, part: PartDraft, facts: ColumnFacts) -> str | None:
    """Ask which end means disease; proposed where the rows or the name say it, and never both ways."""
    told = draft.once(
        "direction", facts.name, part.label, *(_said(draft, ours, part) for ours in ("called", "truth")),
        make=lambda: score_direction(facts.cells, _words(draft, "called", part), _words(draft, "truth", part)),
    )  # fmt: skip
    plain = plain_header(facts.name)
    named = "health" if re.search(NAMED_FOR_HEALTH, plain) and not re.search(r"abnormal", plain) else None
    named = named or ("disease" if re.search(NAMED_FOR_DISEASE, plain) else None)
    proposed, evidence = told.higher_means, told.evidence
    if named is not None:
        evidence += f"; its name '{facts.name}' speaks of {named}"
        proposed = named if proposed is None and "neither" not in evidence else proposed if proposed == named else None
    return draft.ask(
        Question(
            _key("direction", part, facts), "score", f"What does a high score{part.of_it} mean?", proposed, evidence,
            (Choice("disease", "The finding is likely"),
             Choice("health", "The finding is unlikely: the scale is inverted")),
            ours="score", theirs=facts.name,
        )
    )  # fmt: skip


def _said(draft: Draft, ours: str, part: PartDraft) -> tuple[str | None, ...]:
    """Return what our word for each row depends on: the column, and what each of its words means."""
    table = part.values.get(ours) or draft.top.get("values", {}).get(ours, {})
    return (draft.theirs(ours, part), *(text for pair in sorted(table.items()) for text in pair))


def _words(draft: Draft, ours: str, part: PartDraft) -> tuple[str | None, ...]:
    """Return our word for each row of a product, as answered or proposed so far."""
    facts = draft.facts_for(ours, part)
    score = draft.facts_for("score", part)
    if facts is None:
        return (None,) * (len(score.cells) if score else 0)
    table = part.values.get(ours) or draft.top.get("values", {}).get(ours, {})
    return tuple(table.get(cell) for cell in facts.cells)


def _ask_threshold(
    draft: Draft, part: PartDraft, facts: ColumnFacts, scale: tuple[float, float], direction: str
) -> None:
    """Ask from which score on the product flags, on the file's own scale."""
    models = {part.constants.get("model"), draft.top.get("constants", {}).get("model")}
    kept = [
        f"{name}, version {version}: {value:g}" for name, version, value in draft.known.thresholds if name in models
    ]
    said = f"; registered on the scale 0 to 1: {'; '.join(kept)}" if kept else ""
    stands = draft.ask(
        Question(
            _key("threshold", part, facts), "score",
            f"No column says which studies{part.of_it} the AI flagged. From which score on does it flag?", None,
            f"no flag in the file; write it on the file's own scale, {scale[0]:g} to {scale[1]:g}{said}",
            (Choice(NOTHING, "It does not flag: this product gives scores only"),), free=True, ours="called",
            theirs=facts.name,
        ),
        lambda text: "" if _on_scale(text, scale) is not None else f"Write a number from {scale[0]:g} to {scale[1]:g}.",
    )  # fmt: skip
    if stands is None or stands == NOTHING:
        return
    itself = draft.ask(
        Question(
            _key("threshold.itself", part, facts), "score",
            f"Is a study with a score of exactly {stands} flagged?", "yes",
            f"{sum(number == number_of(stands) for number in facts.numbers):,} studies have exactly this score",
            (Choice("yes", "Yes, it is flagged"), Choice("no", "No, only beyond it")), ours="called",
            theirs=facts.name,
        )
    )  # fmt: skip
    value = ((_on_scale(stands, scale) or 0.0) - scale[0]) / (scale[1] - scale[0])
    if direction == "health":
        value = 1.0 - value
    part.threshold = {"value": round(value, 12), "rule": ">=" if itself == "yes" else ">"}


def _on_scale(text: str, scale: tuple[float, float]) -> float | None:
    """Return a threshold that lies on the scale, or None."""
    number = number_of(text.strip())
    return number if number is not None and scale[0] <= number <= scale[1] else None
