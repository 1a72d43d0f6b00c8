"""Around a day: before and after with placebo days, and the known events near it.

Neither says that the day or an event caused anything. The placebo days show how often any day at
all is followed by as large a change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from inconcert.core.result import TestResult
from inconcert.errors import BadInput, TooFewEvents
from inconcert.measure.student import student_p, student_quantile
from inconcert.measure.turning_segments import exposures

Floats = npt.NDArray[np.float64]

WINDOW_DAYS, NEAR_DAYS, LEAST_ACTS, LEAST_PLACEBOS, INDEPENDENT = 28, 7, 10, 40, 3.0
NULL = (
    "The day is one like the other days: the rate after it and before it differ as they usually do."
)


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """What happened in a window before and after a day.

    Attributes:
        result: rate after over rate before, relative to the source's volume; interval of the
            ratio at 90 %; p two-sided, by the spread of the placebo days; `n` is acts.
        before: acts by cell in the window before the day.
        after: acts by cell in the window from the day on.
        placebos: the ratio for each placebo day, in order of time.
        as_far: share of placebo days whose ratio is as far from 1, for its number of acts.
        window_days: days in each window.
    """

    result: TestResult
    before: tuple[int, ...]
    after: tuple[int, ...]
    placebos: Floats
    as_far: float
    window_days: int


@dataclass(frozen=True, slots=True)
class AnchorsNear:
    """Known events near a turning point; none of them is shown to be its cause.

    Attributes:
        near: index of the day and name of each, nearest first.
        expected: how many of the events lie as near to a day picked at random.
    """

    near: tuple[tuple[int, str], ...]
    expected: float


def before_after(
    counts: npt.ArrayLike,
    day: int,
    *,
    volume: npt.NDArray[Any] | None = None,
    covered: npt.NDArray[Any] | None = None,
    window_days: int = WINDOW_DAYS,
) -> BeforeAfter:
    """Compare the acts before and after a day, beside placebo days.

    Args:
        counts: acts by day, shape (days,) or (cells, days).
        day: first day of the time after, as an index; chosen without looking at the counts.
        volume: reported events of the source that are not toward the target, shape (days,).
        covered: False on days on which the source has nothing at all.
        window_days: days in each window.

    Returns:
        The table. Placebo days are all days whose windows do not straddle the day.

    Null: the day is one like the other days: rates after and before differ as they usually do.

    Blind to: what else happened then; that the day was picked because of what the counts show,
        which a turning point is (its p is the one of the search).

    Raises:
        TooFewEvents: fewer than 10 acts in both windows, or fewer than 40 placebo days.
        BadInput: a window reaches beyond either end.

    References:
        [lipsitch2010]: placebos as negative controls.
        [mackinlay1997]: windows around a day.
    """
    held = np.atleast_2d(np.asarray(counts, dtype=float))
    days = held.shape[1]
    if not window_days <= day <= days - window_days:
        raise BadInput(
            f"Day {day} of {days} has no {window_days} days on either side.",
            advice="Take a shorter window or a longer span.",
        )
    shown = exposures(days, volume, covered)
    total = held.sum(axis=0)
    places = np.arange(window_days, days - window_days + 1)
    before, after = _sides(total, places, window_days)
    room_before, room_after = _sides(shown, places, window_days)
    at = day - window_days
    acts = int(before[at] + after[at])
    if acts < LEAST_ACTS:
        raise TooFewEvents("before and after", acts, LEAST_ACTS)
    placebo = (abs(places - day) >= window_days) & (np.minimum(room_before, room_after) > 0.1)
    if placebo.sum() < LEAST_PLACEBOS:
        raise TooFewEvents("before and after", int(placebo.sum()), LEAST_PLACEBOS, "placebo days")
    ratio = np.log((after + 0.5) / np.maximum(room_after, 0.1))
    ratio -= np.log((before + 0.5) / np.maximum(room_before, 0.1))
    size = (1 / (after + 0.5) + 1 / (before + 0.5)) ** 0.5
    score = ratio / size
    usual = max(1.0, float((score[placebo] ** 2).mean()))
    # placebo days whose windows overlap tell the same thing: so many are of their own
    freedom = max(2.0, INDEPENDENT * float(placebo.sum()) / window_days)
    half = student_quantile(0.95, freedom) * (usual**0.5) * float(size[at])
    as_far = float((abs(score[placebo]) >= abs(score[at]) - 1e-12).mean())
    window = slice(day - window_days, day), slice(day, day + window_days)
    result = TestResult(
        "before and after",
        float(np.exp(ratio[at])),
        1.0,
        min(1.0, 2 * student_p(abs(float(score[at])) / usual**0.5, freedom)),
        (float(np.exp(ratio[at] - half)), float(np.exp(ratio[at] + half))),
        NULL,
        acts,
        reference="lipsitch2010 mackinlay1997",
    )
    tables = [tuple(int(one) for one in held[:, part].sum(axis=1)) for part in window]
    return BeforeAfter(result, tables[0], tables[1], np.exp(ratio[placebo]), as_far, window_days)


def anchors_near(
    interval: tuple[int, int],
    anchors: Sequence[tuple[int, str]],
    *,
    days: int,
    near_days: int = NEAR_DAYS,
) -> AnchorsNear:
    """List the known events near the interval of a turning point.

    Args:
        interval: first and last day of the interval, as indices.
        anchors: index of the day and name of each known event of the span.
        days: length of the span.
        near_days: days beyond the interval that still count as near.

    Returns:
        The events, and how many would lie as near to any day. Being near is no cause.
    """
    first, last = interval[0] - near_days, interval[1] + near_days
    middle = sum(interval) / 2
    inside = [one for one in anchors if first <= one[0] <= last]
    inside.sort(key=lambda one: (abs(one[0] - middle), one[1]))
    share = min(1.0, (last - first + 1) / max(days, 1))
    return AnchorsNear(tuple(inside), len(anchors) * share)


def _sides(values: Floats, places: npt.NDArray[np.int64], window: int) -> tuple[Floats, Floats]:
    sums = np.concatenate([[0.0], np.cumsum(values)])
    before = sums[places] - sums[places - window]
    return np.asarray(before), np.asarray(sums[places + window] - sums[places])
