"""Words that every form of a brief shares: days, participants, addresses, the method."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from urllib.parse import urlsplit

from inconcert.core.evidence import EventRecord, StatementRecord
from inconcert.core.mention import Participant
from inconcert.core.place import Where
from inconcert.core.span import TimeSpan
from inconcert.core.statement import Statement
from inconcert.core.verdict import Column
from inconcert.judge.amounts import dated, days_between

OWN_SPEECH = "speech"
"""Cue of a statement that is a sentence of the speaker's own text, without a word of saying."""

METHOD = (
    (
        "Types, modes, contexts (small, after the type) and sectors (in brackets) are those of the "
        "PLOVER ontology."
    ),
    (
        "An act counts for an actor when the actor acts and the other side is acted upon (toward), "
        "acts too (with), or is merely what it is about. Only acts toward or with the other side "
        "say how it is treated."
    ),
    (
        "A count of acts is a number of events. Sentences that tell of one act are joined where "
        "type, parties, days and words agree; a number opens all of them, and each says what "
        "joins it. Beside the number stands how many reports there are, and in how many outlets "
        "that do not copy one another. Where nothing joins two reports of an act it counts twice."
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
    (
        "Confidence of an event is calibrated on labelled official texts: of a hundred such events "
        "with .7 about seventy had type and actors right. On other texts it may differ. Confidence "
        "of a statement is not calibrated."
    ),
    (
        "The answer to a question of concert is read off one table from contact, timing and "
        "stance; this version does not test timing."
    ),
)
"""What a number means, one sentence a rule."""


UNDATED = "Those of unknown day stand under the first number only."

SAID_NOTE = (
    "Latest first; statements that only point at the other side (“they”, “the country”) stand "
    "after those that name it."
)


SAYINGS_NOTE = (
    "Claims of those who write or are quoted; all are kept, each with its date, and none counts "
    "toward the verdict."
)


def headed(title: str) -> str:
    """A title as a heading: with a capital."""
    return title[:1].upper() + title[1:]


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


def place_words(where: Where) -> str:
    """A place in words: name, state, how narrow, what it rests on.

    Example:
        >>> place_words(Where("Doha", "QAT", 25.3, 51.5, "city", 0, 4, "named in the clause"))
        'Doha, QAT (city), named in the clause'
    """
    country = f", {where.country}" if where.country and where.precision != "country" else ""
    candidates = f", one of {'; '.join(where.candidates)}" if where.candidates else ""
    return f"{where.name}{country} ({where.precision}){candidates}, {where.basis}"


def short_days(span: TimeSpan | None) -> str:
    """Days in little room, what both ends share said once.

    Example:
        >>> short_days(TimeSpan(date(2021, 9, 21), date(2021, 9, 27)))
        '21–27 Sep 2021'
    """
    if span is None:
        return "undated"
    first, last = span.first, span.last
    if first == last:
        return short_day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{short_day(last)}"
    if first.year == last.year:
        return f"{short_day(first).rsplit(' ', 1)[0]} – {short_day(last)}"
    return f"{short_day(first)} – {short_day(last)}"


def days_of(record: EventRecord | StatementRecord) -> TimeSpan | None:
    """The days that place a record on the timeline: their first one is its `day`."""
    what = record.event if isinstance(record, EventRecord) else record.statement
    span, published = what.when.span, record.at.published
    if span is not None and span.first == record.day and span.days <= 7:
        return span
    if published is not None and published.first == record.day:
        return published
    return span if record.day is not None else None


def speaker_words(record: StatementRecord, column: Column) -> str:
    """Who of an actor speaks: the person or body named, else the words of the text."""
    own = [who for who in record.statement.speakers if who.code in column.codes]
    named = next((who.name for who in own if who.name), None)
    words = " ".join(record.statement.speaker_text.split())
    is_own_text = record.statement.cue == OWN_SPEECH
    return named or words or (f"{column.name} (own text)" if is_own_text else column.name)


def kind_words(statement: Statement) -> str:
    """How a statement is made, in words."""
    if statement.cue == OWN_SPEECH:
        return "in the speaker’s own voice"
    kind = [statement.form, f"“{statement.cue}”"]
    if statement.is_anonymous:
        kind.append("unnamed source")
    if statement.commitment != "none":
        kind.append(statement.commitment)
    return ", ".join(kind)


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
