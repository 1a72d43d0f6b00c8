"""Turns are found where they are taken, and shared fashions are not taken for turns."""

from __future__ import annotations

import numpy as np
import pytest

from inconcert.errors import BadInput, TooFewEvents
from inconcert.measure.complementarity import complementarity
from inconcert.synth.portfolios import labour_world


def p_values(worlds, seed, **more):
    generator = np.random.default_rng(seed)
    found = []
    for _ in range(worlds):
        world = labour_world(
            generator, days=365, rates=(1.0, 1.0), third_rate=0.8, third_parties=16, **more
        )
        found.append(complementarity(world.counts, rng=generator, draws=99).p)
    return np.array(found)


@pytest.mark.parametrize("null", ["L1", "L6"])
def test_no_turns_no_finding(null):
    assert (p_values(30, 1, null=null) <= 0.05).mean() < 0.05 + 3 * (0.05 * 0.95 / 30) ** 0.5


def test_turns_that_are_taken_are_found():
    assert (p_values(8, 2, null="L1", turns=0.6) <= 0.05).mean() > 0.7


def test_the_correlation_of_opposed_changes_is_negative_and_windows_are_counted():
    generator = np.random.default_rng(3)
    world = labour_world(
        generator, null="L1", days=300, rates=(4, 4), third_rate=0.8, third_parties=16, turns=0.6
    )
    found = complementarity(world.counts, rng=generator)
    assert found.statistic < -0.3
    assert found.n == 10


@pytest.mark.parametrize(
    ("days", "thirds", "why"), [(130, 16, "windows"), (365, 3, "third parties")]
)
def test_short_times_and_few_third_parties_are_refused(days, thirds, why):
    world = labour_world(
        np.random.default_rng(4), days=days, rates=(2, 2), third_rate=2.0, third_parties=thirds
    )
    with pytest.raises(TooFewEvents, match=why):
        complementarity(world.counts, rng=np.random.default_rng(0))


def test_nobody_complements_himself():
    with pytest.raises(BadInput):
        complementarity(np.ones((3, 2, 300)), rng=np.random.default_rng(0), pair=(1, 1))
