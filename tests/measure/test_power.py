"""How much data is enough: the power table, what is needed, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from inconcert.errors import BadInput
from inconcert.measure.intensity import intensities
from inconcert.measure.power import act_days_needed, enough, power
from inconcert.synth.worlds import simulate

TABLE = {
    0.05: {8: (0.21, 0.56, 0.75), 15: (0.33, 0.79, 0.93), 60: (0.86, 1, 1), 120: (0.99, 1, 1)},
    0.15: {8: (0.10, 0.30, 0.47), 30: (0.33, 0.83, 0.96), 120: (0.85, 1, 1)},
    0.30: {8: (0.07, 0.18, 0.28), 30: (0.19, 0.55, 0.78), 120: (0.49, 0.97, 1)},
}


@pytest.mark.parametrize("p", TABLE)
def test_the_table_of_minimum_data_is_reproduced(p):
    for n, shares in TABLE[p].items():
        for rho, told in zip((0.15, 0.35, 0.5), shares, strict=True):
            assert power(n, p, rho) == pytest.approx(told, abs=0.006)


def test_without_coupling_power_is_at_most_the_level():
    for n in (5, 20, 80, 300):
        assert 0 <= power(n, 0.2, 0.0) <= 0.05


def test_the_power_of_a_count_is_what_drawn_counts_give():
    n, p, rho, rng = 40, 0.2, 0.35, np.random.default_rng(3)
    need = next(k for k in range(99) if tail(rng, n * p, k) <= 0.05)
    mean = n * (p + rho * (1 - p))
    assert power(n, p, rho) == pytest.approx(tail(rng, mean, need), abs=0.02)


def tail(rng: np.random.Generator, mean: float, least: int) -> float:
    drawn = rng.poisson(rng.gamma(mean / 0.3, 0.3, 40000))
    return float((drawn >= least).mean())


@pytest.mark.parametrize("p", [0.05, 0.15, 0.3])
def test_from_the_days_needed_on_power_never_falls_below_the_bound(p):
    n = act_days_needed(p)
    assert power(n - 1, p, 0.35) < 0.5
    assert all(power(more, p, 0.35) >= 0.5 for more in range(n, n + 40))


def test_where_the_other_always_acts_no_number_of_days_is_enough():
    assert act_days_needed(0.999) is None


@pytest.mark.parametrize(
    "asked", [{"p": 0.0, "rho": 0.3}, {"p": 0.2, "rho": 1.2}, {"p": 0.2, "rho": 0.3, "level": 0}]
)
def test_a_share_that_is_none_is_refused(asked):
    with pytest.raises(BadInput):
        power(10, **asked)


def test_an_active_world_is_enough_and_a_sparse_one_says_what_is_short():
    busy = simulate(np.random.default_rng(1), null="N1")
    found = enough(intensities(busy.daily, busy.volume), (0, 1), expected=20.0, placebos=40)
    assert found.is_enough
    assert found.reasons == ()
    sparse = busy.daily[:6].copy()
    sparse[0, 20:] = 0
    found = enough(intensities(sparse, busy.volume), (0, 1), expected=1.0, placebos=6)
    assert not found.is_enough
    assert [reason.split(":")[0] for reason in found.reasons][:2] == [
        "act-days of the rarer actor",
        "coincidences expected by chance",
    ]
    assert any("placebo pairs: 6, at least 8" in reason for reason in found.reasons)
