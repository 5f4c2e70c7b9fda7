"""Ledger: two title lines, a blank one, and a counted total; the findings carry no date, so their lag is asked."""

from datetime import UTC, timedelta


def export(s):
    rows, expected = [], []
    for line, study in enumerate(s.studies(15, 38), start=5):
        rows.append({
            "Case No": study.case_id, "Date Performed": f"{study.acquired:%d/%m/%Y %H:%M}",
            "AI Suspicion": f"{study.score / 1000:.3f}", "AI Alert": "ALERT" if study.flagged else "NO ALERT",
            "Final Outcome": {"1": "Positive", "0": "Negative", "indeterminate": "Uncertain"}[study.truth],
        })  # fmt: skip
        expected.append({
            "line": line, "case_id": study.case_id, "model": "NeuroFlag", "version": "3.2.1", "site": "Northtown",
            "acquired_at": s.utc(study.acquired), "status": "processed", "score": f"0.{study.score:03d}",
            "called": str(int(study.flagged)), "truth": study.truth,
            "truth_recorded_at": s.utc(study.acquired.astimezone(UTC) + timedelta(days=10)),
            "truth_source": "follow_up",
        })  # fmt: skip
    titles = "Northtown NHS Trust, AI audit\r\nNeuroFlag 3.2.1, October 2026\r\n\r\n"
    return "ledger.csv", (titles + s.table(rows) + f"Total: {len(rows)},,,,\r\n").encode(), expected, []
