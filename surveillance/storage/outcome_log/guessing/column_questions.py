"""The question about each column of the log, in a sentence that a radiographer reads."""

from typing import Final

QUESTIONS: Final = {
    "case_id": "Which column holds the pseudonym of the study, the same in all of your files?",
    "model": "Which column names the AI product?",
    "version": "Which column gives the exact version of the AI product?",
    "site": "Which column says at which site the study was acquired?",
    "acquired_at": "Which column says when the study was acquired?",
    "pathway": "Which column says on which pathway or request the study was ordered?",
    "status": "Which column says what became of the study at the AI: processed, failed or never sent?",
    "score": "Which column holds the score that the AI gave?",
    "called": "Which column says whether the AI flagged the study?",
    "result_at": "Which column says when the result of the AI was there?",
    "scanner": "Which column names the scanner?",
    "kernel": "Which column names the reconstruction kernel or the sequence?",
    "setting": "Which column says where the patient was: emergency, ward, clinic or GP?",
    "age_band": "Which column gives the age of the patient, as a number or a band?",
    "sex": "Which column gives the sex of the patient?",
    "ethnicity": "Which column gives the ethnic category of the patient?",
    "patient": "Which column holds the pseudonym of the patient, so that repeat studies are known as such?",
    "truth": "Which column says whether the finding was really there?",
    "truth_recorded_at": "Which column says when that finding was recorded?",
    "truth_source": "Which column says how that finding was made: report, follow-up, audit?",
    "subtype": "Which column says which kind of finding it was?",
    "audit_selected": "Which column says whether the study was drawn for the audit?",
    "sampling_fraction": "Which column says which share of studies the audit drew?",
    "reader_finding": "Which column says what the first reader found?",
    "reader_agrees": "Which column says whether the reader agreed with the AI?",
    "heatmap_reviewed": "Which column says whether the reader looked at the overlay of the AI?",
    "seen_before_report": "Which column says whether the result of the AI was seen before the report?",
}


def question_about(ours: str, product: str = "") -> str:
    """Return the question about a column; of a file with several products, which of them is meant.

    Examples
    --------
    >>> question_about("called", "VesselAI")
    'VesselAI: Which column says whether the AI flagged the study?'
    """
    asks = QUESTIONS[ours]
    return f"{product}: {asks}" if product else asks
