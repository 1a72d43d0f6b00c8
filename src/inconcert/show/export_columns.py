"""The columns of a CSV file of events or statements, each with what it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from inconcert.core.event import When
from inconcert.core.evidence import EventRecord, StatementRecord
from inconcert.core.mention import Participant
from inconcert.judge.reliability import Graded
from inconcert.show.export_cells import iso, listed

Record = TypeVar("Record", bound=EventRecord | StatementRecord)


@dataclass(frozen=True, slots=True)
class Column(Generic[Record]):
    """A column of a CSV file: its name, what it says, and its value."""

    name: str
    what: str
    value: Callable[[Record], object]

    @property
    def form(self) -> str:
        """What its cells hold: text, list, day, whole, number or yes-no (`codebook.FORMS`)."""
        return next((form for form, names in _FORMS.items() if self.name in names), "text")


_FORMS = {
    "list": frozenset(
        (
            "contexts", "auxiliary", "actors", "actor_sectors", "actor_names", "recipients",
            "recipient_sectors", "recipient_names", "about", "about_sectors", "about_names",
            "speakers", "speaker_sectors", "speaker_names", "addressees", "quotes", "stance",
        )
    ),
    "day": frozenset({"day", "when_first", "when_last", "published_first", "published_last"}),
    "whole": frozenset({"start", "end", "sentence_start", "content_start", "content_end"}),
    "number": frozenset({"latitude", "longitude", "confidence"}),
    "yes-no": frozenset({"is_quoted", "is_anonymous"}),
}  # fmt: skip
"""Names of columns by what their cells hold; those not named are texts."""


def _codes(cast: tuple[Participant, ...]) -> str:
    return listed(who.code for who in cast)


def _names(cast: tuple[Participant, ...]) -> str:
    return listed(who.name or "" for who in cast)


def _sectors(cast: tuple[Participant, ...]) -> str:
    return ";".join("+".join(who.sectors) for who in cast)


def _first(when: When) -> str | None:
    return None if when.span is None else iso(when.span.first)


def _last(when: When) -> str | None:
    return None if when.span is None else iso(when.span.last)


def _first_out(record: EventRecord | StatementRecord) -> str | None:
    published = record.at.published
    return None if published is None else iso(published.first)


def _last_out(record: EventRecord | StatementRecord) -> str | None:
    published = record.at.published
    return None if published is None else iso(published.last)


def _quoted(record: StatementRecord) -> str:
    return ";".join(f"{start}-{end}" for start, end in record.statement.quotes)


def _of_place(record: EventRecord, name: str) -> object:
    place = record.event.where
    return None if place is None else getattr(place, name)


def _stances(record: StatementRecord) -> str:
    return ";".join(f"{one.code}:{one.sign:+d}" for one in record.statement.stance)


_PLACE: tuple[Column[Any], ...] = (
    Column("sentence", "the sentence, as written", lambda r: r.at.sentence),
    Column("sentence_start", "offset of its first character", lambda r: r.at.start),
    Column("document", "id of the document", lambda r: r.at.document),
    Column("title", "title of the document", lambda r: r.at.title),
    Column("source", "who published it", lambda r: r.at.source.name),
    Column("source_country", "country of the publisher", lambda r: r.at.source.country),
    Column("published_first", "first day it may have been published", _first_out),
    Column("published_last", "last day it may have been published", _last_out),
    Column("url", "where it was published", lambda r: r.at.url),
    Column("place", "where it was read", lambda r: r.at.place),
)


def graded_column(graded: Graded | None) -> Column[Any]:
    """The column of grades; empty where records are not graded among one another."""
    return Column(
        "grade",
        "Admiralty grade: outlet A to F, item 1 to 6",
        lambda r: None if graded is None else graded.of(r).code,
    )


EVENT_COLUMNS: tuple[Column[EventRecord], ...] = (
    Column("id", "id of the event mention", lambda r: r.event.id),
    Column("day", "day on the timeline", lambda r: iso(r.day)),
    Column("type", "PLOVER type", lambda r: r.event.type),
    Column("mode", "PLOVER mode", lambda r: r.event.mode),
    Column("contexts", "PLOVER contexts", lambda r: ";".join(r.event.contexts)),
    Column("auxiliary", "auxiliary modes; plain: none", lambda r: ";".join(r.event.auxiliary)),
    Column("actors", "codes of those who act", lambda r: _codes(r.event.actors)),
    Column("actor_sectors", "their sectors (A+B)", lambda r: _sectors(r.event.actors)),
    Column("actor_names", "their names, if any", lambda r: _names(r.event.actors)),
    Column("recipients", "codes of those acted upon", lambda r: _codes(r.event.recipients)),
    Column("recipient_sectors", "their sectors", lambda r: _sectors(r.event.recipients)),
    Column("recipient_names", "their names", lambda r: _names(r.event.recipients)),
    Column("about", "codes of third parties it concerns", lambda r: _codes(r.event.about)),
    Column("about_sectors", "their sectors", lambda r: _sectors(r.event.about)),
    Column("about_names", "their names", lambda r: _names(r.event.about)),
    Column("when_first", "first day it may have happened", lambda r: _first(r.event.when)),
    Column("when_last", "last day it may have happened", lambda r: _last(r.event.when)),
    Column("when_text", "the words that tell when", lambda r: r.event.when.text),
    Column("when_basis", "what these days rest on", lambda r: r.event.when.basis),
    Column("when_granularity", "how exact these words are", lambda r: r.event.when.granularity),
    Column("where_name", "the place, as written", lambda r: _of_place(r, "name")),
    Column("where_country", "state it lies in", lambda r: _of_place(r, "country")),
    Column("latitude", "degrees, north positive", lambda r: _of_place(r, "latitude")),
    Column("longitude", "degrees, east positive", lambda r: _of_place(r, "longitude")),
    Column("precision", "how narrow the coordinates are", lambda r: _of_place(r, "precision")),
    Column("where_basis", "what the place rests on", lambda r: _of_place(r, "basis")),
    Column("start", "offset of the predicate's first character", lambda r: r.event.start),
    Column("end", "one past the offset of its last", lambda r: r.event.end),
    Column("rule", "rule that decided", lambda r: r.event.rule),
    Column("confidence", "chance that type and actors are right", lambda r: r.event.confidence),
    Column("is_quoted", "true where it stands in somebody's words", lambda r: r.event.is_quoted),
    *_PLACE,
    Column("event", "id of the event; mentions of one event share it", lambda r: r.event_id),
    Column("outlet", "who tells of it, copies under their original's source", lambda r: r.outlet),
    Column("copy_of", "document that this one is a copy of", lambda r: r.copied and r.copied[0]),
    graded_column(None),
)  # fmt: skip
"""Columns of a CSV file of events."""

STATEMENT_COLUMNS: tuple[Column[StatementRecord], ...] = (
    Column("id", "id of the statement", lambda r: r.statement.id),
    Column("day", "day on the timeline", lambda r: iso(r.day)),
    Column("speakers", "codes of those who speak", lambda r: _codes(r.statement.speakers)),
    Column("speaker_sectors", "their sectors (A+B)", lambda r: _sectors(r.statement.speakers)),
    Column("speaker_names", "their names", lambda r: _names(r.statement.speakers)),
    Column("speaker_text", "the words that name them", lambda r: r.statement.speaker_text),
    Column("addressees", "codes of those spoken to", lambda r: _codes(r.statement.addressees)),
    Column("about", "codes of those named in what is said", lambda r: _codes(r.statement.about)),
    Column("cue", "lemma of the word of saying", lambda r: r.statement.cue),
    Column("form", "direct, mixed, indirect or performative", lambda r: r.statement.form),
    Column("commitment", "promise, demand, denial, condition", lambda r: r.statement.commitment),
    Column("stance", "actors named, each with +1, -1 or +0", _stances),
    Column("is_anonymous", "true where the source has no name", lambda r: r.statement.is_anonymous),
    Column("when_first", "first day it may have been said", lambda r: _first(r.statement.when)),
    Column("when_last", "last day it may have been said", lambda r: _last(r.statement.when)),
    Column("when_text", "the words that tell when", lambda r: r.statement.when.text),
    Column("when_basis", "what these days rest on", lambda r: r.statement.when.basis),
    Column("when_granularity", "how exact these words are", lambda r: r.statement.when.granularity),
    Column("start", "offset of the cue's first character", lambda r: r.statement.start),
    Column("end", "one past the offset of its last", lambda r: r.statement.end),
    Column("content_start", "offset of the words said", lambda r: r.statement.content_start),
    Column("content_end", "one past the offset of the last", lambda r: r.statement.content_end),
    Column("quotes", "offsets of the words in quotation marks, start-end", _quoted),
    Column("rule", "rule that decided", lambda r: r.statement.rule),
    Column("confidence", "0 to 1, uncalibrated", lambda r: r.statement.confidence),
    *_PLACE,
    graded_column(None),
)  # fmt: skip
"""Columns of a CSV file of statements."""
