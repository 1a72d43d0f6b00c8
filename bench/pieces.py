"""Worlds of a cell drawn in pieces, so that every worker has work until all cells are done."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields, replace
from itertools import islice
from typing import TypeVar

import numpy as np

PIECE = 100


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is common to the cells of a bench: how many worlds, and of which draws.

    Attributes:
        worlds: number of worlds.
        seed: of the bench.
        piece: number of the piece; each has a generator of its own, so that figures do not
            depend on the number of workers.
    """

    worlds: int
    seed: int
    piece: int = 0

    def rng(self) -> np.random.Generator:
        """The generator of this piece of the cell."""
        common = {one.name for one in fields(Drawn)}
        name = " ".join(
            str(getattr(self, one.name)) for one in fields(self) if one.name not in common
        )
        return np.random.default_rng([self.seed, zlib.crc32(name.encode()), self.piece])


Cell = TypeVar("Cell", bound=Drawn)
Found = TypeVar("Found")


def in_pieces(
    cells: Sequence[Cell], draw: Callable[[Cell], Found], workers: int
) -> Iterator[list[Found]]:
    """What was found in each cell, piece by piece; cells in their order, as soon as they are done.

    Args:
        cells: all that is asked for.
        draw: draws the worlds of a piece; a function of a module, so that processes can share it.
        workers: processes.
    """
    pieces = [
        [
            replace(cell, worlds=min(PIECE, cell.worlds - first), piece=first // PIECE)
            for first in range(0, cell.worlds, PIECE)
        ]
        for cell in cells
    ]
    everything = [piece for of_cell in pieces for piece in of_cell]
    found: Iterator[Found]
    if workers < 2:
        found = map(draw, everything)
        yield from (list(islice(found, len(of_cell))) for of_cell in pieces)
        return
    with ProcessPoolExecutor(workers) as pool:
        found = pool.map(draw, everything)
        yield from (list(islice(found, len(of_cell))) for of_cell in pieces)
