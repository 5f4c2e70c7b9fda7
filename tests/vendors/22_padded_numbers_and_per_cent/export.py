"""Thornby: a workbook whose study numbers are padded by their number format, and whose scores are shown as per cent."""

import io
from datetime import UTC, datetime

import xlsxwriter

HEADER = (
    "Study No",
    "Scanned",
    "Hospital",
    "Product",
    "Version",
    "AI probability",
    "AI alert",
    "Diagnosis",
    "Diagnosis Date",
)


def export(s):
    out, expected = io.BytesIO(), []
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime(2026, 11, 20, tzinfo=UTC).replace(tzinfo=None)})
    sheet = book.add_worksheet("Week")
    when, day = book.add_format({"num_format": "dd/mm/yyyy hh:mm"}), book.add_format({"num_format": "dd/mm/yyyy"})
    padded, per_cent = book.add_format({"num_format": "00000000"}), book.add_format({"num_format": "0%"})
    places = book.add_format({"num_format": "0.00"})
    for place, name in enumerate(HEADER):
        sheet.write_string(0, place, name)
    for row, study in enumerate(s.studies(22, 40), start=1):
        known = study.truth != "indeterminate"
        flag, word = "Y" if study.flagged else "N", {"1": "Positive", "0": "Negative"}.get(study.truth, "")
        for place, text in {2: "Northtown", 3: "NeuroFlag", 6: flag, 7: word}.items():
            sheet.write_string(row, place, text)
        sheet.write_number(row, 0, 1200 + 7 * row, padded)
        sheet.write_datetime(row, 1, study.acquired.replace(tzinfo=None), when)
        sheet.write_number(row, 4, 3.1, places)  # shown 3.10
        sheet.write_number(row, 5, study.score / 1000, per_cent)  # 0.687 is shown 69%, and is 0.687
        if known:
            sheet.write_datetime(row, 8, s.start_of(study.recorded).replace(tzinfo=None), day)
        expected.append({
            "line": row + 1, "case_id": f"0000{1200 + 7 * row}", "model": "NeuroFlag", "version": "3.10",
            "site": "Northtown", "acquired_at": s.utc(study.acquired), "status": "processed",
            "score": f"0.{study.score:03d}", "called": str(int(study.flagged)), "truth": study.truth if known else "",
            "truth_recorded_at": s.utc(s.end_of(study.recorded)) if known else "",
            "truth_source": "adjudication" if known else "",
        })  # fmt: skip
    book.close()
    return "thornby.xlsx", out.getvalue(), expected, []
