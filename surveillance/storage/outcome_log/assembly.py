"""Put the accepted rows of a file together, and tell what it says twice."""

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log.frames import case_frame, order_frame, outcome_frame
from surveillance.storage.outcome_log.holds import Holds
from surveillance.storage.outcome_log.mapping import MappedRows
from surveillance.storage.outcome_log.parsed_file import ParsedFile
from surveillance.storage.outcome_log.profile import Profile
from surveillance.storage.outcome_log.repeats import (
    CASE_KEY,
    ORDER_KEY,
    OUTCOME_KEY,
    contradicted_truths,
    merge_repeats,
)
from surveillance.storage.outcome_log.row_rules import DAY
from surveillance.storage.outcome_log.unsourced import unsourced

SHOWN = 10
AGAIN = {
    "results": "Rows that read a study again with the same version (it counts once, by its first result)",
    "orders": "Rows that order the same study again with other details (each is kept)",
}


def with_frames(
    parsed: ParsedFile, rows: MappedRows, lines: NDArray[np.int64], profile: Profile, holds: Holds
) -> ParsedFile:
    """Return the parsed file with the frames of the rows that are not held, repeats merged."""
    notes = list(parsed.notes)
    outcomes = None
    if "truth" in rows.words:
        if profile.outcome is None and "truth_recorded_at" not in rows.moments:
            raise FileRefused(
                f"The file has the column '{profile.columns['truth']}' but not "
                f"'{profile.columns['truth_recorded_at']}', so it is not known when its truths were "
                "recorded. Export both, or declare outcome.lag_days in the profile."
            )
        if refused := unsourced(profile, parsed.understood.header):
            raise FileRefused(refused)
        recorded_at = _recorded_at(rows, profile, notes)
        dated = np.flatnonzero(~holds.held & (rows.flags("truth") >= 0))
        repeated = merge_repeats(outcome_frame(rows, lines, dated, recorded_at), OUTCOME_KEY)
        outcomes = repeated.frame
        notes += _contradictions(outcomes)
    kept = np.flatnonzero(~holds.held)
    doubts = _doubtful_scale(rows, profile)
    parsed, notes = replace(parsed, doubts=(*parsed.doubts, *doubts)), [*notes, *doubts]
    if parsed.kind == "outcomes" and (silent := len(kept) - len(dated)):
        notes.append(f"Rows whose truth is not given yet: {silent}.")
    if parsed.kind == "outcomes":
        return replace(parsed, outcomes=outcomes, merged=repeated.merged, notes=_noted(notes, repeated.merged))
    frame, key = (case_frame, CASE_KEY) if parsed.kind == "results" else (order_frame, ORDER_KEY)
    unique = merge_repeats(frame(rows, lines, kept), key)
    if unique.differing:
        notes.append(f"{AGAIN[parsed.kind]}: {unique.differing}.")
    notes += _empty_results(unique.frame) if parsed.kind == "results" else []
    return replace(
        parsed,
        cases=unique.frame if parsed.kind == "results" else None,
        orders=unique.frame if parsed.kind == "orders" else None,
        outcomes=outcomes,
        merged=unique.merged,
        notes=_noted(notes, unique.merged),
    )


def _recorded_at(rows: MappedRows, profile: Profile, notes: list[str]) -> NDArray[np.int64]:
    """Return when each truth was recorded: the file's date, or the study's with the profile's lag."""
    if profile.outcome is None:
        return rows.moments["truth_recorded_at"].at
    notes.append(
        f"The file gives no date for its truths: each counts as recorded {profile.outcome.lag_days:g} days "
        "after its study, as the profile says."
    )
    return rows.moments["acquired_at"].at + np.int64(round(profile.outcome.lag_days * DAY))


def _noted(notes: list[str], merged: int) -> tuple[str, ...]:
    """Return the notes, with one on repeats where there are any."""
    return (*notes, *((f"Rows that repeat another row word for word and are left out: {merged}.",) if merged else ()))


def _contradictions(outcomes: pd.DataFrame) -> list[str]:
    """Return a note on truths that contradict each other inside the file, with their first lines."""
    lines = outcomes.loc[contradicted_truths(outcomes), "line"].tolist()
    if not lines:
        return []
    listed = ", ".join(map(str, lines[:SHOWN])) + (" and others" if len(lines) > SHOWN else "")
    return [
        f"Lines that contradict each other about a truth (one study, one source, one time): {len(lines)} ({listed})."
        " None of them counts until a truth of a later time settles it, or this file is withdrawn and comes corrected."
    ]


def _doubtful_scale(rows: MappedRows, profile: Profile) -> list[str]:
    """Return a note if scores said to be per cent look like fractions, and no sign says what they are."""
    scale, score = profile.score, rows.numbers.get("score")
    if (
        score is None
        or rows.per_cent
        or scale.high < 10
        or scale.low != 0
        or scale.higher_means != "disease"
        or np.isnan(score).all()
    ):
        return []
    if float(np.nanmax(score)) > 1 / scale.high:
        return []
    return [f"No score is above 1, though the profile says they go to {scale.high:g}: check the scale before loading."]


def _empty_results(cases: pd.DataFrame) -> list[str]:
    """Return a note on processed studies without score and flag, where others have one."""
    silent = cases["score"].isna() & cases["called"].isna() & (cases["status"] == "processed")
    count = int(silent.sum())
    return [f"Processed studies with neither a score nor a flag: {count}."] if 0 < count < len(cases) else []
