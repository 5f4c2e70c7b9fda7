"""Two million honest rows are previewed and stored in less than a gigabyte: the whole process, the file's bytes too."""

import csv
import subprocess
import sys
from datetime import datetime, timedelta

import pytest

MOST_BYTES = 1_000_000_000
ROWS = 2_000_000
CHILD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from surveillance.domain.roles import Actor, Role
from surveillance.services import intake, mapping_profiles
from surveillance.storage.people import add_person, grant
from surveillance.storage.store import create_store
folder, at = Path(sys.argv[1]), datetime(2026, 1, 5, 8, tzinfo=UTC)
store = create_store(f"sqlite:///{folder / 'store.sqlite'}", kind="demo", name="Large", at=at)
with store.write(actor="system", role="administrator", action="manage people and roles", at=at) as unit:
    add_person(unit.connection, person_id="osei", name="K. Osei", at=at)
    grant(unit.connection, person_id="osei", role="data_manager", at=at, by="system")
    unit.record({"person": "osei"})
manager = Actor("osei", "K. Osei", Role.DATA_MANAGER)
mapping_profiles.save_profile(manager, store, sys.argv[2], at=at)
data = (folder / "large.csv").read_bytes()
preview = intake.preview(manager, store, data, "large.csv", "large", at=at)
print(preview.accepted, preview.new, len(preview.held))
print(intake.commit(manager, store, preview, choice="keep", at=at).rows_accepted)
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(int(peak.split()[1]) * 1024)
"""
PROFILE = """
profile = "large"
version = 1
file = "results"
zone = "UTC"
[constants]
model = "NeuroFlag"
site = "Northtown"
truth_source = "report"
[columns]
case_id = "Study"
version = "SW"
acquired_at = "Time"
score = "Score"
called = "Flag"
scanner = "Scanner"
setting = "Setting"
age_band = "Age"
sex = "Sex"
truth = "Dx"
truth_recorded_at = "DxTime"
[values]
called = { Y = true, N = false }
sex = { M = "male", F = "female" }
truth = { Positive = "1", Negative = "0" }
[bands]
age_band = [0, 40, 65, 75, 120]
"""
FIRST = datetime.fromisoformat("2021-01-01T00:00:00")


@pytest.mark.fuzz
@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read from /proc")
def test_two_million_rows_are_stored_in_less_than_a_gigabyte(tmp_path, record_property):
    with (tmp_path / "large.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["Study", "SW", "Time", "Score", "Flag", "Scanner", "Setting", "Age", "Sex", "Dx", "DxTime"])
        for n in range(ROWS):
            at = FIRST + timedelta(minutes=n)
            seen = (f"CT{n % 7}", "inpatient", n % 90, "MF"[n % 2], "Negative" if n % 10 else "Positive")
            times = at.isoformat(), (at + timedelta(days=9)).isoformat()
            out.writerow([f"ST{n:08d}", "3.2.1", times[0], n * 7919 % 1000 / 1000, "YN"[n % 2], *seen, times[1]])

    run = [sys.executable, "-c", CHILD, str(tmp_path), PROFILE]
    done = subprocess.run(run, capture_output=True, check=True)

    previewed, stored, peak = done.stdout.decode().splitlines()
    record_property("figures", f"peak {int(peak) // 1_000_000} MB")
    assert previewed == f"{ROWS} {ROWS} 0"
    assert int(stored) == ROWS
    assert int(peak) < MOST_BYTES
