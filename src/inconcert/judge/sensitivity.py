"""How much a test hangs on any one part of the data: made again with that part left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from inconcert.core.panel import Toward
from inconcert.core.reading import Dropped
from inconcert.errors import BadInput, TooFewEvents
from inconcert.judge.case import Case, Test, day_of, results_of
from inconcert.measure.intensity import Intensities, intensities

MOST_MONTHS, MOST_QUARTERS = 18, 36
"""Longer spans than this many months are dropped by quarter, than this many by year."""


def _again(case: Case, direction: str, fit: Intensities | None = None) -> Test:
    """One direction once more."""
    fit = intensities(case.daily, case.volume) if fit is None else fit
    return results_of(case, fit, (direction,))[direction]


def _dropped(what: str, case: Case, direction: str, fit: Intensities | None = None) -> Dropped:
    try:
        test = _again(case, direction, fit)
    except (BadInput, TooFewEvents):
        return Dropped(what, None, None)
    return Dropped(what, test.result.p, test.excess.lift)


def dropped_variants(
    variants: Mapping[str, Callable[[], Toward]], case: Case, direction: str
) -> tuple[Dropped, ...]:
    """The test on the arrays with something left out, by what was left out.

    Args:
        variants: make the arrays.
        case: those of the test itself, for the size of a cell.
        direction: of the test.
    """
    size = case.cell_days
    return tuple(
        _dropped(what, Case.of(make(), size), direction) for what, make in variants.items()
    )


def dropped_periods(case: Case, fit: Intensities, direction: str) -> tuple[Dropped, ...]:
    """The test without each month in turn (or quarter, or year, where there are many).

    Args:
        case: the arrays.
        fit: rates as fitted on all days; they are not fitted again.
        direction: of the test.
    """
    names = _periods(case.days)
    if len(set(names)) < 2:
        return ()
    found = []
    for name in dict.fromkeys(names):
        kept = np.array([other != name for other in names])
        one = _dropped(name, case.keeping(kept), direction, _sliced(fit, kept))
        found.append(replace(one, is_period=True))
    return tuple(found)


def _sliced(fit: Intensities, kept: npt.NDArray[np.bool_]) -> Intensities:
    return replace(
        fit,
        acts=fit.acts[:, kept],
        expected=fit.expected[:, kept],
        additive=fit.additive[:, kept],
        capped=fit.capped[:, kept],
        control=fit.control[:, kept],
    )


def _periods(days: npt.NDArray[np.datetime64]) -> list[str]:
    """The month of each day; its quarter or year where there are many."""
    dates = [day_of(day) for day in days]
    months = len({(day.year, day.month) for day in dates})
    if months > MOST_QUARTERS:
        return [str(day.year) for day in dates]
    if months > MOST_MONTHS:
        return [f"quarter {(day.month + 2) // 3} of {day.year}" for day in dates]
    return [f"{day:%B} {day.year}" for day in dates]
