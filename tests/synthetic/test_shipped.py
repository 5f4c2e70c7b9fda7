"""The shipped logs are what their data cards say, and can be made again byte for byte."""

import csv
import re
import tomllib
from datetime import date, datetime
from pathlib import Path

import pytest

from surveillance.domain.weeks import Week
from surveillance.synthetic import SCENARIOS, write_shipped
from surveillance.synthetic.shipped import checksum

FOLDER = Path(__file__).parents[2] / "data" / "synthetic"
EVERY = pytest.mark.parametrize("name", SCENARIOS)
RESULTS = {
    *("case_id", "model", "version", "site", "acquired_at", "status", "score", "called", "result_at"),
    *("scanner", "setting", "age_band", "sex", "patient", "audit_selected", "sampling_fraction"),
}
OUTCOMES = {"case_id", "model", "site", "truth", "truth_recorded_at", "truth_source"}


def card(name: str) -> dict:
    """Return a shipped data card."""
    return tomllib.loads((FOLDER / f"{name}.card.toml").read_text(encoding="utf-8"))


def rows(name: str, kind: str) -> list[dict[str, str]]:
    """Return a shipped file as dictionaries of text."""
    with (FOLDER / card(name)[kind]["file"]).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", ["ich-scanner-change", "lvo-stable"])
def test_a_rebuilt_log_has_the_checksum_on_its_card(name, tmp_path):
    write_shipped(tmp_path, [SCENARIOS[name]])

    for kind in ("results", "outcomes"):
        assert checksum(tmp_path / f"{name}.{kind}.csv") == card(name)[kind]["sha256"]
    assert (tmp_path / f"{name}.card.toml").read_text() == (FOLDER / f"{name}.card.toml").read_text()


@EVERY
def test_every_card_agrees_with_its_files_and_its_scenario(name):
    said, scenario = card(name), SCENARIOS[name]

    for kind in ("results", "outcomes"):
        assert checksum(FOLDER / said[kind]["file"]) == said[kind]["sha256"]
        assert len(rows(name, kind)) == said[kind]["rows"]
    assert said["seed"] == scenario.seed
    assert said["planted"]["expected"] == scenario.expected
    assert "no real patient" in said["nature"]
    if scenario.onset_week is not None:
        assert said["planted"]["onset"] > date(2026, 2, 2)
        assert Week.of(said["planted"]["onset"]).monday == said["planted"]["onset"]


@EVERY
def test_files_hold_the_canonical_columns_and_times_with_an_offset(name):
    results, outcomes = rows(name, "results"), rows(name, "outcomes")

    assert set(results[0]) == RESULTS
    assert set(outcomes[0]) - {"subtype"} == OUTCOMES
    assert len({(row["case_id"], row["site"]) for row in results}) == len(results)
    assert {(row["case_id"], row["site"]) for row in outcomes} <= {(row["case_id"], row["site"]) for row in results}
    assert {row["status"] for row in results} == {"processed", "failed"}
    assert {row["truth"] for row in outcomes} == {"0", "1", "indeterminate"}
    assert datetime.fromisoformat(results[0]["acquired_at"]).tzinfo is not None


@EVERY
def test_no_truth_is_recorded_after_the_end_of_the_log(name):
    end = Week.of(card(name)["last_day"]).end("Europe/London")

    assert max(datetime.fromisoformat(row["truth_recorded_at"]) for row in rows(name, "outcomes")) < end
    assert card(name)["last_day"] == date(2026, 11, 22)


def test_nothing_reads_like_an_nhs_number():
    for path in FOLDER.glob("*.csv"):
        assert not re.search(r"(?<![\d.])\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)", path.read_text(encoding="utf-8"))


def test_the_shipped_logs_stay_under_40_megabytes_and_hold_nothing_else():
    files = list(FOLDER.iterdir())

    assert sum(path.stat().st_size for path in files) < 40_000_000
    assert len(files) == 3 * len(SCENARIOS)
