"""Words that every form of a brief shares: days, participants, addresses, the method."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from urllib.parse import urlsplit

from inconcert.core.mention import Participant
from inconcert.core.span import TimeSpan
from inconcert.judge.amounts import dated, days_between

METHOD = (
    (
        "Types are those of the PLOVER ontology. An act counts for an actor when the actor acts "
        "and the other side is acted upon, acts too, or is what it is about."
    ),
    (
        "A count is a number of mentions: one sentence telling of one act. The same act told "
        "twice counts twice."
    ),
    "Acts told as planned, denied, supposed or long past are set aside and not counted.",
    (
        "The day is that of the act where the text tells it within a week, otherwise that of "
        "publication."
    ),
    (
        "A statement counts for its speaker when what is said names the other side, or is said to "
        "it."
    ),
    "Confidence is the coder’s own and is not calibrated.",
    (
        "The answer to a question of concert is read off one table from contact, timing and "
        "stance; this version does not test timing."
    ),
)
"""What a number means, one sentence a rule."""


def short_day(day: date | None) -> str:
    """A day in little room.

    Example:
        >>> short_day(date(2021, 8, 15))
        '15 Aug 2021'
    """
    if day is None:
        return "undated"
    _, month, year = dated(day).split()
    return f"{day.day} {month[:3]} {year}"


def span_words(span: TimeSpan | None) -> str:
    """Days in words, `day unknown` where there are none."""
    return "day unknown" if span is None else days_between(span.first, span.last)


def who_words(people: Sequence[Participant], names: Callable[[str], str]) -> str:
    """Participants in words: name of the actor, sectors, the person or body meant."""
    told = []
    for who in people:
        sectors = f" ({', '.join(who.sectors)})" if who.sectors else ""
        person = f", {who.name}" if who.name and who.name != names(who.code) else ""
        told.append(f"{names(who.code)}{sectors}{person}")
    return "; ".join(dict.fromkeys(told))


def safe_url(url: str | None) -> str | None:
    """The address if a link may lead there: http or https with a host; otherwise None.

    Example:
        >>> safe_url("javascript:alert(1)") is None
        True
    """
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:  # a bracket that closes nothing
        return None
    return url if usable and url.isprintable() and " " not in url else None
