"""Which place the grammar of a sentence gives a predicate: its phrases, objects and neighbours."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass

from inconcert.core.parsed import ParsedDocument, Token
from inconcert.core.place import PRECISIONS
from inconcert.resolve.locatives import Locatives, Site

SUBJECTS = ("nsubj", "nsubjpass")
VERBAL = frozenset({"VERB", "AUX"})
_DEPTH = 3
_NARROW = {"point", "city"}
_TIMES = frozenset(name.lower() for name in (*calendar.day_name, *calendar.month_name) if name)


@dataclass(frozen=True, slots=True)
class Told:
    """A site and how far it stands from the predicate, 0 for its own clause."""

    cost: int
    site: Site


class Scenes:
    """The clauses of one document, asked where they take place.

    Args:
        reader: reads noun phrases as places.
    """

    def __init__(self, parsed: ParsedDocument, reader: Locatives) -> None:
        self.parsed, self.tokens, self.reader = parsed, parsed.tokens, reader
        self.words = reader.words
        self._named: dict[int, Told | None] = {}

    def told(self, predicate: int) -> Told | None:
        """The place that the sentence gives a predicate, with its distance."""
        if predicate not in self._named:
            self._named[predicate] = self._best(predicate)
        return self._named[predicate]

    def _best(self, predicate: int) -> Told | None:
        quote = self.quote(predicate)
        found = [
            told for told in self._candidates(predicate) if self.quote(told.site.first) == quote
        ]
        if not found:
            return None
        best = min(
            found,
            key=lambda told: (
                told.cost,
                PRECISIONS.index(told.site.precision),
                abs(told.site.first - predicate),
            ),
        )
        # `in Doha on Monday in the Gulf state`: the narrower of two that agree
        for told in found:
            closer = PRECISIONS.index(told.site.precision) < PRECISIONS.index(best.site.precision)
            same = told.site.country is not None and told.site.country == best.site.country
            near = told.cost <= best.cost + 1 or best.site.precision == "country"
            if closer and same and near and best.site.precision not in _NARROW:
                best = told
        return best

    def _candidates(self, predicate: int) -> Iterator[Told]:
        token = self.tokens[predicate]
        if token.pos in VERBAL:
            yield from self._of_verb(predicate)
            yield from self._shared(predicate)
        else:
            yield from self._of_noun(predicate)
            yield from self._of_verb_over(predicate)

    # -- verbs ------------------------------------------------------------------------------

    def _of_verb(self, verb: int) -> Iterator[Told]:
        """Its own phrases of place, its object where that is one, its object's phrases."""
        token = self.tokens[verb]
        lemma = token.lemma.lower()
        objects = self.parsed.kids(verb, "dobj", "attr", "dative")
        for preposition in self._prepositions(verb):
            if not self._belongs_to_object(lemma, preposition, objects):
                yield from self._under(preposition, verb, 0)
        if lemma in self.words["target_verb"]:
            for noun in self._surface_objects(verb):
                yield from self._target(noun, 0, states=lemma in self.words["take_verb"])
        for subject in self.parsed.kids(verb, *SUBJECTS):
            if lemma in self.words["host_verb"] or lemma in self.words["fall_verb"]:
                yield from self._target(subject, 1, states=lemma in self.words["host_verb"])
        if token.dep == "relcl":
            yield from self._antecedent(verb)
        if lemma not in self.words["talk_verb"]:
            yield from self._of_parts(verb)
        else:
            for noun in objects:
                if noun.lemma.lower() in self.words["audience"]:
                    yield from self._of_noun(noun.index, 1)
        for kid in self.parsed.kids(verb, "advcl"):
            if not self.parsed.kids(kid.index, *SUBJECTS) and kid.tag == "VBG":
                for preposition in self._prepositions(kid.index):
                    yield from self._under(preposition, kid.index, 2)

    def _of_parts(self, verb: int) -> Iterator[Told]:
        """Places of what a verb is done to or with, and of an event that is its subject."""
        for noun in self.parsed.kids(verb, "dobj", "attr"):
            yield from self._of_noun(noun.index, 1)
        for preposition in self.parsed.kids(verb, "prep", "agent"):
            if preposition.text.lower() in {"with", "during", "after", "at", "by", "on"}:
                for noun in self.parsed.kids(preposition.index, "pobj"):
                    yield from self._of_noun(noun.index, 2)
        for subject in self.parsed.kids(verb, *SUBJECTS):
            if subject.lemma.lower() not in self.words["seat_noun"]:
                yield from self._of_noun(subject.index, 2 if self._is_event(subject) else 3)

    def _surface_objects(self, verb: int) -> list[Token]:
        own = self.parsed.kids(verb, "dobj", "nsubjpass")
        token = self.tokens[verb]
        if not own and token.tag == "VBN" and token.dep == "acl":
            own = [self.tokens[token.head]]
        return own

    def _belongs_to_object(self, lemma: str, preposition: Token, objects: list[Token]) -> bool:
        """`condemned the attack in Kabul`: what is spoken of lies there, not the speaking."""
        if lemma not in self.words["talk_verb"]:
            return False
        return any(
            noun.index < preposition.index and noun.lemma.lower() not in self.words["audience"]
            for noun in objects
        )

    def _antecedent(self, verb: int) -> Iterator[Told]:
        """`Doha, where they met`, `the city in which they met`; `a blast in Kabul that killed`."""
        head = self.tokens[verb].head
        marks = {kid.text.lower() for kid in self.parsed.kids(verb, "advmod")}
        inner = [
            noun.text.lower()
            for kid in self.parsed.kids(verb, "prep")
            if kid.text.lower() in {"in", "at"}
            for noun in self.parsed.kids(kid.index, "pobj")
        ]
        if "where" in marks or "which" in inner:
            site = self.reader.at(head)
            if site is not None:
                yield Told(0, site)
        elif self.tokens[verb].lemma.lower() in self.words["host_verb"]:
            yield from self._target(self.tokens[head], 1, states=True)
        elif self._is_event(self.tokens[head]):
            yield from self._of_noun(head, 2)

    def _shared(self, verb: int) -> Iterator[Told]:
        """Places of the clauses that a verb goes on from, or that go on from it."""
        token, cost = self.tokens[verb], 2
        for _ in range(_DEPTH):
            if token.head == token.index or token.dep not in {"conj", "xcomp", "advcl", "acl"}:
                break
            if token.dep == "advcl" and (token.tag == "VBN" or self._has_subject(token.index)):
                break
            above = self.tokens[token.head]
            if token.dep == "conj" and self._has_subject(token.index):
                cost += 1
            if above.pos not in VERBAL:
                if token.dep == "acl" and self._is_event(above):
                    yield from self._of_noun(above.index, cost)
                break
            if not self._goes_elsewhere(above):
                yield from self._lifted(self._of_verb(above.index), cost)
            token, cost = above, cost + 1
        if self.tokens[verb].lemma.lower() in self.words["talk_verb"]:
            return
        for kid in self.parsed.kids(verb, "conj", "xcomp", "advcl"):
            is_further = kid.dep != "advcl" or kid.tag == "VB"
            if is_further and kid.pos in VERBAL and not self._has_subject(kid.index):
                yield from self._lifted(self._of_verb(kid.index), 3)

    def _has_subject(self, verb: int) -> bool:
        return bool(self.parsed.kids(verb, *SUBJECTS))

    def _goes_elsewhere(self, verb: Token) -> bool:
        """A plan, wish or call is no place for what is planned (`urged in Rome to withdraw`)."""
        return verb.lemma.lower() in self.words["talk_verb"]

    def _lifted(self, told: Iterator[Told], cost: int) -> Iterator[Told]:
        for one in told:
            yield Told(one.cost + cost, one.site)

    # -- nouns ------------------------------------------------------------------------------

    def _of_noun(self, noun: int, cost: int = 0, depth: int = 0) -> Iterator[Told]:
        """`the talks in Doha`, `the Doha talks`, `an attack on Kunduz`, `the fall of Kabul`."""
        token = self.tokens[noun]
        lemma = token.lemma.lower()
        is_seat = lemma in self.words["seat_noun"] and self._of_whom(token)
        if lemma in self.words["abstract_noun"] or (depth and is_seat):
            return
        for preposition in self._prepositions(noun):
            yield from self._under(preposition, noun, cost)
        if self._is_event(token):
            yield from self._in_front(noun, cost)
        if depth >= _DEPTH:
            return
        for preposition in self.parsed.kids(noun, "prep"):
            if preposition.text.lower() in {"with", "between", "of", "by", "among"}:
                for inner in self.parsed.kids(preposition.index, "pobj"):
                    yield from self._of_noun(inner.index, cost + 1, depth + 1)
        for inner in self.parsed.kids(noun, "conj"):
            yield from self._of_noun(inner.index, cost + 1, depth + 1)

    def _of_whom(self, noun: Token) -> bool:
        """Whether a noun stands under another preposition than that of who did it."""
        return self.tokens[noun.head].text.lower() != "by"

    def _in_front(self, noun: int, cost: int) -> Iterator[Told]:
        """A city before an event noun; a state there is a party (`the Ukraine talks`)."""
        if not self.parsed.kids(noun, "compound", "nmod"):
            return
        site = self.reader.at(noun)
        if site is not None and site.last <= noun + 1 and site.precision != "country":
            yield Told(cost, site)

    def _of_verb_over(self, noun: int) -> Iterator[Told]:
        """Places of the verb that has an event as its object or subject (`held talks in Doha`)."""
        token = self.tokens[noun]
        for _ in range(_DEPTH):
            above = self.tokens[token.head]
            if above.index == token.index:
                return
            if above.pos in VERBAL:
                break
            if token.dep not in {"pobj", "prep", "conj", "dobj", "nsubj", "compound", "attr"}:
                return
            token = above
        else:
            return
        if token.dep not in {"dobj", "nsubj", "nsubjpass", "prep", "attr", "agent"}:
            return
        lemma = above.lemma.lower()
        if lemma in self.words["talk_verb"]:
            return
        for told in self._of_verb(above.index):
            if told.site.first != noun:
                yield Told(told.cost + 1, told.site)
        yield from self._lifted(self._shared(above.index), 1)

    def _is_event(self, token: Token) -> bool:
        known = self.words["gathering"] | self.words["target_noun"]
        return token.lemma.lower() in known or token.text.lower() in known

    # -- prepositions -----------------------------------------------------------------------

    def _prepositions(self, head: int) -> Iterator[Token]:
        for kid in self.parsed.kids(head, "prep", "advmod", "npadvmod", "dative", "prt"):
            if kid.dep in {"prep", "dative"}:
                yield kid
                yield from self.parsed.kids(kid.index, "prep")
                for noun in self.parsed.kids(kid.index, "pobj"):
                    if _is_time(noun):
                        yield from self.parsed.kids(noun.index, "prep")
            elif kid.dep in {"advmod", "npadvmod"}:
                yield from self.parsed.kids(kid.index, "prep")

    def _under(self, preposition: Token, head: int, cost: int) -> Iterator[Told]:
        """The place under a preposition, if this one can tell a place of this head."""
        word, above = preposition.text.lower(), self.tokens[head]
        beside = self.tokens[preposition.head].text.lower() in self.words["direction"]
        lemma = above.lemma.lower()
        is_target = above.pos not in VERBAL and lemma in self.words["target_noun"]
        for noun in self.parsed.kids(preposition.index, "pobj", "pcomp"):
            if is_target and word in self.words["target_prep"]:
                states = lemma in self.words["take_noun"] or word == "in"
                yield from self._target(noun, cost, states=states)
                continue
            if not (beside or self._tells_place(word, above)):
                continue
            wide = beside or word in self.words["wide"]
            site = self.reader.at(noun.index, wide=wide)
            if site is None or (word == "on" and not self.reader.lies_on(noun.index, site)):
                continue
            more = 1 if word in self.words["away"] and not beside else 0
            yield Told(cost + more, site)

    def _tells_place(self, word: str, above: Token) -> bool:
        words, lemma = self.words, above.lemma.lower()
        is_verb = above.pos in VERBAL
        if word == "over":
            return lemma in words["over_verb"]
        if word == "by":
            return False
        if word in words["locative"]:
            return True
        if word in words["into"]:
            return is_verb or lemma in words["target_noun"]
        if word in words["toward"]:
            return lemma in (words["motion_verb"] if is_verb else words["take_noun"])
        if word in words["away"]:
            return lemma in (words["away_verb"] if is_verb else words["take_noun"])
        return False

    def _target(self, noun: Token, cost: int, *, states: bool) -> Iterator[Told]:
        """A place that is acted upon; a state is a party, unless one goes into it."""
        site = self.reader.at(noun.index)
        if site is not None and (states or site.precision != "country"):
            yield Told(cost, site)

    def quote(self, index: int) -> int | None:
        """Start of the quotation that holds a token; scare quotes do not count."""
        at = self.tokens[index].start
        for quote in self.parsed.quotes:
            if quote.start > at:
                return None
            if at < quote.end and not quote.is_scare:
                return quote.start
        return None


def _is_time(noun: Token) -> bool:
    return noun.text.lower() in _TIMES or noun.text.isdigit()
