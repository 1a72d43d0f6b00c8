"""A question and the records that may bear on it, sorted into an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from inconcert.core.event import EventMention
from inconcert.core.evidence import Corpus, EventRecord, Located, StatementRecord
from inconcert.core.mention import Participant
from inconcert.core.question import Question
from inconcert.core.reading import TEXTS, Reading
from inconcert.core.statement import Statement
from inconcert.core.verdict import Answer, Column, Part, SourceVerdict, Verdict
from inconcert.errors import BadQuestion
from inconcert.judge.caveats import caveats, missing
from inconcert.judge.claims import stance as stance_of_reading
from inconcert.judge.claims import timing as timing_of_reading
from inconcert.judge.coders import are_measured
from inconcert.judge.naming import without_records
from inconcert.judge.parts import Intensity, StanceFound, TimingFound, contact, stance
from inconcert.judge.rules import head
from inconcert.judge.sayings import disagreement, sayings
from inconcert.judge.sources import (
    NOT_TAKEN_TO_MEAN,
    in_order,
    missing_of_timing,
    of_claim,
    of_dataset,
    read_from,
)
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
    of_both: Sequence[Located] = (),
    texts: Reading | None = None,
    datasets: Sequence[Reading] = (),
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
        of_both: sentences that name both actors; kept are those that say whether they act
            together, of documents that `named` has sentences of.
        texts: what the coded texts say of timing; None where that was not looked at.
        datasets: what each event dataset says.
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
    found = Answer(
        question=question,
        corpus=corpus,
        columns=columns,
        joint=joint,
        consultations=consultations,
        bearing=_bearing(question, events, shown),
        verdict=None,
    )
    if len(columns) != 2:
        return found
    known = are_measured(corpus.coders) if measured is None else measured
    judged = [of_dataset(question, reading, names=names) for reading in datasets]
    if corpus.documents or not judged:
        own = _of_texts(found, texts, intensity, known, names)
        said = sayings(of_both, (sentence.document for sentence in named))
        judged.append(_with_disagreement(own, disagreement(said)))
        found = replace(found, named=without_records(found, named), sayings=said)
    ordered = in_order(judged, question.sources)
    why = read_from(ordered, question.sources)
    first = ordered[0].verdict
    if why is not None:
        first = replace(first, caveats=(first.caveats[0], why, *first.caveats[1:]))
    has_readings = texts is not None or bool(datasets)
    return replace(found, verdict=first, by_source=ordered if has_readings else ())


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


def consultations_about(
    question: Question, events: Iterable[EventRecord]
) -> tuple[EventRecord, ...]:
    """Plain consultations between the asked actors in which the other side is named."""
    return tuple(
        record
        for record in events
        if not record.event.auxiliary
        and _is_consultation(record.event, question)
        and _any(_everybody(record.event), question.toward)
    )


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


def _of_texts(
    answer: Answer,
    reading: Reading | None,
    intensity: Intensity | None,
    measured: bool,
    names: Callable[[str], str],
) -> SourceVerdict:
    """What the texts say: the three parts, the head read off the table, and what limits both."""
    question, corpus = answer.question, answer.corpus
    columns = (answer.columns[0], answer.columns[1])
    touch = contact(question, answer.joint, answer.consultations)
    timing, attitude = TimingFound(), stance(question, columns, intensity)
    if reading is not None:
        pair = (question.names[0], question.names[1])
        timing = timing_of_reading(reading, pair, names=names, is_reliable=measured)
        attitude = _stance_of_texts(reading, question, attitude)
    found, why = head(
        touch.value, timing.value, attitude.value, stories=touch.stories, measured=measured
    )
    warned = caveats(question, columns, corpus, names=names, measured=measured)
    needed = missing(question, columns, corpus, measured=measured, is_tested=reading is not None)
    if reading is not None:
        warned = (*warned, *reading.notes, *of_claim(reading), NOT_TAKEN_TO_MEAN)
        needed = (*needed, *missing_of_timing(reading))
    return SourceVerdict(
        Reading(TEXTS, "texts", "", None) if reading is None else reading,
        Verdict(
            head=found,
            parts=(
                Part("contact", touch.value, touch.reason),
                Part("timing", timing.value, timing.reason),
                Part("stance", attitude.value, attitude.reason),
            ),
            caveats=(why, *warned),
            missing=needed,
        ),
    )


def _stance_of_texts(reading: Reading, question: Question, found: StanceFound) -> StanceFound:
    """The gap with weeks drawn again, where there are acts enough on known days for it."""
    if reading.stance.shares is None:
        return found
    return stance_of_reading(reading, question.names[0], question.names[1], question.toward_name)


def _with_disagreement(own: SourceVerdict, told: str | None) -> SourceVerdict:
    if told is None:
        return own
    why, *others = own.verdict.caveats
    return replace(own, verdict=replace(own.verdict, caveats=(why, told, *others)))


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
