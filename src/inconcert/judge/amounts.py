"""Amounts in plain English: counts with their noun, shares, lists of names, days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from inconcert.core.span import TimeSpan

NO_BREAK = "\u00a0"
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def number(count: int) -> str:
    """A count with its thousands set apart.

    Example:
        >>> number(35120)
        '35,120'
    """
    return f"{count:,}"


def counted(count: int, singular: str, plural: str | None = None) -> str:
    """A count with its noun in the right number.

    Example:
        >>> counted(1, "statement"), counted(2, "day"), counted(0, "country", "countries")
        ('1 statement', '2 days', '0 countries')
    """
    return f"{number(count)} {noun(count, singular, plural)}"


def noun(count: int, singular: str, plural: str | None = None) -> str:
    """The noun alone, in the number that goes with the count."""
    return singular if count == 1 else plural or f"{singular}s"


def percent(part: int, whole: int) -> str:
    """A share in whole percent, never rounded to nothing or to all.

    Example:
        >>> percent(93, 100).replace(NO_BREAK, " "), percent(999, 1000).replace(NO_BREAK, " ")
        ('93 %', 'over 99 %')
    """
    if whole <= 0:
        return f"0{NO_BREAK}%"
    rounded = round(100 * part / whole)
    if part and rounded == 0:
        return f"under 1{NO_BREAK}%"
    if part < whole and rounded == 100:
        return f"over 99{NO_BREAK}%"
    return f"{rounded}{NO_BREAK}%"


def told_in(reports: int, outlets: int) -> str:
    """How often something is told, and by how many who do not copy one another.

    Example:
        >>> told_in(5, 2)
        '5 reports in 2 independent outlets'
    """
    return f"{counted(reports, 'report')} in {counted(outlets, 'independent outlet')}"


def signed(value: float, digits: int) -> str:
    """A number with its sign, a true minus where it is negative; nothing is not negative.

    Example:
        >>> signed(-0.04, 2), signed(-0.001, 2)
        ('−0.04', '+0.00')
    """
    shown = f"{value:+.{digits}f}"
    return shown.replace("-", "−") if float(shown) else f"{0:+.{digits}f}"


def listed(words: Sequence[str], *, joint: str = "and") -> str:
    """Words as a list in a sentence.

    Example:
        >>> listed(["Tajikistan", "Uzbekistan", "Pakistan"])
        'Tajikistan, Uzbekistan and Pakistan'
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"


def dated(day: date) -> str:
    """A day as read in English.

    Example:
        >>> dated(date(2021, 8, 15))
        '15 August 2021'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def days_between(first: date, last: date) -> str:
    """Two days as a span, the year or month said once where both share it.

    Example:
        >>> days_between(date(2021, 1, 20), date(2021, 12, 31))
        '20 January to 31 December 2021'
    """
    if first == last:
        return dated(first)
    if first.year != last.year:
        return f"{dated(first)} to {dated(last)}"
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1]} to {dated(last)}"
    return f"{first.day} to {dated(last)}"


def asked_days(span: TimeSpan) -> str:
    """The days of a question; an end that is as far off as days are counted is open.

    Example:
        >>> asked_days(TimeSpan(date(2021, 8, 1), date.max))
        'from 1 August 2021'
    """
    if span.first == date.min:
        return "all days" if span.last == date.max else f"until {dated(span.last)}"
    if span.last == date.max:
        return f"from {dated(span.first)}"
    return days_between(span.first, span.last)
