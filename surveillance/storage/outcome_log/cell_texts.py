"""Write a typed number of a workbook as the text that the strict reader takes it for."""

from datetime import date, timedelta

from surveillance.storage.outcome_log.workbook_styles import Shown

DAY_ZERO, DAY_ZERO_1904 = date(1899, 12, 30), date(1904, 1, 1)
FIRST_SURE, LAST = 61, 2_958_465  # before March 1900 the spreadsheet's calendar has a day too many
MILLISECONDS = 86_400_000
LONGEST = 10**15


def number_text(raw: str) -> str:
    """Return a number as its shortest exact text.

    Examples
    --------
    >>> [number_text(raw) for raw in ("45", "45.0", "0.10000000000000001", "1E-7")]
    ['45', '45', '0.1', '1e-07']

    Raises
    ------
    ValueError
        If it is no number.
    """
    if len(raw) < 16 and raw.isdigit() and raw.isascii() and (raw[0] != "0" or raw == "0"):
        return raw
    value = _number(raw)
    return str(int(value)) if value.is_integer() and abs(value) < LONGEST else repr(value)


def _number(raw: str) -> float:
    """Return a number as XML writes it, without the underscores and foreign digits that Python would take."""
    if "_" in raw or not raw.isascii():
        raise ValueError(f"'{raw[:20]}' is no number")
    return float(raw)


def is_too_long(text: str) -> bool:
    """Return whether a number's text stands for a whole number of more digits than a spreadsheet keeps."""
    if len(text) < 16 and "e" not in text:
        return False
    value = float(text)
    return value.is_integer() and abs(value) >= LONGEST


def date_text(raw: str, shown: Shown, since_1904: bool) -> str:
    """Return a number that is shown as a date or time as ISO text, to the millisecond; else as a number.

    A day shown without its time keeps the time that its number holds.

    Examples
    --------
    >>> date_text("46146.5", "day", False), date_text("46146", "moment", False), date_text("46146", "day", False)
    ('2026-05-04T12:00:00', '2026-05-04T00:00:00', '2026-05-04')
    >>> date_text("44684", "day", True), date_text("0.25", "clock", False), date_text("1.25", "span", False)
    ('2026-05-04', '06:00:00', '30:00:00')
    """
    serial = _number(raw)
    if not 0 <= serial <= LAST:
        return number_text(raw)
    days, milliseconds = divmod(round(serial * MILLISECONDS), MILLISECONDS)
    if shown == "span" or (shown == "clock" and days == 0):
        return _clock(milliseconds + days * MILLISECONDS)
    if days < FIRST_SURE and not since_1904:
        return number_text(raw)
    day = (DAY_ZERO_1904 if since_1904 else DAY_ZERO) + timedelta(days=days)
    return day.isoformat() if shown == "day" and not milliseconds else f"{day.isoformat()}T{_clock(milliseconds)}"


def _clock(milliseconds: int) -> str:
    """Return a time of day, or a length of time, as hours, minutes and seconds."""
    seconds, rest = divmod(milliseconds, 1000)
    fraction = f".{rest:03d}" if rest else ""
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{fraction}"
