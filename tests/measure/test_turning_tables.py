"""Before and after, with placebo days; events near a day are counted against chance."""

from __future__ import annotations

import numpy as np
import pytest

from inconcert.errors import BadInput, TooFewEvents
from inconcert.measure.turning_tables import anchors_near, before_after


def test_a_change_on_the_day_stands_out_from_the_placebo_days():
    counts = np.random.default_rng(0).poisson(np.r_[np.full(150, 1.0), np.full(150, 3.0)])
    table = before_after(counts, 150)
    low, high = table.result.interval
    assert low < 3.0 < high
    assert table.result.p < 0.01
    assert table.as_far == 0.0
    assert sum(table.before) == counts[122:150].sum()


def test_ordinary_days_rarely_stand_out_even_in_bursts():
    rng = np.random.default_rng(1)
    rejected = 0
    for _ in range(60):
        bursts = np.repeat(rng.poisson(0.25, 100) * 4, 3) * (rng.random(300) < 0.6)
        if bursts[122:178].sum() >= 10:
            rejected += before_after(bursts, 150).result.p <= 0.05
    assert rejected <= 8


def test_a_source_that_doubles_makes_no_change():
    rng = np.random.default_rng(2)
    volume = np.r_[np.full(150, 200.0), np.full(150, 400.0)]
    counts = rng.poisson(volume / 200)
    assert before_after(counts, 150, volume=volume).result.p > 0.05
    assert before_after(counts, 150).result.p < 0.05


def test_a_day_too_near_the_end_or_too_few_acts_are_refused():
    with pytest.raises(BadInput):
        before_after(np.ones(300), 290)
    with pytest.raises(TooFewEvents):
        before_after(np.zeros(300), 150)
    with pytest.raises(TooFewEvents, match="placebo"):
        before_after(np.ones(70), 30)


def test_anchors_are_listed_by_nearness_with_what_chance_lets_one_expect():
    near = anchors_near((100, 110), [(95, "b"), (105, "a"), (130, "far")], days=210)
    assert [name for _, name in near.near] == ["a", "b"]
    assert near.expected == pytest.approx(3 * 25 / 210)
