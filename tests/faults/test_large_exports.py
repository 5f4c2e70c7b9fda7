"""A million rows become pseudonyms in less than 300 MB: the whole process, of which the libraries are two thirds."""

import csv
import subprocess
import sys

import pytest

MOST_BYTES = 300_000_000
ROWS = 1_000_000
CHILD = """
import os, sys
from pathlib import Path
os.environ["SURVEILLANCE_HOME"] = str(Path(sys.argv[1]) / "stores")
from surveillance.cli.app import app
from surveillance.cli.pseudonymise import pseudonymise
key = Path(sys.argv[1]) / "site.key"
pseudonymise(make_key=key)
pseudonymise([Path(sys.argv[1]) / "export.csv"], key=key)
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(int(peak.split()[1]) * 1024)
"""


@pytest.mark.fuzz
@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read from /proc")
def test_a_million_rows_become_pseudonyms_in_less_than_300_mb(tmp_path, record_property):
    with (tmp_path / "export.csv").open("w", encoding="utf-8") as file:
        file.write("Accession No,Patient ID,Site,Exam time,Score,Flag,Scanner\n")
        for n in range(ROWS):
            when = f"2026-{1 + n % 12:02d}-{1 + n % 28:02d}T{n % 24:02d}:{n % 60:02d}:00Z"
            rest = f"Millford,{when},0.{n * 7919 % 100_000:05d},{'YN'[n % 2]},CT{n % 7}"
            file.write(f"RX{70_000_000 + n},P{n * 7 % 700_000:07d},{rest}\n")

    run = [sys.executable, "-c", CHILD, str(tmp_path)]
    done = subprocess.run(run, capture_output=True, check=True)

    peak = int(done.stdout.decode().splitlines()[-1])
    record_property("figures", f"peak {peak // 1_000_000} MB")
    assert peak < MOST_BYTES
    with (tmp_path / "export.pseudonymised.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        header, first = next(rows), next(rows)
        assert (len(header), first[2:]) == (7, ["Millford", "2026-01-01T00:00:00Z", "0.00000", "Y", "CT0"])
        assert len({first[0], *(row[0] for row in rows)}) == ROWS
    with (tmp_path / "site.key.links.csv").open(encoding="utf-8", newline="") as file:
        assert sum(1 for _ in file) == 1 + ROWS + 100_000  # every n * 7 below 700,000 is a patient
