"""Student's law: what numpy lacks for means of few units."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import numpy.typing as npt

from inconcert.measure.chance import normal_quantile

_NODES, _NOTHING, _STEPS, _NEAR = 64, 37.0, 50, 1e-10
"""Points of the integral; exp(−37) is lost in rounding; Newton's steps, and when they end."""


def student_p(t: float, freedom: float) -> float:
    """Chance of a value of `t` or more under Student's law.

    Args:
        t: the value.
        freedom: degrees of freedom, 1 or more.
    """
    # with t = sqrt(freedom) tan(angle) the density is a power of the cosine
    edge, power = math.atan(abs(t) / math.sqrt(freedom)), freedom - 1
    last = math.pi / 2
    if power > 0:
        last = math.acos(math.cos(edge) * math.exp(-_NOTHING / power))
    nodes, weights = _gauss()
    half = (last - edge) / 2
    density = np.cos(edge + half * (nodes + 1)) ** power
    tail = float(np.clip(math.exp(_log_front(freedom)) * half * (weights @ density), 0.0, 0.5))
    return tail if t >= 0 else 1.0 - tail


def student_quantile(share: float, freedom: float) -> float:
    """Value below which this share of Student's law lies, 0.5 <= share < 1.

    Args:
        share: what lies below.
        freedom: degrees of freedom, 1 or more.
    """
    z = normal_quantile(share)
    # the expansion around the normal lies below the value, where Newton's steps only rise
    value = z + (z**3 + z) / (4 * freedom)
    front = _log_front(freedom) - 0.5 * math.log(freedom)
    for _ in range(_STEPS):
        slope = math.exp(front - (freedom + 1) / 2 * math.log1p(value**2 / freedom))
        step = (student_p(value, freedom) - (1 - share)) / slope
        value += step
        if abs(step) <= _NEAR * max(1.0, value):
            break
    return value


@cache
def _gauss() -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    return nodes, weights


def _log_front(freedom: float) -> float:
    return math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2) - 0.5 * math.log(math.pi)
