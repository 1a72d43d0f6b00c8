"""The distributions that the tests need, written out where numpy has none.

They are exact to about ten digits in the range the tests use (means up to some thousands), and are
checked against sums and integrals by brute force.
"""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

NORMAL_90 = 1.6449
"""Half of a 90 % interval, in standard errors."""
_NORMAL = NormalDist()
_STEPS, _DIGITS, _NEAR = 500, 1e-14, 1e-9


def normal_p(z: float) -> float:
    """Chance of a standard normal value of `z` or more."""
    return 0.5 * math.erfc(z / math.sqrt(2))


def normal_quantile(share: float) -> float:
    """Value below which this share of a standard normal lies, 0 < share < 1."""
    return _NORMAL.inv_cdf(share)


def count_pmf(mean: float, dispersion: float, largest: int) -> Floats:
    """Chances of 0, 1 … `largest` under a negative binomial law.

    Args:
        mean: expected count, above 0.
        dispersion: variance over mean, 1 or more; 1 is a Poisson law.
        largest: last count wanted.

    Returns:
        Shape (largest + 1,).
    """
    counts = np.arange(largest + 1)
    factorials = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, largest + 1)))])
    if dispersion <= 1.0:
        return np.asarray(np.exp(counts * math.log(mean) - mean - factorials))
    size, chance = mean / (dispersion - 1), 1 / dispersion
    rising = np.concatenate([[0.0], np.cumsum(np.log(size + counts[:-1]))])
    return np.asarray(
        np.exp(rising - factorials + size * math.log(chance) + counts * math.log1p(-chance))
    )


def count_mid_p(observed: int, mean: float, dispersion: float) -> float:
    """Chance of more than observed plus half that of exactly so many.

    Args:
        observed: count found, 0 or more.
        mean: expected count, above 0.
        dispersion: variance over mean; 1 is a Poisson law.
    """
    pmf = count_pmf(mean, dispersion, observed)
    return float(min(1.0, max(0.0, 1.0 - pmf.sum() + 0.5 * pmf[-1])))


def gamma_share(shape: float, value: float) -> float:
    """Share of a Gamma law of unit scale that lies below `value`."""
    if value <= 0:
        return 0.0
    front = math.exp(shape * math.log(value) - value - math.lgamma(shape))
    if value < shape + 1:
        term = total = 1 / shape
        for step in range(1, 20 * _STEPS):
            term *= value / (shape + step)
            total += term
            if term < total * _DIGITS:
                break
        return min(1.0, front * total)
    # the continued fraction of the upper tail, by Lentz's rule
    b = value + 1 - shape
    c, d = 1e300, 1 / b
    h = d
    for step in range(1, 20 * _STEPS):
        a = -step * (step - shape)
        b += 2
        d, c = 1 / (a * d + b), b + a / c
        h *= d * c
        if abs(d * c - 1) < _DIGITS:
            break
    return max(0.0, 1 - front * h)


def gamma_quantile(shape: float, share: float) -> float:
    """Value below which this share of a Gamma law of unit scale lies, 0 < share < 1."""
    # Wilson and Hilferty's cube is near enough to begin at
    cube = 1 - 1 / (9 * shape) + normal_quantile(share) / (3 * math.sqrt(shape))
    guess = max(shape * cube**3, 1e-3) if cube > 0 else shape / 2
    low, high = 0.95 * guess, 1.05 * guess
    while low > 1e-300 and gamma_share(shape, low) >= share:
        low /= 2
    while gamma_share(shape, high) < share:
        high *= 2
    while high - low > _NEAR * high:
        middle = 0.5 * (low + high)
        low, high = (middle, high) if gamma_share(shape, middle) < share else (low, middle)
    return 0.5 * (low + high)
