"""A question in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from inconcert.core.evidence import Corpus
from inconcert.core.question import Question
from inconcert.core.span import TimeSpan
from inconcert.show.asked import command, heard, material, spelt_out

Questions = tuple[Question, Question]
NAMES: Callable[[str], str] = {"AFG": "Afghanistan", "AFGTAL": "Taliban", "USA": "Utopia"}.get  # type: ignore[assignment]


def test_the_other_side_is_spelt_out_with_its_members(questions: Questions) -> None:
    told = spelt_out(questions[0], NAMES)
    assert told == "Asked: Russia and China toward the Afghan side (Afghanistan and Taliban)."


def test_members_that_are_its_name_are_not_told_twice(questions: Questions) -> None:
    plain = replace(questions[0], toward_name="Afghanistan and Taliban")
    assert spelt_out(plain, NAMES) == "Asked: Russia and China toward Afghanistan and Taliban."


def test_a_choice_of_sources_is_told(questions: Questions) -> None:
    narrow = replace(questions[0], sources=("TASS", "White House"))
    assert spelt_out(narrow, NAMES).endswith("; only in TASS and White House.")


def test_countries_that_hardly_speak_are_put_together(corpus: Corpus) -> None:
    shares = (("USA", 9_700), ("PAK", 90), ("RUS", 80), (None, 130))
    told = material(replace(corpus, sentences_by_country=shares), NAMES)
    assert told.endswith("Utopia 97\u00a0%, unknown 1\u00a0%, 2 others 2\u00a0%.")


def test_sentences_of_the_sides_themselves_are_told_even_where_there_are_none(
    questions: Questions, corpus: Corpus
) -> None:
    told = heard(questions[0], corpus)
    assert told.endswith("themselves: Russia 600, China 0, the Afghan side 0.")


def test_an_open_end_is_neither_told_as_a_day_nor_put_into_the_command(
    questions: Questions,
) -> None:
    since = replace(questions[0], span=TimeSpan(date(2021, 8, 1), date.max))
    assert spelt_out(since, NAMES).endswith(", from 1 August 2021.")
    assert command(since, ()).endswith("--from 2021-08-01")
    until = replace(questions[0], span=TimeSpan(date.min, date(2021, 8, 1)))
    assert spelt_out(until, NAMES).endswith(", until 1 August 2021.")
    assert command(until, ()).endswith("AFG+AFGTAL --to 2021-08-01")
