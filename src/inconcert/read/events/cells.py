"""The cells of text files as columns, cut by Arrow piece by piece, on all cores.

Only cells that rows are made of are kept. What stands for nothing is NULL here; a number that a row
takes as it is has become one. Lines with too many or too few cells are given beside the columns.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pc_csv

from inconcert.errors import UnreadableDocument
from inconcert.read.events.plan import FILE, ROW, Part, Plan

_PIECE_BYTES = 1 << 22
_BLOCK_BYTES = 1 << 18  # fits the nearest memory: four times as large is half as quick
_MOST_THREADS = 4
_SPACE = ord(" ")
_NUMBERS: Mapping[str, pa.DataType] = {"double": pa.float64(), "integer": pa.int32()}


@dataclass(frozen=True, slots=True)
class Reject:
    """A line with too many or too few cells.

    Attributes:
        line: its number in the file, from 1, skipped lines among them.
    """

    path: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of the files of a plan, a row for each line that has as many as it must.

    Attributes:
        table: `_c1`, `_c2`… as they stand in a line, the path of the file in `_file`, and in
            `_row` a number that counts from 0.
        carried: columns of the row that a cell is without more ado, and the cell.
    """

    table: pa.Table
    carried: Mapping[str, str]
    rejects: tuple[Reject, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    table: pa.Table
    rejects: tuple[tuple[int, str], ...]


class _MistypedError(Exception):
    """A cell is no number where the layout says so."""


def read_cells(plan: Plan) -> Cells:
    """Read the text files of a plan.

    Raises:
        OSError: a file cannot be read.
        UnreadableDocument: a file cannot be cut into cells.
    """
    numbers = plan.plain_numbers()
    try:
        return _read(plan, {place: _NUMBERS[kind] for place, kind in numbers.items()})
    except _MistypedError:
        return _read(plan, {})


def _read(plan: Plan, numbers: Mapping[int, pa.DataType]) -> Cells:
    kinds = {f"_c{place}": numbers.get(place, pa.string()) for place in plan.used_places()}
    tables, rejects = [pa.schema({**kinds, FILE: _FILE_KIND}).empty_table()], []
    with ThreadPoolExecutor(min(os.cpu_count() or 1, _MOST_THREADS)) as pool:
        for part, piece, before in _pieces(plan, kinds, pool):
            rows = piece.table.num_rows
            path = pa.DictionaryArray.from_arrays(np.zeros(rows, np.int32), [str(part.path)])
            tables.append(piece.table.append_column(FILE, path))
            rejects += [Reject(str(part.path), before + at, text) for at, text in piece.rejects]
    table = pa.concat_tables(tables)
    carried = {
        row: f"_c{place}"
        for row, (place, kind) in plan.plain_cells().items()
        if kind == "varchar" or place in numbers
    }
    return Cells(table.append_column(ROW, pa.array(np.arange(len(table)))), carried, tuple(rejects))


_FILE_KIND = pa.dictionary(pa.int32(), pa.string())


def _pieces(
    plan: Plan, kinds: Mapping[str, pa.DataType], pool: ThreadPoolExecutor
) -> Iterator[tuple[Part, _Piece, int]]:
    """Pieces in their order, each with its file and how many lines of it come before."""
    cut = partial(_cut, plan, kinds)
    coming: deque[tuple[Part, Future[_Piece]]] = deque()
    before = dict.fromkeys((part.path for part in plan.files), plan.skip)

    def done() -> tuple[Part, _Piece, int]:
        part, future = coming.popleft()
        piece, lines = future.result(), before[part.path]
        before[part.path] = lines + piece.table.num_rows + len(piece.rejects)
        return part, piece, lines

    for part in plan.files:
        for text in _texts(part.path, plan.skip):
            coming.append((part, pool.submit(cut, part, text)))
            if len(coming) > _MOST_THREADS:
                yield done()
    while coming:
        yield done()


def _texts(path: Path, skip: int) -> Iterator[memoryview]:
    """A file in pieces that end where a line does."""
    with path.open("rb") as file:
        for _ in range(skip):
            file.readline()
        while text := file.read(_PIECE_BYTES):
            end = text.rfind(b"\n") + 1
            if end:
                file.seek(end - len(text), os.SEEK_CUR)
                yield memoryview(text)[:end]
            else:
                yield memoryview(text + file.readline())


def _cut(plan: Plan, kinds: Mapping[str, pa.DataType], part: Part, text: memoryview) -> _Piece:
    """The cells of a piece.

    Raises:
        _MistypedError: a cell is no number where it ought to be.
    """
    rejects: list[tuple[int, str]] = []

    def set_aside(row: pc_csv.InvalidRow) -> str:
        rejects.append((row.number, row.text))
        return "skip"

    for block in (_BLOCK_BYTES, len(text) + 1):  # a line may be longer than a block
        rejects.clear()
        try:
            table = pc_csv.read_csv(
                pa.BufferReader(pa.py_buffer(text)),
                read_options=pc_csv.ReadOptions(
                    column_names=[f"_c{place + 1}" for place in range(plan.cells_of_a_line)],
                    block_size=block,
                    use_threads=False,
                ),
                parse_options=pc_csv.ParseOptions(
                    delimiter=plan.delimiter,
                    quote_char=False,
                    double_quote=False,
                    invalid_row_handler=set_aside,
                ),
                convert_options=pc_csv.ConvertOptions(
                    include_columns=list(kinds),
                    column_types=kinds,
                    null_values=["", *plan.layout.null],
                    strings_can_be_null=True,
                    check_utf8=False,  # seen to when the file was opened
                ),
                memory_pool=_pool(),
            )
        except pa.ArrowInvalid as error:
            refused = error
            continue
        return _Piece(_plain(table.combine_chunks(_pool()), plan.layout.null), tuple(rejects))
    if set(kinds.values()) != {pa.string()}:
        raise _MistypedError
    raise UnreadableDocument(
        f"cannot be cut into cells: {refused}", where=part.name, advice="Get the file again."
    )


def _pool() -> pa.MemoryPool:
    """Memory that is quick to get anew; the system takes its time over large pages."""
    has_other = "jemalloc" in pa.supported_memory_backends()
    return pa.jemalloc_memory_pool() if has_other else pa.default_memory_pool()


def _plain(table: pa.Table, null: Sequence[str]) -> pa.Table:
    """The cells without spaces around them, where the layout has words that stand for nothing."""
    if not null:
        return table
    words = pa.array(["", *null])
    columns = [
        pa.chunked_array([_trimmed(chunk, words) for chunk in column.chunks], column.type)
        if pa.types.is_string(column.type)
        else column
        for column in table.columns
    ]
    return pa.table(columns, names=table.column_names)


def _trimmed(cells: pa.StringArray, words: pa.StringArray) -> pa.StringArray:
    _, offsets, data = cells.buffers()
    if not len(cells) or data is None or not data.size:
        return cells
    ends = np.frombuffer(offsets, np.int32)[cells.offset : cells.offset + len(cells) + 1]
    letters = np.frombuffer(data, np.uint8)
    filled = ends[1:] > ends[:-1]
    edges = np.concatenate((ends[:-1][filled], ends[1:][filled] - 1))
    if not (letters[edges] == _SPACE).any():
        return cells
    trimmed = pc.utf8_trim(cells, characters=" ")
    return pc.if_else(pc.is_in(trimmed, value_set=words), pa.scalar(None, pa.string()), trimmed)
