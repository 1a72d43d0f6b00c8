"""Which reader reads what: content decides, the name of the file only where content is mute."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath
from types import MappingProxyType

from inconcert.errors import UnreadableDocument
from inconcert.read.archives import read_zip
from inconcert.read.encoding import glimpse
from inconcert.read.exports import is_saved_page, read_saved_page, read_saved_text, vendor_of
from inconcert.read.feed import read_feed
from inconcert.read.html import read_html
from inconcert.read.item import Material, Reader
from inconcert.read.json_records import read_json, read_json_lines
from inconcert.read.mail import read_mailbox, read_message
from inconcert.read.office import read_old_office
from inconcert.read.pdf import read_pdf
from inconcert.read.rtf import read_rtf
from inconcert.read.table import read_table
from inconcert.read.text import read_markdown, read_text, split_front_matter
from inconcert.read.warc import read_warc

READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "text": read_text,
        "markdown": read_markdown,
        "html": read_html,
        "json lines": read_json_lines,
        "json": read_json,
        "table": read_table,
        "saved search": read_saved_text,
        "saved search page": read_saved_page,
        "feed": read_feed,
        "message": read_message,
        "mailbox": read_mailbox,
        "crawl": read_warc,
        "pdf": read_pdf,
        "zip": read_zip,
        "rtf": read_rtf,
        "old office": read_old_office,
    }
)

SUFFIXES: Mapping[str, str] = MappingProxyType(
    {
        ".txt": "text",
        ".text": "text",
        ".md": "markdown",
        ".markdown": "markdown",
        ".html": "html",
        ".htm": "html",
        ".xhtml": "html",
        ".jsonl": "json lines",
        ".ndjson": "json lines",
        ".json": "json",
        ".csv": "table",
        ".tsv": "table",
        ".tab": "table",
        ".eml": "message",
        ".mbox": "mailbox",
    }
)

_SIGNATURES = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"{\\rtf", "rtf"),
    (b"WARC/", "crawl"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old office"),
)
_LATE_PDF = re.compile(rb"%PDF-\d\.\d")
_PDF_WITHIN = 1_024
"""Bytes that readers of PDF allow before the mark, left there by mail programs and scripts."""

_FEED = re.compile(
    r"\s*(?:<\?xml[^>]{0,300}\?>\s*)?(?:<\?[^>]{0,300}\?>\s*|<!--(?:(?!-->).){0,2000}-->\s*"
    r"|<!DOCTYPE\s+rss[^>]{0,300}>\s*)*<(?:rss|feed|(?:rdf:)?RDF)\b",
    re.DOTALL,
)
_HEADER_LINES = re.compile(r"(?:[!-9;-~]+:[ \t]?.*\r?\n(?:[ \t]+.*\r?\n)*){2,}")
_HEADERS = re.compile(
    r"^(?P<name>from|to|subject|date|received|message-id|mime-version|return-path|delivered-to"
    r"|content-type|dkim-signature):",
    re.IGNORECASE | re.MULTILINE,
)
_ONLY_IN_MAIL = frozenset({"received", "message-id", "mime-version", "return-path", "delivered-to"})
_MAILBOX = re.compile(r"From \S.*\d{4}(?:[ \t]+[+-]\d{4})?[ \t]*\r?\n[!-9;-~]+:")

_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*)*<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"<[A-Za-z!/]")
_XML = re.compile(r"\s*<\?xml\b")
_OBJECT = re.compile(r'\s*\{[ \t]*"(?:[^"\\\r\n]|\\.)*"[ \t]*:')
_OBJECT_OVER_LINES = re.compile(r'\s*\{\s*"(?:[^"\\\r\n]|\\.)*"\s*:')
_ARRAY = re.compile(r"\s*\[\s*\{\s*\"")
_WHOLE_OBJECT_LINE = re.compile(r"\}\s*$")


def kind_of(material: Material) -> str:
    """A key of `READERS`.

    Raises:
        UnreadableDocument: it is not text, or XML that is no page.
    """
    signed = _signed(material.head)
    if signed:
        return signed
    named = SUFFIXES.get(PurePath(material.name.lower()).suffix)
    if named == "table":
        return named
    start = glimpse(material.head, place=material.place)
    if _PAGE.match(start):
        return "saved search page" if is_saved_page(start) else "html"
    if _FEED.match(start):
        return "feed"
    if _XML.match(start) and named != "html":
        raise UnreadableDocument(
            "kind not read",
            where=material.place,
            advice="XML that is no page; give pages, feeds, text, JSON lines or CSV.",
        )
    if _ARRAY.match(start):
        return "json"
    if _OBJECT_OVER_LINES.match(start):
        return _lines_or_one(start, named)
    if _MAILBOX.match(start):
        return "mailbox"
    if _is_message(start, named):
        return "message"
    if named in ("text", "markdown", None) and vendor_of(start):
        return "saved search"
    if named in ("text", None) and split_front_matter(start)[0]:
        return "markdown"
    if named == "html" and not _TAG.search(start):
        return "text"
    # A name alone makes no message.
    return "text" if named in ("message", "mailbox", None) else named


def _signed(head: bytes) -> str | None:
    """The kind that the first bytes sign for."""
    bare = head[:_PDF_WITHIN].removeprefix(b"\xef\xbb\xbf").lstrip()
    for mark, kind in _SIGNATURES:
        if bare.startswith(mark):
            return kind
    return "pdf" if _LATE_PDF.search(head[:_PDF_WITHIN]) and b"\0" in head else None


def _is_message(start: str, named: str | None) -> bool:
    """Whether text begins with the head of a message; a letter may begin `From: … To: …` too."""
    head = _HEADER_LINES.match(start)
    if head is None:
        return False
    names = {match["name"].lower() for match in _HEADERS.finditer(head[0])}
    return len(names) > 1 and (named == "message" or bool(names & _ONLY_IN_MAIL))


def _lines_or_one(start: str, named: str | None) -> str:
    """An object on a line of its own is JSON lines; one over many lines is JSON."""
    lines = start.lstrip().splitlines()
    is_line = bool(_OBJECT.match(lines[0])) and (
        len(lines) == 1 or bool(_WHOLE_OBJECT_LINE.search(lines[0]))
    )
    if is_line:
        return "json lines"
    return "json lines" if named == "json lines" and _OBJECT.match(lines[0]) else "json"
