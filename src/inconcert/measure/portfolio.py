"""Who does which part: portfolios of two actors toward a target, and how far they differ.

A portfolio is how an actor's acts toward the target spread over kinds (domains, instruments). What
is said of one actor comes with an interval; what is said of two is how far their portfolios are
apart. Whether that is more than chance, and more than habit, `portfolio_nulls` tells.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inconcert.errors import BadInput
from inconcert.measure.portfolio_blocks import (
    LEAST_ACTS,
    LEVEL,
    Floats,
    Shares,
    by_weeks,
    ratio_bounds,
    shared_luck,
    weekly_shares,
)

STEPS, FURTHEST = 31, 3.0
"""Grid on which a distance is inverted: from the same portfolio to three times as far apart."""


@dataclass(frozen=True, slots=True)
class Quotients:
    """How much more of each kind an actor does than third parties do.

    Attributes:
        values: share over the third parties' share, shape (kinds,); not a number where they have
            none.
        bounds: at the level asked for, shape (kinds, 2); infinite above where third parties may
            have none.
    """

    values: Floats
    bounds: Floats


@dataclass(frozen=True, slots=True)
class Distance:
    """How far two portfolios are apart.

    Attributes:
        jensen_shannon: in bits, 0 (the same) to 1 (nothing in common). For two actors of equal
            weight it is the information that a kind gives about the actor, and thus Gorelick's
            division of labour.
        by_luck: the distance that two actors with the same portfolio would show by chance.
        jensen_shannon_bounds: at 90 %.
        krugman: half the sum of the differences in shares, 0–1: the share of its acts that one
            would have to change to do as the other.
        krugman_bounds: at 90 %.
        n: acts of either.
    """

    jensen_shannon: float
    by_luck: float
    jensen_shannon_bounds: tuple[float, float]
    krugman: float
    krugman_bounds: tuple[float, float]
    n: tuple[int, int]


def portfolio(acts: npt.ArrayLike, *, least: int = LEAST_ACTS) -> Shares:
    """Shares of an actor's acts toward a target by kind.

    Args:
        acts: counts, shape (kinds, days).
        least: acts needed.

    Returns:
        Shares; `.intervals()` gives their bounds at 90 %.

    Null: none; an estimate.

    Blind to: how much is at stake in an act (a phone call and a loan count one each); acts that
        nobody reported, and kinds that the press reports less.

    Raises:
        TooFewEvents: fewer than 20 acts, or all in a handful of weeks.

    References:
        [rao1984]: design effect of weeks. [korn1998]: intervals on the effective number.
    """
    return weekly_shares(by_weeks(acts), what="portfolio", least=least)


def quotients(own: Shares, others: Shares, *, level: float = LEVEL) -> Quotients:
    """Location quotients: the actor's share of each kind over the third parties' share.

    Args:
        own: portfolio of the actor.
        others: portfolio of the third parties together.
        level: of the bounds, 0–1.

    Null: none; an estimate. Above 1 the actor does more of the kind than others toward the target.

    Blind to: third parties that report of themselves less than of the actor.

    References:
        [krugman1991]: location quotients. [donner2012]: bounds of a ratio.
    """
    values = np.full(len(own.shares), np.nan)
    np.divide(own.shares, others.shares, out=values, where=others.shares > 0)
    bounds = ratio_bounds(
        own.shares,
        others.shares,
        own.intervals(level),
        others.intervals(level),
        tie=shared_luck(own, others),
    )
    return Quotients(values, bounds)


def distance(
    first: Shares, second: Shares, *, rng: np.random.Generator, draws: int = 499
) -> Distance:
    """Jensen–Shannon distance and Krugman index of two portfolios, with intervals.

    The interval holds every distance under which what was found is not too far out: portfolios are
    drawn at growing distances along the line through the two that were found, with the effective
    number of acts. Near zero a bootstrap would fail, for a distance is never negative.

    Args:
        first: A's portfolio.
        second: B's, of the same kinds.
        rng: source of all randomness; the caller seeds it.
        draws: draws at each of 31 distances.

    Null: none; an estimate.

    Blind to: the kinds chosen: finer kinds, larger distances. Where in the period acts fall.

    Raises:
        BadInput: the portfolios have different kinds.

    References:
        [lin1991]: the distance. [krugman1991]: the index. [gorelick2004]: division of labour as
        information. [hansen1999]: bounds by inverting draws on a grid.
    """
    if len(first.shares) != len(second.shares):
        raise BadInput("The portfolios have different kinds.", advice="Use the same kinds.")
    a, b = first.shares, second.shares
    found = np.array([jensen_shannon(a, b), _krugman(a, b)])
    middle, half = (a + b) / 2, (a - b) / 2
    sizes = [max(2, round(each.n / each.effect)) for each in (first, second)]
    truths, above, below, luck = (
        np.empty((STEPS, 2)),
        np.empty((STEPS, 2)),
        np.empty((STEPS, 2)),
        0.0,
    )
    for place, step in enumerate(np.linspace(0.0, FURTHEST, STEPS)):
        ends = [_simplex(middle + sign * step * half) for sign in (1, -1)]
        truths[place] = jensen_shannon(*ends), _krugman(*ends)
        drawn = [rng.multinomial(n, p, draws) / n for n, p in zip(sizes, ends, strict=True)]
        values = np.stack([jensen_shannon(*drawn), _krugman(*drawn)], axis=-1)
        above[place] = (values >= found - 1e-12).mean(axis=0)
        below[place] = (values <= found + 1e-12).mean(axis=0)
        if place == 0:
            luck = float(values[:, 0].mean())
    tail = (1 - LEVEL) / 2
    bounds = [_inverted(truths[:, j], above[:, j], below[:, j], tail) for j in (0, 1)]
    return Distance(
        float(found[0]), luck, bounds[0], float(found[1]), bounds[1], (first.n, second.n)
    )


def division_of_labour(acts: npt.ArrayLike) -> float:
    """Gorelick's index for any number of actors of equal weight: I(actor; kind) / H(actor).

    Args:
        acts: counts, shape (actors, kinds).

    Returns:
        0 (all do the same) to 1 (each has kinds of its own). For two actors it equals the
        Jensen–Shannon distance in bits.

    Null: none; biased upward with few acts, so never shown without its interval or null.

    Blind to: how much each does.

    Raises:
        BadInput: fewer than two actors, or one without acts.

    References:
        [gorelick2004]: the index.
    """
    counts = np.asarray(acts, dtype=float)
    if counts.ndim != 2 or len(counts) < 2 or not np.all(counts.sum(axis=1) > 0):
        raise BadInput("Division of labour needs two actors with acts.")
    shares = counts / counts.sum(axis=1, keepdims=True)
    information = _entropy(shares.mean(axis=0)) - _entropy(shares).mean()
    return float(information / np.log2(len(counts)))


def _entropy(shares: Floats) -> Floats:
    positive = np.where(shares > 0, shares, 1.0)
    return np.asarray(-(shares * np.log2(positive)).sum(axis=-1))


def jensen_shannon(first: Floats, second: Floats) -> Floats:
    """Jensen–Shannon distance in bits of shares on the last axis.

    References:
        [lin1991]: the distance.
    """
    mean = (first + second) / 2
    value = _entropy(mean) - (_entropy(first) + _entropy(second)) / 2
    return np.asarray(np.maximum(value, 0.0))


def _krugman(first: Floats, second: Floats) -> Floats:
    return np.asarray(np.abs(first - second).sum(axis=-1) / 2)


def _simplex(shares: Floats) -> Floats:
    cut = np.maximum(shares, 0.0)
    return np.asarray(cut / cut.sum())


def _inverted(truths: Floats, above: Floats, below: Floats, tail: float) -> tuple[float, float]:
    """The least and the greatest truth under which the found value is not too far out."""
    above, below = np.maximum.accumulate(above), np.minimum.accumulate(below)
    low = 0.0 if above[0] > tail else float(np.interp(tail, above, truths))
    high = float(np.interp(-tail, -below, truths))
    return min(low, high), max(low, high)
