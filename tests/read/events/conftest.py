from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from inconcert.core.provenance import LeftOut
from inconcert.read.events import Plan, open_events
from inconcert.read.events.cells import read_cells

TODAY = date(2026, 11, 22)


@dataclass
class Taken:
    """What plans gave when their SQL was run."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    faults: list[tuple[int, str, str]] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    layouts: list[str] = field(default_factory=list)
    notes: list[LeftOut] = field(default_factory=list)
    lines: int = 0
    plans: int = 0

    @property
    def only(self) -> dict[str, Any]:
        assert len(self.rows) == 1, (self.rows, self.faults, self.left_out)
        return self.rows[0]

    @property
    def reasons(self) -> list[str]:
        return [reason for _, reason, _ in self.faults]


def take(*paths: str | Path, layout: object = None, **options: object) -> Taken:
    """Open files and run what their plans say in a database in memory."""
    taken = Taken()
    with duckdb.connect() as base:
        base.execute("set threads=1")
        options = {"today": TODAY, "left_out": taken.left_out.append, **options}
        for plan in open_events(paths, layout, **options):
            taken.plans += 1
            taken.layouts.append(plan.layout.name)
            taken.notes += plan.notes
            taken.lines += plan.lines
            if not plan.parquet_names:
                assert unlike(base, plan) == 0, "cells give other rows than the database's reader"
            found = base.execute(plan.rows())
            names = [column[0] for column in found.description]
            taken.rows += [dict(zip(names, row, strict=True)) for row in found.fetchall()]
            for part in plan.files:
                taken.faults += base.execute(plan.faults(part)).fetchall()
    return taken


def unlike(base: duckdb.DuckDBPyConnection, plan: Plan) -> int:
    """How many rows come out by one of the two readers of cells and not by the other."""
    base.register("cells", read_cells(plan).table)
    names = ", ".join(plan.layout.row_columns)
    ours = f"select {names}, _file from ({plan.judged('cells')}) where _fault is null"
    theirs = f"select {names}, _file from ({plan.rows()})"
    both = f"(({ours}) except all ({theirs})) union all (({theirs}) except all ({ours}))"
    return len(base.execute(both).fetchall())


@pytest.fixture
def opened() -> Callable[..., Taken]:
    return take
