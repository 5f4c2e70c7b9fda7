"""The profile of a file, as it reads rows that come back from it: written anew, on one header line."""

import re

from surveillance.services.file_facts import FileFacts
from surveillance.storage.outcome_log.profile import Profile
from surveillance.storage.outcome_log.profile_rules import DateRule

FORMAT = re.compile(r'"([^"]+)"')


def for_corrected(profile: Profile, facts: FileFacts, *, typed: bool) -> Profile:
    """Return a profile for corrected rows.

    What the whole file showed of its dates and decimal sign, a few rows cannot show again, so it is declared. Where
    the file or its correction is a workbook, an ISO date is a date whatever form is declared.
    """
    iso = typed or facts.container != "text"
    dates = dict(profile.dates)
    for column, words in facts.date_formats:
        rule = dates.get(column, DateRule())
        dates[column] = _declared(rule, words, iso=iso)
    decimal = profile.decimal or (facts.decimal if facts.decimal in (".", ",") else None)
    laid = {"encoding": "utf-8", "delimiter": ",", "header_row": 1, "header_lines": 1, "skip_last_when": {}}
    return profile.model_copy(update={**laid, "dates": dates, "decimal": decimal})


def _declared(rule: DateRule, words: str, *, iso: bool) -> DateRule:
    """Return the rule of a date column with the formats that its whole file was found to be written in."""
    found = tuple(FORMAT.findall(words.partition(" (")[0]))
    formats = rule.format or (found if "in doubt" not in words else ())
    if formats and iso and "iso" not in formats:
        formats = (*formats, "iso")
    return rule.model_copy(update={"format": formats or None})
