"""Every column of the case outcome log, said once: what it means, in which files it stands, what it may hold.

The reader, the profiles, the blank files and the data dictionary are made from this one list.
"""

from dataclasses import dataclass
from typing import Final, Literal

Form = Literal["text", "moment", "number", "yes or no", "word"]
STATUSES: Final = ("processed", "failed", "not_sent")
TRUTHS: Final = ("1", "0", "indeterminate")
TRUTH_SOURCES: Final = ("report", "adjudication", "follow_up", "audit")


@dataclass(frozen=True, slots=True)
class LogColumn:
    """One column of the log.

    Attributes
    ----------
    files : the kinds of file it may stand in, by first letter: r results, o outcomes, d orders; a capital letter
        means that every file of that kind needs it. A results file may carry the outcome columns too
    words : what it may hold where that is a closed list
    unit : the unit or scale of its values, "" where there is none
    source : the system that knows it
    """

    name: str
    files: str
    form: Form
    meaning: str
    source: str
    unit: str = ""
    words: tuple[str, ...] = ()


AI, RIS, PACS, REPORT, LINK = "AI export", "RIS", "PACS", "report or follow-up", "made on the PACS manager's machine"
AUDIT = "truth worklist"
COLUMNS: Final = (
    LogColumn("case_id", "ROD", "text", "pseudonym of the study, the same in all three files", LINK),
    LogColumn("model", "RO", "text", "the AI product, as it is registered", AI),
    LogColumn("version", "R", "text", "the exact version of the product that read the study", AI),
    LogColumn("site", "ROD", "text", "the site where the study was acquired", RIS),
    LogColumn("acquired_at", "RD", "moment", "when the study was acquired", RIS, "date and time, with offset"),
    LogColumn("pathway", "d", "text", "the pathway or request under which the study was ordered", RIS),
    LogColumn("status", "r", "word", "what became of the study at the AI; blank means processed", AI, words=STATUSES),
    LogColumn("score", "r", "number", "the AI's score, higher meaning disease", AI, "0 to 1"),
    LogColumn("called", "r", "yes or no", "whether the AI flagged the study at its operating threshold", AI),
    LogColumn("result_at", "r", "moment", "when the AI's result was there", AI, "date and time, with offset"),
    LogColumn("scanner", "rd", "text", "the scanner that acquired the study", PACS),
    LogColumn("kernel", "r", "text", "the reconstruction kernel or sequence", PACS),
    LogColumn("setting", "rd", "text", "where the patient was: emergency, inpatient, outpatient, GP", RIS),
    LogColumn("age_band", "rd", "text", "the patient's age as a band, never a date of birth", RIS, "years"),
    LogColumn("sex", "rd", "text", "the patient's sex as recorded", RIS),
    LogColumn("ethnicity", "rd", "text", "the patient's ethnic category as recorded", RIS),
    LogColumn("patient", "r", "text", "pseudonym of the patient, so that repeat studies are known as such", LINK),
    LogColumn("truth", "O", "word", "the finding by the reference standard; blank means not known yet", REPORT,
              words=TRUTHS),
    LogColumn("truth_recorded_at", "O", "moment", "when that truth was recorded at its source", REPORT,
              "date and time, with offset"),
    LogColumn("truth_source", "o", "word", "how the truth was found; give it wherever a truth is given", REPORT,
              words=TRUTH_SOURCES),
    LogColumn("subtype", "ro", "text", "the kind of finding, for example subdural", REPORT),
    LogColumn("audit_selected", "r", "yes or no", "whether the study was drawn for the audit, returned or not", AUDIT),
    LogColumn("sampling_fraction", "r", "number", "the share of studies like it that the audit drew", AUDIT,
              "above 0, up to 1"),
    LogColumn("reader_finding", "r", "text", "what the first human reader found", REPORT),
    LogColumn("reader_agrees", "r", "yes or no", "whether the reader agreed with the AI", REPORT),
    LogColumn("heatmap_reviewed", "r", "yes or no", "whether the reader looked at the AI's overlay", PACS),
    LogColumn("seen_before_report", "r", "yes or no", "whether the AI's result was seen before the report", PACS),
)  # fmt: skip
