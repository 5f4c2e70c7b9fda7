"""The methods page: every number and chart explained from its own docstring."""

import inspect
from dataclasses import dataclass
from functools import cache

from surveillance.domain.roles import Action, Actor
from surveillance.services.guard import guarded
from surveillance.storage.store import Store

SECTIONS = ("Raises", "Returns", "Examples", "References", "Parameters", "Attributes")


@dataclass(frozen=True, slots=True)
class MethodEntry:
    """One method: its name, one plain sentence, its definition, and where it comes from."""

    name: str
    title: str
    kind: str
    sentence: str
    definition: str
    references: str


@guarded(Action.READ_METHODS)
def methods(actor: Actor, store: Store) -> tuple[MethodEntry, ...]:
    """Return the explanations of all figures and charts, from the docstrings of the code that computes them."""
    return _entries()


@cache
def _entries() -> tuple[MethodEntry, ...]:
    from surveillance.detectors import DETECTORS
    from surveillance.metrics import METRICS

    figures = [_entry(metric.name, metric.label, "figure", metric.compute) for metric in METRICS.values()]
    charts = [_entry(name, detector.label, "chart", detector) for name, detector in DETECTORS.items()]
    return (*figures, *charts)


def _entry(name: str, title: str, kind: str, documented: object) -> MethodEntry:
    text = inspect.getdoc(documented) or ""
    sentence, _, rest = text.partition("\n\n")
    parts = _sections(rest)
    return MethodEntry(
        name, title, kind, " ".join(sentence.split()), parts.get("", ""), " ".join(parts.get("References", "").split())
    )


def _sections(text: str) -> dict[str, str]:
    """Split a docstring's body at its underlined headings; what stands before the first is the definition."""
    found: dict[str, list[str]] = {"": []}
    current = ""
    for line in text.splitlines():
        if line.strip() in SECTIONS:
            current = line.strip()
            found[current] = []
        elif set(line.strip()) != {"-"}:
            found[current].append(line)
    return {name: "\n".join(lines).strip() for name, lines in found.items()}
