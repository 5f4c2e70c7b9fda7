"""The first rows of a file beside what they become, cell by cell."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from surveillance.services.log_preview import Preview
from surveillance.services.page_models.set_up import TriedRow
from surveillance.storage.outcome_log.guessing.proposal import Proposal
from surveillance.storage.outcome_log.parsed_file import ParsedFile
from surveillance.storage.outcome_log.profile import Profile

TIMES = {"acquired_at": "acquired_at", "result_at": "result_at", "recorded_at": "truth_recorded_at"}
TRUTHS = {0: "0", 1: "1", 2: "indeterminate"}
NAMES = ("line", "case_id", "model", "site")


def tried_rows(proposal: Proposal, preview: Preview | None, profile: Profile | None) -> tuple[TriedRow, ...]:
    """Return the first rows, theirs beside ours; without a preview theirs alone."""
    ours: dict[int, list[dict[str, str]]] = {}
    held: dict[int, list[Any]] = {}
    if preview is not None and profile is not None:
        wanted = set(proposal.first_lines)
        for line, cells in _accepted(preview.parsed, profile, wanted):
            ours.setdefault(line, []).append(cells)
        for fault in preview.held:
            if fault.line in wanted:
                held.setdefault(fault.line, []).append(fault)
    unread = set(proposal.unread)
    return tuple(
        TriedRow(
            line=line,
            theirs={name: cell for name, cell in row.items() if name not in unread},
            ours=tuple(ours.get(line, ())),
            held=tuple(held.get(line, ())),
        )
        for line, row in zip(proposal.first_lines, proposal.first_rows, strict=True)
    )


def _accepted(parsed: ParsedFile, profile: Profile, lines: set[int]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the accepted rows of some lines as text, a study and the truth beside it as one."""
    truths = {}
    if parsed.outcomes is not None:
        for line, cells in _texts(parsed.outcomes, profile, lines):
            truths[line, cells.get("model", "")] = cells
    studies = parsed.cases if parsed.cases is not None else parsed.orders
    if studies is None:
        yield from ((line, cells) for (line, _), cells in truths.items())
        return
    for line, cells in _texts(studies, profile, lines):
        beside = truths.get((line, cells.get("model", "")), {})
        yield line, {**cells, **{name: text for name, text in beside.items() if name not in NAMES}}


def _texts(frame: pd.DataFrame, profile: Profile, lines: set[int]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield rows of a frame as text, cells without a value left out."""
    for row in frame[frame["line"].isin(lines)].astype(object).to_dict("records"):
        cells = {}
        for name, value in row.items():
            if name != "line" and not pd.isna(value):
                ours = TIMES.get(str(name), str(name))
                cells[ours] = _text(ours, value, profile)
        yield int(row["line"]), cells


def _text(ours: str, value: Any, profile: Profile) -> str:
    """Return one value as a person reads it."""
    if ours in TIMES.values():
        utc = pd.Timestamp(int(value), unit="us", tz="UTC")
        rule = profile.dates.get(ours)
        zone = (rule.zone if rule else None) or profile.zone
        if zone is None or zone == "UTC":
            return f"{utc:%Y-%m-%d %H:%M:%S} UTC"
        return f"{utc.tz_convert(ZoneInfo(zone)):%Y-%m-%d %H:%M:%S %Z} ({utc:%H:%M:%S} UTC)"
    if ours == "truth":
        return TRUTHS[int(value)]
    if isinstance(value, bool):
        return "yes" if value else "no"
    if ours == "called":
        return "yes" if int(value) else "no"
    return f"{value:.12g}" if isinstance(value, float) else str(value)
