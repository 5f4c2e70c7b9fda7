"""The files of an in-tray: which are waiting, which have settled, and what one holds at the moment it is read."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from surveillance.errors import NotFound
from surveillance.storage.outcome_log.containers import MAXIMUM_BYTES

UNFINISHED = (".part", ".crdownload", ".tmp", ".filepart", ".partial", ".download", ".swp", ".lock")
HIDDEN = (".", "~", "$")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file of the tray as it was seen: the same one while size, time of change and place on the disk stay."""

    file: Path
    size: int
    changed: int
    inode: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file held when it was read, None where it is larger than any that is read, and by what it is known."""

    data: bytes | None
    size: int
    changed: int
    inode: int

    def is_still(self, file: Path) -> bool:
        """Say whether a name still stands for the very file that was read."""
        try:
            now = os.lstat(file)
        except OSError:
            return False
        return (self.size, self.changed, self.inode) == (now.st_size, now.st_mtime_ns, now.st_ino)


def waiting(folder: Path) -> tuple[Waiting, ...]:
    """Return the files that lie in the tray, oldest first; links, hidden and unfinished files are passed over.

    Raises
    ------
    NotFound
        If there is no such folder, or it cannot be looked into.
    """
    if not folder.is_dir():
        raise NotFound(f"There is no folder {readable(folder)}.")
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith(HIDDEN) or entry.name.lower().endswith(UNFINISHED):
                    continue
                if (one := _ordinary(folder, entry)) is not None:
                    found.append(one)
    except OSError as error:
        raise NotFound(f"The folder {readable(folder)} cannot be looked into: {error.strerror}.") from error
    return tuple(sorted(found, key=lambda one: (one.changed, one.file.name)))


def _ordinary(folder: Path, entry: "os.DirEntry[str]") -> Waiting | None:
    """Return an ordinary file as it is seen; None for anything else, and where it went while it was looked at."""
    try:
        if not entry.is_file(follow_symlinks=False):
            return None
        about = entry.stat(follow_symlinks=False)
    except OSError:
        return None
    return Waiting(folder / entry.name, about.st_size, about.st_mtime_ns, about.st_ino)


def settled(before: tuple[Waiting, ...], now: tuple[Waiting, ...]) -> tuple[Waiting, ...]:
    """Return the files that have not changed between two looks, oldest first."""
    known = set(before)
    return tuple(one for one in now if one in known)


def read_settled(file: Path) -> Reading:
    """Return what an ordinary file holds; a link is never followed.

    Raises
    ------
    NotFound
        If it is gone, a link or no ordinary file, or it changed while it was read.
    """
    name = readable(file.name)
    try:
        descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise NotFound(f"{name} cannot be read: it is gone, a link, or not for this account.") from error
    with os.fdopen(descriptor, "rb") as opened:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode) or file.is_symlink():
            raise NotFound(f"{name} is no ordinary file.")
        known = before.st_size, before.st_mtime_ns, before.st_ino
        if before.st_size > MAXIMUM_BYTES:
            return Reading(None, *known)
        data = opened.read()
        after = os.fstat(descriptor)
    if known[:2] != (after.st_size, after.st_mtime_ns) or len(data) != after.st_size:
        raise NotFound(f"{name} is still being written; it waits for the next look.")
    return Reading(data, *known)


def readable(name: Path | str) -> str:
    """Return a file's name as text that can be printed and stored, whatever bytes it is written in.

    Examples
    --------
    >>> readable("week.csv"), readable("\\udcdcberweisung.csv")
    ('week.csv', '\\ufffdberweisung.csv')
    """
    return os.fsencode(name).decode("utf-8", "replace")
