"""The tables of a case, their version, and the way from an older version to this one."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import duckdb

from inconcert.errors import CaseDamaged, CaseError, CaseTooNew
from inconcert.store.queries import query

SCHEMA_VERSION = 2
"""Raised whenever a table changes; each older version then needs a step in `MIGRATIONS`."""

TABLES = (
    "meta",
    "provenance",
    "sources",
    "documents",
    "left_out",
    "not_coded",
    "coded",
    "sentences",
    "actor_mentions",
    "event_mentions",
    "participants",
    "statements",
    "statement_participants",
    "statement_quotes",
    "merged",
    "copies",
    "retellings",
    "reviews",
)

MIGRATIONS: Mapping[int, str] = {1: "schema_2"}
"""Name of the SQL that brings a case of version n to n + 1, by n; a new case takes it too."""


def create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Make all tables in an empty database and note its version."""
    connection.execute(query("schema"))
    for name in MIGRATIONS.values():
        connection.execute(query(name))
    connection.execute(
        "insert into meta values ('schema_version', $version), ('made_by', $made_by)",
        {"version": str(SCHEMA_VERSION), "made_by": made_by()},
    )


def check_tables(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    *,
    write: bool,
    current: int = SCHEMA_VERSION,
    migrations: Mapping[int, str] | None = None,
) -> None:
    """See that the case is one that this version can use; bring an older one up to date.

    An older case can be brought up to date only where it is open for writing.

    Args:
        migrations: SQL by the version it starts from; None for `MIGRATIONS`.

    Raises:
        CaseTooNew: written by a newer version.
        CaseDamaged: a table is missing.
        CaseError: written by an older version and opened for reading only.
    """
    found = stored_version(connection, path)
    if found > current:
        raise CaseTooNew(
            f"the case has schema {found}, this version of InConcert knows {current}",
            where=str(path),
            advice="Install the newest InConcert.",
        )
    if found < current and not write:
        raise CaseError(
            f"the case has the older schema {found}",
            where=str(path),
            advice="Run `inconcert code` once: it brings the case up to date.",
        )
    for step in range(found, current):
        statements = query(MIGRATIONS[step]) if migrations is None else migrations[step]
        _migrate(connection, step, statements)
    missing = set(TABLES) - _tables(connection)
    if missing:
        raise _damaged(path, f"tables are missing: {', '.join(sorted(missing))}")


def stored_version(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    """The schema version noted in the case.

    Raises:
        CaseDamaged: none is noted.
    """
    if "meta" not in _tables(connection):
        raise _damaged(path, "the file is a database, but not one of a case")
    found = connection.execute("select value from meta where key = 'schema_version'").fetchall()
    if len(found) != 1 or not str(found[0][0]).isdigit():
        raise _damaged(path, "its schema version is missing")
    return int(found[0][0])


def made_by() -> str:
    """What is noted as the writer: the installed package, its version `unknown` in a bare tree."""
    try:
        return f"inconcert {version('inconcert')}"
    except PackageNotFoundError:
        return "inconcert unknown"


def _migrate(connection: duckdb.DuckDBPyConnection, step: int, statements: str) -> None:
    connection.execute("begin")
    connection.execute(statements)
    connection.execute(
        "update meta set value = $version where key = 'schema_version'",
        {"version": str(step + 1)},
    )
    connection.execute("commit")


def _tables(connection: duckdb.DuckDBPyConnection) -> set[str]:
    found = connection.execute("select table_name from duckdb_tables() where not internal")
    return {str(name) for (name,) in found.fetchall()}


def _damaged(path: Path, what: str) -> CaseDamaged:
    return CaseDamaged(
        what,
        where=str(path),
        advice="Put a copy back, or move the file away and read the documents again.",
    )
