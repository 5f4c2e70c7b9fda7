"""Look at the pages of a Parquet file before any is unpacked: the footer's sizes may be false, the pages' are used."""

from dataclasses import dataclass

from surveillance.errors import FileRefused

MOST_PAGE, MOST_UNPACKED, MOST_PAGES = 100_000_000, 400_000_000, 200_000
LONGEST_HEADER = 200_000
DELTA_BYTE_ARRAY = 7  # each text may repeat all of the one before it: a few bytes unpack to any size
DAMAGED = "The Parquet file is damaged ({}). Export it again, or export CSV."
Fields = dict[int, "int | bytes | Fields"]


@dataclass(slots=True)
class CompactReader:
    """Reads the compact protocol of Thrift, in which page headers are written, as far as they need it.

    References
    ----------
    Apache Thrift, Compact protocol encoding; Apache Parquet, parquet.thrift, PageHeader.
    """

    data: memoryview
    at: int

    def struct(self, depth: int = 0) -> Fields:
        """Return a structure's fields by number."""
        if depth > 6:
            raise ValueError("a page header is nested too deep")
        fields: Fields = {}
        number = 0
        while kind := self._byte():
            number = number + (kind >> 4) if kind >> 4 else self._zigzag()
            fields[number] = self._value(kind & 15, depth)
        return fields

    def _value(self, kind: int, depth: int) -> "int | bytes | Fields":
        """Return one value of a kind."""
        if kind in (1, 2):
            return int(kind == 1)
        if kind == 3:
            return self._byte()
        if kind in (4, 5, 6):
            return self._zigzag()
        if kind in (7, 8):
            return self._bytes(8 if kind == 7 else self._varint())
        if kind == 12:
            return self.struct(depth + 1)
        raise ValueError("a page header holds what no page header has")

    def _byte(self) -> int:
        """Return the next byte."""
        self.at += 1
        return self.data[self.at - 1]

    def _bytes(self, size: int) -> bytes:
        """Return the next bytes."""
        if size > LONGEST_HEADER:
            raise ValueError("a page header is too long")
        self.at += size
        return bytes(self.data[self.at - size : self.at])

    def _varint(self) -> int:
        """Return a number in groups of seven bits."""
        value, shift = 0, 0
        while shift < 70:
            byte = self._byte()
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7
        raise ValueError("a number in a page header does not end")

    def _zigzag(self) -> int:
        """Return a number with its sign in the last bit."""
        value = self._varint()
        return (value >> 1) ^ -(value & 1)


def check_pages(data: bytes, chunks: list[tuple[int, int]]) -> None:
    """Refuse a file whose pages would unpack to more than is safe.

    Parameters
    ----------
    chunks : (start, size) in bytes of every column chunk, as the footer says

    Raises
    ------
    FileRefused
        Saying which limit is passed.
    """
    view, unpacked, pages = memoryview(data), 0, 0
    for start, size in chunks:
        at, end = start, start + size
        if not 0 <= start <= end <= len(data):
            raise FileRefused(DAMAGED.format("its footer points outside the file"))
        while at < end:
            reader = CompactReader(view, at)
            try:
                header = reader.struct()
                page, packed = _count(header[2]), _count(header[3])
                kind = next((header[n] for n in (5, 7, 8) if n in header), None)
                encoding = kind.get(4 if 8 in header else 2, 0) if isinstance(kind, dict) else 0
            except (ValueError, IndexError, KeyError) as error:
                raise FileRefused(DAMAGED.format("a page header cannot be read")) from error
            unpacked, pages, at = unpacked + page, pages + 1, reader.at + packed
            if page > MOST_PAGE or unpacked > MOST_UNPACKED or pages > MOST_PAGES:
                raise FileRefused(
                    f"The Parquet file unpacks to more than is read: {unpacked:,} bytes in {pages:,} pages and more, "
                    f"from {len(data):,} bytes. Split the export by month and load the parts."
                )
            if encoding == DELTA_BYTE_ARRAY:
                raise FileRefused(
                    "The Parquet file is packed as delta byte arrays, whose size cannot be told before unpacking. "
                    "Export it with plain or dictionary encoding, or as CSV."
                )


def _count(value: object) -> int:
    """Return a size, which is no negative number."""
    if not isinstance(value, int) or value < 0:
        raise ValueError("a page has no size")
    return value
