"""Co-action: found where it was planted, and not where third parties explain it."""

from __future__ import annotations

import numpy as np
import pytest

from inconcert.errors import BadInput, TooFewEvents
from inconcert.measure.coaction import (
    DIRECTIONS,
    co_action,
    hac_scores,
    placebo_actors,
    placebo_law,
    shift_scores,
    windowed,
)
from inconcert.measure.intensity import intensities
from inconcert.measure.peers import correlation
from inconcert.synth.worlds import simulate

SAME = ("same day",)


def world(seed: int, **more):
    return simulate(np.random.default_rng(seed), **more)


def p_values(name: str, count: int, **more) -> np.ndarray:
    made = (world(1000 + seed, **more) for seed in range(count))
    return np.array([co_action(w.daily, w.volume, directions=(name,))[name].result.p for w in made])


@pytest.mark.parametrize("null", ["N1", "N3", "N7"])
def test_worlds_without_coupling_are_rarely_rejected(null):
    rejected = p_values("same day", 40, null=null) <= 0.05
    assert rejected.mean() <= 0.05 + 3 * (0.05 * 0.95 / 40) ** 0.5


def test_common_shocks_fool_correlation_and_not_this_test():
    ours = p_values("same day", 30, null="N3") <= 0.05
    theirs = [correlation(*world(1000 + seed, null="N3").daily[:2]).p <= 0.05 for seed in range(30)]
    assert sum(theirs) > 20 > 6 > ours.sum()


@pytest.mark.parametrize(
    ("kind", "name", "least"),
    [("joint", "same day", 20), ("follow", "A before B", 8), ("loose", "within two days", 7)],
)
def test_planted_coupling_is_found_over_the_worst_background(kind, name, least):
    assert (p_values(name, 24, null="N7", kind=kind, rho=0.35) <= 0.05).sum() >= least


def test_who_leads_is_not_found_the_wrong_way_round():
    backward = p_values("B before A", 24, null="N1", kind="follow", rho=0.5)
    assert (backward <= 0.05).sum() <= 5


def test_changing_places_changes_only_the_direction():
    made = world(3, null="N3", kind="follow", rho=0.3)
    one = co_action(made.daily, made.volume, pair=(0, 1))
    other = co_action(made.daily, made.volume, pair=(1, 0))
    assert one["A before B"].result.p == pytest.approx(other["B before A"].result.p, rel=1e-6)
    assert one["same day"].result.p == pytest.approx(other["same day"].result.p, rel=1e-6)


def test_the_order_of_third_parties_does_not_matter():
    made = world(4, null="N7")
    order = np.r_[0, 1, 2 + np.random.default_rng(0).permutation(30)]
    one, other = (
        co_action(daily, made.volume, directions=SAME)["same day"].z
        for daily in (made.daily, made.daily[order])
    )
    assert one == pytest.approx(other, abs=0.01)


def test_doubling_every_placebo_leaves_the_centre_and_hardly_moves_the_spread():
    a, b = np.random.default_rng(5).normal(0.3, 1.4, (2, 20))
    once = placebo_law(a, b)
    twice = placebo_law(np.tile(a, 2), np.tile(b, 2))
    assert once[0] == pytest.approx(twice[0])
    assert once[1] == pytest.approx(twice[1], rel=0.02)


def test_placebos_move_a_score_only_against_a_finding():
    calm = np.full(20, -2.0) + np.linspace(-0.1, 0.1, 20)
    assert placebo_law(calm, calm[::-1]) == (0.0, 1.0)


def test_common_partners_raise_the_centre():
    shared = np.repeat([3.0, 0.0], [5, 15])
    alike = placebo_law(shared, shared)[0]
    apart = placebo_law(shared, shared[::-1])[0]
    assert alike > apart + 1


def test_what_a_and_b_share_with_everybody_adds_up_in_days_and_not_in_types():
    a, b = np.full(20, 0.5), np.full(20, 0.7)
    assert placebo_law(a, b)[0] == pytest.approx(1.2)
    assert placebo_law(a, b, adds_up=False)[0] == pytest.approx(0.6)


def test_a_spread_that_is_not_floored_is_drawn_toward_one():
    a, b = np.random.default_rng(6).normal(0.0, 0.5, (2, 20))
    assert placebo_law(a, b)[1] == 1.0
    assert 0.6 < placebo_law(a, b, is_floored=False)[1] < 0.9


def test_a_partner_in_a_concert_of_three_is_no_placebo():
    made = world(8, null="N3", kind="joint", rho=0.5, partners=1)
    test = co_action(made.daily, made.volume, directions=SAME)["same day"]
    alone = co_action(made.daily, made.volume, directions=SAME, bloc=[2])["same day"]
    assert test.partners == (2,)
    assert 2 in test.bloc
    assert len(test.placebos) == len(co_action(made.daily, made.volume)["A before B"].placebos) - 2
    assert test.result.p < 0.01
    assert alone.partners == ()
    # known beforehand or found out: much the same
    assert test.recentred == pytest.approx(alone.recentred, abs=1.0)


def test_too_few_placebo_pairs_are_refused():
    made = world(6)
    with pytest.raises(TooFewEvents) as refused:
        co_action(made.daily[:5], made.volume)
    assert (refused.value.got, refused.value.need) == (6, 8)
    assert "6 placebo pairs" in str(refused.value)
    assert co_action(made.daily[:6], made.volume, directions=SAME)


def test_actors_of_a_declared_bloc_are_no_placebos():
    made = world(6)
    fit = intensities(made.daily, made.volume)
    first = int(placebo_actors(fit, (0, 1))[0])
    assert first not in placebo_actors(fit, (0, 1), leave_out=[first])


def test_intervals_of_the_lift_cover_one_without_coupling():
    covered = []
    for seed in range(40):
        made = world(seed, null="N3")
        low, high = co_action(made.daily, made.volume, directions=SAME)["same day"].result.interval
        covered.append(low <= 1 <= high)
    assert np.mean(covered) > 0.9 - 3 * (0.9 * 0.1 / 40) ** 0.5


def test_intervals_of_the_lift_cover_it_with_coupling():
    covered = []
    for seed in range(30):
        made = world(seed, null="N1", kind="joint", rho=0.35, twins=60)
        low, high = co_action(made.daily, made.volume, directions=SAME)["same day"].result.interval
        covered.append(low <= made.true_lift() <= high)
    assert np.mean(covered) > 0.9 - 3 * (0.9 * 0.1 / 30) ** 0.5


def test_the_share_that_b_joins_is_estimated_about_right():
    found = []
    for seed in range(25):
        made = world(seed, null="N1", kind="joint", rho=0.35)
        test = co_action(made.daily, made.volume, directions=SAME)["same day"]
        found.append(test.excess.rho)
    # several acts on one day may each be joined: the share of days is a little higher
    assert 0.30 < np.mean(found) < 0.48


@pytest.mark.parametrize("lags", [(0,), (1, 2, 3), (-2, 0, 2)])
def test_windows_agree_with_brute_force(lags):
    series = np.random.default_rng(7).normal(size=(3, 40))
    brute = [
        [sum(row[d + lag] for lag in lags if 0 <= d + lag < 40) for d in range(40)]
        for row in series
    ]
    assert windowed(series, lags) == pytest.approx(np.array(brute))


def test_turned_scores_agree_with_brute_force():
    a, b = np.random.default_rng(8).normal(size=(2, 60))
    turned = [(a * np.roll(b, shift)).sum() for shift in range(8, 60 - 8 + 1)]
    score = ((a * b).sum() - np.mean(turned)) / np.std(turned)
    skew = np.mean(((turned - np.mean(turned)) / np.std(turned)) ** 3)
    bent = min(max(score, 1.0), 2.4)
    assert float(shift_scores(a, b)) == pytest.approx(score - max(skew, 0) * (bent**2 - 1) / 6)


def test_rare_acts_are_not_found_together_too_easily():
    generator = np.random.default_rng(1)
    pairs = (generator.random((2000, 2, 200)) < 0.04) - 0.04
    scores = shift_scores(pairs[:, 0], pairs[:, 1])
    assert (scores > 2.326).mean() < 0.02


def test_scores_with_dependent_days_agree_with_brute_force():
    a, b = np.random.default_rng(9).normal(size=(2, 50))
    q = a * b
    variance = sum(
        (1 - abs(i - j) / 4) * q[i] * q[j] for i in range(50) for j in range(50) if abs(i - j) <= 3
    )
    assert float(hac_scores(a, b, lags=3)) == pytest.approx(q.sum() / variance**0.5)


def test_expected_and_found_coincidences_are_counts_of_days():
    made = world(10, null="N1")
    test = co_action(made.daily, made.volume, directions=SAME)["same day"]
    both = ((made.daily[0] > 0) & (made.daily[1] > 0)).sum()
    assert test.result.statistic == both
    assert test.result.expected == pytest.approx(both / test.excess.lift)


def test_an_actor_is_not_tested_against_itself():
    made = world(11)
    with pytest.raises(BadInput):
        co_action(made.daily, made.volume, pair=(3, 3))


def test_four_act_days_are_too_few():
    daily = world(12).daily.copy()
    daily[1] = 0
    daily[1, [5, 90, 200, 300]] = 1
    with pytest.raises(TooFewEvents):
        co_action(daily, world(12).volume)


def test_every_direction_is_named_once_and_symmetric_ones_are_known():
    assert [name for name in DIRECTIONS if DIRECTIONS[name].is_symmetric] == [
        "same day",
        "within two days",
    ]


def test_independence_is_claimed_only_where_there_is_enough_to_see():
    rich = world(13, null="N1", days=1460)
    poor = world(13, null="N1", days=60)
    bounds = [
        co_action(w.daily, w.volume, directions=SAME)["same day"].excess.is_within(0.2)
        for w in (rich, poor)
    ]
    assert bounds == [True, False]
