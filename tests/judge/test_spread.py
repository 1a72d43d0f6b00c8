"""Spill-over, burden, camps and venues as findings."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from inconcert.core.span import TimeSpan
from inconcert.judge import spread
from inconcert.judge.labour_case import Acts
from inconcert.judge.spread import Around, Meetings, Nearby, Network
from inconcert.ontology.domains import Act
from inconcert.shape.axes import days_of

SPAN = TimeSpan(date(2020, 1, 1), date(2021, 12, 30))
DAYS = SPAN.days
SHOCKS = (60, 130, 200, 270, 340, 410, 480, 550, 620, 690)


def acts(shocks: tuple[int, ...] = SHOCKS) -> Acts:
    rng = np.random.default_rng(4)
    counts = rng.poisson(0.3, (5, 2, DAYS)).astype(np.int64)
    counts[2:] = rng.binomial(2, 0.5, (3, 2, DAYS))
    counts[2, 0, list(shocks)] += 30
    return Acts(
        names=("Russia", "China"),
        other="Afghanistan",
        actors=("RUS", "CHN", "USA", "GBR", "IND"),
        kinds=(Act("ACCUSE"), Act("AID")),
        cells=("11", "07"),
        counts=counts,
        days=days_of(SPAN),
        volume=np.full(DAYS, 500),
        covered=np.ones(DAYS, dtype=np.bool_),
        seed=1,
    )


def around(rise: float) -> Nearby:
    rng = np.random.default_rng(8)
    near, far = np.full((3, DAYS), 1.0), np.full((12, DAYS), 1.0)
    for shock in SHOCKS:
        near[:, shock + 1 : shock + 15] *= rise
    names = tuple(f"P{place:02d}" for place in range(12))
    return Nearby(
        ("TJK", "UZB", "PAK"), names, rng.poisson(near), rng.poisson(far), np.full(DAYS, 500)
    )


def test_a_planted_rise_after_shocks_is_found_and_none_is_not() -> None:
    found = spread.spilled(acts(), around(2.0))
    assert found.value == "rises"
    assert found.n == len(SHOCKS)
    assert found.interval is not None
    assert found.interval[0] < 2.0 < found.interval[1]
    assert spread.spilled(acts(), around(1.0)).value == "no rise shown"


def test_too_few_shocks_cannot_tell_and_the_rule_and_the_days_are_told() -> None:
    found = spread.spilled(acts(SHOCKS[:2]), around(2.0))
    assert found.value == "cannot tell"
    assert "2 shocks found" in found.refused
    assert "of 5 needed" in found.refused
    facts = {each.name: each.rows for each in found.facts}
    assert [row["day"] for row in facts["shocks"]] == [acts().day(day) for day in SHOCKS[:2]]
    assert "four standard deviations" in str(facts["rule"][0]["rule"])


def test_a_side_without_land_neighbours_is_refused() -> None:
    none = Nearby((), (), np.zeros((0, DAYS)), np.zeros((0, DAYS)), np.full(DAYS, 500))
    assert "no neighbours by land" in spread.spilled(acts(), none).refused


def test_burden_counts_cooperative_deeds_alone_and_states_what_it_assumes() -> None:
    found = spread.shared_burden(acts())
    assert not found.refused
    assert str(int(acts().counts[0, 1].sum())) in found.sentence
    assert "Assumed: " in found.mind
    quiet = acts()
    quiet.counts[1, 1] = 0
    assert "0 of China, of 20 needed" in spread.shared_burden(quiet).refused


@pytest.fixture(scope="module")
def camps() -> Network:
    """A and B in one camp, four others in another."""
    rng = np.random.default_rng(6)
    side = np.array([0, 0, 0, 0, 1, 1, 1, 1])
    alike = side[:, None] == side
    good = rng.poisson(np.where(alike, 1.0, 0.2), (26, 8, 8))
    bad = rng.poisson(np.where(alike, 0.1, 0.8), (26, 8, 8))
    empty = 1 - np.eye(8, dtype=np.int64)
    names = ("RUS", "CHN", "AFGTAL", "IRN", "USA", "GBR", "DEU", "FRA")
    return Network(names, good * empty, bad * empty)


def test_planted_camps_are_found_with_both_in_one(camps: Network) -> None:
    told, links = spread.with_whom(acts(), camps)
    assert told.value == "together"
    members = [set(row["members"]) for row in told.facts[0].rows]  # type: ignore[arg-type]
    assert {"RUS", "CHN", "AFGTAL", "IRN"} in members
    assert not links.refused


def test_what_was_not_looked_up_says_why() -> None:
    why = {spread.SPILL: "Too large", spread.WITH: "Too large", spread.VENUES: "Too large"}
    found = {one.key: one for one in spread.all_of(acts(), Around(why_not=why))}
    for key in ("spill.neighbours", "with.camps", "with.brokers", "venues.shares"):
        assert found[key].refused == "Too large."


def test_venues_are_shares_of_what_the_two_do_together_and_none_is_a_refusal() -> None:
    total = np.zeros(DAYS, dtype=np.int64)
    total[::20] = 1
    through = np.zeros((1, DAYS), dtype=np.int64)
    through[0, ::40] = 1
    found = spread.met_in(acts(), Meetings(("IGOSCO",), through, total))
    assert found.value == "IGOSCO"
    assert found.facts[0].rows[0]["share"] == pytest.approx(0.5, abs=0.02)
    nowhere = spread.met_in(acts(), Meetings((), np.zeros((0, DAYS)), total))
    assert "none names an organisation" in nowhere.refused
