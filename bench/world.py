"""Asks of ICEWS 2021 what docs/decisions/0014 laid down beforehand, and prints the answers.

    python bench/world.py EVENTS.parquet --alliances atop_alliance.parquet
                          --ideal-points un_ideal_points.parquet [--commit ID] [--out world.json]
                          [--untyped N] [--targets N] [--seed 14]

The data are not in the repository (their terms do not allow it). Everything is read, resolved and
tested by the program's own parts; nothing can be set here that the decision does not fix, but for
`--untyped`, the number of triads put to the untyped test.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from inconcert import measure
from inconcert.core.panel import Toward
from inconcert.errors import TooFewEvents
from inconcert.judge.signs import sign_of
from inconcert.measure.coaction import co_action
from inconcert.measure.intensity import Intensities, intensities
from inconcert.measure.lift import DISPERSION, DOUBT
from inconcert.measure.multiplicity import false_discovery, holm
from inconcert.measure.scan import Scan, SideScan, family, scan_side
from inconcert.measure.scan_chance import many_count_scores, normal_ps
from inconcert.measure.stance import stance_gap
from inconcert.read.events import open_events
from inconcert.resolve.coded import CodedActors
from inconcert.resolve.register import Register

Floats = npt.NDArray[np.float64]
FIRST, DAYS = np.datetime64("2021-01-01"), 243
ROOTS = tuple(f"{root:02d}" for root in range(1, 21))
MIRRORED = ("036", "040", "041", "042", "043", "044", "045", "046")
LEVEL, DRAWS, LEAST_EXPECTED = 0.1, 2000, 1.5
WANTED = (
    ("DEU", "FRA", "IRN"),
    ("FRA", "GBR", "IRN"),
    ("DEU", "GBR", "IRN"),
    ("ETH", "SDN", "EGY"),
    ("CAN", "GBR", "BLR"),
)
FOUNDING = ("CHN", "RUS", "AFG")

ACTS = """
create or replace temp table counted as
    select distinct day, a_name, b_name, code from raw where code is not null;
create or replace temp table acts as
    select row_number() over () as row, c.day, left(c.code, 2) as root, a.codes as a, b.codes as b
    from counted c
    join names a on a.name = c.a_name and a.month = date_trunc('month', c.day)
    join names b on b.name = c.b_name and b.month = date_trunc('month', c.day);
create or replace temp table pairs as
    select distinct row, day, root, actor, recipient from (
        select row, day, root, unnest(a) as actor, b from acts
    ), unnest(b) as _(recipient) where actor <> recipient;
create or replace temp table volume as
    select day, count(*) as n from (
        select distinct day, code,
            case when code in (select unnest($mirrored)) then least(a_name, b_name) else a_name end,
            case when code in (select unnest($mirrored)) then greatest(a_name, b_name) else b_name
            end
        from counted
    ) group by day;
"""


# -- rows


@dataclass(frozen=True, slots=True)
class World:
    """Acts of all actors toward all sides.

    Attributes:
        told: what was read and resolved.
        table: columns actor, side, root, day (numbers) and n.
        actors: codes.
        sides: codes of states.
        codes: codes of the register that each side has among those acted upon.
        volume: counted events a day.
        habits: acts by root toward everybody, shape (actors, roots).
    """

    told: Mapping[str, int]
    table: Mapping[str, npt.NDArray[np.int64]]
    actors: tuple[str, ...]
    sides: tuple[str, ...]
    codes: Mapping[str, tuple[str, ...]]
    volume: npt.NDArray[np.int64]
    habits: npt.NDArray[np.int64]

    def targets(self, most: int) -> list[int]:
        """Places of the sides acted upon most; ties by code."""
        acts = np.bincount(self.table["side"], self.table["n"], len(self.sides))
        order = sorted(range(len(self.sides)), key=lambda side: (-acts[side], self.sides[side]))
        return order[:most]

    def toward(self, side: int) -> Toward:
        """Acts of everybody else toward one side."""
        rows = self.table["side"] == side
        actor, root, day, n = (self.table[name][rows] for name in ("actor", "root", "day", "n"))
        acting, place = np.unique(actor, return_inverse=True)
        counts = np.zeros((len(acting), len(ROOTS), DAYS), dtype=np.int32)
        np.add.at(counts, (place, root, day), n)
        return Toward(
            toward=self.codes[self.sides[side]],
            actors=tuple(self.actors[one] for one in acting),
            types=ROOTS,
            days=FIRST + np.arange(DAYS),
            counts=counts,
            volume=np.maximum(self.volume - counts.sum(axis=(0, 1)), 0),
            covered=self.volume > 0,
            habits=self.habits[acting],
            source="ICEWS",
            query="bench/world.py",
        )


def read_world(path: Path, register: Register) -> World:
    """Read, resolve and count the events of a file."""
    base = duckdb.connect()
    plans = open_events([path], "icews-names")
    lines = 0
    for number, plan in enumerate(plans):
        into = "insert into raw" if number else "create temp table raw as"
        columns = "day::date as day, a_name, b_name, code"
        base.execute(f"{into} select {columns} from ({plan.rows()})")  # noqa: S608
        lines += plan.lines
    _resolve(base, register)
    for statement in ACTS.strip().split(";\n"):
        base.execute(statement, {"mirrored": MIRRORED} if "$mirrored" in statement else {})
    states = register.states
    told = {
        "lines": lines,
        "rows read": _one(base, "select count(*) from raw"),
        "rows counted": _one(base, "select count(*) from counted"),
        "events after folding": _one(base, "select sum(n) from volume"),
        "names": _one(base, "select count(distinct name) from names"),
        "names resolved": _one(base, "select count(distinct name) from names where len(codes) > 0"),
        "rows with both sides resolved": _one(
            base, "select count(*) from acts where len(a) > 0 and len(b) > 0"
        ),
        "rows between two actors": _one(base, "select count(distinct row) from pairs"),
    }
    return _counted(base, told, states)


def _resolve(base: duckdb.DuckDBPyConnection, register: Register) -> None:
    """The table `names`: codes of each name in each month."""
    asked = base.execute(
        "select distinct name, date_trunc('month', day)::date as month from ("
        "select a_name as name, day from raw union all select b_name, day from raw) "
        "where name is not null order by all"
    ).fetchall()
    resolve = CodedActors(register)
    codes = [list(resolve(name, None, None, None, month).codes) for name, month in asked]
    columns = {
        "name": pa.array([name for name, _ in asked], pa.string()),
        "month": pa.array([month for _, month in asked], pa.date32()),
        "codes": pa.array(codes, pa.list_(pa.string())),
    }
    base.register("resolved", pa.table(columns))
    base.execute("create temp table names as from resolved")


def _counted(
    base: duckdb.DuckDBPyConnection, told: Mapping[str, int], states: frozenset[str]
) -> World:
    base.execute("create temp table states (code varchar)")
    base.executemany("insert into states values (?)", [(code,) for code in sorted(states)])
    found = base.execute(
        "select actor, left(recipient, 3) as side, root, "
        "date_diff('day', date '2021-01-01', day) as day, count(distinct row) as n "
        "from pairs where left(recipient, 3) in (from states) "
        "and left(actor, 3) <> left(recipient, 3) group by all order by all"
    ).fetchnumpy()
    habit = base.execute(
        "select actor, root, count(*) as n from pairs group by all order by all"
    ).fetchnumpy()
    codes: dict[str, list[str]] = {}
    for code, _ in base.execute(
        "select recipient, count(*) from pairs group by 1 order by 1"
    ).fetchall():
        if code[:3] in states:
            codes.setdefault(code[:3], []).append(code)
    actors = tuple(sorted({str(one) for one in habit["actor"]}))
    sides = tuple(sorted({str(one) for one in found["side"]}))
    place = {code: number for number, code in enumerate(actors)}
    habits = np.zeros((len(actors), len(ROOTS)), dtype=np.int64)
    for one, root, n in zip(habit["actor"], habit["root"], habit["n"], strict=True):
        habits[place[str(one)], int(root) - 1] = n
    table = {
        "actor": np.array([place[str(one)] for one in found["actor"]], dtype=np.int64),
        "side": np.searchsorted(sides, found["side"].astype(str)).astype(np.int64),
        "root": found["root"].astype(str).astype(np.int64) - 1,
        "day": found["day"].astype(np.int64),
        "n": found["n"].astype(np.int64),
    }
    volume = np.zeros(DAYS, dtype=np.int64)
    for day, n in base.execute(
        "select date_diff('day', date '2021-01-01', day), n from volume"
    ).fetchall():
        volume[day] = n
    return World(
        told,
        table,
        actors,
        sides,
        {side: tuple(held) for side, held in codes.items()},
        volume,
        habits,
    )


def _one(base: duckdb.DuckDBPyConnection, query: str) -> int:
    row = base.execute(query).fetchone()
    return int(row[0]) if row else 0


# -- allies and ideal points


@dataclass(frozen=True, slots=True)
class Outside:
    """What others know of pairs of states.

    Attributes:
        allies: pairs with a defence pact in 2018.
        known: states of which it can be told whether they are allied.
        points: ideal point of 2021 by state.
    """

    allies: frozenset[tuple[str, str]]
    known: frozenset[str]
    points: Mapping[str, float]

    def is_ally(self, pair: tuple[str, str]) -> bool | None:
        """None where it cannot be told."""
        return pair in self.allies if self.known.issuperset(pair) else None

    def distance(self, pair: tuple[str, str]) -> float:
        """Of ideal points; not a number where one has none."""
        nan = float("nan")
        return abs(self.points.get(pair[0], nan) - self.points.get(pair[1], nan))


def read_outside(alliances: Path, ideal_points: Path) -> Outside:
    """Defence pacts of 2018 and ideal points of 2021."""
    base = duckdb.connect()
    iso = dict(
        base.execute(
            "select ccode, iso3c from read_parquet(?) where year = 2018 and iso3c is not null",
            [str(ideal_points)],
        ).fetchall()
    )
    pacts = base.execute(
        "select ccode1::int, ccode2::int, max(atop_defense) from read_parquet(?) "
        "where year = 2018 group by all",
        [str(alliances)],
    ).fetchall()
    points = base.execute(
        "select iso3c, idealpointall from read_parquet(?) where year = 2021 "
        "and iso3c is not null and idealpointall is not null",
        [str(ideal_points)],
    ).fetchall()
    named = [(iso.get(one), iso.get(other), pact) for one, other, pact in pacts]
    allies = {tuple(sorted((a, b))) for a, b, pact in named if a and b and pact == 1}
    return Outside(frozenset(allies), frozenset(iso.values()), dict(points))  # type: ignore[arg-type]


# -- triads


@dataclass(slots=True)
class Triads:
    """All tested triads, one entry each; `dyad` and `target` are numbers."""

    dyads: list[tuple[str, str]] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    columns: dict[str, Floats] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Floats:
        return self.columns[name]

    @property
    def dyad(self) -> npt.NDArray[np.int64]:
        """Number of each triad's dyad."""
        return self.columns["dyad"].astype(np.int64)

    def mean(self, name: str, chosen: npt.NDArray[np.bool_]) -> Floats:
        """Mean of a column over chosen triads, a dyad; not a number where there is none."""
        number = np.bincount(self.dyad[chosen], minlength=len(self.dyads))
        total = np.bincount(self.dyad[chosen], self[name][chosen], len(self.dyads))
        return np.where(number > 0, total / np.maximum(number, 1), np.nan)


def weighted_share(
    found: Floats, expected: Floats, cells: Floats, dyad: npt.NDArray[np.int64], size: int
) -> Floats:
    """Share of the rarer one's cells that the other joins beyond chance, over a dyad's targets.

    A target weighs as much as it tells of the share (least squares): where the rarer one fills
    many cells and few are expected, it tells much; where both act every day, little.

    Args:
        found: cells filled by both, one entry a triad.
        expected: cells expected, deflated.
        cells: cells filled by the one that fills fewer.
        dyad: number of the triad's dyad.
        size: number of dyads.

    Returns:
        Shares, shape (size,); not a number for a dyad without triads.
    """
    room = np.maximum(1.0, cells - np.minimum(found, expected))
    variance = DISPERSION * expected + 0.1 + (DOUBT * expected) ** 2
    told = np.bincount(dyad, room * room / variance, size)
    beyond = np.bincount(dyad, room * (found - expected) / variance, size)
    return np.where(told > 0, beyond / np.where(told > 0, told, 1.0), np.nan)


def triads_of(scan: Scan, blocks: Sequence[Toward]) -> Triads:
    """Columns of all triads, correlation and sign beside the test."""
    made, numbers = Triads(), {}
    parts: dict[str, list[Any]] = {}
    for place, (side, q, block) in enumerate(zip(scan.sides, scan.q, blocks, strict=True)):
        made.targets.append("+".join(side.toward))
        rows = zip(side.first, side.second, strict=True)
        pairs = [tuple(sorted((side.actors[a], side.actors[b]))) for a, b in rows]
        for pair in pairs:
            numbers.setdefault(pair, len(numbers))
        r, r_p = _correlations(block, side)
        sign, acts = _signs(block)
        same = (sign[side.first] == sign[side.second]).astype(float)
        told = np.minimum(acts[side.first], acts[side.second]) >= 10
        columns = {
            "dyad": np.array([numbers[pair] for pair in pairs], dtype=float),
            "target": np.full(len(pairs), float(place)),
            "row": np.arange(len(pairs), dtype=float),
            "j": side.found,
            "expected": side.expected,
            "lift": side.lift,
            "cells": side.cells.astype(float),
            "p": side.p,
            "q": q,
            "p before placebos": normal_ps(many_count_scores(side.found, side.expected)),
            "r": r,
            "p of r": r_p,
            "same sign": np.where(told, same, np.nan),
        }
        for name, values in columns.items():
            parts.setdefault(name, []).append(values)
    made.dyads = list(numbers)
    made.columns = {name: np.concatenate(values) for name, values in parts.items()}
    return made


def _correlations(block: Toward, side: SideScan) -> tuple[Floats, Floats]:
    daily = block.counts.sum(axis=1).astype(float)
    daily -= daily.mean(axis=1, keepdims=True)
    daily /= np.maximum(np.sqrt((daily**2).sum(axis=1, keepdims=True)), 1e-12)
    r = np.clip((daily[side.first] * daily[side.second]).sum(axis=1), -0.999999, 0.999999)
    return r, normal_ps(r * np.sqrt((DAYS - 2) / (1 - r * r)))


def _signs(block: Toward) -> tuple[Floats, Floats]:
    """Sign of cooperative less other acts of each actor, and the number of both."""
    weights = np.array([sign_of(root) for root in block.types])
    acts = block.counts.sum(axis=2)
    return np.sign(acts @ weights).astype(float), (acts @ np.abs(weights)).astype(float)


# -- figures


def auc(values: Floats, is_ally: npt.NDArray[np.bool_], weights: Floats) -> float:
    """Chance that an allied dyad stands above another, ties half."""
    _, place = np.unique(values, return_inverse=True)
    allies = np.bincount(place, weights * is_ally)
    others = np.bincount(place, weights * ~is_ally)
    below = np.cumsum(others) - others
    total = allies.sum() * others.sum()
    return float((allies * (below + others / 2)).sum() / total) if total else float("nan")


def spearman(one: Floats, other: Floats, weights: Floats) -> float:
    """Rank correlation; a dyad counts as often as its weight says."""
    times = weights.astype(np.int64)
    if (times > 0).sum() < 3:
        return float("nan")
    ranks = [_ranks(np.repeat(values, times)) for values in (one, other)]
    return float(np.corrcoef(*ranks)[0, 1])


def _ranks(values: Floats) -> Floats:
    _, place, number = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(number)
    return np.asarray((last - (number - 1) / 2)[place], dtype=float)


@dataclass(frozen=True, slots=True)
class Figure:
    """A statistic with intervals at 90 % from draws over dyads and over states."""

    name: str
    value: float
    by_dyads: tuple[float, float]
    by_states: tuple[float, float]
    n: int


def figure(
    name: str, of: Callable[[Floats], float], dyads: Sequence[tuple[str, str]], seed: int, n: int
) -> Figure:
    """A statistic of weights of dyads, and its intervals."""
    rng = np.random.default_rng(seed)
    states = sorted({state for pair in dyads for state in pair})
    place = {state: number for number, state in enumerate(states)}
    a, b = (np.array([place[pair[side]] for pair in dyads], dtype=np.int64) for side in (0, 1))
    size = len(dyads)
    drawn: list[list[float]] = [[], []]
    for _ in range(DRAWS):
        drawn[0].append(of(np.bincount(rng.integers(0, size, size), minlength=size).astype(float)))
        times = np.bincount(rng.integers(0, len(states), len(states)), minlength=len(states))
        drawn[1].append(of((times[a] * times[b]).astype(float)))
    ends = [tuple(float(v) for v in np.nanquantile(values, [0.05, 0.95])) for values in drawn]
    return Figure(name, of(np.ones(size)), ends[0], ends[1], n)  # type: ignore[arg-type]


def figures(triads: Triads, outside: Outside, seed: int) -> Iterator[Figure]:
    """The statistics of the decision, ours and the foils."""
    ally = [outside.is_ally(pair) for pair in triads.dyads]
    is_ally = np.array([bool(one) for one in ally])
    is_other = np.array([one is False for one in ally])
    distance = np.array([outside.distance(pair) for pair in triads.dyads])
    for name, column, level in (
        ("non-allied, p < .05", "p", 0.05),
        ("non-allied, p < .01", "p", 0.01),
        ("non-allied, p < .05, E′ ≥ 1.5", "p", 0.05),
        ("allied, p < .05", "p", 0.05),
        ("non-allied, p < .05, before placebos", "p before placebos", 0.05),
        ("non-allied, p < .05, correlation", "p of r", 0.05),
    ):
        chosen = is_ally[triads.dyad] if name.startswith("allied") else is_other[triads.dyad]
        if "1.5" in name:
            chosen = chosen & (triads["expected"] >= LEAST_EXPECTED)
        yield _rejected(name, triads, column, level, chosen, seed)
    busy, busy_too = triads["expected"] > 10, triads["expected"] >= 10
    every = np.ones(len(triads.dyad), dtype=bool)
    for name, column, chosen, chosen_too in (
        ("lift", "lift", busy, busy_too),
        ("correlation, same targets", "r", busy, busy_too),
        ("correlation, all targets", "r", every, every),
    ):
        yield _of_dyads(
            f"AUC, {name}",
            triads.mean(column, chosen),
            is_ally | is_other,
            triads,
            seed,
            is_ally=is_ally,
        )
        yield _of_dyads(
            f"Spearman, {name}",
            triads.mean(column, chosen_too),
            np.isfinite(distance),
            triads,
            seed,
            distance=distance,
        )
    yield from _weighted_figures(triads, busy, is_ally, is_ally | is_other, distance, seed)
    told = np.isfinite(triads["same sign"])
    agreement = triads.mean("same sign", told)
    enough = np.bincount(triads.dyad[told], minlength=len(triads.dyads)) >= 5
    yield _of_dyads(
        "Spearman, agreement of sign",
        agreement,
        enough & np.isfinite(distance),
        triads,
        seed,
        distance=distance,
    )


def _weighted_figures(
    triads: Triads,
    busy: npt.NDArray[np.bool_],
    is_ally: npt.NDArray[np.bool_],
    known: npt.NDArray[np.bool_],
    distance: Floats,
    seed: int,
) -> Iterator[Figure]:
    """The share of decision 0018, of dyads with a target of E′ > 10, and of all."""
    size = len(triads.dyads)
    columns = (triads[name] for name in ("j", "expected", "cells"))
    share = weighted_share(*columns, triads.dyad, size)
    is_busy = np.bincount(triads.dyad[busy], minlength=size) > 0
    for name, values in (
        ("weighted share", np.where(is_busy, share, np.nan)),
        ("weighted share, all dyads", share),
    ):
        yield _of_dyads(f"AUC, {name}", values, known, triads, seed, is_ally=is_ally)
        yield _of_dyads(
            f"Spearman, {name}", values, np.isfinite(distance), triads, seed, distance=distance
        )


def _rejected(
    name: str, triads: Triads, column: str, level: float, chosen: npt.NDArray[np.bool_], seed: int
) -> Figure:
    size = len(triads.dyads)
    tests = np.bincount(triads.dyad[chosen], minlength=size)
    small = np.bincount(triads.dyad[chosen & (triads[column] < level)], minlength=size)
    kept = np.flatnonzero(tests > 0)
    return figure(
        name,
        lambda weights: float(
            (weights * small[kept]).sum() / max(1.0, (weights * tests[kept]).sum())
        ),
        [triads.dyads[place] for place in kept],
        seed,
        int(tests.sum()),
    )


def _of_dyads(
    name: str,
    values: Floats,
    known: npt.NDArray[np.bool_],
    triads: Triads,
    seed: int,
    *,
    is_ally: npt.NDArray[np.bool_] | None = None,
    distance: Floats | None = None,
) -> Figure:
    kept = np.flatnonzero(known & np.isfinite(values))
    if is_ally is not None:
        allied = is_ally[kept]
        of = lambda weights: auc(values[kept], allied, weights)  # noqa: E731
    else:
        assert distance is not None
        apart = distance[kept]
        of = lambda weights: spearman(values[kept], apart, weights)  # noqa: E731
    return figure(name, of, [triads.dyads[place] for place in kept], seed, len(kept))


# -- the untyped test, and the founding question


def untyped(
    scan: Scan, blocks: Sequence[Toward], triads: Triads, most: int, seed: int
) -> tuple[npt.NDArray[np.int64], Floats]:
    """The untyped same-day test: p of all triads or of so many drawn."""
    every = np.arange(len(triads.dyad))
    chosen = every
    if most < len(every):
        chosen = np.sort(np.random.default_rng(seed).choice(every, most, replace=False))
    fits: dict[int, Intensities] = {}
    p = np.full(len(chosen), np.nan)
    for number, triad in enumerate(chosen):
        place, row = int(triads["target"][triad]), int(triads["row"][triad])
        block, side = blocks[place], scan.sides[place]
        daily, volume = block.counts.sum(axis=1), block.volume.astype(float)
        if place not in fits:
            fits = {place: intensities(daily, volume)}
        pair = int(side.first[row]), int(side.second[row])
        try:
            tests = co_action(
                daily, volume, pair=pair, directions=("same day",), fitted=fits[place]
            )
        except TooFewEvents:
            continue
        p[number] = tests["same day"].result.p
    return chosen, p


def founding(scan: Scan, blocks: Sequence[Toward], seed: int) -> dict[str, Any]:
    """China and Russia toward the Afghan side: every test there is."""
    a_code, b_code, target = FOUNDING
    place = next(n for n, side in enumerate(scan.sides) if side.toward[0][:3] == target)
    side, block = scan.sides[place], blocks[place]
    a, b = sorted((block.actors.index(a_code), block.actors.index(b_code)))
    found = np.flatnonzero((side.first == a) & (side.second == b))
    daily = block.counts.sum(axis=1)
    told: dict[str, Any] = {
        "toward": "+".join(side.toward),
        "act-days": {block.actors[one]: int((daily[one] > 0).sum()) for one in (a, b)},
        "third parties": len(block.actors) - 2,
    }
    if not len(found):
        return told | {"typed": "left out"}
    row = int(found[0])
    excess = side.excess(row)
    told["typed"] = {
        "J": float(side.found[row]),
        "E": excess.expected,
        "lift": excess.lift,
        "lift interval": excess.lift_interval,
        "p": float(side.p[row]),
        "q in the scan": float(scan.q[place][row]),
        "rank among placebo pairs": (int(side.rank[row]), int(side.placebos[row]) + 1),
        "place by p among pairs of the target": (
            1 + int((side.p < side.p[row]).sum()),
            len(side.p),
        ),
        "share of the target's pairs with p < .05": float((side.p < 0.05).mean()),
        "third parties that co-act with both": int(side.bloc[row]),
    }
    tests = co_action(daily, block.volume.astype(float), pair=(a, b))
    corrected = holm({name: test.result.p for name, test in tests.items()})
    told["untyped"] = {
        f"{name} (A is {block.actors[a]})": {
            "found": test.excess.observed,
            "expected": test.excess.expected,
            "lift": test.excess.lift,
            "lift interval": test.excess.lift_interval,
            "p": test.result.p,
            "p, Holm": corrected[name],
            "rank": test.rank,
        }
        for name, test in tests.items()
    }
    signs = np.array([sign_of(root) for root in block.types])
    split = [
        np.stack([counts[signs > 0].sum(axis=0), counts[signs < 0].sum(axis=0)], axis=1)
        for counts in (
            block.counts[a],
            block.counts[b],
            np.delete(block.counts, [a, b], 0).sum(axis=0),
        )
    ]
    try:
        gap = stance_gap(*split[:2], rng=np.random.default_rng(seed), others=split[2], seed=seed)
        told["stance"] = {
            "value": gap.value,
            "shares": gap.shares,
            "others": gap.others,
            "gap": gap.result.statistic,
            "interval at 95 %": gap.result.interval,
        }
    except TooFewEvents as error:
        told["stance"] = {"value": "too few", "why": error.what}
    return told


# -- the run


def main() -> None:
    """Run as a program."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("events", type=Path)
    parser.add_argument("--alliances", type=Path, required=True)
    parser.add_argument("--ideal-points", type=Path, required=True)
    parser.add_argument("--commit", default="unknown", help="version of the tests that runs")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--untyped", type=int, default=2000)
    parser.add_argument("--targets", type=int, default=70)
    parser.add_argument("--seed", type=int, default=14)
    asked = parser.parse_args()
    start = time.perf_counter()
    register = Register.load()
    world = read_world(asked.events, register)
    blocks = [world.toward(side) for side in world.targets(asked.targets)]
    is_state = register.states.__contains__
    scan = family([scan_side(block, candidates=is_state, confirmed=1.0) for block in blocks])
    screened = family([scan_side(block, candidates=is_state, exact_below=0) for block in blocks])
    outside = read_outside(asked.alliances, asked.ideal_points)
    triads = triads_of(scan, blocks)
    record: dict[str, Any] = {
        "commit": asked.commit,
        "measure": version_of_tests(),
        "read": world.told,
        "told": _told(scan, screened, triads, outside),
        "figures": [asdict(one) for one in figures(triads, outside, asked.seed)],
        "untyped": _untyped_told(scan, blocks, triads, outside, asked),
        "wanted": _wanted(scan, triads),
        "discoveries": [_listed(scan, *one) for one in scan.discoveries()],
        "founding": founding(scan, blocks, asked.seed),
    }
    record["seconds"] = time.perf_counter() - start
    if asked.out:
        asked.out.write_text(json.dumps(record, indent=1, ensure_ascii=False), encoding="utf-8")
    _print(record)


def version_of_tests() -> str:
    """Digest of the modules that the figures hang on."""
    found = sha256()
    for path in sorted(Path(measure.__file__).parent.glob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def _told(scan: Scan, screened: Scan, triads: Triads, outside: Outside) -> dict[str, Any]:
    ally = [outside.is_ally(pair) for pair in triads.dyads]
    states = {state for pair in triads.dyads for state in pair}
    p = triads["p"]
    return {
        "targets": len(scan.sides),
        "states in a pair": len(states),
        "states without a table": sorted(states - outside.known),
        "triads": scan.tests,
        "triads with E′ ≥ 1.5": int((triads["expected"] >= LEAST_EXPECTED).sum()),
        "triads with E′ > 10": int((triads["expected"] > 10).sum()),
        "dyads": len(triads.dyads),
        "allied dyads": sum(one is True for one in ally),
        "other dyads": sum(one is False for one in ally),
        "left out": dict(scan.left_out),
        "share of p by tenths": [
            round(float(v), 4) for v in np.histogram(p, 10, (0, 1))[0] / len(p)
        ],
        "discoveries": len(scan.discoveries()),
        "discoveries with E′ < 1.5": int(
            ((triads["q"] <= LEVEL) & (triads["expected"] < LEAST_EXPECTED)).sum()
        ),
        "discoveries of correlation": int((false_discovery(triads["p of r"]) <= LEVEL).sum()),
        "discoveries before placebos": int(
            (false_discovery(triads["p before placebos"]) <= LEVEL).sum()
        ),
        "screened: confirmed": screened.confirmed,
        "screened: same discoveries": screened.discoveries() == scan.discoveries(),
        "screened: tight": screened.is_tight,
    }


def _untyped_told(
    scan: Scan,
    blocks: Sequence[Toward],
    triads: Triads,
    outside: Outside,
    asked: argparse.Namespace,
) -> dict[str, Any]:
    chosen, p = untyped(scan, blocks, triads, asked.untyped, asked.seed)
    is_other = np.array([outside.is_ally(pair) is False for pair in triads.dyads])
    held = np.isfinite(p) & is_other[triads.dyad[chosen]]
    return {
        "triads": len(chosen),
        "non-allied": int(held.sum()),
        "non-allied, p < .05": float((p[held] < 0.05).mean()) if held.any() else None,
        "non-allied, p < .01": float((p[held] < 0.01).mean()) if held.any() else None,
    }


def _wanted(scan: Scan, triads: Triads) -> dict[str, Any]:
    """The triads that the decision names, with what they would be without re-centring."""
    before = false_discovery(triads["p before placebos"])
    told: dict[str, Any] = {}
    for a, b, target in WANTED:
        name = f"{a} {b} {target}"
        told[name] = "left out"
        for triad in np.flatnonzero(triads.dyad == triads.dyads.index((a, b))):
            place, row = int(triads["target"][triad]), int(triads["row"][triad])
            if scan.sides[place].toward[0][:3] == target:
                told[name] = _listed(scan, place, row) | {
                    "p before placebos": float(triads["p before placebos"][triad]),
                    "q before placebos": float(before[triad]),
                }
    return told


def _listed(scan: Scan, place: int, row: int) -> dict[str, Any]:
    side, excess = scan.sides[place], scan.sides[place].excess(row)
    return {
        "a": side.actors[side.first[row]],
        "b": side.actors[side.second[row]],
        "toward": side.toward[0][:3],
        "j": int(side.found[row]),
        "expected": round(excess.expected, 2),
        "lift": round(excess.lift, 2),
        "interval": [round(v, 2) for v in excess.lift_interval],
        "p": float(side.p[row]),
        "q": float(scan.q[place][row]),
        "bloc": int(side.bloc[row]),
    }


def _print(record: Mapping[str, Any]) -> None:
    version = f"{record['commit']}, measure {record['measure']}"
    print(f"version of the tests: {version}; {record['seconds']:.0f} s\n")
    for part in ("read", "told", "untyped"):
        for name, value in record[part].items():
            print(f"- {name}: {value}")
        print()
    print(
        "| statistic | value | 90 %, dyads | 90 %, states | n |\n| --- | ---: | --- | --- | ---: |"
    )
    for one in record["figures"]:
        ends = [f"{low:.3f} to {high:.3f}" for low, high in (one["by_dyads"], one["by_states"])]
        print(f"| {one['name']} | {one['value']:.3f} | {ends[0]} | {ends[1]} | {one['n']:,} |")
    print("\nwanted among the discoveries")
    for name, row in record["wanted"].items():
        print(f"- {name}: {row}")
    print("\nbest 25 discoveries")
    for row in record["discoveries"][:25]:
        print(f"- {row}")
    often = Counter(row["toward"] for row in record["discoveries"])
    print("\ndiscoveries by target:", dict(often.most_common(15)))
    print("\nfounding question\n" + json.dumps(record["founding"], indent=1, ensure_ascii=False))


if __name__ == "__main__":
    sys.exit(main())
