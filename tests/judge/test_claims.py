"""What may be claimed of timing, and what only told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from inconcert.core.reading import Finding, Reading, StanceRead
from inconcert.judge.claims import ordinal, p_words, stance, timing

PAIR = ("Russia", "China")


def finding(
    corrected: float,
    *,
    direction: str = "same day",
    lift: tuple[float, float] = (1.1, 2.0),
    share: tuple[float, float] = (-0.1, 0.3),
    bloc: tuple[str, ...] = (),
) -> Finding:
    return Finding(
        direction, 40, 30.0, 1.33, lift, 0.1, share, corrected / 5, corrected, (2, 41), bloc
    )


def reading(*tests: Finding, **fields: object) -> Reading:
    return replace(Reading("ICEWS", "dataset", "", None, tests=tests), **fields)  # type: ignore[arg-type]


def test_a_claim_needs_p_below_one_in_a_hundred_after_holm() -> None:
    assert timing(reading(finding(0.009)), PAIR).value == "co-acting"
    assert timing(reading(finding(0.011)), PAIR).value == "undetermined"


def test_a_p_between_one_and_five_in_a_hundred_is_suggestive_and_undetermined() -> None:
    found = timing(reading(finding(0.03)), PAIR)
    assert found.value == "undetermined"
    assert found.reason.startswith("Suggestive, no more")


def test_no_claim_is_made_where_the_interval_of_the_lift_reaches_one() -> None:
    assert timing(reading(finding(0.001, lift=(0.98, 1.6))), PAIR).value == "undetermined"


def test_three_partners_make_it_bloc_wide_and_are_named_two_do_not() -> None:
    names = {"IRN": "Iran", "PAK": "Pakistan", "UZB": "Uzbekistan"}.__getitem__
    three = timing(reading(finding(0.001, bloc=("IRN", "PAK", "UZB"))), PAIR, names=names)
    assert three.value == "bloc-wide"
    assert "Iran, Pakistan and Uzbekistan" in three.reason
    assert timing(reading(finding(0.001, bloc=("IRN", "PAK"))), PAIR, names=names).value == (
        "co-acting"
    )


def test_a_concert_of_three_is_told_with_its_third_and_is_no_bloc() -> None:
    trio = replace(finding(0.001, bloc=("IRN",)), partners=("IRN",))
    found = timing(reading(trio), PAIR, names={"IRN": "Iran"}.__getitem__)
    assert found.value == "co-acting"
    assert "With both alike acts Iran, who stands far apart" in found.reason
    assert "far apart" not in timing(reading(finding(0.001)), PAIR).reason


@pytest.mark.parametrize(
    ("p", "expected"), [(0.2, "independent"), (0.01, "parallel"), (None, "independent")]
)
def test_a_share_shown_small_is_parallel_where_plain_correlation_would_cry_concert(
    p: float | None, expected: str
) -> None:
    correlation = None if p is None else (0.4, p)
    found = timing(reading(finding(0.6, share=(-0.1, 0.14)), correlation=correlation), PAIR)
    assert found.value == expected


def test_a_share_that_may_be_larger_than_the_bound_stays_undetermined() -> None:
    assert timing(reading(finding(0.6, share=(-0.1, 0.151))), PAIR).value == "undetermined"


def test_a_direction_with_hardly_anything_expected_bears_no_claim() -> None:
    rare = replace(finding(0.0001, direction="same day and type"), expected=0.4, bears_claim=False)
    assert timing(reading(rare, finding(0.2)), PAIR).value == "undetermined"
    assert timing(reading(rare, finding(0.005)), PAIR).value == "co-acting"


def test_equivalence_is_claimed_only_where_every_direction_is_shown_small() -> None:
    same = finding(0.6, share=(-0.1, 0.1))
    follow = finding(0.4, direction="A before B", share=(-0.1, 0.1))
    assert timing(reading(same, follow), PAIR).value == "independent"
    open_ = replace(follow, share_interval=(-0.1, 0.4))
    assert timing(reading(same, open_), PAIR).value == "undetermined"


def test_too_little_data_is_insufficient_whatever_the_p_and_says_what_is_short() -> None:
    found = timing(reading(finding(1e-6), refused=("Placebo pairs: 6, at least 8 needed.",)), PAIR)
    assert found.value == "insufficient"
    assert "Placebo pairs: 6" in found.reason


@pytest.mark.parametrize("bloc", [(), ("IRN", "PAK", "UZB")])
def test_an_unmeasured_coder_claims_nothing_and_says_what_a_measured_one_would(
    bloc: tuple[str, ...],
) -> None:
    claimed = timing(reading(finding(0.001, bloc=bloc)), PAIR)
    found = timing(reading(finding(0.001, bloc=bloc)), PAIR, is_reliable=False)
    assert found.value == "undetermined"
    assert f"“{claimed.value}”" in found.reason


def test_an_unmeasured_coder_does_not_hide_that_there_is_too_little() -> None:
    found = timing(reading(refused=("Days: 9, at least 30 needed.",)), PAIR, is_reliable=False)
    assert found.value == "insufficient"


def test_leadership_is_told_only_where_the_contrast_of_lags_shows_it() -> None:
    follow = finding(0.001, direction="B before A")
    assert "acts first" not in timing(reading(follow), PAIR).reason
    assert "China acts first" in timing(reading(follow, leads="B leads"), PAIR).reason


def test_a_reason_holds_found_expected_lift_p_and_rank() -> None:
    said = timing(reading(finding(0.001)), PAIR).reason
    for part in ("40 coincidences", "30.0 expected", "lift 1.33", "p < .001", "2nd of 41"):
        assert part in said


@pytest.mark.parametrize("value", ["aligned", "opposed", "apart", "undetermined"])
def test_a_stance_that_was_measured_is_said_with_its_interval(value: str) -> None:
    found = StanceRead(value, (40, 30), (0.8, 0.6), 0.2, (-0.3, 0.5), 0.7)
    said = stance(reading(stance=found), *PAIR, "Afghanistan")
    assert said.value == value
    assert ("too wide" in said.reason) == (value == "undetermined")


def test_a_stance_without_shares_names_the_acts_and_the_need() -> None:
    found = stance(reading(stance=StanceRead("too few", (4, 30))), *PAIR, "Afghanistan")
    assert found.value == "too few"
    assert "Russia 4 acts" in found.reason
    assert "at least 10 of each are needed" in found.reason


def test_acts_that_are_many_but_all_in_a_week_or_two_are_not_told_that_ten_are_needed() -> None:
    found = stance(reading(stance=StanceRead("too few", (14, 30))), *PAIR, "Afghanistan")
    assert "fewer than 3 weeks" in found.reason
    assert "10" not in found.reason


def test_a_p_is_never_printed_as_zero_nor_a_large_one_below_one() -> None:
    assert p_words(0.0) == "p < .001"
    assert p_words(0.999) == "p = 1"


def test_elevenths_are_not_firsts() -> None:
    assert [ordinal(place) for place in (1, 2, 3, 4, 11, 112, 1021)] == [
        "1st", "2nd", "3rd", "4th", "11th", "112th", "1,021st"
    ]  # fmt: skip
