"""Files of a lake: written aside, made safe on the disk, then named."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from inconcert.errors import CaseDamaged, StorageFull
from inconcert.store.faults import told_plainly

WORK = "work"
"""Folder, beside the trees, for what is not finished; the next writer empties it."""

LOST = "a file of rows cannot be read"
"""What is said where a file of rows is gone or broken."""

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def sha256_of(path: Path) -> str:
    """The hash of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def make_safe(path: Path) -> None:
    """Have the system write a file, or the names in a folder, to the disk."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if os.name != "nt" or path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def give_name(fresh: Path, path: Path) -> None:
    """Move a complete file to its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh.replace(path)


def empty_folder(folder: Path) -> None:
    """Remove all that lies in a folder, if it is there."""
    for path in sorted(folder.rglob("*"), key=lambda each: -len(each.parts)):
        with suppress(FileNotFoundError):
            path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()


def part_files(folder: Path) -> Iterator[str]:
    """Paths of all files of rows below a folder of a lake, with `/`."""
    for path in folder.glob("*/**/part-*.parquet"):
        inside = path.relative_to(folder)
        if inside.parts[0] != WORK:
            yield inside.as_posix()


@contextmanager
def told_of_disk(path: Path) -> Iterator[None]:
    """Raise what the disk or the database complains of inside as one of our errors.

    Raises:
        StorageFull: the disk holds no more.
        CaseDamaged: a file of rows is gone or broken.
    """
    try:
        with told_plainly(path):
            yield
    except OSError as error:
        if error.errno in _FULL:
            raise StorageFull(
                "the disk holds no more",
                where=str(path),
                advice="Finished batches stand. Make room and run the same command again.",
            ) from error
        raise
    except (duckdb.IOException, duckdb.InvalidInputException) as error:
        if isinstance(error, duckdb.InvalidInputException) and LOST not in str(error):
            raise
        raise CaseDamaged(
            f"{LOST}: {str(error).partition(chr(10))[0].rpartition(f'{LOST}: ')[2]}",
            where=str(path),
            advice="Run `inconcert store check`; put a copy back.",
        ) from error
