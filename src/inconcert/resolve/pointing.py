"""Words that point back: pronouns, `the pair`, `both countries`, `the militants`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from inconcert.core.mention import Participant
from inconcert.resolve import tables
from inconcert.resolve.memory import Memory, Ref
from inconcert.resolve.names import Names
from inconcert.resolve.nations import NOBODY, Answer, Nations
from inconcert.resolve.plan import Kind, Things
from inconcert.resolve.text import SUBJECTS, Text

_POINTING = (
    "person_pronoun",
    "thing_pronoun",
    "plural_pronoun",
    "we_pronoun",
    "i_pronoun",
    "relative_pronoun",
    "both_word",
    "home_noun",
    "realm_noun",
    "two_nation",
    "two_person",
    "group_noun",
    "organisation_noun",
    "assembly_noun",
    "council_noun",
    "home_body",
)
_TALK = 12
"""Sentences over which `he` goes on for one person in talk."""

_NATIONS = frozenset({"state", "organisation", "bloc", "group"})


class Pointing:
    """Finds whom a word points back to, in the memory of one document."""

    def __init__(self, text: Text, names: Names, memory: Memory) -> None:
        self.text, self.names, self.memory = text, names, memory
        self.nations = Nations(text, names, memory)
        self.things = Things(text)
        self.cues = text.cues

    # -- third person -----------------------------------------------------------------------

    def pronoun(self, place: int, kind: str) -> Answer:
        """Whom `he`, `its`, `them` … mean."""
        if kind == "person_pronoun":
            is_woman = self.text.lowered[place] in self.cues["she_pronoun"]
            return self._search(
                place,
                lambda ref: _is_person(ref) and ref.is_woman in {None, is_woman},
                plural=False,
            )
        if kind == "thing_pronoun":
            if self._is_empty_it(place):
                return (), "`it` stands for no actor", 0.9
            return self._search(place, _is_thing, plural=False)
        return self._search(place, _is_many, plural=True)

    def _search(self, place: int, fits: Callable[[Ref], bool], *, plural: bool) -> Answer:
        token = self.text.tokens[place]
        beside = self._beside(place, fits, plural)
        if beside is not None:
            return beside
        barred: set[int] = set()
        is_object = token.dep in {"dobj", "pobj", "dative", "iobj"}
        is_states = self.text.lowered[token.head] in self.cues["state_part"] and not plural
        for number, subject in enumerate(self._subjects(place)):
            if number == 0 and is_object:
                barred.update(self._with_conjuncts(subject))
                continue
            found = self._at_subject(subject, fits, plural)
            if found:
                return found, "subject of a clause above it", 0.75
            kind = None if is_states else self._other(subject, fits, plural)
            if kind is not None:
                return self._no_actor(place, kind, subject)
            is_unknown = subject not in self.memory.at and not self._is_first_person(subject)
            if plural and is_unknown and self.text.tokens[subject].dep == "dobj":
                return NOBODY
        if token.dep in SUBJECTS and not _is_of_person(fits):
            before = self.things.subject_before(place)
            kind = None if before is None else self._other(before, fits, plural)
            if before is not None and kind is not None and not self._has_subject(place, fits):
                return self._no_actor(place, kind, before)
        return self._before(place, fits, barred, plural=plural)

    def _is_first_person(self, place: int) -> bool:
        word = self.text.lowered[place]
        return word in self.cues["we_pronoun"] or word in self.cues["i_pronoun"]

    def _has_subject(self, place: int, fits: Callable[[Ref], bool]) -> bool:
        """Whether a fitting subject stands earlier in the same sentence."""
        sentence = self.text.tokens[place].sentence
        ref = self.memory.last(
            place, lambda ref: ref.is_subject and bool(ref.participants) and fits(ref),
            since=sentence,
        )  # fmt: skip
        return ref is not None

    def _beside(self, place: int, fits: Callable[[Ref], bool], plural: bool) -> Answer | None:
        """Where a possessive stands beside another noun: `Israel and its backers`."""
        things = self.things
        if self.text.tokens[place].tag != "PRP$":
            return None
        noun = things.beside(place)
        if noun is not None:
            found = self._at_subject(noun, fits, plural)
            if found:
                return found, "noun that it is joined to", 0.7
            kind = self._other(noun, fits, plural)
            if kind is not None:
                return self._no_actor(place, kind, noun)
        noun = things.before_phrase(place)
        if noun is not None:
            found = self._at_subject(noun, _is_many_or_thing if plural else fits, plural)
            if found:
                return found, "object before it", 0.6
        return None

    def _other(self, noun: int, fits: Callable[[Ref], bool], plural: bool) -> Kind | None:
        """What a noun without actors is, where a pronoun may stand for it."""
        if _is_of_person(fits):
            return None
        ref = self.memory.at.get(noun)
        if ref is not None and ref.participants:
            return None
        return self.things.kind(self.things.antecedent(noun), plural=plural)

    def _no_actor(self, place: int, kind: Kind, noun: int) -> Answer:
        if kind == "people":
            return self.nations.home_people(place, self.things.antecedent(noun))
        return (), "stands for a thing", 0.6

    def _before(
        self, place: int, fits: Callable[[Ref], bool], barred: set[int], *, plural: bool
    ) -> Answer:
        """The likeliest mention before, where no clause above has a fitting subject."""
        memory, token = self.memory, self.text.tokens[place]
        is_object = token.dep in {"dobj", "pobj", "dative", "iobj"}
        older = memory.back(
            place, self._fitting(fits, plural), token.sentence, nearby_first=is_object
        )
        for ref in older:
            if ref.place in barred:
                continue
            found = memory.whole(ref.place) if plural else ref.participants
            if plural and ref.sentence < token.sentence:
                other = self._many_before(place, window=0)
                if other is not None:
                    return other
            if plural and not ref.is_subject and token.dep in SUBJECTS:
                met = memory.last_meeting(place, token.sentence)
                if met:
                    return met, "the two who met", 0.65
            if found and (plural or len(found) == 1):
                near = ref.sentence >= token.sentence - 1
                how = "last fitting mention, subjects first"
                return found, how, 0.65 if near and ref.is_subject else 0.5
        met = memory.last_meeting(place, token.sentence) if token.dep in SUBJECTS else ()
        if plural and met:
            return met, "the two who met", 0.65
        if plural:
            other = self._body_as_many(place)
            return other if other[0] else self._many_before(place, window=1) or NOBODY
        return self._person_before(place, fits) if _is_of_person(fits) else NOBODY

    def _many_before(self, place: int, *, window: int) -> Answer | None:
        noun = self.things.many_before(place, window=window)
        if noun is None or self.memory.whole(noun):
            return None
        kind = self.things.kind(noun, plural=True) or "thing"
        answer = self._no_actor(place, kind, noun)
        return answer if answer[0] or kind == "thing" else None

    def _body_as_many(self, place: int) -> Answer:
        """`they` for a government or organisation, where nothing of many was told."""
        text, token = self.text, self.text.tokens[place]
        own = text.parsed.document.speaker
        ref = self.memory.last(
            place,
            lambda ref: (
                ref.nature in {"state", "organisation", "unknown"}
                and len(ref.participants) == 1
                and ref.participants[0].code != own
            ),
            since=token.sentence - 1,
        )
        if ref is None or token.dep == "pobj":
            return NOBODY
        other = self.things.many_before(place, window=1)
        if other is not None and other > ref.place:
            return NOBODY
        return ref.participants, "state or body as of many", 0.4

    def _person_before(self, place: int, fits: Callable[[Ref], bool]) -> Answer:
        """In talk the one last spoken of, also some sentences ago."""
        text = self.text
        if not text.is_speech or text.tokens[place].dep not in {*SUBJECTS, "poss"}:
            return NOBODY
        ref = self.memory.last(
            place, lambda ref: len(ref.participants) == 1 and fits(ref),
            since=text.tokens[place].sentence - _TALK,
        )  # fmt: skip
        if ref is None:
            return self.nations.president(place)
        return ref.participants, "person spoken of last", 0.4

    def _fitting(self, fits: Callable[[Ref], bool], plural: bool) -> Callable[[Ref], bool]:
        if not plural:
            return lambda ref: (
                bool(ref.participants) and not _joined(self.memory, ref) and fits(ref)
            )
        return lambda ref: bool(ref.participants) and (_joined(self.memory, ref) or fits(ref))

    def _at_subject(
        self, subject: int, fits: Callable[[Ref], bool], plural: bool
    ) -> tuple[Participant, ...]:
        """Participants of a subject, or of who owns it, where they fit."""
        memory = self.memory
        places = [subject]
        places += [kid.index for kid in self.text.kids(subject) if kid.dep == "poss"]
        for one in places:
            ref = memory.at.get(one)
            if ref is None or not ref.participants:
                continue
            joined = _joined(memory, ref)
            if plural and (joined or fits(ref)):
                return memory.whole(one)
            if not plural and not joined and fits(ref) and len(ref.participants) == 1:
                return ref.participants
        return ()

    def _subjects(self, place: int) -> Iterator[int]:
        """Subjects of the clauses that hold a token, from the nearest outward."""
        tokens, below = self.text.tokens, {place}
        node, seen = place, set[int]()
        while tokens[node].head != node:
            node = tokens[node].head
            if tokens[node].pos in {"VERB", "AUX"} or tokens[node].dep == "ROOT":
                subject = self.text.controller_of(node)
                if subject is None:
                    subject = self.text.subject_of(node)
                if subject is not None and subject not in below and subject not in seen:
                    seen.add(subject)
                    yield subject
            below.add(node)

    def _with_conjuncts(self, place: int) -> list[int]:
        pair = self.memory.pairs.get(place)
        return [place] if pair is None else [ref.place for ref in pair.refs]

    def _is_empty_it(self, place: int) -> bool:
        """`it is clear that`, `it seems`, `it` as an object: no actor as far as rules can tell."""
        text, token = self.text, self.text.tokens[place]
        if text.lowered[place] == "its":
            return text.lowered[token.head] in self.cues["thing_part"]
        if token.dep not in SUBJECTS and token.dep != "pobj":
            return True
        if self._is_object_of_two(place):
            return True
        verb = text.tokens[token.head]
        lemma = verb.lemma.lower()
        if lemma in self.cues["pleonastic_verb"]:
            return True
        if lemma == "be":
            for kid in text.kids(verb.index):
                if kid.dep == "attr" and kid.index not in text.agents:
                    return text.lowered[kid.index] not in self.cues["state_noun"]
                if kid.dep == "acomp" and text.lowered[kid.index] in self.cues["pleonastic_adj"]:
                    return True
                if kid.dep == "ccomp" and text.has_kid(kid.index, "that"):
                    return True
        if token.dep == "nsubjpass" and any(kid.dep == "ccomp" for kid in text.kids(verb.index)):
            return True
        return token.dep == "pobj" and text.lowered[token.head] not in {"with", "against", "by"}

    def _is_object_of_two(self, place: int) -> bool:
        """`I believe it necessary to …`, `we saw it reflected in …`."""
        tokens = self.text.tokens
        if not 0 < place < len(tokens) - 1 or tokens[place].sentence != tokens[place - 1].sentence:
            return False
        following = tokens[place + 1]
        return following.pos == "ADJ" or (
            following.tag == "VBN" and tokens[place - 1].pos == "VERB"
        )

    # -- relative pronouns ------------------------------------------------------------------

    def relative(self, place: int) -> Answer:
        """Whom `who` or `which` means: the noun its clause hangs on."""
        text = self.text
        verb = text.tokens[text.tokens[place].head]
        if verb.dep == "relcl":
            above = verb.head
        elif verb.dep in {"ccomp", "advcl"}:
            attributes = [
                kid.index for kid in text.kids(verb.head) if kid.dep == "attr" and kid.index < place
            ]
            cleft = text.tokens[verb.head].lemma == "be" and text.has_kid(verb.head, "it")
            if not attributes or not cleft:
                return NOBODY
            above = attributes[0]
        else:
            return NOBODY
        found = self.memory.whole(above)
        if found:
            return found, "antecedent of the relative clause", 0.85
        if text.lowered[place] == "who" and self.things.is_people(above):
            return self.nations.home_people(place, above)
        return NOBODY

    # -- pairs ------------------------------------------------------------------------------

    def both(self, place: int) -> Answer:
        """Whom `both`, `neither` or `the two` standing alone mean."""
        token = self.text.tokens[place]
        found = self.memory.last_pair(place, token.sentence, lambda ref: bool(ref.participants))
        return (found, "the two last spoken of together", 0.65) if found else NOBODY

    def two(self, place: int, *, persons: bool) -> Answer:
        """Whom `the pair`, `the two leaders`, `neither nation` mean."""
        sentence = self.text.tokens[place].sentence
        fits = _is_person if persons else _is_nation
        found = self.memory.last_pair(place, sentence, fits)
        if not found and persons:
            found = self.memory.last_pair(place, sentence, lambda ref: bool(ref.participants))
        return (found, "the two last spoken of together", 0.7) if found else NOBODY

    def is_counted(self, place: int) -> bool:
        """Whether `two`, `both` or `neither` stands before a noun."""
        return self.text.has_kid(place, "two", "both", "neither", "either")


def _is_of_person(fits: Callable[[Ref], bool]) -> bool:
    return fits not in (_is_thing, _is_many)


def _is_person(ref: Ref) -> bool:
    return ref.nature == "person" and not ref.is_plural


def _is_thing(ref: Ref) -> bool:
    is_group_by_name = ref.nature == "group" and not ref.noun
    is_thing = ref.nature in {"state", "organisation", "group"}
    return is_thing and (not ref.is_plural or is_group_by_name)


def _is_many(ref: Ref) -> bool:
    return ref.is_plural or ref.nature in {"group", "people"} or len(ref.participants) > 1


def _is_many_or_thing(ref: Ref) -> bool:
    """`they` for a government or a party."""
    return _is_many(ref) or ref.nature in {"state", "organisation", "unknown"}


def _is_nation(ref: Ref) -> bool:
    return ref.nature in _NATIONS


def _joined(memory: Memory, ref: Ref) -> bool:
    return ref.place in memory.pairs


def pointing_words() -> Mapping[str, tuple[str, ...]]:
    """Pronouns and nouns that point back, with plurals, by lower-case word."""
    found: dict[str, list[str]] = {}
    for kind in _POINTING:
        for word in tables.cues()[kind]:
            found.setdefault(word, []).append(kind)
            if not kind.endswith(("_pronoun", "_word")):
                plural = f"{word[:-1]}ies" if word.endswith(("ry", "ty", "ly")) else f"{word}s"
                found.setdefault(plural, []).append(kind)
    return {word: tuple(kinds) for word, kinds in found.items()}
