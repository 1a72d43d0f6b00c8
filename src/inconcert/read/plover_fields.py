"""The fields of one PLOVER JSON object, believed only as far as the manual knows them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from inconcert.core.event import AUXILIARY_MODES
from inconcert.core.mention import Participant
from inconcert.core.span import TimeSpan
from inconcert.errors import UnreadableDocument
from inconcert.ontology import plover

OURS = "inconcert"
"""Name of the field that holds what this program knows beyond PLOVER."""

_NAMES = {
    "code": ("code", "country_code", "country_name"),
    "sector": ("sector", "sector_code"),
    "text": ("entity_text", "raw_text"),
    "name": ("identifier_text", "entity_name"),
}
"""The manual has two sets of names for the fields of an entity; the table's come first."""

_CODE = re.compile(r"[A-Z][A-Z0-9]{2,15}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """The text of a record and where it begins in its document."""

    text: str
    start: int

    def find(self, span: object, words: str | None) -> tuple[int, int]:
        """Where something stands: as told, else where its words are; empty where unknown."""
        if isinstance(span, dict):
            start, end = span.get("start"), span.get("end")
            if isinstance(start, int) and isinstance(end, int) and 0 <= start <= end:
                return start, end
        place = self.text.find(words) if words else -1
        if place < 0 or not words:
            return self.start, self.start
        return self.start + place, self.start + place + len(words)


def text_of(record: Mapping[str, Any], name: str, where: str) -> str | None:
    """A field that holds text or a number.

    Raises:
        UnreadableDocument: it holds a list, an object or true or false.
    """
    value = record.get(name)
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise _bad_form(name, "text", where)


def strings_of(record: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
    """A field that holds a list of texts, or one text.

    Raises:
        UnreadableDocument: it holds something else.
    """
    value = record.get(name)
    if value is None or value == "":
        return ()
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
        raise _bad_form(name, "a list of texts", where)
    return tuple(dict.fromkeys(values))


def span_of(record: Mapping[str, Any], first: str, last: str, where: str) -> TimeSpan | None:
    """The days from one field to another; the first alone is one day.

    Raises:
        UnreadableDocument: a field is no day, or the last lies before the first.
    """
    begin, end = _day(record, first, where), _day(record, last, where)
    if begin is None:
        return None
    if end is not None and end < begin:
        raise UnreadableDocument(
            f"`{last}` {end} lies before `{first}` {begin}", where=where, advice="Correct the days."
        )
    return TimeSpan(begin, end or begin)


def types_of(
    record: Mapping[str, Any], *, where: str, is_ours: bool, notes: list[str]
) -> tuple[tuple[tuple[str, str | None], ...], tuple[str, ...], tuple[str, ...]]:
    """The types with their modes, the contexts, and the auxiliary modes of a record.

    Args:
        is_ours: written by this program: a user's own types and modes are taken as they stand.
        notes: gets a line for each name that is not carried over.

    Raises:
        UnreadableDocument: none of the types is one of PLOVER's.
    """
    types = strings_of(record, "event", where)
    modes = strings_of(record, "mode", where)
    contexts = strings_of(record, "context", where)
    auxiliary = tuple(name for name in contexts if name in AUXILIARY_MODES)
    contexts = tuple(name for name in contexts if name not in AUXILIARY_MODES)
    if is_ours and len(types) == 1:
        return ((types[0], modes[0] if modes else None),), contexts, auxiliary
    known = [name.upper() for name in types if name.upper() in plover.event_types()]
    notes += [f"PLOVER has no event type {name!r}." for name in types if name.upper() not in known]
    if not known:
        raise UnreadableDocument(
            f"no event type of PLOVER in {list(types)}",
            where=where,
            advice=f"Types are {', '.join(plover.event_types())}.",
        )
    spelt = {name.lower().replace("-", "_").replace(" ", "_"): name for name in contexts}
    notes += [
        f"PLOVER has no context {name!r}."
        for plain, name in spelt.items()
        if plain not in plover.contexts()
    ]
    return (
        tuple(_with_modes(known, modes, notes)),
        tuple(plain for plain in spelt if plain in plover.contexts()),
        auxiliary,
    )


def people_of(
    record: Mapping[str, Any], name: str, sentence: Sentence, *, where: str, notes: list[str]
) -> tuple[Participant, ...]:
    """The entities of a role that have a code.

    Raises:
        UnreadableDocument: the field is no list of objects.
    """
    value = record.get(name)
    entities = [value] if isinstance(value, dict) else [] if value is None else value
    if not isinstance(entities, list) or not all(isinstance(each, dict) for each in entities):
        raise _bad_form(name, "a list of objects", where)
    found = [_participant(entity, name, sentence, where, notes) for entity in entities]
    return tuple(who for who in found if who is not None)


# -- modes


def _with_modes(
    types: list[str], modes: tuple[str, ...], notes: list[str]
) -> list[tuple[str, str | None]]:
    """Each type with the first mode that is its own; other modes are noted."""
    given = {mode.lower().replace("_", "-"): mode for mode in modes}
    chosen = [(kind, next((m for m in given if m in plover.modes(kind)), None)) for kind in types]
    used = {mode for _, mode in chosen}
    for plain, mode in given.items():
        if plain not in used:
            fits = any(plain in plover.modes(kind) for kind in types)
            why = "a record holds one mode" if fits else f"no mode of {', '.join(types)}"
            notes.append(f"Mode {mode!r} left out: {why}.")
    return chosen


# -- entities


def _participant(
    entity: Mapping[str, Any], role: str, sentence: Sentence, where: str, notes: list[str]
) -> Participant | None:
    ours = entity.get(OURS)
    words = _named(entity, "text", where)
    start, end = sentence.find(ours, words)
    code = text_of(ours, "code", where) if isinstance(ours, dict) else None
    sectors = _sectors(entity, where)
    if code is None:
        code = _named(entity, "code", where)
        if code is None or not _CODE.fullmatch(code):
            notes.append(f"{role.capitalize()} {words or code!r} left out: it has no code.")
            return None
        strange = [sector for sector in sectors if sector not in plover.sectors()]
        notes += [f"PLOVER has no sector {sector!r}." for sector in strange]
        sectors = tuple(sector for sector in sectors if sector not in strange)
    return Participant(code, sectors, _named(entity, "name", where), start, end)


def _sectors(entity: Mapping[str, Any], where: str) -> tuple[str, ...]:
    """Sectors, the main one first; six letters are two codes, as the manual has it."""
    main = next((name for name in _NAMES["sector"] if name in entity), "sector")
    texts = (*strings_of(entity, main, where), *strings_of(entity, "other_sector_codes", where))
    parts = [part for text in texts for part in re.split(r"[;,+\s]+", text) if part]
    split = [
        piece
        for part in parts
        for piece in ((part[:3], part[3:]) if re.fullmatch("[A-Z]{6}", part) else (part,))
    ]
    return tuple(dict.fromkeys(split))


def _named(entity: Mapping[str, Any], field: str, where: str) -> str | None:
    values = (text_of(entity, name, where) for name in _NAMES[field])
    return next((value for value in values if value), None)


# -- forms


def _day(record: Mapping[str, Any], name: str, where: str) -> date | None:
    value = text_of(record, name, where)
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise UnreadableDocument(
            f"`{name}` {value[:40]!r} is no day",
            where=where,
            advice="Write days as 2021-09-14.",
        ) from error


def _bad_form(name: str, wanted: str, where: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"`{name}` is not {wanted}", where=where, advice="See the data fields of PLOVER's manual."
    )
