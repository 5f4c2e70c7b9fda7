"""Tandem: two products side by side in one row; on plain scans the vessel product was not run."""


def export(s):
    rows, expected = [], []
    for line, study in enumerate(s.studies(12, 40), start=2):
        plain = line % 4 == 0
        other = 1000 - study.score
        rows.append({
            "Accession Number": study.case_id, "Acquisition Time": f"{study.acquired:%d/%m/%Y %H:%M}",
            "Scanner": study.scanner,
            "NeuroFlag Score": f"{study.score / 1000:.3f}", "NeuroFlag Flag": "Y" if study.flagged else "N",
            "NeuroFlag Version": "3.2.1",
            "LumenLVO Score": "" if plain else f"{other / 10:.1f}",
            "LumenLVO Flag": "" if plain else "Y" if other >= 600 else "N", "LumenLVO Version": "" if plain else "5.0",
        })  # fmt: skip
        both = {
            "line": line, "case_id": study.case_id, "site": "Northtown", "acquired_at": s.utc(study.acquired),
            "status": "processed", "scanner": study.scanner,
        }  # fmt: skip
        expected.append({
            **both, "model": "NeuroFlag", "version": "3.2.1", "score": f"0.{study.score:03d}",
            "called": str(int(study.flagged)),
        })  # fmt: skip
        if not plain:
            expected.append({
                **both, "model": "LumenLVO", "version": "5.0", "score": f"{other / 1000:.3f}",
                "called": str(int(other >= 600)),
            })  # fmt: skip
    return "tandem.csv", s.table(rows).encode(), expected, []
