"""The secret key of the pseudonyms: a file on the PACS manager's own machine, never where a store is."""

import os
import secrets
import shutil
import stat
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from surveillance.domain.pseudonym import KEY_BYTES, SHORTEST_KEY
from surveillance.errors import FileRefused, NotFound
from surveillance.services.settings import STORE, home

PRIVATE, SHARED = 0o600, 0o666


def make_key(path: Path) -> None:
    """Write a new key of 32 random bytes that only its owner can read.

    Raises
    ------
    FileRefused
        If there is a file already, or the place is a store's folder.
    """
    refuse_store_folder(path)
    write_whole(path, secrets.token_bytes(KEY_BYTES))


def read_key(path: Path) -> bytes:
    """Return a key.

    Raises
    ------
    NotFound
        If there is none.
    FileRefused
        If it is too short, can be read by others, or lies in a store's folder.
    """
    refuse_store_folder(path)
    if not path.is_file():
        raise NotFound(f"There is no key {path}. Make one first: surveillance pseudonymise --make-key {path}.")
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise FileRefused(f"Others can read the key {path}. Take that right away first: chmod 600 {path}.")
    key = path.read_bytes()
    if len(key) < SHORTEST_KEY:
        raise FileRefused(
            f"The key {path} has {len(key)} bytes and needs at least {SHORTEST_KEY}: a short key can be guessed."
        )
    return key


def refuse_store_folder(path: Path) -> None:
    """Refuse to keep, in the folder of a store, what would turn its pseudonyms back.

    Raises
    ------
    FileRefused
        Saying why.
    """
    place = path.resolve()
    for folder in _store_folders():
        if folder in place.parents:
            raise FileRefused(
                f"{path} lies in the folder of a store, and a store must never hold what turns its pseudonyms back. "
                "Choose a folder that only the PACS manager can read."
            )


def write_whole(path: Path, content: bytes | BinaryIO, *, replace: bool = False, private: bool = True) -> None:
    """Write a file whole or not at all, from bytes or from a file; a private one can be read by its owner only.

    Raises
    ------
    FileRefused
        If there is a file of that name and it may not be replaced.
    """
    if not replace:
        try:  # the name is taken first, so that no other file can come in between
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE if private else SHARED))
        except FileExistsError as error:
            raise FileRefused(f"There is a file {path} already, and it was left as it is.") from error
    young = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    descriptor = os.open(young, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE if private else SHARED)
    with os.fdopen(descriptor, "wb") as file:
        if isinstance(content, bytes):
            file.write(content)
        else:
            shutil.copyfileobj(content, file)
        file.flush()
        os.fsync(file.fileno())
    young.replace(path)


def _store_folders() -> set[Path]:
    """Return the folders in which this machine keeps stores."""
    folders = {home().resolve()}
    try:
        named = make_url(os.environ.get(STORE, ""))
    except ArgumentError:
        return folders
    if named.get_backend_name() == "sqlite" and named.database:
        folders.add(Path(named.database).resolve().parent)
    return folders
