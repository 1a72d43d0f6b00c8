"""How much two actors act together beyond the expected: lift and share, with their intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inconcert.measure.chance import NORMAL_90, gamma_quantile

DISPERSION = 1.3
"""Variance over mean of a count of cells."""
DOUBT, LEAST_DOUBT, DOUBT_CELLS = 0.12, 0.06, 60.0
"""Relative error of the expectation from five to so many cells expected, and at least; it grows
where fewer are expected and shrinks where more are."""
EQUIVALENCE = 0.15
"""Share of A's act-days below which two actors count as independent, when it is shown."""
LEAST_EXPECTED, FEW_EXPECTED = 0.1, 5.0
FEWEST_EASED = 0.5
"""Cells expected below which a single one decides: no spread of placebos below one counts there."""
HALF_COUNT, PRIOR_SCORES = 0.5, 20


@dataclass(frozen=True, slots=True)
class Excess:
    """Coincidences beyond the expected.

    Attributes:
        observed: coincidences found.
        expected: coincidences that the null lets one expect.
        lift: observed over expected.
        lift_interval: its bounds at 90 %.
        rho: share of A's act-days that B joins beyond chance.
        rho_interval: its bounds at 90 %.
    """

    observed: float
    expected: float
    lift: float
    lift_interval: tuple[float, float]
    rho: float
    rho_interval: tuple[float, float]

    @property
    def upper(self) -> float:
        """Upper 95 % bound of the share: what cannot be ruled out."""
        return self.rho_interval[1]

    def is_within(self, bound: float = EQUIVALENCE) -> bool:
        """Whether the share joined is shown to be below a bound, at 95 %: a claim of equivalence.

        Args:
            bound: share of A's act-days, 0–1.
        """
        return self.upper < bound


def excess(observed: float, beyond: float, spread: float, *, room: float) -> Excess:
    """Turn coincidences beyond the expected into a lift and a share, with 90 % intervals.

    Args:
        observed: coincidences found.
        beyond: coincidences beyond those expected, placebos' taken off.
        spread: standard error of `beyond`.
        room: act-days of A on which B would not have acted anyway.

    Returns:
        Lift and share. Below five expected coincidences the lift has a Gamma law with that error,
        but at least that of a count; above, a normal one.

    Null: none; an estimate.

    Blind to: error in the expected count where it is small.

    References:
        [gelman2013]: the Gamma law of a Poisson rate.
    """
    expected = max(observed - beyond, LEAST_EXPECTED)
    if expected < FEW_EXPECTED:
        variance = max(spread**2, observed, expected)
        lift, low, high = _gamma_lift(observed, expected, variance / expected**2)
    else:
        half = NORMAL_90 * spread
        lift, low, high = (1 + (beyond + part) / expected for part in (0.0, -half, half))
        low = max(0.0, low)
    return _shared(observed, expected, (lift, low, high), room)


def typed_excess(
    observed: float, expected: float, *, spread: float, room: float, is_window: bool = False
) -> Excess:
    """Lift and share of common cells, with 90 % intervals.

    Args:
        observed: cells filled by both.
        expected: cells expected, deflated.
        spread: standard deviation of the placebos' scores; what they spread more or less than a
            count of dispersion 1.3, the asked pair does too.
        room: cells of the actor that fills fewer.
        is_window: whether several days count, on which one cell may be met by several: the share
            is then meetings beyond chance to a cell of that actor.

    Returns:
        Lift by a Gamma law: the expected part varies as the placebos tell, what was joined beyond
        it like a count, and the expectation is taken to be known to a tenth or so.

    Null: none; an estimate.

    Blind to: an expectation that is wrong for this pair alone.

    References:
        [gelman2013]: the Gamma law of a Poisson rate.
    """
    expected = max(expected, LEAST_EXPECTED)
    met, joined = min(observed, expected), max(0.0, observed - expected)
    variance = spread**2 * (DISPERSION * met + 0.1) + joined
    doubt = DOUBT * max(1.0, FEW_EXPECTED / expected) ** 0.5
    doubt = max(LEAST_DOUBT, doubt * min(1.0, DOUBT_CELLS / expected) ** 0.5)
    rate = (observed + HALF_COUNT) / expected
    lift, low, high = _gamma_lift(observed, expected, variance / expected**2 + (doubt * rate) ** 2)
    if is_window:
        return _shared(observed, expected, (lift, low, high), max(1.0, room))
    room = max(1.0, room - met)
    # what is joined is told apart from what is expected: a doubtful expectation costs it less
    half = NORMAL_90 * (variance + (doubt * expected) ** 2) ** 0.5 / room
    share = (observed - expected) / room
    return Excess(observed, expected, lift, (low, high), share, (share - half, share + half))


def usual_centre(placebos: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Mean and spread of placebo scores, drawn a little toward 0 and 1, for estimates.

    Args:
        placebos: scores, shape (n,).

    Returns:
        Both may lie to either side: an estimate is not to be moved against a finding, as a test is.

    Null: none; an estimate.

    Blind to: placebos that truly co-act.

    References:
        [efron2004]: empirical null.
    """
    n = len(placebos)
    mean = float(placebos.sum()) / (n + PRIOR_SCORES)
    squares = float(((placebos - placebos.mean()) ** 2).sum())
    return mean, float(((squares + PRIOR_SCORES) / (n + PRIOR_SCORES)) ** 0.5)


def _gamma_lift(observed: float, expected: float, variance: float) -> tuple[float, float, float]:
    """Lift and its 90 % bounds by a Gamma law of this variance."""
    rate = (observed + HALF_COUNT) / expected
    shape = rate**2 / max(variance, 1e-9)
    low, high = (rate * gamma_quantile(shape, share) / shape for share in (0.05, 0.95))
    lift = observed / expected
    return lift, min(low, lift), max(high, lift)


def _shared(
    observed: float, expected: float, lifts: tuple[float, float, float], room: float
) -> Excess:
    lift, low, high = lifts
    share, least, most = ((value - 1) * expected / room for value in lifts)
    return Excess(observed, expected, lift, (low, high), share, (least, most))
