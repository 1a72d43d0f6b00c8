"""Which words are put before the model, and where its answers point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from inconcert.code.asking import ask, between
from inconcert.code.candidates import candidates
from inconcert.code.encoding import ACTOR, PREDICATE, RECIPIENT, TYPES
from inconcert.code.gate import passing
from inconcert.code.model import EventModel, Named, Question, Reading


@dataclass
class Listener:
    """A model that keeps what it is asked, and says that the first word of a sentence acts."""

    questions: list[Question] = field(default_factory=list)

    def read(self, questions: Sequence[Question]) -> list[Reading]:
        self.questions += questions
        types = tuple(1 / len(TYPES) for _ in TYPES)
        return [
            Reading(types, (), (), (), (Named(0, question.sentence.index(" "), 0.9),), (), ())
            for question in questions
        ]


def listening() -> tuple[Listener, EventModel]:
    listener = Listener()
    return listener, cast("EventModel", listener)


TEXT = "It rained.\n\n“Russia” condemned Turkey’s raid. Iran attacked Iraq."


def test_the_word_asked_about_is_marked_in_its_own_sentence(ready) -> None:
    found, (listener, model) = ready(TEXT), listening()
    answers = ask(model, found.parsed, found.parsed.sentences)
    for question, answer in zip(listener.questions, answers, strict=True):
        (mark,) = question.marks
        assert mark.kind == PREDICATE
        assert question.sentence[mark.start : mark.end] == answer.token.text
    assert "condemned" in [answer.token.text for answer in answers]


def test_the_model_reads_plain_quotation_marks(ready) -> None:
    found, (listener, model) = ready(TEXT), listening()
    ask(model, found.parsed, found.parsed.sentences)
    assert any(
        one.sentence.startswith('"Russia" condemned Turkey\'s') for one in listener.questions
    )


def test_spans_are_told_in_characters_of_the_document(ready) -> None:
    found, (_, model) = ready(TEXT), listening()
    answers = ask(model, found.parsed, found.parsed.sentences)
    (attack,) = [answer for answer in answers if answer.token.text == "attacked"]
    (actor,) = attack.spans("actors")
    assert TEXT[actor.start : actor.end] == "Iran"
    assert attack.spans("recipients") == ()


def test_with_grammar_only_words_that_pass_the_gate_are_asked_about(ready) -> None:
    found = ready(TEXT)
    sentences = found.parsed.sentences
    gated = ask(listening()[1], found.parsed, sentences, found.clauses)
    every = ask(listening()[1], found.parsed, sentences)
    passed = [token for sentence in sentences for token in passing(found.clauses, sentence)]
    possible = [token for sentence in sentences for token in candidates(found.parsed, sentence)]
    assert [answer.token for answer in gated] == passed
    assert [answer.token for answer in every] == possible


def test_a_sentence_without_verbs_asks_nothing(ready) -> None:
    found, (listener, model) = ready("Russia, China and Iran."), listening()
    assert ask(model, found.parsed, found.parsed.sentences, found.clauses) == []
    assert listener.questions == []


def test_given_parties_are_marked_as_what_they_are() -> None:
    listener, model = listening()
    between(model, "Iran’s army attacked Iraq.", [(0, 4)], [(21, 25)])
    (question,) = listener.questions
    marked = [(question.sentence[one.start : one.end], one.kind) for one in question.marks]
    assert marked == [("Iran", ACTOR), ("Iraq", RECIPIENT)]
