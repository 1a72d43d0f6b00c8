"""Do two actors treat a third alike: the gap between their shares of cooperative acts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inconcert.core.result import TestResult
from inconcert.errors import BadInput, TooFewEvents
from inconcert.measure.portfolio_blocks import (
    by_weeks,
    difference_bounds,
    difference_p,
    weekly_shares,
)

Floats = npt.NDArray[np.float64]

LEAST_ACTS, BOUND = 10, 0.25
TRUST, P_TRUST = 0.95, 0.9
NULL = "A and B cooperate in the same share of their acts toward the target."


@dataclass(frozen=True, slots=True)
class StanceGap:
    """How differently two actors treat a target.

    Attributes:
        result: share of A minus share of B; its interval is at 95 %, p is two-sided. Both are the
            more careful of two: of the bootstrap of weeks, and of the two shares' own intervals.
        shares: cooperative shares of A and of B.
        others: cooperative share of third parties, None where they have no acts.
        value: `aligned` (the whole interval within the bound), `opposed` (beyond the bound, on
            opposite sides of an even share and of the others' share), `apart` (the interval
            leaves out zero) or `undetermined`.
    """

    result: TestResult
    shares: tuple[float, float]
    others: float | None
    value: str


def stance_gap(
    first: npt.ArrayLike,
    second: npt.ArrayLike,
    *,
    rng: np.random.Generator,
    others: npt.ArrayLike | None = None,
    bound: float = BOUND,
    draws: int = 999,
    seed: int | None = None,
) -> StanceGap:
    """Compare the cooperative shares of two actors toward a target.

    Args:
        first: A's acts, shape (days, 2): cooperative and other acts of each day, counts.
        second: B's acts, same shape and days.
        rng: source of all randomness; the caller seeds it.
        others: acts of the third parties together, same shape.
        bound: difference in shares below which stances count as alike, 0–1.
        draws: bootstrap draws of whole weeks, the same weeks for A and B.
        seed: what the generator was seeded with, for the record.

    Returns:
        The gap in shares (−1 to 1), with the basic facts behind it; `n` is the number of acts.

    Null: A and B cooperate in the same share of their acts; weeks are exchangeable.

    Blind to: what is at stake in an act (a handshake and a treaty count one each); a change of
        stance within the period; acts that nobody reported.

    Raises:
        TooFewEvents: either actor has fewer than 10 acts, or fewer than three effective weeks.
        BadInput: shapes differ.

    References:
        [kunsch1989]: bootstrap of blocks keeps the dependence within a week.
        [newcombe1998]: interval of a difference from those of its parts; percentiles of the
            bootstrap alone cover in .90 of worlds in place of .95 (`bench/labour.py`).
        [schuirmann1987]: alike is a claim of equivalence, shown by an interval within bounds.
    """
    a, b = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    if a.shape != b.shape or a.ndim != 2 or a.shape[1] != 2:
        raise BadInput(
            f"Stances of shapes {a.shape} and {b.shape}.",
            advice="Give cooperative and other acts, shape (days, 2), of the same days.",
        )
    for acts in (a, b):
        if acts.sum() < LEAST_ACTS:
            raise TooFewEvents("stance gap", int(acts.sum()), LEAST_ACTS)
    shares = (float(a[:, 0].sum() / a.sum()), float(b[:, 0].sum() / b.sum()))
    gap = shares[0] - shares[1]
    weekly = by_weeks(a.T), by_weeks(b.T)
    drawn = _drawn_gaps(weekly[0].T, weekly[1].T, draws, rng)
    bounds, looser = _bounds(weekly, TRUST), _bounds(weekly, P_TRUST)
    low, high = (float(edge) for edge in np.quantile(drawn, [0.025, 0.975]))
    low, high = min(low, bounds[0]), max(high, bounds[1])
    # under the null the bootstrap is centred on zero; add-one as for any Monte Carlo p
    p = (1 + int((np.abs(drawn - gap) >= abs(gap)).sum())) / (1 + draws)
    p = max(p, difference_p(gap, looser))
    other = None
    if others is not None and np.asarray(others).sum() > 0:
        thirds = np.asarray(others, dtype=float)
        other = float(thirds[:, 0].sum() / thirds.sum())
    result = TestResult(
        "stance gap",
        gap,
        0.0,
        p,
        (min(low, gap), max(high, gap)),
        NULL,
        int(a.sum() + b.sum()),
        draws,
        seed,
        "kunsch1989 newcombe1998 schuirmann1987",
    )
    return StanceGap(result, shares, other, _value((low, high), shares, other, bound))


def _bounds(weekly: tuple[Floats, Floats], level: float) -> tuple[float, float]:
    """Interval of the gap from the intervals of the cooperative shares."""
    a, b = (weekly_shares(acts, what="stance gap", least=LEAST_ACTS) for acts in weekly)
    return difference_bounds(a.shares[0], b.shares[0], a.intervals(level)[0], b.intervals(level)[0])


def _drawn_gaps(a: Floats, b: Floats, draws: int, rng: np.random.Generator) -> Floats:
    picked = rng.integers(0, len(a), (draws, len(a)))
    ones = a[picked].sum(axis=1), b[picked].sum(axis=1)
    shares = [(acts[:, 0] + 0.5) / (acts.sum(axis=1) + 1.0) for acts in ones]
    return np.asarray(shares[0] - shares[1])


def _value(
    interval: tuple[float, float],
    shares: tuple[float, float],
    other: float | None,
    bound: float,
) -> str:
    low, high = interval
    middle = [0.5] if other is None else [0.5, other]
    crossed = all((shares[0] - m) * (shares[1] - m) < 0 for m in middle)
    if (low > bound or high < -bound) and crossed:
        return "opposed"
    if -bound < low and high < bound:
        return "aligned"
    return "apart" if low > 0 or high < 0 else "undetermined"
