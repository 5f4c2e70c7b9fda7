"""The methods page: every number and chart explained from its own docstring."""

import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from surveillance.domain.roles import Action, Actor
from surveillance.services.guard import guarded
from surveillance.services.measured_tables import MeasuredTable, measured_tables
from surveillance.services.method_docstring import MethodDocstring, read_docstring, short_reference
from surveillance.storage.store import Store

if TYPE_CHECKING:
    from surveillance.metrics.topic import Topic

Code: TypeAlias = Callable[..., Any]

# How words of the field are written at the head of an entry; the rest of a function's name is plain English.
WRITTEN = {
    "auroc": "AUROC",
    "cusum": "CUSUM",
    "ewma": "EWMA",
    "vlad": "VLAD",
    "xmr": "XmR",
    "delong": "DeLong",
    "begg": "Begg",
    "greenes": "Greenes",
    "hanley": "Hanley",
    "mcneil": "McNeil",
    "kolmogorov": "Kolmogorov",
    "smirnov": "Smirnov",
    "wasserstein": "Wasserstein distance",
    "benjamini": "Benjamini",
    "hochberg": "Hochberg",
    "wilson": "Wilson's interval",
    "spiegelhalter": "Spiegelhalter's test",
}
NOT_MEASURED = {
    "Estimate": "How often the interval holds the truth is not measured yet.",
    "Comparison": "How often it calls a difference where there is none is not measured yet.",
    "TestResult": "How often it calls a difference where there is none is not measured yet.",
    "chart": "The run length is not measured yet.",
}


@dataclass(frozen=True, slots=True)
class Departure:
    """Where a method leaves its published rule: the rule, what is done here, and why."""

    name: str
    title: str
    published: str
    done: str
    why: str


@dataclass(frozen=True)
class MethodEntry:
    """One method: its heading, what its docstring says, and how it did where it was measured.

    Attributes
    ----------
    name : str
        As plans and addresses write it.
    title : str
        As the screen says it.
    topic, question : str
        The heading it stands under, and what that heading asks.
    said : MethodDocstring
    measured : tuple of MeasuredTable
    not_measured : str
        The sentence for what should have been measured and was not; empty where nothing is missing.
    """

    name: str
    title: str
    topic: str
    question: str
    said: MethodDocstring
    measured: tuple[MeasuredTable, ...]
    not_measured: str

    @cached_property
    def departure(self) -> Departure | None:
        """Return where this method departs from its published rule; None where it does not."""
        if self.said.departs_in_nothing:
            return None
        done, because, why = self.said.departs.partition(" because ")
        if not because:
            done, _, why = self.said.departs.partition(". ")
        published = "; ".join(short_reference(one) for one in self.said.references)
        return Departure(self.name, self.title, published, _opened(done.rstrip(",;.")), _opened(why.strip()))

    @cached_property
    def words(self) -> str:
        """Return all that a search looks through."""
        said = self.said
        parts = (self.title, self.name, self.topic, said.sentence, *said.definition, said.assumes, said.not_for)
        return " ".join((*parts, said.departs, *said.references)).casefold()

    def speaks_of(self, wanted: str) -> bool:
        """Say whether every word that is looked for stands in this entry."""
        return all(word in self.words for word in wanted.casefold().split())


@guarded(Action.READ_METHODS)
def methods(actor: Actor, store: Store) -> tuple[MethodEntry, ...]:
    """Return the explanations of all figures and charts, by topic, from the docstrings of their code."""
    return documented()


@cache
def documented() -> tuple[MethodEntry, ...]:
    """Return an entry for each exported statistic and chart, read once a process, in the order of the topics."""
    from surveillance.metrics.topic import Topic

    order = [topic.label for topic in Topic]
    entries = (_entry(*one) for one in public_statistics())
    return tuple(sorted(entries, key=lambda entry: order.index(entry.topic)))


def public_statistics() -> tuple[tuple[str, str, Code], ...]:
    """Return name, title and code of each metric, each chart and each other function that the statistics export."""
    from surveillance import detectors, metrics

    named: dict[Code, tuple[str, str]] = {one.compute: (one.name, one.label) for one in metrics.METRICS.values()}
    named |= {one: (name, one.label) for name, one in detectors.DETECTORS.items()}
    exported = [one for package in (metrics, detectors) for one in vars(package).values() if inspect.isfunction(one)]
    others: dict[Code, tuple[str, str]] = {
        one: (one.__name__, _title(one.__name__)) for one in exported if one not in named
    }
    return tuple((name, title, code) for code, (name, title) in (named | others).items())


def _entry(name: str, title: str, code: Code) -> MethodEntry:
    topic = topic_of(code)
    said, measured = read_docstring(inspect.getdoc(code) or ""), measured_tables(name)
    answer = "chart" if inspect.isclass(code) else getattr(inspect.signature(code).return_annotation, "__name__", "")
    not_measured = "" if measured else NOT_MEASURED.get(answer, "")
    return MethodEntry(name, title, topic.label, topic.question, said, measured, not_measured)


def topic_of(code: Code) -> "Topic":
    """Return the topic that a statistic's module names; a chart is a chart without saying so."""
    from surveillance.detectors import Detector
    from surveillance.metrics.topic import Topic

    if inspect.isclass(code) and issubclass(code, Detector):
        return Topic.CHARTS
    topic: Topic = sys.modules[code.__module__].__dict__["TOPIC"]
    return topic


def _title(name: str) -> str:
    """Write a function's name as a heading.

    >>> _title("delong_test"), _title("onset_interval")
    ('DeLong test', 'Onset interval')
    """
    return _opened(" ".join(WRITTEN.get(word, word) for word in name.split("_")))


def _opened(words: str) -> str:
    """Write the first letter as a sentence opens."""
    return words[:1].upper() + words[1:]
