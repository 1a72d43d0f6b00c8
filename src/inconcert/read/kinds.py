"""Which reader reads what: content decides, the name of the file only where content is mute."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath
from types import MappingProxyType

from inconcert.errors import UnreadableDocument
from inconcert.read.encoding import glimpse
from inconcert.read.html import read_html
from inconcert.read.item import Material, Reader
from inconcert.read.json_records import read_json, read_json_lines
from inconcert.read.table import read_table
from inconcert.read.text import read_markdown, read_text, split_front_matter

READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "text": read_text,
        "markdown": read_markdown,
        "html": read_html,
        "json lines": read_json_lines,
        "json": read_json,
        "table": read_table,
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
    }
)

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
    named = SUFFIXES.get(PurePath(material.name.lower()).suffix)
    if named == "table":
        return named
    start = glimpse(material.head, place=material.place)
    if _PAGE.match(start):
        return "html"
    if _XML.match(start) and named != "html":
        raise UnreadableDocument(
            "kind not read",
            where=material.place,
            advice="XML that is no page; give pages, text, JSON lines or CSV.",
        )
    if _ARRAY.match(start):
        return "json"
    if _OBJECT_OVER_LINES.match(start):
        return _lines_or_one(start, named)
    if named in ("text", None) and split_front_matter(start)[0]:
        return "markdown"
    if named == "html" and not _TAG.search(start):
        return "text"
    return named or "text"


def _lines_or_one(start: str, named: str | None) -> str:
    """An object on a line of its own is JSON lines; one over many lines is JSON."""
    lines = start.lstrip().splitlines()
    is_line = bool(_OBJECT.match(lines[0])) and (
        len(lines) == 1 or bool(_WHOLE_OBJECT_LINE.search(lines[0]))
    )
    if is_line:
        return "json lines"
    return "json lines" if named == "json lines" and _OBJECT.match(lines[0]) else "json"
