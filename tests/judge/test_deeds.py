"""Words, deeds, promises and stance as findings."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt
import pytest

from inconcert.core.reading import StanceRead
from inconcert.core.span import TimeSpan
from inconcert.judge import deeds
from inconcert.judge.labour_case import Acts
from inconcert.ontology.domains import Act
from inconcert.shape.axes import days_of
from inconcert.synth.portfolios import followed, labour_world

KINDS = (Act("AGREE"), Act("SUPPORT"), Act("AID"), Act("ACCUSE"), Act("SANCTION"))
SPAN = TimeSpan(date(2020, 1, 1), date(2021, 12, 30))


def made(counts: npt.ArrayLike) -> Acts:
    held = np.asarray(counts, dtype=np.int64)
    return Acts(
        names=("Russia", "China"),
        other="Afghanistan",
        actors=tuple(f"C{place}" for place in range(len(held))),
        kinds=KINDS,
        cells=tuple(kind.kind for kind in KINDS),
        counts=held,
        days=days_of(SPAN)[: held.shape[2]],
        volume=np.full(held.shape[2], 100),
        covered=np.ones(held.shape[2], dtype=np.bool_),
        seed=1,
    )


@pytest.fixture(scope="module")
def world() -> npt.NDArray[np.int64]:
    """A talks kindly and does harm; B does as it talks."""
    habits = (0.2, 0.5, 0.1, 0.1, 0.1)
    drawn = labour_world(
        np.random.default_rng(3), null="L3", days=730, rates=(1.0, 1.0), habits=habits,
        third_parties=2,
    ).counts  # fmt: skip
    counts = np.asarray(drawn, dtype=np.int64)
    counts[0, 4] += counts[0, 2] + counts[0, 3]
    counts[0, 2:4] = 0
    return counts


def test_kind_words_and_harsh_deeds_are_told_apart_from_a_match(
    world: npt.NDArray[np.int64],
) -> None:
    found = deeds.words(made(world), 0)
    assert found.value == "kinder in words"
    assert found.interval is not None
    assert found.interval[0] > 0
    assert found.behind[0].values == ("deed",)


def test_fewer_than_ten_deeds_are_refused_with_their_number(
    world: npt.NDArray[np.int64],
) -> None:
    few = world.copy()
    few[0, [2, 4]] = 0
    few[0, 4, :7] = 1
    found = deeds.words(made(few), 0)
    assert found.refused == "deeds: 7, of 10 needed."
    assert found.effect is None
    assert found.p is None


def test_promises_are_listed_with_the_deed_that_followed(world: npt.NDArray[np.int64]) -> None:
    rng = np.random.default_rng(4)
    drawn = labour_world(
        rng, null="L3", days=730, rates=(1.0, 1.0), habits=(0.03, 0.7, 0.004, 0.16, 0.106),
        third_parties=2,
    ).counts  # fmt: skip
    kept = followed(drawn, anchor=0, deed=2, share=0.5, window_days=20, rng=rng)
    found = deeds.promises(made(kept), 0)
    assert not found.refused
    pairs = next(facts for facts in found.facts if facts.name == "pairs").rows
    assert len(pairs) >= found.n * 0.5
    for row in pairs:
        said, done = row["promise"], row["deed"]
        assert isinstance(said, date)
        assert done is None or (isinstance(done, date) and 0 < (done - said).days <= 30)
    assert [one.values for one in found.behind] == [("AGREE",), ("AID", "COOPERATE")]


def test_acts_and_statements_are_two_findings_never_added_up(
    world: npt.NDArray[np.int64],
) -> None:
    said = np.zeros((2, 730), dtype=np.int64)
    said[1, ::20] = 1
    acted, spoke = deeds.by_acts(made(world), 0), deeds.by_statements(made(world), 0, said)
    assert spoke.effect == 0.0
    assert spoke.n == 37
    assert acted.effect is not None
    assert acted.effect > 0.5
    assert "no sentences" in deeds.by_statements(made(world), 0, None).refused


def test_who_moved_is_asked_only_of_a_day_that_was_named(world: npt.NDArray[np.int64]) -> None:
    turned = world.copy()
    turned[1, 3, 365:] += turned[1, 1, 365:]
    turned[1, 1, 365:] = 0
    read = StanceRead("too few", (3, 4))
    without = list(deeds.all_of(made(turned), read, split=None))
    assert not [one for one in without if "moved" in one.key]
    asked = {one.key: one for one in deeds.all_of(made(turned), read, split=date(2020, 12, 31))}
    assert asked["stance.moved.B"].value == "colder"
    assert asked["stance.moved.A"].value == "no move shown"
    assert asked["stance.gap"].refused.startswith("Acts that have a side: 3 and 4")
    outside = deeds.who_moved(made(turned), 0, date(2030, 1, 1))
    assert "does not part" in outside.refused
