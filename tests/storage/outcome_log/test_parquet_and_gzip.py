"""Parquet and gzip are read as the CSV inside them would be."""

import gzip
import hashlib
import io
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from pyarrow import parquet

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log import load_profile, read_log
from surveillance.storage.outcome_log.containers import open_container
from surveillance.storage.outcome_log.parquet_texts import as_texts

PROFILE = load_profile("""
profile = "p"
version = 1
file = "results"
zone = "Europe/London"
optional = ["scanner"]
[constants]
model = "m"
site = "s"
version = "1"
[columns]
case_id = "Study"
acquired_at = "Time"
score = "Score"
scanner = "Scanner"
""")
CSV = b"Study,Time,Score\nA1,2026-05-04T10:00:00,0.25\nA2,soon,0.5\n"
WHEN = datetime.fromisoformat("2026-05-04T10:00:00")
LONDON = ZoneInfo("Europe/London")


def stored(table: pa.Table, **options) -> bytes:
    out = io.BytesIO()
    parquet.write_table(table, out, **options)
    return out.getvalue()


def test_a_parquet_file_is_read_as_the_csv_of_its_columns():
    table = pa.table(
        {
            "Study": ["A1", "A2", "A3"],
            "Time": pa.array([WHEN, None, WHEN], pa.timestamp("ns")),
            "Score": pa.array([0.1, 0.2, None], pa.float32()),
            "Scanner": pa.array(["CT1", "CT1", None]).dictionary_encode(),
        }
    )
    parsed = read_log(stored(table), "x.csv", PROFILE)

    assert parsed.cases["case_id"].tolist() == ["A1", "A3"]
    assert parsed.cases["acquired_at"].tolist() == [1_777_885_200_000_000] * 2  # 10:00 in London is 09:00 in UTC
    assert parsed.cases["score"].tolist()[0] == 0.1
    assert parsed.cases["scanner"].tolist() == ["CT1", None]
    assert [(f.line, f.column, f.rule) for f in parsed.held] == [(3, "Time", "acquired_at must be given")]
    assert parsed.understood.container == "parquet"


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        (pa.array([WHEN.replace(tzinfo=LONDON)], pa.timestamp("us", "Europe/London")), ["2026-05-04T09:00:00Z"]),
        (pa.array([WHEN.replace(microsecond=120000)], pa.timestamp("ms")), ["2026-05-04T10:00:00.120000"]),
        (pa.array([date(2026, 5, 4)]), ["2026-05-04"]),
        (pa.array([time(9, 5)]), ["09:05:00"]),
        (pa.array([Decimal("1.50"), None]), ["1.50", ""]),
        (pa.array([True, False, None]), ["true", "false", ""]),
        (pa.array([2**63 - 1, -1]), ["9223372036854775807", "-1"]),
        (pa.array([0.1, 3.0, 1e-7]), ["0.1", "3", "1e-7"]),
        (pa.array(["x", None], pa.large_string()), ["x", ""]),
        (pa.nulls(2), ["", ""]),
    ],
    ids=["zoned", "naive", "date", "time", "decimal", "flag", "whole", "number", "text", "nothing"],
)
def test_each_type_becomes_its_text(values, texts):
    assert as_texts(values, comma=False).to_pylist() == texts


@pytest.mark.parametrize(
    "values",
    [pa.array([["a"]]), pa.array([{"a": 1}]), pa.array([b"\xff"]), pa.array([5], pa.duration("s"))],
    ids=["list", "structure", "bytes", "duration"],
)
def test_a_column_of_another_type_is_refused_by_its_name(values):
    with pytest.raises(FileRefused, match=r"^Column 'Odd' of the Parquet file is of type"):
        open_container(stored(pa.table({"Study": ["A1"], "Odd": values})), "x")


@pytest.mark.parametrize(
    "packed",
    [gzip.compress(CSV), gzip.compress(CSV[:20]) + gzip.compress(CSV[20:])],
    ids=["one member", "two members"],
)
def test_a_gzip_is_read_as_what_is_in_it_and_keeps_its_own_checksum(packed):
    parsed, plain = (read_log(data, "x", PROFILE) for data in (packed, CSV))

    assert parsed.cases.equals(plain.cases)
    assert parsed.held == plain.held
    assert parsed.sha256 == hashlib.sha256(packed).hexdigest()


def test_a_gzip_of_a_parquet_file_is_a_parquet_file():
    data = gzip.compress(stored(pa.table({"Study": ["A1"], "Time": [WHEN], "Score": [0.5]})))
    container = open_container(data, "x")

    assert (container.kind, container.packed) == ("parquet", True)
    assert container.sheets[0].lines == ("Study\tTime\tScore", "A1\t2026-05-04T10:00:00\t0.5")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (gzip.compress(gzip.compress(CSV)), "another gzip"),
        (gzip.compress(CSV)[:-9], "ends too early"),
        (gzip.compress(CSV)[:-8] + bytes(8), "damaged"),
        (gzip.compress(CSV) + b"junk", "other bytes follow"),
        (b"\x1f\x8bnothing", "damaged"),
        (b"PAR1" + bytes(20), "Parquet file is damaged"),
        (stored(pa.table({"Study": ["A1"]}))[:-30] + b"PAR1", "Parquet file is damaged"),
    ],
    ids=["nested", "cut", "checksum", "junk", "no gzip", "no parquet", "footer"],
)
def test_what_is_damaged_is_refused(data, said):
    with pytest.raises(FileRefused, match=said):
        read_log(data, "x", PROFILE)


def test_fractions_that_are_no_numbers_are_held():
    table = pa.table({"Study": ["A1", "A2", "A3"], "Time": [WHEN] * 3, "Score": [float("nan"), float("inf"), 0.5],
                      "Scanner": pa.array([1.0, 2.0, 12345678901234567.0])})  # fmt: skip
    parsed = read_log(stored(table), "x", PROFILE)

    assert [(f.line, f.column) for f in parsed.held] == [(2, "Score"), (3, "Score"), (4, "Scanner")]
