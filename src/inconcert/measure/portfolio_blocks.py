"""Shares of acts with honest intervals: whole weeks are drawn, not single acts.

Acts come in bursts, and several on one occasion, so that a hundred acts tell less than a hundred
draws from an urn. How much less (the design effect) is told by how the weeks differ. Percentiles of
a bootstrap of whole weeks cover too little with few weeks and rare kinds (`bench/labour.py` prints
by how much); a score interval on the effective number of acts holds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inconcert.errors import BadInput, TooFewEvents
from inconcert.measure.chance import NORMAL_90, normal_p
from inconcert.measure.student import student_quantile

Floats = npt.NDArray[np.float64]

BLOCK_DAYS = 7
LEAST_ACTS, LEAST_WEEKS = 20, 3
"""Acts, and effective weeks, below which shares are refused."""
LEVEL = 0.9
TEST_TRUST = 0.5
"""A design effect is known worse than it seems; a test that hangs on it takes half its weeks."""
LEAST_EFFECT, SHRINK, TIE_WEEKS = 0.8, 20.0, 10.0
"""Effects far below 1 are luck; a kind's own effect counts half at so many acts of it."""


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of the kinds among an actor's acts.

    Attributes:
        acts: acts of each kind, shape (kinds,).
        shares: of all acts, shape (kinds,).
        effects: design effect of each kind: the variance over that of single draws.
        weeks: effective number of weeks; far below their number where few weeks hold most acts.
        beyond: acts of each week beyond the share of the week's acts, shape (kinds, weeks).
    """

    acts: Floats
    shares: Floats
    effects: Floats
    weeks: float
    beyond: Floats

    @property
    def n(self) -> int:
        """Acts in all."""
        return int(self.acts.sum())

    @property
    def effect(self) -> float:
        """Design effect over all kinds, as pooled."""
        weights = self.shares * (1 - self.shares)
        if weights.sum() <= 0:  # all acts are of one kind
            return float(self.effects.mean())
        return float((weights * self.effects).sum() / weights.sum())

    def intervals(self, level: float = LEVEL, *, trust: float = 1.0) -> Floats:
        """Bounds of each share, shape (kinds, 2).

        Args:
            level: share of worlds in which an interval covers the truth, 0–1.
            trust: share of the weeks that count as independent evidence of the design effect;
                1 for an estimate, less where a test hangs on it.
        """
        z = student_quantile((1 + level) / 2, max(trust * (self.weeks - 1), 2.0))
        return score_bounds(self.shares, self.n / self.effects, z)


def by_weeks(acts: npt.ArrayLike) -> Floats:
    """Sums over whole weeks, the last one short.

    Args:
        acts: counts, shape (..., days).

    Returns:
        Shape (..., weeks).
    """
    days = np.asarray(acts, dtype=float)
    return np.asarray(np.add.reduceat(days, np.arange(0, days.shape[-1], BLOCK_DAYS), axis=-1))


def weekly_shares(weekly: Floats, *, what: str, least: int = LEAST_ACTS) -> Shares:
    """Shares of the kinds, with the design effect of the weeks.

    Args:
        weekly: acts by week, shape (kinds, weeks).
        what: name of the measure, for refusals.
        least: acts needed.

    Null: none; an estimate.

    Blind to: dependence of weeks on one another; a change of portfolio within the period.

    Raises:
        BadInput: not an array of kinds and weeks.
        TooFewEvents: too few acts, or all in a handful of weeks.

    References:
        [rao1984]: design effects of clustered categories. [korn1998]: intervals on the effective
        number of draws. [bell2002]: residuals as if the block were left out. [newey1987]:
        neighbouring weeks.
    """
    if weekly.ndim != 2 or weekly.shape[0] < 2:
        raise BadInput(
            f"Acts of shape {weekly.shape}.", advice="Give counts of shape (kinds, days)."
        )
    total = weekly.sum(axis=0)
    n = float(total.sum())
    if n < least:
        raise TooFewEvents(what, int(n), least)
    weeks = n**2 / float((total**2).sum())
    if weeks < LEAST_WEEKS:
        raise TooFewEvents(what, int(weeks), LEAST_WEEKS, "effective weeks with acts")
    acts = weekly.sum(axis=1)
    shares = acts / n
    # a week that holds much of the whole draws the share to itself: as if it were left out
    beyond = (weekly - shares[:, None] * total) / (1 - total / n)
    # a burst may run over into the next week
    spread = (beyond**2).sum(axis=1) + 2 * (beyond[:, 1:] * beyond[:, :-1]).sum(axis=1)
    spread = np.maximum(spread, 0.0)
    single = n * shares * (1 - shares)
    pooled = float(spread.sum() / max(single.sum(), 1e-12))
    own = np.where(single > 0, spread / np.maximum(single, 1e-12), pooled)
    weight = acts / (acts + SHRINK)
    effects = np.maximum(weight * own + (1 - weight) * pooled, LEAST_EFFECT)
    return Shares(acts, shares, effects, weeks, beyond)


def score_bounds(shares: Floats, draws: Floats, z: float) -> Floats:
    """Wilson's score interval, shape (..., 2).

    Args:
        shares: shares found, 0–1.
        draws: effective number of draws, same shape.
        z: quantile that makes the level.

    References:
        [wilson1927]: the interval; good with few draws and shares near 0.
    """
    square = z * z / draws
    centre = (shares + square / 2) / (1 + square)
    half = z * np.sqrt(shares * (1 - shares) / draws + square / (4 * draws)) / (1 + square)
    bounds = np.stack([centre - half, centre + half], axis=-1)
    return np.asarray(np.clip(bounds, 0.0, 1.0))


def difference_bounds(
    first: float, second: float, first_bounds: Floats, second_bounds: Floats
) -> tuple[float, float]:
    """Interval of a difference of shares from the intervals of the shares.

    References:
        [newcombe1998]: hybrid of two score intervals, taken as independent.
    """
    gap = first - second
    low = gap - float(np.hypot(first - first_bounds[0], second_bounds[1] - second))
    high = gap + float(np.hypot(first_bounds[1] - first, second - second_bounds[0]))
    return low, high


def difference_p(gap: float, bounds: tuple[float, float]) -> float:
    """Two-sided p of no difference, from its 90 % interval on the side of zero.

    Args:
        gap: the difference found.
        bounds: what `difference_bounds` returns.
    """
    half = gap - bounds[0] if gap > 0 else bounds[1] - gap
    return min(1.0, 2 * normal_p(abs(gap) / max(half, 1e-12) * NORMAL_90))


def shared_luck(first: Shares, second: Shares) -> Floats:
    """Correlation of two actors' weeks, kind by kind: what shocks that both answer move in both.

    Returns:
        0 to 0.8, shape (kinds,), drawn toward 0 where weeks are few.
    """
    product = (first.beyond * second.beyond).sum(axis=1)
    size = np.sqrt((first.beyond**2).sum(axis=1) * (second.beyond**2).sum(axis=1))
    weeks = min(first.weeks, second.weeks)
    raw = product / np.maximum(size, 1e-12) * weeks / (weeks + TIE_WEEKS)
    return np.asarray(np.clip(raw, 0.0, 0.8))


def ratio_bounds(
    first: Floats,
    second: Floats,
    first_bounds: Floats,
    second_bounds: Floats,
    *,
    tie: Floats | float = 0.0,
) -> Floats:
    """Intervals of ratios of shares from the intervals of the shares, shape (..., 2).

    Args:
        tie: correlation of the two shares' errors, 0–1.

    Returns:
        Infinity above where the second share may be zero.

    References:
        [donner2012]: limits of a ratio recovered from limits of its parts.
    """
    low1, high1 = first_bounds[..., 0], first_bounds[..., 1]
    low2, high2 = second_bounds[..., 0], second_bounds[..., 1]
    below = first * second - tie * (first - low1) * (high2 - second)
    over = first * second - tie * (high1 - first) * (second - low2)
    with np.errstate(divide="ignore", invalid="ignore"):
        inner = np.maximum(below**2 - low1 * high2 * (2 * first - low1) * (2 * second - high2), 0)
        outer = np.maximum(over**2 - high1 * low2 * (2 * first - high1) * (2 * second - low2), 0)
        low = (below - np.sqrt(inner)) / (high2 * (2 * second - high2))
        high = (over + np.sqrt(outer)) / (low2 * (2 * second - low2))
    # where the upper bound of the second share is more than twice the share, the formula has no
    # root; the ratio of the bounds themselves is wider
    low = np.where(2 * second > high2, low, low1 / np.maximum(high2, 1e-12))
    high = np.where((low2 > 0) & np.isfinite(high), high, np.inf)
    return np.asarray(np.stack([np.maximum(low, 0.0), high], axis=-1))
