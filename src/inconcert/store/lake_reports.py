"""What an ingest needs to be told who is meant, and what it tells when it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from inconcert.core.provenance import LeftOut
from inconcert.store.lake_nouns import BatchEntry, KnownFile


class Resolved(Protocol):
    """Who is meant: codes of the register, sectors of PLOVER, names."""

    @property
    def codes(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def sectors(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def names(self) -> tuple[str, ...]: ...  # noqa: D102


class Resolve(Protocol):
    """Tells who an actor of a coded dataset is in a month, as `resolve.coded.CodedActors` does."""

    def __call__(  # noqa: D102
        self,
        name: str | None,
        code: str | None,
        country: str | None,
        sectors: str | None,
        month: date | str | None,
        *,
        scheme: str | None = None,
    ) -> Resolved: ...


@dataclass(frozen=True, slots=True)
class FileTaken:
    """What became of a file: lines that went in are rows taken and lines in quarantine."""

    name: str
    lines: int
    rows: int
    quarantined: int


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingest brought.

    Attributes:
        batches: that are complete now.
        files: with what became of their lines.
        known: files whose content was taken before, or twice in this run.
        reasons: why lines went to quarantine, and how many.
        notes: what was put right in a file as a whole.
        left_out: files of which nothing more was taken, and why.
        asked: distinct actors and months that were looked up.
        unresolved: of these, actors who are nobody in the register.
        seconds: wall time.
    """

    batches: tuple[BatchEntry, ...]
    files: tuple[FileTaken, ...]
    known: tuple[KnownFile, ...]
    reasons: tuple[tuple[str, int], ...]
    notes: tuple[LeftOut, ...]
    left_out: tuple[LeftOut, ...]
    asked: int
    unresolved: int
    seconds: float

    @property
    def lines(self) -> int:
        """Lines that went in."""
        return sum(each.lines for each in self.batches)

    @property
    def rows(self) -> int:
        """Rows taken."""
        return sum(each.rows for each in self.batches)

    @property
    def quarantined(self) -> int:
        """Lines in quarantine."""
        return sum(each.quarantined for each in self.batches)

    @property
    def counted(self) -> int:
        """Events that count: rows without those that repeat another or were folded into one."""
        return sum(each.counted for each in self.batches)

    @property
    def repeats(self) -> int:
        """Rows that repeat another."""
        return sum(each.repeats for each in self.batches)

    @property
    def folded(self) -> int:
        """Rows folded into their mirror image."""
        return sum(each.folded for each in self.batches)
