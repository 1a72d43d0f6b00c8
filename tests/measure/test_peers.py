"""Peers do what their books say, right and wrong."""

from __future__ import annotations

import numpy as np
import pytest

from inconcert.measure.peers import PEERS, circular_shift, coincidence, correlation, granger
from inconcert.synth.worlds import simulate


@pytest.mark.parametrize("name", PEERS)
def test_a_peer_keeps_its_size_where_nothing_is_shared(name):
    p = []
    for seed in range(150):
        world = simulate(np.random.default_rng(seed), null="N1")
        p.append(PEERS[name](*world.daily[:2]).p)
    # event coincidence takes act-days for points in time and is too bold even here
    nominal = 0.2 if name.startswith("coincidence") else 0.05
    assert np.mean(np.array(p) <= 0.05) <= nominal + 3 * (0.05 * 0.95 / 150) ** 0.5


@pytest.mark.parametrize("name", ["correlation", "coincidence, same day", "circular shift"])
def test_a_peer_takes_common_shocks_for_concert(name):
    rejected = [
        PEERS[name](*simulate(np.random.default_rng(seed), null="N3").daily[:2]).p <= 0.05
        for seed in range(40)
    ]
    assert np.mean(rejected) > 0.5


def test_granger_sees_that_b_follows_a():
    a = np.random.default_rng(1).poisson(0.4, 400)
    b = np.roll(a, 2)
    assert granger(a, b).p < 1e-6 < granger(b, a).p


@pytest.mark.parametrize("lags", [3, 4])
def test_p_of_granger_is_even_for_noise(lags):
    p = []
    for seed in range(300):
        generator = np.random.default_rng(seed)
        p.append(granger(generator.poisson(0.5, 300), generator.poisson(0.5, 300), lags=lags).p)
    assert np.mean(p) == pytest.approx(0.5, abs=0.07)
    assert np.mean(np.array(p) <= 0.05) < 0.10


def test_a_constant_series_correlates_with_nothing():
    assert correlation(np.ones(50, dtype=int), np.arange(50)).p == 1.0


def test_a_longer_window_finds_no_fewer_coincidences():
    a, b = np.random.default_rng(2).poisson(0.3, (2, 200))
    assert coincidence(a, b, window_days=3).statistic >= coincidence(a, b).statistic


def test_circular_shifts_are_the_draws_and_never_give_zero():
    a = np.random.default_rng(3).poisson(0.3, 100)
    found = circular_shift(a, a)
    assert found.draws == 100 - 2 * 8 + 1
    assert found.p == 1 / (1 + found.draws)
