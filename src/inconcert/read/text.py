"""Plain text and Markdown: one file, one document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inconcert.core.provenance import LeftOut
from inconcert.read.encoding import decode_material
from inconcert.read.fields import item_from
from inconcert.read.item import Item, Material
from inconcert.read.settings import ReadSettings

LONGEST_TITLE = 200
_FRONT = re.compile(r"---[ \t]*\r?\n(?P<lines>(?:.*\n){0,100}?)---[ \t]*(?:\r?\n|$)")
_FRONT_LINE = re.compile(r"^(?P<key>[A-Za-z][\w -]*?)\s*:\s*(?P<value>.*?)\s*$")
_HEADING = re.compile(r"^#\s+(?P<title>.+?)\s*#*\s*$", re.MULTILINE)
_FIRST_LINE = re.compile(r"^\s*(?P<title>\S[^\r\n]*?)[ \t]*\r?\n[ \t]*\r?\n")
_CLOSED = re.compile(r"[.!?:;,…\"”’)]$")


def read_text(material: Material, settings: ReadSettings) -> Iterator[Item | LeftOut]:
    """The whole file as one document.

    A first line set apart by a blank one, short and without a full stop, is the title too.
    """
    text, notes = decode_material(material, settings.max_bytes)
    yield from notes
    yield Item(text=text, place=material.place, title=_first_line(text), name=material.name)


def read_markdown(material: Material, settings: ReadSettings) -> Iterator[Item | LeftOut]:
    """The file as it stands, marks and all; front matter between `---` lines tells about it.

    The text begins after the front matter, and offsets count from there.
    """
    text, notes = decode_material(material, settings.max_bytes)
    yield from notes
    about, text = split_front_matter(text)
    heading = _HEADING.search(text[: 4 * LONGEST_TITLE])
    item, more = item_from(
        {"title": heading["title"] if heading else _first_line(text), **about, "text": text},
        settings={},
        place=material.place,
        name=material.name,
    )
    yield from more
    if item is not None:
        yield item


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    r"""Front matter as keys and values, and the text after it.

    Text that merely begins with a rule (`---`) is left as it is.

    Example:
        >>> split_front_matter("---\ntitle: 'Talks in Doha'\n---\nThe envoys met.")
        ({'title': 'Talks in Doha'}, 'The envoys met.')
    """
    front = _FRONT.match(text)
    lines = front["lines"].splitlines() if front else []
    matches = [_FRONT_LINE.match(line) for line in lines]
    about = {match["key"]: _bare(match["value"]) for match in matches if match}
    if front is None or not about:
        return {}, text
    return about, text[front.end() :]


def _bare(value: str) -> str:
    """A value without the quotation marks round all of it."""
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if is_quoted else value


def _first_line(text: str) -> str | None:
    match = _FIRST_LINE.match(text[: 2 * LONGEST_TITLE])
    if match is None or len(match["title"]) > LONGEST_TITLE or _CLOSED.search(match["title"]):
        return None
    return match["title"]
