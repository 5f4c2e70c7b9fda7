"""Apply a profile to a table of texts: every cell becomes the log's own value, or holds its row."""

import json
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from surveillance.storage.outcome_log.column_names import DATES, NUMBERS, VOCABULARY
from surveillance.storage.outcome_log.decimals import find_decimal, read_numbers
from surveillance.storage.outcome_log.holds import Holds
from surveillance.storage.outcome_log.memory import give_back
from surveillance.storage.outcome_log.moments import Moments, read_moments
from surveillance.storage.outcome_log.per_cent import hold_doubtful_signs, signed_cells, takes_sign
from surveillance.storage.outcome_log.profile import Profile
from surveillance.storage.outcome_log.profile_rules import DateRule, ScoreScale
from surveillance.storage.outcome_log.text_table import TextTable
from surveillance.storage.outcome_log.words import band_numbers, map_words, rename

SAMPLE = 10_000


@dataclass(slots=True)
class MappedRows:
    """Every row of a table in the log's own values, held rows included.

    Attributes
    ----------
    cells : our column -> the file's trimmed text, null where empty; what a held row shows
    words : our column -> our text, null where not given
    moments : our date column -> moments in UTC
    numbers : our number column -> float64, NaN where not given
    words["groups"] : JSON text of the further group columns, null where there are none
    decimal : the decimal sign, "." or ",", or None where it is in doubt
    per_cent : whether every score that is given carries its per cent sign
    """

    size: int
    cells: dict[str, pa.Array] = field(default_factory=dict)
    words: dict[str, pa.Array] = field(default_factory=dict)
    moments: dict[str, Moments] = field(default_factory=dict)
    numbers: dict[str, NDArray[np.float64]] = field(default_factory=dict)
    decimal: str | None = "."
    per_cent: bool = False
    shared: dict[str, NDArray[np.object_]] = field(default_factory=dict)

    def objects(self, ours: str) -> NDArray[np.object_] | None:
        """Return a word column as Python objects, made once for all frames; None if it is not mapped."""
        if ours not in self.shared:
            if ours not in self.words:
                return None
            self.shared[ours] = _objects(self.words.pop(ours))
            self.shared[ours].flags.writeable = False  # frames share it
            give_back()
        return self.shared[ours]

    def absent(self, text: str | None) -> NDArray[np.object_]:
        """Return a column of one text, or None, for a column that is not mapped."""
        return _repeated(text, self.size)

    def flags(self, ours: str) -> NDArray[np.int8]:
        """Return a column as 1, 0, 2 for indeterminate, and -1 where not given; int8, shape (size,)."""
        if ours not in self.words:
            return np.full(self.size, -1, dtype=np.int8)
        codes = pc.index_in(self.words[ours], value_set=pa.array(["0", "1", "indeterminate"]))
        return np.asarray(codes.fill_null(-1).to_numpy(zero_copy_only=False), dtype=np.int8)


def _objects(texts: pa.Array) -> NDArray[np.object_]:
    """Return texts as Python objects: one a distinct word, not one a row, unless nearly every word is its own."""
    head = texts.slice(0, SAMPLE)
    if len(texts) > SAMPLE and pc.count_distinct(head).as_py() > SAMPLE / 2:
        return np.asarray(texts.to_numpy(zero_copy_only=False), dtype=object)
    coded = texts.dictionary_encode()
    words = coded.dictionary.to_pylist()
    if len(words) == 1 and not coded.null_count:
        return _repeated(words[0], len(texts))
    distinct = np.array([*words, None], dtype=object)
    return np.asarray(distinct[coded.indices.fill_null(len(words)).to_numpy()], dtype=object)


def _repeated(text: str | None, size: int) -> NDArray[np.object_]:
    """Return a column of one text that takes the memory of one; it cannot be written to."""
    return np.broadcast_to(np.array([text], dtype=object), size)


def map_rows(table: TextTable, profile: Profile, holds: Holds) -> MappedRows:
    """Return the table in the log's own values, noting in `holds` what cannot be read."""
    rows = MappedRows(len(table))
    present = {ours: theirs for ours, theirs in profile.columns.items() if theirs in table.columns}
    rows.cells = {ours: trimmed(table.columns[theirs], profile, ours) for ours, theirs in present.items()}
    measured = [ours for ours in rows.cells if ours in NUMBERS or ours in profile.bands]
    rows.decimal = profile.decimal or find_decimal([rows.cells[ours] for ours in measured])
    for ours in measured:
        _map_number(rows, ours, present[ours], profile, holds)
    for ours, theirs in present.items():
        cells, words = rows.cells[ours], profile.values.get(ours)
        if ours in DATES:
            rule = profile.dates.get(ours, DateRule())
            rows.moments[ours] = read_moments(
                cells, rule, profile.zone, theirs, holds, typed=table.typed, since_1904=table.since_1904
            )
        elif ours not in measured:
            allowed = VOCABULARY.get(ours)
            known = words is not None or allowed is not None
            mapped = map_words(cells, words, allowed, theirs, holds) if known else cells
            aliases = profile.aliases.get("version", {}) if ours == "version" else {}
            prefix = profile.prefix.get(ours, "")
            rows.words[ours] = rename(mapped, aliases, prefix) if aliases or prefix else mapped
        give_back()
    for ours, text in profile.constants.items():
        if ours in NUMBERS:
            rows.numbers[ours] = np.full(len(table), float(text))
        else:
            rows.words[ours] = pa.repeat(pa.scalar(text, pa.string()), len(table))
    if "called" not in rows.words and profile.threshold and "score" in rows.numbers:
        score, limit = rows.numbers["score"], profile.threshold
        above = score >= limit.value if limit.rule == ">=" else score > limit.value
        flags = pc.if_else(pa.array(above), "1", "0")
        rows.words["called"] = pc.if_else(pa.array(np.isnan(score)), None, flags)
    if profile.groups and (groups := _groups(table, profile)) is not None:
        rows.words["groups"] = groups
    return rows


def trimmed(texts: pa.Array, profile: Profile, ours: str) -> pa.Array:
    """Return cells without surrounding space, null where empty or (but for identifiers) "missing"."""
    texts = without_space(texts)
    empty = pc.is_in(texts, pa.array(["", *(() if ours in ("case_id", "patient") else profile.missing)]))
    return pc.if_else(empty, None, texts) if pc.any(empty).as_py() else texts


def without_space(texts: pa.Array) -> pa.Array:
    """Return texts without surrounding space: the same array where there is none, since a copy of all costs memory."""
    plain = pc.utf8_trim_whitespace(texts)
    return texts if plain.nbytes == texts.nbytes and plain.equals(texts) else plain


def _map_number(rows: MappedRows, ours: str, theirs: str, profile: Profile, holds: Holds) -> None:
    """Read one number column, and scale it or put it in bands."""
    percent = ours not in profile.bands and (ours != "score" or takes_sign(profile.score))
    signed = signed_cells(rows.cells[ours])
    if ours == "score":
        hold_doubtful_signs(rows.cells[ours], signed, profile.score, theirs, holds)
    values, given = read_numbers(rows.cells[ours], rows.decimal, percent, theirs, holds)
    if ours in profile.bands:
        edges = profile.bands[ours]
        place, names = band_numbers(values, edges)
        holds.add(
            given & (place < 0), theirs, f"a number must lie in {edges[0]:g} to {edges[-1]:g}",
            "correct the number, or widen the bands in the profile", rows.cells[ours],
        )  # fmt: skip
        rows.words[ours] = pa.array([*names, None], pa.string()).take(pa.array(place % (len(names) + 1)))
        return
    if signed.any() and (ours != "score" or profile.score.high == 1):
        values = np.where(signed, np.round(values / 100, 12), values)
    if ours == "score":
        scale = profile.score
        rows.per_cent = bool(signed.any() and (signed | ~given).all())
        if (scale.low, scale.high) != (0.0, 1.0):
            values = (values - scale.low) / (scale.high - scale.low)
        if scale.higher_means == "health":
            values = 1.0 - values
        if scale != ScoreScale():
            values = np.round(values, 12)  # 1 - 0.9 is not 0.1 in binary; a threshold must not feel it
    rows.numbers[ours] = values


def _groups(table: TextTable, profile: Profile) -> pa.Array | None:
    """Return the declared further group columns of each row as JSON, null where all are empty."""
    present = {ours: theirs for ours, theirs in profile.groups.items() if theirs in table.columns}
    if not present:
        return None
    coded = {
        ours: trimmed(table.columns[theirs], profile, ours).dictionary_encode() for ours, theirs in present.items()
    }
    codes = np.column_stack([c.indices.fill_null(-1).to_numpy() for c in coded.values()])
    kinds, place = np.unique(codes, axis=0, return_inverse=True)
    texts = []
    for kind in kinds.tolist():
        filled = {
            ours: c.dictionary[code].as_py() for (ours, c), code in zip(coded.items(), kind, strict=True) if code >= 0
        }
        texts.append(json.dumps(filled, ensure_ascii=False, sort_keys=True) if filled else None)
    return pa.array(texts, pa.string()).take(pa.array(place.ravel()))
