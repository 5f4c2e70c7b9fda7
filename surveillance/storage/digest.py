"""The digest of a file's rows: one number that changes with any bit of what was stored from it."""

import hashlib
from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from surveillance.storage.tables.metadata import canonical_json


class RowsDigest:
    """Hash the columns of one table's rows, part after part; how they are cut into parts makes no difference."""

    def __init__(self, table: str, stream: tuple[str, str, str], names: Iterable[str]) -> None:
        self._about = [table, *stream]
        self._hashes = {name: [hashlib.sha256() for _ in range(3)] for name in names}
        self._rows = 0

    def update(self, part: pa.Table) -> None:
        """Take the next rows, in order of their line."""
        self._rows += len(part)
        for name, (present, size, content) in self._hashes.items():
            for array in part[name].chunks:
                present.update(array.is_valid().to_numpy(zero_copy_only=False).tobytes())
                if pa.types.is_large_string(array.type):
                    text = array.fill_null("")
                    size.update(pc.binary_length(text).to_numpy(zero_copy_only=False).tobytes())
                    content.update(_text_bytes(text))
                else:
                    content.update(_number_bytes(array))

    def hexdigest(self) -> str:
        """Return the hash of all that was taken."""
        columns = {name: [part.hexdigest() for part in parts] for name, parts in self._hashes.items()}
        return _sha256([*self._about, self._rows, columns])


def batch_digest(batch_row: dict[str, object], rows: Iterable[str]) -> str:
    """Compute the digest of a file: its row in the list of files, and the digests of its rows by stream."""
    described = {name: value for name, value in batch_row.items() if name not in ("id", "digest")}
    return _sha256(["v1", described, sorted(rows)])


def _sha256(value: object) -> str:
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


def _text_bytes(text: pa.LargeStringArray) -> memoryview | bytes:
    _, offsets, data = text.buffers()
    if data is None or len(text) == 0:
        return b""
    edges = np.frombuffer(offsets, dtype=np.int64)[text.offset : text.offset + len(text) + 1]
    return memoryview(data)[int(edges[0]) : int(edges[-1])]


def _number_bytes(array: pa.Array) -> bytes:
    zero = pa.scalar(0, array.type)
    # Adding zero turns -0.0 into 0.0, which the engines do not tell apart.
    values = array.fill_null(zero).to_numpy(zero_copy_only=False) + 0
    return bytes(values.astype(values.dtype.newbyteorder("<")).tobytes())
