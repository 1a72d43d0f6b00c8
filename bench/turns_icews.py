"""Asks of ICEWS 2021 what docs/methods/turning-points.md laid down beforehand.

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
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt

from inconcert.errors import TooFewEvents
from inconcert.measure.spill import spill_over
from inconcert.measure.spill_neighbours import land_neighbours, placebo_neighbours
from inconcert.measure.turning import Turning, turning_points
from inconcert.measure.turning_tables import anchors_near, before_after
from inconcert.read.events import open_events
from inconcert.resolve.coded import CodedActors
from inconcert.resolve.register import Register

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
FIRST, DAYS, SIDE = date(2021, 1, 1), 243, "AFG"
ASKED = ("CHN", "RUS")
COOPERATIVE = slice(2, 8)
"""Roots 03 to 08; 01 and 02 are statements and appeals, 09 to 20 the rest."""
MIRRORED = ("036", "040", "041", "042", "043", "044", "045", "046")
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
WINDOW, FELL, AFTER = 14, date(2021, 8, 15), 28

ACTS = """
create table acts as with counted as (
    select distinct day, a_name, b_name, code from raw where code is not null
), parties as (
    select c.day, c.code, a.codes as a, b.codes as b from counted c
    join names a on a.name = c.a_name and a.month = date_trunc('month', c.day)
    join names b on b.name = c.b_name and b.month = date_trunc('month', c.day)
), directed as (
    select distinct day, code, actor, recipient
    from (select day, code, unnest(a) as actor, b from parties), unnest(b) as _(recipient)
)
select distinct day, code, left(actor, 3) as actor, left(recipient, 3) as recipient from (
    from directed union all
    select day, code, recipient, actor from directed where code in (select unnest($mirrored))
) where left(actor, 3) <> left(recipient, 3);
"""


def rows_of(path: Path) -> tuple[duckdb.DuckDBPyConnection, Ints]:
    """The table `acts` (day, code, actor, recipient, each once), and counted rows by day."""
    base, register = duckdb.connect(), Register.load()
    base.execute("set threads to 1")
    for number, plan in enumerate(open_events([path], "icews-names")):
        into = "insert into raw" if number else "create table raw as"
        base.execute(f"{into} select day::date as day, a_name, b_name, code from ({plan.rows()})")  # noqa: S608
    asked = base.execute(
        "select distinct name, date_trunc('month', day)::date as month from ("
        "select a_name as name, day from raw union all select b_name, day from raw) "
        "where name is not null order by all"
    ).fetchall()
    resolve = CodedActors(register)
    names = [(name, m, list(resolve(name, None, None, None, m).codes)) for name, m in asked]
    base.execute("create table names (name varchar, month date, codes varchar[])")
    base.executemany("insert into names values (?, ?, ?)", names)
    base.execute(ACTS, {"mirrored": MIRRORED})
    volume = np.zeros(DAYS, dtype=np.int64)
    found = base.execute(
        "select date_diff('day', $first, day), count(distinct (a_name, b_name, code)) from raw "
        "where code is not null group by 1",
        {"first": FIRST},
    ).fetchall()
    for day, number in found:
        volume[day] = number
    return base, volume


def toward(base: duckdb.DuckDBPyConnection, actor: str | None, side: str) -> Ints:
    """Acts toward a side by CAMEO root and day, shape (20, days); of everybody if None is asked."""
    counts = np.zeros((20, DAYS), dtype=np.int64)
    found = base.execute(
        "select left(code, 2)::integer - 1, date_diff('day', $first, day), count(*) from acts "
        "where recipient = $side and ($actor is null or actor = $actor) group by all",
        {"first": FIRST, "actor": actor, "side": side},
    ).fetchall()
    for root, day, number in found:
        counts[root, day] = number
    return counts


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
    base, all_events = rows_of(path)
    side = toward(base, None, SIDE).sum(axis=0)
    volume = np.maximum(all_events - side, 0)
    covered = all_events > 0
    known = [((day - FIRST).days, name) for day, name in ANCHORS]
    for actor in ASKED:
        counts = toward(base, actor, SIDE)
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


def _spilled(base: duckdb.DuckDBPyConnection, volume: Ints) -> Iterator[str]:
    near = np.stack([toward(base, None, one).sum(axis=0) for one in NEIGHBOURS])
    states = frozenset(Register.load().states)
    far = placebo_neighbours(SIDE, states)
    counts = np.stack([toward(base, None, one).sum(axis=0) for one in far])
    try:
        found = spill_over(near, counts, ((FELL - FIRST).days,), volume=volume)
        yield f"spill-over: ×{found.result.statistic:.2f}, p {found.result.p:.3f}"
    except TooFewEvents as refusal:
        yield f"spill-over toward {', '.join(NEIGHBOURS)}: cannot tell: {refusal}"


def second_look(path: Path) -> Iterator[str]:
    """Weights between states four weeks after against four before, neighbours among placebos."""
    base = duckdb.connect()
    found = base.execute(
        "select date::date, state, sum(abs(w)) from (select date, a as state, b as other, w "
        "from read_parquet($path) union all select date, b, a, w from read_parquet($path)) "
        "where state <> $side and other <> $side group by all order by all",
        {"path": str(path), "side": SIDE},
    ).fetchall()
    days = sorted({row[0] for row in found})
    states = sorted({row[1] for row in found})
    weights = np.full((len(states), (days[-1] - days[0]).days + 1), np.nan)
    for day, state, weight in found:
        weights[states.index(state), (day - days[0]).days] = weight
    near = [states.index(one) for one in states if one in land_neighbours()[SIDE]]
    far = [states.index(one) for one in placebo_neighbours(SIDE, frozenset(states))]
    ratio = _ratios(weights)
    at = (FELL - days[0]).days
    usable = np.isfinite(ratio).all(axis=0)
    apart = ratio[near].mean(axis=0) - ratio[far].mean(axis=0)
    others = [
        day for day in range(at % 7, len(apart), 7) if usable[day] and abs(day - at) >= 2 * AFTER
    ]
    above = sum(apart[day] >= apart[at] for day in others)
    yield (
        f"weights of {len(near)} neighbours and {len(far)} placebos, "
        f"{AFTER} days after over before {FELL}"
    )
    for place in (*near, *far):
        kind = "neighbour" if place in near else "placebo"
        yield f"  {states[place]} {kind}: ×{np.exp(ratio[place, at]):.2f}"
    yield (
        f"  neighbours over placebos ×{np.exp(apart[at]):.2f}; {above} of {len(others)} placebo "
        "days as high (windows of these overlap); undirected and untyped: no test of spill-over"
    )


def _ratios(weights: Floats) -> Floats:
    """Log of the mean weight in the window after over the one before, shape (states, days)."""
    out = np.full(weights.shape, np.nan)
    for day in range(AFTER, weights.shape[1] - AFTER):
        before, after = weights[:, day - AFTER : day], weights[:, day + 1 : day + 1 + AFTER]
        if min(np.isfinite(before[0]).mean(), np.isfinite(after[0]).mean()) >= 0.75:
            out[:, day] = np.log(np.nanmean(after, axis=1) / np.nanmean(before, axis=1))
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
