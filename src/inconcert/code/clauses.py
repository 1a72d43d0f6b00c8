"""Who is the subject of what: the grammar between the parse and the patterns.

All methods take and give token indices of one parsed document; `actors_at` turns the head of a
noun phrase into the participants it names.
"""

from __future__ import annotations

from collections.abc import Iterable

from inconcert.core.mention import ActorMention, Participant
from inconcert.core.parsed import ParsedDocument, Token

_VERBAL = {"VERB", "AUX"}
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_OPEN = {"xcomp", "ccomp", "advcl", "conj", "pcomp"}
_OBJECT_CONTROL = {"for", "of", "from", "into"}
_DEPTH = 6


class Clauses:
    """Grammatical relations of one document, with its actor mentions by head token."""

    def __init__(self, parsed: ParsedDocument, mentions: Iterable[ActorMention]) -> None:
        self.parsed = parsed
        self.tokens = parsed.tokens
        self.mentions: dict[int, ActorMention] = {}
        for mention in mentions:
            self.mentions.setdefault(mention.head, mention)

    # -- verbs ------------------------------------------------------------------------------

    def is_passive(self, verb: int) -> bool:
        """Whether the subject is acted upon."""
        token = self.tokens[verb]
        if self.parsed.kids(verb, "nsubjpass", "auxpass"):
            return True
        if token.tag == "VBN" and not self.parsed.kids(verb, "aux", "nsubj"):
            if token.dep == "acl":
                return True
            if token.dep in {"conj", "advcl"} and not self.objects(verb):
                head = self.tokens[token.head]
                return token.dep == "advcl" or (head.pos in _VERBAL and self.is_passive(token.head))
        return False

    def subjects(self, verb: int, depth: int = 0) -> list[int]:
        """Heads of the (surface) subject, inherited from governing clauses where it is left out."""
        token = self.tokens[verb]
        own = self.parsed.kids(verb, *_SUBJECTS)
        if own:
            return [self._antecedent(subject, token) for subject in own]
        if depth >= _DEPTH:
            return []
        return self._inherited(token, depth)

    def _inherited(self, token: Token, depth: int) -> list[int]:
        head = self.tokens[token.head]
        if token.dep == "ROOT" or token.head == token.index:
            return []
        if token.dep in {"relcl", "acl"} and head.pos not in _VERBAL:
            if token.dep == "acl" and self._is_infinitive(token):
                return self._owner(token.head, depth)
            return [token.head]
        if token.dep == "pcomp":
            return self._of_gerund(head, depth) if head.dep == "prep" else []
        if token.dep in _OPEN and head.pos in _VERBAL:
            if token.dep in {"xcomp", "ccomp"}:
                controlled = self.objects(head.index)
                if controlled and not self.is_passive(head.index):
                    return controlled
            return self.subjects(head.index, depth + 1)
        if token.dep in {"xcomp", "ccomp", "advcl"}:
            return self._owner(token.head, depth)
        return []

    def _of_gerund(self, preposition: Token, depth: int) -> list[int]:
        """Who does what stands under a preposition: "thanked B for hosting": B; else its owner."""
        above = self.tokens[preposition.head]
        if above.pos in _VERBAL and preposition.text.lower() in _OBJECT_CONTROL:
            controlled = self.objects(above.index)
            if controlled and not self.is_passive(above.index):
                return controlled
        return self._owner(preposition.head, depth)

    def _owner(self, index: int, depth: int) -> list[int]:
        """Who has the plan, the effort, the readiness: possessor, else subject of its verb."""
        owners = self.parsed.kids(index, "poss")
        if owners:
            return [owners[0].index]
        token = self.tokens[index]
        if token.pos not in _VERBAL and (named := self.prepositional(index, "of")):
            return named
        for _ in range(_DEPTH):
            if token.pos in _VERBAL:
                return self.subjects(token.index, depth + 1)
            if token.head == token.index:
                return []
            token = self.tokens[token.head]
        return []

    def _antecedent(self, subject: Token, verb: Token) -> int:
        """The noun that a relative pronoun stands for, otherwise the subject itself."""
        if verb.dep == "relcl" and subject.tag in {"WDT", "WP"}:
            return verb.head
        return subject.index

    def _is_infinitive(self, token: Token) -> bool:
        return any(kid.tag == "TO" for kid in self.parsed.kids(token.index, "aux"))

    def objects(self, verb: int) -> list[int]:
        """Heads of the direct object; for a verb in a relative clause the noun it modifies."""
        own = [kid.index for kid in self.parsed.kids(verb, "dobj", "obj")]
        token = self.tokens[verb]
        if own:
            pronoun = self.tokens[own[0]]
            if token.dep == "relcl" and pronoun.tag in {"WDT", "WP"}:
                return [token.head]
            return own
        return []

    def agents(self, verb: int) -> list[int]:
        """Heads of the by-phrase of a passive."""
        found = [
            noun.index
            for by in self.parsed.kids(verb, "agent")
            for noun in self.parsed.kids(by.index, "pobj")
        ]
        if not found and self.is_passive(verb):
            found = self.prepositional(verb, "by")
        return found

    def particle(self, verb: int) -> str | None:
        """The particle of a phrasal verb (`shot down`)."""
        for kid in self.parsed.kids(verb, "prt"):
            return kid.text.lower()
        return None

    def prepositional(self, index: int, preposition: str) -> list[int]:
        """Heads of the phrases under a preposition of this verb or noun (`out of` counts as of)."""
        found: list[int] = []
        for kid in self.parsed.kids(index, "prep", "dative", "agent"):
            if kid.text.lower() == preposition:
                found += [noun.index for noun in self.parsed.kids(kid.index, "pobj")]
            for inner in self.parsed.kids(kid.index, "prep"):
                if inner.text.lower() == preposition:
                    found += [noun.index for noun in self.parsed.kids(inner.index, "pobj")]
        return found

    def phrases(self, index: int) -> list[int]:
        """Heads of all phrases under prepositions of this verb or noun."""
        return [
            noun.index
            for kid in self.parsed.kids(index, "prep")
            for noun in self.parsed.kids(kid.index, "pobj")
        ]

    def contents(self, head: int) -> list[int]:
        """The head of a noun phrase and, where it only holds others, of what it holds."""
        if self.tokens[head].lemma.lower() in CONTAINERS:
            return [head, *self.prepositional(head, "of")]
        return [head]

    def subjects_of_adjective(self, adjective: int) -> list[int]:
        """Of whom a predicative adjective is said: "China is ready for talks"."""
        token = self.tokens[adjective]
        if token.dep in {"acomp", "oprd", "attr", "xcomp", "conj"}:
            head = self.tokens[token.head]
            if head.pos == "ADJ" and token.dep == "conj":
                return self.subjects_of_adjective(head.index)
            return self.subjects(head.index) if head.pos in _VERBAL else []
        if token.dep in {"amod", "advcl", "acl"}:
            head = self.tokens[token.head]
            return self.subjects(head.index) if head.pos in _VERBAL else [token.head]
        return []

    def has_preposition(self, index: int, preposition: str) -> bool:
        """Whether the verb or noun has a phrase under this preposition."""
        return any(
            kid.text.lower() == preposition
            for kid in self.parsed.kids(index, "prep", "dative", "prt", "agent")
        )

    def is_quoted(self, index: int) -> bool:
        """Whether the word stands inside quotation marks that hold somebody's words."""
        start = self.tokens[index].start
        return any(
            quote.start <= start < quote.end for quote in self.parsed.quotes if not quote.is_scare
        )

    # -- actors -----------------------------------------------------------------------------

    def actors_at(self, head: int, depth: int = 0) -> tuple[Participant, ...]:
        """Participants named by the noun phrase at a head, its conjuncts and appositions."""
        found: list[Participant] = []
        mention = self.mentions.get(head)
        if mention is not None:
            found += mention.participants
        if not found and depth < 2:
            found += self._inside(head, depth)
        if depth < _DEPTH:
            for kid in self.parsed.kids(head, "conj"):
                if kid.pos not in _VERBAL or kid.tag == "VBN":
                    found += self.actors_at(kid.index, depth + 1)
        return distinct(found)

    def _inside(self, head: int, depth: int) -> list[Participant]:
        """Actors of a phrase whose head names none: apposition, or `members of`, `hundreds of`."""
        found: list[Participant] = []
        for kid in self.parsed.kids(head, "appos"):
            found += self.actors_at(kid.index, depth + 1)
        if not found and self.tokens[head].lemma.lower() in CONTAINERS:
            for preposition in ("of", "from"):
                for noun in self.prepositional(head, preposition):
                    found += self.actors_at(noun, depth + 1)
        return found

    def place_at(self, head: int) -> Participant | None:
        """The state in which a place lies that the head names ("arrived in Kabul")."""
        mention = self.mentions.get(head)
        return None if mention is None else mention.place

    def modifiers(self, head: int) -> tuple[Participant, ...]:
        """Participants named by an adjective or noun in front (`the US sanctions`)."""
        found: list[Participant] = []
        for kid in self.parsed.kids(head, "amod", "compound", "nmod"):
            mention = self.mentions.get(kid.index)
            if mention is not None:
                found += mention.participants
                for other in self.parsed.kids(kid.index, "conj"):
                    further = self.mentions.get(other.index)
                    found += further.participants if further is not None else ()
        return distinct(found)

    def possessors(self, head: int) -> tuple[Participant, ...]:
        """Participants named by the possessor (`Russia's offer`, `their plans`)."""
        found: list[Participant] = []
        for kid in self.parsed.kids(head, "poss"):
            found += self.actors_at(kid.index)
        return distinct(found)


CONTAINERS = frozenset(
    {
        "all", "batch", "billion", "bunch", "coalition", "contingent", "convoy", "couple",
        "delegation", "dozen", "dozens", "each", "fleet", "form", "group", "hundred", "hundreds",
        "kind", "lot", "majority", "many", "member", "million", "most", "none", "number", "one",
        "pair", "part", "rest", "score", "scores", "series", "several", "some", "sort", "team",
        "thousand", "thousands", "type", "unit", "wave",
    }
)  # fmt: skip
"""Nouns that hold the actor in their of-phrase; grammar, not knowledge of the world."""


def distinct(participants: Iterable[Participant]) -> tuple[Participant, ...]:
    """Participants without repeats of the same code and sectors, first mention first."""
    seen: dict[tuple[str, tuple[str, ...], str | None], Participant] = {}
    for participant in participants:
        key = (participant.code, participant.sectors, participant.name)
        seen.setdefault(key, participant)
    return tuple(seen.values())
