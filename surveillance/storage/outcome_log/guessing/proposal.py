"""What is proposed for a file: questions with their choices, what speaks for each, and what a person answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal

Topic = Literal["file", "columns", "values", "dates", "score", "truth", "versions", "name"]
TOPICS: Final[dict[Topic, str]] = {
    "file": "The file",
    "columns": "Which column is which",
    "values": "What the words mean",
    "dates": "Dates and clocks",
    "score": "Score and threshold",
    "truth": "Confirmed findings",
    "versions": "Spellings of versions",
    "name": "Name of this profile",
}
NOTHING: Final = "(none)"  # the answer "there is no such column", or "this word gives nothing"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that a question offers: `value` is what an answer holds, `words` what a person reads."""

    value: str
    words: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to settle about a file; `answer` is what a person said, None where it still waits.

    Attributes
    ----------
    key : names it in `Answers`; a key about a column of the file or a word holds that name, so that an answer
        about a column that is no longer chosen is simply not asked any more
    topic : where it stands on the page (`TOPICS` gives the titles)
    asks : the question in the words of a radiographer
    proposed : the likeliest answer, or None where nothing in the file tells: then a person must choose
    evidence : what speaks for the proposal, in words
    choices : what may be answered, likeliest first, runners-up with their own evidence; may be empty
    free : whether another text than the choices may be written
    ours : our column that it is about, or ""
    theirs : the file's column that it is about, or ""
    examples : cells of the file, as they stand
    """

    key: str
    topic: Topic
    asks: str
    proposed: str | None
    evidence: str
    choices: tuple[Choice, ...] = ()
    free: bool = False
    ours: str = ""
    theirs: str = ""
    examples: tuple[str, ...] = ()
    answer: str | None = None
    fault: str = ""

    @property
    def settled(self) -> bool:
        """Return whether a person has answered it, with an answer that can be used."""
        return self.answer is not None and not self.fault

    @property
    def must_choose(self) -> bool:
        """Return whether nothing is proposed and nothing is answered: no default may stand."""
        return not self.settled and self.proposed is None

    @property
    def stands(self) -> str | None:
        """Return what holds for now: the answer, else the proposal, else None."""
        return self.answer if self.settled else self.proposed


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person has confirmed or changed: question key -> answer. A value: each change gives a new one.

    Examples
    --------
    >>> Answers().answer("file.kind", "results").given["file.kind"]
    'results'
    """

    given: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "given", MappingProxyType(dict(self.given)))

    def answer(self, key: str, value: str) -> "Answers":
        """Return the answers with one more, or one changed."""
        return Answers({**self.given, key: value})

    def withdraw(self, key: str) -> "Answers":
        """Return the answers without one: its question is asked again."""
        return Answers({name: value for name, value in self.given.items() if name != key})

    def confirm(self, questions: Iterable[Question]) -> "Answers":
        """Return the answers with the proposals of these questions taken as a person's own, where there is one."""
        taken = {one.key: one.proposed for one in questions if not one.settled and one.proposed is not None}
        return Answers({**self.given, **taken})


@dataclass(frozen=True, slots=True)
class Proposal:
    """How a file is thought to be written; it can be saved when a person has settled every question.

    Attributes
    ----------
    header : the file's column names; `header_row` the line on which they end, the first being 1
    first_rows : up to 20 rows of the file as they stand, their column -> text; `first_lines` their lines
    unread : columns of the file that would not be read, and so never stored
    notes : further sentences to show
    """

    file_name: str
    encoding: str
    delimiter: str
    header_row: int
    header: tuple[str, ...]
    rows: int
    first_rows: tuple[dict[str, str], ...]
    first_lines: tuple[int, ...]
    unread: tuple[str, ...]
    questions: tuple[Question, ...]
    notes: tuple[str, ...] = ()

    @property
    def waiting(self) -> tuple[Question, ...]:
        """Return the questions that a person has not settled yet."""
        return tuple(one for one in self.questions if not one.settled)

    @property
    def to_choose(self) -> tuple[Question, ...]:
        """Return the questions to which the file holds no answer and nobody has given one."""
        return tuple(one for one in self.questions if one.must_choose)

    @property
    def can_be_saved(self) -> bool:
        """Return whether every question is settled."""
        return not self.waiting

    def of(self, topic: Topic) -> tuple[Question, ...]:
        """Return the questions of one topic, in the order to show them."""
        return tuple(one for one in self.questions if one.topic == topic)

    def question(self, key: str) -> Question:
        """Return a question by its key."""
        return next(one for one in self.questions if one.key == key)
