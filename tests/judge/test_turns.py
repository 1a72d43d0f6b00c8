"""Turning points as findings: dates with intervals, known events near them, days named before."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from inconcert.core.findings import Measured
from inconcert.core.span import TimeSpan
from inconcert.judge import turns
from inconcert.judge.labour_case import Acts
from inconcert.judge.turns import Known
from inconcert.ontology.domains import Act
from inconcert.shape.axes import days_of

SPAN = TimeSpan(date(2021, 1, 1), date(2021, 12, 31))
CHANGE = date(2021, 7, 20)


@pytest.fixture(scope="module")
def acts() -> Acts:
    """A acts four times as often from 20 July on, B as ever."""
    rng = np.random.default_rng(2)
    rates = np.full((3, 2, 365), 0.5)
    rates[0, :, (CHANGE - SPAN.first).days :] *= 4
    kinds = (Act("CONSULT"), Act("ACCUSE"))
    return Acts(
        names=("Russia", "China"),
        other="Afghanistan",
        actors=("RUS", "CHN", "USA"),
        kinds=kinds,
        cells=("04", "11"),
        counts=rng.poisson(rates).astype(np.int64),
        days=days_of(SPAN),
        volume=np.full(365, 100),
        covered=np.ones(365, dtype=np.bool_),
        seed=1,
    )


def test_a_planted_change_is_dated_within_its_interval_and_the_steady_actor_has_none(
    acts: Acts,
) -> None:
    found, _ = turns.turns(acts, 0, "rate", ())
    row = next(facts for facts in found.facts if facts.name == "points").rows[0]
    day, first, last = (row[name] for name in ("day", "first", "last"))
    assert isinstance(day, date)
    assert isinstance(first, date)
    assert isinstance(last, date)
    assert abs((day - CHANGE).days) <= 7
    assert first <= day <= last
    assert found.effect is not None
    assert 2.5 < found.effect < 6
    steady, _ = turns.turns(acts, 1, "rate", ())
    assert steady.value == "no change shown"


def test_known_events_near_are_listed_and_not_called_causes(acts: Acts) -> None:
    known = (
        Known(CHANGE + timedelta(days=1), "a visit"),
        Known(date(2021, 2, 1), "a speech"),
        Known(date(2019, 1, 1), "long ago"),
    )
    found, _ = turns.turns(acts, 0, "rate", known)
    near = next(facts for facts in found.facts if facts.name == "near").rows
    assert [row["name"] for row in near] == ["a visit"]
    assert "none shown to be a cause" in found.sentence
    assert "no cause" in found.mind


@pytest.fixture(scope="module")
def around(acts: Acts) -> dict[str, Measured]:
    """Before and after: a day of the question, one of the case, one that ships, those found."""
    known = (Known(date(2021, 5, 1), "ours", is_own=True), Known(date(2021, 5, 2), "shipped"))
    found = turns.all_of(acts, split=date(2021, 4, 1), known=known)
    return {one.key: one for one in found if one.key.startswith("turns.around")}


def test_a_day_found_in_the_same_acts_gets_no_p_and_a_day_named_before_gets_one(
    around: dict[str, Measured],
) -> None:
    named = around["turns.around.2021-04-01.B"]
    assert named.p is not None
    assert named.value == "no change shown"
    searched = [one for one in around.values() if "turning point" in one.title]
    assert searched
    assert all(one.p is None for one in searched)
    assert all("found in these very acts" in one.mind for one in searched)


def test_the_cases_own_anchors_are_compared_and_shipped_ones_only_listed(
    around: dict[str, Measured],
) -> None:
    assert "turns.around.2021-05-01.A" in around
    assert "turns.around.2021-05-02.A" not in around


def test_a_day_too_near_the_end_is_refused(acts: Acts) -> None:
    found = turns.around(acts, 0, date(2021, 12, 20), "x", is_found=False)
    assert "28 days on either side" in found.refused
