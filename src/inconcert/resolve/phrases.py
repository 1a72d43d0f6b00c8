"""Noun phrases headed by a noun for those who act: `Uzbek troops`, `China's ambassador`."""

from __future__ import annotations

from inconcert.core.mention import Participant
from inconcert.resolve import tables
from inconcert.resolve.memory import Nature, Ref
from inconcert.resolve.names import Names
from inconcert.resolve.nations import NOBODY, Answer
from inconcert.resolve.plan import Found, Parts, Plan
from inconcert.resolve.pointing import Pointing
from inconcert.resolve.tables import Agent
from inconcert.resolve.text import SUBJECTS, Hit, Text

_JOINTS = frozenset({",", "and", "the"})
_SPEECH_WINDOW = 3
"""In talk of many things, `the terrorists` are those of a few sentences before."""
_OFFICE_WINDOW = 8
_INSTITUTIONS = frozenset({"GOV", "MIL", "COP", "JUD", "LEG"})
_NO_OFFICE = frozenset({"militant", "diplomat", "member", "counterpart", "leader", "refugee"})
_APART = frozenset({"nummod", "poss", "prep", "relcl"})
_ANOTHER = frozenset({"foreign", "other", "both", "each", "local", "former", "any", "no", "some"})
"""Kinds of actors, dependents and words that tell others from the state's own institutions."""
_BODIES = {
    "assembly_noun": "assembly_body",
    "council_noun": "council_body",
    "organisation_noun": "organisation_body",
}
"""Cues for what `the Assembly`, `the Council`, `the Organization` are in the United Nations."""


class Phrases:
    """Reads the agent nouns of one document as far as they need no antecedent."""

    def __init__(self, text: Text, plan: Plan, names: Names) -> None:
        self.text, self.plan, self.names = text, plan, names
        self._free_partners()

    def _free_partners(self) -> None:
        """`Burundi's partners` are somebody else: the name before them stands for itself."""
        for place, parts in self.plan.parts.items():
            if self.text.agents[place].group in {"member", "counterpart"}:
                for hit in parts.nations:
                    if self.text.tokens[hit.head].dep == "poss":
                        self.plan.consumed.difference_update(range(hit.first, hit.last))

    def agent(self, place: int) -> Found:
        """The phrase headed by an agent noun; its owner may still have to be resolved."""
        text, parts = self.text, self.plan.parts[place]
        agent = text.agents[place]
        person = self._named_beside(place) if agent.is_person and not agent.is_plural else None
        participants: tuple[Participant, ...] = ()
        how, confidence = "nobody named", 0.3
        if person is not None:
            participants, how, confidence = (person,), "title beside a name", 0.9
        elif parts.nations or parts.persons:
            participants, confidence = self._owned(parts, agent, place)
            how = "nation and noun for those who act"
            if agent.is_person and not agent.is_plural and len(participants) == 1:
                participants = (self.names.in_office(place, participants[0], parts.words),)
        owner = None if participants else self._owner(place, agent, parts)
        return Found(
            parts.first,
            place,
            participants,
            "name" if parts.nations or person else "description",
            how,
            confidence,
            nature=self._agent_nature(agent, participants, parts),
            is_person=agent.is_person and not agent.is_plural,
            is_plural=agent.is_plural
            or agent.group == "people"
            or agent.noun in {"police", "brass"},
            noun=agent.noun,
            titles=frozenset({agent.noun}) if agent.is_person else frozenset(),
            owner=owner,
        )

    def _agent_nature(
        self, agent: Agent, participants: tuple[Participant, ...], parts: Parts
    ) -> Nature:
        if agent.is_person and not agent.is_plural:
            return "person"
        if agent.group == "militant" or any(hit.entry.kind == "group" for hit in parts.nations):
            return "group"
        if agent.is_person or agent.is_plural or agent.group == "people":
            return "people"
        return "state" if participants else "unknown"

    def _owned(
        self, parts: Parts, agent: Agent, place: int
    ) -> tuple[tuple[Participant, ...], float]:
        nations = parts.nations
        if agent.group == "veteran":  # Vietnam veterans: of the war there
            nations = [
                hit
                for hit in nations
                if hit.entry.kind != "state" or self.text.home in hit.entry.actors
            ]
        if agent.group in {"member", "counterpart"}:
            nations = [hit for hit in nations if self.text.tokens[hit.head].dep != "poss"]
        found: dict[tuple[str, tuple[str, ...]], Participant] = {}
        confidence = 0.9
        single = len(nations) == 1
        for hit in nations:
            start = self.text.tokens[parts.first if single else hit.first].start
            end = self.text.tokens[place if single else hit.last - 1].end
            for code, own in self._codes(hit):
                sectors = agent.sectors or own
                if hit.entry.kind in {"group"} and agent.group != "people":
                    sectors = own or sectors
                one, sure = self.names.acting(code, sectors, parts.words, start, end)
                found.setdefault((one.code, one.sectors), one)
                confidence = min(confidence, sure)
        for hit in () if nations else parts.persons[:1]:
            person = self.names.person(hit)
            if person is not None:
                sectors = agent.sectors or person.sectors
                token = self.text.tokens
                span = (token[parts.first].start, token[place].end)
                found[(person.code, sectors)] = Participant(person.code, sectors, None, *span)
        return tuple(found.values()), confidence

    def _codes(self, hit: Hit) -> list[tuple[str, tuple[str, ...]]]:
        entry, register = hit.entry, self.text.register
        found = []
        for key in entry.actors:
            role, _ = register.role_on(register.actors[key], self.text.span)
            code = key if role is None else role.code
            found.append((code, entry.sectors or (() if role is None else role.sectors)))
        return found

    def _owner(self, place: int, agent: Agent, parts: Parts) -> int | None:
        """The token whose actors own the phrase: `its`, or what follows of, from, for, in."""
        if parts.owner is not None and agent.group == "office":
            return None
        if parts.owner is not None and agent.group not in {"member", "counterpart"}:
            return parts.owner
        text = self.text
        shared, kids = self._shares_owner(place), text.kids(place)
        for kid in kids if shared is None else [*kids, *text.kids(shared)]:
            if kid.dep == "poss" and kid.index in self.plan.parts and agent.group != "member":
                return kid.index
            if kid.index < place:
                continue
            prep = kid if kid.dep == "prep" else None
            if kid.dep == "acl":
                prep = next((one for one in text.kids(kid.index) if one.dep == "prep"), None)
            if prep is None:
                continue
            word = text.lowered[prep.index]
            here = agent.group == "leader" or set(agent.sectors) & {"REB", "CVL", "JUD", "COP"}
            if (
                word in text.cues["owner_prep"]
                or (word == "for" and agent.group == "spokes")
                or (word == "in" and here)
            ):
                for noun in text.kids(prep.index):
                    if noun.dep == "pobj" and agent.group != "member":
                        return noun.index
        return None

    def _shares_owner(self, place: int) -> int | None:
        """The last of nouns joined by `and` that are of one owner: `people`, of its `of`.

        `the Government and people of Cuba`; a noun with a phrase of its own shares nothing.
        """
        text, words = self.text, self.text.cues["shared_owner"]
        last = after = place
        while text.tokens[last].lemma.lower() in words and not text.has_kid(last, "of"):
            after = last + 1
            while after < len(text.tokens) and text.lowered[after] in _JOINTS:
                after += 1
            if after in {last + 1, len(text.tokens)} or text.lowered[after - 1] == ",":
                return None
            last = after
        if last == place or text.tokens[last].lemma.lower() not in words:
            return None
        return last if text.has_kid(last, "of") else None

    def _named_beside(self, place: int) -> Participant | None:
        for kid in self.text.kids(place):
            hit = self.text.hits.get(kid.index)
            if kid.dep == "appos" and hit is not None and hit.entry.kind in {"person", "surname"}:
                return self.names.person(hit, title=place)
        token = self.text.tokens[place]
        hit = self.text.hits.get(token.head)
        if token.dep == "appos" and hit is not None and hit.entry.kind in {"person", "surname"}:
            return self.names.person(hit, title=place)
        return None


class Descriptions:
    """Finds whom a noun without a name points back to: `the militants`, `the Assembly`."""

    def __init__(self, text: Text, pointing: Pointing) -> None:
        self.text, self.cues, self.pointing = text, text.cues, pointing
        self.nations, self.names, self.memory = pointing.nations, pointing.names, pointing.memory

    def described(self, found: Found) -> Answer:
        """Whom an agent noun without nation points back to, else whose institution it is."""
        answer = self._pointed(found)
        return answer if answer[0] else self._institution(found)

    def _institution(self, found: Found) -> Answer:
        """`police`, `the army`, `prosecutors` in a report: of the state that it is about."""
        text, place = self.text, found.place
        agent = text.agents[place]
        if text.is_speech or text.is_own_paper or found.owner is not None or found.is_person:
            return NOBODY
        if agent.group in _NO_OFFICE or _INSTITUTIONS.isdisjoint(agent.sectors):
            return NOBODY
        kids = text.kids(place)
        apart = _ANOTHER - {"foreign"} if agent.noun == "ministry" else _ANOTHER
        if any(kid.dep in _APART or text.lowered[kid.index] in apart for kid in kids):
            return NOBODY
        code = self.nations.of_the_scene(place)
        if code is None:
            return NOBODY
        start, end = text.tokens[found.first].start, text.tokens[place].end
        one, _ = self.names.acting(code, agent.sectors, set(), start, end)
        return (one,), "institution of the state that the text is about", 0.4

    def _pointed(self, found: Found) -> Answer:
        """Whom an agent noun without nation points back to."""
        text, place = self.text, found.place
        agent = text.agents[place]
        words = {text.lowered[kid] for kid in text.children[place]}
        sentence = text.tokens[place].sentence
        own = self.nations.own_administration(place, agent)
        if own[0]:
            return own
        if text.is_secretary_general(place):
            return self.secretary_general(place)
        standing = self.nations.standing(place, agent, words)
        if standing[0]:
            return standing
        if agent.group == "militant":
            return self._militants(place, words, agent)
        if agent.group in {"refugee", "people"}:
            flees = agent.group == "refugee" or self._flees(place)
            if not flees and agent.noun == "people":
                return self.nations.the_people(place)
            return self.nations.at_war(place, ("REF",)) if flees else NOBODY
        if agent.noun == "government":
            government = self.nations.own_government(place)
            if government[0]:
                return government
        if "the" not in words and "this" not in words:
            return self._again(found, words)
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
            return NOBODY if told else self.pointing.two(place, persons=True)
        if agent.group == "government" and agent.noun == "administration":
            return self._own_government(place, agent)
        return self.nations.office_abroad(found)

    def _again(self, found: Found, words: set[str]) -> Answer:
        """`Officials also emphasized …` after `White House officials`, without article."""
        text, place = self.text, found.place
        token = text.tokens[place]
        if not found.is_plural or words or token.dep not in SUBJECTS:
            return NOBODY
        if text.parsed.sentences[token.sentence].first != place:
            return NOBODY
        ref = self.memory.last(
            place, lambda one: one.noun == found.noun and one.is_plural, since=token.sentence - 1
        )
        return (ref.participants, "the same noun before", 0.55) if ref else NOBODY

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

    def _militants(self, place: int, words: set[str], agent: Agent) -> Answer:
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

    def _own_government(self, place: int, agent: Agent) -> Answer:
        text = self.text
        speaker = text.parsed.document.speaker
        if speaker is None:
            return NOBODY
        token = text.tokens[place]
        one = Participant(speaker, agent.sectors, None, token.start, token.end)
        return (one,), "government in whose name the document speaks", 0.6

    # -- of an organisation -----------------------------------------------------------------

    def secretary_general(self, place: int) -> Answer:
        """`the Secretary-General`: of the organisation spoken of that has one, else of the UN.

        An Under-Secretary-General is of the same organisation, and somebody else.
        """
        text = self.text
        token, un = text.tokens[place], tables.code_in_cues("organisation_body")
        is_lesser = bool(self.names.lesser(place))
        if not text.words[place][0].isupper() or not (is_lesser or text.has_kid(place, "the")):
            return NOBODY
        codes = dict.fromkeys(
            code
            for ref in reversed(self.memory.refs)
            if ref.nature == "organisation" and ref.sentence >= token.sentence - _OFFICE_WINDOW
            for code in ref.codes
        )
        for code in (un,) if self.nations.setting.is_un else (*codes, un):
            bare = Participant(code, (), None, token.start, token.end)
            if is_lesser:
                if code == un or text.register.holder(code, "secretary-general", text.span):
                    return (bare,), "office in the organisation spoken of", 0.6
                continue
            one = self.names.in_office(place, bare, set())
            if one is not bare:
                return (one,), "holder of the office in the organisation spoken of", 0.6
        return NOBODY

    def body(self, place: int, kind: str) -> Answer:
        """`the Assembly`, `the Organization`, `this august body`: the one named before.

        Before the United Nations it is theirs.
        """
        text, noun = self.text, self.text.lowered[place]
        token = text.tokens[place]
        kids = text.kids(place)
        is_here = text.has_kid(place, "this", "our")
        is_named = text.words[place][0].isupper() and text.has_kid(place, "the")
        if not (is_named or is_here):
            return NOBODY
        of = any(kid.dep in {"compound", "amod", "nmod", "poss", "prep"} for kid in kids)
        if is_named and of:
            return NOBODY
        code = None

        def ends_in_it(ref: Ref) -> bool:
            hit = text.hits.get(ref.place)
            return hit is not None and text.lowered[hit.last - 1] == noun

        ref = self.memory.last(place, lambda ref: ref.nature == "organisation" and ends_in_it(ref))
        if ref is not None and len(ref.participants) == 1 and is_named:
            code = ref.participants[0].code
        elif self.nations.setting.is_un:
            code = tables.code_in_cues(_BODIES[kind])
        if code is None:
            return NOBODY
        one = Participant(code, (), None, token.start, token.end)
        return (one,), "short for the body spoken of", 0.6
