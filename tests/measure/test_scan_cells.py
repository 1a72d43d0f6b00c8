"""Cells and scores of many pairs at once are those of one pair at a time."""

from __future__ import annotations

import numpy as np
import pytest

from inconcert.measure.cells import common_cells, count_scores
from inconcert.measure.chance import count_mid_p, normal_p, normal_quantile
from inconcert.measure.intensity import intensities
from inconcert.measure.scan_cells import PairCells
from inconcert.measure.scan_chance import (
    count_mid_ps,
    many_count_scores,
    normal_ps,
    normal_quantiles,
)
from inconcert.synth.worlds import simulate


@pytest.fixture(scope="module")
def target():
    world = simulate(np.random.default_rng(5), null="N7", days=200, types=8, third_parties=20)
    fit = intensities(world.daily, world.volume)
    habits = np.random.default_rng(6).integers(0, 50, world.counts.shape[:2])
    return world.counts, fit, habits


def test_cells_found_and_expected_are_those_of_each_pair(target):
    counts, fit, habits = target
    first, second = np.triu_indices(len(counts), 1)
    prepared = PairCells(counts, fit, habits=habits)
    found, expected = common_cells(counts, fit, first, second, habits=habits)
    np.testing.assert_array_equal(prepared.found()[first, second], found)
    np.testing.assert_allclose(prepared.expected(first, second), expected, rtol=1e-4)


def test_without_habits_given_those_toward_the_target_count(target):
    counts, fit, _ = target
    first, second = np.array([0, 3]), np.array([1, 9])
    _, expected = common_cells(counts, fit, first, second)
    np.testing.assert_allclose(PairCells(counts, fit).expected(first, second), expected, rtol=1e-4)


def test_the_screen_comes_near_what_leaving_the_partner_out_gives(target):
    counts, fit, habits = target
    first, second = np.triu_indices(len(counts), 1)
    prepared = PairCells(counts, fit, habits=habits)
    exact, screen = prepared.expected(first, second), prepared.alone()[first, second]
    assert np.abs(screen / exact - 1).max() < 0.15
    assert np.corrcoef(screen, exact)[0, 1] > 0.999


def test_normal_quantiles_and_tails_are_those_of_the_scalar_ones():
    shares = np.r_[1e-12, 1e-7, 0.02, 0.07, 0.075, 0.4, 0.5, 0.9, 1 - 1e-9]
    one_by_one = [normal_quantile(share) for share in shares]
    np.testing.assert_allclose(normal_quantiles(shares), one_by_one, rtol=1e-12, atol=1e-12)
    scores = np.array([[-9.0, -1.0], [0.0, 6.0]])
    np.testing.assert_allclose(normal_ps(scores), np.vectorize(normal_p)(scores))


def test_mid_p_of_counts_is_that_of_the_scalar_one():
    found, mean = np.array([0.0, 5, 2, 2, 30]), np.array([0.3, 1.0, 4.9, 1e-6, 12.0])
    one_by_one = [count_mid_p(int(n), m, 1.3) for n, m in zip(found, mean, strict=True)]
    np.testing.assert_allclose(count_mid_ps(found, mean, 1.3), one_by_one, atol=1e-13)
    assert count_mid_ps(np.zeros(0), np.zeros(0), 1.3).shape == (0,)


def test_scores_of_counts_are_those_of_the_scalar_ones():
    rng = np.random.default_rng(7)
    expected = rng.gamma(1.0, 4.0, 300)
    found = rng.poisson(expected).astype(float)
    scores = many_count_scores(found.reshape(3, 100), expected.reshape(3, 100))
    np.testing.assert_allclose(scores.ravel(), count_scores(found, expected), atol=1e-9)
