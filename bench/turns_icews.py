"""Asks of ICEWS 2021 what docs/methods/turning-points.md and docs/decisions/0017 laid down.

    python bench/turns_icews.py EVENTS.parquet [--weights GDELT.parquet] [--seed 21]

The data are not in the repository (their terms do not allow it). `--weights` gives daily weights
between states (columns date, a, b, w; undirected, of any type) for a second look at what follows
15 August 2021; these are no counts of acts, and the look is a ranking among placebos, no test.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt

from icews_acts import DAYS, FIRST, Ints, roots_toward, rows_of, volume_of
from inconcert.errors import TooFewEvents
from inconcert.measure.spill import spill_over
from inconcert.measure.spill_neighbours import land_neighbours, placebo_neighbours
from inconcert.measure.turning import Turning, turning_points
from inconcert.measure.turning_tables import anchors_near, before_after
from inconcert.resolve.register import Register
from turns_peers import rupture_days

Floats = npt.NDArray[np.float64]
SIDE = "AFG"
ASKED = ("CHN", "RUS")
COOPERATIVE = slice(2, 8)
"""Roots 03 to 08; 01 and 02 are statements and appeals, 09 to 20 the rest."""
NEIGHBOURS = ("TJK", "UZB", "PAK")
ANCHORS = (
    (date(2021, 3, 18), "talks of four powers in Moscow"),
    (date(2021, 4, 14), "the United States announce their withdrawal"),
    (date(2021, 5, 1), "the withdrawal begins"),
    (date(2021, 7, 2), "the Americans leave Bagram"),
    (date(2021, 7, 14), "Shanghai Cooperation Organisation in Dushanbe"),
    (date(2021, 7, 28), "Wang Yi meets Baradar in Tianjin"),
    (date(2021, 8, 15), "the Taliban enter Kabul"),
    (date(2021, 8, 26), "attack at the airport of Kabul"),
    (date(2021, 8, 30), "the last aircraft leaves"),
)
WINDOW, FELL, AFTER, LEAST_SEEN = 14, date(2021, 8, 15), 28, 0.75


def told(found: Turning, days: Sequence[tuple[int, str]]) -> Iterator[str]:
    """What was found of one kind, in lines."""
    result = found.result
    yield f"  {found.kind}: p {result.p:.3f}, n {result.n}, bursts ×{found.dispersion:.1f}"
    for point in found.points:
        first, last = (FIRST + timedelta(one) for one in point.interval)
        if found.kind == "rate":
            change = f"{point.before[0]:.2f} to {point.after[0]:.2f} a day"
        else:
            moved = sorted(
                zip(found.cells, point.before, point.after, strict=True),
                key=lambda one: -abs(one[2] - one[1]),
            )[:3]
            change = ", ".join(
                f"{_cell_name(found.kind, cell)} {a:.2f} to {b:.2f}" for cell, a, b in moved
            )
        near = anchors_near(point.interval, days, days=DAYS)
        names = "; ".join(name for _, name in near.near) or "none"
        yield f"    {FIRST + timedelta(point.day)} [{first} to {last}] p {point.p:.3f}: {change}"
        yield f"      near, not thereby causes ({near.expected:.1f} by chance): {names}"


def answers(path: Path, seed: int) -> Iterator[str]:
    """The answers from ICEWS."""
    base = rows_of(path)
    all_events = volume_of(base)
    side = roots_toward(base, None, SIDE).sum(axis=0)
    volume = np.maximum(all_events - side, 0)
    covered = all_events > 0
    known = [((day - FIRST).days, name) for day, name in ANCHORS]
    for actor in ASKED:
        counts = roots_toward(base, actor, SIDE)
        months = [counts[:, _month(number)].sum() for number in range(1, 9)]
        yield f"{actor} toward {SIDE}: acts by month {', '.join(str(one) for one in months)}"
        stance = np.stack([counts[COOPERATIVE].sum(axis=0), counts[8:].sum(axis=0)])
        for kind, held in (("rate", counts), ("portfolio", counts), ("stance", stance)):
            start, rng = time.perf_counter(), np.random.default_rng(seed)
            try:
                found = turning_points(
                    held, rng=rng, kind=kind, volume=volume, covered=covered, draws=999, seed=seed
                )
            except TooFewEvents as refusal:
                yield f"  {kind}: cannot tell ({refusal.what})"
                continue
            yield from told(found, known)
            if kind == "rate":
                yield from _beside(counts.sum(axis=0), volume)
            yield f"    {time.perf_counter() - start:.2f} s"
        for day in (date(2021, 7, 2), FELL):
            try:
                table = before_after(
                    counts, (day - FIRST).days, volume=volume, covered=covered, window_days=WINDOW
                )
            except TooFewEvents as refusal:
                yield f"  {day}: cannot tell ({refusal.what})"
                continue
            low, high = table.result.interval or (0.0, 0.0)
            yield (
                f"  {day}: {sum(table.before)} acts in the {WINDOW} days before, "
                f"{sum(table.after)} after; ×{table.result.statistic:.1f} [{low:.1f}, {high:.1f}], "
                f"p {table.result.p:.3f}; {table.as_far:.0%} of placebo days as far"
            )
    yield from _spilled(base, all_events)


def _beside(counts: Ints, volume: Ints) -> Iterator[str]:
    if find_spec("ruptures") is None:
        yield "    ruptures is not installed: no cross-check"
        return
    days = rupture_days(counts, volume)
    dates = ", ".join(str(FIRST + timedelta(day)) for day in days)
    yield f"    ruptures, which knows of no bursts: {dates or 'none'}"


def _spilled(base: duckdb.DuckDBPyConnection, volume: Ints) -> Iterator[str]:
    near = np.stack([roots_toward(base, None, one).sum(axis=0) for one in NEIGHBOURS])
    states = frozenset(Register.load().states)
    far = placebo_neighbours(SIDE, states)
    counts = np.stack([roots_toward(base, None, one).sum(axis=0) for one in far])
    try:
        found = spill_over(near, counts, ((FELL - FIRST).days,), volume=volume)
        yield f"spill-over: ×{found.result.statistic:.2f}, p {found.result.p:.3f}"
    except TooFewEvents as refusal:
        yield f"spill-over toward {', '.join(NEIGHBOURS)}: cannot tell: {refusal}"


def second_look(path: Path) -> Iterator[str]:
    """Weights between states four weeks after against four before, neighbours among placebos."""
    base = duckdb.connect()
    found = base.execute(
        "select date::date, state, other = $side, sum(abs(w)) from ("
        "select date, a as state, b as other, w from read_parquet($path) "
        "union all select date, b, a, w from read_parquet($path)) "
        "where state <> $side group by all order by all",
        {"path": str(path), "side": SIDE},
    ).fetchall()
    first, last = found[0][0], found[-1][0]
    states = sorted({row[1] for row in found})
    weights = np.full((2, len(states), (last - first).days + 1), np.nan)
    # on a day that is there at all, a pair without events weighs nothing
    weights[:, :, [(day - first).days for day in {row[0] for row in found}]] = 0.0
    for day, state, with_side, weight in found:
        weights[int(with_side), states.index(state), (day - first).days] = weight
    ratio, at = _ratios(weights), (FELL - first).days
    usable: npt.NDArray[np.bool_] = np.isfinite(ratio).min(axis=(0, 1))
    weeks = range(at % 7, ratio.shape[2], 7)
    others = [day for day in weeks if usable[day] and abs(day - at) >= 2 * AFTER]
    border = [states.index(one) for one in states if one in land_neighbours()[SIDE]]
    far = [states.index(one) for one in placebo_neighbours(SIDE, frozenset(states))]
    named = [states.index(one) for one in NEIGHBOURS]
    yield (
        f"weights {AFTER} days after over before {FELL}; the place is that among {len(others)} "
        "other weeks, whose windows overlap; undirected and untyped: no test of spill-over"
    )
    for what, change in zip((f"all others but {SIDE}", f"{SIDE} itself"), ratio, strict=True):
        for place in named:
            yield f"  {states[place]} with {what}: {_placed(change[place], at, others)}"
    usual = ratio[0, far].mean(axis=0)
    for name, group in (("the three", named), (f"all {len(border)} that border it", border)):
        apart = ratio[0, group].mean(axis=0) - usual
        yield (
            f"  {name} over the {len(far)} that neither border it nor them: "
            f"{_placed(apart, at, others)}"
        )
    ranked = sorted(far + named, key=lambda place: -ratio[0, place, at])
    for place in ranked:
        kind = "neighbour" if place in named else "placebo"
        yield f"  {states[place]} {kind}: ×{np.exp(ratio[0, place, at]):.2f}"


def _placed(change: Floats, at: int, others: Sequence[int]) -> str:
    above = sum(change[day] >= change[at] for day in others)
    return f"×{np.exp(change[at]):.2f}, as high in {above}"


def _ratios(weights: Floats) -> Floats:
    """Log of the mean weight after over the one before, shape (2, states, days)."""
    out = np.full(weights.shape, np.nan)
    for day in range(AFTER, weights.shape[2] - AFTER):
        before, after = weights[..., day - AFTER : day], weights[..., day + 1 : day + 1 + AFTER]
        if min(np.isfinite(part[0, 0]).mean() for part in (before, after)) >= LEAST_SEEN:
            sides = [np.maximum(np.nanmean(part, axis=2), 1e-9) for part in (after, before)]
            out[..., day] = np.log(sides[0] / sides[1])
    return out


def _cell_name(kind: str, cell: tuple[int, ...]) -> str:
    if kind == "stance":
        return ("cooperative", "other")[cell[0]]
    return "+".join(f"{row + 1:02d}" for row in cell)


def _month(number: int) -> slice:
    first, last = date(2021, number, 1), date(2021, number + 1, 1)
    return slice((first - FIRST).days, (last - FIRST).days)


def main() -> None:
    """Print the answers."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("events", type=Path)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--seed", type=int, default=21)
    options = parser.parse_args()
    for line in answers(options.events, options.seed):
        print(line, flush=True)
    if options.weights:
        for line in second_look(options.weights):
            print(line, flush=True)


if __name__ == "__main__":
    main()
