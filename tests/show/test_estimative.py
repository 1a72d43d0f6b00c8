"""Words of likelihood and the bands they stand for."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.errors import BadInput
from inconcert.show.estimative import (
    LEAST,
    MOST,
    band_of,
    bands,
    chances,
    likelihood,
    sentences_of,
    speaks_of_confidence,
    speaks_of_likelihood,
    terms_of,
)

INTERVALS = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(lambda pair: tuple(sorted(pair)))


def test_every_term_leads_to_its_band_and_the_band_back_to_the_term() -> None:
    for band in bands():
        assert band_of(band.term) == band
        assert terms_of(band.low, band.high) == (band,)


def test_the_bands_touch_and_leave_no_chance_without_a_term() -> None:
    assert all(one.high == other.low for one, other in pairwise(bands()))
    assert (bands()[0].low, bands()[-1].high) == (LEAST, MOST)


@given(INTERVALS)
def test_one_term_holds_the_whole_interval_and_two_hold_its_ends(pair: tuple[float, float]) -> None:
    low, high = (min(max(end, LEAST), MOST) for end in pair)
    found = terms_of(*pair)
    if len(found) == 1:
        assert found[0].low <= low <= high <= found[0].high
    else:
        assert not any(band.holds(low, high) for band in bands())
        assert found[0].low <= low <= found[0].high
        assert found[1].low <= high <= found[1].high


@given(INTERVALS)
def test_neither_nothing_nor_certainty_is_ever_printed(pair: tuple[float, float]) -> None:
    numbers = [int(found) for found in re.findall(r"\d+", chances(*pair))]
    assert all(1 <= number <= 99 for number in numbers)


@given(INTERVALS)
def test_an_interval_in_words_speaks_of_likelihood_alone(pair: tuple[float, float]) -> None:
    told = f"{likelihood(*pair)} that it rains."
    assert speaks_of_likelihood(told)
    assert not speaks_of_confidence(told)


def test_an_interval_across_two_bands_names_both() -> None:
    assert likelihood(0.7, 0.9).startswith("It is likely to very likely (70 to 90")
    assert "roughly even chance” and “likely”" in likelihood(0.5, 0.7)


@pytest.mark.parametrize("pair", [(0.6, 0.5), (-0.1, 0.5), (0.5, 1.1), (float("nan"), 0.5)])
def test_what_is_no_interval_of_chances_is_refused(pair: tuple[float, float]) -> None:
    with pytest.raises(BadInput):
        terms_of(*pair)


def test_an_unknown_term_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(BadInput) as told:
        band_of("probable")
    assert "very likely" in told.value.advice


def test_sentences_are_parted_where_a_capital_follows_and_not_within_numbers() -> None:
    assert sentences_of("p = .03 here. It is so (71 %). 2 more.") == [
        "p = .03 here.",
        "It is so (71 %).",
        "2 more.",
    ]
