"""The synthetic logs that come with the product, known by their fingerprints and, where edited, by their studies."""

import tomllib
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from surveillance.errors import FileRefused
from surveillance.services.installed_files import installed
from surveillance.storage.outcome_log.parsed_file import ParsedFile
from surveillance.storage.store import Store

# From which share of its studies on a file is a copy. Of a log that the same generator drew anew, with the same
# numbers from the same day, 1 study in 10,000 has the number and second of a shipped one, and 1 in 200 its score.
BY_MOMENT, BY_SCORE, BY_SECOND = 0.05, 0.2, 0.3
FEWEST, FEWEST_SECONDS, MOST_ROWS = 3, 10, 50_000
TELLING_SCORE = 0.05  # below it many studies of a log share one score
SECOND = 1_000_000


def shipped_checksums() -> frozenset[str]:
    """Return the fingerprint of every synthetic file that ships, so that a live store can refuse it."""
    return frozenset(card[kind]["sha256"] for card in _cards() for kind in ("results", "outcomes"))


def refuse_shipped(store: Store, parsed: ParsedFile) -> None:
    """Refuse a shipped synthetic log, or a copy of one that was edited, in a live store, before it is looked at.

    Raises
    ------
    FileRefused
        If the file is one.
    """
    if store.kind == "live" and is_shipped(parsed):
        raise FileRefused(
            "This file holds synthetic studies of the demonstration, and a live store takes real ones only. "
            "Nothing was stored."
        )


def is_shipped(parsed: ParsedFile) -> bool:
    """Return whether a file is a shipped synthetic log, byte for byte or after it was edited.

    An edited copy is told by its studies: some have number and second of a shipped study or truth; or, where the
    dates were moved, number and score; or, where the numbers were replaced, many have the very second.
    """
    if parsed.sha256 in shipped_checksums():
        return True
    known = _known()
    for frame, moment in (
        (parsed.cases, "acquired_at"),
        (parsed.orders, "acquired_at"),
        (parsed.outcomes, "recorded_at"),
    ):
        if frame is None or not len(frame):
            continue
        frame = frame.iloc[:: 1 + len(frame) // MOST_ROWS]
        seconds = frame[moment] // SECOND
        if _mostly(_prints(frame["case_id"], seconds), known[moment], BY_MOMENT, FEWEST):
            return True
        if _mostly(_prints(None, seconds), known["second"], BY_SECOND, FEWEST_SECONDS):
            return True
        if "score" in frame:
            telling = frame[pd.to_numeric(frame["score"], errors="coerce") >= TELLING_SCORE]
            if _mostly(_prints(telling["case_id"], _rounded(telling["score"])), known["score"], BY_SCORE, FEWEST):
                return True
    return False


def _mostly(prints: NDArray[np.uint64], known: NDArray[np.uint64], share: float, fewest: int) -> bool:
    """Return whether enough of the distinct fingerprints are known."""
    found = int(np.isin(prints, known, assume_unique=True).sum())
    return found >= fewest and found >= share * len(prints)


@cache
def _known() -> dict[str, NDArray[np.uint64]]:
    """Return the fingerprint of every shipped study by moment and by score, and of every shipped truth by moment."""
    found: dict[str, list[NDArray[np.uint64]]] = {"acquired_at": [], "recorded_at": [], "score": [], "second": []}
    for card in _cards():
        folder = installed("data/synthetic")
        results = pd.read_csv(folder / card["results"]["file"], usecols=["case_id", "acquired_at", "score"], dtype=str)
        outcomes = pd.read_csv(folder / card["outcomes"]["file"], usecols=["case_id", "truth_recorded_at"], dtype=str)
        acquired, recorded = _seconds(results["acquired_at"]), _seconds(outcomes["truth_recorded_at"])
        found["acquired_at"].append(_prints(results["case_id"], acquired))
        found["recorded_at"].append(_prints(outcomes["case_id"], recorded))
        found["second"] += [_prints(None, acquired), _prints(None, recorded)]
        telling = results[pd.to_numeric(results["score"]) >= TELLING_SCORE]
        found["score"].append(_prints(telling["case_id"], _rounded(telling["score"])))
    return {name: np.unique(np.concatenate(parts)) for name, parts in found.items()}


def _prints(case_ids: pd.Series | None, values: pd.Series) -> NDArray[np.uint64]:
    """Return the distinct fingerprints of studies: a number with a moment or a score, or a moment alone."""
    said = values.astype("int64").astype(str)
    joined = said if case_ids is None else case_ids.astype(str).str.upper() + "|" + said
    return np.unique(pd.util.hash_array(joined.to_numpy(dtype=object)))


def _seconds(moments: pd.Series) -> pd.Series:
    """Return texts of moments as whole seconds since 1970."""
    return pd.to_datetime(moments, utc=True, format="ISO8601").dt.as_unit("s").astype("int64")


def _rounded(scores: pd.Series) -> pd.Series:
    """Return scores in ten-thousandths."""
    return (pd.to_numeric(scores) * 10_000).round()


def _cards() -> list[dict[str, dict[str, str]]]:
    """Return the data cards of the shipped logs."""
    found = installed("data/synthetic").glob("*.card.toml")
    return [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(found)]
