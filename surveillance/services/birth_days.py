"""Days of birth become age bands on the machine where the pseudonyms are made, so that no day of birth leaves it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from surveillance.domain.age_band import age_band
from surveillance.errors import FileRefused

DAY = re.compile(r"^(\d{4}-\d{2}-\d{2}|\d{8}|\d{1,2}[/.-](?:\d{1,2}|[A-Za-z]{3})[/.-]\d{4}|\d{1,2} [A-Za-z]{3} \d{4})")
FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d-%b-%Y", "%d %b %Y", "%Y%m%d")


@dataclass
class DayColumn:
    """The form of a column's days: the one in which all of them can be read, day before month where both can."""

    name: str
    forms: tuple[str, ...] = FORMS
    filled: bool = False

    def look(self, cells: Iterable[str]) -> None:
        """Take some cells into account."""
        told = {cell for cell in cells if cell.strip()}
        self.filled = self.filled or bool(told)
        self.forms = tuple(form for form in self.forms if all(_day(cell, form) for cell in told))

    @property
    def form(self) -> str:
        """Return the form.

        Raises
        ------
        FileRefused
            If there is none, as with years of two digits.
        """
        if not (self.filled and self.forms):
            raise FileRefused(
                f"The days in column '{self.name[:60]}' cannot be read: write them as 31/12/1950 or 1950-12-31, or "
                "leave the column out with --drop."
            )
        return self.forms[0]


@dataclass
class AgeBands:
    """Gives the age band of a birth at a study, and counts the rows without one."""

    born: DayColumn
    studied: DayColumn
    without: int = 0

    def __call__(self, birth: str, study: str) -> str:
        """Return a band, "" where a day is missing or gives no age."""
        days = _day(birth, self.born.form), _day(study, self.studied.form)
        band = (age_band(days[0], days[1]) or "") if days[0] and days[1] else ""
        self.without += not band
        return band


def _day(cell: str, form: str) -> date | None:
    """Return the day that a cell begins with."""
    found = DAY.match(cell.strip())
    if not found:
        return None
    text = found[1] if form == "%Y-%m-%d" or "%b" in form else re.sub(r"[.-]", "/", found[1])
    try:
        return datetime.strptime(text.title() if "%b" in form else text, form).date()  # noqa: DTZ007 - a day of birth
    except ValueError:
        return None
