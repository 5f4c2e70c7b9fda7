"""Tell whether a text that a person wrote, or a file's name, seems to name a patient."""

import re
from dataclasses import dataclass

from surveillance.storage.outcome_log.identifier_patterns import TELL_TALE
from surveillance.storage.outcome_log.masking import is_nhs_number, masked

TEN_DIGITS = re.compile(r"(?<![0-9])(?<![0-9][.,])[0-9]{3}[ .-]?[0-9]{3}[ .-]?[0-9]{4}(?![0-9])")
# England and Wales 4, 6, 7 and 9; Northern Ireland 32 to 39; Scotland begins with the day and month of birth.
ISSUED = re.compile(r"[4679]|3[2-9]|(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])")
DAY_AND_HOUR = re.compile(r"20[1-9][0-9](?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
NAME = re.compile(r"(?<![A-Za-z'’-])[A-Za-z'’-]{2,}\^[A-Za-z]")
EMAIL = re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\.[A-Za-z]")
ORDINAL = re.compile(r"(?i)(?:1ST|2ND|3RD|[04-9]TH)$")
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
DAY = re.compile(
    r"(?i)(?<![0-9])(?:"
    r"(?P<a>(?:19|20)[0-9]{2})(?P<sign>[-/. ]?)(?:0?[1-9]|1[0-2])(?P=sign)(?:0?[1-9]|[12][0-9]|3[01])"
    r"|[0-3]?[0-9][-/. ][0-3]?[0-9][-/. ](?P<b>(?:19|20)[0-9]{2})"
    rf"|[0-3]?[0-9](?:st|nd|rd|th)?[-/. ]*{MONTH}[-/., ]*(?P<c>(?:19|20)[0-9]{{2}})"
    rf"|{MONTH}[-/. ]*[0-3]?[0-9](?:st|nd|rd|th)?[-/., ]+(?P<d>(?:19|20)[0-9]{{2}})"
    r")(?![0-9])"
)
# What computers write where no day is known; nobody was born then.
NO_DAY = re.compile(
    r"(?<![0-9])(?:1900[-/. ]?0?1[-/. ]?0?[0-2]|0?1[-/. ]0?[1-2]?[-/. ]1900|1970-?01-?01|0?1[/.-]0?1[/.-]1970)"
)
PATTERNS = {what: re.compile(expression) for what, expression in TELL_TALE.items()} | {"an e-mail address": EMAIL}
BORN_BEFORE = 2010  # of a text written about an AI in use, whose own days are later
SEEN_BEFORE = 1980  # of a file of studies: no digital study is older


@dataclass(frozen=True, slots=True)
class Named:
    """What a text seems to hold, and that part of it with its middle left out."""

    what: str
    shown: str


def identifier_in(text: str, *, born_before: int = BORN_BEFORE) -> Named | None:
    """Return what in a text seems to identify a patient, or None.

    An NHS number is told by its check digit and by how such numbers begin, so that one other number of ten digits in
    some thirty is taken for one; the day and hour in a file's name is not. A name alone cannot be told from a word.

    Parameters
    ----------
    born_before : a day of an earlier year is taken for a day of birth

    Examples
    --------
    >>> identifier_in("wrong patient, 943 476 5919")
    Named(what='an NHS number', shown='943***5919')
    >>> identifier_in("loaded twice on 31/03/2025, CT2 3rd floor") is None
    True
    >>> [identifier_in(text).what for text in ("see SMITH^John", "born 1 March 1948", "12/03/1948", "a.b@nhs.net")]
    ['a patient name', 'a date of birth', 'a date of birth', 'an e-mail address']
    """
    plain = text.replace("_", " ")
    for found in TEN_DIGITS.finditer(plain):
        if is_patient_number(found[0]):
            return Named("an NHS number", masked(found[0]))
    if name := NAME.search(plain):
        return Named("a patient name", masked(name[0]))
    for what, pattern in PATTERNS.items():
        for found in pattern.finditer(plain):
            if not (what == "a postcode" and ORDINAL.search(found[0].strip(" ,.;:)"))):
                return Named(what, masked(found[0].strip()))
    if day := birth_day(plain, born_before):
        return Named("a date of birth", masked(day))
    return None


def is_patient_number(digits: str) -> bool:
    """Return whether ten digits may be an NHS number: by their check digit, and by how such numbers begin.

    Examples
    --------
    >>> is_patient_number("943 476 5919"), is_patient_number("2025033117"), is_patient_number("9434765918")
    (True, False, False)
    """
    told = "".join(sign for sign in digits if sign.isdecimal())
    return is_nhs_number(told) and bool(ISSUED.match(told)) and not DAY_AND_HOUR.match(told)


def birth_day(text: str, born_before: int) -> str:
    """Return the first day of a text that is too long ago to be anything but a day of birth, "" where there is none.

    Examples
    --------
    >>> birth_day("12/03/1948", 1980), birth_day("01/01/1900", 1980), birth_day("2025-03-31", 1980)
    ('12/03/1948', '', '')
    """
    for found in DAY.finditer(text):
        year = int(next(filter(None, found.group("a", "b", "c", "d"))))
        if 1900 <= year < born_before and not NO_DAY.match(found[0]):
            return found[0]
    return ""
