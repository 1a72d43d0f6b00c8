"""Articles in searches saved from Nexis: the old one, and Nexis Uni or Lexis Advance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from inconcert.read.saved import (
    LONGEST_NAME,
    Article,
    byline_of,
    date_in,
    is_bare,
    is_copyright,
    joined,
    labelled,
    labels,
)

_END = re.compile(r"^\s*(?:End of Document|Ende des Dokuments|Fin du document)\s*$")
_BEGIN = re.compile(r"^\s*(?:\d+ of \d+ DOCUMENTS?|Dokument \d+ von \d+|Document \d+ de \d+)\s*$")
_COVER = re.compile(
    r"^(?:User Name|Date and Time|Job Number|Client/Matter|Search Terms|Search Type|Narrowed by"
    r"|Content Type|Documents? \(\d+\))\b"
)
_SURE = frozenset({"load-date", "publication-type", "publication type", "journal-code", "language"})
_BARE = frozenset({"Classification", "Graphic", "Grafik", "Graphique", "Notes"})
"""Headings, alone in a line, below the text."""

_EDITION = re.compile(r"\bedition\b|\bausgabe\b|\bédition\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Parts:
    """Lines of an article: above its labels, its labels, its text."""

    head: Sequence[str]
    about: dict[str, str]
    body: Sequence[str]


def articles_of_nexis(text: str) -> Iterator[Article]:
    """Articles that end in `End of Document`; a list of titles before the first is passed over."""
    lines: list[str] = []
    has_cover = False
    for line in text.splitlines():
        if _END.match(line):
            yield _article(lines, is_first=has_cover)
            lines, has_cover = [], False
            continue
        has_cover = has_cover or bool(_COVER.match(line.strip()))
        lines.append(line)
    rest = _parts(lines)
    if rest.about and joined(rest.body):
        yield replace(_article(lines, is_first=has_cover), is_cut=True)


def articles_of_old_nexis(text: str) -> Iterator[Article]:
    """Articles that begin with `1 of 10 DOCUMENTS`."""
    lines: list[str] = []
    is_begun = False
    for line in text.splitlines():
        if not _BEGIN.match(line):
            lines.append(line)
            continue
        if is_begun:
            yield _old_article(lines)
        lines, is_begun = [], True
    if is_begun:
        yield _old_article(lines)


def _article(lines: Sequence[str], *, is_first: bool) -> Article:
    """Title, publisher, date in this order; then copyright and labels; then the text."""
    parts = _parts(lines)
    head = [line.strip() for line in parts.head if line.strip() and not is_copyright(line)]
    # Behind a cover the titles of all articles stand, each like the one that is looked for.
    dated = [at for at, line in enumerate(head) if date_in(line)]
    at = (dated[-1] if is_first else dated[0]) if dated else None
    if at is None:
        return _made(parts, title=" ".join(head[:1]), source="".join(head[1:2]), date=None)
    above = head[: max(at - 1, 0)]
    title = " ".join(above[-1:] if is_first else above)
    return _made(parts, title=title, source=head[at - 1] if at else None, date=head[at])


def _old_article(lines: Sequence[str]) -> Article:
    """Publisher, date, edition, title in this order; then labels; then the text."""
    parts = _parts(lines)
    head = list(parts.head)
    at = next((n for n, line in enumerate(head) if date_in(line.strip())), None)
    named = [line.strip() for line in head[: at or 0] if line.strip() and not is_copyright(line)]
    below = joined(line for line in head[(at or 0) + 1 :] if not is_copyright(line))
    groups = [" ".join(group.split()) for group in below.split("\n\n")]
    titles = [group for group in groups if group and not _is_edition(group)]
    return _made(
        parts,
        title=titles[-1] if titles else None,
        source=named[-1] if named else None,
        date=head[at].strip() if at is not None else None,
    )


def _is_edition(words: str) -> bool:
    return len(words) < 60 and bool(_EDITION.search(words))


def _made(parts: _Parts, *, title: str | None, source: str | None, date: str | None) -> Article:
    if source is not None and len(source) > LONGEST_NAME:
        source = None
    return Article(
        text=joined(parts.body),
        title=parts.about.get("title") or title or None,
        date=date_in(date) if date else None,
        source=source or None,
        byline=byline_of(parts.about.get("byline")),
        language=parts.about.get("language"),
    )


def _parts(lines: Sequence[str]) -> _Parts:
    lead, tail = labels("nexis", "lead"), labels("nexis", "tail")
    begin = _body_mark(lines)
    first = next(
        (n for n, line in enumerate(lines[:begin]) if labelled(line, lead)),
        begin if begin is not None else len(lines),
    )
    start = _after_labels(lines, first) if begin is None else begin + 1
    end = _end_of_body(lines, start)
    about: dict[str, str] = {}
    for known, within in ((lead, lines[first:start]), (tail, lines[end:])):
        for line in within:
            found = labelled(line, known)
            if found and known[found[0]]:
                about.setdefault(known[found[0]], found[1])
    head = lines[:first] if first < len(lines) else ()
    return _Parts(head, about, [line for line in lines[start:end] if not is_copyright(line)])


def _body_mark(lines: Sequence[str]) -> int | None:
    """Where a line of its own says that the text begins."""
    marks = labels("nexis", "body")
    lead = labels("nexis", "lead")
    is_labelled = False
    for number, line in enumerate(lines):
        is_labelled = is_labelled or bool(labelled(line, lead)) or is_copyright(line)
        if is_labelled and line.strip().lower() in marks:
            return number
    return None


def _after_labels(lines: Sequence[str], first: int) -> int:
    """Where the last label of the first run of them ends, with the lines that go on from it."""
    lead = labels("nexis", "lead")
    at = first
    while at < len(lines) and labelled(lines[at], lead):
        while at < len(lines) and lines[at].strip():
            at += 1
        while at < len(lines) and not lines[at].strip():
            at += 1
    return at


def _end_of_body(lines: Sequence[str], start: int) -> int:
    """The first label of what stands below the text.

    `Country: …` may stand in a text; a label that nobody else writes tells, or a second one with
    no sentence before it.
    """
    known = labels("nexis", "tail")
    found: list[tuple[int, bool]] = []
    for number in range(start, len(lines)):
        bare = lines[number].strip()
        label = labelled(bare, known)
        if bare in _BARE or (label and label[0] in _SURE):
            found.append((number, True))
        elif label:
            found.append((number, False))
    for at, (number, is_sure) in enumerate(found):
        following = found[at + 1][0] if at + 1 < len(found) else None
        if is_sure or (following is not None and is_bare(lines[number + 1 : following])):
            return number
    return len(lines)
