"""Files at a place: walked in order, opened, unpacked within bounds."""

from __future__ import annotations

import gzip
import io
import os
import stat
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

from inconcert.core.provenance import LeftOut
from inconcert.errors import UnreadableDocument
from inconcert.read.item import Material

STANDARD_INPUT = "-"
HEAD_BYTES = 65_536
"""Bytes looked at to tell kind and encoding."""

UNPACKED_FREELY = 64_000_000
"""Bytes that a packed file may give before its ratio is asked for."""

MOST_RATIO = 200
"""Text packs 3 to 50 times; a file that gives more was made to fill memory or disk."""

CASE_DATABASE = "inconcert.duckdb"
KEPT_BY_A_CASE = frozenset(
    {"case.toml", "actors.toml", "actors.log.jsonl", "anchors.toml", "briefs", "events"}
    | {CASE_DATABASE, f"{CASE_DATABASE}.wal"}
)

_GZIP_MARK = b"\x1f\x8b"


def require_places(places: Sequence[str | Path]) -> None:
    """Make sure that every place exists, before anything is read.

    Raises:
        UnreadableDocument: a place does not exist.
    """
    for place in places:
        if str(place) != STANDARD_INPUT and not os.path.lexists(place):
            raise UnreadableDocument(
                "no such file or folder",
                where=str(place),
                advice="Check the spelling, and from which folder the command is run.",
            )


def files_at(
    place: str | Path, *, recursive: bool, left_out: Callable[[LeftOut], None]
) -> Iterator[str]:
    """Names of the files at a place in sorted order.

    Hidden files are passed over, and so is what a case keeps for itself: its settings, its
    database and its briefs, which would otherwise be read as if they were documents. A file named
    outright is taken as it is, be it hidden, a pipe or standard input.
    """
    if str(place) == STANDARD_INPUT or not Path(place).is_dir():
        yield str(place)
        return
    try:
        entries = sorted(os.scandir(place), key=lambda entry: entry.name)
    except OSError as error:
        left_out(_closed(str(place), error))
        return
    is_case = any(entry.name == CASE_DATABASE for entry in entries)
    for entry in entries:
        if entry.name.startswith(".") or (is_case and entry.name in KEPT_BY_A_CASE):
            continue
        try:
            mode = entry.stat().st_mode
            is_link = entry.is_symlink()
        except OSError as error:
            left_out(_closed(entry.path, error))
            continue
        if stat.S_ISREG(mode):
            yield entry.path
        elif not stat.S_ISDIR(mode):
            left_out(LeftOut(entry.path, "not a file", "A device or pipe; name it outright."))
        elif recursive and not is_link:  # a linked folder may lead back here
            yield from files_at(entry.path, recursive=recursive, left_out=left_out)
        else:
            why = "A linked folder; name it outright." if is_link else "Folders are not entered."
            left_out(LeftOut(entry.path, "folder not entered", why))


@contextmanager
def opened(place: str) -> Iterator[Material]:
    """Open a file or standard input, unpacked if packed, with its head read ahead.

    Raises:
        OSError: the file cannot be opened or read.
        UnreadableDocument: standard input is closed; or, while reading, a packed file gives more
            than its bounds.
    """
    if place == STANDARD_INPUT:
        if sys.stdin is None:
            raise UnreadableDocument(
                "standard input is closed",
                where="standard input",
                advice="Pipe something in, or name files.",
            )
        yield _material("standard input", "", sys.stdin.buffer)
        return
    with Path(place).open("rb") as file:
        yield _material(place, Path(place).name, file, path=Path(place))


def inside(
    outer: Material, place: str, name: str, content: bytes | BinaryIO, *, url: str | None = None
) -> Material | LeftOut:
    """What was found inside a material, one deeper; unpacked if packed. Or why it cannot be.

    Args:
        outer: the archive, message or crawl in which it was found.
        place: as shown to the reader.
        name: file name; empty where there is none.
        content: its bytes, or a stream of them.
        url: where it was published, if known.
    """
    stream = io.BytesIO(content) if isinstance(content, bytes) else content
    try:
        return replace(_material(place, name, stream), url=url, depth=outer.depth + 1)
    except UnreadableDocument as error:
        return LeftOut(error.where, error.what, error.advice)
    except (OSError, EOFError, zlib.error) as error:
        return failed(place, error, items=0)


def failed(place: str, error: OSError | EOFError | zlib.error, *, items: int) -> LeftOut:
    """Why a file could not be read, or not to its end."""
    before = f"{items} items before that were read; get the file again." if items else ""
    if isinstance(error, EOFError | zlib.error | gzip.BadGzipFile):
        return LeftOut(place, "damaged", f"The packed file breaks off: {error}. {before}".strip())
    return _closed(place, error, before)


def _closed(place: str, error: OSError, more: str = "") -> LeftOut:
    advice = more or "Check the permissions of the file and of its folder."
    return LeftOut(place, "cannot be opened", f"{error.strerror or error}. {advice}")


def _material(place: str, name: str, file: BinaryIO, *, path: Path | None = None) -> Material:
    packed = _Rejoined(_read_up_to(file, HEAD_BYTES), file)
    if not packed.head.startswith(_GZIP_MARK):
        return replace(_with_head(place, name, packed), path=path)
    inner = name[:-3] if name.lower().endswith(".gz") else name
    unpacked = _Unpacked(place, packed)
    return _with_head(
        place, inner, _Rejoined(_read_up_to(unpacked, HEAD_BYTES), cast("BinaryIO", unpacked))
    )


def _with_head(place: str, name: str, stream: _Rejoined) -> Material:
    buffered = io.BufferedReader(stream, buffer_size=HEAD_BYTES)
    return Material(place, name, stream.head, len(stream.head) < HEAD_BYTES, buffered)


def _read_up_to(file: BinaryIO | io.RawIOBase, size: int) -> bytes:
    """Read until `size` bytes or the end; a pipe may hand out less at a time.

    A packed file that breaks off gives what it holds first, and its fault to who reads on.
    """
    parts: list[bytes] = []
    try:
        while size and (part := file.read(size)):
            parts.append(part)
            size -= len(part)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        if not parts:
            raise
    return b"".join(parts)


class _Rejoined(io.RawIOBase):
    """A stream whose first bytes were read ahead, put together again."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self.head, self._at, self._rest = head, 0, rest
        self.taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        part = self.head[self._at : self._at + len(buffer)]
        self._at += len(part)
        if not part:
            part = self._rest.read(len(buffer)) or b""
        buffer[: len(part)] = part
        self.taken += len(part)
        return len(part)


class _Unpacked(io.RawIOBase):
    """The content of a gzip stream, within bounds."""

    def __init__(self, place: str, packed: _Rejoined) -> None:
        self._place, self._packed, self._given = place, packed, 0
        self._fault: EOFError | zlib.error | gzip.BadGzipFile | None = None
        self._gzip = gzip.GzipFile(fileobj=io.BufferedReader(packed), mode="rb")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._fault is not None:
            raise self._fault
        try:
            # One piece at a time: `read` would lose the pieces before the fault.
            part = self._gzip.read1(len(buffer))
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            self._fault = error
            raise
        buffer[: len(part)] = part
        self._given += len(part)
        if self._given > max(UNPACKED_FREELY, MOST_RATIO * self._packed.taken):
            raise UnreadableDocument(
                "packed too tightly",
                where=self._place,
                advice=f"{self._packed.taken:,} bytes unpack to more than {self._given:,}; "
                "no text does. Unpack it yourself if you trust it.",
            )
        return len(part)
