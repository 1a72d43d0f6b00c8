"""Segments of constant rate or constant portfolio: their likelihood, and the best cuts by search.

A cut divides a series into two segments that each have a rate (counts that follow a Poisson law
given the volume of the source) or a portfolio (shares of types, given how many acts there are) of
their own. The best cuts of so many segments are found exactly, by optimal partitioning.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_TINY = 1e-12
_MOST_CELLS = 200_000


def exposures(
    days: int, volume: npt.NDArray[Any] | None, covered: npt.NDArray[Any] | None
) -> Floats:
    """How much each day could show, in mean days, shape (days,); 0 on days without a source.

    Args:
        days: number of days.
        volume: reported events of the source that are not toward the target, shape (days,).
        covered: False where the source has nothing at all that day, shape (days,).
    """
    shown = np.ones(days) if volume is None else np.asarray(volume, dtype=float) + 1.0
    if covered is not None:
        shown = shown * np.asarray(covered, dtype=float)
    return np.asarray(shown / max(float(shown.mean()), _TINY))


def best_cuts(
    counts: Floats, exposure: Floats | None, *, most: int, least: int
) -> tuple[Floats, list[list[int]]]:
    """The best ways to cut a series in two, three … segments, exactly.

    Args:
        counts: counts by period, shape (draws, cells, periods).
        exposure: exposure of each period, shape (draws, periods), for a change of rate with one
            cell; None for a change of shares.
        most: largest number of cuts.
        least: shortest segment, in periods.

    Returns:
        Gain in log-likelihood over no cut at all, each segment at its own best rate or shares,
        shape (draws, most), −inf where there is no room for so many cuts; and, of the first draw,
        the cuts for each number of them.

    References:
        [jackson2005]: optimal partitioning by dynamic programming.
    """
    draws, _, periods = counts.shape
    sums = _running(counts)
    room = sums.sum(axis=1) if exposure is None else _running(exposure)
    # best[c] is of the first so many periods with c cuts; ends too near the beginning have none
    best = np.full((most, draws, periods + 1), -np.inf)
    best[0] = _scores(sums, room, 0, slice(None))
    uncut = best[0, :, -1].copy()
    best[0, :, :least] = -np.inf
    gains = np.full((draws, most), -np.inf)
    came = np.zeros((most + 1, periods + 1), dtype=np.int64)
    for end in range(2 * least, periods + 1) if most > 1 else (periods,):
        starts = slice(least, end - least + 1)
        last = _scores(sums, room, starts, end)
        # how a series ends is needed for every number of cuts, how a part of it does for fewer
        for cuts in range(1, most + (end == periods)):
            if end < (cuts + 1) * least:
                break
            value = best[cuts - 1, :, starts] + last
            came[cuts, end] = least + int(value[0].argmax())
            (gains[:, cuts - 1] if end == periods else best[cuts, :, end])[:] = value.max(axis=1)
    return gains - uncut[:, None], [_traced(came, cuts) for cuts in range(1, most + 1)]


def shuffled_gains(
    counts: Floats,
    exposure: Floats | None,
    orders: Ints,
    *,
    most: int,
    least: int,
) -> Floats:
    """Gains of the best cuts when the periods stand in another order.

    Args:
        counts: shape (cells, periods).
        exposure: shape (periods,), or None for shares.
        orders: the periods in their new order, shape (draws, periods).
        most: largest number of cuts.
        least: shortest segment, in periods.

    Returns:
        Shape (draws, most).
    """
    step = max(1, _MOST_CELLS // counts.size)
    parts = []
    for first in range(0, len(orders), step):
        order = orders[first : first + step]
        held = np.moveaxis(counts[:, order], 0, 1)
        shown = None if exposure is None else exposure[order]
        parts.append(best_cuts(held, shown, most=most, least=least)[0])
    return np.concatenate(parts)


def block_orders(bounds: list[int], block: int, draws: int, rng: np.random.Generator) -> Ints:
    """Orders of periods in which whole blocks change places within their segment.

    Args:
        bounds: first period of each segment, and the end of the last.
        block: periods in a block; what is left over at the end of a segment is a shorter one.
        draws: number of orders.
        rng: source of all randomness.

    Returns:
        Shape (draws, periods). Which periods make a block is drawn anew each time.
    """
    orders = np.empty((draws, bounds[-1]), dtype=np.int64)
    for first, end in pairwise(bounds):
        place = np.arange(end - first)
        number = (place + rng.integers(0, block, (draws, 1))) // block
        keys = rng.random((draws, (end - first - 1) // block + 2))
        # a stable sort keeps the order within a block
        order = np.argsort(np.take_along_axis(keys, number, axis=1), axis=1, kind="stable")
        orders[:, first:end] = first + order
    return orders


def _running(values: Floats) -> Floats:
    """Sums up to each period, one more than there are periods on the last axis."""
    edge = np.zeros((*values.shape[:-1], 1))
    return np.concatenate([edge, np.cumsum(values, axis=-1)], axis=-1)


def _scores(sums: Floats, room: Floats, starts: slice | int, ends: slice | int) -> Floats:
    """Log-likelihood of segments, up to a constant that no cut alters, shape (draws, segments).

    Either the starts or the ends are several.
    """
    held = np.maximum(sums[..., _kept(ends)] - sums[..., _kept(starts)], 0.0)
    size = np.maximum(room[:, _kept(ends)] - room[:, _kept(starts)], _TINY)
    told = held * np.log(np.maximum(held, _TINY) / size[:, None])
    return np.asarray(told.sum(axis=1))


def _kept(places: slice | int) -> slice:
    return slice(places, places + 1) if isinstance(places, int) else places


def _traced(came: Ints, cuts: int) -> list[int]:
    """The cuts of the first draw, from the last to the first."""
    where, end = [], came.shape[1] - 1
    for step in range(cuts, 0, -1):
        end = int(came[step, end])
        where.append(end)
    return where[::-1]
