"""Rates given everybody else: what they must keep, and what may not change them."""

from __future__ import annotations

import numpy as np
import pytest

from inconcert.errors import BadInput
from inconcert.measure.intensity import intensities
from inconcert.synth.worlds import simulate


def world(seed: int = 1, null: str = "N3"):
    return simulate(np.random.default_rng(seed), null=null)


def test_expected_act_days_add_up_to_those_found():
    fit = intensities(world().daily, world().volume)
    assert fit.expected.sum(axis=1) == pytest.approx(fit.acts.sum(axis=1), rel=0.02)


def test_the_order_of_third_parties_does_not_matter():
    made = world()
    order = np.r_[0, 1, 2 + np.random.default_rng(0).permutation(30)]
    one = intensities(made.daily, made.volume)
    other = intensities(made.daily[order], made.volume)
    assert one.expected[order] == pytest.approx(other.expected, rel=1e-3)


def test_leaving_out_a_silent_partner_changes_nothing():
    daily = world().daily.copy()
    daily[5] = 0
    fit = intensities(daily, world().volume)
    left = fit.leaving_out(np.array([0]), np.array([5]))[0]
    assert left == pytest.approx(fit.expected[0], rel=1e-6)


def test_a_partner_that_is_left_out_cannot_move_the_rate():
    made = world()
    fit = intensities(made.daily, made.volume)
    daily = made.daily.copy()
    day = int(np.flatnonzero(daily[1] == 0)[100])
    daily[1, day] = 3
    more = intensities(daily, made.volume)
    kept = [f.leaving_out(np.array([0]), np.array([1]))[0, day] for f in (fit, more)]
    moved = [f.expected[0, day] for f in (fit, more)]
    assert abs(kept[1] - kept[0]) < 0.25 * abs(moved[1] - moved[0])


@pytest.mark.parametrize("null", ["N3", "N7"])
def test_leaving_a_partner_out_is_as_good_as_fitting_without_it(null):
    made = simulate(np.random.default_rng(1), null=null, kind="joint", rho=0.35)
    fit = intensities(made.daily, made.volume)
    read_off = fit.leaving_out(np.array([0]), np.array([1]))[0]
    fitted = intensities(np.delete(made.daily, 1, axis=0), made.volume).expected[0]
    left = [(fit.acts[0] - rate) / np.sqrt(rate + 0.01) for rate in (read_off, fitted)]
    assert np.corrcoef(*left)[0, 1] > 0.98


def test_a_lasting_change_of_level_is_followed():
    daily = world(5, "N1").daily.copy()
    generator = np.random.default_rng(0)
    daily[0] = generator.poisson(np.where(np.arange(365) < 180, 0.1, 0.9))
    expected = intensities(daily, world(5, "N1").volume).expected[0]
    assert expected[155:175].mean() < 0.25
    assert expected[185:205].mean() > 0.45


def test_a_common_shock_raises_the_rate_on_its_days():
    made = world(2)
    fit = intensities(made.daily, made.volume)
    busy = made.daily[2:].sum(axis=0) > np.quantile(made.daily[2:].sum(axis=0), 0.95)
    assert fit.expected[0, busy].mean() > 2 * fit.expected[0, ~busy].mean()


def test_rates_are_nearer_the_truth_than_a_constant_one():
    better = 0
    for seed in range(10):
        made = world(seed)
        fit = intensities(made.daily, made.volume)
        y, mu = fit.acts[0], fit.expected[0]
        better += (y * np.log(mu) - mu).sum() > (y * np.log(y.mean()) - y.mean()).sum()
    assert better == 10


@pytest.mark.parametrize("shape", [(2, 100), (5, 10), (100,)])
def test_too_small_an_array_is_refused(shape):
    with pytest.raises(BadInput):
        intensities(np.ones(shape, dtype=int), np.ones(shape[-1]))


def test_volume_of_other_days_is_refused():
    with pytest.raises(BadInput, match="volume"):
        intensities(np.ones((4, 100), dtype=int), np.ones(99))


def test_third_parties_drive_an_actor_where_shocks_are_shared():
    made, pair = simulate(np.random.default_rng(8), null="N3"), (np.array([0]), np.array([1]))
    fit = intensities(made.daily, made.volume)
    driven, day = fit.driven(*pair)[0], int(made.daily[2:].sum(axis=0).argmax())
    assert driven.mean() == pytest.approx(0.0, abs=1e-9)
    assert driven[day] > np.quantile(driven, 0.95)
    still = made.daily.copy()
    still[1:] = 0
    still[2:, ::2] = 1
    quiet = intensities(still, made.volume).driven(*pair)[0]
    assert quiet.std() < driven.std()
