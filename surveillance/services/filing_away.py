"""Moving a file of the in-tray away: never over another one, and never one that was not loaded."""

import os
from datetime import datetime
from pathlib import Path

from surveillance.errors import NotFound, StoreUnusable
from surveillance.services.tray_folder import Reading, readable

LONGEST_NAME = 240  # bytes; a folder takes 255, and the endings of the files beside it need a dozen


class Replaced(NotFound):
    """Another file has taken the name since it was read; it stays where it is."""


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
            raise StoreUnusable(f"The folder {readable(folder)} cannot be made. Nothing was loaded.") from error
        raise StoreUnusable(f"The folder {readable(folder)} is a link. Make it an ordinary folder; nothing was loaded.")


def free_name(folder: Path, name: str, at: datetime) -> Path:
    """Return a dated name that no file in the folder has, a long one shortened before its ending."""
    stem, number = f"{at:%Y-%m-%d}", 1
    while os.path.lexists(target := folder / _fitting(f"{stem}{f'-{number}' if number > 1 else ''}_{name}")):
        number += 1
    return target


def _fitting(name: str) -> str:
    """Return a name that a folder takes, with its ending."""
    start, dot, ending = name.rpartition(".")
    if not dot or len(os.fsencode(ending)) > LONGEST_NAME // 2:
        start, dot, ending = name, "", ""
    while len(os.fsencode(f"{start}{dot}{ending}")) > LONGEST_NAME:
        start = start[:-1]
    return f"{start}{dot}{ending}"


def file_away(file: Path, target: Path, reading: Reading) -> None:
    """Move the file that was read to a name that must be free.

    Raises
    ------
    FileExistsError
        If another file has taken the target's name meanwhile; the file stays where it is.
    Replaced
        If the file is not the one that was read: an export that nobody has loaded is never moved.
    """
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
    try:
        if not reading.is_still(file):
            raise Replaced(f"{readable(file.name)} changed while it was loaded.")
        file.replace(target)
    except (OSError, Replaced):
        target.unlink()
        raise
