"""Takes datasets of events into a lake, batch by batch, without a row ever passing through Python.

Of each batch the rows are parsed once into a table of the database; who is meant is asked once for
each distinct actor and month; what is written is what that table gives, joined with small ones.
"""

# ruff: noqa: S608 — plans are SQL that the reader composed and checked; the rest are our own names.

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from inconcert.core.provenance import LeftOut
from inconcert.errors import StorageFull
from inconcert.read.events import Plan
from inconcert.store.faults import as_fault
from inconcert.store.lake_catalogue import Catalogue
from inconcert.store.lake_codes import code_table
from inconcert.store.lake_files import WORK, empty_folder
from inconcert.store.lake_nouns import (
    BatchEntry,
    DayCover,
    KnownFile,
    PartFile,
    PieceTaken,
    batch_name,
)
from inconcert.store.lake_pieces import BATCH_ROWS, Piece, batches_of
from inconcert.store.lake_quarantine import REJECTS, quarantine
from inconcert.store.lake_reports import FileTaken, IngestReport, Resolve
from inconcert.store.lake_views import CONTEXT_VIEW_COLUMNS, MENTION_COLUMNS
from inconcert.store.lake_writing import PartWriter
from inconcert.store.queries import query
from inconcert.store.schema import made_by

_DAILY_ROWS_A_GROUP = 16_384
_FIXED_TEXT = "select hash('inconcert', 1::bigint, date '2021-08-15')"
_GIVEN = ("name", "code", "country", "sectors", "more")
_KEPT_TABLES = frozenset({"resolved", "translations"})
"""Temporary tables that serve a whole run."""


@dataclass(slots=True)
class Ingest:
    """One run of taking in.

    Args:
        connection: of the writer; its temporary tables are this run's.
        resolve: tells who is meant.
        parts: files that count now, by tree and source; asked anew for each batch.
        done: told of each batch once it counts.
    """

    connection: duckdb.DuckDBPyConnection
    catalogue: Catalogue
    folder: Path
    resolve: Resolve
    parts: Callable[[str, str], Sequence[PartFile]]
    done: Callable[[BatchEntry], None]
    batch_rows: int = BATCH_ROWS
    _batches: list[BatchEntry] = field(default_factory=list)
    _files: dict[str, list[int]] = field(default_factory=dict)
    _known: list[KnownFile] = field(default_factory=list)
    _reasons: Counter[str] = field(default_factory=Counter)
    _notes: list[LeftOut] = field(default_factory=list)
    _left_out: list[LeftOut] = field(default_factory=list)
    _broken: set[str] = field(default_factory=set)
    _hashes: str = ""
    _asked: int = 0
    _unresolved: int = 0

    def run(self, plans: Iterable[Plan]) -> IngestReport:
        """Take all plans; each batch stands as soon as it is done."""
        start = time.monotonic()
        self._prepare()
        for plan in plans:
            self._notes += plan.notes
            work = self.folder / WORK
            batches = batches_of(
                plan,
                taken=self.catalogue.pieces,
                known=self._known.append,
                work=work,
                most=self.batch_rows,
            )
            with closing(batches):
                for part_of_plan, pieces in batches:
                    self._take(part_of_plan, pieces)
        return IngestReport(
            tuple(self._batches),
            tuple(FileTaken(name, *counts) for name, counts in self._files.items()),
            tuple(self._known),
            tuple(self._reasons.most_common()),
            tuple(self._notes),
            tuple(self._left_out),
            self._asked,
            self._unresolved,
            time.monotonic() - start,
        )

    def _prepare(self) -> None:
        run = self.connection.execute
        run(
            "create or replace temp table resolved (key ubigint primary key, codes varchar, "
            "sectors varchar, names varchar, given varchar)"
        )
        run("insert into resolved values (0, null, null, null, null)")
        self.connection.register("given", code_table())
        run("create or replace temp table translations as select * from given")
        self.connection.unregister("given")

        self._hashes = str(run(_FIXED_TEXT).fetchall()[0][0])
        if self.catalogue.hashes() - {self._hashes}:
            reason = "rows of some batches are not compared"
            detail = "Another version of DuckDB wrote them; a row that repeats one of them counts."
            self._notes.append(LeftOut(str(self.folder), reason, detail))

    def _take(self, plan: Plan, pieces: Sequence[Piece]) -> None:
        """Take a batch; where the database cannot read a file, that one is left out and told of."""
        whole = [piece for piece in pieces if piece.sha256 not in self._broken]
        try:
            if whole:
                self._batch(replace(plan, files=tuple(each.part for each in whole)), whole)
        except _UnreadableError as error:
            if len(whole) > 1:
                for piece in whole:
                    self._take(plan, [piece])
                return
            self._broken.add(whole[0].sha256)  # its later pieces would leave a gap
            self._left_out.append(LeftOut(whole[0].name, "cannot be read", str(error)))

    def _parse(self, sql: str, parameters: dict[str, object] | None = None) -> None:
        """Run what reads the files themselves.

        Raises:
            _UnreadableError: a file is damaged in a way that only its reading shows.
        """
        try:
            self.connection.execute(sql, parameters)
        except (duckdb.ParserException, duckdb.CatalogException, duckdb.BinderException):
            raise
        except duckdb.Error as error:
            message = str(error)
            fault = as_fault(message, self.folder)
            if isinstance(fault, StorageFull) or message.startswith("Out of Memory"):
                raise
            raise _UnreadableError(message.partition("\n")[0]) from error

    def _batch(self, plan: Plan, pieces: Sequence[Piece]) -> None:
        started = datetime.now(tz=UTC)
        number = self.catalogue.next_number()
        work = self.folder / WORK / batch_name(number)
        work.mkdir(parents=True, exist_ok=True)
        writer = PartWriter(self.connection, self.folder, work, number)
        source = plan.layout.source
        self._set(source=source, batch=batch_name(number))
        is_events = plan.layout.kind == "events"
        self._forget()
        incoming = plan.judged(REJECTS) if is_events else plan.rows()
        self.connection.execute(f"create or replace temp view incoming as {incoming}")
        if is_events:
            rows_by_file, coverage, counts = self._events(writer, source)
        else:
            rows_by_file = self._aside(writer, plan.layout.kind, source)
            coverage, counts = [], (sum(rows_by_file.values()), 0, 0, 0)
        taken = self._pieces(plan, pieces, rows_by_file, writer)
        rows = sum(each.rows for each in taken)
        faults = sum(each.faults for each in taken)
        writer.give_names()
        entry = BatchEntry(
            number, source, plan.layout.kind, plan.layout.name, rows + faults, rows, faults,
            *counts, started, datetime.now(tz=UTC), made_by(), self._hashes,
        )  # fmt: skip
        cover = [DayCover(number, source, day, *both) for day, *both in coverage]
        self.catalogue.add_batch(entry, taken, writer.parts, cover)
        self._forget()
        empty_folder(work)
        for each in taken:
            lines = self._files.setdefault(each.name, [0, 0, 0])
            for place, count in enumerate((each.lines, each.rows, each.faults)):
                lines[place] += count
        self._batches.append(entry)
        self.done(entry)

    def _forget(self) -> None:
        """Let the tables of a batch go: the next would else have to find room beside them."""
        tables = self.connection.execute(
            "select table_name from duckdb_tables() where temporary"
        ).fetchall()
        for (name,) in tables:
            if name not in _KEPT_TABLES:
                self.connection.execute(f'drop table if exists "{name}"')

    # -- events

    def _events(
        self, writer: PartWriter, source: str
    ) -> tuple[dict[str, int], list[Any], tuple[int, int, int, int]]:
        run = self.connection.execute
        self._parse(query("lake_raw"))
        run(query("lake_suspects"))
        run("delete from raw where _fault is not null")
        rows_by_file = self._rows_by_file("raw")
        self._resolve()
        self._compare(source)
        run(query("lake_folds"))
        run(query("lake_both"))
        for name in ("lake_present", "lake_marks", "lake_told", "lake_unfolded"):
            run(query(name))
        days = run(query("lake_coverage")).fetchall()
        for month_no, in_month in groupby(days, key=itemgetter(1)):
            of_month = list(in_month)
            writer.write(
                "events",
                "select * exclude (month_no) from told where month_no = $month_no",
                source=source,
                year=month_no // 12,
                month=month_no % 12 + 1,
                days=(of_month[0][0], of_month[-1][0]),
                counted=sum(each[3] for each in of_month),
                parameters={"month_no": month_no},
            )
        for name in ("lake_sides", "lake_names", "lake_numbers", "lake_acts", "lake_tally"):
            run(query(name))
        for year in writer.years("events"):
            writer.write(
                "daily",
                query("lake_tallied"),
                source=source,
                year=year,
                rows_a_group=_DAILY_ROWS_A_GROUP,
                parameters={"year": year},
            )
            writer.write(
                "folded",
                "select * exclude (month_no) from unfolded "
                "where month_no between $first_no and $last_no",
                source=source,
                year=year,
                days=(date(year, 1, 1), date(year, 12, 31)),
                counted=0,
                parameters={"first_no": year * 12, "last_no": year * 12 + 11},
            )
        coverage = [(day, rows, n) for day, _, rows, n, *_ in days]
        counted, repeats, folded, said = (
            sum(each[place] for each in days) for place in range(3, 7)
        )
        return rows_by_file, coverage, (counted, repeats, folded, said)

    def _resolve(self) -> None:
        """Ask who is meant by the actors that were not asked about yet."""
        asked = self.connection.sql(query("lake_unknown_actors")).to_arrow_table()
        if not asked.num_rows:
            return
        columns = {name: asked.column(name).to_pylist() for name in asked.column_names}
        keys = columns.pop("key")
        found = [self._who(*cells) for cells in zip(*columns.values(), strict=True)]
        self._asked += len(found)
        self._unresolved += sum(1 for codes, _, _ in found if not codes)
        given = [
            " | ".join(cell or "" for cell in cells).rstrip(" |")
            for cells in zip(*(columns[name] for name in _GIVEN), strict=True)
        ]
        table = pa.table(
            {
                "key": pa.array(keys, pa.uint64()),
                "codes": pa.array([codes for codes, _, _ in found], pa.string()),
                "sectors": pa.array([sectors for _, sectors, _ in found], pa.string()),
                "names": pa.array([names for _, _, names in found], pa.string()),
                "given": pa.array(given, pa.string()),
            }
        )
        self.connection.register("given", table)
        self.connection.execute("insert into resolved select * from given")
        self.connection.unregister("given")

    def _who(
        self,
        name: str | None,
        code: str | None,
        country: str | None,
        sectors: str | None,
        more: str | None,
        month: date,
        scheme: str | None,
    ) -> tuple[str | None, str | None, str | None]:
        """One side of an event: codes, sectors and names of the actor and of those with it."""
        found = []
        if not (name is code is country is sectors is None):
            found.append(self.resolve(name, code, country, sectors, month, scheme=scheme))
        found += [
            self.resolve(other.strip(), None, None, None, month, scheme=scheme)
            for other in (more or "").split(";")
            if other.strip()
        ]
        return (
            _joined(code for each in found for code in each.codes),
            _joined(sector for each in found for sector in each.sectors),
            _joined(name for each in found for name in each.names),
        )

    def _compare(self, source: str) -> None:
        """Note which rows repeat others, of this batch or of those before."""
        days: dict[tuple[int, int], list[date]] = {}
        for (day,) in self.connection.execute("select distinct day from raw").fetchall():
            days.setdefault((day.year, day.month), []).append(day)
        held = [part for part in self.parts("events", source) if _may_share(part, days)]
        years = {year for year, _ in days}
        folded = [part for part in self.parts("folded", source) if part.year in years]
        if held:
            paths = {
                "events": [str(self.folder / part.path) for part in held],
                "folded": [str(self.folder / part.path) for part in folded],
            }
            name = "lake_held" if folded else "lake_held_unfolded"
            if not folded:
                del paths["folded"]
            self.connection.execute(query(name), paths)
        else:
            self.connection.execute(
                "create or replace temp table held (dup_key ubigint, id varchar)"
            )
        self.connection.execute(query("lake_repeats"))

    # -- mentions and context

    def _aside(self, writer: PartWriter, kind: str, source: str) -> dict[str, int]:
        """Keep rows that are no events as they are, in files by month."""
        columns = MENTION_COLUMNS if kind == "mentions" else CONTEXT_VIEW_COLUMNS
        own = [name for name in columns if name not in ("source", "batch", "year", "month")]
        staged = writer.work / "staged.parquet"
        self._parse(
            f"copy (select getvariable('batch') as batch, {', '.join(own)}, _file, "
            "(year(day) * 12 + month(day) - 1)::integer as month_no from incoming) "
            "to $staged (format parquet, compression lz4_raw)",
            {"staged": str(staged)},
        )
        self.connection.execute(
            "create or replace temp table staged_months as select month_no, min(day) as first, "
            "max(day) as last from read_parquet($staged) group by month_no order by month_no",
            {"staged": str(staged)},
        )
        for month_no, first, last in self.connection.execute("from staged_months").fetchall():
            writer.write(
                kind,
                "select * exclude (_file, month_no) from read_parquet($staged) "
                "where month_no = $month_no",
                source=source,
                year=month_no // 12,
                month=month_no % 12 + 1,
                days=(first, last),
                parameters={"staged": str(staged), "month_no": month_no},
            )
        found = self.connection.execute(
            "select _file, count(*) from read_parquet($staged) group by _file",
            {"staged": str(staged)},
        ).fetchall()
        return {str(file): int(rows) for file, rows in found}

    # -- lines and quarantine

    def _rows_by_file(self, table: str) -> dict[str, int]:
        found = self.connection.execute(f"select _file, count(*) from {table} group by _file")
        return {str(file): int(rows) for file, rows in found.fetchall()}

    def _pieces(
        self,
        plan: Plan,
        pieces: Sequence[Piece],
        rows_by_file: dict[str, int],
        writer: PartWriter,
    ) -> list[PieceTaken]:
        """What was taken of each file; its other lines go to quarantine."""
        taken, bad = [], []
        for piece in pieces:
            rows = rows_by_file.get(str(piece.part.path), 0)
            faults = piece.part.lines - rows
            if faults:
                bad.append((plan, piece, faults))
            taken.append(
                PieceTaken(
                    writer.batch,
                    piece.name,
                    piece.sha256,
                    piece.start,
                    piece.stop,
                    piece.total,
                    piece.part.lines,
                    rows,
                    faults,
                )
            )
        if bad:
            self._reasons += quarantine(self.connection, bad, writer, plan.layout.source)
        return taken

    def _set(self, **values: str) -> None:
        for name, value in values.items():
            self.connection.execute(f"set variable {name} = $value", {"value": value})


def _may_share(part: PartFile, days: Mapping[tuple[int, int], Sequence[date]]) -> bool:
    """Whether a file of a month may hold rows of some days, given by month."""
    if part.year is None or part.month is None or part.first_day is None or part.last_day is None:
        return False
    return any(
        part.first_day <= day <= part.last_day for day in days.get((part.year, part.month), ())
    )


class _UnreadableError(Exception):
    """A file that the database cannot read; says why."""


def _joined(words: Iterable[str]) -> str | None:
    """Words as they stand in the files: each once, parted by `;`; None for none."""
    return ";".join(dict.fromkeys(word.replace(";", ",") for word in words)) or None
