"""Duplex: two products in one file, a row each; one scores from 0 to 1 and the other in per cent."""


def export(s):
    rows, expected = [], []
    for study in s.studies(11, 30):
        for model, version, written in (
            ("NeuroFlag", "3.2.1", f"{study.score / 1000:.3f}"), ("LumenLVO", "5.0", f"{100 - study.score / 10:.1f}"),
        ):  # fmt: skip
            score = study.score if model == "NeuroFlag" else 1000 - study.score
            rows.append({
                "Exam Ref": study.case_id, "Algorithm": model, "Algorithm Version": version, "Site": "Northtown",
                "Study Date": f"{study.acquired:%d/%m/%Y %H:%M}", "Confidence": written,
                "Detected": "T" if score >= 500 else "F",
            })  # fmt: skip
            expected.append({
                "line": len(rows) + 1, "case_id": study.case_id, "model": model, "version": version,
                "site": "Northtown",
                "acquired_at": s.utc(study.acquired), "status": "processed", "score": f"{score / 1000:.3f}",
                "called": str(int(score >= 500)),
            })  # fmt: skip
    return "duplex.csv", s.table(rows).encode(), expected, []
