"""Sentences that say whether two act together."""

from __future__ import annotations

from datetime import date
from itertools import count

import pytest

from inconcert.core.document import Source
from inconcert.core.evidence import Located
from inconcert.core.span import TimeSpan
from inconcert.judge.sayings import disagreement, sayings, what_is_said

STARTS = count(0, 100)


def at(sentence: str, document: str = "d1", day: int = 2) -> Located:
    published = TimeSpan.day(date(2021, 9, day))
    return Located(
        document, Source("Courier", None), None, published, None, "x", sentence, next(STARTS)
    )


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("Ankara and Doha coordinated their relief flights.", "together"),
        ("The two ministers issued a joint note on the border.", "together"),
        ("Ankara and Doha have little coordination on the border.", "not together"),
        ("Ankara and Doha did not coordinate their flights.", "not together"),
        ("Cooperation between Ankara and Doha remains limited.", "not together"),
        ("It is hard to say whether Ankara and Doha act in concert.", "open"),
        ("Whether Ankara and Doha coordinate is unknown.", "open"),
    ],
)
def test_a_sentence_says_together_not_together_or_leaves_it_open(sentence: str, says: str) -> None:
    found = what_is_said(sentence)
    assert found is not None
    assert found[0] == says


def test_a_sentence_about_something_else_says_nothing_of_it() -> None:
    assert what_is_said("Ankara and Doha both sent envoys to Kabul.") is None


def test_a_denial_weighs_more_than_the_word_it_denies() -> None:
    found = what_is_said("Their joint statement hid a lack of cooperation.")
    assert found == ("not together", "lack of cooperation")


def test_only_texts_on_the_other_side_are_heard_and_in_order_of_day() -> None:
    late, early = at("They acted in tandem.", "d2", 9), at("They acted in tandem.", "d1", 3)
    elsewhere = at("They acted in tandem.", "d3", 1)
    assert [one.at for one in sayings([late, early, elsewhere], ["d1", "d2"])] == [early, late]


def test_texts_that_contradict_each_other_are_told_with_their_numbers() -> None:
    found = sayings(
        [at("They acted in tandem."), at("They did not act together.", "d2")], ["d1", "d2"]
    )
    told = disagreement(found)
    assert told is not None
    assert "2 texts hold 1 sentence that they act together" in told


def test_texts_of_one_mind_do_not_disagree() -> None:
    assert disagreement(sayings([at("They acted in tandem.")], ["d1"])) is None
