"""Division of labour, roles, words and deeds, promises: size, coverage and power on known worlds.

    python bench/labour.py [--worlds N] [--quick] [--part PART]… [--test TEST]… [--seed S]
                           [--workers W]

Prints Markdown tables, the prototype's methods beside ours. Every hundred worlds of a cell have
their own generator, seeded by the name of the cell and `--seed`. Below each table stand the pooled
share, the worst cell and the standard error of a cell. `--quick` draws few worlds: its figures show
the direction only.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from inconcert.errors import TooFewEvents
from inconcert.measure.complementarity import complementarity
from inconcert.measure.portfolio import distance, portfolio, quotients
from inconcert.measure.portfolio_blocks import by_weeks
from inconcert.measure.portfolio_nulls import generic_portfolio, same_portfolio
from inconcert.measure.promises import promises_kept
from inconcert.measure.roles import Part, roles
from inconcert.measure.stance import stance_gap
from inconcert.measure.words_deeds import words_against_deeds
from inconcert.measure.words_deeds_stance import moved, stand
from inconcert.synth.portfolios import NULLS, followed, labour_world, targets_world
from pieces import Drawn, in_pieces

Row = dict[str, float]
Floats = npt.NDArray[np.float64]

SETTINGS: Mapping[str, dict[str, Any]] = {
    "0.7 and 0.85 a day, 243 days": {"rates": (0.7, 0.85), "days": 243},
    "0.15 and 0.25 a day, 243 days": {"rates": (0.15, 0.25), "days": 243},
    "0.15 and 2 a day, 243 days": {"rates": (0.15, 2.0), "days": 243},
    "0.3 and 0.3 a day, 730 days": {"rates": (0.3, 0.3), "days": 730},
}
ACTS = (25, 40, 60, 100, 200)
POWER: Mapping[str, dict[str, Any]] = {
    f"{acts} acts of each, 243 days": {"rates": (acts / 243, acts / 243), "days": 243}
    for acts in ACTS
}
"""How many acts are needed: before shocks and retelling, which add acts and no news."""
LONG: Mapping[str, dict[str, Any]] = {
    "0.7 a day, 243 days": {"rates": (0.7, 0.0), "days": 243},
    "0.3 a day, 730 days": {"rates": (0.3, 0.0), "days": 730},
    "1.5 a day, 365 days": {"rates": (1.5, 0.0), "days": 365},
}
BUSY: Mapping[str, dict[str, Any]] = {
    "1 and 1 a day, 365 days": {"rates": (1.0, 1.0), "days": 365},
    "0.6 and 2 a day, 730 days": {"rates": (0.6, 2.0), "days": 730},
}
TARGETS: Mapping[str, dict[str, Any]] = {
    "T1 luck alone": {"concentration": 1e6, "bursts": 0.0, "shocks": False},
    "T2 straying": {"concentration": 60.0, "bursts": 0.0, "shocks": False},
    "T3 straying, bursts": {"concentration": 60.0},
    "T4 wild, bursts, shocks": {"concentration": 25.0, "shocks": True},
    "T5 few acts of A": {"concentration": 60.0, "rates": (2.0, 6.0)},
    "T6 many targets": {"concentration": 60.0, "targets": 60, "rates": (3.0, 3.0)},
}
WORDS = (0.50, 0.28, 0.14, 0.08)
"""Verbal cooperation and conflict, material cooperation and conflict."""
PROMISES = (0.15, 0.55, 0.10, 0.20)
"""Promises, other verbal cooperation, cooperative deeds, the rest."""
WINDOW = 7
PARTS_ASKED = (
    *(Part(name, is_more=True, least=1.0) for name in "abcd"),
    Part("e", is_more=False, least=1.0),
)
ROLES = (0.62, 0.14, 0.08, 0.06, 0.10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell(Drawn):
    """One kind of world, drawn `worlds` times, and one test put to it."""

    test: str
    null: str
    setting: str
    strength: float = 0.0


@dataclass(frozen=True, slots=True)
class Table:
    """Cells that stand in one table, and the level of its test; None for coverage."""

    test: str
    nulls: Sequence[str]
    settings: Sequence[str]
    strength: float = 0.0
    level: float | None = 0.05

    def cells(self, worlds: int, seed: int) -> list[Cell]:
        """Row by row."""
        return [
            Cell(
                test=self.test,
                null=null,
                setting=setting,
                strength=self.strength,
                worlds=worlds,
                seed=seed,
            )
            for setting in self.settings
            for null in self.nulls
        ]


def drawn(cell: Cell) -> list[Row | None]:
    """The rows of a cell, None where the test refused."""
    rng = cell.rng()
    rows: list[Row | None] = []
    for _ in range(cell.worlds):
        try:
            rows.append(_TESTS[cell.test](cell, rng))
        except TooFewEvents:
            rows.append(None)
    return rows


def _portfolios(cell: Cell, rng: np.random.Generator) -> Row:
    setting = {**SETTINGS, **POWER}[cell.setting]
    world = labour_world(rng, null=cell.null, tilt=cell.strength, third_parties=0, **setting)
    first, second = world.counts[:2]
    row = {"same portfolio (D1)": same_portfolio(first, second, rng=rng, draws=299).p}
    if not cell.strength:
        row["prototype's D1"] = _prototype_same(by_weeks(first), by_weeks(second), rng)
    return row


def _generic(cell: Cell, rng: np.random.Generator) -> Row:
    world = targets_world(rng, tilt=cell.strength, **TARGETS[cell.setting])
    return {
        "beyond habit (D2)": generic_portfolio(world).result.p,
        "prototype's D2": _prototype_generic(world.sum(axis=3).astype(float), rng),
    }


def _promised(cell: Cell, rng: np.random.Generator) -> Row:
    world = labour_world(
        rng, null=cell.null, habits=PROMISES, third_parties=0, **LONG[cell.setting]
    )
    counts = world.counts
    if cell.strength:
        counts = followed(
            counts, anchor=0, deed=2, share=cell.strength, window_days=WINDOW, rng=rng
        )
    actor = counts[0]
    kept = promises_kept(actor[0], actor[1], actor[2], rng=rng, window_days=WINDOW, draws=299)
    low, high = kept.result.interval or (0.0, 0.0)
    row = {"promises kept": kept.result.p}
    if not cell.strength:
        row["interval of promises kept covers 0"] = float(low <= 0 <= high)
    return row


def _complementary(cell: Cell, rng: np.random.Generator) -> Row:
    world = labour_world(
        rng, null=cell.null, turns=cell.strength, third_rate=0.7, **BUSY[cell.setting]
    )
    return {"complementarity": complementarity(world.counts, rng=rng, draws=199).p}


def _roles(cell: Cell, rng: np.random.Generator) -> Row:
    world = labour_world(
        rng, null=cell.null, habits=ROLES, third_habit=np.inf, **SETTINGS[cell.setting]
    )
    counts = world.counts
    thirds = counts[2:].sum(axis=0)
    row = {}
    for name, actor in zip("AB", counts[:2], strict=True):
        if actor.sum() < 20:
            continue
        found = roles(PARTS_ASKED, actor, actor.sum(axis=0), thirds, thirds.sum(axis=0))
        row[f"any role of {name}"] = 0.0 if any(each.is_played for each in found) else 1.0
    return row


def _moved(cell: Cell, rng: np.random.Generator) -> Row:
    world = labour_world(
        rng, null=cell.null, habits=(0.6, 0.4), third_parties=0, **SETTINGS[cell.setting]
    )
    acts = world.counts[1]
    found = moved(acts, acts.shape[1] // 2)
    return {"stance moved": found.p}


def _covered(cell: Cell, rng: np.random.Generator) -> Row:
    world = labour_world(rng, null=cell.null, tilt=cell.strength, **SETTINGS[cell.setting])
    counts, truth = world.counts, world.shares
    thirds = portfolio(counts[2:].sum(axis=0))
    others = world.expected[2:].sum(axis=0) / world.expected[2:].sum()
    a, b = portfolio(counts[0]), portfolio(counts[1])
    row: Row = {}
    for each, own, acts in ((a, truth[0], counts[0]), (b, truth[1], counts[1])):
        row["shares"] = row.get("shares", 0) + _share_in(own, each.intervals()) / 2
        bounds = quotients(each, thirds).bounds
        row["quotients"] = row.get("quotients", 0) + _share_in(own / others, bounds) / 2
        row["shares, percentiles of a bootstrap"] = (
            row.get("shares, percentiles of a bootstrap", 0)
            + _share_in(own, _percentiles(by_weeks(acts), rng)) / 2
        )
    apart = distance(a, b, rng=rng, draws=199)
    middle = (truth[0] + truth[1]) / 2
    bits = _entropy(middle) - (_entropy(truth[0]) + _entropy(truth[1])) / 2
    low, high = apart.jensen_shannon_bounds
    row["Jensen–Shannon"] = float(low - 1e-9 <= bits <= high)
    low, high = apart.krugman_bounds
    row["Krugman"] = float(low - 1e-9 <= np.abs(truth[0] - truth[1]).sum() / 2 <= high)
    return row


def _gaps(cell: Cell, rng: np.random.Generator) -> Row:
    world = labour_world(
        rng, null=cell.null, habits=WORDS, third_parties=0, **SETTINGS[cell.setting]
    )
    counts, truth = world.counts, world.shares
    row: Row = {}
    words = truth[1, 0] / truth[1, :2].sum()
    gap = words - truth[1, 2] / truth[1, 2:].sum()
    low, high = words_against_deeds(counts[1, :2], counts[1, 2:]).interval or (0.0, 0.0)
    row["words against deeds"] = float(low <= gap <= high)
    low, high = stand(counts[1, :2]).bounds
    row["stance"] = float(low <= words <= high)
    found = stance_gap(counts[0, :2].T, counts[1, :2].T, rng=rng, draws=199)
    low, high = found.result.interval or (0.0, 0.0)
    row["stance gap of stance.py (95 %)"] = float(
        low <= truth[0, 0] / truth[0, :2].sum() - words <= high
    )
    return row


_TESTS: dict[str, Callable[[Cell, np.random.Generator], Row]] = {
    "portfolios": _portfolios,
    "generic": _generic,
    "promises": _promised,
    "complementarity": _complementary,
    "roles": _roles,
    "moved": _moved,
    "coverage": _covered,
    "gaps": _gaps,
}
SIZE = ("portfolios", "promises", "moved", "complementarity", "roles")


# -- the prototype's methods, for comparison


def _prototype_same(a: Floats, b: Floats, rng: np.random.Generator, draws: int = 199) -> float:
    """Actor labels permuted among blocks of an actor and a week; rank of the distance."""
    blocks = np.concatenate([a.T, b.T])
    labels = np.arange(len(blocks)) < a.shape[1]
    dealt = np.array([rng.permutation(labels) for _ in range(draws)]).astype(float) @ blocks
    found = _smoothed_distance(a.sum(axis=1), b.sum(axis=1))
    null = _smoothed_distance(dealt, blocks.sum(axis=0) - dealt)
    return float((1 + (null >= found - 1e-12).sum()) / (1 + draws))


def _prototype_generic(sums: Floats, rng: np.random.Generator, draws: int = 199) -> float:
    """Multinomials around the expected portfolio, Dirichlet with weight 50."""
    others = sums.sum(axis=1) - sums[:, 0]
    share = (others + 0.5) / (others + 0.5).sum(axis=1, keepdims=True)
    needs = (sums[2, 0] + 0.5) / (sums[2, 0] + 0.5).sum() / share[2]
    expected = share[:2] * needs
    expected /= expected.sum(axis=1, keepdims=True)
    drawn = []
    for who in (0, 1):
        chances = rng.dirichlet(50 * expected[who], draws)
        drawn.append(rng.multinomial(int(sums[who, 0].sum()), chances).astype(float))
    found = _smoothed_distance(sums[0, 0], sums[1, 0])
    return float((1 + (_smoothed_distance(*drawn) >= found - 1e-12).sum()) / (1 + draws))


def _percentiles(weekly: Floats, rng: np.random.Generator, draws: int = 199) -> Floats:
    """Percentiles of shares over weeks drawn again."""
    picked = rng.multinomial(weekly.shape[1], np.full(weekly.shape[1], 1 / weekly.shape[1]), draws)
    sums = picked @ weekly.T
    shares = sums / np.maximum(sums.sum(axis=1, keepdims=True), 1)
    return np.asarray(np.quantile(shares, [0.05, 0.95], axis=0).T)


def _entropy(shares: Floats) -> Floats:
    return np.asarray(-(shares * np.log2(np.maximum(shares, 1e-300))).sum(axis=-1))


def _smoothed_distance(first: Floats, second: Floats) -> Floats:
    p, q = ((x + 0.5) / (x + 0.5).sum(axis=-1, keepdims=True) for x in (first, second))
    return _entropy((p + q) / 2) - (_entropy(p) + _entropy(q)) / 2


def _share_in(truth: Floats, bounds: Floats) -> float:
    return float(((bounds[:, 0] <= truth) & (truth <= bounds[:, 1])).mean())


# -- tables


def size_tables() -> Iterator[Table]:
    """Rejections where there is nothing to find."""
    for test in SIZE:
        settings = {"complementarity": BUSY, "promises": LONG}.get(test, SETTINGS)
        # where fashions change, a stance truly moves
        yield Table(
            test, [null for null in NULLS if (test, null) != ("moved", "L6")], list(settings)
        )
    yield Table("generic", ["null"], list(TARGETS))


def power_tables() -> Iterator[Table]:
    """Rejections where there is something to find."""
    for strength in (0.1, 0.2, 0.4):
        yield Table("portfolios", ["L1", "L3", "L7"], list(POWER), strength)
    for strength in (0.2, 0.4):
        yield Table("generic", ["tilted"], list(TARGETS), strength)
    for strength in (0.3, 0.6):
        yield Table("promises", ["L1", "L3"], list(LONG), strength)
        yield Table("complementarity", ["L1", "L3"], list(BUSY), strength)


def coverage_tables() -> Iterator[Table]:
    """Share of worlds whose 90 % interval covers the truth."""
    for strength in (0.15, 0.0):
        yield Table("coverage", list(NULLS), list(SETTINGS), strength, None)
    yield Table("gaps", list(NULLS), list(SETTINGS), 0.0, None)


def told(table: Table, tallies: Mapping[Cell, Sequence[Row | None]]) -> Iterator[str]:
    """A Markdown table for each figure that the worlds of the cells gave."""
    planted = f"planted {table.strength:g}" if table.strength else "nothing planted"
    worlds = next(iter(tallies)).worlds
    names = dict.fromkeys(name for rows in tallies.values() for row in rows if row for name in row)
    for name in names:
        shares = {cell: _share(rows, name, table.level) for cell, rows in tallies.items()}
        lines = [f"### {name}, {planted}", "", "| | " + " | ".join(table.nulls) + " |"]
        lines.append("|---" * (len(table.nulls) + 1) + "|")
        for setting in table.settings:
            row = [share for cell, (share, _) in shares.items() if cell.setting == setting]
            lines.append(f"| {setting} | " + " | ".join(f"{share:.3f}" for share in row) + " |")
        known = [(share, n) for share, n in shares.values() if n]
        total = sum(n for _, n in known)
        pooled = sum(share * n for share, n in known) / max(1, total)
        values = [share for share, n in known if n >= worlds / 10] or [float("nan")]
        lines.append("")
        lines.append(
            f"Pooled {pooled:.3f}; cells from {min(values):.3f} to {max(values):.3f}; {worlds} "
            f"worlds a cell, standard error {_error(table.level or 0.1, worlds):.3f}; refused "
            f"{len(tallies) * worlds - total} of {len(tallies) * worlds}.\n"
        )
        yield "\n".join(lines)


def _share(rows: Sequence[Row | None], name: str, level: float | None) -> tuple[float, int]:
    values = np.array([row[name] for row in rows if row is not None and name in row])
    if not len(values):
        return float("nan"), 0
    is_p = level is not None and "cover" not in name
    return float((values <= level).mean() if is_p else values.mean()), len(values)


def _error(share: float, worlds: int) -> float:
    return float((share * (1 - share) / worlds) ** 0.5)


def main() -> None:
    """Print the tables asked for."""
    makers = {"size": size_tables, "coverage": coverage_tables, "power": power_tables}
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--worlds", type=int, default=1000)
    parser.add_argument("--quick", action="store_true", help="60 worlds a cell")
    parser.add_argument("--part", action="append", choices=list(makers))
    parser.add_argument("--test", action="append", choices=list(_TESTS))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    worlds = min(options.worlds, 60) if options.quick else options.worlds
    tables = [table for part in options.part or makers for table in makers[part]()]
    tables = [table for table in tables if not options.test or table.test in options.test]
    asked = [table.cells(worlds, options.seed) for table in tables]
    found = in_pieces([cell for cells in asked for cell in cells], drawn, options.workers)
    for table, cells in zip(tables, asked, strict=True):
        rows = [[row for piece in next(found) for row in piece] for _ in cells]
        for made in told(table, dict(zip(cells, rows, strict=True))):
            print(made, flush=True)


if __name__ == "__main__":
    main()
