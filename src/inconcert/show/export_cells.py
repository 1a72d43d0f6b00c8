r"""Cells of CSV files: texts that no spreadsheet takes for formulas, and lists in one cell.

A spreadsheet takes a cell for a formula, and may run it, that begins with one of `=+-@` (their
wide forms too), a tab or a line break. Where it parts cells by `;` or by tabs, what follows one of
these inside a text begins a cell as well. Such a place gets a `'` before it. A `'` that stands
there already gets another one, so that `as_given` brings every text back as it was.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

_STARTS = "=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20"
_TO_GUARD = re.compile(rf"(\A|[;\t\r\n])(?='*[{_STARTS}])")
_GUARDED = re.compile(rf"(\A|[;\t\r\n])'(?='*[{_STARTS}])")
_ITEM_END = re.compile(r"\\(.)|;", re.DOTALL)


def harmless(text: str) -> str:
    """A text as it may stand in a CSV file.

    Example:
        >>> harmless("=1+1"), harmless("'=1+1"), harmless("a - b")
        ("'=1+1", "''=1+1", 'a - b')
    """
    if text.isalnum():  # codes and numbers, most of all cells
        return text
    return _TO_GUARD.sub(r"\1'", text)


def as_given(cell: str) -> str:
    """The text that `harmless` made a cell of."""
    return _GUARDED.sub(r"\1", cell)


def iso(day: date | None) -> str | None:
    """A day as files have it: year-month-day."""
    return None if day is None else day.isoformat()


def cell(value: object) -> object:
    """A value as it may stand in a CSV file: nothing is empty, truth is a word."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return harmless(value) if isinstance(value, str) else value


def read_back(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV file of this program, every text as it was before it was made harmless."""
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield {name: as_given(value) for name, value in row.items()}


def listed(items: Iterable[str]) -> str:
    r"""Several texts in one cell, parted by `;`; one inside a text is written `\;`.

    Example:
        >>> listed(["RUS", "CHN"]), listed(["a;b", ""])
        ('RUS;CHN', 'a\\;b;')
    """
    whole = list(items)
    text = ";".join(whole)
    if "\\" not in text and text.count(";") == len(whole) - 1:
        return text
    return ";".join(item.replace("\\", "\\\\").replace(";", "\\;") for item in whole)


def items(text: str) -> tuple[str, ...]:
    r"""The texts that `listed` put into one cell; none for an empty one.

    A list of one empty text cannot be told from an empty list.
    """
    if not text:
        return ()
    found, start, item = [], 0, ""
    for mark in _ITEM_END.finditer(text):
        item += text[start : mark.start()] + (mark[1] or "")
        start = mark.end()
        if mark[1] is None:
            found.append(item)
            item = ""
    return (*found, item + text[start:])
