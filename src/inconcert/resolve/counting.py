"""From the words of a time expression to days: the arithmetic, with vagueness as width.

Every rule takes the parts of the expression and the days of publication and gives the days meant:
once for a predicate that lies in the past, and, where it differs, once for one that lies ahead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from inconcert.core.span import TimeSpan


@dataclass(frozen=True, slots=True)
class Parts:
    """What an expression says, in numbers.

    Attributes:
        count: least and most units (`a few days`: 2, 6); None where not counted.
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
    count: tuple[float, float] | None = None
    unit: str = ""
    unit_days: float | None = None
    part: str = ""
    share: tuple[float, float] | None = None
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Days:
    """The days meant; `ahead` and `before` where a future or past predicate means others."""

    span: TimeSpan
    ahead: TimeSpan | None = None
    before: TimeSpan | None = None


Rule = Callable[[Parts, TimeSpan], Days | None]

_SLACK = {"week": 3, "month": 15, "quarter": 30, "year": 183, "decade": 1826, "century": 18262}
_RECENT = {"day": 10, "week": 8, "month": 9, "year": 5, "decade": 3, "century": 2}
_AFTER_DAYS, _WAKE_DAYS, _EVE_DAYS, _BEFORE_DAYS = 90, 30, 10, 365
_LATE_DAYS = 3
"""What has happened may be dated a little after publication: by another clock, or updated."""


def shift(day: date, days: float) -> date:
    """The day so many days later, kept inside the calendar."""
    number = day.toordinal() + round(days)
    return date.fromordinal(max(1, min(number, date.max.toordinal())))


def framed(frame: str, span: TimeSpan, published: TimeSpan | None) -> TimeSpan | None:
    """Days that stand before, after or since others.

    Args:
        frame: `at`, `since`, `until`, `before`, `eve`, `after`, `wake`.

    Returns:
        None where the end is not known (since something, document undated).
    """
    known = published.last if published is not None else None
    match frame:
        case "since":
            return None if known is None or known < span.first else TimeSpan(span.first, known)
        case "until":
            return TimeSpan(shift(span.first, -_BEFORE_DAYS), span.last)
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


def absolute(rule: str, parts: Parts) -> TimeSpan | None:
    """Days of an expression that needs no other date; None where it does need one, or has none."""
    match rule:
        case "date" | "iso" if parts.year and parts.month and parts.day:
            return _days_of(parts.year, parts)
        case "month" if parts.year and parts.month:
            return _share(_month(parts.year, parts.month), parts.share)
        case "year" if parts.year and parts.season:
            return _season(parts.year, parts.season)
        case "year" if parts.year:
            return _share(_year(parts.year), parts.share)
        case "years" if parts.year and parts.last_year:
            last = parts.last_year
            last = last if last >= 100 else parts.year // 100 * 100 + last
            if last >= parts.year:
                return TimeSpan(date(parts.year, 1, 1), date(last, 12, 31))
        case "decade" if parts.year:
            return _share(
                TimeSpan(date(parts.year, 1, 1), date(parts.year + 9, 12, 31)), parts.share
            )
        case "fixed":
            return TimeSpan(date.fromisoformat(parts.first), date.fromisoformat(parts.last))
    return None


def relative(rule: str, parts: Parts, reference: TimeSpan) -> Days | None:
    """Days of an expression counted from other days; None where they do not exist."""
    counted = _RULES.get(rule)
    return None if counted is None else counted(parts, reference)


# -- calendar ---------------------------------------------------------------------------------


def _month(year: int, month: int) -> TimeSpan:
    following = date(year + month // 12, month % 12 + 1, 1)
    return TimeSpan(date(year, month, 1), following - timedelta(days=1))


def _year(year: int) -> TimeSpan:
    return TimeSpan(date(year, 1, 1), date(year, 12, 31))


def _season(year: int, season: tuple[int, int]) -> TimeSpan:
    first, last = season
    return TimeSpan(date(year, first, 1), _month(year + (last < first), last).last)


def _share(span: TimeSpan, share: tuple[float, float] | None) -> TimeSpan:
    if share is None:
        return span
    first = shift(span.first, share[0] * span.days)
    return TimeSpan(first, max(first, shift(span.first, share[1] * span.days - 1)))


def _days_of(year: int, parts: Parts) -> TimeSpan | None:
    """A day or a run of days in one month; None where the month has no such day."""
    if parts.month is None or parts.day is None or not 1 <= parts.month <= 12:
        return None
    last = parts.last_day or parts.day
    month = _month(year, parts.month)
    if not 1 <= parts.day <= last <= month.days:
        return None
    return TimeSpan(date(year, parts.month, parts.day), date(year, parts.month, last))


def _unit(day: date, unit: str, steps: int) -> TimeSpan:
    """The calendar week, month … that holds a day, or the one so many steps off."""
    match unit:
        case "day":
            return TimeSpan.day(shift(day, steps))
        case "week":
            monday = shift(day, 7 * steps - day.weekday())
            return TimeSpan(monday, shift(monday, 6))
        case "month":
            months = day.year * 12 + day.month - 1 + steps
            return _month(months // 12, months % 12 + 1)
        case "quarter":
            quarters = day.year * 4 + (day.month - 1) // 3 + steps
            first = quarters % 4 * 3 + 1
            return TimeSpan(date(quarters // 4, first, 1), _month(quarters // 4, first + 2).last)
        case "decade":
            start = day.year // 10 * 10 + 10 * steps
            return TimeSpan(date(start, 1, 1), date(start + 9, 12, 31))
        case "century":
            start = (day.year - 1) // 100 * 100 + 1 + 100 * steps
            return TimeSpan(date(start, 1, 1), date(start + 99, 12, 31))
    return _year(day.year + steps)


def _around(reference: TimeSpan, unit: str, steps: int) -> TimeSpan:
    return TimeSpan(
        _unit(reference.first, unit, steps).first, _unit(reference.last, unit, steps).last
    )


# -- rules ------------------------------------------------------------------------------------


def _partial_date(parts: Parts, reference: TimeSpan) -> Days | None:
    """`on 15 August`: the nearest one; in the past the last one, ahead the next one."""
    year = reference.last.year
    candidates = [found for y in range(year - 8, year + 9) if (found := _days_of(y, parts))]
    past = [span for span in candidates if span.first <= shift(reference.last, _LATE_DAYS)]
    ahead = [span for span in candidates if span.first >= reference.first]
    if not past:
        return None
    return Days(_nearest(candidates, reference), ahead[0] if ahead else None, past[-1])


def _partial_month(parts: Parts, reference: TimeSpan) -> Days | None:
    """`in August`: the nearest one; in the past the last one, ahead the next one."""
    if parts.month is None:
        return None
    last, first = reference.last, reference.first
    past = _month(last.year - (parts.month > last.month), parts.month)
    ahead = _month(first.year + (parts.month < first.month), parts.month)
    before = _until(_share(past, parts.share), reference)
    nearest = _nearest([past, ahead], reference)
    span = before if nearest == past else _share(nearest, parts.share)
    return Days(span, _share(ahead, parts.share), before)


def _nearest(spans: list[TimeSpan], reference: TimeSpan) -> TimeSpan:
    """The span fewest days away; of two, the earlier."""
    return min(
        spans,
        key=lambda span: max(
            (span.first - reference.last).days, (reference.first - span.last).days, 0
        ),
    )


def _until(span: TimeSpan, reference: TimeSpan) -> TimeSpan:
    """The span without the days after publication, where some are left."""
    return TimeSpan(span.first, min(span.last, max(span.first, reference.last)))


def _shifted_month(parts: Parts, reference: TimeSpan) -> Days | None:
    """`last August`, `next May`."""
    if parts.month is None:
        return None
    if int(parts.first) < 0:
        year = reference.first.year - (parts.month >= reference.first.month)
    else:
        year = reference.last.year + (parts.month <= reference.last.month)
    return Days(_month(year, parts.month))


def _month_of_year(parts: Parts, reference: TimeSpan) -> Days | None:
    """`in March of this year`, `last year in May`."""
    if parts.month is None:
        return None
    return Days(_share(_month(reference.last.year + int(parts.first), parts.month), parts.share))


def _plain_days(parts: Parts, reference: TimeSpan) -> Days:
    first, last = int(parts.first), int(parts.last)
    return Days(TimeSpan(shift(reference.first, first), shift(reference.last, last)))


def _weekday(parts: Parts, reference: TimeSpan) -> Days | None:
    """`on Wednesday`: the last one, the day of publication included; ahead, the next one."""
    if parts.weekday is None:
        return None
    first, last = _on_or_before(reference, parts.weekday)
    if reference.days > 6:
        last = max(last, reference.last)
    ahead = TimeSpan(
        shift(reference.first, (parts.weekday - reference.first.isoweekday()) % 7),
        shift(reference.last, (parts.weekday - reference.last.isoweekday()) % 7),
    )
    return Days(TimeSpan(first, last), ahead)


def _on_or_before(reference: TimeSpan, weekday: int) -> tuple[date, date]:
    return (
        shift(reference.first, -((reference.first.isoweekday() - weekday) % 7)),
        shift(reference.last, -((reference.last.isoweekday() - weekday) % 7)),
    )


def _last_weekday(parts: Parts, reference: TimeSpan) -> Days | None:
    """`last Wednesday`: the latest one, or that of the week before; nobody can tell which."""
    if parts.weekday is None:
        return None
    eve = TimeSpan(shift(reference.first, -1), shift(reference.last, -1))
    first, last = _on_or_before(eve, parts.weekday)
    is_this_week = first >= _unit(reference.first, "week", 0).first
    return Days(TimeSpan(shift(first, -7) if is_this_week else first, last))


def _next_weekday(parts: Parts, reference: TimeSpan) -> Days | None:
    if parts.weekday is None:
        return None
    first = shift(reference.first, (parts.weekday - reference.first.isoweekday() - 1) % 7 + 1)
    return Days(TimeSpan(first, shift(reference.last, 14)))


def _weekend(parts: Parts, reference: TimeSpan) -> Days:
    if int(parts.first) > 0:
        first = shift(reference.first, (6 - reference.first.isoweekday()) % 7 or 7)
        return Days(TimeSpan(first, shift(reference.last, 8)))
    first, last = _on_or_before(reference, 6)
    ahead = shift(reference.first, (6 - reference.first.isoweekday()) % 7)
    return Days(
        TimeSpan(first, shift(last, 1)),
        TimeSpan(ahead, shift(max(ahead, reference.last), 1)),
    )


def _ago(parts: Parts, reference: TimeSpan) -> Days | None:
    """`two weeks ago`: as exact as its unit, so `two years ago` is half a year either way."""
    if parts.count is None or parts.unit_days is None:
        return None
    least, most = parts.count
    slack = _SLACK.get(parts.unit, 0)
    first = shift(reference.first, -most * parts.unit_days - slack)
    last = shift(reference.last, -least * parts.unit_days + slack)
    return Days(TimeSpan(first, max(first, min(last, reference.last))))


def _units_ago(parts: Parts, reference: TimeSpan) -> Days | None:
    if parts.unit_days is None:
        return None
    first = shift(reference.first, -10 * parts.unit_days)
    return Days(TimeSpan(first, max(first, shift(reference.last, -parts.unit_days))))


def _shifted(parts: Parts, reference: TimeSpan) -> Days | None:
    """`two days later`, counted from the day told before."""
    if parts.unit_days is None:
        return None
    sign = int(parts.first)
    least, most = parts.count or (1, 10)
    slack = _SLACK.get(parts.unit, 0) if parts.count else 0
    near, far = sign * least * parts.unit_days, sign * most * parts.unit_days
    first = shift(reference.first, min(near, far) - slack)
    return Days(TimeSpan(first, max(first, shift(reference.last, max(near, far) + slack))))


def _shifted_unit(parts: Parts, reference: TimeSpan) -> Days:
    return Days(_around(reference, parts.unit or "day", int(parts.first)))


def _recent(parts: Parts, reference: TimeSpan) -> Days | None:
    if parts.unit_days is None:
        return None
    days = _RECENT.get(parts.unit, 10) * parts.unit_days
    return Days(TimeSpan(shift(reference.first, -days), reference.last))


def _past(parts: Parts, reference: TimeSpan) -> Days | None:
    if parts.unit_days is None:
        return None
    most = parts.count[1] if parts.count else 1
    return Days(TimeSpan(shift(reference.first, -most * parts.unit_days), reference.last))


def _coming(parts: Parts, reference: TimeSpan) -> Days | None:
    if parts.unit_days is None:
        return None
    most = parts.count[1] if parts.count else 1
    return Days(TimeSpan(reference.first, shift(reference.last, most * parts.unit_days)))


def _calendar(parts: Parts, reference: TimeSpan) -> Days:
    """`last week`, `earlier this month`, `next year`."""
    steps = int(parts.first)
    span = _around(reference, parts.unit, steps)
    if int(parts.last) != steps:
        return Days(TimeSpan(span.first, reference.last))
    if steps == 0:
        whole = _share(span, parts.share)
        ahead = TimeSpan(min(reference.first, span.last), span.last)
        if parts.part == "later":
            return Days(ahead)
        return Days(_until(whole, reference), ahead if parts.share is None else whole)
    return Days(_share(span, parts.share))


def _relative_season(parts: Parts, reference: TimeSpan) -> Days | None:
    if parts.season is None:
        return None
    steps, last = int(parts.first), reference.last
    years = [_season(y, parts.season) for y in range(last.year - 2, last.year + 3)]
    if steps > 0:
        return Days(next(span for span in years if span.first > last))
    begun = [span for span in years if span.first <= last]
    if steps < 0 and begun[-1].last >= reference.first:
        del begun[-1]
    ahead = next(span for span in years if span.last >= reference.first)
    return Days(_until(begun[-1], reference), ahead if steps == 0 else None)


_RULES: Mapping[str, Rule] = {
    "date": _partial_date,
    "month": _partial_month,
    "month_shift": _shifted_month,
    "month_of_year": _month_of_year,
    "days": _plain_days,
    "now": _plain_days,
    "weekday": _weekday,
    "weekday_last": _last_weekday,
    "weekday_next": _next_weekday,
    "weekend": _weekend,
    "ago": _ago,
    "units_ago": _units_ago,
    "shifted": _shifted,
    "units_shifted": _shifted,
    "shifted_day": _shifted_unit,
    "shifted_unit": _shifted_unit,
    "recent": _recent,
    "past": _past,
    "coming": _coming,
    "calendar": _calendar,
    "season": _relative_season,
}
