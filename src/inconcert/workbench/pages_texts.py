"""Documents as pages show them: with the marks of what was coded, found by their words."""

from __future__ import annotations

import re
import sqlite3
import threading
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from inconcert.core.document import Document
from inconcert.core.evidence import EventRecord, StatementRecord
from inconcert.errors import BadQuestion, InConcertError
from inconcert.show.marks import Segment, Span, segments, spans_of, visible
from inconcert.show.record import event_record, statement_record
from inconcert.store.store import Store
from inconcert.workbench.pages import Pages, Record
from inconcert.workbench.pages_acts import all_events
from inconcert.workbench.reliability import source_records

PIECE = 20_000
"""Characters of a document on one page."""
MOST_HITS, WINDOW = 20, 320
PATIENCE = 2.0
"""Seconds for which a first search waits for the index before it says that it is being made."""
_TERM = re.compile(r'"([^"]*)"|(\S+)')
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_WORD_END = re.compile(r"\S*\s+")
"""What is left of a word, and what parts it from the next."""
Coded = Sequence[EventRecord | StatementRecord]


# -- a document


def document(pages: Pages, id: str, *, at: int = 0, mark: str = "") -> Record:
    """A document, a piece of its text with everything coded in it marked.

    Args:
        id: of the document.
        at: first character shown; the page that holds it is given.
        mark: id of an event mention or statement, which stands out; its page goes before `at`.

    Returns:
        `document` (without text), `lines` (of segments), `from`, `to`, `length`, `before`, `after`
        (first characters of the neighbouring pieces), `marked` (the record), `events`,
        `statements` (those of the piece).

    Raises:
        BadInput: the case holds no such document.
    """
    with Store.open(pages.folder, write=False) as store:
        found = store.document(id)
    coded = _coded(pages, found)
    chosen = next((one for one in coded if _id(one) == mark), None) if mark else None
    begin = _first(chosen) if chosen is not None else max(0, min(at, len(found.text) - 1))
    begin = begin // PIECE * PIECE
    end = min(len(found.text), begin + PIECE)
    inside = [one for one in coded if begin <= _first(one) < end]
    return {
        "document": document_record(found),
        "lines": _lines(found.text, begin, end, coded, chosen),
        "text": found.text[begin:end],
        "from": begin,
        "to": end,
        "length": len(found.text),
        "before": None if begin == 0 else begin - PIECE,
        "after": None if end == len(found.text) else end,
        "marked": None if chosen is None else _record(chosen),
        "events": [event_record(one) for one in inside if isinstance(one, EventRecord)],
        "statements": [statement_record(one) for one in inside if isinstance(one, StatementRecord)],
    }


def document_record(found: Document) -> Record:
    """What is known of a document, without its text."""
    return {
        "id": found.id,
        "title": found.title,
        "source": found.source.name,
        "country": found.source.country,
        "affiliation": found.source.affiliation,
        "published": None if found.published is None else str(found.published),
        "url": found.url,
        "place": found.place,
        "language": found.language,
        "licence": found.licence,
        "speaker": found.speaker,
    }


def _coded(pages: Pages, found: Document) -> Coded:
    """All that was coded in a document, in the order of the text."""
    name = found.source.name

    def make() -> Mapping[str, list[EventRecord | StatementRecord]]:
        by_document: dict[str, list[EventRecord | StatementRecord]] = defaultdict(list)
        with Store.open(pages.folder, write=False) as store:
            for event in store.events(sources=[name]):
                by_document[event.at.document].append(event)
            for said in store.statements(sources=[name]):
                by_document[said.at.document].append(said)
        return by_document

    by_document: Mapping[str, Any] = pages.held(("coded", name), make)
    return sorted(by_document.get(found.id, ()), key=_first)


def _id(one: EventRecord | StatementRecord) -> str:
    return one.event.id if isinstance(one, EventRecord) else one.statement.id


def _first(one: EventRecord | StatementRecord) -> int:
    return one.event.start if isinstance(one, EventRecord) else one.statement.start


def _record(one: EventRecord | StatementRecord) -> Record:
    if isinstance(one, EventRecord):
        return {"kind": "event", **event_record(one)}
    return {"kind": "statement", **statement_record(one)}


def _lines(
    text: str, begin: int, end: int, coded: Coded, chosen: EventRecord | StatementRecord | None
) -> list[Record]:
    """The lines of a piece, each of segments; `is_marked` where the chosen record stands in it."""
    spans = sorted(
        (start + one.at.start, stop + one.at.start, part)
        for one in coded
        for start, stop, part in spans_of(one)
    )
    starts = [start for start, _, _ in spans]
    longest = max((stop - start for start, stop, _ in spans), default=0)
    lines: list[Record] = []
    at = begin
    for line in text[begin:end].splitlines(keepends=True):
        stop = at + len(line)
        near = spans[bisect_left(starts, at - longest) : bisect_left(starts, stop)]
        inside: list[Span] = [(s - at, e - at, part) for s, e, part in near if e > at]
        is_marked = chosen is not None and at <= _first(chosen) < stop
        lines.append({"segments": _cut(line, at, inside, chosen), "is_marked": is_marked})
        at = stop
    return lines


def _cut(
    line: str, at: int, spans: Sequence[Span], chosen: EventRecord | StatementRecord | None
) -> tuple[Segment, ...]:
    """A line in segments, those of the chosen record's sentence marked so.

    Args:
        at: first character of the line.
        spans: counted from there.
    """
    if chosen is None:
        return segments(line, spans)
    first, last = chosen.at.start - at, chosen.at.start - at + len(chosen.at.sentence)
    borders = sorted({0, len(line), *(min(len(line), max(0, edge)) for edge in (first, last))})
    told: list[Segment] = []
    for begin, end in pairwise(borders):
        moved = [(start - begin, stop - begin, part) for start, stop, part in spans]
        extra = ("chosen",) if first <= begin and end <= last else ()
        told += [
            Segment(one.text, (*one.parts, *extra)) for one in segments(line[begin:end], moved)
        ]
    return tuple(told)


# -- finding documents by their words


@dataclass(slots=True)
class Progress:
    """How far the index has come."""

    done: int = 0
    is_ready: bool = False
    error: InConcertError | None = None


class Index:
    """A full-text index over the documents of a case, made when it is first needed.

    It lies in a file of its own that the system takes away when the program ends, never in the
    case: looking at a case does not write to it.

    Args:
        pages: of the case.
    """

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._lock = threading.Lock()
        self._state = ""
        self._base: sqlite3.Connection | None = None
        self._progress = Progress()
        self._thread: threading.Thread | None = None

    def search(
        self, words: str, *, source: str = "", page: int = 1, most: int = MOST_HITS
    ) -> Record:
        """Documents that hold all the words, the best first.

        Args:
            words: words, "words in a row", or beginnings of words with a star.
            source: name of the only source looked through; empty for all.

        Returns:
            `is_ready` (False while the index is being made, with `done` documents so far),
            `count`, `hits` (each with the document, and a passage as `segments`), `pages`.

        Raises:
            BadQuestion: there is no word in it.
        """
        terms = terms_of(words)
        if not terms:
            raise BadQuestion(
                "there is no word to look for", where="q", advice="Write a word of the documents."
            )
        progress = self._made()
        if progress.error is not None:
            raise progress.error
        if not progress.is_ready:
            return {"is_ready": False, "done": progress.done, "count": 0, "hits": [], "pages": 1}
        skip = (max(1, page) - 1) * most
        found, count = self._found(_match(terms), source, most, skip)
        with Store.open(self._pages.folder, write=False) as store:
            texts = {each.id: each for each in store.documents([id for (id,) in found])}
        return {
            "is_ready": True,
            "done": progress.done,
            "count": count,
            "hits": [_hit(texts[id], terms) for (id,) in found],
            "pages": max(1, -(-count // most)),
        }

    def close(self) -> None:
        """Let the index go."""
        with self._lock:
            if self._base is not None:
                self._base.close()
                self._base = None
            self._state = ""

    def _found(self, match: str, source: str, most: int, skip: int) -> tuple[list[tuple[str]], int]:
        where = "found match ? and (? = '' or known.source = ?)"
        joined = f"from found join known on known.number = found.rowid where {where}"
        given = (match, source, source)
        with self._lock:
            if self._base is None:
                return [], 0
            with closing(self._base.cursor()) as cursor:
                (count,) = cursor.execute(f"select count(*) {joined}", given).fetchone()
                hits = cursor.execute(
                    f"select known.id {joined} order by bm25(found, 4.0, 1.0), known.number "
                    "limit ? offset ?",
                    (*given, most, skip),
                ).fetchall()
        return hits, count

    def _made(self) -> Progress:
        """The index as far as it is; it is made anew where the case has changed."""
        state = self._pages.state()
        with self._lock:
            if self._state != state:
                self._state, self._progress = state, Progress()
                self._thread = threading.Thread(
                    target=self._make, args=(state, self._progress), daemon=True
                )
                self._thread.start()
            thread, progress = self._thread, self._progress
        if thread is not None and not progress.is_ready:
            thread.join(PATIENCE)
        return progress

    def _make(self, state: str, progress: Progress) -> None:
        # An empty name is a file of its own, gone with the connection.
        base = sqlite3.connect("", check_same_thread=False)
        base.execute("create table known (number integer primary key, id text, source text)")
        base.execute(
            "create virtual table found using fts5(title, body, content='', "
            'tokenize="unicode61 remove_diacritics 2")'
        )
        try:
            with Store.open(self._pages.folder, write=False) as store:
                for number, each in enumerate(store.documents(), start=1):
                    base.execute("insert into known values (?, ?, ?)",
                                 (number, each.id, each.source.name))  # fmt: skip
                    base.execute("insert into found (rowid, title, body) values (?, ?, ?)",
                                 (number, each.title or "", each.text))  # fmt: skip
                    progress.done = number
        except (InConcertError, sqlite3.Error) as error:
            progress.error = error if isinstance(error, InConcertError) else _not_made(error)
            with self._lock:
                if self._state == state:
                    self._state = ""  # the next search tries again
            base.close()
            return
        with self._lock:
            if self._state != state:  # the case has changed meanwhile, and another one is made
                base.close()
                return
            if self._base is not None:
                self._base.close()
            self._base = base
        progress.is_ready = True


def _not_made(error: sqlite3.Error) -> InConcertError:
    return InConcertError(
        f"the index of the documents could not be made: {error}",
        where="folder for temporary files",
        advice="Make room there, or start again with SQLITE_TMPDIR set to another folder.",
    )


def terms_of(words: str) -> list[tuple[str, bool]]:
    """What a person looks for: words or words in a row, and whether more letters may follow.

    Example:
        >>> terms_of('"joint drills" Tajik*')
        [('joint drills', False), ('Tajik', True)]
    """
    found = []
    for phrase, word in _TERM.findall(words[:300]):
        text = " ".join(_WORD.findall(phrase or word))
        if text:
            found.append((text, not phrase and word.endswith("*")))
    return found


def _match(terms: Iterable[tuple[str, bool]]) -> str:
    """The terms in the language of the index; nothing that a person writes is an operator."""
    return " AND ".join(f'"{text}"{"*" if more else ""}' for text, more in terms)


def _hit(found: Document, terms: Sequence[tuple[str, bool]]) -> Record:
    forms = [
        r"\W+".join(map(re.escape, _plain(text).split())) + ("" if more else r"\b")
        for text, more in terms
    ]
    expression = re.compile(rf"\b(?:{'|'.join(forms)})", re.IGNORECASE)
    plain = _plain(found.text)
    text = found.text if len(plain) == len(found.text) else plain
    first = next(expression.finditer(plain), None)
    begin = 0 if first is None else _word_from(text, first.start() - WINDOW // 3, first.start())
    end = min(len(text), begin + WINDOW)
    cut: list[Record] = []
    at = begin
    for hit in expression.finditer(plain, begin, end):
        cut.append({"text": visible(text[at : hit.start()]), "is_hit": False})
        cut.append({"text": visible(text[hit.start() : hit.end()]), "is_hit": True})
        at = hit.end()
    cut.append({"text": visible(text[at:end]), "is_hit": False})
    return {
        **document_record(found),
        "segments": [one for one in cut if one["text"]],
        "at": begin,
        "is_cut_before": begin > 0,
        "is_cut_after": end < len(text),
    }


def _word_from(text: str, begin: int, most: int) -> int:
    """Where the first whole word from a place on begins, or that place; `most` at the latest."""
    if begin <= 0:
        return 0
    within = _WORD_END.match(text, begin - 1, most)
    return begin if within is None else within.end()


def _plain(text: str) -> str:
    """A text without the marks on its letters, as the index has it."""
    return "".join(
        one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one)
    )


# -- what was read


def sources(pages: Pages) -> Record:
    """What was read, from whom, how much of it was coded, what was left out, and what is copied.

    Returns:
        `texts` (one object a source), `datasets`, `not_coded`, `left_out`, `notes`, `copies`.
    """
    found: Record = pages.held("sources page", lambda: _sources(pages))
    return found


def _sources(pages: Pages) -> Record:
    bench = pages.bench
    with Store.open(pages.folder, write=False) as store:
        corpus = store.corpus(languages=bench.settings.code.languages)
        coders = store.provenances()
        copies = list(store.joined(coders[0]).copies.values()) if coders else []
        ids = {id for copy in copies for id in (copy.document, copy.original)}
        documents = {each.id: document_record(each) for each in store.documents(sorted(ids))}
    events = pages.case()["holds"]["events"]
    places = [record.at for record in all_events(pages)]
    speakers = {at.source.name: at.speaker_code for at in places if at.speaker_code}
    graded = source_records(pages.folder, corpus.sources, speakers)
    return {
        "texts": [
            {
                "name": one.source.name,
                "affiliation": one.source.affiliation,
                **graded[one.source.name],
                "documents": one.documents,
                "sentences": one.sentences,
                "from": one.first,
                "to": one.last,
                "copies": sum(
                    documents[copy.document]["source"] == one.source.name for copy in copies
                ),
            }
            for one in corpus.sources
        ],
        "datasets": [] if events is None else events["sources"],
        "undated": corpus.undated,
        "by_country": [list(pair) for pair in corpus.sentences_by_country],
        "not_coded": _reasons((reason, count, ()) for reason, count in corpus.not_coded),
        "left_out": _reasons(corpus.left_out),
        "notes": _reasons(corpus.notes),
        "coders": list(corpus.coders),
        "copies": [
            {
                "copy": documents[one.document],
                "original": documents[one.original],
                "likeness": one.likeness,
                "reason": one.reason,
            }
            for one in copies
        ],
    }


def _reasons(found: Iterable[tuple[str, int, Sequence[str]]]) -> list[Record]:
    return [
        {"reason": reason, "count": count, "places": list(places)}
        for reason, count, places in found
    ]
