"""From a document to its coding: parse, resolve, code, date. One chain a process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from inconcert.code.coder import EventCoder
from inconcert.code.heads import CustomHeads, digest_of_heads
from inconcert.code.model import digest as digest_of_model
from inconcert.code.statements import StatementCoder
from inconcert.core.coding import Coding
from inconcert.core.document import Document
from inconcert.core.event import HISTORICAL, EventMention, When
from inconcert.core.ids import content_id
from inconcert.core.mention import ActorMention, Participant
from inconcert.core.parsed import ParsedDocument
from inconcert.core.provenance import Provenance
from inconcert.core.span import TimeSpan
from inconcert.core.statement import Statement
from inconcert.errors import BadSetting
from inconcert.parse.pipeline import Parser, model_version
from inconcert.resolve.actors import ActorResolver
from inconcert.resolve.dates import DateResolver, is_long_past
from inconcert.resolve.places import PlaceResolver
from inconcert.resolve.register import Register

_ROOMS = ("inconcert.ontology", "inconcert.parse", "inconcert.code", "inconcert.resolve")
_ERA_DAYS = 730
CHAIN_VERSION = "2"
"""Raised whenever the chain's output may change for another reason than its tables."""


class Chain:
    """Parser, actor register, coder and date rules joined; keeps nothing between documents.

    Args:
        model: language model, None for the default.
        extra: the case's own `actors.toml`, if there is one.
        ontology: folder of the case's own types and modes, if there is one.
        anchors: the case's own `anchors.toml`, if there is one.

    Raises:
        ModelError: the model is missing or altered, or own types were learned on another.
        BadSetting: `actors.toml` or `anchors.toml` breaks its form.
    """

    def __init__(
        self,
        model: str | None = None,
        extra: Path | None = None,
        ontology: Path | None = None,
        anchors: Path | None = None,
    ) -> None:
        self.parser = Parser(model)
        self.register = Register.load(extra=extra)
        self.resolver = ActorResolver(self.register)
        self.coder = EventCoder(own=None if ontology is None else CustomHeads.load(ontology))
        self.speech = StatementCoder()
        self.dates = DateResolver(anchors)
        self.places = PlaceResolver()

    def code(self, document: Document) -> Coding:
        """Code one document."""
        parsed = next(iter(self.parser.parse([document])))
        reading = self.resolver.read(parsed)
        mentions = reading.mentions()
        events = self.coder.events(parsed, mentions)
        statements = self.speech.statements(parsed, mentions, speaker_of=reading.speaker_of)
        return Coding(
            document=document.id,
            sentences=parsed.sentences,
            mentions=mentions,
            events=tuple(self._placed(parsed, event, mentions) for event in events),
            statements=tuple(self._said(parsed, statement) for statement in statements),
            skipped=_skipped(parsed),
        )

    def resolve(self, document: Document) -> tuple[Coding, list[tuple[int, int, When]]]:
        """Who, in whose words and when, without events; the latter as characters and days."""
        parsed = next(iter(self.parser.parse([document])))
        reading = self.resolver.read(parsed)
        mentions = reading.mentions()
        said = self.speech.statements(parsed, mentions, speaker_of=reading.speaker_of)
        coding = Coding(
            document=document.id, sentences=parsed.sentences, mentions=mentions, events=(),
            statements=tuple(self._said(parsed, one) for one in said), skipped=_skipped(parsed),
        )  # fmt: skip
        return coding, self.dates.expressions(parsed)

    def _placed(
        self, parsed: ParsedDocument, event: EventMention, mentions: Sequence[ActorMention]
    ) -> EventMention:
        """An event with its days and its place."""
        place = self.places.where(parsed, event.start, event.end, event.sentence, mentions)
        return replace(self._dated(parsed, event), where=place)

    def _dated(self, parsed: ParsedDocument, event: EventMention) -> EventMention:
        when = self.dates.when(parsed, event.start, event.end, event.sentence)
        auxiliary = event.auxiliary
        published = parsed.document.published
        is_past = is_long_past(when, published) or _is_an_era(when, published)
        if is_past and HISTORICAL not in auxiliary:
            auxiliary = tuple(sorted({*auxiliary, HISTORICAL}))
        return replace(
            event,
            when=when,
            auxiliary=auxiliary,
            actors=tuple(self._on_the_day(one, when) for one in event.actors),
            recipients=tuple(self._on_the_day(one, when) for one in event.recipients),
        )

    def _on_the_day(self, one: Participant, when: When) -> Participant:
        """A group with its standing on the day of the act, where the text tells the day."""
        group = self.register.actor(one.code)
        if when.span is None or group is None or group.kind != "group":
            return one
        roles = {role.sectors for role in group.roles if role.holds(when.span)}
        return replace(one, sectors=roles.pop()) if len(roles) == 1 else one

    def _said(self, parsed: ParsedDocument, statement: Statement) -> Statement:
        """Date a reported statement; the words of a speech are said when it is given."""
        if statement.cue == "speech":
            return statement
        when = self.dates.when(parsed, statement.start, statement.end, statement.sentence)
        return replace(statement, when=when)


def _is_an_era(when: When, published: TimeSpan | None) -> bool:
    """Whether the days span years ("over the last two decades"): background, not an act of now.

    Years that are still to come ("by 2030") are none.
    """
    if when.span is None or when.span.days <= _ERA_DAYS:
        return False
    return published is None or when.span.first < published.first


def _skipped(parsed: ParsedDocument) -> tuple[tuple[str, int], ...]:
    counts: Counter[str] = Counter()
    for sentence in parsed.sentences:
        if parsed.paragraphs[sentence.paragraph].is_question:
            counts["question of a reporter"] += 1
    return tuple(sorted(counts.items()))


@cache
def _digest_of_the_rules() -> str:
    """Hash of the code and tables of every room that steers the coding: a change is a new coder."""
    return content_id(
        *((name, part.read_bytes()) for room in _ROOMS for name, part in _parts(files(room), room))
    )


def _parts(folder: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    """Program files and tables in a folder, at any depth, in order of their names."""
    for part in sorted(folder.iterdir(), key=lambda part: part.name):
        inner = f"{name}/{part.name}"
        if part.is_dir():
            yield from _parts(part, inner)
        elif part.name.endswith((".py", ".tsv", ".tsv.gz", ".lock")):
            yield inner, part


def provenance_of(
    model: str | None,
    extra: Path | None,
    ontology: Path | None = None,
    anchors: Path | None = None,
) -> Provenance:
    """What makes the records of a chain: coder, version, and a hash of all that steers it.

    Told without loading the chain, so that the process which hands out the work stays small.

    Raises:
        ModelError: the model is missing.
    """
    steers = content_id(
        CHAIN_VERSION, model_version(model), digest_of_model(), _digest_of_the_rules(),
        digest_of(extra), *([own] if ontology and (own := digest_of_heads(ontology)) else []),
        *([] if anchors is None else ["anchors", digest_of(anchors)]),
    )  # fmt: skip
    return Provenance("code", EventCoder.name, EventCoder.version, steers)


def digest_of(extra: Path | None) -> str | None:
    """Hash of a case's own `actors.toml` or `anchors.toml`; None where it has none.

    Raises:
        BadSetting: it cannot be read.
    """
    try:
        return None if extra is None else content_id(extra.read_bytes())
    except OSError as error:
        raise BadSetting(
            f"{extra.name if extra else 'a file'} cannot be read: {error.strerror or error}",
            where=str(extra),
            advice="Check who may read it.",
        ) from error


@cache
def chain(
    model: str | None = None,
    extra: str | None = None,
    digest: str | None = None,  # noqa: ARG001 - a part of the key under which chains are kept
    ontology: str | None = None,
    own: str | None = None,  # noqa: ARG001 - likewise
    anchors: str | None = None,
    dated: str | None = None,  # noqa: ARG001 - likewise
) -> Chain:
    """The chain of this process, loaded at first use, and anew when the case's own have changed.

    Args:
        digest: hash of the file `extra`.
        ontology: folder of the case's own types and modes.
        own: hash of what is in it.
        anchors: the case's `anchors.toml`.
        dated: hash of it.
    """
    files = (None if file is None else Path(file) for file in (extra, ontology, anchors))
    return Chain(model, *files)


def code_documents(
    documents: Sequence[Document],
    *,
    model: str | None = None,
    extra: str | None = None,
    digest: str | None = None,
    ontology: str | None = None,
    own: str | None = None,
    anchors: str | None = None,
    dated: str | None = None,
) -> list[Coding]:
    """Code a batch of documents with the chain of this process."""
    coder = chain(model, extra, digest, ontology, own, anchors, dated)
    return [coder.code(document) for document in documents]
