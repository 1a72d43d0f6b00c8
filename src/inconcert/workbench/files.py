"""Files and folders of a case: written whole or not at all, and faults told plainly."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from inconcert.errors import CaseBusy, CaseError, StorageFull

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """Raise what the system complains of while something is written at a place as our error.

    Raises:
        StorageFull: the disk holds no more.
        CaseError: it cannot be written here.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise StorageFull(
                "the disk holds no more",
                where=str(place),
                advice="Nothing half-written was kept. Make room and run the same command again.",
            ) from error
        raise CaseError(
            f"this cannot be written: {error.strerror or error}",
            where=str(error.filename or place),
            advice="Choose a folder in which you may write.",
        ) from error


def make_folder(folder: Path) -> None:
    """Make a folder where there is none.

    Raises:
        CaseError: it cannot be made, or a file has this name.
    """
    if folder.exists() and not folder.is_dir():
        raise CaseError(
            "this is a file, and a folder is wanted",
            where=str(folder),
            advice="Name another folder.",
        )
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all; one that was there is replaced.

    Raises:
        StorageFull: the disk holds no more; a file that was there stands as it was.
        CaseError: it cannot be written here.
    """
    fresh = path.with_name(f".{path.name}.{os.getpid()}.part")
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        with writing(path):
            fresh.write_bytes(data)
            fresh.replace(path)
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Have one process at a time decide; a lock that was left behind is named.

    Args:
        path: the file that is read and written meanwhile.

    Raises:
        CaseBusy: another process is at it; names the lock.
        StorageFull, CaseError: it cannot be written here.
    """
    lock = path.with_name(f".{path.name}.lock")
    with writing(lock):
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        except FileExistsError as error:
            raise CaseBusy(
                "another process is deciding in this case",
                where=str(lock),
                advice="Wait until it has finished; if none runs, remove this file.",
            ) from error
    try:
        yield
    finally:
        with suppress(OSError):
            lock.unlink()


def append_line(path: Path, line: str) -> None:
    """Add a line to a file, whole or not at all; `alone` keeps others off meanwhile.

    Raises:
        StorageFull, CaseError: as `write_whole`.
    """
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    gap = "" if not before or before.endswith("\n") else "\n"
    write_whole(path, f"{before}{gap}{line}\n")
