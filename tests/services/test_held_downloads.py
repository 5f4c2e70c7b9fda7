"""Every kind of held row downloads as the line it came in, whatever rule it breaks and whatever file it came in."""

import csv
import io

import openpyxl
import pyarrow as pa
import pytest
from pyarrow import parquet

from surveillance.domain.roles import Role
from surveillance.services import intake, loaded_files
from surveillance.services.mapping_profiles import save_profile

PROFILE = """
profile = "pacs"
version = 1
file = "results"
zone = "Europe/London"
decimal = "."
constants = { model = "NeuroFlag", site = "Millford" }

[columns]
case_id = "Study"
version = "SW"
acquired_at = "When"
result_at = "Done"
status = "State"
score = "Score"
called = "Flag"
sampling_fraction = "Part"
age_band = "Age"
truth = "Finding"
truth_recorded_at = "Told"
truth_source = "By"

[values]
called = { Y = "1", N = "0" }
truth = { Y = "1", N = "0" }

[bands]
age_band = [0, 50, 120]
"""
HEADER = ("Study", "SW", "When", "Done", "State", "Score", "Flag", "Part", "Age", "Finding", "Told", "By")
GOOD = ("3.2.1", "2025-03-04T10:00", "2025-03-04T10:05", "processed", "0.25", "Y", "0.5", "61", "Y", "2025-03-05T09:00",
        "report")  # fmt: skip
BROKEN = {
    "no study": {"Study": ""},
    "no version": {"SW": ""},
    "an unreadable date": {"When": "soon"},
    "no time of day": {"Done": "2025-03-04"},
    "an hour that the clock skipped": {"Told": "2025-03-30T01:30"},
    "an hour that the clock repeated": {"Told": "2025-10-26T01:30"},
    "a study of the future": {"When": "2031-03-04T10:00", "Done": "2031-03-04T10:05", "Told": "2031-03-05T10:05"},
    "a result before its study": {"Done": "2025-03-04T09:55"},
    "a truth before its study": {"Told": "2025-03-03T09:00"},
    "a truth of the future": {"Told": "2031-03-05T09:00"},
    "a truth without a date": {"Told": ""},
    "a truth without a source": {"By": ""},
    "an unknown source": {"By": "hearsay"},
    "an unknown state": {"State": "lost"},
    "a score of a failed study": {"State": "failed"},
    "a score in words": {"Score": "much"},
    "a score without end": {"Score": "inf"},
    "a score above 1": {"Score": "7"},
    "an unknown flag": {"Flag": "?"},
    "an unknown finding": {"Finding": "maybe, or not"},
    "a fraction of nothing": {"Part": "0"},
    "an age of no band": {"Age": "300"},
    "an error of a spreadsheet": {"Score": "#REF!"},
    "a sign that nobody sees": {"SW": "3.2.1\u200b"},
    "a second line": {"Score": "x", "By": "re\nport"},
}
ROWS = [dict(zip(HEADER, (f"a{n}", *GOOD), strict=True)) | broken for n, broken in enumerate([{}, *BROKEN.values()])]


def as_text():
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([HEADER, *(row.values() for row in ROWS)])
    return out.getvalue().encode()


def as_workbook():
    book = openpyxl.Workbook()
    for row in (HEADER, *(list(row.values()) for row in ROWS)):
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_parquet():
    out = io.BytesIO()
    parquet.write_table(pa.table({name: [row[name] for row in ROWS] for name in HEADER}), out)
    return out.getvalue()


def rows_of(download):
    if download.name.endswith(".xlsx"):
        sheet = openpyxl.load_workbook(io.BytesIO(download.data)).active
        return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    mark = ";" if download.name.startswith("held-text") else ","
    return list(csv.reader(io.StringIO(download.data.decode("utf-8-sig"), newline=""), delimiter=mark))


@pytest.mark.parametrize(("name", "made"), [("text", as_text), ("book", as_workbook), ("columns", as_parquet)])
def test_every_kind_of_held_row_downloads_with_the_cells_it_came_with(ready, words, actor, name, made):
    manager, at = actor(Role.DATA_MANAGER), words.monday(40)
    save_profile(manager, ready.store, PROFILE, at=at)
    preview = intake.preview(manager, ready.store, made(), f"{name}.any", "pacs", at=at)
    batch = intake.commit(manager, ready.store, preview, choice="keep", at=at).batch_id

    header, *held = rows_of(loaded_files.held_download(manager, ready.store, batch))

    assert header == ["line", "column", "rule", "value", "fix", *HEADER]
    found = {row[5] or "no study": row for row in held}
    assert len(found) == len(BROKEN)
    for number, (fault, changed) in enumerate(BROKEN.items(), start=1):
        row = found["no study" if fault == "no study" else f"a{number}"]
        came = {
            name: cell for name, cell in zip(HEADER, row[5:], strict=True) if not (cell == "***" and name in changed)
        }
        assert came == {name: cell for name, cell in ROWS[number].items() if name in came}, fault
        assert row[2], fault
        assert row[4], fault
        assert row[1] in changed or fault == "a score of a failed study", fault


def test_a_line_of_several_products_counts_whole_or_not_at_all(ready, words, actor):
    toml = """
profile = "two"
version = 1
file = "results"
constants = { site = "Millford", version = "3.2.1" }
columns = { case_id = "Study", acquired_at = "When", result_at = "Done" }
[[products]]
constants = { model = "NeuroFlag" }
columns = { score = "A", result_at = "Done" }
[[products]]
constants = { model = "LungFlag" }
columns = { score = "B", result_at = "Done B" }
"""
    manager, at = actor(Role.DATA_MANAGER), words.monday(40)
    save_profile(manager, ready.store, toml, at=at)
    when = "2025-03-04T10:00Z"
    data = f"Study,When,Done,Done B,A,B\na1,{when},{when},2025-03-04T09:00Z,0.1,0.2\na2,{when},{when},{when},0.1,0.2\n"

    parsed = intake.preview(manager, ready.store, data.encode(), "two.csv", "two", at=at).parsed

    assert [(row.line, row.column, row.raw.split(",")[0]) for row in parsed.held] == [(2, "Done B", "a1")]
    assert parsed.cases["case_id"].tolist() == ["a2", "a2"]


def test_a_line_that_does_not_fit_the_header_comes_with_its_cells_or_says_why_not(ready, words, actor):
    manager, at = actor(Role.DATA_MANAGER), words.monday(40)
    save_profile(manager, ready.store, PROFILE, at=at)
    lines = as_text().decode().split("\r\n")
    shifted = "b1;3.2.1;2025-03-04T10:00"
    for more, cells in (("", shifted.split(";")), (";Name of the ward", [])):
        text = "\r\n".join([lines[0] + more, lines[1] + (";x" if more else ""), shifted])
        held = intake.preview(manager, ready.store, text.encode(), "text.csv", "pacs", at=at).parsed.held
        (fault,) = held
        assert (fault.raw.split(";") if fault.raw else []) == cells
        assert ("not kept" in fault.fix) == bool(more)
