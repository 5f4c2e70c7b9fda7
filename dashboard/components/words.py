"""Text from people and files, made safe to stand inside Markdown; and how moments are written."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/London")
RANGE = re.compile(r"(\d)–(\d)")
PERCENT = re.compile(r"(\d)[ \xa0]?%")
SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+!|~$:-])")


def plain(text: str) -> str:
    r"""Return text that Markdown shows as it was typed: no link, colour, icon or heading comes of it.

    >>> plain("see [here](https://example.org)")
    'see \\[here\\]\\(https\\://example.org\\)'
    """
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))


def said(sentence: str) -> str:
    """Return a sentence whose ranges and percentages do not break over two lines.

    >>> said("77 % (67–85)") == "77\\u202f% (67\\u2060–\\u206085)"
    True
    """
    return PERCENT.sub("\\1\u202f%", RANGE.sub("\\1\u2060–\u2060\\2", sentence))


def local(at: datetime) -> datetime:
    """Return a moment in the department's own time."""
    return at.astimezone(ZONE)


def moment(at: datetime) -> str:
    """Return a moment as it is said: weekday, day, month, time.

    >>> from datetime import UTC
    >>> moment(datetime(2026, 11, 23, 6, 10, tzinfo=UTC))
    'Mon 23 Nov 06:10'
    """
    here = local(at)
    return f"{here:%a} {here.day} {here:%b %H:%M}"


def day(on: date) -> str:
    """Return a day as it is written on screen.

    >>> day(date(2026, 11, 23))
    '23 Nov 2026'
    """
    return f"{on.day} {on:%b %Y}"


def left(due_at: datetime, at: datetime) -> str:
    """Return how long an answer may still take, in the largest whole unit.

    >>> from datetime import UTC
    >>> left(datetime(2026, 11, 23, 13, tzinfo=UTC), datetime(2026, 11, 23, 9, 50, tzinfo=UTC))
    '3 h left'
    """
    minutes = int((due_at - at).total_seconds() // 60)
    word = "left" if minutes >= 0 else "overdue"
    size = abs(minutes)
    if size >= 48 * 60:
        return f"{size // (24 * 60)} days {word}"
    return f"{size // 60} h {word}" if size >= 60 else f"{size} min {word}"


def reading_time(minutes: int) -> str:
    """Return how long reading takes: in minutes, and from two hours on in hours too.

    >>> reading_time(1), reading_time(90), reading_time(462)
    ('1 minute', '90 minutes', '7 h 42 min')
    """
    if minutes >= 120:
        return f"{minutes // 60} h {minutes % 60} min" if minutes % 60 else f"{minutes // 60} h"
    return f"{minutes} minute{'s' if minutes != 1 else ''}"
