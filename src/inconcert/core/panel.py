"""Acts as arrays with named axes, and what made them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from inconcert.core.display import displayed

Unit = Literal["day", "week", "month"]
"""Length of a period: a day, an ISO week (from Monday), a calendar month."""


@displayed
@dataclass(frozen=True, slots=True)
class Toward:
    """Acts of every actor toward one side, day by day, from one source.

    Attributes:
        toward: codes of the side T.
        actors: codes, or `+`-joined codes of a group asked about; those asked about come first,
            in the order asked, the others by name. None of them belongs to T.
        types: cells: CAMEO roots `01` to `20` of a source coded in CAMEO, else PLOVER types and
            STATEMENT and APPEAL.
        days: shape (days,), `datetime64[D]`, consecutive.
        counts: counted acts, shape (actors, types, days).
        volume: counted events of the source on the day that are not toward T, shape (days,).
        covered: False where the source has no event at all that day, shape (days,).
        habits: acts toward everybody else within the span, shape (actors, types).
        source: name of the source.
        query: what made it, to show.
    """

    toward: tuple[str, ...]
    actors: tuple[str, ...]
    types: tuple[str, ...]
    days: npt.NDArray[np.datetime64]
    counts: npt.NDArray[np.int32]
    volume: npt.NDArray[np.int64]
    covered: npt.NDArray[np.bool_]
    habits: npt.NDArray[np.int64]
    source: str
    query: str

    def __post_init__(self) -> None:
        actors, types, days = len(self.actors), len(self.types), len(self.days)
        _require(self.counts, (actors, types, days), "counts")
        _require(self.volume, (days,), "volume")
        _require(self.covered, (days,), "covered")
        _require(self.habits, (actors, types), "habits")


@displayed
@dataclass(frozen=True, slots=True)
class Panel:
    """Counts with named axes.

    Attributes:
        counts: counted acts, shape (actors, recipients, types, periods).
        actors: codes, or `+`-joined codes of a group asked about.
        recipients: as `actors`.
        types: cells, as of `Toward`.
        periods: first day of each, shape (periods,), `datetime64[D]`, consecutive.
        unit: length of a period.
        covered: share of the period's days with any event of the source, 0 to 1, shape
            (periods,). A count of a period that is not covered is unknown, not zero.
        source: name of the source.
        query: what made it, to show.
    """

    counts: npt.NDArray[np.int64]
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    types: tuple[str, ...]
    periods: npt.NDArray[np.datetime64]
    unit: Unit
    covered: npt.NDArray[np.float64]
    source: str
    query: str

    def __post_init__(self) -> None:
        axes = (self.actors, self.recipients, self.types, self.periods)
        _require(self.counts, tuple(len(axis) for axis in axes), "counts")
        _require(self.covered, (len(self.periods),), "covered")


def _require(array: npt.NDArray[np.generic], shape: tuple[int, ...], name: str) -> None:
    if array.shape != shape:
        raise ValueError(f"{name} of shape {array.shape} where its axes make {shape}")
