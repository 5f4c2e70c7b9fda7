"""What stays in an export tells of nobody: what would is reported with line and column, and nothing is written."""

import functools
import io
from types import SimpleNamespace

import pyarrow as pa
import pytest

from surveillance.domain.pseudonym import Subject, pseudonym
from surveillance.errors import FileRefused
from surveillance.services.pseudonym_columns import Asked
from surveillance.services.pseudonymising import pseudonymise
from surveillance.storage.outcome_log.identifiers import Screened, suspicion

KEY = b"the key of a test, long enough"


def done(data, **asked):
    out, links = io.BytesIO(), []
    opened = functools.partial(io.BytesIO, data)
    made = pseudonymise(opened, "export.csv", KEY, Asked(**asked), out, links.extend, report=lambda *_: None)
    return SimpleNamespace(
        content=None if made.findings else out.getvalue(), links=links, notes=made.notes, chosen=made.chosen,
        findings=made.findings,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("column", "cell", "what"),
    [
        ("Comment", "seen with Mrs Bloggs", "a patient name"),
        ("Comment", "NHS 999 000 0018 confirmed by phone", "an NHS number in running text"),
        ("Comment", "lives at m1 1ae now", "a postcode"),
        ("Comment", "compare with RX000777 of May", "a number that becomes a pseudonym"),
        ("File", "export_RX000777.dcm", "a number that becomes a pseudonym"),
        ("Series", "1.2.840.113619.2.55.3", "a DICOM identifier"),
        ("Reviewed", "12/03/1950", "a date of birth"),
    ],
)
def test_a_cell_that_tells_who_it_is_is_reported_and_nothing_is_written(column, cell, what):
    rows = [f"RX{number:06d},ok,Y" for number in range(776)]
    came = "\n".join([f"Accession,{column},Flag", *rows, f"RX000777,{cell},Y", ""])

    made = done(came.encode())

    assert made.content is None
    (found,) = made.findings
    assert (found.column, found.lines) == (column, (778,))
    assert what in found.what
    assert cell not in found.shown
    assert done(came.encode(), drop=(column,)).content.decode().startswith("Accession,Flag\n")


@pytest.mark.parametrize(
    "above",
    ["Worklist for RX000002 and others", "RX000009;0.5;Y", "Patient: Mrs Bloggs;;", "rx000002;;"],
)
def test_what_stands_above_the_header_or_below_the_rows_tells_of_nobody(above):
    rows = "Accession;Score;Flag\nRX000001;0.5;Y\nRX000002;0.1;N\n"
    found = done(f"{above}\n{rows}".encode(), accession=("Accession",)).findings
    assert [one.lines for one in found] == [(1,)]

    below = f"{rows}Total rows: 2, {above}".encode()
    if above.count(";") < 2:
        with pytest.raises(FileRefused, match="Line 4 has"):
            done(below, accession=("Accession",))
    else:
        assert above.split(";")[0].encode() not in done(below, accession=("Accession",)).content


def test_a_number_that_a_spreadsheet_has_shortened_is_no_study_any_more():
    made = done(b"Accession,Score,Flag\n123456,0.1,Y\n1.23E+11,0.1,N\n")
    assert (made.content, made.findings[0].lines) == (None, (3,))


@pytest.mark.parametrize("cell", ["=A1+1", "+cmd|x", "@sum", "-A1"])
def test_a_formula_is_no_accession_number(cell):
    made = done(f"Accession,Score,Flag\n{cell},0.1,Y\n".encode(), accession=("Accession",))
    assert made.findings[0].what == "a formula"


def test_no_pseudonym_looks_like_an_identifier_to_the_store():
    made = pa.array([pseudonym(KEY, Subject.STUDY, str(number)) for number in range(50_000)])
    for name in ("Study", "Patient ID", "NHS pseudonym"):
        assert suspicion(Screened(name, made, int)) is None
