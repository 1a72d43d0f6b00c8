"""Code sets of labelled sentences, in their documents where they stand in one."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path

from inconcert.core.document import Document
from inconcert.core.span import TimeSpan
from inconcert.errors import BadInput
from inconcert.grade.labelled import Coded, LabelledGrade
from inconcert.labels.corpus import Record, read_file
from inconcert.workbench.chain import Chain, chain

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DEBATE = date(2021, 9, 24)
_PLACE_AND_DAY = re.compile(r"\s*\([^()]*?((?:\d{1,2} )?[A-Z][a-z]+ \d{4})\)$")
"""What stands behind the title of a made-up article: `(Batken, 3 May 2019)`."""
_GAP = "\n\n"


def grade_labelled(path: Path) -> LabelledGrade:
    """Grade the coder on a file of labelled sentences.

    Raises:
        BadInput: the file breaks its format; names file and line.
    """
    records, wrong = read_file(path)
    if wrong or not records:
        raise BadInput(
            str(wrong[0]) if wrong else "no sentences", where=str(path),
            advice="corpus/GUIDELINES.md tells the format.",
        )  # fmt: skip
    return LabelledGrade(tuple(code_records(chain(), records)))


def code_records(coder: Chain, records: Sequence[Record]) -> Iterator[Coded]:
    """The coder's events for each sentence; runs of one document are coded together."""
    for document, run, starts in documents_of(records):
        events = coder.code(document).events
        for record, start in zip(run, starts, strict=True):
            end = start + len(record.sentence)
            yield Coded(record, tuple(e for e in events if start <= e.start < end))


def documents_of(records: Sequence[Record]) -> Iterator[tuple[Document, list[Record], list[int]]]:
    """Documents made of runs of sentences, with the character at which each sentence begins."""
    for name, group in groupby(records, key=lambda record: record.document or record.cell):
        run, starts, text = list(group), list[int](), ""
        for record in run:
            starts.append(len(text))
            text += record.sentence + _GAP
        day, title = _day(run[0]), _PLACE_AND_DAY.sub("", run[0].title)
        document = Document.of(
            text, published=TimeSpan.day(day), speaker=run[0].speaker or None,
            title=None if run[0].speaker else title or None, place=name, language="en",
        )  # fmt: skip
        yield document, run, starts


def _day(record: Record) -> date:
    """The day of a document, from its id or behind its title; else that of the debate."""
    if found := _DAY.match(record.document or record.cell):
        return date.fromisoformat(found[0])
    if found := _PLACE_AND_DAY.search(record.title):
        for form in ("%d %B %Y", "%B %Y"):
            with contextlib.suppress(ValueError):
                return datetime.strptime(found[1], form).replace(tzinfo=UTC).date()
    return _DEBATE
