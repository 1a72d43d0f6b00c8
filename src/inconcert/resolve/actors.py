"""Mentions of actors in a parsed document, in order, each with who it is as of the date."""

from __future__ import annotations

from collections.abc import Mapping

from inconcert.core.mention import ActorMention, MentionKind, Participant
from inconcert.core.parsed import ParsedDocument
from inconcert.resolve import tables
from inconcert.resolve.memory import Memory, Nature, Ref
from inconcert.resolve.names import Names
from inconcert.resolve.nations import NOBODY, Answer
from inconcert.resolve.phrases import Descriptions, Phrases
from inconcert.resolve.plan import Found, Plan
from inconcert.resolve.pointing import Pointing, pointing_words
from inconcert.resolve.register import Register
from inconcert.resolve.speakers import Speakers
from inconcert.resolve.strangers import Strangers
from inconcert.resolve.text import SUBJECTS, Text

_FIRST_PERSON = frozenset({"we_pronoun", "i_pronoun"})
_DEPTH = 3


class ActorResolver:
    """Finds who is meant by names, nations with nouns, pronouns and descriptions.

    Args:
        register: who there is.
    """

    version = "1"

    def __init__(self, register: Register) -> None:
        self._register = register
        self._pointing = pointing_words()

    def mentions(self, parsed: ParsedDocument) -> tuple[ActorMention, ...]:
        """All mentions, one a head of a noun phrase that denotes actors, in order of the text."""
        return self.read(parsed).mentions()

    def read(self, parsed: ParsedDocument) -> Reading:
        """A pass over one document: its mentions, and who speaks in each paragraph."""
        return Reading(self._register, parsed, self._pointing)


class Reading:
    """One pass over one document."""

    def __init__(
        self, register: Register, parsed: ParsedDocument, words: Mapping[str, tuple[str, ...]]
    ) -> None:
        self.parsed, self.words = parsed, words
        self.text = Text(register, parsed)
        self.speakers = Speakers(self.text)
        self.plan = Plan(self.text)
        self.names = Names(self.text, self.plan)
        self.phrases = Phrases(self.text, self.plan, self.names)
        self.memory = Memory()
        self.pointing = Pointing(self.text, self.names, self.memory)
        self.described = Descriptions(self.text, self.pointing)
        self.strangers = Strangers(self.text, self.plan, self.names, self.pointing.nations)
        self.found: dict[int, Found] = {}
        self.waiting: list[int] = []

    def speaker_of(self, paragraph: int) -> tuple[Participant, ...]:
        """Who speaks in a paragraph: the turn's label, else the document's own speaker."""
        return self.speakers.of_paragraph(self.parsed.paragraphs[paragraph])

    def mentions(self) -> tuple[ActorMention, ...]:
        """Read the document in order, then the first person inside quotations."""
        hits, parts, words, tokens = self.text.hits, self.plan.parts, self.words, self.text.tokens
        for place, word in enumerate(self.text.lowered):
            if word in words or place in hits or place in parts or tokens[place].pos == "PROPN":
                self._visit(place)
        self.speakers.hear(self.memory)
        for place in self.waiting:
            self._visit(place, again=True)
        return tuple(self._mention(self.found[place]) for place in sorted(self.found))

    # -- one token --------------------------------------------------------------------------

    def _visit(self, place: int, *, again: bool = False) -> None:
        text = self.text
        hit = text.hits.get(place)
        if hit is not None:
            if hit.head == place and place not in self.plan.consumed:
                named = self.names.name(hit)
                if named is not None:
                    self._keep(named)
            return
        if place in self.plan.consumed:
            return
        if place in self.plan.parts:
            self._visit_agent(place, again=again)
            return
        kinds = self.words.get(text.lowered[place])
        if kinds is not None:
            self._visit_pointing(place, kinds, again=again)
        elif text.tokens[place].pos == "PROPN":
            stranger = self._stranger(place)
            if stranger is not None:
                self._keep(stranger)

    def _stranger(self, place: int) -> Found | None:
        """A person whom the register does not know."""
        found = self.strangers.read(place)
        home = self.text.home if self.pointing.nations.setting.is_appointing else None
        if home is None and place not in self.plan.titles and not self.names.strangers:
            return found
        if found is None or (home is not None and not found.participants):
            return self.names.stranger(place, home=home) or found
        return found

    def _visit_agent(self, place: int, *, again: bool) -> None:
        text = self.text
        found = self.phrases.agent(place)
        if not found.participants and self.pointing.is_counted(place):
            persons = text.agents[place].is_person
            answer = self.pointing.two(place, persons=persons)
            if answer[0]:
                self._answer(found, answer)
                return
        if found.owner is not None and not again and self._must_wait(found.owner):
            self.waiting.append(place)
            return
        if found.owner is not None:
            self._own(found)
        if not found.participants:
            keep = found.is_person or found.is_plural
            self._answer(found, self.described.described(found), keep_empty=keep)
            return
        self._keep(found)

    def _own(self, found: Found) -> None:
        """Give a phrase the actors of its owner, in its own sector."""
        assert found.owner is not None
        text, agent = self.text, self.text.agents[found.place]
        owners = self._whose(found.owner)
        words = {text.lowered[kid] for kid in text.children[found.place]}
        start = text.tokens[found.first].start
        end = text.tokens[found.place].end
        participants: list[Participant] = []
        one_person = agent.is_person and not agent.is_plural
        for owner in owners:
            keeps = self.text.register.country_of(owner.code) != owner.code and owner.sectors
            sectors = owner.sectors if keeps and not agent.sectors else agent.sectors
            group = text.register.actor(owner.code)
            is_group = group is not None and group.kind == "group"
            if (
                is_group and owner.sectors and agent.sectors != ("CVL",)
            ):  # not the people of Artsakh
                sectors = owner.sectors
            one, _ = self.names.acting(owner.code, sectors, words, start, end)
            if one_person:
                one = self.names.in_office(found.place, one, words)
            if all((one.code, one.sectors) != (two.code, two.sectors) for two in participants):
                participants.append(one)
        found.participants = tuple(participants)
        if participants:
            found.how = "noun for those who act, and whose it is"
            found.confidence = 0.7

    def _whose(self, owner: int, depth: int = 0) -> tuple[Participant, ...]:
        """Actors of the token that owns a phrase; read ahead where it comes later in the text."""
        found = self.found.get(owner)
        if found is not None:
            return self.memory.whole(owner) or found.participants
        if depth > _DEPTH:
            return ()
        text = self.text
        kinds = self.words.get(text.lowered[owner], ())
        if owner in text.hits:
            hit = text.hits[owner]
            if hit.entry.kind in {"capital", "metonym", "city"}:
                key = hit.entry.actors[0]
                token = text.tokens[owner]
                return (Participant(key, (), None, token.start, token.end),)
            named = self.names.name(hit)
            others = [
                one
                for kid in text.kids(owner)
                if kid.dep == "conj" and kid.index in text.hits
                for one in self._whose(kid.index, depth + 1)
            ]
            return () if named is None else (*named.participants, *others)
        if owner in self.plan.parts:
            inner = self.phrases.agent(owner)
            if not inner.participants and inner.owner is not None:
                return self._whose(inner.owner, depth + 1)
            return inner.participants or self.described.described(inner)[0]
        return self._point(owner, kinds)[0] if kinds else ()

    def _must_wait(self, owner: int) -> bool:
        """First person inside a quotation: its speaker is known only at the end."""
        kinds = self.words.get(self.text.lowered[owner], ())
        return (
            bool(_FIRST_PERSON.intersection(kinds))
            and self.text.quote_at(self.text.tokens[owner].start) is not None
        )

    # -- words that point -------------------------------------------------------------------

    def _visit_pointing(self, place: int, kinds: tuple[str, ...], *, again: bool) -> None:
        if not again and self._must_wait(place):
            self.waiting.append(place)
            return
        owner = self._possessor(place)
        if not again and owner is not None and self._must_wait(owner):
            self.waiting.append(place)
            return
        answer = self._point(place, kinds)
        pronoun = kinds[0].endswith("_pronoun")
        is_speaker = bool(_FIRST_PERSON.intersection(kinds)) and not again
        kind: MentionKind = "pronoun" if pronoun else "description"
        found = Found(place, place, (), "speaker" if is_speaker else kind, "", 0.0)
        found.is_plural = kinds[0] in {"plural_pronoun", "we_pronoun"} or len(answer[0]) > 1
        found.is_person = kinds[0] in {"person_pronoun", "i_pronoun"}
        found.nature = self._nature(answer[0], kinds[0])
        if not pronoun:
            found.first = min([place, *self.text.children[place]])
        self._answer(found, answer)

    def _point(self, place: int, kinds: tuple[str, ...]) -> Answer:
        kind, pointing = kinds[0], self.pointing
        token = self.text.tokens[place]
        if kind in _FIRST_PERSON:
            is_one = kind == "i_pronoun"
            heard = self.speakers.first_person(place, is_one=is_one)
            return pointing.nations.setting.voice(place, heard, is_one=is_one)
        if kind == "relative_pronoun":
            return pointing.relative(place) if token.dep in SUBJECTS else NOBODY
        if kind.endswith("_pronoun"):
            return pointing.pronoun(place, kind)
        if kind == "both_word":
            alone = token.dep in {*SUBJECTS, "dobj", "pobj", "ROOT"}
            return pointing.both(place) if alone else NOBODY
        if pointing.is_counted(place) or (
            kind == "two_person" and "pair" in self.text.lowered[place]
        ):
            return pointing.two(place, persons="two_person" in kinds)
        is_named = self.text.words[place][0].isupper() and self.text.has_kid(place, "the")
        if "realm_noun" in kinds and is_named:
            return self.pointing.nations.realm(place)
        if "home_noun" in kinds:
            return self._home(place)
        if kind == "home_body":
            return pointing.nations.home_body(place)
        if kind in {"assembly_noun", "council_noun", "organisation_noun"}:
            body = self.described.body(place, kind)
            if body[0] or kind != "organisation_noun":
                return body
        if kind in {"group_noun", "organisation_noun"}:
            return self.described.group(place, organisation=kind == "organisation_noun")
        return NOBODY

    def _home(self, place: int) -> Answer:
        owner = self._possessor(place)
        if owner is not None:
            return self.described.country(place, self._whose(owner))
        if self.text.has_kid(place, "this"):
            speaker = self.speakers.first_person(place, is_one=False)[0]
            return self.described.this_country(place, speaker)
        if self.text.lowered[place] in self.text.cues["country_word"]:
            return self.pointing.nations.the_country(place)
        return NOBODY

    def _possessor(self, place: int) -> int | None:
        return next(
            (kid for kid in self.text.children[place] if self.text.tokens[kid].tag == "PRP$"),
            None,
        )

    def _nature(self, participants: tuple[Participant, ...], kind: str) -> Nature:
        if kind in {"person_pronoun", "i_pronoun"}:
            return "person"
        kinds: set[Nature] = set()
        for one in participants:
            actor = self.text.register.actor(one.code)
            kinds.add("person" if one.name else actor.kind if actor else "unknown")
        return kinds.pop() if len(kinds) == 1 else "unknown"

    # -- keeping ----------------------------------------------------------------------------

    def _answer(self, found: Found, answer: Answer, *, keep_empty: bool = False) -> None:
        participants, how, confidence = answer
        if not participants and not keep_empty:
            return
        token = self.text.tokens
        start, end = token[found.first].start, token[found.place].end
        found.participants = tuple(
            Participant(one.code, one.sectors, one.name, start, end) for one in participants
        )
        found.how, found.confidence = how, confidence
        self._keep(found)

    def _keep(self, found: Found) -> None:
        self.found[found.place] = found
        text, token = self.text, self.text.tokens[found.place]
        ref = Ref(
            found.place,
            max(found.place + 1, text.hits[found.place].last if found.place in text.hits else 0),
            token.sentence,
            found.participants,
            found.nature,
            is_plural=found.is_plural,
            noun=found.noun,
            titles=found.titles,
            is_woman=self._is_woman(found),
        )
        if self.words.get(text.words[found.place].lower(), ("",))[0] in _FIRST_PERSON and (
            found.place not in text.hits
        ):
            return
        self._place_in_clause(ref)
        self.memory.add(ref, text.top_conjunct(found.place))
        self._note_meeting(ref)
        if found.kind == "name":
            for one in found.participants:
                state = text.register.country_of(one.code)
                if state is not None:
                    self.memory.note_state(state, token.sentence)
                    self.strangers.note_embassy(found.place, state)
        elif found.nature == "people" or found.noun:
            for one in found.participants:
                self.strangers.note_embassy(found.place, one.code)
        hit = text.hits.get(found.place)
        if not found.participants and hit is not None and hit.entry.is_place:
            self.memory.note_state(hit.entry.actors[0], token.sentence)

    def _is_woman(self, found: Found) -> bool | None:
        """Whether a person is a woman: the register knows, or the form of address tells."""
        if not found.is_person or len(found.participants) > 1:
            return None
        name = found.participants[0].name if found.participants else None
        if name is not None and name in self.text.register.person_names:
            return name in tables.women()
        words = {*found.titles, self.text.lowered[found.first]}
        if found.first:
            words.add(self.text.lowered[found.first - 1])
        for kind, is_woman in (("lady_title", True), ("lord_title", False)):
            if not words.isdisjoint(self.text.cues[kind]):
                return is_woman
        return None

    def _note_meeting(self, ref: Ref) -> None:
        """Remember who met, spoke with or received whom."""
        tokens = self.text.tokens
        token = tokens[ref.place]
        if token.dep == "dobj":
            verb = tokens[token.head]
        elif token.dep == "pobj" and self.text.lowered[token.head] in {"with", "to"}:
            verb = tokens[tokens[token.head].head]
        else:
            return
        if verb.lemma.lower() not in self.text.cues["meeting_verb"]:
            return
        subject = self.text.subject_of(verb.index)
        first = self.memory.at.get(subject) if subject is not None else None
        if first is not None and first.nature == ref.nature:
            self.memory.meet(first, ref)

    def _place_in_clause(self, ref: Ref) -> None:
        tokens = self.text.tokens
        token = tokens[ref.place]
        while token.dep in {"poss", "conj", "appos"} and token.head != token.index:
            token = tokens[token.head]
        if token.dep in SUBJECTS:
            verb = tokens[token.head]
            ref.is_subject = True
            ref.is_main = verb.dep == "ROOT"
            ref.is_passive = token.dep == "nsubjpass"

    def _mention(self, found: Found) -> ActorMention:
        tokens = self.text.tokens
        last = found.place
        hit = self.text.hits.get(found.place)
        if hit is not None:
            last = max(last, hit.last - 1)
        return ActorMention(
            sentence=tokens[found.place].sentence,
            start=tokens[found.first].start,
            end=tokens[last].end,
            head=found.place,
            kind=found.kind,
            participants=found.participants,
            how=found.how,
            confidence=found.confidence,
            is_person=found.is_person,
            is_plural=found.is_plural,
            place=found.seat,
        )
