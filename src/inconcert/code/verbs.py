"""Events told by verbs: governing verbs, plain verbs, and light verbs with an event noun."""

from __future__ import annotations

from collections.abc import Sequence

from inconcert.code.clauses import Clauses, distinct
from inconcert.code.drafts import Draft
from inconcert.code.matching import Arguments, arguments, best_pattern, complements, fill
from inconcert.code.modality import auxiliary_modes, frame_of
from inconcert.code.outcome import end_of, mode_of_request, promised
from inconcert.code.roles import People, Roles
from inconcert.code.tables import Frame, Pattern, Tables
from inconcert.core.event import NEGATION
from inconcert.core.parsed import Token

_GOVERNING = {"commit", "request", "refuse", "threaten", "accuse"}
_PEOPLE = {"CVL", "REF", "SOC"}
_NESTED = {"xcomp", "ccomp", "advcl", "dobj", "pobj"}


class VerbRules:
    """Codes the verbs of one sentence.

    Args:
        used: tokens that already told an event or must not tell one; shared with the noun rules.
    """

    def __init__(self, clauses: Clauses, tables: Tables, used: set[int]) -> None:
        self.clauses, self.tables, self.used = clauses, tables, used
        self.parsed, self.roles = clauses.parsed, Roles(clauses, tables)

    def drafts(self, token: Token) -> list[Draft]:
        """Events that a verb (or governing adjective) tells."""
        frame = frame_of(self.clauses, self.tables, token)
        if frame is not None and frame.force in _GOVERNING:
            governing = self._governing(token, frame)
            if governing is not None:
                return [governing]
        pattern = best_pattern(self.clauses, self.tables, token.index)
        draft: Draft | None = None
        if pattern is not None and pattern.type == "NONE":
            return []
        if token.pos != "ADJ" and (pattern is None or not pattern.names_its_object):
            draft = self._light(token)
        if draft is None and pattern is not None:
            draft = self._plain(token, pattern)
        return [] if draft is None else [draft]

    # -- governing verbs --------------------------------------------------------------------

    def _governing(self, token: Token, frame: Frame) -> Draft | None:
        """An event made of a governing word and its complement: promise, urge, refuse, threaten."""
        below = complements(self.clauses, token.index, "ccomp", quoted=frame.force == "commit")
        if not below:
            return None
        inner = below[0]
        if frame.force == "request" and not self._is_wished(inner):
            return None
        if frame.force == "commit" and not self._is_ahead(inner):
            return None
        found = arguments(self.clauses, token.index)
        actors = self.roles.acting(found.subjects)
        if not actors:
            return None
        pattern = self._content(inner)
        aimed_at = (
            ()
            if pattern is None
            else self.roles.recipients(inner, arguments(self.clauses, inner), pattern)
        )
        told = self._outcome(token, frame, found, inner, pattern, aimed_at)
        if told is None:
            return None
        if pattern is None and token.pos == "ADJ" and not self.roles.named_within(below, actors):
            return None  # "ready to play its part": ready for nothing in particular
        type_, mode, recipients = told
        acting = {(actor.code, actor.sectors) for actor in actors}
        recipients = tuple(one for one in recipients if (one.code, one.sectors) not in acting)
        self._claim(token.index, below)
        return Draft(
            predicate=(token.index,),
            verb=self._finite(token),
            type=type_,
            mode=mode,
            actors=actors,
            recipients=recipients,
            about=self.roles.named_within(below, actors, recipients),
            rule=f"frame {frame.lemma} ({frame.force})",
            conditions=1 + (pattern is not None),
        )

    def _outcome(
        self,
        token: Token,
        frame: Frame,
        found: Arguments,
        inner: int,
        pattern: Pattern | None,
        aimed_at: People,
    ) -> tuple[str, str | None, People] | None:
        """Type, mode and recipients of promising, asking, refusing or threatening the content."""
        objects = distinct(a for head in found.objects for a in self.clauses.actors_at(head))
        content = None if pattern is None else pattern.type
        match frame.force:
            case "commit":
                is_not = NEGATION in auxiliary_modes(self.clauses, self.tables, inner)
                result = "AGREE" if is_not else promised(content)
                return None if result is None else (result, None, aimed_at or objects)
            case "request":
                asked = ("on", "upon", "to", "comp")
                recipients = objects or fill(self.clauses, token.index, found, asked)
                return "REQUEST", mode_of_request(content), recipients
            case "refuse":
                return "REJECT", mode_of_request(content), aimed_at or objects
            case "threaten":
                return "THREATEN", None, aimed_at or objects
            case _:
                return "ACCUSE", "allege", objects

    def _content(self, verb: int) -> Pattern | None:
        """What a complement tells: its verb's row, or the event noun of its light verb."""
        pattern = best_pattern(self.clauses, self.tables, verb)
        if pattern is not None:
            return None if pattern.type == "NONE" else pattern
        if self.clauses.tokens[verb].lemma.lower() not in self.tables.light:
            return None
        for head in arguments(self.clauses, verb).objects:
            row = self.roles.row_of(self.clauses.tokens[head], verb)
            if row is not None:
                return row
        return None

    def _is_wished(self, verb: int) -> bool:
        """Whether a complement tells what should be done, not what is: to go, that he go."""
        kids = self.parsed.kids(verb, "aux", "auxpass")
        token = self.clauses.tokens[verb]
        if token.dep == "pcomp" or any(k.tag == "TO" or k.lemma == "should" for k in kids):
            return True
        return any(k.tag == "VB" for k in (token, *kids)) and not any(k.tag == "MD" for k in kids)

    def _is_ahead(self, verb: int) -> bool:
        """Whether a complement tells what will be, not a view: "agreed that it is" is no pledge."""
        kids = self.parsed.kids(verb, "aux", "auxpass")
        token = self.clauses.tokens[verb]
        if token.dep == "pcomp" or token.tag in {"VB", "VBG"}:
            return True
        return any(kid.tag in {"TO", "MD", "VB"} for kid in kids)

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
                if self.clauses.tokens[index].dep in _NESTED:
                    self.used.add(index)

    def _claim_phrase(self, head: int) -> None:
        """The object of a verb that told an event tells none of its own."""
        self.used.add(head)
        for kid in self.parsed.kids(head, "conj"):
            self.used.add(kid.index)

    # -- plain verbs ------------------------------------------------------------------------

    def _plain(self, token: Token, pattern: Pattern) -> Draft | None:
        """An event told by one verb of the table."""
        found = arguments(self.clauses, token.index)
        actors = self.roles.acting(found.subjects)
        recipients = self.roles.recipients(token.index, found, pattern)
        if self._only_describes(token, actors):
            return None
        if pattern.shape == "host":
            actors, recipients = (recipients, actors) if actors else ((), ())
        elif pattern.shape == "mutual" and actors:
            actors, recipients = distinct((*actors, *recipients)), ()
        if not actors:
            return None
        self.used.add(token.index)
        for head in found.objects:
            self._claim_phrase(head)
        particle = [kid.index for kid in self.parsed.kids(token.index, "prt")]
        return Draft(
            predicate=(token.index, *particle),
            verb=self._finite(token),
            type=pattern.type,
            mode=pattern.mode,
            actors=actors,
            recipients=recipients,
            about=self.roles.about(token.index, found, actors, recipients),
            rule=pattern.rule,
            conditions=len(pattern.conditions),
            is_hosted=pattern.shape == "host",
        )

    def _finite(self, token: Token) -> int:
        """The verb that carries tense and negation: the copula of a predicative adjective."""
        head = self.clauses.tokens[token.head]
        if token.pos == "ADJ" and token.dep in {"acomp", "oprd"} and head.pos in {"VERB", "AUX"}:
            return head.index
        return token.index

    def _only_describes(self, token: Token, actors: People) -> bool:
        """Whether a relative clause only says which people are meant: "Afghans who helped us"."""
        if token.dep != "relcl" or not actors:
            return False
        before = self.clauses.tokens[max(token.head, 0) + 1]
        return before.text != "," and all({*one.sectors} & _PEOPLE for one in actors)

    # -- light verbs ------------------------------------------------------------------------

    def _light(self, token: Token) -> Draft | None:
        """A light verb with an event noun in its object, or in its passive subject."""
        entries = self.tables.light.get(token.lemma.lower())
        if entries is None:
            return None
        particle = self.clauses.particle(token.index)
        found = arguments(self.clauses, token.index)
        for wanted, effect in entries:
            heads = found.objects
            if wanted is not None and wanted != particle:
                heads = tuple(self.clauses.prepositional(token.index, wanted))  # engage in talks
            for index in (inner for head in heads for inner in self.clauses.contents(head)):
                noun = self.clauses.tokens[index]
                row = self.roles.row_of(noun, token.index)
                draft = None if row is None else self._light_event(token, noun, row, effect, found)
                if draft is not None:
                    self.used.add(token.index)
                    self._claim_phrase(noun.index)
                    return draft
        return None

    def _light_event(
        self, verb: Token, noun: Token, row: Pattern, effect: str, found: Arguments
    ) -> Draft | None:
        actors = self.roles.acting(found.subjects)
        recipients = self.roles.noun_recipients(noun.index, row, verb.index)
        type_, mode, is_mutual = row.type, row.mode, row.shape == "mutual"
        if type_ == "MOBILIZE" and self._is_shared(verb, noun, actors):
            type_, mode, is_mutual = "COOPERATE", None, True
        if effect == "host" or row.shape == "host":
            actors, recipients = recipients, actors
        elif is_mutual and (actors or not found.subjects):
            actors, recipients = distinct((*actors, *recipients)), ()
        elif not actors:
            owners = self.clauses.possessors(noun.index)
            actors = owners or self.clauses.modifiers(noun.index)
        if not actors:
            return None
        if effect == "end":
            type_, mode = end_of(type_)
        return Draft(
            predicate=(verb.index, noun.index),
            verb=verb.index,
            type=type_,
            mode=mode,
            actors=actors,
            recipients=recipients,
            about=self.roles.about(noun.index, found, actors, recipients),
            rule=f"{row.rule} with light verb {verb.lemma}",
            conditions=2,
            is_planned=effect == "plan",
            is_hosted=effect == "host" or row.shape == "host",
        )

    def _is_shared(self, verb: Token, noun: Token, actors: People) -> bool:
        """Whether an exercise is held with others; one country's own is a show of force."""
        if self.roles.is_joint(noun.index) or len({actor.code for actor in actors}) > 1:
            return True
        return bool(
            self.roles.under(noun.index, ("with",)) or self.roles.under(verb.index, ("with",))
        )
