"""Spill-over: do acts toward T's neighbours rise after shocks in T, more than toward others?

Two comparisons at once. In time: the days after a shock against matched days, of the same weekday
and with as much news, that no shock precedes. In space: what happens to the neighbours against what
happens to placebo neighbours, states just as far from being concerned as chance would have it. A
crisis that moves everybody moves the placebos too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from inconcert.core.result import TestResult
from inconcert.errors import BadInput, TooFewEvents
from inconcert.measure.multiplicity import rank_among
from inconcert.measure.student import student_p, student_quantile

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

WEEK, WINDOW_DAYS, MATCH_DAYS, VOLUME_DAYS, ALIKE = 7, 14, 182, 28, 1.5
LEAST_SHOCKS, LEAST_PLACEBOS, LEAST_MATCHED = 5, 8, 6
LEAST_EXPECTED, LEAST_NEAR, MOST_FREEDOM = 2.0, 5.0, 200.0
NULL = (
    "After shocks in the target, acts toward its neighbours change as acts toward the placebo "
    "neighbours do; neighbours differ from each other in that as placebos differ from each other."
)


@dataclass(frozen=True, slots=True)
class SpillOver:
    """How acts toward the neighbours change after shocks.

    Attributes:
        result: ratio of the neighbours' change to the placebos', 1 is none; the interval of the
            ratio is at 90 %; p is one-sided, for a rise; `n` is shocks.
        shocks: days of the shocks used, as indices.
        left_out: shocks without enough days after them, or without matched days.
        observed: acts toward the neighbours in the windows after shocks.
        expected: acts that matched days and placebos let one expect.
        placebo_ratio: change of acts toward the placebos.
        rank: place of the neighbours' change among that of the placebos, largest first.
    """

    result: TestResult
    shocks: tuple[int, ...]
    left_out: int
    observed: float
    expected: float
    placebo_ratio: float
    rank: tuple[int, int]


def spill_over(
    near: npt.ArrayLike,
    far: npt.ArrayLike,
    shocks: Sequence[int],
    *,
    volume: npt.NDArray[Any] | None = None,
    window_days: int = WINDOW_DAYS,
    weekday_of_first: int = 0,
) -> SpillOver:
    """Compare acts toward neighbours and toward placebos after shocks in the target.

    Args:
        near: acts toward each neighbour of the target, shape (neighbours, days).
        far: acts toward each placebo neighbour, shape (placebos, days): states that are no
            neighbours of the target and that nothing ties to the shocks.
        shocks: first days of shocks in the target, as indices. Of shocks less than a window
            apart only the first counts. They must not be picked by looking at `near`.
        volume: reported events of the source, shape (days,).
        window_days: days after a shock, its own day left out, in which acts count.
        weekday_of_first: weekday of the first day, Monday 0; it only says which days match.

    Returns:
        The change with its interval.

    Null: after shocks in the target, acts toward its neighbours change as acts toward the
        placebo neighbours do; neighbours differ from each other as placebos do.

    Blind to: effects that last longer than the window, or begin before the shock; shocks of the
        whole region, in which the target is one of many; what is done and not reported.

    Raises:
        TooFewEvents: fewer than 5 shocks that a whole window of data follows and that have
            matched days, fewer than 8 placebos, or fewer than 5 acts expected toward neighbours.
        BadInput: shapes differ.

    References:
        [mackinlay1997]: event windows against expected behaviour.
        [abadie2010]: placebo units as the law of no effect.
        [dersimonian1986]: units that differ, with few acts each, taken together.
    """
    units, days, count = _units(near, far)
    shown = np.ones(days) if volume is None else np.asarray(volume, dtype=float) + 1.0
    first = _apart(shocks, window_days, days)
    usable, matched = _matched(first, shown, window_days, days, weekday_of_first)
    if len(usable) < LEAST_SHOCKS:
        what = f"spill-over, shocks with {window_days} days of data after them and matched days"
        raise TooFewEvents(what, len(usable), LEAST_SHOCKS)
    sums = _after(units, window_days)
    room = _after(shown[None], window_days)[0]
    observed, expected, spread = _unit_changes(sums, room, usable, matched, window_days)
    is_near = np.arange(len(units)) < count
    kept = expected >= LEAST_EXPECTED
    if (kept & ~is_near).sum() < LEAST_PLACEBOS:
        short = int((kept & ~is_near).sum())
        raise TooFewEvents(
            "spill-over", short, LEAST_PLACEBOS, "placebo neighbours with enough acts"
        )
    if not (kept & is_near).any() or expected[kept & is_near].sum() < LEAST_NEAR:
        seen = int(expected[is_near].sum())
        raise TooFewEvents("spill-over, expected acts toward neighbours", seen, int(LEAST_NEAR))
    ratio = np.log((observed[kept] + 0.5) / (expected[kept] + 0.5))
    told = _contrast(ratio, spread[kept], is_near[kept])
    in_time = _spread_in_time(sums, room, usable, matched, kept, is_near)
    error = max(told.error, in_time)
    half = student_quantile(0.95, told.freedom) * error
    result = TestResult(
        "spill-over",
        float(np.exp(told.effect)),
        1.0,
        student_p(told.effect / error, told.freedom),
        (float(np.exp(told.effect - half)), float(np.exp(told.effect + half))),
        NULL,
        len(usable),
        reference="mackinlay1997 abadie2010 dersimonian1986",
    )
    near_sum = is_near & kept
    return SpillOver(
        result,
        tuple(int(day) for day in usable),
        len(first) - len(usable),
        float(observed[near_sum].sum()),
        float(expected[near_sum].sum() * np.exp(told.far)),
        float(np.exp(told.far)),
        rank_among(told.effect + told.far, ratio[~is_near[kept]]),
    )


def shock_days(
    counts: npt.ArrayLike, *, window_days: int = WINDOW_DAYS, clear: float = 4.0
) -> tuple[int, ...]:
    """Days on which far more happens in the target than in the four weeks before.

    Args:
        counts: events in the target by day, shape (days,), say violent events; not the acts
            whose spill-over is asked.
        window_days: days in which no second shock begins.
        clear: how many standard errors of a count with the bursts of the weeks before.

    Returns:
        Days in order, as indices. The first four weeks hold none.

    Null: none; a rule of thumb. Give documented shocks where there are any.

    Blind to: shocks that build up slowly.
    """
    acts = np.asarray(counts, dtype=float)
    found: list[int] = []
    for day in range(VOLUME_DAYS, len(acts)):
        before = acts[day - VOLUME_DAYS : day]
        mean = before.mean()
        spread = max(float(before.var()), mean, 0.25) ** 0.5
        if acts[day] > mean + clear * spread and (not found or day - found[-1] > window_days):
            found.append(day)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Contrast:
    effect: float
    far: float
    error: float
    freedom: float


def _contrast(ratio: Floats, spread: Floats, is_near: npt.NDArray[np.bool_]) -> _Contrast:
    """Mean of neighbours less mean of placebos, with what units differ by."""
    within = spread**2
    between = _between(ratio[~is_near], within[~is_near])
    weight = 1 / (within + between)
    means, errors = [], []
    for group in (is_near, ~is_near):
        total = weight[group].sum()
        means.append(float((weight * ratio)[group].sum() / total))
        errors.append(float(1 / total))
    # where units differ more than their acts explain, that too is told by the placebos
    far = float((~is_near).sum() - 1)
    scale = max(1.0, float((weight * (ratio - means[1]) ** 2)[~is_near].sum() / far))
    # what units differ by is known from few placebos, what counts vary by from many days
    unknown = 1 - float((weight * within)[is_near].mean()) / scale
    freedom = far / max(unknown, far / MOST_FREEDOM) ** 2 if unknown > 0 else MOST_FREEDOM
    error = (scale * sum(errors)) ** 0.5
    return _Contrast(means[0] - means[1], means[1], error, min(freedom, MOST_FREEDOM))


def _between(ratio: Floats, within: Floats) -> float:
    weight = 1 / within
    mean = (weight * ratio).sum() / weight.sum()
    heterogeneity = float((weight * (ratio - mean) ** 2).sum())
    room = float(weight.sum() - (weight**2).sum() / weight.sum())
    return max(0.0, (heterogeneity - (len(ratio) - 1)) / max(room, 1e-9))


def _unit_changes(
    sums: Floats, room: Floats, shocks: Ints, matched: list[Ints], window_days: int
) -> tuple[Floats, Floats, Floats]:
    """Acts after shocks, acts expected from matched days, and the error of the log ratio."""
    observed = sums[:, shocks].sum(axis=1)
    expected = np.zeros(len(sums))
    parts: list[Floats] = []
    means: list[Floats] = []
    extra = np.zeros(len(sums))
    # windows that begin a week apart share days, and tell less than their number says
    shared = max(1.0, window_days / WEEK)
    for shock, days in zip(shocks, matched, strict=True):
        rate = sums[:, days].sum(axis=1) / room[days].sum()
        mean = rate[:, None] * room[days]
        # what moves everybody in a window is no part of what a unit varies by
        mean = mean * (sums[:, days].sum(axis=0) / np.maximum(mean.sum(axis=0), 1e-9))
        parts.append(sums[:, days] - mean)
        means.append(mean)
        expected += rate * room[shock]
        extra += rate * room[shock] ** 2 / room[days].sum() * shared
    left, mean = np.concatenate(parts, axis=1), np.concatenate(means, axis=1)
    pooled = float((left**2).sum() / max(float(mean.sum()), 1e-9))
    own = (left**2).sum(axis=1) / np.maximum(mean.sum(axis=1), 1e-9)
    dispersion = np.maximum(1.0, 0.5 * (own + pooled))
    spread = (dispersion * (expected + extra)) ** 0.5 / (expected + 0.5)
    return observed, expected, spread


def _spread_in_time(
    sums: Floats,
    room: Floats,
    shocks: Ints,
    matched: list[Ints],
    kept: npt.NDArray[np.bool_],
    is_near: npt.NDArray[np.bool_],
) -> float:
    """Standard error of the contrast as it varies over matched days, without any shock."""
    near, far = sums[kept & is_near].sum(axis=0), sums[kept & ~is_near].sum(axis=0)
    variance, weight = 0.0, 0.0
    for days in matched:
        one = near[days] / max(float((near[days] / room[days]).mean()), 1e-9) / room[days]
        other = far[days] / max(float((far[days] / room[days]).mean()), 1e-9) / room[days]
        variance += float((one - other).var(ddof=1))
        weight += 1.0
    return float((variance / weight / len(shocks)) ** 0.5)


def _units(near: npt.ArrayLike, far: npt.ArrayLike) -> tuple[Floats, int, int]:
    close, away = (np.atleast_2d(np.asarray(part, dtype=float)) for part in (near, far))
    if close.shape[1] != away.shape[1]:
        raise BadInput(
            f"Neighbours over {close.shape[1]} days, placebos over {away.shape[1]}.",
            advice="Give the same days for both, shape (units, days).",
        )
    return np.concatenate([close, away]), close.shape[1], len(close)


def _after(units: Floats, window_days: int) -> Floats:
    """Acts in the window after each day, shape (units, days); only whole windows have a meaning."""
    days = units.shape[1]
    sums = np.concatenate([np.zeros((len(units), 1)), np.cumsum(units, axis=1)], axis=1)
    end = np.minimum(np.arange(days) + 1 + window_days, days)
    return np.asarray(sums[:, end] - sums[:, np.arange(days) + 1])


def _apart(shocks: Sequence[int], window_days: int, days: int) -> list[int]:
    found: list[int] = []
    for day in sorted(set(shocks)):
        if 0 <= day < days and (not found or day - found[-1] > window_days):
            found.append(int(day))
    return found


def _matched(
    shocks: list[int], shown: Floats, window_days: int, days: int, weekday: int
) -> tuple[Ints, list[Ints]]:
    """Shocks that can be used, and for each the days like it that no shock is near."""
    day = np.arange(days)
    sums = np.concatenate([[0.0], np.cumsum(shown)])
    start = np.maximum(day - VOLUME_DAYS, 0)
    usual = (sums[day + 1] - sums[start]) / (day + 1 - start)
    whole = day + window_days < days
    clean = whole.copy()
    for shock in shocks:
        clean &= (day + window_days < shock) | (day > shock + window_days)
    usable, matched = [], []
    for shock in shocks:
        like = clean & ((day + weekday) % 7 == (shock + weekday) % 7)
        like &= (abs(day - shock) <= MATCH_DAYS) & (usual <= ALIKE * usual[shock])
        like &= usual * ALIKE >= usual[shock]
        if whole[shock] and like.sum() >= LEAST_MATCHED:
            usable.append(shock)
            matched.append(np.flatnonzero(like).astype(np.int64))
    return np.asarray(usable, dtype=np.int64), matched
