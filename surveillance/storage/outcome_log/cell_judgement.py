"""Whether a cell of a date or number column may be kept as it stands though it cannot be read."""

import re

from surveillance.storage.outcome_log.broken_cells import ERRORS
from surveillance.storage.outcome_log.running_text import SEEN_BEFORE, birth_day, is_patient_number

UNTOLD = "***"
LOOK = "what stood there is not kept, since it might name somebody: this line of your own file shows it"
LONGEST = 40
NUMBER = re.compile(r"(?:[<>~=≤≥±]{0,2} ?)(?:[+-]?[\d.,' \u00a0]*\d[.,]?(?:[eE][+-]?\d{1,3})? ?%?|0x[0-9a-f]+)")
WORD = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august"
WORD += r"|september|october|november|december|mon|tue|wed|thu|fri|sat|sun|[ap]\.?m\.?|utc|gmt|bst|cet|cest|t|z)"
MOMENT = re.compile(rf"(?i)(?=.*[0-9])(?:[0-9]+|[-+/.:, \u00a0]|{WORD}(?![a-z]))+")
TEN_DIGITS = re.compile(r"[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}(?:\.0)?")
DAY_ALONE = re.compile(
    r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:(?:19|20)[0-9]{2}|[0-9]{2})|(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}"
)
LATE_YEAR = re.compile(r"(?:^|[/.-])(?:20)?[1-3][0-9](?:$|-[0-9]{2}-[0-9]{2}$)")
SAID = (
    "- -- ? . = =... na n/a n.a. nan nil null none nat inf -inf +inf infinity -infinity missing unknown blank empty"
    " error failed fail pending true false yes no high low old soon never positive negative normal abnormal present"
    " absent invalid indeterminate"
)
NO_VALUE = frozenset(SAID.split()) | {
    "",
    "not given",
    "not done",
    "not applicable",
    "not available",
    UNTOLD,
    *(error.lower() for error in ERRORS),
}


def may_stand(cell: str) -> bool:
    """Return whether a cell that should be a date or a number is one in form, or one of the words for "no value".

    Free words might be a name; ten digits with the check digit of an NHS number, and a day alone that is long ago,
    might be a patient's too. Of those nothing is kept.

    Examples
    --------
    >>> [may_stand(cell) for cell in ("x", "n/a", "31.03.2025 08:00", "31 Mar 2025 8:00 AM", "<0.01", "17:60")]
    [True, True, True, True, True, True]
    >>> [may_stand(cell) for cell in ("Smith", "943 476 5919", "12/03/1948", "12/03/1995", "12/03/48", "May Day")]
    [False, False, False, False, False, False]
    """
    plain = cell.strip()
    if len(plain) == 1 or plain.lower() in NO_VALUE:
        return True
    if len(plain) > LONGEST or not (NUMBER.fullmatch(plain) or MOMENT.fullmatch(plain)):
        return False
    if TEN_DIGITS.fullmatch(plain) and is_patient_number(plain.removesuffix(".0")):
        return False
    if DAY_ALONE.fullmatch(plain) and not LATE_YEAR.search(plain):
        return False
    return not birth_day(plain, SEEN_BEFORE)
