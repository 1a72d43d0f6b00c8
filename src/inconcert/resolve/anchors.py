"""Events with dates that other things are told by: those that ship, and the analyst's own.

A case may hold a file `anchors.toml`:

[[anchor]]
name = "talks of the River Council"
words = ["River Council talks", "talks of the River Council"]
first = 2021-06-01
last = 2021-06-03       # the first day, where it is left out
needs = "tajik"         # a word the document must also hold, where the words alone are ambiguous
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from inconcert.core.span import TimeSpan
from inconcert.errors import BadInput, BadSetting
from inconcert.ontology.tables import read_table

_PACKAGE = "inconcert.resolve"
_KEYS = ("name", "words", "pattern", "first", "last", "needs")
_SHAPE = 'Write [[anchor]] with name, words = ["…"] and first = 2021-06-01.'
_BEHIND = re.compile(r"\(\?<[!=][^()]*\)")
_PLANNED = re.compile(
    r"(?:summit|conference|congress|olympics|cop-?\d+|world cup|assembly|elections?|referendum"
    r"|anniversary|games)\b|decade (?:of|for|on)",
    re.IGNORECASE,
)
"""Names of what is told of before it happens."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """An event with its days and the words it is told by.

    Attributes:
        triggers: small letters; one of them occurs in every text that tells of it.
        needs: a small-letter word that the text must also hold; empty where none.
        is_planned: it may be told of before it happens.
    """

    name: str
    expression: re.Pattern[str]
    triggers: tuple[str, ...]
    span: TimeSpan
    needs: str = ""
    is_planned: bool = False


def spaced(pattern: str) -> str:
    """Let a space stand for any white space, and an apostrophe for either kind."""
    pattern = _BEHIND.sub(lambda found: found.group().replace(" ", r"\s"), pattern)
    return pattern.replace("[’']", "'").replace(" ?", r"\s*").replace(" ", r"\s+")


@cache
def shipped_anchors() -> tuple[Anchor, ...]:
    """Those of `data/anchors.tsv`.

    Raises:
        BadInput: a row has no sense; names the anchor.
    """
    return tuple(_shipped(row) for row in read_table(_PACKAGE, "data/anchors.tsv"))


def _shipped(row: Mapping[str, str]) -> Anchor:
    try:
        span = TimeSpan(date.fromisoformat(row["first"]), date.fromisoformat(row["last"]))
        expression = _compiled(spaced(row["pattern"]))
    except (ValueError, re.error) as error:
        raise BadInput(
            f"an anchor cannot be used: {error}",
            where=f"data/anchors.tsv, {row['anchor']}",
            advice="Correct its row.",
        ) from error
    return Anchor(
        row["anchor"], expression, tuple(row["trigger"].split("|")), span, row["needs"],
        _PLANNED.search(row["anchor"]) is not None,
    )  # fmt: skip


def read_anchors(path: Path) -> tuple[Anchor, ...]:
    """The anchors of a case.

    Raises:
        BadSetting: the file breaks its form or a date has no sense; names file and line.
    """
    try:
        text = path.read_text(encoding="utf-8")
        content = tomllib.loads(text)
    except OSError as error:
        raise BadSetting(
            f"anchors.toml cannot be read: {error.strerror or error}",
            where=str(path),
            advice="Check who may read it.",
        ) from error
    except UnicodeDecodeError as error:
        raise BadSetting(
            "anchors.toml is not UTF-8", where=str(path), advice="Save it as UTF-8."
        ) from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = f"{path}:{line[1]}" if line else str(path)
        raise BadSetting(
            f"anchors.toml is not TOML: {error}", where=where, advice=_SHAPE
        ) from error
    items = content.get("anchor", [])
    for key in content:
        if key != "anchor":
            raise BadSetting(f"unknown key {key!r}", where=str(path), advice=_SHAPE)
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise BadSetting("`anchor` is no list of tables", where=str(path), advice=_SHAPE)
    lines = [
        number
        for number, line in enumerate(text.splitlines(), start=1)
        if re.match(r"\s*\[\[\s*anchor\s*\]\]", line)
    ]
    return tuple(
        _own(item, f"{path}:{lines[number] if number < len(lines) else 1}")
        for number, item in enumerate(items)
    )


def _own(item: Mapping[str, Any], where: str) -> Anchor:
    for key in item:
        if key not in _KEYS:
            raise BadSetting(
                f"unknown key {key!r}", where=where, advice=f"Known: {', '.join(_KEYS)}."
            )
    name = item.get("name")
    if not isinstance(name, str) or not name.strip():
        raise BadSetting("an anchor has no name", where=where, advice='Write name = "…".')
    needs = item.get("needs", "")
    if not isinstance(needs, str):
        raise BadSetting("`needs` is no word", where=where, advice='Write needs = "…".')
    first = _days(item.get("first"), "first", where)
    last = first if "last" not in item else _days(item["last"], "last", where)
    if last.last < first.first:
        raise BadSetting(
            f"{name} ends ({last.last}) before it begins ({first.first})",
            where=where,
            advice="Exchange first and last.",
        )
    expression, triggers = _words(item, where)
    span = TimeSpan(first.first, max(first.first, last.last))
    return Anchor(name, expression, triggers, span, needs.lower(), is_planned=True)


def _words(item: Mapping[str, Any], where: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """What an anchor of a case is known by, and what a text must hold for it to be tried."""
    words, pattern = item.get("words", []), item.get("pattern")
    if isinstance(words, str):
        words = [words]
    good = isinstance(words, list) and all(isinstance(w, str) and w.strip() for w in words)
    if not good or (pattern is not None and not isinstance(pattern, str)):
        raise BadSetting("`words` is no list of words", where=where, advice=_SHAPE)
    if not words and not pattern:
        raise BadSetting("an anchor has no words", where=where, advice='Write words = ["…"].')
    plain = [" ".join(form.replace("’", "'").split()) for form in words]
    forms = [r"\s+".join(re.escape(word) for word in form.split()) for form in plain]
    triggers = tuple(max(form.lower().split(), key=len) for form in plain)
    if pattern:
        forms.append(spaced(pattern))
        triggers = ("",)
    try:
        found = _compiled("|".join(forms))
    except re.error as error:
        raise BadSetting(
            f"{pattern!r} is no regular expression: {error}",
            where=where,
            advice='Write plain words under words = ["…"] instead.',
        ) from error
    if found.fullmatch(""):
        raise BadSetting(f"{pattern!r} fits an empty text", where=where, advice="Name words in it.")
    return found, triggers


def _days(value: Any, key: str, where: str) -> TimeSpan:
    """A day, a month (`"2021-06"`) or a year."""
    if isinstance(value, date):
        return TimeSpan.day(date(value.year, value.month, value.day))
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise BadSetting(f"`{key}` is no date", where=where, advice="Write first = 2021-06-01.")
    try:
        return TimeSpan.parse(str(value))
    except (ValueError, OverflowError) as error:
        raise BadSetting(
            f"{value!r} is no date: {error}", where=where, advice=f"Write {key} = 2021-06-01."
        ) from error


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")
