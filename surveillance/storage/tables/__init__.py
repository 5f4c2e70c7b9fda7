"""Every table of the store: one file a group; importing this package fills the catalogue."""

from surveillance.storage.tables import (
    action,
    data,
    intake,
    judgement,
    known_events,
    people,
    register,
    trail,
    truth_work,
)
from surveillance.storage.tables.metadata import METADATA

APPEND_ONLY = tuple(table for table in METADATA.sorted_tables if table.info.get("append_only"))

__all__ = [
    "APPEND_ONLY", "METADATA", "action", "data", "intake", "judgement", "known_events", "people", "register", "trail",
    "truth_work",
]  # fmt: skip
