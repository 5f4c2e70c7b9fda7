"""Exports, as many vendors write them, become logs cell by cell right, with no profile written by hand."""

from datetime import UTC, datetime

import pandas as pd
import pytest
from sqlalchemy import func, select

from surveillance.errors import InvalidProfile
from surveillance.services import intake, recognition, set_up
from surveillance.storage.profiles import profile
from surveillance.storage.tables.data import CASE, OUTCOME, STUDY_ORDER

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
TIMES = {"acquired_at": "acquired_at", "result_at": "result_at", "recorded_at": "truth_recorded_at"}
TRUTHS = {0: "0", 1: "1", 2: "indeterminate"}


def accepted(parsed):
    """Return the accepted rows as the expectation writes them: (line, product) -> filled cells."""
    rows = {}
    for frame in (parsed.cases, parsed.outcomes, parsed.orders):
        for record in [] if frame is None else frame.astype(object).to_dict("records"):
            cells = {TIMES.get(name, name): cell for name, cell in record.items() if not pd.isna(cell)}
            rows.setdefault((record["line"], record.get("model", "")), {}).update(cells)
    return rows


def as_written(name, cell):
    """Return a cell of a frame as the expectation writes it; a number stays one."""
    if name in TIMES.values():
        return datetime.fromtimestamp(cell // 1_000_000, UTC).replace(microsecond=cell % 1_000_000)
    if name == "truth":
        return TRUTHS[cell]
    return cell if name == "score" else str(cell)


def expected_cell(name, text):
    """Return a cell of the expectation in the same form."""
    if name in TIMES.values():
        return datetime.fromisoformat(text)
    return pytest.approx(float(text), abs=1e-9) if name == "score" else text


def test_the_files_are_what_their_scripts_write(vendor):
    assert {name: (vendor.folder / name).read_bytes() for name in vendor.written()} == vendor.written()


def test_an_export_becomes_the_log_it_should_cell_by_cell(vendor, set_up_of, manager):
    store, saved = set_up_of(vendor)
    data = vendor.file.read_bytes()

    known = recognition.recognise(manager, store, data, vendor.file.name)
    assert (known.state, known.profile) == ("known", saved.name)
    preview = intake.preview(manager, store, data, vendor.file.name, known.profile, at=AT)

    rows = accepted(preview.parsed)
    assert {key[0] for key in rows} == {int(row["line"]) for row in vendor.expected}
    for row in vendor.expected:
        got = rows.pop((int(row["line"]), row.get("model", "")))
        got = {
            name: as_written(name, cell) for name, cell in got.items() if name in row or name not in ("audit_selected",)
        }
        assert got == {name: expected_cell(name, text) for name, text in row.items()}, f"line {row['line']}"
    assert not rows
    assert {(fault.line, fault.column) for fault in preview.held} == vendor.held
    assert all(fault.rule and fault.fix for fault in preview.held)

    receipt = intake.commit(manager, store, preview, choice="keep", at=AT)
    assert (receipt.rows_accepted, receipt.rows_held) == (preview.accepted, len(vendor.held))
    with store.read() as connection:
        counts = [
            connection.execute(select(func.count()).select_from(t)).scalar_one() for t in (CASE, OUTCOME, STUDY_ORDER)
        ]
        assert profile(connection, saved.name).toml == saved.toml
    truths = sum("truth" in row for row in vendor.expected)
    assert sum(counts) == len(vendor.expected) + (truths if preview.kind == "results" else 0)


def test_a_person_is_asked_only_what_the_file_does_not_say_and_nothing_is_saved_before(vendor, bare_store, manager):
    data, name = vendor.file.read_bytes(), vendor.file.name
    proposal = set_up.propose(manager, bare_store, data, name, at=AT)

    assert not proposal.can_be_saved
    with pytest.raises(InvalidProfile, match="Nothing was saved"):
        set_up.save(manager, bare_store, data, name, set_up.Answers(), at=AT)
