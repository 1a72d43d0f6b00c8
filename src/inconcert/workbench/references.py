"""Run the chain over text that is labelled with who, when and in whose words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from inconcert.core.document import Document
from inconcert.core.mention import ActorMention
from inconcert.core.statement import Statement
from inconcert.grade.references import ReferenceGrade, Told, grade_references
from inconcert.labels.references import MarkedText, read_references
from inconcert.workbench.chain import Chain, chain

_GAP = " "


def grade_reference_file(path: Path) -> ReferenceGrade:
    """Score resolution against a file in the form of `corpus/REFERENCES.md`.

    Raises:
        BadInput: the file breaks its format; names file and line.
    """
    coder = chain()
    return grade_references(told for text in read_references(path) for told in _told(coder, text))


def _told(coder: Chain, text: MarkedText) -> Iterator[Told]:
    whole, starts = "", []
    for one in text.sentences:
        starts.append(len(whole))
        whole += one.sentence + _GAP
    document = Document.of(
        whole, title=text.title, published=text.published, speaker=text.speaker, place=text.id,
        language="en",
    )  # fmt: skip
    coding, times = coder.resolve(document)
    for label, start in zip(text.sentences, starts, strict=True):
        end = start + len(label.sentence)
        yield Told(
            label,
            tuple(_moved(one, start) for one in coding.mentions if start <= one.start < end),
            tuple(
                _said(one, start)
                for one in coding.statements
                if one.content_start < end and one.content_end > start
            ),
            tuple((a - start, b - start, when) for a, b, when in times if start <= a < end),
        )


def _moved(one: ActorMention, by: int) -> ActorMention:
    return replace(one, start=one.start - by, end=one.end - by)


def _said(one: Statement, by: int) -> Statement:
    return replace(
        one, start=one.start - by, end=one.end - by, content_start=one.content_start - by,
        content_end=one.content_end - by, quotes=tuple((a - by, b - by) for a, b in one.quotes),
    )  # fmt: skip
