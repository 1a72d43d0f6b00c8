"""One source's tests of timing, on made-up worlds whose truth is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from inconcert.core.panel import Toward
from inconcert.core.reading import Reading
from inconcert.core.span import TimeSpan
from inconcert.judge.claims import timing
from inconcert.judge.timing import Told, read_timing
from inconcert.synth.worlds import simulate

SPAN = TimeSpan(date(2021, 1, 1), date(2021, 12, 31))
TOLD = Told(SPAN, 100, 90, None)
ROOTS = ("04", "05", "07", "11", "19")


def made(
    kind: str = "none",
    *,
    null: str = "N7",
    rho: float = 0.5,
    rates: tuple[float, float] = (0.3, 0.3),
    thirds: int = 20,
    seed: int = 1,
) -> Toward:
    world = simulate(
        np.random.default_rng(seed),
        null=null,
        kind=kind,
        rho=rho,
        days=SPAN.days,
        rates=rates,
        third_parties=thirds,
        types=len(ROOTS),
    )
    return Toward(
        toward=("AFG",),
        actors=("RUS", "CHN", *(f"C{third:02d}" for third in range(thirds))),
        types=ROOTS,
        days=np.datetime64("2021-01-01") + np.arange(SPAN.days),
        counts=world.counts.astype(np.int32),
        volume=world.volume.astype(np.int64),
        covered=world.volume > 0,
        habits=world.counts.sum(axis=2),
        source="MADE",
        query="made up",
    )


def read(toward: Toward, told: Told = TOLD) -> Reading:
    return read_timing(toward, "dataset", told, rng=np.random.default_rng(5), seed=5)


@pytest.fixture(scope="module")
def joint() -> Reading:
    return read(made("joint"))


def test_joint_action_is_found_in_the_worst_background(joint: Reading) -> None:
    assert timing(joint, ("Russia", "China")).value == "co-acting"


def test_a_shock_that_moves_everybody_is_not_taken_for_concert() -> None:
    found = read(made(null="N3"))
    assert found.correlation is not None
    assert found.correlation[1] < 0.01  # a plain correlation cries concert
    assert timing(found, ("Russia", "China")).value != "co-acting"


def test_every_direction_is_tested_and_corrected_for_the_others(joint: Reading) -> None:
    plain = ["same day", "A before B", "B before A", "within two days"]
    typed = [f"{name} and type" for name in plain]
    assert [test.direction for test in joint.tests] == [*typed, *plain]
    assert joint.leading is not None
    assert joint.leading.corrected == pytest.approx(min(1.0, 8 * joint.leading.p))


def test_a_claim_comes_with_false_calls_and_the_shock_that_would_erase_it(joint: Reading) -> None:
    assert joint.false_calls is not None
    assert joint.erasing_shock is not None
    assert joint.erasing_shock > 0


def test_without_a_claim_there_is_no_figure_of_false_calls() -> None:
    found = read(made(null="N1", seed=2))
    assert found.false_calls is None
    assert found.erasing_shock is None


def test_each_month_is_left_out_once(joint: Reading) -> None:
    assert len(joint.dropped) == 12
    assert joint.dropped[0].what == "January 2021"
    assert all(one.p is not None for one in joint.dropped)


def test_a_variant_is_tested_beside_the_months() -> None:
    toward = made("joint")
    without = replace(toward, counts=np.concatenate([toward.counts[:1] * 0, toward.counts[1:]]))
    told = replace(TOLD, variants={"sentences in which both act": lambda: without})
    first = read(toward, told).dropped[0]
    assert (first.what, first.p) == ("sentences in which both act", None)  # nothing of A is left


def test_days_against_expectation_are_less_likely_than_those_that_shocks_explain(
    joint: Reading,
) -> None:
    assert joint.strongest
    assert joint.explained
    assert max(day.chance for day in joint.strongest) < min(day.chance for day in joint.explained)


def test_both_truly_act_on_the_days_shown_in_the_types_named(joint: Reading) -> None:
    toward = made("joint")
    for day in joint.strongest:
        at = (day.day - SPAN.first).days
        for name in day.types:
            assert toward.counts[:2, ROOTS.index(name), at].min() > 0


@pytest.mark.parametrize(
    ("toward", "short"),
    [
        (made(null="N1", rates=(0.01, 0.3)), "Act-days of the rarer actor"),
        (made(null="N1", thirds=3), "Placebo pairs: 6"),
    ],
)
def test_too_little_is_refused_with_its_reason_and_not_tested(toward: Toward, short: str) -> None:
    found = read(toward)
    assert found.tests == ()
    assert any(short in reason for reason in found.refused)


def test_a_few_days_are_refused_and_their_number_told() -> None:
    toward = made()
    few = replace(
        toward,
        days=toward.days[:20],
        counts=toward.counts[:, :, :20],
        volume=toward.volume[:20],
        covered=toward.covered[:20],
    )
    assert "Days: 20, at least 30 needed." in read(few).refused


def test_no_third_party_at_all_is_refused() -> None:
    toward = made()
    alone = replace(
        toward, actors=toward.actors[:2], counts=toward.counts[:2], habits=toward.habits[:2]
    )
    assert any("third parties: 0" in reason for reason in read(alone).refused)


def test_rare_acts_are_tested_in_wider_cells_and_only_within_them() -> None:
    rare = made(null="N1", rates=(0.02, 0.02), seed=4)
    long = replace(
        rare,
        days=np.datetime64("2015-01-01") + np.arange(SPAN.days * 6),
        counts=np.tile(rare.counts, 6),
        volume=np.tile(rare.volume, 6),
        covered=np.tile(rare.covered, 6),
    )
    found = read(long)
    assert found.cell_days > 1
    assert {test.direction for test in found.tests} <= {"same day", "same day and type"}


def test_the_same_question_has_the_same_answer_twice(joint: Reading) -> None:
    assert read(made("joint")) == joint


def test_uncovered_days_of_a_dataset_are_told() -> None:
    toward = made()
    covered = toward.covered.copy()
    covered[:4] = False
    assert any(
        "no event at all on" in note for note in read(replace(toward, covered=covered)).notes
    )
