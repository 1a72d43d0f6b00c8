"""Files and folders of a case: written whole or not at all, and faults told plainly."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from inconcert.errors import CaseError, StorageFull

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
