"""Made-up portfolios: the truth that a world tells is the truth it was drawn from."""

from __future__ import annotations

import numpy as np
import pytest

from inconcert.errors import BadInput
from inconcert.synth.portfolios import HABITS, NULLS, followed, labour_world, targets_world


@pytest.mark.parametrize("null", list(NULLS))
def test_shares_of_many_worlds_are_the_shares_told(null):
    generator = np.random.default_rng(1)
    worlds = [labour_world(generator, null=null, third_parties=1) for _ in range(60)]
    told = sum(world.expected[:2] for world in worlds)
    found = sum(world.counts[:2].sum(axis=2) for world in worlds)
    shares = [each / each.sum(axis=1, keepdims=True) for each in (told, found)]
    # where acts are told again, counts are larger than expected acts, but their shares are not
    assert np.abs(shares[0] - shares[1]).max() < 0.025


def test_in_a_null_world_a_and_b_have_the_same_habits_and_a_tilt_parts_them():
    same = labour_world(np.random.default_rng(2), null="L1")
    assert same.shares[0] == pytest.approx(same.shares[1])
    assert same.shares[0] == pytest.approx(np.array(HABITS) / sum(HABITS))
    apart = labour_world(np.random.default_rng(2), null="L1", tilt=0.3)
    assert apart.shares[0, 1] - apart.shares[1, 1] == pytest.approx(0.3)


def test_the_same_generator_gives_the_same_world():
    one, other = (labour_world(np.random.default_rng(3)).counts for _ in range(2))
    assert np.array_equal(one, other)


def test_in_turns_portfolios_change_places_but_not_their_sum():
    world = labour_world(np.random.default_rng(4), null="L1", turns=0.5, rates=(9, 9))
    second = world.counts[:2, 1, : 8 * 28].reshape(2, 8, 28).sum(axis=2)
    assert np.corrcoef(second)[0, 1] < -0.8


def test_planted_deeds_follow_within_the_window():
    counts = np.zeros((1, 2, 50), dtype=np.int64)
    counts[0, 0, [5, 20, 49]] = 1
    made = followed(
        counts, anchor=0, deed=1, share=1.0, window_days=3, rng=np.random.default_rng(5)
    )
    assert made[0, 1].sum() == 2
    assert made[0, 1, 6:9].sum() == made[0, 1, 21:24].sum() == 1
    assert counts[0, 1].sum() == 0


def test_a_world_of_targets_has_three_rows_of_actors_and_a_tilt_is_seen_at_the_first_target():
    plain, tilted = (
        targets_world(np.random.default_rng(6), targets=20, tilt=tilt, rates=(30, 30))
        for tilt in (0.0, 0.6)
    )
    assert plain.shape == (3, 20, 5, 35)
    shares = tilted[0].sum(axis=2) / tilted[0].sum(axis=(1, 2))[:, None]
    assert shares[0, 1] > 0.4


def test_an_unknown_world_is_refused():
    with pytest.raises(BadInput, match="L99"):
        labour_world(np.random.default_rng(0), null="L99")
