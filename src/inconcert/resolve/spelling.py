"""Names of persons in another spelling: carried over from another script, or misspelt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from inconcert.resolve import tables
from inconcert.resolve.gazetteer import fold
from inconcert.resolve.lexicon import Entry

_SAME_CONSONANTS = 0.9
_LEAST_PART, _LEAST_ALONE, _LEAST = 0.66, 0.86, 0.8
_CLEAR = 0.025
_MISSING = 0.03
_SHORT = 4
_VOWELS = re.compile("[aeiou]")
_DOUBLED = re.compile(r"(.)\1+")
_PARTICLES = frozenset({"al", "el", "bin", "ibn", "von", "van", "der", "de", "da", "the", "ul"})


@dataclass(frozen=True, slots=True)
class Near:
    """A person whose name is nearly the one that was written.

    Attributes:
        key: id of the person.
        name: the form of the name in the register.
        likeness: 0 to 1, 1 for the same sounds.
    """

    key: str
    name: str
    likeness: float


@dataclass(frozen=True, slots=True)
class _Form:
    key: str
    name: str
    parts: tuple[str, ...]


class Spellings:
    """Finds persons by how their names sound.

    Args:
        entries: the register's forms of the full names of persons.
        surnames: surnames by id of the person, as written.
    """

    def __init__(self, entries: Iterable[Entry], surnames: Mapping[str, Sequence[str]]) -> None:
        self._forms: dict[str, list[_Form]] = {}
        self._surnames = {
            key: frozenset(sound(part) for name in names for part in _parts(name))
            for key, names in surnames.items()
        }
        for entry in entries:
            name = _joined(entry.words)
            parts = tuple(sound(part) for part in _parts(name))
            for key in entry.actors:
                form = _Form(key, name, parts)
                for bone in {bone for part in parts for bone in _bones(part)}:
                    self._forms.setdefault(bone, []).append(form)

    def near(self, words: Sequence[str]) -> list[Near]:
        """Persons whose name is nearly this one, likest first; only those about as like as it."""
        wanted = tuple(
            sound(part) for word in words for part in _parts(word) if len(part.strip(".")) > 1
        )
        if not wanted or all(len(part) < _SHORT for part in wanted):
            return []
        best: dict[str, Near] = {}
        for bone in {bone for part in wanted for bone in _bones(part)}:
            for form in self._forms.get(bone, ()):
                like = self._likeness(wanted, form)
                if like > _LEAST and (form.key not in best or best[form.key].likeness < like):
                    best[form.key] = Near(form.key, form.name, like)
        ranked = sorted(best.values(), key=lambda one: (-one.likeness, one.key))
        return [one for one in ranked if ranked[0].likeness - one.likeness < _CLEAR]

    def _likeness(self, wanted: tuple[str, ...], form: _Form) -> float:
        """How alike two names are; 0 unless each word written has its match, the surname too."""
        left, total, has_surname = list(form.parts), 0.0, False
        surnames = self._surnames.get(form.key, frozenset(form.parts[-1:]))
        for part in wanted:
            pairs = [(likeness(part, other), other) for other in left]
            if not pairs:
                return 0.0
            like, other = max(pairs)
            if like < (_LEAST_ALONE if len(wanted) == 1 else _LEAST_PART):
                return 0.0
            left.remove(other)
            total += like
            has_surname |= other in surnames
        if not has_surname:
            return 0.0
        return total / len(wanted) - (_MISSING * len(left) if len(wanted) > 1 else 0.0)


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """A word as it sounds, roughly: the same for spellings of one name.

    Example:
        >>> sound("Qadhafi") == sound("Gaddafi"), sound("Toqaev") == sound("Tokayev")
        (True, True)
    """
    text = _written().sub(lambda found: _sounds()[found[0]], fold(word))
    return _DOUBLED.sub(r"\1", text.replace(" ", ""))


@lru_cache(maxsize=50_000)
def likeness(one: str, other: str) -> float:
    """How alike two sounds are, 0 to 1."""
    if one == other:
        return 1.0
    longest = max(len(one), len(other))
    if longest - min(len(one), len(other)) > 2 or longest < _SHORT:
        return 0.0
    bones = _bone(one)
    if bones == _bone(other) and len(bones) > 2:
        return _SAME_CONSONANTS
    return 1 - _edits(one, other) / longest


def _edits(one: str, other: str) -> int:
    """Letters to put in, take out, change or swap with the next."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        older, before, row = before, row, [i]
        for j, facing in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != facing))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == facing:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _parts(name: str) -> list[str]:
    return [part for part in fold(name).split() if part not in _PARTICLES]


def _joined(words: Sequence[str]) -> str:
    return " ".join(words).replace(" - ", "-").replace(" 's", "'s")


def _bone(part: str) -> str:
    """The consonants of a sound, with a vowel that begins it."""
    return part[:1] + _VOWELS.sub("", part[1:])


def _bones(part: str) -> set[str]:
    """The consonants, and what is left of them without one: two that differ in one meet."""
    bone = _bone(part)
    if len(bone) < _SHORT:
        return {bone}
    return {bone, *(bone[:at] + bone[at + 1 :] for at in range(len(bone)))}


@cache
def _sounds() -> Mapping[str, str]:
    return {row["written"]: row["sound"] for row in tables.read("spellings")}


@cache
def _written() -> re.Pattern[str]:
    longest = sorted(_sounds(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest)))
