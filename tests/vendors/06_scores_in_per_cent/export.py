"""Brightscan: scores in per cent, ages in years, one score that is no number and one beyond the scale."""


def export(s):
    rows, expected, held = [], [], []
    for line, study in enumerate(s.studies(6, 50), start=2):
        written = f"{study.score / 10:.1f}"
        written = {20: "high", 31: "104.0"}.get(line, written)
        rows.append({
            "StudyUID": study.case_id, "AI Product": "NeuroFlag", "SW Version": "3.2.1", "Hospital": "Northtown",
            "Exam Date Time": f"{study.acquired:%Y-%m-%dT%H:%M:%S%z}", "Suspicion%": written,
            "Flagged": "1" if study.flagged else "0", "Age": str(study.age), "Gender": study.sex,
        })  # fmt: skip
        if line in (20, 31):
            held.append((line, "Suspicion%"))
            continue
        expected.append({
            "line": line, "case_id": study.case_id, "model": "NeuroFlag", "version": "3.2.1", "site": "Northtown",
            "acquired_at": s.utc(study.acquired), "status": "processed", "score": f"0.{study.score:03d}",
            "called": str(int(study.flagged)), "age_band": s.band(study.age), "sex": study.sex,
        })  # fmt: skip
    return "brightscan 2026-11.csv", s.table(rows).encode(), expected, held
