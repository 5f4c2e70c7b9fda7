"""A study that was read more than once counts once: by its first result, whichever file came first."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from surveillance.storage.row_order import in_order, ranks
from surveillance.storage.tables.data import STATUSES

# Where the result time does not decide, rows are compared column by column in this order. What the evaluation reads
# stands first, so that whoever reads a few of the columns counts the same row as whoever reads them all.
HIGHEST_FIRST = ("called", "score", "audit_selected", "sampling_fraction")
COMPARED = (
    "acquired_at", "status", *HIGHEST_FIRST, "patient", "scanner", "kernel", "setting", "age_band", "sex", "ethnicity",
    "subtype", "reader_finding", "reader_agrees", "heatmap_reviewed", "seen_before_report", "groups",
)  # fmt: skip
PROVENANCE = ("batch_id", "line")
NO_RESULT = np.iinfo(np.int64).max


def first_reads(frame: pd.DataFrame) -> pd.DataFrame:
    """Keep each study once, by its first result; sorted by acquisition, then pseudonym.

    Two rows of one result time that differ are told apart by what they say, never by which file came first: a
    processed study before a failed one, a value before a blank. Where one says flagged and another not flagged,
    neither answer counts until a file is withdrawn: the study stays, without flag and score. To prefer either would
    flatter or blame the AI. `attrs["read_again"]` says how many further reads with another result time were set aside.
    """
    ordered = in_order(frame, "acquired_at", ["case_id"])
    repeated = ordered["case_id"].duplicated(keep=False).to_numpy()
    if not repeated.any():
        ordered.attrs["read_again"] = 0
        return ordered
    suspects = ordered[repeated]
    result = suspects["result_at"].fillna(NO_RESULT).to_numpy(dtype=np.int64)
    where = [suspects[name].to_numpy() for name in reversed(PROVENANCE)]
    place = np.lexsort((*where, *_contents(suspects, result), result))
    first = ~repeated
    chosen = place[~suspects["case_id"].iloc[place].duplicated().to_numpy()]
    first[np.flatnonzero(repeated)[chosen]] = True
    kept = ordered[first].reset_index(drop=True)
    unanswered = kept["case_id"].isin(disputed(suspects)).to_numpy()
    for name in ("called", "score"):
        if name in kept.columns and unanswered.any():
            kept.loc[unanswered, name] = pd.NA if name == "called" else np.nan
    reads = suspects[["case_id", "result_at"]].drop_duplicates()
    kept.attrs["read_again"] = len(reads) - reads["case_id"].nunique()
    return kept


def disputed(frame: pd.DataFrame) -> set[str]:
    """Return the studies whose first result says flagged in one row and not flagged in another."""
    if "called" not in frame.columns:
        return set()
    result = frame["result_at"].fillna(NO_RESULT).to_numpy(dtype=np.int64)
    told = pd.DataFrame({"case_id": frame["case_id"], "called": frame["called"], "result": result})
    told = told[told["result"] == told.groupby("case_id")["result"].transform("min")]
    answers = told.groupby("case_id")["called"].nunique()
    return set(answers.index[answers > 1])


def contradicting(frame: pd.DataFrame) -> NDArray[np.bool_]:
    """Mark the rows of studies that stand in a log with one result time and different contents."""
    compared = [name for name in COMPARED if name in frame.columns]
    key = ["case_id", "result_at"]
    marked = np.zeros(len(frame), dtype=bool)
    rows = np.flatnonzero(frame.duplicated(key, keep=False).to_numpy())
    if len(rows):
        among = frame.iloc[rows]
        distinct = among[~among.duplicated([*key, *compared])]
        differing = distinct.loc[distinct.duplicated(key, keep=False), key].drop_duplicates()
        marked[rows] = among[key].merge(differing.assign(differs=True), on=key, how="left")["differs"].notna()
    return marked


def _contents(suspects: pd.DataFrame, result: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Return the keys that tell rows of one result time apart, the last the first to count; none where none differ."""
    alike = pd.DataFrame({"case_id": pd.factorize(suspects["case_id"])[0], "result_at": result})
    tied = alike.duplicated(keep=False).to_numpy()
    if not tied.any() or not contradicting(suspects[tied]).any():
        return []
    found = []
    for name in reversed([name for name in COMPARED if name in suspects.columns]):
        column = suspects[name]
        if name == "status":
            column = column.map({word: place for place, word in enumerate(STATUSES)})
        found.append(ranks(column, highest_first=name in HIGHEST_FIRST))
    return found
