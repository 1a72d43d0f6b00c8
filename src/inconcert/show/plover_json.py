"""Events as PLOVER JSON: the fields of chapter 6 of the manual, one object an event.

What PLOVER has no field for stands under `inconcert`, in the event and in every entity, so that
`inconcert.read.plover_json` gets the same event back. Auxiliary modes stand in `context`, where the
manual puts them.
"""

from __future__ import annotations

from dataclasses import asdict
from functools import cache

from inconcert.core.event import EventMention
from inconcert.core.evidence import EventRecord, Located
from inconcert.core.mention import Participant
from inconcert.ontology import plover
from inconcert.ontology.tables import read_table
from inconcert.show.export_cells import iso

CODEBOOK = "PLOVER Manual, draft 2.0"
OURS = "inconcert"
"""Name of the field for what PLOVER has no field for."""

_QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
"""In the manual's order: `quad_code` counts from 1. SANCTION is material, as its chapter says."""


def plover_json(record: EventRecord, *, coder: str | None = None) -> dict[str, object]:
    """An event as an object of PLOVER JSON; offsets count characters of the document.

    Args:
        coder: name and version of what coded it, for `cite_info`.

    Returns:
        The fields in the manual's order. Those that a text need not have are null where it has
        none. `date` is null where nothing tells the day, though the manual asks for one.
    """
    event, at = record.event, record.at
    people = {"actor": event.actors, "recipient": event.recipients}
    return {
        "id": event.id,
        "date": iso(record.day),
        "enddate": _end(record),
        **{role: [_entity(who, at) for who in cast] for role, cast in people.items()},
        "event": [event.type],
        "event_text": _listed(_words(at, event.start, event.end)),
        "quad_code": quad_of(event.type),
        "event_scale": scale_of(event.type, event.mode),
        "mode": _listed(event.mode),
        "context": [*event.contexts, *event.auxiliary] or None,
        "text": at.sentence,
        "text_info": {
            "sequence": event.sentence,
            "start": at.start,
            "end": at.start + len(at.sentence),
        },
        "cite_info": {
            "citation": at.document,
            "url": at.url,
            "title": at.title,
            "publication": at.source.name,
            "coder": coder,
            "codebook": CODEBOOK,
        },
        OURS: _ours(event, at),
    }


def _ours(event: EventMention, at: Located) -> dict[str, object]:
    span, published = event.when.span, at.published
    return {
        "predicate": {"start": event.start, "end": event.end},
        "about": [_entity(who, at) for who in event.about],
        "when": {
            "first": None if span is None else iso(span.first),
            "last": None if span is None else iso(span.last),
            "text": event.when.text,
            "basis": event.when.basis,
        },
        "where": None if event.where is None else asdict(event.where),
        "rule": event.rule,
        "confidence": event.confidence,
        "is_quoted": event.is_quoted,
        "source": {"country": at.source.country, "affiliation": at.source.affiliation},
        "published_first": None if published is None else iso(published.first),
        "published_last": None if published is None else iso(published.last),
        "place": at.place,
        "speaker": at.speaker_code,
    }


def _entity(who: Participant, at: Located) -> dict[str, object]:
    """An entity object: the country and main sector PLOVER wants, and who it is here."""
    return {
        "code": _country(who.code),
        "sector": who.sectors[0] if who.sectors else None,
        "other_sector_codes": list(who.sectors[1:]) or None,
        "entity_text": _words(at, who.start, who.end),
        "identifier_text": who.name,
        OURS: {"code": who.code, "start": who.start, "end": who.end},
    }


def _country(code: str) -> str | None:
    fits = [start for start in _entities() if code.startswith(start)]
    return _entities()[max(fits, key=len)] if fits else code[:3]


@cache
def _entities() -> dict[str, str | None]:
    rows = read_table("inconcert.show", "data/plover_entities.tsv")
    return {row["starts"]: None if row["code"] == "-" else row["code"] for row in rows}


def _words(at: Located, start: int, end: int) -> str | None:
    """The characters from start to end where they stand in the sentence; None otherwise."""
    first, last = start - at.start, end - at.start
    return at.sentence[first:last] if 0 <= first < last <= len(at.sentence) else None


def quad_of(kind: str) -> int | None:
    """The number of the quad class of a type; None for a type of a user."""
    known = kind in plover.event_types()
    return _QUADS.index(plover.quad_class(kind)) + 1 if known else None


def scale_of(kind: str, mode: str | None) -> float | None:
    """The score by type and mode; of the type alone for a mode, and None for a type, of a user."""
    if kind not in plover.event_types():
        return None
    return plover.intensity(kind, mode if mode in plover.modes(kind) else None)


def _end(record: EventRecord) -> str | None:
    """The last day of an act that lasts or whose day is not told exactly."""
    span, day = record.event.when.span, record.day
    return None if span is None or span.first != day or span.days == 1 else iso(span.last)


def _listed(value: str | None) -> list[str] | None:
    return None if value is None else [value]
