"""Meridian: two header lines, as merged cells of a spreadsheet come out: the group above, the column below."""


def export(s):
    lines = [
        ["Study", "", "", "AI", "", "", "Reference standard", "", ""],
        ["Number", "Date and time", "Scanner", "Product", "Version", "Score", "Finding", "Date", "Source"],
    ]
    expected = []
    for line, study in enumerate(s.studies(3, 44), start=3):
        word = {"1": "present", "0": "absent", "indeterminate": "indeterminate"}[study.truth]
        lines.append([
            study.case_id, f"{study.acquired:%d/%m/%Y %H:%M}", study.scanner, "NeuroFlag", "3.2.1",
            f"{study.score / 1000:.3f}", word, f"{study.recorded:%d/%m/%Y}", "report",
        ])  # fmt: skip
        expected.append({
            "line": line, "case_id": study.case_id, "model": "NeuroFlag", "version": "3.2.1", "site": "Northtown",
            "acquired_at": s.utc(study.acquired), "status": "processed", "score": f"0.{study.score:03d}",
            "called": str(int(study.score >= 500)), "scanner": study.scanner, "truth": study.truth,
            "truth_recorded_at": s.utc(s.end_of(study.recorded)), "truth_source": "report",
        })  # fmt: skip
    return "meridian.csv", s.table(lines).encode(), expected, []
