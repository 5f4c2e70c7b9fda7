"""The link file: which pseudonym stands for which number; kept beside the key, read by its owner only."""

import csv
import hmac
import io
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from surveillance.domain.pseudonym import ALPHABET, Subject, pseudonym
from surveillance.errors import FileRefused, NotFound
from surveillance.services.pseudonym_keys import refuse_store_folder, write_whole
from surveillance.services.pseudonym_numbers import AT_ONCE, Met

LOOKED_BACK = 4_096
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
    return {link.pseudonym: link for link in kept_links(path, key)}


def kept_links(path: Path, key: bytes | None = None) -> Iterator[Link]:
    """Give the kept links one by one; `read_links` says what is refused."""
    refuse_store_folder(path)
    if not path.is_file():
        raise NotFound(f"There is no link file {path}.")
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(line for line in file if line.endswith("\n"))
        if next(rows, None) != COLUMNS:
            raise FileRefused(f"{path} is no link file of this program.")
        for number, row in enumerate(rows):
            if len(row) != len(COLUMNS) or row[0] not in SUBJECTS or not KEPT.fullmatch(row[2]):
                raise FileRefused(f"{path}, line {rows.line_num}, is no link. Restore the file from its backup.")
            link = Link(SUBJECTS[row[0]], row[1], row[2])
            if number == 0 and key is not None:
                refuse_other_key(path, [link], key)
            yield link


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


class NewLinks:
    """Links that are not kept yet, written aside until they are added: those of a million studies are never in memory.

    Raises
    ------
    FileRefused
        If the link file is none, or was made with another key.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self._path, self._kept = path, Met()
        refuse_store_folder(path)
        kept = (link.pseudonym for link in kept_links(path, key)) if path.exists() else iter(())
        while some := list(islice(kept, AT_ONCE)):
            self._kept.add(some)
        self._aside = tempfile.TemporaryFile(dir=path.parent)  # noqa: SIM115 - closed by `close`

    def __call__(self, links: Sequence[Link]) -> None:
        """Take some links; those that are kept already are not kept twice."""
        new = self._kept.add([link.pseudonym for link in links])
        chosen = [link for link, one in zip(links, new, strict=True) if one]
        self._aside.write(_lines([[WORDS[link.subject], link.identifier, link.pseudonym] for link in chosen]))

    def add(self) -> None:
        """Append them to the link file, on the disk before this returns."""
        if not self._path.exists():
            write_whole(self._path, _lines([COLUMNS]))
        self._aside.seek(0)
        with self._path.open("r+b") as file:
            file.truncate(_whole_lines(file))
            file.seek(0, os.SEEK_END)
            shutil.copyfileobj(self._aside, file)
            file.flush()
            os.fsync(file.fileno())

    def close(self) -> None:
        """Give up what was written aside."""
        self._aside.close()


def _whole_lines(file: BinaryIO) -> int:
    """Return where the last whole line ends."""
    at = file.seek(0, os.SEEK_END)
    while at:
        start = max(0, at - LOOKED_BACK)
        file.seek(start)
        found = file.read(at - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        at = start
    return 0


def _lines(rows: list[list[str]]) -> bytes:
    """Return rows as they are kept."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()
