"""The gate before the model: a linear guess at which words may tell an event.

The model costs more than all else together, and most words that could tell an event do not. The
gate looks at the word, its grammar and who is named near it, and lets through what is not hopeless.
Its weights are fitted with the model; what is lost by it is measured (`make bench`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from inconcert.code.candidates import candidates, key, share
from inconcert.code.clauses import Clauses
from inconcert.core.parsed import Sentence, Token
from inconcert.ontology.tables import read_table

_COMPLEMENT = {"xcomp", "ccomp", "pcomp", "acl", "advcl", "relcl", "conj", "dobj", "pobj"}
_SPEAKER = {"i", "we", "us", "me"}
_TOLD = {"nsubj", "nsubjpass", "dobj", "attr", "dative"}
_KIDS = {"nsubj", "nsubjpass", "dobj", "prep", "aux", "neg", "xcomp", "ccomp"}
_MOST_CODES, _MOST_DEEP = 3, 6
LONG = 250
"""Words beyond which what the parser takes for a sentence is a list, or has lost its full stops."""
MOST_WORDS, MOST_OF_A_LIST = 24, 8
"""So many words of a sentence, and of a longer one, are read at most: the likeliest."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A word that may tell an event before the gate.

    Attributes:
        score: sum of the weights of what is seen of it.
        passes: whether the model reads it: the score reaches `weights()["threshold"]`, and not
            `MOST_WORDS` others of the sentence are likelier.
    """

    token: Token
    score: float
    passes: bool


def features(clauses: Clauses, token: Token, codes: int) -> Iterator[str]:
    """What the gate sees of a word.

    Args:
        codes: how many different actors the sentence names.
    """
    tokens = clauses.tokens
    word = key(token)
    yield "bias"
    yield f"word={word}"
    yield f"dep={token.dep}/{token.tag}"
    yield f"told {int(10 * share(token))} of ten, {token.pos}"
    above = tokens[token.head]
    if token.dep in _COMPLEMENT:
        yield f"{token.dep} of {above.lemma.lower()}"
    yield f"under={above.lemma.lower()}"
    yield f"under={above.pos}/{token.dep} {_names(clauses, above)}"
    yield f"deep={_depth(clauses, token)}"
    named = 0
    subject = object_ = "none"
    for kid in clauses.parsed.kids(token.index):
        is_actor = _names(clauses, kid)
        named += is_actor
        if kid.dep in _TOLD:
            yield f"{kid.dep}:{kid.lemma.lower()}"
        if kid.dep in _KIDS:
            yield f"kid={kid.dep}"
        if kid.dep in {"nsubj", "nsubjpass", "poss"}:
            subject = _kind(kid, is_actor=is_actor)
            yield f"{kid.dep}={subject}"
        elif kid.dep in {"dobj", "dative", "attr"}:
            object_ = _kind(kid, is_actor=is_actor)
            yield f"{word} {kid.lemma.lower()}"
        elif kid.dep in {"aux", "neg", "auxpass"}:
            yield f"{kid.dep}={kid.lemma.lower()}"
        elif kid.dep in {"prep", "agent", "prt"}:
            yield f"{word} {kid.lemma.lower()}"
            for noun in clauses.parsed.kids(kid.index, "pobj"):
                named += _names(clauses, noun)
    yield f"object={object_}"
    yield f"near={min(named, 2)}"
    yield f"codes={min(codes, _MOST_CODES)}"
    yield f"codes={min(codes, _MOST_CODES)} {word[-1:]} {subject}"


def _names(clauses: Clauses, token: Token) -> bool:
    """Whether the word names an actor, or a place that may stand for one."""
    mention = clauses.mentions.get(token.index)
    return mention is not None and bool(mention.participants or mention.place)


def _depth(clauses: Clauses, token: Token) -> int:
    """How many words stand above it in the tree."""
    depth = 0
    while token.head != token.index and depth < _MOST_DEEP:
        token = clauses.tokens[token.head]
        depth += 1
    return depth


def _kind(token: Token, *, is_actor: bool) -> str:
    if token.text.lower() in _SPEAKER:
        return "speaker"
    if is_actor:
        return "actor"
    return "pronoun" if token.pos == "PRON" else "other"


@cache
def weights() -> Mapping[str, float]:
    """Weight of each feature, and under `threshold` the least sum that passes."""
    rows = read_table("inconcert.code", "data/gate.tsv")
    return MappingProxyType({row["feature"]: float(row["weight"]) for row in rows})


def passing(clauses: Clauses, sentence: Sentence) -> list[Token]:
    """Words of a sentence that the model should read, in order."""
    return [one.token for one in weighed(clauses, sentence) if one.passes]


def weighed(clauses: Clauses, sentence: Sentence) -> list[Weighed]:
    """All words of a sentence that may tell an event, with what the gate says of each."""
    known = weights()
    least = known["threshold"]
    codes = len(named_codes(clauses, sentence))
    words = [
        (token, sum(known.get(name, 0.0) for name in features(clauses, token, codes)))
        for token in candidates(clauses.parsed, sentence)
    ]
    over = sorted((-score, token.index) for token, score in words if score >= least)
    most = MOST_WORDS if sentence.last - sentence.first <= LONG else MOST_OF_A_LIST
    kept = {index for _, index in over[:most]}
    return [Weighed(token, score, token.index in kept) for token, score in words]


def named_codes(clauses: Clauses, sentence: Sentence) -> set[str]:
    """Codes of everybody a sentence names."""
    found: set[str] = set()
    for place in range(sentence.first, sentence.last):
        mention = clauses.mentions.get(place)
        if mention is not None:
            found |= {one.code for one in mention.participants}
            if mention.place is not None:
                found.add(mention.place.code)
    return found
