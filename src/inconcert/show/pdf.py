"""What is signed of a brief as PDF; needs the wheel `typst`, which carries its engine and fonts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from importlib.resources import files

from inconcert.show.brief_blocks import (
    Block,
    Code,
    Figure,
    Heading,
    Items,
    Line,
    Paragraph,
    Piece,
    Table,
)
from inconcert.show.brief_extra import library as extra
from inconcert.show.brief_paper import Paper
from inconcert.show.figures import svg
from inconcert.show.marks import visible
from inconcert.show.words import safe_url

STANDARDS = ["ua-1"]
"""PDF/UA-1: tagged, with title and language, for those who have pages read to them."""
WIDTHS = {
    "Evidence": "(1fr, auto, auto, auto, auto)",
    "Another explanation": "(1.1fr, auto, 2.6fr)",
}
"""Widths of columns, by the head of the first; others are as wide as what they hold."""


def pdf(paper: Paper, *, made: datetime) -> bytes:
    """A brief as PDF.

    Args:
        paper: what is signed.
        made: when the brief was made; the same brief made at the same time is the same file.

    Raises:
        BadSetting: `typst` is not installed.
    """
    library = extra("typst", name="typst", what="a PDF", form="pdf")
    second = made.replace(microsecond=0)
    source = typst(paper, made=made).encode("utf-8")
    found = library.compile(source, format="pdf", timestamp=second, pdf_standards=STANDARDS)
    return bytes(found)


def typst(paper: Paper, *, made: datetime) -> str:
    """A brief in the language of typst; every text stands in a string, so that none is markup.

    Args:
        paper: what is signed.
        made: when the brief was made.
    """
    style = files("inconcert.show").joinpath("templates", "brief.typ").read_text(encoding="utf-8")
    day = f"datetime(year: {made.year}, month: {made.month}, day: {made.day})"
    keys = {block.key for block in paper.whole if isinstance(block, Heading) and block.key}
    lines = [
        style,
        f"#set document(title: {_string(paper.title)}, date: {day})",
        f"#heading(level: 1, {_string(paper.title)})",
        *(f"#aside({_string(text)})\n" for text in (paper.material, paper.made) if text),
    ]
    for block in paper.whole:
        lines += _block(block, keys)
    return "\n".join(lines) + "\n"


def _block(block: Block, keys: set[str]) -> Iterator[str]:
    if isinstance(block, Heading):
        label = f" <{block.key}>" if block.key else ""
        yield f"\n#heading(level: {block.level}, {_string(block.text)}){label}"
    elif isinstance(block, Paragraph):
        shown = {"lead": "lead", "note": "aside", "plain": "par"}[block.kind]
        yield f"\n#{shown}[{_line(block.line, keys)}]"
    elif isinstance(block, Items):
        yield from _items(block, keys)
    elif isinstance(block, Table):
        yield from _table(block, keys)
    elif isinstance(block, Figure):
        told = f"alt: {_string(block.told)}, width: 100%"
        drawn = f'image(bytes({_string(svg(block), breaks=True)}), format: "svg", {told})'
        yield f"\n#{drawn}\n#aside({_string(block.caption)})"
    elif isinstance(block, Code):
        yield f"\n#raw({_string(block.text, breaks=True)}, block: true)"


def _items(block: Items, keys: set[str]) -> Iterator[str]:
    yield "\n#enum(" if block.numbered else "\n#list("
    for place, row in enumerate(block.rows):
        mark = ""
        if place < len(block.keys):
            mark = f"#metadata(none) <{block.keys[place]}>"
        body = " #parbreak() ".join(_line(line, keys) for line in row)
        yield f"  [{mark}{body}],"
    yield ")"


def _table(block: Table, keys: set[str]) -> Iterator[str]:
    columns = WIDTHS.get(block.heads[0], str(len(block.heads)))
    yield f"\n#table(columns: {columns},"
    heads = ", ".join(f"strong({_string(head)})" for head in block.heads)
    yield f"  table.header({heads},),"
    for row in block.rows:
        yield "  " + ", ".join(f"[{_line(cell, keys)}]" for cell in row) + ","
    yield ")"


def _line(line: Line, keys: set[str]) -> str:
    return "".join(_piece(piece, keys) for piece in line)


def _piece(piece: Piece, keys: set[str]) -> str:
    text = _string(piece.text)
    if piece.note is not None:
        return f'#super(link(<n{piece.note}>, "{piece.note}"));#h(0.18em)'
    url = safe_url(piece.url)
    if url:
        return f"#link({_string(url)}, {text});"
    if piece.anchor in keys:
        return f"#link(<{piece.anchor}>, {text});"
    if piece.style == "strong":
        return f"#strong({text});"
    return f"#emph({text});" if piece.style == "quote" else f"#{text};"


def _string(text: str, *, breaks: bool = False) -> str:
    """A text as a string of typst: nothing in it can end the string or be read as markup."""
    lines = text.splitlines() if breaks else [text]
    shown = [visible(line).replace("\\", "\\\\").replace('"', '\\"') for line in lines]
    return '"' + "\\n".join(shown) + '"'
