"""Nightwatch: local times without an offset, rows in no order; the hour that autumn repeats stands in it twice."""

from datetime import datetime, timedelta


def export(s):
    rows, expected, held = [], [], []
    listed = s.studies(14, 40)
    night = [
        datetime(2026, 10, 25, hour, minute, tzinfo=s.LONDON) for hour, minute in ((0, 59), (1, 30), (1, 30), (2, 0))
    ]
    for study, moment in zip(listed[4:32:7], night, strict=True):
        study.acquired = moment
        study.recorded = moment + timedelta(days=2)
    for line, study in enumerate(listed, start=2):
        local = study.acquired.replace(tzinfo=None)
        rows.append({
            "Study No": study.case_id, "Scan Date": f"{local:%d/%m/%Y %H:%M}", "Hospital": "Northtown",
            "AI Product": "NeuroFlag", "AI Version": "3.2.1", "AI Score": f"{study.score / 1000:.3f}",
            "AI Flag": "Y" if study.flagged else "N",
        })  # fmt: skip
        if f"{local:%d %H:%M}" == "25 01:30":
            held.append((line, "Scan Date"))
            continue
        expected.append({
            "line": line, "case_id": study.case_id, "model": "NeuroFlag", "version": "3.2.1", "site": "Northtown",
            "acquired_at": s.utc(study.acquired), "status": "processed", "score": f"0.{study.score:03d}",
            "called": str(int(study.flagged)),
        })  # fmt: skip
    return "nightwatch.csv", s.table(rows).encode(), expected, held
