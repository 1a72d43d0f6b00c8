"""Plans: the SQL that makes rows of one form out of the files of a dataset.

A row passes through four steps, each a subquery: its cells; the columns of the layout; the columns
of the row; and the reason, if there is one, why it goes to quarantine. `rows` gives those without a
reason, `faults` the others, so that no line is lost and none is counted twice. The rows come from a
reader of cells, which is quick and drops lines with too many or too few: the database's own, or
`cells`. The faults come from whole lines, which are cut here.
"""

# ruff: noqa: S608 — this module composes queries; names and texts pass `name_of` and `text_of`,
# and what a layout says was held against the list of `expressions`.

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from inconcert.core.provenance import LeftOut
from inconcert.ontology import cameo, plover
from inconcert.ontology.tables import read_table
from inconcert.read.events.expressions import name_of, text_of
from inconcert.read.events.layout import Layout, Lookup
from inconcert.read.events.rows import EVENT_COLUMNS

RAW_COLUMNS = EVENT_COLUMNS
"""Columns and types of a row of events."""

FILE, LINE, FAULT, KEY, ROW = "_file", "_line", "_fault", "_key", "_row"
_EARLIEST = date(1900, 1, 1)
_DAYS_AHEAD = timedelta(days=2)
_SHOWN = 500
_PLAIN = "auto_detect=false, header=false, quote='', escape='', new_line='\\n', filename=true"
_OPTIONS = f"{_PLAIN}, delim='\x02\x03\x04', strict_mode=false, columns={{'line': 'varchar'}}"
# No plan of a query may move the last filter below the cells, which would then be cut twice:
# a call that may differ from row to row is never moved, and this one is never true.
_STAY = "when random() < 0 then ''"


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a plan.

    Attributes:
        name: as shown to people: path, and `!member` for a part of an archive.
        path: what the database reads: the file itself or a copy in the working folder.
        lines: lines (of Parquet: rows) that hold something; as many as rows and faults together.
        origin: the file that was given.
        is_copy: `path` is a copy, which is gone once the next plan is asked for.
    """

    name: str
    path: Path
    lines: int
    origin: Path
    is_copy: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """Files of one dataset and one build, and the SQL that makes rows of them.

    Attributes:
        cells: of each column of the layout its place in the file, from 1; 0 where it is not there.
            Of Parquet, places stand for the names in `parquet_names`.
        width: cells of a line.
        delimiter: what parts the cells.
        skip: lines before the first row.
        is_numbered: the last cell of a line is the number of its line in the file.
        today: rows of days after it (two days' grace) go to quarantine.
        notes: what was put right on the way and concerns no single row.
    """

    layout: Layout
    files: tuple[Part, ...]
    cells: Mapping[str, int]
    width: int
    delimiter: str
    skip: int
    is_numbered: bool
    today: date
    parquet_names: tuple[str, ...] = ()
    notes: tuple[LeftOut, ...] = ()

    @property
    def lines(self) -> int:
        """Lines of all files that hold something."""
        return sum(part.lines for part in self.files)

    @property
    def checks(self) -> tuple[tuple[str, str], ...]:
        """Reasons for quarantine and the SQL that is true for them.

        It speaks of the columns of the row, and of `_known`: the code, where its system has it.
        """
        return tuple(_row_checks(self.layout, self.today))

    @property
    def cells_of_a_line(self) -> int:
        """How many cells a line of a text file has, its own number among them."""
        return self.width + self.is_numbered

    def used_places(self) -> tuple[int, ...]:
        """Places of the cells that rows are made of; the first is always among them."""
        return tuple(sorted({1, *self._used().values()} - {0}))

    def plain_cells(self) -> Mapping[str, tuple[int, str]]:
        """Columns of the row that are a cell and nothing else: its place, and their type."""
        cells = {name_of(name): place for name, place in self.cells.items() if place}
        return {
            row: (cells[given], self.layout.row_columns[row])
            for row, given in self.layout.select.items()
            if given in cells
        }

    def plain_numbers(self) -> Mapping[int, str]:
        """Places of cells that are used once, as a number: its type."""
        found = {
            place: kind
            for place, kind in self.plain_cells().values()
            if kind in ("double", "integer")
        }
        names = {place: name for name, place in self.cells.items() if place in found}
        spoken = self._expressions_of_layout()
        looked_up = {lookup.column for lookup in self.layout.lookups.values()}
        return {
            place: kind
            for place, kind in found.items()
            if spoken.count(name_of(names[place])) == 1 and names[place] not in looked_up
        }

    def rows(self) -> str:
        """SQL: the rows, and in `_file` the path of the part that each comes from."""
        inner = self._judged(self._cut())
        return f"select {self._names()}, {FILE} from ({inner}) where {FAULT} is null"

    def judged(self, cells: str = "") -> str:
        """SQL: the rows, those of them with a reason in `_fault` that are none, and their files.

        Args:
            cells: table of `cells.read_cells`, whose `_row` is given too and the first cell of the
                line as `_key`; without it the files are Parquet.
        """
        carried = (FILE, KEY, ROW) if cells else (FILE, KEY)
        inner = self._judged(self._of_cells(cells) if cells else self._cut(), carried=carried)
        return f"select {self._names()}, {FAULT}, {', '.join(carried)} from ({inner})"

    def faults(self, part: Part, *, rejects: str = "", suspects: str = "") -> str:
        """SQL: `line`, `reason` and `text` of the lines of a part that make no row.

        Args:
            rejects: table with `path`, `line` and `text` of lines with too many or too few cells,
                where they are known. Only these and what `suspects` leads to is looked at.
            suspects: table with `_file` and `_key` of rows with a fault; empty for none of them.
        """
        if rejects and not self.parquet_names:
            lines = self._noted(part, rejects, suspects)
        else:
            lines = self._lines((part,), is_numbered=True)
        columns = self._columns(lines, is_numbered=True)
        inner = self._judged(columns, carried=(FILE, "_text", LINE))
        return (
            f"select {LINE} as line, {FAULT} as reason, {self._shown()} as text "
            f"from ({inner}) where {FAULT} is not null order by line"
        )

    def _used(self) -> dict[str, int]:
        """Columns of the layout that rows are made of, with their places."""
        spoken = self._expressions_of_layout()
        looked_up = {lookup.column for lookup in self.layout.lookups.values()}
        return {
            name: place
            for name, place in self.cells.items()
            if name in looked_up or name_of(name) in spoken
        }

    def _expressions_of_layout(self) -> str:
        return "\n".join(
            (*self.layout.select.values(), *(check for _, check in self.layout.checks))
        )

    def _names(self) -> str:
        return ", ".join(name_of(name) for name in self.layout.row_columns)

    def _shown(self) -> str:
        """The text of a line as its file has it, without the number of a copy."""
        own = "substr(_text, strpos(_text, chr(31)) + 1)"
        text = f"case when starts_with(_text, chr(26)) then {own} else _text end"
        if self.is_numbered:
            text = f"regexp_replace({text}, '\\x1f[0-9]+$', '')"
        return f"left(replace({text}, chr(31), chr(9)), {_SHOWN})"

    # -- steps, from the inside

    def _lines(self, parts: tuple[Part, ...], *, is_numbered: bool = False) -> str:
        paths = ", ".join(text_of(str(part.path)) for part in parts)
        if self.parquet_names:
            return (
                f"select * from read_parquet([{paths}], filename=true, file_row_number=true, "
                "union_by_name=true)"
            )
        number = ", row_number() over () as _row" if is_numbered else ""
        return (
            f"select line, filename{number} from read_csv([{paths}], skip={self.skip}, {_OPTIONS})"
        )

    def _noted(self, part: Part, rejects: str, suspects: str) -> str:
        """The lines of a part that were noted while its rows were made."""
        path = text_of(str(part.path))
        lines = (
            f"select text as line, path as filename, line - {self.skip} as _row "
            f"from {rejects} where path = {path}"
        )
        if not suspects:
            return lines
        mark = text_of(self.delimiter)
        return (
            f"{lines} union all select line, filename, _row "
            f"from ({self._lines((part,), is_numbered=True)}) where split_part(line, {mark}, 1) in "
            f"(select coalesce({KEY}, '') from {suspects} where {FILE} = {path}) "
            f"and len(string_split(line, {mark})) = {self.cells_of_a_line}"
        )

    def _cut(self) -> str:
        """The columns of the layout by the database's own reader of cells."""
        if self.parquet_names:
            return self._columns(self._lines(self.files))
        typed = ", ".join(f"'_c{place + 1}': 'varchar'" for place in range(self.cells_of_a_line))
        paths = ", ".join(text_of(str(part.path)) for part in self.files)
        words = ", ".join(text_of(word) for word in ("", *self.layout.null))
        cells = (
            f"select * from read_csv([{paths}], {_PLAIN}, delim={text_of(self.delimiter)}, "
            f"skip={self.skip}, columns={{{typed}}}, nullstr=[{words}], ignore_errors=true)"
        )
        columns = [
            f"{self._read_cell(place)} as {name_of(name)}" for name, place in self.cells.items()
        ]
        columns += [f"_c1 as {KEY}", f"filename as {FILE}"]
        return self._looked_up(f"select {', '.join(columns)} from ({cells})")

    def _of_cells(self, cells: str) -> str:
        """The columns of the layout that are used, from cells that were read."""
        columns = [
            f"_c{place} as {name_of(name)}" if place else f"null::varchar as {name_of(name)}"
            for name, place in self._used().items()
        ]
        columns += [f"_c1 as {KEY}", FILE, ROW]
        return self._looked_up(f"select {', '.join(columns)} from {cells}")

    def _read_cell(self, place: int) -> str:
        """A cell of the database's reader, which makes NULL of words without spaces around."""
        if not place:
            return "null::varchar"
        name = f"_c{place}"
        if not self.layout.null:
            return name
        has_spaces = f"{name} < '!' or ends_with({name}, ' ')"
        return f"case when {has_spaces} then {_without_nulls(name, self.layout)} else {name} end"

    def _columns(self, lines: str, *, is_numbered: bool = False) -> str:
        if self.parquet_names:
            return self._looked_up(self._of_parquet(lines))
        cut = f"select *, string_split(line, {text_of(self.delimiter)}) as _cells from ({lines})"
        columns = [f"{self._cell(place)} as {name_of(name)}" for name, place in self.cells.items()]
        columns += ["line as _text", "len(_cells) as _width", f"filename as {FILE}"]
        if is_numbered:
            own = "try_cast(_cells[-1] as bigint)" if self.is_numbered else f"_row + {self.skip}"
            columns.append(f"{own} as {LINE}")
        return self._looked_up(f"select {', '.join(columns)} from ({cut})")

    def _cell(self, place: int) -> str:
        return _without_nulls(f"_cells[{place}]", self.layout) if place else "null::varchar"

    def _of_parquet(self, lines: str) -> str:
        names = self.parquet_names
        columns = [
            f"{_without_nulls(f'cast({name_of(names[place - 1])} as varchar)', self.layout)} "
            f"as {name_of(name)}"
            if place
            else f"null::varchar as {name_of(name)}"
            for name, place in self.cells.items()
        ]
        text = ", ".join(f"cast({name_of(name)} as varchar)" for name in names)
        columns += [
            f"concat_ws(' | ', {text}) as _text",
            f"{self.width} as _width",
            f"filename as {FILE}",
            f"file_row_number + 1 as {LINE}",
            f"null::varchar as {KEY}",
        ]
        return f"select {', '.join(columns)} from ({lines})"

    def _looked_up(self, columns: str) -> str:
        """The columns, joined with those that small tables give."""
        joins, more = [], []
        for number, (name, lookup) in enumerate(self.layout.lookups.items()):
            values = ", ".join(
                f"({text_of(key)}, {text_of(value)})" for key, value in _pairs(lookup)
            )
            joins.append(
                f"left join (values {values}) as _t{number}(k, v) "
                f"on _t{number}.k = {name_of(lookup.column)}"
            )
            more.append(f"_t{number}.v as {name_of(name)}")
        if not joins:
            return columns
        return f"select _c.*, {', '.join(more)} from ({columns}) as _c {' '.join(joins)}"

    def _judged(self, columns: str, *, carried: tuple[str, ...] = (FILE,)) -> str:
        has_lines = "_text" in carried
        early = f"case {self._cell_faults(has_lines=has_lines)} end as _early"
        inner = f"select {', '.join((*self._expressions(), early, *carried))} from ({columns})"
        known = _known_codes(self.layout)
        if known:
            values = ", ".join(f"({text_of(code)})" for code in known)
            inner = (
                f"select _r.*, _k.code as _known from ({inner}) as _r "
                f"left join (values {values}) as _k(code) on _k.code = _r.code"
            )
        late = " ".join(f"when {check} then {text_of(reason)}" for reason, check in self.checks)
        judged = f"case when _early is not null then _early {late} {_STAY} end as {FAULT}"
        return f"select *, {judged} from ({inner})"

    def _expressions(self) -> Iterator[str]:
        select = self.layout.select
        cells = {name_of(name) for name in (*self.cells, *self.layout.lookups)}
        for name, kind in self.layout.row_columns.items():
            given = select.get(name)
            if given is None and name == "scheme" and self.layout.scheme:
                given = text_of(self.layout.scheme)
            if given is None:
                yield f"null::{kind} as {name_of(name)}"
            elif kind == "varchar" and given in cells:  # empty cells are NULL already
                yield f"{given} as {name_of(name)}"
            elif kind == "varchar":
                yield f"nullif(cast(({given}) as varchar), '') as {name_of(name)}"
            else:
                yield f"try_cast(({given}) as {kind}) as {name_of(name)}"

    def _cell_faults(self, *, has_lines: bool) -> str:
        """Reasons that the line itself or the cells of the file give."""
        told = f"{self.width} columns expected, "
        found = f"_width - {int(self.is_numbered)}"
        faults = []
        if has_lines and not self.parquet_names:
            marked = "when starts_with(_text, chr(26))"
            reason = "substr(split_part(_text, chr(31), 1), 2)"
            counted = f"{text_of(told)} || cast({found} as varchar) || ' found'"
            faults += [
                f"{marked} then {reason}",
                f"when _width <> {self.cells_of_a_line} then {counted}",
            ]
        elif self.is_numbered and self.width == 2:  # as many cells as a mark, its text and a number
            faults.append(f"when starts_with({KEY}, chr(26)) then substr({KEY}, 2)")
        faults += [f"when {check} then {text_of(why)}" for why, check in self.layout.checks]
        return " ".join(faults) or "when false then ''"


def _without_nulls(cell: str, layout: Layout) -> str:
    """A cell, NULL where it is empty; where words stand for nothing, trimmed as well."""
    if not layout.null:
        return f"nullif({cell}, '')"
    words = ", ".join(text_of(word) for word in ("", *layout.null))
    return f"case when trim({cell}) in ({words}) then null else trim({cell}) end"


def _pairs(lookup: Lookup) -> Iterator[tuple[str, str]]:
    for row in read_table("inconcert.read", f"data/{lookup.table}.tsv"):
        for form in row[lookup.key].split("|"):
            if form and row[lookup.value]:
                yield form, row[lookup.value]


def _row_checks(layout: Layout, today: date) -> Iterator[tuple[str, str]]:
    columns = layout.row_columns
    last = today + _DAYS_AHEAD
    if "day" in layout.select:
        yield "the day cannot be read", "day is null"
        yield "the day lies in the future", f"day > date '{last.isoformat()}'"
        yield "the day lies before 1900", f"day < date '{_EARLIEST.isoformat()}'"
    if "day_last" in layout.select:
        yield "it ends before it begins", "day_last < day"
        yield "it ends in the future", f"day_last > date '{last.isoformat()}'"
    if layout.kind == "events":
        yield "no code of an event", "code is null"
        if layout.scheme == "cameo":
            yield "CAMEO has no such code", "_known is null"
        elif layout.scheme == "plover":
            yield "PLOVER has no such type", "_known is null"
    if "latitude" in columns and "latitude" in layout.select:
        yield "no such place on earth", "abs(latitude) > 90 or abs(longitude) > 180"


def _known_codes(layout: Layout) -> tuple[str, ...]:
    """Codes that events of the layout may have; empty where any may stand."""
    if layout.kind != "events":
        return ()
    if layout.scheme == "cameo":
        return tuple(dict.fromkeys((*cameo.codes(), *cameo.statement_codes())))
    return tuple(plover.event_types()) if layout.scheme == "plover" else ()
