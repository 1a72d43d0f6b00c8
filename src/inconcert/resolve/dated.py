"""The expressions of time of a document with their days, read in order of the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from inconcert.core.event import When
from inconcert.core.parsed import ParsedDocument
from inconcert.core.span import TimeSpan
from inconcert.resolve.clauses import head_of, is_perfect, lies_ahead, verb_above
from inconcert.resolve.counting import absolute, framed, granularity, offset
from inconcert.resolve.days import OPEN_FIRST, OPEN_LAST, cut_at, shift, shift_months
from inconcert.resolve.relative import relative
from inconcert.resolve.times import Expression, TimeFinder

ABSOLUTE = "absolute"
RELATIVE = "relative to document date"
UNDATED = "relative, document undated"
ANCHOR = "anchor event"
CARRIED = "carried from an earlier sentence"

_CARRYING = {"carried", "since_carried", "about_carried", "later_carried"}
_SAME = {"carried", "about_carried"}
_SHIFTED = {"shifted", "units_shifted", "shifted_day", "shifted_unit"}
_VAGUE_FRAMES = {"before", "eve", "after", "wake"}
FAINT = {"now", "open"}
"""Rules of words that date little: any other expression goes before them."""

_DATELINE_CHARS = 60
_DATELINE = re.compile(r"\s*(?:\([^()\n]{2,40}\))?\s*(?:--?|–|—)\s")

_CARRY_SENTENCES = 12
_SAME_SENTENCES = 5
"""How far back `since then` and `at the same time` may point."""

_ABOUT_DAYS = 15
"""`Meanwhile` links two stories more often than two days: a month round the day told before."""

_PLANNED_DAYS = 400
"""How long before a summit or an election it is told of by its name alone."""

_CARRY_WIDTH_DAYS = 400


@dataclass(frozen=True, slots=True)
class Dated:
    """A time expression with its days and its place in the tree.

    Attributes:
        when: for a predicate whose tense does not tell more.
        ahead: for one in the future, where that differs.
        before: for one surely in the past, where that differs.
        head: token that hangs the expression in its clause.
        is_topic: an event named without a word of time: it dates itself and nothing else.
    """

    expression: Expression
    when: When
    ahead: TimeSpan | None
    before: TimeSpan | None
    head: int
    is_topic: bool


def read(parsed: ParsedDocument, finder: TimeFinder) -> dict[int, list[Dated]]:
    """The dated expressions of a document by sentence; what is carried is carried in order."""
    starts = [sentence.start for sentence in parsed.sentences]
    expressions = finder.find(parsed.document.text)
    published = _published(parsed, expressions)
    if published != parsed.document.published:
        parsed = replace(parsed, document=replace(parsed.document, published=published))
    found: dict[int, list[Dated]] = {}
    last: _Last | None = None
    for told_by in expressions:
        expression = told_by
        index = bisect_right(starts, expression.core_start) - 1
        if index < 0 or expression.end > parsed.sentences[index].end:
            continue
        if last is not None and index - last.sentence > _CARRY_SENTENCES:
            last = None
        head = head_of(parsed, index, max(expression.start, starts[index]), expression.end)
        verb = verb_above(parsed, head, index)
        if expression.rule == "in_units" and is_perfect(parsed, verb):
            # `in two years we have built`: the two years up to now
            expression = replace(expression, rule="past", parts=replace(expression.parts, first=""))
        if not _is_told(parsed, expression, verb):
            continue
        if expression.anchor is not None and not expression.is_framed and not expression.offset:
            expression = _framed_by_clause(parsed, expression, head, finder)
        is_far = last is None or (
            expression.rule in _SAME and index - last.sentence > _SAME_SENTENCES
        )
        told = _days(parsed, expression, None if is_far else last)
        if told is None:
            continue
        is_topic = expression.anchor is not None and not expression.is_framed
        found.setdefault(index, []).append(
            Dated(expression, told.when, told.ahead, told.before, head, is_topic)
        )
        if told.base is not None and _can_carry(expression, told.base, published):
            last = _Last(told.base, told.when.granularity, index)
    return found


def _published(parsed: ParsedDocument, expressions: list[Expression]) -> TimeSpan | None:
    """The document's date; where it is not known to the day, that of its dateline.

    A dateline (`KABUL, Aug. 15, 2021 (Agency) -`) stands at the beginning and ends in a dash.
    """
    published = parsed.document.published
    if published is not None and published.days == 1:
        return published
    text = parsed.document.text
    for expression in expressions:
        if expression.start > _DATELINE_CHARS:
            break
        if expression.core_start == 0 or not _DATELINE.match(text, expression.end):
            continue
        day = absolute(expression.rule, expression.parts)
        if day is None and published is not None and expression.rule == "date":
            told = relative("date", expression.parts, published)
            day = None if told is None else told.span
        if day is None or day.days > 1:
            continue
        if published is None or published.contains(day.first):
            return day
    return published


def _is_told(parsed: ParsedDocument, expression: Expression, verb: int) -> bool:
    """Whether its verb makes it a time: `in two weeks` ahead, `for years` up to now."""
    match expression.parts.first:
        case "will":
            return lies_ahead(parsed, verb)
        case "perfect":
            return is_perfect(parsed, verb)
    return True


def _framed_by_clause(
    parsed: ParsedDocument, expression: Expression, head: int, finder: TimeFinder
) -> Expression:
    """An event told as a clause of time (`as the government's top brass fled Kabul`)."""
    token = parsed.tokens[head]
    if token.dep != "advcl":
        return expression
    for mark in parsed.kids(head, "mark", "advmod"):
        frame = finder.frame_of(mark.text) if mark.index < head else None
        if frame is not None:
            return replace(expression, start=mark.start, frame=frame, is_framed=True)
    return expression


def _can_carry(expression: Expression, span: TimeSpan, published: TimeSpan | None) -> bool:
    """Whether `since then` and the like may point back to it: a time of the story, not history."""
    if expression.rule in FAINT or span.days > _CARRY_WIDTH_DAYS:
        return False
    if published is None:
        return True
    return span.first <= published.last and (published.first - span.last).days < 2 * 365


@dataclass(frozen=True, slots=True)
class _Last:
    """The days told last, how exactly, and in which sentence."""

    span: TimeSpan
    granularity: str
    sentence: int


@dataclass(frozen=True, slots=True)
class _Told:
    """What an expression means, also ahead and in the past, and as a base for what counts on."""

    when: When
    base: TimeSpan | None
    ahead: TimeSpan | None = None
    before: TimeSpan | None = None


def _days(parsed: ParsedDocument, expression: Expression, last: _Last | None) -> _Told | None:
    """What an expression means; None where it tells no days, not even in a dated document."""
    published = parsed.document.published
    text = " ".join(parsed.text_of(expression.start, expression.end).split())
    parts, rule, frame = expression.parts, expression.rule, expression.frame
    if expression.anchor is not None:
        return _by_event(expression, expression.anchor, text, published)
    if rule in _CARRYING:
        return _carried(rule, frame, last, text, published)
    if expression.until is not None:
        return _from_to(parsed, expression, expression.until, last, text)
    exact = granularity(rule, parts)
    if rule in _SHIFTED:
        told = None if last is None else relative(rule, parts, last.span)
        span = None if told is None else told.span
        if span is None and published is not None:
            return None
        return _Told(When(span, text, CARRIED if span else UNDATED, exact), span)
    fixed = absolute(rule, parts)
    if fixed is not None:
        return _framed(frame, fixed, When(None, text, ABSOLUTE, exact), published)
    if rule == "date" and parts.year is not None:
        return None
    if published is None:
        return _Told(When(None, text, UNDATED, exact), None)
    told = relative(rule, parts, published)
    if told is None:
        return None
    ahead = told.ahead and framed(frame, told.ahead, published)
    before = told.before and framed(frame, told.before, published)
    when = When(None, text, RELATIVE, exact)
    return replace(_framed(frame, told.span, when, published), ahead=ahead, before=before)


def _from_to(
    parsed: ParsedDocument, first: Expression, until: Expression, last: _Last | None, text: str
) -> _Told | None:
    """All days from those of one expression to those of another."""
    told = _days(parsed, replace(first, until=None), last)
    other = _days(parsed, until, last)
    if told is None or other is None:
        return told
    if told.base is None or other.base is None:
        return replace(told, when=replace(told.when, text=text))
    begin, end = told.base.first, other.base.last
    if end < begin:
        return None
    span = TimeSpan(begin, end)
    return _Told(replace(told.when, span=span, text=text), span)


def _framed(frame: str, span: TimeSpan, when: When, published: TimeSpan | None) -> _Told:
    outer = framed(frame, span, published)
    exact = "vague" if frame in _VAGUE_FRAMES else when.granularity
    basis = when.basis if outer is not None else UNDATED
    return _Told(When(outer, when.text, basis, exact), span)


def _carried(
    rule: str, frame: str, last: _Last | None, text: str, published: TimeSpan | None
) -> _Told | None:
    """The days told before, or since then; `since that time` alone is known by its end."""
    if last is None:
        if rule == "later_carried" and published is not None:
            return _Told(When(TimeSpan(published.last, OPEN_LAST), text, CARRIED, "vague"), None)
        if rule != "since_carried" or published is None:
            return None
        return _Told(When(TimeSpan(OPEN_FIRST, published.last), text, CARRIED, "vague"), None)
    span, exact = last.span, last.granularity
    if rule == "about_carried":
        span = TimeSpan(shift(span.first, -_ABOUT_DAYS), shift(span.last, _ABOUT_DAYS))
    if rule == "later_carried":
        span = TimeSpan(span.first, OPEN_LAST)
        return _Told(When(span, text, CARRIED, "vague"), None)
    if rule != "carried":
        exact = "vague"
    return _framed(frame, span, When(None, text, CARRIED, exact), published)


def _by_event(
    expression: Expression, anchor: TimeSpan, text: str, published: TimeSpan | None
) -> _Told | None:
    """Days by an event; None where the document is older than the event, which is then another."""
    span, frame = anchor, expression.frame
    if frame == "by" and (published is None or span.last <= published.last):
        # `launched by COP 26`: what is over did it
        return None
    exact = "day" if span.days == 1 or expression.offset is not None else "vague"
    when = When(None, text, ANCHOR, exact)
    if expression.rule == "anniversary" and expression.offset is not None:
        years = int((expression.offset.count or (0, 0))[0])
        span = TimeSpan(shift_months(span.first, 12 * years), shift_months(span.last, 12 * years))
        return _Told(replace(when, span=span), span)
    if expression.offset is not None:
        if frame == "into" or published is None or span.last > published.last:
            span = TimeSpan.day(span.first)
        span = offset(span, expression.offset, expression.sign, published)
        return _Told(replace(when, span=span), span)
    if published is not None and published.last < span.first:
        if not expression.is_planned or (span.first - published.last).days > _PLANNED_DAYS:
            return None
    elif published is not None and published.last < span.last:
        if frame == "wake":
            return _Told(replace(when, span=cut_at(span, published)), span)
        if frame == "after":
            # What comes after something that still goes on lies ahead.
            return _Told(replace(when, span=TimeSpan(published.last, OPEN_LAST)), None)
        if not expression.is_planned:
            span = cut_at(span, published)
    return _framed(frame, span, when, published)
