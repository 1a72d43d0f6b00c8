"""Who joins whom: pairs that take part in the same joint acts more often than chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inconcert.core.result import TestResult
from inconcert.errors import BadInput, TooFewEvents
from inconcert.measure.chance import count_mid_p, gamma_quantile
from inconcert.measure.multiplicity import false_discovery

Floats = npt.NDArray[np.float64]

LEAST_ACTS, STEPS, PRIOR = 20, 60, 0.5
NULL = "Who joins whom is chance, given how often each takes part in joint acts at all."


@dataclass(frozen=True, slots=True)
class JointPair:
    """Two actors that have joined in acts.

    Attributes:
        actors: both, as indices.
        result: joint acts found and expected; the interval is of the lift, at 90 %; p one-sided;
            `n` is joint acts of the network.
        q: p corrected for all pairs of the network.
    """

    actors: tuple[int, int]
    result: TestResult
    q: float

    @property
    def lift(self) -> float:
        """Joint acts found over expected."""
        return self.result.statistic / max(self.result.expected, 1e-9)


def joint_network(joint: npt.ArrayLike) -> tuple[JointPair, ...]:
    """Pairs that join more than chance, given how often each joins anybody.

    Args:
        joint: acts in which both take part, week by week, shape (weeks, actors, actors),
            symmetric.

    Returns:
        All pairs with a joint act, smallest p first.

    Null: who joins whom is chance, given how often each takes part in joint acts at all.

    Blind to: acts of many (a summit of twenty makes 190 pairs); joint statements that a news
        agency put into one sentence.

    Raises:
        TooFewEvents: fewer than 20 joint acts.
        BadInput: the shape is none of (weeks, actors, actors), or it is not symmetric.

    References:
        [chung2002]: expected ties given how many each actor has.
        [benjamini1995]: many pairs.
    """
    weekly = np.asarray(joint, dtype=float)
    if weekly.ndim != 3 or not np.array_equal(weekly, weekly.transpose(0, 2, 1)):
        raise BadInput(
            f"Joint acts of shape {weekly.shape}.",
            advice="Give a symmetric array (weeks, actors, actors).",
        )
    weekly = weekly * (1 - np.eye(weekly.shape[1]))
    total = weekly.sum(axis=0)
    acts = int(total.sum() / 2)
    if acts < LEAST_ACTS:
        raise TooFewEvents("joint-act network", acts, LEAST_ACTS)
    expected = _expected(total)
    dispersion = _dispersion(weekly)
    rows, columns = np.nonzero(np.triu(expected > 0, 1))
    p = [
        count_mid_p(int(total[a, b]), float(expected[a, b]), dispersion)
        for a, b in zip(rows, columns, strict=True)
    ]
    q = false_discovery(p)
    found = []
    for place, (a, b) in enumerate(zip(rows, columns, strict=True)):
        if not total[a, b]:
            continue
        shape = (total[a, b] + PRIOR) / dispersion
        rate = expected[a, b] / dispersion
        interval = tuple(gamma_quantile(shape, share) / rate for share in (0.05, 0.95))
        result = TestResult(
            "joint acts",
            float(total[a, b]),
            float(expected[a, b]),
            p[place],
            (interval[0], interval[1]),
            NULL,
            acts,
            reference="chung2002 benjamini1995",
        )
        found.append(JointPair((int(a), int(b)), result, float(q[place])))
    return tuple(sorted(found, key=lambda one: (one.result.p, one.actors)))


def _expected(total: Floats) -> Floats:
    """Expected acts of each pair, with the same sum for each actor as found, empty diagonal."""
    strength = total.sum(axis=1)
    weight = strength / max(float(strength.sum()) ** 0.5, 1e-9)
    for _ in range(STEPS):
        rest = weight.sum() - weight
        weight = 0.5 * (weight + strength / np.maximum(rest, 1e-9))
    return np.asarray(np.outer(weight, weight) * (1 - np.eye(len(total))))


def _dispersion(weekly: Floats) -> float:
    """By how much acts told again in the same week stretch the variance, 1 or more."""
    weeks = len(weekly)
    mean = weekly.mean(axis=0)
    left = ((weekly - mean) ** 2).sum() * weeks / max(weeks - 1, 1)
    return max(1.0, float(left / max(float(mean.sum()) * weeks, 1e-9)))
