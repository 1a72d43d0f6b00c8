"""The methods others use for the same question, as foils: what they say about known worlds.

They are here to be compared with, not to judge by: under shocks that move everybody they cry
coordination. Each gives a one-sided p for "A and B act together" (or "A before B").
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from inconcert.core.result import TestResult
from inconcert.measure.chance import count_pmf, normal_p

Counts = npt.NDArray[np.int64]

WINDOW_DAYS, LAGS, NEAREST_SHIFT = 5, 5, 8


def correlation(first: Counts, second: Counts) -> TestResult:
    """Pearson's correlation of daily counts.

    Args:
        first: acts of A on each day, shape (days,).
        second: acts of B on each day, shape (days,).

    Returns:
        The correlation, -1 to 1; `n` is days, the interval is at 90 %.

    Null: days are independent and A's have nothing to do with B's.

    Blind to: everything that moves both: shocks, weekends, changes of level.

    References:
        [fisher1921]: interval by the inverse hyperbolic tangent.
    """
    days = len(first)
    if first.std() == 0 or second.std() == 0:
        return TestResult("correlation", 0.0, 0.0, 1.0, None, "independent days", days)
    r = float(np.clip(np.corrcoef(first, second)[0, 1], -0.999999, 0.999999))
    z, half = math.atanh(r), 1.645 / math.sqrt(days - 3)
    p = normal_p(r * math.sqrt((days - 2) / (1 - r * r)))
    interval = (math.tanh(z - half), math.tanh(z + half))
    return TestResult(
        "correlation", r, 0.0, p, interval, "independent days", days, reference="fisher1921"
    )


def coincidence(first: Counts, second: Counts, *, window_days: int = 0) -> TestResult:
    """Event coincidence: act-days of A that B answers within a window, against chance.

    Args:
        first: acts of A on each day, shape (days,).
        second: acts of B on each day, shape (days,).
        window_days: days after A's act that count, 0 for the same day.

    Returns:
        Act-days of A that are answered, `n` of them at most.

    Null: B's act-days fall as a Poisson process of constant rate.

    Blind to: whatever makes both act more on some days than on others.

    References:
        [donges2016]: the trigger coincidence rate and its Poisson null.
    """
    acts, others = first > 0, second > 0
    near = others.copy()
    for lag in range(1, window_days + 1):
        near[:-lag] |= others[lag:]
    n, found = int(acts.sum()), int((acts & near).sum())
    chance = 1 - (1 - (window_days + 1) / len(first)) ** int(others.sum())
    chances = _binomial(n, chance)
    p = float(min(1.0, chances[found:].sum()))
    return TestResult(
        "coincidence", found, n * chance, p, None, "constant rate", n, reference="donges2016"
    )


def granger(first: Counts, second: Counts, *, lags: int = LAGS) -> TestResult:
    """Granger's test: does A's past improve the forecast of B?

    Args:
        first: acts of A on each day, shape (days,).
        second: acts of B on each day, shape (days,).
        lags: days of past used.

    Returns:
        The F statistic; `n` is days used. p by the chi-square approximation of lags × F.

    Null: given its own past, B does not depend on A's past, linearly and with even noise.

    Blind to: a shock to which B reacts a day later than A.

    References:
        [granger1969]: the test.
    """
    days = len(second) - lags
    target = second[lags:].astype(float)
    own = [second[lags - k : len(second) - k] for k in range(1, lags + 1)]
    theirs = [first[lags - k : len(first) - k] for k in range(1, lags + 1)]
    small = np.column_stack([np.ones(days), *own]).astype(float)
    large = np.column_stack([small, *theirs]).astype(float)
    left = [_squares(design, target) for design in (small, large)]
    f = max(0.0, (left[0] - left[1]) / lags / max(left[1] / (days - large.shape[1]), 1e-12))
    return TestResult(
        "granger", f, 1.0, _f_p(f, lags), None, "own past suffices", days, reference="granger1969"
    )


def circular_shift(first: Counts, second: Counts) -> TestResult:
    """Days on which both act, against B turned in time by every shift of eight days or more.

    Args:
        first: acts of A on each day, shape (days,).
        second: acts of B on each day, shape (days,).

    Returns:
        Days on which both act; `n` is act-days of the rarer actor, `draws` the shifts.

    Null: B's act-days, rhythm and all, might as well have begun on any other day.

    Blind to: drivers that A and B share, which no shift of B keeps.

    References:
        [phipson2010]: p counts the observed value among the draws.
    """
    a, b = (first > 0).astype(float), (second > 0).astype(float)
    days = len(a)
    turned = np.fft.irfft(np.conj(np.fft.rfft(a)) * np.fft.rfft(b), n=days)
    null = np.rint(turned[NEAREST_SHIFT : days - NEAREST_SHIFT + 1])
    found = float((a * b).sum())
    p = (1 + int((null >= found).sum())) / (1 + len(null))
    n = int(min(a.sum(), b.sum()))
    return TestResult(
        "circular shift",
        found,
        float(null.mean()),
        p,
        None,
        "B might have begun on any other day",
        n,
        len(null),
        reference="phipson2010",
    )


PEERS: Mapping[str, Callable[[Counts, Counts], TestResult]] = MappingProxyType(
    {
        "correlation": correlation,
        "coincidence, same day": coincidence,
        "Granger, five lags": granger,
        "circular shift": circular_shift,
    }
)


def _binomial(n: int, chance: float) -> npt.NDArray[np.float64]:
    """Chances of 0 … n successes."""
    if chance >= 1 or chance <= 0 or n == 0:
        return np.asarray(np.eye(n + 1)[n if chance >= 1 else 0])
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, n + 1)))])
    k = np.arange(n + 1)
    chosen = logs[n] - logs - logs[::-1]
    return np.asarray(np.exp(chosen + k * math.log(chance) + (n - k) * math.log1p(-chance)))


def _squares(design: npt.NDArray[np.float64], target: npt.NDArray[np.float64]) -> float:
    solution = np.linalg.lstsq(design, target, rcond=None)[0]
    return float(((target - design @ solution) ** 2).sum())


def _f_p(f: float, lags: int) -> float:
    """Upper tail of chi-square with `lags` degrees at lags·F (exact for even degrees)."""
    half = lags * f / 2
    if lags % 2 == 0:
        return float(min(1.0, count_pmf(max(half, 1e-12), 1.0, lags // 2 - 1).sum()))
    # odd degrees: the tail of one degree and a finite sum
    tail = math.erfc(math.sqrt(half))
    term = math.sqrt(half) * math.exp(-half) / math.gamma(1.5)
    for step in range((lags - 1) // 2):
        tail += term
        term *= half / (1.5 + step)
    return min(1.0, tail)
