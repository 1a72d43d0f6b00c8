"""From words that the model points at to actors of the register."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from inconcert.code.clauses import Clauses, distinct
from inconcert.code.model import Named
from inconcert.core.mention import Participant
from inconcert.core.parsed import ParsedDocument, Sentence, Token

People = tuple[Participant, ...]
_REACH = 2
"""Characters by which a name may stick out of the words pointed at (an article, a quote mark)."""

_UNSURE = 0.5
_NOMINAL = {"NOUN", "PROPN", "PRON"}
_BEFORE = {"amod", "compound", "det", "nmod", "nummod", "poss", "quantmod"}


def people(clauses: Clauses, sentence: Sentence, spans: Iterable[Named]) -> People:
    """Everybody whom these words name, in order of the text, without repeats.

    A state that is named beside somebody of it ("Moscow", then "Russia") is not named twice.
    """
    named = distinct(one for span in spans for one in _of_span(clauses, sentence, span))
    told = {one.code for one in named if one.sectors or one.name}
    return tuple(one for one in named if one.sectors or one.name or one.code not in told)


def widened(parsed: ParsedDocument, sentence: Sentence, span: Named) -> Named:
    """The whole noun phrase of which the model pointed at a part, without clauses behind it."""
    tokens = _tokens(parsed, sentence, span)
    if not tokens:
        return span
    head = parsed.tokens[_heads(tokens)[-1]]
    while _is_part(parsed, head, span):
        head = parsed.tokens[head.head]
    if head.pos not in _NOMINAL:
        return span
    inside = [head, *_of_phrase(parsed, head)]
    start = min(span.start, *(token.start for token in inside))
    end = max(span.end, *(token.end for token in inside))
    return Named(start, end, span.chance)


def _is_part(parsed: ParsedDocument, token: Token, span: Named) -> bool:
    """Whether a word is only a part of a name or phrase: "Chuck" of "Chuck Schumer"."""
    above = parsed.tokens[token.head]
    if token.head == token.index or above.pos not in _NOMINAL:
        return False
    if token.dep in {"compound", "nummod", "quantmod"}:
        return token.pos == above.pos or span.chance < _UNSURE
    return token.dep in {"amod", "nmod", "det", "pobj", "prep"} and span.chance < _UNSURE


def _of_phrase(parsed: ParsedDocument, head: Token) -> list[Token]:
    """What stands before a noun, and the of-phrase behind it."""
    found: list[Token] = []
    for kid in parsed.kids(head.index):
        is_before = kid.index < head.index and kid.dep in _BEFORE
        if is_before or (kid.dep == "prep" and kid.text.lower() == "of"):
            found += [parsed.tokens[index] for index in parsed.subtree(kid.index)]
    clause = [token for token in found if token.dep in {"relcl", "acl", "appos"}]
    cut = {index for token in clause for index in parsed.subtree(token.index)}
    return [token for token in found if token.index not in cut]


def _tokens(parsed: ParsedDocument, sentence: Sentence, span: Named) -> list[Token]:
    return [
        token
        for token in parsed.tokens_of(sentence)
        if token.start < span.end and token.end > span.start
    ]


def _of_span(clauses: Clauses, sentence: Sentence, span: Named) -> People:
    return _named_in(clauses, sentence, span) or _named_in(
        clauses, sentence, widened(clauses.parsed, sentence, span)
    )


def _named_in(clauses: Clauses, sentence: Sentence, span: Named) -> People:
    tokens = _tokens(clauses.parsed, sentence, span)
    for head in _heads(tokens):
        for named in (
            clauses.actors_at(head),
            clauses.possessors(head),
            clauses.modifiers(head),
        ):
            if inside := tuple(one for one in named if _is_within(one, span)):
                return inside
    return _any(clauses, tokens)


def _heads(tokens: Sequence[Token]) -> list[int]:
    """Tokens whose own head lies outside: the heads of the phrases pointed at."""
    inside = {token.index for token in tokens}
    return [t.index for t in tokens if t.head not in inside or t.head == t.index]


def _is_within(one: Participant, span: Named) -> bool:
    """Pronouns stand for names elsewhere, but their own characters count."""
    return one.end > span.start - _REACH and one.start < span.end + _REACH


def _any(clauses: Clauses, tokens: Sequence[Token]) -> People:
    """The first actor named anywhere among the words; else the state in which a place lies."""
    mentions = [clauses.mentions[t.index] for t in tokens if t.index in clauses.mentions]
    for mention in mentions:
        if mention.participants:
            return mention.participants
    for mention in mentions:
        if mention.place is not None:
            return (mention.place,)
    return ()
