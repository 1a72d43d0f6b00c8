"""Made-up changes are where they were planted, and nothing changes where nothing was."""

from __future__ import annotations

import numpy as np
import pytest

from inconcert.errors import BadInput
from inconcert.synth.changes import TRAPS, changing, joint_acts, signed_network, venue_acts


def drawn(seed: int, **more):
    return changing(np.random.default_rng(seed), **more)


@pytest.mark.parametrize("trap", TRAPS)
def test_a_series_without_a_change_has_as_many_acts_in_either_half(trap):
    counts = sum(drawn(seed, trap=trap, days=200).counts[0, 0] for seed in range(40))
    assert counts[:100].sum() == pytest.approx(counts[100:].sum(), rel=0.35)


def test_a_doubled_rate_doubles_the_acts_after_its_day():
    counts = sum(drawn(s, factor=2.0, day=100, days=200).counts[0, 0] for s in range(40))
    assert counts[100:].sum() == pytest.approx(2 * counts[:100].sum(), rel=0.1)


def test_a_shift_turns_acts_into_the_first_type_and_adds_none():
    world = drawn(1, types=6, shift=0.5, day=182, rates=(4.0,))
    counts = world.counts[0]
    before, after = counts[:, :182].sum(axis=1), counts[:, 182:].sum(axis=1)
    assert after[0] / after.sum() > before[0] / before.sum() + 0.2
    assert after.sum() == pytest.approx(before.sum(), rel=0.15)


def test_only_the_named_actors_change_and_only_in_the_ranges():
    world = drawn(2, rates=(5.0, 5.0), factor=4.0, changed=(1,), after=((50, 99),), days=150)
    calm, moved = world.counts[:, 0]
    assert world.day is None
    assert moved[50:100].sum() > 3 * moved[100:].sum()
    assert calm[50:100].sum() < 1.3 * calm[100:].sum()
    assert world.planned[0].max() == 0


def test_the_same_seed_gives_the_same_world():
    one, other = drawn(3, trap="all"), drawn(3, trap="all")
    assert np.array_equal(one.counts, other.counts)
    assert one.shock_days == other.shock_days


def test_an_unknown_trap_is_refused_with_the_names_of_those_there_are():
    with pytest.raises(BadInput, match="bursts"):
        drawn(0, trap="moon")


def test_networks_are_symmetric_and_camps_are_friendlier_inside():
    good, bad, camp = signed_network(np.random.default_rng(4), groups=2, contrast=3.0)
    assert np.array_equal(good, good.transpose(0, 2, 1))
    share = good.sum(axis=0) / np.maximum((good + bad).sum(axis=0), 1)
    same = camp[:, None] == camp
    met = (good + bad).sum(axis=0) > 0
    assert share[same & met].mean() > share[~same & met].mean() + 0.2


def test_venues_get_their_shares_and_joint_acts_their_number():
    inside, total = venue_acts(np.random.default_rng(5), (0.5, 0.2), rate=3.0, together=0.4)
    assert inside.sum(axis=1) / total.sum() == pytest.approx([0.5, 0.2], abs=0.08)
    assert total.sum() == pytest.approx(3.0 * 365, rel=0.15)
    acts = joint_acts(np.random.default_rng(6))
    assert np.array_equal(acts, acts.transpose(0, 2, 1))
