"""Two exports as two vendors would write them, made from the small store's log; what they must become is written here.

`german` says everything itself: semicolons, decimal commas, a title line, a day and a time apart, words for findings.
`american` leaves to a person which product, version and site it is, and whether 03/04 is April or March.
"""

import csv
import io
from datetime import datetime
from types import ModuleType
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
HEADER = (
    "Accession pseudonym", "AI product", "SW version", "Hospital", "Scan date", "Scan time", "Suspicion", "Flag",
    "Job status", "Final diagnosis", "Diagnosis date", "Source",
)  # fmt: skip
FLAGS = {"true": "Y", "false": "N", "": ""}
STATES = {"processed": "OK", "failed": "ERROR", "not_sent": "NOT SENT"}
FINDINGS = {"1": "ICH confirmed", "0": "no ICH", "indeterminate": "equivocal"}
SOURCES = {"report": "RIS report", "adjudication": "Panel", "audit": "Audit", "follow_up": "Follow-up"}


def rows_of(small_store: ModuleType) -> tuple[list[dict[str, str]], dict[str, dict[str, str]]]:
    """Return the results and the outcomes of the small store's log."""
    files = {kind: list(csv.DictReader(io.StringIO(data.decode()))) for kind, data in small_store.log_files().items()}
    return files["results"], {row["case_id"]: row for row in files["outcomes"]}


def local(text: str) -> datetime:
    """Return a moment of the log on the clock of London."""
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(LONDON)


def german(small_store: ModuleType, most: int | None = None) -> bytes:
    """Return one log in one file; every eighth study spells its version another way."""
    results, outcomes = rows_of(small_store)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(["NeuroFlag export", *[""] * 11])
    writer.writerow(HEADER)
    for place, row in enumerate(results[:most]):
        at, truth = local(row["acquired_at"]), outcomes.get(row["case_id"])
        version = "v3.2.1" if place % 8 == 0 else "3.2.1"
        study = [row["case_id"], "NeuroFlag", version, "Westbrook", f"{at:%d.%m.%Y}", f"{at:%H:%M:%S}"]
        answer = [row["score"].replace(".", ","), FLAGS[row["called"]], STATES[row["status"]]]
        known = ["", "", ""]
        if truth:
            told = local(truth["truth_recorded_at"])
            known = [FINDINGS[truth["truth"]], f"{told:%d.%m.%Y %H:%M}", SOURCES[truth["truth_source"]]]
        writer.writerow([*study, *answer, *known])
    return out.getvalue().encode("cp1252")


def american(small_store: ModuleType, days: int = 12) -> bytes:
    """Return flags of the first days of a month, so that each date can be read both ways; no product, version, site."""
    results, _ = rows_of(small_store)
    early = [row for row in results if local(row["acquired_at"]).day <= days and row["status"] == "processed"]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["Accession", "Study Date Time", "LVO Suspected"])
    for row in early:
        writer.writerow([row["case_id"], f"{local(row['acquired_at']):%m/%d/%Y %H:%M}", FLAGS[row["called"]]])
    return out.getvalue().encode()
