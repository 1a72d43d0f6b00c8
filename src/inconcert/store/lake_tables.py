"""What was read of a batch, as tables of the database that writes it."""

# ruff: noqa: S608 — names of our own tables and columns.

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import numpy as np
import pyarrow as pa

from inconcert.read.events import RAW_COLUMNS
from inconcert.store.lake_reading import Incoming

_SEEN = ("raw", "in_month", "in_folds")
_WORDS_OF_ACTS = ("type", "mode", "contexts", "statement_kind", "code", "scheme", "meaning")
_WORDS_OF_SIDES = ("codes", "sectors", "names", "given")


def show_rows(connection: duckdb.DuckDBPyConnection, incoming: Incoming) -> None:
    """Make `raw`, `seen_sides` and `seen_acts`."""
    for name in ("sides", "acts"):
        connection.register("given", getattr(incoming, name))
        connection.execute(f"create or replace temp table seen_{name} as from given")
        connection.unregister("given")
    _show(connection, "raw", incoming.rows)


def show_month(connection: duckdb.DuckDBPyConnection, rows: pa.Table, month_no: int) -> None:
    """Make `in_month` and `month_sides`; a month is twelve times its year and what goes before."""
    _show(connection, "in_month", _of_month(rows, month_no))
    select = f"select * exclude (month_no) from present where month_no = {month_no} or key = 0"
    _number(connection, "month_sides", select, _WORDS_OF_SIDES)


def show_acts(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `shown_acts`."""
    select = (
        "select act_key, type, mode, as_given as contexts, said as statement_kind, code, scheme, "
        "meaning, is_swapped from acts"
    )
    _number(connection, "shown_acts", select, _WORDS_OF_ACTS)


def show_folds(connection: duckdb.DuckDBPyConnection, rows: pa.Table) -> None:
    """Make `in_folds`."""
    found = connection.execute("select row from folds union all select mirror from folds")
    places = np.sort(found.fetchnumpy()["row"])
    _show(connection, "in_folds", rows.take(places))


def forget_rows(connection: duckdb.DuckDBPyConnection) -> None:
    """Let go of all that was shown: the next batch needs the room."""
    for name in _SEEN:
        connection.execute(f"drop view if exists {name}")
        connection.unregister(f"{name}_given")


def _show(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    """Rows under a name, with the columns that their source does not have."""
    connection.register(f"{name}_given", rows)
    blank = "".join(
        f", null::{kind} as {column}"
        for column, kind in RAW_COLUMNS.items()
        if column not in rows.column_names
    )
    connection.execute(f"create or replace temp view {name} as select *{blank} from {name}_given")


def _number(
    connection: duckdb.DuckDBPyConnection, name: str, select: str, columns: Sequence[str]
) -> None:
    """A table whose words are numbers to the database: it writes files from it quicker."""
    run = connection.execute
    run(f"create or replace temp table plain as {select}")
    run(f"drop table if exists {name}")
    for column in columns:
        run(f"drop type if exists {name}_{column}")
        run(
            f"create temp type {name}_{column} as enum "
            f"(select distinct {column} from plain where {column} is not null)"
        )
    casts = ", ".join(f"{column}::{name}_{column} as {column}" for column in columns)
    run(f"create temp table {name} as select * replace ({casts}) from plain")


def _of_month(rows: pa.Table, month_no: int) -> pa.Table:
    """The rows of a month; they lie together where a source writes day after day."""
    is_in = rows.column("month_no").to_numpy() == month_no
    places = np.flatnonzero(is_in)
    first, end = int(places[0]), int(places[-1]) + 1
    if end - first == len(places):
        return rows.slice(first, len(places))
    return rows.filter(pa.array(is_in))
