"""Normalis: a score from 0 to 100 in which low means disease; no flag, so the threshold is asked."""


def export(s):
    rows, expected = [], []
    for line, study in enumerate(s.studies(7, 54), start=2):
        normal = 100 - study.score // 10
        rows.append({
            "Case ID": study.case_id, "Application": "ChestClear", "App Version": "1.4", "Facility": "Northtown",
            "Scan Date": f"{study.acquired:%d/%m/%Y %H:%M}", "Score": str(normal),
            "Ground Truth": {"1": "POS", "0": "NEG", "indeterminate": "query"}[study.truth],
            "Truth Date": f"{study.recorded:%d/%m/%Y %H:%M}", "Truth Source": "audit",
        })  # fmt: skip
        share = study.score // 10
        expected.append({
            "line": line, "case_id": study.case_id, "model": "ChestClear", "version": "1.4", "site": "Northtown",
            "acquired_at": s.utc(study.acquired), "status": "processed", "score": f"{share / 100:.2f}",
            "called": str(int(normal <= 45)), "truth": study.truth, "truth_recorded_at": s.utc(study.recorded),
            "truth_source": "audit",
        })  # fmt: skip
    return "normalis.csv", s.table(rows).encode(), expected, []
