"""Do A and B act toward a target after they have talked with each other about it?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from inconcert.core.result import TestResult
from inconcert.errors import BadInput
from inconcert.measure.chance import normal_p
from inconcert.measure.coaction import hac_scores, residuals
from inconcert.measure.intensity import Intensities, intensities

Floats = npt.NDArray[np.float64]

BEFORE_DAYS, HAC_DAYS = 7, 10
LEAST_DAYS, MOST_COVERED, LEVEL = 5, 0.6, 0.05
NULL = "Given third parties' acts, neither A nor B acts more in the week after they consult on T."


@dataclass(frozen=True, slots=True)
class Consultation:
    """Acts toward the target in the week after consultations about it.

    Attributes:
        value: `consulted` (both act more after consultations about T, p < .05), `not shown`, or,
            with no result, `not testable` (the source does not tell what talks were about),
            `too few` (fewer than five days of consultation) or `always on` (the week after one
            covers more than 60 % of days).
        result: acts beyond the expected in those weeks, of A and B together; p by Fisher's rule.
        days: days with a consultation about T.
        covered: share of days in a week after one.
        scores: of A and of B, standard normal under the null.
    """

    value: str
    result: TestResult | None
    days: int
    covered: float
    scores: tuple[float, float] | None


def consultation(
    daily: npt.NDArray[Any],
    volume: npt.NDArray[Any],
    contacts: npt.ArrayLike | None,
    *,
    pair: tuple[int, int] = (0, 1),
    fitted: Intensities | None = None,
) -> Consultation:
    """Test whether both actors act toward the target more in the week after they consult on it.

    Args:
        daily: acts toward the target, shape (actors, days), counts.
        volume: reported events of the data set not toward the target, shape (days,).
        contacts: consultations between A and B *about the target*, on each day, shape (days,);
            None where the source holds no text and so cannot tell what talks were about.
        pair: places of A and B on the first axis.
        fitted: rates fitted before on the same arrays.

    Returns:
        The test, or why there is none. `n` of the result is days in a week after a consultation.

    Null: given third parties' acts, the volume and its own habit, neither acts more in the week
        after a consultation about the target.

    Blind to: consultations that nobody reported; news about T that brings about both the talks and
        the acts, as far as third parties do not answer it; talks that agree on doing nothing.

    Raises:
        BadInput: the days of the contacts differ from those of the acts.

    References:
        [shah2020]: residuals times a condition, its mean taken off.
        [newey1987]: the error where neighbouring days depend on each other.
        [fisher1932]: two p-values joined.
    """
    if contacts is None:
        return Consultation("not testable", None, 0, 0.0, None)
    talks = np.asarray(contacts) > 0
    if talks.shape != daily.shape[1:]:
        raise BadInput(
            f"{daily.shape[1]} days of acts, but {talks.shape} of consultations.",
            advice="Give the consultations of the same days.",
        )
    after = _week_after(talks)
    days, covered = int(talks.sum()), float(after.mean())
    if days < LEAST_DAYS:
        return Consultation("too few", None, days, covered, None)
    if covered > MOST_COVERED:
        return Consultation("always on", None, days, covered, None)
    fit = intensities(daily, volume) if fitted is None else fitted
    who = np.array(pair)
    left = residuals(fit, who, who[::-1])
    a, b = (float(z) for z in hac_scores(left, (after - after.mean())[None], lags=HAC_DAYS))
    expected = float((fit.leaving_out(who, who[::-1]) * after).sum())
    p = fisher_p((normal_p(a), normal_p(b)))
    result = TestResult(
        "consultation about the target",
        float((fit.acts[who] * after).sum()),
        expected,
        p,
        None,
        NULL,
        int(after.sum()),
        reference="shah2020 newey1987 fisher1932",
    )
    is_shown = p < LEVEL and min(a, b) > 0
    return Consultation("consulted" if is_shown else "not shown", result, days, covered, (a, b))


def fisher_p(p_values: tuple[float, float]) -> float:
    """Two independent p-values as one.

    Args:
        p_values: each 0–1.

    Returns:
        Upper tail of chi-square with four degrees at −2 Σ log p.

    Null: both p-values are uniform and independent.

    Blind to: dependence between the two.

    References:
        [fisher1932]: the rule.
    """
    product = max(p_values[0] * p_values[1], 1e-300)
    return min(1.0, product * (1 - math.log(product)))


def _week_after(talks: npt.NDArray[np.bool_]) -> Floats:
    """1 on days with a consultation one to seven days before, shape (days,)."""
    after = np.zeros(len(talks))
    for lag in range(1, BEFORE_DAYS + 1):
        after[lag:] = np.maximum(after[lag:], talks[:-lag])
    return after
