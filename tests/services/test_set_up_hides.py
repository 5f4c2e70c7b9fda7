"""Setting up from a file with identifiers in it: no question, no example and no first row shows one of them."""

import dataclasses
from collections.abc import Iterator

import pytest

from surveillance.domain.roles import Role
from surveillance.errors import FileRefused
from surveillance.services import set_up

ROWS = 60
FAMILIES = ("Fotheringham", "Oyelaran", "Brackenbury", "Trelawney", "Pemberton", "Ashworth")
GIVEN = ("Jo", "Mavis", "Edwin", "Clara", "Hugh", "Nora", "Ida", "Otto", "Ruth", "Saul")
NAMES = [f"{family}, {given}" for family in FAMILIES for given in GIVEN]


def nhs_numbers() -> list[str]:
    """Return ten-digit numbers with the check digit of the NHS Data Dictionary (modulus 11)."""
    found: list[str] = []
    for number in range(900_000_000, 999_999_999, 7919):
        digits = f"{number:09d}"
        check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True)) % 11
        found += [f"{digits}{check % 11}"] if check != 10 else []
        if len(found) == ROWS:
            break
    return found


NUMBERS = nhs_numbers()
GROUPED = [f"{one[:3]} {one[3:6]} {one[6:]}" for one in NUMBERS]
TITLED = [f"seen with Mrs {name.split(',')[0]}" for name in NAMES]
BORN = [f"{1 + number % 28:02d}/02/19{30 + number}" for number in range(ROWS)]


def export(column: str, cells: list[str]) -> bytes:
    rows = [
        f"RX{70_000_000 + n};{cell};3.2.1;{1 + n % 28:02d}/03/2025 10:{n % 60:02d};0,{n * 37 % 100:02d};{'YN'[n % 2]}"
        for n, cell in enumerate(cells)
    ]
    return "\n".join([f"Accession;{column};Version;Exam date;AI score;AI flag", *rows, ""]).encode()


def texts(found: object) -> Iterator[str]:
    """Give every text in what the page is given."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        yield from texts(list(found.items()))
    elif isinstance(found, (list, tuple, set, frozenset)):
        for one in found:
            yield from texts(one)
    elif dataclasses.is_dataclass(found):
        for field in dataclasses.fields(found):
            yield from texts(getattr(found, field.name))


COLUMNS = ("Ref", "Comment", "Patient ID", "MRN", "NHS", "Scanner", "Version 2", "Sex", "Ward")
CELLS = {"nhs": NUMBERS, "grouped": GROUPED, "names": NAMES, "mrs": TITLED}


@pytest.mark.parametrize(("column", "kind"), [("Age", "born"), *((one, kind) for one in COLUMNS for kind in CELLS)])
def test_no_cell_that_tells_who_it_is_is_shown(ready, actor, words, column, kind):
    cells = BORN if kind == "born" else CELLS[kind]
    data, at, manager = export(column, cells), words.monday(29), actor(Role.DATA_MANAGER)

    proposal = set_up.propose(manager, ready.store, data, "export.csv", at=at)
    tried = set_up.try_out(manager, ready.store, data, "export.csv", set_up.NO_ANSWERS, at=at)

    shown = "\n".join([*texts(proposal), *texts(tried.rows), tried.refused])
    assert [cell for cell in cells if cell in shown] == []
    assert "RX70000001" in shown  # the others are


@pytest.mark.parametrize("header", ["NHS number Surname", "Patient surname (as in RIS)", "Referrer e-mail"])
def test_a_header_that_names_a_person_is_refused_with_the_command_that_makes_pseudonyms(ready, actor, words, header):
    with pytest.raises(FileRefused, match=r"surveillance pseudonymise FILE --key KEY"):
        set_up.propose(actor(Role.DATA_MANAGER), ready.store, export(header, NAMES), "export.csv", at=words.monday(29))
