"""Blank files load through the canonical profiles, and the dictionary names every column that the reader knows."""

import csv
import io
import re
from datetime import UTC, datetime

import pytest

from surveillance.domain.roles import Role
from surveillance.services import intake, templates
from surveillance.storage.outcome_log.column_names import ALLOWED, REQUIRED, VOCABULARY
from surveillance.storage.outcome_log.containers import open_container

AT = datetime(2025, 6, 2, 9, tzinfo=UTC)
PROFILES = {"results": "canonical", "outcomes": "canonical-outcomes", "orders": "canonical-orders"}
CELLS = {
    "case_id": "a1", "model": "NeuroFlag", "version": "3.2.1", "site": "Millford",
    "acquired_at": "2025-03-04T10:00:00Z", "truth": "1", "truth_recorded_at": "2025-03-05T10:00:00Z",
    "truth_source": "report",
}  # fmt: skip


@pytest.mark.parametrize("kind", PROFILES)
def test_a_blank_file_filled_in_loads_with_no_row_held(shared_ready, actor, kind):
    blank = templates.blank_template(actor(Role.RADIOGRAPHER), shared_ready.store, kind, "csv")
    (header,) = csv.reader(io.StringIO(blank.decode()))
    filled = blank + ",".join(CELLS.get(name, "") for name in header).encode() + b"\r\n"
    preview = intake.preview(actor(Role.DATA_MANAGER), shared_ready.store, filled, "f.csv", PROFILES[kind], at=AT)
    assert (preview.rows, preview.held, preview.dropped) == (1, (), ())
    assert set(header) == ALLOWED[kind]
    assert tuple(header[: len(REQUIRED[kind])]) == REQUIRED[kind]


@pytest.mark.parametrize("kind", PROFILES)
def test_the_workbook_has_the_same_header(shared_ready, actor, kind):
    book = templates.blank_template(actor(Role.RADIOGRAPHER), shared_ready.store, kind, "xlsx")
    text = templates.blank_template(actor(Role.RADIOGRAPHER), shared_ready.store, kind, "csv")
    (sheet,) = open_container(book, "blank.xlsx").sheets
    assert sheet.lines[0].split(sheet.delimiter) == text.decode().strip().split(",")


def test_the_dictionary_says_of_each_column_what_it_means_and_what_it_may_hold(shared_ready, actor):
    text = templates.data_dictionary(actor(Role.RADIOGRAPHER), shared_ready.store, "csv").decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    for kind, columns in ALLOWED.items():
        own = {row["column"]: row for row in rows if row["file"] == kind}
        assert set(own) == columns
        assert {name for name, row in own.items() if row["required"] == "yes"} == set(REQUIRED[kind])
        for name, row in own.items():
            assert row["meaning"]
            assert row["from"]
            assert all(word in row["allowed values"] for word in VOCABULARY.get(name, ()))
    assert next(row for row in rows if row["column"] == "score")["unit"] == "0 to 1"


def test_the_dictionary_is_a_table_in_markdown_too(shared_ready, actor):
    text = templates.data_dictionary(actor(Role.RADIOGRAPHER), shared_ready.store, "markdown").decode()
    widths = {len(re.findall(r"\|", line)) for line in text.splitlines()}
    assert len(widths) == 1
    assert text.count("\n") == 2 + sum(len(columns) for columns in ALLOWED.values())
