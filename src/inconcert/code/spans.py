"""From words that the model points at to actors of the register."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from inconcert.code.clauses import Clauses, distinct
from inconcert.code.model import Named
from inconcert.core.mention import Participant
from inconcert.core.parsed import Sentence, Token

People = tuple[Participant, ...]
_REACH = 2
"""Characters by which a name may stick out of the words pointed at (an article, a quote mark)."""


def people(clauses: Clauses, sentence: Sentence, spans: Iterable[Named]) -> People:
    """Everybody whom these words name, in order of the text, without repeats."""
    return distinct(one for span in spans for one in _of_span(clauses, sentence, span))


def _of_span(clauses: Clauses, sentence: Sentence, span: Named) -> People:
    tokens = [
        token
        for token in clauses.parsed.tokens_of(sentence)
        if token.start < span.end and token.start + len(token.text) > span.start
    ]
    for head in _heads(tokens):
        for named in (
            clauses.actors_at(head),
            clauses.possessors(head),
            clauses.modifiers(head),
        ):
            if inside := tuple(one for one in named if _is_within(one, span)):
                return inside
    return _any(clauses, tokens, span)


def _heads(tokens: Sequence[Token]) -> list[int]:
    """Tokens whose own head lies outside: the heads of the phrases pointed at."""
    inside = {token.index for token in tokens}
    return [t.index for t in tokens if t.head not in inside or t.head == t.index]


def _is_within(one: Participant, span: Named) -> bool:
    """Pronouns stand for names elsewhere, but their own characters count."""
    return one.end > span.start - _REACH and one.start < span.end + _REACH


def _any(clauses: Clauses, tokens: Sequence[Token], span: Named) -> People:
    """The first actor named anywhere among the words; else the state in which a place lies."""
    mentions = [clauses.mentions[t.index] for t in tokens if t.index in clauses.mentions]
    for mention in mentions:
        if mention.participants:
            return mention.participants
    for mention in mentions:
        if mention.place is not None:
            return (mention.place,)
    return ()
