"""A column that says nothing of what it holds does not pass in clear where its cells look like identifiers."""

import functools
import io
import random

import pytest

from surveillance.services import pseudonymising
from surveillance.services.pseudonym_columns import Asked

KEY = b"the key of a test, long enough"
ROWS = 400


def done(cells, column, **asked):
    """Return what is found in a column beside an accession number."""
    rows = [f"RX{70_000_000 + number},{cell},Y" for number, cell in enumerate(cells)]
    data = "\n".join([f"Accession,{column},Flag", *rows, ""]).encode()
    opened, out = functools.partial(io.BytesIO, data), io.BytesIO()
    keep = [].extend
    return pseudonymising.pseudonymise(opened, "e.csv", KEY, Asked(**asked), out, keep, report=lambda *_: None)


LIKE = {
    "hospital numbers": lambda n: f"{4_000_000 + n * 7919 % 900_000}",
    "letters and digits": lambda n: f"GB{n * 7919 % 1_000_000:06d}-{n % 10}",
    "hexadecimal": lambda n: f"{random.Random(n).getrandbits(64):016x}"[:12] + "12345",
    "each twice": lambda n: f"{4_000_000 + n // 2}",
    "with spaces": lambda n: f" 12{n:03d} 456{n % 10} ",
}
UNLIKE = {
    "scores": lambda n: f"0.{n * 7919 % 100_000:05d}",
    "scores with a comma": lambda n: f'"0,{n * 7919 % 100_000:05d}"',
    "times": lambda n: f"2026-03-{n % 28 + 1:02d}T{n % 24:02d}:{n % 60:02d}:{n * 7 % 60:02d}Z",
    "small counts": lambda n: f"{n % 900}",
    "a serial number of one scanner": lambda n: f"SN{1_000_000 + n % 5}",
    "words": lambda n: f"finding {'abcdefgh'[n % 8]}",
}


@pytest.mark.parametrize("made", LIKE.values(), ids=LIKE)
@pytest.mark.parametrize("column", ["ID", "No.", "Nr", "Extra field"])
def test_numbers_and_codes_that_differ_from_row_to_row_are_asked_for(made, column):
    found = done([made(number) for number in range(ROWS)], column).findings

    assert [one.column for one in found] == [column]
    assert "number or code" in found[0].what
    assert done([made(number) for number in range(ROWS)], column, keep=(column,)).findings == ()
    assert done([made(number) for number in range(ROWS)], column, drop=(column,)).findings == ()


@pytest.mark.parametrize("made", UNLIKE.values(), ids=UNLIKE)
def test_what_is_no_code_of_one_study_passes(made):
    assert done([made(number) for number in range(ROWS)], "Extra field").findings == ()


@pytest.mark.parametrize("column", ["ID", "No.", "Nr", "Ref", "Row number"])
def test_short_numbers_under_a_name_that_only_says_number_are_asked_for_unless_they_count_the_rows(column):
    numbers = list(range(1, ROWS + 1))
    assert done(numbers, column).findings == ()

    random.Random(5).shuffle(numbers)
    assert [one.column for one in done(numbers, column).findings] == [column]


def test_a_pseudonym_made_before_is_no_identifier():
    first = [f"{4_000_000 + number}" for number in range(ROWS)]
    data = "\n".join(["Accession,Other study", *(f"RX{n:08d},{cell}" for n, cell in enumerate(first)), ""]).encode()
    out = io.BytesIO()
    asked = Asked(accession=("Accession", "Other study"))
    pseudonymising.pseudonymise(functools.partial(io.BytesIO, data), "e.csv", KEY, asked, out, [].extend,
                                report=lambda *_: None)  # fmt: skip
    again = pseudonymising.pseudonymise(functools.partial(io.BytesIO, out.getvalue()), "e.csv", KEY,
                                        Asked(accession=("Accession",)), io.BytesIO(), [].extend,
                                        report=lambda *_: None)  # fmt: skip
    assert again.findings == ()
