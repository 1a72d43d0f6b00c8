"""Reads the batches of a lake one ahead of the writing: rows with keys, and lines that make none.

It has a database of its own, which holds no rows; a batch leaves it as columns in memory, so that
the next one can be read while this one is written.
"""

# ruff: noqa: S608 — plans are SQL that the reader composed and checked; the rest are our own names.

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TypeVar

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inconcert.core.provenance import LeftOut
from inconcert.errors import StorageFull, UnreadableDocument
from inconcert.read.events import Plan
from inconcert.read.events.cells import read_cells
from inconcert.store.faults import as_fault
from inconcert.store.lake_pieces import Piece
from inconcert.store.lake_quarantine import faults_of
from inconcert.store.lake_views import CONTEXT_VIEW_COLUMNS, MENTION_COLUMNS
from inconcert.store.queries import query

KEYS = ("month_no", "a_side", "b_side", "a_key", "b_key", "act_key", "dup_key", "id")
"""What `lake_raw` adds to a row."""

_OF_SIDES = frozenset(
    f"{side}_{what}" for side in "ab" for what in ("name", "code", "country", "sectors")
) | {"more_a", "more_b"}
_OF_ACTS = frozenset({"scheme", "code", "mode", "context"})
_OF_LINES = frozenset({"_file", "_fault", "_key", "_row"})
_MOST_SLICES = 1_000
_REJECTS = pa.schema({"path": pa.string(), "line": pa.int64(), "text": pa.string()})
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A batch that was read.

    Attributes:
        rows: rows of events, with `row` (a number that counts from 0) and the keys of `lake_raw`;
            without what `sides` and `acts` tell by key. None of what is no event.
        sides: who stands on the sides: `key`, `month_no`, and the words of the source.
        acts: `act_key` and what it stands for: scheme, code, mode, context.
        staged: file with rows of what is no event.
        rows_by_file: by path of the part.
        faults: `file`, `line`, `reason`, `text` of the lines that make no row.
    """

    plan: Plan
    pieces: tuple[Piece, ...]
    rows: pa.Table | None
    sides: pa.Table | None
    acts: pa.Table | None
    staged: Path | None
    rows_by_file: dict[str, int]
    faults: pa.Table


@dataclass(slots=True)
class BatchReader:
    """Reads batches of a run.

    Args:
        connection: of its own; nothing but this uses it.
        folder: of the lake.
        work: folder for rows of what is no event.
        left_out: told of each file that the database cannot read.
    """

    connection: duckdb.DuckDBPyConnection
    folder: Path
    work: Path
    left_out: Callable[[LeftOut], None]

    def read(self, batches: Iterable[tuple[Plan, Sequence[Piece]]]) -> Iterator[Incoming]:
        """The batches in their order; a file that cannot be read is left out of its own."""
        broken: set[str] = set()
        for plan, pieces in batches:
            yield from self._taken(plan, pieces, broken)

    def _taken(self, plan: Plan, pieces: Sequence[Piece], broken: set[str]) -> Iterator[Incoming]:
        whole = [piece for piece in pieces if piece.sha256 not in broken]
        if not whole:
            return
        plan = replace(plan, files=tuple(each.part for each in whole))
        try:
            found = self._read(plan, whole)
        except _UnreadableError as error:
            if len(whole) > 1:
                for piece in whole:
                    yield from self._taken(plan, [piece], broken)
                return
            broken.add(whole[0].sha256)  # its later pieces would leave a gap
            self.left_out(LeftOut(whole[0].name, "cannot be read", str(error)))
            return
        yield found

    def _read(self, plan: Plan, pieces: Sequence[Piece]) -> Incoming:
        self.connection.execute("set variable source = $name", {"name": plan.layout.source})
        if plan.layout.kind != "events":
            return self._aside(plan, pieces)
        whole = self._without_faults(self._keyed(plan))
        rows_by_file = self._counted(whole)
        whole = whole.append_column("row", pa.array(np.arange(len(whole))))
        missing = [name for name in (*_OF_SIDES, *_OF_ACTS) if name not in whole.column_names]
        blank = "".join(f", null::varchar as {name}" for name in sorted(missing))
        self.connection.register("whole", whole)
        self.connection.execute(f"create or replace temp view keyed as select *{blank} from whole")
        sides = self.connection.sql(query("lake_sides_seen")).to_arrow_table()
        acts = self.connection.sql(query("lake_acts_seen")).to_arrow_table()
        self.connection.unregister("whole")
        faults = faults_of(self.connection, plan, pieces, rows_by_file)
        kept = [name for name in whole.column_names if name not in _OF_SIDES | _OF_ACTS | _OF_LINES]
        rows = whole.select(kept)
        return Incoming(plan, tuple(pieces), rows, sides, acts, None, rows_by_file, faults)

    def _keyed(self, plan: Plan) -> pa.Table:
        """The rows with their keys, faulty ones among them, in the order of the files.

        What a cell is without more ado does not pass through the database.
        """
        if plan.parquet_names:
            return self._parsed(plan.judged(), _filled(plan))
        try:
            cells = read_cells(plan)
        except UnreadableDocument as error:
            raise _UnreadableError(str(error)) from error
        self._note("rejects", pa.Table.from_pylist(list(map(asdict, cells.rejects)), _REJECTS))
        self.connection.register("cells", cells.table)
        made = [name for name in _filled(plan) if name not in cells.carried]
        keyed = _in_order(self._parsed(plan.judged("cells"), [*made, "_row"]))
        self.connection.unregister("cells")
        for row, cell in cells.carried.items():
            keyed = keyed.append_column(row, cells.table.column(cell))
        return keyed

    def _without_faults(self, keyed: pa.Table) -> pa.Table:
        """The rows alone; what leads to the lines of the others is noted."""
        bad = pc.is_valid(keyed.column("_fault"))
        places = np.flatnonzero(bad.to_numpy())
        self._note("suspects", keyed.select(["_file", "_key"]).take(places))
        if not len(places):
            return keyed
        if len(places) > _MOST_SLICES:
            return keyed.filter(pc.invert(bad))
        starts, ends = np.r_[0, places + 1], np.r_[places, len(keyed)]
        return pa.concat_tables(
            [keyed.slice(start, end - start) for start, end in zip(starts, ends, strict=True)]
        )

    def _note(self, name: str, lines: pa.Table) -> None:
        """A small table of lines for `Plan.faults`."""
        self.connection.register("given", lines)
        self.connection.execute(f"create or replace temp table {name} as from given")
        self.connection.unregister("given")

    def _counted(self, rows: pa.Table) -> dict[str, int]:
        counts = pc.value_counts(rows.column("_file").unify_dictionaries())
        return {str(each["values"]): each["counts"] for each in counts.to_pylist()}

    def _aside(self, plan: Plan, pieces: Sequence[Piece]) -> Incoming:
        """Rows that are no events, put into a file as they are."""
        columns = MENTION_COLUMNS if plan.layout.kind == "mentions" else CONTEXT_VIEW_COLUMNS
        own = [name for name in columns if name not in ("source", "batch", "year", "month")]
        staged = self.work / f"staged-{pieces[0].sha256[:12]}-{pieces[-1].stop}.parquet"
        self._parse(
            f"copy (select {', '.join(own)}, _file, "
            f"(year(day) * 12 + month(day) - 1)::integer as month_no from ({plan.rows()})) "
            "to $staged (format parquet, compression lz4_raw, row_group_size 8192)",
            {"staged": str(staged)},
        )
        found = self.connection.execute(
            "select _file, count(*) from read_parquet($staged) group by _file",
            {"staged": str(staged)},
        ).fetchall()
        rows_by_file = {str(file): int(rows) for file, rows in found}
        faults = faults_of(self.connection, plan, pieces, rows_by_file)
        return Incoming(plan, tuple(pieces), None, None, None, staged, rows_by_file, faults)

    def _parsed(self, judged: str, columns: Sequence[str]) -> pa.Table:
        self.connection.execute(f"create or replace temp view incoming as {judged}")
        wanted = ", ".join((*columns, *KEYS, "_file", "_fault", "_key"))
        keyed = query("lake_raw")
        with _told_unreadable(self.folder):
            return self.connection.sql(f"select {wanted} from ({keyed})").to_arrow_table()

    def _parse(self, sql: str, parameters: dict[str, object]) -> None:
        run = self.connection.execute
        with _told_unreadable(self.folder):
            run("set preserve_insertion_order = false")  # which would take memory
            run(sql, parameters)
            run("set preserve_insertion_order = true")


def one_ahead(items: Iterator[_T]) -> Iterator[_T]:
    """The items; while one is looked at, the next is being made in another thread."""
    with ThreadPoolExecutor(1, thread_name_prefix="reading") as reader:
        coming = reader.submit(next, items, None)
        while (found := coming.result()) is not None:
            coming = reader.submit(next, items, None)
            yield found


def _filled(plan: Plan) -> list[str]:
    """Columns of the rows of a plan that are not always NULL."""
    layout = plan.layout
    return [
        name
        for name in layout.row_columns
        if name in layout.select or (name == "scheme" and layout.scheme)
    ]


def _in_order(keyed: pa.Table) -> pa.Table:
    """The rows as their lines stand in the files: each core gives some that follow each other."""
    rows = keyed.column("_row").to_numpy()
    starts = np.r_[0, np.flatnonzero(np.diff(rows) != 1) + 1][: len(rows)]
    if len(starts) > _MOST_SLICES:
        return keyed.take(np.argsort(rows))
    ends = np.r_[starts[1:], len(rows)]
    order = np.argsort(rows[starts])
    return pa.concat_tables(
        [keyed.slice(0, 0), *(keyed.slice(starts[n], ends[n] - starts[n]) for n in order)]
    )


class _UnreadableError(Exception):
    """A file that the database cannot read; says why."""


@contextmanager
def _told_unreadable(folder: Path) -> Iterator[None]:
    """Tell of a file that is damaged in a way that only its reading shows.

    Raises:
        _UnreadableError: that is so; what is wrong with the disk or with our SQL passes.
    """
    try:
        yield
    except (duckdb.ParserException, duckdb.CatalogException, duckdb.BinderException):
        raise
    except duckdb.Error as error:
        message = str(error)
        fault = as_fault(message, folder)
        if isinstance(fault, StorageFull) or message.startswith("Out of Memory"):
            raise
        raise _UnreadableError(message.partition("\n")[0]) from error
