"""The event store of a case: datasets of events of any size as Parquet, one catalogue, SQL on top.

What is large lies in `events/` beside the case's database: files of rows by source, year and month,
and a small catalogue that says which of them count. One process writes; readers see what was
complete when they opened it.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import TracebackType

import duckdb
import pyarrow as pa

from inconcert.errors import BadInput, CaseError, NoCase
from inconcert.read.events import Plan
from inconcert.store import lake_care, lake_catalogue, lake_transfer
from inconcert.store.lake_catalogue import Catalogue
from inconcert.store.lake_files import WORK, empty_folder, part_files, told_of_disk
from inconcert.store.lake_ingest import Ingest
from inconcert.store.lake_lock import WriterLock
from inconcert.store.lake_nouns import BatchEntry, Snapshot
from inconcert.store.lake_pieces import BATCH_ROWS
from inconcert.store.lake_reports import IngestReport, Resolve
from inconcert.store.lake_views import make_views
from inconcert.store.queries import query

FOLDER = "events"
"""Name of the event store in a case folder."""

WRITER_MEMORY = "700MiB"
READING_MEMORY = "300MiB"
READER_MEMORY = "2GiB"
MOST_THREADS = 4
"""Each holds rows that it reads or is about to write, and memory is bounded."""
KEPT_FOR = timedelta(hours=1)
"""So long files stay that were replaced: a reader may still have them in its snapshot."""


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """What the store holds of one source; rows before, events after.

    Attributes:
        rows: taken.
        counted: events that count.
        repeats: rows that repeat another.
        folded: rows folded into their mirror image.
        statements: counted rows that tell what was said.
        quarantined: lines that made no row.
        first_day, last_day: of rows; None where there are none.
        days_covered: days with any row.
        days_in_span: days from the first to the last.
    """

    name: str
    rows: int
    counted: int
    repeats: int
    folded: int
    statements: int
    quarantined: int
    first_day: date | None
    last_day: date | None
    days_covered: int
    days_in_span: int

    @property
    def days_not_covered(self) -> int:
        """Days between the first and the last without any row: unknown, not empty."""
        return self.days_in_span - self.days_covered


@dataclass(frozen=True, slots=True)
class LakeInfo:
    """What the store holds.

    Attributes:
        taken: when the snapshot that is shown was taken.
        last_batch: when the last complete batch was entered; None for none.
        parts: files of rows.
        bytes: of them.
        mentions, context: rows of those kinds.
    """

    schema: int
    taken: datetime
    last_batch: datetime | None
    batches: int
    parts: int
    bytes: int
    mentions: int
    context: int
    unfolded: int
    sources: tuple[SourceInfo, ...]

    @property
    def age(self) -> timedelta:
        """How old the snapshot is."""
        return datetime.now(tz=UTC) - self.taken


class Lake:
    """Events of datasets, in a `with` block; open it with `Lake.open`."""

    def __init__(
        self,
        folder: Path,
        catalogue: Catalogue,
        connection: duckdb.DuckDBPyConnection,
        lock: WriterLock | None,
    ) -> None:
        self.folder = folder
        self._catalogue, self._connection, self._lock = catalogue, connection, lock
        self._snapshot = self._looked()

    @staticmethod
    def is_in(case: Path) -> bool:
        """Whether a case folder has an event store."""
        return (case / FOLDER / lake_catalogue.FILE).is_file()

    @classmethod
    def open(cls, case: Path, *, write: bool = False) -> Lake:
        """Open the event store of a case folder; who writes makes it where there is none.

        Raises:
            NoCase: there is none, and it is to be read.
            CaseBusy: it is to be written, and another process writes to it.
            CaseTooNew: a newer version wrote it.
            CaseDamaged: the catalogue cannot be read.
            CaseError: it cannot be written; or an older version wrote it and it is to be read.
            StorageFull: the disk holds no more.
        """
        folder = case / FOLDER
        path = folder / lake_catalogue.FILE
        if not write and not path.is_file():
            raise NoCase(
                "no event store here",
                where=str(folder),
                advice="Read a dataset of events into the case first: `inconcert read FILE`.",
            )
        lock = None
        with told_of_disk(folder), ExitStack() as begun:
            if write:
                folder.mkdir(parents=True, exist_ok=True)
                lock = WriterLock.take(folder)
                begun.callback(lock.give_back)
            catalogue = (
                Catalogue.create(path)
                if write and not path.is_file()
                else Catalogue.open(path, write=write)
            )
            begun.callback(catalogue.close)
            connection = _connected(folder / WORK if write else None)
            begun.callback(connection.close)
            lake = cls(folder, catalogue, connection, lock)
            if write:
                lake._clear_up()
            begun.pop_all()  # all is well: closing is the lake's own now
        return lake

    def close(self) -> None:
        """Close it, and let others write."""
        self._connection.close()
        self._catalogue.close()
        if self._lock is not None:
            empty_folder(self.folder / WORK)
            self._lock.give_back()

    def __enter__(self) -> Lake:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # -- taking in

    def ingest(
        self,
        plans: Iterable[Plan],
        *,
        resolve: Resolve,
        progress: Callable[[BatchEntry], None] | None = None,
        batch_rows: int = BATCH_ROWS,
    ) -> IngestReport:
        """Take datasets in; what was taken before is passed over, by its content.

        Args:
            resolve: tells who is meant, as `resolve.coded.CodedActors`; asked once for each
                distinct actor and month.
            progress: told of each batch once it counts.
            batch_rows: about as many lines go into a batch.

        Raises:
            StorageFull: the disk holds no more; batches that were told of stand.
            CaseError: the store is open for reading only.
        """
        self._require_writer()

        def done(entry: BatchEntry) -> None:
            self._snapshot = self._looked()
            if progress is not None:
                progress(entry)

        with told_of_disk(self.folder), ExitStack() as stack:
            reading = stack.enter_context(_connected(self.folder / WORK, READING_MEMORY))
            run = Ingest(
                self._connection,
                reading,
                self._catalogue,
                self.folder,
                resolve,
                lambda tree, source: [
                    part for part in self._snapshot.of(tree) if part.source == source
                ],
                done,
                batch_rows,
            )
            is_done = False
            try:
                report = run.run(plans)
                is_done = True
            finally:
                if not is_done:
                    empty_folder(self.folder / WORK)
        return report

    # -- asking

    def query(
        self, sql: str, parameters: Mapping[str, object] | Sequence[object] | None = None
    ) -> pa.Table:
        """The answer to a question in SQL on the views, as columns.

        Views: `events`, `daily`, `coverage`, `batches`, `quarantine`, `folded`, `mentions`,
        `context`.

        Raises:
            BadInput: it is not one question, or the database does not understand it.
            CaseDamaged: a file of rows is gone or broken.
        """
        try:
            statements = duckdb.extract_statements(sql)
        except duckdb.ParserException as error:
            raise BadInput(f"no SQL: {error}", advice="Correct the query.") from error
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise BadInput(
                "not one question", advice="Give one `select`; the store is not written by SQL."
            )
        with told_of_disk(self.folder):
            try:
                return self._connection.sql(sql, params=parameters).to_arrow_table()
            except (duckdb.BinderException, duckdb.CatalogException) as error:
                raise BadInput(f"SQL: {error}", advice="Correct the query.") from error

    def refresh(self) -> None:
        """Show what is complete now."""
        self._snapshot = self._looked()

    def info(self) -> LakeInfo:
        """What it holds, and as of when."""
        now = self._snapshot
        return LakeInfo(
            schema=lake_catalogue.SCHEMA_VERSION,
            taken=now.taken,
            last_batch=max((each.finished for each in now.batches), default=None),
            batches=len(now.batches),
            parts=len(now.parts),
            bytes=sum(part.bytes for part in now.parts),
            mentions=sum(part.rows for part in now.of("mentions")),
            context=sum(part.rows for part in now.of("context")),
            unfolded=len(now.unfolds),
            sources=self.sources(),
        )

    def sources(self) -> tuple[SourceInfo, ...]:
        """The sources of events, by name."""
        found = {each.source for each in self._snapshot.batches if each.kind == "events"}
        return tuple(self._source(name) for name in sorted(found))

    # -- care

    def check(self) -> lake_care.CheckReport:
        """See that every file is there and whole, and that the numbers agree."""
        with told_of_disk(self.folder):
            return lake_care.check(self.folder, self._snapshot, self._catalogue)

    def compact(self) -> lake_care.CompactReport:
        """Put small files of a month together; what is asked gives the same answers."""
        self._require_writer()
        with told_of_disk(self.folder):
            report = lake_care.compact(
                self._connection, self.folder, self._snapshot, self._catalogue
            )
        self.refresh()
        return report

    def unfold(self, event: str, *, note: str = "") -> tuple[str, ...]:
        """Take the fold of an event back: its two rows stand alone again, as the source has them.

        The decision is kept in the catalogue. It cannot be undone.

        Args:
            note: why, for who reads it later.

        Returns:
            Ids of the rows.

        Raises:
            BadInput: no such event, or none that was folded.
        """
        self._require_writer()
        with told_of_disk(self.folder):
            found = lake_care.unfold(
                self._connection, self.folder, self._snapshot, self._catalogue, event, note
            )
        self.refresh()
        return found

    def export(self, to: Path) -> lake_transfer.ExportReport:
        """Write all that counts into a new folder, or a `.tar`, with a list of hashes.

        Raises:
            CaseExists: there is something at the place already.
        """
        with told_of_disk(to):
            return lake_transfer.export(self.folder, self._snapshot, self._catalogue, to)

    def import_(self, source: Path) -> lake_transfer.ImportReport:
        """Take what `export` wrote, whole or not at all, into an empty store.

        Raises:
            UnreadableDocument: it is no export, a file is missing or not what its hash says.
            CaseExists: the store holds something already.
        """
        self._require_writer()
        with told_of_disk(self.folder):
            report = lake_transfer.import_(self.folder, self._snapshot, self._catalogue, source)
        self.refresh()
        return report

    # -- helpers

    def _looked(self) -> Snapshot:
        snapshot = self._catalogue.snapshot()
        with told_of_disk(self.folder):
            make_views(self._connection, self.folder, snapshot)
        return snapshot

    def _clear_up(self) -> None:
        """Remove what a broken run left, and what was replaced long ago."""
        empty_folder(self.folder / WORK)
        for path in self._catalogue.forget_retired(datetime.now(tz=UTC) - KEPT_FOR):
            (self.folder / path).unlink(missing_ok=True)
        listed = self._catalogue.listed()
        for path in list(part_files(self.folder)):
            if path not in listed:
                (self.folder / path).unlink(missing_ok=True)

    def _source(self, name: str) -> SourceInfo:
        batches = [
            each for each in self._snapshot.batches if each.source == name and each.kind == "events"
        ]
        days = {each.day for each in self._snapshot.coverage if each.source == name}
        first, last = min(days, default=None), max(days, default=None)
        span = 0 if first is None or last is None else (last - first).days + 1
        return SourceInfo(
            name=name,
            rows=sum(each.rows for each in batches),
            counted=sum(each.counted for each in batches),
            repeats=sum(each.repeats for each in batches),
            folded=sum(each.folded for each in batches),
            statements=sum(each.statements for each in batches),
            quarantined=sum(each.quarantined for each in batches),
            first_day=first,
            last_day=last,
            days_covered=len(days),
            days_in_span=span,
        )

    def _require_writer(self) -> None:
        if self._lock is None:
            raise CaseError(
                "the event store is open for reading only",
                where=str(self.folder),
                advice="Open it with write=True.",
            )


def _connected(work: Path | None, memory: str = "") -> duckdb.DuckDBPyConnection:
    """An empty database in memory, which spills beside the store, or for readers elsewhere."""
    spill = Path(tempfile.gettempdir()) / "inconcert-spill" if work is None else work / "spill"
    if work is not None:
        work.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect()
    for name, value in {
        "memory_limit": memory or (READER_MEMORY if work is None else WRITER_MEMORY),
        "temp_directory": f"{spill}-reading" if memory else str(spill),
        "preserve_insertion_order": work is None or bool(memory),
        "enable_progress_bar": False,
        "threads": min(os.cpu_count() or 1, MOST_THREADS),
    }.items():
        connection.execute(f"set {name} = $value", {"value": value})
    for macro in ("lake_pairs", "lake_joined"):
        connection.execute(query(macro))
    return connection
