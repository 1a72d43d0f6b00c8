"""From the lines on pages to running text: no heads and feet, whole words, whole paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

LONGEST_TITLE = 200
_EDGE = 0.12
"""Share of the height of a page, above and below, in which heads and feet stand."""

_EDGE_LINES = 3
_REPEATED = 0.3
"""Share of pages; a head that left and right pages do not share stands on half of them."""

_LARGER = 1.15
"""How much larger than the text a headline is set."""

_USUAL_LEADING = 1.2
_GAP = 1.35
"""Of the usual step, beyond which a line begins a paragraph."""

_SHORT = 0.12
"""Share of the column by which the last line of a paragraph falls short."""

_FIGURES = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"^\W*(?:page|seite|p\.|pg\.)?\s*(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/|von|sur|de)\s*\d{1,4})?\W*$",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"[.!?:;…][\"”’'»)\]]*$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SPACE = re.compile(r"[^\S\n]+")
_LAST_WORD = re.compile(r"[^\W_]+$")
_FIRST_WORD = re.compile(r"^[^\W_]+")
_HYPHENS = ("-", "\u2010", "\u00ad")


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is set; lengths in points, from the lower left corner of the page.

    Attributes:
        base: height of the line on which the letters stand.
        size: height of the font.
        is_hyphenated: a word goes on in the next line; its hyphen is not in the text.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    is_hyphenated: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page in the order in which they are to be read.

    Attributes:
        strange: signs that no alphabet has.
        is_picture: pictures, and next to no letters.
    """

    lines: tuple[Line, ...]
    height: float
    letters: int = 0
    strange: int = 0
    is_picture: bool = False


def running_text(pages: Sequence[Page], *, between: str = " ") -> str:
    """Paragraphs with a blank line between them; one that goes on overleaf is one.

    Args:
        pages: the pages in order.
        between: what stands between the lines of a paragraph.
    """
    bare = [_without_hyphens(lines) for lines in without_furniture(pages)]
    words = Counter(word.lower() for page in bare for line in page for word in _words_of(line))
    leading = _leading(bare)
    paragraphs: list[list[Line]] = []
    for page in bare:
        for number, group in enumerate(_paragraphs(page, leading)):
            if number == 0 and paragraphs and _goes_on(paragraphs[-1][-1], group[0]):
                paragraphs[-1].extend(group)
            else:
                paragraphs.append(list(group))
    return "\n\n".join(_joined(group, words, between) for group in paragraphs).strip()


def headline_of(pages: Sequence[Page]) -> str | None:
    """What is set clearly larger than the text, on the first page that has words."""
    sizes = [line.size for page in pages for line in page.lines for _ in line.text.split()]
    first = next((page for page in pages if page.lines), None)
    if first is None or not sizes:
        return None
    largest = max(line.size for line in first.lines)
    if largest < _LARGER * median(sizes):
        return None
    title = " ".join(line.text for line in first.lines if line.size > 0.97 * largest)
    return title if 0 < len(title) <= LONGEST_TITLE else None


def without_furniture(pages: Sequence[Page]) -> list[tuple[Line, ...]]:
    """The lines of each page without the heads and feet that come again and the page numbers."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_key(line) for line in _at_edges(page)})
    least = max(2.0, _REPEATED * len(pages))
    kept: list[tuple[Line, ...]] = []
    for page in pages:
        edges = {
            id(line)
            for line in _at_edges(page)
            if seen[_key(line)] >= least or _PAGE_NUMBER.match(line.text)
        }
        kept.append(tuple(line for line in page.lines if id(line) not in edges))
    return kept


def _at_edges(page: Page) -> Iterator[Line]:
    ordered = sorted(page.lines, key=lambda line: -line.base)
    for line in ordered[:_EDGE_LINES]:
        if line.base > (1 - _EDGE) * page.height:
            yield line
    for line in ordered[-_EDGE_LINES:]:
        if line.base < _EDGE * page.height:
            yield line


def _key(line: Line) -> str:
    return _FIGURES.sub("#", " ".join(line.text.casefold().split()))


def _without_hyphens(lines: Sequence[Line]) -> list[Line]:
    """Lines with a hyphen at their end marked so, where the library did not."""
    return [
        replace(line, text=line.text[:-1], is_hyphenated=True)
        if not line.is_hyphenated and line.text.endswith(_HYPHENS) and line.text[-2:-1].isalnum()
        else line
        for line in lines
    ]


def _words_of(line: Line) -> list[str]:
    words = _WORD.findall(line.text)
    return words[:-1] if line.is_hyphenated else words


def _paragraphs(lines: Sequence[Line], leading: float) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in lines:
        if group and _begins(group[-1], line, leading, lines):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _leading(pages: Sequence[Sequence[Line]]) -> float:
    """From line to line in heights of the font: the commonest, of equally common the least."""
    steps = Counter(
        round((before.base - line.base) / line.size, 1)
        for lines in pages
        for before, line in pairwise(lines)
        if 0.5 * line.size < before.base - line.base < 3 * line.size
    )
    return min(steps, key=lambda step: (-steps[step], step)) if steps else _USUAL_LEADING


def _begins(before: Line, line: Line, leading: float, lines: Sequence[Line]) -> bool:
    """Whether a line begins a paragraph."""
    if before.is_hyphenated:
        return False
    if abs(line.size - before.size) > 0.12 * max(line.size, before.size):
        return True
    down = before.base - line.base
    if down < -0.5 * line.size:  # the next column
        return not _goes_on(before, line)
    if abs(down) <= 0.5 * line.size:  # the same line, drawn in parts
        return False
    if down > _GAP * leading * line.size:
        return True
    if not _CLOSED.search(before.text):
        return False
    indent = line.left - before.left
    if 0.8 * line.size < indent < 6 * line.size:
        return True
    edge = max(each.right for each in lines if abs(each.left - before.left) < 2 * line.size)
    return before.right < edge - _SHORT * (edge - before.left)


def _goes_on(before: Line, line: Line) -> bool:
    """Whether a paragraph goes on in the next column or overleaf."""
    if before.is_hyphenated:
        return True
    if abs(line.size - before.size) > 0.12 * max(line.size, before.size):
        return False
    return not _CLOSED.search(before.text) and not line.text[:1].isupper()


def _joined(lines: Sequence[Line], words: Counter[str], between: str) -> str:
    text = ""
    is_open = False
    for line in lines:
        if is_open:
            text += ("-" if _keeps_hyphen(text, line.text, words) else "") + line.text
        else:
            text += (between if text else "") + line.text
        is_open = line.is_hyphenated
    return _SPACE.sub(" ", text + "-" if is_open else text).strip()


def _keeps_hyphen(text: str, following: str, words: Counter[str]) -> bool:
    """`Sino-` + `Russian` keeps it; else what the document itself writes elsewhere decides."""
    before, after = _LAST_WORD.search(text), _FIRST_WORD.search(following)
    if before is None or after is None:
        return True
    first, second = before[0], after[0]
    if not second[0].islower() or not first.isalpha():
        return True
    whole, parted = f"{first}{second}".lower(), f"{first}-{second}".lower()
    return words[parted] > words[whole]
