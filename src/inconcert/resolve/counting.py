"""What an expression of time says in numbers, and the days of one that needs no other date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from inconcert.core.span import TimeSpan
from inconcert.resolve.days import (
    MONTHS_OF,
    OPEN_LAST,
    around,
    cut_at,
    month_of,
    quarter_of,
    season_of,
    share_of,
    shift,
    shift_units,
    year_of,
    years_of,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parts:
    """What an expression says, in numbers.

    Attributes:
        quarter: of a year, 1 to 4.
        count: least and most units (`a few days`: 2, 6); None where not counted.
        about: words that make the count less exact, first and last year it may miss
            (`nearly`: 0, 1); None where there are none.
        unit_days: length of the unit in days; None where there is none.
        unit: the unit's name.
        share: the part of the unit that is meant (`early`: 0, 0.4).
        first: first number of the rule in the table.
        last: its last number.
    """

    year: int | None = None
    last_year: int | None = None
    month: int | None = None
    day: int | None = None
    last_day: int | None = None
    weekday: int | None = None
    season: tuple[int, int] | None = None
    quarter: int | None = None
    count: tuple[float, float] | None = None
    about: tuple[float, float] | None = None
    unit: str = ""
    unit_days: float | None = None
    part: str = ""
    share: tuple[float, float] | None = None
    first: str = ""
    last: str = ""

    @property
    def whole(self) -> int | None:
        """The count, where it is one whole number."""
        if self.count is None or self.count[0] != self.count[1] or self.count[0] % 1:
            return None
        return int(self.count[0])


SLACK = {"week": 3, "month": 15, "quarter": 30, "year": 183, "decade": 1826, "century": 18262}
"""Days by which so many units ago or later may miss."""

_AFTER_DAYS, _WAKE_DAYS, _EVE_DAYS, _BEFORE_DAYS = 90, 30, 10, 365
_BY_DAYS = 30
"""How far back `by Friday` or `by March` reach, of something done; a longer unit, a year."""

_SPAN_UNITS = {"day", "week", "month", "quarter", "year", "decade"}
_BY_RULE = {
    "iso": "day", "date": "day", "weekday": "day", "weekday_last": "day", "weekday_next": "day",
    "weekend": "day", "shifted_day": "day", "month": "month", "month_shift": "month",
    "month_of_year": "month", "year": "year", "years": "year", "decade": "decade",
    "season": "season", "quarter": "quarter",
}  # fmt: skip


def granularity(rule: str, parts: Parts) -> str:
    """How exact the words of an expression are, whatever stands before it."""
    if parts.part or parts.about:
        return "vague"
    if rule == "days":
        return "day" if parts.first and parts.last and int(parts.first) >= -2 else "vague"
    if rule == "yearly":
        return "day" if parts.first == parts.last else "month"
    if rule == "year" and parts.season:
        return "season"
    if rule in {"calendar", "shifted_unit"} or (
        rule in {"ago", "past", "coming", "shifted", "in_units"}
        and (parts.whole or (parts.count is None and rule in {"past", "coming"}))
    ):
        unit = {"hour": "day", "minute": "day"}.get(parts.unit, parts.unit)
        return unit if unit in _SPAN_UNITS else "vague"
    return _BY_RULE.get(rule, "vague")


def framed(frame: str, span: TimeSpan, published: TimeSpan | None) -> TimeSpan | None:
    """Days that stand before, after or since others.

    What is still ahead on the day of publication is waited for from that day on.

    Args:
        frame: `at`, `since`, `from`, `until`, `by`, `before`, `eve`, `after`, `wake`.

    Returns:
        None where the end is not known (since something, document undated).
    """
    known = published.last if published is not None else None
    is_ahead = known is not None and span.last > known
    match frame:
        case "since":
            return None if known is None or known < span.first else TimeSpan(span.first, known)
        case "from":
            if known is None:
                return None
            return TimeSpan(span.first, known if known >= span.first else OPEN_LAST)
        case "until" | "by" if published is not None and is_ahead:
            return TimeSpan(published.first, span.last)
        case "until" | "by":
            is_short = frame == "by" and span.days <= 31
            return TimeSpan(shift(span.first, -(_BY_DAYS if is_short else _BEFORE_DAYS)), span.last)
        case "before" if published is not None and span.first > published.last:
            return TimeSpan(published.first, shift(span.first, -1))
        case "before":
            return TimeSpan(shift(span.first, -_BEFORE_DAYS), shift(span.first, -1))
        case "eve":
            return TimeSpan(shift(span.first, -_EVE_DAYS), shift(span.first, -1))
        case "after" | "wake":
            end = shift(span.last, _AFTER_DAYS if frame == "after" else _WAKE_DAYS)
            if known is not None and span.last <= known < end:
                end = known
            return TimeSpan(span.last, end)
    return span


def offset(span: TimeSpan, parts: Parts, sign: int, published: TimeSpan | None) -> TimeSpan:
    """Days so long after or before others: `two years after 9/11`, `days before the vote`.

    Where the day itself lies within the document's own date, that is meant; else years are told as
    calendar years.
    """
    least, most = parts.count or (1, 10)
    unit, unit_days = parts.unit, parts.unit_days or 1
    ends = [
        shift_units(day, unit, unit_days, sign * count)
        for day, count in ((span.first, least), (span.last, least), (span.first, most),
                           (span.last, most))
    ]  # fmt: skip
    exact = TimeSpan(min(ends), max(ends))
    if least == most and published is not None and published.overlaps(exact) and unit in MONTHS_OF:
        return published
    if parts.whole and unit in {"year", "month"}:
        return around(exact, unit, 0)
    slack = SLACK.get(unit, 0) if parts.count else 0
    wide = TimeSpan(shift(exact.first, -slack), shift(exact.last, slack))
    return wide if published is None or sign < 0 else cut_at(wide, published)


def absolute(rule: str, parts: Parts) -> TimeSpan | None:
    """Days of an expression that needs no other date; None where it does need one, or has none."""
    match rule:
        case "date" | "iso" if parts.year and parts.month and parts.day:
            return days_of(parts.year, parts)
        case "month" if parts.year and parts.month:
            return share_of(month_of(parts.year, parts.month), parts.share)
        case "quarter" if parts.year and parts.quarter:
            return quarter_of(parts.year, parts.quarter)
        case "year" if parts.year and parts.season:
            return season_of(parts.year, parts.season)
        case "year" if parts.year:
            return share_of(year_of(parts.year), parts.share)
        case "years" if parts.year and parts.last_year:
            last = parts.last_year
            last = last if last >= 100 else parts.year // 100 * 100 + last
            if last >= parts.year:
                return years_of(parts.year, last)
        case "decade" if parts.year:
            return share_of(years_of(parts.year, parts.year + 9), parts.share)
        case "fixed":
            return TimeSpan(date.fromisoformat(parts.first), date.fromisoformat(parts.last))
    return None


def days_of(year: int, parts: Parts) -> TimeSpan | None:
    """A day or a run of days in one month; None where the month has no such day."""
    if parts.month is None or parts.day is None or not 1 <= parts.month <= 12:
        return None
    last = parts.last_day or parts.day
    month = month_of(year, parts.month)
    if not 1 <= parts.day <= last <= month.days:
        return None
    return TimeSpan(date(year, parts.month, parts.day), date(year, parts.month, last))
