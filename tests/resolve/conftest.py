"""A parsed text and the mentions in it, for the tests of this room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from inconcert.core.document import Document, Source
from inconcert.core.mention import ActorMention
from inconcert.core.parsed import ParsedDocument
from inconcert.core.span import TimeSpan
from inconcert.parse.pipeline import Parser
from inconcert.resolve.actors import ActorResolver
from inconcert.resolve.register import Register


@dataclass
class Read:
    """A document with its mentions, to be asked by the words that head them."""

    parsed: ParsedDocument
    mentions: tuple[ActorMention, ...]

    def at(self, word: str, nth: int = 0) -> ActorMention:
        """The nth mention headed by a word."""
        found = [one for one in self.mentions if self.parsed.tokens[one.head].text == word]
        assert len(found) > nth, f"no mention {nth} headed by {word!r}: {self.heads}"
        return found[nth]

    def who(self, word: str, nth: int = 0) -> list[str]:
        """Codes with sectors of the nth mention headed by a word: `['USA MIL']`."""
        return [" ".join([one.code, *one.sectors]) for one in self.at(word, nth).participants]

    def names(self, word: str, nth: int = 0) -> list[str | None]:
        """Names of persons of the nth mention headed by a word."""
        return [one.name for one in self.at(word, nth).participants]

    def has(self, word: str) -> bool:
        """Whether a mention with actors is headed by a word."""
        return any(
            self.parsed.tokens[one.head].text == word and one.participants for one in self.mentions
        )

    def text(self, word: str, nth: int = 0) -> str:
        """Original characters of the nth mention headed by a word."""
        mention = self.at(word, nth)
        return self.parsed.text_of(mention.start, mention.end)

    @property
    def heads(self) -> list[str]:
        """Words that head the mentions, in order."""
        return [self.parsed.tokens[one.head].text for one in self.mentions]


@pytest.fixture(scope="session")
def parser() -> Parser:
    return Parser()


@pytest.fixture(scope="session")
def register() -> Register:
    return Register.load()


@pytest.fixture(scope="session")
def read(parser: Parser, register: Register) -> Callable[..., Read]:
    resolver = ActorResolver(register)

    def _read(
        text: str,
        day: str | None = "2021-09-10",
        *,
        speaker: str | None = None,
        country: str | None = None,
        title: str | None = None,
    ) -> Read:
        document = Document.of(
            text,
            published=None if day is None else TimeSpan.parse(day),
            speaker=speaker,
            title=title,
            source=Source("a paper", country),
        )
        parsed = next(iter(parser.parse([document])))
        return Read(parsed, resolver.mentions(parsed))

    return _read
