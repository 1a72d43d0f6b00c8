"""ZIP files: a Word or OpenDocument text, or an archive of files to be read each for itself."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, BinaryIO, cast

from inconcert.core.provenance import LeftOut
from inconcert.errors import UnreadableDocument
from inconcert.read.docx import read_docx, read_odt
from inconcert.read.item import Item, Material
from inconcert.read.places import MOST_RATIO, UNPACKED_FREELY, inside
from inconcert.read.settings import ReadSettings

MOST_FILES = 100_000
MOST_DEPTH = 2
"""An archive in a message or in an archive is opened; one in that is not."""

_OTHER_OFFICE = (
    ("xl/", "an Excel workbook", "save the sheet as CSV"),
    ("ppt/", "a PowerPoint file", "save its text as .txt"),
    ("META-INF/container.xml", "an EPUB book", "save its text as .txt or .html"),
)
_ENCRYPTED = 0x1
_HIDDEN = re.compile(r"(?:^|/)(?:\.|__MACOSX/)")


def read_zip(material: Material, settings: ReadSettings) -> Iterator[Item | LeftOut | Material]:
    """The document that the ZIP file is, or the files in it in order of their names.

    Raises:
        UnreadableDocument: damaged, made to fill memory, or an office document that holds no text.
    """
    archive = _opened(material, settings)
    try:
        names = archive.namelist()
        if "word/document.xml" in names:
            yield from read_docx(material, archive, settings)
        elif _is_open_document(archive, names):
            yield from read_odt(material, archive, settings)
        else:
            for mark, kind, advice in _OTHER_OFFICE:
                if any(name.startswith(mark) for name in names):
                    raise UnreadableDocument(
                        "kind not read", where=material.place, advice=f"It is {kind}; {advice}."
                    )
            yield from _files(material, archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _damaged(material, error) from error
    finally:
        archive.close()


def _opened(material: Material, settings: ReadSettings) -> zipfile.ZipFile:
    """Open the archive and hold it against what no honest one is."""
    if material.depth >= MOST_DEPTH:
        raise UnreadableDocument(
            "archive in archives",
            where=material.place,
            advice=f"It lies {material.depth} archives deep; unpack the outer one.",
        )
    if material.path is not None and material.path.is_file():  # a pipe cannot be read twice
        size, source = material.path.stat().st_size, str(material.path)
        file: str | BinaryIO = source
    else:
        data = material.everything(settings.max_bytes)
        size, file = len(data), io.BytesIO(data)
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError) as error:
        raise _damaged(material, error) from error
    entries = archive.infolist()
    # Files that share their bytes are how a small archive comes to hold more than the disk.
    if sum(entry.compress_size for entry in entries) > size or len(entries) > MOST_FILES:
        archive.close()
        raise UnreadableDocument(
            "packed too tightly",
            where=material.place,
            advice=f"{size:,} bytes claim to hold {len(entries):,} files that overlap or are too "
            "many. Unpack it yourself if you trust it.",
        )
    return archive


def _is_open_document(archive: zipfile.ZipFile, names: list[str]) -> bool:
    if "content.xml" not in names or "mimetype" not in names:
        return False
    with archive.open("mimetype") as file:
        return file.read(60).startswith(b"application/vnd.oasis.opendocument.text")


def _files(material: Material, archive: zipfile.ZipFile) -> Iterator[LeftOut | Material]:
    entries = sorted(archive.infolist(), key=lambda entry: entry.filename)
    is_any = False
    for entry in entries:
        if not entry.filename:
            yield LeftOut(material.place, "damaged", "A file in it has no name.")
            continue
        if entry.is_dir() or _HIDDEN.search(entry.filename):
            continue
        is_any = True
        place = f"{material.place}/{entry.filename}"
        if entry.flag_bits & _ENCRYPTED:
            yield LeftOut(place, "encrypted", "Locked with a password; unpack it yourself.")
            continue
        if not entry.file_size:
            yield LeftOut(place, "empty", "Nothing in it (0 bytes).")
            continue
        with archive.open(entry) as file:
            stream = cast("BinaryIO", _Bounded(file, place, entry.compress_size))
            yield inside(material, place, entry.filename.rpartition("/")[2], stream)
    if not is_any:
        yield LeftOut(material.place, "empty", "An archive without files.")


def _damaged(material: Material, error: Exception) -> UnreadableDocument:
    return UnreadableDocument(
        "damaged",
        where=material.place,
        advice=f"The ZIP file or office document cannot be opened: {error}. Get it again.",
    )


class _Bounded(io.RawIOBase):
    """A packed file as it is unpacked, within bounds; what its head claims is not believed."""

    def __init__(self, file: IO[bytes], place: str, packed: int) -> None:
        self._file, self._place, self._packed, self._given = file, place, packed, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            part = self._file.read(len(buffer))
        except zipfile.BadZipFile as error:
            raise UnreadableDocument(
                "damaged", where=self._place, advice=f"{error}. Get the archive again."
            ) from error
        buffer[: len(part)] = part
        self._given += len(part)
        if self._given > max(UNPACKED_FREELY, MOST_RATIO * self._packed):
            raise UnreadableDocument(
                "packed too tightly",
                where=self._place,
                advice=f"{self._packed:,} bytes unpack to more than {self._given:,}; "
                "no text does. Unpack it yourself if you trust it.",
            )
        return len(part)
