"""How strong an unseen shock would explain a finding away."""

from __future__ import annotations

import numpy as np
import pytest

from inconcert.errors import BadInput
from inconcert.measure.coaction import co_action
from inconcert.measure.intensity import intensities
from inconcert.measure.sensitivity import erasing_shock
from inconcert.synth.worlds import simulate


def finding(seed: int, **more):
    made = simulate(np.random.default_rng(seed), null="N3", **more)
    fit = intensities(made.daily, made.volume)
    return fit, co_action(made.daily, made.volume, fitted=fit)["same day"]


def test_where_nothing_is_found_nothing_is_needed_to_erase_it():
    fit, test = finding(1)
    assert test.result.p > 0.05
    assert erasing_shock(fit, test.excess, p=test.result.p).multiple == 0.0


def test_a_stronger_finding_needs_a_stronger_shock():
    multiples = []
    for rho in (0.3, 0.6, 0.9):
        found = [finding(seed, kind="joint", rho=rho) for seed in range(4)]
        erased = [erasing_shock(fit, one.excess, p=one.result.p) for fit, one in found]
        multiples.append(np.mean([one.coincidences for one in erased]))
    assert multiples[0] < multiples[1] < multiples[2]


def test_a_stricter_level_is_erased_by_less():
    fit, test = finding(5, kind="joint", rho=0.7)
    loose, strict = (
        erasing_shock(fit, test.excess, p=test.result.p, level=level) for level in (0.05, 0.01)
    )
    assert loose.multiple > strict.multiple > 0


def test_twice_as_strong_a_shock_brings_four_times_the_coincidences():
    fit, test = finding(5, kind="joint", rho=0.7)
    found = erasing_shock(fit, test.excess, p=test.result.p)
    assert found.multiple**2 * found.third_party == pytest.approx(found.coincidences)


def test_third_parties_move_both_where_shocks_are_shared():
    fit, test = finding(5)
    quiet = intensities(np.random.default_rng(0).poisson(0.3, (30, 365)), np.full(365, 400.0))
    shared = erasing_shock(fit, test.excess, p=0.001).third_party
    assert shared > 5 > abs(erasing_shock(quiet, test.excess, p=0.001).third_party)


def test_a_p_that_is_none_is_refused():
    fit, test = finding(1)
    with pytest.raises(BadInput):
        erasing_shock(fit, test.excess, p=1.5)
