"""Burden sharing: does B do more toward T when C does less?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from inconcert.core.result import TestResult
from inconcert.errors import BadInput, TooFewEvents
from inconcert.measure.student import student_p, student_quantile
from inconcert.measure.turning_segments import block_orders

Floats = npt.NDArray[np.float64]

WEEK, BLOCK_WEEKS, LEAST_ACTS, LEAST_WEEKS, LEAST_TRUST = 7, 4, 20, 26, 0.5
ASSUMPTION = (
    "What T needs, and what is reported of T, moves third parties as it moves B and C; nothing "
    "else moves B and C in opposite directions."
)
NULL = (
    "Given third parties' acts toward T, the volume of the source and a steady trend, B's weeks "
    "have nothing to do with C's; months, with the bursts in them, might stand in another order."
)


@dataclass(frozen=True, slots=True)
class BurdenShift:
    """How B's acts go with C's, third parties taken into account.

    Attributes:
        result: partial correlation of B's weeks with C's, with its sign turned: above 0, B does
            more when C does less; the interval is at 90 %; p one-sided, for such a shift; `n` is
            weeks.
        acts: acts of B and of C.
        assumption: what must hold for the shift to be one of the burden.
    """

    result: TestResult
    acts: tuple[int, int]
    assumption: str = ASSUMPTION


def burden_shift(
    doer: npt.ArrayLike,
    leaver: npt.ArrayLike,
    others: npt.ArrayLike,
    *,
    rng: np.random.Generator,
    volume: npt.NDArray[Any] | None = None,
    draws: int = 999,
    seed: int | None = None,
) -> BurdenShift:
    """Test whether B's acts toward T rise in weeks in which C's fall.

    Args:
        doer: B's acts by day, shape (days,); deeds, if effort is asked.
        leaver: C's acts, same days.
        others: acts of each third party, shape (others, days): they stand for what T needs.
        rng: source of all randomness; the caller seeds it.
        volume: reported events of the source that are not toward T, shape (days,).
        draws: shuffles behind the standard error.
        seed: what the generator was seeded with, for the record.

    Returns:
        The shift, with its assumption.

    Null: given third parties' acts, the volume and a steady trend, B's weeks have nothing to do
        with C's; months, with the bursts in them, might stand in another order.

    Blind to: a shift that takes longer than a week; acts that count one each, however large the
        effort; a cause that moves B and C apart. Chance ups and downs of C that B does not
        answer make the shift look smaller than the rule by which B answers.

    Raises:
        TooFewEvents: fewer than 20 acts of B or C, or fewer than 26 weeks.
        BadInput: shapes differ.

    References:
        [freedman1983]: shuffles of what is left after the controls.
        [kunsch1989]: blocks keep the dependence within them.
        [olson1966]: burden and free riding.
    """
    thirds = np.asarray(others, dtype=float)
    if thirds.ndim != 2 or len(thirds) < 2:
        raise BadInput(
            f"Third parties of shape {thirds.shape}.",
            advice="Give at least two of them, shape (others, days).",
        )
    # every second of them, by how much they do, so that both halves are alike
    order = np.argsort(-thirds.sum(axis=1), kind="stable")
    halves = [thirds[order[half::2]].sum(axis=0) for half in range(2)]
    series = [np.asarray(part, dtype=float) for part in (doer, leaver, *halves)]
    if any(part.shape != series[2].shape for part in series):
        raise BadInput("B, C and the others differ in days.", advice="Give the same days of each.")
    days = len(series[0]) // WEEK * WEEK
    if days // WEEK < LEAST_WEEKS:
        raise TooFewEvents("burden sharing", days // WEEK, LEAST_WEEKS, "weeks of data")
    acts = int(series[0].sum()), int(series[1].sum())
    if min(acts) < LEAST_ACTS:
        raise TooFewEvents("burden sharing", min(acts), LEAST_ACTS)
    shown = np.ones(len(series[0])) if volume is None else np.asarray(volume, dtype=float) + 1.0
    weekly = [_weekly(part, days) for part in (*series, shown)]
    room = weekly[-1] / max(float(weekly[-1].mean()), 1e-9)
    trend = np.column_stack([np.ones(len(room)), np.linspace(-1, 1, len(room))])
    rooted = [_beyond(_rooted(part, room), trend) for part in weekly[:-1]]
    control = (rooted[2] + rooted[3])[:, None]
    one, other = (_beyond(part, control) for part in rooted[:2])
    missed = _missed(rooted, one, other)
    shift = missed - _together(one, other)
    orders = block_orders([0, len(other)], BLOCK_WEEKS, draws, rng)
    null = other[orders] @ one / max(float((one @ one) * (other @ other)) ** 0.5, 1e-9)
    # what third parties miss is itself known to about a half
    error = (float(null.var()) + (0.5 * missed) ** 2) ** 0.5
    freedom = len(other) / BLOCK_WEEKS - 1
    half = student_quantile(0.95, freedom) * error
    result = TestResult(
        "burden sharing",
        shift,
        0.0,
        student_p(shift / error, freedom),
        (max(-1.0, shift - half), min(1.0, shift + half)),
        NULL,
        days // WEEK,
        draws,
        seed,
        "freedman1983 kunsch1989 olson1966",
    )
    return BurdenShift(result, acts)


def _weekly(daily: Floats, days: int) -> Floats:
    return np.asarray(daily[-days:].reshape(-1, WEEK).sum(axis=1))


def _rooted(acts: Floats, room: Floats) -> Floats:
    """Square roots of acts relative to the volume: counts of any size then vary alike."""
    return np.asarray(((acts + 0.375) / np.maximum(room, 0.05)) ** 0.5)


def _beyond(values: Floats, design: Floats) -> Floats:
    return np.asarray(values - design @ np.linalg.lstsq(design, values, rcond=None)[0])


def _together(one: Floats, other: Floats) -> float:
    """Correlation of what is left of both."""
    return float(one @ other / max(float((one @ one) * (other @ other)) ** 0.5, 1e-9))


def _missed(rooted: list[Floats], one: Floats, other: Floats) -> float:
    """What a common shock leaves in both B and C, because third parties tell it with noise.

    How much noise is told by the two halves of the third parties: a shock moves both alike.
    """
    done, left, half, rest = rooted
    control = half + rest
    alike = float(half @ rest / max(float((half @ half) * (rest @ rest)) ** 0.5, 1e-9))
    trust = min(1.0, max(LEAST_TRUST, 2 * alike / (1 + alike) if alike > 0 else 0.0))
    through = float((done @ control) * (left @ control) / max(float(control @ control), 1e-9))
    size = max(float((one @ one) * (other @ other)) ** 0.5, 1e-9)
    return float(max(0.0, (1 / trust - 1) * through / size))
