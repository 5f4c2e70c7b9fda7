"""The link file: which pseudonym stands for which number; kept beside the key, read by its owner only."""

import csv
import hmac
import io
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from surveillance.domain.pseudonym import ALPHABET, Subject, pseudonym
from surveillance.errors import FileRefused, NotFound
from surveillance.services.pseudonym_keys import refuse_store_folder, write_whole

COLUMNS = ["stands for", "number", "pseudonym"]
WORDS = {Subject.STUDY: "study", Subject.PATIENT: "patient"}
KEPT = re.compile(rf"[SP][{ALPHABET}]{{3}}(?:-[{ALPHABET}]{{4}}){{3}}")
SUBJECTS = {words: subject for subject, words in WORDS.items()}


@dataclass(frozen=True, slots=True)
class Link:
    """What a pseudonym stands for; it stays on the machine where the key is."""

    subject: Subject
    identifier: str
    pseudonym: str


def links_beside(key: Path) -> Path:
    """Return where the links of a key are kept."""
    return key.with_name(f"{key.name}.links.csv")


def read_links(path: Path, key: bytes | None = None) -> dict[str, Link]:
    """Return the kept links by pseudonym; a line that a power cut left half written is passed over.

    Raises
    ------
    NotFound
        If there is no such file.
    FileRefused
        If it is no link file, or was made with another key.
    """
    refuse_store_folder(path)
    if not path.is_file():
        raise NotFound(f"There is no link file {path}.")
    text = path.read_bytes().decode("utf-8")
    rows = csv.reader(io.StringIO(text[: text.rfind("\n") + 1], newline=""))
    if next(rows, None) != COLUMNS:
        raise FileRefused(f"{path} is no link file of this program.")
    links = {}
    for row in rows:
        if len(row) != len(COLUMNS) or row[0] not in SUBJECTS or not KEPT.fullmatch(row[2]):
            raise FileRefused(f"{path}, line {rows.line_num}, is no link. Restore the file from its backup.")
        links[row[2]] = Link(SUBJECTS[row[0]], row[1], row[2])
    if key is not None:
        refuse_other_key(path, links.values(), key)
    return links


def refuse_other_key(path: Path, links: Iterable[Link], key: bytes) -> None:
    """Refuse to mix the pseudonyms of two keys: the same study would have two.

    Raises
    ------
    FileRefused
        If the first link was made with another key.
    """
    first = next(iter(links), None)
    if first is not None and not hmac.compare_digest(pseudonym(key, first.subject, first.identifier), first.pseudonym):
        raise FileRefused(
            f"The links in {path} were made with another key. Use the key that made them, or another link file."
        )


def add_links(path: Path, links: Iterable[Link], key: bytes) -> int:
    """Append the links that are not kept yet, on the disk before this returns; return how many there were."""
    refuse_store_folder(path)
    if not path.exists():
        write_whole(path, _lines([COLUMNS]))
    kept = read_links(path, key)
    new = [link for link in links if link.pseudonym not in kept]
    if new:
        with path.open("r+b") as file:
            data = file.read()
            file.truncate(data.rfind(b"\n") + 1)
            file.seek(0, os.SEEK_END)
            file.write(_lines([[WORDS[link.subject], link.identifier, link.pseudonym] for link in new]))
            file.flush()
            os.fsync(file.fileno())
    return len(new)


def _lines(rows: list[list[str]]) -> bytes:
    """Return rows as they are kept."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()
