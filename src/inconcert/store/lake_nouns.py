"""Nouns of a lake: files of rows, pieces of datasets, batches, days covered, folds taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class PartFile:
    """A Parquet file of a lake.

    Attributes:
        path: below the folder of the lake, with `/`.
        batch: number of the batch that it came with.
        tree: `events`, `daily`, `folded`, `quarantine`, `mentions` or `context`.
        year, month: of its days; None where a file holds several.
        counted: rows that count as events; of `daily` the sum of `n`.
        sha256: of its bytes.
    """

    path: str
    batch: int
    tree: str
    source: str
    year: int | None
    month: int | None
    rows: int
    counted: int
    bytes: int
    sha256: str
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class PieceTaken:
    """A file, or the piece of one, that a batch took.

    Attributes:
        name: as it was given.
        sha256: of the whole file as it was read.
        start, stop, total: where the piece lies in it, in bytes (of Parquet: rows).
        lines: lines in it; as many as `rows` and `faults` together.
    """

    batch: int
    name: str
    sha256: str
    start: int
    stop: int
    total: int
    lines: int
    rows: int
    faults: int


@dataclass(frozen=True, slots=True)
class BatchEntry:
    """A batch that is complete.

    Attributes:
        lines: that went in; `rows` and `quarantined` together.
        rows: taken.
        counted: events that count.
        repeats: rows that repeat another.
        folded: rows folded into their mirror image.
        statements: counted rows that tell what was said.
        hashes: what the database made of a fixed text; rows of two batches can be compared where
            it is the same.
    """

    number: int
    source: str
    kind: str
    layout: str
    lines: int
    rows: int
    quarantined: int
    counted: int
    repeats: int
    folded: int
    statements: int
    started: datetime
    finished: datetime
    made_by: str
    hashes: str

    @property
    def name(self) -> str:
        """As it stands in the column `batch`."""
        return batch_name(self.number)


@dataclass(frozen=True, slots=True)
class DayCover:
    """Rows of a source on a day that one batch brought: taken, and counted as events."""

    batch: int
    source: str
    day: date
    rows: int
    n: int


@dataclass(frozen=True, slots=True)
class Unfold:
    """An event whose fold was taken back."""

    event: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that counts at one moment."""

    taken: datetime
    batches: tuple[BatchEntry, ...]
    parts: tuple[PartFile, ...]
    coverage: tuple[DayCover, ...]
    unfolds: tuple[Unfold, ...]

    def of(self, tree: str) -> tuple[PartFile, ...]:
        """The files of a tree."""
        return tuple(part for part in self.parts if part.tree == tree)


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file whose content was taken before.

    Attributes:
        name: as it was given.
        same_as: name under which it was taken.
        batch: number of the batch that took it; None for this very batch.
    """

    name: str
    same_as: str
    batch: int | None


def batch_name(number: int) -> str:
    """A batch as it stands in the column `batch` and in names of files."""
    return f"{number:06d}"
