"""Halden: semicolons, decimal commas, days with points, one log in one file with a total under it."""


def export(s):
    rows, expected = [], []
    for line, study in enumerate(s.studies(1, 48), start=2):
        word = {"1": "Positive", "0": "Negative", "indeterminate": "Equivocal"}[study.truth]
        rows.append({
            "StudyRef": study.case_id, "Product": "NeuroFlag", "SWVersion": "3.2.1", "Hospital": "Northtown",
            "ScanTime": f"{study.acquired:%d.%m.%Y %H:%M}", "JobStatus": "OK", "Score": f"0,{study.score:03d}",
            "Flag": "Y" if study.flagged else "N", "Scanner": study.scanner, "FinalDiagnosis": word,
            "DiagnosisDate": f"{study.recorded:%d.%m.%Y}", "DiagnosisSource": "Consensus panel",
        })  # fmt: skip
        expected.append({
            "line": line, "case_id": study.case_id, "model": "NeuroFlag", "version": "3.2.1", "site": "Northtown",
            "acquired_at": s.utc(study.acquired), "status": "processed", "score": f"0.{study.score:03d}",
            "called": str(int(study.flagged)), "scanner": study.scanner, "truth": study.truth,
            "truth_recorded_at": s.utc(s.end_of(study.recorded)), "truth_source": "adjudication",
        })  # fmt: skip
    total = ["Total", *[""] * 11]
    text = s.table(rows, ";") + ";".join(total) + "\r\n"
    return "halden_oct.csv", text.encode(), expected, []
