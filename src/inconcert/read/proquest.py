"""Articles in searches saved from ProQuest: a label in front of everything."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from inconcert.read.saved import (
    LONGEST_NAME,
    Article,
    byline_of,
    date_in,
    is_bare,
    joined,
    labelled,
    labels,
)

_RULE = re.compile(r"^\s*(?:_{20,}|\*{20,})\s*$")
_NUMBER = re.compile(r"^\s*Document \d+ of \d+\s*$")
_NOT_THERE = re.compile(r"^(?:not available|none available)\W*$", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+")


def articles_of_proquest(text: str) -> Iterator[Article]:
    """Articles between rules of underscores, or under `Document 1 of 10`."""
    lines: list[str] = []
    for line in text.splitlines():
        if not (_RULE.match(line) or _NUMBER.match(line)):
            lines.append(line)
            continue
        yield from _article(lines)
        lines = []
    yield from _article(lines)


def _article(lines: Sequence[str]) -> Iterator[Article]:
    """The article of some lines; none where they are a list of titles or a notice."""
    known = labels("proquest", "label")
    found = [(n, pair) for n, line in enumerate(lines) if (pair := labelled(line, known))]
    if len(found) < 2:
        return
    values: dict[str, str] = {}
    body: list[str] = []
    until = -1
    for number, (label, value) in found:
        if number < until or not known[label]:
            continue
        if known[label] == "text":
            until = _end_of_text(lines, [n for n, _ in found if n > number])
            body = [value, *lines[number + 1 : until]]
        else:
            values.setdefault(known[label], value)
    title = values.get("title") or next((line.strip() for line in lines if line.strip()), None)
    text = joined(body)
    address = _ADDRESS.search(values.get("url", ""))
    yield Article(
        text="" if _NOT_THERE.match(text) else text,
        title=None if title and labelled(title, known) else title,
        date=date_in(values.get("date", "")[-80:]),
        source=_publisher(values),
        byline=byline_of(values.get("byline", "").removesuffix(".")),
        url=address[0] if address else None,
        language=values.get("language"),
        record=values.get("id"),
    )


def _end_of_text(lines: Sequence[str], labelled_lines: Sequence[int]) -> int:
    """The first label below the text: behind `People: …` in a text, sentences follow."""
    for at, number in enumerate(labelled_lines):
        following = labelled_lines[at + 1] if at + 1 < len(labelled_lines) else len(lines)
        if is_bare(lines[number + 1 : following]):
            return number
    return len(lines)


def _publisher(values: dict[str, str]) -> str | None:
    """`New York Times, Late Edition (East Coast); New York, N.Y.` without edition and town."""
    name = values.get("source", "").split(";")[0].split(", Late Edition")[0].strip()
    return name if 0 < len(name) <= LONGEST_NAME else None
