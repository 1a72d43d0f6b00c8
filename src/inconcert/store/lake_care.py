"""Keeps a lake well: sees that it is whole, puts small files together, takes folds back."""

# ruff: noqa: S608 — names of our own columns; values are given as parameters.

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from inconcert.errors import BadInput
from inconcert.store.lake_catalogue import Catalogue
from inconcert.store.lake_files import WORK, give_name, make_safe, part_files, sha256_of
from inconcert.store.lake_nouns import DayCover, PartFile, Snapshot, Unfold
from inconcert.store.lake_views import KEPT_COLUMNS
from inconcert.store.lake_writing import FORMAT
from inconcert.store.queries import query

MOST_ROWS = 5_000_000
"""Most rows of a file that `compact` writes; larger ones are left as they are."""

_COLUMNS = ", ".join((*KEPT_COLUMNS, "dup_key"))
_DAILY = "actor, recipient, kind, root, mode, contexts, day, parties"


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Whether a lake is whole.

    Attributes:
        parts: files looked at.
        problems: what is wrong and where; empty where all is well.
    """

    parts: int
    rows: int
    bytes: int
    problems: tuple[tuple[str, str], ...]
    seconds: float

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    @property
    def faults(self) -> tuple[str, ...]:
        """What is wrong and where, one line each."""
        return tuple(f"{what}: {where}" for what, where in self.problems)

    def as_text(self) -> str:
        """What `store check` says of it."""
        told = (
            f"{self.parts:,} files with {self.rows:,} rows ({self.bytes / 1e6:,.1f} MB) looked at"
        )
        return "\n".join([told, *(self.faults or ("All is well.",))])


@dataclass(frozen=True, slots=True)
class CompactReport:
    """What putting together brought; files that were replaced stay for an hour."""

    parts_before: int
    parts_after: int
    bytes_before: int
    bytes_after: int
    seconds: float

    def as_text(self) -> str:
        """What `store compact` says."""
        if self.parts_after == self.parts_before:
            return f"{self.parts_before:,} files; nothing to put together."
        return (
            f"{self.parts_before:,} files ({self.bytes_before / 1e6:,.1f} MB) are now "
            f"{self.parts_after:,} ({self.bytes_after / 1e6:,.1f} MB). "
            "The old ones go with the next writing command after an hour."
        )


# -- check


def check(folder: Path, snapshot: Snapshot, catalogue: Catalogue) -> CheckReport:
    """Hold every file against its hash, and what the catalogue counts against the files."""
    start = time.monotonic()
    problems = [each for part in snapshot.parts if (each := _fault_of(folder, part)) is not None]
    listed = catalogue.listed()
    problems += [
        ("a file that no batch knows; the next writer removes it", path)
        for path in sorted(part_files(folder))
        if path not in listed
    ]
    problems += _disagreements(snapshot)
    return CheckReport(
        len(snapshot.parts),
        sum(part.rows for part in snapshot.parts),
        sum(part.bytes for part in snapshot.parts),
        tuple(problems),
        time.monotonic() - start,
    )


def _fault_of(folder: Path, part: PartFile) -> tuple[str, str] | None:
    import pyarrow.parquet as pq

    path = folder / part.path
    if not path.is_file():
        return "the file is missing", part.path
    if path.stat().st_size != part.bytes or sha256_of(path) != part.sha256:
        return "the file is not the one that was written", part.path
    try:
        rows = pq.read_metadata(path).num_rows
    except pa.ArrowException:
        return "the file is no whole Parquet file", part.path
    if rows != part.rows:
        return f"{rows:,} rows in the file, {part.rows:,} in the catalogue", part.path
    return None


def _disagreements(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Sums that must be the same, by source."""
    sums: Counter[tuple[str, str]] = Counter()
    for part in snapshot.parts:
        sums[part.source, f"{part.tree} rows"] += part.rows
        sums[part.source, f"{part.tree} counted"] += part.counted
    for cover in snapshot.coverage:
        sums[cover.source, "covered rows"] += cover.rows
        sums[cover.source, "covered events"] += cover.n
    wanted: Counter[tuple[str, str]] = Counter()
    for batch in snapshot.batches:
        wanted[batch.source, "quarantine rows"] += batch.quarantined
        if batch.kind != "events":
            wanted[batch.source, f"{batch.kind} rows"] += batch.rows
            continue
        wanted[batch.source, "events rows"] += batch.rows - batch.folded
        wanted[batch.source, "events counted"] += batch.counted
        wanted[batch.source, "covered rows"] += batch.rows
        wanted[batch.source, "covered events"] += batch.counted
    for (source, what), number in sorted(wanted.items()):
        if sums[source, what] != number:
            yield f"{what}: {sums[source, what]:,} found, {number:,} by the batches", source


# -- compact


def compact(
    connection: duckdb.DuckDBPyConnection, folder: Path, snapshot: Snapshot, catalogue: Catalogue
) -> CompactReport:
    """Put the files of one source and month (or year) together, up to `MOST_ROWS` in a file."""
    start = time.monotonic()
    after = {part.path: part.bytes for part in snapshot.parts}
    for group in _groups(snapshot.parts):
        merged = _merged(connection, folder, group)
        catalogue.replace_parts(group, [merged])
        for part in group:
            del after[part.path]
        after[merged.path] = merged.bytes
    return CompactReport(
        len(snapshot.parts),
        len(after),
        sum(part.bytes for part in snapshot.parts),
        sum(after.values()),
        time.monotonic() - start,
    )


def _groups(parts: Sequence[PartFile]) -> Iterator[list[PartFile]]:
    """Files to be put together, each group at least two."""
    places: dict[tuple[object, ...], list[PartFile]] = {}
    for part in parts:
        places.setdefault((part.tree, part.source, part.year, part.month), []).append(part)
    for same in places.values():
        group: list[PartFile] = []
        for part in sorted(same, key=lambda each: (each.batch, each.path)):
            if group and sum(each.rows for each in group) + part.rows > MOST_ROWS:
                if len(group) > 1:
                    yield group
                group = []
            group.append(part)
        if len(group) > 1:
            yield group


def _merged(
    connection: duckdb.DuckDBPyConnection, folder: Path, group: Sequence[PartFile]
) -> PartFile:
    paths = [str(folder / part.path) for part in group]
    if group[0].tree == "daily":
        select = _summed("read_parquet($paths)")
    else:
        select = "select * from read_parquet($paths, hive_partitioning = false)"
    days = [day for part in group for day in (part.first_day, part.last_day) if day is not None]
    pattern = replace(
        group[0],
        counted=sum(part.counted for part in group),
        first_day=min(days, default=None),
        last_day=max(days, default=None),
    )
    return _written(connection, folder, pattern, select, {"paths": paths})


def _summed(table: str) -> str:
    """Rows of `daily` from several places as one, without those that come to nothing."""
    return (
        f"select {_DAILY}, sum(n)::integer as n, sum(mentions)::bigint as mentions, "
        f"sum(score)::double as score from {table} group by all having sum(n) > 0 "
        "order by recipient, actor, day"
    )


def _written(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    pattern: PartFile,
    select: str,
    parameters: dict[str, object],
) -> PartFile:
    """A new file in the place of an old one, with its own name."""
    fresh = folder / WORK / "fresh.parquet"
    fresh.parent.mkdir(parents=True, exist_ok=True)
    size = 16_384 if pattern.tree == "daily" else 122_880
    connection.execute("set preserve_insertion_order = true")
    done = connection.execute(
        f"copy ({select}) to $to_file ({FORMAT}, row_group_size {size})",
        {**parameters, "to_file": str(fresh)},
    ).fetchone()
    connection.execute("set preserve_insertion_order = false")
    sha256 = sha256_of(fresh)
    place = pattern.path.rpartition("/")[0]
    part = replace(
        pattern,
        path=f"{place}/part-{pattern.batch:06d}-{sha256[:12]}.parquet",
        rows=int(done[0]) if done else 0,
        bytes=fresh.stat().st_size,
        sha256=sha256,
    )
    make_safe(fresh)
    give_name(fresh, folder / part.path)
    make_safe((folder / part.path).parent)
    return part


# -- unfold


def unfold(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    snapshot: Snapshot,
    catalogue: Catalogue,
    event: str,
    note: str,
) -> tuple[str, ...]:
    """Let the two rows of a folded event stand alone again, in `events`, `daily` and `coverage`."""
    aside, source, day = _folded(connection, folder, snapshot, event)
    if any(each.event == event for each in snapshot.unfolds):
        raise BadInput("the fold was taken back before", where=event, advice="Nothing is to do.")
    rows_of = "select id, batch from read_parquet($aside) where folded_into = $event order by id"
    given = {"aside": str(folder / aside.path), "event": event}
    restored = connection.execute(rows_of, given).fetchall()
    held = "select count(*) from read_parquet($path) where id = $event"
    old = _first(
        (p for p in snapshot.of("events") if (p.source, p.year, p.month) == _month(source, day)),
        lambda part: _count(connection, held, folder / part.path, event) > 0,
    )
    alone = f"select {_COLUMNS} from read_parquet($aside) where folded_into = $event"
    new = _written(
        connection,
        folder,
        replace(old, counted=old.counted + 1),
        f"select {_COLUMNS} from read_parquet($path) where id <> $event union all by name {alone}",
        {**given, "path": str(folder / old.path)},
    )
    before = folder / WORK / "before.parquet"
    after = folder / WORK / "after.parquet"
    together = f"select {_COLUMNS} from read_parquet($path) where id = $event"
    connection.execute(
        f"copy ({together}) to $to_file ({FORMAT})",
        {"path": str(folder / old.path), "event": event, "to_file": str(before)},
    )
    connection.execute(f"copy ({alone}) to $to_file ({FORMAT})", {**given, "to_file": str(after)})
    number = int(restored[0][1])
    daily = _daily_of(snapshot, source, day.year, number)
    days_old, days_new = _daily_anew(connection, folder, daily, before, after)
    covered = next(
        each
        for each in snapshot.coverage
        if (each.batch, each.source, each.day) == (number, source, day)
    )
    catalogue.replace_parts(
        [old, *days_old],
        [new, *days_new],
        coverage=[DayCover(number, source, day, covered.rows, covered.n + 1)],
        unfolds=[Unfold(event, datetime.now(tz=UTC), note)],
        counted={number: (1, -1)},
    )
    return tuple(str(identity) for identity, _ in restored)


def _folded(
    connection: duckdb.DuckDBPyConnection, folder: Path, snapshot: Snapshot, event: str
) -> tuple[PartFile, str, date]:
    """The file with the rows of a folded event, its source and day."""
    sql = "select day from read_parquet($path) where folded_into = $event limit 1"
    for part in snapshot.of("folded"):
        given = {"path": str(folder / part.path), "event": event}
        found = connection.execute(sql, given).fetchone()
        if found is not None:
            return part, part.source, found[0]
    raise BadInput(
        "no event of this id was folded",
        where=event,
        advice="Look for events whose `folded_from` is not empty.",
    )


def _daily_of(snapshot: Snapshot, source: str, year: int, batch: int) -> list[PartFile]:
    """The file with the daily counts of a batch: its own, or that of the batches put together.

    Another batch may have counts of the same pair and day, which are not to be touched. A file of
    several batches bears the number of the first, and there is none of its own for the others.
    """
    found = [
        part
        for part in snapshot.of("daily")
        if (part.source, part.year) == (source, year) and part.batch <= batch
    ]
    last = max((part.batch for part in found), default=0)
    return [part for part in found if part.batch == last]


def _daily_anew(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    parts: Sequence[PartFile],
    before: Path,
    after: Path,
) -> tuple[list[PartFile], list[PartFile]]:
    """The file of daily counts that holds the folded event, and the one that takes its place."""
    daily = query("lake_daily")
    connection.execute(
        f"create or replace temp table taken_back as {daily}",
        {"paths": [str(before)]},
    )
    connection.execute(
        f"create or replace temp table told_again as {daily}",
        {"paths": [str(after)]},
    )
    wanted = int(str(connection.execute("select count(*) from taken_back").fetchall()[0][0]))
    if not wanted:
        return [], []
    same = " and ".join(f"p.{name} is not distinct from t.{name}" for name in _DAILY.split(", "))
    held = f"select count(*) from read_parquet($path) as p join taken_back as t on {same}"
    old = _first(parts, lambda part: _count(connection, held, folder / part.path) == wanted)
    columns = f"{_DAILY}, n, mentions, score"
    changed = (
        f"(select {columns} from read_parquet($path) "
        f"union all select {_DAILY}, -n, -mentions, -score from taken_back "
        f"union all select {columns} from told_again)"
    )
    new = _written(connection, folder, old, _summed(changed), {"path": str(folder / old.path)})
    return [old], [new]


def _first(parts: Iterable[PartFile], fits: Callable[[PartFile], bool]) -> PartFile:
    for part in parts:
        if fits(part):
            return part
    raise BadInput(
        "the event is not where the catalogue says", advice="Run `inconcert store check`."
    )


def _count(
    connection: duckdb.DuckDBPyConnection, sql: str, path: Path, event: str | None = None
) -> int:
    given = {"path": str(path)} | ({} if event is None else {"event": event})
    return int(connection.execute(sql, given).fetchall()[0][0])


def _month(source: str, day: date) -> tuple[str, int, int]:
    return source, day.year, day.month
