"""Lines that make no row: kept with file, line, reason and text, and counted with the rows."""

# ruff: noqa: S608 — plans are SQL that the reader composed and checked.

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import duckdb

from inconcert.errors import CaseDamaged
from inconcert.store.lake_pieces import Piece
from inconcert.store.lake_writing import PartWriter


def quarantine(
    connection: duckdb.DuckDBPyConnection,
    bad: Sequence[tuple[str, Piece, int]],
    writer: PartWriter,
    source: str,
) -> Counter[str]:
    """Write the lines of some files that make no row.

    Args:
        bad: SQL that gives such lines of a file, the file, and how many there must be.

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
    before = 0
    for sql, piece, expected in bad:
        run(
            "insert into faults select getvariable('batch'), $name, line + $before, reason, text "
            f"from ({sql})",
            {"name": piece.name, "before": piece.lines_before},
        )
        found = int(run("select count(*) from faults").fetchall()[0][0]) - before
        before += found
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
