"""Made-up worlds hold what their truth says, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from inconcert.errors import BadInput
from inconcert.synth.worlds import AXES, NULLS, simulate


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.mark.parametrize("null", NULLS)
def test_the_same_generator_gives_the_same_world(null):
    one, other = (simulate(rng(), null=null, kind="joint", rho=0.3, types=5) for _ in range(2))
    assert np.array_equal(one.counts, other.counts)
    assert np.array_equal(one.volume, other.volume)
    assert one.truth == other.truth


def test_axes_are_actors_types_days():
    world = simulate(rng(), days=243, types=7, third_parties=10)
    assert AXES == ("actor", "type", "day")
    assert world.counts.shape == (12, 7, 243) == (len(world.actors), len(world.types), 243)
    assert world.daily.shape == (12, 243)


def test_followers_act_one_to_five_days_after():
    world = simulate(rng(), null="N1", kind="follow", rho=1.0, rates=(0.05, 1e-9))
    a, b = world.daily[:2]
    assert world.truth.coupled > 5
    for day in np.flatnonzero(b):
        assert a[max(0, day - 5) : day].sum() > 0


def test_joint_acts_share_day_and_type_and_timed_ones_the_day_alone():
    joint = simulate(rng(), null="N1", kind="joint", rho=0.5, rates=(0.3, 1e-9), types=20)
    timed = simulate(rng(), null="N1", kind="timing", rho=0.5, rates=(0.3, 1e-9), types=20)
    assert np.all(joint.counts[0][joint.counts[1] > 0] > 0)
    assert np.all(timed.daily[0][timed.daily[1] > 0] > 0)
    assert not np.all(timed.counts[0][timed.counts[1] > 0] > 0)


def test_joint_acts_come_on_top_of_the_followers_own():
    plain = np.mean([simulate(rng(s), null="N1").daily[1].sum() for s in range(30)])
    coupled = [simulate(rng(s), null="N1", kind="joint", rho=0.5) for s in range(30)]
    own = np.mean([w.daily[1].sum() - w.truth.coupled for w in coupled])
    assert abs(own - plain) < 4 * (110 / 30) ** 0.5 * 2**0.5


def test_bloc_shocks_pass_the_others_by():
    inside, outside = [], []
    for seed in range(25):
        world = simulate(rng(seed), null="N8")
        after = np.zeros(365, dtype=bool)
        for day in world.truth.shock_days:
            after[day : day + 3] = True
        for i, days in enumerate(world.daily[2:], start=2):
            (inside if i in world.truth.bloc else outside).append(
                days[after].mean() - days[~after].mean()
            )
    assert np.mean(inside) > 0.2
    assert abs(np.mean(outside)) < 0.03


def test_shocks_move_actors_that_are_not_coupled():
    raw = [np.corrcoef(simulate(rng(s), null="N3").daily[:2])[0, 1] for s in range(20)]
    none = [np.corrcoef(simulate(rng(s), null="N1").daily[:2])[0, 1] for s in range(20)]
    assert np.mean(raw) > 0.2 > abs(np.mean(none))


def test_an_actor_acts_more_often_when_its_rate_is_higher():
    days = [simulate(rng(s), null="N1", rates=(1.0, 0.1)).daily[:2].mean(axis=1) for s in range(20)]
    assert np.allclose(np.mean(days, axis=0), [1.0, 0.1], atol=0.05)


def test_a_world_without_coupling_has_a_lift_of_one():
    assert simulate(rng(), null="N3").true_lift() == 1.0


def test_the_true_lift_of_joint_acts_is_what_arithmetic_says():
    lifts = []
    for seed in range(20):
        world = simulate(rng(seed), null="N1", kind="joint", rho=0.5, twins=40)
        lifts.append(world.true_lift())
    a = 1 - np.exp(-0.3)
    # on A's act-days B acts or joins one of them; mean acts on an act-day are 0.3 / a
    joins = 1 - (np.exp(-0.3 * 0.5) - np.exp(-0.3)) / a
    meets = 1 - (1 - a) * (1 - joins)
    usual = 1 - np.exp(-0.45)
    assert np.mean(lifts) == pytest.approx(meets / usual, rel=0.05)


def test_partners_join_the_same_acts_as_b():
    made = simulate(rng(), null="N1", kind="joint", rho=1.0, partners=2, types=5, days=400)
    a, b, c, d, other = made.counts[:5] > 0
    assert made.truth.partners == (2, 3)
    assert b[a].all()
    assert c[a].all()
    assert d[a].all()
    assert other[a].mean() < 0.3


def test_worlds_without_coupling_have_no_partners():
    one = simulate(rng(), null="N7", kind="follow", rho=0.4, types=4)
    assert one.truth.partners == ()
    assert simulate(rng(), null="N7", partners=2).truth.partners == ()


def test_a_lift_without_twins_is_refused():
    with pytest.raises(BadInput, match="twins"):
        simulate(rng(), kind="joint", rho=0.5).true_lift()


@pytest.mark.parametrize(
    "wrong", [{"null": "N0"}, {"kind": "plot"}, {"rho": 1.5}, {"partners": 31}]
)
def test_an_unknown_world_is_refused(wrong):
    with pytest.raises(BadInput):
        simulate(rng(), **wrong)


def test_the_true_share_is_a_little_above_the_plan_where_days_hold_several_acts():
    made = simulate(rng(), null="N1", kind="joint", rho=0.35, days=1460, twins=30)
    assert 0.33 < made.true_share() < 0.48
    assert simulate(rng(), null="N7").true_share() == 0.0


def test_a_share_without_twins_is_refused():
    with pytest.raises(BadInput):
        simulate(rng(), null="N1", kind="joint", rho=0.3).true_share()
