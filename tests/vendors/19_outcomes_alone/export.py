"""Followup: confirmed findings alone, dates with the month in letters; one date that does not exist."""


def export(s):
    rows, expected, held = [], [], []
    for line, study in enumerate(s.studies(19, 44), start=2):
        day = "31-Sep-2026" if line == 17 else f"{study.recorded:%d-%b-%Y}"
        rows.append({
            "Study Ref": study.case_id, "Product": "NeuroFlag", "Site": "Northtown",
            "Confirmed": {"1": "Yes", "0": "No", "indeterminate": "Indeterminate"}[study.truth],
            "Confirmed On": day, "Verification Method": "Clinical follow-up",
        })  # fmt: skip
        if line == 17:
            held.append((line, "Confirmed On"))
            continue
        expected.append({
            "line": line, "case_id": study.case_id, "model": "NeuroFlag", "site": "Northtown", "truth": study.truth,
            "truth_recorded_at": s.utc(s.end_of(study.recorded)), "truth_source": "follow_up",
        })  # fmt: skip
    return "followup.csv", s.table(rows).encode(), expected, held


def companion(s):
    """Return the results of the same studies, in the log's own columns."""
    rows = [
        {
            "case_id": study.case_id, "model": "NeuroFlag", "version": "3.2.1", "site": "Northtown",
            "acquired_at": s.utc(study.acquired), "score": f"0.{study.score:03d}", "called": str(int(study.flagged)),
        }
        for study in s.studies(19, 44)
    ]  # fmt: skip
    return s.table(rows).encode()
