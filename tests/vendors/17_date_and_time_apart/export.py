"""Dicomwise: the header fields of DICOM as they are: StudyDate 20261005, StudyTime 083015, on the clock of UTC."""

from datetime import UTC


def export(s):
    rows, expected = [], []
    for line, study in enumerate(s.studies(17, 50), start=2):
        moment = study.acquired.replace(second=line % 60).astimezone(UTC)
        rows.append({
            "StudyInstanceUID": f"1.2.826.0.{study.case_id[1:5]}.{line}", "StudyDate": f"{moment:%Y%m%d}",
            "StudyTime": f"{moment:%H%M%S}", "InstitutionName": "Northtown", "StationName": study.scanner,
            "ConvolutionKernel": "H31s", "AlgorithmName": "NeuroFlag", "SoftwareVersion": "3.2.1",
            "Confidence": f"{study.score / 1000:.3f}", "Alert": "Y" if study.flagged else "N",
        })  # fmt: skip
        expected.append({
            "line": line, "case_id": f"1.2.826.0.{study.case_id[1:5]}.{line}", "model": "NeuroFlag", "version": "3.2.1",
            "site": "Northtown", "acquired_at": s.utc(moment), "status": "processed", "score": f"0.{study.score:03d}",
            "called": str(int(study.flagged)), "scanner": study.scanner, "kernel": "H31s",
        })  # fmt: skip
    return "dicomwise.csv", s.table(rows, "|").encode(), expected, []
