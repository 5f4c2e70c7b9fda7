"""The lines of files that contradict each other about a study, both of each pair, and which one counts."""

from functools import lru_cache
from typing import Any

import pandas as pd

from surveillance.services.page_models.data_quality import Conflict
from surveillance.services.quality_words import SOURCE_WORDS
from surveillance.storage import logs
from surveillance.storage.first_reads import contradicting, disputed, first_reads
from surveillance.storage.held_lines import names_of
from surveillance.storage.store import Store
from surveillance.storage.times import EVER

ENOUGH_TO_SHOW = 200
TRUTH_WORDS = {1: "finding confirmed", 0: "no finding", 2: "indeterminate"}


@lru_cache(maxsize=64)
def conflicts_since(store: Store, deployment_id: int, since: int, _state: tuple[int, ...]) -> tuple[Conflict, ...]:
    """Return the contradicting lines about studies from a moment on, read once for each state of the store.

    Whoever asks has passed the guard.
    """
    with store.read() as connection:
        rows = logs.read_rows(connection, deployment_id, EVER, since=since)
        rows = rows[contradicting(rows)].sort_values(["acquired_at", "case_id", "batch_id", "line"])
        counting = first_reads(rows)[["batch_id", "line"]].itertuples(index=False, name=None)
        unanswered = disputed(rows)
        truths = logs.conflicts(connection, deployment_id, EVER, since)
        names = names_of(connection, {*rows["batch_id"].tolist(), *truths["batch_id"].tolist()})
    first = set(counting)
    found = [_result(row, names, first, unanswered) for _, row in rows.head(ENOUGH_TO_SHOW).iterrows()]
    return tuple(found + [_truth(row, names) for _, row in truths.head(ENOUGH_TO_SHOW).iterrows()])


def _result(row: Any, names: dict[int, str], first: set[tuple[int, int]], unanswered: set[str]) -> Conflict:
    said = [str(row["status"]).replace("_", " ")]
    if pd.notna(row["called"]):
        said.append("flagged" if row["called"] == 1 else "not flagged")
    if pd.notna(row["score"]):
        said.append(f"score {row['score']:g}")
    if pd.notna(row["scanner"]):
        said.append(f"scanner {row['scanner']}")
    counts = "this one counts" if (row["batch_id"], row["line"]) in first else "set aside"
    if row["case_id"] in unanswered:
        counts = "neither answer counts"
    return Conflict(
        str(row["case_id"]), "result", names[int(row["batch_id"])], int(row["line"]), ", ".join(said), counts
    )


def _truth(row: Any, names: dict[int, str]) -> Conflict:
    said = f"{TRUTH_WORDS[int(row['truth'])]}, {SOURCE_WORDS[str(row['truth_source'])]}"
    return Conflict(str(row["case_id"]), "truth", names[int(row["batch_id"])], int(row["line"]), said, "neither counts")
