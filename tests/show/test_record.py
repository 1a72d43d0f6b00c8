"""Answers as plain records."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from inconcert.core.evidence import Corpus, Located, StatementRecord
from inconcert.core.question import Question
from inconcert.core.span import TimeSpan
from inconcert.judge.answer import answer
from inconcert.show.record import answer_record


def test_sentences_that_name_both_sides_stand_in_the_record_with_their_place(
    make_sentence: Callable[..., Located],
    questions: tuple[Question, Question],
    corpus: Corpus,
) -> None:
    at = make_sentence("Beijing praised the Taliban.", 1, date(2021, 8, 1))
    found = answer_record(answer(questions[0], [], [], corpus, named=[at]))
    (named,) = json.loads(json.dumps(found, default=str))["named"]
    assert named["day"] == "2021-08-01"
    assert named["sentence"] == "Beijing praised the Taliban."
    assert (named["document"], named["sentence_start"]) == (at.document, at.start)
    assert named["url"] == "https://www.example.org/briefings/1"


def test_with_one_actor_the_record_holds_none(
    make_sentence: Callable[..., Located],
    questions: tuple[Question, Question],
    corpus: Corpus,
) -> None:
    at = make_sentence("Washington warned the Taliban.", 1, date(2021, 8, 1))
    assert answer_record(answer(questions[1], [], [], corpus, named=[at]))["named"] == []


def test_what_was_asked_and_left_out_stands_in_the_record(
    make_statement: Callable[..., StatementRecord],
    questions: tuple[Question, Question],
    corpus: Corpus,
) -> None:
    since = TimeSpan(date(2021, 8, 1), date.max)
    asked = replace(questions[0], sources=("TASS",), span=since)
    said = make_statement(1, "RUS", "AFG", date(2021, 8, 1))
    found = json.loads(json.dumps(answer_record(answer(asked, [], [said], corpus)), default=str))
    assert found["question"]["sources"] == ["TASS"]
    assert (found["question"]["from"], found["question"]["to"]) == ("2021-08-01", None)
    assert found["corpus"]["left_out"]["empty"] == 2
    assert found["corpus"]["left_out_places"]["empty"] == ["notes/empty.txt", "notes/blank.md"]
    (statement,) = found["actors"][0]["statements"]
    place = statement["content_start"] - statement["sentence_start"]
    length = statement["content_end"] - statement["content_start"]
    assert statement["sentence"][place : place + length] == said.at.sentence
