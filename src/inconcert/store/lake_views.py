"""The views that answers are made from: `events`, `daily`, `coverage`, all on one snapshot."""

# ruff: noqa: S608 — this module composes queries; paths and names pass `text_of`.

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import duckdb
import pyarrow as pa

from inconcert.read.events.expressions import text_of
from inconcert.store.lake_files import LOST
from inconcert.store.lake_nouns import PartFile, Snapshot

_LIST = "varchar[]"
EVENT_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "id": "varchar",
        "source": "varchar",
        "batch": "varchar",
        "source_row": "varchar",
        "day": "date",
        "day_last": "date",
        "type": "varchar",
        "mode": "varchar",
        "contexts": _LIST,
        "auxiliary": _LIST,
        "is_statement": "boolean",
        "statement_kind": "varchar",
        "actors": _LIST,
        "actor_sectors": _LIST,
        "actor_names": _LIST,
        "recipients": _LIST,
        "recipient_sectors": _LIST,
        "recipient_names": _LIST,
        "about": _LIST,
        "code": "varchar",
        "scheme": "varchar",
        "event_text": "varchar",
        "score": "double",
        "mentions": "integer",
        "articles": "integer",
        "outlets": "integer",
        "tone": "double",
        "confidence": "double",
        "place": "varchar",
        "place_country": "varchar",
        "latitude": "double",
        "longitude": "double",
        "place_precision": "varchar",
        "url": "varchar",
        "outlet": "varchar",
        "note": "varchar",
        "fatalities": "integer",
        "directed": "boolean",
        "swapped": "boolean",
        "folded_from": _LIST,
        "copies": "integer",
        "kept_as": "varchar",
        "actor_given": "varchar",
        "recipient_given": "varchar",
        "added": "timestamp",
        "year": "bigint",
        "month": "bigint",
    }
)
"""Columns of the view `events`."""

_MADE = ("source", "year", "month", "auxiliary", "about")
KEPT_COLUMNS = tuple(name for name in EVENT_COLUMNS if name not in _MADE)
"""Columns of its files that the view shows; source, year and month stand in their folders.

Lists stand in the files as words joined by `;`, which is ten times smaller, and NULL for none.
"""

DAILY_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "source": "varchar",
        "actor": "varchar",
        "recipient": "varchar",
        "kind": "varchar",
        "root": "varchar",
        "mode": "varchar",
        "contexts": "varchar",
        "day": "date",
        "parties": "integer",
        "n": "integer",
        "mentions": "bigint",
        "score": "double",
        "year": "bigint",
    }
)
FOLDED_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "folded_into": "varchar",
        "is_kept": "boolean",
        **{name: kind for name, kind in EVENT_COLUMNS.items() if name != "month"},
    }
)
MENTION_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "source": "varchar",
        "batch": "varchar",
        "source_row": "varchar",
        "day": "date",
        "added": "timestamp",
        "outlet": "varchar",
        "url": "varchar",
        "confidence": "double",
        "tone": "double",
        "note": "varchar",
        "year": "bigint",
        "month": "bigint",
    }
)
CONTEXT_VIEW_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "source": "varchar",
        "batch": "varchar",
        "source_row": "varchar",
        "day": "date",
        "added": "timestamp",
        "outlet": "varchar",
        "url": "varchar",
        "title": "varchar",
        "people": "varchar",
        "organisations": "varchar",
        "themes": "varchar",
        "places": "varchar",
        "tone": "double",
        "year": "bigint",
        "month": "bigint",
    }
)
QUARANTINE_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "batch": "varchar",
        "file": "varchar",
        "line": "bigint",
        "reason": "varchar",
        "text": "varchar",
        "source": "varchar",
    }
)
TREES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "events": EVENT_COLUMNS,
        "daily": DAILY_COLUMNS,
        "folded": FOLDED_COLUMNS,
        "mentions": MENTION_COLUMNS,
        "context": CONTEXT_VIEW_COLUMNS,
        "quarantine": QUARANTINE_COLUMNS,
    }
)
"""Columns of the views on files of rows, by view."""


def files_of(folder: Path, parts: Iterable[PartFile]) -> str:
    """A table function of SQL that reads files of a lake."""
    paths = ", ".join(text_of(str(folder / part.path)) for part in parts)
    return f"read_parquet([{paths}], hive_partitioning=true, hive_types_autocast=false)"


def make_views(connection: duckdb.DuckDBPyConnection, folder: Path, snapshot: Snapshot) -> None:
    """Make all views show one snapshot."""
    for tree, columns in TREES.items():
        parts = snapshot.of(tree)
        found = select_of(folder, parts, columns) if parts else _empty(columns)
        try:
            connection.execute(f"create or replace view {tree} as {found}")
        except duckdb.IOException as error:
            # A store with a lost file can be opened and checked; only what needs it is refused.
            why = f"{LOST}: {str(error).partition(chr(10))[0]}"
            found = f"{_empty(columns, most=1)} where error({text_of(why)}) is null"
            connection.execute(f"create or replace view {tree} as {found}")
    _tabulate(
        connection,
        "coverage",
        {"source": pa.string(), "day": pa.date32(), "rows": pa.int64(), "n": pa.int64()},
        [(each.source, each.day, each.rows, each.n) for each in snapshot.coverage],
        "select source, day, sum(rows)::bigint as rows, sum(n)::bigint as n "
        "from given group by all",
    )
    moment = pa.timestamp("us", tz="UTC")
    counts = ("lines", "rows", "quarantined", "counted", "repeats", "folded", "statements")
    _tabulate(
        connection,
        "batches",
        {
            "batch": pa.string(),
            "source": pa.string(),
            "kind": pa.string(),
            "layout": pa.string(),
            **dict.fromkeys(counts, pa.int64()),
            "started": moment,
            "finished": moment,
            "made_by": pa.string(),
        },
        [
            (
                each.name,
                each.source,
                each.kind,
                each.layout,
                *(getattr(each, name) for name in counts),
                each.started,
                each.finished,
                each.made_by,
            )
            for each in snapshot.batches
        ],
        "select * from given",
    )


def select_of(folder: Path, parts: Sequence[PartFile], columns: Mapping[str, str]) -> str:
    """SQL: the rows of some files in the columns of a view."""
    names = ", ".join(_shown(name, kind) for name, kind in columns.items())
    return f"select {names} from {files_of(folder, parts)}"


def _shown(name: str, kind: str) -> str:
    if name in ("source", "year", "month"):
        return f"{name}::{kind} as {name}"
    if name in ("auxiliary", "about"):  # no coded dataset has them
        return f"[]::{kind} as {name}"
    if name == "folded_from":
        return "case when folded_from is not null then [folded_from] end as folded_from"
    if kind == _LIST:
        return f"case when {name} is null then [] else string_split({name}, ';') end as {name}"
    return name


def _empty(columns: Mapping[str, str], most: int = 0) -> str:
    cells = ", ".join(f"null::{kind} as {name}" for name, kind in columns.items())
    return f"select {cells} from range({most})"


def _tabulate(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: Mapping[str, pa.DataType],
    rows: Sequence[tuple[object, ...]],
    sql: str,
) -> None:
    cells = list(zip(*rows, strict=True)) or [()] * len(columns)
    given = pa.table(
        {
            column: pa.array(list(values), kind)
            for (column, kind), values in zip(columns.items(), cells, strict=True)
        }
    )
    connection.register("given", given)
    connection.execute(f"create or replace table {name} as {sql}")
    connection.unregister("given")
