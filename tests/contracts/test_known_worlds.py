"""The benches of known worlds: pieces of a cell are drawn anew, and cells keep their order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[2] / "bench"


@pytest.fixture
def benches(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCH))
    import labour
    import pieces
    import turns

    return pieces, labour, turns


def test_worlds_are_drawn_in_pieces_with_a_generator_each(benches):
    pieces, _, _ = benches

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Cell(pieces.Drawn):
        name: str

    cells = [Cell(name=name, worlds=250, seed=1) for name in "ab"]
    found = list(pieces.in_pieces(cells, lambda cell: (cell, cell.rng().random()), 1))
    assert [[cell.worlds for cell, _ in of_cell] for of_cell in found] == [[100, 100, 50]] * 2
    assert [of_cell[0][0].name for of_cell in found] == ["a", "b"]
    assert len({first for of_cell in found for _, first in of_cell}) == 6
    # a longer run begins with the worlds of a shorter one
    again = replace(cells[0], worlds=100)
    assert next(pieces.in_pieces([again], lambda cell: cell.rng().random(), 1)) == [found[0][0][1]]


def test_every_cell_that_is_asked_for_can_be_drawn(benches):
    _, labour, turns = benches
    asked = [
        table.cells(1, 0)[0]
        for tables in (labour.size_tables, labour.coverage_tables, labour.power_tables)
        for table in tables()
    ]
    assert all(len(labour.drawn(cell)) == 1 for cell in asked)
    cells = {cell.measure: cell for cell in turns.size_cells(1, 0)}
    tallies = {name: turns.drawn(cell) for name, cell in cells.items()}
    assert all(len(one.p) + one.refused == 1 for one in tallies.values())
