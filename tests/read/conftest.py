from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from inconcert.core.document import Document
from inconcert.core.provenance import LeftOut
from inconcert.read import ReadSettings, read_documents


@dataclass(frozen=True)
class Reading:
    documents: list[Document]
    left_out: list[LeftOut]

    @property
    def only(self) -> Document:
        assert len(self.documents) == 1, (self.documents, self.left_out)
        return self.documents[0]

    @property
    def reasons(self) -> list[str]:
        return [item.reason for item in self.left_out]


Read = Callable[..., Reading]


@pytest.fixture
def read() -> Read:
    """Read places with settings given as keywords."""

    def run(*places: str | Path, **settings: object) -> Reading:
        left_out: list[LeftOut] = []
        documents = list(
            read_documents(
                places,
                settings=ReadSettings(**settings),
                left_out=left_out.append,
            )
        )
        return Reading(documents, left_out)

    return run


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Write a file, characters as UTF-8, and give its path."""

    def run(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return run


Lines = list[tuple[float, float, float, str]]


_PICTURE = (
    b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
    b"/BitsPerComponent 8 /Length 1 >>\nstream\n\x80\nendstream"
)


def _pdf(
    pages: list[Lines], *, title: str = "", picture: bool = False, is_locked: bool = False
) -> bytes:
    """A PDF whose pages are lines `(x, y, size, words)`; pages without lines may hold a picture."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        _PICTURE,
        b"<< /Title (" + title.encode("cp1252") + b") >>",
    ]
    kids = []
    for lines in pages:
        body = b"".join(
            b"BT /F1 %g Tf %g %g Td (%s) Tj ET\n"
            % (size, x, y, re.sub(rb"([\\()])", rb"\\\1", words.encode("cp1252")))
            for x, y, size, words in lines
        )
        if picture and not lines:
            body = b"q 500 0 0 700 40 40 cm /P Do Q\n"
        objects.append(b"<< /Length %d >>\nstream\n%sendstream" % (len(body), body))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 "
            b"R >> /XObject << /P 4 0 R >> >> /Contents %d 0 R >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    lock = b""
    if is_locked:
        keys = b"/O <" + b"ab" * 32 + b"> /U <" + b"cd" * 32 + b">"
        objects.append(b"<< /Filter /Standard /V 1 /R 2 /P -4 " + keys + b" >>")
        lock = b"/Encrypt %d 0 R /ID [<00> <00>]" % len(objects)
    out = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
    return out + (
        b"trailer << /Size %d /Root 1 0 R /Info 5 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, lock, start)
    )


@pytest.fixture
def pdf() -> Callable[..., bytes]:
    """Make a PDF file."""
    return _pdf


def _zipped(files: dict[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.fixture
def zipped() -> Callable[[dict[str, str | bytes]], bytes]:
    """Make a ZIP file of names and contents."""
    return _zipped


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _docx(*paragraphs: str, title: str = "", **files: str | bytes) -> bytes:
    """A Word file; a paragraph that begins with `<` is taken as markup."""
    body = "".join(
        words if words.startswith("<") else f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"
        for words in paragraphs
    )
    about = (
        '<cp:coreProperties xmlns:cp="x" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title></cp:coreProperties>"
    )
    return _zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            "docProps/core.xml": about,
            **files,
        }
    )


@pytest.fixture
def docx() -> Callable[..., bytes]:
    """Make a Word file."""
    return _docx


def _record(kind: str, content: bytes, *, url: str = "", type: str = "text/html") -> bytes:  # noqa: A002
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: 2023-01-01T00:00:00Z\r\nContent-Type: {type}\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


@pytest.fixture
def record() -> Callable[..., bytes]:
    """Make a record of a WARC file."""
    return _record
