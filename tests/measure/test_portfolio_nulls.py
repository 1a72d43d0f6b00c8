"""Two portfolios differ by more than chance, or by more than habit, or not."""

from __future__ import annotations

import numpy as np
import pytest

from inconcert.core.result import TestResult
from inconcert.errors import BadInput, TooFewEvents
from inconcert.measure.portfolio import Distance
from inconcert.measure.portfolio_nulls import (
    Generic,
    _spread,
    generic_portfolio,
    same_portfolio,
)
from inconcert.measure.portfolio_reading import divide, read
from inconcert.synth.portfolios import labour_world, targets_world


def rejected(null, worlds, seed, **more):
    generator, found = np.random.default_rng(seed), []
    for _ in range(worlds):
        world = labour_world(generator, null=null, third_parties=0, **more)
        try:
            p = same_portfolio(world.counts[0], world.counts[1], rng=generator, draws=199).p
        except TooFewEvents:
            continue
        found.append(p <= 0.05)
    assert len(found) > 0.8 * worlds
    return float(np.mean(found))


@pytest.mark.parametrize("null", ["L1", "L3", "L6", "L7"])
def test_actors_with_one_portfolio_are_rarely_told_apart(null):
    assert rejected(null, 80, 1) < 0.05 + 3 * (0.05 * 0.95 / 80) ** 0.5


def test_a_rare_actor_beside_a_busy_one_is_no_division_of_labour():
    # the prototype's permutation of weeks called every second such pair divided
    assert rejected("L1", 80, 2, rates=(0.15, 2.0)) < 0.05 + 3 * (0.05 * 0.95 / 80) ** 0.5


def test_portfolios_that_truly_differ_are_told_apart():
    assert rejected("L3", 30, 3, tilt=0.25) > 0.8


def test_few_acts_suffice_for_a_clear_difference():
    # a difference that held all along passed for a burst before: half of these were missed
    assert rejected("L3", 40, 8, tilt=0.4, rates=(0.15, 0.25)) > 0.6


def test_a_steady_difference_adds_nothing_to_the_spread_and_luck_keeps_all_of_its_own():
    generator = np.random.default_rng(9)
    reach = generator.uniform(0.5, 2.0, 40)
    assert _spread(np.outer(reach, [0.3, -0.3]), reach) == pytest.approx(0, abs=1e-9)
    luck = generator.normal(size=(2000, 40)) * reach**0.5
    spread = np.mean([_spread(weeks[:, None] + reach[:, None], reach) for weeks in luck])
    assert spread == pytest.approx(reach.sum(), rel=0.05)


def test_being_busy_when_everybody_does_other_things_is_no_difference():
    days = 168
    counts = np.zeros((2, 2, days), dtype=int)
    generator = np.random.default_rng(4)
    early = np.arange(days) < days // 2
    for actor, rates in enumerate(((1.5, 0.3), (0.3, 1.5))):
        n = generator.poisson(np.where(early, *rates))
        counts[actor, 0] = generator.binomial(n, np.where(early, 0.9, 0.2))
        counts[actor, 1] = n - counts[actor, 0]
    shares = counts[:, 0].sum(axis=1) / counts.sum(axis=(1, 2))
    assert abs(shares[0] - shares[1]) > 0.3
    assert same_portfolio(*counts, rng=generator).p > 0.05


def test_the_seed_decides_p_and_nothing_else_does():
    world = labour_world(np.random.default_rng(5), null="L1", third_parties=0)
    one, other = (
        same_portfolio(world.counts[0], world.counts[1], rng=np.random.default_rng(6), seed=6)
        for _ in range(2)
    )
    assert one == other
    assert one.n == int(world.counts[:2].sum(axis=(1, 2)).min())


def test_shapes_must_agree_and_twenty_acts_are_needed():
    with pytest.raises(BadInput):
        same_portfolio(np.ones((2, 70)), np.ones((3, 70)), rng=np.random.default_rng(0))
    with pytest.raises(TooFewEvents) as refusal:
        same_portfolio(np.ones((2, 9)), np.ones((2, 9)), rng=np.random.default_rng(0))
    assert (refusal.value.got, refusal.value.need) == (18, 20)


def test_actors_that_never_act_in_the_same_months_cannot_be_compared():
    counts = np.zeros((2, 2, 280), dtype=int)
    counts[0, :, :112:2] = 1
    counts[1, :, 140::2] = 1
    with pytest.raises(TooFewEvents):
        same_portfolio(counts[0], counts[1], rng=np.random.default_rng(0))


def habits(worlds, seed, **more):
    generator = np.random.default_rng(seed)
    return float(
        np.mean(
            [
                generic_portfolio(targets_world(generator, targets=24, **more)).result.p <= 0.05
                for _ in range(worlds)
            ]
        )
    )


def test_habit_is_no_targeted_division():
    assert habits(60, 7) < 0.05 + 3 * (0.05 * 0.95 / 60) ** 0.5


def test_a_division_toward_one_target_alone_is_found():
    assert habits(20, 8, tilt=0.5) > 0.6


def test_too_few_other_targets_are_refused():
    world = targets_world(np.random.default_rng(9), targets=12, rates=(30, 30))
    with pytest.raises(TooFewEvents, match="placebo targets"):
        generic_portfolio(world)
    with pytest.raises(BadInput):
        generic_portfolio(world[:2])


def result(p):
    return TestResult("x", 1.0, 1.0, p, None, "null", 100)


def apart(high):
    return Distance(0.1, 0.01, (0.0, high), 0.2, (0.1, 0.3), (100, 100))


def generic(p, found=0.2, usual=0.1):
    return Generic(result(p), np.ones((2, 5)) / 5, (found, usual))


@pytest.mark.parametrize(
    ("same", "habit", "high", "stance", "value", "word"),
    [
        (0.01, generic(0.01), 0.2, (-0.1, 0.1), "targeted", "division of labour"),
        (0.01, generic(0.01), 0.2, (0.3, 0.5), "targeted", "different roles"),
        (0.01, generic(0.01), 0.2, None, "targeted", "different roles"),
        (0.01, generic(0.01, 0.1, 0.2), 0.2, (-0.1, 0.1), "comparative advantage", None),
        (0.01, generic(0.5), 0.2, (-0.1, 0.3), "comparative advantage", "different roles"),
        (0.01, None, 0.2, (-0.1, 0.1), "different portfolios, habit not tested", None),
        (0.5, generic(0.01), 0.2, (-0.1, 0.1), "undetermined", ""),
        (0.5, None, 0.04, (-0.1, 0.1), "same portfolio", ""),
        (None, None, 0.2, (-0.1, 0.1), "undetermined", ""),
    ],
)
def test_division_of_labour_is_only_said_where_both_nulls_fall_and_stances_agree(
    same, habit, high, stance, value, word
):
    found = read(None if same is None else result(same), habit, apart(high), stance)
    assert found.value == value
    assert found.why or value == "same portfolio"
    if word is not None:
        assert found.word == word


def test_all_that_can_be_asked_is_asked_and_what_cannot_has_its_reason():
    world = labour_world(np.random.default_rng(11), null="L1", tilt=0.3)
    a, b, thirds = world.counts[0], world.counts[1], world.counts[2:].sum(axis=0)
    whole = divide(a, b, thirds, rng=np.random.default_rng(0), stance=(-0.1, 0.1))
    assert whole.refused == ()
    assert whole.same.p < 0.05
    assert whole.reading.word == "division of labour"
    assert whole.quotients[0].values[1] > 1 > whole.quotients[1].values[1]
    early = np.arange(a.shape[1]) < 12
    few = divide(a * early, b, thirds, rng=np.random.default_rng(0))
    assert few.portfolios[0] is None
    assert few.portfolios[1] is not None
    assert few.apart is few.same is None
    assert few.quotients[1] is not None
    assert few.reading.value == "undetermined"
    assert any("at least 20 needed" in reason for reason in few.refused)
