"""Two million honest rows are read in less than a gigabyte, whatever they come in: the whole process, its bytes too."""

import gzip
import io
import subprocess
import sys
from datetime import datetime, timedelta

import pyarrow as pa
import pytest
from pyarrow import csv, parquet

MOST_BYTES = 1_000_000_000
ROWS = 2_000_000
CHILD = """
import sys
from surveillance.storage.outcome_log import load_profile, read_log
data = sys.stdin.buffer.read()
parsed = read_log(data, "large", load_profile(sys.argv[1]))
print(len(parsed.cases), len(parsed.outcomes), parsed.rows_held)
print(round(parsed.cases["score"].sum(), 3), parsed.cases["acquired_at"].iloc[-1], parsed.cases["case_id"].iloc[-1])
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(int(peak.split()[1]) * 1024, len(data))
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


def table() -> pa.Table:
    """Make two million studies, one a minute."""
    number = range(ROWS)
    moments = [FIRST + timedelta(minutes=n) for n in number]
    return pa.table(
        {
            "Study": [f"ST{n:08d}" for n in number],
            "SW": pa.array(["3.2.1"] * ROWS),
            "Time": pa.array(moments, pa.timestamp("s")),
            "Score": [n * 7919 % 1000 / 1000 for n in number],
            "Flag": ["YN"[n % 2] for n in number],
            "Scanner": [f"CT{n % 7}" for n in number],
            "Setting": pa.array(["inpatient"] * ROWS),
            "Age": [n % 90 for n in number],
            "Sex": ["MF"[n % 2] for n in number],
            "Dx": ["Negative" if n % 10 else "Positive" for n in number],
            "DxTime": pa.array([moment + timedelta(days=9) for moment in moments], pa.timestamp("s")),
        }
    )


def as_csv() -> bytes:
    out = io.BytesIO()
    csv.write_csv(table(), out)
    return out.getvalue().replace(b'"', b"")


def as_windows_csv() -> bytes:
    return b"\xef\xbb\xbf" + as_csv().replace(b"\n", b"\r\n")


def as_packed_csv() -> bytes:
    return gzip.compress(as_csv(), compresslevel=1, mtime=0)


def as_parquet() -> bytes:
    out = io.BytesIO()
    parquet.write_table(table(), out)
    return out.getvalue()


@pytest.mark.fuzz
@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read from /proc")
@pytest.mark.parametrize("make", [as_csv, as_windows_csv, as_packed_csv, as_parquet])
def test_two_million_rows_take_less_than_a_gigabyte(make, record_property):
    data = make()

    done = subprocess.run([sys.executable, "-c", CHILD, PROFILE], input=data, capture_output=True, check=True)

    counts, sums, sizes = done.stdout.decode().splitlines()
    last = int((FIRST - datetime.fromisoformat("1970-01-01")).total_seconds()) * 1_000_000 + (ROWS - 1) * 60_000_000
    assert counts == f"{ROWS} {ROWS} 0"
    assert sums == f"{sum(n * 7919 % 1000 for n in range(ROWS)) / 1000:.1f} {last} ST{ROWS - 1:08d}"
    record_property("figures", f"{sizes.split()[1]} bytes, peak {int(sizes.split()[0]) // 1_000_000} MB")
    assert int(sizes.split()[0]) < MOST_BYTES
