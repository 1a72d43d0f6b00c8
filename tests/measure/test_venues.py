"""Venues: shares with intervals that know of acts that come together."""

from __future__ import annotations

import numpy as np
import pytest

from inconcert.errors import BadInput, TooFewEvents
from inconcert.measure.venues import venue_shares
from inconcert.synth.changes import venue_acts

NAMES = ("one", "two")


def test_a_venue_used_more_than_by_others_is_told():
    rng = np.random.default_rng(0)
    inside, total = venue_acts(rng, (0.6, 0.1), rate=0.4)
    theirs, all_theirs = venue_acts(rng, (0.2, 0.1), rate=2.0)
    first, second = venue_shares(
        inside, total, NAMES, others_through=theirs, others_total=all_theirs
    )
    assert first.venue == "one"
    assert first.interval[0] < 0.6 < first.interval[1]
    assert first.corrected < 0.01 < second.corrected
    assert first.result.expected == pytest.approx(0.2, abs=0.05)


def test_acts_that_come_together_widen_the_interval():
    rng = np.random.default_rng(1)
    inside, total = venue_acts(rng, (0.4, 0.1), rate=0.4)
    thrice = venue_shares(3 * inside, 3 * total, NAMES)[0]
    once = venue_shares(inside, total, NAMES)[0]
    assert thrice.share == once.share
    assert thrice.interval[1] - thrice.interval[0] > 0.8 * (once.interval[1] - once.interval[0])


@pytest.mark.parametrize("together", [0.0, 0.4])
def test_intervals_cover_and_equal_shares_are_rarely_told_apart(together):
    covered, rejected, number = 0, 0, 80
    for seed in range(number):
        rng = np.random.default_rng(seed)
        inside, total = venue_acts(rng, (0.3, 0.1), rate=0.3, together=together)
        theirs, all_theirs = venue_acts(rng, (0.3, 0.1), rate=1.0, together=together)
        for one in venue_shares(
            inside, total, NAMES, others_through=theirs, others_total=all_theirs
        ):
            covered += one.interval[0] <= (0.3 if one.venue == "one" else 0.1) <= one.interval[1]
            rejected += one.result.p <= 0.05
    assert covered / (2 * number) > 0.9 - 3 * (0.9 * 0.1 / (2 * number)) ** 0.5
    assert rejected / (2 * number) < 0.05 + 3 * (0.05 * 0.95 / (2 * number)) ** 0.5


def test_without_others_there_is_a_share_and_no_test():
    first = venue_shares(np.full((1, 30), 1), np.full(30, 2), ("one",))[0]
    assert first.share == 0.5
    assert first.result is None
    assert first.corrected is None


def test_few_acts_and_impossible_counts_are_refused():
    with pytest.raises(TooFewEvents):
        venue_shares(np.zeros((2, 30)), np.zeros(30), NAMES)
    with pytest.raises(BadInput):
        venue_shares(np.ones((2, 30)), np.zeros(30), NAMES)
    with pytest.raises(BadInput):
        venue_shares(np.ones((1, 30)), np.ones(30), NAMES)
