"""Two million honest rows are read in less than a gigabyte, whatever they come in: the whole process, its bytes too."""

import gzip
import io
import subprocess
import sys
from datetime import datetime

import pytest
from pyarrow import parquet

from tests.faults.large_log import FIRST, MOST_BYTES, PROFILE, ROWS, as_csv, table

CHILD = """
import sys
from datetime import datetime
from surveillance.storage.outcome_log import load_profile, read_log
data = sys.stdin.buffer.read()
parsed = read_log(data, "large", load_profile(sys.argv[1]))
print(len(parsed.cases), len(parsed.outcomes), parsed.rows_held)
print(round(parsed.cases["score"].sum(), 3), parsed.cases["acquired_at"].iloc[-1], parsed.cases["case_id"].iloc[-1])
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(int(peak.split()[1]) * 1024, len(data))
"""


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
