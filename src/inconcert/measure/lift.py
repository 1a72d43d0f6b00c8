"""How much two actors act together beyond the expected: lift and share, with their intervals."""

from __future__ import annotations

from dataclasses import dataclass

from inconcert.measure.chance import gamma_quantile

PRIOR, DISPERSION = 2.0, 1.3
"""The lift is taken as about 1 before anything is seen, with the weight of two expected days."""
LEAST_EXPECTED, FEW_EXPECTED, NORMAL_90 = 0.1, 5.0, 1.6449


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

    def is_within(self, bound: float) -> bool:
        """Whether the share joined is shown to be below a bound, at 95 %: a claim of equivalence.

        Args:
            bound: share of A's act-days, 0–1.
        """
        return self.rho_interval[1] < bound


def excess(observed: float, beyond: float, spread: float, *, room: float) -> Excess:
    """Turn coincidences beyond the expected into a lift and a share, with 90 % intervals.

    Args:
        observed: coincidences found.
        beyond: coincidences beyond those expected, placebos' taken off.
        spread: standard error of `beyond`.
        room: act-days of A on which B would not have acted anyway.

    Returns:
        Lift and share. Below five expected coincidences the lift is Gamma(2, 2) before anything
        is seen and the count a Poisson one; above, normal.

    Null: none; an estimate.

    Blind to: error in the expected count where it is small.

    References:
        [gelman2013]: the Gamma prior of a Poisson rate.
    """
    expected = max(observed - beyond, LEAST_EXPECTED)
    if expected < FEW_EXPECTED:
        shape, rate = PRIOR + observed / DISPERSION, PRIOR + expected / DISPERSION
        lift = shape / rate
        low, high = (gamma_quantile(shape, share) / rate for share in (0.05, 0.95))
    else:
        half = NORMAL_90 * spread
        lift, low, high = (1 + (beyond + part) / expected for part in (0.0, -half, half))
        low = max(0.0, low)
    share, least, most = ((value - 1) * expected / room for value in (lift, low, high))
    return Excess(observed, expected, lift, (low, high), share, (least, most))
