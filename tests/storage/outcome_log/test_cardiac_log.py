"""A real case outcome log that nobody made up loads unedited; skipped where the file is absent (GPL, not copied)."""

import csv
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from surveillance.storage.outcome_log import load_profile, read_log, ready_profile

LOG = Path(__file__).parents[4] / "shared" / "data" / "cardiac_surgery_log.csv"
LONDON = ZoneInfo("Europe/London")

pytestmark = pytest.mark.skipif(not LOG.exists(), reason="cardiac_surgery_log.csv is not distributed with the project")


@pytest.fixture(scope="module")
def parsed():
    return read_log(LOG.read_bytes(), LOG.name, load_profile(ready_profile("cardiac-surgery")))


@pytest.fixture(scope="module")
def plain():
    with LOG.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def micros(day: str, hour: int, minute: int, second: int) -> int:
    moment = datetime.strptime(day, "%d/%m/%Y").replace(hour=hour, minute=minute, second=second, tzinfo=LONDON)
    return int(moment.astimezone(UTC).timestamp()) * 1_000_000


def test_every_operation_is_accepted_and_the_deaths_are_all_there(parsed, plain):
    assert (parsed.rows, parsed.held, parsed.merged) == (len(plain), (), 0)
    assert len(parsed.cases) == len(parsed.outcomes) == 5_595
    assert int(parsed.outcomes["truth"].sum()) == sum(row["died_within_30_days"] == "1" for row in plain)


def test_the_surgeon_is_the_site(parsed, plain):
    assert Counter(parsed.cases["site"]) == Counter(f"Surgeon {row['surgeon']}" for row in plain)


def test_cell_by_cell_it_is_what_the_file_says(parsed, plain):
    assert parsed.cases["case_id"].tolist() == [row["operation"] for row in plain]
    assert parsed.cases["score"].tolist() == [float(row["predicted_mortality"]) for row in plain]
    assert parsed.cases["acquired_at"].tolist() == [micros(row["operation_date"], 0, 0, 0) for row in plain]
    ends = [micros(row["outcome_known_on"], 23, 59, 59) + 999_999 for row in plain]
    assert parsed.outcomes["recorded_at"].tolist() == ends
    assert set(parsed.outcomes["truth_source"]) == {"follow_up"}
    assert parsed.cases["called"].isna().all()


def test_the_column_that_is_not_used_is_dropped_and_named(parsed):
    assert parsed.columns_dropped == ("parsonnet",)
