"""Records of a case with the actors as an analyst decided: under the code that counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from inconcert.core.evidence import EventRecord, StatementRecord
from inconcert.core.mention import Participant
from inconcert.resolve.decisions import Merged

Record = TypeVar("Record", EventRecord, StatementRecord)


def with_merged(records: Iterable[Record], merged: Merged) -> list[Record]:
    """The records, each participant as the decisions have it; unchanged where there are none."""
    return [_decided(one, merged) for one in records] if merged.into else list(records)


def _decided(record: Record, merged: Merged) -> Record:
    if isinstance(record, EventRecord):
        return _of_event(record, merged)
    return _of_statement(record, merged)


def _of_event(record: EventRecord, merged: Merged) -> EventRecord:
    event = record.event
    return replace(
        record,
        event=replace(
            event,
            actors=_cast(event.actors, merged),
            recipients=_cast(event.recipients, merged),
            about=_cast(event.about, merged),
        ),
    )


def _of_statement(record: StatementRecord, merged: Merged) -> StatementRecord:
    said = record.statement
    return replace(
        record,
        statement=replace(
            said,
            speakers=_cast(said.speakers, merged),
            addressees=_cast(said.addressees, merged),
            about=_cast(said.about, merged),
            stance=tuple(
                {
                    one.code: one
                    for one in (replace(one, code=merged.code(one.code)) for one in said.stance)
                }.values()
            ),
        ),
    )


def _cast(named: tuple[Participant, ...], merged: Merged) -> tuple[Participant, ...]:
    """Participants as decided, each code once."""
    found: dict[tuple[str, str | None], Participant] = {}
    for one in map(merged.participant, named):
        found.setdefault((one.code, one.name), one)
    return tuple(found.values())
