"""What each source says, and what texts say of acting together, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from textwrap import fill, indent

from inconcert.core.evidence import EventRecord
from inconcert.core.reading import Saying
from inconcert.core.verdict import Answer
from inconcert.show.by_source import P_NOTE, TEST_HEADS, DayView, SourceView, sources_of
from inconcert.show.words import short_days

_WIDTH = 96


def sources(answer: Answer) -> list[str]:
    """One block a source, that of the verdict first; nothing where timing was not looked at."""
    views = sources_of(answer)
    lines = [line for view in views for line in _source(view)]
    if any(view.tests for view in views):
        lines += ["", *wrapped(P_NOTE, 4)]
    return lines


def sayings(answer: Answer) -> list[str]:
    """Sentences that say whether the two act together, by document; nothing where there are none.

    What is said in texts is no act: it stands beside the verdict, not in it.
    """
    if not answer.sayings:
        return []
    lines = ["", "  What the texts say of their acting together (counts toward nothing):"]
    for _, group in groupby(answer.sayings, key=lambda one: one.at.document):
        lines += _of_document(tuple(group))
    return lines


def _of_document(found: Sequence[Saying]) -> Iterator[str]:
    at = found[0].at
    yield f"    {short_days(at.published)}  {at.source.name}: {at.title or at.place}"
    for one in found:
        yield from wrapped(f"{one.says}: {' '.join(one.at.sentence.split())}", 8)


def _source(view: SourceView) -> Iterator[str]:
    yield ""
    yield f"  By source: {view.name}. {view.head.capitalize()}."
    if not view.is_head:
        for part in view.parts:
            yield from wrapped(f"{part.name}: {part.value}. {part.reason}", 4)
    for fact in view.facts:
        yield from wrapped(fact, 4)
    yield from _table(view.tests)
    for title, days in (
        ("Days on which both act against expectation", view.strongest),
        ("Days on which both act as third parties let one expect (shared news)", view.explained),
    ):
        if days:
            yield f"    {title}:"
            for day in days:
                yield from _day(day)
    for title, rows in (
        ("Joint acts", view.joint),
        ("Consultations of the two, about anything", view.consultations),
        ("Mind", view.caveats),
        ("Missing", view.missing),
    ):
        if rows:
            yield f"    {title}:"
            for row in rows:
                yield from wrapped(f"– {row}", 6)


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Cells in columns as wide as their widest."""
    if not rows:
        return
    whole = [TEST_HEADS, *rows]
    widths = [max(len(row[at]) for row in whole) for at in range(len(TEST_HEADS))]
    for row in whole:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield f"    {'  '.join(cells).rstrip()}"


def _day(day: DayView) -> Iterator[str]:
    yield from wrapped(f"{day.title}: {day.note}", 6)
    for row in day.rows:
        yield from wrapped(row, 8)
    for record in day.records:
        yield from wrapped(_sentence(record), 8)


def _sentence(record: EventRecord) -> str:
    at = record.at
    return f"{record.event.type}: {' '.join(at.sentence.split())} ({at.source.name})"


def wrapped(text: str, depth: int) -> Iterator[str]:
    """A text filled to the width, further lines two in."""
    yield indent(fill(text, _WIDTH - depth, subsequent_indent="  "), " " * depth)
