"""Damage to the bytes of a file that was written right: what is then still known of its rows."""

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.storage.outcome_log.fuzzed_files import FuzzedFile

LINE_ENDS = (10, 13)


def damage(rng: random.Random, file: "FuzzedFile") -> None:
    """Cut, flip or mark bytes; in a text file the rows touched are marked, since nobody knows what they say now."""
    plain = file.dialect.container == "csv"
    kind = rng.choice(("cut", "flip", "flips", "mark") if plain else ("cut", "flip"))
    file.damage = kind
    if kind == "cut":
        at = rng.randrange(1, len(file.data))
        file.data = file.data[:at]
        if plain:
            _touch(file, at, after=True)
        else:
            file.must_refuse = True
    elif kind == "mark":
        _mark_a_row(rng, file)
    else:
        for _ in range(1 if kind == "flip" else 5):
            _flip(rng, file, plain)


def _flip(rng: random.Random, file: "FuzzedFile", plain: bool) -> None:
    """Change one byte; of a text file never so that a line begins or ends elsewhere.

    A container's checksums must notice it, but in a part that holds no cells: then all rows stand as they were. The
    footer of a Parquet file has no checksum, so its bytes are left alone.
    """
    data = bytearray(file.data)
    reach = len(data)
    if file.dialect.container == "parquet":
        reach = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    at = rng.randrange(reach)
    new = rng.randrange(256)
    if plain:
        unit = data[at & ~1 : (at & ~1) + 2] if file.dialect.encoding == "utf-16" else data[at : at + 1]
        if new in LINE_ENDS or set(unit) & set(LINE_ENDS):
            return
    data[at] = new
    file.data = bytes(data)
    if plain:
        _touch(file, at, after=False)


def _touch(file: "FuzzedFile", at: int, *, after: bool) -> None:
    """Mark the row in which a byte stands, and those after it where the file was cut there."""
    end = file.dialect.line_end[0]
    encoding = {"utf-16": "utf-16-le", "utf-8-sig": "utf-8"}.get(file.dialect.encoding, file.dialect.encoding)
    head = file.data[:at]
    line = head.count(end.encode(encoding)) + 1
    if encoding == "utf-16-le":
        line = sum(head[n] == ord(end) and head[n + 1 : n + 2] == b"\0" for n in range(0, len(head), 2)) + 1
    starts = sorted(row.line for row in file.rows)
    own = max((start for start in starts if start <= line), default=0)
    for row in file.rows:
        row.touched = row.touched or row.line == own or (after and row.line > own)


def _mark_a_row(rng: random.Random, file: "FuzzedFile") -> None:
    """Put a byte order mark before some row, as files put one after the other have it."""
    text = file.data.decode(file.dialect.encoding)
    if file.dialect.encoding == "cp1252":
        return
    lines = text.split(file.dialect.line_end)
    row = rng.choice(file.rows)
    if row.line > len(lines):
        return
    lines[row.line - 1] = "\ufeff" + lines[row.line - 1]
    row.touched = True
    file.data = file.dialect.line_end.join(lines).encode(file.dialect.encoding)
