"""Blocs: hidden shocks come out of the residuals, and the bloc is named."""

from __future__ import annotations

import numpy as np
import pytest

from inconcert.errors import BadInput
from inconcert.measure.blocs import (
    bloc_partners,
    is_bloc_wide,
    shared_profile,
    stand_apart,
    without_shared,
)
from inconcert.measure.coaction import residuals, shift_scores
from inconcert.measure.intensity import intensities
from inconcert.synth.worlds import simulate

A, B = np.array([0]), np.array([1])


def scores(null: str, seed: int) -> tuple[float, float]:
    world = simulate(np.random.default_rng(seed), null=null)
    fit = intensities(world.daily, world.volume)
    left, right = residuals(fit, A, B), residuals(fit, B, A)
    raw = float(shift_scores(left, right)[0])
    clean = shift_scores(
        without_shared(fit, left, A, B, (0, 1)), without_shared(fit, right, B, A, (0, 1))
    )
    return raw, float(clean[0])


def test_taking_out_what_others_share_lowers_the_score_of_bloc_shocks():
    pairs = np.array([scores("N8", seed) for seed in range(40)])
    assert pairs[:, 1].mean() < pairs[:, 0].mean()


def test_it_hardly_touches_a_world_without_blocs():
    pairs = np.array([scores("N1", seed) for seed in range(20)])
    assert np.abs(pairs[:, 1] - pairs[:, 0]).max() < 0.7


def test_residuals_shrink_and_never_grow():
    world = simulate(np.random.default_rng(3), null="N8")
    fit = intensities(world.daily, world.volume)
    left = residuals(fit, A, B)
    assert (without_shared(fit, left, A, B, (0, 1)) ** 2).sum() <= (left**2).sum()


def test_the_bloc_is_whoever_acts_with_both():
    partners = bloc_partners(
        [3.0, 3.0, 0.0, 2.5, 4.0], [3.0, 0.0, 3.0, 2.5, 2.4], [7, 8, 9, 10, 11]
    )
    assert partners == (7, 10, 11)
    assert is_bloc_wide(partners)
    assert not is_bloc_wide(partners[:2])


@pytest.mark.parametrize(
    ("with_a", "with_b", "partners"),
    [
        ([5.0, 0.3, 0.1, -1.0, 0.2], [4.0, 0.2, 0.9, 0.1, 0.3], [0]),
        ([5.0, 3.0, 0.1, -1.0, 0.2, 0.1], [4.0, 4.0, 0.9, 0.1, 0.3, 0.0], [0, 1]),
        # scores that fade out by degrees are a bloc
        ([4.0, 3.0, 2.2, 1.5, 0.2, 0.1], [4.0, 3.0, 2.2, 1.5, 0.3, 0.0], []),
        # high with A alone
        ([5.0, 0.3, 0.1, -1.0, 0.2], [1.0, 0.2, 0.9, 0.1, 0.3], []),
        # three are a bloc
        ([5.0, 5.0, 5.0, 0.1, 0.2, 0.0, 0.0], [5.0, 5.0, 5.0, 0.1, 0.2, 0.0, 0.0], []),
        # too few others to tell by
        ([5.0, 0.3, 0.1, -1.0], [4.0, 0.2, 0.9, 0.1], []),
    ],
)
def test_one_or_two_who_stand_apart_with_both_are_partners(with_a, with_b, partners):
    found = stand_apart(np.array(with_a), np.array(with_b))
    assert np.flatnonzero(found).tolist() == partners


def test_partners_of_many_pairs_are_those_of_each():
    a, b = np.random.default_rng(1).normal(0.5, 1.6, (2, 300, 8))
    is_third = np.random.default_rng(2).random((300, 8)) < 0.9
    told = stand_apart(a, b, is_third)
    assert 10 < told.any(axis=1).sum() < 290
    for row in range(300):
        some = is_third[row]
        alone = stand_apart(a[row, some], b[row, some])
        assert told[row, some].tolist() == alone.tolist()
        assert not told[row, ~some].any()


def test_scores_that_do_not_align_are_refused():
    with pytest.raises(BadInput):
        bloc_partners([1.0, 2.0], [1.0], [3, 4])


def test_profiles_that_differ_share_nothing():
    a = np.array([2.0, 2.0, 0.0, 0.0])
    assert shared_profile(a, a) == pytest.approx(1.0)
    assert shared_profile(a, a[::-1]) == 0.0
