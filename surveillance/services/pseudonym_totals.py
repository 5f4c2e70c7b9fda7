"""Totals at the end of an export, which are no rows and stay as they are."""

import re

TOTAL = re.compile(
    r"(?i)(?:grand )?(?:total|sum|count|rows|records|studies|number of \w+|end of \w+)"
    r"(?: (?:rows|records|studies|of \w+))?\s*[:=]?\s*[\d., ]{0,9}|[\d.,]{1,9} (?:rows|records|studies)"
)


def is_total(text: str) -> bool:
    """Return whether a text is the name of a total, with or without a count, and nothing else.

    Examples
    --------
    >>> [is_total(text) for text in ("Total", "Rows: 61", "61 studies", "Total RX000123")]
    [True, True, True, False]
    """
    return TOTAL.fullmatch(" ".join(text.replace('"', " ").split())) is not None
