"""Answers as text for a terminal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from inconcert.core.evidence import Corpus, EventRecord, Located, StatementRecord
from inconcert.core.question import Question
from inconcert.core.span import TimeSpan
from inconcert.judge.answer import answer
from inconcert.show.plain import summary, text

Questions = tuple[Question, Question]


@pytest.fixture
def named(make_sentence: Callable[..., Located]) -> list[Located]:
    """Ten sentences that name both sides."""
    return [
        make_sentence(f"Beijing praised the Taliban, {n}.", n, date(2021, 8, 1 + n))
        for n in range(10)
    ]


def test_sentences_that_name_both_sides_are_counted_and_the_first_eight_shown(
    named: list[Located], questions: Questions, corpus: Corpus
) -> None:
    told = text(answer(questions[0], [], [], corpus, named=named))
    assert "Other sentences that name the Afghan side with Russia or China: 10\n" in told
    assert "1 Aug 2021  White House: Remarks on Afghanistan, 0" in told
    assert told.count("Beijing praised") == 8
    assert "… and 2 more; the brief has them all." in told


def test_a_question_of_one_actor_says_nothing_of_such_sentences(
    named: list[Located], questions: Questions, corpus: Corpus
) -> None:
    told = text(answer(questions[1], [], [], corpus, named=named))
    assert "sentences that name" not in told
    assert "Joint acts" not in told


def test_acts_toward_the_other_side_and_acts_about_it_are_told_apart(
    make_deed: Callable[..., EventRecord], questions: Questions, corpus: Corpus
) -> None:
    upon = make_deed(1, "CHN", "AFG", date(2021, 8, 1))
    other = make_deed(2, "CHN", "AFG", date(2021, 8, 2))
    about = EventRecord(replace(other.event, recipients=(), about=other.event.recipients), other.at)
    told = " ".join(summary(answer(questions[0], [upon, about], [], corpus)).split())
    assert "China 1 act toward or with the Afghan side; at least 10" in told
    assert "China: 1 act toward or with the Afghan side, 1 only about it" in told


def test_a_statement_without_words_for_its_speaker_shows_the_name(
    make_statement: Callable[..., StatementRecord], questions: Questions, corpus: Corpus
) -> None:
    record = make_statement(1, "RUS", "AFG", date(2021, 8, 1))
    speaker = replace(record.statement.speakers[0], name="Sergey Lavrov")
    silent = replace(record.statement, speaker_text="", speakers=(speaker,), cue="speech")
    told = text(answer(questions[0], [], [StatementRecord(silent, record.at)], corpus))
    assert "1 Aug 2021  Sergey Lavrov" in told
    nameless = replace(silent, speakers=(replace(speaker, name=None),))
    told = text(answer(questions[0], [], [StatementRecord(nameless, record.at)], corpus))
    assert "1 Aug 2021  Russia (own text)" in told


def test_a_day_that_is_only_known_to_lie_in_a_week_is_shown_as_that_week(
    make_statement: Callable[..., StatementRecord], questions: Questions, corpus: Corpus
) -> None:
    record = make_statement(1, "RUS", "AFG", date(2021, 9, 21))
    week = TimeSpan(date(2021, 9, 21), date(2021, 9, 27))
    told = text(
        answer(
            questions[0],
            [],
            [StatementRecord(record.statement, replace(record.at, published=week))],
            corpus,
        )
    )
    assert "21–27 Sep 2021  " in told
