"""A score scale that a person would be asked about is not loaded by a folder that nobody watches."""

import csv

import pandas as pd
import pytest

from surveillance.domain.roles import Role
from surveillance.services import in_tray, mapping_profiles
from surveillance.storage import batches
from surveillance.storage.logs import read_cases
from surveillance.storage.times import EVER
from tests.storage.outcome_log.small_workbook import GOOD, HEADER, PROFILE, workbook

AT = 3
TOML = (
    PROFILE.format(top="", tables="[score]\nto = 100")
    .replace('model = "m"\nsite = "s"', 'model = "NeuroFlag"\nsite = "Millford"')
    .replace('profile = "p"', 'profile = "percent"')
)


@pytest.fixture
def take(ready, actor, words, tmp_path):
    """Put a workbook of thirty scores, 0.00 to 0.87, into the in-tray of a ward whose profile goes to 100."""
    who = actor(Role.DATA_MANAGER)
    mapping_profiles.save_profile(who, ready.store, TOML, at=words.monday(AT))
    (tmp_path / "tray").mkdir()

    def one(code):
        def change(sheet, book):
            shown = book.add_format({"num_format": code})
            for row in range(30):
                sheet.write_number(row + 1, 3, round(0.03 * row, 2), shown)

        rows = [[f"A{n}", "3.2.1", *GOOD[2:]] for n in range(30)]
        file = tmp_path / "tray" / "week.xlsx"
        file.write_bytes(workbook(HEADER, *rows, change=change))
        return in_tray.take_file(who, ready.store, file, profile="percent", at=words.monday(70))

    return one


def test_cells_that_show_per_cent_are_loaded_as_they_show(ready, take):
    taken = take("0%")

    assert taken.state == "processed"
    with ready.store.read() as connection:
        assert read_cases(connection, 1, EVER)["score"].max() == 0.87


def test_plain_fractions_on_a_scale_of_per_cent_are_refused_with_the_reason(ready, take):
    taken = take("0.00")

    assert taken.state == "refused"
    assert "No score is above 1, though the profile says they go to 100" in taken.sentence
    assert "Load a log" in taken.sentence
    reasons = taken.moved_to.with_name(f"{taken.moved_to.name}.reasons.csv").read_text("utf-8-sig").splitlines()
    assert [row["rule"] for row in csv.DictReader(reasons)] == [taken.sentence]
    with ready.store.read() as connection:
        assert batches.batches(connection) == ()


def test_truths_without_a_study_leave_a_note_beside_the_file(ready, actor, words, small, tmp_path):
    (tmp_path / "tray").mkdir()
    file = tmp_path / "tray" / "truths.csv"
    rows = {"case_id": ["X1"], "model": "NeuroFlag", "site": "Millford", "truth": 1}
    table = pd.DataFrame(rows | {"truth_recorded_at": "2025-04-01T08:00:00Z", "truth_source": "audit"})
    file.write_bytes(words.csv(table))
    who = actor(Role.DATA_MANAGER)

    taken = in_tray.take_file(who, ready.store, file, profile="canonical-outcomes", at=words.monday(8))

    assert taken.state == "processed"
    note = taken.moved_to.with_name(f"{taken.moved_to.name}.note.txt").read_text("utf-8")
    assert "1 of 1 truths about NeuroFlag at Millford (audit 1) names no study that is here yet: X1." in note
