"""The days behind a test: on which both act against expectation, and on which as expected."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from inconcert.core.reading import AND_TYPE, Coincidence
from inconcert.judge.case import day_of, lags_of
from inconcert.measure.cells import typed_rates
from inconcert.measure.coaction import MOST_RATE
from inconcert.measure.intensity import Intensities

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int32]

MOST_DAYS = 5
PAIR = np.array([0, 1])


def strongest_days(
    counts: Counts,
    days: npt.NDArray[np.datetime64],
    fit: Intensities,
    direction: str,
    habits: npt.NDArray[np.int64],
    types: Sequence[str],
) -> tuple[Coincidence, ...]:
    """Days on which both act although third parties' behaviour made that unlikely.

    Args:
        counts: acts toward the other side, shape (actors, types, days), the two actors first.
        days: shape (days,).
        fit: rates of the same counts.
        direction: the leading one of the tests.
        habits: acts by type toward everybody, shape (actors, types).
        types: names along the second axis.

    Returns:
        At most five, the least expected first.
    """
    lags = lags_of(direction)
    if direction.endswith(AND_TYPE):
        found = _cells(counts, fit, habits, lags, types)
    else:
        found = _near_days(counts, fit, lags, types)
    return tuple(_dated(days, *one) for one in sorted(found)[:MOST_DAYS])


def explained_days(
    counts: Counts, days: npt.NDArray[np.datetime64], fit: Intensities, types: Sequence[str]
) -> tuple[Coincidence, ...]:
    """Days on which both act and third parties' behaviour let one expect it: common shocks.

    Args:
        counts: as in `strongest_days`.
        days: likewise.
        fit: likewise.
        types: likewise.

    Returns:
        At most five, those first on which third parties move the two most.
    """
    driven = fit.driven(PAIR, PAIR[::-1])
    moved, usual = driven[0] * driven[1], float(_chances(fit).prod(axis=0).mean())
    beyond = [
        one
        for one in _near_days(counts, fit, (0,), types)
        if min(driven[:, one[1]]) > 0 and one[0] > 2 * usual
    ]
    busiest = sorted(beyond, key=lambda one: -moved[one[1]])[:MOST_DAYS]
    return tuple(_dated(days, *one) for one in busiest)


Place = tuple[float, int, tuple[int, ...], tuple[str, ...]]
"""Chance, day of A, days of B, types that both used."""


def _chances(fit: Intensities) -> Floats:
    return np.minimum(fit.leaving_out(PAIR, PAIR[::-1]), MOST_RATE)


def _cells(
    counts: Counts,
    fit: Intensities,
    habits: npt.NDArray[np.int64],
    lags: Sequence[int],
    types: Sequence[str],
) -> list[Place]:
    """Days of A's acts that acts of B in the same type lie near, in the lags given."""
    cells, last = counts[:2] > 0, counts.shape[2]
    chances = typed_rates(counts, fit, PAIR, PAIR[::-1], habits=habits)
    found: list[Place] = []
    for day in map(int, np.flatnonzero(cells[0].any(axis=0))):
        window = [day + lag for lag in lags if 0 <= day + lag < last]
        met = cells[0, :, day, None] & cells[1][:, window]
        used = met.any(axis=1)
        if not used.any():
            continue
        answer = 1 - (1 - chances[1][:, window]).prod(axis=1)
        chance = float((chances[0, :, day] * answer)[used].prod())
        answers = tuple(at for at, is_met in zip(window, met.any(axis=0), strict=True) if is_met)
        found.append((chance, day, answers, _named(used, types)))
    return found


def _near_days(
    counts: Counts, fit: Intensities, lags: Sequence[int], types: Sequence[str]
) -> list[Place]:
    """Days of A's acts that acts of B lie near, in the lags given."""
    acts, last = fit.acts[:2] > 0, fit.acts.shape[1]
    chances = _chances(fit)
    found: list[Place] = []
    for day in np.flatnonzero(acts[0]):
        window = [int(day) + lag for lag in lags if 0 <= day + lag < last]
        answers = tuple(other for other in window if acts[1, other])
        if not answers:
            continue
        chance = chances[0, day] * (1 - np.prod(1 - chances[1, window]))
        used = (counts[0, :, day] > 0) & (counts[1][:, list(answers)] > 0).any(axis=1)
        found.append((float(chance), int(day), answers, _named(used, types)))
    return found


def _named(used: npt.NDArray[np.bool_], types: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name, is_used in zip(types, used, strict=True) if is_used)


def _dated(
    days: npt.NDArray[np.datetime64],
    chance: float,
    day: int,
    answers: tuple[int, ...],
    types: tuple[str, ...],
) -> Coincidence:
    return Coincidence(day_of(days[day]), tuple(day_of(days[at]) for at in answers), types, chance)
