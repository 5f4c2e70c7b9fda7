"""Riskonly: a probability and no flag; the department says that the product flags above 0.62 and not at it."""


def export(s):
    rows, expected = [], []
    for line, study in enumerate(s.studies(9, 45), start=2):
        if line in (12, 13):
            study.score = 620
        rows.append({
            "exam_id": study.case_id, "exam_datetime": s.utc(study.acquired), "model": "ChestClear",
            "model_version": "1.4", "hospital": "Northtown", "probability": f"{study.score / 1000:.3f}",
            "patient_pseudonym": f"P{line // 2:04d}",
        })  # fmt: skip
        expected.append({
            "line": line, "case_id": study.case_id, "model": "ChestClear", "version": "1.4", "site": "Northtown",
            "acquired_at": s.utc(study.acquired), "status": "processed", "score": f"0.{study.score:03d}",
            "called": str(int(study.score > 620)), "patient": f"P{line // 2:04d}",
        })  # fmt: skip
    return "riskonly_weekly.csv", s.table(rows, end="\n").encode(), expected, []
