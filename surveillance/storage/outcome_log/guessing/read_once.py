"""What was worked out of one file, kept while its questions are answered: each answer then reads nothing anew."""

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

Found = TypeVar("Found")


class ReadOnce:
    """Keeps what depends on a file alone; whoever asks about the file keeps this beside it, and both go together.

    Examples
    --------
    >>> kept = ReadOnce()
    >>> kept.once("rows", lambda: 3), kept.once("rows", lambda: 4)
    (3, 3)
    """

    def __init__(self) -> None:
        self._kept: dict[Hashable, object] = {}

    def once(self, key: Hashable, make: Callable[[], Found]) -> Found:
        """Return what was made under a key before, else make it."""
        if key not in self._kept:
            self._kept[key] = make()
        return cast("Found", self._kept[key])
