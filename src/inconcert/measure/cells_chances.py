"""Chances of cells: how likely an actor is to use a type on a day, given what third parties do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from inconcert.measure.coaction import windowed
from inconcert.measure.intensity import CAP, Intensities

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]
Singles = npt.NDArray[np.float32]

HABIT_ACTS, DAY_ACTS, NEXT_DAY = 10.0, 3.0, 0.5
MOST_RATE, LEAST_OF_PLAIN = 0.95, 0.5
PAIRS_AT_ONCE, SAME_DAYS, NEAREST_TURN = 4, (0,), 8


@dataclass(frozen=True, slots=True)
class Others:
    """Types used toward the target, from which any two actors can be taken out.

    Attributes:
        near: capped acts of everybody on the day and, at half weight, the days next to it,
            shape (types, days).
        each: the same of every actor, shape (actors, types, days).
        habit: shares of types that each actor is wont to use, shape (actors, types).
    """

    near: Singles
    each: Singles
    habit: Singles

    @classmethod
    def of(cls, counts: npt.NDArray[Any], habits: npt.NDArray[Any] | None) -> Others:
        """Prepare a target's counts, shape (actors, types, days); habits as in `typed_rates`."""
        total = np.minimum(counts, CAP).astype(np.float32)
        sums = total.sum(axis=(0, 2)) + 1
        base = sums / sums.sum()
        used = (counts > 0).sum(axis=2) if habits is None else habits
        habit = (used + HABIT_ACTS * base) / (used.sum(axis=1, keepdims=True) + HABIT_ACTS)
        each = total.copy()
        each[:, :, 1:] += np.float32(NEXT_DAY) * total[:, :, :-1]
        each[:, :, :-1] += np.float32(NEXT_DAY) * total[:, :, 1:]
        return cls(each.sum(axis=0), each, habit.astype(np.float32))

    def without(self, actors: Indices, partners: Indices) -> tuple[Singles, Singles]:
        """Types of all but two, shape (n, types, days), and their shares, shape (n, types)."""
        near = self.near - self.each[actors]
        near -= self.each[partners]
        share = near.sum(axis=2) + 1
        return near, np.asarray(share / share.sum(axis=1, keepdims=True))

    def chances(self, near: Singles, share: Singles, acts: Floats, actors: Indices) -> Singles:
        """Chance that an actor fills a cell, given how many acts it is good for on the day."""
        habit = self.habit[actors]
        weights = near * (habit / share)[:, :, None]
        weights += (DAY_ACTS * habit)[:, :, None]
        scale = -acts.astype(np.float32) / weights.sum(axis=1)
        weights *= scale[:, None, :]
        np.expm1(weights, out=weights)
        return np.negative(weights, out=weights)


def act_intensity(
    filled: npt.NDArray[Any], fit: Intensities, actors: Indices, partners: Indices
) -> Floats:
    """Cells that an actor is expected to fill on each day: the likelier a day, the more.

    `filled` holds the cells that each of all actors fills in the whole span.
    """
    daily = -np.log1p(-np.minimum(fit.leaving_out(actors, partners), MOST_RATE))
    return np.asarray(daily * (filled[actors] / np.maximum(daily.sum(axis=1), 1e-9))[:, None])


def meetings(
    counts: npt.NDArray[Any],
    fit: Intensities,
    first: Indices,
    second: Indices,
    habits: npt.NDArray[Any] | None,
    lags: Sequence[Sequence[int]],
) -> tuple[Floats, Floats, Floats, Floats]:
    """Common cells found, expected, plainly expected, and their variance, for each set and pair.

    Args:
        counts: acts toward the target, shape (actors, types, days).
        fit: daily rates of all actors.
        first: indices, shape (pairs,).
        second: indices, shape (pairs,).
        habits: as in `cells.typed_rates`.
        lags: sets of days from the first's act to the second's.

    Returns:
        Four arrays of shape (sets, pairs). The plain expectation is the sum of products of both
        chances. Over several days it keeps every error in how an actor's level moves over weeks;
        there the expected is what remains of the found when the products of both actors' residuals
        are taken off, in which such an error counts only where both fits make it. The variance is
        that of the products of residuals when one actor is turned in time against the other, which
        keeps the bunches in which either acts; nought on the same day, where it is not wanted.

    Null: given third parties, what one actor of a pair does is independent of the other.

    Blind to: the same as `cells.typed_rates`.

    References:
        [berrett2020]: chances of a variable given its confounders.
        [shah2020]: products of residuals forgive errors that one fit alone makes.
    """
    cells = (counts > 0).astype(np.float32)
    others, filled = Others.of(counts, habits), (counts > 0).sum(axis=(1, 2))
    rates = [act_intensity(filled, fit, *who) for who in ((first, second), (second, first))]
    found, expected, plain, variance = np.zeros((4, len(lags), len(first)))
    has_windows = any(tuple(days) != SAME_DAYS for days in lags)
    near = [windowed(cells, days) for days in lags]
    # a few pairs at a time: what is in the cache is not fetched again
    for part in np.array_split(np.arange(len(first)), max(1, len(first) // PAIRS_AT_ONCE)):
        a, b = first[part], second[part]
        types, share = others.without(a, b)
        one = others.chances(types, share, rates[0][part], a)
        other = others.chances(types, share, rates[1][part], b)
        turned = _turned(cells[a] - one, cells[b] - other) if has_windows else None
        for place, days in enumerate(lags):
            met, chance = near[place][b], windowed(other, days)
            found[place, part] = np.einsum("nkd,nkd->n", cells[a], met)
            product = np.einsum("nkd,nkd->n", one, chance)
            plain[place, part] = expected[place, part] = product
            if tuple(days) != SAME_DAYS:
                crossed = np.einsum("nkd,nkd->n", cells[a], chance)
                crossed += np.einsum("nkd,nkd->n", one, met)
                expected[place, part] = np.maximum(crossed - product, LEAST_OF_PLAIN * product)
            if turned is not None and tuple(days) != SAME_DAYS:
                sums = np.sum([np.roll(turned, -lag, axis=-1) for lag in days], axis=0)
                edge = NEAREST_TURN + max(abs(lag) for lag in days)
                if sums.shape[-1] > 2 * edge + NEAREST_TURN:
                    variance[place, part] = sums[:, edge:-edge].var(axis=-1)
    return found, expected, plain, variance


def _turned(first: Singles, second: Singles) -> Floats:
    """Sums of products over cells, the second turned by 0, 1, … days, shape (n, days)."""
    days = first.shape[-1]
    crossed = np.conj(np.fft.rfft(first)) * np.fft.rfft(second)
    return np.asarray(np.fft.irfft(crossed.sum(axis=1), n=days))
