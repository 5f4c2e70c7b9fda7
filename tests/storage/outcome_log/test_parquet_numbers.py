"""A study number that Parquet holds as a fraction keeps every digit, or is held."""

import io

import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet

from surveillance.storage.outcome_log import load_profile, read_log
from surveillance.storage.outcome_log.parquet_texts import as_texts

PROFILE = load_profile("""
profile = "p"
version = 1
file = "results"
zone = "UTC"
optional = ["patient"]
[constants]
model = "m"
site = "s"
version = "1"
[columns]
case_id = "Study"
acquired_at = "Time"
score = "Score"
patient = "Patient"
""")
WHEN = pd.Timestamp("2026-05-04T10:00:00")


def read(studies, scores=None):
    table = pa.table(
        {"Study": studies, "Time": pa.array([WHEN] * len(studies)), "Score": scores or [0.5] * len(studies)}
    )
    out = io.BytesIO()
    parquet.write_table(table, out)
    return read_log(out.getvalue(), "x.parquet", PROFILE)


@pytest.mark.parametrize(
    "numbers",
    [
        [20250331000012, 123456789012, 1234567, 100000000, 2025033100, 10000000],
        [9007199254740991, 9007199254740990, 1000000000000000, 1, 0],
    ],
    ids=["dates and numbers", "the largest that are exact"],
)
@pytest.mark.parametrize("coded", [False, True])
def test_whole_numbers_that_became_fractions_are_written_whole(numbers, coded):
    studies = pa.array([float(number) for number in numbers])
    parsed = read(studies.dictionary_encode() if coded else studies)

    assert parsed.held == ()
    assert parsed.cases["case_id"].tolist() == [str(number) for number in numbers]


def test_pandas_integers_with_a_gap_keep_their_digits_and_the_gap_is_held():
    frame = pd.DataFrame({"Study": [20250331000012, None, 123456789012], "Time": [WHEN] * 3, "Score": [0.1, 0.2, 0.3]})
    out = io.BytesIO()
    frame.to_parquet(out)

    parsed = read_log(out.getvalue(), "x.parquet", PROFILE)

    assert frame["Study"].dtype == "float64"
    assert parsed.cases["case_id"].tolist() == ["20250331000012", "123456789012"]
    assert [(fault.line, fault.rule) for fault in parsed.held] == [(3, "case_id must be given")]


@pytest.mark.parametrize(
    ("kind", "exact", "doubtful"),
    [
        (pa.float64(), 2**53 - 1, [2**53, 2**60, 10**20]),
        (pa.float32(), 2**24 - 1, [2**24, 123456792]),
        (pa.float16(), 2**11 - 1, [2**11, 4096]),
    ],
    ids=str,
)
@pytest.mark.parametrize("coded", [False, True])
def test_whole_numbers_from_where_a_fraction_skips_some_are_held(kind, exact, doubtful, coded):
    studies = pa.array([float(exact), *map(float, doubtful)], pa.float64()).cast(kind)
    parsed = read(studies.dictionary_encode() if coded else studies)

    assert parsed.cases["case_id"].tolist() == [str(exact)]
    assert [(fault.line, fault.column) for fault in parsed.held] == [(3 + n, "Study") for n in range(len(doubtful))]
    assert {fault.rule for fault in parsed.held} == {f"a whole number held as a fraction must be below {exact + 1:,}"}


def test_fractions_stay_the_shortest_text_that_gives_them_back():
    values = [0.1, 1 / 3, 2.5, -0.0, -3.0, 1e-7, 123456789.5, 12345678901.25]
    texts = as_texts(pa.array(values), comma=False).to_pylist()

    assert [float(text) for text in texts] == values
    assert texts[:5] == ["0.1", "0.3333333333333333", "2.5", "0", "-3"]
    assert texts[6] == "123456789.5"
    assert as_texts(pa.array([2.5, 1e10]), comma=True).to_pylist() == ["2,5", "10000000000"]
