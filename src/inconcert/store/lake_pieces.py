"""What goes into one batch: whole files together, or a piece of a file that is larger.

A batch is so small that its rows fit into the memory that a writer may use. A piece of a text file
is copied out of it, up to the end of a line; where it begins is known from what was taken before,
so that a file half taken goes on where the last complete batch ended.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from inconcert.read.events import Part, Plan
from inconcert.store.lake_files import sha256_of
from inconcert.store.lake_nouns import KnownFile, PieceTaken

BATCH_ROWS = 1_000_000
"""About as many lines go into a batch, where they are not too long."""

BATCH_BYTES = 400_000_000
"""About as many bytes of text go into a batch."""

_SLACK = 1.25
_COPY_BYTES = 1 << 22


@dataclass(frozen=True, slots=True)
class Piece:
    """A file of a batch, or the piece of one.

    Attributes:
        part: what the plan reads; of a piece, the copy.
        name: of the file as it was given.
        start, stop, total: where it lies in the file, in bytes (of Parquet: rows).
        lines_before: lines of the file before it, those that are skipped among them; what faults
            say of lines counts from there, unless the lines carry their own numbers.
    """

    part: Part
    name: str
    sha256: str
    start: int
    stop: int
    total: int
    lines_before: int
    is_cut: bool


def batches_of(
    plan: Plan,
    *,
    taken: Callable[[str], Sequence[PieceTaken]],
    known: Callable[[KnownFile], None],
    work: Path,
    most: int = BATCH_ROWS,
) -> Generator[tuple[Plan, list[Piece]], None, None]:
    """The files of a plan as plans of one batch each; copies go when the next is asked for.

    Args:
        taken: gives what was taken of a content before, by its hash, in order.
        known: told of each file that was taken whole before.
        work: folder for pieces.
    """
    gathered: list[Piece] = []
    seen: dict[str, str] = {}
    for part in plan.files:
        sha256 = sha256_of(part.path)
        before = taken(sha256)
        if sha256 in seen:
            known(KnownFile(part.name, seen[sha256], None))
            continue
        if before and before[-1].stop >= before[-1].total:
            known(KnownFile(part.name, before[-1].name, before[-1].batch))
            continue
        seen[sha256] = part.name
        if before or _weight(plan, part, most) > _SLACK:
            if gathered:
                yield _plan_of(plan, gathered), gathered
                gathered = []
            yield from _cut(plan, part, sha256, before, work, most)
            continue
        weights = [_weight(plan, each, most) for each in (*(one.part for one in gathered), part)]
        if gathered and sum(weights) > 1:
            yield _plan_of(plan, gathered), gathered
            gathered = []
        gathered.append(_whole(plan, part, sha256))
    if gathered:
        yield _plan_of(plan, gathered), gathered


def _weight(plan: Plan, part: Part, most: int) -> float:
    """Which share of a batch a file fills."""
    size = 0 if plan.parquet_names else part.path.stat().st_size
    return max(part.lines / most, size / BATCH_BYTES)


def _whole(plan: Plan, part: Part, sha256: str) -> Piece:
    total = part.lines if plan.parquet_names else part.path.stat().st_size
    return Piece(part, part.name, sha256, 0, total, total, 0, is_cut=False)


def _plan_of(plan: Plan, pieces: Sequence[Piece]) -> Plan:
    return replace(plan, files=tuple(each.part for each in pieces))


def _cut(
    plan: Plan, part: Part, sha256: str, before: Sequence[PieceTaken], work: Path, most: int
) -> Iterator[tuple[Plan, list[Piece]]]:
    copy = work / f"piece-{sha256[:12]}{'.parquet' if plan.parquet_names else ''}"
    cut = _rows_of_parquet if plan.parquet_names else _lines_of_text
    start = before[-1].stop if before else 0
    lines = sum(each.lines for each in before)
    plain = replace(plan, skip=0)
    for stop, total, count in cut(part, copy, start, plan.skip, most):
        cut_part = replace(part, path=copy, lines=count, is_copy=True)
        skipped = 0 if plan.is_numbered or plan.parquet_names else plan.skip
        offset = 0 if plan.is_numbered else lines + skipped
        piece = Piece(cut_part, part.name, sha256, start, stop, total, offset, is_cut=True)
        yield replace(plain, files=(cut_part,)), [piece]
        start, lines = stop, lines + count
    copy.unlink(missing_ok=True)


def _lines_of_text(
    part: Part, copy: Path, start: int, skip: int, most: int
) -> Iterator[tuple[int, int, int]]:
    """Pieces one after the other under one name: where each ends, of how much, and its lines."""
    total = part.path.stat().st_size
    size = max(min(total * most // max(part.lines, 1), BATCH_BYTES), 1)
    with part.path.open("rb") as file:
        if start == 0:
            for _ in range(skip):
                file.readline()
        else:
            file.seek(start)
        while file.tell() < total:
            lines, left, last = 0, size, b"\n"
            with copy.open("wb") as out:
                while left > 0 and (chunk := file.read(min(left, _COPY_BYTES))):
                    out.write(chunk)
                    lines, left, last = lines + chunk.count(b"\n"), left - len(chunk), chunk[-1:]
                if last != b"\n":
                    out.write(file.readline())
                    lines += 1
            yield file.tell(), total, lines


def _rows_of_parquet(
    part: Part, copy: Path, start: int, skip: int, most: int
) -> Iterator[tuple[int, int, int]]:
    """The same of a Parquet file; `skip` has no meaning there."""
    import pyarrow.parquet as pq

    del skip
    with pq.ParquetFile(part.path) as file:
        total, place, rows = file.metadata.num_rows, 0, 0
        writer: pq.ParquetWriter | None = None
        for batch in file.iter_batches(batch_size=min(65_536, most)):
            end = place + batch.num_rows
            kept = batch.slice(max(start - place, 0)) if end > start else None
            place = end
            if kept is None:
                continue
            if writer is None:
                writer = pq.ParquetWriter(copy, file.schema_arrow)
            writer.write_batch(kept)
            rows += kept.num_rows
            if rows >= most or place == total:
                writer.close()
                yield place, total, rows
                writer, rows = None, 0
