"""The first coder: PLOVER events by rules over the dependency parse. No model, no training.

It looks at each verb once. A governing verb (promise, urge, refuse, threaten) makes an event of
its own out of its complement; any other verb is matched against the verb table, or lends its
subject to an event noun in its object ("hold talks"); what is left of event nouns with an actor
of their own ("the American withdrawal from") is coded last. Better to miss an event than to invent
one: most sentences of news hold none.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from inconcert.code.clauses import Clauses
from inconcert.code.drafts import Draft, settled, without_repeats
from inconcert.code.nouns import NounRules
from inconcert.code.tables import Tables, tables
from inconcert.code.verbs import VerbRules
from inconcert.core.event import EventMention, When
from inconcert.core.ids import content_id
from inconcert.core.mention import ActorMention
from inconcert.core.parsed import ParsedDocument, Sentence, Token

VERSION = "1"
Told = set[tuple[str, frozenset[str]]]
"""Type and actors of the plain events that a document has told so far."""


class PatternCoder:
    """Codes parsed documents with their actor mentions; keeps nothing between documents."""

    name = "patterns"
    version = VERSION

    def __init__(self) -> None:
        self._tables = tables()

    def events(
        self, parsed: ParsedDocument, mentions: Sequence[ActorMention]
    ) -> tuple[EventMention, ...]:
        """All event mentions of a document, in order; `when` is left unknown.

        Events in the question of an unnamed reporter are not coded; events inside quotation marks
        only where the speaker acts by the words themselves ("we condemn", "we call on").
        """
        clauses = Clauses(parsed, mentions)
        told: Told = set()
        found: list[EventMention] = []
        for sentence in codable(parsed, mentions):
            drafts = drafts_of(clauses, self._tables, sentence, told)
            contexts = contexts_of(self._tables, parsed.tokens_of(sentence)) if drafts else ()
            for draft in drafts:
                found.append(finished(clauses, sentence, draft, contexts, draft.confidence))
                if not draft.auxiliary:
                    told.add((draft.type, frozenset(actor.code for actor in draft.actors)))
        return tuple(found)


def codable(parsed: ParsedDocument, mentions: Sequence[ActorMention]) -> list[Sentence]:
    """Sentences in which somebody known is named and no unnamed reporter asks."""
    with_actors = {mention.sentence for mention in mentions if mention.participants}
    return [
        sentence
        for sentence in parsed.sentences
        if sentence.index in with_actors and not parsed.paragraphs[sentence.paragraph].is_question
    ]


def drafts_of(clauses: Clauses, rules: Tables, sentence: Sentence, told: Told) -> list[Draft]:
    """The events that the rules find in one sentence, without duplicates."""
    tokens = clauses.parsed.tokens_of(sentence)
    used: set[int] = set()
    verbs = VerbRules(clauses, rules, used)
    drafts: list[Draft] = []
    for token in sorted(tokens, key=lambda token: _depth(clauses, token)):
        if token.pos in {"VERB", "AUX", "ADJ"} and token.index not in used:
            drafts += verbs.drafts(token)
    nouns = NounRules(clauses, rules, used, told)
    for token in tokens:
        if token.pos in {"NOUN", "PROPN"} and token.index not in used:
            drafts += nouns.drafts(token)
    plain = [done for draft in drafts if (done := settled(clauses, rules, draft)) is not None]
    return without_repeats(plain)


def _depth(clauses: Clauses, token: Token) -> tuple[int, int]:
    """Governing words first, so that they can claim their complements."""
    depth, current = 0, token
    while current.head != current.index and depth < 40:
        current = clauses.tokens[current.head]
        depth += 1
    return depth, token.index


def contexts_of(rules: Tables, tokens: Sequence[Token]) -> tuple[str, ...]:
    """Contexts that single words of a sentence stand for."""
    lemmas = [token.lemma.lower() for token in tokens]
    pairs = [f"{first} {second}" for first, second in pairwise(lemmas)]
    known = rules.contexts
    return tuple(sorted({known[word] for word in (*lemmas, *pairs) if word in known}))


def finished(
    clauses: Clauses, sentence: Sentence, draft: Draft, contexts: tuple[str, ...], confidence: float
) -> EventMention:
    """The record of an event; `when` is left unknown."""
    tokens = [clauses.tokens[index] for index in draft.predicate]
    start, end = min(t.start for t in tokens), max(t.end for t in tokens)
    auxiliary = tuple(sorted(draft.auxiliary))
    document = clauses.parsed.document.id
    identity = content_id(
        document, start, end, draft.type, draft.mode, auxiliary,
        [(a.code, a.sectors, a.start) for a in draft.actors],
        [(a.code, a.sectors, a.start) for a in draft.recipients],
    )  # fmt: skip
    return EventMention(
        id=identity,
        document=document,
        sentence=sentence.index,
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
        confidence=confidence,
        is_quoted=clauses.is_quoted(draft.predicate[0]),
    )
