"""Answers and coded texts as plain records, for `--json` and for other programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date

from inconcert.core.coding import Coding
from inconcert.core.document import Document, Source
from inconcert.core.event import EventMention, When
from inconcert.core.evidence import (
    Corpus,
    EventRecord,
    Located,
    StatementRecord,
    one_each,
    outlets,
)
from inconcert.core.mention import Participant
from inconcert.core.span import TimeSpan
from inconcert.core.statement import Statement
from inconcert.core.verdict import Answer
from inconcert.judge.media import country_of, is_state, owner_of
from inconcert.judge.naming import records_of
from inconcert.judge.reliability import LETTERS, SHIPPED, Graded, Grades
from inconcert.show.export import stance_json
from inconcert.show.record_findings import findings_record
from inconcert.show.record_sources import grade_record, saying_record, source_record, verdict_record


def answer_record(
    answer: Answer, *, grades: Grades = SHIPPED, disputed: frozenset[str] = frozenset()
) -> dict[str, object]:
    """An answer with its verdict, counts and every record behind it.

    Args:
        answer: to one question.
        grades: how reliable outlets are.
        disputed: ids of events and statements that a reviewer called wrong or unsure.
    """
    question = answer.question
    graded = Graded(records_of(answer), grades=grades, disputed=disputed)
    return {
        "question": {
            "title": question.title,
            "actors": [list(codes) for codes in question.actors],
            "names": list(question.names),
            "toward": list(question.toward),
            "toward_name": question.toward_name,
            **_asked_days(question.span),
            "split": question.split,
            "sources": list(question.sources),
        },
        "verdict": None if answer.verdict is None else verdict_record(answer.verdict),
        "read_from": answer.by_source[0].reading.source if answer.by_source else None,
        "by_source": [source_record(one, graded) for one in answer.by_source],
        "corpus": _corpus(answer.corpus, grades, _official(answer)),
        "actors": [
            {
                "name": column.name,
                "codes": list(column.codes),
                "deeds": [event_record(item, graded) for item in column.deeds],
                "set_aside": [event_record(item, graded) for item in column.set_aside],
                "statements": [statement_record(item, graded) for item in column.statements],
                "counts": _counts(column.deeds),
            }
            for column in answer.columns
        ],
        "counts": {
            "joint_acts": _counts(answer.joint),
            "consultations": _counts(answer.consultations),
        },
        "joint_acts": [event_record(item, graded) for item in answer.joint],
        "consultations": [event_record(item, graded) for item in answer.consultations],
        "bearing": [event_record(item, graded) for item in answer.bearing],
        "named": [
            {"day": at.day, **_located(at), **grade_record(at, graded)} for at in answer.named
        ],
        "sayings": [saying_record(one, graded) for one in answer.sayings],
        "findings": [findings_record(one, graded) for one in answer.findings],
    }


def event_record(item: EventRecord, graded: Graded | None = None) -> dict[str, object]:
    """An event mention with its sentence and document, and the event it tells of.

    Args:
        item: the mention.
        graded: all that it is to be graded among; no grade is given without.
    """
    return {
        **_event(item.event),
        "day": item.day,
        "event": item.event_id,
        "same_because": item.told.reason if item.told is not None else "",
        "copy_of": None if item.copied is None else item.copied[0],
        "outlet": item.outlet,
        **_located(item.at),
        **grade_record(item, graded),
    }


def _counts(records: Sequence[EventRecord]) -> dict[str, int]:
    """Events, the mentions that tell of them, and the outlets that do not copy one another."""
    return {
        "events": len(one_each(records)),
        "reports": len(records),
        "outlets": outlets(records),
    }


def statement_record(item: StatementRecord, graded: Graded | None = None) -> dict[str, object]:
    """A statement with its sentence and document; `graded` as for events."""
    return {
        **_statement(item.statement),
        "day": item.day,
        **_located(item.at),
        **grade_record(item, graded),
    }


def explained(document: Document, coding: Coding) -> dict[str, object]:
    """A text coded by itself: who was found in it, what was coded, and which rule decided."""
    text = document.text
    return {
        "text": text,
        "sentences": [text[found.start : found.end] for found in coding.sentences],
        "actors": [
            {
                "text": text[mention.start : mention.end],
                "start": mention.start,
                "end": mention.end,
                "kind": mention.kind,
                "actors": _people(mention.participants),
                "how": mention.how,
            }
            for mention in coding.mentions
        ],
        "events": [
            {**_event(event), "predicate": text[event.start : event.end]} for event in coding.events
        ],
        "statements": [
            {**_statement(found), "content": text[found.content_start : found.content_end]}
            for found in coding.statements
        ],
    }


def _official(answer: Answer) -> frozenset[str]:
    """Sources whose texts are in the voice of one who acts."""
    places = (record.at for record in records_of(answer))
    return frozenset(at.source.name for at in places if at.speaker_code)


def _corpus(corpus: Corpus, grades: Grades, official: frozenset[str]) -> dict[str, object]:
    return {
        "documents": corpus.documents,
        "sentences": corpus.sentences,
        "undated": corpus.undated,
        "sources": [
            {
                "name": summary.source.name,
                "country": country_of(summary.source),
                "owner": owner_of(summary.source, speaks=_speaks(summary.source, official)),
                "is_state_media": is_state(summary.source),
                "reliability": _reliability(summary.source, grades, official),
                "documents": summary.documents,
                "sentences": summary.sentences,
                "first": summary.first,
                "last": summary.last,
            }
            for summary in corpus.sources
        ],
        "sentences_by_country": [list(pair) for pair in corpus.sentences_by_country],
        "not_coded": dict(corpus.not_coded),
        "left_out": {reason: count for reason, count, _ in corpus.left_out},
        "left_out_places": {reason: list(places) for reason, _, places in corpus.left_out},
        "notes": {reason: count for reason, count, _ in corpus.notes},
        "notes_places": {reason: list(places) for reason, _, places in corpus.notes},
        "skipped": dict(corpus.skipped),
        "coders": list(corpus.coders),
    }


def _speaks(source: Source, official: frozenset[str]) -> str | None:
    return source.name if source.name in official else None


def _reliability(source: Source, grades: Grades, official: frozenset[str]) -> dict[str, object]:
    """The grade of a source, what it stands for and rests on, and who gave it."""
    grade = grades.of(source.name, is_official=source.name in official)
    return {
        "letter": grade.letter,
        "meaning": LETTERS[grade.letter],
        "basis": grade.basis,
        "by": grade.by or None,
        "on": grade.on,
    }


def _asked_days(span: TimeSpan | None) -> dict[str, object]:
    """The days asked about; an end as far off as days are counted is open."""
    return {
        "from": None if span is None or span.first == date.min else span.first,
        "to": None if span is None or span.last == date.max else span.last,
    }


def _event(event: EventMention) -> dict[str, object]:
    return {
        "id": event.id,
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "auxiliary": list(event.auxiliary),
        "actors": _people(event.actors),
        "recipients": _people(event.recipients),
        "about": _people(event.about),
        "when": _when(event.when),
        "where": None if event.where is None else asdict(event.where),
        "start": event.start,
        "end": event.end,
        "rule": event.rule,
        "confidence": round(event.confidence, 3),
    }


def _statement(statement: Statement) -> dict[str, object]:
    return {
        "id": statement.id,
        "cue": statement.cue,
        "form": statement.form,
        "speakers": _people(statement.speakers),
        "speaker_text": statement.speaker_text,
        "addressees": _people(statement.addressees),
        "about": _people(statement.about),
        "quotes": [list(span) for span in statement.quotes],
        "stance": [stance_json(one) for one in statement.stance],
        "commitment": statement.commitment,
        "is_anonymous": statement.is_anonymous,
        "source_country": statement.source_country,
        "source_sectors": list(statement.source_sectors),
        "within": statement.within,
        "when": _when(statement.when),
        "start": statement.start,
        "end": statement.end,
        "content_start": statement.content_start,
        "content_end": statement.content_end,
        "rule": statement.rule,
        "confidence": round(statement.confidence, 3),
    }


def _people(participants: Iterable[Participant]) -> list[dict[str, object]]:
    return [
        {"code": who.code, "sectors": list(who.sectors), "name": who.name,
         "start": who.start, "end": who.end}
        for who in participants
    ]  # fmt: skip


def _when(when: When) -> dict[str, object]:
    span = when.span
    return {
        "from": None if span is None else span.first,
        "to": None if span is None else span.last,
        "text": when.text,
        "basis": when.basis,
        "granularity": when.granularity,
    }


def _located(at: Located) -> dict[str, object]:
    return {
        "document": at.document,
        "source": at.source.name,
        "title": at.title,
        "published": None if at.published is None else str(at.published),
        "url": at.url,
        "sentence": at.sentence,
        "sentence_start": at.start,
    }
