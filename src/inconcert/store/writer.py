"""Adds records to a case. Nothing is changed or removed; what is known already is passed over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass

import duckdb
import pyarrow as pa

from inconcert.core.coding import Coding
from inconcert.core.copies import Copy
from inconcert.core.document import Document, Source
from inconcert.core.event import Retelling, When
from inconcert.core.ids import content_id
from inconcert.core.mention import ActorMention, Participant
from inconcert.core.provenance import LeftOut, Provenance
from inconcert.core.review import Review
from inconcert.core.statement import Stance
from inconcert.errors import BadInput
from inconcert.store import joining
from inconcert.store.queries import rows

DOCUMENTS_A_TRANSACTION = 200
CHARACTERS_A_TRANSACTION = 16_000_000

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of documents given to the store.

    Attributes:
        new: were added.
        known: were held already, or given twice.
        refused: hold characters that are no text; they stand among what was left out.
    """

    new: int
    known: int
    refused: int = 0


class Writer:
    """Writes whole batches: each call is kept completely or not at all.

    Args:
        connection: open for writing, outside a transaction; closed by its owner.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._schemas: dict[str, pa.Schema] = {}

    def add_documents(self, documents: Iterable[Document]) -> Added:
        """Add the documents that the case does not hold, in batches that are kept as a whole."""
        new = known = refused = 0
        for batch in _batches(documents):
            good, bad = _parted(batch, _is_text)
            unseen = {document.id: document for document in good}
            for identity in self._among("known_documents", list(unseen)):
                del unseen[identity]
            with self._transaction():
                self._add_sources([document.source for document in unseen.values()])
                self._insert("documents", [_document_row(each) for each in unseen.values()])
                self._add_left_out([_refusal(document) for document in bad])
            new += len(unseen)
            known += len(good) - len(unseen)
            refused += len(bad)
        return Added(new, known, refused)

    def add_left_out(self, items: Iterable[LeftOut]) -> None:
        """Note what was given but did not become a document."""
        with self._transaction():
            self._add_left_out(list(items))

    def add_not_coded(
        self, marks: Iterable[tuple[str, str]], provenance: Provenance | None
    ) -> None:
        """Note documents, by id and reason, that one coder or every coder leaves out."""
        identity = None if provenance is None else provenance.id
        with self._transaction():
            if provenance is not None:
                self._add_provenance(provenance)
            known = rows(self._connection, "not_coded_of", {"provenance": identity})
            fresh = [mark for mark in dict.fromkeys(marks) if mark not in set(known)]
            self._insert("not_coded", [(*mark, identity) for mark in fresh])

    def add_codings(self, codings: Sequence[Coding], provenance: Provenance) -> int:
        """Add what a coder found in documents it has not coded before; all of them or none.

        Returns:
            Number of documents that were new to the ledger of this coder.
        """
        fresh = {coding.document: coding for coding in codings}
        given = {"provenance": provenance.id, "ids": list(fresh)}
        for (document,) in rows(self._connection, "coded_of", given):
            del fresh[str(document)]
        batch = _Batch(provenance.id)
        for coding in fresh.values():
            batch.add(coding)
        with self._transaction():
            if fresh:
                self._add_provenance(provenance)
            for table, lines in batch.tables.items():
                self._insert(table, lines)
        return len(fresh)

    def add_joined(
        self,
        copies: Sequence[Copy],
        retellings: Sequence[Retelling],
        documents: Iterable[str],
        *,
        coder: Provenance,
        rule: Provenance,
    ) -> None:
        """Add what a rule found among the documents of a coder, and note these as compared."""
        given = {"provenance": rule.id, "coder": coder.id}
        known = {document for (document,) in rows(self._connection, "merged_of", given)}
        fresh = [document for document in dict.fromkeys(documents) if document not in known]
        with self._transaction():
            self._add_provenance(rule)
            self._insert("copies", joining.copy_rows(copies, rule))
            self._insert("retellings", joining.retelling_rows(retellings, rule))
            self._insert("merged", [(rule.id, coder.id, document) for document in fresh])

    def add_reviews(self, reviews: Iterable[Review]) -> int:
        """Add decisions; one that is on record is passed over. Returns how many were new."""
        fresh = {review.id: review for review in reviews}
        for identity in self._among("known_reviews", list(fresh)):
            del fresh[identity]
        undone = [review.undoes for review in fresh.values() if review.undoes is not None]
        held = {*self._among("known_reviews", undone), *fresh}
        for identity in undone:
            if identity not in held:
                raise BadInput(
                    f"the case holds no review {identity!r}", advice="Undo one that it holds."
                )
        with self._transaction():
            self._insert("reviews", [joining.review_row(review) for review in fresh.values()])
        return len(fresh)

    def _add_sources(self, sources: Iterable[Source]) -> None:
        known = {str(identity) for (identity,) in rows(self._connection, "known_sources")}
        fresh = {_source_id(source): source for source in sources}
        self._insert(
            "sources",
            [
                (identity, source.name, source.country, source.affiliation)
                for identity, source in fresh.items()
                if identity not in known
            ],
        )

    def _add_left_out(self, items: Sequence[LeftOut]) -> None:
        fresh = {
            content_id(place, reason, detail): (place, reason, detail)
            for place, reason, detail in map(_left_out_texts, items)
        }
        for identity in self._among("known_left_out", list(fresh)):
            del fresh[identity]
        self._insert("left_out", [(identity, *texts) for identity, texts in fresh.items()])

    def _add_provenance(self, made_by: Provenance) -> None:
        known = {str(identity) for (identity,) in rows(self._connection, "known_provenances")}
        if made_by.id not in known:
            fields = (made_by.stage, made_by.coder, made_by.version, made_by.settings)
            self._insert("provenance", [(made_by.id, len(known), *fields)])

    def _among(self, name: str, ids: list[str]) -> list[str]:
        found = rows(self._connection, name, {"ids": ids}) if ids else []
        return [str(identity) for (identity,) in found]

    def _insert(self, table: str, lines: Sequence[Row]) -> None:
        """Append rows, given in the order of the table's columns."""
        if not lines:
            return
        schema = self._schema(table)
        columns = zip(*lines, strict=True)
        arrays = [
            pa.array(column, kind) for column, kind in zip(columns, schema.types, strict=True)
        ]
        self._connection.register("batch", pa.table(arrays, schema=schema))
        self._connection.execute(f"insert into {table} select * from batch")  # noqa: S608 - our names
        self._connection.unregister("batch")

    def _schema(self, table: str) -> pa.Schema:
        if table not in self._schemas:
            empty = self._connection.table(table).limit(0).to_arrow_table()
            self._schemas[table] = empty.schema
        return self._schemas[table]

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Keep all that is written inside, or nothing."""
        self._connection.execute("begin")
        is_done = False
        try:
            yield
            is_done = True
        finally:
            if not is_done:
                self._connection.execute("rollback")
        self._connection.execute("commit")  # a commit that fails has rolled back by itself


class _Batch:
    """The rows of some codings, by table, in the order of the tables' columns."""

    def __init__(self, provenance: str) -> None:
        self._provenance = provenance
        self.tables: dict[str, list[Row]] = {
            "coded": [],
            "sentences": [],
            "actor_mentions": [],
            "event_mentions": [],
            "participants": [],
            "statements": [],
            "statement_participants": [],
            "statement_quotes": [],
        }

    def add(self, coding: Coding) -> None:
        """Take in what was found in one document."""
        self._add_sentences(coding)
        self._add_mentions(coding)
        events = self._add_events(coding)
        statements = self._add_statements(coding)
        self.tables["coded"].append(
            (
                self._provenance,
                coding.document,
                len(coding.sentences),
                len(coding.mentions),
                events,
                statements,
                [{"reason": reason, "sentences": count} for reason, count in coding.skipped],
            )
        )

    def _add_sentences(self, coding: Coding) -> None:
        head = (self._provenance, coding.document)
        self.tables["sentences"] += [
            (*head, s.id, s.index, s.start, s.end, s.first, s.last, s.paragraph)
            for s in coding.sentences
        ]

    def _add_mentions(self, coding: Coding) -> None:
        head = (self._provenance, coding.document)
        self.tables["actor_mentions"] += [
            (*head, ordinal, *_mention_fields(mention))
            for ordinal, mention in enumerate(coding.mentions)
        ]

    def _add_events(self, coding: Coding) -> int:
        head = (self._provenance, coding.document)
        events = {event.id: event for event in coding.events}
        for event in events.values():
            self.tables["event_mentions"].append(
                (
                    *head,
                    event.id,
                    event.sentence,
                    event.start,
                    event.end,
                    event.type,
                    event.mode,
                    event.contexts,
                    event.auxiliary,
                    *_when_fields(event.when),
                    event.rule,
                    event.confidence,
                    event.is_quoted,
                    event.when.granularity or None,
                    None if event.where is None else asdict(event.where),
                )
            )
            roles = {"actor": event.actors, "recipient": event.recipients, "about": event.about}
            self.tables["participants"] += _cast((*head, event.id), roles)
        return len(events)

    def _add_statements(self, coding: Coding) -> int:
        head = (self._provenance, coding.document)
        statements = {statement.id: statement for statement in coding.statements}
        for said in statements.values():
            self.tables["statements"].append(
                (
                    *head,
                    said.id,
                    said.sentence,
                    said.start,
                    said.end,
                    said.cue,
                    said.speaker_text,
                    said.form,
                    said.content_start,
                    said.content_end,
                    *_when_fields(said.when),
                    said.rule,
                    said.confidence,
                    said.when.granularity or None,
                    [_stance_fields(one) for one in said.stance],
                    said.commitment,
                    said.is_anonymous,
                    said.source_country,
                    said.source_sectors,
                    said.within,
                )
            )
            roles = {"speaker": said.speakers, "addressee": said.addressees, "about": said.about}
            self.tables["statement_participants"] += _cast((*head, said.id), roles)
            self.tables["statement_quotes"] += [
                (*head, said.id, ordinal, start, end)
                for ordinal, (start, end) in enumerate(said.quotes)
            ]
        return len(statements)


def _cast(head: Row, roles: dict[str, tuple[Participant, ...]]) -> list[Row]:
    return [
        (*head, role, ordinal, who.code, who.sectors, who.name, who.start, who.end)
        for role, cast in roles.items()
        for ordinal, who in enumerate(cast)
    ]


def _mention_fields(mention: ActorMention) -> Row:
    return (
        mention.sentence,
        mention.start,
        mention.end,
        mention.head,
        mention.kind,
        mention.how,
        mention.confidence,
        mention.is_person,
        mention.is_plural,
        [
            {
                "code": who.code,
                "sectors": who.sectors,
                "name": who.name,
                "start_char": who.start,
                "end_char": who.end,
            }
            for who in mention.participants
        ],
    )


def _stance_fields(stance: Stance) -> dict[str, object]:
    words = [{"start_char": start, "end_char": end} for start, end in stance.words]
    return {"code": stance.code, "sign": stance.sign, "words": words}


def _when_fields(when: When) -> Row:
    span = when.span
    first, last = (None, None) if span is None else (span.first, span.last)
    return (first, last, when.text, when.basis)


def _document_row(document: Document) -> Row:
    span = document.published
    return (
        document.id,
        _source_id(document.source),
        document.title,
        document.text,
        None if span is None else span.first,
        None if span is None else span.last,
        document.place,
        document.url,
        document.language,
        document.licence,
        document.speaker,
        document.category,
    )


def _source_id(source: Source) -> str:
    return content_id(source.name, source.country, source.affiliation)


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Stretches of documents that are small enough to be held and kept as a whole."""
    batch: list[Document] = []
    characters = 0
    for document in documents:
        batch.append(document)
        characters += len(document.text)
        if len(batch) >= DOCUMENTS_A_TRANSACTION or characters >= CHARACTERS_A_TRANSACTION:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _parted(
    documents: Iterable[Document], is_good: Callable[[Document], bool]
) -> tuple[list[Document], list[Document]]:
    good: list[Document] = []
    bad: list[Document] = []
    for document in documents:
        (good if is_good(document) else bad).append(document)
    return good, bad


def _is_text(document: Document) -> bool:
    """Whether all characters can be stored; halves of a surrogate pair stand for no character."""
    row = (*_document_row(document), document.source.name)
    return all(_storable(field) == field for field in row if isinstance(field, str))


def _storable(text: str) -> str:
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _refusal(document: Document) -> LeftOut:
    return LeftOut(
        document.place,
        "not text",
        "holds a half of a surrogate pair, which stands for no character",
    )


def _left_out_texts(item: LeftOut) -> tuple[str, str, str]:
    return _storable(item.place), _storable(item.reason), _storable(item.detail)
