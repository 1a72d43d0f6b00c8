"""Words that point back: pronouns, `the pair`, `both countries`, `the militants`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from inconcert.core.mention import Participant
from inconcert.resolve import tables
from inconcert.resolve.memory import Memory, Ref
from inconcert.resolve.names import Names
from inconcert.resolve.nations import NOBODY, Answer, Nations
from inconcert.resolve.plan import Found
from inconcert.resolve.text import SUBJECTS, Text

_SPEECH_WINDOW = 3
"""In talk of many things, `the terrorists` are those of a few sentences before."""

_NATIONS = frozenset({"state", "organisation", "bloc", "group"})


class Pointing:
    """Finds whom a word points back to, in the memory of one document."""

    def __init__(self, text: Text, names: Names, memory: Memory) -> None:
        self.text, self.names, self.memory = text, names, memory
        self.nations = Nations(text, names, memory)
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
        memory, token = self.memory, self.text.tokens[place]
        barred: set[int] = set()
        is_object = token.dep in {"dobj", "pobj", "dative", "iobj"}
        for number, subject in enumerate(self._subjects(place)):
            if number == 0 and is_object:
                barred.update(self._with_conjuncts(subject))
                continue
            found = self._at_subject(subject, fits, plural)
            if found:
                return found, "subject of a clause above it", 0.75
            if subject not in memory.at and self.text.tokens[subject].dep == "dobj" and plural:
                return NOBODY
        older = memory.back(
            place, self._fitting(fits, plural), token.sentence, nearby_first=is_object
        )
        for ref in older:
            if ref.place in barred:
                continue
            found = memory.whole(ref.place) if plural else ref.participants
            if plural and not ref.is_subject and token.dep in SUBJECTS:
                met = memory.last_meeting(place, token.sentence)
                if met:
                    return met, "the two who met", 0.65
            if found and (plural or len(found) == 1):
                near = ref.sentence >= token.sentence - 1
                how = "last fitting mention, subjects first"
                return found, how, 0.65 if near and ref.is_subject else 0.5
        if plural and token.dep in SUBJECTS:
            met = memory.last_meeting(place, token.sentence)
            return (met, "the two who met", 0.65) if met else NOBODY
        return NOBODY

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
        verb = text.tokens[token.head]
        lemma = verb.lemma.lower()
        if lemma in self.cues["pleonastic_verb"]:
            return True
        if lemma == "be":
            for kid in text.kids(verb.index):
                if kid.dep == "attr" and kid.index not in text.agents:
                    return True
                if kid.dep == "acomp" and text.lowered[kid.index] in self.cues["pleonastic_adj"]:
                    return True
        if token.dep == "nsubjpass" and any(kid.dep == "ccomp" for kid in text.kids(verb.index)):
            return True
        return token.dep == "pobj" and text.lowered[token.head] not in {"with", "against", "by"}

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
        return (found, "antecedent of the relative clause", 0.85) if found else NOBODY

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

    # -- descriptions -----------------------------------------------------------------------

    def described(self, found: Found) -> Answer:
        """Whom an agent noun without nation points back to."""
        text, place = self.text, found.place
        agent = text.agents[place]
        words = {text.lowered[kid] for kid in text.children[place]}
        sentence = text.tokens[place].sentence
        own = self.nations.own_administration(place, agent)
        if own[0]:
            return own
        standing = self.nations.standing(place, agent, words)
        if standing[0]:
            return standing
        if agent.group == "militant":
            return self._militants(place, words, agent)
        if agent.group in {"refugee", "people"}:
            flees = agent.group == "refugee" or self._flees(place)
            return self.nations.at_war(place, ("REF",)) if flees else NOBODY
        if "the" not in words and "this" not in words:
            return NOBODY
        if found.is_person and not self.cues["former"].isdisjoint(words):
            return NOBODY  # a former President is not the one named before
        is_of_name = found.owner is not None and text.tokens[found.owner].pos == "PROPN"
        at_home = self.nations.at_home(found, whole=is_of_name)
        if at_home[0] or is_of_name:
            return at_home
        since = max(0, sentence - 5)
        ref = self.memory.last(
            place,
            lambda one: (
                (one.noun == agent.noun or (found.is_person and agent.noun in one.titles))
                and (found.is_person or one.is_plural == found.is_plural)
            ),
            since=since,
        )
        if ref is not None:
            return (ref.participants, "the same noun before", 0.65) if ref.participants else NOBODY
        if agent.group == "leader" and found.is_plural and found.first >= place - 1:
            told = any(kid.dep in {"relcl", "acl", "prep"} for kid in text.kids(place))
            return NOBODY if told else self.two(place, persons=True)
        if agent.group == "government" and agent.noun == "administration":
            return self._own_government(place, agent)
        return self.nations.office_abroad(found)

    def group(self, place: int, *, organisation: bool) -> Answer:
        """Whom `the group`, `the militant group`, `the alliance` mean.

        A group by any other adjective, of somebody or with a name is another one (`this working
        group`, `the Group of Nine`); without an adjective it must have been spoken of just now.
        """
        text = self.text
        words = {text.lowered[kid] for kid in text.children[place]}
        if words.isdisjoint({"the", "this", "that"}) or text.words[place][0].isupper():
            return NOBODY
        nature = "organisation" if organisation else "group"
        described = [kid for kid in text.kids(place) if kid.dep in {"amod", "compound", "nmod"}]
        if not organisation:
            if any(text.lowered[kid.index] not in self.cues["militant_word"] for kid in described):
                return NOBODY
            if text.has_kid(place, "of"):
                return NOBODY
        since = 0 if described or not text.is_speech else text.tokens[place].sentence - 1
        ref = self.memory.last(
            place, lambda one: one.nature == nature and bool(one.participants), since=since
        )
        return (ref.participants, f"last {nature} before", 0.65) if ref else NOBODY

    def country(self, place: int, owner: tuple[Participant, ...]) -> Answer:
        """`his country`, `our nation`: the state of whoever owns it."""
        codes = dict.fromkeys(one.code for one in owner)
        register, token = self.text.register, self.text.tokens[place]
        states = [register.country_of(code) or code for code in codes]
        found = tuple(Participant(code, (), None, token.start, token.end) for code in states)
        return (found, "state of whoever owns it", 0.75) if found else NOBODY

    def this_country(self, place: int, speaker: tuple[Participant, ...]) -> Answer:
        """`this country` in a speech: the other state just named, else the speaker's.

        At home, before its own press, it is always the speaker's.
        """
        token = self.text.tokens[place]
        if self.text.is_own_paper:
            return self.country(place, speaker)
        own = {self.text.register.country_of(one.code) for one in speaker}
        ref = self.memory.last(
            place,
            lambda one: one.nature == "state" and not own.issuperset(one.codes),
            since=token.sentence - 2,
        )
        if ref is None:
            return self.country(place, speaker)
        if len(ref.participants) == 1 and ref.sentence == token.sentence:
            return self.country(place, ref.participants)
        return NOBODY

    def _militants(self, place: int, words: set[str], agent: tables.Agent) -> Answer:
        text, memory = self.text, self.memory
        sentence = text.tokens[place].sentence
        definite = bool(words & {"the", "these", "those"})
        since = sentence
        if definite:
            since = sentence - _SPEECH_WINDOW if text.is_speech else 0
        ref = memory.last(
            place, lambda one: one.nature == "group" and bool(one.participants), since=since
        )
        if ref is not None:
            return ref.participants, "last armed group before", 0.6 if definite else 0.5
        if not definite and text.is_speech:
            return NOBODY
        return self.nations.at_war(place, agent.sectors)

    def _flees(self, place: int) -> bool:
        text = self.text
        following = text.tokens[place + 1] if place + 1 < len(text.tokens) else None
        flee = self.cues["flee_verb"]
        if following is not None and following.tag == "VBG" and following.lemma.lower() in flee:
            return True
        return any(kid.dep == "relcl" and kid.lemma.lower() in flee for kid in text.kids(place))

    def _own_government(self, place: int, agent: tables.Agent) -> Answer:
        text = self.text
        speaker = text.parsed.document.speaker
        if speaker is None:
            return NOBODY
        token = text.tokens[place]
        one = Participant(speaker, agent.sectors, None, token.start, token.end)
        return (one,), "government in whose name the document speaks", 0.6


def _is_person(ref: Ref) -> bool:
    return ref.nature == "person" and not ref.is_plural


def _is_thing(ref: Ref) -> bool:
    is_group_by_name = ref.nature == "group" and not ref.noun
    is_thing = ref.nature in {"state", "organisation", "group"}
    return is_thing and (not ref.is_plural or is_group_by_name)


def _is_many(ref: Ref) -> bool:
    return ref.is_plural or ref.nature in {"group", "people"} or len(ref.participants) > 1


def _is_nation(ref: Ref) -> bool:
    return ref.nature in _NATIONS


def _joined(memory: Memory, ref: Ref) -> bool:
    return ref.place in memory.pairs
