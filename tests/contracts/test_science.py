"""The bench of simulated worlds: floors are read off the tallies, and chunks change nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

BENCH = Path(__file__).parents[2] / "bench"


@pytest.fixture
def bench(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCH))
    import science_tables
    import science_worlds

    return science_worlds, science_tables


def tallies(bench, share: float, kind: str = "none"):
    worlds, tables = bench
    cell = worlds.Cell("N7", kind=kind, rho=0.35 if kind != "none" else 0.0)
    rows = [{name: float(place >= share * 100) for name in tables.OURS} for place in range(100)]
    for row in rows:
        row |= {"act-days": 80.0, "cells": 90.0}
    return {cell.key: worlds.Tally(rows)}


def missed(bench, found) -> list[str]:
    return [name for name, met, _ in bench[1].floors(found) if not met]


def test_a_test_that_finds_too_much_where_nothing_is_misses_its_floor(bench):
    assert missed(bench, tallies(bench, 0.01)) == []
    assert "size at 5% pooled over N1–N7 ≤ 0.055: same day" in missed(bench, tallies(bench, 0.2))


def test_a_test_that_finds_too_little_of_what_is_planted_misses_its_floor(bench):
    assert missed(bench, tallies(bench, 0.95, "joint")) == []
    assert "power at 5% ≥ 0.90: joint → same day" in missed(bench, tallies(bench, 0.5, "joint"))


def test_the_calibration_holds_size_and_power_of_what_was_drawn(bench):
    _, tables = bench
    found = tallies(bench, 0.04) | tallies(bench, 0.8, "joint")
    row = tables.calibration(found).splitlines()[-1].split("\t")
    assert row == [
        "same day and type",
        "365",
        "0.3",
        "90",
        "0.0400",
        "0.0400",
        "0.800",
        "0.800",
        "100",
    ]


def test_worlds_of_a_cell_are_drawn_in_chunks_of_their_own(bench):
    worlds, _ = bench
    chunks = list(worlds.Cell("N1", worlds=120).chunks())
    assert [chunk.worlds for chunk in chunks] == [50, 50, 20]
    states = {chunk.rng().integers(1 << 40) for chunk in chunks}
    assert len(states) == 3


def test_every_test_gives_a_p_and_every_interval_is_checked(bench):
    worlds, tables = bench
    tally = worlds.drawn(worlds.Cell("N1", worlds=1, days=120, has_peers=True))
    assert set(tables.OURS) <= set(tally.rows[0])
    assert set(tables.EVERY_ESTIMATE) <= set(tally.rows[0])
