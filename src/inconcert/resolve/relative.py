"""Days of expressions that count from other days: the arithmetic, with vagueness as width.

Every rule takes the parts of the expression and the days of publication and gives the days meant:
as the words have them, and once for a predicate in the past and once for one that lies ahead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from inconcert.core.span import TimeSpan
from inconcert.resolve.counting import SLACK, Parts, days_of
from inconcert.resolve.days import (
    OPEN_FIRST,
    OPEN_LAST,
    around,
    cut_at,
    month_of,
    quarter_of,
    season_of,
    share_of,
    shift,
    shift_units,
    unit_of,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Days:
    """The days meant.

    Attributes:
        span: as the words have it: `this week` is a whole week.
        ahead: those that a predicate in the future can mean, where they differ.
        before: those that one in the past can mean, where they differ.
    """

    span: TimeSpan
    ahead: TimeSpan | None = None
    before: TimeSpan | None = None


Rule = Callable[[Parts, TimeSpan], Days | None]

_RECENT = {"day": 10, "week": 8, "month": 9, "year": 5, "decade": 3, "century": 2}
_LATE_DAYS = 3
"""What has happened may be dated a little after publication: by another clock, or updated."""

_ASSEMBLY_OPENS = 14
"""A day of September on which a session of the General Assembly opens, give or take a week."""

_PAST_LEAD = 2
"""A month or day without its year: the coming one is meant where it is so much nearer."""


def relative(rule: str, parts: Parts, reference: TimeSpan) -> Days | None:
    """Days of an expression counted from other days; None where they do not exist."""
    counted = _RULES.get(rule)
    return None if counted is None else counted(parts, reference)


# -- rules ------------------------------------------------------------------------------------


def _partial_date(parts: Parts, reference: TimeSpan) -> Days | None:
    """`on 15 August`: the last one, or the next where it is much nearer; ahead the next one."""
    year = reference.last.year
    years = range(max(1, year - 8), min(date.max.year, year + 8) + 1)
    candidates = [found for y in years if (found := days_of(y, parts))]
    past = [span for span in candidates if span.first <= shift(reference.last, _LATE_DAYS)]
    ahead = [span for span in candidates if span.first >= reference.first]
    if not past:
        return None
    return Days(_nearest(candidates, reference), ahead[0] if ahead else None, past[-1])


def _partial_month(parts: Parts, reference: TimeSpan) -> Days | None:
    """`in August`: the last one, or the next where it is much nearer; ahead the next one."""
    if parts.month is None:
        return None
    last, first = reference.last, reference.first
    past = month_of(last.year - (parts.month > last.month), parts.month)
    ahead = month_of(first.year + (parts.month < first.month), parts.month)
    return Days(
        share_of(_nearest([past, ahead], reference), parts.share),
        share_of(ahead, parts.share),
        cut_at(share_of(past, parts.share), reference),
    )


def _nearest(spans: list[TimeSpan], reference: TimeSpan) -> TimeSpan:
    """The span fewest days away, those to come counted double; of two, the earlier."""
    return min(
        spans,
        key=lambda span: max(
            _PAST_LEAD * (span.first - reference.last).days, (reference.first - span.last).days, 0
        ),
    )


def _shifted_month(parts: Parts, reference: TimeSpan) -> Days | None:
    """`last August`, `next May`."""
    if parts.month is None:
        return None
    if int(parts.first) < 0:
        year = reference.first.year - (parts.month >= reference.first.month)
    else:
        year = reference.last.year + (parts.month <= reference.last.month)
    return Days(month_of(year, parts.month))


def _month_of_year(parts: Parts, reference: TimeSpan) -> Days | None:
    """`in March of this year`, `last year in May`."""
    if parts.month is None:
        return None
    return Days(
        share_of(month_of(reference.last.year + int(parts.first), parts.month), parts.share)
    )


def _plain_days(parts: Parts, reference: TimeSpan) -> Days:
    """From so many days off to so many days off; a number left out is an open end."""
    first = shift(reference.first, int(parts.first)) if parts.first else OPEN_FIRST
    last = shift(reference.last, int(parts.last)) if parts.last else OPEN_LAST
    return Days(TimeSpan(first, last))


def _quarter(parts: Parts, reference: TimeSpan) -> Days | None:
    """`in the third quarter`, of the year of the document."""
    if parts.quarter is None:
        return None
    return Days(quarter_of(reference.last.year, parts.quarter))


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
    is_this_week = first >= unit_of(reference.first, "week", 0).first
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
    """`two weeks ago`: as exact as its unit; years and months ago are those of the calendar."""
    if parts.count is None or parts.unit_days is None:
        return None
    if parts.unit in {"year", "month"} and parts.whole:
        return Days(_calendar_off(parts, reference, -parts.whole))
    least, most = parts.count
    slack = SLACK.get(parts.unit, 0)
    first = shift(reference.first, -most * parts.unit_days - slack)
    last = shift(reference.last, -least * parts.unit_days + slack)
    return Days(TimeSpan(first, max(first, min(last, reference.last))))


def _calendar_off(parts: Parts, reference: TimeSpan, steps: int) -> TimeSpan:
    """The year or month so many off; `nearly`, `over` and the like make it more than one."""
    span = around(reference, parts.unit, steps)
    if parts.about is None:
        return span
    near, far = (int(end) if steps < 0 else -int(end) for end in parts.about)
    near, far = min(near, far), max(near, far)
    return TimeSpan(
        unit_of(span.first, parts.unit, near).first, unit_of(span.last, parts.unit, far).last
    )


def _in_units(parts: Parts, reference: TimeSpan) -> Days | None:
    """`five years from now`: the same ahead."""
    if parts.count is None or parts.unit_days is None:
        return None
    if parts.unit in {"year", "month"} and parts.whole:
        return Days(_calendar_off(parts, reference, parts.whole))
    least, most = parts.count
    slack = SLACK.get(parts.unit, 0)
    last = shift(reference.last, most * parts.unit_days + slack)
    first = shift(reference.first, least * parts.unit_days - slack)
    return Days(TimeSpan(min(max(first, reference.first), last), last))


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
    slack = SLACK.get(parts.unit, 0) if parts.count else 0
    near, far = sign * least * parts.unit_days, sign * most * parts.unit_days
    first = shift(reference.first, min(near, far) - slack)
    return Days(TimeSpan(first, max(first, shift(reference.last, max(near, far) + slack))))


def _yearly(parts: Parts, reference: TimeSpan) -> Days | None:
    """A day or month of each year (`International Women's Day`): as a date without its year."""
    spans = []
    for year in range(max(2, reference.first.year - 1), min(9998, reference.last.year + 1) + 1):
        first, last = (date.fromisoformat(f"{year:04}-{day}") for day in (parts.first, parts.last))
        spans.append(TimeSpan(first, last))
    past = [span for span in spans if span.first <= shift(reference.last, _LATE_DAYS)]
    ahead = [span for span in spans if span.last >= reference.first]
    if not past or not ahead:
        return None
    return Days(_nearest(spans, reference), ahead[0], past[-1])


def _assembly(parts: Parts, reference: TimeSpan) -> Days:
    """`the previous session of the General Assembly`: from mid-September to mid-September."""
    day = reference.last
    year = day.year - (day < date(day.year, 9, _ASSEMBLY_OPENS)) + int(parts.first)
    first = date(max(1, year), 9, _ASSEMBLY_OPENS)
    return Days(TimeSpan(first, shift(first, 364)))


def _shifted_unit(parts: Parts, reference: TimeSpan) -> Days:
    return Days(around(reference, parts.unit or "day", int(parts.first)))


def _recent(parts: Parts, reference: TimeSpan) -> Days | None:
    if parts.unit_days is None:
        return None
    days = _RECENT.get(parts.unit, 10) * parts.unit_days
    return Days(TimeSpan(shift(reference.first, -days), reference.last))


def _past(parts: Parts, reference: TimeSpan) -> Days | None:
    """`over the past year`: that long, up to the day of publication."""
    if parts.unit_days is None:
        return None
    most = parts.count[1] if parts.count else 1
    first = shift_units(reference.first, parts.unit, parts.unit_days, -most)
    return Days(TimeSpan(first, reference.last))


def _coming(parts: Parts, reference: TimeSpan) -> Days | None:
    if parts.unit_days is None:
        return None
    most = parts.count[1] if parts.count else 1
    last = shift_units(reference.last, parts.unit, parts.unit_days, most)
    return Days(TimeSpan(reference.first, last))


def _calendar(parts: Parts, reference: TimeSpan) -> Days:
    """`last week`, `earlier this month`, `next year`."""
    steps = int(parts.first)
    span = around(reference, parts.unit, steps)
    if int(parts.last) != steps:
        return Days(TimeSpan(span.first, reference.last))
    if steps:
        return Days(share_of(span, parts.share))
    ahead = TimeSpan(min(reference.first, span.last), span.last)
    if parts.part == "later":
        return Days(ahead)
    if parts.part == "earlier":
        return Days(cut_at(span, reference))
    whole = share_of(span, parts.share)
    return Days(whole, ahead if parts.share is None else whole, cut_at(whole, reference))


def _relative_season(parts: Parts, reference: TimeSpan) -> Days | None:
    if parts.season is None:
        return None
    steps, last = int(parts.first), reference.last
    years = range(max(1, last.year - 2), min(date.max.year, last.year + 2) + 1)
    seasons = [season_of(year, parts.season) for year in years]
    begun = [span for span in seasons if span.first <= last]
    if steps < 0 and begun and begun[-1].last >= reference.first:
        del begun[-1]
    ahead = [span for span in seasons if span.last >= reference.first and span.first > last]
    if steps > 0:
        return Days(ahead[0]) if ahead else None
    if not begun:
        return None
    if steps < 0:
        return Days(begun[-1])
    now = [span for span in seasons if span.overlaps(reference)] + ahead
    return Days(begun[-1], now[0] if now else None, cut_at(begun[-1], reference))


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
    "open": _plain_days,
    "quarter": _quarter,
    "ago": _ago,
    "in_units": _in_units,
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
    "yearly": _yearly,
    "assembly": _assembly,
}
