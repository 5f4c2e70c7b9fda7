"""What vendors and hospitals call the columns of the log, as they stand in a header."""

import re
from dataclasses import dataclass
from typing import Final

from surveillance.storage.outcome_log.identifier_patterns import plain_header

WHOLE, PART = 1.0, 0.7


@dataclass(frozen=True, slots=True)
class FieldNames:
    """The names of one of our columns: whole ones, patterns within a name, and what speaks against it."""

    whole: frozenset[str]
    part: str
    never: str = r"(?!)"


def _names(whole: str, part: str, never: str = r"(?!)") -> FieldNames:
    return FieldNames(frozenset(name.strip() for name in whole.split(",")), part, never)


WHEN = r"\b(date|time|datetime|dt|at|on|timestamp)\b"
TOLD = r"report|diagnos|verif|truth|confirm|outcome|reference|adjudic|authoris|signed"
AI = r"result|ai\b|process|alert|notif|inferen|complet|analys|output|send|sent|receiv|request|order|booked"
TAKEN = r"scan|exam|examination|study|acqui|perform|attend|event|image|series"

FIELD_NAMES: Final[dict[str, FieldNames]] = {
    "case_id": _names(
        "case id, case, case no, case number, case ref, study id, study ref, study reference, study uid, study no,"
        "study number, study key, study instance uid, study, accession, accession number, accession no, acc no,"
        "accession pseudonym, exam no, exam number, exam id, exam ref, exam key, examination id, examination no,"
        "pseudonym, pseudo accession, pseudo id, event id, event key, order no, order number",
        r"accession|(study|exam|case|event) (uid|ref|id|no|key|number)|pseudonym",
        rf"patient|subject|person|{WHEN}|type|desc|name",
    ),
    "model": _names(
        "model, product, algorithm, ai product, ai model, application, app, algorithm name, ai name, ai tool, tool,"
        "product name, solution, ai software, ai application, ai",
        r"\b(product|algorithm|ai model)\b",
        r"version|ver\b|score|result|scanner|manufacturer|flag|conf",
    ),
    "version": _names(
        "version, sw version, sw ver, software version, algorithm version, model version, ai version, ver, build,"
        "release, app version, product version, algo version, software release",
        r"version|\bver\b|build|release",
        rf"report|{WHEN}|protocol",
    ),
    "site": _names(
        "site, hospital, location, site name, hospital name, facility, trust, centre, institution, institution name,"
        "performing site, campus, site code, hospital code, imaging site, exam site, scan site, performing location",
        r"\b(site|hospital|facility|institution|campus)\b",
        r"patient|occlusion|lesion|body|bleed",
    ),
    "acquired_at": _names(
        "acquired at, acquired, scan time, scan date, scan datetime, scan date time, scanned, scanned at, exam date,"
        "exam time, exam date time, exam datetime, study date, study time, study datetime, study date time,"
        "acquisition time, acquisition date, acquisition datetime, performed at, performed on, performed,"
        "performed date,"
        "date performed, event date, examination date, attendance date, date of exam, date of scan, image time, date,"
        "series time, datetime, acq time, acq date time",
        rf"({TAKEN}).*{WHEN}|{WHEN}.*({TAKEN})",
        rf"{TOLD}|{AI}|birth|dob",
    ),
    "pathway": _names(
        "pathway, request, exam code, protocol, exam description, procedure, referral pathway, request type,"
        "study description, exam type, procedure code, examination, exam name",
        r"pathway|procedure|(exam|study) (desc|type|code|name)",
    ),
    "status": _names(
        "status, job status, processing status, ai status, job, job state, run status, process status, ai job status,"
        "analysis status, inference status",
        r"\b(job|process|processing|ai|run|analysis) (status|state)\b|^status",
        r"report|exam|patient",
    ),
    "score": _names(
        "score, ai score, suspicion, suspicion score, suspicion level, confidence, ai confidence, probability, prob,"
        "ai probability, likelihood, risk, risk score, abnormality score, ai output,"
        "suspicion pct, normality score, ai suspicion, conf, confidence score",
        r"score|prob|confiden|suspic|likelihood|\brisk\b",
        rf"{WHEN}|threshold|cut ?off|apache|nihss|gcs|parsonnet|calcium|agatston",
    ),
    "called": _names(
        "flag, flagged, alert, alerted, ai result, ai flag, result, ai finding, called, prediction, triage, ai call,"
        "ai positive, ai outcome, notification, decision, ai decision, detected, classification, ai classification,"
        "suspected, ai alert, ai prediction, triage flag, priority flag, ai triage",
        r"\bflag|\balert|predict|triage|\bai (result|finding|call|decision)|suspected|detected|notif",
        rf"{WHEN}|audit|report|final|confirmed|status",
    ),
    "result_at": _names(
        "result time, ai time, ai result time, processed at, processing time, ai completed, output time,"
        "notification time, alert time, result at, completed at, result datetime, analysis time, ai completed at,"
        "notified at, ai result at, result timestamp, ai timestamp, inference time",
        rf"(result|\bai\b|process|alert|notif|inferen|complet|analys|output).*{WHEN}",
        rf"{TOLD}|sent|receiv|request|order",
    ),
    "scanner": _names(
        "scanner, device, station, station name, equipment, room, ct scanner, machine, scanner id, scanner name,"
        "ae title, modality name, scan room, scanner model",
        r"\bscanner\b|station|equipment",
    ),
    "kernel": _names("kernel, recon kernel, reconstruction kernel, convolution kernel, recon, sequence", r"kernel"),
    "setting": _names(
        "setting, patient class, patient type, referral source, patient location, ward type, attendance type,"
        "care setting, patient setting, referrer type, request source, requesting location",
        r"\bsetting\b|patient (class|type|location)|referr",
    ),
    "age_band": _names(
        "age band, age, age group, patient age, age at exam, age years, age at scan, agegroup, ageband",
        r"\bage\b",
        r"image|page",
    ),
    "sex": _names("sex, gender, patient sex, patient gender", r"\b(sex|gender)\b"),
    "ethnicity": _names("ethnicity, ethnic category, ethnic group, ethnic code", r"ethnic"),
    "patient": _names(
        "patient, patient pseudonym, patient pseudo id, patient id, pseudo patient, subject, subject id, patient key,"
        "patient hash, person pseudonym, pseudo patient id, patient ref",
        r"(patient|subject|person) (id|key|hash|pseudo|ref)",
    ),
    "truth": _names(
        "truth, final diagnosis, diagnosis, report outcome, ground truth, reference, reference standard, report result,"
        "confirmed, final report, radiologist finding, outcome, final outcome, gold standard, report finding,"
        "report conclusion, adjudicated, consensus, verified diagnosis, final result, confirmed diagnosis,"
        "confirmed finding, confirmed ich, final read, radiology report, consultant report, report, verified finding",
        r"truth|diagnos|reference|gold|outcome|confirmed|consensus|adjudicat|final"
        r"|report (result|outcome|finding|conclusion)",
        rf"{WHEN}|\bby\b|source|method|status",
    ),
    "truth_recorded_at": _names(
        "diagnosis date, date of diagnosis, verified, verified at, verified on, report date, report time, reported at,"
        "reported, reported on, date reported, truth date, confirmed on, outcome date, verification date,"
        "report verified, authorised, authorised at, signed off, final report date, truth recorded at, date verified,"
        "outcome recorded, report verified at, report datetime, adjudicated on, outcome recorded at, sign off date",
        rf"({TOLD}).*{WHEN}|{WHEN}.*({TOLD})|\b(verified|authorised|signed)\b",
        r"birth|\bby\b",
    ),
    "truth_source": _names(
        "truth source, source of truth, reference source, outcome source, verification method, source, method,"
        "verified by, source of diagnosis, diagnosis source",
        r"(truth|reference|outcome|diagnosis|verification)\b.*\b(source|method)\b",
    ),
    "subtype": _names(
        "subtype, type of bleed, bleed type, ich type, finding type, haemorrhage type, occlusion site, vessel,"
        "lesion type, ich subtype, diagnosis subtype",
        r"subtype|(bleed|haemorrhage|ich|lesion|finding) type|vessel",
    ),
    "audit_selected": _names(
        "audit selected, audit, audit sample, selected for audit, audited, qa sample, in audit, audit flag", r"\baudit"
    ),
    "sampling_fraction": _names(
        "sampling fraction, sample fraction, sampling rate, audit fraction", r"sampling|audit (fraction|rate)"
    ),
    "reader_finding": _names(
        "reader finding, first read, preliminary read, reader result, registrar finding, reader 1, first reader",
        r"(reader|registrar|preliminary) (finding|result|read)",
    ),
    "reader_agrees": _names(
        "reader agrees, agreement, concordance, agree, agrees with ai, concordant, reader agrees with ai",
        r"agree|concord",
    ),
    "heatmap_reviewed": _names("heatmap reviewed, heat map reviewed, heatmap viewed, overlay viewed", r"heat ?map"),
    "seen_before_report": _names(
        "seen before report, ai seen before report, ai viewed before report", r"(seen|viewed) before"
    ),
}  # fmt: skip


def named_like(theirs: str, ours: str) -> float:
    """Return how well a name of theirs suits a column of ours: 1 its whole name, .7 a part of it, 0 not at all.

    Examples
    --------
    >>> [named_like(name, "score") for name in ("Suspicion%", "ICH_Prob_v2", "ScanTime")]
    [1.0, 0.7, 0.0]
    """
    plain, names = plain_header(theirs.replace(" / ", " ")), FIELD_NAMES[ours]
    if plain == ours.replace("_", " ") or plain in names.whole:
        return WHOLE
    if re.search(names.never, plain):
        return 0.0
    return PART if re.search(names.part, plain) else 0.0
