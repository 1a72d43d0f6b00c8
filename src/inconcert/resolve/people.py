"""Persons in a phrase without a parse: by full name, by surname and title, in another spelling."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from inconcert.core.actor import Role
from inconcert.resolve import tables
from inconcert.resolve.gazetteer import gazetteer
from inconcert.resolve.loose import Mark, gives, words_of
from inconcert.resolve.offices import bag, full_words
from inconcert.resolve.spelling import likeness, sound

if TYPE_CHECKING:
    from inconcert.resolve.lookup import Finder
    from inconcert.resolve.register import Candidate

_GIVEN_LIKE = 0.8
_SURNAME, _BARE_SURNAME = 0.9, 0.5
_SPELLED, _SPELLED_ALONE = 0.8, 0.65
_LONG = 5
_UNKNOWN = 0.4
_FIRST_NAMES = 3


def named_persons(finder: Finder, countries: set[str]) -> list[Candidate]:
    """The persons whom a phrase names, likeliest first; empty for phrases about others.

    Args:
        countries: states that the phrase names beside them.
    """
    phrase = finder.phrase
    people = [one for one in phrase.marks if one.kind in {"person", "surname"}]
    mains = [one for one in people if not _is_modifier(finder, one)]
    found = [
        one
        for mark in mains
        if _is_beside(mains[0], mark, finder)
        for one in _known(finder, mark, countries)
    ]
    if found:
        return found
    if people and not mains:
        return _owned_by_person(finder, people)
    return _spelled(finder, countries)


def _is_beside(first: Mark, mark: Mark, finder: Finder) -> bool:
    """Whether a person is named together with the first: `Putin and Xi`."""
    between = finder.phrase.lowered[first.last : mark.first]
    return first is mark or set(between) <= {"and", ",", "the", "president"}


def _is_modifier(finder: Finder, mark: Mark) -> bool:
    """`Putin's spokesman`, `supporters of Imran Khan`, `the Trump administration`."""
    phrase = finder.phrase
    after = phrase.lowered[mark.last : mark.last + 1]
    if after in {("'s",), ("'",)}:
        return len(phrase.words) > mark.last + 1
    if any(one.first == mark.last for one in phrase.heads):
        return True
    if mark.first == 0 or mark.first <= phrase.cut:
        return False
    head = phrase.head
    before = phrase.lowered[mark.first - 1]
    is_after = before in words_of("of") | words_of("place") | (words_of("aim") - {","})
    return is_after and head is not None


def _owned_by_person(finder: Finder, people: list[Mark]) -> list[Candidate]:
    """Those who belong to a person: of that person's country, in the sector of the noun."""
    from inconcert.resolve.lookup import candidate

    head, register = finder.phrase.head, finder.register
    if head is None and finder.phrase.heads:
        head = finder.phrase.heads[-1]
    persons = [one for mark in people for one in _known(finder, mark, set())]
    if head is None or not persons:
        return [replace(one, confidence=min(one.confidence, 0.6)) for one in persons]
    owner = persons[0]
    base = register.actors.get(owner.code, owner.actor)
    sectors = finder.sectors(head, owner.sectors, None) or owner.sectors
    why = f"{owner.actor.name} + {head.noun}"
    role = register.role_on(base, finder.span)[0]
    whole = candidate(register, base, role, 0.7, why, code=owner.code, sectors=sectors)
    return [whole, *(replace(one, confidence=min(one.confidence, 0.4)) for one in persons)]


def _known(finder: Finder, mark: Mark, countries: set[str]) -> list[Candidate]:
    """The persons of the register with this name, best first, in their role on the day."""
    from inconcert.resolve.lookup import candidate

    register = finder.register
    given = _given(finder, mark) if mark.kind == "surname" else []
    if mark.kind == "surname" and any(
        first <= mark.first and mark.last < last for first, last in finder.phrase.names()
    ):
        return []  # the name goes on: this is a given name here
    lady = _lady(finder, mark)
    scored: list[tuple[float, Candidate]] = []
    for entry in mark.entries:
        if entry.kind not in {"person", "surname"}:
            continue
        for key in entry.actors:
            actor = register.actors[key]
            fit = _given_fits(actor.name, given) if entry.kind == "surname" else True
            if not fit:
                continue
            role, sure = register.role_on(actor, finder.span)
            title = _title_fits(finder, actor.roles)
            why = "full name" if entry.kind == "person" else "surname"
            if entry.kind == "surname" and not given:
                is_bare = entry.needs_title and not title and not _is_addressed(finder, mark)
                sure = min(sure, _BARE_SURNAME if is_bare else _SURNAME)
            elif given:
                why = f"surname and given name ({actor.name})"
            homes = {register.country_of(one.code) for one in actor.roles}
            clashes = bool(countries) and not countries & homes and not _is_abroad(finder)
            if title and role is not None and title != (role.title or ""):
                why += f"; {title}, but not on the day"
                role = _retired(finder, actor.roles, title) or role
            if clashes:
                sure *= 0.6
            one = candidate(register, actor, role, sure, why)
            bonus = 0.0 if lady is None else 0.1 if lady == (actor.name in tables.women()) else -0.3
            bonus += 0.2 * bool(title) + 0.05 * bool(title and role and title == role.title)
            scored.append((sure + bonus, one))
    scored.sort(key=lambda pair: -pair[0])
    best: dict[str, Candidate] = {}
    for _, one in scored:
        best.setdefault(one.actor.id, one)
    return list(best.values())


def _retired(finder: Finder, roles: tuple[Role, ...], title: str) -> Role | None:
    """The role of one whom the words call a former holder: `former prime minister Blair`."""
    if not finder.is_former:
        return None
    held = next(role for role in roles if role.title == title)
    return Role(held.code, ("ELI",), f"former {title.removeprefix('former ')}", None, None)


def _is_abroad(finder: Finder) -> bool:
    """Whether the state named may be where the person is sent: `US envoy for Afghanistan`."""
    return any(one.group in {"diplomat", "counterpart"} for one in finder.phrase.heads)


def _is_addressed(finder: Finder, mark: Mark) -> bool:
    """Whether a title or form of address stands before a name."""
    if mark.first == 0:
        return False
    before = finder.phrase.lowered[mark.first - 1]
    return (
        before in tables.cues()["honorific"]
        or before in words_of("title")
        or any(one.last == mark.first and one.is_person for one in finder.phrase.heads)
    )


def _lady(finder: Finder, mark: Mark) -> bool | None:
    """Whether the form of address is a woman's; None where it tells neither."""
    before = finder.phrase.lowered[mark.first - 1] if mark.first else ""
    cues = tables.cues()
    if before in cues["lady_title"]:
        return True
    return False if before in cues["lord_title"] else None


def _given(finder: Finder, mark: Mark) -> list[str]:
    """The names right before a surname: `Vladimir`, `V.`."""
    runs = [run for run in finder.phrase.names() if run[0] < mark.first < run[1]]
    if not runs:
        return []
    words = finder.phrase.words[max(runs[0][0], mark.first - _FIRST_NAMES) : mark.first]
    return [word for word in words if word[0].isalpha()]


def _given_fits(name: str, given: list[str]) -> bool:
    """Whether given names may be those of a person, in any spelling, cut short or by initial."""
    if not given:
        return True
    parts = name.replace("-", " ").split()
    short = gives("nickname")
    for word in given:
        bare = word.rstrip(".").lower()
        for part in parts:
            plain = part.lower()
            if len(bare) == 1 and plain.startswith(bare):
                return True
            if short.get(bare, bare) == short.get(plain, plain):
                return True
            if likeness(sound(bare), sound(plain)) >= _GIVEN_LIKE:
                return True
    return False


def _title_fits(finder: Finder, roles: tuple[Role, ...]) -> str | None:
    """The title of a person's role that the words tell, at any time; the one of the day first."""
    phrase = finder.phrase
    said = bag(full_words(phrase.words))
    held = sorted(roles, key=lambda role: not role.holds(finder.span))
    for role in held:
        words = bag((role.title or "").split())
        if words and words <= said:
            return role.title
    return None


def _spelled(finder: Finder, countries: set[str]) -> list[Candidate]:
    """A person of the register whose name is nearly the one written, where only one is."""
    from inconcert.resolve.lookup import candidate

    phrase, register = finder.phrase, finder.register
    for first, last in phrase.names():
        words = [word for word in phrase.words[first:last] if word != "-"]
        is_alone = sum(len(word.strip(".")) > 1 for word in words) == 1
        if is_alone and (len(words[-1]) < _LONG or not _stands_for_person(finder, first, last)):
            continue
        near = register.spellings.near(words)
        if countries:
            near = [
                one
                for one in near
                if countries & {register.country_of(r.code) for r in register.actors[one.key].roles}
            ]
        if len({one.key for one in near}) != 1:
            continue
        actor = register.actors[near[0].key]
        role, sure = register.role_on(actor, finder.span)
        sure = min(sure, _SPELLED_ALONE if is_alone else _SPELLED) * near[0].likeness
        return [candidate(register, actor, role, sure, f"spelled like {near[0].name}")]
    return []


def _stands_for_person(finder: Finder, first: int, last: int) -> bool:
    """Whether one word alone may be a surname: after a title, or nothing else said, no place."""
    phrase = finder.phrase
    if gazetteer().called(phrase.text(first, last)):
        return False
    if len(phrase.words) == last - first:
        return True
    return first > 0 and (
        phrase.lowered[first - 1] in tables.cues()["honorific"]
        or any(one.last == first and one.is_person for one in phrase.heads)
    )


def stranger(finder: Finder, owners: list[Mark]) -> Candidate | None:
    """An unknown person with a title: of the country and sector that it tells, as a guess."""
    from inconcert.resolve.lookup import OFFICE_SECTORS, guess

    phrase, register = finder.phrase, finder.register
    head = phrase.head
    if head is None or not head.is_person or head.is_plural:
        return None
    runs = [
        run
        for run in phrase.names()
        if run[0] >= head.last and not any(one.first == run[0] for one in owners)
    ]
    runs = [run for run in runs if run[0] == head.last or run[1] - run[0] > 1]
    if not runs or phrase.lowered[runs[0][0] - 1] in words_of("of") | words_of("place"):
        return None
    codes = [key for mark in owners for key in mark.actors]
    if not codes:
        return None
    role = register.role_on(register.actors[codes[0]], finder.span)[0]
    code = codes[0] if role is None else role.code
    sectors = finder.sectors(head, (), None)
    split = register.split(code, sectors, "", finder.span)
    if split is not None and OFFICE_SECTORS & set(sectors):
        code = split[0]
    name = phrase.text(*runs[0])
    why = f"not in the register; {head.noun} and {register.name_of(codes[0])} tell the rest"
    return guess(register, name, code, sectors, why, _UNKNOWN, kind="person")
