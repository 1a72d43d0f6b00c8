"""A sentence made ready for the coder: parsed, with its actors resolved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

import pytest

from inconcert.code.clauses import Clauses
from inconcert.core.document import Document
from inconcert.core.mention import ActorMention
from inconcert.core.parsed import ParsedDocument, Sentence, Token
from inconcert.core.span import TimeSpan
from inconcert.parse.pipeline import Parser
from inconcert.resolve.actors import ActorResolver
from inconcert.resolve.register import Register


@dataclass(frozen=True)
class Ready:
    """A text before the coder."""

    parsed: ParsedDocument
    mentions: tuple[ActorMention, ...]

    @property
    def clauses(self) -> Clauses:
        return Clauses(self.parsed, self.mentions)

    @property
    def sentence(self) -> Sentence:
        (only,) = self.parsed.sentences
        return only

    def token(self, word: str) -> Token:
        return next(token for token in self.parsed.tokens if token.text == word)


Reader = Callable[[str], Ready]


@cache
def parts() -> tuple[Parser, ActorResolver]:
    return Parser(), ActorResolver(Register.load())


@pytest.fixture(scope="session")
def ready() -> Reader:
    """Parse a text and resolve its actors as of September 2021."""

    def read(text: str) -> Ready:
        parser, resolver = parts()
        document = Document.of(text, published=TimeSpan.day(date(2021, 9, 20)))
        parsed = next(parser.parse([document]))
        return Ready(parsed, tuple(resolver.mentions(parsed)))

    return read
