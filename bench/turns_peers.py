"""Turning points of a rate as ruptures finds them, for comparison; it is no part of the package."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

WEEK, LEAST_WEEKS = 7, 2


def rupture_days(counts: npt.NDArray[Any], volume: npt.NDArray[Any]) -> tuple[int, ...]:
    """First days after the changes of a rate that exact search with a penalty finds.

    Weekly counts relative to the volume, as square roots, so that their variance is about a
    quarter without bursts; squared-error cost; the penalty of the Bayesian criterion for one more
    cut and level. It knows of no bursts and tells no p.

    Args:
        counts: acts by day, shape (days,).
        volume: events of the source, shape (days,).

    References:
        [truong2020]: the package ruptures. [killick2012]: its search.
    """
    import ruptures  # type: ignore[import-not-found,unused-ignore]

    weeks = len(counts) // WEEK
    acts, shown = (
        np.asarray(part[: weeks * WEEK], dtype=float).reshape(weeks, WEEK).sum(axis=1)
        for part in (counts, volume + 1.0)
    )
    rooted = ((acts + 0.375) / np.maximum(shown / shown.mean(), 0.05)) ** 0.5
    found = ruptures.Pelt(model="l2", min_size=LEAST_WEEKS, jump=1).fit(rooted)
    ends = found.predict(pen=2 * 0.25 * np.log(weeks))
    return tuple(int(end) * WEEK for end in ends[:-1])
