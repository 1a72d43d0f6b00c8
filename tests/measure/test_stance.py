"""Stance: alike and apart are told by the interval, not by the point."""

from __future__ import annotations

import numpy as np
import pytest

from inconcert.errors import BadInput, TooFewEvents
from inconcert.measure.stance import stance_gap


def acts(share: float, seed: int, days: int = 300, rate: float = 1.0) -> np.ndarray:
    generator = np.random.default_rng(seed)
    total = generator.poisson(rate, days)
    good = generator.binomial(total, share)
    return np.column_stack([good, total - good])


def gap(first, second, **more):
    return stance_gap(first, second, rng=np.random.default_rng(0), **more)


def test_the_gap_is_the_difference_of_shares():
    found = gap(np.full((28, 2), [3, 1]), np.full((28, 2), [1, 3]))
    assert found.result.statistic == 0.5
    assert found.shares == (0.75, 0.25)


@pytest.mark.parametrize(
    ("first", "second", "value"),
    [(0.6, 0.6, "aligned"), (0.9, 0.1, "opposed"), (0.9, 0.55, "apart")],
)
def test_stances_are_named_by_their_interval(first, second, value):
    assert gap(acts(first, 1), acts(second, 2)).value == value


def test_little_evidence_is_undetermined_rather_than_aligned():
    few = gap(acts(0.5, 3, days=40, rate=0.4), acts(0.5, 4, days=40, rate=0.4))
    assert few.value == "undetermined"


def test_opposed_stances_lie_on_both_sides_of_the_others():
    apart = gap(acts(0.9, 1), acts(0.4, 2), others=acts(0.2, 3))
    assert apart.value == "apart"
    assert gap(acts(0.9, 1), acts(0.4, 2), others=acts(0.6, 3)).value == "opposed"


def test_changing_places_turns_the_gap_round():
    one, other = gap(acts(0.8, 1), acts(0.5, 2)), gap(acts(0.5, 2), acts(0.8, 1))
    assert one.result.statistic == -other.result.statistic
    assert one.result.p == other.result.p
    assert one.result.interval == pytest.approx(tuple(-x for x in other.result.interval[::-1]))


def test_intervals_cover_the_true_gap():
    hits = 0
    for seed in range(120):
        low, high = gap(acts(0.7, seed), acts(0.5, 1000 + seed), draws=199).result.interval
        hits += low <= 0.2 <= high
    assert hits / 120 > 0.95 - 3 * (0.95 * 0.05 / 120) ** 0.5


def test_a_gap_seen_in_a_few_weeks_alone_is_refused():
    burst = np.zeros((60, 2))
    burst[10:16] = [3, 1]
    with pytest.raises(TooFewEvents, match="effective weeks"):
        gap(burst, acts(0.5, 1, days=60))


def test_ten_acts_are_needed_of_each():
    with pytest.raises(TooFewEvents):
        gap(acts(0.5, 1, days=3), np.full((3, 2), [2, 2]))


def test_shapes_must_agree():
    with pytest.raises(BadInput):
        gap(acts(0.5, 1), acts(0.5, 1)[:-1])
