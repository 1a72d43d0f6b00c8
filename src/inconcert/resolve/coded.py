"""Actors of coded datasets, as they stand in the register in the month of the event.

A coded dataset has told already who acts, each in its own way: ICEWS by a name ("Police (Peru)",
"Hassan Rouhani") with the country in words, CAMEO and GDELT by letters (`AFGREBTAL`), POLECAT and
ACLED by names. Nothing is read out of a text here; what a name does not tell stays open.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from inconcert.core.actor import Actor, Role
from inconcert.core.span import TimeSpan
from inconcert.resolve import tables
from inconcert.resolve.coded_words import (
    folded,
    known_groups,
    other_names,
    part_sectors,
    roles_of,
    sectors_of,
    without_marks,
)
from inconcert.resolve.lexicon import split_words
from inconcert.resolve.register import Register

_BRACKETS = re.compile(r"(.*\S)\s*\(([^()]*)\)")
_LETTERS = re.compile(r"[A-Z]{3}(?:[A-Z0-9]{3}){0,6}")
_KINDS = frozenset({"person", "state", "organisation", "group", "bloc", "metonym"})
_NATIONS = frozenset({"state", "adjective"})
_ARMED = frozenset({"REB", "PRM", "UAF"})
_LONG = 3
_Entry = tuple[tuple[str, ...], tuple[str, ...]]


class Resolved(NamedTuple):
    """Who is meant.

    Attributes:
        codes: codes of the register; empty where nobody could be told.
        sectors: sectors of PLOVER.
        names: the person or body, where one is named; else the dataset's own words if unresolved.
        how: by what: `code`, `name`, `role`, `nation and noun`, `part of a name`, `country`; or
            empty.
    """

    codes: tuple[str, ...]
    sectors: tuple[str, ...]
    names: tuple[str, ...]
    how: str


class CodedActors:
    """Looks actors of coded datasets up in a register.

    What a name gives whatever the month is remembered: a dataset asks for a name month after month.
    """

    def __init__(self, register: Register) -> None:
        self._register = register
        self._months: dict[object, TimeSpan | None] = {}
        self._places: dict[str, str | None] = {}
        self._plain: dict[str, tuple[str, ...]] | None = None
        self._entries: dict[tuple[str, str | None], _Entry | None] = {}
        self._roles: dict[str, tuple[str, ...]] = {}

    def __call__(
        self,
        name: str | None,
        code: str | None,
        country: str | None,
        sectors: str | None,
        month: date | str | None,
        *,
        scheme: str | None = None,
    ) -> Resolved:
        """Who an actor is in a month.

        Args:
            name: as the dataset writes it, a country in brackets behind it or not.
            code: letters of CAMEO or of the register.
            country: ISO-3 code or name.
            sectors: names or codes, parted by `,` or `;`.
            month: its first day, or `2021-03`.
            scheme: code system of the dataset; decides what three letters mean (`MED`).
        """
        span = self._span(month)
        own = sectors_of(sectors, scheme)
        state = self.place(country)
        if code:
            found = self._by_code(code.strip().upper(), state, own, span, name, scheme)
            if found is not None:
                return found
        if name and name.strip():
            found = self._by_name(" ".join(name.split()), state, own, span)
            if found is not None:
                return found
        if state is not None:
            return self._nation(state, own, span, name, "country")
        return Resolved((), own, (name,) if name else (), "")

    def place(self, country: str | None) -> str | None:
        """ISO-3 code of a state told by its code or name; None for what is no state."""
        if not country or not country.strip():
            return None
        text = " ".join(country.replace("\xa0", " ").split())
        if text not in self._places:
            self._places[text] = self._state(text)
        return self._places[text]

    def _state(self, text: str) -> str | None:
        if text.upper() in self._register.states and len(text) == 3:
            return text.upper()
        special = other_names().get(folded(text))
        if special is not None:
            return special[0] if special[0] in self._register.states else None
        key = self._exact(text, frozenset({"state"}))
        return key if key in self._register.states else None

    def _span(self, month: date | str | None) -> TimeSpan | None:
        if month not in self._months:
            text = month.isoformat()[:7] if isinstance(month, date) else month
            self._months[month] = TimeSpan.parse(text[:7]) if text else None
        return self._months[month]

    # -- letters

    def _by_code(
        self,
        code: str,
        state: str | None,
        own: tuple[str, ...],
        span: TimeSpan | None,
        name: str | None,
        scheme: str | None,
    ) -> Resolved | None:
        """A code of the register, or country, group and parts of society three letters each."""
        register = self._register
        if not _LETTERS.fullmatch(code):
            actor = register.actors.get(code)
            return None if actor is None else self._actor(actor, span, "code")
        parts = [code[place : place + 3] for place in range(0, len(code), 3)]
        nation = parts[0] if parts[0] in register.states else state
        nation = nation or next((part for part in parts if part in register.states), None)
        rest = parts[1:] if parts[0] in register.states else parts
        body = next((known_groups()[part] for part in rest if part in known_groups()), None)
        told = tuple(dict.fromkeys(each for part in rest for each in part_sectors(part, scheme)))
        if body is not None and body in register.actors:
            return self._actor(register.actors[body], span, "code", told)
        if code in register.actors and len(parts) > 1:
            return self._actor(register.actors[code], span, "code", told)
        if nation is not None:
            person = self._exact(name, frozenset({"person"})) if name else None
            actor = register.actors.get(person or "")
            if actor is not None and self._belongs(actor, nation):
                return self._actor(actor, span, "code")
            return self._nation(nation, told or own, span, None, "code")
        if parts[0] in register.actors:
            return self._actor(register.actors[parts[0]], span, "code", told)
        return None

    # -- names

    def _by_name(
        self, name: str, state: str | None, own: tuple[str, ...], span: TimeSpan | None
    ) -> Resolved | None:
        found = self._known(name, state, span)
        if found is not None:
            return found
        brackets = _BRACKETS.fullmatch(name)
        if brackets is not None:
            found = self._in_brackets(brackets[1], brackets[2], state, own, span)
            if found is not None:
                return found
        found = self._shortened(name, state, span)
        if found is not None:
            return found
        role = self._role(name)
        if role and state is not None:
            return self._nation(state, role, span, None, "role")
        return self._phrase(name, span) if state is None else None

    def _known(self, name: str, state: str | None, span: TimeSpan | None) -> Resolved | None:
        """A name that stands in the register or in the table of other forms, whole."""
        special = other_names().get(folded(name))
        if special is not None:
            gives, sectors = special
            actor = self._register.actors.get(gives)
            if actor is not None:
                if actor.kind == "state":
                    return self._nation(gives, sectors, span, name, "name")
                return self._actor(actor, span, "name", sectors)
        entry = self._entry(name, state)
        if entry is None:
            return None
        keys, sectors = entry
        actors = [self._register.actors[key] for key in keys]
        fitting = [each for each in actors if state is None or self._belongs(each, state)]
        if not fitting:
            return None  # a namesake of another country
        chosen = self._likeliest(fitting, span)
        if chosen.kind == "state" and sectors:
            return self._nation(chosen.id, sectors, span, name, "name")
        return self._actor(chosen, span, "name", sectors)

    def _in_brackets(
        self, head: str, place: str, state: str | None, own: tuple[str, ...], span: TimeSpan | None
    ) -> Resolved | None:
        """A part of society and its country ("Police (Peru)"), or a body and a remark."""
        nation = self.place(place)
        role = self._role(head)
        if nation is None:
            body = self._known(place, state, span)
            if body is not None and body.codes and role:
                own = body.sectors if _ARMED & {*body.sectors, *role} else role
                return Resolved(body.codes, own, body.names, "role")
            found = self._known(head, state, span)
            if found is not None:
                return found
            return self._nation(state, role or own, span, None, "role") if state else None
        if not role:
            found = self._known(head, nation, span)
            if found is not None and found.codes[0][:3] == nation:
                return found
        return self._nation(nation, role or own, span, None if role else head, "role")

    def _shortened(self, name: str, state: str | None, span: TimeSpan | None) -> Resolved | None:
        """A person with more names than the register has: first and last, or the first two."""
        words = name.split()
        if len(words) < _LONG:
            return None
        parts = [[words[0], words[-1]], words[:3]]
        if state is not None:  # two names alone may be anybody's
            parts += [words[:2], words[-2:]]
        for part in parts:
            key = self._exact(" ".join(part), frozenset({"person"}))
            actor = self._register.actors.get(key or "")
            if actor is None or (state is not None and not self._belongs(actor, state)):
                continue
            return self._actor(actor, span, "part of a name")
        return None

    def _phrase(self, name: str, span: TimeSpan | None) -> Resolved | None:
        """A nation and a noun for those who act, without brackets ("Afghan Air Force")."""
        words = split_words(name)
        lowered = tuple(word.lower() for word in words)
        first = next(
            (
                each
                for each in self._register.lexicon.at(words, lowered, 0)
                if each.kind in _NATIONS and each.actors[0] in self._register.states
            ),
            None,
        )
        for last in (lowered[-3:], lowered[-2:], lowered[-1:]):
            sectors = roles_of("noun").get(folded(" ".join(last)))
            if first is not None and sectors is not None and len(last) < len(words):
                return self._nation(first.actors[0], sectors, span, name, "nation and noun")
        body, _, nation = name.rpartition(" of ")
        body = body.removesuffix(" of the Republic")
        state = self.place(nation.removeprefix("the "))
        if body:  # "Green Party of X": what stands before may be a body of another country
            sectors = self._role(body) or roles_of("noun").get(folded(body.split()[-1]), ())
            told = state is not None and sectors
            return (
                self._nation(state or "", sectors, span, name, "nation and noun") if told else None
            )
        found = self._register.find(name, span) if tables.agents().keys() & set(lowered) else []
        if found and " + " in found[0].why:
            return Resolved((found[0].code,), found[0].sectors, (), "nation and noun")
        return None

    # -- the register

    def _entry(self, name: str, state: str | None = None) -> _Entry | None:
        """Ids and sectors of the form that is the whole name, remembered."""
        key = name, state
        if key not in self._entries:
            self._entries[key] = self._entry_of(name, state)
        return self._entries[key]

    def _entry_of(self, name: str, state: str | None) -> _Entry | None:
        """Ids and sectors of the form that is the whole name.

        A form that many countries have ("Senate") counts for the country that is told alone.
        """
        for attempt in dict.fromkeys((name, without_marks(name), name.replace("-", " "))):
            words = split_words(attempt)
            lowered = tuple(word.lower() for word in words)
            for form, low in ((words, lowered), (("the", *words), ("the", *lowered))):
                entries = self._register.lexicon.at(form, low, 0) if form else ()
                found = [each for each in entries if len(each.words) == len(form) and each.actors]
                found = [
                    each
                    for each in found
                    if each.kind in _KINDS and each.only_from in (None, state)
                ]
                if found:
                    first = found[0]
                    keys = dict.fromkeys(
                        key for each in found if each.kind == first.kind for key in each.actors
                    )
                    return tuple(keys), first.sectors
        same = self._folded_names().get(folded(name))
        return (same, ()) if same else None

    def _folded_names(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of persons and bodies by their forms without capitals and marks."""
        if self._plain is None:
            found: dict[str, dict[str, None]] = {}
            for form, entry in self._register.lexicon.forms():
                if entry.actors and entry.kind in {"person", "organisation", "group"}:
                    found.setdefault(folded(form), {}).update(dict.fromkeys(entry.actors))
            self._plain = {form: tuple(keys) for form, keys in found.items() if len(form) > 4}
        return self._plain

    def _exact(self, name: str, kinds: frozenset[str]) -> str | None:
        entry = self._entry(name)
        if entry is None:
            return None
        fitting = [key for key in entry[0] if self._register.actors[key].kind in kinds]
        return fitting[0] if len(fitting) == 1 else None

    def _belongs(self, actor: Actor, state: str) -> bool:
        """Whether an actor can have been given a country: its own, or that where it sits."""
        codes = {role.code for role in actor.roles} or {actor.id}
        return actor.kind == "group" or any(
            code[:3] == state or code[:3] not in self._register.states for code in codes
        )

    def _likeliest(self, actors: list[Actor], span: TimeSpan | None) -> Actor:
        return max(actors, key=lambda each: self._register.role_on(each, span)[1])

    def _actor(
        self, actor: Actor, span: TimeSpan | None, how: str, told: tuple[str, ...] = ()
    ) -> Resolved:
        """An actor of the register in the role that counts in the month."""
        role, _ = self._register.role_on(actor, span)
        role = role or Role(actor.id, ())
        if actor.kind == "state":
            return self._nation(actor.id, told, span, None, how)
        sectors = role.sectors if role.sectors or actor.kind == "group" else told
        return Resolved((role.code,), sectors, (actor.name,), how)

    def _nation(
        self,
        state: str,
        sectors: tuple[str, ...],
        span: TimeSpan | None,
        name: str | None,
        how: str,
    ) -> Resolved:
        """A state and a part of its society; an actor of its own where the register says so."""
        split = self._register.split(state, sectors, "", span) if sectors else None
        code = state if split is None else split[0]
        return Resolved((code,), sectors, (name,) if name else (), how)

    def _role(self, words: str) -> tuple[str, ...]:
        """Sectors that a name of a role tells, remembered."""
        if words not in self._roles:
            self._roles[words] = _role_of(words)
        return self._roles[words]


def _role_of(words: str) -> tuple[str, ...]:
    """Sectors that a name of a role tells: by table, else by its last noun."""
    found = roles_of("name").get(folded(words))
    if found is not None:
        return found
    lowered = words.lower().split()
    for noun in (" ".join(lowered[-2:]), lowered[-1] if lowered else ""):
        agent = tables.agents().get(noun)
        if agent is not None:
            return agent.sectors
    return ()
