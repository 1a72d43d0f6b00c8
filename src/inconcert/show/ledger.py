"""Keeps the books of a brief: every record once with a number, every count with its records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from inconcert.core.evidence import EventRecord
from inconcert.core.verdict import Answer
from inconcert.judge.naming import records_of
from inconcert.show.marks import Record


@dataclass(frozen=True, slots=True)
class Entry:
    """A record with the number under which the brief lists it (`E12`)."""

    number: int
    record: Record

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


@dataclass(frozen=True, slots=True)
class Number:
    """A count and the anchor of the records it counts; a zero has nothing to open."""

    count: int
    key: str | None = None


class Ledger:
    """Numbers all records of some answers by day, and remembers what each count counts."""

    def __init__(self, answers: Sequence[Answer]) -> None:
        found = {_identity(record): record for answer in answers for record in records_of(answer)}
        ordered = sorted(found.values(), key=_place)
        self.entries = tuple(Entry(number, record) for number, record in enumerate(ordered, 1))
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
        return Number(len(entries), group.key)


def _identity(record: Record) -> tuple[bool, str]:
    if isinstance(record, EventRecord):
        return True, record.event.id
    return False, record.statement.id


def _place(record: Record) -> tuple[date, str, int, tuple[bool, str]]:
    """Order: day (unknown last), document, place in it."""
    start = record.event.start if isinstance(record, EventRecord) else record.statement.start
    return record.day or date.max, record.at.document, start, _identity(record)
