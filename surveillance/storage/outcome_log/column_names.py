"""The columns of the case outcome log: the one list that profiles, readers and tests share."""

from typing import Final, Literal

Kind = Literal["results", "outcomes", "orders"]

CASE_COLUMNS: Final = (
    "case_id", "model", "version", "site", "acquired_at", "status", "score", "called", "result_at", "scanner",
    "kernel", "setting", "age_band", "sex", "ethnicity", "subtype", "patient", "audit_selected",
    "sampling_fraction", "reader_finding", "reader_agrees", "heatmap_reviewed", "seen_before_report",
)  # fmt: skip
OUTCOME_COLUMNS: Final = (
    "case_id", "model", "site", "truth", "truth_recorded_at", "truth_source", "subtype",
)  # fmt: skip
ORDER_COLUMNS: Final = (
    "case_id", "site", "acquired_at", "pathway", "scanner", "setting", "age_band", "sex", "ethnicity",
)  # fmt: skip

ALLOWED: Final[dict[Kind, frozenset[str]]] = {
    "results": frozenset(CASE_COLUMNS) | frozenset(OUTCOME_COLUMNS),
    "outcomes": frozenset(OUTCOME_COLUMNS),
    "orders": frozenset(ORDER_COLUMNS),
}
REQUIRED: Final[dict[Kind, tuple[str, ...]]] = {
    "results": ("case_id", "model", "version", "site", "acquired_at"),
    "outcomes": ("case_id", "model", "site", "truth", "truth_recorded_at"),
    "orders": ("case_id", "site", "acquired_at"),
}
DATES: Final = ("acquired_at", "result_at", "truth_recorded_at")
NUMBERS: Final = ("score", "sampling_fraction")
FLAGS: Final = ("called", "audit_selected", "reader_agrees", "heatmap_reviewed", "seen_before_report")
STATUSES: Final = ("processed", "failed", "not_sent")
TRUTHS: Final = ("1", "0", "indeterminate")
TRUTH_SOURCES: Final = ("report", "adjudication", "follow_up", "audit")
VOCABULARY: Final[dict[str, tuple[str, ...]]] = {
    "status": STATUSES,
    "truth": TRUTHS,
    "truth_source": TRUTH_SOURCES,
    **dict.fromkeys(FLAGS, ("1", "0")),
}
