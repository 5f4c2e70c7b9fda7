"""What a row of the canonical log must satisfy, checked for all rows and all rules at once."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from surveillance.storage.outcome_log.column_names import REQUIRED, Kind
from surveillance.storage.outcome_log.holds import Holds
from surveillance.storage.outcome_log.mapping import MappedRows
from surveillance.storage.outcome_log.profile import Profile

DAY = 86_400_000_000


@dataclass(frozen=True, slots=True)
class RowRule:
    """A rule: the column of ours it is about, what it says, what to do."""

    column: str
    says: str
    fix: str


# A failed study with a score is held, not emptied: either the status or the score is wrong, and which one decides
# whether it counts in sensitivity or in technical failures.
BLANK = "{} must be given"
PERCENT = "this looks like per cent: if the scale is 0 to 100, write to = 100 under [score] in the profile"
RULES = {
    "score": RowRule(
        "score", "a score must lie in 0 to 1 after the profile's scale", "correct the score or the scale"
    ),
    "sampling_fraction": RowRule(
        "sampling_fraction", "a sampling fraction must be above 0 and at most 1",
        "write 0.1 where one in ten is sampled",
    ),
    "idle_result": RowRule(
        "status", "a study that the AI did not process has no score and no flag",
        "correct the status, or empty the score and the flag",
    ),
    "undated_truth": RowRule(
        "truth_recorded_at", "a truth must say when it was recorded", "write the date it became known"
    ),
    "unsourced_truth": RowRule(
        "truth_source", "a truth must say how it was found",
        "write report, adjudication, follow_up or audit, or the word that the profile knows for it",
    ),
    "truth_lead": RowRule(
        "truth_recorded_at", "a truth cannot be recorded before the study", "correct one of the two dates"
    ),
}  # fmt: skip


def check_rows(rows: MappedRows, profile: Profile, holds: Holds) -> None:
    """Hold every row that breaks a rule of its kind of file (all faults of a row are told)."""
    import pandera.pandas as pandera
    from pandera.errors import SchemaErrors

    frame, required = _evidence(rows, profile.file)
    checks = {
        "score": pandera.Check.in_range(0, 1),
        "sampling_fraction": pandera.Check.in_range(0, 1, include_min=False),
        "idle_result": pandera.Check.eq(False),
        "undated_truth": pandera.Check.eq(False),
        "unsourced_truth": pandera.Check.eq(False),
        "truth_lead": pandera.Check.ge(0),
        **{name: pandera.Check.eq(True) for name in required},
    }
    schema = pandera.DataFrameSchema({n: pandera.Column(checks=checks[n], nullable=True) for n in frame.columns})
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        failures = errors.failure_cases
        for name, found in failures.groupby("column", sort=False):
            broken = np.zeros(rows.size, dtype=bool)
            broken[found["index"].to_numpy(dtype=np.int64)] = True
            rule = required.get(str(name)) or RULES[str(name)]
            if name == "score":
                percent = broken & (frame["score"].to_numpy() > 1) & (frame["score"].to_numpy() <= 100)
                percent &= profile.score.high == 1
                _hold(rows, profile, holds, percent, RowRule("score", rule.says, PERCENT))
                broken &= ~percent
            _hold(rows, profile, holds, broken, rule)


def _hold(rows: MappedRows, profile: Profile, holds: Holds, broken: NDArray[np.bool_], rule: RowRule) -> None:
    """Note the rows that break one rule, under the file's own name for the column."""
    theirs = profile.columns.get(rule.column, "")
    holds.add(broken, theirs, rule.says, rule.fix, rows.cells.get(rule.column))


def _evidence(rows: MappedRows, kind: Kind) -> tuple[pd.DataFrame, dict[str, RowRule]]:
    """Return one column a rule, and the rules about columns that must be filled."""
    columns: dict[str, NDArray[np.generic]] = dict(rows.numbers)
    required = {}
    results_with_truth = kind == "results" and "truth" in rows.words
    truth = rows.flags("truth")
    for ours in REQUIRED[kind]:
        if ours == "truth_recorded_at":
            continue
        cells = rows.cells.get(ours)
        if cells is not None and cells.null_count:
            required[f"given {ours}"] = RowRule(ours, BLANK.format(ours), "fill the cell in; a blank is not a value")
            columns[f"given {ours}"] = cells.is_valid().to_numpy(zero_copy_only=False)
    if kind == "results":
        idle = ~np.isin(_texts(rows, "status"), ["processed"]) & _given(rows, "status")
        columns["idle_result"] = idle & ((rows.flags("called") >= 0) | ~np.isnan(_score(rows)))
    if "truth_source" in rows.words:
        cells = rows.cells.get("truth_source")
        blank = np.zeros(rows.size, dtype=bool) if cells is None else cells.is_null().to_numpy(zero_copy_only=False)
        columns["unsourced_truth"] = (truth >= 0) & blank
    if "truth_recorded_at" in rows.moments:
        recorded = rows.moments["truth_recorded_at"]
        blank = rows.cells["truth_recorded_at"].is_null().to_numpy(zero_copy_only=False)
        columns["undated_truth"] = (truth >= 0) & blank
        if results_with_truth:
            acquired = rows.moments["acquired_at"]
            both = recorded.given & acquired.given & (truth >= 0)
            columns["truth_lead"] = np.where(both, recorded.at - acquired.at, 0)
    return pd.DataFrame(columns, index=pd.RangeIndex(rows.size)), required


def _texts(rows: MappedRows, ours: str) -> NDArray[np.object_]:
    """Return a word column as objects, empty where it is not mapped."""
    if ours not in rows.words:
        return np.full(rows.size, None, dtype=object)
    return np.asarray(rows.words[ours].to_numpy(zero_copy_only=False), dtype=object)


def _given(rows: MappedRows, ours: str) -> NDArray[np.bool_]:
    """Return where a word column has a value."""
    if ours not in rows.words:
        return np.zeros(rows.size, dtype=bool)
    return np.asarray(rows.words[ours].is_valid().to_numpy(zero_copy_only=False), dtype=bool)


def _score(rows: MappedRows) -> NDArray[np.float64]:
    """Return the score column, NaN where there is none."""
    return rows.numbers.get("score", np.full(rows.size, np.nan))
