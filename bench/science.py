"""Type-I error, power and coverage of the tests on worlds of known truth, beside their peers.

    python bench/science.py [--worlds N] [--days 243 365 1460] [--rates 0.3 0.08] [--quick]
                            [--part PART]… [--seed S] [--workers W]

Prints Markdown tables. Every cell has its own generator, seeded by its name and `--seed`, so that
a table can be printed in parts. `--quick` draws few worlds of one length and rate: its figures show
the direction, not the second digit; standard errors stand below every table.
"""

from __future__ import annotations

import argparse
import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from inconcert.errors import TooFewEvents
from inconcert.measure.cells import typed_co_action
from inconcert.measure.coaction import DIRECTIONS, co_action
from inconcert.measure.multiplicity import holm
from inconcert.measure.peers import PEERS
from inconcert.synth.worlds import NULLS, World, simulate

PARTS = ("size", "power", "coverage", "typed")
TYPES, TWINS = 20, 60
LEVELS = (0.05, 0.01)
PLANTED = (("joint", "same day"), ("follow", "A before B"), ("loose", "within two days"))
SHARES = (0.15, 0.35, 0.5)
TYPED_NULLS = ("N1", "N2", "N3", "N3d", "N4", "N5", "N6", "N6b", "N7", "N8")
Row = dict[str, float]


@dataclass(frozen=True, slots=True)
class Cell:
    """One kind of world, drawn `worlds` times.

    Attributes:
        measure: `untyped`, `typed` or `peers`.
        null: background of the worlds.
        kind: planted coupling.
        rho: share of A's acts that B joins.
        days: length of a world.
        rates: acts a day of A and of B.
        worlds: number of worlds.
        seed: seed of the table.
        has_twins: whether the true lift is wanted.
    """

    measure: str
    null: str
    kind: str = "none"
    rho: float = 0.0
    days: int = 365
    rates: tuple[float, float] = (0.3, 0.3)
    worlds: int = 100
    seed: int = 0
    has_twins: bool = False

    def rng(self) -> np.random.Generator:
        """The generator of this cell: the same worlds whatever the measure."""
        name = f"{self.null} {self.kind} {self.rho} {self.days} {self.rates}"
        return np.random.default_rng([self.seed, zlib.crc32(name.encode())])


@dataclass(slots=True)
class Tally:
    """What the worlds of a cell gave: one row a world; worlds with too few acts are counted."""

    rows: list[Row] = field(default_factory=list)
    refused: int = 0

    def share(self, name: str, level: float) -> float:
        """Share of worlds with a p of at most `level`."""
        return float(np.mean([row[name] <= level for row in self.rows])) if self.rows else np.nan

    def covered(self, name: str) -> float:
        """Share of worlds whose interval covers the truth."""
        return float(np.mean([row[name] for row in self.rows])) if self.rows else np.nan


def drawn(cell: Cell) -> Tally:
    """Draw the worlds of a cell and test each."""
    rng, tally = cell.rng(), Tally()
    for _ in range(cell.worlds):
        world = simulate(
            rng,
            null=cell.null,
            kind=cell.kind,
            rho=cell.rho,
            days=cell.days,
            rates=cell.rates,
            types=TYPES if cell.measure == "typed" else 1,
            twins=TWINS if cell.has_twins else 0,
        )
        try:
            tally.rows.append(_TESTS[cell.measure](world, cell))
        except TooFewEvents:
            tally.refused += 1
    return tally


def _untyped(world: World, cell: Cell) -> Row:
    tests = co_action(world.daily, world.volume)
    row = {name: test.result.p for name, test in tests.items()}
    corrected = holm({name: row[name] for name in ("same day", "A before B", "B before A")})
    row["any direction"] = min(corrected.values())
    if cell.has_twins or cell.kind == "none":
        for name, test in tests.items():
            low, high = test.excess.lift_interval
            truth = world.true_lift(DIRECTIONS[name].lags) if name != "B before A" else 1.0
            row[f"cover {name}"] = float(low <= truth <= high)
    return row


def _typed(world: World, cell: Cell) -> Row:
    test = typed_co_action(world.counts, world.volume)
    row = {"same day and type": test.result.p}
    if cell.has_twins or cell.kind == "none":
        low, high = test.excess.lift_interval
        row["cover same day and type"] = float(low <= world.true_lift(typed=True) <= high)
    return row


def _peers(world: World, _: Cell) -> Row:
    a, b = world.daily[:2]
    if min((a > 0).sum(), (b > 0).sum()) < 5:
        raise TooFewEvents("peers", int(min((a > 0).sum(), (b > 0).sum())), 5)
    return {name: peer(a, b).p for name, peer in PEERS.items()}


_TESTS: dict[str, Callable[[World, Cell], Row]] = {
    "untyped": _untyped,
    "typed": _typed,
    "peers": _peers,
}


def table(title: str, columns: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> str:
    """A Markdown table."""
    lines = [
        f"### {title}",
        "",
        "| | " + " | ".join(columns) + " |",
        "|---" * (len(columns) + 1) + "|",
    ]
    lines += [f"| {name} | " + " | ".join(cells) + " |" for name, cells in rows]
    return "\n".join(lines) + "\n"


def error_of(share: float, worlds: int) -> float:
    """Standard error of a share."""
    return float((share * (1 - share) / max(1, worlds)) ** 0.5)


def size_tables(
    base: Cell, run: Callable[[list[Cell]], list[Tally]], measure: str
) -> Iterator[str]:
    """Rejections without coupling, ours and peers', at both levels."""
    nulls = list(TYPED_NULLS if measure == "typed" else NULLS)
    own = run([_like(base, measure=measure, null=null) for null in nulls])
    others = run([_like(base, measure="peers", null=null) for null in nulls])
    names = [name for name in own[0].rows[0] if not name.startswith("cover")]
    for level in LEVELS:
        rows = [
            (f"**{name}**", [f"{tally.share(name, level):.3f}" for tally in own]) for name in names
        ]
        rows += [(name, [f"{tally.share(name, level):.3f}" for tally in others]) for name in PEERS]
        pooled = {
            name: np.mean(
                [t.share(name, level) for n, t in zip(nulls, own, strict=True) if n < "N8"]
            )
            for name in names
        }
        title = f"Type-I error at {level:.0%}, {measure}, {_named(base)}"
        yield table(title, nulls, rows)
        yield (
            _below(level, base.worlds, own)
            + " Pooled over N1–N7: "
            + ", ".join(f"{name} {share:.3f}" for name, share in pooled.items())
            + ".\n"
        )
    names = [name for name in own[0].rows[0] if name.startswith("cover")]
    rows = [(name[6:], [f"{tally.covered(name):.3f}" for tally in own]) for name in names]
    yield table(f"90 % intervals of the lift cover 1, {measure}, {_named(base)}", nulls, rows)


def power_table(base: Cell, run: Callable[[list[Cell]], list[Tally]]) -> Iterator[str]:
    """Rejections at 5 % over N7 with coupling planted."""
    cells = [
        _like(base, measure="untyped", null="N7", kind=kind, rho=rho)
        for kind, _ in PLANTED
        for rho in SHARES
    ]
    tallies = iter(run(cells))
    rows = []
    for kind, name in PLANTED:
        rows.append(
            (f"{kind} → {name}", [f"{next(tallies).share(name, 0.05):.3f}" for _ in SHARES])
        )
    yield table(f"Power at 5 % over N7, untyped, {_named(base)}", [f"ρ={r}" for r in SHARES], rows)
    cells = [
        _like(base, measure="typed", null="N7", kind=kind, rho=rho)
        for kind in ("joint", "timing")
        for rho in SHARES
    ]
    tallies = iter(run(cells))
    name = "same day and type"
    rows = [
        (kind, [f"{next(tallies).share(name, 0.05):.3f}" for _ in SHARES])
        for kind in ("joint", "timing")
    ]
    yield table(f"Power at 5 % over N7, typed, {_named(base)}", [f"ρ={r}" for r in SHARES], rows)
    yield _below(0.5, base.worlds, []) + "\n"


def coverage_table(base: Cell, run: Callable[[list[Cell]], list[Tally]]) -> Iterator[str]:
    """Coverage of the 90 % intervals of the lift where coupling is planted."""
    nulls = ("N1", "N3", "N7")
    rows = []
    for measure, kind, name in (
        *(("untyped", kind, name) for kind, name in PLANTED),
        ("typed", "joint", "same day and type"),
    ):
        cells = [
            _like(base, measure=measure, null=null, kind=kind, rho=0.35, has_twins=True)
            for null in nulls
        ]
        shares = [tally.covered(f"cover {name}") for tally in run(cells)]
        rows.append((f"{kind} → {name}", [f"{share:.3f}" for share in shares]))
    yield table(
        f"90 % intervals of the lift cover the truth at ρ=0.35, {_named(base)}", nulls, rows
    )
    yield _below(0.9, base.worlds, []) + "\n"


def _below(share: float, worlds: int, tallies: Sequence[Tally]) -> str:
    refused = sum(tally.refused for tally in tallies)
    told = f" Refused for too few acts: {refused} worlds." if refused else ""
    return (
        f"n = {worlds} a cell; standard error at {share:.0%}: ±{error_of(share, worlds):.3f}.{told}"
    )


def _named(cell: Cell) -> str:
    return f"{cell.days} days, rates {cell.rates[0]:g} and {cell.rates[1]:g} a day"


def _like(cell: Cell, **changes: object) -> Cell:
    names = ("measure", "null", "kind", "rho", "days", "rates", "worlds", "seed", "has_twins")
    return Cell(**{name: changes.get(name, getattr(cell, name)) for name in names})  # type: ignore[arg-type]


def main() -> None:
    """Print the tables asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--worlds", type=int, default=1000)
    parser.add_argument("--days", type=int, nargs="+", default=[243, 365, 1460])
    parser.add_argument("--rates", type=float, nargs="+", default=[0.3, 0.08])
    parser.add_argument("--quick", action="store_true", help="100 worlds of 365 days at one rate")
    parser.add_argument("--part", action="append", choices=PARTS)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    if options.quick:
        options.worlds = min(options.worlds, 100)
        options.days, options.rates = [365], [0.3]
    parts = options.part or PARTS
    with ProcessPoolExecutor(options.workers) as pool:
        run = (lambda cells: list(pool.map(drawn, cells))) if options.workers > 1 else _in_turn
        for days in options.days:
            for rate in options.rates:
                base = Cell(
                    "untyped", "N1", "none", 0.0, days, (rate, rate), options.worlds, options.seed
                )
                for made in _made(base, run, parts):
                    print(made, flush=True)


def _in_turn(cells: list[Cell]) -> list[Tally]:
    return [drawn(cell) for cell in cells]


def _made(
    base: Cell, run: Callable[[list[Cell]], list[Tally]], parts: Sequence[str]
) -> Iterator[str]:
    makers = {
        "size": partial(size_tables, base, run, "untyped"),
        "typed": partial(size_tables, base, run, "typed"),
        "power": partial(power_table, base, run),
        "coverage": partial(coverage_table, base, run),
    }
    for part in PARTS:
        if part in parts:
            yield from makers[part]()


if __name__ == "__main__":
    main()
