"""Camps: found where planted, not shown where pairs merely differ; brokers reach both."""

from __future__ import annotations

import numpy as np
import pytest

from inconcert.errors import BadInput, TooFewEvents
from inconcert.measure.communities import brokers, changed_sides, communities
from inconcert.measure.communities_search import best_camps, signed_surplus
from inconcert.synth.changes import signed_network


def asked(seed: int, *, draws: int = 39, **more):
    rng = np.random.default_rng(seed)
    good, bad, camp = signed_network(rng, actors=14, **more)
    return communities(good, bad, rng=rng, draws=draws), camp, good


def test_planted_camps_are_shown_and_found():
    shown, agree = 0, []
    for seed in range(6):
        found, camp, _ = asked(seed, groups=2, contrast=3.0)
        shown += found.result.p <= 0.05
        own = np.array([found.camp_of(actor) for actor in range(14)])
        agree.append(((own[:, None] == own) == (camp[:, None] == camp)).mean())
    assert shown >= 5
    assert np.mean(agree) > 0.85


@pytest.mark.parametrize("clusters", [1.0, 3.0])
def test_pairs_that_differ_make_no_camps(clusters):
    rejected = sum(asked(seed, clusters=clusters)[0].result.p <= 0.05 for seed in range(16))
    assert rejected <= 3


def test_renaming_actors_renames_the_camps():
    good, bad, _ = signed_network(np.random.default_rng(2), actors=12, groups=3, contrast=4.0)
    order = np.random.default_rng(3).permutation(12)
    one = communities(good, bad, rng=np.random.default_rng(0), draws=9)
    other = communities(
        good[:, order][:, :, order],
        bad[:, order][:, :, order],
        rng=np.random.default_rng(0),
        draws=9,
    )
    assert {frozenset(int(order[a]) for a in camp) for camp in other.camps} == {
        frozenset(camp) for camp in one.camps
    }


def test_the_search_finds_the_best_of_all_divisions_of_a_small_network():
    rng = np.random.default_rng(4)
    ties = np.triu(rng.poisson(3.0, (2, 6, 6)), 1).astype(float)
    good, bad = (part + part.T for part in ties)
    surplus = signed_surplus(good[None], bad[None])
    _, found = best_camps(surplus)
    best = max(
        float((surplus[0] * (labels[:, None] == labels)).sum())
        for labels in (np.array(np.unravel_index(k, (3,) * 6)) for k in range(3**6))
    )
    assert found[0] >= 0.9 * best


def test_who_changes_sides_is_told():
    one, _, _ = asked(5, groups=2, contrast=6.0, weeks=40)
    rng = np.random.default_rng(5)
    good, bad, _ = signed_network(rng, actors=14, groups=2, contrast=6.0, weeks=40)
    mover = one.sure[0][0]
    swapped = [part.copy() for part in (bad, good)]
    for new, old in zip(swapped, (good, bad), strict=True):
        keep = np.ones((14, 14), dtype=bool)
        keep[mover], keep[:, mover] = False, False
        new[:, keep] = old[:, keep]
    other = communities(*swapped, rng=rng, draws=39)
    turned = changed_sides(one, other)
    assert turned
    assert all(mover in pair[:2] for pair in turned)
    assert changed_sides(one, one) == ()


def test_a_broker_deals_with_both_camps_and_others_do_not():
    rng = np.random.default_rng(6)
    level = np.kron(np.eye(2), np.full((6, 6), 0.5))
    level[0] = level[:, 0] = 0.5
    acts = np.triu(rng.poisson(level, (30, 12, 12)), 1)
    acts = acts + acts.transpose(0, 2, 1)
    found = brokers(acts, (tuple(range(6)), tuple(range(6, 12))), rng=rng)
    assert found[0].actor == 0
    assert found[0].is_broker
    assert found[0].interval[0] <= 2 * 5 * 6 / 11**2 <= found[0].interval[1]
    assert sum(one.is_broker for one in found) <= 2


def test_too_little_is_refused():
    few = np.zeros((20, 8, 8))
    with pytest.raises(TooFewEvents, match="camps"):
        communities(few, few, rng=np.random.default_rng(0))
    with pytest.raises(TooFewEvents, match="weeks"):
        communities(few[:4] + 5, few[:4], rng=np.random.default_rng(0))
    with pytest.raises(BadInput):
        communities(few, few[:, :4, :4], rng=np.random.default_rng(0))
