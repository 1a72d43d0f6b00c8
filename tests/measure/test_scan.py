"""Scans: the same numbers as one question at a time, one family, a screen that costs nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from inconcert.core.panel import Toward
from inconcert.errors import BadInput
from inconcert.measure.cells import typed_co_action
from inconcert.measure.multiplicity import false_discovery
from inconcert.measure.scan import (
    FEW_ACT_DAYS,
    FEW_PLACEBOS,
    FEW_THIRD_ACTS,
    Scan,
    family,
    scan_side,
    scan_sides,
)
from inconcert.synth.worlds import simulate

DAYS = 243


def block(seed: int, *, thirds: int = 18, name: str = "T", **more) -> Toward:
    world = simulate(
        np.random.default_rng(seed),
        **{"null": "N3", "days": DAYS, "types": 12, "third_parties": thirds, **more},
    )
    return Toward(
        toward=(name,),
        actors=world.actors,
        types=world.types,
        days=np.datetime64("2021-01-01") + np.arange(DAYS),
        counts=world.counts.astype(np.int32),
        volume=world.volume.astype(np.int64),
        covered=np.ones(DAYS, dtype=bool),
        habits=world.counts.sum(axis=2) * 3 + 1,
        source="made up",
        query="",
    )


@pytest.fixture(scope="module")
def concert() -> Toward:
    return block(11, kind="joint", rho=0.5)


@pytest.fixture(scope="module")
def scanned(concert):
    return scan_side(concert)


@pytest.mark.parametrize("row", [0, 3, 77, 150])
def test_a_confirmed_pair_has_the_numbers_of_the_question_asked_by_itself(concert, scanned, row):
    pair = int(scanned.first[row]), int(scanned.second[row])
    asked = typed_co_action(
        concert.counts, concert.volume.astype(float), pair=pair, habits=concert.habits
    )
    assert scanned.found[row] == asked.result.statistic
    assert scanned.score[row] == pytest.approx(asked.recentred, abs=1e-4)
    assert scanned.p[row] == pytest.approx(asked.result.p, rel=1e-3)
    assert (scanned.rank[row], scanned.placebos[row] + 1) == asked.rank
    assert scanned.bloc[row] == len(asked.bloc)
    assert scanned.cells[row] == asked.result.n


@pytest.mark.parametrize("partners", [1, 2])
def test_pairs_of_a_concert_of_three_or_four_have_the_numbers_of_the_question_too(partners):
    concert = block(14, kind="joint", rho=0.5, partners=partners)
    scanned = scan_side(concert)
    assert scanned.partners[0] == partners
    for row in (0, 1, 30):
        pair = int(scanned.first[row]), int(scanned.second[row])
        asked = typed_co_action(
            concert.counts, concert.volume.astype(float), pair=pair, habits=concert.habits
        )
        assert scanned.score[row] == pytest.approx(asked.recentred, abs=1e-3)
        assert (scanned.rank[row], scanned.placebos[row] + 1) == asked.rank
        assert (scanned.bloc[row], scanned.partners[row]) == (len(asked.bloc), len(asked.partners))


@pytest.mark.parametrize("row", [0, 3, 77])
def test_lift_and_its_interval_are_those_of_the_question_asked_by_itself(concert, scanned, row):
    pair = int(scanned.first[row]), int(scanned.second[row])
    asked = typed_co_action(
        concert.counts, concert.volume.astype(float), pair=pair, habits=concert.habits
    ).excess
    told = scanned.excess(row)
    assert told.lift == pytest.approx(asked.lift, rel=1e-3)
    assert told.lift_interval == pytest.approx(asked.lift_interval, rel=1e-3)
    assert told.rho_interval == pytest.approx(asked.rho_interval, abs=1e-3)
    assert scanned.lift[row] == pytest.approx(asked.lift, rel=1e-3)


def test_pairs_that_expect_less_than_half_a_cell_keep_the_floor_of_the_spread():
    sparse = block(15, null="N1", rates=(0.08, 0.08))
    scanned = scan_side(sparse)
    assert scanned.expected[0] < 0.5 < scanned.expected.max()
    for row in (0, int(np.argmax(scanned.expected))):
        pair = int(scanned.first[row]), int(scanned.second[row])
        asked = typed_co_action(
            sparse.counts, sparse.volume.astype(float), pair=pair, habits=sparse.habits
        )
        assert scanned.score[row] == pytest.approx(asked.recentred, abs=1e-3)


def test_the_planted_pair_is_the_discovery(scanned):
    found = family([scanned]).discoveries()
    assert found[0] == (0, 0)
    assert (scanned.first[0], scanned.second[0]) == (0, 1)


def test_every_pair_is_tested_once_and_none_with_itself(concert, scanned):
    busy = ((concert.counts.sum(axis=1) > 0).sum(axis=1) >= 10).sum()
    assert len(scanned.p) == busy * (busy - 1) // 2
    assert (scanned.first < scanned.second).all()


def test_a_pair_asked_alone_has_the_numbers_of_the_whole_scan(concert, scanned):
    pair = int(scanned.first[30]), int(scanned.second[30])
    alone = scan_side(concert, asked=(pair[1], pair[0]))
    assert len(alone.p) == 1
    assert alone.p[0] == pytest.approx(scanned.p[30], rel=1e-3)


def test_the_screen_passes_every_discovery_of_the_exact_scan():
    crowd = block(12, thirds=70, kind="joint", rho=0.5)
    exact, screened = scan_side(crowd, confirmed=1.0), scan_side(crowd, confirmed=0.1)
    passed = np.isfinite(screened.p)
    assert len(exact.p) > 2000
    assert 0.1 <= passed.mean() < 0.2
    assert exact.p[~passed].min() > 0.05
    np.testing.assert_allclose(screened.p[passed], exact.p[passed], rtol=1e-6)
    assert family([exact]).discoveries() == family([screened]).discoveries()
    assert family([screened]).is_tight


def test_what_the_screen_passes_over_stays_in_the_family_with_a_p_of_one(scanned):
    p = scanned.p.copy()
    p[np.argsort(p)[20:]] = np.nan
    thinned = family([replace(scanned, p=p)])
    expected = false_discovery(np.where(np.isnan(p), 1.0, p))
    np.testing.assert_allclose(thinned.q[0], expected)
    assert thinned.tests == len(p)
    assert thinned.confirmed == 20


def test_all_targets_are_one_family(scanned):
    quiet = scan_side(block(13, name="U"))
    both = family([scanned, quiet])
    q = false_discovery(np.concatenate([scanned.p, quiet.p]))
    np.testing.assert_allclose(np.concatenate(both.q), q)
    assert both.q[0][0] >= family([scanned]).q[0][0]


def test_a_screen_that_may_have_cost_discoveries_says_so(scanned):
    p = scanned.p.copy()
    p[1:] = np.nan
    near = replace(scanned, p=p, screened=np.full(len(p), 2.5 * scanned.p[0]))
    nearer = replace(near, screened=np.full(len(p), 1.5 * scanned.p[0]))
    assert family([near]).is_tight
    assert not family([nearer]).is_tight


def test_a_null_target_gives_small_p_no_more_often_than_it_should():
    p = np.concatenate([scan_side(block(seed, null="N7")).p for seed in range(20, 26)])
    assert (p < 0.05).mean() < 0.05


def test_pairs_without_enough_act_days_are_left_out_and_counted(concert):
    counts = concert.counts.copy()
    counts[5, :, 100:] = 0
    counts[5, :, :100] = 0
    counts[5, 0, :9] = 1
    thinned = scan_side(replace(concert, counts=counts))
    assert 5 not in {*thinned.first, *thinned.second}
    busy = ((counts.sum(axis=1) > 0).sum(axis=1) >= 10).sum()
    acting = (counts.sum(axis=(1, 2)) > 0).sum()
    pairs = acting * (acting - 1) // 2 - busy * (busy - 1) // 2
    assert thinned.left_out[FEW_ACT_DAYS] == pairs


def test_pairs_with_too_few_placebos_are_left_out_and_counted(concert):
    few = replace(
        concert, actors=concert.actors[:5], counts=concert.counts[:5], habits=concert.habits[:5]
    )
    result = scan_side(few)
    assert len(result.p) == 0
    assert result.left_out[FEW_PLACEBOS] == 10


def test_pairs_whose_third_parties_hardly_act_are_left_out_and_counted(concert):
    counts = np.zeros_like(concert.counts)
    counts[:8, 0, ::20] = 1
    result = scan_side(replace(concert, counts=counts))
    assert len(result.p) == 0
    assert result.left_out[FEW_THIRD_ACTS] == 28


def test_only_candidates_are_of_a_pair_but_all_are_control(concert, scanned):
    chosen = set(concert.actors[:6])
    result = scan_side(concert, candidates=chosen.__contains__)
    assert {concert.actors[place] for place in {*result.first, *result.second}} <= chosen
    row = np.flatnonzero((scanned.first == 0) & (scanned.second == 1))[0]
    assert result.p[0] == pytest.approx(scanned.p[row], rel=1e-6)


def test_a_target_without_pairs_gives_none_and_leaves_the_family_as_it_is(concert, scanned):
    empty = scan_side(replace(concert, counts=np.zeros_like(concert.counts)))
    short = scan_side(
        replace(
            concert,
            days=concert.days[:20],
            counts=concert.counts[:, :, :20],
            volume=concert.volume[:20],
            covered=concert.covered[:20],
        ),
        least_act_days=2,
    )
    assert len(empty.p) == len(short.p) == 0
    both = family([empty, scanned, short])
    np.testing.assert_allclose(both.q[1], family([scanned]).q[0])
    assert family([]) == Scan((), (), 0.1, dict.fromkeys(both.left_out, 0))


def test_two_processes_give_what_one_gives(concert):
    sides = [concert, block(13, name="U")]
    one, two = (list(scan_sides(sides, workers=workers)) for workers in (1, 2))
    assert [side.toward for side in two] == [("T",), ("U",)]
    for left, right in zip(one, two, strict=True):
        np.testing.assert_array_equal(left.p, right.p)


@pytest.mark.parametrize("level", [0.0, 1.0])
def test_a_level_that_is_no_share_is_refused(scanned, level):
    with pytest.raises(BadInput, match="level"):
        family([scanned], level=level)
