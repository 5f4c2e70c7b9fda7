"""Turns a fault of the database engine into a sentence that says what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from surveillance.errors import FileRefused, StoreUnusable

SENTENCES = (
    (
        ("database is locked", "lock timeout"),
        "Another person is saving. Nothing was stored; try again in a minute.",
    ),
    (
        ("database or disk is full", "disk i/o error", "no space left", "could not extend file"),
        "The disk is full or failing. Nothing was stored; earlier records can be read. Free some space.",
    ),
    (
        ("readonly", "read-only", "unable to open database file"),
        "The store cannot be written here. Check that its folder exists and may be written.",
    ),
    (
        ("malformed", "not a database"),
        "This file is not a sound store. Restore the last backup; do not work on with this one.",
    ),
    (
        ("connection", "server closed", "terminating"),
        "The database cannot be reached. Nothing was stored; try again in a minute.",
    ),
)


def sentence(error: BaseException) -> str | None:
    """Find the sentence for an engine's fault, or None where the fault is ours.

    >>> sentence(Exception("database or disk is full"))[:32]
    'The disk is full or failing. Not'
    """
    text = str(getattr(error, "orig", error)).lower()
    for signs, words in SENTENCES:
        if any(sign in text for sign in signs):
            return words
    return None


@contextmanager
def engine_faults_in_words() -> Iterator[None]:
    """Raise StoreUnusable with a sentence where the engine, and not the program, is at fault."""
    try:
        yield
    except DBAPIError as error:
        words = sentence(error)
        if words is None or not isinstance(error, OperationalError):
            raise
        raise StoreUnusable(words) from error


@contextmanager
def impossible_values_in_words() -> Iterator[None]:
    """Raise FileRefused where a row breaks a rule of its table, such as a score above 1: the whole file is refused."""
    try:
        yield
    except IntegrityError as error:
        detail = str(error.orig).splitlines()[0]
        raise FileRefused(
            f"A row holds a value that the store does not keep ({detail}). Nothing was stored."
        ) from error
