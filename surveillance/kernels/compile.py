"""The one decorator of the kernels: compiled on first use, cached where an edit cannot leave stale code."""

import os
import tempfile
from collections.abc import Callable
from functools import cache, wraps
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, TypeVarTuple

Columns = TypeVarTuple("Columns")
R = TypeVar("R")


def kernel(function: Callable[[*Columns], R]) -> Callable[[*Columns], R]:
    """Compile a function with numba when it is first called; importing it costs nothing.

    Division by zero gives nan or inf as in numpy, and the global interpreter lock is released.
    """

    @cache
    def compiled() -> Callable[[*Columns], R]:
        return _compile(function)

    @wraps(function)
    def call(*columns: *Columns) -> R:
        return compiled()(*columns)

    return call


def _compile(function: Callable[[*Columns], R]) -> Callable[[*Columns], R]:
    """Compile with the cache in its own folder, or uncached where no folder can be written."""
    import numba

    folder = cache_folder(numba.__version__)
    if not _can_write(folder):
        jitted: Callable[[*Columns], R] = numba.njit(nogil=True, error_model="numpy")(function)
        return jitted
    config: Any = numba.config
    before = config.CACHE_DIR
    config.CACHE_DIR = str(folder)  # read once, when the function is decorated
    try:
        jitted = numba.njit(nogil=True, error_model="numpy", cache=True)(function)
    finally:
        config.CACHE_DIR = before
    return jitted


def cache_folder(numba_version: str) -> Path:
    """Return the cache folder, named after every kernel source and the numba version.

    numba looks at the age of one file only; with all sources in the name, an edit anywhere starts an
    empty folder. It lies in the state folder: `SURVEILLANCE_HOME`, else the user's.
    """
    digest = sha256(numba_version.encode())
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.name.encode() + source.read_bytes())
    return _state_folder() / "kernels" / digest.hexdigest()[:16]


def _state_folder() -> Path:
    home = os.environ.get("SURVEILLANCE_HOME")
    if home:
        return Path(home)
    from platformdirs import user_state_path

    return user_state_path("imaging-ai-surveillance", appauthor=False)


def _can_write(folder: Path) -> bool:
    """Say whether the folder is there, or can be made, and takes a file."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except (OSError, RuntimeError):  # no home, read-only or full: kernels then compile afresh
        return False
