"""What is said of an alarm whose file was withdrawn: whether it rests on withdrawn data, or not on them alone."""

from collections.abc import Iterable
from dataclasses import dataclass

RESTS = "Rests on withdrawn data"
NOT_ALONE = "Not on withdrawn data alone"
IN_WEEKS = ("lies in the weeks of this alarm", "lie in the weeks of this alarm")
OF_VERSION = ("carries that version", "carry that version")


@dataclass(frozen=True, slots=True)
class WithdrawnRows:
    """The rows of a withdrawn file from which an alarm was raised, by what became of them.

    Attributes
    ----------
    gone : no file that counts holds them
    elsewhere : another file held them already when this one was withdrawn, and goes on counting
    again : they were loaded again afterwards and count again
    """

    gone: int = 0
    elsewhere: int = 0
    again: int = 0

    def __add__(self, other: "WithdrawnRows") -> "WithdrawnRows":
        return WithdrawnRows(self.gone + other.gone, self.elsewhere + other.elsewhere, self.again + other.again)

    @property
    def count(self) -> int:
        """Return how many they are."""
        return self.gone + self.elsewhere + self.again

    @property
    def rests(self) -> bool:
        """Say whether the alarm rests on withdrawn data: on any row that stopped counting, though it came again.

        An alarm is history: what is loaded again gives the same points again, and the alarm goes on saying that it was
        raised from a file that somebody withdrew for a reason.
        """
        return self.gone + self.again > 0


def withdrawn_mark(rows: WithdrawnRows, told: str, about: tuple[str, str] = IN_WEEKS) -> str:
    """Return what is said of an alarm, the mark before the colon; "" where no row of the file is behind it.

    Parameters
    ----------
    told : which file was withdrawn, when, by whom and why, as a sentence
    about : how its rows belong to the alarm, of one row and of several

    Examples
    --------
    >>> withdrawn_mark(WithdrawnRows(gone=7), "Batch 3 was withdrawn.")
    'Rests on withdrawn data: Batch 3 was withdrawn. 7 of its rows lie in the weeks of this alarm.'
    >>> print(withdrawn_mark(WithdrawnRows(elsewhere=12), "Batch 3 was withdrawn.").partition(";")[2])
     12 are in another file too and go on counting.
    """
    if not rows.count:
        return ""
    said = f"{rows.count:,} of its rows {about[rows.count > 1]}"
    if rows.elsewhere:
        verbs = ("is", "goes") if rows.elsewhere == 1 else ("are", "go")
        said += f"; {rows.elsewhere:,} {verbs[0]} in another file too and {verbs[1]} on counting"
    if rows.again:
        verbs = ("was", "counts") if rows.again == 1 else ("were", "count")
        said += f"; {rows.again:,} {verbs[0]} loaded again since and {verbs[1]} again"
    return f"{RESTS if rows.rests else NOT_ALONE}: {told} {said}."


def one_a_file(marks: Iterable[str]) -> tuple[str, ...]:
    """Return of the marks of an episode's signals the first about each file: the others differ in their weeks alone.

    >>> one_a_file(["Rests on withdrawn data: batch 3. 7 of its rows lie.", "Rests on withdrawn data: batch 3. 9 lie."])
    ('Rests on withdrawn data: batch 3. 7 of its rows lie.',)
    """
    first: dict[str, str] = {}
    for mark in marks:
        first.setdefault(mark.rpartition(". ")[0] or mark, mark)
    return tuple(first.values())
