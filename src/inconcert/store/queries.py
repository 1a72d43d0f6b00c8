"""Runs the named questions of `sql/`, one question a file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import duckdb
import pyarrow as pa


@cache
def query(name: str) -> str:
    """The text of `sql/<name>.sql`."""
    return files("inconcert.store").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def ask(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    parameters: Mapping[str, object] | None = None,
) -> pa.Table:
    """The answer to a named question, as columns; `parameters` are its `$names`, no others."""
    return connection.sql(query(name), params=dict(parameters or {})).to_arrow_table()


def rows(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    parameters: Mapping[str, object] | None = None,
) -> list[tuple[object, ...]]:
    """The answer to a named question, as rows; for short answers."""
    return connection.execute(query(name), dict(parameters or {})).fetchall()
