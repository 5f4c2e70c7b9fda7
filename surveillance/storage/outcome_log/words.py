"""Turn words into the log's own words: value maps, prefixes, bands, aliases."""

from collections.abc import Callable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from surveillance.storage.outcome_log.holds import Holds

FLAG_WORDS: Mapping[str, str] = {"1": "1", "0": "0", "true": "1", "false": "0"}


def map_words(
    texts: pa.Array,
    words: Mapping[str, str] | None,
    allowed: tuple[str, ...] | None,
    column: str,
    holds: Holds,
) -> pa.Array:
    """Return each text's word (null where empty); a text without one holds its row.

    Parameters
    ----------
    texts : string array with null where empty, shape (n,)
    words : the profile's table, theirs -> ours, or None for the log's own words; "" means not given
    allowed : the words that the log knows, or None for any

    Examples
    --------
    >>> map_words(pa.array(["Y", None]), {"Y": "1"}, ("1", "0"), "Flag", Holds(2)).to_pylist()
    ['1', None]
    """

    def word(text: str) -> str | None:
        """Return our word, or None where the text has none."""
        if words is not None:
            return words.get(text)
        return text if allowed is None else {**FLAG_WORDS, **{a: a for a in allowed}}.get(text.lower())

    mapped, unknown = _by_distinct_text(texts, word)
    if allowed is not None and words is None:
        unknown |= ~_in(mapped, allowed) & ~unknown & texts.is_valid().to_numpy(zero_copy_only=False)
    known = ", ".join(repr(w) for w in (words if words is not None else allowed or ())) or "none"
    holds.add(
        unknown, column, f"a value must be one that the profile knows ({known})",
        "add this value to the profile's values for the column, or correct the cell", texts,
    )  # fmt: skip
    return pc.if_else(pc.equal(mapped, ""), None, mapped)


def band_numbers(numbers: NDArray[np.float64], edges: tuple[float, ...]) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """Return the band of each number (int64, shape (n,), -1 outside) and the bands' names.

    A band holds its lower edge. The last one's upper edge is the highest number that is believed, and not
    part of its name.

    Examples
    --------
    >>> band_numbers(np.array([39.0, 40.0, 120.0, 121.0]), (0, 40, 65, 120))
    (array([ 0,  1,  2, -1]), ('0-39', '40-64', '65+'))
    """
    whole = all(float(edge).is_integer() for edge in edges)
    tops = [edge - 1 if whole else edge for edge in edges[1:-1]]
    names = (*(f"{low:g}-{top:g}" for low, top in zip(edges, tops, strict=False)), f"{edges[-2]:g}+")
    place = np.searchsorted(np.array(edges), numbers, side="right") - 1
    place = np.where(numbers == edges[-1], len(edges) - 2, place)
    return np.where((numbers >= edges[0]) & (numbers <= edges[-1]), place, -1).astype(np.int64), names


def rename(texts: pa.Array, aliases: Mapping[str, str], prefix: str) -> pa.Array:
    """Return texts with aliases applied and a prefix put before each."""
    renamed, _ = _by_distinct_text(texts, lambda text: prefix + aliases.get(text, text))
    return renamed


def _by_distinct_text(texts: pa.Array, change: Callable[[str], str | None]) -> tuple[pa.Array, NDArray[np.bool_]]:
    """Apply a function to each distinct text once; also return where it gave None for a text."""
    coded = texts.dictionary_encode()
    changed = [change(text) for text in coded.dictionary.to_pylist()]
    out = pa.array(changed, pa.string()).take(coded.indices)
    lost = out.is_null().to_numpy(zero_copy_only=False) & texts.is_valid().to_numpy(zero_copy_only=False)
    return out, lost


def _in(texts: pa.Array, allowed: tuple[str, ...]) -> NDArray[np.bool_]:
    """Return where a text is one of the allowed."""
    return np.asarray(pc.is_in(texts, pa.array(allowed)).to_numpy(zero_copy_only=False), dtype=bool)
