"""The catalogue of a lake: which batches and files of rows count, in one small SQLite file.

A batch is there when its entry is, and not before: everything a batch adds to the catalogue goes
in as one transaction. Readers take one short look and keep what they saw. Times are UTC.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from inconcert.errors import CaseBusy, CaseDamaged, CaseError, CaseTooNew, StorageFull
from inconcert.store.lake_nouns import (
    BatchEntry,
    DayCover,
    PartFile,
    PieceTaken,
    Snapshot,
    Unfold,
)
from inconcert.store.queries import query
from inconcert.store.schema import made_by

FILE = "catalogue.sqlite"
SCHEMA_VERSION = 1
"""Raised whenever a table or a column of the files changes; see `MIGRATIONS`."""

MIGRATIONS: Mapping[int, str] = {}
"""SQL that brings a catalogue of version n to n + 1, by n."""

_WAIT_SECONDS = 20
_FULL = ("disk is full", "disk I/O error")
_BUSY = ("database is locked", "database table is locked")


class Catalogue:
    """The catalogue of one lake, open.

    Args:
        path: of the file, which `create` or `open` has looked at.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection, self.path = connection, path

    @classmethod
    def create(cls, path: Path) -> Catalogue:
        """Make an empty catalogue where there is none, and open it."""
        with _told_plainly(path):
            connection = sqlite3.connect(
                path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False
            )
            try:
                connection.execute("pragma synchronous = full")
                connection.execute("begin immediate")
                for statement in _statements(query("lake_schema")):
                    connection.execute(statement)
                given = [("schema_version", str(SCHEMA_VERSION)), ("made_by", made_by())]
                connection.executemany("insert or ignore into meta values (?, ?)", given)
                connection.execute("commit")
            except sqlite3.Error:
                connection.close()
                raise
        return cls(connection, path)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        write: bool,
        current: int = SCHEMA_VERSION,
        migrations: Mapping[int, str] = MIGRATIONS,
    ) -> Catalogue:
        """Open a catalogue; one of an older version is brought up to date by who may write.

        Raises:
            CaseTooNew: a newer version wrote it.
            CaseDamaged: it is no catalogue.
            CaseError: an older version wrote it, and it is open for reading only.
        """
        mode = "rw" if write else "ro"
        uri = f"{path.absolute().as_uri()}?mode={mode}"
        with _told_plainly(path):
            connection = sqlite3.connect(
                uri, uri=True, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False
            )
            is_sound = False
            try:
                connection.execute("pragma synchronous = full")
                _bring_up_to_date(connection, path, write, current, migrations)
                is_sound = True
            finally:
                if not is_sound:
                    connection.close()
        return cls(connection, path)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    # -- reading

    def snapshot(self) -> Snapshot:
        """All that counts now."""
        with self._transaction("deferred"):
            return Snapshot(
                datetime.now(tz=UTC),
                tuple(self._batches()),
                tuple(_part(row) for row in self._rows(f"{_select(PartFile)} order by path")),
                tuple(
                    DayCover(batch, source, date.fromisoformat(day), rows, n)
                    for batch, source, day, rows, n in self._rows(_select(DayCover))
                ),
                tuple(
                    Unfold(event, datetime.fromisoformat(at), note)
                    for event, at, note in self._rows(f"{_select(Unfold)} order by at")
                ),
            )

    def pieces(self, sha256: str) -> tuple[PieceTaken, ...]:
        """What was taken of a file, by the hash of its content, in order."""
        with _told_plainly(self.path):
            found = self._rows(f"{_select(PieceTaken)} where sha256 = ? order by start", (sha256,))
            return tuple(PieceTaken(*row) for row in found)

    def all_pieces(self) -> tuple[PieceTaken, ...]:
        """What was taken of all files."""
        with _told_plainly(self.path):
            found = self._rows(f"{_select(PieceTaken)} order by batch, name, start")
            return tuple(PieceTaken(*row) for row in found)

    def next_number(self) -> int:
        """The number of the next batch; no number is used twice."""
        with _told_plainly(self.path):
            found = self._rows("select coalesce(max(number), 0) + 1 from batches")
            return int(found[0][0])

    def hashes(self) -> frozenset[str]:
        """What the databases that wrote the batches made of a fixed text."""
        with _told_plainly(self.path):
            found = self._rows("select distinct hashes from batches where kind = 'events'")
            return frozenset(str(text) for (text,) in found)

    def listed(self) -> frozenset[str]:
        """Paths of all files that count, or were taken out but may still be read."""
        with _told_plainly(self.path):
            found = self._rows("select path from parts union select path from retired")
            return frozenset(str(path) for (path,) in found)

    # -- writing

    def add_batch(
        self,
        entry: BatchEntry,
        pieces: Iterable[PieceTaken],
        parts: Iterable[PartFile],
        coverage: Iterable[DayCover],
    ) -> None:
        """Enter a complete batch: from here on it counts."""
        with self._transaction("immediate"):
            self._insert("batches", [entry])
            self._insert("pieces", pieces)
            self._insert("parts", parts)
            self._insert("coverage", coverage)

    def replace_parts(
        self,
        old: Iterable[PartFile],
        new: Iterable[PartFile],
        *,
        coverage: Iterable[DayCover] = (),
        unfolds: Iterable[Unfold] = (),
        counted: Mapping[int, tuple[int, int]] | None = None,
    ) -> None:
        """Let new files count in place of old ones, which stay until no reader can want them.

        Args:
            coverage: days whose numbers replace what is known of batch, source and day.
            unfolds: decisions to be noted with it.
            counted: by batch, what is to be added to its counted and to its folded rows.
        """
        now = datetime.now(tz=UTC).isoformat()
        with self._transaction("immediate"):
            paths = [(part.path,) for part in old]
            self._connection.executemany("delete from parts where path = ?", paths)
            retired = [(path, now) for (path,) in paths]
            self._connection.executemany("insert or replace into retired values (?, ?)", retired)
            self._insert("parts", new)
            for each in coverage:
                key = (each.batch, each.source, each.day.isoformat())
                self._connection.execute(
                    "delete from coverage where batch = ? and source = ? and day = ?", key
                )
                self._insert("coverage", [each])
            self._insert("unfolds", unfolds)
            for number, (more, folded) in (counted or {}).items():
                self._connection.execute(
                    "update batches set counted = counted + ?, folded = folded + ? "
                    "where number = ?",
                    (more, folded, number),
                )

    def forget_retired(self, before: datetime) -> tuple[str, ...]:
        """Strike from the list what was taken out before a moment; gives the paths."""
        with self._transaction("immediate"):
            found = self._rows("select path from retired where at < ?", (before.isoformat(),))
            paths = tuple(str(path) for (path,) in found)
            self._connection.executemany(
                "delete from retired where path = ?", [(path,) for path in paths]
            )
            return paths

    def restore(self, snapshot: Snapshot, pieces: Iterable[PieceTaken]) -> None:
        """Fill an empty catalogue, all or nothing."""
        with self._transaction("immediate"):
            self._insert("batches", snapshot.batches)
            self._insert("pieces", pieces)
            self._insert("parts", snapshot.parts)
            self._insert("coverage", snapshot.coverage)
            self._insert("unfolds", snapshot.unfolds)

    # -- helpers

    def _batches(self) -> Iterator[BatchEntry]:
        names = [each.name for each in fields(BatchEntry)]
        for row in self._rows(f"{_select(BatchEntry)} order by number"):
            cells = dict(zip(names, row, strict=True))
            for moment in ("started", "finished"):
                cells[moment] = datetime.fromisoformat(cells[moment])
            yield BatchEntry(**cells)

    def _rows(self, sql: str, given: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql, given).fetchall()

    def _insert(self, table: str, rows: Iterable[Any]) -> None:
        found = [tuple(map(_plain, astuple(row))) for row in rows]
        if found:
            marks = ", ".join("?" for _ in found[0])
            self._connection.executemany(f"insert into {table} values ({marks})", found)  # noqa: S608

    @contextmanager
    def _transaction(self, kind: str) -> Iterator[None]:
        with _told_plainly(self.path):
            self._connection.execute(f"begin {kind}")
            is_done = False
            try:
                yield
                self._connection.execute("commit")
                is_done = True
            finally:
                if not is_done and self._connection.in_transaction:
                    self._connection.execute("rollback")


_TABLES = {
    PartFile: "parts",
    PieceTaken: "pieces",
    BatchEntry: "batches",
    DayCover: "coverage",
    Unfold: "unfolds",
}


def _select(of: type) -> str:
    names = ", ".join(each.name for each in fields(of))
    return f"select {names} from {_TABLES[of]}"  # noqa: S608 — names of our own


def _part(row: tuple[Any, ...]) -> PartFile:
    *rest, first, last = row
    days = [None if day is None else date.fromisoformat(str(day)) for day in (first, last)]
    return PartFile(*rest, *days)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _statements(text: str) -> Iterator[str]:
    """Statements one by one: `executescript` would end the transaction."""
    lines = [line for line in text.splitlines() if not line.startswith("--")]
    yield from (each for each in "\n".join(lines).split(";") if each.strip())


def _bring_up_to_date(
    connection: sqlite3.Connection,
    path: Path,
    write: bool,
    current: int,
    migrations: Mapping[int, str],
) -> None:
    found = _version(connection, path)
    if found > current:
        raise CaseTooNew(
            f"the event store has schema {found}, this version of InConcert knows {current}",
            where=str(path),
            advice="Install the newest InConcert.",
        )
    if found < current and not write:
        raise CaseError(
            f"the event store has the older schema {found}",
            where=str(path),
            advice="Run `inconcert store compact` once: it brings the store up to date.",
        )
    for step in range(found, current):
        connection.execute("begin immediate")
        for statement in _statements(migrations[step]):
            connection.execute(statement)
        connection.execute(
            "update meta set value = ? where key = 'schema_version'", (str(step + 1),)
        )
        connection.execute("commit")


def _version(connection: sqlite3.Connection, path: Path) -> int:
    tables = connection.execute("select name from sqlite_master where name = 'meta'").fetchall()
    found = (
        connection.execute("select value from meta where key = 'schema_version'").fetchall()
        if tables
        else []
    )
    if len(found) != 1 or not str(found[0][0]).isdigit():
        raise CaseDamaged(
            "the catalogue of the event store has no schema version",
            where=str(path),
            advice="Put a copy back, or move the folder away and read the files again.",
        )
    return int(found[0][0])


@contextmanager
def _told_plainly(path: Path) -> Iterator[None]:
    """Raise what SQLite complains of inside as one of our errors, where it is one."""
    try:
        yield
    except sqlite3.Error as error:
        message = str(error)
        if any(phrase in message for phrase in _FULL):
            raise StorageFull(
                "the disk holds no more",
                where=str(path),
                advice="Finished batches stand. Make room and run the same command again.",
            ) from error
        if any(phrase in message for phrase in _BUSY):
            raise CaseBusy(
                "the catalogue of the event store is in use by another process",
                where=str(path),
                advice="Run the same command again.",
            ) from error
        if "readonly" in message or "unable to open" in message:
            raise CaseError(
                f"the catalogue of the event store cannot be used: {message}",
                where=str(path),
                advice="Ask for the right to write in this folder, or copy it to your own.",
            ) from error
        raise CaseDamaged(
            f"the catalogue of the event store cannot be read: {message}",
            where=str(path),
            advice="Put a copy back, or move the folder away and read the files again.",
        ) from error
