"""The same shapes from the texts of a case: what the coder found, merged and plain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from inconcert.core.evidence import EventRecord, StatementRecord
from inconcert.core.mention import Participant
from inconcert.core.panel import Toward
from inconcert.core.span import TimeSpan
from inconcert.errors import BadQuestion
from inconcert.shape.axes import (
    APPEAL,
    STATEMENT,
    days_of,
    deed_types,
    groups,
    places,
    types_of,
)
from inconcert.shape.pairs import Parties, acts_too_many

SOURCE = "texts"

CONSULT = "CONSULT"
MUTUAL = (CONSULT, "AGREE", "COOPERATE")
"""What two do with each other where the text names no recipient; talks are so in any case."""


@dataclass(frozen=True, slots=True)
class _Act:
    """One event of a case, or one statement, with everybody whom any telling of it names."""

    day: int
    parties: Parties

    def labels(self, label_of: Mapping[str, str]) -> set[str]:
        """Actors who act toward anybody."""
        return {label_of.get(actor, actor) for actor, _ in self.parties.pairs}


def coded_toward(
    records: Iterable[EventRecord],
    side: Sequence[str],
    *,
    span: TimeSpan,
    asked: Sequence[str] = (),
    statements: Iterable[StatementRecord] = (),
    least_acts: int = 1,
    deeds_only: bool = False,
) -> Toward:
    """Acts of every actor toward one side, day by day, as the texts of a case have them.

    An event that several sentences tell of counts once. What is told as planned, denied, supposed
    or long past does not count, nor what has no day. An act that is only *about* T is not toward
    it; a statement to T or about it is.

    Args:
        records: event records of the case, those of other days and sides too: they make the
            volume and the habits.
        side: codes of T.
        span: days asked about.
        asked: actors that come first whether they act or not, codes of a group joined by `+`.
        statements: statement records, likewise; counted as STATEMENT, demands as APPEAL.
        least_acts: acts toward T that any other actor needs to be in the array.
        deeds_only: leave out what is only said; the volume still tells of all events.

    Returns:
        The acts, with the source `texts`. As `toward` has it, but that habits count an act toward
        two once.

    Raises:
        BadQuestion: no side, or a code that stands twice.
    """
    if not side:
        raise BadQuestion("no other side is named", advice="Name at least one code after --toward.")
    _ = groups(side)
    who = groups(asked, apart_from=side)
    days = days_of(span)
    acts = [*_events(records, span), *_said(statements, span)]
    kept = [act for act in acts if not deeds_only or act.parties.kind in deed_types()]
    toward = Counter[tuple[str, str, int]]()
    for act in kept:
        for label in _acting(act.parties, frozenset(side), who.label_of):
            toward[label, act.parties.cell, act.day] += 1
    totals = Counter[str]()
    for (label, _cell, _day), n in toward.items():
        totals[label] += n
    others = {label for label, n in totals.items() if n >= max(1, least_acts)}
    actors = (*who.labels, *sorted(others.difference(who.labels)))
    types = types_of((act.parties.cell for act in kept), deeds_only=deeds_only)
    counts = np.zeros((len(actors), len(types), len(days)), dtype=np.int32)
    for (label, cell, day), n in toward.items():
        if label in actors:
            counts[actors.index(label), types.index(cell), day] = n
    habits = np.zeros((len(actors), len(types)), dtype=np.int64)
    for act in kept:
        for row in places(sorted(act.labels(who.label_of)), actors):
            if row >= 0:
                habits[row, types.index(act.parties.cell)] += 1
    everything = np.bincount([act.day for act in acts], minlength=len(days))
    upon = [act.day for act in acts if _is_toward(act.parties, frozenset(side))]
    return Toward(
        toward=tuple(side),
        actors=actors,
        types=types,
        days=days,
        counts=counts,
        volume=(everything - np.bincount(upon, minlength=len(days))).astype(np.int64),
        covered=everything > 0,
        habits=habits,
        source=SOURCE,
        query=f"plain events of the case's texts, merged, {span}, toward {'+'.join(side)}",
    )


def _acting(parties: Parties, side: frozenset[str], label_of: Mapping[str, str]) -> Iterator[str]:
    """Actors for whom an event counts as one act toward the side."""
    pairs = [(a, r) for a, r in parties.pairs if r in side and a not in side]
    found = Counter(label_of.get(actor, actor) for actor, _ in pairs)
    found.subtract(acts_too_many(parties, side, label_of))
    yield from (label for label, n in found.items() if n > 0)


def _is_toward(parties: Parties, side: frozenset[str]) -> bool:
    return any(recipient in side for _, recipient in parties.pairs)


def _events(records: Iterable[EventRecord], span: TimeSpan) -> Iterator[_Act]:
    """Plain events with a day in the span, each once, with the parties of all its tellings."""
    tellings: dict[str, list[EventRecord]] = {}
    for record in records:
        if not record.event.auxiliary and record.day is not None and span.contains(record.day):
            tellings.setdefault(record.event_id, []).append(record)
    for told in tellings.values():
        first, day = told[0].event, told[0].day
        if day is None:
            continue
        actors = _codes(who for record in told for who in record.event.actors)
        recipients = _codes(who for record in told for who in record.event.recipients)
        is_mutual = first.type == CONSULT or (first.type in MUTUAL and not recipients)
        yield _Act(
            (day - span.first).days,
            Parties(
                np.datetime64(day, "D"),
                first.type,
                first.type,
                first.mode or "",
                ";".join(sorted(first.contexts)),
                actors,
                recipients,
                is_mutual,
            ),
        )


def _said(records: Iterable[StatementRecord], span: TimeSpan) -> Iterator[_Act]:
    """Statements of known speakers with a day in the span."""
    for record in records:
        said, day = record.statement, record.day
        if day is None or not span.contains(day) or not said.speakers:
            continue
        kind = APPEAL if said.commitment == "demand" else STATEMENT
        speakers = _codes(said.speakers)
        yield _Act(
            (day - span.first).days,
            Parties(
                np.datetime64(day, "D"),
                kind,
                kind,
                "",
                "",
                speakers,
                _codes((*said.addressees, *said.about)),
                is_mutual=False,
            ),
        )


def _codes(people: Iterable[Participant]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(who.code for who in people))
