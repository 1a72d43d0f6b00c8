"""The arrays that one source's tests of timing are made on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from inconcert.core.panel import Toward
from inconcert.core.reading import AND_TYPE
from inconcert.measure.cells import TypedCoAction, binned, fitting_bins, typed_co_actions
from inconcert.measure.coaction import DIRECTIONS, CoAction, co_action
from inconcert.measure.intensity import Intensities

SAME_DAY = "same day"
TYPED = f"{SAME_DAY}{AND_TYPE}"

Test = CoAction | TypedCoAction


@dataclass(frozen=True, slots=True)
class Case:
    """The arrays of the tests, in cells of one or more days.

    Attributes:
        counts: acts toward the other side, shape (actors, types, cells), the two actors first.
        volume: shape (cells,).
        days: first day of each cell.
        habits: acts by type toward everybody, shape (actors, types).
        cell_days: days to a cell.
    """

    counts: npt.NDArray[np.int32]
    volume: npt.NDArray[np.int64]
    days: npt.NDArray[np.datetime64]
    habits: npt.NDArray[np.int64]
    cell_days: int

    @classmethod
    def of(cls, toward: Toward, cell_days: int | None = None) -> Case:
        """Days joined where acts are rare; chosen on the two actors' own totals alone.

        Args:
            toward: acts toward the other side, the two actors first.
            cell_days: days to a cell; None chooses.
        """
        size = fitting_bins(toward.counts)[0] if cell_days is None else cell_days
        if size == 1:
            return cls(toward.counts, toward.volume, toward.days, toward.habits, 1)
        whole = len(toward.days) // size
        return cls(
            binned(toward.counts, size),
            binned(toward.volume, size),
            toward.days[: whole * size : size],
            toward.habits,
            size,
        )

    @property
    def daily(self) -> npt.NDArray[np.int64]:
        """Acts of whatever type, shape (actors, cells)."""
        return np.asarray(self.counts.sum(axis=1))

    @property
    def directions(self) -> tuple[str, ...]:
        """Directions that can be told at this size of cell, typed first where there are types."""
        plain = tuple(DIRECTIONS) if self.cell_days == 1 else (SAME_DAY,)
        typed = tuple(f"{name}{AND_TYPE}" for name in plain) if self.counts.shape[1] > 1 else ()
        return (*typed, *plain)

    def keeping(self, kept: npt.NDArray[np.bool_]) -> Case:
        """Only some of the cells; shape of `kept` (cells,)."""
        return replace(
            self,
            counts=self.counts[:, :, kept],
            volume=self.volume[kept],
            days=self.days[kept],
        )


def results_of(case: Case, fit: Intensities, directions: Sequence[str]) -> dict[str, Test]:
    """The tests of some directions.

    Args:
        case: the arrays.
        fit: rates of the same arrays.
        directions: with ` and type` where only acts of one type count.

    Raises:
        TooFewEvents: one of the two acts too rarely, or there are too few placebo pairs.
    """
    typed = [name.removesuffix(AND_TYPE) for name in directions if name.endswith(AND_TYPE)]
    plain = [name for name in directions if not name.endswith(AND_TYPE)]
    found: dict[str, Test] = {}
    if typed:
        tests = typed_co_actions(
            case.counts, case.volume, directions=typed, habits=case.habits, fitted=fit
        )
        found |= {f"{name}{AND_TYPE}": test for name, test in tests.items()}
    if plain:
        found |= co_action(case.daily, case.volume, directions=plain, fitted=fit)
    return found


def lags_of(direction: str) -> tuple[int, ...]:
    """Days from A's act to B's that count, whoever comes first."""
    found = DIRECTIONS[direction.removesuffix(AND_TYPE)]
    return tuple(-lag for lag in found.lags) if found.mirrored else found.lags


def day_of(day: np.datetime64) -> date:
    """A day of an array as a date."""
    found: date = day.astype("datetime64[D]").item()
    return found
