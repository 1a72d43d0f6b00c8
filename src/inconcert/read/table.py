"""CSV and its kin: one row, one document; which column is what, the head or a mapping says."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from inconcert.core.provenance import LeftOut
from inconcert.errors import UnreadableDocument
from inconcert.read.fields import absent_columns, columns_of, item_from
from inconcert.read.item import Item, Material
from inconcert.read.lines import Line, Lines
from inconcert.read.settings import ReadSettings

DELIMITERS = ",\t;|"


def read_table(material: Material, settings: ReadSettings) -> Iterator[Item | LeftOut]:
    """The rows under a head line; a row that does not fit is left out, the others are read.

    Raises:
        UnreadableDocument: no head line, none of its columns holds the text, or a column that the
            settings name is missing.
    """
    lines = _Fed(Lines(material, most=settings.max_record_bytes, newline=""))
    yield from lines.lines.notes()
    # The limit is one for the process; the default (131,072) is shorter than a long interview.
    csv.field_size_limit(max(csv.field_size_limit(), settings.max_record_bytes))
    head = lines.first()
    delimiter = _delimiter(head, settings)
    columns = next(csv.reader([head], delimiter=delimiter), [])
    _require_text(columns, settings, material.place)
    _require_named(columns, settings, material.place)
    rows = csv.reader(lines, delimiter=delimiter)
    while True:
        lines.begin_row()
        try:
            row = next(rows, None)
        except csv.Error as error:
            row = [str(error)]
            lines.fault = lines.fault or LeftOut(
                lines.where(), "bad row", f"{error}. A quotation mark may be missing before it."
            )
        if row is None:
            break
        if fault := lines.fault_of(row, columns):
            yield fault
        elif row:
            record = dict(zip(columns, row, strict=True))
            item, notes = item_from(record, settings=settings.mapping, place=lines.where())
            yield from notes
            if item is not None:
                yield item


class _Fed:
    """Hands lines to the csv module and remembers where the present row began."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.fault: LeftOut | None = None
        self._iterator = iter(lines)
        self._place = lines.place
        self._first, self._last = 0, 0
        self._is_at_end = False

    def first(self) -> str:
        """The head line."""
        line = next(self._iterator, Line(1, ""))
        if line.fault is not None:
            raise UnreadableDocument(
                line.fault.reason, where=line.fault.place, advice=line.fault.detail
            )
        self._last = line.number
        return line.text.lstrip("\ufeff")

    def __iter__(self) -> Iterator[str]:
        for line in self._iterator:
            self._last = line.number
            self.fault = self.fault or line.fault
            yield "\n" if line.fault else line.text
        self._is_at_end = True

    def begin_row(self) -> None:
        """What comes next belongs to a new row."""
        self.fault, self._first = None, self._last + 1

    def where(self) -> str:
        """File and line in which the present row begins."""
        return f"{self._place}:{self._first}"

    def fault_of(self, row: list[str], columns: list[str]) -> LeftOut | None:
        """Why the present row cannot be used; None for a good one."""
        if self.fault is not None or not row:
            return self.fault
        if self._is_at_end:  # a finished row asks for no further line
            return LeftOut(
                self.where(), "bad row", "A quotation mark is never closed; the row breaks off."
            )
        if len(row) != len(columns):
            return LeftOut(
                self.where(),
                "bad row",
                f"{len(row)} cells under {len(columns)} columns. "
                "Put cells that hold the delimiter in quotation marks.",
            )
        return None


def _delimiter(head: str, settings: ReadSettings) -> str:
    """The delimiter under which the head names a column for the text, else the commonest."""
    for delimiter in DELIMITERS:
        columns = next(csv.reader([head], delimiter=delimiter), [])
        if len(columns) > 1 and "text" in columns_of(columns, settings.mapping):
            return delimiter
    return max(DELIMITERS, key=head.count)


def _require_text(columns: list[str], settings: ReadSettings, place: str) -> None:
    if "text" in columns_of(columns, settings.mapping):
        return
    there = ", ".join(columns[:20]) or "none"
    asked = settings.mapping.get("text")
    missing = f"No column `{asked}`" if asked else "No column is known to hold the text"
    raise UnreadableDocument(
        "no text column",
        where=f"{place}:1",
        advice=f"{missing}; columns are: {there}. Name it: --column text=NAME, or in case.toml "
        '[read.mapping] text = "NAME".',
    )


def _require_named(columns: list[str], settings: ReadSettings, place: str) -> None:
    absent = absent_columns(columns, settings.mapping)
    if absent:
        raise UnreadableDocument(
            "no such column",
            where=f"{place}:1",
            advice=f"No column `{absent[0]}`; columns are: {', '.join(columns[:20])}. "
            "Correct --column, or [read.mapping] in case.toml.",
        )
