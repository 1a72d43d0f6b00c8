"""Turning points, spill-over, burden sharing, camps and venues: size, coverage and power.

    python bench/turns.py [--worlds N] [--quick] [--part PART]… [--measure NAME]… [--seed S]
                          [--workers W]

Prints Markdown tables. Every hundred worlds of a cell have their own generator, seeded by the name
of the cell and `--seed`. A size is the share of worlds without the thing looked for that have p of
at most 5 %. Coverage is of 90 % intervals. `--quick` draws few worlds: its figures show the
direction only. The part `peers` puts the same worlds to ruptures, where that is installed. What is
asked of real data stands in `turns_icews.py`.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import groupby

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
from pieces import Drawn, in_pieces
from turns_peers import rupture_days

TYPES, DRAWS, NEIGHBOURS, UNITS, SHOCKS, PEER_WORLDS = 12, 199, 4, 18, 12, 200
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell(Drawn):
    """One measure on one kind of world, drawn `worlds` times."""

    measure: str
    world: str
    size: float
    days: int = 365


@dataclass(slots=True)
class Tally:
    """What the worlds of a cell gave.

    Attributes:
        beside: whether our day and the other package's are at most a week apart, where both find
            a change.
    """

    p: list[float] = field(default_factory=list)
    covered: list[bool] = field(default_factory=list)
    near: list[bool] = field(default_factory=list)
    beside: list[bool] = field(default_factory=list)
    refused: int = 0
    seconds: float = 0.0

    def add(self, other: Tally) -> None:
        """Take in another piece of the same cell."""
        self.p += other.p
        self.covered += other.covered
        self.near += other.near
        self.beside += other.beside
        self.refused += other.refused
        self.seconds = max(self.seconds, other.seconds)


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


def _rupture(cell: Cell, rng: np.random.Generator, tally: Tally) -> None:
    """A change is said to be found with p 0 or not with p 1: the other package tells no p."""
    world = changing(rng, trap=cell.world, days=cell.days, factor=cell.size)
    theirs = rupture_days(world.counts[0, 0], world.volume)
    tally.p.append(0.0 if theirs else 1.0)
    if world.day is not None:
        true = world.day
        tally.near.append(any(abs(day - true) <= 7 for day in theirs))
    ours = turning_points(world.counts[0, 0], rng=rng, volume=world.volume, draws=DRAWS).points
    if theirs and ours:
        tally.beside.append(any(abs(day - one.day) <= 7 for day in theirs for one in ours))


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
    "ruptures": _rupture,
    "before and after": _before,
    "spill-over": _spill,
    "burden sharing": _burden,
    "camps": _camps,
    "joint acts": _joint,
    "venues": _venues,
}


def size_cells(worlds: int, seed: int) -> list[Cell]:
    """Worlds in which nothing is to be found."""
    asked: list[tuple[str, Sequence[str], float, int]] = [
        ("turning rate", list(TRAPS), 1.0, 365),
        ("turning rate, 243 days", list(TRAPS), 1.0, 243),
        ("turning portfolio", list(TRAPS), 0.0, 365),
        ("turning stance", list(TRAPS), 0.0, 365),
        ("before and after", list(TRAPS), 1.0, 365),
        ("spill-over", list(TRAPS), 1.0, 365),
        ("spill-over, after common shocks", SHOCKED, 1.0, 365),
        ("burden sharing", list(TRAPS), 0.0, 365),
        ("camps", list(NETWORKS), 0.0, 365),
        ("venues", list(VENUES), 0.0, 365),
        *(("joint acts", [f"{size:g} together"], size, 365) for size in (1.0, 3.0)),
    ]
    return _cells(asked, worlds, seed)


def power_cells(worlds: int, seed: int) -> list[Cell]:
    """Worlds in which something is planted."""
    asked: list[tuple[str, Sequence[str], float, int]] = [
        ("turning rate", list(TRAPS), 2.0, 365),
        ("turning rate", list(TRAPS), 4.0, 365),
        ("turning portfolio", list(TRAPS), 0.4, 365),
        ("before and after", list(TRAPS), 2.0, 365),
        ("spill-over", list(TRAPS), 1.6, 365),
        ("camps", list(NETWORKS), 2.0, 365),
    ]
    return _cells(asked, worlds, seed)


def peer_cells(worlds: int, seed: int) -> list[Cell]:
    """The same worlds put to ruptures; none where it is not installed."""
    if find_spec("ruptures") is None:
        print("ruptures is not installed: no cross-check of turning points.\n", flush=True)
        return []
    asked = [("ruptures", list(TRAPS), factor, 365) for factor in (1.0, 2.0, 4.0)]
    return _cells(asked, min(worlds, PEER_WORLDS), seed)


def _cells(
    asked: Sequence[tuple[str, Sequence[str], float, int]], worlds: int, seed: int
) -> list[Cell]:
    return [
        Cell(measure=measure, world=world, size=size, days=days, worlds=worlds, seed=seed)
        for measure, names, size, days in asked
        for world in names
    ]


def table(title: str, cells: Sequence[Cell], tallies: Sequence[Tally]) -> str:
    """A Markdown table of one title, and the pooled figures below it."""
    head = "| world | p ≤ 5 % | covered | within a week | beside ours | refused | s |"
    lines = [f"### {title}", "", head]
    lines.append("|---" * 7 + "|")
    for cell, tally in zip(cells, tallies, strict=True):
        lines.append(
            f"| {cell.world}{f' ({cell.size:g})' if cell.size else ''} | "
            f"{_share([p <= 0.05 for p in tally.p])} | {_share(tally.covered)} | "
            f"{_share(tally.near)} | {_share(tally.beside)} | {tally.refused} | "
            f"{tally.seconds:.2f} |"
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
    made = {"size": size_cells, "power": power_cells, "peers": peer_cells}
    parser.add_argument("--part", action="append", choices=list(made))
    parser.add_argument("--measure", action="append", help="only measures that begin so")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    worlds = min(options.worlds, 100) if options.quick else options.worlds
    titles = {"size": "Nothing to be found", "power": "Something planted", "peers": "Cross-check"}
    asked = [
        (titles[part], cell)
        for part in options.part or made
        for cell in made[part](worlds, options.seed)
        if not options.measure or cell.measure.startswith(tuple(options.measure))
    ]
    found = in_pieces([cell for _, cell in asked], drawn, options.workers)
    for (title, measure), cells in groupby(asked, key=lambda one: (one[0], one[1].measure)):
        own = [cell for _, cell in cells]
        print(table(f"{title}: {measure}", own, [_whole(next(found)) for _ in own]), flush=True)


def _whole(pieces: Sequence[Tally]) -> Tally:
    whole = Tally()
    for piece in pieces:
        whole.add(piece)
    return whole


if __name__ == "__main__":
    main()
