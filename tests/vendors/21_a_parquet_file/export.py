"""Vega: a Parquet file of a data warehouse; a column of whole numbers in which one is missing has become fractions."""

import io

import pyarrow as pa
from pyarrow import parquet

FIRST, LOST = 410_020_260_001, 17  # twelve digits; the row that lost its study number


def export(s):
    studies = s.studies(21, 40)
    numbers = [FIRST + 13 * place for place in range(len(studies))]
    moments = [int(study.acquired.timestamp()) * 1_000_000 for study in studies]
    known = [study.truth != "indeterminate" for study in studies]
    table = pa.table(
        {
            "Accession": pa.array([None if n == LOST else float(x) for n, x in enumerate(numbers)], pa.float64()),
            "Study Time": pa.array(moments, pa.int64()).cast(pa.timestamp("us", "Europe/London")),
            "Hospital": pa.array(["Northtown"] * len(studies)).dictionary_encode(),
            "Product": pa.array(["NeuroFlag"] * len(studies)).dictionary_encode(),
            "Software Version": pa.array(["3.2.1"] * len(studies)).dictionary_encode(),
            "AI Score": pa.array([study.score / 1000 for study in studies], pa.float32()),
            "AI Flag": pa.array([float(study.flagged) for study in studies], pa.float64()),
            "Scanner": pa.array([study.scanner for study in studies]).dictionary_encode(),
            "Truth": pa.array(
                [float(s.truth) if k else None for s, k in zip(studies, known, strict=True)], pa.float64()
            ),
            "Truth Date": pa.array(
                [s.recorded.date() if k else None for s, k in zip(studies, known, strict=True)], pa.date32()
            ),
        }
    )
    out = io.BytesIO()
    parquet.write_table(table, out, compression="zstd")
    expected = [
        {
            "line": row, "case_id": str(numbers[row - 2]), "model": "NeuroFlag", "version": "3.2.1",
            "site": "Northtown", "acquired_at": s.utc(study.acquired), "status": "processed",
            "score": f"0.{study.score:03d}", "called": str(int(study.flagged)), "scanner": study.scanner,
            "truth": study.truth if known[row - 2] else "",
            "truth_recorded_at": s.utc(s.end_of(study.recorded)) if known[row - 2] else "",
            "truth_source": "adjudication" if known[row - 2] else "",
        }
        for row, study in enumerate(studies, start=2)
        if row - 2 != LOST
    ]  # fmt: skip
    return "vega.parquet", out.getvalue(), expected, [(LOST + 2, "Accession")]
