"""Kestrel: UTF-16 with tabs, as a spreadsheet saves "Unicode text"; times with seconds; failed jobs without a score."""


def export(s):
    rows, expected = [], []
    for line, study in enumerate(s.studies(2, 52), start=2):
        failed = line % 17 == 0
        result = study.acquired.replace(second=30)
        rows.append({
            "Accession No": study.case_id, "Algorithm": "NeuroFlag", "AlgorithmVersion": "3.2.1", "Site": "Northtown",
            "Acquired At": f"{study.acquired:%Y-%m-%d %H:%M:%S}", "Job Status": "ERROR" if failed else "COMPLETED",
            "AI Score": "" if failed else f"{study.score / 1000:.3f}",
            "AI Flag": "" if failed else str(study.flagged).upper(),
            "AI Completed At": "" if failed else f"{result:%Y-%m-%d %H:%M:%S}", "Sex": study.sex,
        })  # fmt: skip
        expected.append({
            "line": line, "case_id": study.case_id, "model": "NeuroFlag", "version": "3.2.1", "site": "Northtown",
            "acquired_at": s.utc(study.acquired), "status": "failed" if failed else "processed",
            "score": "" if failed else f"0.{study.score:03d}", "called": "" if failed else str(int(study.flagged)),
            "result_at": "" if failed else s.utc(result), "sex": study.sex,
        })  # fmt: skip
    return "kestrel_export_2026W44.tsv", ("\ufeff" + s.table(rows, "\t")).encode("utf-16-le"), expected, []
