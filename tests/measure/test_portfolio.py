"""Portfolios: shares, quotients and distances with intervals that cover."""

from __future__ import annotations

import numpy as np
import pytest

from inconcert.errors import BadInput, TooFewEvents
from inconcert.measure.portfolio import (
    distance,
    division_of_labour,
    portfolio,
    quotients,
)
from inconcert.measure.portfolio_blocks import (
    by_weeks,
    difference_bounds,
    ratio_bounds,
    score_bounds,
)
from inconcert.measure.portfolio_sorting import act_of_cell, sorted_counts
from inconcert.ontology.domains import DOMAINS, Act, tables
from inconcert.synth.portfolios import labour_world


def spread(shares, n=200, days=140, seed=0):
    """Acts drawn one by one, evenly over the days."""
    generator = np.random.default_rng(seed)
    counts = np.zeros((len(shares), days), dtype=int)
    np.add.at(
        counts, (generator.choice(len(shares), n, p=shares), generator.integers(0, days, n)), 1
    )
    return counts


def test_shares_are_counts_over_all_acts():
    found = portfolio(np.array([[3, 0, 1] * 20, [0, 1, 0] * 20]))
    assert found.n == 100
    assert found.shares == pytest.approx([0.8, 0.2])


def test_acts_that_come_in_bursts_of_one_kind_count_for_fewer_draws():
    one_by_one = portfolio(spread([0.5, 0.5], 210))
    generator = np.random.default_rng(1)
    bursts = np.zeros((2, 140), dtype=int)
    for week in range(20):
        bursts[generator.integers(2), week * 7] = 10
    in_bursts = portfolio(bursts)
    assert one_by_one.effect < 2
    assert in_bursts.effect > 5
    widths = [np.diff(each.intervals(), axis=1)[0, 0] for each in (one_by_one, in_bursts)]
    assert widths[1] > 2 * widths[0]


def test_a_kind_without_acts_has_an_interval_from_zero_to_more():
    low, high = portfolio(spread([0.6, 0.4, 0.0], 60)).intervals()[2]
    assert low == pytest.approx(0)
    assert 0.02 < high < 0.1


def test_nine_intervals_in_ten_cover_the_share():
    generator, hits = np.random.default_rng(2), []
    for null in ("L1", "L3", "L7"):
        for _ in range(60):
            world = labour_world(generator, null=null, third_parties=0, rates=(0.5, 0.5))
            bounds = portfolio(world.counts[0]).intervals()
            hits.append((bounds[:, 0] <= world.shares[0]) & (world.shares[0] <= bounds[:, 1]))
    assert 0.86 < np.mean(hits) < 0.95


@pytest.mark.parametrize(
    "acts", [np.full((2, 9), 1), np.pad(np.full((2, 1), 30), ((0, 0), (0, 80)))]
)
def test_few_acts_or_acts_of_one_week_are_refused(acts):
    with pytest.raises(TooFewEvents):
        portfolio(acts)


def test_quotients_are_ratios_to_third_parties_and_infinite_above_where_these_may_have_none():
    own, others = portfolio(spread([0.2, 0.5, 0.3])), portfolio(spread([0.4, 0.59, 0.01], 300))
    found = quotients(own, others)
    assert found.values[0] == pytest.approx(own.shares[0] / others.shares[0])
    assert found.bounds[0, 1] < 1 < found.bounds[2, 0]
    none = quotients(own, portfolio(spread([0.4, 0.6, 0.0], 300)))
    assert np.isnan(none.values[2])
    assert none.bounds[2, 1] == np.inf


def test_the_same_portfolio_is_no_distance_away_and_nothing_in_common_is_one_bit():
    generator = np.random.default_rng(3)
    a, b = portfolio(spread([0.5, 0.5, 0, 0])), portfolio(spread([0, 0, 0.5, 0.5]))
    same, apart = distance(a, a, rng=generator), distance(a, b, rng=generator)
    assert same.jensen_shannon == same.krugman == 0
    assert same.jensen_shannon_bounds[0] == 0
    assert apart.jensen_shannon == pytest.approx(1)
    assert apart.krugman == pytest.approx(1)


def test_luck_alone_keeps_two_portfolios_apart_and_the_interval_holds_zero():
    a, b = portfolio(spread([0.5, 0.3, 0.2], seed=4)), portfolio(spread([0.5, 0.3, 0.2], seed=5))
    found = distance(a, b, rng=np.random.default_rng(0))
    assert found.jensen_shannon > 0
    assert found.by_luck > 0
    assert found.jensen_shannon_bounds[0] == 0


def test_a_real_distance_lies_in_an_interval_that_leaves_out_zero():
    a = portfolio(spread([0.7, 0.1, 0.2], 400, seed=6))
    b = portfolio(spread([0.4, 0.4, 0.2], 400, seed=7))
    found = distance(a, b, rng=np.random.default_rng(0))
    low, high = found.krugman_bounds
    assert 0.1 < low < 0.3 < high < 0.45
    assert 0 < found.jensen_shannon_bounds[0] < found.jensen_shannon


def test_changing_places_changes_no_distance():
    a, b = portfolio(spread([0.7, 0.3], seed=8)), portfolio(spread([0.4, 0.6], seed=9))
    one, other = (distance(*pair, rng=np.random.default_rng(0)) for pair in ((a, b), (b, a)))
    assert one.jensen_shannon == pytest.approx(other.jensen_shannon)
    assert one.krugman == other.krugman


def test_portfolios_of_different_kinds_cannot_be_compared():
    with pytest.raises(BadInput):
        distance(
            portfolio(spread([0.5, 0.5])),
            portfolio(spread([0.5, 0.3, 0.2])),
            rng=np.random.default_rng(0),
        )


def test_gorelicks_index_of_two_is_their_distance_and_of_three_specialists_one():
    counts = np.array([[30, 10, 10], [10, 30, 10]])
    shares = counts / 50
    mean = shares.mean(axis=0)
    bits = (shares * np.log2(shares / mean)).sum(axis=1).mean()
    assert division_of_labour(counts) == pytest.approx(bits)
    assert division_of_labour(np.eye(3) * 7) == pytest.approx(1)
    assert division_of_labour(np.ones((3, 4))) == pytest.approx(0)
    with pytest.raises(BadInput):
        division_of_labour(np.array([[1, 2], [0, 0]]))


def test_bounds_agree_with_printed_ones():
    # Newcombe 1998: 56 of 70 against 48 of 80, method 10: .0524 to .3339, at 95 %
    shares, draws = np.array([56 / 70, 48 / 80]), np.array([70.0, 80.0])
    bounds = score_bounds(shares, draws, 1.959964)
    assert difference_bounds(*shares, *bounds) == pytest.approx((0.0524, 0.3339), abs=1e-4)


def test_the_bounds_of_a_ratio_hold_the_ratio():
    generator = np.random.default_rng(10)
    shares = generator.uniform(0.02, 0.98, (200, 2))
    low, high = (
        shares * generator.uniform(0.3, 0.99, (200, 2)),
        shares + (1 - shares) * generator.uniform(0.01, 0.5, (200, 2)),
    )
    found = ratio_bounds(
        shares[:, 0],
        shares[:, 1],
        np.stack([low[:, 0], high[:, 0]], axis=1),
        np.stack([low[:, 1], high[:, 1]], axis=1),
    )
    ratio = shares[:, 0] / shares[:, 1]
    assert np.all((found[:, 0] <= ratio) & (ratio <= found[:, 1]))


def test_weeks_keep_every_act_and_the_last_is_short():
    assert by_weeks(np.ones((2, 16))).tolist() == [[7, 7, 2], [7, 7, 2]]


def test_counts_by_kind_of_act_become_counts_by_domain_and_by_instrument():
    acts = [
        act_of_cell("AID", "07", "", "military"),
        act_of_cell("AID", "07", "", "human_security"),
        act_of_cell("CONSULT", "04", "visit"),
    ]
    assert acts[0] == Act("AID", None, ("military",), "07")
    counts = np.arange(12).reshape(2, 3, 2)
    found = sorted_counts(counts, acts, tables().domain, DOMAINS)
    assert found.shape == (2, 5, 2)
    assert found[:, DOMAINS.index("security")].tolist() == counts[:, 0].tolist()
    assert found.sum() == counts.sum()
    used = sorted_counts(
        counts, acts, lambda act: [use.instrument for use in tables().uses(act)], ("hosting",)
    )
    assert used[:, 0].tolist() == counts[:, 2].tolist()
    with pytest.raises(BadInput):
        sorted_counts(counts, acts[:2], tables().domain, DOMAINS)
