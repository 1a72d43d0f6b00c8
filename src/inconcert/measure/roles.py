"""Which part an actor plays toward a target: front man, paymaster, broker and others.

A part is named only where the actor's share of the acts that make it up differs from the share
among third parties, and the interval leaves out 1. As several parts are asked about at once, the
intervals are widened so that all together hold at 90 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inconcert.errors import BadInput, TooFewEvents
from inconcert.measure.portfolio_blocks import (
    LEAST_ACTS,
    TEST_TRUST,
    by_weeks,
    ratio_bounds,
    weekly_shares,
)

LEAST_OF_OTHERS, TOGETHER = 10, 0.93
"""Far tails under bursts are heavier than reckoned: bounds at 93 % together hold at 90 %."""


@dataclass(frozen=True, slots=True)
class Part:
    """What makes up a role.

    Attributes:
        role: its name.
        is_more: whether doing more than others makes the role, rather than less.
        least: quotient, or its inverse for less, from which it is named.
    """

    role: str
    is_more: bool
    least: float


@dataclass(frozen=True, slots=True)
class Role:
    """An actor held against one role.

    Attributes:
        role: its name.
        quotient: the actor's share of such acts over the third parties' share.
        bounds: all roles together hold at 90 %; infinite above where nothing can be said.
        acts: such acts of the actor.
        is_played: whether the evidence names the actor so.
        refused: why nothing can be said; empty where something can.
    """

    role: str
    quotient: float
    bounds: tuple[float, float]
    acts: int
    is_played: bool
    refused: str = ""


def roles(
    parts: Sequence[Part],
    own: npt.ArrayLike,
    own_all: npt.ArrayLike,
    others: npt.ArrayLike,
    others_all: npt.ArrayLike,
) -> tuple[Role, ...]:
    """Hold an actor against the roles.

    Args:
        parts: the roles asked about.
        own: the actor's acts that count for each role, shape (roles, days).
        own_all: all its acts toward the target, shape (days,).
        others: third parties' acts that count for each role, shape (roles, days).
        others_all: all their acts toward the target, shape (days,).

    Returns:
        One for each role, in order.

    Null: the actor does as much of it, in proportion to its acts, as third parties do.

    Blind to: what one act is worth; acts that are not reported (money flows quietly); whether the
        actor means to play the part.

    Raises:
        BadInput: shapes do not fit.
        TooFewEvents: the actor has fewer than 20 acts, or all in a handful of weeks.

    References:
        [krugman1991]: location quotients. [donner2012]: bounds of a ratio. [dunn1961]: bounds that
        hold together.
    """
    mine, theirs = by_weeks(own), by_weeks(others)
    mine_all, theirs_all = by_weeks(own_all), by_weeks(others_all)
    fits = mine.shape == (len(parts), mine_all.shape[-1]) and theirs.shape == mine.shape
    if not fits or theirs_all.shape != mine_all.shape:
        raise BadInput(
            f"Acts of shapes {mine.shape} and {theirs.shape} for {len(parts)} roles.",
            advice="Give (roles, days) of the actor and of third parties, and (days,) of all acts.",
        )
    if mine_all.sum() < LEAST_ACTS:
        raise TooFewEvents("roles", int(mine_all.sum()), LEAST_ACTS)
    level = 1 - (1 - TOGETHER) / max(1, len(parts))
    found = []
    for part, his, of_others in zip(parts, mine, theirs, strict=True):
        pair = [
            weekly_shares(np.stack([acts, whole - acts]), what=f"role of {part.role}")
            for acts, whole in ((his, mine_all), (of_others, theirs_all))
        ]
        bounds = ratio_bounds(
            *(each.shares for each in pair), *(e.intervals(level, trust=TEST_TRUST) for e in pair)
        )
        low, high = (float(edge) for edge in bounds[0])
        enough = of_others.sum() >= LEAST_OF_OTHERS
        quotient = float(pair[0].shares[0] / pair[1].shares[0]) if of_others.sum() else np.nan
        is_far = quotient >= part.least if part.is_more else quotient * part.least <= 1
        is_clear = low > 1 if part.is_more else high < 1
        found.append(
            Role(
                part.role,
                quotient,
                (low, high),
                int(his.sum()),
                bool(enough and is_far and is_clear),
                "" if enough else f"third parties have {int(of_others.sum())} such acts",
            )
        )
    return tuple(found)
