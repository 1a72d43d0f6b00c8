"""Who speaks: from a word of saying to the phrase that names its speaker, and to the actors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from inconcert.code.cues import Cues
from inconcert.core.mention import ActorMention, Participant
from inconcert.core.parsed import ParsedDocument, Token

_VERBAL = {"VERB", "AUX"}
_NOMINAL = {"NOUN", "PROPN", "PRON", "NUM", "ADJ"}
_EMPTY = {"it", "this", "that", "there", "which", "what", "one", "you", "these", "those", "all"}
_FIRST = {"i", "we", "me", "us", "my", "our", "myself", "ourselves", "mine", "ours"}
_RELATIVE = {"WDT", "WP"}
_APART = {"relcl", "acl", "appos", "advcl", "parataxis", "ccomp"}
_DEPTH = 6
_BACK = 2


class Speakers:
    """Grammar of reporting in one document; takes and gives token indices."""

    def __init__(
        self, parsed: ParsedDocument, mentions: Iterable[ActorMention], cues: Cues
    ) -> None:
        self.parsed = parsed
        self.tokens = parsed.tokens
        self.cues = cues
        self.mentions: dict[int, ActorMention] = {}
        for mention in mentions:
            self.mentions.setdefault(mention.head, mention)

    # -- the phrase -------------------------------------------------------------------------

    def of_verb(self, verb: int, depth: int = 0) -> int | None:
        """Head of the phrase that names the speaker of a verb of saying; None if nobody does."""
        token = self.tokens[verb]
        passive = self.parsed.kids(verb, "nsubjpass", "auxpass")
        own = self.parsed.kids(verb, "nsubj")
        if own:
            return self._antecedent(own[-1], token)
        if token.lemma == "be" and depth:
            # `among them was a diplomat, saying …`: the subject stands behind
            for kid in self.parsed.kids(verb, "attr"):
                return kid.index
        if not passive and self._lacks_its_verb(token):
            return token.head
        if passive or (token.tag == "VBN" and token.dep == "acl"):
            return self.of_agent(verb)
        if depth >= _DEPTH or token.head == verb:
            after = self._after(verb)
            return after if after is not None else self._beside_a_place(verb)
        return self._inherited(token, depth)

    def _lacks_its_verb(self, token: Token) -> bool:
        """Whether the parse took the verb of a sentence for a participle of its subject.

        `An official, reached by telephone, called it …`: no other verb stands at the top.
        """
        noun = self.tokens[token.head]
        if noun.dep != "ROOT" or noun.pos not in _NOMINAL or token.tag not in {"VBN", "VBD"}:
            return False
        if token.dep not in {"acl", "conj"} or self.parsed.kids(token.index, "agent"):
            return False
        return bool(self.parsed.kids(token.index, "dobj", "ccomp", "oprd", "xcomp"))

    def _beside_a_place(self, verb: int) -> int | None:
        """`In Kabul, a member of the council said`: the subject parsed as an apposition."""
        for preposition in self.parsed.kids(verb, "prep"):
            if preposition.index < verb:
                for place in self.parsed.kids(preposition.index, "pobj"):
                    for noun in self.parsed.kids(place.index, "appos"):
                        return noun.index
        return None

    def of_noun(self, noun: int) -> int | None:
        """Head of the phrase that owns a statement, a pledge: `Biden's`, `of the ministry`."""
        for kid in self.parsed.kids(noun, "poss"):
            if kid.tag != "PRP$" or kid.index in self.mentions:
                return kid.index
        for kid in self.parsed.kids(noun, "prep", "agent"):
            if kid.text.lower() in {"of", "from", "by"}:
                for owner in self.parsed.kids(kid.index, "pobj"):
                    if owner.index in self.mentions or owner.pos == "PROPN":
                        return owner.index
        for kid in self.parsed.kids(noun, "compound", "amod", "nmod"):
            if kid.index in self.mentions:
                return kid.index
        for kid in self.parsed.kids(noun, "acl"):
            agent = self.of_agent(kid.index)
            if agent is not None:
                return agent
        issuer = self._issuer(noun)
        return issuer if issuer is not None else self._issuer_before(noun)

    def _issuer(self, noun: int) -> int | None:
        """Whoever issues the document: subject of `issued a statement`."""
        token = self.tokens[noun]
        verb = self.tokens[token.head]
        if verb.lemma.lower() not in self.cues.kinds["issuer"] or verb.pos not in _VERBAL:
            return None
        if token.dep == "nsubjpass":
            return self.of_agent(verb.index)
        return self.of_verb(verb.index, _DEPTH - 1) if token.dep == "dobj" else None

    def _issuer_before(self, noun: int) -> int | None:
        """Whoever wrote, a sentence or two before, what is now `the letter`."""
        token = self.tokens[noun]
        if not any(kid.text.lower() in {"the", "this"} for kid in self.parsed.kids(noun, "det")):
            return None
        for index in range(noun - 1, -1, -1):
            other = self.tokens[index]
            if token.sentence - other.sentence > _BACK:
                return None
            if other.lemma != token.lemma or other.pos != "NOUN":
                continue
            verb = self.tokens[other.head]
            for _ in range(2):
                if verb.pos in _VERBAL:
                    return self.of_verb(verb.index)
                verb = self.tokens[verb.head]
        return None

    def _antecedent(self, subject: Token, verb: Token) -> int:
        """The noun a relative pronoun stands for, unless the pronoun is resolved itself."""
        if subject.tag in _RELATIVE and verb.dep == "relcl" and subject.index not in self.mentions:
            return verb.head
        return subject.index

    def of_agent(self, verb: int) -> int | None:
        """Head of the by-phrase of a passive verb."""
        for by in self.parsed.kids(verb, "agent", "prep"):
            if by.text.lower() == "by":
                for noun in self.parsed.kids(by.index, "pobj"):
                    return noun.index
        return None

    def _after(self, verb: int) -> int | None:
        """The noun phrase right after an inverted verb that the parser took for its object."""
        for kid in self.parsed.kids(verb, "dobj", "attr", "oprd", "npadvmod", "dep", "appos"):
            between = self.tokens[verb + 1 : kid.index]
            if kid.index > verb and kid.pos in _NOMINAL and all(t.pos != "PUNCT" for t in between):
                return kid.index
        return None

    def _inherited(self, token: Token, depth: int) -> int | None:
        """The speaker of a verb without a subject of its own, from what governs it."""
        head = self.tokens[token.head]
        if token.dep == "pcomp":
            return self._governed(token, depth)
        if token.dep in {"acl", "relcl"} and head.pos in _NOMINAL:
            if self._is_infinitive(token):
                return self._opportunity(head, depth)
            return head.index
        if head.pos not in _VERBAL:
            return None
        if token.dep == "conj":
            rival = self._rival(token, head)
            return self.of_verb(rival if rival is not None else head.index, depth + 1)
        if token.dep in {"xcomp", "ccomp", "advcl"}:
            if self._is_infinitive(token) and not self._carries(head):
                return None
            return self.of_verb(head.index, depth + 1)
        return None

    def _rival(self, token: Token, head: Token) -> int | None:
        """A nearer verb of saying to which a coordinated one belongs.

        `They were replaced by fighters, who promised …, and said …`: the parser likes to join
        the second verb of saying to the main clause.
        """
        if not self.parsed.kids(head.index, "nsubjpass"):
            return None
        for index in range(token.index - 1, head.index, -1):
            other = self.tokens[index]
            if other.dep == "relcl" and other.pos == "VERB" and other.lemma in self.cues.verbs:
                return index
        return None

    def _governed(self, token: Token, depth: int) -> int | None:
        """`quoted as saying`, `after saying`, `with the pair saying`."""
        preposition = self.tokens[token.head]
        above = self.tokens[preposition.head]
        if above.pos not in _VERBAL:
            return above.index if above.index in self.mentions else None
        if preposition.text.lower() == "as":
            if above.lemma in self.cues.kinds["citer"]:
                for kid in self.parsed.kids(above.index, "nsubjpass", "dobj"):
                    return self._antecedent(kid, above)
                return above.head if above.dep == "acl" else None
            return None
        return self.of_verb(above.index, depth + 1)

    def _opportunity(self, noun: Token, depth: int) -> int | None:
        """`took the opportunity to say`, `has not missed the chance to say`."""
        verb = self.tokens[noun.head]
        if noun.lemma not in self.cues.kinds["opportunity"] or verb.pos not in _VERBAL:
            return None
        return self.of_verb(verb.index, depth + 1) if self._carries(verb) else None

    def _carries(self, verb: Token) -> bool:
        if verb.lemma in self.cues.kinds["carrier"]:
            return not self.is_negated(verb.index)
        return verb.lemma in self.cues.negated_carriers and self.is_negated(verb.index)

    def _is_infinitive(self, token: Token) -> bool:
        return any(kid.tag == "TO" for kid in self.parsed.kids(token.index, "aux"))

    def is_negated(self, verb: int) -> bool:
        """Whether the verb is negated, by itself or by its subject (`neither nation`)."""
        if self.parsed.kids(verb, "neg"):
            return True
        for subject in self.parsed.kids(verb, "nsubj", "nsubjpass"):
            words = [subject, *self.parsed.kids(subject.index, "det", "preconj", "cc")]
            if any(word.text.lower() in {"no", "neither", "nobody", "none"} for word in words):
                return True
        return False

    # -- the actors -------------------------------------------------------------------------

    def participants(self, head: int, depth: int = 0) -> tuple[Participant, ...]:
        """Actors named by the phrase at a head: its mention, apposition, conjuncts, or owner."""
        found: list[Participant] = []
        token = self.tokens[head]
        mention = self.mentions.get(head)
        if mention is not None:
            found += mention.participants
        if not found and depth < _DEPTH:
            for kid in self.parsed.kids(head, "appos"):
                found += self.participants(kid.index, depth + 1)
        if not found and token.lemma.lower() in self.cues.kinds["document"] and depth < _DEPTH:
            owner = self.of_noun(head)
            if owner is None:
                owner = self._owner_beyond(head)
            if owner is not None:
                found += self.participants(owner, depth + 1)
        if not found and depth < _DEPTH:
            found += self._spoken_for(token, depth)
        if depth < _DEPTH:
            for kid in self.parsed.kids(head, "conj"):
                if kid.pos in _NOMINAL:
                    found += self.participants(kid.index, depth)
        return distinct(found)

    def joined(self, head: int) -> list[Participant]:
        """Actors that are joined to a phrase by `and`."""
        conjuncts = [kid for kid in self.parsed.kids(head, "conj") if kid.pos in _NOMINAL]
        return [one for kid in conjuncts for one in self.participants(kid.index)]

    def _owner_beyond(self, noun: int) -> int | None:
        """Whoever stands at the end of a chain: `the theme of the session of the Assembly`."""
        for _ in range(2):
            of = next((kid for kid in self.parsed.kids(noun, "prep") if kid.text == "of"), None)
            below = [] if of is None else self.parsed.kids(of.index, "pobj")
            if not below:
                return None
            noun = below[0].index
            if noun in self.mentions and self.mentions[noun].participants:
                return noun
        return None

    def _spoken_for(self, token: Token, depth: int) -> list[Participant]:
        """Whom an aide speaks for, or the state in whose town officials sit."""
        found: list[Participant] = []
        lemma, kinds = token.lemma.lower(), self.cues.kinds
        for owner in self.parsed.kids(token.index, "poss") if lemma in kinds["aide"] else []:
            # `the group's spokesman`: the group speaks
            found += [replace(one, name=None) for one in self.participants(owner.index, depth + 1)]
        for preposition in self.parsed.kids(token.index, "prep"):
            word = preposition.text.lower()
            for noun in self.parsed.kids(preposition.index, "pobj"):
                if word == "including":
                    found += self.participants(noun.index, depth + 1)
                if lemma in kinds["aide"] and word in {"to", "of", "for"}:
                    # an aide to the president speaks for the state and is not the president
                    people = self.participants(noun.index, depth + 1)
                    found += [replace(one, name=None) for one in people]
                elif lemma in kinds["local"] and word == "in":
                    found += self.participants(noun.index, depth + 1) or self._place(noun.index)
        return found

    def _place(self, head: int) -> list[Participant]:
        mention = self.mentions.get(head)
        return [mention.place] if mention is not None and mention.place is not None else []

    def phrase(self, head: int) -> tuple[int, int]:
        """First and one past last token of the phrase, without clauses and appositions."""
        if self.tokens[head].pos == "PRON":
            return head, head + 1
        first, last, pending = head, head, [head]
        while pending:
            for child in self.parsed.children[pending.pop()]:
                token = self.tokens[child]
                if token.dep in _APART or (token.pos == "PUNCT" and child > last):
                    continue
                if abs(child - head) > 25:
                    continue
                first, last = min(first, child), max(last, child)
                pending.append(child)
        while first < head and self.tokens[first].pos == "PUNCT":
            first += 1
        while last > head and self.tokens[last].pos in {"PUNCT", "PART"}:
            last -= 1
        return first, last + 1

    def text(self, head: int) -> str:
        """The words of the phrase as written."""
        first, last = self.phrase(head)
        words = self.parsed.text_of(self.tokens[first].start, self.tokens[last - 1].end)
        return " ".join(words.split())

    def is_nobody(self, head: int) -> bool:
        """Whether the phrase names nobody (`it`, `which`) and no mention says otherwise."""
        token = self.tokens[head]
        if head in self.mentions and self.mentions[head].participants:
            return False
        word = token.text.lower()
        return word in _EMPTY or word in _FIRST or token.tag in _RELATIVE


def is_first_person(mention: ActorMention, token: Token) -> bool:
    """Whether a mention is the speaker's own I, we or our."""
    return mention.kind == "speaker" or token.text.lower() in _FIRST


def distinct(participants: Iterable[Participant]) -> tuple[Participant, ...]:
    """Participants without repeats of the same code, sectors and name, first mention first."""
    seen: dict[tuple[str, tuple[str, ...], str | None], Participant] = {}
    for participant in participants:
        key = (participant.code, participant.sectors, participant.name)
        seen.setdefault(key, participant)
    return tuple(seen.values())


def codes_of(participants: Iterable[Participant]) -> set[str]:
    """The codes of participants."""
    return {participant.code for participant in participants}
