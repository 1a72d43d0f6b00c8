"""Weeks, months or years in which records are counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from inconcert.judge.amounts import MONTHS, dated

Unit = Literal["week", "month", "year"]

MOST_WEEKS = 130
"""Weeks that still can be told apart on a page; beyond them months are counted."""

MOST_MONTHS = 130
"""The same for months; beyond them years are counted."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A week (from Monday), a month or a year, named by its first day."""

    first: date
    unit: Unit

    @classmethod
    def of(cls, day: date, unit: Unit) -> Period:
        """The period in which a day lies."""
        if unit == "week":
            return cls(day - timedelta(days=day.weekday()), unit)
        return cls(day.replace(day=1) if unit == "month" else date(day.year, 1, 1), unit)

    @property
    def next(self) -> Period:
        """The period that follows."""
        step = {"week": 7, "month": 31, "year": 366}[self.unit]
        return Period.of(self.first + timedelta(days=step), self.unit)

    def __str__(self) -> str:
        if self.unit == "week":
            return f"week of {dated(self.first)}"
        if self.unit == "month":
            return f"{MONTHS[self.first.month - 1]} {self.first.year}"
        return str(self.first.year)


def unit_for(days: Sequence[date]) -> Unit:
    """Weeks where they can be told apart, otherwise months or years."""
    if not days:
        return "week"
    reach = (max(days) - min(days)).days
    if reach <= 7 * MOST_WEEKS:
        return "week"
    return "month" if reach <= 30 * MOST_MONTHS else "year"


def periods_over(days: Sequence[date], unit: Unit) -> tuple[Period, ...]:
    """Every period from that of the first day to that of the last, without gaps."""
    if not days:
        return ()
    found = [Period.of(min(days), unit)]
    last = Period.of(max(days), unit)
    while found[-1] < last:
        found.append(found[-1].next)
    return tuple(found)
