"""Which layout a file has: its head line says, or the form of its cells."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from inconcert.read.events.layout import Layout, plain_name

_DIALECTS = (("\t", ""), (",", '"'), (";", '"'), ("|", '"'))
_ENOUGH = 0.5
"""Share of the first rows whose cells must have the form that the layout tells."""

_MOST_ROWS = 50


@dataclass(frozen=True, slots=True)
class Match:
    """How a layout fits a file.

    Attributes:
        cells: place of each column in the file, from 1; 0 for none.
        width: cells of a line.
        skip: lines before the first row.
        strength: how much speaks for it; the strongest match is taken.
    """

    layout: Layout
    delimiter: str
    quote: str
    cells: tuple[tuple[str, int], ...]
    width: int
    skip: int
    strength: float


def match_text(lines: Sequence[str], layouts: Iterable[Layout]) -> Match | None:
    """The layout that fits the first lines of a text file best; None for none."""
    best: Match | None = None
    tables = {dialect: table_of(lines, *dialect) for dialect in _DIALECTS}
    for layout in layouts:
        own = (layout.delimiter, layout.quote)
        for dialect in dict.fromkeys((own, *_DIALECTS)):
            table = tables.setdefault(dialect, table_of(lines, *dialect))
            found = _by_names(table, layout, dialect) or _by_form(table, layout, dialect)
            if found is not None and (best is None or found.strength > best.strength):
                best = found
    return best


def match_names(names: Sequence[str], layouts: Iterable[Layout]) -> Match | None:
    """The layout that fits the names of the columns of a Parquet file best; None for none."""
    found = [match for layout in layouts if (match := _named(names, layout, ("", "")))]
    return max(found, key=lambda match: match.strength, default=None)


def table_of(lines: Sequence[str], delimiter: str, quote: str) -> list[list[str]]:
    """The first lines as rows of cells; of a broken quotation, what can be had."""
    some = lines[:_MOST_ROWS]
    if not quote:
        return [line.split(delimiter) for line in some]
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(some, delimiter=delimiter, quotechar=quote))
    except csv.Error:
        return rows
    return rows


def _by_names(
    table: Sequence[Sequence[str]], layout: Layout, dialect: tuple[str, str]
) -> Match | None:
    place = layout.skip
    return _named(table[place], layout, dialect) if len(table) > place else None


def _named(names: Sequence[str], layout: Layout, dialect: tuple[str, str]) -> Match | None:
    """A match by the names in a head line, in any order."""
    places: dict[str, int] = {}
    for place, name in enumerate(names, start=1):
        places.setdefault(plain_name(name.lstrip("#!\ufeff")), place)
    cells = {
        column: next(
            (
                places[form]
                for form in map(plain_name, (column, *layout.names.get(column, ())))
                if form in places
            ),
            0,
        )
        for column in layout.columns
    }
    needs = layout.needs or layout.columns
    if not all(cells[column] for column in needs):
        return None
    known = sum(1 for place in cells.values() if place)
    return Match(
        layout,
        *dialect,
        cells=tuple(cells.items()),
        width=len(names),
        skip=layout.skip + 1,
        strength=100 + known / len(layout.columns) + known / max(len(names), 1),
    )


def _by_form(
    table: Sequence[Sequence[str]], layout: Layout, dialect: tuple[str, str]
) -> Match | None:
    """A match by the number of cells and their form; further columns may stand at either side."""
    rows = table[layout.skip :]
    if not layout.tests or not layout.widths or not rows:
        return None
    tests = [(layout.columns.index(name), re.compile(form)) for name, form in layout.tests]
    width = _usual_width(rows)
    best: Match | None = None
    for own in layout.widths:
        for offset in range(max(width - own, -1) + 1 if width - own <= 2 else 0):
            fits = [_fits(row, width, offset, tests) for row in rows]
            head = int(not fits[0] and len(fits) > 1)
            share = sum(fits) / (len(fits) - head)
            strength = 10 * share + len(tests) / 10 - (width - own)
            if share >= _ENOUGH and (best is None or strength > best.strength):
                cells = tuple(
                    (column, offset + place if place <= own else 0)
                    for place, column in enumerate(layout.columns, start=1)
                )
                skip = layout.skip + head
                best = Match(layout, *dialect, cells, width, skip, strength)
    return best


def _usual_width(rows: Sequence[Sequence[str]]) -> int:
    widths = [len(row) for row in rows]
    return max(sorted(set(widths)), key=widths.count)


def _fits(
    row: Sequence[str], width: int, offset: int, tests: Sequence[tuple[int, re.Pattern[str]]]
) -> bool:
    if len(row) != width:
        return False
    return all(
        place + offset < len(row) and form.fullmatch(row[place + offset]) for place, form in tests
    )
