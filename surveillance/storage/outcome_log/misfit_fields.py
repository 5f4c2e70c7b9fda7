"""What stands in lines with too many or too few fields: screened field by field, since no field has a column there."""

import csv
import io
import re

import pyarrow.compute as pc

from surveillance.storage.outcome_log.cell_judgement import may_stand
from surveillance.storage.outcome_log.identifier_patterns import TEN_DIGIT_CELL
from surveillance.storage.outcome_log.identifiers import SHORT, Suspicion, refused
from surveillance.storage.outcome_log.profile import Profile
from surveillance.storage.outcome_log.running_text import SEEN_BEFORE, TEN_DIGITS, identifier_in
from surveillance.storage.outcome_log.screening import measured_columns
from surveillance.storage.outcome_log.text_table import TextTable

CODE = re.compile(r"(?=.*[0-9])[A-Za-z0-9._/:-]{1,64}")
MOST_WORDS = 1_000  # a column with more is no column of words


def screen_misfits(table: TextTable, profile: Profile, delimiter: str) -> frozenset[int]:
    """Return the lines whose fields all name nobody: numbers, times, codes, and words of the file's own columns.

    A name that a delimiter has cut in two makes a field too many; so of a line with any other words nothing is kept.

    Raises
    ------
    FileRefused
        If a field looks like a patient's identifier, naming the line and the command that makes pseudonyms.
    """
    if not table.misfits:
        return frozenset()
    words, numbered = _words(table, profile), _numbered(table)
    verdicts: dict[str, bool] = {}
    judged = set()
    for misfit in table.misfits:
        good = True
        for cell in next(csv.reader(io.StringIO(misfit.text, newline=""), delimiter=delimiter), []):
            field = cell.strip()
            if field not in verdicts:
                verdicts[field] = _names_nobody(field, misfit.line, words, numbered=numbered)
            good = good and verdicts[field]
        if good:
            judged.add(misfit.line)
    return frozenset(judged)


def _names_nobody(field: str, line: int, words: frozenset[str], *, numbered: bool) -> bool:
    """Return whether a field may be kept; refuse the file where it looks like an identifier."""
    if field in words:
        return True
    if found := identifier_in(field, born_before=SEEN_BEFORE):
        if numbered and TEN_DIGITS.fullmatch(field):
            return False  # one of the file's own numbers of ten digits, perhaps: nobody can tell
        raise refused(Suspicion("", found.what, (line,), found.shown))
    return may_stand(field) or bool(CODE.fullmatch(field))


def _words(table: TextTable, profile: Profile) -> frozenset[str]:
    """Return the words of the file's columns of words, which were screened and are stored with its good rows."""
    found: set[str] = set()
    for name in table.columns.keys() - measured_columns(profile):
        told = pc.unique(pc.utf8_trim_whitespace(table.columns[name]))
        if len(told) <= MOST_WORDS:
            found.update(told.to_pylist())
    return frozenset(found)


def _numbered(table: TextTable) -> bool:
    """Return whether a column of the file holds numbers of ten digits, as accession numbers often are."""
    return any(
        (pc.sum(pc.match_substring_regex(texts, TEN_DIGIT_CELL)).as_py() or 0) >= SHORT
        for texts in table.columns.values()
    )
