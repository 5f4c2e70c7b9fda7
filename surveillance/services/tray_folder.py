"""The files of an in-tray: which are waiting, which have settled, and how one is moved without overwriting another."""

import os
import stat
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from surveillance.errors import NotFound, StoreUnusable
from surveillance.storage.outcome_log.containers import MAXIMUM_BYTES

UNFINISHED = (".part", ".crdownload", ".tmp", ".filepart", ".partial", ".download", ".swp", ".lock")
HIDDEN = (".", "~", "$")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file of the tray as it was seen: unchanged while size and time of change stay."""

    file: Path
    size: int
    changed: int


def waiting(folder: Path) -> tuple[Waiting, ...]:
    """Return the files that lie in the tray, oldest first; links, hidden and unfinished files are passed over.

    Raises
    ------
    NotFound
        If there is no such folder.
    """
    if not folder.is_dir():
        raise NotFound(f"There is no folder {folder}.")
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(HIDDEN) or entry.name.lower().endswith(UNFINISHED):
                continue
            if entry.is_file(follow_symlinks=False):
                about = entry.stat(follow_symlinks=False)
                found.append(Waiting(folder / entry.name, about.st_size, about.st_mtime_ns))
    return tuple(sorted(found, key=lambda one: (one.changed, one.file.name)))


def settled(before: tuple[Waiting, ...], now: tuple[Waiting, ...]) -> tuple[Waiting, ...]:
    """Return the files that have not changed between two looks, oldest first."""
    known = set(before)
    return tuple(one for one in now if one in known)


def read_settled(file: Path) -> bytes | None:
    """Return what an ordinary file holds, or None where it is larger than any that is read; a link is never followed.

    Raises
    ------
    NotFound
        If it is gone, a link or no ordinary file, or it changed while it was read.
    """
    try:
        descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise NotFound(f"{file.name} cannot be read: it is gone, a link, or not for this account.") from error
    with os.fdopen(descriptor, "rb") as opened:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode) or file.is_symlink():
            raise NotFound(f"{file.name} is no ordinary file.")
        if before.st_size > MAXIMUM_BYTES:
            return None
        data = opened.read()
        after = os.fstat(descriptor)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(data) != after.st_size:
        raise NotFound(f"{file.name} is still being written; it waits for the next look.")
    return data


def make_folders(tray: Path, names: tuple[str, ...]) -> None:
    """Make the folders that files are moved to, where they are not there yet.

    Raises
    ------
    StoreUnusable
        If one is a link, which could lead anywhere, or cannot be made.
    """
    for name in names:
        folder = tray / name
        try:
            if not folder.is_symlink():
                folder.mkdir(exist_ok=True)
                continue
        except OSError as error:
            raise StoreUnusable(f"The folder {folder} cannot be made. Nothing was loaded.") from error
        raise StoreUnusable(f"The folder {folder} is a link. Make it an ordinary folder; nothing was loaded.")


def free_name(folder: Path, name: str, at: datetime) -> Path:
    """Return a dated name that no file in the folder has."""
    stem, number = f"{at:%Y-%m-%d}", 1
    while os.path.lexists(target := folder / f"{stem}{f'-{number}' if number > 1 else ''}_{name}"):
        number += 1
    return target


def file_away(file: Path, target: Path) -> None:
    """Move a file to a name that must be free.

    Raises
    ------
    FileExistsError
        If another file has taken the name meanwhile; the file stays where it is.
    """
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
    try:
        file.replace(target)
    except OSError:
        target.unlink()
        raise
