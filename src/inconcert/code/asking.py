"""Puts the words of a document that may tell events before the model."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from inconcert.code.candidates import candidates
from inconcert.code.clauses import Clauses
from inconcert.code.encoding import ACTOR, PREDICATE, RECIPIENT, Mark, plain
from inconcert.code.gate import passing
from inconcert.code.model import EventModel, Named, Question, Reading
from inconcert.core.parsed import ParsedDocument, Sentence, Token


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model says about one word.

    Attributes:
        token: the word.
        start: first character of its sentence in the document; spans of the reading count from it.
    """

    token: Token
    start: int
    reading: Reading

    def spans(self, role: str) -> tuple[Named, ...]:
        """Who stands in a role (`actors`, `recipients`, `about`), in characters of the document."""
        named: tuple[Named, ...] = getattr(self.reading, role)
        return tuple(
            Named(one.start + self.start, one.end + self.start, one.chance) for one in named
        )


def ask(
    model: EventModel,
    parsed: ParsedDocument,
    sentences: Iterable[Sentence],
    clauses: Clauses | None = None,
) -> list[Answer]:
    """The model's answers about the words of these sentences that may tell an event.

    Args:
        clauses: grammar with the actors named; with it only words that pass the gate are asked
            about, without it all.
    """
    questions: list[Question] = []
    words: list[tuple[Token, int]] = []
    for sentence in sentences:
        text = plain(parsed.document.text[sentence.start : sentence.end])
        words_of = candidates(parsed, sentence) if clauses is None else passing(clauses, sentence)
        for token in words_of:
            mark = Mark(token.start - sentence.start, token.end - sentence.start, PREDICATE)
            questions.append(Question(text, (mark,)))
            words.append((token, sentence.start))
    readings = model.read(questions)
    return [
        Answer(token, start, reading)
        for (token, start), reading in zip(words, readings, strict=True)
    ]


def between(
    model: EventModel,
    sentence: str,
    actors: Iterable[tuple[int, int]],
    recipients: Iterable[tuple[int, int]],
) -> Reading:
    """What passes between given parties, whichever word tells it."""
    marks = [Mark(start, end, ACTOR) for start, end in actors]
    marks += [Mark(start, end, RECIPIENT) for start, end in recipients]
    return model.read([Question(plain(sentence), tuple(marks))])[0]
