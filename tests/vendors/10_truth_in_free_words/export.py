"""Oldbury: Windows-1252 with pound and degree signs; the finding as the registrar wrote it, in a few wordings."""

WORDS = {
    "1": ["ICH confirmed", "Acute subdural haematoma", "bleed"],
    "0": ["no bleed", "No acute intracranial haemorrhage", "NAD"],
    "indeterminate": ["equivocal", "cannot exclude small SAH"],
}


def export(s):
    rows, expected = [], []
    for line, study in enumerate(s.studies(10, 60), start=2):
        words = WORDS[study.truth]
        awaited = line % 19 == 0
        rows.append({
            "Study ID": study.case_id, "AI Model": "NeuroFlag", "AI Version": "3.2.1", "Hospital": "Northtown",
            "Date of scan": f"{study.acquired:%d-%m-%Y %H:%M}", "AI score": f"{study.score / 1000:.3f}",
            "AI result": "flagged" if study.flagged else "not flagged",
            "Report conclusion": "awaited" if awaited else words[line % len(words)],
            "Report verified": "" if awaited else f"{study.recorded:%d-%m-%Y %H:%M}",
            "Gantry tilt °": str(line % 7), "Tariff £": f"{70 + line}.00",
        })  # fmt: skip
        expected.append({
            "line": line, "case_id": study.case_id, "model": "NeuroFlag", "version": "3.2.1", "site": "Northtown",
            "acquired_at": s.utc(study.acquired), "status": "processed", "score": f"0.{study.score:03d}",
            "called": str(int(study.flagged)), "truth": "" if awaited else study.truth,
            "truth_recorded_at": "" if awaited else s.utc(study.recorded), "truth_source": "" if awaited else "report",
        })  # fmt: skip
    return "oldbury.csv", s.table(rows).encode("cp1252"), expected, []
