"""Held rows come back as they were downloaded, from whatever kind of file: semicolons, commas, workbooks, dates."""

import io

import openpyxl
import pytest

from surveillance.domain.roles import Role
from surveillance.services import corrected_files, intake, loaded_files
from surveillance.services.mapping_profiles import save_profile
from surveillance.storage.logs import read_cases
from surveillance.storage.times import EVER

PROFILE = """
profile = "pacs"
version = 1
file = "results"
{more}
zone = "Europe/London"
constants = {{ model = "NeuroFlag", version = "3.2.1", site = "Millford", status = "processed" }}
columns = {{ case_id = "line", acquired_at = "When", score = "value", called = "Flag" }}
values = {{ called = {{ Y = "1", N = "0" }} }}
"""
HEADER = ("line", "When", "value", "Flag", "Remark")
ROWS = [
    ("a1", "13/03/2025 10:00", "0,50", "Y", "-"),
    ("a2", "14/03/2025 10:00", "much", "N", "=1+1"),
    ("a3", "05/03/2025 10:00", "0,25", "?", "a;b"),
    ("a4", "15/03/2025 10:00", "0,75", "Y", ""),
]


def text(encoding="utf-8"):
    quoted = [[f'"{cell}"' if ";" in cell else cell for cell in row] for row in (HEADER, *ROWS)]
    lines = ["Export of March;;;;", *(";".join(row) for row in quoted)]
    return "\r\n".join([*lines, ""]).encode(encoding)


def workbook():
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    for row in ROWS:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def mended_text(data, encoding):
    said = data.decode(encoding if encoding != "utf-16" else "utf-16")
    said = said.replace(";***;N", ";much;N")  # a word where a number should be may be a name, and is masked
    return said.replace("0,25;?", "0,25;N").replace(";much;N", ";0,10;N").encode(encoding)


def mended_workbook(data):
    book = openpyxl.load_workbook(io.BytesIO(data))
    names = [cell.value for cell in book.active[1]]
    for row in book.active.iter_rows(min_row=2):
        if row[names.index("column")].value == "value":
            row[len(names) - 3].value = "0,10"
        else:
            row[len(names) - 2].value = "N"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["utf-8-sig", "cp1252", "utf-16", "workbook"])
def test_a_file_of_any_kind_comes_back_as_it_was_downloaded(ready, words, actor, kind):
    manager, at = actor(Role.DATA_MANAGER), words.monday(3)
    given = "" if kind == "workbook" else 'header_row = 2\ndelimiter = ";"'
    if kind in ("cp1252", "utf-16"):
        given += f'\nencoding = "{kind}"'
    save_profile(manager, ready.store, PROFILE.format(more=given), at=at)
    data = workbook() if kind == "workbook" else text(kind)
    preview = intake.preview(
        manager, ready.store, data, "week.xlsx" if kind == "workbook" else "week.csv", "pacs", at=at
    )
    number = intake.commit(manager, ready.store, preview, choice="keep", at=at).batch_id
    download = loaded_files.held_download(manager, ready.store, number)
    assert download.data == intake.held_file(preview) or kind == "workbook"
    back = mended_workbook(download.data) if kind == "workbook" else mended_text(download.data, kind)

    found = corrected_files.preview_corrected(manager, ready.store, back, download.name, at=at)
    assert (found.batch_id, found.wrong, len(found.right)) == (number, (), 2)
    corrected_files.commit_corrected(manager, ready.store, found, at=at)

    with ready.store.read() as connection:
        cases = read_cases(connection, 1, EVER).set_index("case_id")
    assert cases["score"].to_dict() == {"a1": 0.5, "a2": 0.1, "a3": 0.25, "a4": 0.75}
    # 5 March, though a few rows alone could not say that the day stands first
    assert cases.loc["a3", "acquired_at"] == 1741168800000000
    assert dict(zip(cases.index, cases["called"], strict=True)) == {"a1": 1, "a2": 0, "a3": 0, "a4": 1}
