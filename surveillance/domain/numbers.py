"""Numbers as they are written on screen and on paper."""

NO_BREAK = "\u00a0"
JOINER = "\u2060"
DASH = f"{JOINER}–{JOINER}"


def percent(share: float) -> str:
    """Return a share in per cent, with one decimal where it is near an end.

    >>> percent(0.773), percent(0.9453), percent(0.031)
    ('77\\xa0%', '94.5\\xa0%', '3.1\\xa0%')
    """
    return f"{_digits(share)}{NO_BREAK}%"


def _digits(share: float) -> str:
    value = 100 * share
    near = 90 < value < 100 or 0 < value < 10
    text = f"{value:.1f}" if near else f"{value:.0f}"
    return text.removesuffix(".0")


def number(value: float) -> str:
    """Return an index such as AUROC, O/E or a slope, to the digits a reader can use.

    >>> number(0.9131), number(1.362), number(-0.0451)
    ('0.913', '1.36', '−0.045')
    """
    text = f"{value:.3f}" if abs(value) < 1 else f"{value:.2f}"
    return text.replace("-", "−")


def span(low: float, high: float, unit: str) -> str:
    """Return a range, which never breaks at the line's end.

    >>> span(0.67, 0.85, "share").replace(JOINER, "")
    '67–85'
    """
    if low < 0:
        return f"{number(low)} to {number(high)}"
    if unit == "share":
        return f"{_digits(low)}{DASH}{_digits(high)}"
    if unit == "minutes":
        return f"{low:.1f}{DASH}{high:.1f}"
    return f"{number(low)}{DASH}{number(high)}"
