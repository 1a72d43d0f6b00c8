"""The days behind a test."""

from __future__ import annotations

import numpy as np
import pytest

from inconcert.core.reading import Coincidence
from inconcert.judge.days import explained_days, strongest_days
from inconcert.measure.intensity import Intensities, intensities
from inconcert.synth.worlds import World, simulate

TYPES = ("04", "07", "11", "19")
DAYS = np.datetime64("2021-01-01") + np.arange(300)


@pytest.fixture(scope="module")
def world() -> World:
    return simulate(np.random.default_rng(2), null="N3", days=300, third_parties=15, types=4)


@pytest.fixture(scope="module")
def fit(world: World) -> Intensities:
    return intensities(world.daily, world.volume)


def strongest(world: World, fit: Intensities, direction: str) -> tuple[Coincidence, ...]:
    counts, habits = world.counts.astype(np.int32), world.counts.sum(axis=2)
    return strongest_days(counts, DAYS, fit, direction, habits, TYPES)


@pytest.mark.parametrize(
    ("direction", "lags"),
    [
        ("same day", {0}),
        ("same day and type", {0}),
        ("A before B", {1, 2, 3, 4, 5}),
        ("B before A and type", {-1, -2, -3, -4, -5}),
        ("within two days and type", {-2, -1, 0, 1, 2}),
    ],
)
def test_partner_days_lie_within_the_lags_of_the_direction(
    world: World, fit: Intensities, direction: str, lags: set[int]
) -> None:
    found = strongest(world, fit, direction)
    assert found
    for one in found:
        assert {(other - one.day).days for other in one.partner_days} <= lags


def test_the_least_likely_day_comes_first(world: World, fit: Intensities) -> None:
    chances = [one.chance for one in strongest(world, fit, "same day")]
    assert chances == sorted(chances)
    assert 0 < chances[0] < 1


def test_typed_days_name_types_that_both_used(world: World, fit: Intensities) -> None:
    for one in strongest(world, fit, "A before B and type"):
        first = int((np.datetime64(one.day) - DAYS[0]).astype(int))
        others = [int((np.datetime64(day) - DAYS[0]).astype(int)) for day in one.partner_days]
        assert one.types
        for name in one.types:
            kind = TYPES.index(name)
            assert world.counts[0, kind, first] > 0
            assert world.counts[1, kind, others].max() > 0


def test_days_explained_by_shocks_lie_near_shocks(world: World, fit: Intensities) -> None:
    found = explained_days(world.counts.astype(np.int32), DAYS, fit, TYPES)
    shocks = np.array(world.truth.shock_days)
    places = [int((np.datetime64(one.day) - DAYS[0]).astype(int)) for one in found]
    assert places
    assert all(((place - shocks) >= 0).any() for place in places)
    near = [min(place - shock for shock in shocks if shock <= place) for place in places]
    assert np.median(near) <= 3
