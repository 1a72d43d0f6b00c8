"""Takes datasets of events into a lake, batch by batch, without a row ever passing through Python.

Of each batch the rows are parsed once into columns in memory, while the batch before is written;
who is meant is asked once for each distinct actor and month; what is written is what those columns
give, joined with small tables.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from inconcert.core.provenance import LeftOut
from inconcert.read.events import Plan
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
from inconcert.store.lake_reading import BatchReader, Incoming, one_ahead
from inconcert.store.lake_reports import FileTaken, IngestReport, Resolve
from inconcert.store.lake_tables import forget_rows, show_acts, show_folds, show_month, show_rows
from inconcert.store.lake_writing import PartWriter
from inconcert.store.queries import query
from inconcert.store.schema import made_by

_FEW_ROWS_A_GROUP = 16_384
_FIXED_TEXT = "select hash('inconcert', 1::bigint, date '2021-08-15')"
_GIVEN = ("name", "code", "country", "sectors", "more")
_KEPT_TABLES = frozenset({"resolved", "translations"})
"""Temporary tables that serve a whole run."""


@dataclass(slots=True)
class Ingest:
    """One run of taking in.

    Args:
        connection: of the writer; its temporary tables are this run's.
        reading: another, for what reads the next batch meanwhile.
        resolve: tells who is meant.
        parts: files that count now, by tree and source; asked anew for each batch.
        done: told of each batch once it counts.
    """

    connection: duckdb.DuckDBPyConnection
    reading: duckdb.DuckDBPyConnection
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
    _hashes: str = ""
    _asked: int = 0
    _unresolved: int = 0

    def run(self, plans: Iterable[Plan]) -> IngestReport:
        """Take all plans; each batch stands as soon as it is done."""
        start = time.monotonic()
        self._prepare()
        with closing(self._batches_of(plans)) as batches:
            reader = BatchReader(
                self.reading, self.folder, self.folder / WORK, self._left_out.append
            )
            for incoming in one_ahead(reader.read(batches)):
                self._batch(incoming)
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

    def _batches_of(self, plans: Iterable[Plan]) -> Generator[tuple[Plan, list[Piece]], None, None]:
        for plan in plans:
            self._notes += plan.notes
            yield from batches_of(
                plan,
                taken=self.catalogue.pieces,
                known=self._known.append,
                work=self.folder / WORK,
                most=self.batch_rows,
            )

    def _batch(self, incoming: Incoming) -> None:
        started = datetime.now(tz=UTC)
        number = self.catalogue.next_number()
        work = self.folder / WORK / batch_name(number)
        work.mkdir(parents=True, exist_ok=True)
        writer = PartWriter(self.connection, self.folder, work, number)
        layout = incoming.plan.layout
        self.connection.execute("set variable batch = $name", {"name": batch_name(number)})
        self._forget()
        if incoming.rows is not None:
            coverage, counts = self._events(writer, incoming)
        else:
            self._aside(writer, incoming)
            coverage, counts = [], (sum(incoming.rows_by_file.values()), 0, 0, 0)
        self._quarantine(writer, incoming)
        taken = [_taken(number, piece, incoming) for piece in incoming.pieces]
        rows = sum(each.rows for each in taken)
        faults = sum(each.faults for each in taken)
        writer.give_names()
        entry = BatchEntry(
            number, layout.source, layout.kind, layout.name, rows + faults, rows, faults,
            *counts, started, datetime.now(tz=UTC), made_by(), self._hashes,
        )  # fmt: skip
        cover = [DayCover(number, layout.source, day, *both) for day, *both in coverage]
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
        forget_rows(self.connection)
        tables = self.connection.execute(
            "select table_name from duckdb_tables() where temporary"
        ).fetchall()
        for (name,) in tables:
            if name not in _KEPT_TABLES:
                self.connection.execute(f'drop table if exists "{name}"')

    # -- events

    def _events(
        self, writer: PartWriter, incoming: Incoming
    ) -> tuple[list[Any], tuple[int, int, int, int]]:
        run, source = self.connection.execute, incoming.plan.layout.source
        show_rows(self.connection, incoming)
        self._resolve()
        self._compare(source)
        for name in ("lake_acts", "lake_folds", "lake_both", "lake_present", "lake_marks"):
            run(query(name))
        days = run(query("lake_coverage")).fetchall()
        self._months(writer, source, incoming, days)
        for name in ("lake_sides", "lake_names", "lake_numbers", "lake_tally"):
            run(query(name))
        show_folds(self.connection, incoming.rows)
        for year in writer.years("events"):
            writer.write(
                "daily",
                query("lake_tallied"),
                source=source,
                year=year,
                rows_a_group=_FEW_ROWS_A_GROUP,
                parameters={"year": year},
            )
            writer.write(
                "folded",
                query("lake_unfolded"),
                source=source,
                year=year,
                days=(date(year, 1, 1), date(year, 12, 31)),
                counted=0,
                parameters={"year": year},
            )
        coverage = [(day, rows, n) for day, _, rows, n, *_ in days]
        counted, repeats, folded, said = (
            sum(each[place] for each in days) for place in range(3, 7)
        )
        return coverage, (counted, repeats, folded, said)

    def _months(
        self, writer: PartWriter, source: str, incoming: Incoming, days: Sequence[Any]
    ) -> None:
        """Write the events, a file a month."""
        show_acts(self.connection)
        for month_no, in_month in groupby(days, key=itemgetter(1)):
            of_month = list(in_month)
            show_month(self.connection, incoming.rows, month_no)
            writer.write(
                "events",
                query("lake_told"),
                source=source,
                year=month_no // 12,
                month=month_no % 12 + 1,
                days=(of_month[0][0], of_month[-1][0]),
                counted=sum(each[3] for each in of_month),
            )

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

    # -- mentions, context and quarantine

    def _aside(self, writer: PartWriter, incoming: Incoming) -> None:
        """Keep rows that are no events as they are, in files by month."""
        staged = {"staged": str(incoming.staged)}
        months = self.connection.execute(
            "select month_no, min(day), max(day) from read_parquet($staged) "
            "group by month_no order by month_no",
            staged,
        ).fetchall()
        for month_no, first, last in months:
            writer.write(
                incoming.plan.layout.kind,
                "select getvariable('batch') as batch, * exclude (_file, month_no) "
                "from read_parquet($staged) where month_no = $month_no",
                source=incoming.plan.layout.source,
                year=month_no // 12,
                month=month_no % 12 + 1,
                days=(first, last),
                rows_a_group=_FEW_ROWS_A_GROUP,  # a row may be long
                parameters={**staged, "month_no": month_no},
            )
        if incoming.staged is not None:
            incoming.staged.unlink()

    def _quarantine(self, writer: PartWriter, incoming: Incoming) -> None:
        """Keep the lines that make no row."""
        self.connection.register("given", incoming.faults)
        writer.write(
            "quarantine",
            "select getvariable('batch') as batch, * from given",
            source=incoming.plan.layout.source,
            counted=0,
        )
        self.connection.unregister("given")
        self._reasons.update(incoming.faults.column("reason").to_pylist())


def _taken(batch: int, piece: Piece, incoming: Incoming) -> PieceTaken:
    """What was taken of a file; its other lines are in quarantine."""
    lines, rows = piece.part.lines, incoming.rows_by_file.get(str(piece.part.path), 0)
    return PieceTaken(
        batch,
        piece.name,
        piece.sha256,
        piece.start,
        piece.stop,
        piece.total,
        lines,
        rows,
        lines - rows,
    )


def _may_share(part: PartFile, days: Mapping[tuple[int, int], Sequence[date]]) -> bool:
    """Whether a file of a month may hold rows of some days, given by month."""
    if part.year is None or part.month is None or part.first_day is None or part.last_day is None:
        return False
    return any(
        part.first_day <= day <= part.last_day for day in days.get((part.year, part.month), ())
    )


def _joined(words: Iterable[str]) -> str | None:
    """Words as they stand in the files: each once, parted by `;`; None for none."""
    return ";".join(dict.fromkeys(word.replace(";", ",") for word in words)) or None
