"""Two million honest rows are previewed and stored in less than a gigabyte: the whole process, the file's bytes too."""

import subprocess
import sys

import pytest

from tests.faults.large_log import MOST_BYTES, PROFILE, ROWS, as_csv

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


@pytest.mark.fuzz
@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read from /proc")
def test_two_million_rows_are_stored_in_less_than_a_gigabyte(tmp_path, record_property):
    (tmp_path / "large.csv").write_bytes(as_csv())

    run = [sys.executable, "-c", CHILD, str(tmp_path), PROFILE]
    done = subprocess.run(run, capture_output=True, check=True)

    previewed, stored, peak = done.stdout.decode().splitlines()
    record_property("figures", f"peak {int(peak) // 1_000_000} MB")
    assert previewed == f"{ROWS} {ROWS} 0"
    assert int(stored) == ROWS
    assert int(peak) < MOST_BYTES
