"""When an item was published, from what it says of itself or from its file name."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from inconcert.core.span import TimeSpan

EARLIEST = date(1900, 1, 1)
AHEAD = timedelta(days=2)
"""East of Greenwich, tomorrow has begun; beyond that a date is a mistake."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<word>(?:{'|'.join(MONTHS)})[a-z]*)\.?"
_FORMS = (
    re.compile(r"^(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?:[T ].*)?$"),
    re.compile(r"^(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)(?:T?\d{4,6}Z?)?$"),
    re.compile(r"^(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})\b"),
    re.compile(
        rf"^(?:[a-z]+,?\s+)?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+{_MONTH}[\s,-]+(?P<y>\d{{4}})\b",
        re.I,
    ),
    re.compile(rf"^(?:[a-z]+,?\s+)?{_MONTH}[\s-]+(?P<d>\d{{1,2}})[\s,-]+(?P<y>\d{{4}})\b", re.I),
)
_SLASHED = re.compile(r"^(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>\d{4})\b")
_MONTH_AND_YEAR = re.compile(rf"^{_MONTH}[\s,-]+(?P<y>\d{{4}})$", re.I)
_SECONDS = re.compile(r"^\d{9,10}(?:\.\d+)?$")
_MILLISECONDS = re.compile(r"^\d{13}$")

_YEAR = r"(?P<y>(?:19|20)\d\d)"
_DAY = r"(?P<d>0?[1-9]|[12]\d|3[01])"
_IN_NAME = (
    re.compile(
        rf"(?<!\d){_YEAR}(?P<s>[-_. ]?)(?P<m>0[1-9]|1[0-2])(?P=s)(?P<d>[0-2]\d|3[01])(?!\d)"
    ),
    re.compile(
        rf"(?<!\d){_YEAR}(?P<m>0[1-9]|1[0-2])(?P<d>[0-2]\d|3[01])(?=\d{{4}}(?:\d\d)?(?!\d))"
    ),
    re.compile(rf"(?<!\d){_DAY}[-_. ]?{_MONTH}[-_. ]?{_YEAR}(?!\d)", re.I),
    re.compile(rf"(?<![a-z]){_MONTH}[-_. ]?{_DAY}[-_., ]+{_YEAR}(?!\d)", re.I),
)
_MONTH_IN_NAME = re.compile(rf"(?<!\d){_YEAR}[-_.](?P<m>0[1-9]|1[0-2])(?![\d])(?![-_.]\d)")


def read_date(words: str) -> TimeSpan | None:
    """Days that a date in words or figures means; None where it cannot be told.

    Understands ISO days, instants and spans (`first..last`), RFC 2822, `15 August 2021`,
    `August 15, 2021`, `15.8.2021`, seconds and milliseconds since 1970. The day is that of the
    writer's clock. `8/15/2021` is read as it must be; `3/4/2021` could be two days and is both.

    Example:
        >>> str(read_date("2021-07-27 09:46:28-04:00"))
        '2021-07-27'
        >>> str(read_date("Sun, 15 Aug 2021 23:10:00 +0430"))
        '2021-08-15'
        >>> read_date("yesterday") is None
        True
    """
    words = words.strip()
    try:
        if _SECONDS.match(words):
            return _instant(float(words))
        if _MILLISECONDS.match(words):
            return _instant(float(words) / 1000)
        if found := next((match for form in _FORMS if (match := form.match(words))), None):
            return TimeSpan.day(_day(found))
        if slashed := _SLASHED.match(words):
            return _either(int(slashed["a"]), int(slashed["b"]), int(slashed["y"]))
        if month := _MONTH_AND_YEAR.match(words):
            return TimeSpan.parse(f"{month['y']}-{_number(month['word'])}")
        return TimeSpan.parse(words)
    except (ValueError, OverflowError, OSError):
        return None


def date_in_name(name: str) -> TimeSpan | None:
    """The date in a file name; None where there is none, or two that differ.

    Example:
        >>> str(date_in_name("tass_20210815.txt")), str(date_in_name("lavrov-15-Aug-2021.html"))
        ('2021-08-15', '2021-08-15')
        >>> date_in_name("20210701_20210731.txt") is None
        True
    """
    days: set[TimeSpan] = set()
    for form in _IN_NAME:
        for match in form.finditer(name):
            try:
                days.add(TimeSpan.day(_day(match)))
            except ValueError:  # 2021-02-30
                continue
    if not days:
        days = {
            TimeSpan.parse(f"{match['y']}-{match['m']}") for match in _MONTH_IN_NAME.finditer(name)
        }
    return days.pop() if len(days) == 1 else None


def is_plausible(span: TimeSpan, *, today: date | None) -> bool:
    """Whether something can have been published then: after 1900, not after tomorrow."""
    return span.first >= EARLIEST and (today is None or span.first <= today + AHEAD)


def _day(match: re.Match[str]) -> date:
    groups = match.groupdict()
    month = int(groups["m"]) if groups.get("m") else _number(groups["word"])
    return date(int(groups["y"]), month, int(groups["d"]))


def _number(month: str) -> int:
    return MONTHS.index(month[:3].lower()) + 1


def _instant(seconds: float) -> TimeSpan:
    return TimeSpan.day(datetime.fromtimestamp(seconds, tz=UTC).date())


def _either(a: int, b: int, year: int) -> TimeSpan:
    """Day and month in unknown order: the one order that is a date, or a span over both."""
    days = []
    for month, day in ((a, b), (b, a)):
        try:
            days.append(date(year, month, day))
        except ValueError:
            continue
    if not days:
        raise ValueError(f"{a}/{b}/{year} is no day")
    return TimeSpan(min(days), max(days))
