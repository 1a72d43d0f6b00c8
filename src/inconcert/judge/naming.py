"""Sentences that name the two sides of a question although nothing in them was coded for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from inconcert.core.evidence import EventRecord, Located, StatementRecord
from inconcert.core.verdict import Answer


def without_records(answer: Answer, named: Sequence[Located]) -> tuple[Located, ...]:
    """Those of the sentences that hold no record of the answer, each once, in order of day.

    A sentence holds a record that is found in it, and a statement that goes on in it. Where the
    question names days, sentences published on other days or on an unknown one are left out.
    """
    held: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for record in records_of(answer):
        held[record.at.document].append((record.at.start, record.at.start + 1))
        if isinstance(record, StatementRecord):
            said = record.statement
            held[record.at.document].append((said.content_start, said.content_end))
    span = answer.question.span
    left = {
        (sentence.document, sentence.start): sentence
        for sentence in named
        if not _is_touched(sentence, held[sentence.document])
        and (span is None or (sentence.day is not None and span.contains(sentence.day)))
    }
    return tuple(sorted(left.values(), key=lambda at: (at.day or date.max, at.document, at.start)))


def records_of(answer: Answer) -> Iterable[EventRecord | StatementRecord]:
    """Every record that stands in an answer; some stand in several lists."""
    for column in answer.columns:
        yield from column.deeds
        yield from column.set_aside
        yield from column.statements
    yield from answer.joint
    yield from answer.consultations
    yield from answer.bearing


def _is_touched(sentence: Located, spans: Iterable[tuple[int, int]]) -> bool:
    end = sentence.start + len(sentence.sentence)
    return any(first < end and last > sentence.start for first, last in spans)
