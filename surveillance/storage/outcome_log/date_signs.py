"""The signs of a date format, and the strict pattern that a format stands for."""

import re

SIGNS = {
    "%d": r"(?P<day>[0-9]{1,2})", "%m": r"(?P<month>[0-9]{1,2})", "%Y": r"(?P<year>[0-9]{4})",
    "%y": r"(?P<short_year>[0-9]{2})", "%b": r"(?P<name>[A-Za-z]{3})", "%H": r"(?P<hour>[0-9]{1,2})",
    "%I": r"(?P<hour>[0-9]{1,2})", "%p": r"(?P<half>[AaPp][Mm])", "%M": r"(?P<minute>[0-9]{2})",
    "%S": r"(?P<second>[0-9]{2})", "%f": r"(?P<fraction>[0-9]{1,6})",
    "%z": r"(?P<offset>Z|[+-][0-9]{2}:?[0-9]{2})",
}  # fmt: skip
ISO = (
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?:[T ](?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:[.](?P<fraction>[0-9]{1,6}))?)?)? ?(?P<offset>Z|[+-][0-9]{2}:?[0-9]{2})?"
)
EXCEL = r"(?P<serial>[0-9]{5}(?:[.,][0-9]+)?)"


def has_time(date_format: str) -> bool:
    """Return whether a format says a time of day ("iso" and "excel" may)."""
    return date_format in ("iso", "excel") or "%H" in date_format or "%I" in date_format


def check_format(date_format: str) -> None:
    """Refuse a format that this reader cannot read strictly, with the sign that is not known."""
    if date_format in ("iso", "excel"):
        return
    signs = re.findall(r"%.?", date_format)
    unknown = [sign for sign in signs if sign not in SIGNS]
    if unknown or len(set(signs)) != len(signs):
        raise ValueError(
            f"'{date_format}' has the sign {(unknown or signs)[0]}, unknown or twice; use {' '.join(SIGNS)}"
        )
    if not ({"%d"} <= set(signs) and {"%m", "%b"} & set(signs) and {"%Y", "%y"} & set(signs)):
        raise ValueError(f"'{date_format}' must say day, month and year")
    if ("%I" in signs) != ("%p" in signs) or ("%M" in signs) != bool({"%H", "%I"} & set(signs)):
        raise ValueError(f"'{date_format}' must say the hour with its minute, and %I with %p")


def pattern(date_format: str) -> str:
    """Return the regular expression of a format."""
    special = {"iso": ISO, "excel": EXCEL}.get(date_format)
    body = special or re.sub(
        r"%.|[^%]+", lambda m: SIGNS[m[0]] if m[0].startswith("%") else re.escape(m[0]), date_format
    )
    return f"^{body}$"
