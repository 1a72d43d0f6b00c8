"""A phrase read without a parse: its head noun, the names before it and what follows."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from inconcert.resolve import tables
from inconcert.resolve.bodies import successions
from inconcert.resolve.gazetteer import gazetteer
from inconcert.resolve.lexicon import Entry, split_words
from inconcert.resolve.tables import Agent

if TYPE_CHECKING:
    from inconcert.resolve.register import Register

Relation = Literal["before", "of", "for", "place", "none"]
"""How a name stands to the head: before it, after `of`, `for`, a preposition of place, another."""

_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "“": " ", "”": " ", '"': " ", "–": "-"})
_LONGEST, _LONGEST_STATE = 3, 6
_PARTICLES = frozenset({"al", "el", "bin", "ibn", "von", "van", "der", "de", "da", "ul", "ur", "-"})
_NAME_PARTS = frozenset({"surname", "city"})
"""Kinds of names that may be part of a person's: Vladimir is a city too."""
_PLACE_SURE, _OPEN_PLACE_SURE = 0.6, 0.45
_AT_HOME_SURE, _FORMER_STATE_SURE = 0.55, 0.7
_LONG_CAPITALS = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """A name in the phrase, words `[first, last)`.

    Attributes:
        kind: that of the lexicon, `ethnic` for a people or region, `place` for one on the map.
        actors: ids; empty for what belongs to several states.
        sectors: what the name itself tells.
        sure: 0 to 1, how surely it means these actors.
        entries: forms of the lexicon, empty for other names.
    """

    first: int
    last: int
    kind: str
    actors: tuple[str, ...]
    sectors: tuple[str, ...] = ()
    sure: float = 0.95
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """A noun for those who act, words `[first, last)`."""

    first: int
    last: int
    noun: str
    sectors: tuple[str, ...]
    is_person: bool
    is_plural: bool
    group: str

    @property
    def is_mobile(self) -> bool:
        """Whether they are often elsewhere than at home: troops, diplomats, refugees, reporters."""
        return self.group in {"diplomat", "force", "refugee"} or bool(
            {"REF", "JRN"} & set(self.sectors)
        )

    @property
    def is_generic(self) -> bool:
        """Whether the noun is said of persons or bodies of every sector (`spokesman`)."""
        return self.noun in words_of("generic")


class Phrase:
    """The words of a phrase with the names and nouns found in it.

    Attributes:
        words: as written; `lowered`: the same in lower case.
        marks: names in order.
        heads: nouns for those who act, in order.
        cut: index of the first word after the head's own group of words.
    """

    def __init__(self, register: Register, words: tuple[str, ...]) -> None:
        self.register = register
        self.words = words
        self.lowered = tuple(word.lower() for word in words)
        self._abroad = False
        self.marks = list(self._marks())
        if self._is_abroad():  # a ministry of that name is another state's here
            self._abroad = True
            self.marks = list(self._marks())
        self._covered = {place for one in self.marks for place in range(one.first, one.last)}
        self.heads = list(self._heads())
        self.cut = next((place for place in range(1, len(words)) if self._cuts(place)), len(words))

    # -- reading ----------------------------------------------------------------------------

    def _marks(self) -> Iterator[Mark]:
        place = 0
        while place < len(self.words):
            mark = self._mark(place)
            if mark is None:
                place += 1
                continue
            if mark.kind != "stop":
                yield mark
            place = mark.last

    def _mark(self, place: int) -> Mark | None:
        entries = self.register.lexicon.at(self.words, self.lowered, place)
        if entries and entries[0].kind == "surname" and self._is_common(place):
            entries = ()
        if self._abroad:
            entries = tuple(one for one in entries if one.only_from is None)
        last = place + (len(entries[0].words) if entries else 0)
        ethnic = self._people(place) or (self._former_state(place) if not entries else None)
        weak = not entries or entries[0].kind in {"city", "surname"}
        if ethnic is not None and (ethnic.last > last or (weak and ethnic.last == last)):
            return ethnic
        if not entries:
            return None
        first = entries[0]
        sure = 0.8 if first.kind in {"adjective", "capital", "metonym"} else 0.95
        sure = _AT_HOME_SURE if first.only_from is not None else sure
        return Mark(place, last, first.kind, first.actors, first.sectors, sure, entries)

    def _is_abroad(self) -> bool:
        """Whether a name that stands alone only at home stands beside another state."""
        homes = {one.entries[0].only_from for one in self.marks if one.entries}
        states = {one.actors[0] for one in self.marks if one.kind in {"state", "adjective"}}
        return bool(homes - {None}) and bool(states - homes)

    def _is_common(self, place: int) -> bool:
        """Whether a surname is rather a title or noun here: `King Salman`, `Major Khan`."""
        word = self.lowered[place]
        is_noun = word in tables.agents() or word in words_of("title")
        return is_noun and (len(self.words) > 1 or not self.words[place][0].isupper())

    def _people(self, place: int) -> Mark | None:
        for length in range(_LONGEST, 0, -1):
            words = self.words[place : place + length]
            row = _peoples().get(" ".join(words)) or _peoples().get("".join(words))
            if row is not None and len(words) == length:
                code, sectors, sure = row
                actors = (code,) if code in self.register.actors else ()
                return Mark(place, place + length, "ethnic", actors, sectors, sure)
        return None

    def _former_state(self, place: int) -> Mark | None:
        """A state under the name it once had."""
        known = _former_states()
        for last in range(min(len(self.words), place + _LONGEST_STATE), place, -1):
            code = known.get(self.words[place:last])
            if code is not None:
                return Mark(place, last, "state", (code,), (), _FORMER_STATE_SURE)
        return None

    def _heads(self) -> Iterator[Head]:
        place = 0
        while place < len(self.words):
            head = None if place in self._covered else self._head(place)
            if head is not None:
                yield head
            place = place + 1 if head is None else head.last

    def _head(self, place: int) -> Head | None:
        known = tables.agents()
        for length in range(_LONGEST, 0, -1):
            last = place + length
            if last > len(self.words) or not self._covered.isdisjoint(range(place, last)):
                continue
            agent = known.get(" ".join(self.lowered[place:last]))
            if agent is None or (agent.needs and agent.needs.isdisjoint(self.lowered)):
                continue
            return _head_of(place, last, agent)
        word = self.lowered[place]
        sectors = _nouns().get(word)
        if sectors is None:
            return None
        is_plural = word.endswith(("s", "men"))
        return Head(place, place + 1, word, sectors, word in words_of("generic"), is_plural, "")

    def _cuts(self, place: int) -> bool:
        word = self.lowered[place]
        if place in self._covered or self.lowered[place - 1] == "-":
            return False
        return word in words_of("of") or word in words_of("place") or word in words_of("aim")

    # -- asking -----------------------------------------------------------------------------

    @property
    def head(self) -> Head | None:
        """The last noun for those who act before the cut."""
        return next((one for one in reversed(self.heads) if one.first < self.cut), None)

    def rest_of_collective(self) -> Phrase | None:
        """What is counted: `protesters` in `dozens of protesters`; None for other phrases."""
        if self.cut + 1 >= len(self.words) or self.lowered[self.cut] not in words_of("of"):
            return None
        before = [word for word in self.lowered[: self.cut] if word not in words_of("drop")]
        if any(mark.first < self.cut for mark in self.marks):
            return None
        if not before or not all(
            word in words_of("collective") or word.isdigit() for word in before[-1:]
        ):
            return None
        return Phrase(self.register, self.words[self.cut + 1 :])

    def relation(self, mark: Mark) -> Relation:
        """How a name stands to the head."""
        if mark.first < self.cut:
            return "before"
        for place in range(mark.first - 1, self.cut - 1, -1):
            word = self.lowered[place]
            if place in self._covered:
                return "none"
            if word in words_of("of"):
                return "of"
            if word in words_of("place"):
                return "place"
            if word in {"for", "to"} and self.head is not None:
                return "for" if self.head.noun in words_of("for_noun") else "none"
            if word in words_of("aim"):
                return "none"
        return "none"

    def is_owner(self, mark: Mark) -> bool:
        """Whether a name before the head owns it: not `Russian` in `Russian-backed rebels`."""
        after = self.lowered[mark.last : mark.last + 2]
        if len(after) == 2 and after[0] == "-" and after[1] in words_of("not_owner"):
            return False
        before = self.lowered[max(0, mark.first - 2) : mark.first]
        return not (before[-1:] == ("-",) and before[:1] in {("pro",), ("anti",), ("non",)})

    def names(self) -> list[tuple[int, int]]:
        """Runs of capitalised words that nothing explains, `[first, last)`."""
        found: list[tuple[int, int]] = []
        inside = {place for one in self.heads for place in range(one.first, one.last)}
        place = 0
        while place < len(self.words):
            last = place
            while last < len(self.words) and self._is_name_part(last, last > place, inside):
                last += 1
            while last > place and self.lowered[last - 1] in _PARTICLES:
                last -= 1
            cities = {
                covered
                for one in self.marks
                if one.kind == "city"
                for covered in range(one.first, one.last)
            }
            if not cities.issuperset(range(place, last)):
                found.append((place, last))
            place = max(last, place + 1)
        return found

    def _is_name_part(self, place: int, inside_run: bool, inside: set[int]) -> bool:
        word = self.words[place]
        named = next((one for one in self.marks if one.first <= place < one.last), None)
        if named is not None:
            return named.kind in _NAME_PARTS
        if place in inside or word in {"'s", "'", ","}:
            return False
        lowered = self.lowered[place]
        if inside_run and lowered in _PARTICLES:
            return True
        if lowered in words_of("title") or lowered in tables.cues()["honorific"]:
            return False
        if lowered in words_of("drop") or lowered in words_of("collective"):
            return False
        return word[0].isupper() and word[0].isalpha()

    def text(self, first: int, last: int) -> str:
        """Words as they were written, hyphens and apostrophes closed up."""
        joined = " ".join(self.words[first:last])
        return joined.replace(" - ", "-").replace(" 's", "'s").replace(" ,", ",")

    def place_named(self, first: int, last: int) -> Mark | None:
        """A place on the map whose state is known."""
        states = self.register.states
        places = [one for one in gazetteer().called(self.text(first, last)) if one.country]
        codes = [one.country for one in places if one.country in states]
        if not codes:
            return None
        sure = _PLACE_SURE if len(set(codes[:3])) == 1 else _OPEN_PLACE_SURE
        return Mark(first, last, "place", (str(codes[0]),), (), sure)

    def says(self, kind: str, *, before: int | None = None) -> bool:
        """Whether a word of this kind stands in the phrase, or before one of its words."""
        return not words_of(kind).isdisjoint(self.lowered[:before])


def read(register: Register, name: str) -> Phrase:
    """Cut a phrase and find the names and nouns in it, in any use of capitals."""
    words = _written_out(register, split_words(cleaned(name)))
    lowered = [word.lower() for word in words]
    fresh = list(words)
    for place, word in enumerate(words):
        known = register.lexicon.at(words, lowered, place)
        if word.isupper() and len(word) > _LONG_CAPITALS and not known:
            fresh[place] = word.capitalize()
    phrase = Phrase(register, tuple(fresh))
    if not phrase.marks and name == name.lower():
        known_nouns = tables.agents()
        titled = tuple(
            word if word in known_nouns or word in words_of("drop") else word.capitalize()
            for word in words
        )
        again = Phrase(register, titled)
        phrase = again if again.marks else phrase
    return phrase


def cleaned(name: str) -> str:
    """A phrase with plain quotation marks and single spaces, names put in order.

    Example:
        >>> cleaned("Lavrov,  Sergey")
        'Sergey Lavrov'
    """
    text = unicodedata.normalize("NFC", name).translate(_QUOTES)
    text = " ".join(text.split()).strip(" .;:!?()")
    last, comma, first = text.partition(", ")
    both = (*last.split(), *first.split())
    is_turned = comma and "," not in first and 2 <= len(both) <= 3 and len(last.split()) == 1
    if is_turned and all(
        word[0].isupper() and word.lower() not in tables.agents() for word in both
    ):
        return f"{first} {last}"
    return text


def _written_out(register: Register, words: tuple[str, ...]) -> tuple[str, ...]:
    """Words with abbreviations of titles written out, outside names: `Russian FM`."""
    titles, lowered = gives("title"), tuple(word.lower() for word in words)
    found: list[str] = []
    named_to = 0
    for place, word in enumerate(words):
        entries = register.lexicon.at(words, lowered, place)
        named_to = max(named_to, place + len(entries[0].words) if entries else 0)
        is_short = place >= named_to and word[0].isupper()
        found += titles.get(lowered[place], word).split() if is_short else [word]
    return tuple(found)


def _head_of(first: int, last: int, agent: Agent) -> Head:
    return Head(
        first, last, agent.noun, agent.sectors, agent.is_person, agent.is_plural, agent.group
    )


@cache
def _rows() -> Mapping[str, Sequence[Mapping[str, str]]]:
    found: dict[str, list[Mapping[str, str]]] = {}
    for row in tables.read("loose"):
        found.setdefault(row["kind"], []).append(row)
    return found


@cache
def words_of(kind: str) -> frozenset[str]:
    """The words of one kind in the table of loose words."""
    return frozenset(row["word"] for row in _rows()[kind])


@cache
def gives(kind: str) -> Mapping[str, str]:
    """What the words of one kind stand for."""
    return {row["word"]: row["gives"] for row in _rows()[kind]}


@cache
def _nouns() -> Mapping[str, tuple[str, ...]]:
    return {row["word"]: tables.forms(row["gives"], ",") for row in _rows()["head"]}


@cache
def _former_states() -> Mapping[tuple[str, ...], str]:
    return {split_words(name): one.code for one in successions() for name in one.predecessor}


@cache
def _peoples() -> Mapping[str, tuple[str, tuple[str, ...], float]]:
    return {
        row["word"]: (row["gives"], tables.forms(row["sectors"], ","), float(row["sure"] or 0))
        for row in _rows()["people"]
    }
