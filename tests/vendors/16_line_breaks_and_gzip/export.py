"""Archivist: a gzip; a comment with line breaks, quotes and commas in every row, which is never read."""

import gzip


def export(s):
    rows, expected, line = [], [], 2
    for number, study in enumerate(s.studies(16, 36)):
        comment = f'Seen, "discussed".\nPlan {number}:\nrepeat' if number % 3 else "nil"
        rows.append({
            "Accession": study.case_id, "Comment": comment, "Study Datetime": f"{study.acquired:%Y-%m-%d %H:%M:%S%z}",
            "Product": "NeuroFlag", "Version": "3.2.1", "Site": "Northtown", "Prediction": str(int(study.flagged)),
            "Prob": f"{study.score / 1000:.3f}",
        })  # fmt: skip
        expected.append({
            "line": line, "case_id": study.case_id, "model": "NeuroFlag", "version": "3.2.1", "site": "Northtown",
            "acquired_at": s.utc(study.acquired), "status": "processed", "score": f"0.{study.score:03d}",
            "called": str(int(study.flagged)),
        })  # fmt: skip
        line += 1 + comment.count("\n")
    text = s.table(rows, end="\n").encode()
    return "archivist.csv.gz", gzip.compress(text, mtime=0), expected, []
