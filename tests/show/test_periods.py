"""Weeks, months and years on a timeline."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from inconcert.show.periods import Period, periods_over, unit_for


def test_a_week_begins_on_monday() -> None:
    assert Period.of(date(2021, 8, 15), "week").first == date(2021, 8, 9)
    assert Period.of(date(2021, 8, 16), "week").first == date(2021, 8, 16)


@pytest.mark.parametrize("unit", ["week", "month", "year"])
def test_periods_follow_without_gaps_and_hold_every_day(unit: str) -> None:
    first = date(2019, 12, 28)
    days = [first + timedelta(days=step) for step in range(900)]
    periods = periods_over([days[0], days[-1]], unit)  # type: ignore[arg-type]
    assert [later.first for later in periods[1:]] == [each.next.first for each in periods[:-1]]
    assert {Period.of(day, unit) for day in days} == set(periods)  # type: ignore[arg-type]


def test_a_long_story_is_counted_by_month_and_a_century_by_year() -> None:
    assert unit_for([date(2021, 1, 1), date(2021, 12, 31)]) == "week"
    assert unit_for([date(2015, 1, 1), date(2021, 12, 31)]) == "month"
    assert unit_for([date(1945, 1, 1), date(2021, 12, 31)]) == "year"
