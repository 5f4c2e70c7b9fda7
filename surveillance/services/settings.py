"""Where this installation keeps its state, and which store it opens."""

import os
from pathlib import Path

import platformdirs

HOME = "SURVEILLANCE_HOME"
STORE = "SURVEILLANCE_STORE"


def home() -> Path:
    """Return the folder for stores and caches: `SURVEILLANCE_HOME`, else the user's state folder."""
    named = os.environ.get(HOME)
    return Path(named) if named else Path(platformdirs.user_state_dir("imaging-ai-surveillance", appauthor=False))


def sqlite_url(name: str) -> str:
    """Return the address of a SQLite store of this installation."""
    return f"sqlite:///{(home() / f'{name}.sqlite').as_posix()}"


def default_url() -> str:
    """Return the store to open: `SURVEILLANCE_STORE`, else the live store if there is one, else the demo."""
    named = os.environ.get(STORE)
    if named:
        return named
    return sqlite_url("live") if (home() / "live.sqlite").exists() else sqlite_url("demo")
