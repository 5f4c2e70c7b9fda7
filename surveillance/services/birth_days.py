"""Days of birth become age bands on the machine where the pseudonyms are made, so that no day of birth leaves it."""

import re
from datetime import date, datetime

from surveillance.domain.age_band import age_band
from surveillance.errors import FileRefused

DAY = re.compile(r"^(\d{4}-\d{2}-\d{2}|\d{8}|\d{1,2}[/.-](?:\d{1,2}|[A-Za-z]{3})[/.-]\d{4}|\d{1,2} [A-Za-z]{3} \d{4})")
FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d-%b-%Y", "%d %b %Y", "%Y%m%d")


def age_bands(born: list[str], studied: list[str], names: tuple[str, str]) -> tuple[dict[tuple[str, str], str], int]:
    """Return the age band of each pair of cells (birth, study), and how many rows have none.

    The form of a column is the one in which all its days can be read, day before month where both can.

    Raises
    ------
    FileRefused
        If one of the columns (`names`) holds days of no form, such as years of two digits.
    """
    forms = [_form(set(cells), name) for cells, name in zip((born, studied), names, strict=True)]
    bands: dict[tuple[str, str], str] = {}
    without = 0
    for pair in zip(born, studied, strict=True):
        if pair not in bands:
            birth, study = (_day(cell, form) for cell, form in zip(pair, forms, strict=True))
            bands[pair] = (age_band(birth, study) or "") if birth and study else ""
        without += not bands[pair]
    return bands, without


def _form(cells: set[str], name: str) -> str:
    """Return the form of a column's days."""
    filled = [cell for cell in cells if cell.strip()]
    for form in FORMS:
        if filled and all(_day(cell, form) for cell in filled):
            return form
    raise FileRefused(
        f"The days in column '{name[:60]}' cannot be read: write them as 31/12/1950 or 1950-12-31, or leave the column "
        "out with --drop-column."
    )


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
