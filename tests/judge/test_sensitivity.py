"""A test made again with a part left out."""

from __future__ import annotations

import numpy as np
import pytest

from inconcert.judge.case import Case, results_of
from inconcert.judge.sensitivity import dropped_periods
from inconcert.measure.intensity import intensities
from inconcert.synth.worlds import simulate


def case(days: int) -> Case:
    world = simulate(np.random.default_rng(1), null="N1", days=days, third_parties=16)
    return Case(
        world.counts.astype(np.int32),
        world.volume.astype(np.int64),
        np.datetime64("2021-01-01") + np.arange(days),
        world.counts.sum(axis=2),
        1,
    )


@pytest.mark.parametrize(
    ("days", "first", "number"),
    [(365, "January 2021", 12), (700, "quarter 1 of 2021", 8), (1_200, "2021", 4)],
)
def test_long_spans_are_left_out_by_quarter_or_year(days: int, first: str, number: int) -> None:
    whole = case(days)
    found = dropped_periods(whole, intensities(whole.daily, whole.volume), "same day")
    assert (found[0].what, len(found)) == (first, number)
    assert all(one.is_period for one in found)


def test_what_is_left_out_is_truly_left_out() -> None:
    whole = case(365)
    only_june = whole.counts.copy()
    june = np.array([str(day).startswith("2021-06") for day in whole.days])
    only_june[0] = 0
    only_june[0, 0, june] = 1  # A acts in June alone, and every day of it
    alone = Case(only_june, whole.volume, whole.days, whole.habits, 1)
    found = dropped_periods(alone, intensities(alone.daily, alone.volume), "same day")
    by_name = {one.what: one.p for one in found}
    assert by_name["June 2021"] is None
    assert by_name["May 2021"] is not None


def test_a_single_month_is_not_left_out() -> None:
    whole = case(31)
    fit = intensities(whole.daily, whole.volume)
    assert dropped_periods(whole, fit, "same day") == ()


def test_typed_and_untyped_tests_come_under_their_own_names() -> None:
    whole = case(365)
    fit = intensities(whole.daily, whole.volume)
    found = results_of(whole, fit, ("same day", "same day and type", "A before B"))
    assert set(found) == {"same day", "same day and type", "A before B"}
