"""Keeps the memory of a long-running server small, where the C library lets one."""

from __future__ import annotations

import ctypes
from functools import cache

_ARENAS, _MOST_ARENAS = -8, 2
"""glibc's M_ARENA_MAX: without it every thread keeps free memory of its own."""


@cache
def _library() -> ctypes.CDLL | None:
    """The C library, where it is glibc."""
    try:
        found = ctypes.CDLL(None)
        _ = found.malloc_trim, found.mallopt
    except (AttributeError, OSError, TypeError):  # another C library
        return None
    return found


def few_arenas() -> None:
    """Let threads share their free memory; to be called before there are many."""
    library = _library()
    if library is not None:
        library.mallopt(_ARENAS, _MOST_ARENAS)


def give_back() -> None:
    """Hand what is free back to the system, after something large was made."""
    library = _library()
    if library is not None:
        library.malloc_trim(0)
