"""Writes the files of one batch: aside at first, safe on the disk, then in their places at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import quote

import duckdb

from inconcert.store.lake_files import give_name, make_safe, sha256_of
from inconcert.store.lake_nouns import PartFile, batch_name

FORMAT = "format parquet, compression zstd, compression_level 1"


@dataclass(slots=True)
class PartWriter:
    """Files of one batch.

    Args:
        folder: of the lake.
        work: folder of the batch, below the lake's work folder.
    """

    connection: duckdb.DuckDBPyConnection
    folder: Path
    work: Path
    batch: int
    parts: list[PartFile] = field(default_factory=list)

    def write(
        self,
        tree: str,
        select: str,
        *,
        source: str,
        year: int | None = None,
        month: int | None = None,
        days: tuple[date | None, date | None] = (None, None),
        counted: int | None = None,
        rows_a_group: int = 122_880,
        parameters: dict[str, object] | None = None,
    ) -> PartFile | None:
        """Write the rows of a query as one file; nothing for no rows.

        Args:
            days: first and last day in it.
            counted: rows of it that count; None for all.
        """
        fresh = self.work / f"{len(self.parts)}.parquet"
        given = {**(parameters or {}), "to_file": str(fresh)}
        options = f"({FORMAT}, row_group_size {rows_a_group})"
        done = self.connection.execute(f"copy ({select}) to $to_file {options}", given).fetchone()
        rows = int(done[0]) if done else 0
        if not rows:
            fresh.unlink(missing_ok=True)
            return None
        place = f"{tree}/source={quote(source, safe='')}"
        place += "" if year is None else f"/year={year}"
        place += "" if month is None else f"/month={month}"
        part = PartFile(
            path=f"{place}/part-{batch_name(self.batch)}-{len(self.parts)}.parquet",
            batch=self.batch,
            tree=tree,
            source=source,
            year=year,
            month=month,
            rows=rows,
            counted=rows if counted is None else counted,
            bytes=fresh.stat().st_size,
            sha256=sha256_of(fresh),
            first_day=days[0],
            last_day=days[1],
        )
        self.parts.append(part)
        return part

    def years(self, tree: str) -> list[int]:
        """Years of the files written so far."""
        found = {part.year for part in self.parts if part.tree == tree}
        return sorted(year for year in found if year is not None)

    def give_names(self) -> None:
        """Make all files safe and move them to their places; no reader knows of them yet."""
        folders: set[Path] = set()
        for number, part in enumerate(self.parts):
            fresh = self.work / f"{number}.parquet"
            make_safe(fresh)
            give_name(fresh, self.folder / part.path)
            folders.update(_up_to(self.folder, (self.folder / part.path).parent))
        for folder in sorted(folders):
            make_safe(folder)


def _up_to(top: Path, folder: Path) -> Iterator[Path]:
    while folder != top:
        yield folder
        folder = folder.parent
    yield top
