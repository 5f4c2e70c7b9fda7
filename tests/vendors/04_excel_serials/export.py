"""Orchard: dates as the day numbers of a spreadsheet, saved as CSV; midnight among them; a study in doubt is blank."""

from datetime import datetime, timedelta


def serial(moment):
    """Return a local moment as Excel's 1900 system counts it, to six decimals."""
    days = (moment.replace(tzinfo=None) - datetime(1899, 12, 30)) / timedelta(days=1)  # noqa: DTZ001 - a spreadsheet knows no zone
    return f"{days:.6f}".rstrip("0").rstrip(".")


def export(s):
    rows, expected = [], []
    for line, study in enumerate(s.studies(4, 40), start=2):
        if line == 9:
            study.acquired = s.start_of(study.acquired)
        rows.append({
            "Exam No": study.case_id, "Exam Date": serial(study.acquired), "Location": "Northtown",
            "Product": "NeuroFlag", "Version": "3.2.1", "Probability": f"{study.score / 1000:.3f}",
            "Alert": "yes" if study.flagged else "no",
            "Report Outcome": {"1": "yes", "0": "no", "indeterminate": ""}[study.truth],
            "Report Date": serial(study.recorded) if study.truth != "indeterminate" else "",
        })  # fmt: skip
        known = study.truth != "indeterminate"
        expected.append({
            "line": line, "case_id": study.case_id, "model": "NeuroFlag", "version": "3.2.1", "site": "Northtown",
            "acquired_at": s.utc(study.acquired), "status": "processed", "score": f"0.{study.score:03d}",
            "called": str(int(study.flagged)), "truth": study.truth if known else "",
            "truth_recorded_at": s.utc(study.recorded) if known else "", "truth_source": "report" if known else "",
        })  # fmt: skip
    return "orchard.csv", s.table(rows).encode(), expected, []
