"""Words against deeds, stance of acts and of statements, and who moved."""

from __future__ import annotations

import numpy as np
import pytest

from inconcert.errors import BadInput, TooFewEvents
from inconcert.measure.words_deeds import words_against_deeds
from inconcert.measure.words_deeds_stance import moved, stand
from inconcert.synth.portfolios import labour_world

HABITS = (0.50, 0.28, 0.14, 0.08)


def acts(share, n, days=210, seed=0):
    generator = np.random.default_rng(seed)
    total = generator.multinomial(n, np.full(days, 1 / days))
    good = generator.binomial(total, share)
    return np.array([good, total - good])


def test_kind_words_and_harsh_deeds_are_told():
    found = words_against_deeds(acts(0.9, 200, seed=1), acts(0.2, 40, seed=2))
    assert found.statistic == pytest.approx(0.7, abs=0.15)
    assert found.interval[0] > 0.3
    assert found.p < 0.01
    assert found.n == 40


def test_words_that_match_deeds_are_not_told_apart():
    found = words_against_deeds(acts(0.6, 200, seed=3), acts(0.6, 40, seed=4))
    assert found.interval[0] < 0 < found.interval[1]
    assert found.p > 0.05


def test_p_is_below_a_tenth_just_where_the_interval_leaves_out_zero():
    for seed in range(40):
        found = words_against_deeds(acts(0.7, 60, seed=seed), acts(0.5, 30, seed=100 + seed))
        low, high = found.interval
        assert (found.p < 0.1) == (low > 0 or high < 0)


def test_ten_deeds_are_needed():
    with pytest.raises(TooFewEvents, match="deeds") as refusal:
        words_against_deeds(acts(0.5, 100), acts(0.5, 9))
    assert refusal.value.need == 10


def test_nine_intervals_in_ten_cover_the_gap():
    generator, hits = np.random.default_rng(5), []
    for null in ("L1", "L3"):
        for _ in range(80):
            world = labour_world(generator, null=null, habits=HABITS, third_parties=0)
            counts, truth = world.counts[1], world.shares[1]
            low, high = words_against_deeds(counts[:2], counts[2:]).interval
            gap = truth[0] / truth[:2].sum() - truth[2] / truth[2:].sum()
            hits.append(low <= gap <= high)
    assert 0.83 < np.mean(hits) < 0.97


def test_a_stand_is_a_share_with_bounds():
    found = stand(acts(0.75, 120, seed=6))
    assert found.bounds[0] < found.share < found.bounds[1]
    assert found.share == pytest.approx(0.75, abs=0.1)
    assert found.n == 120
    with pytest.raises(TooFewEvents):
        stand(acts(0.5, 9))


def test_who_turns_from_foe_to_friend_moved():
    turned = np.concatenate([acts(0.3, 60, seed=7), acts(0.8, 60, seed=8)], axis=1)
    found = moved(turned, 210)
    assert found.statistic == pytest.approx(0.5, abs=0.15)
    assert found.p < 0.01
    assert found.interval[0] > 0


def test_who_did_not_turn_did_not_move_and_the_other_way_round_changes_the_sign():
    still = np.concatenate([acts(0.5, 60, seed=9), acts(0.5, 60, seed=10)], axis=1)
    assert moved(still, 210).p > 0.05
    back = moved(still[:, ::-1], 210)
    assert back.statistic == pytest.approx(-moved(still, 210).statistic)


@pytest.mark.parametrize("day", [0, 210, -3])
def test_a_day_must_leave_something_on_both_sides(day):
    with pytest.raises(BadInput):
        moved(acts(0.5, 100), day)
