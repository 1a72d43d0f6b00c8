"""Spill-over: shown where planted, not where all are moved; refused where none can tell."""

from __future__ import annotations

import numpy as np
import pytest

from inconcert.errors import BadInput, TooFewEvents
from inconcert.measure.spill import shock_days, spill_over
from inconcert.measure.spill_neighbours import land_neighbours, placebo_neighbours
from inconcert.synth.changes import changing

SHOCKS = (60, 120, 190, 250, 330, 400, 480, 560, 640)
WINDOWS = tuple((day + 1, day + 14) for day in SHOCKS)


def world(seed: int, *, changed=(0, 1, 2, 3), **more):
    rng = np.random.default_rng(seed)
    return changing(rng, days=730, rates=(0.6,) * 18, changed=changed, after=WINDOWS, **more)


def asked(made, **more):
    counts = made.counts[:, 0]
    return spill_over(counts[:4], counts[4:], SHOCKS, volume=made.volume, **more)


def test_a_planted_rise_is_shown_and_its_size_told():
    found = [asked(world(seed, factor=1.8, trap="bursts")).result for seed in range(10)]
    assert sum(one.p <= 0.05 for one in found) >= 8
    assert sum(one.interval[0] <= 1.8 <= one.interval[1] for one in found) >= 7


@pytest.mark.parametrize("trap", ["shocks", "source", "all"])
def test_nothing_is_shown_where_nothing_spills_over(trap):
    rejected = sum(asked(world(seed, trap=trap)).result.p <= 0.05 for seed in range(16))
    assert rejected / 16 <= 0.05 + 3 * (0.05 * 0.95 / 16) ** 0.5


def test_a_rise_of_everybody_is_no_spill_over():
    found = [asked(world(s, factor=2.0, changed=tuple(range(18)))) for s in range(8)]
    assert sum(one.result.p <= 0.05 for one in found) <= 2
    assert np.mean([one.placebo_ratio for one in found]) > 1.5


def test_shocks_at_the_end_are_left_out_and_too_few_refused():
    made = world(1)
    counts = made.counts[:, 0]
    found = spill_over(counts[:4], counts[4:], (*SHOCKS, 725), volume=made.volume)
    assert found.left_out == 1
    assert found.result.n == len(SHOCKS)
    with pytest.raises(TooFewEvents, match="1 events, at least 5") as refusal:
        spill_over(counts[:4], counts[4:], (400,), volume=made.volume)
    assert "14 days of data" in str(refusal.value)


def test_shocks_within_a_window_of_each_other_count_once():
    made = world(2)
    counts = made.counts[:, 0]
    doubled = sorted([*SHOCKS, *(day + 3 for day in SHOCKS)])
    assert spill_over(counts[:4], counts[4:], doubled).shocks == SHOCKS


def test_few_placebos_and_silent_neighbours_are_refused():
    counts = world(3).counts[:, 0]
    with pytest.raises(TooFewEvents, match="placebo"):
        spill_over(counts[:4], counts[4:10], SHOCKS)
    with pytest.raises(TooFewEvents, match="toward neighbours"):
        spill_over(np.zeros((2, 730)), counts[4:], SHOCKS)
    with pytest.raises(BadInput):
        spill_over(counts[:4, :-1], counts[4:], SHOCKS)


def test_shock_days_are_those_on_which_far_more_happens():
    counts = np.random.default_rng(4).poisson(2.0, 200)
    counts[[80, 83, 150]] = 25
    assert shock_days(counts) == (80, 150)


def test_borders_are_mutual_and_placebos_are_neither_neighbours_nor_theirs():
    table = land_neighbours()
    assert all(one in table[other] for one, others in table.items() for other in others)
    assert not any(one in others for one, others in table.items())
    assert table["AFG"] == {"CHN", "IRN", "PAK", "TJK", "TKM", "UZB"}
    assert placebo_neighbours("AFG", frozenset({"AFG", "PAK", "IND", "BRA", "GHA"})) == (
        "BRA",
        "GHA",
    )
