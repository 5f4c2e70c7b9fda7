"""One thing that is wrong with one line of a file, said so that a radiographer can put it right."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A line that was not stored, with the reason; a line with two faults gives two of these.

    Attributes
    ----------
    line : the line of the file as a text editor counts it, the first line being 1
    column : the column's name in the file, or "" where the whole line is meant
    rule : what a row must satisfy and this one does not
    value : what stood there; masked where it looks like an identifier
    fix : what to do about it
    raw : the line as it came, without columns that may not be stored; "" where it could not be kept safely
    """

    line: int
    column: str
    rule: str
    value: str
    fix: str
    raw: str
