"""Pseudonyms are put into an export, identifiers are left out, and everything else is byte for byte as it came."""

import csv
import functools
import gzip
import io
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveillance.domain.pseudonym import Subject, pseudonym
from surveillance.errors import FileRefused
from surveillance.services.pseudonym_columns import Asked
from surveillance.services.pseudonymising import pseudonymise

KEY = b"the key of a test, long enough"


def study(number):
    return pseudonym(KEY, Subject.STUDY, number)


def patient(number):
    return pseudonym(KEY, Subject.PATIENT, number)


def done(data, **asked):
    out, links = io.BytesIO(), []
    opened = functools.partial(io.BytesIO, data)
    made = pseudonymise(opened, "export.csv", KEY, Asked(**asked), out, links.extend, report=lambda *_: None)
    return SimpleNamespace(
        content=None if made.findings else out.getvalue(), links=links, notes=made.notes, chosen=made.chosen,
        findings=made.findings,
    )  # fmt: skip


def test_all_that_stays_is_byte_for_byte_as_it_came():
    came = (
        b"\xef\xbb\xbfReport of May;;;;;\r\n"
        b'"Accession No";Patient ID;Surname;Exam date;Suspicion %;Note\r\n'
        b'RX001; 0123 ;"O""Neil";03/04/2026;"0,50";"a ""b""; c"\r\n'
        b'"RX002";0124;Jones;03/04/2026; 0,10;\r\n'
        b"Total;;;;;\r\n"
    )
    expected = (
        "\ufeffReport of May;;;;;\r\n"
        '"Accession No";Patient ID;Exam date;Suspicion %;Note\r\n'
        f'{study("RX001")};{patient("0123")};03/04/2026;"0,50";"a ""b""; c"\r\n'
        f'"{study("RX002")}";{patient("0124")};03/04/2026; 0,10;\r\n'
        "Total;;;;\r\n"
    ).encode()

    made = done(came)

    assert made.content == expected
    assert [(link.subject, link.identifier) for link in made.links] == [
        (Subject.STUDY, "RX001"), (Subject.PATIENT, "0123"), (Subject.STUDY, "RX002"), (Subject.PATIENT, "0124"),
    ]  # fmt: skip
    assert "Line 5, the last, is a total" in " ".join(made.notes)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16-le", "utf-16-be"])
def test_the_dialect_of_the_file_is_kept(delimiter, end, encoding):
    bom = "\ufeff" if encoding.startswith("utf-16") else ""
    rows = [["Accession", "Scanner", "Flag"], ["A1", "Caf\u00e9 \u2013 1", "Y"], ["A2", "CT", "N"]]
    text = end.join(delimiter.join(row) for row in rows) + end

    made = done((bom + text).encode(encoding))

    expected = text.replace("A1", study("A1")).replace("A2", study("A2"))
    assert made.content == (bom + expected).encode(encoding)


def test_a_cell_that_runs_over_lines_keeps_its_lines():
    came = 'Accession,Note,Flag\nA1,"one\n\ntwo",Y\nA2,x,N\n'
    assert done(came.encode()).content.decode() == came.replace("A1", study("A1")).replace("A2", study("A2"))


@given(
    rows=st.lists(st.tuples(st.integers(1, 999), st.text('ab ;,"\n\u00e9', max_size=8)), min_size=1, max_size=8),
    delimiter=st.sampled_from(",;\t|"),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
)
def test_every_other_cell_reads_as_before_by_the_standard_librarys_reader(rows, delimiter, quoting):
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting)
    writer.writerows([["Accession", "Surname", "Note", "Flag"], *([f"A{n}", "Jones", note, "Y"] for n, note in rows)])

    made = done(out.getvalue().encode(), accession=("Accession",)).content.decode()

    read = list(csv.reader(io.StringIO(made, newline=""), delimiter=delimiter))
    assert read == [["Accession", "Note", "Flag"], *([study(f"A{number}"), note, "Y"] for number, note in rows)]


def test_two_header_lines_lose_the_same_column():
    came = "Study,,Patient,,AI,\nAccession,Date,Name,ID,Score,Flag\nA1,2026-01-02,Jones,7,0.5,Y\n"
    made = done(came.encode()).content.decode()
    assert made == f"Study,,Patient,AI,\nAccession,Date,ID,Score,Flag\n{study('A1')},2026-01-02,{patient('7')},0.5,Y\n"


def test_a_packed_file_is_unpacked():
    assert (
        done(gzip.compress(b"Accession,Score,Flag\nA1,0.5,Y\n")).content.decode().startswith("Accession,Score,Flag\nS")
    )


def test_a_second_run_changes_nothing():
    once = done(b"Accession,Patient ID,Flag\nA1,7,Y\n").content
    assert done(once).content == once


def test_names_births_nhs_numbers_and_addresses_are_left_out_and_said():
    header = "Accession,NHS No,Forename,D.O.B.,Home Address,Post code,Patient class,Flag"
    made = done(f"{header}\nA1,9990000018,Jo,1.2.50,1 High St,LS1 3EX,ED,Y\n".encode())
    assert made.content.decode() == f"Accession,Patient class,Flag\n{study('A1')},ED,Y\n"
    assert list(made.chosen.dropped) == ["NHS No", "Forename", "D.O.B.", "Home Address", "Post code"]


def test_an_nhs_number_becomes_a_patient_pseudonym_when_asked_however_it_is_grouped():
    made = done(b"Accession,NHS No,Flag\nA1,999 000 0018,Y\nA2,9990000018,N\n", patient=("NHS No",))
    rows = list(csv.reader(io.StringIO(made.content.decode())))
    assert rows[1][1] == rows[2][1] == patient("9990000018")


def test_births_become_age_bands_at_the_study_when_asked():
    rows = ["A1,31/12/1950,2026-01-01", "A2,01/01/1986,2026-01-01", "A3,02/01/1986,2026-01-01", "A4,,2026-01-01"]
    made = done("\n".join(["Accession,DOB,Exam date", *rows, ""]).encode(), born="DOB", studied="Exam date")
    assert [line.split(",")[1] for line in made.content.decode().split("\n")[:-1]] == [
        "age_band",
        "75+",
        "40-64",
        "0-39",
        "",
    ]
    assert "1 rows have no age band" in " ".join(made.notes)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"Accession,Score,Flag\nA1,0,5,Y\nA2,0.1,N\n", "Line 2 has 4 fields"),
        (b"When,Score,Flag\nx,0.5,Y\n", "--accession"),
        (b"PK\x03\x04", "."),
        (b"", "empty"),
        (b'Accession,Score,Flag\n"A1,0.5,Y\n', "quote"),
    ],
)
def test_a_file_that_cannot_be_written_safely_is_refused(data, said):
    with pytest.raises(FileRefused, match=said):
        done(data)


def test_a_column_that_is_not_there_is_named():
    with pytest.raises(FileRefused, match="There is no column 'Acc'"):
        done(b"Accession,Score,Flag\nA1,0.5,Y\n", accession=("Acc",))
