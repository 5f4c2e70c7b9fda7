"""Two million honest studies, one a minute, and the profile that reads them."""

import io
from datetime import datetime, timedelta

import pyarrow as pa
from pyarrow import csv

MOST_BYTES = 1_000_000_000
ROWS = 2_000_000
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
