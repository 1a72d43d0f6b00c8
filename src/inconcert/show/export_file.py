"""Files that take their name only when they are whole, and a count of what went into them."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from inconcert.errors import BadInput, BadQuestion, StorageFull

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Exported(NamedTuple):
    """How many records were written, and how many were left out."""

    written: int
    left_out: int


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A file beside the wanted one, which takes its name when all went well.

    Raises:
        StorageFull: no room; a file that was there stands as it was.
        BadInput: the file cannot be written here.
    """
    fresh = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield fresh
        fresh.replace(path)
    except OSError as error:
        if error.errno in _FULL:
            raise StorageFull(
                "the disk holds no more",
                where=str(path),
                advice="Nothing half-written was kept. Make room and export again.",
            ) from error
        raise BadInput(
            f"the file cannot be written: {error.strerror or error}",
            where=str(path),
            advice="Choose a folder that exists and in which you may write.",
        ) from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def require_suffix(path: Path, allowed: tuple[str, ...], what: str) -> None:
    """Refuse a name that does not end as files of its kind do.

    Raises:
        BadQuestion: it ends otherwise.
    """
    if path.suffix.lower() not in allowed:
        raise BadQuestion(
            f"{what} is not written to files like {path.name!r}",
            where=str(path),
            advice=f"End the name in {', '.join(allowed)}.",
        )


def is_text(value: object) -> bool:
    """Whether all characters in a value of JSON can be written as UTF-8.

    Halves of surrogate pairs, which a damaged page may hold, stand for nothing and cannot.
    """
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
