"""Key judgements: likelihood only with a calibration, and never beside a word of confidence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.show.conftest import deed
from tests.show.made_brief import (
    DAY,
    finding,
    of_dataset,
    of_texts,
    reading,
    signed,
    with_sayings,
)

from inconcert.core.verdict import Answer
from inconcert.show.brief_blocks import own_words
from inconcert.show.brief_confidence import MARKS, RULE
from inconcert.show.estimative import (
    sentences_of,
    speaks_of_confidence,
    speaks_of_likelihood,
    terms_of,
)
from inconcert.show.judgements import (
    CALIBRATION_ERROR,
    likelihood_of_claim,
    likelihood_of_codings,
)

CHANCES = st.floats(0.01, 0.99)
PS = st.floats(1e-6, 0.99)


def both(text: str) -> list[str]:
    """Sentences that hold a word of likelihood and one of confidence."""
    return [
        sentence
        for sentence in sentences_of(text)
        if speaks_of_likelihood(sentence) and speaks_of_confidence(sentence)
    ]


def test_a_sentence_that_holds_both_is_found() -> None:
    assert both("It is so. It is likely, and our confidence is high.")


def judged(told: Answer) -> list[str]:
    return [one.says for one in signed(told).judged[0].judgements]


@given(st.lists(CHANCES, max_size=4))
def test_no_sentence_on_texts_holds_both_likelihood_and_confidence(chances: list[float]) -> None:
    paper = signed(with_sayings(of_texts(*chances)))
    assert not [found for line in own_words(paper.whole) for found in both(line)]


@given(PS, st.floats(0.01, 90), st.sampled_from(["", "IRN", "IRN PAK USA"]))
def test_no_sentence_on_a_dataset_holds_both_likelihood_and_confidence(
    p: float, false: float, bloc: str
) -> None:
    tests = (finding(p / 8, p, tuple(bloc.split())),)
    made = reading(p, tests=tests)
    paper = signed(of_dataset(made))
    assert not [found for line in own_words(paper.whole) for found in both(line)]


def test_no_sentence_of_a_brief_of_counts_or_of_its_rules_holds_both(
    answers: list[Answer],
) -> None:
    lines = [*own_words(signed(*answers).whole), RULE, *MARKS]
    assert len(lines) > 60
    assert not [found for line in lines for found in both(line)]


@given(PS)
def test_a_p_value_alone_never_becomes_a_word_of_likelihood(p: float) -> None:
    made = reading(p, false_calls=None)
    for one in signed(of_dataset(made)).judged[0].judgements:
        text = one.says.replace("no likelihood is given", "")
        assert not speaks_of_likelihood(text), text


def test_a_claim_of_timing_has_a_likelihood_and_says_for_which_base_rates() -> None:
    first = judged(of_dataset(reading(0.004)))[0]
    low, high = likelihood_of_claim(20.0, 0.1)
    assert first.startswith(f"It is {terms_of(low, high)[0].term}")
    assert "65 to 92" in first
    assert "from 5 to 25\u00a0% of the pairs" in first


def test_at_the_calibrated_base_rate_the_likelihood_is_what_was_calibrated() -> None:
    low, high = likelihood_of_claim(30.0, 0.1)
    assert low < 0.70 < high
    even = likelihood_of_claim(50.0, 0.5)
    assert even[0] == pytest.approx(0.05)
    assert even[1] == pytest.approx(0.25)


@given(st.floats(0.1, 95), st.floats(0.02, 0.9))
def test_more_false_claims_make_a_claim_less_likely(count: float, base: float) -> None:
    more, less = likelihood_of_claim(count + 1, base), likelihood_of_claim(count, base)
    assert more[0] < less[0]
    assert more[1] < less[1]


def test_joint_acts_are_as_likely_as_the_coder_was_right_before_and_wider_by_its_error() -> None:
    one = [deed(0, "RUS CHN", "AFG", DAY, confidence=0.7)]
    low, high = likelihood_of_codings(one)
    assert (low, high) == (
        pytest.approx(0.7 - CALIBRATION_ERROR),
        pytest.approx(0.7 + CALIBRATION_ERROR),
    )
    two = [*one, deed(2, "RUS CHN", "AFG", DAY, confidence=0.5)]
    assert likelihood_of_codings(two)[1] == pytest.approx(0.85 + CALIBRATION_ERROR)
    assert likelihood_of_codings(two, least=2)[0] == pytest.approx(0.35 - CALIBRATION_ERROR)
    assert likelihood_of_codings(one, least=2) == (0.0, 0.0)


def test_a_suggestive_test_is_not_shown_and_has_no_likelihood() -> None:
    told = judged(of_dataset(reading(0.03)))
    assert told[0].endswith("suggested, not shown; no likelihood is given.")


def test_what_cannot_be_judged_is_listed_with_its_reason_and_not_numbered() -> None:
    found = signed(of_texts(0.7)).judged[0]
    assert [one.split(" (")[0] for one in found.not_judged] == ["Timing", "Stance"]
    assert "at least 10 of each are needed" in found.not_judged[1]
    assert len(found.judgements) == 1


def test_a_bloc_is_called_one() -> None:
    tests = (finding(0.001, 0.004, ("IRN", "PAK", "USA")),)
    told = judged(of_dataset(reading(0.004, tests=tests)))
    assert any("belongs to the bloc" in one for one in told)


def test_texts_that_contradict_each_other_are_a_judgement_of_their_own() -> None:
    assert judged(with_sayings(of_texts(0.7)))[-1].startswith("Those who write do not agree")
