"""Sentences that name both sides and hold no record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from inconcert.core.document import Source
from inconcert.core.evidence import Corpus, EventRecord, Located, StatementRecord
from inconcert.core.question import Question
from inconcert.core.span import TimeSpan
from inconcert.judge.answer import answer

Make = Callable[..., EventRecord]
Say = Callable[..., StatementRecord]
WORDS = "Moscow hosted a Taliban delegation."


def sentence(document: str, start: int, *, day: int | None = 0) -> Located:
    when = None if day is None else TimeSpan.day(date(2021, 8, 2) + timedelta(days=day))
    return Located(document, Source("Daily Courier"), None, when, None, "a.txt", WORDS, start)


def places(found: Sequence[Located]) -> list[tuple[str, int]]:
    return [(at.document, at.start) for at in found]


def test_sentences_are_listed_once_and_in_order_of_day(question: Question, corpus: Corpus) -> None:
    given = [
        sentence("c", 0, day=None),
        sentence("b", 50, day=1),
        sentence("a", 90, day=2),
        sentence("b", 10, day=1),
        sentence("a", 90, day=2),
    ]
    found = answer(question, [], [], corpus, named=given).named
    assert places(found) == [("b", 10), ("b", 50), ("a", 90), ("c", 0)]


def test_a_sentence_that_holds_a_record_of_the_answer_is_not_listed_again(
    event: Make, statement: Say, question: Question, corpus: Corpus
) -> None:
    deed, aside = event("RUS", "AFG"), event("CHN", "AFG", auxiliary=("future",))
    bearing, said = event("AFG", "CHN"), statement("RUS", about="AFG")
    held = [record.at for record in (deed, aside, bearing, said)]
    found = answer(
        question, [deed, aside, bearing], [said], corpus, named=[*held, sentence("z", 0)]
    )
    assert places(found.named) == [("z", 0)]


def test_a_sentence_in_which_a_statement_goes_on_is_not_listed(
    statement: Say, question: Question, corpus: Corpus
) -> None:
    said = statement("RUS", about="AFG")
    longer = StatementRecord(replace(said.statement, content_end=80), said.at)
    given = [sentence(said.at.document, 40), sentence(said.at.document, 80)]
    found = answer(question, [], [longer], corpus, named=given).named
    assert places(found) == [(said.at.document, 80)]


def test_a_sentence_with_a_record_that_the_answer_leaves_out_is_listed(
    event: Make, question: Question, corpus: Corpus
) -> None:
    other = event("USA", "IND")
    assert answer(question, [other], [], corpus, named=[other.at]).named == (other.at,)


def test_only_days_asked_about_are_listed(question: Question, corpus: Corpus) -> None:
    asked = replace(question, span=TimeSpan(date(2021, 8, 1), date(2021, 8, 7)))
    given = [sentence("a", 0), sentence("b", 0, day=30), sentence("c", 0, day=None)]
    assert places(answer(asked, [], [], corpus, named=given).named) == [("a", 0)]


@pytest.mark.parametrize("count", [1, 3])
def test_they_are_kept_only_where_two_actors_are_asked_about(
    count: int, question: Question, corpus: Corpus
) -> None:
    codes = (("RUS",), ("CHN",), ("IRN",))[:count]
    asked = replace(question, actors=codes, names=("Russia", "China", "Iran")[:count])
    assert answer(asked, [], [], corpus, named=[sentence("a", 0)]).named == ()
