"""Ris: what was ordered and done, from the radiology information system; the request and the class of the patient."""


def export(s):
    rows, expected = [], []
    for line, study in enumerate(s.studies(18, 60), start=2):
        setting = ["ED", "Inpatient", "GP"][line % 3]
        rows.append({
            "Accession Number": study.case_id, "Exam Date": f"{study.acquired:%d/%m/%Y}",
            "Exam Time": f"{study.acquired:%H:%M}", "Performing Site": "Northtown", "Exam Code": "CHEADN",
            "Room": study.scanner, "Patient Class": setting, "Age": str(study.age), "Sex": study.sex,
            "Requested At": f"{study.acquired:%d/%m/%Y %H:%M}",
        })  # fmt: skip
        expected.append({
            "line": line, "case_id": study.case_id, "site": "Northtown", "acquired_at": s.utc(study.acquired),
            "pathway": "CHEADN", "scanner": study.scanner, "setting": setting, "age_band": s.band(study.age),
            "sex": study.sex,
        })  # fmt: skip
    return "ris_orders_oct.csv", s.table(rows).encode(), expected, []


def companion(s):
    """Return the results of the same studies, in the log's own columns."""
    rows = [
        {
            "case_id": study.case_id, "model": "NeuroFlag", "version": "3.2.1", "site": "Northtown",
            "acquired_at": s.utc(study.acquired), "score": f"0.{study.score:03d}", "called": str(int(study.flagged)),
        }
        for study in s.studies(18, 60)
    ]  # fmt: skip
    return s.table(rows).encode()
