"""Who leads is a contrast of the two directions."""

from __future__ import annotations

import numpy as np
import pytest

from inconcert.errors import BadInput
from inconcert.measure.leading import leading
from inconcert.synth.worlds import simulate


def led(seed: int, *, pair=(0, 1), **more):
    made = simulate(np.random.default_rng(seed), **more)
    return leading(made.daily, made.volume, pair=pair, rng=np.random.default_rng(0), draws=199)


def test_the_one_that_is_followed_leads_and_never_the_other():
    values = [led(seed, null="N1", kind="follow", rho=0.6).value for seed in range(10)]
    assert values.count("A leads") >= 6
    assert "B leads" not in values


def test_joint_acts_on_the_same_day_show_no_leader():
    values = [led(seed, null="N1", kind="joint", rho=0.5).value for seed in range(12)]
    assert values.count("not shown") >= 11


def test_changing_places_turns_the_contrast_round():
    one = led(4, null="N3", kind="follow", rho=0.5)
    other = led(4, null="N3", kind="follow", rho=0.5, pair=(1, 0))
    assert one.result.statistic == pytest.approx(-other.result.statistic, rel=1e-6)
    assert one.forward == pytest.approx(other.backward, rel=1e-5)


def test_the_interval_is_about_the_contrast():
    found = led(2, null="N7")
    low, high = found.result.interval
    assert low < found.result.statistic < high
    assert found.result.draws == 199


def test_no_draws_are_refused():
    made = simulate(np.random.default_rng(0))
    with pytest.raises(BadInput):
        leading(made.daily, made.volume, rng=np.random.default_rng(0), draws=0)
