"""How strong a shock that nobody else answers would have to be to explain a finding away."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from inconcert.errors import BadInput
from inconcert.measure.chance import normal_quantile
from inconcert.measure.coaction import windowed
from inconcert.measure.intensity import Intensities
from inconcert.measure.lift import Excess


@dataclass(frozen=True, slots=True)
class ErasingShock:
    """The least unseen shock that would take a finding away.

    Attributes:
        multiple: strength of the shock, for A and for B alike, in multiples of what third
            parties' acts do to their rates; 0 where there is no finding at that level, infinite
            where third parties move neither.
        coincidences: coincidences that it would have to bring about.
        third_party: coincidences that third parties' ups and downs bring about, of the expected.
    """

    multiple: float
    coincidences: float
    third_party: float


def erasing_shock(
    fit: Intensities,
    excess: Excess,
    *,
    p: float,
    pair: tuple[int, int] = (0, 1),
    lags: tuple[int, ...] = (0,),
    level: float = 0.05,
) -> ErasingShock:
    """How strong an unseen shock to A and B alone would bring a finding down to a level.

    Args:
        fit: rates of all actors.
        excess: coincidences beyond the expected (`CoAction.excess`).
        p: chance of the finding under the null (`CoAction.result.p`).
        pair: places of A and B; A before B where the lags are not symmetric.
        lags: days from A's act to B's that count (`Direction.lags`).
        level: p at which the finding would count as gone.

    Returns:
        The strength in multiples of the third-party effect: a shock of multiple 1 moves the rates
        of A and of B as much as all that third parties' acts tell of moves them, at other times,
        and on the same days for both. Its coincidences grow with the square of its strength.

    Null: as the test whose finding is asked about.

    Blind to: shocks that move A and B by different strengths (the product of the two counts);
        rates so high that a shock can add no more act-days.

    Raises:
        BadInput: the p or the level is no probability.

    References:
        [cornfield1959]: how strong a hidden cause must be to account for all of an association.
        [vanderweele2017]: the same for any finding, as one number.
    """
    if not 0 <= p <= 1 or not 0 < level < 1:
        raise BadInput(f"p={p}, level={level}.", advice="Give chances from 0 to 1.")
    first, second = fit.driven(np.array(pair), np.array(pair[::-1]))
    moved = float((first * windowed(second, lags)).sum())
    z, bar = -normal_quantile(min(max(p, 1e-15), 1 - 1e-15)), -normal_quantile(level)
    beyond = excess.observed - excess.expected
    if z <= bar or beyond <= 0:
        return ErasingShock(0.0, 0.0, moved)
    needed = beyond * (1 - bar / z)
    return ErasingShock(math.sqrt(needed / moved) if moved > 0 else math.inf, needed, moved)
