"""Which checks for identifiers suit which column of a file."""

import pyarrow.compute as pc

from surveillance.storage.outcome_log.column_names import DATES, NUMBERS
from surveillance.storage.outcome_log.identifiers import Screened, screen_column
from surveillance.storage.outcome_log.memory import give_back
from surveillance.storage.outcome_log.profile import Profile
from surveillance.storage.outcome_log.text_table import TextTable

PLACES = ("site", "model", "version", "scanner", "kernel", "setting", "pathway")


def screen_table(table: TextTable, profile: Profile) -> None:
    """Refuse a file whose cells look like patients' identifiers.

    Dates and numbers are told by their form when they are read and are not screened, unless their
    column is named like a patient's number.

    Raises
    ------
    FileRefused
        Naming line and column, the value masked, and the command that makes pseudonyms.
    """
    ours_of = {theirs: ours for part in profile.parts for ours, theirs in part.columns.items()}
    for name, texts in table.columns.items():
        ours = ours_of.get(name, "")
        if ours in DATES or ours in NUMBERS:
            continue
        trimmed = pc.utf8_trim_whitespace(texts)
        screen_column(
            Screened(
                name,
                pc.if_else(pc.equal(trimmed, ""), None, trimmed),
                lambda row: int(table.lines[row]),
                may_be_date=ours == "version",
                may_be_place=ours in PLACES,
                accession=name in profile.identifiers.accession_columns,
            )
        )
        give_back()
