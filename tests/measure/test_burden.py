"""Burden sharing: a shift is shown, common shocks neither make nor hide one."""

from __future__ import annotations

import numpy as np
import pytest

from inconcert.errors import BadInput, TooFewEvents
from inconcert.measure.burden import ASSUMPTION, burden_shift
from inconcert.synth.changes import changing


def shifted(seed: int, strength: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """C's level wanders by weeks; B makes up for a share of it."""
    rng = np.random.default_rng(seed)
    wave = np.repeat(rng.choice([-1.0, 1.0], 53), 7)[:365]
    leaver = rng.poisson(2.0 + 1.4 * wave)
    doer = rng.poisson(2.0 - 1.4 * strength * wave)
    return doer, leaver, rng.poisson(0.5, (8, 365))


def asked(doer, leaver, others, **more):
    return burden_shift(doer, leaver, others, rng=np.random.default_rng(0), draws=99, **more)


def test_making_up_for_the_other_is_shown_and_following_it_is_not():
    found = [asked(*shifted(seed, 1.0)).result for seed in range(6)]
    assert all(one.p <= 0.01 and one.interval[0] > 0 for one in found)
    assert all(asked(*shifted(seed, -1.0)).result.p > 0.5 for seed in range(6))


@pytest.mark.parametrize("trap", ["shocks", "bursts", "all"])
def test_unrelated_actors_rarely_share_a_burden_under_common_shocks(trap):
    results = []
    for seed in range(16):
        made = changing(np.random.default_rng(seed), trap=trap, rates=(1.0, 1.0, *(0.3,) * 10))
        counts = made.counts[:, 0]
        results.append(asked(counts[0], counts[1], counts[2:], volume=made.volume).result)
    assert sum(one.p <= 0.05 for one in results) <= 3
    assert sum(one.interval[0] <= 0 <= one.interval[1] for one in results) >= 12


def test_the_assumption_goes_with_the_answer():
    assert asked(*shifted(0, 0.5)).assumption == ASSUMPTION


def test_too_little_or_unlike_series_are_refused():
    doer, leaver, others = shifted(0, 0.0)
    with pytest.raises(TooFewEvents, match="burden sharing"):
        asked(np.zeros(365), leaver, others)
    with pytest.raises(TooFewEvents, match="weeks"):
        asked(doer[:100], leaver[:100], others[:, :100])
    with pytest.raises(BadInput):
        asked(doer, leaver, others[0])
    with pytest.raises(BadInput):
        asked(doer, leaver[:-1], others)
