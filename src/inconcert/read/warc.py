"""Crawls: WARC files, plain or packed; every page that was answered is a document.

The frame of a WARC file is simple: a head that says how long the block is, and the block. It is
read here as a stream, so that a crawl of any size takes the memory of one page, and a file that
breaks off says so. The day of the crawl is not the day of publication and is not taken for it.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import urlsplit

from inconcert.core.provenance import LeftOut
from inconcert.errors import UnreadableDocument
from inconcert.read.encoding import find_encoding
from inconcert.read.item import KEPT, Item, Material
from inconcert.read.places import MOST_RATIO, inside
from inconcert.read.settings import ReadSettings

LONGEST_LINE = 65_536
MOST_LINES = 500
_CHUNK = 1 << 16
_READ = frozenset({"response", "resource", "conversion"})
_PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
_OTHERS = frozenset(
    {
        "application/pdf",
        "application/rtf",
        "text/rtf",
        "application/rss+xml",
        "application/atom+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.oasis.opendocument.text",
    }
)
_OK = "200"
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_STATED = re.compile(rb"<meta[^>]{0,200}?charset", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a server answered, unpacked."""

    status: str
    about: Mapping[str, str]
    content: bytes


def read_warc(material: Material, settings: ReadSettings) -> Iterator[Item | LeftOut | Material]:
    """The pages of a crawl. Places are `file.warc:N`, the N-th record.

    Raises:
        UnreadableDocument: what stands where a record should begin is none.
    """
    passed: Counter[str] = Counter()
    number, is_any = 0, False
    while (head := _head(material.stream, material.place, number + 1)) is not None:
        number += 1
        place = f"{material.place}:{number}"
        size = _size(head, place)
        kind = head.get("warc-type", "").lower()
        if kind not in _READ or size > settings.max_bytes:
            is_whole = _pass_over(material.stream, size)
            if kind in _READ:
                yield LeftOut(place, "too large", f"A record of {size:,} bytes; passed over.")
            elif kind == "revisit":
                passed["pages that had not changed"] += 1
        else:
            block = material.stream.read(size)
            is_whole = len(block) == size
            if is_whole:
                found = _found(material, head, block, place, settings)
                is_any = is_any or isinstance(found, Material)
                if isinstance(found, str):
                    passed[found] += 1
                else:
                    yield found
        if not is_whole:
            yield LeftOut(
                place, "cut short", "The file breaks off inside this record; get it again."
            )
            return
    yield from _account(passed, material.place, is_any=is_any)


def _account(passed: Counter[str], place: str, *, is_any: bool) -> Iterator[LeftOut]:
    """What was no page, counted; a crawl has a hundred pictures for each."""
    if passed or not is_any:
        counted = ", ".join(f"{count} {what}" for what, count in passed.most_common(12))
        yield LeftOut(
            place,
            f"records without a page {KEPT}" if is_any else "no pages",
            f"Passed over: {counted}." if counted else "No record in it is a page.",
        )


def _head(stream: BinaryIO, place: str, number: int) -> dict[str, str] | None:
    """The head of the next record; None at the end of the file."""
    line = stream.readline(LONGEST_LINE)
    while line and not line.strip():
        line = stream.readline(LONGEST_LINE)
    if not line:
        return None
    if not line.startswith(b"WARC/"):
        raise UnreadableDocument(
            "damaged",
            where=f"{place}:{number}",
            advice=f"No record begins where the {number}. should; those before it were read.",
        )
    about: dict[str, str] = {}
    for _ in range(MOST_LINES):
        line = stream.readline(LONGEST_LINE)
        if not line.strip():
            return about
        _note(about, line)
    raise UnreadableDocument(
        "damaged", where=f"{place}:{number}", advice="The head of this record does not end."
    )


def _note(about: dict[str, str], line: bytes) -> None:
    name, colon, value = line.decode("utf-8", "replace").partition(":")
    if colon:
        about.setdefault(name.strip().lower(), value.strip())


def _size(head: Mapping[str, str], place: str) -> int:
    stated = head.get("content-length", "")
    if not (stated.isascii() and stated.isdecimal()):
        raise UnreadableDocument(
            "damaged", where=place, advice="This record does not say how long it is."
        )
    return int(stated)


def _pass_over(stream: BinaryIO, size: int) -> bool:
    """Whether all of a block that is not wanted was there."""
    while size > 0:
        part = stream.read(min(size, _CHUNK))
        if not part:
            return False
        size -= len(part)
    return True


def _found(
    material: Material, head: Mapping[str, str], block: bytes, place: str, settings: ReadSettings
) -> Material | LeftOut | str:
    """The page of a record; or in a word what else it is, to be counted."""
    url = head.get("warc-target-uri", "").strip("<> ") or None
    stated = head.get("content-type", "")
    if stated.lower().replace(" ", "").startswith("application/http"):
        try:
            answer = _answer(block, settings.max_bytes)
        except (zlib.error, ValueError) as error:
            return LeftOut(place, "damaged", f"The answer cannot be unpacked: {error}.")
        if answer.status != _OK:
            return f"answers {answer.status}"
        content, stated = answer.content, answer.about.get("content-type", "")
    else:
        content = block
    kind = stated.partition(";")[0].strip().lower()
    kind = kind or head.get("warc-identified-payload-type", "").lower() or "unnamed kind"
    if kind not in _PAGES | _OTHERS:
        return kind
    if not content.strip():
        return "empty pages"
    charset = _CHARSET.search(stated)
    if kind in _PAGES and charset and not _STATED.search(content[:LONGEST_LINE]):
        content = _as_utf8(content, charset[1], place)
    # The day that many publishers put into the address stands where a file has its name.
    name = urlsplit(url).path.strip("/").replace("/", "-") if url else ""
    return inside(material, place, name[-200:], content, url=url)


def _as_utf8(content: bytes, charset: str, place: str) -> bytes:
    """A page whose encoding only the server states, in one that it shows itself."""
    try:
        codec = find_encoding(content, place=place, declared=charset).codec
        return "\ufeff".encode() + content.decode(codec).encode("utf-8")
    except (UnreadableDocument, UnicodeError):
        return content  # the reader of pages says what is the matter


def _answer(block: bytes, most: int) -> _Answer:
    """Head and content of an answer, put together and unpacked as its head says.

    Raises:
        ValueError: the content is not as the head says, or unpacks to too much.
        zlib.error: it is packed and damaged.
    """
    top, _, content = block.partition(b"\r\n\r\n")
    first, *lines = top.split(b"\r\n")
    about: dict[str, str] = {}
    for line in lines[:MOST_LINES]:
        _note(about, line)
    status = first.split()[1].decode("ascii", "replace") if len(first.split()) > 1 else "unknown"
    if status == _OK:
        if "chunked" in about.get("transfer-encoding", "").lower():
            content = _unchunked(content)
        for packing in reversed(about.get("content-encoding", "").lower().split(",")):
            content = _unpacked(content, packing.strip(), most)
    return _Answer(status, about, content)


def _unchunked(content: bytes) -> bytes:
    """Content sent in pieces; as it is where a crawler has already put them together."""
    parts: list[bytes] = []
    at = 0
    while True:
        end = content.find(b"\r\n", at)
        size = content[at:end].partition(b";")[0].strip() if end >= 0 else b""
        if not re.fullmatch(rb"[0-9A-Fa-f]{1,8}", size):
            return b"".join(parts) if parts else content
        length = int(size, 16)
        if length == 0:
            return b"".join(parts)
        parts.append(content[end + 2 : end + 2 + length])
        at = end + 2 + length + 2


def _unpacked(content: bytes, packing: str, most: int) -> bytes:
    if packing in ("", "identity") or not content:
        return content
    if packing in ("gzip", "x-gzip"):
        is_packed = content.startswith(b"\x1f\x8b")  # crawlers keep the head and unpack the page
        return _inflated(content, 31, most) if is_packed else content
    if packing == "deflate":
        is_bare = content[0] & 0x0F != 8
        return _inflated(content, -15 if is_bare else 15, most)
    if content.lstrip()[:1] == b"<":
        return content
    raise ValueError(f"packed as `{packing}`, which is not read")


def _inflated(content: bytes, window: int, most: int) -> bytes:
    unpacker = zlib.decompressobj(window)
    found = unpacker.decompress(content, most + 1)
    if len(found) > most or len(found) > max(10_000_000, MOST_RATIO * len(content)):
        raise ValueError("it unpacks to more than any page has")
    return found
