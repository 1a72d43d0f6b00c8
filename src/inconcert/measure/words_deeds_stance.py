"""How an actor stands toward a target, by its acts or by its statements, and whether it moved.

Acts and statements are never added up: what is done and what is said are two measurements. Which
acts tell a stance, and which are shown apart (withdrawal, flight), is decided by a table
(`ontology.domains`, `stance_of`) before the counts come here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inconcert.core.result import TestResult
from inconcert.errors import BadInput
from inconcert.measure.portfolio_blocks import (
    TEST_TRUST,
    by_weeks,
    difference_bounds,
    difference_p,
    weekly_shares,
)

LEAST_ACTS = 10
NULL = "The actor cooperates in the same share of its acts before and after."


@dataclass(frozen=True, slots=True)
class Stand:
    """Where an actor stands.

    Attributes:
        share: of its acts (or statements) that are for the target, 0–1.
        bounds: at 90 %.
        n: acts or statements.
    """

    share: float
    bounds: tuple[float, float]
    n: int


def stand(acts: npt.ArrayLike, *, trust: float = 1.0) -> Stand:
    """Where an actor stands toward a target.

    Args:
        acts: shape (2, days): cooperative and other acts; or statements for and against.
        trust: as of `portfolio_blocks.Shares.intervals`.

    Null: none; an estimate.

    Blind to: what is at stake in an act; irony; statements that take no side, which are left out.

    Raises:
        TooFewEvents: fewer than 10, or all in a handful of weeks.

    References:
        [korn1998]: intervals on the effective number of draws.
    """
    shares = weekly_shares(by_weeks(acts), what="stance", least=LEAST_ACTS)
    low, high = shares.intervals(trust=trust)[0]
    return Stand(float(shares.shares[0]), (float(low), float(high)), shares.n)


def moved(acts: npt.ArrayLike, day: int) -> TestResult:
    """Whether an actor's stance after a day differs from its stance before.

    Args:
        acts: shape (2, days): cooperative and other acts; or statements for and against.
        day: first day of the time after. A day that was found in these very data makes p too
            small: take one that is known from elsewhere, or a turning point's own test.

    Returns:
        `statistic`: share after less share before; interval at 90 %, p two-sided; `n`: acts of the
        shorter side.

    Null: the actor cooperates in the same share of its acts before and after.

    Blind to: why; a slow drift looks like a step.

    Raises:
        BadInput: the day leaves nothing on one side.
        TooFewEvents: fewer than 10 acts on either side, or all in a handful of weeks.

    References:
        [newcombe1998]: interval of a difference of shares.
    """
    counts = np.asarray(acts, dtype=float)
    if not 0 < day < counts.shape[-1]:
        raise BadInput(
            f"Day {day} does not divide {counts.shape[-1]} days.", advice="Give a day inside."
        )
    before, after = (stand(part, trust=TEST_TRUST) for part in (counts[:, :day], counts[:, day:]))
    low, high = difference_bounds(
        after.share, before.share, np.array(after.bounds), np.array(before.bounds)
    )
    gap = after.share - before.share
    return TestResult(
        "stance moved",
        gap,
        0.0,
        difference_p(gap, (low, high)),
        (low, high),
        NULL,
        min(before.n, after.n),
        reference="newcombe1998",
    )
