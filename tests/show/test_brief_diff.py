"""What is new since an earlier brief, and two briefs side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.show.made_brief import MADE, of_dataset, of_texts, reading

from inconcert.core.verdict import Answer
from inconcert.errors import BadInput
from inconcert.show.brief_blocks import own_words
from inconcert.show.brief_diff import diff_markdown, news
from inconcert.show.brief_held import Held, held, read_held, write_held

LATER = datetime(2022, 1, 3, 8, 0, tzinfo=UTC)


def of(*answers: Answer, made: datetime = MADE, title: str = "t") -> Held:
    return held(answers, title=title, made=made, version="0.1.0")


def told(before: Held, *answers: Answer) -> str:
    return " ".join(own_words(news(before, answers)))


def test_what_a_brief_held_is_read_back_as_it_was(answers: list[Answer]) -> None:
    found = of(*answers, of_dataset(reading()))
    assert read_held(write_held(found), where="brief.json") == found
    assert write_held(found) == write_held(of(*answers, of_dataset(reading())))


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"form": 9}', '{"form": 1, "questions": 3}'])
def test_another_file_is_refused_with_its_name(text: str) -> None:
    with pytest.raises(BadInput) as found:
        read_held(text, where="x.json")
    assert found.value.where == "x.json"


def test_the_same_material_has_nothing_new() -> None:
    again = of_texts(0.7)
    assert "Nothing is new: same verdict, same records." in told(of(again), again)


def test_new_acts_are_listed_and_vanished_ones_counted() -> None:
    less, more = of_texts(0.7), of_texts(0.7, 0.6)
    assert "1 new record, latest first:" in told(of(less), more)
    assert "1 record of then is not counted any more" in told(of(more), less)
    assert "2 Aug 2021, TASS" in told(of(less), more)


def test_a_changed_verdict_opens_what_is_new() -> None:
    before, now = of_dataset(reading(0.4)), of_dataset(reading(0.004))
    found = told(of(before), now)
    assert "Verdict: “cannot tell” then, “acting alike, contact not shown” now." in found
    assert "Timing: “undetermined” then, “co-acting” now." in found


def test_a_question_that_was_not_asked_then_is_said_to_be_new() -> None:
    other = replace(of_dataset(reading()).question, toward=("PAK",), toward_name="Pakistan")
    found = told(of(of_texts(0.7)), replace(of_dataset(reading()), question=other))
    assert "This question was not asked then." in found
    assert "Asked then, not now: Russia and China toward Afghanistan" in found


def test_two_dates_stand_side_by_side_and_what_differs_stands_out() -> None:
    left, right = of(of_texts(0.7)), of(of_texts(0.7, 0.6), made=LATER)
    text = diff_markdown(left, right)
    assert "| 20 December 2021 09:30 UTC | 3 January 2022 08:00 UTC |" in text
    assert "| Joint acts in texts | **1** | **2** |" in text
    assert "| Records found in both | 1 | 1 |" in text


def test_two_cases_with_other_questions_are_laid_side_by_side_in_their_order() -> None:
    question = replace(of_texts(0.7).question, toward=("PAK",), toward_name="Pakistan")
    other = of(replace(of_texts(0.7), question=question), title="Pakistan")
    text = diff_markdown(of(of_texts(0.7), title="Afghanistan"), other)
    assert text.startswith("# Two cases")
    assert "Afghanistan, 20 December 2021" in text
    assert "| Verdict | cannot tell | cannot tell |" in text
