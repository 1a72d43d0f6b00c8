"""Words that may tell an event: verbs, and nouns and adjectives that told one in the corpus.

Words whose share of events in the corpus is negligible are left out at once; `gate` looks closer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from inconcert.core.parsed import ParsedDocument, Sentence, Token
from inconcert.ontology.tables import read_table

LEAST_SHARE = 0.015
"""Words that told an event less often than this, when they stood in the corpus, do not pass."""
UNSEEN_VERB = 0.25
"""Share assumed for a verb that the corpus does not have."""
_PARTS = {"VERB": "v", "AUX": "v", "NOUN": "n", "PROPN": "n", "ADJ": "a"}


def key(token: Token) -> str:
    """Name of a word in the table: lemma and kind; empty for other parts of speech."""
    part = _PARTS.get(token.pos, "")
    return f"{token.lemma.lower()}/{part}" if part else ""


@cache
def shares() -> Mapping[str, float]:
    """Share of events among the occurrences of a word in the corpus, smoothed."""
    rows = read_table("inconcert.code", "data/shares.tsv")
    return MappingProxyType({row["word"]: float(row["share"]) for row in rows})


def share(token: Token) -> float:
    """How likely the word alone makes an event, 0 to 1."""
    known = shares().get(key(token))
    if known is not None:
        return known
    return UNSEEN_VERB if token.pos == "VERB" else 0.0


def candidates(parsed: ParsedDocument, sentence: Sentence) -> Iterator[Token]:
    """Words of a sentence that may tell an event, in order."""
    for token in parsed.tokens_of(sentence):
        if share(token) >= LEAST_SHARE:
            yield token
