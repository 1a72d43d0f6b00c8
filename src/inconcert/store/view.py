"""Gives records back as nouns, with the sentence and the document they come from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from itertools import islice
from typing import Any

import duckdb
import pyarrow as pa

from inconcert.core.document import Document, Source
from inconcert.core.event import EventMention, When
from inconcert.core.evidence import (
    Corpus,
    EventRecord,
    Located,
    SourceSummary,
    StatementRecord,
)
from inconcert.core.mention import Participant
from inconcert.core.place import Where
from inconcert.core.provenance import Provenance
from inconcert.core.review import EVENT
from inconcert.core.span import TimeSpan
from inconcert.core.statement import Stance, Statement
from inconcert.errors import BadInput, BadQuestion
from inconcert.store.joining import joined, reviews, with_events
from inconcert.store.queries import ask, rows
from inconcert.store.reviewed import NOTHING, STATEMENT, Laid, on_given_days, parted
from inconcert.store.reviewed_asked import is_asked, is_said_asked, notes_of_reviews

DOCUMENTS_AT_ONCE = 50

WAITING = "not yet coded"
"""Reason under which `Corpus.not_coded` counts the documents that wait for the coder."""

UNKNOWN_LANGUAGE = "language not known, coded all the same (document kept)"
"""Reason under which `Corpus.notes` counts documents in Latin letters of unknown language."""

Cast = Mapping[tuple[str, str], tuple[Participant, ...]]
"""Participants by record and role."""


def documents(
    connection: duckdb.DuckDBPyConnection, ids: Iterable[str] | None
) -> Iterator[Document]:
    """The documents of these ids, in their order; all, in order of arrival, for None.

    Raises:
        BadInput: the case holds no document of that id.
    """
    if ids is None:
        ids = [str(identity) for (identity,) in rows(connection, "document_ids")]
    wanted = iter(ids)
    while chunk := list(islice(wanted, DOCUMENTS_AT_ONCE)):
        table = ask(connection, "documents", {"ids": chunk})
        found = {document.id: document for document in map(_document, table.to_pylist())}
        for identity in chunk:
            if identity not in found:
                raise BadInput(
                    f"the case holds no document {identity!r}",
                    advice="Take an id from the list of documents.",
                )
            yield found[identity]


def events(
    connection: duckdb.DuckDBPyConnection,
    provenance: Provenance,
    *,
    actor_codes: Sequence[str] | None,
    any_codes: Sequence[str] | None,
    types: Sequence[str] | None,
    sources: Sequence[str],
    span: TimeSpan | None,
    ids: Sequence[str] | None = None,
    as_coded: bool = False,
) -> list[EventRecord]:
    """Event mentions by the day of their event, the undated last; None does not restrict.

    Args:
        as_coded: as they are held, whatever reviewers decided on them.
    """
    given = {
        "provenance": provenance.id,
        "actor_codes": _listed(actor_codes),
        "any_codes": _listed(any_codes),
        "types": _listed(types),
        "sources": _named(connection, sources),
    }
    book = joined(connection, provenance)
    laid = NOTHING if as_coded else Laid.of(reviews(connection, EVENT), EVENT)
    found = list(_records(ask(connection, "events", {**given, "ids": _listed(ids), **_days(span)})))
    there = {row["id"] for row in found}
    more = set() if ids is not None else laid.changed - there  # may fit now, as corrected
    if span is not None:
        events = {book.events[i].id: book.events[i] for i in there | more if i in book.events}
        more |= {i for event in events.values() for i in event.mentions} - there
    if more:
        free = dict.fromkeys(("actor_codes", "any_codes", "types")) if laid.changed else {}
        again = {**given, **free, "ids": sorted(more), **_days(None)}
        found += _records(ask(connection, "events", again))
    wanted = {"provenance": provenance.id, "ids": [str(row["id"]) for row in found]}
    cast = _cast(ask(connection, "event_participants", wanted), "event")
    places = _Places(connection, found)
    records = laid.events(EventRecord(_event(row, cast), places.of(row)) for row in found)
    records = with_events(records, parted(book, records, laid.changed))
    records = on_given_days(records, laid)
    if laid.changed:
        records = [r for r in records if is_asked(r.event, actor_codes, any_codes, types)]
    if span is not None:
        records = [r for r in records if r.day is not None and span.contains(r.day)]
    return sorted(records, key=_by_day)


def _by_day(record: EventRecord) -> tuple[date, str, int, int, str]:
    event = record.event
    return record.day or date.max, event.document, event.sentence, event.start, event.id


def statements(
    connection: duckdb.DuckDBPyConnection,
    provenance: Provenance,
    *,
    speaker_codes: Sequence[str] | None,
    any_codes: Sequence[str] | None,
    sources: Sequence[str],
    span: TimeSpan | None,
    ids: Sequence[str] | None = None,
    as_coded: bool = False,
) -> list[StatementRecord]:
    """Statements in order of day, the undated last; a filter that is None does not restrict.

    Args:
        as_coded: as they are held, whatever reviewers decided on them.
    """
    laid = NOTHING if as_coded else Laid.of(reviews(connection, STATEMENT), STATEMENT)
    free = bool(laid.changed)  # what was corrected is asked for after the correction
    given = {
        "provenance": provenance.id,
        "speaker_codes": None if free else _listed(speaker_codes),
        "any_codes": None if free else _listed(any_codes),
        "sources": _named(connection, sources),
        "ids": _listed(ids),
        **_days(None if free else span),
    }
    found = list(_records(ask(connection, "statements", given)))
    wanted = {"provenance": provenance.id, "ids": [str(row["id"]) for row in found]}
    cast = _cast(ask(connection, "statement_participants", wanted), "statement")
    quotes: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in _records(ask(connection, "statement_quotes", wanted)):
        quotes[row["statement"]].append((row["start_char"], row["end_char"]))
    places = _Places(connection, found)
    records = laid.statements(
        StatementRecord(_statement(row, cast, tuple(quotes[row["id"]])), places.of(row))
        for row in found
    )
    if not free:
        return records
    asked = (r for r in records if is_said_asked(r.statement, speaker_codes, any_codes))
    within = [r for r in asked if span is None or (r.day is not None and span.contains(r.day))]
    return sorted(within, key=_by_day_said)


def _by_day_said(record: StatementRecord) -> tuple[date, str, int, int, str]:
    said = record.statement
    return record.day or date.max, said.document, said.sentence, said.start, said.id


def sentences_naming(
    connection: duckdb.DuckDBPyConnection,
    provenance: Provenance,
    any_of: Sequence[str],
    with_any_of: Sequence[str],
    *,
    sources: Sequence[str],
    span: TimeSpan | None,
) -> list[Located]:
    """Sentences that name one of some codes and one of others, by day of publication."""
    given = {
        "provenance": provenance.id,
        "any_of": list(any_of),
        "with_any_of": list(with_any_of),
        "sources": _named(connection, sources),
        **_days(span),
    }
    found = list(_records(ask(connection, "sentences_naming", given)))
    places = _Places(connection, found)
    return [places.of(row) for row in found]


def provenances(connection: duckdb.DuckDBPyConnection) -> list[Provenance]:
    """The coders whose records the case holds, best first.

    Best is the one that is done with most documents, among equals the newest: a newer coder
    takes the place of an older one when it has come as far, not while it is still at work.
    """
    return [
        Provenance(row["stage"], row["coder"], row["version"], row["settings"])
        for row in _records(ask(connection, "provenances"))
    ]


def corpus(
    connection: duckdb.DuckDBPyConnection,
    provenance: Provenance | None,
    *,
    sources: Sequence[str],
    languages: list[str] | None,
) -> Corpus:
    """What the case holds, as one coder left it; what was left out belongs to no source."""
    given = {
        "provenance": None if provenance is None else provenance.id,
        "sources": _named(connection, sources),
    }
    coder = () if provenance is None else (f"{provenance.coder} {provenance.version}",)
    ((undated,),) = rows(connection, "corpus_undated", given)
    unknown: list[Any] = rows(connection, "corpus_unknown_language", given)
    left_out = list(_records(ask(connection, "corpus_left_out")))
    return Corpus(
        sources=tuple(
            SourceSummary(
                Source(row["name"], row["country"], row["affiliation"]),
                row["documents"],
                row["sentences"],
                row["first"],
                row["last"],
            )
            for row in _records(ask(connection, "corpus_sources", given))
        ),
        undated=_whole(undated),
        not_coded=_counts(connection, "corpus_not_coded", {**given, "languages": languages}),
        left_out=tuple(_reason(row) for row in left_out if not row["is_note"]),
        notes=(
            *(_reason(row) for row in left_out if row["is_note"]),
            *((UNKNOWN_LANGUAGE, _whole(count), tuple(first)) for count, first in unknown if count),
            *notes_of_reviews(connection, given),
        ),
        sentences_by_country=tuple(
            (None if country is None else str(country), _whole(count))
            for country, count in rows(connection, "corpus_countries", given)
        ),
        skipped=_counts(connection, "corpus_skipped", given),
        coders=coder,
    )


class _Places:
    """Where records stand; each document is fetched once for all its records."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, found: Sequence[Mapping[str, Any]]
    ) -> None:
        spans: dict[str, dict[int, tuple[int, int]]] = defaultdict(dict)
        for row in found:
            spans[row["document"]][row["sentence"]] = (row["sentence_start"], row["sentence_end"])
        self._places: dict[tuple[str, int], Located] = {}
        # The sentences are cut out here: in SQL it takes time in proportion to their offsets.
        for document in documents(connection, spans):
            for sentence, (start, end) in spans[document.id].items():
                self._places[document.id, sentence] = Located(
                    document=document.id,
                    source=document.source,
                    title=document.title,
                    published=document.published,
                    url=document.url,
                    place=document.place,
                    sentence=document.text[start:end],
                    start=start,
                    speaker_code=document.speaker,
                )

    def of(self, row: Mapping[str, Any]) -> Located:
        """The sentence and document of a record; one value for all records of a sentence."""
        return self._places[row["document"], row["sentence"]]


def _records(table: pa.Table) -> Iterator[dict[str, Any]]:
    """Rows by name of column; by way of columns, which is several times faster than row by row."""
    columns = [column.to_pylist() for column in table.columns]
    names = table.column_names
    for values in zip(*columns, strict=True):
        yield dict(zip(names, values, strict=True))


def _document(row: Mapping[str, Any]) -> Document:
    return Document(
        id=row["id"],
        source=_source(row),
        title=row["title"],
        text=row["text"],
        published=_span(row["published_first"], row["published_last"]),
        place=row["place"],
        url=row["url"],
        language=row["language"],
        licence=row["licence"],
        speaker=row["speaker"],
        category=row["category"],
    )


def _source(row: Mapping[str, Any]) -> Source:
    return Source(row["source_name"], row["country"], row["affiliation"])


def _event(row: Mapping[str, Any], cast: Cast) -> EventMention:
    return EventMention(
        id=row["id"],
        document=row["document"],
        sentence=row["sentence"],
        start=row["start_char"],
        end=row["end_char"],
        type=row["type"],
        mode=row["mode"],
        contexts=tuple(row["contexts"]),
        auxiliary=tuple(row["auxiliary"]),
        actors=cast.get((row["id"], "actor"), ()),
        recipients=cast.get((row["id"], "recipient"), ()),
        about=cast.get((row["id"], "about"), ()),
        when=_when(row),
        rule=row["rule"],
        confidence=row["confidence"],
        is_quoted=row["is_quoted"],
        where=_where(row["happened_at"]),
    )


def _statement(
    row: Mapping[str, Any], cast: Cast, quotes: tuple[tuple[int, int], ...]
) -> Statement:
    return Statement(
        id=row["id"],
        document=row["document"],
        sentence=row["sentence"],
        start=row["start_char"],
        end=row["end_char"],
        cue=row["cue"],
        speakers=cast.get((row["id"], "speaker"), ()),
        speaker_text=row["speaker_text"],
        addressees=cast.get((row["id"], "addressee"), ()),
        about=cast.get((row["id"], "about"), ()),
        form=row["form"],
        content_start=row["content_start"],
        content_end=row["content_end"],
        quotes=quotes,
        when=_when(row),
        rule=row["rule"],
        confidence=row["confidence"],
        stance=tuple(_stance(one) for one in row["stance"] or ()),
        commitment=row["commitment"] or "none",
        is_anonymous=bool(row["is_anonymous"]),
        source_country=row["source_country"],
        source_sectors=tuple(row["source_sectors"] or ()),
        within=row["within_statement"],
    )


def _cast(table: pa.Table, record: str) -> Cast:
    cast: dict[tuple[str, str], tuple[Participant, ...]] = defaultdict(tuple)
    for row in _records(table):
        cast[row[record], row["role"]] += (
            Participant(
                row["code"],
                tuple(row["sectors"]),
                row["name"],
                row["start_char"],
                row["end_char"],
            ),
        )
    return cast


def _when(row: Mapping[str, Any]) -> When:
    return When(
        _span(row["when_first"], row["when_last"]),
        row["when_text"],
        row["when_basis"],
        row["when_granularity"] or "",
    )


def _where(place: Mapping[str, Any] | None) -> Where | None:
    if place is None:
        return None
    return Where(**{**place, "candidates": tuple(place["candidates"])})


def _stance(one: Mapping[str, Any]) -> Stance:
    words = tuple((span["start_char"], span["end_char"]) for span in one["words"])
    return Stance(one["code"], one["sign"], words)


def _span(first: date | None, last: date | None) -> TimeSpan | None:
    return None if first is None or last is None else TimeSpan(first, last)


def _listed(codes: Sequence[str] | None) -> list[str] | None:
    return None if codes is None else list(codes)


def _named(connection: duckdb.DuckDBPyConnection, sources: Sequence[str]) -> list[str] | None:
    """Names of sources for a query: None where none are named and all are meant.

    Raises:
        BadQuestion: the case holds no source of that name.
    """
    known = [str(name) for (name,) in rows(connection, "source_names")]
    for name in sources:
        if name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.0)
            raise BadQuestion(
                f"the case holds no source {name!r}",
                advice=f"The nearest name is {near[0]!r}." if near else "It holds none at all.",
            )
    return list(sources) or None


def _days(span: TimeSpan | None) -> dict[str, date | None]:
    return (
        {"first": None, "last": None} if span is None else {"first": span.first, "last": span.last}
    )


def _counts(
    connection: duckdb.DuckDBPyConnection, name: str, given: Mapping[str, object]
) -> tuple[tuple[str, int], ...]:
    return tuple(
        (WAITING if reason is None else str(reason), _whole(count))
        for reason, count in rows(connection, name, given)
    )


def _reason(row: Mapping[str, Any]) -> tuple[str, int, tuple[str, ...]]:
    return row["reason"], row["items"], tuple(row["places"])


def _whole(count: object) -> int:
    return int(str(count))
