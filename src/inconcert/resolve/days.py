"""Days, months and years as spans of days; nothing ever leaves the calendar."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from inconcert.core.span import TimeSpan

OPEN_FIRST, OPEN_LAST = date.min, date.max
"""An end that the words leave open: `so far`, `in the future`."""

MONTHS_OF = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
"""Units that are counted in months and not in days."""


def is_open(span: TimeSpan) -> bool:
    """Whether one end of a span is not known."""
    return span.first == OPEN_FIRST or span.last == OPEN_LAST


def shift(day: date, days: float) -> date:
    """The day so many days later, kept inside the calendar."""
    number = day.toordinal() + round(days)
    return date.fromordinal(max(1, min(number, date.max.toordinal())))


def shift_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month where it has none."""
    number = day.year * 12 + day.month - 1 + months
    if number < 12:
        return date.min
    if number >= 120_000:
        return date.max
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def shift_units(day: date, unit: str, unit_days: float, count: float) -> date:
    """The day so many units later; whole months and years by the calendar."""
    months = MONTHS_OF.get(unit, 0) * count
    if months and months == int(months):
        return shift_months(day, int(months))
    return shift(day, count * unit_days)


def month_of(year: int, month: int) -> TimeSpan:
    """One month; of a year outside the calendar, that of its nearest year."""
    year = _inside(year)
    return TimeSpan(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def year_of(year: int) -> TimeSpan:
    """One year, or the nearest that the calendar has."""
    year = _inside(year)
    return TimeSpan(date(year, 1, 1), date(year, 12, 31))


def years_of(first: int, last: int) -> TimeSpan:
    """All days from one year to another."""
    return TimeSpan(year_of(first).first, year_of(max(first, last)).last)


def season_of(year: int, season: tuple[int, int]) -> TimeSpan:
    """From the first to the last month of a season, which may run into the next year."""
    first, last = season
    begin = month_of(year, first).first
    return TimeSpan(begin, max(begin, month_of(year + (last < first), last).last))


def share_of(span: TimeSpan, share: tuple[float, float] | None) -> TimeSpan:
    """A part of a span, `(0, 0.5)` its first half."""
    if share is None:
        return span
    first = shift(span.first, share[0] * span.days)
    return TimeSpan(first, max(first, shift(span.first, share[1] * span.days - 1)))


def cut_at(span: TimeSpan, reference: TimeSpan) -> TimeSpan:
    """The span without the days after those of a reference, where some are left."""
    return TimeSpan(span.first, min(span.last, max(span.first, reference.last)))


def unit_of(day: date, unit: str, steps: int) -> TimeSpan:
    """The calendar week, month … that holds a day, or the one so many steps off."""
    match unit:
        case "day":
            return TimeSpan.day(shift(day, steps))
        case "week":
            monday = shift(day, 7 * steps - day.weekday())
            return TimeSpan(monday, shift(monday, 6))
        case "month":
            number = max(12, min(day.year * 12 + day.month - 1 + steps, 119_999))
            return month_of(number // 12, number % 12 + 1)
        case "quarter":
            number = max(4, min(day.year * 4 + (day.month - 1) // 3 + steps, 39_999))
            return quarter_of(number // 4, number % 4 + 1)
        case "decade":
            start = day.year // 10 * 10 + 10 * steps
            return years_of(start, start + 9)
        case "century":
            start = (day.year - 1) // 100 * 100 + 1 + 100 * steps
            return years_of(start, start + 99)
    return year_of(day.year + steps)


def quarter_of(year: int, quarter: int) -> TimeSpan:
    """Three months, counted from 1."""
    return TimeSpan(month_of(year, 3 * quarter - 2).first, month_of(year, 3 * quarter).last)


def around(reference: TimeSpan, unit: str, steps: int) -> TimeSpan:
    """The calendar units that hold the days of a span, or those so many steps off."""
    return TimeSpan(
        unit_of(reference.first, unit, steps).first, unit_of(reference.last, unit, steps).last
    )


def _inside(year: int) -> int:
    return max(date.min.year, min(year, date.max.year))
