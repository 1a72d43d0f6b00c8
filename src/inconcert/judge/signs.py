"""Stance read off arrays: which cells are cooperative acts, and how the shares compare."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from inconcert.core.panel import Toward
from inconcert.core.reading import StanceRead
from inconcert.errors import TooFewEvents
from inconcert.measure.stance import stance_gap
from inconcert.ontology import cameo, plover

Counts = npt.NDArray[np.int64]
DRAWS = 999


@cache
def sign_of(cell: str) -> int:
    """1 for a cooperative act, −1 for one of conflict, 0 for words that are neither.

    Args:
        cell: a CAMEO root (`01` to `20`), a PLOVER type, STATEMENT or APPEAL.

    Example:
        >>> sign_of("04"), sign_of("19"), sign_of("01"), sign_of("AID")
        (1, -1, 0, 1)
    """
    known = cameo.codes().get(cell)
    kind = plover.event_types().get(cell if known is None else known.type)
    if kind is None:
        return 0
    return 1 if kind.is_cooperation else -1


def stance_read(toward: Toward, *, rng: np.random.Generator, seed: int) -> StanceRead:
    """Compare the cooperative shares of the first two actors.

    Args:
        toward: acts toward the other side, the two actors first.
        rng: source of all randomness; the caller seeds it.
        seed: what it was seeded with.
    """
    first, second = (_split(toward, toward.counts[place]) for place in (0, 1))
    others = _split(toward, toward.counts[2:].sum(axis=0))
    acts = int(first.sum()), int(second.sum())
    try:
        found = stance_gap(first, second, rng=rng, others=others, draws=DRAWS, seed=seed)
    except TooFewEvents:
        return StanceRead("too few", acts)
    gap = found.result
    return StanceRead(found.value, acts, found.shares, gap.statistic, gap.interval, found.others)


def _split(toward: Toward, counts: npt.NDArray[np.int32]) -> Counts:
    """Cooperative and other acts of each day, shape (days, 2), from (types, days)."""
    signs = np.array([sign_of(cell) for cell in toward.types])
    return np.stack([counts[signs > 0].sum(axis=0), counts[signs < 0].sum(axis=0)], axis=1)
