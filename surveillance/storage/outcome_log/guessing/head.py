"""The first rows of a large text file, as a file of their own: enough to see what an answer makes of them."""

from surveillance.storage.outcome_log.containers import MAXIMUM_BYTES
from surveillance.storage.outcome_log.decoding import decode
from surveillance.storage.outcome_log.guessing.sample import FileSample, OpenedFile
from surveillance.storage.outcome_log.gzip_file import unpack

ROWS = 2_000


def head_of(data: bytes, opened: OpenedFile, sample: FileSample, rows: int = ROWS) -> bytes | None:
    """Return a text file up to the line before its first row too many, in UTF-8; None where there is no such row.

    A workbook or a Parquet file is no row of lines, and is always read whole.
    """
    if opened.container.kind != "text" or len(sample.lines) <= rows:
        return None
    text, _ = decode(unpack(data, MAXIMUM_BYTES) if opened.container.packed else data, opened.declared)
    end = -1
    for _ in range(sample.lines[rows] - 1):
        end = text.find(b"\n", end + 1)
        if end < 0:
            return None
    return text[: end + 1]
