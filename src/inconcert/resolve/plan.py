"""Which nouns head phrases that name actors, and which words belong inside them."""

from __future__ import annotations

from dataclasses import dataclass, field

from inconcert.core.mention import MentionKind, Participant
from inconcert.core.parsed import Token
from inconcert.resolve.memory import Nature
from inconcert.resolve.text import MODIFIERS, Hit, Text

_DEPTH = 4


@dataclass(slots=True)
class Found:
    """A noun phrase and who it is.

    Attributes:
        first: first token of the phrase.
        place: token that heads it.
        owner: token whose actors own it (`its units`, `leaders of the group`), still to resolve.
        seat: the state in which it lies, where it is a place and nobody acts.
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
    seat: Participant | None = None


@dataclass(slots=True)
class Parts:
    """What stands round an agent noun."""

    nations: list[Hit] = field(default_factory=list)
    persons: list[Hit] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    covered: set[int] = field(default_factory=set)
    owner: int | None = None
    first: int = 0


class Plan:
    """What belongs together in one document, before anybody is told.

    Attributes:
        parts: what stands round each agent noun that heads a phrase.
        consumed: tokens that name somebody inside a larger phrase.
        titles: agent nouns before a name, by the head of the name.
    """

    def __init__(self, text: Text) -> None:
        self.text = text
        self.parts: dict[int, Parts] = {}
        self.consumed: set[int] = set()
        self.titles: dict[int, list[int]] = {}
        self._plan()

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
            if (
                agent.needs
                and agent.needs.isdisjoint(parts.words)
                and not _of_named(self.text, place)
            ):
                continue
            self.parts[place] = parts
        for parts in self.parts.values():
            self.consumed.update(parts.covered)
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


def _of_named(text: Text, place: int) -> bool:
    """`members of the Taliban`: a name after of makes any noun one for those who act."""
    for kid in text.kids(place):
        if kid.dep == "prep" and text.lowered[kid.index] == "of":
            for noun in text.kids(kid.index):
                hit = text.hits.get(noun.index)
                if hit is not None and hit.entry.kind in {"group", "organisation"}:
                    return True
    return False
