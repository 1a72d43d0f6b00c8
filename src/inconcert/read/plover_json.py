"""PLOVER JSON read back: events that this program or another wrote, as records.

Of a file of this program everything comes back. A file of another program needs `id`, `actor` and
`event`, as the manual asks; what else is missing stays unknown, and a name that PLOVER lacks is
noted and not carried through. Actors are not looked up: a code is taken as it stands.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from inconcert.core.document import Source
from inconcert.core.event import EventMention, When
from inconcert.core.evidence import EventRecord, Located
from inconcert.core.provenance import LeftOut
from inconcert.core.span import TimeSpan
from inconcert.errors import UnreadableDocument
from inconcert.read.encoding import find_encoding
from inconcert.read.item import Material
from inconcert.read.lines import Lines
from inconcert.read.places import opened
from inconcert.read.plover_fields import (
    OURS,
    Sentence,
    people_of,
    span_of,
    strings_of,
    text_of,
    types_of,
)

MOST_BYTES = 5_000_000
"""Most bytes of one line."""

MOST_FILE_BYTES = 200_000_000
"""Most bytes of a `.json` file, which is held at once; JSON lines may be of any length."""

_SHOWN = 2_000
_BARE_DAY = re.compile(r":\s*\d{4}-\d\d-\d\d")


def read_plover_json(path: Path) -> Iterator[EventRecord | LeftOut]:
    """The events of a file, in its order; `LeftOut` for what cannot be used or was left behind.

    A `.json` file holds one object or an array; any other one object a line. Files may be packed
    with gzip. A line that cannot be used does not stop the others. Places are `file:line`.

    Raises:
        UnreadableDocument: the file cannot be opened, is not text, or is `.json` and broken.
    """
    try:
        with opened(str(path)) as material:
            objects = _whole if material.name.lower().endswith(".json") else _lines
            for where, found in objects(material):
                yield from [found] if isinstance(found, LeftOut) else _events(found, where)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableDocument(
            f"the file cannot be read: {getattr(error, 'strerror', None) or error}",
            where=str(path),
            advice="Name a file that is there, whole, and that you may read.",
        ) from error


def events_of(
    record: Mapping[str, Any], *, where: str
) -> tuple[tuple[EventRecord, ...], tuple[LeftOut, ...]]:
    """The events of one object of PLOVER JSON, one a type, and notes on what was left behind.

    Args:
        where: file and line, for errors and notes.

    Raises:
        UnreadableDocument: a field that must be there is not, or has another form.
    """
    for name in ("id", "actor", "event"):
        if record.get(name) is None:
            raise UnreadableDocument(
                f"no `{name}`", where=where, advice="PLOVER asks for id, actor and event."
            )
    notes: list[str] = []
    event = _read(record, where, notes)
    left = tuple(LeftOut(where, "not carried over (event kept)", note) for note in notes)
    return event, left


# -- files


def _lines(material: Material) -> Iterator[tuple[str, Any | LeftOut]]:
    for line in Lines(material, most=MOST_BYTES, newline="\n"):
        where = f"{material.place}:{line.number}"
        if line.fault is not None:
            yield where, line.fault
        elif line.text.strip():
            yield where, _parsed(line.text, where)


def _parsed(text: str, where: str) -> Any | LeftOut:
    try:
        return json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        return LeftOut(where, "not JSON", f"{error}. {_advice(text)}")


def _advice(text: str) -> str:
    if _BARE_DAY.search(text):
        return "Put days in quotation marks."
    return "Repair the line or get it again; one object a line."


def _whole(material: Material) -> Iterator[tuple[str, Any]]:
    """Objects one after the other or in an array, each with the line it begins in.

    Raises:
        UnreadableDocument: what stands there is not JSON.
    """
    text = _decoded(material)
    decoder, place, line, counted = json.JSONDecoder(), 0, 1, 0
    is_array = text.lstrip().startswith("[")
    skip = " \t\r\n,[]" if is_array else " \t\r\n"
    while True:
        while place < len(text) and text[place] in skip:
            place += 1
        line, counted = line + text.count("\n", counted, place), place
        if place == len(text):
            if is_array and not text.rstrip().endswith("]"):
                raise _broken("the closing bracket is missing", f"{material.place}:{line}")
            return
        try:
            found, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError) as error:
            advice = _advice(text[place : place + _SHOWN])
            raise _broken(str(error), f"{material.place}:{line}", advice) from error
        yield f"{material.place}:{line}", found


def _decoded(material: Material) -> str:
    data = material.everything(MOST_FILE_BYTES)
    codec = find_encoding(material.head, place=material.place).codec
    try:
        return data.decode(codec).lstrip("\ufeff")
    except UnicodeDecodeError as error:
        raise _broken(
            f"byte {error.start} is not {codec}", material.place, "Save the file as UTF-8."
        ) from error


def _broken(
    why: str, where: str, advice: str = "Repair the file or get it again."
) -> UnreadableDocument:
    return UnreadableDocument(f"not JSON: {why}", where=where, advice=advice)


def _events(found: Any, where: str) -> Iterator[EventRecord | LeftOut]:
    if not isinstance(found, dict):
        yield LeftOut(where, "not a record", "This is JSON but no object with fields.")
        return
    try:
        events, notes = events_of(found, where=where)
    except UnreadableDocument as error:
        yield LeftOut(error.where, error.what, error.advice)
        return
    yield from events
    yield from notes


# -- records


def _read(record: Mapping[str, Any], where: str, notes: list[str]) -> tuple[EventRecord, ...]:
    ours = record.get(OURS)
    ours = ours if isinstance(ours, dict) else {}
    at = _located(record, ours, where)
    info = _object(record, "text_info")
    sentence = Sentence(at.sentence, at.start)
    words = strings_of(record, "event_text", where)
    start, end = sentence.find(ours.get("predicate"), words[0] if words else None)
    types, contexts, auxiliary = types_of(record, where=where, is_ours=bool(ours), notes=notes)
    identity = text_of(record, "id", where) or ""
    cast = {
        name: people_of(holder, name, sentence, where=where, notes=notes)
        for holder, name in ((record, "actor"), (record, "recipient"), (ours, "about"))
    }
    return tuple(
        EventRecord(
            EventMention(
                id=identity if number == 1 else f"{identity}#{number}",
                document=at.document,
                sentence=_number(info.get("sequence"), 0),
                start=start,
                end=end,
                type=kind,
                mode=mode,
                contexts=contexts,
                auxiliary=auxiliary,
                actors=cast["actor"],
                recipients=cast["recipient"],
                about=cast["about"],
                when=_when(record, ours, where),
                rule=text_of(ours, "rule", where) or "as given",
                confidence=_share(ours.get("confidence"), where),
                is_quoted=ours.get("is_quoted") is True,
            ),
            at,
        )
        for number, (kind, mode) in enumerate(types, start=1)
    )


def _located(record: Mapping[str, Any], ours: Mapping[str, Any], where: str) -> Located:
    cited, source = _object(record, "cite_info"), _object(ours, "source")
    url = text_of(cited, "url", where)
    return Located(
        document=text_of(cited, "citation", where) or url or where,
        source=Source(
            text_of(cited, "publication", where)
            or text_of(cited, "corpus", where)
            or "unnamed source",
            text_of(source, "country", where),
            text_of(source, "affiliation", where) or "unknown",
        ),
        title=text_of(cited, "title", where),
        published=span_of(ours, "published_first", "published_last", where),
        url=url,
        place=text_of(ours, "place", where) or where,
        sentence=text_of(record, "text", where) or "",
        start=_number(_object(record, "text_info").get("start"), 0),
        speaker_code=text_of(ours, "speaker", where),
    )


def _when(record: Mapping[str, Any], ours: Mapping[str, Any], where: str) -> When:
    """Our own days as they were; else those of the file, which a program set, not the text."""
    if "when" in ours:
        told = _object(ours, "when")
        span: TimeSpan | None = span_of(told, "first", "last", where)
        words, basis = text_of(told, "text", where), text_of(told, "basis", where)
        return When(span, words or "", basis or "none")
    span = span_of(record, "date", "enddate", where)
    return When() if span is None else When(span, "", "absolute")


def _object(record: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = record.get(name)
    return found if isinstance(found, dict) else {}


def _number(value: object, otherwise: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else otherwise


def _share(value: object, where: str) -> float:
    """A confidence from 0 to 1; 1 where the file has none: its maker stated it as a fact."""
    if value is None:
        return 1.0
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
        return float(value)
    raise UnreadableDocument(
        f"confidence {value!r} is no number from 0 to 1", where=where, advice="Correct it."
    )
