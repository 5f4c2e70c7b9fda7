"""Rows whose times cannot be: a study or a truth in the future, or a result before its study."""

from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from surveillance.storage.outcome_log.held_row import HeldRow
from surveillance.storage.outcome_log.parsed_file import ParsedFile
from surveillance.storage.times import to_micros

CLOCKS_DIFFER = timedelta(hours=1)


def hold_impossible_times(parsed: ParsedFile, at: datetime) -> ParsedFile:
    """Hold the rows that a file cannot know yet; the reader has no clock, so the service looks.

    A scanner's clock may run an hour ahead of this store's.
    """
    latest = to_micros(at + CLOCKS_DIFFER)
    held: list[HeldRow] = []
    cases = _kept(parsed.cases, "acquired_at", latest, "a study is not acquired in the future", held)
    if cases is not None:
        early = (cases["result_at"].astype("Int64") < cases["acquired_at"]).fillna(False).to_numpy(dtype=bool)
        held += _rows(cases, early, "result_at", "a result does not come before its study")
        cases = cases[~early].reset_index(drop=True)
    outcomes = _kept(parsed.outcomes, "recorded_at", latest, "a truth is not recorded in the future", held)
    orders = _kept(parsed.orders, "acquired_at", latest, "a study is not acquired in the future", held)
    if not held:
        return parsed
    lines = {row.line for row in held}
    if outcomes is not None and cases is not None:  # one row of the file holds both: it counts whole or not at all
        outcomes = outcomes[~outcomes["line"].isin(lines)].reset_index(drop=True)
        cases = cases[~cases["line"].isin(lines)].reset_index(drop=True)
    everything = tuple(sorted((*parsed.held, *held), key=lambda row: row.line))
    return replace(parsed, cases=cases, outcomes=outcomes, orders=orders, held=everything)


def _kept(frame: pd.DataFrame | None, column: str, latest: int, rule: str, held: list[HeldRow]) -> pd.DataFrame | None:
    if frame is None:
        return None
    late = frame[column].to_numpy(dtype=np.int64) > latest
    held += _rows(frame, late, column, rule)
    return frame[~late].reset_index(drop=True)


def _rows(frame: pd.DataFrame, which: NDArray[np.bool_], column: str, rule: str) -> list[HeldRow]:
    found = frame.loc[which, ["line", column]]
    return [
        HeldRow(
            line=int(line),
            column=column,
            rule=rule,
            value=pd.Timestamp(int(moment), unit="us", tz="UTC").strftime("%Y-%m-%d %H:%M UTC"),
            fix="correct the time, or the order of day and month in the profile",
            raw="",
        )
        for line, moment in found.itertuples(index=False, name=None)
    ]
