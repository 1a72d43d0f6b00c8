r"""Text files made ready for the database: UTF-8, one row a line, nothing that stops its reader.

A file that is so already is read where it lies. Any other is written once, line by line, into a
working folder: cells parted by `\x1f`, and behind the last the number of the line where the row
begins. What cannot be a row keeps its place there as a line that begins with `\x1a`, its reason and
its beginning, so that the lines that went in are the rows and the faults that come out.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np

from inconcert.read.events.unpacking import Limits, Source

CELL, FAULT = b"\x1f", b"\x1a"
MOST_LINE = 1_500_000
"""Most bytes of one line."""

_MOST_LINES_OF_A_ROW = 200
_SHOWN = 500
_CHUNK = 1 << 19
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
TOO_LONG = "line too long"
NOT_CLOSED = "quotation mark never closed"
NOT_TEXT = "not text (NUL byte)"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How cells are parted in a file.

    Attributes:
        delimiter, quote: one character each; an empty quote: none is known.
        skip: lines before the first row, its head line among them.
        encoding: stated, or empty: told by the bytes, line by line.
        width: cells of a row, where they are known; tells a quotation over lines from a slip.
    """

    delimiter: str
    quote: str
    skip: int
    encoding: str = ""
    width: int = 0


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file ready to be read.

    Attributes:
        lines: lines that hold something, the skipped ones left out.
        is_copy: written anew, with the number of the line at the end of each.
        recoded: lines that were not UTF-8 and were read as Windows-1252.
    """

    path: Path
    lines: int
    is_copy: bool
    recoded: int = 0


def prepare(source: Source, dialect: Dialect, copy: Path, limits: Limits) -> Prepared:
    """Make a text file ready.

    Args:
        copy: where it is written, if it must be.

    Raises:
        OSError: it cannot be read or written; the errors of `unpacking.DAMAGED`.
        UnreadableDocument: it gives more than the limits.
    """
    if source.packing == "plain" and not dialect.quote and not dialect.encoding:
        lines = _lines_if_clean(source.path, dialect.skip)
        if lines is not None:
            return Prepared(source.path, lines, is_copy=False)
    with source.opened(limits) as stream, copy.open("wb") as out:
        return _written(_as_utf8(stream, dialect.encoding), dialect, copy, out)


def head_lines(head: bytes, encoding: str, most: int = 60) -> list[str]:
    """The first whole lines as text, roughly."""
    codec = next((name for mark, name in _BOMS if head.startswith(mark)), encoding or "utf-8")
    text = head.decode(codec, errors="replace").lstrip("\ufeff")
    lines = text.splitlines()
    if len(head) > 200_000 and len(lines) > 1:
        lines = lines[:-1]
    return [line for line in lines[: most * 3] if line.strip()][:most]


# -- plain files


def _lines_if_clean(path: Path, skip: int) -> int | None:
    """Number of lines after the skipped ones; None where the file has to be written anew."""
    lines, before, decoder = 0, b"\n", codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            found = chunk.count(b"\n")
            if not found and len(chunk) == _CHUNK:
                return None
            if b"\r" in chunk or b"\0" in chunk or CELL in chunk or FAULT in chunk:
                return None
            if _has_empty_line(chunk) or (
                before == b"\n" and chunk.startswith((b"\n", codecs.BOM_UTF8))
            ):
                return None
            if not chunk.isascii() or decoder.getstate()[0]:
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    return None
            lines, before = lines + found, chunk[-1:]
    if decoder.getstate()[0]:
        return None
    return max(lines + (before != b"\n") - skip, 0)


def _has_empty_line(chunk: bytes) -> bool:
    """Whether two ends of lines follow each other; three times as quick as to search for both."""
    ends = np.flatnonzero(np.frombuffer(chunk, np.uint8) == ord(b"\n"))
    return bool((np.diff(ends) == 1).any())


# -- copies


def _as_utf8(stream: BinaryIO, encoding: str) -> BinaryIO:
    """The stream; recoded where its mark or the layout names another encoding than UTF-8."""
    head = stream.read(4)
    codec = next((name for mark, name in _BOMS if head.startswith(mark)), encoding)
    rest = cast("BinaryIO", io.BufferedReader(_Joined(head, stream), buffer_size=1 << 20))
    if not codec or codecs.lookup(codec).name == "utf-8":
        return rest
    decoded = io.TextIOWrapper(rest, encoding=codec, errors="replace", newline="")
    return cast("BinaryIO", io.BufferedReader(_Recoded(decoded), buffer_size=1 << 20))


class _Joined(io.RawIOBase):
    """A stream whose first bytes were read ahead."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        part = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


class _Recoded(io.RawIOBase):
    """Text as UTF-8 bytes."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text, self._left = text, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._left:
            part = self._text.read(65_536)
            if not part:
                return 0
            self._left = part.encode("utf-8", errors="replace")
        part_bytes = self._left[: len(buffer)]
        self._left = self._left[len(part_bytes) :]
        buffer[: len(part_bytes)] = part_bytes
        return len(part_bytes)


def _written(stream: BinaryIO, dialect: Dialect, path: Path, out: BinaryIO) -> Prepared:
    lines = 0
    reading = _Lines(stream)
    cut = _cut_quoted if dialect.quote else _cut_plain
    for number, row in cut(reading, dialect):
        out.write(row + CELL + b"%d\n" % number)
        lines += 1
    return Prepared(path, lines, is_copy=True, recoded=reading.recoded)


class _Lines:
    """Numbered lines that hold something, without their ends, in UTF-8."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self.number, self.recoded = stream, 0, 0
        self._back: list[tuple[int, bytes]] = []

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        while True:
            if self._back:
                yield self._back.pop()
                continue
            line = self._stream.readline(MOST_LINE + 1)
            if not line:
                return
            self.number += 1
            if len(line) > MOST_LINE:
                while line[-1:] != b"\n" and (more := self._stream.readline(MOST_LINE)):
                    line = line[:_SHOWN] + more[-1:]
                yield self.number, _fault(TOO_LONG, line)
            elif (made := self._made(line)).strip():
                yield self.number, made

    def put_back(self, lines: list[tuple[int, bytes]]) -> None:
        """Lines that are to be read again, in their order."""
        self._back.extend(reversed(lines))

    def _made(self, line: bytes) -> bytes:
        line = line.rstrip(b"\r\n")
        if self.number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        if b"\0" in line:
            return _fault(NOT_TEXT, line)
        if line.startswith(FAULT):
            line = b" " + line[1:]
        if line.isascii():
            return line
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            self.recoded += 1
            return line.decode("cp1252", errors="replace").encode("utf-8")
        return line


def _fault(reason: str, line: bytes) -> bytes:
    shown = line[:_SHOWN].decode("utf-8", errors="replace").replace("\0", "\ufffd")
    shown = shown.replace("\x1f", " ").replace("\n", " ").replace("\r", " ")
    return FAULT + reason.encode() + CELL + shown.encode("utf-8")


def _cut_plain(reading: _Lines, dialect: Dialect) -> Iterator[tuple[int, bytes]]:
    mark = dialect.delimiter.encode()
    for rows, (number, line) in enumerate(reading):
        if rows >= dialect.skip:
            yield number, line if line.startswith(FAULT) else _parted(line, mark)


def _parted(line: bytes, mark: bytes) -> bytes:
    if CELL in line:
        line = line.replace(CELL, b" ")
    return line.replace(b"\r", b" ").replace(mark, CELL)


def _cut_quoted(reading: _Lines, dialect: Dialect) -> Iterator[tuple[int, bytes]]:
    """Rows of a file with quoted cells; a row may go over several lines."""
    mark, quote = dialect.delimiter.encode(), dialect.quote.encode()
    lines = iter(reading)
    for rows, (number, line) in enumerate(lines):
        if line.startswith(FAULT):
            row = line
        elif quote not in line:
            row = _parted(line, mark)
        else:
            row = _parsed(_whole_row(number, line, lines, quote), reading, dialect)
        if rows >= dialect.skip:
            yield number, row


def _whole_row(
    number: int, line: bytes, lines: Iterator[tuple[int, bytes]], quote: bytes
) -> list[tuple[int, bytes]]:
    """The lines up to the one where the quotation is closed, or as many as a row may have."""
    found, size, is_open = [(number, line)], len(line), line.count(quote) % 2
    while is_open and len(found) < _MOST_LINES_OF_A_ROW and size < MOST_LINE:
        more = next(lines, None)
        if more is None:
            break
        found.append(more)
        size += len(more[1])
        is_open ^= more[1].count(quote) % 2
    return found


def _parsed(found: list[tuple[int, bytes]], reading: _Lines, dialect: Dialect) -> bytes:
    """The cells of a row. Lines that make none are read again, all but the first."""
    first, row = found[0][1], b" ".join(line for _, line in found)
    is_open = row.count(dialect.quote.encode()) % 2 == 1
    try:
        text = row.decode("utf-8")
        cells = next(csv.reader([text], delimiter=dialect.delimiter, quotechar=dialect.quote), [])
    except csv.Error as error:
        reading.put_back(found[1:])
        return _fault(f"not a row: {error}", first)
    if is_open or (len(found) > 1 and dialect.width and len(cells) != dialect.width):
        reading.put_back(found[1:])
        return _fault(NOT_CLOSED, first)
    clean = [cell.replace("\x1f", " ").replace("\n", " ").replace("\r", " ") for cell in cells]
    joined = "\x1f".join(clean).encode("utf-8")
    return b" " + joined[1:] if joined.startswith(FAULT) else joined
