"""Noun phrases headed by a noun for those who act: `Uzbek troops`, `China's ambassador`."""

from __future__ import annotations

from inconcert.core.mention import Participant
from inconcert.resolve.memory import Nature
from inconcert.resolve.names import Names
from inconcert.resolve.plan import Found, Parts, Plan
from inconcert.resolve.tables import Agent
from inconcert.resolve.text import Hit, Text


class Phrases:
    """Reads the agent nouns of one document as far as they need no antecedent."""

    def __init__(self, text: Text, plan: Plan, names: Names) -> None:
        self.text, self.plan, self.names = text, plan, names

    def agent(self, place: int) -> Found:
        """The phrase headed by an agent noun; its owner may still have to be resolved."""
        text, parts = self.text, self.plan.parts[place]
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
                participants = (self.names.in_office(place, participants[0], parts.words),)
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
            is_plural=agent.is_plural
            or agent.group == "people"
            or agent.noun in {"police", "brass"},
            noun=agent.noun,
            titles=frozenset({agent.noun}) if agent.is_person else frozenset(),
            owner=owner,
        )

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
        if agent.group == "veteran":  # Vietnam veterans: of the war there
            nations = [
                hit
                for hit in nations
                if hit.entry.kind != "state" or self.text.home in hit.entry.actors
            ]
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
                one, sure = self.names.acting(code, sectors, parts.words, start, end)
                found.setdefault((one.code, one.sectors), one)
                confidence = min(confidence, sure)
        for hit in () if nations else parts.persons[:1]:
            person = self.names.person(hit)
            if person is not None:
                sectors = agent.sectors or person.sectors
                token = self.text.tokens
                span = (token[parts.first].start, token[place].end)
                found[(person.code, sectors)] = Participant(person.code, sectors, None, *span)
        return tuple(found.values()), confidence

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
        if parts.owner is not None and agent.group == "office":
            return None
        if parts.owner is not None and agent.group not in {"member", "counterpart"}:
            return parts.owner
        text = self.text
        for kid in text.kids(place):
            word = text.lowered[kid.index]
            if kid.dep == "poss" and kid.index in self.plan.parts and agent.group != "member":
                return kid.index
            if kid.index < place:
                continue
            prep = kid if kid.dep == "prep" else None
            if kid.dep == "acl":
                prep = next((one for one in text.kids(kid.index) if one.dep == "prep"), None)
            if prep is None:
                continue
            word = text.lowered[prep.index]
            here = agent.group == "leader" or set(agent.sectors) & {"REB", "CVL", "JUD", "COP"}
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
                return self.names.person(hit)
        token = self.text.tokens[place]
        hit = self.text.hits.get(token.head)
        if token.dep == "appos" and hit is not None and hit.entry.kind in {"person", "surname"}:
            return self.names.person(hit)
        return None
