"""Noun phrases that name actors by themselves: names, titles with names, nations with agent nouns."""

from __future__ import annotations

from dataclasses import dataclass, field

from inconcert.core.mention import MentionKind, Participant
from inconcert.core.parsed import Token
from inconcert.resolve.memory import Nature
from inconcert.resolve.tables import Agent
from inconcert.resolve.text import MODIFIERS, Hit, Text

_NATURES: dict[str, Nature] = {
    "person": "person",
    "surname": "person",
    "state": "state",
    "adjective": "state",
    "people": "people",
    "capital": "state",
    "metonym": "state",
    "organisation": "organisation",
    "group": "group",
    "bloc": "bloc",
}
_DEPTH = 4


@dataclass(slots=True)
class Found:
    """A noun phrase and who it is.

    Attributes:
        first: first token of the phrase.
        place: token that heads it.
        owner: token whose actors own it (`its units`, `leaders of the group`), still to resolve.
    """

    first: int
    place: int
    participants: tuple[Participant, ...]
    kind: MentionKind
    how: str
    confidence: float
    nature: Nature = "unknown"
    is_person: bool = False
    is_plural: bool = False
    noun: str = ""
    titles: frozenset[str] = frozenset()
    owner: int | None = None


@dataclass(slots=True)
class Parts:
    """What stands round an agent noun."""

    nations: list[Hit] = field(default_factory=list)
    persons: list[Hit] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    covered: set[int] = field(default_factory=set)
    owner: int | None = None
    first: int = 0


class Phrases:
    """Reads the phrases of one document that need no antecedent."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.parts: dict[int, Parts] = {}
        self.consumed: set[int] = set()
        self.titles: dict[int, list[int]] = {}
        self._plan()

    # -- which nouns head phrases -----------------------------------------------------------

    def _plan(self) -> None:
        """Decide which agent nouns head a phrase and which names belong inside one."""
        text = self.text
        for place, agent in text.agents.items():
            if place in text.hits:
                continue
            token = text.tokens[place]
            if token.dep in {"compound", "amod", "nmod"} and token.head != place:
                parent = text.hits.get(token.head)
                if parent is not None and parent.entry.kind in {"person", "surname"}:
                    self._title(parent.head, place)
                elif token.head in text.agents or text.tokens[token.head].pos == "PROPN":
                    self._title(token.head, place)
                continue
            parts = self.collect(place)
            if agent.needs and agent.needs.isdisjoint(parts.words) and not _of_named(self, place):
                continue
            self.parts[place] = parts
        for place, parts in self.parts.items():
            self.consumed.update(parts.covered)
            token = text.tokens[place]
            if token.dep == "poss" and token.head in self.parts:
                self.consumed.add(place)
        for head, titles in self.titles.items():
            hit = text.hits.get(head)
            if hit is not None and hit.entry.kind in {"person", "surname"}:
                self.consumed.update(*(self.collect(title).covered for title in titles))
                self.consumed.update(self._beside(hit))

    def _title(self, head: int, place: int) -> None:
        self.titles.setdefault(head, []).append(place)

    def _beside(self, hit: Hit) -> set[int]:
        """Names of nations that modify a person's name (`Russia's Foreign Minister Lavrov`)."""
        found: set[int] = set()
        for kid in self.text.kids(hit.head):
            other = self.text.hits.get(kid.index)
            if kid.dep in MODIFIERS and other is not None and other is not hit:
                found.update(range(other.first, other.last))
        return found

    def collect(self, place: int, depth: int = 0) -> Parts:
        """Nations, persons, words and owner in front of a noun."""
        text, parts = self.text, Parts(first=place)
        for kid in text.kids(place):
            if kid.index > place or kid.dep not in MODIFIERS:
                continue
            self._take(kid, parts, depth)
        return parts

    def _take(self, kid: Token, parts: Parts, depth: int) -> None:
        text = self.text
        word = text.lowered[kid.index]
        parts.words.add(word)
        parts.first = min(parts.first, kid.index)
        hit = text.hits.get(kid.index)
        if hit is not None:
            kinds = parts.persons if hit.entry.kind in {"person", "surname"} else parts.nations
            kinds.append(hit)
            parts.first = min(parts.first, hit.first)
            parts.covered.update(range(hit.first, hit.last))
            parts.words.update(text.lowered[hit.first : hit.last])
            self._take_conjuncts(hit.head, parts)
        elif kid.tag == "PRP$":
            parts.owner = kid.index
        elif kid.tag == "VBN" or kid.pos == "VERB":
            parts.words.update(text.lowered[below] for below in text.children[kid.index])
        elif kid.pos in {"NOUN", "PROPN", "ADJ"} and depth < _DEPTH:
            inner = self.collect(kid.index, depth + 1)
            parts.nations += inner.nations
            parts.persons += inner.persons
            parts.words |= inner.words
            parts.covered |= inner.covered
            parts.owner = inner.owner if parts.owner is None else parts.owner
            parts.first = min(parts.first, inner.first)

    def _take_conjuncts(self, place: int, parts: Parts) -> None:
        """`American, British and French`: each hangs on the one before."""
        for _ in range(8):
            following = [kid for kid in self.text.kids(place) if kid.dep == "conj"]
            if not following:
                return
            place = following[0].index
            hit = self.text.hits.get(place)
            if hit is None:
                return
            parts.nations.append(hit)
            parts.covered.update(range(hit.first, hit.last))

    # -- reading ----------------------------------------------------------------------------

    def agent(self, place: int) -> Found:
        """The phrase headed by an agent noun; its owner may still have to be resolved."""
        text, parts = self.text, self.parts[place]
        agent = text.agents[place]
        person = self._named_beside(place) if agent.is_person and not agent.is_plural else None
        participants: tuple[Participant, ...] = ()
        how, confidence = "nobody named", 0.3
        if person is not None:
            participants, how, confidence = (person,), "title beside a name", 0.9
        elif parts.nations or parts.persons:
            participants, confidence = self._owned(parts, agent, place)
            how = "nation and noun for those who act"
            if agent.is_person and not agent.is_plural and len(participants) == 1:
                participants = (self.in_office(place, participants[0], parts.words),)
        owner = None if participants else self._owner(place, agent, parts)
        return Found(
            parts.first,
            place,
            participants,
            "name" if parts.nations or person else "description",
            how,
            confidence,
            nature=self._agent_nature(agent, participants, parts),
            is_person=agent.is_person and not agent.is_plural,
            is_plural=agent.is_plural or agent.noun in {"people", "police", "brass"},
            noun=agent.noun,
            titles=frozenset({agent.noun}) if agent.is_person else frozenset(),
            owner=owner,
        )

    def in_office(self, place: int, one: Participant, words: set[str]) -> Participant:
        """The person who holds the office on that day, where the words are its full title."""
        text = self.text
        if not words.isdisjoint(text.cues["former"]):
            return one
        for title in self._office_titles(place):
            holder = text.register.holder(one.code, title, text.span)
            if holder is not None:
                return text.register.participant(holder.id, text.span, one.start, one.end)
        return one

    def _office_titles(self, place: int) -> list[str]:
        """Readings of an office, longest first: `secretary of state`, `foreign minister`."""
        lowered = self.text.lowered
        first = place
        while (
            first > 0
            and self.text.tokens[first - 1].head == place
            and (
                self.text.tokens[first - 1].dep in {"compound", "amod"}
                and first - 1 not in self.text.hits
            )
        ):
            first -= 1
        titles = [" ".join(lowered[first : place + 1])]
        if place + 2 < len(lowered) and lowered[place + 1] == "of":
            here = " ".join(lowered[first : place + 1])
            start = place + 3 if lowered[place + 2] == "the" else place + 2
            between = " ".join(lowered[place + 1 : start])
            titles = [
                f"{here} {between} {' '.join(lowered[start:end])}" for end in (start + 2, start + 1)
            ] + titles
        return titles

    def _agent_nature(
        self, agent: Agent, participants: tuple[Participant, ...], parts: Parts
    ) -> Nature:
        if agent.is_person and not agent.is_plural:
            return "person"
        if agent.group == "militant" or any(hit.entry.kind == "group" for hit in parts.nations):
            return "group"
        if agent.is_person or agent.is_plural or agent.group == "people":
            return "people"
        return "state" if participants else "unknown"

    def _owned(
        self, parts: Parts, agent: Agent, place: int
    ) -> tuple[tuple[Participant, ...], float]:
        nations = parts.nations
        if agent.group in {"member", "counterpart"}:
            nations = [hit for hit in nations if self.text.tokens[hit.head].dep != "poss"]
        found: dict[tuple[str, tuple[str, ...]], Participant] = {}
        confidence = 0.9
        single = len(nations) == 1
        for hit in nations:
            start = self.text.tokens[parts.first if single else hit.first].start
            end = self.text.tokens[place if single else hit.last - 1].end
            for code, own in self._codes(hit):
                sectors = agent.sectors or own
                if hit.entry.kind in {"group"}:
                    sectors = own or sectors
                one, sure = self.acting(code, sectors, parts.words, start, end)
                found.setdefault((one.code, one.sectors), one)
                confidence = min(confidence, sure)
        if not nations:
            for hit in parts.persons[:1]:
                one = self.person(hit)
                if one is not None:
                    sectors = agent.sectors or one.sectors
                    token = self.text.tokens
                    span = (token[parts.first].start, token[place].end)
                    found[(one.code, sectors)] = Participant(one.code, sectors, None, *span)
        return tuple(found.values()), confidence

    def acting(
        self, code: str, sectors: tuple[str, ...], words: set[str], start: int, end: int
    ) -> tuple[Participant, float]:
        """A nation in a sector, as the actor of its own that the two may be on that day."""
        split = self.text.register.split(code, sectors, self.standing(words), self.text.span)
        if split is None:
            return Participant(code, sectors, None, start, end), 0.9
        return Participant(split[0], sectors, None, start, end), split[1]

    def standing(self, words: set[str]) -> str:
        """`former` or `new` where a word says so."""
        cues = self.text.cues
        for kind in ("former", "new"):
            if not cues[kind].isdisjoint(words):
                return kind
        return ""

    def _codes(self, hit: Hit) -> list[tuple[str, tuple[str, ...]]]:
        entry, register = hit.entry, self.text.register
        found = []
        for key in entry.actors:
            role, _ = register.role_on(register.actors[key], self.text.span)
            code = key if role is None else role.code
            found.append((code, entry.sectors or (() if role is None else role.sectors)))
        return found

    def _owner(self, place: int, agent: Agent, parts: Parts) -> int | None:
        """The token whose actors own the phrase: `its`, or what follows of, from, for, in."""
        if parts.owner is not None and agent.group not in {"member", "counterpart"}:
            return parts.owner
        text = self.text
        for kid in text.kids(place):
            word = text.lowered[kid.index]
            if kid.dep == "poss" and kid.index in self.parts and agent.group != "member":
                return kid.index
            if kid.index < place:
                continue
            prep = kid if kid.dep == "prep" else None
            if kid.dep == "acl":
                prep = next((one for one in text.kids(kid.index) if one.dep == "prep"), None)
            if prep is None:
                continue
            word = text.lowered[prep.index]
            here = agent.group == "leader" or set(agent.sectors) & {"REB", "CVL"}
            if (
                word in text.cues["owner_prep"]
                or (word == "for" and agent.group == "spokes")
                or (word == "in" and here)
            ):
                for noun in text.kids(prep.index):
                    if noun.dep == "pobj" and agent.group != "member":
                        return noun.index
        return None

    def _named_beside(self, place: int) -> Participant | None:
        for kid in self.text.kids(place):
            hit = self.text.hits.get(kid.index)
            if kid.dep == "appos" and hit is not None and hit.entry.kind in {"person", "surname"}:
                return self.person(hit)
        token = self.text.tokens[place]
        hit = self.text.hits.get(token.head)
        if token.dep == "appos" and hit is not None and hit.entry.kind in {"person", "surname"}:
            return self.person(hit)
        return None

    # -- names ------------------------------------------------------------------------------

    def name(self, hit: Hit) -> Found | None:
        """The phrase headed by a name; None where the name means nobody here."""
        text, entry = self.text, hit.entry
        nature = _NATURES[entry.kind]
        start, end = text.tokens[hit.first].start, text.tokens[hit.last - 1].end
        if nature == "person":
            return self._person_phrase(hit)
        if entry.kind in {"capital", "metonym"}:
            return self._seat(hit, start, end)
        if entry.kind in {"adjective", "people"} and not self._is_modifier(hit.head):
            return self._people(hit, start, end)
        found: list[Participant] = []
        sure = 0.95
        for key in entry.actors:
            role, sure = text.register.role_on(text.register.actors[key], text.span)
            code, sectors = (key, ()) if role is None else (role.code, role.sectors)
            found.append(Participant(code, entry.sectors or sectors, None, start, end))
        how = "adjective of a nation" if entry.kind == "adjective" else "name"
        return Found(
            hit.first,
            hit.head,
            tuple(found),
            "name",
            how,
            0.8 if entry.kind == "adjective" else sure,
            nature=nature,
            is_plural=entry.kind in {"group", "bloc"},
        )

    def _is_modifier(self, place: int) -> bool:
        token = self.text.tokens[self.text.top_conjunct(place)]
        return token.dep in MODIFIERS - {"poss"}

    def _people(self, hit: Hit, start: int, end: int) -> Found:
        """`the Russians`, `Afghans`, `an American`."""
        text = self.text
        token = text.tokens[hit.head]
        is_plural = token.tag in {"NNS", "NNPS"} or token.pos == "ADJ" or _has_the(text, hit)
        words = {text.lowered[kid] for kid in text.children[hit.head]}
        sectors: tuple[str, ...] = () if _has_the(text, hit) and is_plural else ("CVL",)
        if _flees(text, hit.head):
            sectors = ("REF",)
        one, sure = self.acting(hit.entry.actors[0], sectors, words, start, end)
        return Found(
            hit.first,
            hit.head,
            (one,),
            "name",
            "people of a nation",
            min(sure, 0.85),
            nature="people",
            is_plural=is_plural,
        )

    def _seat(self, hit: Hit, start: int, end: int) -> Found:
        """A capital or seat: the government where it acts, a place elsewhere."""
        entry = hit.entry
        if entry.is_place and self._reads_as_place(hit):
            return Found(hit.first, hit.head, (), "name", "a place here, nobody acts", 0.8)
        sectors = entry.sectors or ("GOV",)
        if self.text.register.actors[entry.actors[0]].kind == "organisation":
            sectors = entry.sectors
        one, sure = self.acting(entry.actors[0], sectors, set(), start, end)
        return Found(
            hit.first,
            hit.head,
            (one,),
            "name",
            "seat of a government for the government",
            min(sure, 0.85),
            nature="state",
        )

    def _reads_as_place(self, hit: Hit) -> bool:
        text = self.text
        token = text.tokens[text.top_conjunct(hit.head)]
        cues, parent = text.cues, text.tokens[token.head]
        if token.dep in {"pobj", "pcomp"}:
            return text.lowered[parent.index] in cues["place_prep"]
        if token.dep == "poss":
            return parent.lemma.lower() in cues["place_noun"]
        if token.dep in {"dobj", "nsubjpass"}:
            return parent.lemma.lower() in cues["place_verb"]
        if token.dep == "nsubj":
            return parent.lemma.lower() in cues["fall_verb"]
        return True

    # -- persons ----------------------------------------------------------------------------

    def person(self, hit: Hit) -> Participant | None:
        """The person a name means on that day, by title and nation where several fit."""
        register, span = self.text.register, self.text.span
        titles = self.titles.get(hit.head, [])
        words = {self.text.lowered[title] for title in titles}
        if hit.first > 0:
            words.add(self.text.lowered[hit.first - 1])
        sectors = {sector for title in titles for sector in self.text.agents[title].sectors}
        best, best_score = None, -99.0
        for entry in hit.entries:
            if entry.kind not in {"person", "surname"}:
                continue
            for key in entry.actors:
                role, sure = register.role_on(register.actors[key], span)
                if role is None:
                    continue
                named = set((role.title or "").lower().split())
                fits = bool(named & words)
                if entry.kind == "surname":
                    clashes = bool(sectors) and sectors.isdisjoint(role.sectors) and not fits
                    if clashes and role.sectors:
                        continue
                    if (
                        entry.needs_title
                        and key not in self.text.seen
                        and not (
                            fits
                            or ("MIL" in sectors and "MIL" in role.sectors)
                            or not words.isdisjoint(self.text.cues["honorific"])
                        )
                    ):
                        continue
                score = sure + fits + (not entry.needs_title) + (key in self.text.seen) / 2
                if score > best_score:
                    start = self.text.tokens[hit.first].start
                    end = self.text.tokens[hit.last - 1].end
                    best = register.participant(key, span, start, end)
                    best_score = score
        return best

    def _person_phrase(self, hit: Hit) -> Found | None:
        text = self.text
        named = self.person(hit)
        if named is None:
            return None
        first = hit.first
        titles = self.titles.get(hit.head, [])
        for title in titles:
            first = min(first, title, self.collect(title).first)
        for kid in text.kids(hit.head):
            if kid.dep in MODIFIERS and kid.index in text.hits and kid.index in self.consumed:
                first = min(first, text.hits[kid.index].first)
        span = (text.tokens[first].start, text.tokens[hit.last - 1].end)
        one = Participant(named.code, named.sectors, named.name, *span)
        actor = text.register.actors[hit.entry.actors[0]]
        role, _ = text.register.role_on(actor, text.span)
        title = "" if role is None or role.title is None else role.title.lower()
        office = frozenset(() if title.startswith("former") else title.split())
        return Found(
            first,
            hit.head,
            (one,),
            "name",
            "person in the register, role as of the date",
            0.95 if hit.entry.kind == "person" else 0.9,
            nature="person",
            is_person=True,
            titles=office | {text.lowered[title] for title in titles},
        )


def _has_the(text: Text, hit: Hit) -> bool:
    return text.has_kid(hit.head, "the") or text.lowered[hit.first - 1] == "the"


def _flees(text: Text, place: int) -> bool:
    following = text.tokens[place + 1] if place + 1 < len(text.tokens) else None
    return following is not None and (
        following.tag == "VBG" and following.lemma.lower() in text.cues["flee_verb"]
    )


def _of_named(phrases: Phrases, place: int) -> bool:
    """`members of the Taliban`: a name after of makes any noun one for those who act."""
    text = phrases.text
    for kid in text.kids(place):
        if kid.dep == "prep" and text.lowered[kid.index] == "of":
            for noun in text.kids(kid.index):
                hit = text.hits.get(noun.index)
                if hit is not None and hit.entry.kind in {"group", "organisation"}:
                    return True
    return False
