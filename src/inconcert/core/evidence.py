"""Records as the store returns them: with the sentence and the document they come from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from inconcert.core.display import displayed
from inconcert.core.document import Source
from inconcert.core.event import EventMention
from inconcert.core.span import TimeSpan
from inconcert.core.statement import Statement


@dataclass(frozen=True, slots=True)
class Located:
    """The sentence behind a record and the document it stands in.

    Attributes:
        sentence: its original characters.
        start: offset of its first character in the document.
        speaker_code: actor whose voice the document is in the first person, if any.
    """

    document: str
    source: Source
    title: str | None
    published: TimeSpan | None
    url: str | None
    place: str
    sentence: str
    start: int
    speaker_code: str | None = None

    @property
    def day(self) -> date | None:
        """First day of publication."""
        return None if self.published is None else self.published.first


@dataclass(frozen=True, slots=True)
class Told:
    """The event that a mention tells of, where other mentions tell of it too.

    Attributes:
        event: id of the event.
        day: its day, the same for all its mentions: that of the mention with the narrowest own
            date, among equals the earliest; where none has a date the earliest day of publication.
        reason: what joins the mention to another one, in words; empty for the first.
    """

    event: str
    day: date | None
    reason: str = ""


@displayed
@dataclass(frozen=True, slots=True)
class EventRecord:
    """An event mention and where it stands.

    Attributes:
        told: the event, where it has more mentions than this one.
        copied: the document that this one is a copy of, if any, and who published it.
    """

    event: EventMention
    at: Located
    told: Told | None = None
    copied: tuple[str, str] | None = None

    @property
    def event_id(self) -> str:
        """Id of the event; of a mention of which no other tells again it is its own."""
        return self.event.id if self.told is None else self.told.event

    @property
    def outlet(self) -> str:
        """Who tells of it: the source of the document, or of the document it is a copy of."""
        return self.at.source.name if self.copied is None else self.copied[1]

    @property
    def text(self) -> str:
        """Id of the document, or of the one it is a copy of."""
        return self.at.document if self.copied is None else self.copied[0]

    @property
    def day(self) -> date | None:
        """The day that places it on a timeline: that of its event."""
        return self.own_day if self.told is None else self.told.day

    @property
    def own_day(self) -> date | None:
        """The day that places the mention by itself.

        First day of its own span where that is no wider than a week, otherwise the day of
        publication (a report of it), otherwise unknown. A promise of what is yet to come is made
        when it is reported, not on the day that it speaks of.
        """
        span, published = self.event.when.span, self.at.published
        if span is not None and published is not None and span.first > published.last:
            return published.first
        if span is not None and span.days <= 7:
            return span.first
        if span is not None and (published is None or not span.overlaps(published)):
            return span.first
        return None if published is None else published.first


def one_each(records: Iterable[EventRecord]) -> list[EventRecord]:
    """The first record of each event, in the order given."""
    first: dict[str, EventRecord] = {}
    for record in records:
        first.setdefault(record.event_id, record)
    return list(first.values())


def outlets(records: Iterable[EventRecord]) -> int:
    """Independent outlets that tell of some events: sources, copies counted as their original's."""
    return len({record.outlet for record in records})


@displayed
@dataclass(frozen=True, slots=True)
class StatementRecord:
    """A statement and where it stands; it happened, as far as known, when it was published."""

    statement: Statement
    at: Located

    @property
    def day(self) -> date | None:
        """First day of its own span where narrow and past, otherwise the day of publication."""
        span, published = self.statement.when.span, self.at.published
        is_ahead = span is not None and published is not None and span.first > published.last
        if span is not None and span.days <= 7 and not is_ahead:
            return span.first
        return None if published is None else published.first


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """What was read from one source, and how much of it was coded."""

    source: Source
    documents: int
    sentences: int
    first: date | None
    last: date | None


@displayed
@dataclass(frozen=True, slots=True)
class Corpus:
    """What a case holds, for the head of every answer.

    Attributes:
        sources: one summary a source, largest first.
        undated: number of documents without a date.
        not_coded: documents held but not coded, by reason (`language not coded: ru` …).
        left_out: things given that did not become documents: reason, count, first places.
        notes: what was odd about documents that were read all the same, as `left_out`.
        sentences_by_country: sentences by the country of the speaker of the document where it
            has one, else of its source; None for unknown. Largest first.
        skipped: sentences not coded, by reason.
        coders: `name version` of every coder whose records are in the answer.
    """

    sources: tuple[SourceSummary, ...]
    undated: int
    not_coded: tuple[tuple[str, int], ...]
    left_out: tuple[tuple[str, int, tuple[str, ...]], ...]
    sentences_by_country: tuple[tuple[str | None, int], ...]
    skipped: tuple[tuple[str, int], ...]
    coders: tuple[str, ...]
    notes: tuple[tuple[str, int, tuple[str, ...]], ...] = ()

    @property
    def documents(self) -> int:
        """Number of documents coded."""
        return sum(summary.documents for summary in self.sources)

    @property
    def sentences(self) -> int:
        """Number of sentences coded."""
        return sum(summary.sentences for summary in self.sources)
