"""Where this installation keeps its state, and which store it opens."""

import os
from pathlib import Path

import platformdirs

from surveillance.domain.truth_worklist import READERS, SECONDS_A_STUDY

HOME = "SURVEILLANCE_HOME"
STORE = "SURVEILLANCE_STORE"
TRUTH_READERS = "SURVEILLANCE_TRUTH_READERS"
SECONDS = "SURVEILLANCE_SECONDS_A_STUDY"


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


def truth_readers() -> int:
    """Return how many must read a study before its truth counts: two, or one if `SURVEILLANCE_TRUTH_READERS` is 1."""
    return 1 if os.environ.get(TRUTH_READERS, "").strip() == "1" else READERS


def seconds_a_study() -> float:
    """Return how long a reading is taken to last until a reader's own pace is known: 90 seconds, or as is set."""
    named = os.environ.get(SECONDS, "").strip()
    return float(named) if named.isdecimal() and int(named) > 0 else SECONDS_A_STUDY
