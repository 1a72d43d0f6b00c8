"""Turning points: when the rate, the portfolio or the stance of an actor's acts changed for good.

A series that comes in bursts shows something like a change somewhere by chance alone. Hence the
series is cut where that helps most, and the same is done to the same series with blocks of three
weeks in another order: within a block, bursts, weekends and retold acts stay as they are. Only what
helps more than that is a turning point. The volume of the source stands under the counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from inconcert.core.result import TestResult
from inconcert.errors import BadInput, TooFewEvents
from inconcert.measure.turning_date import date_interval
from inconcert.measure.turning_segments import (
    best_cuts,
    block_orders,
    exposures,
    shuffled_gains,
)

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

KINDS = ("rate", "portfolio", "stance")
WEEK, LEAST_FORTNIGHTS, LEAST_WEEKS = 7, 6, 2
BLOCK_WEEKS, SHORT_BLOCK_WEEKS, ENOUGH_BLOCKS = 3, 2, 10
"""Of too few blocks there are too few orders for any change to stand out: then shorter ones."""
LEAST_ACTS, MOST_PERIODS, MOST_CUTS, MOST_POINTS = 20, 110, 3, 6
RARE_ACTS, MOST_CELLS = 10, 8
MOST_MEMORY, DOUBT, SHORT, LOST, LEAST_KEPT = 0.55, 3.0, 6.3, 13.0, 0.65
NULLS = {
    "rate": "The rate relative to the source's volume is the same throughout; blocks of three "
    "weeks, with the bursts in them, might as well stand in another order.",
    "portfolio": "The shares of types are the same throughout; blocks of three weeks, with the "
    "bursts in them, might as well stand in another order.",
    "stance": "The share of cooperative acts is the same throughout; blocks of three weeks, with "
    "the bursts in them, might as well stand in another order.",
}


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """A day on which something changed.

    Attributes:
        day: first day after the change, as an index of days.
        interval: first and last day that may be it, at 90 %.
        p: chance of so clear a cut between the two neighbouring segments, by shuffling them.
        before: rate a day of mean volume, or shares by cell, from the turning point before.
        after: the same, until the turning point after.
    """

    day: int
    interval: tuple[int, int]
    p: float
    before: tuple[float, ...]
    after: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Turning:
    """Whether, and when, a series changed.

    Attributes:
        kind: `rate`, `portfolio` or `stance`.
        result: the test of any change against none; gain in log-likelihood of the first number of
            cuts that shows, and its mean under the null; p one-sided; `n` is acts.
        points: turning points in order of time; empty unless p is at most the level.
        cells: for each of the cells compared, the rows of the counts that it holds.
        dispersion: variance of blocks over that of a law without bursts, 1 or more.
    """

    kind: str
    result: TestResult
    points: tuple[TurningPoint, ...]
    cells: tuple[tuple[int, ...], ...]
    dispersion: float


def turning_points(
    counts: npt.ArrayLike,
    *,
    rng: np.random.Generator,
    kind: str = "rate",
    volume: npt.NDArray[Any] | None = None,
    covered: npt.NDArray[Any] | None = None,
    level: float = 0.05,
    draws: int = 499,
    seed: int | None = None,
) -> Turning:
    """Find the days on which the rate, the portfolio or the stance changed.

    Args:
        counts: acts by day, shape (days,) or (cells, days), consecutive days. Cells are types for
            a portfolio; cooperative and other acts for a stance; for a rate they are summed up.
        rng: source of all randomness; the caller seeds it.
        kind: `rate`, `portfolio` or `stance`.
        volume: reported events of the source that are not toward the target, shape (days,); taken
            as even where not given. A rate is one relative to it.
        covered: False on days on which the source has nothing at all, shape (days,).
        level: p up to which there is a turning point.
        draws: shuffles behind each p.
        seed: what the generator was seeded with, for the record.

    Returns:
        The test and the turning points, each with its interval.

    Null: the rate relative to the source's volume (the shares of the types) is the same
        throughout; blocks of three weeks (two in a series below 30 weeks), with the bursts in
        them, might as well stand in another order.

    Blind to: what brought the change about; a change of what is reported that is none of what is
        done; waves longer than some weeks, which look like changes; a change within two weeks of
        either end; slow drift, which is cut into steps.

    Raises:
        TooFewEvents: fewer than 20 acts, or fewer than six fortnights.
        BadInput: shapes differ, or there is no such kind.

    References:
        [killick2012]: segment costs and exact search for changes.
        [matteson2014]: shuffles as the null of a search for change points.
        [kunsch1989]: blocks keep the dependence within them.
        [bai1998]: one more change, tested within the segments found so far.
    """
    held = _checked(np.atleast_2d(np.asarray(counts, dtype=float)), kind)
    days = held.shape[1]
    if kind == "rate":
        held = held.sum(axis=0, keepdims=True)
    cells = _cells(held)
    held = np.stack([held[list(rows)].sum(axis=0) for rows in cells])
    if held.sum() < LEAST_ACTS:
        raise TooFewEvents(f"turning points of {kind}", int(held.sum()), LEAST_ACTS)
    fortnights = days // (2 * WEEK)
    if fortnights < LEAST_FORTNIGHTS:
        raise TooFewEvents("turning points", fortnights, LEAST_FORTNIGHTS, "fortnights of data")
    shown = exposures(days, volume, covered)
    search = _Search(held, shown if kind == "rate" else None, draws, rng)
    cuts, p, gain, expected = search.first_cuts()
    if p > level or (len(cells) < 2 and kind != "rate"):
        cuts = []
    else:
        cuts = search.sure_cuts(search.further_cuts(cuts, level), level)
    dispersion = search.dispersion(cuts)
    points = _points(search, cuts, dispersion)
    result = TestResult(
        f"turning point, {kind}",
        gain,
        expected,
        p,
        None,
        NULLS[kind],
        int(held.sum()),
        draws,
        seed,
        "killick2012 matteson2014 kunsch1989 bai1998",
    )
    return Turning(kind, result, points, cells, dispersion)


class _Search:
    """The search on a grid of weeks, and the null that goes with it."""

    def __init__(
        self, counts: Floats, shown: Floats | None, draws: int, rng: np.random.Generator
    ) -> None:
        self.counts, self.shown, self.draws, self.rng = counts, shown, draws, rng
        days = counts.shape[1]
        weeks = -(-days // (WEEK * MOST_PERIODS))
        self.period = WEEK * weeks
        is_short = days < WEEK * BLOCK_WEEKS * ENOUGH_BLOCKS
        self.block = -(-(SHORT_BLOCK_WEEKS if is_short else BLOCK_WEEKS) // weeks)
        self.least = max(1, LEAST_WEEKS // weeks)
        self.starts = np.arange(0, days - self.period + 1, self.period)
        self.grid = np.add.reduceat(counts, self.starts, axis=1)
        self.grid_shown = None if shown is None else np.add.reduceat(shown, self.starts)
        self.memory = self._memory()
        self.grid = _without_memory(self.grid, self.memory)
        if self.grid_shown is not None:
            self.grid_shown = _without_memory(self.grid_shown[None], self.memory)[0]

    def _memory(self) -> float:
        """How much of the excess of a period carries over to the next, 0 to 0.55."""
        # a wave has two cuts, and is none of the memory
        room = self.grid.shape[1] // self.least - 1
        _, cuts = self._gains(self.grid, self.grid_shown, min(2, room))
        bounds = [0, *cuts[-1], self.grid.shape[1]]
        across, within, number = 0.0, 0.0, 0
        for first, end in _pairs(bounds):
            held = self.grid[:, first:end]
            shown = held.sum(axis=0) if self.grid_shown is None else self.grid_shown[first:end]
            mean = held.sum(axis=1, keepdims=True) / max(float(shown.sum()), 1e-9) * shown
            left = (held - mean) / np.sqrt(np.maximum(mean, 0.1))
            across += float((left[:, 1:] * left[:, :-1]).sum())
            within += float((left**2).sum()) * (end - first - 1) / (end - first)
            number += end - first
        share = across / max(within, 1e-9)
        # the best cuts take some of the memory with them: by so much, on simulated series
        share = (share + SHORT / number) / max(LEAST_KEPT, 1 - LOST / number)
        share += DOUBT * max(share, 0.0) * number**-0.5
        return float(min(max(share, 0.0), MOST_MEMORY))

    def first_cuts(self) -> tuple[list[int], float, float, float]:
        """The least number of cuts that shows, p of any, its gain, and its mean under the null."""
        room = self.grid.shape[1] // self.least - 1
        most = max(1, min(MOST_CUTS, room))
        gains, cuts = self._gains(self.grid, self.grid_shown, most)
        null = self._null([0, self.grid.shape[1]], most)
        everything = np.concatenate([gains, null])
        spread = np.maximum(everything.std(axis=0), 1e-9)
        score = ((everything - everything.mean(axis=0)) / spread).max(axis=1)
        p = float((score >= score[0]).mean())
        alone = (everything >= everything[0]).mean(axis=0)
        number = int(np.argmin(alone > max(p, float(alone.min()))))
        return cuts[number], p, float(gains[0, number]), float(null[:, number].mean())

    def further_cuts(self, cuts: list[int], level: float) -> list[int]:
        """Cuts added for as long as one more within the segments helps beyond chance."""
        while len(cuts) < MOST_POINTS:
            bounds = [0, *cuts, self.grid.shape[1]]
            observed = self._within(np.arange(self.grid.shape[1])[None], bounds)
            orders = block_orders(bounds, self.block, self.draws, self.rng)
            null = self._within(orders, bounds)
            place = int(observed[0].argmax())
            if not np.isfinite(observed[0, place]):
                break
            more = int((null.max(axis=1) >= observed[0, place]).sum())
            if (1 + more) / (1 + self.draws) > level:
                break
            first, end = bounds[place], bounds[place + 1]
            shown = None if self.grid_shown is None else self.grid_shown[first:end]
            _, found = self._gains(self.grid[:, first:end], shown, 1)
            cuts = sorted([*cuts, first + found[0][0]])
        return cuts

    def sure_cuts(self, cuts: list[int], level: float) -> list[int]:
        """Cuts without those that do not show between their neighbours; one stays in any case."""
        while len(cuts) > 1:
            place = [0, *cuts, self.grid.shape[1]]
            p = [self.local_p(place[at], place[at + 2]) for at in range(len(cuts))]
            if max(p) <= level:
                break
            weakest = int(np.argmax(p))
            cuts = [cut for at, cut in enumerate(cuts) if at != weakest]
        return cuts

    def local_p(self, first: int, end: int) -> float:
        """Chance of so clear a cut anywhere between two periods of the grid, by shuffling."""
        bounds = [0, end - first]
        shown = None if self.grid_shown is None else self.grid_shown[first:end]
        held = self.grid[:, first:end]
        gain = self._gains(held, shown, 1)[0][0, 0]
        orders = block_orders(bounds, self.block, self.draws, self.rng)
        null = shuffled_gains(held, shown, orders, most=1, least=self.least)
        return (1 + int((null[:, 0] >= gain).sum())) / (1 + self.draws)

    def dispersion(self, cuts: list[int]) -> float:
        """Variance of blocks within the segments over that of a law without bursts, at least 1."""
        total, freedom = 0.0, 0.0
        for first, end in _pairs([0, *cuts, self.grid.shape[1]]):
            edges = np.arange(first, end - self.block + 1, self.block)
            if len(edges) < 2:
                continue
            held = np.add.reduceat(self.grid[:, first:end], edges - first, axis=1)
            if self.grid_shown is None:
                room = held.sum(axis=0)
                mean = held.sum(axis=1, keepdims=True) / max(held.sum(), 1.0) * room
                freedom += (len(held) - 1) * max(int((room > 0).sum()) - 1, 0)
            else:
                room = np.add.reduceat(self.grid_shown[first:end], edges - first)
                mean = held.sum(axis=1, keepdims=True) / max(room.sum(), 1e-9) * room
                freedom += len(edges) - 1
            total += float(((held - mean) ** 2 / np.maximum(mean, 1e-9))[mean > 0].sum())
        carried = 1 - self.memory
        return max(1.0, total / freedom / carried) if freedom > 0 else 1.0

    def _gains(
        self, grid: Floats, shown: Floats | None, most: int
    ) -> tuple[Floats, list[list[int]]]:
        room = None if shown is None else shown[None]
        return best_cuts(grid[None], room, most=most, least=self.least)

    def _null(self, bounds: list[int], most: int) -> Floats:
        orders = block_orders(bounds, self.block, self.draws, self.rng)
        return shuffled_gains(self.grid, self.grid_shown, orders, most=most, least=self.least)

    def _within(self, orders: Ints, bounds: list[int]) -> Floats:
        """Gain of the best cut within each segment, shape (draws, segments)."""
        gains = np.full((len(orders), len(bounds) - 1), -np.inf)
        for place, (first, end) in enumerate(_pairs(bounds)):
            if end - first >= 4 * self.least:
                shown = None if self.grid_shown is None else self.grid_shown[first:end]
                gains[:, place] = shuffled_gains(
                    self.grid[:, first:end],
                    shown,
                    orders[:, first:end] - first,
                    most=1,
                    least=self.least,
                )[:, 0]
        return gains


def _points(search: _Search, cuts: list[int], dispersion: float) -> tuple[TurningPoint, ...]:
    days = search.counts.shape[1]
    place = [0, *cuts, search.grid.shape[1]]
    bounds = [0, *(cut * search.period for cut in cuts), days]
    found: list[tuple[int, tuple[int, int]]] = []
    # each date moves the window of its neighbours: a second round settles them
    for _ in range(2):
        found = []
        for step in range(1, len(bounds) - 1):
            first, end = bounds[step - 1], bounds[step + 1]
            shown = None if search.shown is None else search.shown[first:end]
            day, low, high = date_interval(search.counts[:, first:end], shown, dispersion)
            bounds[step] = first + day
            found.append((first + day, (first + low, first + high)))
    levels = [_level(search, first, end) for first, end in _pairs(bounds)]
    return tuple(
        TurningPoint(
            day,
            interval,
            search.local_p(place[step], place[step + 2]),
            levels[step],
            levels[step + 1],
        )
        for step, (day, interval) in enumerate(found)
    )


def _level(search: _Search, first: int, end: int) -> tuple[float, ...]:
    held = search.counts[:, first:end].sum(axis=1)
    room = held.sum() if search.shown is None else search.shown[first:end].sum()
    return tuple(float(value) for value in held / max(float(room), 1e-9))


def _without_memory(values: Floats, memory: float) -> Floats:
    """What is new in each period, shape (cells, periods)."""
    before = np.concatenate([values[:, :1], values[:, :-1]], axis=1)
    return np.asarray(values - memory * before)


def _pairs(bounds: list[int]) -> list[tuple[int, int]]:
    return list(pairwise(bounds))


def _checked(counts: Floats, kind: str) -> Floats:
    if kind not in KINDS:
        raise BadInput(f"No turning points of {kind!r}.", advice=f"There are: {', '.join(KINDS)}.")
    if counts.ndim != 2 or (kind == "stance" and len(counts) != 2):
        raise BadInput(
            f"Counts of shape {counts.shape} for a change of {kind}.",
            advice="Give (cells, days); a stance has two cells, cooperative and other acts.",
        )
    return counts


def _cells(counts: Floats) -> tuple[tuple[int, ...], ...]:
    """Rows by how common they are, at most eight; those of fewer than ten acts are one cell."""
    if len(counts) <= 2:
        return tuple((row,) for row in range(len(counts)))
    totals = counts.sum(axis=1)
    order = [int(row) for row in np.argsort(-totals, kind="stable")]
    common = [row for row in order if totals[row] >= RARE_ACTS][: MOST_CELLS - 1]
    rest = tuple(sorted(set(order) - set(common)))
    return tuple((row,) for row in sorted(common)) + ((rest,) if rest else ())
