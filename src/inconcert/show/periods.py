"""Weeks, months or years in which records are counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from inconcert.core.span import TimeSpan
from inconcert.judge.amounts import MONTHS, dated

Unit = Literal["week", "month", "year"]

MOST_WEEKS = 130
"""Weeks that still can be told apart on a page; beyond them months are counted."""

MOST_MONTHS = 130
"""The same for months; beyond them years are counted."""

Beyond = Literal["", "earlier", "later"]


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A week (from Monday), a month or a year, named by its first day.

    Attributes:
        beyond: stands for this period and all days before it (`earlier`) or after it (`later`).
    """

    first: date
    unit: Unit
    beyond: Beyond = ""

    @classmethod
    def of(cls, day: date, unit: Unit) -> Period:
        """The period in which a day lies."""
        if unit == "week":
            return cls(day - timedelta(days=day.weekday()), unit)
        return cls(day.replace(day=1) if unit == "month" else date(day.year, 1, 1), unit)

    @property
    def earlier(self) -> Period:
        """All days before the period."""
        day = self.first - timedelta(days=1) if self.first > date.min else self.first
        return replace(Period.of(day, self.unit), beyond="earlier")

    @property
    def later(self) -> Period:
        """All days after the period."""
        return replace(self.next, beyond="later")

    @property
    def next(self) -> Period:
        """The period that follows."""
        step = {"week": 7, "month": 31, "year": 366}[self.unit]
        return Period.of(self.first + timedelta(days=step), self.unit)

    def __str__(self) -> str:
        if self.beyond == "earlier":
            return f"earlier than {dated(self.next.first)}"
        if self.beyond == "later":
            return f"later than {dated(self.first - timedelta(days=1))}"
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


@dataclass(frozen=True, slots=True)
class Frame:
    """The periods in which an answer is counted.

    Attributes:
        unit: weeks where they can be told apart.
        within: every period of the days covered, without gaps; empty where no day is known.
    """

    unit: Unit
    within: tuple[Period, ...]

    @classmethod
    def over(cls, days: Sequence[date], covered: TimeSpan | None, split: date | None) -> Frame:
        """The frame for the days of some records.

        Only days that the documents cover decide on the unit, so that one act of long ago does
        not turn weeks into years. What was read without result, and the split, are shown too,
        unless they would make the steps coarser.

        Args:
            days: of the records.
            covered: days that the documents cover, as far as they were asked about.
            split: the day that parts the answer.
        """
        ends = [] if covered is None else [covered.first, covered.last]
        core = [day for day in days if covered is None or covered.contains(day)] or ends
        unit = unit_for(core)
        for more in (ends, [] if split is None else [split]):
            wide = [*core, *more]
            core = wide if unit_for(wide) == unit else core
        return cls(unit, periods_over(core, unit))

    def of(self, day: date) -> Period:
        """The period of a day; one for all days before the frame, and one for all after it."""
        period = Period.of(day, self.unit)
        if self.within and period < self.within[0]:
            return self.within[0].earlier
        if self.within and self.within[-1] < period:
            return self.within[-1].later
        return period

    def periods(self, days: Sequence[date]) -> tuple[Period, ...]:
        """Every period of the frame, with those beyond it into which days fall; none for none."""
        if not days:
            return ()
        return tuple(sorted({*self.within, *(self.of(day) for day in days)}))
