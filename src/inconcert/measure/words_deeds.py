"""Do words match deeds: how friendly an actor speaks of a target, and how friendly it acts."""

from __future__ import annotations

import numpy.typing as npt

from inconcert.core.result import TestResult
from inconcert.measure.portfolio_blocks import (
    by_weeks,
    difference_bounds,
    difference_p,
    weekly_shares,
)

LEAST_DEEDS = 10
NULL = "The actor cooperates in the same share of its words as of its deeds."


def words_against_deeds(words: npt.ArrayLike, deeds: npt.ArrayLike) -> TestResult:
    """The cooperative share of an actor's words toward a target less that of its deeds.

    Args:
        words: verbal acts toward the target, shape (2, days): cooperative and other, counts.
        deeds: material acts, same shape and days.

    Returns:
        `statistic`: from −1 (kind deeds, harsh words) to 1; the interval is at 90 %, p two-sided;
        `n`: deeds. Nothing is drawn: the interval is made of two score intervals on the effective
        number of acts of whole weeks.

    Null: the actor cooperates in the same share of its words as of its deeds.

    Blind to: deeds that are not reported; that the press counts every word and few deeds; what one
        deed is worth. For one domain or a shorter time, give its acts alone.

    Raises:
        TooFewEvents: fewer than 10 deeds or 10 verbal acts, or all in a handful of weeks.
        BadInput: the shape is another.

    References:
        [newcombe1998]: interval of a difference of shares. [rao1984]: design effect of weeks.
    """
    spoken = weekly_shares(by_weeks(words), what="words and deeds, words", least=LEAST_DEEDS)
    done = weekly_shares(by_weeks(deeds), what="words and deeds, deeds", least=LEAST_DEEDS)
    of_words, of_deeds = float(spoken.shares[0]), float(done.shares[0])
    low, high = difference_bounds(of_words, of_deeds, spoken.intervals()[0], done.intervals()[0])
    gap = of_words - of_deeds
    return TestResult(
        "words against deeds",
        gap,
        0.0,
        difference_p(gap, (low, high)),
        (low, high),
        NULL,
        done.n,
        reference="newcombe1998 rao1984",
    )
