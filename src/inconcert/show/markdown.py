"""Markdown: text from outside made harmless, anchors, tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

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
from inconcert.show.marks import visible
from inconcert.show.words import safe_url

SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~#&$@])")
"""Characters that mean something to Markdown wherever they stand."""

AUTOLINK = re.compile(r"(?i)\b(https?|ftp|mailto|www)([:.])")
"""Openings that some readers of Markdown turn into links by themselves."""


def escape(text: str) -> str:
    r"""Text from outside as plain Markdown text on one line: nothing in it is markup or a link.

    Example:
        >>> print(escape("5 * <b>x</b> | y"))
        5 \* \<b\>x\</b\> \| y
    """
    plain = " ".join(visible(text).split())
    safe = SPECIAL.sub(r"\\\1", plain)
    safe = AUTOLINK.sub(r"\1\\\2", safe)
    return re.sub(r"^(\d+)([.)])(?=\s|$)|^([-+=])", _shielded, safe)


def anchor(key: str) -> str:
    """A place that links lead to."""
    return f'<a id="{key}"></a>'


def blocks(found: Iterable[Block]) -> Iterator[str]:
    """Blocks of a brief as lines of Markdown, an empty line before each.

    Args:
        found: in order.
    """
    for block in found:
        yield ""
        if isinstance(block, Heading):
            mark = anchor(block.key) if block.key else ""
            yield f"{'#' * block.level} {mark}{escape(block.text)}"
        elif isinstance(block, Paragraph):
            yield line(block.line)
        elif isinstance(block, Items):
            yield from _items(block)
        elif isinstance(block, Table):
            rows = [[line(cell) for cell in row] for row in block.rows]
            yield from table([escape(head) for head in block.heads], rows, left=len(block.heads))
        elif isinstance(block, Figure):
            told = f"![{escape(block.told)}](brief-{block.key}.svg)"
            yield from (anchor(block.key), "", told, "", escape(block.caption))
        elif isinstance(block, Code):
            yield from ("```sh", *block.text.splitlines(), "```")


def line(pieces: Line) -> str:
    """A line of a brief as Markdown; references to endnotes stand raised behind it."""
    return "".join(map(_piece, pieces)).strip()


def _piece(piece: Piece) -> str:
    if piece.note is not None:
        return f"<sup>[{piece.note}](#n{piece.note})</sup>"
    lead = " " if piece.text[:1].isspace() else ""
    trail = " " if piece.text[-1:].isspace() and piece.text.strip() else ""
    told = escape(piece.text)
    if piece.style == "strong" and told:
        told = f"**{told}**"
    url = safe_url(piece.url)
    if url and piece.text == piece.url:
        told = f"<{address(url)}>"
    elif url:
        told = f"[{told}](<{address(url)}>)"
    elif piece.anchor:
        told = f"[{told}](#{piece.anchor})"
    return f"{lead}{told}{trail}"


def address(url: str) -> str:
    """A safe address as it stands between angle brackets."""
    return url.replace("\\", "%5C").replace("<", "%3C").replace(">", "%3E")


def _items(block: Items) -> Iterator[str]:
    for place, row in enumerate(block.rows):
        mark = f"{place + 1}. " if block.numbered else "- "
        key = anchor(block.keys[place]) if place < len(block.keys) else ""
        yield f"{mark}{key}{line(row[0])}"
        for more in row[1:]:
            yield ""
            yield f"{' ' * len(mark)}{line(more)}"
        if len(row) > 1 and place + 1 < len(block.rows):
            yield ""


def _shielded(match: re.Match[str]) -> str:
    """An opening that would begin a list or a rule, shielded."""
    digits, point, sign = match.groups()
    return f"{digits}\\{point}" if digits else f"\\{sign}"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, left: int = 1) -> list[str]:
    """A table; columns after the first `left` are numbers."""
    rule = [":--" if column < left else "--:" for column in range(len(heads))]
    return [f"| {' | '.join(cells)} |" for cells in (heads, rule, *rows)]
