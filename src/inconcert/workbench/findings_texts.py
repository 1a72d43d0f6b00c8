"""Who does which part, of the coded texts of a case: where there is enough, else the refusal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import numpy.typing as npt

from inconcert.core.evidence import EventRecord, StatementRecord, one_each
from inconcert.core.findings import Measured, SourceFindings
from inconcert.core.mention import Participant
from inconcert.core.question import Question
from inconcert.core.reading import TEXTS, Reading
from inconcert.core.span import TimeSpan
from inconcert.judge import deeds, labour
from inconcert.judge.labour_case import PAIR, Acts, Ints
from inconcert.ontology.domains import Act
from inconcert.shape.axes import days_of, groups
from inconcert.shape.pairs import Parties, acts_too_many
from inconcert.workbench.findings import SEED
from inconcert.workbench.findings_rows import MOST_IDS, SHOWN, with_records

ELSEWHERE = "Texts were chosen for this question and tell little of other targets"
CONSULT = "CONSULT"
MUTUAL = (CONSULT, "AGREE", "COOPERATE")
"""What two do with each other where the text names no recipient; talks are so in any case."""


def of_texts(
    records: Sequence[EventRecord],
    statements: Sequence[StatementRecord],
    question: Question,
    reading: Reading | None,
) -> tuple[SourceFindings, ...]:
    """What the coded texts say of portfolios, words, deeds and stance; none without any.

    Args:
        records: all event records of the sources asked.
        statements: likewise.
        question: what is asked.
        reading: of the texts, as `timing.of_texts` gives it.
    """
    if reading is None or reading.coverage is None or len(question.actors) != 2:
        return ()
    span = reading.coverage.span
    acts = coded_acts(records, question, span)
    said = [_taking_sides(statements, question, span, actor) for actor in (0, 1)]
    by_day = [_by_day(own, span) for own in said]
    found = [
        *labour.all_of(acts, stance=reading.stance.interval, no_elsewhere=ELSEWHERE),
        *deeds.all_of(acts, reading.stance, split=question.split, said=(by_day[0], by_day[1])),
    ]
    held = tuple(
        one_each([one for one in records if _is_act(one, question, actor, span)])
        for actor in (0, 1)
    )
    return (
        SourceFindings(
            TEXTS,
            "texts",
            span,
            tuple(_with_statements(one, said) for one in with_records(found, (held[0], held[1]))),
            notes=(
                "Turning points, spill-over, burden, camps and venues are asked of event datasets.",
            ),
            query=reading.query,
        ),
    )


def coded_acts(records: Iterable[EventRecord], question: Question, span: TimeSpan) -> Acts:
    """Acts toward the other side by kind and day, each event once, told as done.

    Args:
        records: event records of the case, those toward others too: they make the volume.
        question: names the two and the side.
        span: days looked at.
    """
    side = frozenset(question.toward)
    labels = tuple("+".join(codes) for codes in question.actors)
    who = groups(labels, apart_from=side)
    rows: list[tuple[str, Act, int]] = []
    volume = np.zeros(span.days, dtype=np.int64)
    events = np.zeros(span.days, dtype=np.int64)
    for parties, act, day in _events(records, span):
        place = (day - span.first).days
        events[place] += 1
        acting = _acting(parties, side, who.label_of)
        volume[place] += not any(recipient in side for _, recipient in parties.pairs)
        rows += [(label, act, place) for label in acting]
    actors = (*labels, *sorted({label for label, _, _ in rows}.difference(labels)))
    kinds = tuple(dict.fromkeys(act for _, act, _ in rows))
    counts = np.zeros((len(actors), len(kinds), span.days), dtype=np.int64)
    place_of = {kind: number for number, kind in enumerate(kinds)}
    for label, act, place in rows:
        counts[actors.index(label), place_of[act], place] += 1
    return Acts(
        names=(question.names[0], question.names[1]),
        other=question.toward_name,
        actors=actors,
        kinds=kinds,
        cells=tuple(kind.kind for kind in kinds),
        counts=counts,
        days=days_of(span),
        volume=volume,
        covered=events > 0,
        seed=SEED,
    )


def _events(records: Iterable[EventRecord], span: TimeSpan) -> Iterator[tuple[Parties, Act, date]]:
    """Plain events with a day in the span, each once, with the parties of all its tellings."""
    tellings: dict[str, list[EventRecord]] = {}
    for record in records:
        if not record.event.auxiliary and record.day is not None and span.contains(record.day):
            tellings.setdefault(record.event_id, []).append(record)
    for told in tellings.values():
        first, day = told[0].event, told[0].day
        if day is None:
            continue
        acting = _codes(who for one in told for who in one.event.actors)
        upon = _codes(who for one in told for who in one.event.recipients)
        is_mutual = first.type == CONSULT or (first.type in MUTUAL and not upon)
        contexts = tuple(sorted(first.contexts))
        parties = Parties(
            np.datetime64(day, "D"), first.type, first.type, first.mode or "", ";".join(contexts),
            acting, upon, is_mutual,
        )  # fmt: skip
        yield parties, Act(first.type, first.mode, contexts), day


def _codes(people: Iterable[Participant]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(who.code for who in people))


def _acting(parties: Parties, side: frozenset[str], label_of: Mapping[str, str]) -> list[str]:
    """Actors for whom an event counts as one act toward the side."""
    pairs = {(a, r) for a, r in parties.pairs if r in side and a not in side}
    labels = [label_of.get(actor, actor) for actor, _ in pairs]
    too_many = acts_too_many(parties, side, label_of)
    return [one for one in sorted(set(labels)) if labels.count(one) - too_many.get(one, 0) > 0]


def _is_act(record: EventRecord, question: Question, actor: int, span: TimeSpan) -> bool:
    event, day = record.event, record.day
    if event.auxiliary or day is None or not span.contains(day):
        return False
    acting, upon = ({who.code for who in people} for people in (event.actors, event.recipients))
    if event.type in MUTUAL:
        acting, upon = acting | upon, acting | upon
    return bool(acting.intersection(question.actors[actor]) and upon.intersection(question.toward))


def _taking_sides(
    statements: Iterable[StatementRecord], question: Question, span: TimeSpan, actor: int
) -> list[tuple[date, bool, StatementRecord]]:
    """Statements of an actor that are for or against the side: day, whether for, the record."""
    found = []
    for record in statements:
        day = record.day
        if day is None or not span.contains(day):
            continue
        if not any(who.code in question.actors[actor] for who in record.statement.speakers):
            continue
        sign = sum(one.sign for one in record.statement.stance if one.code in question.toward)
        if sign:
            found.append((day, sign > 0, record))
    return found


def _by_day(said: Iterable[tuple[date, bool, StatementRecord]], span: TimeSpan) -> Ints:
    """Statements for and against by day, shape (2, days)."""
    found: npt.NDArray[np.int64] = np.zeros((2, span.days), dtype=np.int64)
    for day, is_for, _ in said:
        found[0 if is_for else 1, (day - span.first).days] += 1
    return found


def _with_statements(
    one: Measured, said: Sequence[Sequence[tuple[date, bool, StatementRecord]]]
) -> Measured:
    """The finding on statements with the first few of them."""
    for name, own in zip(PAIR, said, strict=True):
        if one.key == f"stance.statements.{name}" and not one.refused:
            records = [record for _, _, record in own]
            ids = tuple(record.statement.id for record in records)[:MOST_IDS]
            return replace(one, statements=tuple(records[:SHOWN]), ids=ids)
    return one
