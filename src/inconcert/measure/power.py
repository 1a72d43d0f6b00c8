"""How much data a test of co-action needs: power by amount, and what is refused."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inconcert.errors import BadInput
from inconcert.measure.chance import count_pmf
from inconcert.measure.intensity import Intensities
from inconcert.measure.lift import DISPERSION

Floats = npt.NDArray[np.float64]

LEAST_ACT_DAYS, LEAST_THIRD_ACTS, LEAST_EXPECTED, LEAST_PLACEBOS = 15, 150, 1.5, 8
RHO, LEAST_POWER = 0.35, 0.5
MOST_ACT_DAYS = 4000


@dataclass(frozen=True, slots=True)
class Enough:
    """Whether there is enough to test on.

    Attributes:
        is_enough: nothing is short.
        reasons: what is short, in plain words with the numbers; empty where nothing is.
        power: chance of finding it at 5 % if B joined 35 % of A's act-days.
        act_days: act-days of the rarer actor.
        other_rate: share of days on which the other acts.
        third_acts: act-days of all third parties.
        expected: coincidences expected under the null.
        placebos: placebo pairs.
    """

    is_enough: bool
    reasons: tuple[str, ...]
    power: float
    act_days: int
    other_rate: float
    third_acts: int
    expected: float
    placebos: int


def power(n: int, p: float, rho: float, *, level: float = 0.05) -> float:
    """Chance that the count of coincidences shows joint action of a given share.

    Args:
        n: act-days of the rarer actor.
        p: chance that the other acts on any given day, 0–1.
        rho: share of the rarer actor's act-days that the other joins beyond chance, 0–1.
        level: size of the test.

    Returns:
        Chance, 0–1. The count is negative binomial of dispersion 1.3 with and without coupling.

    Null: the other acts on the rarer actor's days as on any others.

    Blind to: shocks and their control, which take some of it; types, which give some back. Read
        it as what can be hoped for at best from days alone.

    Raises:
        BadInput: a share or a number of days that is none.

    References:
        [donges2016]: coincidences as a count of trials on the act-days of one actor.
    """
    if n < 0 or not 0 < p < 1 or not 0 <= rho <= 1 or not 0 < level < 1:
        raise BadInput(
            f"No power of n={n}, p={p}, rho={rho}, level={level}.",
            advice="Give act-days, and shares between 0 and 1.",
        )
    if n == 0:
        return 0.0
    need = _critical(n * p, level)
    mean = n * (p + rho * (1 - p))
    return float(max(0.0, 1.0 - count_pmf(mean, DISPERSION, need)[:need].sum()))


def act_days_needed(p: float, *, rho: float = RHO, least: float = LEAST_POWER) -> int | None:
    """Act-days from which on the power stays at or above a bound; None if never.

    Args:
        p: chance that the other acts on any given day, 0–1.
        rho: share joined beyond chance, 0–1.
        least: power wanted.

    Returns:
        Act-days of the rarer actor, at most 4000.

    Null: as in `power`.

    Blind to: as `power`.

    References:
        [donges2016]: coincidences as a count of trials.
    """
    low, high = 1, 8
    while power(high, p, rho) < least:
        high *= 2
        if high > MOST_ACT_DAYS:
            return None
    # counts are whole, so power saws up and down a little: the last tooth below the bound counts
    low = max(n for n in range(high + 1) if power(n, p, rho) < least)
    return low + 1


def enough(fit: Intensities, pair: tuple[int, int], *, expected: float, placebos: int) -> Enough:
    """Whether a pair and its third parties are active enough for a claim of timing.

    Args:
        fit: rates of all actors.
        pair: places of A and B.
        expected: coincidences expected under the null (`TestResult.expected`).
        placebos: number of placebo pairs.

    Returns:
        The verdict with reasons: at least 15 act-days of the rarer actor, 150 act-days of third
        parties, 1.5 expected coincidences, 8 placebo pairs, and power .5 at ρ = .35.

    Null: none; a condition checked on margins and on the null's expectation alone.

    Blind to: how well third parties share the news of A and B.

    References:
        [lipsitch2010]: without negative controls there is no telling bias from effect.
    """
    totals = fit.acts.sum(axis=1)
    a, b = (int(totals[place]) for place in pair)
    days = fit.acts.shape[1]
    rarer, other = min(a, b), max(a, b) / days
    thirds = int(totals.sum()) - a - b
    chance = power(rarer, min(max(other, 1 / days), 1 - 1 / days), RHO)
    short = [
        f"{name}: {have:.{places}f}, at least {need:g} needed"
        for name, have, need, places in (
            ("act-days of the rarer actor", rarer, LEAST_ACT_DAYS, 0),
            ("act-days of third parties", thirds, LEAST_THIRD_ACTS, 0),
            ("coincidences expected by chance", expected, LEAST_EXPECTED, 1),
            ("placebo pairs", placebos, LEAST_PLACEBOS, 0),
            (f"power to find a share of {RHO:g}", chance, LEAST_POWER, 2),
        )
        if have < need
    ]
    return Enough(not short, tuple(short), chance, rarer, other, thirds, expected, placebos)


def _critical(mean: float, level: float) -> int:
    """Least count whose upper tail is at most the level."""
    largest = math.ceil(mean + 12 * math.sqrt(DISPERSION * mean) + 12)
    chances = count_pmf(mean, DISPERSION, largest)
    tails = 1.0 - np.concatenate([[0.0], np.cumsum(chances)])
    return int(np.argmax(tails <= level))
