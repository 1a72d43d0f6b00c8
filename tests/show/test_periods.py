"""Weeks, months and years on a timeline."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from inconcert.core.span import TimeSpan
from inconcert.show.periods import Frame, Period, periods_over, unit_for


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


COVERED = TimeSpan(date(2021, 1, 20), date(2021, 12, 15))


def test_an_act_of_long_ago_or_far_ahead_does_not_turn_weeks_into_years() -> None:
    days = [date(2001, 10, 7), date(2021, 8, 15), date(2021, 12, 16), date(2030, 1, 1)]
    frame = Frame.over(days, COVERED, None)
    found = [str(frame.of(day)) for day in days]
    assert found == [
        "earlier than 18 January 2021",
        "week of 9 August 2021",
        "week of 13 December 2021",  # the day after the last, but its week is covered
        "later than 19 December 2021",
    ]
    periods = frame.periods(days)
    assert (periods[0], periods[-1]) == (frame.of(days[0]), frame.of(days[-1]))
    assert not any(period.beyond for period in periods[1:-1])
    assert len(periods) == 2 + 48


def test_without_records_beyond_them_the_days_covered_are_all() -> None:
    periods = Frame.over([date(2021, 8, 15)], COVERED, None).periods([date(2021, 8, 15)])
    assert not any(period.beyond for period in periods)
    assert Frame.over([], COVERED, None).periods([]) == ()


def test_where_no_day_is_covered_the_records_make_the_frame() -> None:
    days = [date(2001, 10, 7), date(2021, 8, 15)]
    frame = Frame.over(days, None, None)
    assert frame.unit == "year"
    assert [str(period) for period in frame.periods(days)][::20] == ["2001", "2021"]
