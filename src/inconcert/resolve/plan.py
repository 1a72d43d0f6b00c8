"""Which nouns head phrases that name actors, which words belong inside, which name none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from inconcert.core.mention import MentionKind, Participant
from inconcert.core.parsed import Token
from inconcert.resolve.memory import Nature
from inconcert.resolve.text import MODIFIERS, SUBJECTS, Hit, Text

Kind = Literal["thing", "people"]

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


class Things:
    """Nouns that a pronoun may stand for though they name no actor: `the report … its findings`."""

    def __init__(self, text: Text) -> None:
        self.text = text

    def kind(self, place: int, *, plural: bool) -> Kind | None:
        """What a noun is that names nobody; None where a pronoun of that number cannot mean it."""
        text = self.text
        token = text.tokens[place]
        if token.pos not in {"NOUN", "PROPN"} or place in text.hits:
            return None
        agent, cues = text.agents.get(place), text.cues
        is_people = text.lowered[place] in cues["people_noun"]
        is_many = is_people or token.tag in {"NNS", "NNPS"}
        if agent is not None:
            is_people = is_people or agent.is_person or agent.group == "people"
            is_many = is_many or agent.is_plural or (is_people and not agent.is_person)
        is_joined = any(kid.dep == "conj" for kid in text.kids(place))
        if not plural:
            is_one_being = is_people or (token.pos == "PROPN" and self._may_be_person(place))
            return None if is_many or is_joined or is_one_being else "thing"
        if not (is_many or is_joined) or (is_joined and token.pos == "PROPN"):
            return None
        return "people" if is_people else "thing"

    def is_people(self, place: int) -> bool:
        """Whether a noun means people, one or many, whom the register does not know."""
        agent = self.text.agents.get(place)
        if place in self.text.hits or self.text.tokens[place].pos == "PROPN":
            return False
        is_agent = agent is not None and (agent.is_person or agent.group == "people")
        return is_agent or self.text.lowered[place] in self.text.cues["people_noun"]

    def many_before(self, place: int, *, window: int) -> int | None:
        """The last noun in the plural before a token that names nobody known.

        Args:
            window: how many sentences back.
        """
        text = self.text
        first = text.parsed.sentences[max(0, text.tokens[place].sentence - window)].first
        above, node = {place}, text.tokens[place]
        while node.head not in above:
            node = text.tokens[node.head]
            above.add(node.index)
        for noun in range(place - 1, first - 1, -1):
            if noun in above:
                continue
            kind = self.kind(noun, plural=True)
            if kind == "people" or (kind and text.tokens[noun].dep in {*SUBJECTS, "dobj"}):
                return noun
        return None

    def _may_be_person(self, place: int) -> bool:
        """A capitalised word alone or after another, without article: a person, for all we know."""
        text = self.text
        if text.lowered[place] in text.cues["organisation_word"]:
            return False
        return not any(kid.dep in {"det", "prep", "amod"} for kid in text.kids(place))

    def antecedent(self, place: int) -> int:
        """The noun that a relative pronoun stands for; any other token itself."""
        text = self.text
        if text.tokens[place].tag in {"WDT", "WP"} or (
            text.lowered[place] in text.cues["relative_pronoun"]
        ):
            verb = text.tokens[text.tokens[place].head]
            if verb.dep == "relcl":
                return verb.head
        return place

    def beside(self, place: int) -> int | None:
        """The noun that a possessive stands beside: `Israel and its backers`."""
        text = self.text
        owned = text.tokens[text.tokens[place].head]
        if owned.dep in {"conj", "appos"} and owned.head < place:
            above = text.tokens[owned.head]
            if above.pos in {"NOUN", "PROPN"} and owned.index > place:
                return above.index
        return None

    def before_phrase(self, place: int) -> int | None:
        """The object before `in its …`, `for its …`: `helps Ukraine in its fight`."""
        text = self.text
        owned = text.tokens[text.tokens[place].head]
        prep = text.tokens[owned.head]
        if owned.dep != "pobj" or text.lowered[prep.index] not in text.cues["beside_prep"]:
            return None
        above = text.tokens[prep.head]
        if above.lemma.lower() in text.cues["help_verb"]:
            for kid in text.kids(above.index):
                if kid.dep == "dobj" and kid.index < prep.index:
                    return kid.index
        if prep.index != place - 1 or prep.index == 0:
            return None
        hit = text.hits.get(prep.index - 1)
        head = text.tokens[hit.head if hit is not None else prep.index - 1]
        return head.index if head.dep in {"dobj", "pobj"} else None

    def subject_before(self, place: int) -> int | None:
        """The main subject of the sentence before, in the same paragraph."""
        text = self.text
        number = text.tokens[place].sentence
        sentences = text.parsed.sentences
        if number == 0 or sentences[number - 1].paragraph != sentences[number].paragraph:
            return None
        for token in text.tokens[sentences[number - 1].first : sentences[number - 1].last]:
            if token.dep in SUBJECTS and text.tokens[token.head].dep == "ROOT":
                return token.index
        return None
