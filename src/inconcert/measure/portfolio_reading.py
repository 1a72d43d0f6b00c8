"""What the two nulls and the stances together let one say of who does which part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from inconcert.core.result import TestResult
from inconcert.errors import TooFewEvents
from inconcert.measure.portfolio import Distance, Quotients, distance, portfolio, quotients
from inconcert.measure.portfolio_blocks import Shares
from inconcert.measure.portfolio_nulls import Generic, generic_portfolio, same_portfolio
from inconcert.measure.stance import BOUND

Found = TypeVar("Found")

CLEAR, SAME_BITS = 0.05, 0.05
TARGETED, ADVANTAGE, SPECIALISED, SAME, UNDETERMINED = (
    "targeted",
    "comparative advantage",
    "different portfolios, habit not tested",
    "same portfolio",
    "undetermined",
)
DIVISION, ROLES = "division of labour", "different roles"


@dataclass(frozen=True, slots=True)
class Reading:
    """How two portfolios read.

    Attributes:
        value: `targeted` (they differ, and more than habit lets expect), `comparative advantage`
            (they differ as habit lets expect), `different portfolios, habit not tested`, `same
            portfolio` (shown to be close) or `undetermined`.
        word: `division of labour` or `different roles` where they differ, else empty. The first is
            only said where the stances are shown to agree.
        why: the reason for the word, or why nothing is said.
    """

    value: str
    word: str
    why: str


@dataclass(frozen=True, slots=True)
class Division:
    """All that is asked of two portfolios toward a target; None stands where it was refused.

    Attributes:
        portfolios: of A, of B, of third parties together.
        quotients: of A and of B, against third parties.
        apart: distance of A's and B's.
        same: null D1.
        generic: null D2; None as well where nothing was given to compare with.
        reading: what they say together.
        refused: the reasons of the refusals, each once.
    """

    portfolios: tuple[Shares | None, Shares | None, Shares | None]
    quotients: tuple[Quotients | None, Quotients | None]
    apart: Distance | None
    same: TestResult | None
    generic: Generic | None
    reading: Reading
    refused: tuple[str, ...]


def divide(
    first: npt.ArrayLike,
    second: npt.ArrayLike,
    thirds: npt.ArrayLike,
    *,
    rng: np.random.Generator,
    stance: tuple[float, float] | None = None,
    elsewhere: npt.ArrayLike | None = None,
    cuts: Sequence[int] = (),
    seed: int | None = None,
) -> Division:
    """Ask all of two portfolios, and say why what cannot be asked is refused.

    Args:
        first: A's acts toward the target, shape (kinds, days).
        second: B's, same kinds and days.
        thirds: third parties' together, same kinds and days.
        rng: source of all randomness; the caller seeds it.
        stance: interval of the difference of cooperative shares; None where it was refused.
        elsewhere: weekly acts toward this and other targets, as `generic_portfolio` takes them.
        cuts: days on which a new segment begins (turning points).
        seed: what the generator was seeded with, for the record.

    Null: those of `same_portfolio` and `generic_portfolio`.

    Blind to: what these are blind to.
    """
    reasons: list[str] = []

    def tried(ask: Callable[[], Found]) -> Found | None:
        try:
            return ask()
        except TooFewEvents as refusal:
            reasons.append(refusal.what)
            return None

    a, b, c = (tried(partial(portfolio, acts)) for acts in (first, second, thirds))
    same = tried(lambda: same_portfolio(first, second, rng=rng, cuts=cuts, seed=seed))
    apart = distance(a, b, rng=rng) if a is not None and b is not None else None
    generic = None if elsewhere is None else tried(lambda: generic_portfolio(elsewhere))
    ratios = [None if each is None or c is None else quotients(each, c) for each in (a, b)]
    return Division(
        (a, b, c),
        (ratios[0], ratios[1]),
        apart,
        same,
        generic,
        read(same, generic, apart, stance),
        tuple(dict.fromkeys(reasons)),
    )


def read(
    same: TestResult | None,
    generic: Generic | None,
    apart: Distance | None,
    stance: tuple[float, float] | None,
) -> Reading:
    """Read the tests of two portfolios.

    Args:
        same: null D1; None where it was refused.
        generic: null D2; None where it was refused.
        apart: their distance; None where it was refused.
        stance: interval of the difference of cooperative shares; None where it was refused.
    """
    if same is None or apart is None:
        return Reading(UNDETERMINED, "", "too few acts to compare portfolios")
    if same.p >= CLEAR:
        if apart.jensen_shannon_bounds[1] < SAME_BITS:
            return Reading(SAME, "", f"at most {SAME_BITS} bits apart")
        return Reading(UNDETERMINED, "", "a difference is neither shown nor ruled out")
    word, why = _word(stance)
    if generic is None:
        return Reading(SPECIALISED, word, why)
    found, usual = generic.distance
    is_targeted = generic.result.p < CLEAR and found > usual
    return Reading(TARGETED if is_targeted else ADVANTAGE, word, why)


def _word(stance: tuple[float, float] | None) -> tuple[str, str]:
    if stance is None:
        return ROLES, "whether the stances agree could not be tested"
    if stance[0] > -BOUND and stance[1] < BOUND:
        return DIVISION, f"the stances are within {BOUND} of each other"
    return ROLES, f"the stances are not shown to be within {BOUND} of each other"
