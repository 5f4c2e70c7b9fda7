"""Lakeside: a US vendor's large-vessel-occlusion product; month first, AM and PM; site and version are not in it."""


def export(s):
    rows, expected = [], []
    for line, study in enumerate(s.studies(5, 46), start=2):
        alert = study.acquired.replace(second=40)
        rows.append({
            "Accession": study.case_id, "Study Date Time": f"{study.acquired:%m/%d/%Y %I:%M %p}",
            "Alert Time": f"{alert:%m/%d/%Y %I:%M:%S %p}", "LVO Suspected": "Yes" if study.flagged else "No",
            "LVO Probability": f"{study.score / 1000:.3f}", "Station Name": study.scanner,
        })  # fmt: skip
        expected.append({
            "line": line, "case_id": study.case_id, "model": "LumenLVO", "version": "5.0", "site": "Northtown",
            "acquired_at": s.utc(study.acquired), "status": "processed", "score": f"0.{study.score:03d}",
            "called": str(int(study.flagged)), "result_at": s.utc(alert), "scanner": study.scanner,
        })  # fmt: skip
    return "lakeside-lvo-export.csv", s.table(rows).encode(), expected, []
