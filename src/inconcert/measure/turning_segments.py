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
_MOST_CELLS = 4_000_000


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


def segment_scores(counts: Floats, exposure: Floats | None) -> Floats:
    """Log-likelihood of every possible segment, each at its own best rate or shares.

    Args:
        counts: counts by period, shape (draws, cells, periods).
        exposure: exposure of each period, shape (draws, periods), for a change of rate with one
            cell; None for a change of shares.

    Returns:
        Shape (draws, periods + 1, periods + 1): entry (i, j) is of periods i to j − 1, up to a
        constant that no cut alters; only i < j has a meaning.
    """
    draws, cells, periods = counts.shape
    total = np.zeros((draws, periods + 1, periods + 1))
    for cell in range(cells):
        total += _xlogx(_between(counts[:, cell]))
    if exposure is None:
        return np.asarray(total - _xlogx(_between(counts.sum(axis=1))))
    held = _between(counts.sum(axis=1))
    return np.asarray(total - held * np.log(np.maximum(_between(exposure), _TINY)))


def best_cuts(scores: Floats, most: int, least: int) -> tuple[Floats, list[list[int]]]:
    """The best ways to cut a series in two, three … segments, exactly.

    Args:
        scores: what `segment_scores` returns, shape (draws, periods + 1, periods + 1).
        most: largest number of cuts.
        least: shortest segment, in periods.

    Returns:
        Gain in log-likelihood over no cut at all, shape (draws, most), −inf where there is no
        room for so many cuts; and, of the first draw, the cuts for each number of them.

    References:
        [jackson2005]: optimal partitioning by dynamic programming.
    """
    draws, edge, _ = scores.shape
    best = np.full((most + 1, draws, edge), -np.inf)
    came = np.zeros((most + 1, edge), dtype=np.int64)
    best[0] = scores[:, 0]
    best[0, :, :least] = -np.inf
    for cuts in range(1, most + 1):
        for end in range((cuts + 1) * least, edge):
            last = slice(cuts * least, end - least + 1)
            value = best[cuts - 1, :, last] + scores[:, last, end]
            best[cuts, :, end] = value.max(axis=1)
            came[cuts, end] = cuts * least + int(value[0].argmax())
    found: list[list[int]] = []
    for cuts in range(1, most + 1):
        where, end = [], edge - 1
        for step in range(cuts, 0, -1):
            end = int(came[step, end])
            where.append(end)
        found.append(where[::-1])
    return np.asarray(best[1:, :, -1].T - best[0, :, -1][:, None]), found


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
    size = (counts.shape[1] + 1) ** 2
    step = max(1, _MOST_CELLS // size)
    parts = []
    for first in range(0, len(orders), step):
        order = orders[first : first + step]
        held = np.moveaxis(counts[:, order], 0, 1)
        shown = None if exposure is None else exposure[order]
        parts.append(best_cuts(segment_scores(held, shown), most, least)[0])
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
    for draw in range(draws):
        parts = []
        for first, end in pairwise(bounds):
            edges = np.arange(first + int(rng.integers(1, block + 1)), end, block)
            blocks = np.split(np.arange(first, end), edges - first)
            parts += [blocks[place] for place in rng.permutation(len(blocks))]
        orders[draw] = np.concatenate(parts)
    return orders


def _between(values: Floats) -> Floats:
    """Sums over all segments, shape (draws, periods) -> (draws, periods + 1, periods + 1)."""
    sums = np.concatenate([np.zeros((len(values), 1)), np.cumsum(values, axis=1)], axis=1)
    return np.asarray(np.maximum(sums[:, None, :] - sums[:, :, None], 0.0))


def _xlogx(values: Floats) -> Floats:
    return np.asarray(values * np.log(np.maximum(values, _TINY)))
