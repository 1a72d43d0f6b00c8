"""Student's law: what numpy lacks for means of few units."""

from __future__ import annotations

import math

import numpy as np

_STEPS, _FAR = 4000, 1.0 - 1e-9


def student_p(t: float, freedom: float) -> float:
    """Chance of a value of `t` or more under Student's law.

    Args:
        t: the value.
        freedom: degrees of freedom, 1 or more.
    """
    # with t = sqrt(freedom) tan(angle) the density is a power of the cosine
    edge = math.atan(abs(t) / math.sqrt(freedom))
    angle = np.linspace(edge, math.pi / 2 * _FAR, _STEPS + 1)
    log_front = math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2) - 0.5 * math.log(math.pi)
    density = math.exp(log_front) * np.cos(angle) ** (freedom - 1)
    tail = float(np.clip(np.trapezoid(density, angle), 0.0, 0.5))
    return tail if t >= 0 else 1.0 - tail


def student_quantile(share: float, freedom: float) -> float:
    """Value below which this share of Student's law lies, 0.5 <= share < 1."""
    low, high = 0.0, 1.0
    while student_p(high, freedom) > 1 - share:
        high *= 2
    for _ in range(40):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if student_p(middle, freedom) > 1 - share else (low, middle)
    return 0.5 * (low + high)
