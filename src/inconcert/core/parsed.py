"""A document taken apart: paragraphs, sentences, tokens, quotes. All offsets are the document's."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from inconcert.core.document import Document


class Token(NamedTuple):
    """One word or mark with its place in the dependency tree.

    Attributes:
        index: position in the document's list of tokens.
        start: first character in the document's text (half-open with `end`).
        text: the word with curly quotes and odd spaces made plain; same length as the original.
        lemma: base form, lower case except for proper nouns.
        pos: universal part of speech (`VERB`, `PROPN`).
        tag: Penn tag (`VBD`).
        dep: relation to the head (`nsubj`), `ROOT` at the top.
        head: index of the head token in the document's list; its own index at the root.
        sentence: index of the sentence in the document.
    """

    index: int  # type: ignore[assignment]  # nobody asks a token for a place in its tuple
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, and in a transcript whose turn it is.

    Attributes:
        speaker: the label that opens the turn (`MS. PSAKI`), carried on to the following
            paragraphs of the same turn; None outside transcripts.
        is_question: the turn of an unnamed questioner (`Q`).
    """

    index: int
    start: int
    end: int
    speaker: str | None = None
    is_question: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of a document, characters `[start, end)`, tokens `[first, last)`."""

    id: str
    document: str
    index: int
    start: int
    end: int
    first: int
    last: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Quote:
    """Verbatim words between quotation marks.

    Attributes:
        start: first character inside the marks.
        end: one past the last character inside the marks.
        sentence: index of the sentence in which it begins.
        is_scare: marks round a word or two without a clause: irony or a term, nobody's words.
    """

    start: int
    end: int
    sentence: int
    is_scare: bool = False


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A document with its parse.

    `children[i]` lists the dependents of token `i` in order of the text.
    """

    document: Document
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    tokens: tuple[Token, ...]
    quotes: tuple[Quote, ...] = ()
    children: tuple[tuple[int, ...], ...] = field(default=(), repr=False)

    def text_of(self, start: int, end: int) -> str:
        """The original characters `[start, end)`."""
        return self.document.text[start:end]

    def tokens_of(self, sentence: Sentence) -> tuple[Token, ...]:
        """The tokens of a sentence."""
        return self.tokens[sentence.first : sentence.last]

    def kids(self, token: int, *deps: str) -> list[Token]:
        """Dependents of a token, all or only those with one of the relations."""
        found = (self.tokens[child] for child in self.children[token])
        return [child for child in found if not deps or child.dep in deps]

    def subtree(self, token: int) -> list[int]:
        """Indices of a token and all its descendants, in order of the text."""
        seen, pending = [token], [token]
        while pending:
            below = self.children[pending.pop()]
            seen.extend(below)
            pending.extend(below)
        return sorted(seen)
