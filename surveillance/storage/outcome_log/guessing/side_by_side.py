"""Two products in one file, side by side: the same columns twice, each with a product's name."""

from surveillance.storage.outcome_log.guessing.column_candidates import content_suits
from surveillance.storage.outcome_log.guessing.column_facts import ColumnFacts
from surveillance.storage.outcome_log.guessing.field_names import FIELD_NAMES, WHOLE, named_like
from surveillance.storage.outcome_log.identifier_patterns import plain_header

OWN = ("score", "called", "status", "version", "result_at", "truth", "truth_recorded_at", "subtype")
NO_PRODUCT = {"ai", "final", "max", "mean", "overall", "raw", "the", "algorithm", "software", "job", "report", "study"}


def side_by_side(facts: dict[str, ColumnFacts]) -> dict[str, dict[str, str]]:
    """Return the products of a file, each with its own columns (ours -> theirs); empty where it holds one.

    Examples
    --------
    >>> cells = {"NeuroFlag Score": ("0.1", "0.9"), "VesselAI Score": ("0.3", "0.2")}
    >>> side_by_side({name: ColumnFacts(name, texts) for name, texts in cells.items()})
    {'NeuroFlag': {'score': 'NeuroFlag Score'}, 'VesselAI': {'score': 'VesselAI Score'}}
    """
    found: dict[str, dict[str, str]] = {}
    shown: dict[str, str] = {}
    for name, column in facts.items():
        if not column.filled or any(named_like(name, ours) == WHOLE for ours in OWN):
            continue
        words = plain_header(name.replace(" / ", " ")).split()
        match = next(
            (
                (owner, ours)
                for cut in range(len(words) - 1, 0, -1)  # the longest name first: "vessel ai" before "vessel"
                for owner, rest in ((words[:cut], words[cut:]), (words[-cut:], words[:-cut]))
                if (ours := _ours(" ".join(rest))) and not set(owner) <= NO_PRODUCT and content_suits(ours, column)
            ),
            None,
        )
        if match is None:
            continue
        key = " ".join(match[0])
        if match[1] not in found.setdefault(key, {}):
            found[key][match[1]] = name
            shown.setdefault(key, _as_written(name, match[0]))
    products = {key: own for key, own in found.items() if {"score", "called"} & set(own)}
    shared = [set(own) & {"score", "called"} for own in products.values()]
    if len(products) < 2 or not set.intersection(*shared):
        return {}
    return {shown[key]: own for key, own in products.items()}


def _ours(rest: str) -> str | None:
    """Return our column whose whole name is what is left of theirs."""
    return next((ours for ours in OWN if rest == ours.replace("_", " ") or rest in FIELD_NAMES[ours].whole), None)


def _as_written(name: str, owner: list[str]) -> str:
    """Return a product's name as the header writes it."""
    size = len("".join(owner))
    letters = [place for place, sign in enumerate(name) if sign.isalnum()]
    plain = "".join(name[place] for place in letters).lower()
    start = plain.find("".join(owner))
    if start < 0:
        return " ".join(owner)
    return name[letters[start] : letters[start + size - 1] + 1].strip()
