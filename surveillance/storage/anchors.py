"""Anchors: the trail's last number and hash, written down where whoever can change the database cannot reach."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import make_url

from surveillance.errors import StoreUnusable
from surveillance.storage import audit_trail
from surveillance.storage.store import Store
from surveillance.storage.times import from_text, to_text


@dataclass(frozen=True, slots=True)
class Anchor:
    """The head of a store's trail as it was seen at a moment."""

    at: datetime
    seq: int
    hash: str


def anchor(store: Store, file: Path, *, at: datetime) -> Anchor:
    """Write the head of a store's trail as one more line of a file that lies elsewhere.

    Raises
    ------
    StoreUnusable
        If the file would lie in the folder of the database, where it would be changed along with it.
    """
    url = make_url(store.url)
    if url.get_backend_name() == "sqlite" and url.database:
        folder = Path(url.database).resolve().parent
        if folder in file.resolve().parents:
            raise StoreUnusable("An anchor must lie outside the folder of the store: choose another place.")
    with store.read() as connection:
        head = audit_trail.head(connection)
    seen = Anchor(at, head.seq, head.hash)
    with file.open("a", encoding="utf-8") as lines:
        lines.write(f"{to_text(at)} {head.seq} {head.hash}\n")
        lines.flush()
        os.fsync(lines.fileno())
    return seen


def read_anchors(file: Path) -> tuple[Anchor, ...]:
    """Read the lines of an anchor file.

    Raises
    ------
    StoreUnusable
        If a line is not a time, a number and a hash.
    """
    read = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        parts = line.split()
        if len(parts) != 3 or not parts[1].isdigit() or len(parts[2]) != 64:
            raise StoreUnusable(f"Line {number} of the anchor file is not a time, a number and a hash.")
        read.append(Anchor(from_text(parts[0]), int(parts[1]), parts[2]))
    return tuple(read)
