"""The grading key: what a careful reader found in a text, one JSON object a line.

Kinds of line: `document`, `actor`, `relation`, `event`, `statement`, `claim`, `question`. Events,
statements and actors are graded; the other kinds only tell where sentences begin and end.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from inconcert.core.span import TimeSpan
from inconcert.errors import BadKey
from inconcert.grade.codes import split_codes
from inconcert.ontology.plover import event_types

KINDS = ("document", "actor", "relation", "event", "statement", "claim", "question")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line of the key points.

    Attributes:
        line: `key.jsonl:12`, for errors.
        label: the key's own name of the sentence (`A09`).
        sentence: first character of the sentence and one past its last.
        text: the sentence as the key has it, to check offsets against the text graded.
        anchor: the words that carry the annotation; the whole sentence where none are given.
        also: further spans that tell the same.
    """

    line: str
    file: str
    label: str
    sentence: Span
    text: str | None
    anchor: Span
    also: tuple[Span, ...] = ()

    def words(self, span: Span) -> str:
        """The words of a span in this sentence; its offsets where the key has not its text."""
        start, end = span[0] - self.sentence[0], span[1] - self.sentence[0]
        if self.text is None or start < 0 or end > len(self.text):
            return f"characters {span[0]} to {span[1]}"
        return " ".join(self.text[start:end].split())


@dataclass(frozen=True, slots=True)
class KeyEvent:
    """An event that should be found, or (not core) a trap that must not be coded as plain.

    Attributes:
        accepted: its type and the others that a careful coder may give.
        may_be_left: the key says that coding nothing is defensible.
        when: days of the event; None where the key gives none.
    """

    id: str
    at: Place
    type: str
    accepted: frozenset[str]
    may_be_left: bool
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    when: TimeSpan | None
    is_core: bool


@dataclass(frozen=True, slots=True)
class KeyStatement:
    """Words or a report of words; `is_scare` marks quotation marks that are nobody's words."""

    id: str
    at: Place
    speaker: str
    codes: tuple[str, ...]
    quotes: tuple[Span, ...]
    is_scare: bool


@dataclass(frozen=True, slots=True)
class KeyActor:
    """An actor and the spans that name it, by form."""

    id: str
    at: Place
    name: str
    code: str
    aliases: tuple[tuple[str, tuple[Span, ...]], ...]


@dataclass(frozen=True, slots=True)
class Key:
    """A whole key, in order of its lines.

    Attributes:
        files: names of the texts, in order of first mention.
        published: date interval of each text that a `document` line dates.
        speakers: code of the actor in whose voice a text is (a speech), where its `document` line
            has a `speaker`.
        places: where every line points; their sentences are the key's sentences.
    """

    files: tuple[str, ...]
    published: Mapping[str, TimeSpan]
    speakers: Mapping[str, str]
    places: tuple[Place, ...]
    events: tuple[KeyEvent, ...]
    statements: tuple[KeyStatement, ...]
    actors: tuple[KeyActor, ...]

    def doc_date(self, file: str) -> tuple[date, date] | None:
        """First and last day on which a text may have been published, if the key knows."""
        span = self.published.get(file)
        return None if span is None else (span.first, span.last)

    def sentences(self, file: str) -> tuple[Span, ...]:
        """The sentences of a text on which the key has a line, in order, `also` included."""
        spans = {place.sentence for place in self.places if place.file == file}
        further = [span for place in self.places if place.file == file for span in place.also]
        spans.update(span for span in further if not any(_holds(held, span) for held in spans))
        return tuple(sorted(spans))

    def check(self, file: str, text: str) -> None:
        """Make sure that the key's offsets fit a text.

        Raises:
            BadKey: a span lies outside the text, or a sentence reads otherwise; names the line.
        """
        for place in self.places:
            if place.file != file:
                continue
            if max(place.sentence[1], place.anchor[1]) > len(text):
                raise _bad(
                    f"span ends behind the {len(text)} characters of {file}",
                    place.line,
                    "Grade the text that the key was made for.",
                )
            start, end = place.sentence
            if place.text is not None and text[start:end] != place.text:
                raise _bad(
                    f"characters {start} to {end} of {file} are not the key's sentence",
                    place.line,
                    "Offsets count characters of the file as it is, line ends and odd spaces kept.",
                )


def read_key(path: str | Path) -> Key:
    """Read and check a key.

    Raises:
        BadKey: the file cannot be read, or a line breaks the format; names file and line.
    """
    path = Path(path)
    records: list[tuple[str, dict[str, Any]]] = []
    seen: dict[str, str] = {}
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        where = f"{path.name}:{number}"
        record = _record(line, where)
        name = _text(record, "id", where)
        if name in seen:
            raise _bad(f"id {name!r} stands on {seen[name]} too", where, "Give each line its own.")
        seen[name] = where
        records.append((where, record))
    if not records:
        raise _bad("key is empty", path.name, "Give a file with one JSON object a line.")
    return _key(records)


def _key(records: Sequence[tuple[str, dict[str, Any]]]) -> Key:
    places = [_place(record, where) for where, record in records]
    of_kind: dict[str, list[tuple[dict[str, Any], Place]]] = {kind: [] for kind in KINDS}
    for (_, record), place in zip(records, places, strict=True):
        of_kind[record["kind"]].append((record, place))
    dates = ((place.file, _span(rec.get("doc_date"), place)) for rec, place in of_kind["document"])
    return Key(
        files=tuple(dict.fromkeys(place.file for place in places)),
        published={file: span for file, span in dates if span is not None},
        speakers={
            place.file: _text(record, "speaker", place.line)
            for record, place in of_kind["document"]
            if record.get("speaker") is not None
        },
        places=tuple(places),
        events=tuple(_event(*pair) for pair in of_kind["event"]),
        statements=tuple(_statement(*pair) for pair in of_kind["statement"]),
        actors=tuple(_actor(*pair) for pair in of_kind["actor"]),
    )


def _lines(path: Path) -> Iterator[str]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise _bad(
            f"key cannot be read: {error.strerror}", str(path), "Check the path and its rights."
        ) from error
    except UnicodeDecodeError as error:
        raise _bad("key is not UTF-8 text", str(path), "Save it as UTF-8.") from error
    # Not splitlines(): odd line ends (U+2028) may stand inside a JSON string.
    return iter(text.split("\n"))


def _record(line: str, where: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise _bad(
            f"line is not JSON: {error.msg} at column {error.colno}",
            where,
            "Write one JSON object a line.",
        ) from error
    if not isinstance(record, dict):
        raise _bad("line is no JSON object", where, "Write one JSON object a line.")
    kind = record.get("kind")
    if kind not in KINDS:
        near = get_close_matches(str(kind), KINDS, n=1)
        hint = f"Did you mean {near[0]!r}?" if near else f"Known kinds: {', '.join(KINDS)}."
        raise _bad(f"kind {kind!r} is unknown", where, hint)
    return record


def _place(record: Mapping[str, Any], where: str) -> Place:
    sentence = _offsets((record.get("start"), record.get("end")), "start/end", where)
    given = (record.get("anchor_start"), record.get("anchor_end"))
    text = record.get("text")
    also = _list(record, "also", where)
    return Place(
        line=where,
        file=_text(record, "file", where),
        label=str(record.get("sentence", "")),
        sentence=sentence,
        text=text if isinstance(text, str) else None,
        anchor=sentence if given == (None, None) else _offsets(given, "anchor", where),
        also=tuple(_span_of(span, "also", where) for span in also),
    )


def _event(record: Mapping[str, Any], at: Place) -> KeyEvent:
    kind = _text(record, "event", at.line).upper()
    if kind not in event_types():
        near = get_close_matches(kind, event_types(), n=1)
        hint = f"Did you mean {near[0]}?" if near else f"Types: {', '.join(event_types())}."
        raise _bad(f"event type {kind!r} is not PLOVER's", at.line, hint)
    others = {str(other) for other in _list(record, "accept_also", at.line)}
    core = record.get("core", not (record.get("aux") or record.get("coref")))
    if not isinstance(core, bool):
        raise _bad("core is neither true nor false", at.line, "Write true or false.")
    return KeyEvent(
        id=_text(record, "id", at.line),
        at=at,
        type=kind,
        accepted=frozenset({kind} | {other.upper() for other in others} - {"NONE"}),
        may_be_left="none" in {other.lower() for other in others},
        actors=_codes(record, "actors", at.line),
        recipients=_codes(record, "recipients", at.line),
        when=_span(record.get("when"), at),
        is_core=core,
    )


def _statement(record: Mapping[str, Any], at: Place) -> KeyStatement:
    return KeyStatement(
        id=_text(record, "id", at.line),
        at=at,
        speaker=str(record.get("speaker") or ""),
        codes=split_codes(str(record.get("speaker_code") or "")),
        quotes=tuple(
            _span_of(span, "quotes", at.line) for span in _list(record, "quotes", at.line)
        ),
        is_scare=bool(record.get("scare", False)),
    )


def _actor(record: Mapping[str, Any], at: Place) -> KeyActor:
    aliases = []
    for alias in _list(record, "aliases", at.line):
        if not isinstance(alias, dict):
            raise _bad("an alias is no object", at.line, "Give it form and mentions.")
        spans = (_offsets(pair, "mentions", at.line) for pair in _list(alias, "mentions", at.line))
        aliases.append((_text(alias, "form", at.line), tuple(spans)))
    return KeyActor(
        id=_text(record, "id", at.line),
        at=at,
        name=str(record.get("name") or ""),
        code=_text(record, "code", at.line),
        aliases=tuple(aliases),
    )


def _codes(record: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
    found = []
    for entry in _list(record, name, where):
        code = entry.get("code") if isinstance(entry, dict) else entry
        if not isinstance(code, str) or not code.strip():
            raise _bad(f"{name} holds an entry without a code", where, 'Write {"code": "RUS"}.')
        found.append(code.strip())
    return tuple(found)


def _span(value: object, at: Place) -> TimeSpan | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise _bad("a date is no object", at.line, 'Write {"from": "2021-08-01", "to": …}.')
    first, last = value.get("from"), value.get("to")
    if not first and not last:
        return None
    try:
        since = TimeSpan.parse(str(first)).first if first else date.min
        until = TimeSpan.parse(str(last)).last if last else date.max
        return TimeSpan(since, until)
    except ValueError as error:
        raise _bad(
            f"dates {first!r} to {last!r} make no span: {error}",
            at.line,
            "Write days as 2021-08-31, the first not after the last.",
        ) from error


def _span_of(value: object, name: str, where: str) -> Span:
    if not isinstance(value, dict):
        raise _bad(f"{name} holds an entry that is no object", where, "Give it start and end.")
    return _offsets((value.get("start"), value.get("end")), name, where)


def _offsets(value: object, name: str, where: str) -> Span:
    if isinstance(value, list | tuple) and len(value) == 2:
        start, end = value
        if type(start) is int and type(end) is int and 0 <= start < end:
            return start, end
    raise _bad(
        f"{name} gives no span of characters: {value!r}",
        where,
        "Give two whole numbers, start before end.",
    )


def _list(record: Mapping[str, Any], name: str, where: str) -> list[Any]:
    value = record.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise _bad(f"{name} is no list", where, "Write it in square brackets.")
    return value


def _text(record: Mapping[str, Any], name: str, where: str) -> str:
    value = record.get(name)
    if not isinstance(value, str) or not value.strip():
        raise _bad(f"{name} is missing or no text", where, "Every line of this kind needs it.")
    return value


def _holds(outer: Span, inner: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _bad(what: str, where: str, advice: str) -> BadKey:
    return BadKey(what, where=where, advice=advice)


_SMALL = frozenset({"the", "of", "and", "for", "de", "al"})


def is_name(form: str) -> bool:
    """Whether an actor is named (`the Kremlin`, `G-20`), not described (`its ambassador`).

    Example:
        >>> is_name("the Kremlin"), is_name("the troubled nation"), is_name("Kabul's troops")
        (True, False, False)
    """
    words = [word for word in form.split() if word.lower() not in _SMALL]
    return bool(words) and all(word[0].isupper() or word[0].isdigit() for word in words)
