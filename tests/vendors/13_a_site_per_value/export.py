"""Network: three hospitals in one column, by their codes; the version is written with a v and without one."""

SITES = {"NTH": "Northtown", "STH": "Southam", "WES": "Westbridge"}


def export(s):
    rows, expected = [], []
    for line, study in enumerate(s.studies(13, 66), start=2):
        code = list(SITES)[line % 3]
        rows.append({
            "event_key": study.case_id, "performing_site": code, "performed_at": f"{study.acquired:%Y-%m-%d %H:%M}",
            "product": "ChestClear", "release": "v2.0.1" if line % 5 == 0 else "2.0.1",
            "ai_score": f"{study.score / 1000:.3f}", "ai_flag": "true" if study.flagged else "false",
        })  # fmt: skip
        expected.append({
            "line": line, "case_id": study.case_id, "model": "ChestClear", "version": "2.0.1", "site": SITES[code],
            "acquired_at": s.utc(study.acquired), "status": "processed", "score": f"0.{study.score:03d}",
            "called": str(int(study.flagged)),
        })  # fmt: skip
    return "network_week44.csv", s.table(rows).encode(), expected, []
