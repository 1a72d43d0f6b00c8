from __future__ import annotations

from datetime import date

import pytest

from inconcert.core.config import Settings, Side
from inconcert.errors import BadQuestion, UnknownActor
from inconcert.resolve.register import Register
from inconcert.workbench.questions import asked_days, days_of, question_of


@pytest.fixture(scope="module")
def register():
    return Register.load()


@pytest.fixture
def settings():
    plain = Settings.load()
    sides = (Side("the Afghan side", ("AFG", "AFGTAL")),)
    return Settings("made up", plain.read, plain.code, sides)


def asked(settings, register, *actors, toward):
    return question_of(settings, register, actors=[(name,) for name in actors], toward=toward)


def test_names_and_codes_mean_the_same(settings, register):
    by_name = asked(settings, register, "Russia", "China", toward="Taliban")
    assert by_name == asked(settings, register, "RUS", "CHN", toward="AFGTAL")
    assert by_name.names == ("Russia", "China")


def test_a_side_stands_for_its_codes_under_its_own_name(settings, register):
    question = asked(settings, register, "Russia", toward="The Afghan Side")
    assert (question.toward, question.toward_name) == (("AFG", "AFGTAL"), "the Afghan side")


def test_a_misspelt_side_is_refused_and_not_taken_for_less(settings, register):
    with pytest.raises(BadQuestion, match="no side is called 'the Afgan side'") as caught:
        asked(settings, register, "Russia", toward="the Afgan side")
    assert "'the Afghan side'" in caught.value.advice


@pytest.mark.parametrize(
    ("actors", "toward", "complaint"),
    [
        ((), "CHN", "at least one actor"),
        (("RUS",), "", "at least one actor"),
        (("RUS", "Russia"), "CHN", "asked about twice"),
        (("RUS",), "AFG+RUS", "both sides"),
        (("AFGTAL",), "the Afghan side", "both sides"),
    ],
)
def test_a_question_that_has_no_answer_is_refused(settings, register, actors, toward, complaint):
    with pytest.raises(BadQuestion, match=complaint):
        asked(settings, register, *actors, toward=toward)


def test_an_unknown_actor_is_named_with_the_nearest(settings, register):
    with pytest.raises(UnknownActor, match="'Rusia'") as caught:
        asked(settings, register, "Rusia", toward="CHN")
    assert "Russia" in caught.value.advice


def test_months_and_years_reach_from_their_first_to_their_last_day():
    span = asked_days("2021-08", "2021")
    assert span is not None
    assert (span.first, span.last) == (date(2021, 8, 1), date(2021, 12, 31))
    assert asked_days(None, None) is None


@pytest.mark.parametrize("words", ["yesterday", "2021-13", "15.8.2021", "2021-02-30", ""])
def test_what_is_no_date_is_refused_with_its_place(words):
    with pytest.raises(BadQuestion, match="is no date") as caught:
        days_of(words, "--from")
    assert caught.value.where == "--from"


def test_days_in_the_wrong_order_are_refused():
    with pytest.raises(BadQuestion, match="before it begins"):
        asked_days("2021-09", "2021-08")
