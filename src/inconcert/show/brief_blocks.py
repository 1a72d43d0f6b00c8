"""What a brief consists of, the same for Markdown, HTML, DOCX and PDF: headings, lines, tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Style = Literal["plain", "strong", "quote", "code"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of one look.

    Attributes:
        text: as it is; every form escapes it by itself.
        style: `quote` is somebody else's words.
        note: number of the endnote that it points to, if any; the text is then that number.
        url: where it leads, http or https only.
        anchor: place within the brief that it leads to.
    """

    text: str
    style: Style = "plain"
    note: int | None = None
    url: str | None = None
    anchor: str | None = None


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `key` is its anchor."""

    text: str
    level: Literal[2, 3, 4]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph.

    Attributes:
        kind: `lead` is the bottom line, `note` stands back.
    """

    line: Line
    kind: Literal["plain", "lead", "note"] = "plain"


@dataclass(frozen=True, slots=True)
class Items:
    """A list.

    Attributes:
        rows: each one or more lines; lines after the first stand under it.
        numbered: whether the rows carry numbers, from 1.
        keys: anchors of the rows, where they have any.
    """

    rows: tuple[tuple[Line, ...], ...]
    numbered: bool = False
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table: heads, and rows of as many cells."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """Lines to be typed or read as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing.

    Attributes:
        key: anchor, and name of its file beside Markdown.
        spec: of Vega-Lite; every form draws it for itself.
        caption: stands under it.
        told: what it shows, for those who have it read to them.
    """

    key: str
    spec: Mapping[str, Any]
    caption: str
    told: str


Block = Heading | Paragraph | Items | Table | Code | Figure


def plain(text: str) -> Line:
    """A line of one look."""
    return (Piece(text),)


def strong(text: str, rest: str = "") -> Line:
    """A line that begins with words that stand out."""
    return (Piece(text, "strong"), *((Piece(f" {rest}"),) if rest else ()))


def noted(line: Line, numbers: Iterable[int]) -> Line:
    """A line with references to endnotes behind it, each once, in order."""
    refs = [Piece(str(number), note=number) for number in sorted(set(numbers))]
    return (*line, *refs)


def bullets(texts: Sequence[str]) -> Items:
    """A list of plain lines."""
    return Items(tuple((plain(text),) for text in texts))


def words_of(line: Line) -> str:
    """A line as plain text, references to notes left out."""
    return "".join(piece.text for piece in line if piece.note is None)


def lines_of(blocks: Iterable[Block]) -> Iterator[Line]:
    """Every line of some blocks, in order."""
    for block in blocks:
        if isinstance(block, Heading):
            yield plain(block.text)
        elif isinstance(block, Paragraph):
            yield block.line
        elif isinstance(block, Figure):
            yield plain(block.caption)
        elif isinstance(block, Items):
            for row in block.rows:
                yield from row
        elif isinstance(block, Table):
            yield from (plain(head) for head in block.heads)
            for cells in block.rows:
                yield from cells


def own_words(blocks: Iterable[Block]) -> Iterator[str]:
    """Every line in our own words: what is quoted from others is left out."""
    for line in lines_of(blocks):
        yield "".join(
            piece.text for piece in line if piece.note is None and piece.style not in ("quote",)
        )
