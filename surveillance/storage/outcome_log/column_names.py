"""The columns of the case outcome log by kind of file and by form, as profiles and readers look them up."""

from typing import Final, Literal

from surveillance.storage.outcome_log.column_meanings import COLUMNS

Kind = Literal["results", "outcomes", "orders"]

LETTERS: Final[dict[Kind, str]] = {"results": "r", "outcomes": "o", "orders": "d"}


def _named(kind: Kind, *, required: bool = False) -> tuple[str, ...]:
    """Return the columns that may stand in a kind of file, or those that must."""
    letter = LETTERS[kind]
    return tuple(c.name for c in COLUMNS if (letter.upper() in c.files if required else letter in c.files.lower()))


CASE_COLUMNS: Final = _named("results")
OUTCOME_COLUMNS: Final = _named("outcomes")
ORDER_COLUMNS: Final = _named("orders")

ALLOWED: Final[dict[Kind, frozenset[str]]] = {
    "results": frozenset(CASE_COLUMNS) | frozenset(OUTCOME_COLUMNS),
    "outcomes": frozenset(OUTCOME_COLUMNS),
    "orders": frozenset(ORDER_COLUMNS),
}
REQUIRED: Final[dict[Kind, tuple[str, ...]]] = {
    "results": _named("results", required=True),
    "outcomes": _named("outcomes", required=True),
    "orders": _named("orders", required=True),
}
DATES: Final = tuple(column.name for column in COLUMNS if column.form == "moment")
NUMBERS: Final = tuple(column.name for column in COLUMNS if column.form == "number")
FLAGS: Final = tuple(column.name for column in COLUMNS if column.form == "yes or no")
VOCABULARY: Final[dict[str, tuple[str, ...]]] = {
    **{column.name: column.words for column in COLUMNS if column.form == "word"},
    **dict.fromkeys(FLAGS, ("1", "0")),
}
