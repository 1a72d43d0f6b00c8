"""Lines that make no row: kept with file, line, reason and text, and counted with the rows."""

# ruff: noqa: S608 — plans are SQL that the reader composed and checked.

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import duckdb
import pyarrow as pa

from inconcert.errors import CaseDamaged
from inconcert.read.events import Plan
from inconcert.store.lake_pieces import Piece

_SCHEMA = {"file": pa.string(), "line": pa.int64(), "reason": pa.string(), "text": pa.string()}


def faults_of(
    connection: duckdb.DuckDBPyConnection,
    plan: Plan,
    pieces: Sequence[Piece],
    rows_by_file: Mapping[str, int],
) -> pa.Table:
    """The lines of some files that make no row: `file`, `line`, `reason`, `text`.

    Args:
        connection: has the tables `rejects` and `suspects` of events, as `Plan.faults` wants them.
        rows_by_file: how many lines made rows, by path of the part.

    Raises:
        CaseDamaged: rows and faults of a file are not as many as its lines.
    """
    found = [pa.schema(_SCHEMA).empty_table()]
    for piece in pieces:
        rows = rows_by_file.get(str(piece.part.path), 0)
        expected = piece.part.lines - rows
        if not expected:
            continue
        for sql in _looks(connection, plan, piece):
            faults = connection.sql(
                "select $name as file, (line + $before)::bigint as line, reason, text "
                f"from ({sql})",
                params={"name": piece.name, "before": piece.lines_before},
            ).to_arrow_table()
            if len(faults) == expected:
                break
        if len(faults) != expected:
            raise CaseDamaged(
                f"{piece.part.lines:,} lines gave {rows:,} rows and {len(faults):,} faults",
                where=piece.name,
                advice="The file changed while it was read, or its lines are cut in a way that "
                "the reader does not know. Nothing of it was taken; read it again.",
            )
        found.append(faults.cast(found[0].schema))
    return pa.concat_tables(found)


def _looks(connection: duckdb.DuckDBPyConnection, plan: Plan, piece: Piece) -> Iterator[str]:
    """How to find the faults of a file: by what was noted while its rows were made, or anew."""
    if plan.layout.kind == "events" and not plan.parquet_names:
        count = "select count(*) from suspects where _file = $file"
        given = {"file": str(piece.part.path)}
        suspects = int(connection.execute(count, given).fetchall()[0][0])
        name = "suspects" if suspects else ""
        yield plan.faults(piece.part, rejects="rejects", suspects=name)
    yield plan.faults(piece.part)
