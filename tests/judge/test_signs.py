"""Stance read off arrays."""

from __future__ import annotations

import numpy as np
import pytest

from inconcert.core.panel import Toward
from inconcert.judge.signs import sign_of, stance_read

DAYS = 70


@pytest.mark.parametrize(
    ("cell", "sign"),
    [("03", 1), ("07", 1), ("AID", 1), ("11", -1), ("20", -1), ("ASSAULT", -1)],
)
def test_a_cell_is_warm_or_cold(cell: str, sign: int) -> None:
    assert sign_of(cell) == sign


@pytest.mark.parametrize("cell", ["01", "02", "STATEMENT", "APPEAL", "UNCODED"])
def test_words_that_are_no_act_have_no_sign(cell: str) -> None:
    assert sign_of(cell) == 0


def toward(first: str, second: str) -> Toward:
    """Each acts every second day, all in one type."""
    types = ("01", "07", "19")
    counts = np.zeros((3, 3, DAYS), dtype=np.int32)
    counts[0, types.index(first), ::2] = 1
    counts[1, types.index(second), ::2] = 1
    counts[2, 1, :] = 1
    counts[2, 2, ::2] = 1
    return Toward(
        ("AFG",), ("RUS", "CHN", "PAK"), types,
        np.datetime64("2021-01-01") + np.arange(DAYS), counts, np.ones(DAYS, dtype=np.int64),
        np.ones(DAYS, dtype=np.bool_), counts.sum(axis=2), "MADE", "",
    )  # fmt: skip


def test_a_helper_and_a_fighter_are_opposed() -> None:
    found = stance_read(toward("07", "19"), rng=np.random.default_rng(1), seed=1)
    assert (found.value, found.shares) == ("opposed", (1.0, 0.0))


def test_two_helpers_are_aligned() -> None:
    found = stance_read(toward("07", "07"), rng=np.random.default_rng(1), seed=1)
    assert found.value == "aligned"


def test_words_that_are_neither_warm_nor_cold_are_no_stance() -> None:
    found = stance_read(toward("07", "01"), rng=np.random.default_rng(1), seed=1)
    assert (found.value, found.acts) == ("too few", (35, 0))


def test_acts_of_one_week_alone_are_too_few() -> None:
    given = toward("07", "19")
    given.counts[1, :, 7:] = 0
    given.counts[1, 2, :7] = 3
    found = stance_read(given, rng=np.random.default_rng(1), seed=1)
    assert (found.value, found.acts, found.gap) == ("too few", (35, 21), None)
