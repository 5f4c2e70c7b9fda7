"""Flagline: flags and nothing else; Windows line ends, quotes around everything, and cells that say n/a."""


def export(s):
    rows, expected = ['"Case Ref","Product","Version","Site","Scan Time","Result","Scanner"'], []
    for line, study in enumerate(s.studies(8, 42), start=2):
        scanner = "n/a" if line % 11 == 0 else study.scanner
        word = "Positive" if study.flagged else "Negative"
        cells = [study.case_id, "ChestClear", "1.4", "Northtown", f"{study.acquired:%d/%m/%Y %H:%M:%S}", word, scanner]
        rows.append(",".join(f'"{cell}"' for cell in cells))
        expected.append({
            "line": line, "case_id": study.case_id, "model": "ChestClear", "version": "1.4", "site": "Northtown",
            "acquired_at": s.utc(study.acquired), "status": "processed", "called": str(int(study.flagged)),
            "scanner": "" if scanner == "n/a" else scanner,
        })  # fmt: skip
    return "flagline.csv", ("\r\n".join(rows) + "\r\n").encode(), expected, []
