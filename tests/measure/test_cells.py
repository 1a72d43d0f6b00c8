"""The typed test, its control of types, and cells whose size is chosen blindly."""

from __future__ import annotations

import numpy as np
import pytest

from inconcert.errors import BadInput, TooFewEvents
from inconcert.measure.cells import (
    binned,
    common_cells,
    count_scores,
    deflation,
    fitting_bins,
    typed_co_action,
    typed_co_actions,
    typed_rates,
)
from inconcert.measure.cells_chances import meetings
from inconcert.measure.intensity import intensities
from inconcert.synth.worlds import simulate


def world(seed: int, **more):
    return simulate(np.random.default_rng(seed), **{"types": 20, **more})


def rejected(count: int, **more) -> int:
    made = (world(seed, **more) for seed in range(count))
    return sum(typed_co_action(w.counts, w.volume).result.p <= 0.05 for w in made)


@pytest.mark.parametrize("null", ["N1", "N7"])
def test_worlds_without_coupling_are_rarely_rejected(null):
    assert rejected(25, null=null) <= 4


def test_joint_acts_of_the_same_type_are_found():
    assert rejected(10, null="N7", kind="joint", rho=0.35) == 10


def test_a_third_party_adds_no_cell_to_a_pair():
    made = world(3)
    test = typed_co_action(made.counts, made.volume)
    both = ((made.counts[0] > 0) & (made.counts[1] > 0)).sum()
    assert test.result.statistic == both


def test_changing_places_changes_nothing():
    made = world(4, null="N3")
    one = typed_co_action(made.counts, made.volume, pair=(0, 1))
    other = typed_co_action(made.counts, made.volume, pair=(1, 0))
    assert one.result.p == pytest.approx(other.result.p, rel=1e-6)


def test_the_order_of_types_does_not_matter():
    made = world(5, null="N3")
    order = np.random.default_rng(0).permutation(20)
    one = typed_co_action(made.counts, made.volume)
    other = typed_co_action(made.counts[:, order], made.volume)
    assert one.z == pytest.approx(other.z, rel=1e-4)


def test_rates_of_types_follow_what_third_parties_do_that_day():
    made = world(6, null="N1")
    counts = made.counts.copy()
    counts[2:, :, 100] = 0
    counts[2:12, 7, 100] = 1
    fit = intensities(counts.sum(axis=1), made.volume)
    rates = typed_rates(counts, fit, np.array([0]), np.array([1]))[0]
    assert rates[7, 100] / rates[:, 100].sum() > 2 * rates[7].sum() / rates.sum()


@pytest.mark.parametrize(("kind", "name"), [("follow", "A before B"), ("loose", "within two days")])
def test_answers_of_the_same_type_some_days_apart_are_found(kind, name):
    made = (world(seed, null="N7", kind=kind, rho=0.5) for seed in range(10))
    found = [typed_co_actions(w.counts, w.volume, directions=(name,))[name] for w in made]
    assert sum(test.result.p <= 0.05 for test in found) >= 8


def test_who_answers_in_kind_is_not_found_the_wrong_way_round():
    made = (world(seed, null="N1", kind="follow", rho=0.5) for seed in range(10))
    found = [typed_co_actions(w.counts, w.volume, directions=("B before A",)) for w in made]
    assert sum(test["B before A"].result.p <= 0.05 for test in found) <= 3


def test_changing_places_turns_typed_directions_round():
    made = world(4, null="N3", kind="follow", rho=0.3)
    one = typed_co_actions(made.counts, made.volume, pair=(0, 1))
    other = typed_co_actions(made.counts, made.volume, pair=(1, 0))
    assert one["A before B"].result.p == pytest.approx(other["B before A"].result.p, rel=1e-3)
    assert one["same day"].result.p == typed_co_action(made.counts, made.volume).result.p


@pytest.mark.parametrize("lags", [(0,), (1, 2), (-1, 0, 1)])
def test_meetings_within_lags_agree_with_brute_force(lags):
    made = world(2, null="N1", days=60)
    fit = intensities(made.daily, made.volume)
    found, _ = common_cells(made.counts, fit, np.array([0]), np.array([3]), lags=lags)
    a, b = made.counts[0] > 0, made.counts[3] > 0
    pairs = [(d, d + lag) for d in range(60) for lag in lags if 0 <= d + lag < 60]
    assert found[0] == sum(int((a[:, d] & b[:, e]).sum()) for d, e in pairs)


@pytest.mark.parametrize("partners", [1, 2])
def test_a_concert_of_three_or_four_does_not_hide_itself(partners):
    found = []
    for seed in range(8):
        made = world(seed, null="N3", kind="joint", rho=0.35, days=243, partners=partners)
        test = typed_co_action(made.counts, made.volume)
        found.append(test.result.p < 0.01 and sorted(test.partners) == [2, 3][:partners])
    assert sum(found) >= 6


def test_too_few_placebo_pairs_are_refused():
    made = world(6)
    with pytest.raises(TooFewEvents):
        typed_co_action(made.counts[:5], made.volume)


def test_deflation_is_the_ratio_of_found_to_expected():
    assert deflation(np.array([6.0, 5.0]), np.array([3.0, 2.0])) == 2.0
    assert deflation(np.zeros(0), np.zeros(0)) == 1.0


def test_scores_of_small_counts_rise_with_the_count():
    scores = count_scores(np.arange(8.0), np.full(8, 1.5))
    assert np.all(np.diff(scores) > 0)
    assert scores[0] < 0 < scores[4]


def test_scores_of_small_and_large_counts_meet():
    small, large = count_scores(np.array([9.0, 9.0]), np.array([4.999, 5.0]))
    assert small == pytest.approx(large, abs=0.25)


def test_meetings_that_come_in_bunches_count_less():
    found, expected = np.array([9.0, 3.0]), np.array([5.0, 1.5])
    even = count_scores(found, expected, np.zeros(2))
    assert np.array_equal(even, count_scores(found, expected))
    assert np.all(count_scores(found, expected, 4 * expected) < 0.95 * even)


def test_the_variance_of_meetings_is_that_of_turning_one_actor_in_time():
    made = world(3, null="N5", days=120)
    fit = intensities(made.daily, made.volume)
    who, lags = (np.array([0]), np.array([1])), (1, 2, 3)
    variance = meetings(made.counts, fit, *who, None, [lags])[3][0, 0]
    left, right = (
        (made.counts[i] > 0) - typed_rates(made.counts, fit, np.array([i]), np.array([1 - i]))[0]
        for i in (0, 1)
    )
    turns = [
        sum((left * np.roll(right, -(turn + lag), axis=-1)).sum() for lag in lags)
        for turn in range(11, 109)
    ]
    assert variance == pytest.approx(np.var(turns), rel=1e-3)


def test_cells_are_chosen_without_looking_at_what_two_do_together():
    counts = world(7, null="N7", rates=(0.5, 0.3)).counts
    shuffled = counts.copy()
    shuffled[1] = counts[1][:, np.random.default_rng(1).permutation(365)]
    assert fitting_bins(counts) == fitting_bins(shuffled)


def test_busy_actors_get_finer_cells_and_idle_ones_wider():
    assert fitting_bins(world(8, null="N1", rates=(1.5, 0.3)).counts) == (1, True)
    assert fitting_bins(world(8, null="N1", rates=(0.2, 0.1)).counts) == (1, False)
    assert fitting_bins(world(8, null="N1", rates=(0.015, 0.01)).counts)[0] > 1


def test_bins_keep_every_act_but_those_of_the_remainder():
    days = np.arange(11)
    assert binned(days, 3).tolist() == [3, 12, 21]


def test_two_axes_are_refused():
    with pytest.raises(BadInput):
        fitting_bins(np.ones((3, 50), dtype=int))


def test_too_few_cells_are_refused():
    made = world(9, null="N1", rates=(0.3, 1e-9))
    with pytest.raises(TooFewEvents):
        typed_co_action(made.counts, made.volume)
