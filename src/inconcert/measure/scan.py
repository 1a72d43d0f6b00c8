"""Every pair of actors toward every target: screened, the best confirmed, counted as one family.

The test is the typed one (`cells.typed_co_action`), and the numbers of a confirmed pair are the
same to four digits as if it were asked by itself. What is saved: rates are fitted once a target,
the cells expected of a pair serve wherever the pair is a placebo of another, and the screen expects
cells with one product of matrices for all pairs, neither actor left out of the other's control.

**Discoveries.** The family is every pair that was not left out for want of data, over all
targets. A pair that the screen passes over enters it with p = 1. That p is never smaller than the
one an exact test would have given, so the false-discovery rate stays below what is declared; what
it may cost is power, and `Scan.is_tight` tells whether it can have cost any.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from inconcert.core.panel import Toward
from inconcert.errors import BadInput
from inconcert.measure.blocs import LEAST_MEMBERS
from inconcert.measure.coaction import PLACEBO_ACT_DAYS, PLACEBOS_AT_MOST
from inconcert.measure.intensity import intensities
from inconcert.measure.lift import LEAST_EXPECTED, PRIOR_SCORES, Excess, typed_excess
from inconcert.measure.multiplicity import false_discovery
from inconcert.measure.power import LEAST_PLACEBOS, LEAST_THIRD_ACTS
from inconcert.measure.scan_cells import PairCells
from inconcert.measure.scan_chance import normal_ps
from inconcert.measure.scan_placebos import Common, most_active

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

LEAST_ACT_DAYS = 10
CONFIRMED, SURE_P = 0.1, 0.02
"""Share of a target's pairs that are confirmed, and the screened p below which all are."""
ALL_EXACT_BELOW = 2_000
"""Pairs of a target up to which the screen saves nothing."""
FEW_ACT_DAYS = "fewer than 10 act-days"
FEW_PLACEBOS = "fewer than 8 placebo pairs"
FEW_THIRD_ACTS = "fewer than 150 act-days of third parties"
REASONS = (FEW_ACT_DAYS, FEW_PLACEBOS, FEW_THIRD_ACTS)


@dataclass(frozen=True, slots=True)
class SideScan:
    """All pairs toward one target; arrays have one entry a tested pair.

    Attributes:
        toward: codes of the target.
        actors: codes of all actors toward it.
        first: places of A in `actors`.
        second: places of B.
        act_days: days on which the rarer of the two acts.
        cells: cells filled by the one that fills fewer.
        found: cells filled by both.
        expected: cells expected, deflated; of the screen where `p` is not a number.
        score: score after re-centring on placebos; of the screen where `p` is not a number.
        spread: standard deviation of the placebos' scores.
        p: one-sided p of the confirmed pairs; not a number where the pair was screened out.
        screened: p of the screen.
        rank: place among the placebos, best first.
        placebos: number of placebo scores.
        bloc: number of third parties that co-act with both A and B.
        partners: number of those that stand apart, as in a concert of three or four; they are no
            placebos.
        left_out: pairs that were not tested, by reason.
    """

    toward: tuple[str, ...]
    actors: tuple[str, ...]
    first: Indices
    second: Indices
    act_days: Indices
    cells: Indices
    found: Floats
    expected: Floats
    score: Floats
    spread: Floats
    p: Floats
    screened: Floats
    rank: Indices
    placebos: Indices
    bloc: Indices
    partners: Indices
    left_out: Mapping[str, int]

    @property
    def lift(self) -> Floats:
        """Cells found over expected, shape (n,)."""
        return np.asarray(self.found / np.maximum(self.expected, LEAST_EXPECTED))

    @property
    def is_bloc_wide(self) -> Flags:
        """Whether three or more third parties share the co-action, shape (n,)."""
        return np.asarray(self.bloc >= LEAST_MEMBERS)

    def excess(self, row: int) -> Excess:
        """Lift and share of one pair with their 90 % intervals, as the asked test gives them."""
        number = int(self.placebos[row])
        squares = float(self.spread[row]) ** 2 * (number - 1)
        return typed_excess(
            float(self.found[row]),
            float(self.expected[row]),
            # as `lift.usual_centre` has it
            spread=((squares + PRIOR_SCORES) / (number + PRIOR_SCORES)) ** 0.5,
            room=max(1.0, float(self.cells[row])),
        )


@dataclass(frozen=True, slots=True)
class Scan:
    """All targets of a scan as one family of tests.

    Attributes:
        sides: one entry a target.
        q: least false-discovery rate that lets a pair in, one array a target.
        level: share of false discoveries that is put up with.
        left_out: pairs that were not tested, by reason.
    """

    sides: tuple[SideScan, ...]
    q: tuple[Floats, ...]
    level: float
    left_out: Mapping[str, int]

    @property
    def tests(self) -> int:
        """Size of the family: all pairs that were not left out."""
        return sum(len(side.p) for side in self.sides)

    @property
    def confirmed(self) -> int:
        """Pairs tested exactly; the others entered the family with p = 1."""
        return sum(int(np.isfinite(side.p).sum()) for side in self.sides)

    @property
    def is_tight(self) -> bool:
        """Whether no pair that was screened out could have been a discovery.

        So it is if their screened p is, everywhere, at least twice the largest p of a discovery.
        """
        pairs = list(zip(self.sides, self.q, strict=True))
        best = [side.screened[np.isnan(side.p)].min(initial=1.0) for side in self.sides]
        last = [side.p[q <= self.level].max(initial=0.0) for side, q in pairs]
        return bool(min(best, default=1.0) >= 2 * max(last, default=0.0))

    def discoveries(self) -> list[tuple[int, int]]:
        """Place of the target and of the pair in it, best first."""
        found = [
            (float(side.p[row]), number, int(row))
            for number, (side, q) in enumerate(zip(self.sides, self.q, strict=True))
            for row in np.flatnonzero(q <= self.level)
        ]
        return [(number, row) for _, number, row in sorted(found)]


def scan_side(
    side: Toward,
    *,
    candidates: Callable[[str], bool] | None = None,
    asked: tuple[int, int] | None = None,
    least_act_days: int = LEAST_ACT_DAYS,
    confirmed: float = CONFIRMED,
    exact_below: int = ALL_EXACT_BELOW,
) -> SideScan:
    """Test every pair of actors toward one target.

    Args:
        side: acts toward the target. All its actors are control.
        candidates: whether an actor of this code may be one of a pair; every one where not given.
        asked: test this pair of places alone.
        least_act_days: days on which each of a pair must act.
        confirmed: share of the pairs that is tested exactly, the best by the screen; 1 for all.
        exact_below: of up to so many pairs, all are.

    Returns:
        The tests. Memory: some 40 bytes a pair, and 16 bytes a cell (actor × type × day).

    Null: given third parties' acts and types, the reported volume and its own habit, what each
        does on a day is independent of the other, but for what other pairs share.

    Blind to: the same as `cells.typed_co_action`. The screen, besides, to a pair that is most of
        what is done toward a target: each then explains the other.

    Raises:
        BadInput: counts and volume are not of the same days.

    References:
        [berrett2020]: chances of a variable given its confounders.
        [lipsitch2010]: placebo pairs as negative controls; here other cells of the same scan.
        [efron2004]: the null re-centred and widened on the scores of the placebos.
    """
    counts, acting = side.counts, (side.counts > 0).any(axis=1)
    days = acting.sum(axis=1)
    first, second, left_out = _pairs(side, days, candidates, least_act_days)
    if asked is not None:
        chosen = (first == min(asked)) & (second == max(asked))
        first, second = first[chosen], second[chosen]
    if not len(first):
        return _nothing(side, left_out)
    fit = intensities(counts.sum(axis=1), side.volume.astype(float))
    cells = PairCells(counts, fit, habits=side.habits)
    common = Common(cells.found(), cells.alone(), most_active(days))
    few = len(first) <= exact_below or confirmed >= 1
    if few:
        rows = np.arange(len(first))
    else:
        told = common.scored(first, second)
        rows = _best(normal_ps(told.score), confirmed)
    common.put_right(cells, first[rows], second[rows])
    exact = common.scored(first[rows], second[rows])
    scores = exact if few else told.replaced(rows, exact)
    p = np.full(len(first), np.nan)
    p[rows] = normal_ps(exact.score)
    filled = (counts > 0).sum(axis=(1, 2))
    return SideScan(
        side.toward,
        side.actors,
        first,
        second,
        np.minimum(days[first], days[second]),
        np.minimum(filled[first], filled[second]),
        common.found[first, second],
        scores.expected,
        scores.score,
        scores.spread,
        p,
        p if few else normal_ps(told.score),
        scores.rank,
        scores.placebos,
        scores.bloc,
        scores.partners,
        left_out,
    )


def scan_sides(
    sides: Iterable[Toward],
    *,
    candidates: Callable[[str], bool] | None = None,
    least_act_days: int = LEAST_ACT_DAYS,
    confirmed: float = CONFIRMED,
    workers: int = 1,
) -> Iterator[SideScan]:
    """Test every pair toward every target, in as many processes as are given.

    Args:
        sides: as of `scan_side`; taken as they are needed, a few ahead.
        candidates: as in `scan_side`; a function of a module where there are several workers.
        least_act_days: as in `scan_side`.
        confirmed: as in `scan_side`.
        workers: processes; 1 works in this one.

    Yields:
        One result a target, in the order given. Targets with fewer than three actors or thirty
        days have no pairs.
    """
    work = partial(
        _scanned, candidates=candidates, least_act_days=least_act_days, confirmed=confirmed
    )
    if workers <= 1:
        yield from map(work, sides)
        return
    waiting: deque[Future[SideScan]] = deque()
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        for side in sides:
            waiting.append(pool.submit(work, side))
            if len(waiting) > 2 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def family(sides: Iterable[SideScan], *, level: float = 0.1) -> Scan:
    """Count all tests of a scan as one family.

    Args:
        sides: all targets that were asked about; leaving one out after seeing it is cheating.
        level: share of false discoveries that is put up with.

    Returns:
        The scan with its q-values.

    Null: as of `scan_side`, for every pair.

    Blind to: dependence of tests that is not positive; pairs of a target share days.

    Raises:
        BadInput: the level is no share.

    References:
        [benjamini1995]: the step-up procedure.
    """
    if not 0 < level < 1:
        raise BadInput(f"A level of {level}.", advice="Give a share between 0 and 1.")
    done = tuple(sides)
    p = np.concatenate([np.zeros(0), *(side.p for side in done)])
    q = false_discovery(np.where(np.isnan(p), 1.0, p))
    parts = np.split(q, np.cumsum([len(side.p) for side in done]))[: len(done)]
    left_out = {name: sum(side.left_out[name] for side in done) for name in REASONS}
    return Scan(done, tuple(parts), level, left_out)


def _pairs(
    side: Toward, days: Indices, candidates: Callable[[str], bool] | None, least: int
) -> tuple[Indices, Indices, dict[str, int]]:
    """Pairs that can be tested, and how many of those that act cannot, by reason."""
    acting = [
        place
        for place, code in enumerate(side.actors)
        if days[place] > 0 and (candidates is None or candidates(code))
    ]
    busy = np.array([place for place in acting if days[place] >= least], dtype=np.int64)
    one, other = np.triu_indices(len(busy), 1)
    first, second = busy[one], busy[other]
    eligible = days >= PLACEBO_ACT_DAYS
    thirds = eligible.sum() - eligible[first] - eligible[second]
    starved = 2 * np.minimum(thirds, PLACEBOS_AT_MOST) < LEAST_PLACEBOS
    quiet = ~starved & (days.sum() - days[first] - days[second] < LEAST_THIRD_ACTS)
    short = side.counts.shape[-1] < 30
    kept = ~(starved | quiet | short)
    left_out = {
        FEW_ACT_DAYS: len(acting) * (len(acting) - 1) // 2 - len(first),
        FEW_PLACEBOS: int((starved | short).sum()),
        FEW_THIRD_ACTS: int((quiet & ~np.bool_(short)).sum()),
    }
    return first[kept], second[kept], left_out


def _best(screened: Floats, share: float) -> Indices:
    """Rows that are confirmed: a share of them, and every one with a small screened p."""
    number = int(np.ceil(share * len(screened)))
    chosen = screened <= SURE_P
    chosen[np.argsort(screened, kind="stable")[:number]] = True
    return np.flatnonzero(chosen)


def _nothing(side: Toward, left_out: Mapping[str, int]) -> SideScan:
    whole, real = np.zeros(0, dtype=np.int64), np.zeros(0)
    return SideScan(
        toward=side.toward,
        actors=side.actors,
        first=whole,
        second=whole,
        act_days=whole,
        cells=whole,
        found=real,
        expected=real,
        score=real,
        spread=real,
        p=real,
        screened=real,
        rank=whole,
        placebos=whole,
        bloc=whole,
        partners=whole,
        left_out=left_out,
    )


def _scanned(
    side: Toward,
    *,
    candidates: Callable[[str], bool] | None,
    least_act_days: int,
    confirmed: float,
) -> SideScan:
    return scan_side(
        side, candidates=candidates, least_act_days=least_act_days, confirmed=confirmed
    )
