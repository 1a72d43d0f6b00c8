"""A question and the records that may bear on it, sorted into an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from inconcert.core.event import EventMention
from inconcert.core.evidence import Corpus, EventRecord, Located, StatementRecord
from inconcert.core.mention import Participant
from inconcert.core.question import Question
from inconcert.core.statement import Statement
from inconcert.core.verdict import Answer, Column, Part, Verdict
from inconcert.errors import BadQuestion
from inconcert.judge.caveats import caveats, missing
from inconcert.judge.coders import are_measured
from inconcert.judge.naming import without_records
from inconcert.judge.parts import Intensity, TimingFound, contact, stance
from inconcert.judge.rules import head
from inconcert.ontology import plover

CONSULT = "CONSULT"
"""PLOVER's type for meetings and talks; it has no direction."""


def answer(
    question: Question,
    events: Sequence[EventRecord],
    statements: Sequence[StatementRecord],
    corpus: Corpus,
    *,
    named: Sequence[Located] = (),
    intensity: Intensity | None = plover.intensity,
    measured: bool | None = None,
    names: Callable[[str], str] = str,
) -> Answer:
    """Sort the records by what they say to the question, and judge where two actors are asked.

    Args:
        question: what is asked.
        events: every event record that may bear on it; others do no harm.
        statements: likewise.
        corpus: what the case holds.
        named: sentences that name the other side and one of the actors, whatever was coded in
            them; kept only where two actors are asked about, and only those that hold no record
            of the answer.
        intensity: score of a type and mode, for the part stance; PLOVER's where not given.
        measured: whether the coder's error is known; None looks its name up.
        names: name of a code as shown, for the caveats.

    Returns:
        The answer. A verdict stands in it where exactly two actors were asked about; more are
        only laid side by side. Where the question names days, records without a day are left
        out of every count; events among them stand in `bearing`.

    Raises:
        BadQuestion: no actor, an actor on both sides, one actor twice, or names that do not match.
    """
    _check(question)
    inside = [record for record in events if _in_span(record.day, question)]
    plain = _by_day(record for record in inside if not record.event.auxiliary)
    columns = tuple(
        _column(name, codes, question, inside, statements)
        for name, codes in zip(question.names, question.actors, strict=True)
    )
    joint = tuple(record for record in plain if _is_joint(record.event, question))
    consultations = tuple(record for record in plain if _is_consultation(record.event, question))
    shown = {record.event.id for column in columns for record in (*column.deeds, *column.set_aside)}
    shown |= {record.event.id for record in (*joint, *consultations)}
    known = are_measured(corpus.coders) if measured is None else measured
    verdict = (
        _verdict(
            question,
            (columns[0], columns[1]),
            joint,
            consultations,
            corpus,
            intensity,
            known,
            names,
        )
        if len(columns) == 2
        else None
    )
    found = Answer(
        question=question,
        corpus=corpus,
        columns=columns,
        joint=joint,
        consultations=consultations,
        bearing=_bearing(question, events, shown),
        verdict=verdict,
    )
    return replace(found, named=without_records(found, named)) if len(columns) == 2 else found


def _check(question: Question) -> None:
    """Refuse a question that has no answer by its form."""
    where = question.title or " + ".join(question.names)
    if not question.actors or not all(question.actors) or not question.toward:
        raise BadQuestion(
            "The question names no actor or no other side.",
            where=where,
            advice="Name at least one actor, and whom it acts toward.",
        )
    if len(question.names) != len(question.actors):
        raise BadQuestion(
            f"{len(question.actors)} actors but {len(question.names)} names.",
            where=where,
            advice="Give one name for each actor.",
        )
    seen = set(question.toward)
    for name, codes in zip(question.names, question.actors, strict=True):
        if seen & set(codes):
            raise BadQuestion(
                f"{name} stands twice in the question ({', '.join(sorted(seen & set(codes)))}).",
                where=where,
                advice="An actor cannot be its own partner or the other side; drop one of the two.",
            )
        seen |= set(codes)


def _column(
    name: str,
    codes: tuple[str, ...],
    question: Question,
    inside: Sequence[EventRecord],
    statements: Sequence[StatementRecord],
) -> Column:
    """What one actor did and said toward the other side."""
    toward = question.toward
    own = _by_day(
        record
        for record in inside
        if _any(record.event.actors, codes) and _any(_everybody(record.event), toward)
    )
    said = sorted(
        (
            record
            for record in statements
            if _in_span(record.day, question)
            and _any(record.statement.speakers, codes)
            and _any((*record.statement.about, *record.statement.addressees), toward)
            and not _is_told_already(record.statement)
        ),
        key=lambda record: (record.day or date.max, record.at.document, record.statement.start),
    )
    return Column(
        name=name,
        codes=codes,
        deeds=tuple(record for record in own if not record.event.auxiliary),
        set_aside=tuple(record for record in own if record.event.auxiliary),
        statements=tuple(said),
    )


def _is_told_already(statement: Statement) -> bool:
    """Whether the sentence of the speaker's own speech in which it stands is a statement itself."""
    return statement.form == "performative" or statement.rule == "own words"


def _is_joint(event: EventMention, question: Question) -> bool:
    """Two of the asked actors act together upon or with the other side, or agree over it.

    Talks of the two *about* the other side are a consultation, not an act toward it.
    """
    if _asked(event.actors, question) < 2:
        return False
    if event.type == CONSULT:
        return _any(event.recipients, question.toward)
    return _any(_everybody(event), question.toward)


def _is_consultation(event: EventMention, question: Question) -> bool:
    """Two of the asked actors meet or talk, whichever of them is named first.

    Where both turn to somebody else ("A and B engaged with T"), they do not consult each other.
    """
    if event.type != CONSULT or _asked((*event.actors, *event.recipients), question) < 2:
        return False
    return not event.recipients or _asked(event.recipients, question) > 0


def _bearing(
    question: Question, events: Sequence[EventRecord], shown: set[str]
) -> tuple[EventRecord, ...]:
    """Other records of sentences that name two asked actors, or one and the other side."""
    named: dict[tuple[str, int], list[Participant]] = {}
    for record in events:
        place = (record.event.document, record.event.sentence)
        named.setdefault(place, []).extend(_everybody(record.event))
    return tuple(
        _by_day(
            record
            for record in events
            if record.event.id not in shown
            and (record.day is None or _in_span(record.day, question))
            and _touches(named[record.event.document, record.event.sentence], question)
        )
    )


def _touches(people: Sequence[Participant], question: Question) -> bool:
    asked = _asked(people, question)
    return asked >= 2 or (asked == 1 and _any(people, question.toward))


def _verdict(
    question: Question,
    columns: tuple[Column, Column],
    joint: Sequence[EventRecord],
    consultations: Sequence[EventRecord],
    corpus: Corpus,
    intensity: Intensity | None,
    measured: bool,
    names: Callable[[str], str],
) -> Verdict:
    """The three parts, the head read off the table, and what limits both."""
    touch = contact(question, joint, consultations)
    timing = TimingFound()
    attitude = stance(question, columns, intensity)
    found, why = head(
        touch.value, timing.value, attitude.value, stories=touch.stories, measured=measured
    )
    return Verdict(
        head=found,
        parts=(
            Part("contact", touch.value, touch.reason),
            Part("timing", timing.value, timing.reason),
            Part("stance", attitude.value, attitude.reason),
        ),
        caveats=(why, *caveats(question, columns, corpus, names=names, measured=measured)),
        missing=missing(question, columns, corpus, measured=measured),
    )


def _asked(people: Iterable[Participant], question: Question) -> int:
    """How many of the asked actors are among these."""
    codes = {who.code for who in people}
    return sum(1 for actor in question.actors if codes.intersection(actor))


def _any(people: Iterable[Participant], codes: Sequence[str]) -> bool:
    return any(who.code in codes for who in people)


def _everybody(event: EventMention) -> tuple[Participant, ...]:
    return (*event.actors, *event.recipients, *event.about)


def _in_span(day: date | None, question: Question) -> bool:
    """Whether a day was asked about; an unknown day only where no days were named."""
    if question.span is None:
        return True
    return day is not None and question.span.contains(day)


def _by_day(records: Iterable[EventRecord]) -> list[EventRecord]:
    """In order of day, those without a day last."""
    return sorted(
        records, key=lambda record: (record.day or date.max, record.at.document, record.event.start)
    )
