"""Lines that make no row: kept with file, line, reason and text, and counted with the rows."""

# ruff: noqa: S608 — plans are SQL that the reader composed and checked.

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import duckdb

from inconcert.errors import CaseDamaged
from inconcert.read.events import Plan
from inconcert.store.lake_pieces import Piece
from inconcert.store.lake_writing import PartWriter

REJECTS = "rejects"
"""Temporary table where the database notes lines with too many or too few cells."""


def quarantine(
    connection: duckdb.DuckDBPyConnection,
    bad: Sequence[tuple[Plan, Piece, int]],
    writer: PartWriter,
    source: str,
) -> Counter[str]:
    """Write the lines of some files that make no row.

    Args:
        bad: plan of a file, the file, and how many such lines it must have.

    Returns:
        How many there are of each reason.

    Raises:
        CaseDamaged: rows and faults of a file are not as many as its lines.
    """
    run = connection.execute
    run(
        "create or replace temp table faults "
        "(batch varchar, file varchar, line bigint, reason varchar, text varchar)"
    )
    run("set preserve_insertion_order = true")  # lines are counted in their order
    for plan, piece, expected in bad:
        found = -1
        for sql in _looks(connection, plan, piece):
            run("delete from faults where file = $name", {"name": piece.name})
            run(
                "insert into faults "
                "select getvariable('batch'), $name, line + $before, reason, text "
                f"from ({sql})",
                {"name": piece.name, "before": piece.lines_before},
            )
            held = "select count(*) from faults where file = $name"
            found = int(run(held, {"name": piece.name}).fetchall()[0][0])
            if found == expected:
                break
        if found != expected:
            raise CaseDamaged(
                f"{piece.part.lines:,} lines gave {piece.part.lines - expected:,} rows and "
                f"{found:,} faults",
                where=piece.name,
                advice="The file changed while it was read, or its lines are cut in a way that "
                "the reader does not know. Nothing of it was taken; read it again.",
            )
    run("set preserve_insertion_order = false")
    writer.write("quarantine", "from faults", source=source, counted=0)
    counts = run("select reason, count(*) from faults group by reason").fetchall()
    return Counter({str(reason): int(count) for reason, count in counts})


def _looks(connection: duckdb.DuckDBPyConnection, plan: Plan, piece: Piece) -> Iterator[str]:
    """How to find the faults of a file: by what was noted while its rows were made, or anew."""
    if plan.layout.kind == "events" and not plan.parquet_names:
        count = "select count(*) from suspects where _file = $file"
        given = {"file": str(piece.part.path)}
        suspects = int(connection.execute(count, given).fetchall()[0][0])
        name = "suspects" if suspects else ""
        yield plan.faults(piece.part, rejects=REJECTS, suspects=name)
    yield plan.faults(piece.part)
