"""Questions about versions that are written in several ways, and about the name of the profile."""

import re

from surveillance.storage.outcome_log.guessing.draft import Draft
from surveillance.storage.outcome_log.guessing.proposal import NOTHING, Choice, Question

LEAD = re.compile(r"^(v|ver|vers|version|release|rel|rev|r|build)[ ._-]*(?=\d)")


def ask_versions(draft: Draft) -> None:
    """Ask of each spelling that looks like another one whether the two are the same version; a person signs it."""
    models = [part.constants.get("model", "") for part in draft.parts] + [
        draft.top.get("constants", {}).get("model", "")
    ]
    models += draft.top.get("values", {}).get("model", {}).values()
    registered = draft.known.versions(models)
    written: dict[str, int] = {}
    for part in draft.parts:
        facts = draft.facts_for("version", part)
        constant = part.constants.get("version") or draft.top.get("constants", {}).get("version")
        for word, count in [] if facts is None else facts.words.items():
            written[word] = written.get(word, 0) + count
        if facts is None and constant:
            written.setdefault(constant, 0)
    for word, count in written.items():
        target = _same_version(word, registered, written)
        if target is None:
            continue
        known = "registered" if target in registered else "in the same file"
        stands = draft.ask(
            Question(
                f"version.{word}", "versions", f"Is version '{word}' the same as '{target}'?", target,
                f"'{word}' stands in {count:,} rows; '{target}' is {known}; they differ in how they are written only",
                (Choice(target, f"The same version: count it as {target}"), Choice(NOTHING, "Another version")),
                ours="version",
            )
        )  # fmt: skip
        if stands == target:
            draft.table("aliases").setdefault("version", {})[word] = target


def _same_version(word: str, registered: tuple[str, ...], written: dict[str, int]) -> str | None:
    """Return the spelling that a version's other spelling likely stands for, or None."""
    if word in registered:
        return None
    alike = [one for one in (*registered, *written) if one != word and plain_version(one) == plain_version(word)]
    if not alike:
        return None
    best = next((one for one in alike if one in registered), None) or min(alike, key=lambda one: (len(one), one))
    return best if best in registered or (len(best), best) < (len(word), word) else None


def plain_version(text: str) -> str:
    """Return a version without what is only a way of writing it.

    Examples
    --------
    >>> plain_version("v2.0.1"), plain_version("Version 2.0.1 "), plain_version("2.0.1-rc1")
    ('2.0.1', '2.0.1', '2.0.1-rc1')
    """
    return LEAD.sub("", " ".join(text.lower().split()))


def ask_name(draft: Draft) -> str:
    """Ask for the name under which the profile is kept; an existing name gets a new version."""
    stem = re.sub(r"\.(csv|txt|tsv|xlsx|parquet|gz)\b", "", draft.file_name.lower())
    plain = "-".join(part for part in re.findall(r"[a-z]+", stem) if len(part) > 1) or "export"
    kept = dict(draft.known.profiles)
    said = f"there is a profile of this name: it would become version {kept[plain] + 1}" if plain in kept else (
        "made from the file's name without its numbers"
    )  # fmt: skip
    taken = set(draft.known.ready_profiles)
    stands = draft.ask(
        Question(
            "name", "name", "Under which name is this profile kept?", None if plain in taken else plain[:80], said,
            tuple(Choice(name, f"{name}, as version {version + 1}") for name, version in kept.items()), free=True,
        ),
        lambda text: _name_fault(text, taken),
    )  # fmt: skip
    return (stands or "").strip()


def _name_fault(text: str, taken: set[str]) -> str:
    """Return what is wrong with a profile's name, "" if nothing."""
    if not text.strip() or len(text.strip()) > 120:
        return "Write a name of at most 120 characters."
    return "This is the name of a profile that comes with the product: choose another." if text.strip() in taken else ""
