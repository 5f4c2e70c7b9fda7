"""Open an upload by what its bytes are, never by its name: text, workbook or Parquet, each plain or in gzip."""

from dataclasses import dataclass
from typing import Literal

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log.gzip_file import GZIP, unpack
from surveillance.storage.outcome_log.parquet_file import PARQUET, open_parquet
from surveillance.storage.outcome_log.sheet import Sheet as Sheet
from surveillance.storage.outcome_log.text_container import open_text
from surveillance.storage.outcome_log.workbook import ZIP, open_workbook

Kind = Literal["text", "workbook", "parquet"]
MAXIMUM_BYTES = 300_000_000


@dataclass(frozen=True, slots=True)
class Container:
    """An opened file.

    Attributes
    ----------
    kind : what the bytes are, inside the gzip if there is one
    packed : whether it came in a gzip
    encoding : of a text file, as found or declared; "utf-8" for the others, whose texts know no other
    sheets : the tables in it; one, but for a workbook
    """

    kind: Kind
    packed: bool
    encoding: str
    sheets: tuple[Sheet, ...]


def open_container(data: bytes, file_name: str, encoding: str | None = None) -> Container:  # noqa: ARG001 - never believed
    """Open an export of any kind and give its tables, so that a header can be looked for in each.

    The kind is told by the first bytes. Nothing is unpacked beyond fixed limits.

    Parameters
    ----------
    data : the file's bytes, as uploaded
    file_name : its name, shown and never opened or believed
    encoding : of a text file, if declared; ignored for the others

    Raises
    ------
    FileRefused
        If the file is empty, of a kind that is not read, damaged, too large, or larger unpacked than is safe.

    Examples
    --------
    >>> opened = open_container(b"Study;Flag\\r\\nA1;Y\\r\\n", "export.csv")
    >>> opened.kind, opened.sheets[0].lines
    ('text', ('Study;Flag', 'A1;Y', ''))
    """
    if len(data) > MAXIMUM_BYTES:
        raise FileRefused(
            f"The file is larger than {MAXIMUM_BYTES // 1_000_000} MB. Split it by month and load the parts."
        )
    packed = data.startswith(GZIP)
    inside = unpack(data, MAXIMUM_BYTES) if packed else data
    if packed and inside.startswith(GZIP):
        raise FileRefused("The gzip file holds another gzip file. Unpack it once and load what is inside.")
    if inside.startswith(PARQUET):
        return Container("parquet", packed, "utf-8", (open_parquet(inside),))
    if inside.startswith(ZIP):
        return Container("workbook", packed, "utf-8", open_workbook(inside))
    text, found = open_text(inside, encoding)
    return Container("text", packed, found, (text,))
