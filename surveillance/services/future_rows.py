"""Rows whose times cannot be: a study or a truth in the future, or a result before its study."""

import csv
import io
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from surveillance.storage.outcome_log.held_row import HeldRow
from surveillance.storage.outcome_log.masking import mask
from surveillance.storage.outcome_log.parsed_file import ParsedFile
from surveillance.storage.outcome_log.profile import Profile
from surveillance.storage.times import to_micros

CLOCKS_DIFFER = timedelta(hours=1)
FUTURE = "a study is not acquired in the future"
FUTURE_TRUTH = "a truth is not recorded in the future"
EARLY = "a result does not come before its study"
FIX = "correct the time, or the order of day and month in the profile"


def hold_impossible_times(parsed: ParsedFile, profile: Profile, at: datetime) -> ParsedFile:
    """Hold the rows that a file cannot know yet, each with its line as it came; the reader has no clock.

    A scanner's clock may run an hour ahead of this store's. A line counts whole or not at all, whatever it holds:
    a study and its truth, or the results of several products.
    """
    latest = to_micros(at + CLOCKS_DIFFER)
    found: dict[tuple[int, str, str], int] = {}
    for frame, ours, column, rule in (
        (parsed.cases, "acquired_at", "acquired_at", FUTURE),
        (parsed.outcomes, "recorded_at", "truth_recorded_at", FUTURE_TRUTH),
        (parsed.orders, "acquired_at", "acquired_at", FUTURE),
    ):
        if frame is not None:
            late = frame[ours].to_numpy(dtype=np.int64) > latest
            found |= _broken(frame, late, ours, _named(profile, column), rule)
    if parsed.cases is not None:
        early = (parsed.cases["result_at"].astype("Int64") < parsed.cases["acquired_at"]).fillna(False)
        named = _named(profile, "result_at")
        found |= _broken(parsed.cases, early.to_numpy(dtype=bool), "result_at", named, EARLY)
    if not found:
        return parsed
    lines = [line for line, _, _ in found]
    held = [_held(parsed, line, column, rule, moment) for (line, column, rule), moment in found.items()]
    return replace(
        parsed,
        cases=_without(parsed.cases, lines),
        outcomes=_without(parsed.outcomes, lines),
        orders=_without(parsed.orders, lines),
        held=tuple(sorted((*parsed.held, *held), key=lambda row: row.line)),
    )


def _broken(
    frame: pd.DataFrame, which: NDArray[np.bool_], ours: str, named: dict[str, str], rule: str
) -> dict[tuple[int, str, str], int]:
    """Return which lines break a rule, with the moment that was read there (microseconds)."""
    rows = frame[which]
    models = rows["model"] if "model" in rows.columns else [""] * len(rows)
    return {
        (int(line), named.get(model, named[""]), rule): int(moment)
        for line, moment, model in zip(rows["line"], rows[ours], models, strict=True)
    }


def _without(frame: pd.DataFrame | None, lines: list[int]) -> pd.DataFrame | None:
    return None if frame is None else frame[~frame["line"].isin(lines)].reset_index(drop=True)


def _held(parsed: ParsedFile, line: int, column: str, rule: str, moment: int) -> HeldRow:
    """Return a line as it is held: what stood there, how it was read, and the line as it came."""
    raw = "" if parsed.raw is None else parsed.raw(line)
    read = pd.Timestamp(moment, unit="us", tz="UTC").strftime("%Y-%m-%d %H:%M UTC")
    cells = next(csv.reader(io.StringIO(raw, newline=""), delimiter=parsed.understood.delimiter), [])
    told = dict(zip(parsed.understood.header, cells, strict=False)).get(column, "").strip()
    value = f"{mask(told)[:160]} (read as {read})" if told else read
    return HeldRow(line=line, column=column, rule=rule, value=value, fix=FIX, raw=raw)


def _named(profile: Profile, ours: str) -> dict[str, str]:
    """Return the file's own name for a column, by product where it has several; "" stands for any.

    A truth without a date of its own is dated by its study.
    """
    found = {
        part.constants.get("model", ""): part.columns.get(ours) or part.columns.get("acquired_at", ours)
        for part in reversed(profile.parts)
    }
    return {**found, "": [*found.values()][-1]}
