"""Keeps the books of a brief: every record once with a number, every count with its records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from inconcert.core.evidence import EventRecord, outlets
from inconcert.core.verdict import Answer
from inconcert.judge.amounts import told_in
from inconcert.judge.naming import records_of
from inconcert.show.marks import Record


@dataclass(frozen=True, slots=True)
class Entry:
    """A record with the number under which the brief lists it (`E12`).

    Attributes:
        same: numbers of the other records of the brief that tell of the same event.
    """

    number: int
    record: Record
    same: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """Anchor of the record."""
        return f"e{self.number}"


@dataclass(frozen=True, slots=True)
class Group:
    """The records behind one number, with what they have in common."""

    key: str
    title: str
    entries: tuple[Entry, ...]

    @property
    def number(self) -> Number:
        """How many events and statements these are."""
        return _number(self.entries, self.key)


@dataclass(frozen=True, slots=True)
class Number:
    """A count and the anchor of the records it counts; a zero has nothing to open.

    Attributes:
        count: events and statements; an event that several records tell of is one.
        reports: the records themselves.
        outlets: who tell of the events without copying one another; 0 where there are none.
    """

    count: int
    key: str | None = None
    reports: int = 0
    outlets: int = 0

    @property
    def told(self) -> str:
        """How often it is told; empty where each is told once."""
        return told_in(self.reports, self.outlets) if self.reports > self.count else ""


class Ledger:
    """Numbers all records of some answers by day, and remembers what each count counts."""

    def __init__(self, answers: Sequence[Answer]) -> None:
        found = {_identity(record): record for answer in answers for record in records_of(answer)}
        ordered = sorted(found.values(), key=_place)
        together: dict[str, list[int]] = defaultdict(list)
        for number, record in enumerate(ordered, 1):
            if isinstance(record, EventRecord):
                together[record.event_id].append(number)
        self.entries = tuple(
            Entry(number, record, _others(number, record, together))
            for number, record in enumerate(ordered, 1)
        )
        self._by_identity = {_identity(entry.record): entry for entry in self.entries}
        self._groups: dict[tuple[str, tuple[Entry, ...]], Group] = {}

    @property
    def groups(self) -> tuple[Group, ...]:
        """Every group so far, in the order in which the numbers were asked for."""
        return tuple(self._groups.values())

    def entries_of(self, records: Iterable[Record]) -> tuple[Entry, ...]:
        """The entries of some records, each once, in order of their numbers."""
        found = {_identity(record) for record in records}
        return tuple(sorted((self._by_identity[key] for key in found), key=lambda e: e.number))

    def in_order(self, records: Iterable[Record]) -> tuple[Entry, ...]:
        """The entries of some records, each once, in the order of the records."""
        found = dict.fromkeys(map(_identity, records))
        return tuple(self._by_identity[key] for key in found)

    def number(self, title: str, records: Iterable[Record]) -> Number:
        """Count records, and remember them under the title so that the count can be opened."""
        entries = self.entries_of(records)
        if not entries:
            return Number(0)
        fresh = Group(f"g{len(self._groups) + 1}", title, entries)
        group = self._groups.setdefault((title, entries), fresh)
        return _number(entries, group.key)


def _number(entries: Sequence[Entry], key: str) -> Number:
    """Events and statements among some entries, in how many reports of how many outlets."""
    told = [entry.record for entry in entries if isinstance(entry.record, EventRecord)]
    events = len({record.event_id for record in told})
    statements = len(entries) - len(told)
    return Number(events + statements, key, len(entries), outlets(told))


def _others(number: int, record: Record, together: Mapping[str, Sequence[int]]) -> tuple[int, ...]:
    if not isinstance(record, EventRecord):
        return ()
    return tuple(other for other in together[record.event_id] if other != number)


def _identity(record: Record) -> tuple[bool, str]:
    if isinstance(record, EventRecord):
        return True, record.event.id
    return False, record.statement.id


def _place(record: Record) -> tuple[date, str, int, tuple[bool, str]]:
    """Order: day (unknown last), document, place in it."""
    start = record.event.start if isinstance(record, EventRecord) else record.statement.start
    return record.day or date.max, record.at.document, start, _identity(record)
