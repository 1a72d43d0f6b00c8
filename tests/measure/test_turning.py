"""Turning points: found and dated where planted, and not in bursts or a growing source."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest

from inconcert.errors import BadInput, TooFewEvents
from inconcert.measure.turning import _Search, turning_points
from inconcert.measure.turning_date import _log_gamma, date_interval
from inconcert.measure.turning_segments import (
    best_cuts,
    block_orders,
    exposures,
)
from inconcert.synth.changes import changing


def found(seed: int, *, kind: str = "rate", draws: int = 59, **more):
    rng = np.random.default_rng(seed)
    world = changing(rng, **more)
    counts = world.counts[0]
    if kind == "stance":
        counts = np.stack([counts[:2].sum(axis=0), counts[2:].sum(axis=0)])
    return world, turning_points(counts, rng=rng, kind=kind, volume=world.volume, draws=draws)


@pytest.mark.parametrize("trap", ["source", "bursts", "all"])
def test_no_turning_point_is_found_where_nothing_changes(trap):
    number = 8
    false = sum(bool(found(seed, trap=trap)[1].points) for seed in range(number))
    assert false / number <= 0.05 + 3 * (0.05 * 0.95 / number) ** 0.5


def test_a_doubled_rate_is_found_and_dated_within_a_week():
    close, inside = 0, 0
    for seed in range(8):
        world, turning = found(seed, factor=2.0)
        assert turning.points
        point = min(turning.points, key=lambda one: abs(one.day - world.day))
        close += abs(point.day - world.day) <= 7
        inside += point.interval[0] <= world.day <= point.interval[1]
    assert close >= 4
    assert inside >= 5


def test_rates_before_and_after_are_told_per_day():
    _, turning = found(3, factor=3.0, rates=(2.0,))
    point = turning.points[0]
    assert point.before[0] == pytest.approx(2.0, rel=0.25)
    assert point.after[0] == pytest.approx(6.0, rel=0.25)


def test_a_wave_that_passes_has_two_turning_points():
    rate = np.r_[np.full(120, 1.0), np.full(60, 5.0), np.full(120, 1.0)]
    counts = np.random.default_rng(4).poisson(rate)
    days = [
        one.day for one in turning_points(counts, rng=np.random.default_rng(0), draws=99).points
    ]
    assert days == pytest.approx([120, 180], abs=7)


def test_a_portfolio_may_change_while_the_rate_does_not():
    more = {"types": 8, "shift": 0.5, "rates": (3.0,), "day": 180}
    _, portfolio = found(5, kind="portfolio", **more)
    _, stance = found(5, kind="stance", **more)
    _, rate = found(5, **more)
    assert [abs(one.day - 180) <= 14 for one in portfolio.points] == [True]
    assert stance.points
    assert not rate.points
    assert sum(portfolio.points[0].after) == pytest.approx(1.0)


def test_a_portfolio_does_not_change_because_the_rate_does():
    false = sum(
        bool(found(seed, kind="portfolio", types=8, factor=3.0)[1].points) for seed in range(5)
    )
    assert false <= 1


def test_rare_types_are_one_cell():
    counts = np.zeros((5, 200), dtype=int)
    counts[0, ::2], counts[1, ::3], counts[2, :3], counts[4, 5:8] = 1, 1, 1, 1
    turning = turning_points(counts, rng=np.random.default_rng(0), kind="portfolio", draws=19)
    assert turning.cells == ((0,), (1,), (2, 3, 4))


def test_days_without_the_source_are_no_fall_of_the_rate():
    rng = np.random.default_rng(6)
    counts = rng.poisson(2.0, 300)
    covered = np.ones(300, dtype=bool)
    covered[150:200] = False
    counts[~covered] = 0
    gap = turning_points(counts, rng=rng, covered=covered, draws=99)
    assert not gap.points
    assert turning_points(counts, rng=rng, draws=99).points


@pytest.mark.parametrize("cells", [1, 3])
def test_optimal_partitioning_finds_what_trying_all_cuts_finds(cells):
    counts = np.random.default_rng(7).poisson(3.0, (1, cells, 14)).astype(float)
    shown = np.ones((1, 14)) if cells == 1 else None
    gains, cuts = best_cuts(counts, shown, most=3, least=2)

    def fit(first, end):
        held = counts[0, :, first:end].sum(axis=1)
        room = end - first if cells == 1 else held.sum()
        return float((held * np.log(np.maximum(held, 1e-12) / room)).sum())

    for number in (1, 2, 3):
        tried = {
            places: sum(fit(*one) for one in pairwise((0, *places, 14)))
            for places in combinations(range(2, 13), number)
            if min(np.diff((0, *places, 14))) >= 2
        }
        best = max(tried, key=tried.__getitem__)
        assert tuple(cuts[number - 1]) == best
        assert gains[0, number - 1] == pytest.approx(tried[best] - fit(0, 14))


def test_where_there_is_no_room_for_a_cut_it_gains_nothing():
    gains, _ = best_cuts(np.ones((2, 1, 5)), np.ones((2, 5)), most=3, least=2)
    assert np.isfinite(gains[:, 0]).all()
    assert np.isneginf(gains[:, 1:]).all()


def test_shuffled_blocks_keep_neighbours_and_stay_in_their_segment():
    orders = block_orders([0, 10, 30], 2, 20, np.random.default_rng(8))
    assert np.array_equal(np.sort(orders, axis=1), np.tile(np.arange(30), (20, 1)))
    assert (np.sort(orders[:, :10], axis=1) == np.arange(10)).all()
    assert (np.diff(orders, axis=1) == 1).mean() > 0.45


@pytest.mark.parametrize(("days", "weeks"), [(120, 2), (209, 2), (210, 3), (365, 3), (1500, 4)])
def test_blocks_are_short_where_long_ones_would_be_too_few(days, weeks):
    search = _Search(np.ones((1, days)), np.ones(days), 9, np.random.default_rng(0))
    assert search.block * search.period == 7 * weeks


def test_the_day_of_a_clear_change_is_certain():
    counts = np.r_[np.zeros(40), np.full(40, 9.0)][None]
    day, low, high = date_interval(counts, np.ones(80), 1.0)
    assert (day, low, high) == (40, 40, 40)


def test_bursts_widen_the_interval():
    counts = np.random.default_rng(9).poisson(np.r_[np.full(60, 1.0), np.full(60, 3.0)])[None]
    narrow = date_interval(counts.astype(float), np.ones(120), 1.0)
    wide = date_interval(counts.astype(float), np.ones(120), 4.0)
    assert wide[2] - wide[1] > narrow[2] - narrow[1]


def test_the_log_of_the_gamma_function_is_that_of_factorials():
    assert np.exp(_log_gamma(np.array([0.5, 1.0, 5.0, 11.0]))) == pytest.approx(
        [np.pi**0.5, 1.0, 24.0, 3628800.0], rel=1e-8
    )


def test_exposure_is_in_mean_days_and_nil_without_the_source():
    shown = exposures(4, np.array([99, 99, 199, 0]), np.array([True, True, True, False]))
    assert shown.mean() == pytest.approx(1.0)
    assert shown[2] == pytest.approx(2 * shown[0])
    assert shown[3] == 0


@pytest.mark.parametrize(
    ("counts", "what"), [(np.ones(10), "10 events"), (np.ones(60), "fortnights")]
)
def test_too_little_is_refused(counts, what):
    with pytest.raises(TooFewEvents, match=what):
        turning_points(counts, rng=np.random.default_rng(0))


def test_a_stance_has_two_cells_and_kinds_are_known():
    for kind in ("stance", "mood"):
        with pytest.raises(BadInput):
            turning_points(np.ones((3, 200)), rng=np.random.default_rng(0), kind=kind)
