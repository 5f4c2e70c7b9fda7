"""A file that looks as if it held patients' identifiers is refused before anything is stored.

Planted numbers are from the 999 range, which the NHS keeps for tests.
"""

import numpy as np
import pytest

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log.masking import is_nhs_number

HEADER = "Study,SW,Time,Score,Flag,Room"
COLUMNS = 'scanner = "Room"'


def check_digit(nine: str) -> int:
    """Work out an NHS number's check digit the long way, as the data dictionary describes it."""
    total = 0
    for position in range(9):
        total += int(nine[position]) * (10 - position)
    return 11 - total % 11


def nhs_numbers(rng: np.random.Generator, count: int) -> list[str]:
    found: list[str] = []
    while len(found) < count:
        nine = "999" + "".join(map(str, rng.integers(0, 10, 6)))
        digit = {11: 0}.get(check_digit(nine), check_digit(nine))
        if digit < 10:
            found.append(f"{nine}{digit}")
    return found


def lines(ids: list[str], rooms: list[str] | None = None) -> list[str]:
    rooms = rooms or ["CT 1"] * len(ids)
    return [f'"{i}",3.2,2026-05-04T10:00:00Z,0.25,N,"{room}"' for i, room in zip(ids, rooms, strict=True)]


def pseudonyms(rng: np.random.Generator, count: int) -> list[str]:
    return [f"{x:016x}" for x in rng.integers(0, 2**62, count)]


def test_the_check_digit_agrees_with_the_published_example():
    # NHS Data Model and Dictionary, NHS NUMBER, gives 943 476 5919 as valid
    assert is_nhs_number("943 476 5919")
    assert not is_nhs_number("9434765918")


@pytest.mark.parametrize("form", ["{}", "{0:.3} {1} {2}", "{0:.3}-{1}-{2}", "{}.0"])
def test_a_column_of_nhs_numbers_refuses_the_file_and_shows_the_value_masked(read, form):
    numbers = nhs_numbers(np.random.default_rng(1), 30)
    written = [form.format(n, n[3:6], n[6:]) for n in numbers]

    with pytest.raises(FileRefused, match="put a pseudonym in its place") as refused:
        read(*lines(written), header=HEADER, columns=COLUMNS)

    assert f"999***{numbers[0][-4:]}" in str(refused.value)
    assert "Line 2, column 'Study'" in str(refused.value)
    assert not any(n in str(refused.value) for n in numbers)


def test_one_nhs_number_among_pseudonyms_or_in_running_text_refuses_the_file(read):
    rng = np.random.default_rng(2)
    ids, number = pseudonyms(rng, 50), nhs_numbers(rng, 1)[0]

    with pytest.raises(FileRefused, match="Line 12"):
        read(*lines([*ids[:10], number, *ids[10:]]), header=HEADER, columns=COLUMNS)
    with pytest.raises(FileRefused, match="running text"):
        read(*lines(ids, ["CT 1"] * 49 + [f"moved, see {number} too"]), header=HEADER, columns=COLUMNS)


@pytest.mark.parametrize("name", ["NHS No", "PatientID", "MRN", "pt_id"])
def test_any_nhs_number_in_a_column_named_like_a_patients_number_refuses_the_file_read_or_not(read, name):
    rng = np.random.default_rng(3)
    accession = [str(x) for x in rng.integers(1_000_000_000, 9_999_999_999, 50)]
    rows = lines(pseudonyms(rng, 50), [*accession[:49], nhs_numbers(rng, 1)[0]])

    with pytest.raises(FileRefused, match=f"column '{name}'"):
        read(*rows, header=HEADER.replace("Room", name))
    with pytest.raises(FileRefused, match="shortened"):
        read(*lines(["A1"], ["9.43E+09"]), header=HEADER.replace("Room", name))


@pytest.mark.parametrize(
    "name", ["Name", "Patient Name", "Surname", "FIRST_NAME", "DOB", "D.O.B.", "Date of birth", "PatientBirthDate",
             "Postcode", "Post code", "Home Address", "E-mail", "Mobile"],
)  # fmt: skip
def test_a_column_named_after_an_identifier_refuses_the_file_read_or_not(read, name):
    with pytest.raises(FileRefused, match="named like a patient identifier"):
        read(*lines(["A1"]), header=HEADER.replace("Room", name))


@pytest.mark.parametrize("name", ["Scanner name", "Model Name", "Site name", "IP address", "Filename", "Product"])
def test_other_names_are_no_identifiers(read, name):
    assert read(*lines(["A1"]), header=HEADER.replace("Room", name)).rows_held == 0


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ("12/03/1950", "date of birth"), ("1950-03-12", "date of birth"), ("DOB 12.3.50", "date of birth"),
        ("SW1A 1AA", "postcode"), ("lives at m1 1ae now", "postcode"), ("jo.bloggs@example.org", "e-mail"),
        ("BLOGGS^JO", "patient name"), ("seen with Mrs Bloggs", "patient name"),
    ],
)  # fmt: skip
def test_one_telling_cell_refuses_the_file(read, cell, what):
    rng = np.random.default_rng(4)
    with pytest.raises(FileRefused, match=what) as refused:
        read(*lines(pseudonyms(rng, 20), ["CT 1"] * 19 + [cell]), header=HEADER, columns=COLUMNS)
    assert cell not in str(refused.value)


def test_names_as_identifiers_refuse_the_file(read):
    with pytest.raises(FileRefused, match="patient name"):
        read(*lines(["Bloggs, Jo", "Smith, Ann (Mrs)", "Jones, Al"]), header=HEADER, columns=COLUMNS)


def test_the_refusal_names_the_command_that_makes_pseudonyms(read):
    for header in (HEADER, HEADER.replace("Room", "Patient Name")):
        with pytest.raises(FileRefused, match="with the command: surveillance pseudonymise FILE --key KEY"):
            read(*lines(["9990000018"]), header=header, columns=COLUMNS if "Room" in header else "")


def test_ten_digit_accession_numbers_pass(read):
    """Of 200 files of 500 random ten-digit numbers, at most 1 in 100 may be refused (seeded)."""
    rng = np.random.default_rng(5)
    refused = 0
    for _ in range(200):
        try:
            read(*lines([str(x) for x in rng.integers(1_000_000_000, 9_999_999_999, 500)]), header=HEADER)
        except FileRefused:
            refused += 1
    assert refused <= 2


@pytest.mark.parametrize("shape", ["RX{:08d}", "{:016x}", "{:012d}", "P{:06d}", "ACC-{:010d}", "1.2.840.{:09d}.1"])
def test_other_identifiers_pass(read, shape):
    rng = np.random.default_rng(6)
    ids = [shape.format(int(x)) for x in rng.integers(0, 10**8, 500)]

    assert read(*lines(ids), header=HEADER, columns=COLUMNS).rows_held == 0


def test_a_short_column_of_accession_numbers_passes_once_the_profile_says_what_it_is(read):
    number = nhs_numbers(np.random.default_rng(7), 1)[0]
    rows = lines([number, *[f"{1234567890 + i}" for i in range(5)]])

    with pytest.raises(FileRefused):
        read(*rows, header=HEADER)
    declared = '[identifiers]\naccession_columns = ["Study"]'
    assert read(*rows, header=HEADER, tables=declared).rows_accepted == 6


def test_a_hundred_files_with_a_planted_identifier_are_refused(read):
    rng = np.random.default_rng(8)
    names = ["Bloggs", "Smith", "Jones"]
    for _ in range(100):
        number = nhs_numbers(rng, 1)[0]
        day = f"{rng.integers(1, 29):02d}/{rng.integers(1, 13):02d}/{rng.integers(1930, 2010)}"
        planted = [
            number, f"{number[:3]} {number[3:6]} {number[6:]}", f"{number}.0",
            f"see {number[:3]}-{number[3:6]}-{number[6:]} again",
            day, f"DOB {day}", f"Mr {names[rng.integers(3)]}", "LS1 3EX",
        ]  # fmt: skip
        rooms = ["CT 1"] * 40
        rooms[int(rng.integers(40))] = planted[int(rng.integers(len(planted)))]
        with pytest.raises(FileRefused, match="put a pseudonym in its place"):
            read(*lines(pseudonyms(rng, 40), rooms), header=HEADER, columns=COLUMNS)


def test_a_held_value_that_is_no_date_and_holds_an_nhs_number_refuses_the_file(read):
    with pytest.raises(FileRefused, match=r"999\*\*\*0018 looks like an NHS number in running text"):
        read("A1,3.2,call 999 000 0018,0.25,N")
