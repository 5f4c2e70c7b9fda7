"""Give memory back to the machine between the steps of reading a large file."""

import ctypes
from functools import cache

import pyarrow as pa


def give_back() -> None:
    """Return what columns and arrays took and no longer use; kept for later, it adds to the peak of the next step."""
    pa.default_memory_pool().release_unused()
    if (trim := _trim()) is not None:
        trim(0)


@cache
def _trim() -> "ctypes._NamedFuncPointer | None":
    """Return the C library's own way of giving memory back, which glibc has and other systems do not need."""
    try:
        return ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return None
