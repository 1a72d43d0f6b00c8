"""Time expressions in a text: where they stand and what they say, not yet when that was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from inconcert.core.span import TimeSpan
from inconcert.ontology.tables import read_table
from inconcert.resolve.anchors import Anchor, shipped_anchors, spaced
from inconcert.resolve.counting import Parts
from inconcert.resolve.time_words import (
    HALF,
    Frames,
    Pattern,
    any_of,
    classes_of,
    patterns_of,
    trigger_of,
    vocabulary,
)  # fmt: skip

_PACKAGE = "inconcert.resolve"
_LESS_EXACT = (
    (re.compile(r"some|about|around|roughly|approximately", re.IGNORECASE), (-1.0, 1.0)),
    (re.compile(r"nearly|almost|less|under|barely", re.IGNORECASE), (0.0, 1.0)),
    (re.compile(r"over|more|least", re.IGNORECASE), (-1.0, 0.0)),
)
"""Words that make a count less exact, and the years by which it then may miss."""

_BEHIND, _BEYOND = 48, 36
"""Characters round a trigger in which its expression may stand."""

_SOME = (2.0, 6.0)
"""How many are meant by a bare plural: `in the coming days`."""

_JOINED = re.compile(r"\s*(?:-|–|—|to|and|or|until|till|through|,)\s*(?:the\s+)?", re.IGNORECASE)
_TO = re.compile(r"\s*(?:-|–|—|to|until|till|through)\s*(?:the\s+)?")
_FROM = re.compile(r"(?<!\w)(from|between)\s+(?=\S)", re.IGNORECASE)
_ENDS = {"date", "month", "iso"}
_ONWARD = re.compile(r"\s*(?:on|onwards?|forward)(?!\w)", re.IGNORECASE)
_PLAIN = str.maketrans("’‘“”\u00a0\u202f\u2009", "''\"\"   ")
_OWN_FRAME = {"carried", "since_carried", "about_carried", "later_carried", "now", "open"}
_SIGNS = {"after": 1, "wake": 1, "into": 1, "before": -1}
_PREFIX = re.compile(r"(?<![\w-])(pre|post)-$", re.IGNORECASE)
_PREFIXES = {"pre": "before", "post": "after"}
_ADVERBIAL = re.compile(
    r"\s*(?:[,.;:!?)]|$|(?:as|and|but|or|in|we|to|with|by|the|is|was|were|are)(?!\w))",
    re.IGNORECASE,
)
"""What follows where `post-Brexit` tells a time and not what kind (`the post-Brexit deal`)."""

_BRIEF_DAYS = 30
"""What lasts longer is a time that things happen in (`in the Cold War`)."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression, characters `[start, end)`, frame words included.

    Attributes:
        rule: how its days are counted (`calendar`, `ago` …), or `anchor`, `anniversary`.
        parts: what it says in numbers.
        frame: `at`, `since`, `from`, `until`, `by`, `before`, `eve`, `after`, `wake`.
        anchor: days of the event it is told by, if that is how it is told.
        is_planned: that event may be told of before it happens.
        core_start: where the expression begins without its frame words.
        offset: how long before or after that is meant (`two years after 9/11`, 20th anniversary).
        sign: which of the two: -1, 1.
        until: the other end, where two are told as one (`from 31 October to 12 November`).
    """

    start: int
    end: int
    rule: str
    parts: Parts
    frame: str = "at"
    anchor: TimeSpan | None = None
    is_framed: bool = False
    core_start: int = 0
    offset: Parts | None = None
    sign: int = 1
    until: Expression | None = None
    is_planned: bool = False


class TimeFinder:
    """Finds the time expressions of a text; compiled once from `data/times.tsv`.

    Args:
        own: events that go before those of `data/anchors.tsv`.
    """

    def __init__(self, own: tuple[Anchor, ...] = ()) -> None:
        rows = read_table(_PACKAGE, "data/times.tsv")
        self._words = vocabulary(rows)
        self._patterns = patterns_of(rows, self._words)
        self._trigger = trigger_of(self._patterns, self._words)
        self._anchors = (*own, *shipped_anchors())
        self._conjunctions = {
            row["word"]: row["rule"] for row in rows if row["kind"] == "conjunction"
        }
        self._frames = Frames(rows, {"frame", "date_frame"})
        self._event_frames = Frames(rows, {"frame", "event_frame"})
        classes = classes_of(self._words)
        length = spaced(f"{{about}}?{{n}}{HALF} {{unit}}(?P<half2> and a half)?|{{units}}")
        for name, meaning in classes.items():
            length = length.replace(name, meaning.replace("P<u>", "P<us>") if "s}" in name
                                    else meaning)  # fmt: skip
        self._length = re.compile(rf"(?<![\w-])(?:{length})\s+$", re.IGNORECASE)
        self._anniversary = re.compile(
            rf"(?<![\w-])(?:on\s+(?:the\s+occasion\s+of\s+)?)?(?:(?:the|its|their|our|this|last)\s+)?"
            rf"(?:(?P<d>\d{{1,3}})(?:st|nd|rd|th)|(?P<o>{any_of(self._words.ordinals)}))"
            r"[-\s]anniversary\s+of\s+(?:[\w'-]+\s+){0,3}$",
            re.IGNORECASE,
        )

    def frame_of(self, word: str) -> str | None:
        """What a conjunction of time does to the days of its clause (`after`), if it is one."""
        return self._conjunctions.get(word.lower())

    def find(self, text: str) -> list[Expression]:
        """The time expressions of a text in order; where two overlap, the longer one."""
        plain = text.translate(_PLAIN)
        found = [*self._timed(plain), *self._anchored(plain)]
        found.sort(key=lambda expression: (expression.start - expression.end, expression.start))
        kept: list[Expression] = []
        for expression in found:
            if all(expression.end <= k.start or expression.start >= k.end for k in kept):
                kept.append(expression)
        return _joined(plain, sorted(kept, key=lambda expression: expression.start))

    # -- expressions of the calendar ----------------------------------------------------------

    def _timed(self, text: str) -> Iterator[Expression]:
        done = 0
        for trigger in self._trigger.finditer(text):
            if trigger.start() < done:
                continue
            best: tuple[re.Match[str], Pattern] | None = None
            low = max(0, trigger.start() - _BEHIND)
            high = min(len(text), trigger.end() + _BEYOND)
            for pattern in self._patterns.get(self._class_of(trigger), ()):
                for match in pattern.expression.finditer(text, low, high):
                    covers = match.start() <= trigger.start() and match.end() >= trigger.end()
                    if covers and (best is None or _length(match) > _length(best[0])):
                        best = match, pattern
            if best is not None:
                done = best[0].end()
                yield self._expression(text, *best)

    def _class_of(self, trigger: re.Match[str]) -> str:
        kind = trigger.lastgroup
        return "{" + kind + "}" if kind and kind != "word" else trigger.group().lower()

    def _expression(self, text: str, match: re.Match[str], pattern: Pattern) -> Expression:
        parts = self._parts(match, pattern)
        start, frame, is_framed = match.start(), "at", False
        inside = self._frames.at(text, start)
        before = None if pattern.rule in _OWN_FRAME else self._frames.before(text, start)
        if pattern.rule == "since_carried":
            frame = "since"
        elif inside is not None and (pattern.rule == "carried" or pattern.rule not in _OWN_FRAME):
            frame, is_framed = inside, True
        elif before is not None:
            start, frame = before
            is_framed = True
        elif match.group()[:5].lower() == "from " and _ONWARD.match(text, match.end()):
            frame, is_framed = "from", True
        return Expression(
            start, match.end(), pattern.rule, parts, frame, None, is_framed, match.start()
        )

    def _parts(self, match: re.Match[str], pattern: Pattern) -> Parts:
        groups = {name: value for name, value in match.groupdict().items() if value}
        words = self._words
        unit = _singular(groups.get("u", ""))
        part = " ".join(groups.get("part", "").lower().split())
        year = groups.get("y")
        month = groups.get("m")
        season = groups.get("s")
        weekday = groups.get("wd")
        count = self._count(groups.get("n"), "half" in groups or "half2" in groups)
        if count is None and pattern.rule in {"past", "coming"}:
            is_half = "half" in groups
            count = _SOME if groups["u"].endswith("s") else (1.5, 1.5) if is_half else None
        quarter = groups.get("q", "").lower()
        return Parts(
            year=int(year) if year else None,
            last_year=_number(groups.get("y2")),
            month=words.months[month.rstrip(".")] if month else _number(groups.get("mo")),
            day=_number(groups.get("d")),
            last_day=_number(groups.get("d2")),
            weekday=words.weekdays[weekday] if weekday else None,
            season=words.seasons[season.lower()] if season else None,
            quarter=words.ordinals.get(quarter) or _number(quarter[:1]),
            count=count,
            about=_less_exact(groups.get("about", "")),
            unit=unit,
            unit_days=words.units.get(unit),
            part=part,
            share=words.shares.get(part),
            first=pattern.first,
            last=pattern.last,
        )

    def _count(self, text: str | None, and_a_half: bool = False) -> tuple[float, float] | None:
        if text is None:
            return None
        words = " ".join(text.lower().split())
        numbers = self._words.numbers
        more = 0.5 if and_a_half else 0.0
        if words in numbers:
            least, most = numbers[words]
        elif words[0].isdigit():
            least = most = float(words)
        else:
            tens, ones = re.split(r"[-\s]", words, maxsplit=1)
            least = most = numbers[tens][0] + numbers[ones][0]
        return least + more, most + more

    # -- expressions by an event --------------------------------------------------------------

    def _anchored(self, text: str) -> Iterator[Expression]:
        small = text.lower()
        for anchor in self._anchors:
            if not any(trigger in small for trigger in anchor.triggers):
                continue
            if anchor.needs and anchor.needs not in small:
                continue
            for match in anchor.expression.finditer(text):
                yield self._by_event(text, anchor, match)

    def _by_event(self, text: str, anchor: Anchor, match: re.Match[str]) -> Expression:
        """An event with the words before it that make it a time."""
        core = match.start()
        plain = Expression(
            core, match.end(), "anchor", Parts(), "at", anchor.span,
            core_start=core, is_planned=anchor.is_planned,
        )  # fmt: skip
        told = self._anniversary.search(text, max(0, core - 80), core)
        if told is not None:
            years = _number(told["d"]) or self._words.ordinals[told["o"].lower()]
            parts = Parts(count=(years, years), unit="year", unit_days=365.25)
            is_time = told.group().lower().startswith("on ")
            return replace(
                plain, start=told.start(), rule="anniversary", offset=parts, is_framed=is_time
            )
        prefix = _PREFIX.search(text, max(0, core - 6), core)
        if prefix is not None:
            if not _ADVERBIAL.match(text, match.end()):
                return plain
            frame = _PREFIXES[prefix[1].lower()]
            return replace(plain, start=prefix.start(), frame=frame, is_framed=True)
        lead = self._event_frames.lead(text, core)
        if (
            lead is not None
            and lead[1] == "by"
            and not (anchor.is_planned and _ADVERBIAL.match(text, match.end()))
        ):
            return plain
        if lead is None or (lead[1] == "in" and anchor.span.days <= _BRIEF_DAYS):
            return plain
        start, frame = lead
        length = self._length.search(text, max(0, start - 60), start)
        if length is not None and frame in _SIGNS:
            groups = {name: value for name, value in length.groupdict().items() if value}
            unit = _singular(groups.get("u") or groups["us"])
            count = self._count(groups.get("n"), "half" in groups or "half2" in groups)
            parts = Parts(count=count, unit=unit, unit_days=self._words.units.get(unit))
            return replace(
                plain,
                start=length.start(),
                frame=frame,
                offset=parts,
                sign=_SIGNS[frame],
                is_framed=True,
            )
        if frame == "into":
            return plain
        return replace(plain, start=start, frame="at" if frame == "in" else frame, is_framed=True)


@cache
def time_finder() -> TimeFinder:
    """The finder, compiled once a process."""
    return TimeFinder()


def _with_years(text: str, expressions: list[Expression]) -> list[Expression]:
    """Give `31 October to 12 November 2021` its year at both ends."""
    for number in range(len(expressions) - 2, -1, -1):
        here, after = expressions[number : number + 2]
        parts, later = here.parts, after.parts
        is_bare = parts.month is not None and parts.year is None and here.rule in {"date", "month"}
        if not is_bare or later.year is None or later.month is None:
            continue
        if _JOINED.fullmatch(text, here.end, after.start):
            year = later.year - ((parts.month or 0) > later.month)
            expressions[number] = replace(here, parts=replace(parts, year=year))
    return expressions


def _joined(text: str, expressions: list[Expression]) -> list[Expression]:
    """Make one of two that are the ends of a span (`from 31 October to 12 November`)."""
    found: list[Expression] = []
    for after in _with_years(text, expressions):
        here = found[-1] if found else None
        if (
            here is not None
            and here.rule in _ENDS
            and after.rule in _ENDS
            and here.until is None
            and after.frame in {"at", "until", "by"}
            and _is_span(text, here, after)
        ):
            found[-1] = replace(here, end=after.end, until=replace(after, frame="at"))
        else:
            found.append(after)
    return found


def _is_span(text: str, here: Expression, after: Expression) -> bool:
    """Whether what stands between two expressions makes them the ends of one span."""
    lead = _FROM.search(text, max(0, here.start - 9), here.core_start + 9)
    opening = "" if lead is None or lead.end() < here.start else lead[1].lower()
    between = text[here.end : after.core_start].lower()
    if opening == "between":
        return between.strip() == "and"
    is_to = _TO.fullmatch(between) is not None
    return is_to and (opening == "from" or bool(re.search(r"[-–—]|through", between)))


def _less_exact(words: str) -> tuple[float, float] | None:
    return next((years for pattern, years in _LESS_EXACT if pattern.search(words)), None)


def _length(match: re.Match[str]) -> int:
    return match.end() - match.start()


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _singular(unit: str) -> str:
    unit = unit.lower()
    return "century" if unit == "centuries" else unit.removesuffix("s")
