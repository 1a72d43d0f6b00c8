"""What stands beside a name and tells who is meant: an office, a state, a form of address."""

from __future__ import annotations

from dataclasses import replace

from inconcert.core.mention import Participant
from inconcert.resolve.plan import Plan
from inconcert.resolve.tables import women
from inconcert.resolve.text import MODIFIERS, Hit, Text

_STATES = frozenset({"state", "adjective"})
_OFFICES = frozenset({"GOV", "MIL", "LEG", "JUD"})
_DEPTH = 3
"""Phrases with of inside one another in the title of an office."""


def bind(text: Text, plan: Plan) -> None:
    """Have a form mean what it means in the country of the document: `CPC` in Bangui."""
    bound: dict[Hit, Hit] = {}
    for place, hit in text.hits.items():
        own = tuple(entry for entry in hit.entries if entry.only_from is not None)
        if own and len(own) < len(hit.entries):
            rest = tuple(entry for entry in hit.entries if entry not in own)
            bound[hit] = text.hits[place] = replace(hit, entries=own + rest)
    for parts in plan.parts.values() if bound else ():
        parts.nations = [bound.get(hit, hit) for hit in parts.nations]


def told_state(text: Text, hit: Hit) -> str | None:
    """Another state that the name of a body is bound to: `the Argentine Congress`, `… of Chad`."""
    if text.register.country_of(hit.entry.actors[0]) is None:
        return None
    near = [kid for kid in text.kids(hit.head) if kid.dep in MODIFIERS]
    for prep in text.kids(hit.head):
        if prep.dep == "prep" and text.lowered[prep.index] == "of" and prep.index >= hit.last:
            near += [kid for kid in text.kids(prep.index) if kid.dep == "pobj"]
    for kid in near:
        other = text.hits.get(kid.index)
        if other is not None and other is not hit and other.entry.kind in _STATES:
            return text.register.country_of(other.entry.actors[0])
    return None


def is_of_other_sex(text: Text, name: str, words: set[str]) -> bool:
    """Whether `Mr.` stands before a woman's surname, or `Mrs.` before a man's."""
    cues = text.cues
    told = cues["lord_title"] if name in women() else cues["lady_title"]
    return not words.isdisjoint(told & cues["honorific"])


def in_office_told(text: Text, hit: Hit, one: Participant, title: int | None) -> Participant:
    """A person of no state in the office of a state that the words beside the name tell.

    The President of the General Assembly may still be `Minister for Foreign Affairs of …`.

    Args:
        one: the person as the register knows them.
        title: the one office beside the name that is asked for; all of them if None.
    """
    if text.register.country_of(one.code) is not None:
        return one
    for place in _offices(text, hit) if title is None else [title]:
        code = _state_of_office(text, place)
        if code is not None and not _has_left(text, hit, one, code):
            sectors = text.agents[place].sectors
            return Participant(code, sectors, one.name, one.start, one.end)
    return one


def _offices(text: Text, hit: Hit) -> list[int]:
    """Nouns for persons in apposition to a name, before and after it."""
    token = text.tokens[hit.head]
    places = [kid.index for kid in text.kids(hit.head) if kid.dep == "appos"]
    if token.dep == "appos":
        places.insert(0, token.head)
    return [place for place in places if place in text.agents]


def _state_of_office(text: Text, place: int) -> str | None:
    """`MDV` of `Minister for Foreign Affairs of the Maldives`, with no former in it."""
    agent = text.agents[place]
    kids = {text.lowered[kid] for kid in text.children[place]}
    if not agent.is_person or _OFFICES.isdisjoint(agent.sectors):
        return None
    if not kids.isdisjoint(text.cues["former"]):
        return None
    phrases = [kid.index for kid in text.kids(place) if kid.dep == "prep" and kid.index > place]
    for _ in range(_DEPTH):
        nouns = [one for prep in phrases for one in text.kids(prep) if one.dep == "pobj"]
        for noun in nouns:
            hit = text.hits.get(noun.index)
            if hit is not None and hit.entry.kind == "state":
                return text.register.country_of(hit.entry.actors[0])
        phrases = [
            one.index
            for noun in nouns
            for one in text.kids(noun.index)
            if one.dep == "prep" and text.lowered[one.index] == "of"
        ]
    return None


def _has_left(text: Text, hit: Hit, one: Participant, code: str) -> bool:
    """Whether the register knows a person's offices in a state, and that none holds now."""
    register = text.register
    actors = [register.actors[key] for entry in hit.entries for key in entry.actors]
    there = [
        role
        for actor in actors
        if actor.name == one.name
        for role in actor.roles
        if register.country_of(role.code) == code
    ]
    return bool(there) and not any(role.holds(text.span) for role in there)
