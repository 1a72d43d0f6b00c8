"""The first coder: PLOVER events by rules over the dependency parse. No model, no training.

It looks at each verb once. A governing verb (promise, urge, refuse, threaten) makes an event of
its own out of its complement; any other verb is matched against the verb table, or lends its
subject to an event noun in its object ("hold talks"); what is left of event nouns with an actor
of their own ("the American withdrawal from") is coded last. Better to miss an event than to invent
one: most sentences of news hold none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from inconcert.code.clauses import Clauses, distinct
from inconcert.code.matching import Arguments, arguments, best_pattern, complements, fill
from inconcert.code.modality import auxiliary_modes, frame_of
from inconcert.code.outcome import end_of, mode_of_request, promised
from inconcert.code.tables import Frame, Pattern, Tables, tables
from inconcert.core.event import FUTURE, NEGATION, EventMention, When
from inconcert.core.ids import content_id
from inconcert.core.mention import ActorMention, Participant
from inconcert.core.parsed import ParsedDocument, Sentence, Token
from inconcert.ontology.plover import future_form

VERSION = "1"
_GOVERNING = {"commit", "request", "refuse", "threaten", "accuse"}
_ABOUT = ("about", "on", "over", "regarding", "concerning", "in", "for", "toward", "towards")
_PERFORMATIVE = {"SUPPORT", "ACCUSE", "REQUEST", "REJECT", "AGREE", "THREATEN", "CONCEDE"}
_NEEDS_RECIPIENT = {"AID", "COOPERATE", "SANCTION"}
_SURE, _PER_CONDITION, _MOST = 0.55, 0.08, 0.85


@dataclass(frozen=True, slots=True)
class _Draft:
    """An event before its spans and auxiliary modes are settled."""

    predicate: tuple[int, ...]
    type: str
    mode: str | None
    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...]
    about: tuple[Participant, ...]
    auxiliary: frozenset[str]
    rule: str
    confidence: float


class PatternCoder:
    """Codes parsed documents with their actor mentions; keeps nothing between documents."""

    name = "patterns"

    def __init__(self) -> None:
        self._tables = tables()
        self.version = VERSION
        self.digest = self._tables.digest
        """Hash of the tables, for the provenance of each record."""

    def events(
        self, parsed: ParsedDocument, mentions: Sequence[ActorMention]
    ) -> tuple[EventMention, ...]:
        """All event mentions of a document, in order; `when` is left unknown.

        Events in the question of an unnamed reporter are not coded; events inside quotation marks
        only where the speaker acts by the words themselves ("we condemn", "we call on").
        """
        if not mentions:
            return ()
        clauses = Clauses(parsed, mentions)
        with_actors = {mention.sentence for mention in mentions if mention.participants}
        told: set[tuple[str, frozenset[str]]] = set()
        found: list[EventMention] = []
        for sentence in parsed.sentences:
            if sentence.index not in with_actors:
                continue
            if parsed.paragraphs[sentence.paragraph].is_question:
                continue
            for event in _Sentence(clauses, self._tables, sentence, told).code():
                found.append(event)
                if not event.auxiliary:
                    told.add((event.type, frozenset(actor.code for actor in event.actors)))
        return tuple(found)


class _Sentence:
    """Codes one sentence; `told` are the events that earlier sentences already reported."""

    def __init__(
        self,
        clauses: Clauses,
        tables_: Tables,
        sentence: Sentence,
        told: set[tuple[str, frozenset[str]]],
    ) -> None:
        self.clauses, self.tables, self.sentence, self.told = clauses, tables_, sentence, told
        self.parsed = clauses.parsed
        self.used: set[int] = set()
        """Tokens that already told an event, or belong to a complement that must not."""

    def code(self) -> list[EventMention]:
        """The events of the sentence, without duplicates."""
        tokens = self.parsed.tokens_of(self.sentence)
        drafts: list[_Draft] = []
        for token in sorted(tokens, key=self._depth):
            if token.pos in {"VERB", "AUX", "ADJ"} and token.index not in self.used:
                drafts += self._of_verb(token)
        for token in tokens:
            if token.pos in {"NOUN", "PROPN"} and token.index not in self.used:
                drafts += self._of_noun(token)
        contexts = self._contexts(tokens)
        return [self._finish(draft, contexts) for draft in _without_repeats(drafts)]

    def _depth(self, token: Token) -> tuple[int, int]:
        """Governing words first, so that they can claim their complements."""
        depth, current = 0, token
        while current.head != current.index and depth < 40:
            current = self.clauses.tokens[current.head]
            depth += 1
        return depth, token.index

    # -- verbs ------------------------------------------------------------------------------

    def _of_verb(self, token: Token) -> list[_Draft]:
        frame = frame_of(self.clauses, self.tables, token)
        if frame is not None and frame.force in _GOVERNING:
            draft = self._governing(token, frame)
            if draft is not None:
                return [draft]
        if token.pos == "ADJ":
            return []
        light = self._light(token)
        if light:
            return light
        pattern = best_pattern(self.clauses, self.tables, token.index)
        if pattern is None:
            return []
        draft = self._plain(token, pattern)
        return [] if draft is None else [draft]

    def _governing(self, token: Token, frame: Frame) -> _Draft | None:
        """An event made of a governing word and its complement: promise, urge, refuse, threaten."""
        below = complements(self.clauses, token.index, "ccomp", quoted=frame.force == "commit")
        if not below:
            return None
        found = arguments(self.clauses, token.index)
        actors = self._acting(found.subjects)
        if not actors:
            return None
        inner = below[0]
        if frame.force == "request" and not self._is_wished(inner):
            return None
        pattern = best_pattern(self.clauses, self.tables, inner) or self._noun_pattern(inner)
        inner_args = arguments(self.clauses, inner)
        inner_recipients = () if pattern is None else self._recipients(inner, inner_args, pattern)
        objects = distinct(a for head in found.objects for a in self.clauses.actors_at(head))
        type_ = pattern.type if pattern is not None else None
        is_negated = NEGATION in auxiliary_modes(self.clauses, self.tables, inner)
        mode: str | None = None
        match frame.force:
            case "commit":
                result = "AGREE" if is_negated else promised(type_)
                recipients = inner_recipients or objects
            case "request":
                result, mode = "REQUEST", mode_of_request(type_)
                recipients = objects or fill(
                    self.clauses, token.index, found, ("on", "upon", "to", "comp")
                )
            case "refuse":
                result, mode = "REJECT", mode_of_request(type_)
                recipients = inner_recipients or objects
            case "threaten":
                result, recipients = "THREATEN", inner_recipients or objects
            case _:
                result, mode, recipients = "ACCUSE", "allege", objects
        if result is None:
            return None
        self._claim(token.index, below)
        about = self._named_within(below, actors, recipients)
        return self._draft(
            (token.index,), result, mode, actors, recipients, about, token.index,
            f"frame {frame.lemma} ({frame.force})", 1 + (pattern is not None),
        )  # fmt: skip

    def _is_wished(self, verb: int) -> bool:
        """Whether a complement tells what should be done, not what is: to go, that he go."""
        kids = self.parsed.kids(verb, "aux", "auxpass")
        token = self.clauses.tokens[verb]
        if token.dep == "pcomp" or any(k.tag == "TO" or k.lemma == "should" for k in kids):
            return True
        return any(k.tag == "VB" for k in (token, *kids)) and not any(k.tag == "MD" for k in kids)

    def _plain(self, token: Token, pattern: Pattern) -> _Draft | None:
        """An event told by one verb of the table."""
        found = arguments(self.clauses, token.index)
        actors = self._acting(found.subjects)
        recipients = self._recipients(token.index, found, pattern)
        if pattern.shape == "host":
            actors, recipients = recipients, actors
        elif pattern.shape == "mutual":
            actors, recipients = distinct((*actors, *recipients)), ()
        if not actors:
            return None
        if pattern.type in _NEEDS_RECIPIENT and not recipients and not pattern.conditions:
            return None
        self.used.add(token.index)
        for head in found.objects:
            self._claim_phrase(head)
        about = self._about(token.index, found, actors, recipients)
        particle = [kid.index for kid in self.parsed.kids(token.index, "prt")]
        return self._draft(
            (token.index, *particle), pattern.type, pattern.mode, actors, recipients, about,
            token.index, pattern.rule, len(pattern.conditions),
        )  # fmt: skip

    def _light(self, token: Token) -> list[_Draft]:
        """A light verb with an event noun in its object, or in its passive subject."""
        entries = self.tables.light.get(token.lemma.lower())
        if entries is None:
            return []
        particle = self.clauses.particle(token.index)
        effect = next((effect for wanted, effect in entries if wanted in {None, particle}), None)
        if effect is None:
            return []
        found = arguments(self.clauses, token.index)
        for head in found.objects:
            noun = self.clauses.tokens[head]
            pattern = self._row_of(noun, token.index)
            draft = (
                None if pattern is None else self._light_event(token, noun, pattern, effect, found)
            )
            if draft is not None:
                self.used |= {token.index, noun.index}
                self._claim_phrase(noun.index)
                return [draft]
        return []

    def _row_of(self, noun: Token, verb: int | None) -> Pattern | None:
        """The row of an event noun: one whose recipient is named wins, then the table's order."""
        rows = self.tables.events.get(noun.lemma.lower(), ())
        named = (row for row in rows if self._noun_recipients(noun.index, row, verb))
        return next(named, rows[0] if rows else None)

    def _light_event(
        self, verb: Token, noun: Token, pattern: Pattern, effect: str, found: Arguments
    ) -> _Draft | None:
        actors = self._acting(found.subjects)
        owners = self.clauses.possessors(noun.index) or self.clauses.modifiers(noun.index)
        recipients = self._noun_recipients(noun.index, pattern, verb.index)
        is_joint = self._is_joint(noun.index)
        type_, mode, shape = pattern.type, pattern.mode, pattern.shape
        if type_ == "MOBILIZE" and is_joint:
            type_, mode, shape = "COOPERATE", None, "mutual"
        if effect == "host" or shape == "host":
            actors, recipients = recipients, actors
        elif shape == "mutual" or (is_joint and type_ in {"COOPERATE", "CONSULT"}):
            actors, recipients = distinct((*actors, *recipients)), ()
        elif not actors:
            actors = owners
        if not actors:
            return None
        extra: frozenset[str] = frozenset()
        if effect == "end":
            type_, mode = end_of(type_)
        elif effect == "plan":
            type_, is_plain = future_form(type_)
            mode = None
            extra = frozenset() if is_plain else frozenset({FUTURE})
        about = self._about(noun.index, found, actors, recipients)
        draft = self._draft(
            (verb.index, noun.index), type_, mode, actors, recipients, about, verb.index,
            f"{pattern.rule} with light verb {verb.lemma}", 2,
        )  # fmt: skip
        return None if draft is None else replace(draft, auxiliary=draft.auxiliary | extra)

    # -- nouns ------------------------------------------------------------------------------

    def _of_noun(self, noun: Token) -> list[_Draft]:
        """An event noun with an actor of its own, not yet told."""
        for pattern in self.tables.events.get(noun.lemma.lower(), ()):
            if not pattern.is_nominal:
                continue
            actors = self._noun_actors(noun, pattern)
            recipients = self._noun_recipients(noun.index, pattern, None)
            codes = {actor.code for actor in actors}
            recipients = tuple(r for r in recipients if r.code not in codes)
            if pattern.shape == "mutual" and recipients:
                actors, recipients = distinct((*actors, *recipients)), ()
            if not actors or not (recipients or self._has_extent(noun, pattern, actors)):
                continue
            if (pattern.type, frozenset(a.code for a in actors)) in self.told:
                continue
            if not self._is_asserted(noun):
                continue
            self.used.add(noun.index)
            draft = self._draft(
                (noun.index,), pattern.type, pattern.mode, actors, recipients, (),
                self._verb_above(noun), pattern.rule, 0,
            )  # fmt: skip
            return [] if draft is None else [draft]
        return []

    def _noun_actors(self, noun: Token, pattern: Pattern) -> tuple[Participant, ...]:
        named = (
            self.clauses.possessors(noun.index)
            or self._under(noun.index, ("by", "between"))
            or self.clauses.modifiers(noun.index)
        )
        if not named and pattern.actor_slot:
            named = self._under(noun.index, (pattern.actor_slot,))
        if not named and pattern.shape == "mutual":
            verb = self._verb_above(noun)  # troops seek respite from fighting with rebels
            if verb != noun.index and not self.clauses.is_passive(verb):
                named = self._acting(self.clauses.subjects(verb))
        return named

    def _has_extent(self, noun: Token, pattern: Pattern, actors: tuple[Participant, ...]) -> bool:
        """Whether the noun phrase tells more than a bare reminder ("Biden's withdrawal")."""
        if pattern.shape == "mutual":
            return len(actors) >= 2
        return any(
            kid.text.lower() in {"from", "against", "into", "on", "in", "across"}
            for kid in self.parsed.kids(noun.index, "prep")
        )

    def _is_asserted(self, noun: Token) -> bool:
        """Whether no word above turns the noun into something asked, refused, feared or denied."""
        current = noun
        for _ in range(8):
            if current.head == current.index:
                return True
            if current.dep in {"amod", "compound", "nmod"}:
                return False
            current = self.clauses.tokens[current.head]
            if current.lemma == "from":  # what is fled, or feared no more, is there
                return True
            if current.index in self.used and current.pos in {"VERB", "AUX"}:
                return False
            frame = frame_of(self.clauses, self.tables, current)
            if frame is not None and frame.force not in {"begin", "report", "announce", "cause"}:
                return False
            if current.pos in {"VERB", "AUX"}:
                return not auxiliary_modes(self.clauses, self.tables, current.index)
        return True

    # -- parts ------------------------------------------------------------------------------

    def _acting(self, heads: Iterable[int]) -> tuple[Participant, ...]:
        return distinct(actor for head in heads for actor in self.clauses.actors_at(head))

    def _recipients(self, verb: int, found: Arguments, pattern: Pattern) -> tuple[Participant, ...]:
        acting = {(actor.code, actor.sectors) for actor in self._acting(found.subjects)}
        named = fill(self.clauses, verb, found, pattern.slots)
        return tuple(actor for actor in named if (actor.code, actor.sectors) not in acting)

    def _noun_pattern(self, verb: int) -> Pattern | None:
        """The event noun in the object of a light verb: "promised to hold talks"."""
        if self.clauses.tokens[verb].lemma.lower() not in self.tables.light:
            return None
        for head in arguments(self.clauses, verb).objects:
            for pattern in self.tables.events.get(self.clauses.tokens[head].lemma.lower(), ()):
                return pattern
        return None

    def _noun_recipients(
        self, noun: int, pattern: Pattern, verb: int | None
    ) -> tuple[Participant, ...]:
        for slot in pattern.slots:
            if slot == "poss":
                named = self.clauses.possessors(noun)
            else:
                named = self._under(noun, (slot,))
                if not named and verb is not None:
                    named = self._under(verb, (slot,))
            if named:
                return named
        return ()

    def _under(self, index: int, prepositions: tuple[str, ...]) -> tuple[Participant, ...]:
        return distinct(
            actor
            for preposition in prepositions
            for head in self.clauses.prepositional(index, preposition)
            for actor in self.clauses.actors_at(head)
        )

    def _is_joint(self, noun: int) -> bool:
        return any(
            kid.lemma.lower() in {"joint", "bilateral", "trilateral", "multilateral", "combined"}
            for kid in self.parsed.kids(noun, "amod")
        )

    def _about(
        self,
        index: int,
        found: Arguments,
        actors: tuple[Participant, ...],
        recipients: tuple[Participant, ...],
    ) -> tuple[Participant, ...]:
        heads = [index, *found.objects]
        phrases = [
            inner.index
            for head in heads
            for kid in self.parsed.kids(head, "prep")
            if kid.text.lower() in _ABOUT
            for inner in self.parsed.kids(kid.index, "pobj", "pcomp")
        ]
        return self._named_within(phrases, actors, recipients)

    def _named_within(
        self,
        roots: Sequence[int],
        actors: tuple[Participant, ...],
        recipients: tuple[Participant, ...],
    ) -> tuple[Participant, ...]:
        """Actors named anywhere inside phrases, less those who act or are acted upon."""
        taken = {actor.code for actor in (*actors, *recipients)}
        return distinct(
            actor
            for root in roots
            for index in self.parsed.subtree(root)
            if (mention := self.clauses.mentions.get(index)) is not None
            for actor in mention.participants
            if actor.code not in taken
        )

    def _claim(self, verb: int, below: Sequence[int]) -> None:
        """The complement of a governing word tells no event of its own."""
        self.used.add(verb)
        for root in below:
            self.used.add(root)
            for kid in self.parsed.kids(root, "conj"):
                self.used.add(kid.index)
            for head in arguments(self.clauses, root).objects:
                self._claim_phrase(head)
            for index in self.parsed.subtree(root):
                token = self.clauses.tokens[index]
                if token.dep in {"xcomp", "ccomp", "advcl", "dobj", "pobj"}:
                    self.used.add(index)

    def _claim_phrase(self, head: int) -> None:
        """The object of a verb that told an event tells none of its own."""
        self.used.add(head)
        for kid in self.parsed.kids(head, "conj"):
            self.used.add(kid.index)

    def _verb_above(self, noun: Token) -> int:
        current = noun
        while current.head != current.index:
            current = self.clauses.tokens[current.head]
            if current.pos in {"VERB", "AUX"}:
                return current.index
        return noun.index

    def _contexts(self, tokens: Sequence[Token]) -> tuple[str, ...]:
        lemmas = [token.lemma.lower() for token in tokens]
        pairs = [f"{first} {second}" for first, second in pairwise(lemmas)]
        known = self.tables.contexts
        return tuple(sorted({known[word] for word in (*lemmas, *pairs) if word in known}))

    def _draft(
        self,
        predicate: tuple[int, ...],
        type_: str,
        mode: str | None,
        actors: tuple[Participant, ...],
        recipients: tuple[Participant, ...],
        about: tuple[Participant, ...],
        verb: int,
        rule: str,
        conditions: int,
    ) -> _Draft | None:
        """Settle future forms and quotations; None where the words tell no event."""
        auxiliary = auxiliary_modes(self.clauses, self.tables, verb)
        if auxiliary == {FUTURE}:
            type_, is_plain = future_form(type_)
            mode = None if is_plain else mode
            auxiliary = frozenset() if is_plain else auxiliary
        elif auxiliary == {FUTURE, NEGATION} and promised(type_) in {"AGREE", "CONCEDE"}:
            type_, mode, auxiliary = "REJECT", mode_of_request(type_), frozenset()
        if self.clauses.is_quoted(predicate[0]) and not self._performs(type_, predicate[0]):
            return None
        confidence = min(_SURE + _PER_CONDITION * conditions, _MOST)
        return _Draft(
            predicate, type_, mode, actors, recipients, about, auxiliary, rule, confidence
        )

    def _performs(self, type_: str, index: int) -> bool:
        """Whether quoted words are themselves the act: "we condemn", "we call on"."""
        if type_ not in _PERFORMATIVE:
            return False
        subjects = arguments(self.clauses, index).subjects
        return any(self.clauses.tokens[head].text.lower() in {"i", "we"} for head in subjects)

    def _finish(self, draft: _Draft, contexts: tuple[str, ...]) -> EventMention:
        tokens = [self.clauses.tokens[index] for index in draft.predicate]
        start, end = min(t.start for t in tokens), max(t.end for t in tokens)
        auxiliary = tuple(sorted(draft.auxiliary))
        document = self.parsed.document.id
        identity = content_id(
            document, start, end, draft.type, draft.mode, auxiliary,
            [(a.code, a.sectors, a.start) for a in draft.actors],
            [(a.code, a.sectors, a.start) for a in draft.recipients],
        )  # fmt: skip
        return EventMention(
            id=identity,
            document=document,
            sentence=self.sentence.index,
            start=start,
            end=end,
            type=draft.type,
            mode=draft.mode,
            contexts=contexts,
            auxiliary=auxiliary,
            actors=draft.actors,
            recipients=draft.recipients,
            about=draft.about,
            when=When(),
            rule=draft.rule,
            confidence=draft.confidence,
            is_quoted=self.clauses.is_quoted(draft.predicate[0]),
        )


def _without_repeats(drafts: Sequence[_Draft]) -> list[_Draft]:
    """One event of a type by the same actors a sentence: the most confident telling of it."""
    kept: dict[tuple[str, frozenset[str], frozenset[str]], _Draft] = {}
    for draft in sorted(drafts, key=lambda draft: (-draft.confidence, draft.predicate)):
        key = (draft.type, frozenset(actor.code for actor in draft.actors), draft.auxiliary)
        kept.setdefault(key, draft)
    return sorted(kept.values(), key=lambda draft: draft.predicate)
