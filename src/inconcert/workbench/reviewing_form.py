"""What of a record can be corrected, as fields of a form: what stands there, and what may."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, get_args

from inconcert.core.event import AUXILIARY_MODES
from inconcert.core.evidence import EventRecord, StatementRecord
from inconcert.core.mention import Participant
from inconcert.core.statement import Commitment
from inconcert.ontology.plover import event_types, modes

NONE = "none"
"""Empties a field."""
_PEOPLE = "codes or names, joined by +; none for nobody"
_DAYS = "2021-09-14, 2021-09, 2021-09-14..2021-09-16, or none"
_STANCE = "AFGTAL:-1, PAK:+1, or none"

Field = dict[str, Any]


def fields_of(
    record: EventRecord | StatementRecord, own: Mapping[str, Iterable[str]]
) -> list[Field]:
    """The fields of a record in the order of the form.

    Args:
        own: modes that the case has of its own, by type.

    Returns:
        Each with `name`, `label`, `value` (as a person would write it), `hint`, and `choices`
        where the value is one of a few; empty where it is written freely.
    """
    if isinstance(record, EventRecord):
        event = record.event
        auxiliary = "+".join(event.auxiliary) or NONE
        several = [] if auxiliary in (NONE, *AUXILIARY_MODES) else [auxiliary]
        return [
            _chosen("type", "Type", event.type, types(own)),
            _chosen("mode", "Mode", event.mode or NONE, modes_of(event.type, own)),
            _written("actors", "Actors", _codes(event.actors), _PEOPLE),
            _written("recipients", "Recipients", _codes(event.recipients), _PEOPLE),
            _written("date", "Date", str(event.when.span or NONE), _DAYS),
            _chosen(
                "auxiliary",
                "Told as; none: a plain fact",
                auxiliary,
                [NONE, *AUXILIARY_MODES, *several],
            ),
        ]
    said = record.statement
    signs = ", ".join(f"{one.code}:{one.sign:+d}".replace(":+0", ":0") for one in said.stance)
    commitments = [NONE, *(one for one in get_args(Commitment) if one != NONE)]
    return [
        _written("speakers", "Speakers", _codes(said.speakers), _PEOPLE),
        _written("addressees", "Addressees", _codes(said.addressees), _PEOPLE),
        _written("date", "Date", str(said.when.span or NONE), _DAYS),
        _written("stance", "Stance", signs or NONE, _STANCE),
        _chosen("commitment", "Commitment", said.commitment, commitments),
    ]


def types(own: Mapping[str, Iterable[str]]) -> list[str]:
    """All types of events, those of the case last."""
    return [*event_types(), *sorted(kind for kind in own if kind not in event_types())]


def modes_of(kind: str, own: Mapping[str, Iterable[str]]) -> list[str]:
    """The modes of a type, none of them first."""
    shipped = modes(kind) if kind in event_types() else {}
    return [NONE, *shipped, *sorted(mode for mode in own.get(kind, ()) if mode not in shipped)]


def all_modes(own: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """The modes of every type."""
    return {kind: modes_of(kind, own) for kind in types(own)}


def _chosen(name: str, label: str, value: str, choices: list[str]) -> Field:
    known = choices if value in choices else [value, *choices]
    return {"name": name, "label": label, "value": value, "hint": "", "choices": known}


def _written(name: str, label: str, value: str, hint: str) -> Field:
    return {"name": name, "label": label, "value": value, "hint": hint, "choices": []}


def _codes(people: Iterable[Participant]) -> str:
    return "+".join(dict.fromkeys(who.code for who in people)) or NONE
