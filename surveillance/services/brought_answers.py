"""Answers that somebody brought in a file for the person who gave them: both are named, to whom it concerns."""

from sqlalchemy import Connection

from surveillance.storage.people import people
from surveillance.storage.readings import brought


def brought_words(connection: Connection, deployment_id: int, reader: str | None) -> str:
    """Say which answers other people brought: under one reader's name, or under anybody's; empty where none.

    A reader pressed no key for these. They are the reader's to contradict, and everybody's to know of.
    """
    names = {one.id: one.name for one in people(connection)}
    found = [one for one in brought(connection, deployment_id) if reader is None or one.reader == reader]
    told = [
        f"{one.answers:,} by {names.get(one.brought_by, one.brought_by)}"
        + ("" if reader else f" for {names.get(one.reader, one.reader)}")
        for one in found
    ]
    if not told:
        return ""
    if reader is None:
        return f"Answers that were brought as a file: {'; '.join(told)}."
    return (
        f"Answers under your name that were brought as a file: {'; '.join(told)}. If one of them is not yours, have the"
        " batch of its truth withdrawn: a third person then decides."
    )
