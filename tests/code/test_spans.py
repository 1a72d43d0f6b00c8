"""From words that the model points at to actors of the register."""

from __future__ import annotations

from inconcert.code.model import Named
from inconcert.code.spans import people


def codes(ready, text: str, *words: str) -> list[str]:
    found = ready(text)
    spans = [
        Named(start, start + len(one), 0.9) for one in words if (start := text.index(one)) >= 0
    ]
    return [one.code for one in people(found.clauses, found.sentence, spans)]


def test_a_name_is_its_actor(ready) -> None:
    assert codes(ready, "Russia condemned Turkey.", "Russia") == ["RUS"]


def test_a_phrase_is_who_its_head_names_and_not_all_that_stand_in_it(ready) -> None:
    text = "The Russian envoy to Turkey condemned Greece."
    assert codes(ready, text, "The Russian envoy to Turkey") == ["RUS"]


def test_those_joined_by_and_are_all_named(ready) -> None:
    assert codes(ready, "Russia and China condemned Turkey.", "Russia and China") == ["RUS", "CHN"]


def test_only_those_within_the_words_are_taken(ready) -> None:
    assert codes(ready, "Russia and China condemned Turkey.", "Russia") == ["RUS"]


def test_the_owner_of_a_thing_stands_for_it(ready) -> None:
    assert codes(ready, "The protesters burned Iran's consulate.", "Iran's consulate") == ["IRN"]


def test_a_pronoun_is_whom_it_stands_for(ready) -> None:
    text = "Russia said it would attack Ukraine."
    assert codes(ready, text, "it") == ["RUS"]


def test_a_place_is_the_state_in_which_it_lies(ready) -> None:
    assert codes(ready, "Shells fell near Kabul.", "Kabul") == ["AFG"]


def test_words_that_name_nobody_are_nobody(ready) -> None:
    assert codes(ready, "The rain stopped Turkey.", "The rain") == []
    assert codes(ready, "Russia condemned Turkey.") == []


def test_somebody_named_twice_is_one(ready) -> None:
    found = ready("Russia condemned Turkey.")
    twice = [Named(0, 6, 0.9), Named(0, 6, 0.8)]
    assert len(people(found.clauses, found.sentence, twice)) == 1


def test_words_beyond_the_sentence_are_nobody(ready) -> None:
    found = ready("Russia condemned Turkey.")
    assert people(found.clauses, found.sentence, [Named(500, 510, 0.9)]) == ()
