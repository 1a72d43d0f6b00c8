"""Who a name or short phrase means on a day, without a parse: for questions at the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inconcert.core.actor import Actor, Role
from inconcert.core.span import TimeSpan
from inconcert.resolve import tables
from inconcert.resolve.lexicon import Entry, split_words

if TYPE_CHECKING:
    from inconcert.resolve.register import Candidate, Register

_NATIONS = frozenset({"state", "adjective", "people", "capital", "metonym", "bloc", "organisation"})


def find(register: Register, name: str, span: TimeSpan | None) -> list[Candidate]:
    """Candidates for a name, likeliest first.

    A person named in the phrase wins over the titles round the name; a nation followed by a noun
    for those who act (`Uzbek troops`) is the nation in that sector.
    """
    words = split_words(name)
    lowered = tuple(word.lower() for word in words)
    hits: list[tuple[int, tuple[Entry, ...]]] = []
    place = 0
    while place < len(words):
        entries = register.lexicon.at(words, lowered, place)
        if entries and entries[0].kind not in {"stop", "city"}:
            hits.append((place, entries))
        place += len(entries[0].words) if entries else 1
    for _, entries in hits:
        if entries[0].kind == "person":
            return _people(register, entries, span, "full name")
    for _, entries in hits:
        if entries[0].kind == "surname":
            return _people(register, entries, span, "surname")
    phrase = _phrase(register, lowered, hits, span)
    if phrase is not None:
        return [phrase]
    found = [
        _candidate(register, register.actors[key], span, f"{entries[0].kind} name")
        for _, entries in hits
        for key in entries[0].actors
    ]
    return list(dict.fromkeys(found))


def _people(
    register: Register, entries: tuple[Entry, ...], span: TimeSpan | None, why: str
) -> list[Candidate]:
    keys = dict.fromkeys(key for entry in entries for key in entry.actors)
    found = [_candidate(register, register.actors[key], span, why) for key in keys]
    return sorted(found, key=lambda candidate: -candidate.confidence)


def _phrase(
    register: Register,
    lowered: tuple[str, ...],
    hits: list[tuple[int, tuple[Entry, ...]]],
    span: TimeSpan | None,
) -> Candidate | None:
    """`Uzbek troops`, `the former Afghan government`: nation, standing and agent noun."""
    nouns = [tables.agents()[word] for word in lowered if word in tables.agents()]
    if not hits or not nouns:
        return None
    entry = hits[0][1][0]
    actor = register.actors[entry.actors[0]]
    agent = nouns[-1]
    if entry.kind not in _NATIONS or (agent.needs and agent.needs.isdisjoint(lowered)):
        return None
    cues = tables.cues()
    standing = next((kind for kind in ("former", "new") if not cues[kind].isdisjoint(lowered)), "")
    sectors = agent.sectors or entry.sectors
    split = register.split(actor.id, sectors, standing, span)
    why = f"{' '.join(entry.words)} + {agent.noun}"
    if split is not None:
        base = register.actors.get(split[0], actor)
        return _candidate(register, base, span, why, code=split[0], sectors=sectors)
    return _candidate(register, actor, span, why, sectors=sectors)


def _candidate(
    register: Register,
    actor: Actor,
    span: TimeSpan | None,
    why: str,
    *,
    code: str | None = None,
    sectors: tuple[str, ...] | None = None,
) -> Candidate:
    from inconcert.resolve.register import Candidate

    role, sure = register.role_on(actor, span)
    role = role or Role(actor.id, ())
    code = code or role.code
    own = role.sectors if sectors is None else sectors
    return Candidate(actor, role, why, sure, code, own, register.country_of(code))
