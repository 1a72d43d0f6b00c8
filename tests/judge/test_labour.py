"""Division of labour as findings: what is said, what is refused, what is corrected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from inconcert.core.findings import Measured, SourceFindings
from inconcert.core.span import TimeSpan
from inconcert.judge import labour
from inconcert.judge.labour_case import Acts
from inconcert.judge.labour_family import as_family
from inconcert.ontology.domains import DOMAINS, Act
from inconcert.shape.axes import days_of
from inconcert.synth.portfolios import labour_world

KINDS = (
    Act("CONSULT"),
    Act("AID", contexts=("military",)),
    Act("AID", contexts=("economic",)),
    Act("ACCUSE"),
    Act("STATEMENT"),
)
HABITS = (0.4, 0.15, 0.15, 0.15, 0.15)
SPAN = TimeSpan(date(2021, 1, 1), date(2021, 12, 31))
CLOSE, WIDE = (-0.1, 0.1), (-0.4, 0.1)


def acts(tilt: float, *, rates: tuple[float, float] = (1.5, 1.5)) -> Acts:
    """A world in which A turns to security and B to economic aid, as far as `tilt` says."""
    world = labour_world(
        np.random.default_rng(5), null="L3", days=365, rates=rates, habits=HABITS, tilt=tilt
    )
    return Acts(
        names=("Russia", "China"),
        other="Afghanistan",
        actors=tuple(f"C{place}" for place in range(len(world.counts))),
        kinds=KINDS,
        cells=tuple(kind.kind for kind in KINDS),
        counts=np.asarray(world.counts, dtype=np.int64),
        days=days_of(SPAN),
        volume=np.full(365, 100),
        covered=np.ones(365, dtype=np.bool_),
        seed=1,
    )


@pytest.fixture(scope="module")
def tilted() -> Acts:
    return acts(0.5)


def of(found: tuple[Measured, ...], key: str) -> Measured:
    return next(one for one in found if one.key == key)


def reading(given: Acts, stance: tuple[float, float] | None) -> Measured:
    found = labour.division(given, stance=stance, elsewhere=None, no_elsewhere="Not asked")
    return of(found, "labour.reading")


def test_planted_specialisation_is_division_of_labour_only_where_stances_agree(
    tilted: Acts,
) -> None:
    assert reading(tilted, CLOSE).value.endswith("division of labour")
    assert reading(tilted, WIDE).value.endswith("different roles")
    assert reading(tilted, None).value.endswith("different roles")


def test_equal_habits_are_given_no_word() -> None:
    found = reading(acts(0.0), CLOSE)
    assert "division" not in found.value
    assert "roles" not in found.value


def test_shares_of_each_add_up_to_one_and_lie_within_their_intervals(tilted: Acts) -> None:
    found = of(labour.division(tilted, stance=CLOSE, elsewhere=None), "labour.shares")
    rows = found.facts[0].rows
    assert {row["who"] for row in rows} == {"Russia", "China", "third parties"}
    for who in ("Russia", "China"):
        own = [row for row in rows if row["who"] == who]
        assert [row["domain"] for row in own] == list(DOMAINS)
        assert sum(float(str(row["share"])) for row in own) == pytest.approx(1)
        assert all(
            float(str(row["low"])) <= float(str(row["share"])) <= float(str(row["high"]))
            for row in own
        )


def test_too_few_acts_are_refused_with_the_number_of_each() -> None:
    found = labour.division(acts(0.0, rates=(0.02, 1.5)), stance=None, elsewhere=None)
    refused = of(found, "labour.same_portfolio")
    assert refused.value == "cannot tell"
    assert refused.p is None
    assert "20 acts of each toward Afghanistan" in refused.refused
    assert "of Russia" in refused.refused
    assert "of China" in refused.refused


def test_without_other_targets_habit_is_refused_and_the_reading_says_so(tilted: Acts) -> None:
    found = labour.division(tilted, stance=CLOSE, elsewhere=None, no_elsewhere="Nobody looked")
    assert of(found, "labour.beyond_habit").refused == "Nobody looked."
    assert "habit not tested" in of(found, "labour.reading").value


def test_deeds_alone_leave_words_out(tilted: Acts) -> None:
    deeds = tilted.deeds()
    assert {kind.kind for kind in deeds.kinds} == {"AID"}
    found = labour.division(deeds, stance=CLOSE, elsewhere=None, deeds_only=True)
    assert (
        of(found, "labour_of_deeds.same_portfolio").n
        < of(labour.division(tilted, stance=CLOSE, elsewhere=None), "labour.same_portfolio").n
    )


def test_a_role_is_named_only_where_the_interval_leaves_out_one(tilted: Acts) -> None:
    for actor, role in ((0, "security provider"), (1, "paymaster")):
        found = labour.parts_of(tilted, actor)
        assert role in found.value
        for row in found.facts[0].rows:
            low, high = row["low"], row["high"]
            above = isinstance(low, float) and low > 1
            below = isinstance(high, float) and high < 1
            assert not row["is_played"] or above or below


def test_the_same_question_has_the_same_answer(tilted: Acts) -> None:
    one, again = (labour.division(tilted, stance=CLOSE, elsewhere=None) for _ in range(2))
    assert one == again


def family(*p: float | None) -> tuple[SourceFindings, ...]:
    found = tuple(
        Measured(f"k{place}", "g", f"t{place}", "v", p=one) for place, one in enumerate(p)
    )
    reads = Measured("reading", "g", "reading", "targeted", "Reads.", rests_on=("k0",))
    return as_family([SourceFindings("ICEWS", "dataset", SPAN, (*found, reads))])


def test_p_is_corrected_over_all_findings_that_were_tested() -> None:
    (source,) = family(0.01, None, 0.03, 0.5)
    assert source.tests == 3
    assert [one.corrected for one in source.found[:4]] == [0.03, None, 0.06, 0.5]
    assert [one.strength for one in source.found[:4]] == [
        "shown", "estimate", "suggestive", "not shown",
    ]  # fmt: skip


def test_two_sources_are_one_family_and_stay_apart() -> None:
    (one,) = family(0.02)
    both = as_family([one, replace(one, source="GDELT")])
    assert [source.of("k0").corrected for source in both] == [0.04, 0.04]
    assert [source.source for source in both] == ["ICEWS", "GDELT"]


def test_a_reading_on_a_test_that_does_not_hold_after_correction_is_suggestive() -> None:
    (weak,), (strong,) = family(0.04, 0.9), family(0.001, 0.9)
    assert weak.of("reading").value == "targeted (suggestive)"
    assert strong.of("reading").value == "targeted"
