"""Time expressions in a text: where they stand and what they say, not yet when that was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from inconcert.core.span import TimeSpan
from inconcert.ontology.tables import read_table
from inconcert.resolve.counting import Parts

_PACKAGE = "inconcert.resolve"
_YEAR = r"(?:1[5-9]|20)\d\d"
_ABOUT = (
    r"(?:(?:just|only|some|about|around|roughly|nearly|almost|over|more\s+than|less\s+than"
    r"|barely|at\s+least|fully)\s+){1,2}"
)
_BEHIND, _BEYOND = 48, 36
"""Characters round a trigger in which its expression may stand."""

_SOME = (2.0, 6.0)
"""How many are meant by a bare plural: `in the coming days`."""

_JOINED = re.compile(r"\s*(?:-|–|—|to|and|or|until|till|through|,)\s*(?:the\s+)?", re.IGNORECASE)
_PLAIN = str.maketrans("’‘“”\u00a0\u202f\u2009", "''\"\"   ")
_ANCHOR_LEAD = r"\s+(?:(?:the|a|its|their|his|this|that|[\w.-]+'s?)\s+|(?:\w+\s+)){0,3}$"


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression, characters `[start, end)`, frame words included.

    Attributes:
        rule: how its days are counted (`calendar`, `ago` …), or `anchor`.
        parts: what it says in numbers.
        frame: `at`, `since`, `until`, `before`, `eve`, `after`, `wake`.
        anchor: days of the event it is told by, if that is how it is told.
        core_start: where the expression begins without its frame words.
    """

    start: int
    end: int
    rule: str
    parts: Parts
    frame: str = "at"
    anchor: TimeSpan | None = None
    is_framed: bool = False
    core_start: int = 0


@dataclass(frozen=True, slots=True)
class _Pattern:
    expression: re.Pattern[str]
    rule: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class _Anchor:
    name: str
    expression: re.Pattern[str]
    triggers: tuple[str, ...]
    span: TimeSpan
    needs: str


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    numbers: Mapping[str, tuple[float, float]]
    units: Mapping[str, float]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    seasons: Mapping[str, tuple[int, int]]
    shares: Mapping[str, tuple[float, float]]


class TimeFinder:
    """Finds the time expressions of a text.

    Compiled once from `data/times.tsv` and `data/anchors.tsv`.
    """

    def __init__(self) -> None:
        rows = read_table(_PACKAGE, "data/times.tsv")
        self._words = _vocabulary(rows)
        self._patterns = _patterns(rows, self._words)
        self._trigger = _trigger(self._patterns, self._words)
        self._anchors = _anchors()
        frames = [row for row in rows if row["kind"] == "frame"]
        frames.sort(key=lambda row: -len(row["word"]))
        self._frame_rules = tuple(row["rule"] for row in frames)
        self._conjunctions = {
            row["word"]: row["rule"] for row in rows if row["kind"] == "conjunction"
        }
        alternatives = "|".join(f"({_spaced(row['word'])})" for row in frames)
        self._frame_before = re.compile(rf"(?<!\w)(?:{alternatives})$", re.IGNORECASE)
        self._frame_lead = re.compile(rf"(?<!\w)(?:{alternatives}){_ANCHOR_LEAD}", re.IGNORECASE)
        self._frame_inside = re.compile(rf"(?:{alternatives})(?!\w)", re.IGNORECASE)

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
        return _with_years(plain, sorted(kept, key=lambda expression: expression.start))

    # -- expressions of the calendar ----------------------------------------------------------

    def _timed(self, text: str) -> Iterator[Expression]:
        done = 0
        for trigger in self._trigger.finditer(text):
            if trigger.start() < done:
                continue
            best: tuple[re.Match[str], _Pattern] | None = None
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

    def _expression(self, text: str, match: re.Match[str], pattern: _Pattern) -> Expression:
        parts = self._parts(match, pattern)
        start, frame, is_framed = match.start(), "at", False
        inside = self._frame_inside.match(text, match.start())
        before = self._frame_before.search(text[max(0, start - 40) : start].rstrip())
        if inside is not None and inside.lastindex:
            frame, is_framed = self._frame_rules[inside.lastindex - 1], True
        elif before is not None and before.lastindex and pattern.rule not in {"carried", "now"}:
            frame, is_framed = self._frame_rules[before.lastindex - 1], True
            start = max(0, start - 40) + before.start()
        if pattern.rule == "since_carried":
            frame = "since"
        return Expression(
            start, match.end(), pattern.rule, parts, frame, None, is_framed, match.start()
        )

    def _parts(self, match: re.Match[str], pattern: _Pattern) -> Parts:
        groups = {name: value for name, value in match.groupdict().items() if value}
        words = self._words
        unit = _singular(groups.get("u", ""))
        part = " ".join(groups.get("part", "").lower().split())
        year = groups.get("y")
        month = groups.get("m")
        season = groups.get("s")
        weekday = groups.get("wd")
        count = self._count(groups.get("n"))
        if count is None and pattern.rule in {"past", "coming"} and groups["u"].endswith("s"):
            count = _SOME
        return Parts(
            year=int(year) if year else None,
            last_year=_number(groups.get("y2")),
            month=words.months[month.rstrip(".")] if month else _number(groups.get("mo")),
            day=_number(groups.get("d")),
            last_day=_number(groups.get("d2")),
            weekday=words.weekdays[weekday] if weekday else None,
            season=words.seasons[season.lower()] if season else None,
            count=count,
            unit=unit,
            unit_days=words.units.get(unit),
            part=part,
            share=words.shares.get(part),
            first=pattern.first,
            last=pattern.last,
        )

    def _count(self, text: str | None) -> tuple[float, float] | None:
        if text is None:
            return None
        words = " ".join(text.lower().split())
        numbers = self._words.numbers
        if words in numbers:
            return numbers[words]
        if words[0].isdigit():
            return float(words), float(words)
        tens, ones = re.split(r"[-\s]", words, maxsplit=1)
        total = numbers[tens][0] + numbers[ones][0]
        return total, total

    # -- expressions by an event --------------------------------------------------------------

    def _anchored(self, text: str) -> Iterator[Expression]:
        small = text.lower()
        for anchor in self._anchors:
            if not any(trigger in small for trigger in anchor.triggers):
                continue
            if anchor.needs and anchor.needs not in small:
                continue
            for match in anchor.expression.finditer(text):
                low = max(0, match.start() - 60)
                lead = self._frame_lead.search(text[low : match.start()])
                start, frame = match.start(), "at"
                if lead is not None and lead.lastindex and "\n\n" not in lead.group():
                    start, frame = low + lead.start(), self._frame_rules[lead.lastindex - 1]
                yield Expression(
                    start, match.end(), "anchor", Parts(), frame, anchor.span,
                    lead is not None, match.start(),
                )  # fmt: skip


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


def _length(match: re.Match[str]) -> int:
    return match.end() - match.start()


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _singular(unit: str) -> str:
    unit = unit.lower()
    return "century" if unit == "centuries" else unit.removesuffix("s")


def _vocabulary(rows: list[dict[str, str]]) -> _Vocabulary:
    def of(kind: str) -> dict[str, tuple[float, float]]:
        return {
            row["word"]: (float(row["first"]), float(row["last"] or row["first"]))
            for row in rows
            if row["kind"] == kind
        }

    return _Vocabulary(
        numbers=of("number"),
        units={word: first for word, (first, _) in of("unit").items()},
        months={word: int(first) for word, (first, _) in of("month").items()},
        weekdays={word: int(first) for word, (first, _) in of("weekday").items()},
        seasons={word: (int(first), int(last)) for word, (first, last) in of("season").items()},
        shares=of("part"),
    )


def _classes(words: _Vocabulary) -> dict[str, str]:
    """What stands for each class in braces inside a pattern."""
    units = "|".join(f"{unit}s?" for unit in words.units if unit != "century")
    plurals = "|".join(f"{unit}s" for unit in words.units if unit != "century")
    months = "|".join(sorted(words.months, key=len, reverse=True))
    tens = "|".join(w for w, (n, _) in words.numbers.items() if n in range(20, 100, 10))
    ones = "|".join(w for w, n in words.numbers.items() if n[0] == n[1] < 10 and len(w) > 2)
    part = f"(?P<part>{_any_of(words.shares)})"
    return {
        "{n}": rf"(?P<n>\d{{1,3}}(?:\.\d)?|(?:{tens})[-\s](?:{ones})|{_any_of(words.numbers)})",
        "{unit}": rf"(?P<u>{units}|century|centuries)",
        "{units}": rf"(?P<u>{plurals}|centuries)",
        "{about}": _ABOUT,
        "{month}": rf"(?P<m>(?-i:(?:{months})\b\.?))",
        "{monthname}": rf"(?P<m>(?-i:(?:{months})\b\.?))",
        "{weekday}": rf"(?P<wd>(?-i:{'|'.join(words.weekdays)}))",
        "{season}": rf"(?P<s>{'|'.join(words.seasons)})",
        "{day2}": r"(?P<d2>[0-3]?\d)(?!\d)",
        "{day}": r"(?P<d>(?<!\d)[0-3]?\d)(?!\d)",
        "{year2}": rf"(?P<y2>{_YEAR}|\d\d(?!\d))",
        "{year}": rf"(?P<y>{_YEAR})(?!\d)",
        "{decade}": r"(?P<y>(?:1[5-9]|20)\d0)'?s",
        "{iso}": rf"(?P<y>{_YEAR})-(?P<mo>\d\d)-(?P<d>\d\d)",
        "{part}": part,
        "{partof}": part,
    }


def _any_of(words: Mapping[str, object]) -> str:
    return "|".join(_spaced(word) for word in sorted(words, key=len, reverse=True))


def _spaced(pattern: str) -> str:
    """Let a space stand for any white space, and an apostrophe for either kind."""
    return pattern.replace("[’']", "'").replace(" ?", r"\s*").replace(" ", r"\s+")


def _patterns(rows: list[dict[str, str]], words: _Vocabulary) -> dict[str, tuple[_Pattern, ...]]:
    classes = _classes(words)
    found: dict[str, list[_Pattern]] = {}
    for row in rows:
        if row["kind"] != "pattern":
            continue
        text = row["word"]
        for name in ("{part} ", "{partof} "):
            text = text.replace(name, name.strip() + "(?:§|-)")
        text = text.replace("{about} ", "{about}")
        text = _spaced(text).replace("§", r"\s+")
        for name, meaning in classes.items():
            text = text.replace(name, meaning)
        pattern = _Pattern(
            re.compile(rf"(?<![\w-])(?:{text})(?!\w)", re.IGNORECASE),
            row["rule"],
            row["first"],
            row["last"],
        )
        for trigger in row["trigger"].split("|"):
            found.setdefault(trigger, []).append(pattern)
    return {trigger: tuple(patterns) for trigger, patterns in found.items()}


def _trigger(patterns: Mapping[str, object], words: _Vocabulary) -> re.Pattern[str]:
    """What makes it worth trying patterns: one pass over the text finds all of it."""
    plain = sorted((word for word in patterns if not word.startswith("{")), key=len, reverse=True)
    months = "|".join(sorted(words.months, key=len, reverse=True))
    return re.compile(
        r"(?<!\w)(?:"
        rf"(?P<iso>{_YEAR}-\d\d-\d\d)|(?P<decade>{_YEAR}'?s)|(?P<year>{_YEAR})"
        rf"|(?P<month>(?-i:{months}))|(?P<weekday>(?-i:{'|'.join(words.weekdays)}))"
        rf"|(?P<word>{'|'.join(plain)})"
        r")(?!\w)",
        re.IGNORECASE,
    )


def _anchors() -> tuple[_Anchor, ...]:
    found = []
    for row in read_table(_PACKAGE, "data/anchors.tsv"):
        pattern = _spaced(row["pattern"])
        found.append(
            _Anchor(
                row["anchor"],
                re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"),
                tuple(row["trigger"].split("|")),
                TimeSpan(date.fromisoformat(row["first"]), date.fromisoformat(row["last"])),
                row["needs"],
            )
        )
    return tuple(found)
