"""One record of the evidence as Markdown: what was coded, the sentence, where it stands."""

from __future__ import annotations

from collections.abc import Callable

from inconcert.core.evidence import EventRecord, Located
from inconcert.show.ledger import Entry
from inconcert.show.markdown import address, anchor, escape
from inconcert.show.marks import (
    ABOUT,
    ACTOR,
    PREDICATE,
    QUOTE,
    RECIPIENT,
    Record,
    segments,
    spans_of,
)
from inconcert.show.words import (
    OWN_SPEECH,
    kind_words,
    place_words,
    safe_url,
    span_words,
    who_words,
)

Names = Callable[[str], str]


def evidence(entry: Entry, names: Names) -> list[str]:
    """One record: what was coded, the sentence with its marks, where it stands."""
    record, at = entry.record, entry.record.at
    what = record.event if isinstance(record, EventRecord) else record.statement
    when = ""
    if what.when.span is not None or what.when.text:
        words = f" “{escape(what.when.text)}”" if what.when.text else ""
        when = f"When: {span_words(what.when.span)}{words}, {escape(what.when.basis)}. "
    if isinstance(record, EventRecord) and record.event.where is not None:
        when += f"Where: {escape(place_words(record.event.where))}. "
    cue = f", predicate {what.start}–{what.end}"
    if not isinstance(record, EventRecord):
        is_own = record.statement.cue == OWN_SPEECH
        cue = "" if is_own else f", cue {what.start}–{what.end}"
    head = f"{anchor(entry.key)}**E{entry.number}** {_coded(record, names)}"
    where = (
        f"{escape(at.source.name)}, {span_words(at.published)}: {linked(at)}. {when}"
        f"Rule {escape(what.rule)}, confidence {what.confidence:.2f}. "
        f"Document {escape(at.document)}, sentence {at.start}–{at.start + len(at.sentence)}{cue}."
    )
    return ["", head, "", f"> {_marked(record)}", "", f"{where}{_joined(entry)}"]


def _joined(entry: Entry) -> str:
    """With which other records it tells of one event and why; of what its document is a copy."""
    record = entry.record
    if not isinstance(record, EventRecord):
        return ""
    told = ""
    if entry.same:
        others = ", ".join(f"[E{number}](#e{number})" for number in entry.same)
        why = f" ({escape(record.told.reason)})" if record.told and record.told.reason else ""
        told += f" One event with {others}{why}."
    if record.copied is not None:
        told += f" Document is a copy of {escape(record.copied[0])}, {escape(record.copied[1])}."
    return told


def linked(at: Located) -> str:
    """Title of a document with a link to it; its place where it has no address."""
    title = escape(at.title) if at.title else "source"
    url = safe_url(at.url)
    return f"[{title}](<{address(url)}>)" if url else f"{title} ({escape(at.place)})"


def _coded(record: Record, names: Names) -> str:
    """Type, modes and participants of an event, or form and speaker of a statement."""
    if isinstance(record, EventRecord):
        event = record.event
        words = [event.type, *([event.mode] if event.mode else [])]
        modes = f" [{', '.join(event.auxiliary)}]" if event.auxiliary else ""
        quoted = " [in somebody’s words]" if event.is_quoted else ""
        kind = escape(f"{' '.join(words)}{modes}{quoted}")
        first, second, about = event.actors, event.recipients, event.about
        nobody = "nobody named"
    else:
        said = record.statement
        kind = escape(f"Statement, {kind_words(said)}")
        first, second, about = said.speakers, said.addressees, said.about
        nobody = said.speaker_text or "nobody named"
    told = escape(who_words(first, names) or nobody)
    told += f" → {escape(who_words(second, names))}" if second else ""
    told += f", about {escape(who_words(about, names))}" if about else ""
    return f"{kind}: {told}"


def _marked(record: Record) -> str:
    """The sentence with its spans marked, on one line."""
    letters = {ACTOR: "a", RECIPIENT: "r", ABOUT: "b"}
    pieces = []
    for segment in segments(record.at.sentence, spans_of(record)):
        text = _kept(segment.text)
        stars = "*" * ((QUOTE in segment.parts) + 2 * (PREDICATE in segment.parts))
        if stars and text.strip():
            bare = text.strip()
            lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
            text = f"{lead}{stars}{bare}{stars}{trail}"
        roles = "".join(letters[part] for part in segment.parts if part in letters)
        pieces.append(f"{text} {{{','.join(roles)}}}" if roles else text)
    return "".join(pieces).strip()


def _kept(text: str) -> str:
    """Escaped, with the space at both ends kept."""
    lead = " " if text[:1].isspace() else ""
    trail = " " if text[-1:].isspace() and text.strip() else ""
    return f"{lead}{escape(text)}{trail}"
