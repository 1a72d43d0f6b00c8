"""Files as they lie there, packed or not, as streams of bytes within bounds."""

from __future__ import annotations

import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from inconcert.errors import UnreadableDocument

HEAD_BYTES = 262_144
"""Bytes looked at to tell what a file is."""

_GZIP, _ZIP, _EMPTY_ZIP = b"\x1f\x8b", b"PK\x03\x04", b"PK\x05\x06"
_OTHERS = (
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"(\xb5/\xfd", "Zstandard"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"Rar!", "RAR"),
)
_PARQUET = b"PAR1"
DAMAGED = (
    EOFError,
    zlib.error,
    lzma.LZMAError,
    gzip.BadGzipFile,
    zipfile.BadZipFile,
    UnicodeDecodeError,  # names inside an archive
    NotImplementedError,  # a way of packing inside a zip that Python does not know
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a packed file may give.

    Attributes:
        freely: bytes that it may give before its ratio is asked for.
        ratio: most bytes out for one byte in.
        most: most bytes of one unpacked file.
        members: most files in one archive.
    """

    freely: int = 64_000_000
    ratio: int = 200
    most: int = 200_000_000_000
    members: int = 10_000


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or one member of an archive.

    Attributes:
        path: the file.
        name: as shown to people: path, and `!member` for a part of an archive.
        packing: `plain`, `gzip` or `zip`.
        member: name inside the archive, empty for none.
    """

    path: Path
    name: str
    packing: str
    member: str = ""

    @contextmanager
    def opened(self, limits: Limits) -> Iterator[BinaryIO]:
        """The unpacked bytes.

        Raises:
            OSError: it cannot be opened.
            UnreadableDocument: it gives more than the limits, while it is read.
        """
        with self.path.open("rb") as file:
            if self.packing == "plain":
                yield file
            elif self.packing == "gzip":
                counted = _Counted(file)
                inner = gzip.GzipFile(fileobj=cast("BinaryIO", io.BufferedReader(counted)))
                yield _buffered(_Bounded(inner, self.name, lambda: counted.taken, limits))
            else:
                with zipfile.ZipFile(file) as archive:
                    info = archive.getinfo(self.member)
                    with archive.open(info) as member:
                        taken = max(info.compress_size, 1)
                        yield _buffered(_Bounded(member, self.name, lambda: taken, limits))

    def head(self, limits: Limits) -> bytes:
        """The first bytes.

        Raises:
            OSError: it cannot be opened; and the errors of `DAMAGED`.
        """
        with self.opened(limits) as stream:
            return stream.read(HEAD_BYTES)


def sources_of(path: Path, limits: Limits) -> Iterator[Source]:
    """The file itself, or the members of the archive that it is, by name.

    Raises:
        OSError: it cannot be opened.
        UnreadableDocument: packed in a way that is not read, locked, or of too many members.
    """
    with path.open("rb") as file:
        mark = file.read(8)
    for sign, what in _OTHERS:
        if mark.startswith(sign):
            raise UnreadableDocument(
                f"packed with {what}, which is not read",
                where=str(path),
                advice="Unpack it, or pack it as .gz or .zip.",
            )
    if mark.startswith(_GZIP):
        yield Source(path, str(path), "gzip")
    elif mark.startswith((_ZIP, _EMPTY_ZIP)):
        yield from _members(path, limits)
    else:
        yield Source(path, str(path), "plain")


def is_parquet(head: bytes) -> bool:
    """Whether the bytes begin a Parquet file."""
    return head.startswith(_PARQUET)


def _members(path: Path, limits: Limits) -> Iterator[Source]:
    with zipfile.ZipFile(path) as archive:
        named = [info for info in archive.infolist() if info.filename and not info.is_dir()]
    infos = [info for info in named if not _is_hidden(info.filename)]
    if not infos:
        raise UnreadableDocument(
            "an archive without files", where=str(path), advice="Pack the files again."
        )
    if len(infos) > limits.members:
        raise UnreadableDocument(
            f"{len(infos):,} files in one archive",
            where=str(path),
            advice=f"Unpack it and name the folder; more than {limits.members:,} are not taken.",
        )
    for info in sorted(infos, key=lambda info: info.filename):
        name = f"{path}!{info.filename}"
        if info.flag_bits & 1:
            raise UnreadableDocument(
                "locked with a password", where=name, advice="Unpack it with the password first."
            )
        yield Source(path, name, "zip", info.filename)


def _is_hidden(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rsplit("/", maxsplit=1)[-1][:1] == "."


class _Counted(io.RawIOBase):
    """A stream that knows how much was taken from it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.taken = file, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        part = self._file.read(len(buffer))
        buffer[: len(part)] = part
        self.taken += len(part)
        return len(part)


class _Bounded(io.RawIOBase):
    """A stream of unpacked bytes that ends with an error where it grows out of bounds."""

    def __init__(
        self,
        stream: object,
        name: str,
        taken: Callable[[], int],
        limits: Limits,
    ) -> None:
        self._stream = cast("BinaryIO", stream)
        self._name, self._taken, self._limits = name, taken, limits
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        part = self._stream.read(len(buffer))
        buffer[: len(part)] = part
        self._given += len(part)
        taken = self._taken()
        allowed = min(max(self._limits.freely, self._limits.ratio * taken), self._limits.most)
        if self._given > allowed:
            raise UnreadableDocument(
                "packed too tightly",
                where=self._name,
                advice=f"{taken:,} bytes unpack to more than {self._given:,}; no dataset does. "
                "Unpack it yourself if you trust it.",
            )
        return len(part)


def _buffered(stream: io.RawIOBase) -> BinaryIO:
    return cast("BinaryIO", io.BufferedReader(stream, buffer_size=1 << 20))
