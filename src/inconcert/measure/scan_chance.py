"""Scores of many counts at once: the laws of `chance`, for arrays.

What `cells.count_scores` gives one by one is given here for millions; the numbers are the same.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from inconcert.measure.cells import LEAST_P
from inconcert.measure.lift import DISPERSION, FEW_EXPECTED

Floats = npt.NDArray[np.float64]

_LEAST_MEAN, _NEAR, _FAR = 1e-6, 0.425, 5.0
# Wichura's rational approximations AS 241: numerator and denominator, constant first
_CENTRAL = (
    (3.3871328727963666080, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
     45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727),
    (1.0, 42.313330701600911252, 687.18700749205790830, 5394.1960214247511077,
     21213.794301586595867, 39307.895800092710610, 28729.085735721942674, 5226.4952788528545610),
)  # fmt: skip
_MIDDLE = (
    (1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550,
     3.64784832476320460504, 1.27045825245236838258, 2.41780725177450611770e-1,
     2.27238449892691845833e-2, 7.74545014278341407640e-4),
    (1.0, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1,
     1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
     1.05075007164441684324e-9),
)  # fmt: skip
_OUTER = (
    (6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580,
     2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
     2.71155556874348757815e-5, 2.01033439929228813265e-7),
    (1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
     7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
     2.04426310338993978564e-15),
)  # fmt: skip


def normal_ps(scores: Floats) -> Floats:
    """Chance of a standard normal value of each score or more, same shape."""
    flat = (scores / math.sqrt(2)).ravel().tolist()
    return 0.5 * np.fromiter(map(math.erfc, flat), float, len(flat)).reshape(scores.shape)


def normal_quantiles(shares: Floats) -> Floats:
    """Values below which these shares of a standard normal lie, 0 < share < 1, same shape.

    References:
        [wichura1988]: rational approximations to sixteen digits.
    """
    centred = shares - 0.5
    inner = np.abs(centred) <= _NEAR
    near = np.where(inner, centred, 0.0)
    central = near * _ratio(_CENTRAL, _NEAR**2 - near**2)
    tail = np.sqrt(-np.log(np.where(inner, 0.5, np.minimum(shares, 1 - shares))))
    outer = np.where(tail <= _FAR, _ratio(_MIDDLE, tail - 1.6), _ratio(_OUTER, tail - _FAR))
    return np.where(inner, central, np.copysign(outer, centred))


def count_mid_ps(found: Floats, mean: Floats, dispersion: float) -> Floats:
    """Chances of more than found plus half that of exactly so many, negative binomial.

    Args:
        found: counts, 0 or more, shape (n,).
        mean: expected counts, above 0, shape (n,).
        dispersion: variance over mean, above 1.
    """
    size, chance = mean / (dispersion - 1), 1 - 1 / dispersion
    order = np.argsort(-found, kind="stable")
    left = found[order].astype(np.int64)
    shape = size[order]
    now = np.exp(-shape * math.log(dispersion))
    below = np.zeros_like(now)
    for step in range(int(left[0]) if len(left) else 0):
        rows = slice(0, int(np.searchsorted(-left, -step)))  # those that found more than `step`
        below[rows] += now[rows]
        now[rows] *= (shape[rows] + step) / (step + 1) * chance
    p = np.empty_like(now)
    p[order] = np.clip(1 - below - 0.5 * now, 0.0, 1.0)
    return p


def many_count_scores(found: Floats, expected: Floats) -> Floats:
    """Counts as standard normal scores: `cells.count_scores` for arrays of any shape.

    Args:
        found: cells filled by both.
        expected: cells expected, deflated, same shape.

    Returns:
        Scores of the same shape.

    Null: the count has that mean and a variance 1.3 times as large.

    Blind to: more spread than that.

    References:
        [lancaster1961]: the mid-p of a count.
    """
    scores = np.asarray((found - expected) / np.sqrt(DISPERSION * expected + 0.1))
    few = expected < FEW_EXPECTED
    p = count_mid_ps(found[few], np.maximum(expected[few], _LEAST_MEAN), DISPERSION)
    scores[few] = -normal_quantiles(np.clip(p, LEAST_P, 1 - LEAST_P))
    return scores


def _ratio(parts: tuple[tuple[float, ...], tuple[float, ...]], value: Floats) -> Floats:
    above, below = (np.polynomial.polynomial.polyval(value, part) for part in parts)
    return np.asarray(above / below)
