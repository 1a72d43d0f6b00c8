"""Common cells of very many pairs toward one target: `cells.common_cells`, prepared once.

What a pair shares with every other (totals, habits, what third parties do on neighbouring days) is
computed once a target; a pair then costs a tenth of a millisecond a year. The numbers are those of
`cells.common_cells` to five digits (single precision within a cell).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from inconcert.measure.cells_chances import DAY_ACTS, HABIT_ACTS, MOST_RATE, NEXT_DAY
from inconcert.measure.intensity import CAP, Intensities

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Indices = npt.NDArray[np.int64]

RATES_AT_ONCE, CELLS_AT_ONCE = 64, 60_000
"""Pairs whose rates, and cells whose chances, are computed together: what a core's cache holds."""


class PairCells:
    """Cells found and expected of pairs of actors toward one target."""

    def __init__(
        self,
        counts: npt.NDArray[Any],
        fit: Intensities,
        *,
        habits: npt.NDArray[Any] | None = None,
    ) -> None:
        """Prepare a target.

        Args:
            counts: acts toward it, shape (actors, types, days).
            fit: daily rates of all actors.
            habits: as in `cells.typed_rates`.
        """
        cells = counts > 0
        total = np.minimum(counts, CAP).astype(np.float32)
        everybody = total.sum(axis=0)
        base = (everybody.sum(axis=1) + 1) / (everybody.sum(axis=1) + 1).sum()
        used = cells.sum(axis=2) if habits is None else habits
        habit = (used + HABIT_ACTS * base) / (used.sum(axis=1, keepdims=True) + HABIT_ACTS)
        self._fit, self._habit = fit, habit.astype(np.float32)
        self._near = _with_neighbours(total)
        self._near_all = _with_neighbours(everybody[None])[0]
        self._sums, self._sums_all = self._near.sum(axis=2), self._near_all.sum(axis=1)
        self._filled = cells.sum(axis=(1, 2)).astype(float)
        self._cells = cells.reshape(len(cells), -1).astype(np.float32)
        self._at_once = max(1, CELLS_AT_ONCE // self._cells.shape[1])

    def found(self) -> Floats:
        """Cells filled by both actors of each pair, shape (actors, actors)."""
        return np.asarray((self._cells @ self._cells.T).astype(float))

    def alone(self) -> Floats:
        """Cells expected of each pair if neither were left out of the other's control: a screen.

        Returns:
            Shape (actors, actors), from one product of matrices.
        """
        chances = np.empty_like(self._cells)
        for actor in range(len(chances)):
            tilt = _tilt(self._near_all - self._near[actor], self._sums_all - self._sums[actor])
            daily = self._per_cell(self._fit.expected[[actor]], np.array([actor]))
            chances[actor] = self._chances(daily, np.array([actor]), tilt[None])[0].ravel()
        return np.asarray((chances @ chances.T).astype(float))

    def expected(self, first: Indices, second: Indices) -> Floats:
        """Cells expected of each pair, each actor left out of the other's control.

        Args:
            first: indices, shape (n,).
            second: indices, shape (n,).

        Returns:
            Shape (n,), not deflated.

        Null: given third parties, what one actor of a pair does on a day is independent of the
            other.

        Blind to: the same as `cells.typed_rates`.

        References:
            [berrett2020]: chances of a variable given its confounders.
        """
        out = np.empty(len(first))
        for start in range(0, len(first), RATES_AT_ONCE):
            a, b = (side[start : start + RATES_AT_ONCE] for side in (first, second))
            daily = [
                self._per_cell(self._fit.leaving_out(one, other), one)
                for one, other in ((a, b), (b, a))
            ]
            for some in range(0, len(a), self._at_once):
                rows = slice(some, some + self._at_once)
                tilt = _tilt(
                    self._near_all - self._near[a[rows]] - self._near[b[rows]],
                    self._sums_all - self._sums[a[rows]] - self._sums[b[rows]],
                )
                left = self._chances(daily[0][rows], a[rows], tilt)
                right = self._chances(daily[1][rows], b[rows], tilt)
                flat = left.reshape(len(left), 1, -1), right.reshape(len(right), -1, 1)
                out[start + some : start + some + len(left)] = np.matmul(*flat)[:, 0, 0]
        return out

    def _per_cell(self, rates: Floats, actors: Indices) -> Singles:
        """Acts of each day as the cells an actor fills in all let one expect, shape (n, days)."""
        daily = -np.log1p(-np.minimum(rates, MOST_RATE))
        daily *= (self._filled[actors] / np.maximum(daily.sum(axis=1), 1e-9))[:, None]
        return np.asarray(daily, dtype=np.float32)

    def _chances(self, daily: Singles, actors: Indices, tilt: Singles) -> Singles:
        """Chance of each cell, shape (n, types, days)."""
        habit = self._habit[actors]
        scale = daily[:, None] / np.matmul(habit[:, None], tilt)
        chances = tilt * habit[:, :, None]
        chances *= -scale
        np.expm1(chances, out=chances)
        return np.asarray(np.negative(chances, out=chances))


def _with_neighbours(acts: Singles) -> Singles:
    near = acts.copy()
    near[..., 1:] += np.float32(NEXT_DAY) * acts[..., :-1]
    near[..., :-1] += np.float32(NEXT_DAY) * acts[..., 1:]
    return near


def _tilt(near: Singles, sums: Singles) -> Singles:
    """How much likelier each type is on each day than it is on the whole, shape (..., days)."""
    share = sums + 1
    share /= share.sum(axis=-1, keepdims=True)
    near /= share[..., None]
    near += np.float32(DAY_ACTS)
    return near
