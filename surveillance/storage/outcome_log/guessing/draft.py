"""A profile while it is put together: what is asked, what stands, and what would be written."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from surveillance.storage.outcome_log.column_names import Kind
from surveillance.storage.outcome_log.guessing.column_facts import ColumnFacts
from surveillance.storage.outcome_log.guessing.proposal import Answers, Question
from surveillance.storage.outcome_log.guessing.read_once import ReadOnce

Found = TypeVar("Found")
NOT_OFFERED = "This answer is not offered for this file: choose again."


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows already: registered versions at sites as (product, version, site), and profile names."""

    deployments: tuple[tuple[str, str, str], ...] = ()
    profiles: tuple[tuple[str, int], ...] = ()
    ready_profiles: tuple[str, ...] = ()
    thresholds: tuple[tuple[str, str, float], ...] = ()

    @property
    def models(self) -> tuple[str, ...]:
        """Return the registered products."""
        return tuple(dict.fromkeys(model for model, _, _ in self.deployments))

    @property
    def sites(self) -> tuple[str, ...]:
        """Return the sites at which something is registered."""
        return tuple(dict.fromkeys(site for _, _, site in self.deployments))

    def versions(self, models: Iterable[str]) -> tuple[str, ...]:
        """Return the registered versions of products."""
        wanted = set(models)
        return tuple(dict.fromkeys(version for model, version, _ in self.deployments if model in wanted))


@dataclass(slots=True)
class PartDraft:
    """One product of the file: what is its own. `rows` are its rows among those looked at, None for all."""

    label: str = ""
    rows: tuple[int, ...] | None = None
    when: dict[str, str] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    score: dict[str, Any] = field(default_factory=dict)
    threshold: dict[str, Any] = field(default_factory=dict)
    absent_when_blank: bool = False

    @property
    def suffix(self) -> str:
        """Return what ends the keys of questions about this product alone."""
        return f".{self.label}" if self.label else ""

    @property
    def of_it(self) -> str:
        """Return the words that name the product in a question, where there are several."""
        return f" of {self.label}" if self.label else ""


@dataclass(slots=True)
class Draft:
    """The whole profile under way.

    Attributes
    ----------
    top : what holds for the whole file, as it will stand in the TOML text
    columns : our column -> theirs, for the whole file
    facts : their columns, and the joined ones
    joined : joined column -> its parts
    read : what was worked out of this file before; `stage` tells the facts as they stand from those without a total
    """

    answers: Answers
    known: Known
    file_name: str
    kind: Kind = "results"
    facts: dict[str, ColumnFacts] = field(default_factory=dict)
    joined: dict[str, tuple[str, str]] = field(default_factory=dict)
    top: dict[str, Any] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    parts: list[PartDraft] = field(default_factory=lambda: [PartDraft()])
    questions: list[Question] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    read: ReadOnce = field(default_factory=ReadOnce)
    stage: str = ""

    def once(self, *key: Hashable, make: Callable[[], Found]) -> Found:
        """Return what the facts as they stand gave before, else work it out."""
        return self.read.once((self.stage, *key), make)

    def ask(self, question: Question, check: Callable[[str], str] | None = None) -> str | None:
        """Put a question, with its answer if there is one, and return what stands for now.

        `check` returns what is wrong with a written answer, "" where it can be used.
        """
        answer, fault = self.answers.given.get(question.key), ""
        if answer is not None:
            offered = answer in {choice.value for choice in question.choices}
            if not offered:
                fault = (check(answer) if check else "") if question.free else NOT_OFFERED
        put = replace(question, answer=answer, fault=fault)
        self.questions.append(put)
        return put.stands

    def theirs(self, ours: str, part: PartDraft | None = None) -> str | None:
        """Return the file's column for one of ours: the product's own, else the whole file's."""
        own = part.columns.get(ours) if part else None
        return own or self.columns.get(ours)

    def facts_for(self, ours: str, part: PartDraft) -> ColumnFacts | None:
        """Return what the cells of one of our columns look like in the rows of a product."""
        theirs = self.theirs(ours, part)
        if theirs is None or theirs not in self.facts:
            return None
        facts, rows = self.facts[theirs], part.rows
        if rows is None:
            return facts
        of = tuple(sorted(part.when.items()))
        return self.once("rows of", of, theirs, make=lambda: ColumnFacts(theirs, tuple(facts.cells[r] for r in rows)))

    def has(self, ours: str, part: PartDraft | None = None) -> bool:
        """Return whether a column of ours is given, by a column or a constant."""
        parts = self.parts if part is None else [part]
        constants = self.top.get("constants", {})
        return any(self.theirs(ours, one) is not None or ours in one.constants or ours in constants for one in parts)

    def table(self, name: str) -> dict[str, Any]:
        """Return a table of the TOML text, made where there is none."""
        found: dict[str, Any] = self.top.setdefault(name, {})
        return found
