"""Corrections as a person writes them (`type=AID`, `recipients=AFG+AFGTAL`), made ready to keep."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import get_args

from inconcert.core.event import AUXILIARY_MODES, EventMention
from inconcert.core.mention import Participant
from inconcert.core.statement import Commitment, Stance, Statement
from inconcert.errors import BadQuestion
from inconcert.ontology.plover import event_types, modes
from inconcert.resolve.register import Register
from inconcert.store.reviewed_values import (
    OF_EVENTS,
    OF_STATEMENTS,
    days_text,
    names_text,
    people_text,
    signs_text,
)
from inconcert.workbench.questions import days_of

NONE = frozenset({"", "none", "-"})
"""What stands for nothing: no mode, no recipients, no date."""
_ALSO = {"actors": "speakers", "recipients": "addressees", "actor": "speakers",
         "speaker": "speakers", "recipient": "addressees", "addressee": "addressees"}  # fmt: skip
_ONE = {"actor": "actors", "recipient": "recipients"}

Named = Sequence[tuple[int, tuple[Participant, ...]]]
"""Whom the coder found named in a document: sentence and participants."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A field with what the coder says and what is to stand there, both as a review keeps them."""

    field: str
    old: str | None
    new: str | None


class Corrections:
    """Reads what a person wants corrected in one record.

    Args:
        register: actors of the world and of the case.
        named: whom the coder found named in the document of the record.
        own: modes by type that the case has of its own.
    """

    def __init__(
        self, register: Register, named: Named, own: Mapping[str, frozenset[str]] | None = None
    ) -> None:
        self._register, self._named, self._own = register, named, own or {}

    def read(self, record: EventMention | Statement, given: Iterable[str]) -> list[Correction]:
        """Corrections of one record.

        Args:
            record: as it was coded.
            given: FIELD=VALUE each.

        Raises:
            BadQuestion: no such field, or no such value of it; the advice names what there is.
            UnknownActor: a name stands for nobody.
        """
        known = OF_EVENTS if isinstance(record, EventMention) else OF_STATEMENTS
        also = _ONE if isinstance(record, EventMention) else _ALSO
        wanted: dict[str, str] = {}
        for pair in given:
            name, found, value = pair.partition("=")
            field = also.get(name.strip().casefold(), name.strip().casefold())
            if not found or field not in known:
                raise BadQuestion(
                    f"{pair!r} is no correction of {_kind(record)}",
                    where="FIELD=VALUE",
                    advice=f"Fields: {', '.join(known)}; as in {known[0]}=…",
                )
            wanted[field] = value.strip()
        if isinstance(record, EventMention):
            return [self._of_event(record, field, wanted) for field in wanted]
        return [self._of_statement(record, field, value) for field, value in wanted.items()]

    def _of_event(self, event: EventMention, field: str, wanted: Mapping[str, str]) -> Correction:
        value = wanted[field]
        if field == "type":
            return Correction(field, event.type, self._type(value))
        if field == "mode":
            kind = self._type(wanted["type"]) if "type" in wanted else event.type
            return Correction(field, event.mode, self._mode(kind, value))
        if field == "date":
            return _date(event, value)
        if field == "auxiliary":
            known = _listed(value, AUXILIARY_MODES, "auxiliary mode")
            return Correction(field, names_text(event.auxiliary), names_text(known))
        cast = event.actors if field == "actors" else event.recipients
        others = (*event.actors, *event.recipients, *event.about)
        return self._people(event, field, cast, others, value)

    def _of_statement(self, said: Statement, field: str, value: str) -> Correction:
        if field == "date":
            return _date(said, value)
        if field == "stance":
            old, new = signs_text(said.stance), signs_text(self._stance(value))
            return Correction(field, old, new)
        if field == "commitment":
            known = _listed(value, get_args(Commitment), "commitment") or ("none",)
            return Correction(field, said.commitment, known[0])
        cast = said.speakers if field == "speakers" else said.addressees
        others = (*said.speakers, *said.addressees, *said.about)
        return self._people(said, field, cast, others, value)

    def _type(self, value: str) -> str:
        known = [*event_types(), *(kind for kind in self._own if kind not in event_types())]
        return _among(known, value, "type")

    def _mode(self, kind: str, value: str) -> str | None:
        if value.casefold() in NONE:
            return None
        shipped = modes(kind) if kind in event_types() else {}
        known = (*shipped, *self._own.get(kind, ()))
        return _among(known, value, f"mode of {kind}")

    def _stance(self, value: str) -> list[Stance]:
        found = []
        for part in value.split(","):
            if part.strip().casefold() in NONE:
                continue
            who, _, sign = part.rpartition(":")
            if sign.strip() not in {"+1", "1", "0", "-1"}:
                raise BadQuestion(
                    f"{part.strip()!r} is no stance",
                    where="stance",
                    advice="Write stance=AFGTAL:-1 or AFGTAL:+1,PAK:0.",
                )
            found += [Stance(code, int(sign)) for code in self._register.codes_for(who)]
        return found

    def _people(
        self,
        record: EventMention | Statement,
        field: str,
        cast: Sequence[Participant],
        others: Sequence[Participant],
        value: str,
    ) -> Correction:
        codes = () if value.casefold() in NONE else self._register.codes_for(value)
        if field == "actors" and not codes:
            raise BadQuestion(
                "an event has somebody who acts",
                where="actors",
                advice="Name one, or judge the event wrong.",
            )
        old = people_text(cast)
        if {who.code for who in cast} == set(codes):
            return Correction(field, old, old)
        return Correction(
            field, old, people_text(self._who(record, c, cast, others) for c in codes)
        )

    def _who(
        self,
        record: EventMention | Statement,
        code: str,
        cast: Sequence[Participant],
        others: Sequence[Participant],
    ) -> Participant:
        """Somebody of a code as the text names them: in this place, the record, the sentence."""
        here = [who for sentence, found in self._named if sentence == record.sentence
                for who in found]  # fmt: skip
        known = (who for who in (*cast, *others, *here) if who.code == code)
        bare = Participant(code, (), None, record.start, record.end)
        return next(known, bare)


def _date(record: EventMention | Statement, value: str) -> Correction:
    span = None if value.casefold() in NONE else days_of(value, "date")
    return Correction("date", days_text(record.when.span), days_text(span))


def _listed(value: str, known: Sequence[str], what: str) -> tuple[str, ...]:
    if value.casefold() in NONE:
        return ()
    given = [part.strip().casefold() for part in value.replace("+", ",").split(",")]
    for one in given:
        if one not in known:
            raise _none_such(what, one, known)
    return tuple(dict.fromkeys(given))


def _among(known: Iterable[str], value: str, what: str) -> str:
    names = list(known)
    for one in names:
        if one.casefold() == value.casefold():
            return one
    raise _none_such(what, value, names)


def _kind(record: EventMention | Statement) -> str:
    return "an event" if isinstance(record, EventMention) else "a statement"


def _none_such(what: str, value: str, known: Iterable[str]) -> BadQuestion:
    names = list(known)
    near: Callable[[str], list[str]] = lambda text: get_close_matches(text, names, n=1)  # noqa: E731
    found = near(value.upper()) or near(value.casefold())
    hint = f"Nearest: {found[0]}. " if found else ""
    listed = ", ".join(names) or "none"
    return BadQuestion(f"{value!r} is no {what}", where=what, advice=f"{hint}Known: {listed}.")
