"""What the parser misreads and is read again."""

from __future__ import annotations

from inconcert.core.document import Document
from inconcert.core.parsed import ParsedDocument
from inconcert.parse.pipeline import Parser


def parsed(text: str) -> ParsedDocument:
    return next(Parser().parse([Document.of(text)]))


def test_whoever_one_speaks_with_does_not_do_what_one_speaks_for() -> None:
    found = parsed(
        "President Biden spoke today with Emir Nawaf of Kuwait to express his gratitude."
    )
    (express,) = [token for token in found.tokens if token.text == "express"]
    (emir,) = [token for token in found.tokens if token.text == "Nawaf"]
    assert found.kids(express.index, "nsubj") == []
    assert found.tokens[emir.head].text == "with"
    assert found.tokens[found.tokens[emir.head].head].text == "spoke"


def test_a_plain_phrase_with_with_is_left_alone() -> None:
    found = parsed("The envoy met with the minister.")
    (word,) = [token for token in found.tokens if token.text == "with"]
    assert word.dep == "prep"
