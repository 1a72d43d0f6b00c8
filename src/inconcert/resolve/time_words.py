"""The words of time in `data/times.tsv`, made into patterns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from inconcert.resolve.anchors import spaced

_YEAR = r"(?:(?:(?:1[5-9]|20)\d|210)\d(?!\s?(?:GMT|UTC|hours|hrs)\b))"
_ABOUT = (
    r"(?P<about>(?:(?:just|only|some|about|around|roughly|near(?:ly)?|almost|over|more\s+than"
    r"|less\s+than|under|barely|at\s+least|fully|exactly|approximately)(?:\s+|(?<=near)-)){1,2})"
)
HALF = r"(?P<half> and a half)?"
_ANCHOR_LEAD = r"\s+(?:(?:the|a|its|their|his|this|that|[\w.-]+'s?)\s+|(?:\w+\s+)){0,3}$"


@dataclass(frozen=True, slots=True)
class Pattern:
    """An expression of time, and the rule and numbers by which its days are counted."""

    expression: re.Pattern[str]
    rule: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that stand for numbers, and which."""

    numbers: Mapping[str, tuple[float, float]]
    units: Mapping[str, float]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    seasons: Mapping[str, tuple[int, int]]
    shares: Mapping[str, tuple[float, float]]
    ordinals: Mapping[str, int]


def vocabulary(rows: list[dict[str, str]]) -> Vocabulary:
    """The words of the table."""

    def of(kind: str) -> dict[str, tuple[float, float]]:
        return {
            row["word"]: (float(row["first"]), float(row["last"] or row["first"]))
            for row in rows
            if row["kind"] == kind
        }

    return Vocabulary(
        numbers=of("number"),
        units={word: first for word, (first, _) in of("unit").items()},
        months={word: int(first) for word, (first, _) in of("month").items()},
        weekdays={word: int(first) for word, (first, _) in of("weekday").items()},
        seasons={word: (int(first), int(last)) for word, (first, last) in of("season").items()},
        shares=of("part"),
        ordinals={word: int(first) for word, (first, _) in of("ordinal").items()},
    )


def classes_of(words: Vocabulary) -> dict[str, str]:
    """What stands for each class in braces inside a pattern."""
    units = "|".join(f"{unit}s?" for unit in words.units if unit != "century")
    plurals = "|".join(f"{unit}s" for unit in words.units if unit != "century")
    months = "|".join(sorted(words.months, key=len, reverse=True))
    tens = "|".join(w for w, (n, _) in words.numbers.items() if n in range(20, 100, 10))
    ones = "|".join(w for w, n in words.numbers.items() if n[0] == n[1] < 10 and len(w) > 2)
    part = f"(?P<part>{any_of(words.shares)})"
    return {
        "{ordinal}": rf"(?P<q>{any_of(words.ordinals)}|[1-4](?:st|nd|rd|th))",
        "{n}": rf"(?P<n>\d{{1,3}}(?:\.\d)?|(?:{tens})[-\s](?:{ones})|{any_of(words.numbers)})",
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


def any_of(words: Mapping[str, object]) -> str:
    """One of these words, the longest first."""
    return "|".join(spaced(word) for word in sorted(words, key=len, reverse=True))


def patterns_of(rows: list[dict[str, str]], words: Vocabulary) -> dict[str, tuple[Pattern, ...]]:
    """The patterns of the table by what makes them worth trying."""
    classes = classes_of(words)
    found: dict[str, list[Pattern]] = {}
    for row in rows:
        if row["kind"] != "pattern":
            continue
        text = row["word"]
        for name in ("{part} ", "{partof} "):
            text = text.replace(name, name.strip() + "(?:§|-)")
        text = text.replace("{about} ", "{about}").replace("{length}", f"{{n}}{HALF} {{unit}}")
        text = spaced(text).replace("§", r"\s+")
        for name, meaning in classes.items():
            text = text.replace(name, meaning)
        pattern = Pattern(
            re.compile(rf"(?<![\w-])(?:{text})(?!\w)", re.IGNORECASE),
            row["rule"],
            row["first"],
            row["last"],
        )
        for trigger in row["trigger"].split("|"):
            found.setdefault(trigger, []).append(pattern)
    return {trigger: tuple(patterns) for trigger, patterns in found.items()}


def trigger_of(patterns: Mapping[str, object], words: Vocabulary) -> re.Pattern[str]:
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


class Frames:
    """Words before an expression that turn its days into others (`since`, `ahead of`)."""

    def __init__(self, rows: list[dict[str, str]], kinds: set[str]) -> None:
        found = sorted(
            (row for row in rows if row["kind"] in kinds), key=lambda row: -len(row["word"])
        )
        self._rules = tuple(row["rule"] for row in found)
        words = "|".join(f"({spaced(row['word'])})" for row in found)
        self._before = re.compile(rf"(?<![\w-])(?:{words})(?:\s+the)?$", re.IGNORECASE)
        self._lead = re.compile(rf"(?<![\w-])(?:{words}){_ANCHOR_LEAD}", re.IGNORECASE)
        self._inside = re.compile(rf"(?:{words})(?!\w)", re.IGNORECASE)

    def at(self, text: str, start: int) -> str | None:
        """What stands at the beginning of an expression itself."""
        return self._rule(self._inside.match(text, start))

    def before(self, text: str, start: int) -> tuple[int, str] | None:
        """What stands right before an expression, and where it begins."""
        low = max(0, start - 40)
        found = self._before.search(text[low:start].rstrip())
        rule = self._rule(found)
        return None if found is None or rule is None else (low + found.start(), rule)

    def lead(self, text: str, start: int) -> tuple[int, str] | None:
        """What stands before the name of an event, up to three words off."""
        low = max(0, start - 60)
        found = self._lead.search(text[low:start])
        rule = self._rule(found)
        if found is None or rule is None or "\n\n" in found.group():
            return None
        return low + found.start(), rule

    def _rule(self, found: re.Match[str] | None) -> str | None:
        return None if found is None or not found.lastindex else self._rules[found.lastindex - 1]
