"""PLOVER: event types, modes, contexts, sectors, auxiliary modes and scores.

The tables in `data/plover` are made from the manual and keep its licence (CC BY-SA 4.0).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType

from inconcert.errors import BadInput
from inconcert.ontology.tables import read_table


@dataclass(frozen=True, slots=True)
class EventType:
    """One of the 16 event types.

    Attributes:
        quad: quad class, `verbal cooperation` to `material conflict`.
        needs_recipient: whether an event of this type is incomplete without a recipient.
        meaning: in a few words; the manual decides.
    """

    name: str
    quad: str
    needs_recipient: bool
    meaning: str

    @property
    def is_deed(self) -> bool:
        """Whether it is more than words (material)."""
        return self.quad.startswith("material")

    @property
    def is_cooperation(self) -> bool:
        """Whether it is cooperation rather than conflict."""
        return self.quad.endswith("cooperation")


@cache
def event_types() -> Mapping[str, EventType]:
    """All event types by name."""
    return MappingProxyType(
        {
            row["type"]: EventType(
                row["type"], row["quad"], row["needs_recipient"] == "yes", row["meaning"]
            )
            for row in _rows("types")
        }
    )


def event_type(name: str) -> EventType:
    """The event type of that name.

    Raises:
        BadInput: PLOVER has no such type; names the nearest.
    """
    found = event_types().get(name)
    if found is None:
        raise _unknown("event type", name, event_types())
    return found


@cache
def modes(kind: str) -> Mapping[str, str]:
    """The modes of an event type with their meanings; empty where the type has none.

    Raises:
        BadInput: PLOVER has no such type.
    """
    name = event_type(kind).name
    return MappingProxyType(
        {row["mode"]: row["meaning"] for row in _rows("modes") if row["type"] == name}
    )


@cache
def contexts() -> Mapping[str, str]:
    """All contexts with their meanings."""
    return MappingProxyType({row["context"]: row["meaning"] for row in _rows("contexts")})


@cache
def sectors() -> Mapping[str, str]:
    """All sectors with their meanings."""
    return MappingProxyType({row["sector"]: row["meaning"] for row in _rows("sectors")})


@cache
def auxiliary_modes() -> Mapping[str, str]:
    """The four auxiliary modes with their meanings."""
    return MappingProxyType({row["auxiliary"]: row["meaning"] for row in _rows("auxiliary")})


def intensity(kind: str, mode: str | None = None) -> float:
    """The PLOVER score, from -10 (conflict) to +10 (cooperation).

    Raises:
        BadInput: PLOVER has no such type, or the type no such mode.
    """
    name = event_type(kind).name
    if mode is not None and mode not in modes(name):
        raise _unknown(f"mode of {name}", mode, modes(name))
    return _scores()[name, mode]


def quad_class(kind: str) -> str:
    """`verbal cooperation`, `material cooperation`, `verbal conflict` or `material conflict`."""
    return event_type(kind).quad


def is_deed(kind: str) -> bool:
    """Whether events of this type are deeds (material) rather than words (verbal)."""
    return event_type(kind).is_deed


def future_form(kind: str) -> tuple[str, bool]:
    """What a type becomes when it is told in the future, and whether `future` still holds.

    A future meeting is an agreement made today: AGREE, no longer future. A future attack stays an
    attack that has not happened.

    Example:
        >>> future_form("AID"), future_form("ASSAULT")
        (('AGREE', False), ('ASSAULT', True))
    """
    name = event_type(kind).name
    return _futures().get(name, (name, True))


@cache
def _scores() -> Mapping[tuple[str, str | None], float]:
    return {
        (row["type"], None if row["mode"] == "-" else row["mode"]): float(row["score"])
        for row in _rows("intensity")
    }


@cache
def _futures() -> Mapping[str, tuple[str, bool]]:
    return {row["type"]: (row["becomes"], row["keeps_future"] == "yes") for row in _rows("future")}


def _rows(name: str) -> list[dict[str, str]]:
    return read_table("inconcert.ontology", f"data/plover/{name}.tsv")


def _unknown(what: str, name: str, known: Mapping[str, object]) -> BadInput:
    near = get_close_matches(name.upper() if name.upper() in known else name, known, n=3)
    hint = f"Nearest: {', '.join(near)}." if near else f"Known: {', '.join(known) or 'none'}."
    return BadInput(f"PLOVER has no {what} {name!r}", advice=hint)
