"""Who a name or short phrase means on a day, without a parse: for questions at the command line.

A person who is named wins; else an office gives its holder, where the register knows one; else the
head noun gives the sector, and the name before it or after `of` and `in` the country.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from inconcert.core.actor import Actor, ActorKind, Role
from inconcert.core.span import TimeSpan
from inconcert.resolve import loose, tables
from inconcert.resolve.loose import Head, Mark, Phrase, Relation, gives, words_of
from inconcert.resolve.offices import bag, bare_code, full_words
from inconcert.resolve.people import named_persons, stranger

if TYPE_CHECKING:
    from inconcert.resolve.register import Candidate, Register

OFFICE_SECTORS = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY", "PTY"})
_NAMED = frozenset({"organisation", "group", "metonym"})
_STATES = frozenset({"state", "adjective", "people", "capital", "bloc", "ethnic"})
_OWN_LAST = frozenset({"CVL", "REF", "JRN", "AGR", "MED", "EDU", "REL"})
_SOLDIERS = frozenset({"force", "militant", "refugee", "people"})
_GUESS, _TELLS = 0.5, 0.6
_RELATIONS = {"before": 0.95, "of": 0.9, "for": 0.85, "place": 0.75}
_MOBILE_SURE, _STATE_SURE = 0.35, 0.5
_NO_COUNTRY = 0.3


def find(register: Register, name: str, span: TimeSpan | None) -> list[Candidate]:
    """Candidates for a name, likeliest first; empty where the words name nobody."""
    phrase = loose.read(register, name)
    for _ in range(2):
        rest = phrase.rest_of_collective()
        if rest is None:
            break
        phrase = rest
    return Finder(register, phrase, span).find()


class Finder:
    """Reads one phrase on one day."""

    def __init__(self, register: Register, phrase: Phrase, span: TimeSpan | None) -> None:
        self.register, self.phrase, self.span = register, phrase, span
        self.is_former = phrase.says("former")

    def find(self) -> list[Candidate]:
        """The candidates, each reading once."""
        owners = self.owners()
        countries = {
            code
            for mark in owners
            for code in self.countries_of(mark)
            if mark.kind != "place" and mark.sure > _TELLS
        }
        found = named_persons(self, countries)
        if not found:
            found = self._office(owners)
        if not found:
            unknown = stranger(self, owners)
            found = [] if unknown is None else [unknown]
        if not found or self.phrase.head is None:
            found += self._owned(owners)
        return _once(found)

    # -- names ------------------------------------------------------------------------------

    def owners(self) -> list[Mark]:
        """The names that tell whose the head is, the surest first; several only if joined."""
        phrase = self.phrase
        marks = [
            one for one in phrase.marks if one.kind not in {"person", "surname"} and one.sure > 0
        ] + [one for one in phrase.marks if one.kind == "ethnic" and one.sure == 0]
        before = [one for one in marks if phrase.relation(one) == "before" and phrase.is_owner(one)]
        if before:
            return self._chosen(before)
        relations: tuple[Relation, ...] = ("of", "for", "place")
        for relation in relations[: 2 if phrase.says("elsewhere") else 3]:
            after = [one for one in marks if phrase.relation(one) == relation]
            if after:
                return self._joined(after)
        return self._on_the_map()

    def _chosen(self, before: list[Mark]) -> list[Mark]:
        """Of several names before the head: a body with a name, else the last, and its equals."""
        named = [one for one in before if one.kind in _NAMED]
        if named:
            return self._joined([*named[-1:]])
        states = [one for one in before if one.kind not in {"city", "place"}] or before
        possessors = [
            one
            for one in states
            if self.phrase.lowered[one.last : one.last + 1] in {("'s",), ("'",)}
        ]
        chosen = possessors[:1] or states[-1:]
        if chosen[0].kind == "ethnic" and not chosen[0].actors and len(states) > 1:
            chosen = states[-2:-1]
        return self._joined([one for one in states if self._is_joined(one, chosen[0])] or chosen)

    def _is_joined(self, one: Mark, other: Mark) -> bool:
        first, last = sorted((one, other), key=lambda mark: mark.first)
        between = self.phrase.lowered[first.last : last.first]
        return one is other or (bool(between) and set(between) <= {"and", ",", "or", "the"})

    def _joined(self, marks: list[Mark]) -> list[Mark]:
        return [one for one in marks if self._is_joined(one, marks[0])]

    def _on_the_map(self) -> list[Mark]:
        """A place that only the map knows: `the mayor of Kharkiv`, `Karachi police`."""
        phrase = self.phrase
        if phrase.head is None:
            return []
        runs = phrase.names()
        places = [phrase.place_named(first, last) for first, last in runs]
        return [one for one in places if one is not None][:1]

    def countries_of(self, mark: Mark) -> list[str]:
        """The states that a name belongs to on the day."""
        codes = [self._role(key)[0].code for key in mark.actors]
        return [state for code in codes if (state := self.register.country_of(code))]

    def _role(self, key: str) -> tuple[Role, float]:
        role, sure = self.register.role_on(self.register.actors[key], self.span)
        return role or Role(key, ()), sure

    # -- offices ----------------------------------------------------------------------------

    def _office(self, owners: list[Mark]) -> list[Candidate]:
        head = self.phrase.head
        if head is None or head.is_plural or not head.is_person or len(owners) > 1:
            return []
        said = self._office_words(owners)
        code = bare_code(said) if not owners else None
        keys = [code] if code else [key for one in owners for key in one.actors]
        if self.is_former and keys and not self.phrase.names():
            return self._formers(keys[0], said, owners)
        for key in () if self.is_former else keys:
            found = self._holders(key, (self._office_words([]), said), 0.9 if owners else 0.6)
            if found:
                state = self._owned(owners)
                return found + [
                    replace(one, confidence=min(one.confidence, _STATE_SURE)) for one in state
                ]
        return []

    def _holders(self, key: str, words: tuple[frozenset[str], ...], sure: float) -> list[Candidate]:
        """The persons who hold an office of a state or organisation, told in one of these words."""
        register, head = self.register, self.phrase.head
        for held in self._codes(key, head) if head is not None else ():
            for said in words:
                found = register.offices.holders(held, said, self.span)
                if not found or (self.phrase.names() and not found[0].is_exact):
                    continue
                share = 1.0 if len(found) == 1 and found[0].is_exact else 0.8
                return [
                    candidate(
                        register, register.actors[one.actor], one.role, sure * share,
                        f"{one.role.title or 'office'} of {register.name_of(held)} on the day",
                    )
                    for one in found
                ]  # fmt: skip
        return []

    def _formers(self, key: str, said: frozenset[str], owners: list[Mark]) -> list[Candidate]:
        """`the former Afghan president`: of that country, and those who held the office before."""
        found = self._owned(owners)
        if self.span is None or self.phrase.head is None:
            return found
        plain = frozenset(said - words_of("former"))
        for code in self._codes(key, self.phrase.head):
            for one in self.register.offices.before(code, plain, self.span):
                actor = self.register.actors[one.actor]
                role, sure = self.register.role_on(actor, self.span)
                why = f"was {one.role.title} of {self.register.name_of(code)} before the day"
                found.append(candidate(self.register, actor, role, min(sure, 0.4), why))
        return found

    def _codes(self, key: str, head: Head) -> list[str]:
        """The codes under which the offices of a state or organisation are kept."""
        split = self.register.split(key, head.sectors, "", self.span)
        codes = [key] if split is None else [split[0], key]
        if key in self.register.states:
            codes += [one for one in (f"{key}GOV",) if one in self.register.actors]
        family = self.register.manual(key)
        if family is not None and key.endswith(family):  # the United Nations with their bodies
            codes += [one for one in self.register.actors if self.register.manual(one) == family]
        return list(dict.fromkeys(codes))

    def _office_words(self, owners: list[Mark]) -> frozenset[str]:
        """The words of the title: all but those who own it, states in it by their codes."""
        phrase = self.phrase
        words: list[str] = []
        place = 0
        while place < len(phrase.words):
            mark = next((one for one in phrase.marks if one.first == place), None)
            if mark is None:
                words.append(phrase.lowered[place])
                place += 1
                continue
            is_body = mark.kind in {"state", "capital", "adjective", "organisation"}
            if mark not in owners:
                as_written = phrase.lowered[place : mark.last]
                words += mark.actors[:1] if is_body else as_written
            place = mark.last
        return bag(full_words(words))

    # -- whose and what ---------------------------------------------------------------------

    def _owned(self, owners: list[Mark]) -> list[Candidate]:
        """The state, group or body of the phrase, in the sector of its head noun."""
        head = self.phrase.head
        found = [one for mark in owners for one in self._of_mark(mark, head)]
        if found or head is None:
            return found
        if owners and not any(one.actors for one in owners):  # a people of several states
            return [self._nobodys(head, "country left open: a people of several states")]
        if head.sectors and (self.phrase.says("unknown") or len(self.phrase.words) > 1):
            return [self._nobodys(head, "no country told")]
        return []

    def _nobodys(self, head: Head, why: str) -> Candidate:
        text = self.phrase.text(0, len(self.phrase.words))
        return guess(
            self.register, text, None, self.sectors(head, (), None), f"{head.noun}: {why}",
            _NO_COUNTRY,
        )  # fmt: skip

    def _of_mark(self, mark: Mark, head: Head | None) -> list[Candidate]:
        if not mark.actors:
            return []
        relation = "place" if mark.kind == "place" else self.phrase.relation(mark)
        is_elsewhere = (
            head is not None and head.is_mobile and relation == "place"
            and self.phrase.relation(mark) == "place"
        )  # fmt: skip
        found = []
        for key in mark.actors:
            if is_elsewhere and head is not None and head.group == "diplomat":
                found.append(self._nobodys(head, "where they are does not tell whose they are"))
            else:
                one = self._one(key, mark, head, _RELATIONS.get(relation, 0.75))
                if is_elsewhere:
                    one = replace(one, confidence=_MOBILE_SURE, is_guess=True)
                found.append(one)
        return found

    def _one(self, key: str, mark: Mark, head: Head | None, told: float) -> Candidate:
        register, actor = self.register, self.register.actors[key]
        role, sure = self._role(key)
        own = mark.sectors or role.sectors
        name = self.phrase.text(mark.first, mark.last)
        sure = min(sure, mark.sure, told)
        if head is None:
            return self._alone(actor, role, mark, own, sure)
        sectors = self.sectors(head, own, mark)
        how = {"place": " (a place there)", "ethnic": " (its people or region)"}.get(mark.kind, "")
        why = f"{name}{how} + {head.noun}"
        split = self._split(actor, sectors)
        if split is not None:
            base = register.actors.get(split, actor)
            kept, _ = self._role(base.id)
            return candidate(register, base, kept, sure, why, code=split, sectors=sectors)
        found = candidate(register, actor, role, sure, why, sectors=sectors)
        return replace(found, is_guess=mark.sure < _GUESS + 0.01 and mark.kind != "person")

    def _split(self, actor: Actor, sectors: tuple[str, ...]) -> str | None:
        cues, lowered = tables.cues(), self.phrase.lowered
        told = (kind for kind in ("former", "new") if not cues[kind].isdisjoint(lowered))
        standing = next(told, "")
        if standing == "former" and sectors == ("ELI",):
            found = self.register.split(actor.id, ("GOV",), "former", self.span)
        else:
            found = self.register.split(actor.id, sectors, standing, self.span)
        return None if found is None else found[0]

    def _alone(
        self, actor: Actor, role: Role, mark: Mark, own: tuple[str, ...], sure: float
    ) -> Candidate:
        """A name without a noun: a seat is its government, a place nobody who acts."""
        if mark.kind == "capital":
            own = own or ("GOV",)
            return candidate(
                self.register, actor, role, min(sure, 0.8), "capital for the government",
                sectors=own,
            )  # fmt: skip
        if mark.kind in {"city", "place"}:
            why = "a place in this country; who acts is not told"
            found = candidate(self.register, actor, role, _NO_COUNTRY, why, sectors=())
            return replace(found, is_guess=True)
        if mark.kind in {"people", "adjective"}:
            before = self.phrase.lowered[:1]
            is_one = before in {("a",), ("an",)} and mark.last == len(self.phrase.words)
            if is_one or (mark.kind == "people" and before != ("the",)):
                own = own or ("CVL",)
        why = "people or region" if mark.kind == "ethnic" else f"{mark.kind} name"
        found = candidate(self.register, actor, role, sure, why, sectors=own)
        return replace(found, is_guess=mark.kind == "ethnic" and mark.sure <= _GUESS)

    def sectors(self, head: Head, own: tuple[str, ...], mark: Mark | None) -> tuple[str, ...]:
        """The sectors of a head noun, with what the name and the words before it tell."""
        found = head.sectors
        kept = tuple(one for one in own if one == "PRE")
        told = tuple(one for one in own if one != "PRE")
        if mark is not None and told:
            is_group = mark.kind == "group" and not _OWN_LAST & set(head.sectors)
            if is_group or head.is_generic or not found:
                found = told
        if self._is_plain(head, found):
            found = self._modified(head, found)
        is_groups = mark is not None and mark.kind == "group"
        may_retire = head.is_person and head.group not in _SOLDIERS and not is_groups
        if self.is_former and may_retire and (OFFICE_SECTORS & set(found) or head.is_generic):
            return ("ELI",)
        return found + tuple(one for one in kept if one not in found)

    def _is_plain(self, head: Head, found: tuple[str, ...]) -> bool:
        return head.is_generic or bool({"GOV", "MIL", "UAF", "PTY"} & set(found)) or not found

    def _modified(self, head: Head, found: tuple[str, ...]) -> tuple[str, ...]:
        """What a noun or adjective right before the head makes of it: `court official`."""
        lowered = self.phrase.lowered
        before = lowered[head.first - 1] if head.first else ""
        told = gives("modifier").get(before)
        if told is None:
            earlier = [
                gives("modifier")[w] for w in lowered[: head.first] if w in gives("modifier")
            ]
            told = next((one for one in earlier if one == "REB" or head.is_generic), None)
        if told is not None:
            return (*found, told) if told == "OPP" and "LEG" in found else (told,)
        nouns = [one for one in self.phrase.heads if one.last == head.first]
        if nouns and head.is_generic and nouns[0].sectors:
            return nouns[0].sectors
        return found


def candidate(
    register: Register,
    actor: Actor,
    role: Role | None,
    sure: float,
    why: str,
    *,
    code: str | None = None,
    sectors: tuple[str, ...] | None = None,
) -> Candidate:
    """A reading of a phrase as an actor of the register."""
    from inconcert.resolve.register import Candidate

    role = role or Role(actor.id, ())
    code = code or role.code
    own = role.sectors if sectors is None else sectors
    if not own and code.startswith("NGO"):
        own = ("SOC",)
    country = register.country_of(code) or register.manual(code)
    return Candidate(actor, role, why, round(sure, 2), code, own, country)


def guess(
    register: Register,
    name: str,
    code: str | None,
    sectors: tuple[str, ...],
    why: str,
    sure: float,
    *,
    kind: ActorKind = "unknown",
) -> Candidate:
    """A reading as somebody whom the register does not know."""
    from inconcert.resolve.register import Candidate

    actor = Actor("", name, kind, (), "guess")
    country = None if code is None else register.country_of(code) or register.manual(code)
    return Candidate(actor, None, why, sure, code or "", sectors, country, is_guess=True)


def _once(found: list[Candidate]) -> list[Candidate]:
    """Each reading once, in the order found."""
    return list({(one.actor.id, one.code, one.sectors): one for one in reversed(found)}.values())[
        ::-1
    ]
