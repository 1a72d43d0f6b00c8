"""What rules and reviews make of the records: copies, events of several mentions, decisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date
from typing import Any

import duckdb

from inconcert.core.copies import Copy
from inconcert.core.event import Event, Retelling
from inconcert.core.evidence import EventRecord, Told
from inconcert.core.folding import copies_of, events_of
from inconcert.core.provenance import Provenance
from inconcert.core.review import Review
from inconcert.store.queries import ask, rows

WEEK = 7
"""A span of no more days is a date."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Copies and events as they stand now, reviews laid over the findings of the rule.

    Attributes:
        events: by id of each of their mentions.
        copies: by document.
        sources: name of the source of each original.
    """

    events: Mapping[str, Event] = field(default_factory=dict)
    copies: Mapping[str, Copy] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)

    def reason(self, mention: str) -> str:
        """What joins a mention to another of its event; empty where nothing does."""
        event = self.events.get(mention)
        own = [] if event is None else [r for r in event.retellings if r.mention == mention]
        return own[0].reason if own else ""


def joined(connection: duckdb.DuckDBPyConnection, coder: Provenance) -> Joined:
    """Copies and events among the records of a coder; none before a rule compared them."""
    log = reviews(connection, None)
    rule = _rule(connection, coder)
    events = events_of(() if rule is None else _retellings(connection, rule), log)
    found = [] if rule is None else _copies(connection, rule)
    return Joined(
        {mention: event for event in events for mention in event.mentions},
        copies_of([copy for copy, _ in found], log),
        {copy.original: source for copy, source in found},
    )


def with_events(records: Sequence[EventRecord], book: Joined) -> list[EventRecord]:
    """The records, each with its event and with what its document is a copy of."""
    together: dict[str, list[EventRecord]] = defaultdict(list)
    for record in records:
        event = book.events.get(record.event.id)
        if event is not None:
            together[event.id].append(record)
    days = {event: _day_of(group) for event, group in together.items()}
    found = []
    for record in records:
        event, copy = book.events.get(record.event.id), book.copies.get(record.at.document)
        told = None
        if event is not None:
            told = Told(event.id, days[event.id], book.reason(record.event.id))
        copied = None if copy is None else (copy.original, book.sources[copy.original])
        found.append(replace(record, told=told, copied=copied))
    return found


def _day_of(group: Sequence[EventRecord]) -> date | None:
    """The day of an event: that of the narrowest own date, else the first day it was reported."""
    spans = [record.event.when.span for record in group]
    dated = [
        (span.days, record.own_day)
        for span, record in zip(spans, group, strict=True)
        if span is not None and record.own_day is not None and span.days <= WEEK
    ]
    if dated:
        return min(dated)[1]
    return min((r.own_day for r in group if r.own_day is not None), default=None)


def retellings(connection: duckdb.DuckDBPyConnection, coder: Provenance) -> list[Retelling]:
    """What the last rule found among the mentions of a coder, reviews aside; the likest first."""
    rule = _rule(connection, coder)
    return [] if rule is None else _retellings(connection, rule)


def copies(connection: duckdb.DuckDBPyConnection, coder: Provenance) -> list[Copy]:
    """Copies that the last rule found among the documents of a coder, reviews aside."""
    rule = _rule(connection, coder)
    found = [] if rule is None else _copies(connection, rule)
    return [copy for copy, _ in found if copy.document != copy.original]


def reviews(connection: duckdb.DuckDBPyConnection, kind: str | None) -> list[Review]:
    """Decisions about records, in order."""
    return [
        Review(
            row["id"],
            row["at_utc"].replace(tzinfo=UTC),
            row["made_by"],
            row["kind"],
            row["decision"],
            tuple(row["subjects"]),
            row["field"],
            row["old_value"],
            row["new_value"],
            row["note"],
            row["undoes"],
        )
        for row in ask(connection, "reviews", {"kind": kind}).to_pylist()
    ]


def to_merge(
    connection: duckdb.DuckDBPyConnection, coder: Provenance, rule: Provenance
) -> list[str]:
    """Documents of a coder that a rule has still to compare, by id."""
    given = {"coder": coder.id, "provenance": rule.id}
    return [str(identity) for (identity,) in rows(connection, "to_merge", given)]


def coded_documents(connection: duckdb.DuckDBPyConnection, coder: Provenance) -> list[str]:
    """Documents that a coder has coded, by id."""
    found = rows(connection, "coded_documents", {"coder": coder.id})
    return [str(identity) for (identity,) in found]


def review_row(review: Review) -> tuple[object, ...]:
    """A review in the order of the table's columns."""
    return (
        review.id,
        review.at.astimezone(UTC).replace(tzinfo=None),
        review.by,
        review.kind,
        review.decision,
        review.subjects,
        review.field,
        review.old,
        review.new,
        review.note,
        review.undoes,
    )


def copy_rows(found: Iterable[Copy], rule: Provenance) -> list[tuple[object, ...]]:
    """Copies in the order of the table's columns."""
    return [(rule.id, c.document, c.original, c.likeness, c.reason) for c in found]


def retelling_rows(found: Iterable[Retelling], rule: Provenance) -> list[tuple[object, ...]]:
    """Retellings in the order of the table's columns."""
    return [(rule.id, r.mention, r.same_as, r.likeness, r.reason) for r in found]


def _rule(connection: duckdb.DuckDBPyConnection, coder: Provenance) -> str | None:
    found = rows(connection, "merge_rule", {"coder": coder.id})
    return str(found[0][0]) if found else None


def _retellings(connection: duckdb.DuckDBPyConnection, rule: str) -> list[Retelling]:
    found: list[Any] = rows(connection, "retellings", {"provenance": rule})
    return [Retelling(*row) for row in found]


def _copies(connection: duckdb.DuckDBPyConnection, rule: str) -> list[tuple[Copy, str]]:
    found: list[Any] = rows(connection, "copies", {"provenance": rule})
    return [(Copy(*row[:4]), str(row[4])) for row in found]
