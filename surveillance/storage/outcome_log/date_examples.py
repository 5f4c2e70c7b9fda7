"""A date format as a person reads it: an example of it, and which part stands where."""

import re
from datetime import UTC, datetime
from typing import Final

# Day 31 and month 12 cannot be exchanged, and no two parts are the same number.
EXAMPLE: Final = datetime(2025, 12, 31, 14, 5, 9, 250_000, tzinfo=UTC)
SPECIAL: Final = {
    "iso": "2025-12-31T14:05 (year-month-day, as ISO 8601 writes it)",
    "excel": "46022.59 (days as a spreadsheet counts them)",
}
PARTS: Final = {
    "%d": "day", "%m": "month", "%Y": "year", "%y": "year", "%b": "month", "%H": "hour", "%I": "hour",
    "%p": "AM or PM", "%M": "minute", "%S": "second", "%f": "fraction", "%z": "offset from UTC",
}  # fmt: skip


def example_of(date_format: str) -> str:
    """Return a format by an example with the order of its parts; never by its signs.

    Examples
    --------
    >>> example_of("%d.%m.%Y")
    '31.12.2025 (day.month.year)'
    >>> example_of("%b %d %Y %I:%M %p")
    'Dec 31 2025 02:05 PM (month day year hour:minute AM or PM)'
    >>> example_of("%Y%m%d")
    '20251231 (year month day)'
    """
    if date_format in SPECIAL:
        return SPECIAL[date_format]
    parts = re.sub(r"(?<=[A-Za-z])(?=%)", " ", re.sub(r"%[A-Za-z](?=%)", lambda sign: f"{sign[0]} ", date_format))
    named = re.sub(r"%[A-Za-z]", lambda sign: PARTS.get(sign[0], sign[0]), parts)
    return f"{EXAMPLE.strftime(date_format)} ({named})"
