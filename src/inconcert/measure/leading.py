"""Does one of two actors lead? A contrast of the two directions, not a lag of one day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from inconcert.core.result import TestResult
from inconcert.errors import BadInput
from inconcert.measure.blocs import without_shared
from inconcert.measure.chance import normal_p
from inconcert.measure.coaction import co_action, residuals, windowed
from inconcert.measure.intensity import Intensities, intensities
from inconcert.measure.multiplicity import holm

Floats = npt.NDArray[np.float64]

LEAD_LAGS = (2, 3, 4, 5)
"""The day after is left out: days of reports are not days of acts, by a day either way."""
BLOCK_DAYS, LEVEL, CONTRAST_Z = 14, 0.05, 1.64
ASKED = ("same day", "A before B", "B before A")
NULL = "B's acts follow A's as closely as A's follow B's."


@dataclass(frozen=True, slots=True)
class Leading:
    """Who leads, if anybody is shown to.

    Attributes:
        result: score of A before B less score of B before A, lags of two to five days, p
            two-sided; the interval is at 90 %.
        forward: p of A before B, corrected for the three directions asked (Holm).
        backward: p of B before A, corrected.
        value: `A leads`, `B leads` or `not shown`. A lead needs co-action in its direction after
            Holm, and a contrast beyond 1.64 of its bootstrap spread.
    """

    result: TestResult
    forward: float
    backward: float
    value: str


def leading(
    daily: npt.NDArray[Any],
    volume: npt.NDArray[Any],
    *,
    rng: np.random.Generator,
    pair: tuple[int, int] = (0, 1),
    bloc: Sequence[int] = (),
    fitted: Intensities | None = None,
    draws: int = 499,
    seed: int | None = None,
) -> Leading:
    """Test whether A's acts come before B's more than B's before A's.

    Args:
        daily: acts toward the target, shape (actors, days), counts.
        volume: reported events of the data set not toward the target, shape (days,).
        rng: source of all randomness; the caller seeds it.
        pair: places of A and B on the first axis.
        bloc: third parties that are no placebos.
        fitted: rates fitted before on the same arrays.
        draws: bootstrap draws of blocks of 14 days.
        seed: what the generator was seeded with, for the record.

    Returns:
        The contrast, with the p-values of both directions. `n` is act-days of the rarer actor.

    Null: B's acts follow A's as closely as A's follow B's, two to five days later.

    Blind to: a lead of a day; common news to which one of them always answers later than the
        other, as far as third parties do not tell of it; leads of more than five days.

    Raises:
        BadInput: A is B, or the arrays do not fit.
        TooFewEvents: as `co_action`.

    References:
        [kunsch1989]: bootstrap of blocks of days.
        [holm1979]: several directions asked at once.
    """
    if draws < 1:
        raise BadInput(f"{draws} draws.", advice="Draw at least once.")
    fit = intensities(daily, volume) if fitted is None else fitted
    tests = co_action(daily, volume, pair=pair, directions=ASKED, bloc=bloc, fitted=fit)
    corrected = holm({name: test.result.p for name, test in tests.items()})
    first, second = _left_over(fit, pair)
    products = first * windowed(second, LEAD_LAGS) - second * windowed(first, LEAD_LAGS)
    total, spread = float(products.sum()), _block_spread(products, draws, rng)
    z = total / spread
    half = CONTRAST_Z
    rarer = int(min(fit.acts[place].sum() for place in pair))
    result = TestResult(
        "lead, two to five days",
        z,
        0.0,
        2 * normal_p(abs(z)),
        (z - half, z + half),
        NULL,
        rarer,
        draws,
        seed,
        "kunsch1989 holm1979",
    )
    forward, backward = (corrected[name] for name in ASKED[1:])
    value = "not shown"
    if z > CONTRAST_Z and forward < LEVEL:
        value = "A leads"
    elif z < -CONTRAST_Z and backward < LEVEL:
        value = "B leads"
    return Leading(result, forward, backward, value)


def _left_over(fit: Intensities, pair: tuple[int, int]) -> tuple[Floats, Floats]:
    """Residuals of A and of B, hidden shocks taken out, each of shape (days,)."""
    who, other = np.array(pair), np.array(pair[::-1])
    left = without_shared(fit, residuals(fit, who, other), who, other, pair)
    return left[0], left[1]


def _block_spread(products: Floats, draws: int, rng: np.random.Generator) -> float:
    """Standard deviation of the sum over days when blocks of days are drawn again."""
    starts = np.arange(0, len(products), BLOCK_DAYS)
    sums = np.add.reduceat(products, starts)
    picked = rng.integers(0, len(sums), (draws, len(sums)))
    return max(1e-9, float(sums[picked].sum(axis=1).std()))
