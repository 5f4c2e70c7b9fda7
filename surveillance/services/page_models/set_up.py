"""What the page "Set up from my file" and the recognition of weekly files receive."""

from dataclasses import dataclass

from surveillance.services.log_preview import HeldRow, Preview
from surveillance.storage.outcome_log.guessing.proposal import Question


@dataclass(frozen=True, slots=True)
class TriedRow:
    """A line of the file beside what it would become.

    Attributes
    ----------
    line : the line of the file, the first being 1
    theirs : the file's column -> its cell as it stands, columns that would be read only
    ours : the log's column -> the value it would get, times in UTC and in the site's zone; empty where held. A
        row that holds several products gives one entry a product
    held : what is wrong with it: column, rule, fix; empty where it counts
    """

    line: int
    theirs: dict[str, str]
    ours: tuple[dict[str, str], ...]
    held: tuple[HeldRow, ...]


@dataclass(frozen=True, slots=True)
class TryOut:
    """The file read as it is set up now; nothing is stored.

    Attributes
    ----------
    rows : the first 20 rows, theirs beside ours
    preview : what `intake.preview` would say of this file, or None while questions without any proposal are open
    waits_for : those questions
    refused : the sentence where the profile or the file as a whole cannot be used as it is set up, else ""
    first_rows_only : whether the first rows of a large file were read so far, while questions wait
    """

    rows: tuple[TriedRow, ...]
    preview: Preview | None
    waits_for: tuple[Question, ...]
    refused: str = ""
    first_rows_only: bool = False

    @property
    def sentence(self) -> str:
        """Return in one sentence how the file would be read."""
        if self.preview is None:
            number = len(self.waits_for)
            return self.refused or (
                f"{number} question{'' if number == 1 else 's'} must be answered before the file can be read."
            )
        held = self.preview.parsed.rows_held
        which = "Of the first" if self.first_rows_only else "Of"
        return f"{which} {self.preview.rows:,} rows {self.preview.accepted:,} would count and {held:,} would be held."


@dataclass(frozen=True, slots=True)
class SavedProfile:
    """A profile as it was kept, with the version spellings that were signed with it."""

    name: str
    version: int
    toml: str
    aliases: tuple[str, ...]
    seq: int
    head: str
    sentence: str
