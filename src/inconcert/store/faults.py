"""What the database complains of, said as one of our errors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from inconcert.errors import (
    CaseBusy,
    CaseDamaged,
    CaseError,
    CaseTooNew,
    InConcertError,
    StorageFull,
)

_HOLDER = re.compile(r"held in (?P<command>.+?) \(PID (?P<pid>\d+)\)")
_FULL = ("No space left", "disk full", "File too large", "quota exceeded", "not enough space")
_BUSY = (
    "Could not set lock",
    "used by another process",
    "different configuration than existing",
    "Unique file handle conflict",  # two threads of this process open it in the same instant
)
_NEWER = ("but we can only read", "newer version of DuckDB", "storage version")
_DAMAGED = (
    "not a valid DuckDB database",
    "Corrupt database file",
    "Could not read enough bytes",
    "Failure while replaying WAL",
    "has been invalidated",
    "Is a directory",
    "checksum",
)
_FORBIDDEN = ("Permission denied", "Read-only file system", "read-only mode")


@contextmanager
def told_plainly(path: Path) -> Iterator[None]:
    """Raise what the database complains of inside as one of our errors, where it is one.

    Args:
        path: the database file, named in the error.
    """
    try:
        yield
    except duckdb.Error as error:
        fault = as_fault(str(error), path)
        if fault is None:
            raise
        raise fault from error


def as_fault(message: str, path: Path) -> InConcertError | None:
    """The error that a message of the database means, or None where it is our own mistake."""
    where = str(path)
    if _says(message, _FULL):
        return StorageFull(
            "the disk holds no more",
            where=where,
            advice="Nothing half-written was kept. Make room and run the same command again.",
        )
    if _says(message, _BUSY):
        return CaseBusy(
            f"the case is in use by {_holder(message)}",
            where=where,
            advice="Wait until it has ended, or end it, then run the same command again.",
        )
    if _says(message, _NEWER):
        return CaseTooNew(
            "the case was written by a newer version",
            where=where,
            advice="Install the newest InConcert.",
        )
    if _says(message, _DAMAGED):
        return CaseDamaged(
            f"the database cannot be read: {_first_line(message)}",
            where=where,
            advice="Put a copy back, or move the file away and read the documents again.",
        )
    if _says(message, _FORBIDDEN):
        return CaseError(
            "the case cannot be written",
            where=where,
            advice="Ask for the right to write in this folder, or copy the case to your own.",
        )
    if message.startswith("Out of Memory"):
        return CaseError(
            f"not enough memory: {_first_line(message)}",
            where=where,
            advice="Close other programs, or ask about fewer days.",
        )
    return None


def _says(message: str, phrases: tuple[str, ...]) -> bool:
    folded = message.casefold()
    return any(phrase.casefold() in folded for phrase in phrases)


def _holder(message: str) -> str:
    if "different configuration" in message or "Unique file handle" in message:
        return "this program itself"
    found = _HOLDER.search(message)
    if found is None:
        return "another process"
    return f"process {found['pid']} ({Path(found['command']).name})"


def _first_line(message: str) -> str:
    return message.partition("\n")[0]
