"""Ledbury: an Excel workbook with a title, true dates and numbers, and a second sheet of notes."""

import io
from datetime import UTC, datetime

import xlsxwriter

HEADER = (
    "Exam Number",
    "Scan Date Time",
    "Trust",
    "AI Tool",
    "AI Version",
    "AI Score",
    "AI Flag",
    "Diagnosis",
    "Diagnosis Date",
)


def export(s):
    out, expected = io.BytesIO(), []
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime(2026, 11, 20, tzinfo=UTC).replace(tzinfo=None)})
    sheet, notes = book.add_worksheet("Export"), book.add_worksheet("Notes")
    notes.write_string(0, 0, "Made by the audit office")
    when, day = book.add_format({"num_format": "dd/mm/yyyy hh:mm"}), book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_string(0, 0, "AI export, October 2026")
    for place, name in enumerate(HEADER):
        sheet.write_string(1, place, name)
    for row, study in enumerate(s.studies(20, 40), start=2):
        known = study.truth != "indeterminate"
        flag, word = "Y" if study.flagged else "N", {"1": "Positive", "0": "Negative"}.get(study.truth, "")
        texts = {0: study.case_id, 2: "Northtown", 3: "NeuroFlag", 4: "3.2.1", 6: flag, 7: word}
        for place, text in texts.items():
            sheet.write_string(row, place, text)
        sheet.write_datetime(row, 1, study.acquired.replace(tzinfo=None), when)
        sheet.write_number(row, 5, study.score / 1000)
        if known:
            sheet.write_datetime(row, 8, s.start_of(study.recorded).replace(tzinfo=None), day)
        expected.append({
            "line": row + 1, "case_id": study.case_id, "model": "NeuroFlag", "version": "3.2.1", "site": "Northtown",
            "acquired_at": s.utc(study.acquired), "status": "processed", "score": f"0.{study.score:03d}",
            "called": str(int(study.flagged)), "truth": study.truth if known else "",
            "truth_recorded_at": s.utc(s.end_of(study.recorded)) if known else "",
            "truth_source": "adjudication" if known else "",
        })  # fmt: skip
    book.close()
    return "ledbury.xlsx", out.getvalue(), expected, []
