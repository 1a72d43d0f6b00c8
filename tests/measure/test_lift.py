"""How much: lift and share, and what their intervals say."""

from __future__ import annotations

import numpy as np
import pytest

from inconcert.measure.lift import EQUIVALENCE, excess, typed_excess, usual_centre


def test_the_lift_is_found_over_expected_and_lies_in_its_interval():
    for told in (
        excess(60, 20, 8, room=100),
        excess(4, 2, 1.5, room=30),
        typed_excess(60, 40, spread=1.0, room=120),
        typed_excess(9, 2, spread=0.9, room=40),
    ):
        assert told.lift == pytest.approx(told.observed / told.expected)
        assert told.lift_interval[0] < told.lift < told.lift_interval[1]
        assert told.rho_interval[0] < told.rho < told.rho_interval[1]


def test_over_several_days_the_share_is_meetings_beyond_chance_to_a_cell():
    told = typed_excess(150, 100, spread=1.0, room=80, is_window=True)
    assert told.rho == pytest.approx(50 / 80)
    low, high = ((bound - 1) * 100 / 80 for bound in told.lift_interval)
    assert told.rho_interval == pytest.approx((low, high))
    assert told.lift == typed_excess(150, 100, spread=1.0, room=80).lift


def test_nothing_found_still_has_an_upper_bound():
    for told in (excess(0, -3, 1, room=30), typed_excess(0, 3, spread=1.0, room=30)):
        assert told.lift == 0
        assert told.lift_interval[0] == 0
        assert 0.3 < told.lift_interval[1] < 2.5


def test_intervals_of_counts_cover_their_lift():
    rng, covered = np.random.default_rng(1), []
    for _ in range(400):
        lift, expected = rng.uniform(0.5, 4), rng.uniform(2, 40)
        # the part expected by chance is dispersed, what is joined beyond it is not
        base, joined = min(lift, 1) * expected, max(lift - 1, 0) * expected
        count = rng.poisson(rng.gamma(base / 0.3, 0.3)) + rng.poisson(joined)
        guess = expected * np.exp(rng.normal(0, 0.12))
        low, high = typed_excess(count, guess, spread=1.0, room=100).lift_interval
        covered.append(low <= lift <= high)
    assert np.mean(covered) == pytest.approx(0.9, abs=0.045)


def test_more_data_narrows_the_interval_until_independence_is_shown():
    few, many = excess(30, 0, 7, room=80), excess(3000, 0, 70, room=8000)
    assert many.upper < few.upper
    assert many.is_within()
    assert not excess(3000, 1200, 70, room=8000).is_within(EQUIVALENCE)


def test_placebos_move_an_estimate_to_either_side():
    rng = np.random.default_rng(2)
    mean, spread = usual_centre(rng.normal(-0.6, 0.5, 40))
    assert -0.6 < mean < -0.2
    assert 0.5 < spread < 1
