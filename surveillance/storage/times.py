"""Two ways of keeping a time: text for records that people read, microseconds for what is computed on."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
# The end of the year 9998, for "as everything is known now".
EVER = 253_370_764_800_000_000


def to_text(at: datetime) -> str:
    """Write a moment as ISO-8601 in UTC with microseconds, so that order of text is order of time.

    Raises
    ------
    ValueError
        If the moment has no time zone.

    >>> to_text(datetime(2026, 11, 23, 9, 5, tzinfo=UTC))
    '2026-11-23T09:05:00.000000+00:00'
    """
    if at.tzinfo is None:
        raise ValueError(f"A record needs a time with its zone, got {at.isoformat()} without one")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def from_text(text: str) -> datetime:
    """Read a moment back from its text.

    >>> from_text('2026-11-23T09:05:00.000000+00:00').hour
    9
    """
    return datetime.fromisoformat(text).astimezone(UTC)


def to_micros(at: datetime) -> int:
    """Count the microseconds from 1970 in UTC, exactly.

    >>> to_micros(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC))
    1000000
    """
    if at.tzinfo is None:
        raise ValueError(f"A record needs a time with its zone, got {at.isoformat()} without one")
    return (at - EPOCH) // MICROSECOND


def from_micros(micros: int) -> datetime:
    """Turn microseconds from 1970 back into a moment.

    >>> from_micros(1_000_000).isoformat()
    '1970-01-01T00:00:01+00:00'
    """
    return EPOCH + timedelta(microseconds=int(micros))
