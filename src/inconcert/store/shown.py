"""What readers see while a case is written: a copy of the database as it was when writing began.

The database lets one process write or many read. A writer that takes long lays a copy beside it
first, and who comes to read while it works is shown that copy, and told of when it is.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from inconcert.store.faults import told_plainly

SUFFIX = ".shown"
"""What the name of the copy has behind that of the database, which begins with a dot."""


def shown_path(path: Path) -> Path:
    """Where the copy of a database lies."""
    return path.with_name(f".{path.name}{SUFFIX}")


def lay_copy(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Copy an open database for readers; the copy appears only when it is whole.

    The database itself copies, in its own process: a file of it that were opened and closed again
    beside it would let its lock go.

    Raises:
        StorageFull: no room for it; the case is as it was.
    """
    final = shown_path(path)
    fresh = final.with_name(f"{final.name}.{os.getpid()}")
    own = str(connection.execute("select current_database()").fetchall()[0][0])
    quoted = str(fresh).replace("'", "''")
    try:
        with told_plainly(path):
            for left in path.parent.glob(f"{final.name}.*"):  # by a writer that was killed
                left.unlink(missing_ok=True)
            connection.execute(f"attach '{quoted}' as shown_copy")
            try:
                connection.execute(f'copy from database "{own}" to shown_copy')
                connection.execute("checkpoint shown_copy")
            finally:
                connection.execute("detach shown_copy")
        fresh.replace(final)
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
            fresh.with_name(f"{fresh.name}.wal").unlink(missing_ok=True)


def take_away(path: Path) -> None:
    """Remove the copy: the database itself can be read again."""
    with suppress(OSError):  # a reader may hold it, on some systems
        shown_path(path).unlink(missing_ok=True)


def as_of(path: Path) -> datetime | None:
    """When the copy was made; None where there is none."""
    try:
        return datetime.fromtimestamp(shown_path(path).stat().st_mtime, tz=UTC)
    except OSError:
        return None
