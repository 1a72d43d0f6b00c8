"""Turning points, spill-over, burden sharing, camps and venues: size, coverage and power.

    python bench/turns.py [--worlds N] [--quick] [--part PART]… [--seed S] [--workers W]

Prints Markdown tables. Every cell has its own generator, seeded by its name and `--seed`. A size is
the share of worlds without the thing looked for that have p of at most 5 %. Coverage is of 90 %
intervals. `--quick` draws few worlds: its figures show the direction only. What is asked of real
data stands in `turns_icews.py`.
"""

from __future__ import annotations

import argparse
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from inconcert.errors import TooFewEvents
from inconcert.measure.burden import burden_shift
from inconcert.measure.communities import communities
from inconcert.measure.communities_joint import joint_network
from inconcert.measure.spill import spill_over
from inconcert.measure.turning import turning_points
from inconcert.measure.turning_tables import before_after
from inconcert.measure.venues import venue_shares
from inconcert.synth.changes import TRAPS, changing, joint_acts, signed_network, venue_acts

TYPES, DRAWS, NEIGHBOURS, UNITS, SHOCKS = 12, 199, 4, 18, 12
SHOCKED = tuple(name for name, trap in TRAPS.items() if trap.background.shocks != "none")
NETWORKS: Mapping[str, dict[str, float]] = {
    "24 actors": {},
    "24 actors, acts in threes": {"clusters": 3.0},
    "12 actors": {"actors": 12, "rate": 0.4},
    "40 actors, few acts": {"actors": 40, "rate": 0.2},
}
VENUES: Mapping[str, tuple[float, float]] = {
    "0.15 a day": (0.15, 0.0),
    "0.15 a day, in bunches": (0.15, 0.4),
    "0.5 a day, in bunches": (0.5, 0.4),
    "0.06 a day, in bunches": (0.06, 0.3),
}
SHARES = (0.3, 0.1, 0.03)


@dataclass(frozen=True, slots=True)
class Cell:
    """One measure on one kind of world, drawn `worlds` times."""

    measure: str
    world: str
    size: float
    worlds: int
    seed: int
    days: int = 365

    def rng(self) -> np.random.Generator:
        """The generator of this cell."""
        name = f"{self.measure} {self.world} {self.size} {self.days}"
        return np.random.default_rng([self.seed, zlib.crc32(name.encode())])


@dataclass(slots=True)
class Tally:
    """What the worlds of a cell gave."""

    p: list[float] = field(default_factory=list)
    covered: list[bool] = field(default_factory=list)
    near: list[bool] = field(default_factory=list)
    refused: int = 0
    seconds: float = 0.0


def drawn(cell: Cell) -> Tally:
    """Draw the worlds of a cell and put the measure to each."""
    rng, tally = cell.rng(), Tally()
    for _ in range(cell.worlds):
        start = time.perf_counter()
        try:
            _MEASURES[cell.measure.split(",")[0]](cell, rng, tally)
        except TooFewEvents:
            tally.refused += 1
        tally.seconds = max(tally.seconds, time.perf_counter() - start)
    return tally


def _turning(cell: Cell, rng: np.random.Generator, tally: Tally) -> None:
    kind = cell.measure.split(" ")[1].rstrip(",")
    is_rate = kind == "rate"
    world = changing(
        rng,
        trap=cell.world,
        days=cell.days,
        types=1 if is_rate else TYPES,
        factor=cell.size if is_rate else 1.0,
        shift=0.0 if is_rate else cell.size,
    )
    counts = world.counts[0]
    if kind == "stance":
        counts = np.stack([counts[:2].sum(axis=0), counts[2:].sum(axis=0)])
    found = turning_points(counts, rng=rng, kind=kind, volume=world.volume, draws=DRAWS)
    tally.p.append(found.result.p)
    if world.day is None:
        return
    true = world.day
    close = min(found.points, key=lambda one: abs(one.day - true), default=None)
    tally.near.append(close is not None and abs(close.day - true) <= 7)
    if close is not None:
        tally.covered.append(close.interval[0] <= true <= close.interval[1])


def _before(cell: Cell, rng: np.random.Generator, tally: Tally) -> None:
    world = changing(rng, trap=cell.world, days=cell.days, factor=cell.size)
    day = world.day if world.day is not None else int(rng.integers(91, cell.days - 91))
    found = before_after(world.counts[0, 0], day, volume=world.volume).result
    tally.p.append(found.p)
    _cover(found.interval, cell.size, tally)


def _spill(cell: Cell, rng: np.random.Generator, tally: Tally) -> None:
    days = 2 * cell.days
    rates = tuple(float(rate) for rate in rng.gamma(2.0, 0.25, UNITS) + 0.1)
    shocks = sorted(int(day) for day in rng.choice(days - 20, SHOCKS, replace=False))
    world = changing(
        rng,
        trap=cell.world,
        days=days,
        rates=rates,
        factor=cell.size,
        changed=tuple(range(NEIGHBOURS)),
        after=tuple((day + 1, day + 14) for day in shocks),
    )
    if "common" in cell.measure:
        shocks = list(world.shock_days[::2])
    counts = world.counts[:, 0]
    found = spill_over(counts[:NEIGHBOURS], counts[NEIGHBOURS:], shocks, volume=world.volume).result
    tally.p.append(found.p)
    _cover(found.interval, cell.size, tally)


def _burden(cell: Cell, rng: np.random.Generator, tally: Tally) -> None:
    world = changing(rng, trap=cell.world, days=cell.days, rates=(1.0, 1.0, *(0.3,) * 10))
    counts = world.counts[:, 0]
    found = burden_shift(
        counts[0], counts[1], counts[2:], rng=rng, volume=world.volume, draws=DRAWS
    ).result
    tally.p.append(found.p)
    _cover(found.interval, 0.0, tally)


def _camps(cell: Cell, rng: np.random.Generator, tally: Tally) -> None:
    made = NETWORKS[cell.world]
    good, bad, _ = signed_network(
        rng,
        actors=int(made.get("actors", 24)),
        rate=made.get("rate", 0.6),
        clusters=made.get("clusters", 1.0),
        groups=2 if cell.size else 1,
        contrast=cell.size,
    )
    tally.p.append(communities(good, bad, rng=rng, draws=99).result.p)


def _joint(cell: Cell, rng: np.random.Generator, tally: Tally) -> None:
    acts = joint_acts(rng, clusters=cell.size)
    pairs = joint_network(acts)
    # one pair a world, whichever: the pairs of a world hang together
    one = pairs[int(rng.integers(len(pairs)))].result
    actors = acts.shape[1]
    share = len(pairs) / (actors * (actors - 1) / 2)
    tally.p.append(one.p if rng.random() < share else 1.0)


def _venues(cell: Cell, rng: np.random.Generator, tally: Tally) -> None:
    rate, together = VENUES[cell.world]
    inside, total = venue_acts(rng, SHARES, rate=rate, together=together)
    theirs, all_theirs = venue_acts(rng, SHARES, rate=1.0, together=together)
    names = ("a", "b", "c")
    found = venue_shares(inside, total, names, others_through=theirs, others_total=all_theirs)
    asked = names[int(rng.integers(3))]
    one = next(each for each in found if each.venue == asked)
    tally.p.append(one.result.p if one.result else 1.0)
    _cover(one.interval, dict(zip(names, SHARES, strict=True))[one.venue], tally)


def _cover(interval: tuple[float, float] | None, truth: float, tally: Tally) -> None:
    if interval is not None:
        tally.covered.append(interval[0] <= truth <= interval[1])


_MEASURES: Mapping[str, Callable[[Cell, np.random.Generator, Tally], None]] = {
    "turning rate": _turning,
    "turning portfolio": _turning,
    "turning stance": _turning,
    "before and after": _before,
    "spill-over": _spill,
    "burden sharing": _burden,
    "camps": _camps,
    "joint acts": _joint,
    "venues": _venues,
}


def size_cells(worlds: int, seed: int) -> list[Cell]:
    """Worlds in which nothing is to be found."""
    cells = []
    for measure in ("turning rate", "before and after", "spill-over"):
        cells += [Cell(measure, trap, 1.0, worlds, seed) for trap in TRAPS]
    cells += [Cell("turning rate, 243 days", trap, 1.0, worlds, seed, 243) for trap in TRAPS]
    for measure in ("turning portfolio", "turning stance", "burden sharing"):
        cells += [Cell(measure, trap, 0.0, worlds, seed) for trap in TRAPS]
    cells += [Cell("spill-over, after common shocks", one, 1.0, worlds, seed) for one in SHOCKED]
    cells += [Cell("camps", name, 0.0, worlds, seed) for name in NETWORKS]
    cells += [Cell("venues", name, 0.0, worlds, seed) for name in VENUES]
    return cells + [Cell("joint acts", f"{size:g} together", size, worlds, seed) for size in (1, 3)]


def power_cells(worlds: int, seed: int) -> list[Cell]:
    """Worlds in which something is planted."""
    cells = [Cell("turning rate", trap, 2.0, worlds, seed) for trap in TRAPS]
    cells += [Cell("turning rate", trap, 4.0, worlds, seed) for trap in TRAPS]
    cells += [Cell("turning portfolio", trap, 0.4, worlds, seed) for trap in TRAPS]
    cells += [Cell("before and after", trap, 2.0, worlds, seed) for trap in TRAPS]
    cells += [Cell("spill-over", trap, 1.6, worlds, seed) for trap in TRAPS]
    return cells + [Cell("camps", name, 2.0, worlds, seed) for name in NETWORKS]


def table(title: str, cells: Sequence[Cell], tallies: Sequence[Tally]) -> str:
    """A Markdown table of one title, and the pooled figures below it."""
    lines = [f"### {title}", "", "| measure | world | p ≤ 5 % | covered | near | refused | s |"]
    lines.append("|---" * 7 + "|")
    for cell, tally in zip(cells, tallies, strict=True):
        lines.append(
            f"| {cell.measure} | {cell.world}{f' ({cell.size:g})' if cell.size else ''} | "
            f"{_share([p <= 0.05 for p in tally.p])} | {_share(tally.covered)} | "
            f"{_share(tally.near)} | {tally.refused} | {tally.seconds:.2f} |"
        )
    found = [p <= 0.05 for tally in tallies for p in tally.p]
    covered = [one for tally in tallies for one in tally.covered]
    worst = max(float(np.mean([p <= 0.05 for p in tally.p])) for tally in tallies if tally.p)
    lines += [
        "",
        f"Pooled: p ≤ 5 % {_share(found)}, worst cell {worst:.3f}, covered {_share(covered)}.",
    ]
    few = min(cell.worlds for cell in cells)
    lines.append(f"Standard error of a cell at 5 %: ±{(0.05 * 0.95 / few) ** 0.5:.3f}.")
    return "\n".join(lines) + "\n"


def _share(values: Sequence[bool]) -> str:
    return f"{np.mean(values):.3f}" if len(values) else "–"


def main() -> None:
    """Print the tables asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--worlds", type=int, default=1000)
    parser.add_argument("--quick", action="store_true", help="100 worlds a cell")
    parser.add_argument("--part", action="append", choices=("size", "power"))
    parser.add_argument("--measure", action="append", help="only measures that begin so")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    worlds = min(options.worlds, 100) if options.quick else options.worlds
    made = {"size": size_cells, "power": power_cells}
    titles = {"size": "Nothing to be found", "power": "Something planted"}
    with ProcessPoolExecutor(options.workers) as pool:
        for part in options.part or made:
            cells = made[part](worlds, options.seed)
            if options.measure:
                cells = [one for one in cells if one.measure.startswith(tuple(options.measure))]
            several = options.workers > 1
            for measure in dict.fromkeys(cell.measure for cell in cells):
                own = [cell for cell in cells if cell.measure == measure]
                tallies = list(pool.map(drawn, own)) if several else [drawn(one) for one in own]
                print(table(f"{titles[part]}: {measure}", own, tallies), flush=True)


if __name__ == "__main__":
    main()
