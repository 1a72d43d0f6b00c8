"""The worlds of `science.py`: drawn once, put to all tests and to their peers."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

from inconcert.core.panel import Toward
from inconcert.errors import TooFewEvents
from inconcert.measure.cells import typed_co_actions
from inconcert.measure.coaction import DIRECTIONS, co_action
from inconcert.measure.intensity import intensities
from inconcert.measure.multiplicity import holm
from inconcert.measure.peers import PEERS
from inconcert.measure.scan import scan_side
from inconcert.synth.worlds import World, simulate

TYPES, TWINS, AT_ONCE = 20, 40, 50
TYPED = " and type"
"""What the name of a typed test adds to that of its direction."""
CONCERTS = {"joint of three": 1, "joint of four": 2}
"""Kinds in which third parties join the same acts as B does, and how many they are."""
EVERY_PAIR = "every pair, same day and type"
"""What the share of all pairs of a world that is rejected goes by, before the level."""
LEVELS = (0.05, 0.01)
PCMCI, PCMCI_LAGS = "PCMCI+ (ParCorr)", 5
Row = dict[str, float]
Key = tuple[str, str, float, int, float]


@dataclass(frozen=True, slots=True)
class Cell:
    """One kind of world, drawn `worlds` times.

    Attributes:
        null: background of the worlds.
        kind: planted coupling: a kind of `synth.worlds`, or one of `CONCERTS`.
        rho: share of A's acts that B joins.
        days: length of a world.
        rate: acts a day of A and of B.
        worlds: number of worlds.
        seed: seed of the tables.
        has_twins: whether the true lift is wanted.
        has_peers: whether the peers run too.
        first: number of the first world; what is before belongs to other chunks.
    """

    null: str
    kind: str = "none"
    rho: float = 0.0
    days: int = 365
    rate: float = 0.3
    worlds: int = 100
    seed: int = 0
    has_twins: bool = False
    has_peers: bool = False
    first: int = 0

    @property
    def key(self) -> Key:
        """What tells cells apart."""
        return self.null, self.kind, self.rho, self.days, self.rate

    def rng(self) -> np.random.Generator:
        """The generator of this chunk of the cell."""
        name = " ".join(str(part) for part in (*self.key, self.first))
        return np.random.default_rng([self.seed, zlib.crc32(name.encode())])

    def chunks(self) -> Iterator[Cell]:
        """The cell in parts of fifty worlds."""
        for first in range(0, self.worlds, AT_ONCE):
            yield replace(self, first=first, worlds=min(AT_ONCE, self.worlds - first))


@dataclass(slots=True)
class Tally:
    """What the worlds of a cell gave: one row a world; worlds with too few acts are counted."""

    rows: list[Row] = field(default_factory=list)
    refused: int = 0
    seconds: float = 0.0

    def values(self, name: str) -> np.ndarray[Any, np.dtype[np.float64]]:
        """One value a world, of the worlds that have it."""
        return np.array([row[name] for row in self.rows if name in row])

    def share(self, name: str, level: float) -> float:
        """Share of worlds with a p of at most `level`."""
        values = self.values(name)
        return float((values <= level).mean()) if len(values) else float("nan")

    def mean(self, name: str) -> float:
        """Mean of a value over worlds: of a coverage, the share covered."""
        values = self.values(name)
        return float(values.mean()) if len(values) else float("nan")

    def joined(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(
            self.rows + other.rows, self.refused + other.refused, self.seconds + other.seconds
        )


Tallies = dict[Key, Tally]


def drawn(cell: Cell) -> Tally:
    """Draw the worlds of a cell and put each to all tests."""
    rng, tally, begun = cell.rng(), Tally(), time.process_time()
    for number in range(cell.worlds):
        world = simulate(
            rng,
            null=cell.null,
            kind="joint" if cell.kind in CONCERTS else cell.kind,
            rho=cell.rho,
            days=cell.days,
            rates=(cell.rate, cell.rate),
            types=TYPES,
            twins=TWINS if cell.has_twins else 0,
            partners=CONCERTS.get(cell.kind, 0),
        )
        try:
            row = _tested(world, has_truth=cell.has_twins or cell.kind == "none")
        except TooFewEvents:
            tally.refused += 1
            continue
        if cell.has_peers:
            row |= _peers(world, has_pcmci=cell.first == 0 and number < AT_ONCE)
            row |= _every_pair(world) if cell.first == 0 else {}
        tally.rows.append(row)
    tally.seconds = time.process_time() - begun
    return tally


def _tested(world: World, *, has_truth: bool) -> Row:
    fit = intensities(world.daily, world.volume)
    tests = co_action(world.daily, world.volume, fitted=fit)
    typed = typed_co_actions(world.counts, world.volume, fitted=fit)
    row = {"act-days": float(tests["same day"].result.n)}
    row["cells"] = float(typed["same day"].result.n)
    for tag, found in (("", tests), (TYPED, typed)):
        row |= {name + tag: test.result.p for name, test in found.items()}
        asked = ("same day", "A before B", "B before A")
        row["any direction" + tag] = min(holm({name: row[name + tag] for name in asked}).values())
        if not has_truth:
            continue
        for name, test in found.items():
            if not world.truth.is_coupled or name != "B before A":
                truth = world.true_lift(DIRECTIONS[name].lags, typed=bool(tag))
                row[f"lift, {name}{tag}"] = _is_in(truth, test.excess.lift_interval)
        share = world.true_share(typed=bool(tag))
        row[f"share, same day{tag}"] = _is_in(share, found["same day"].excess.rho_interval)
    return row


def _every_pair(world: World) -> Row:
    """Share of all pairs of the world that the typed test rejects, by level."""
    days = world.counts.shape[-1]
    scanned = scan_side(
        Toward(
            toward=("T",),
            actors=world.actors,
            types=world.types,
            days=np.datetime64("2021-01-01") + np.arange(days),
            counts=world.counts.astype(np.int32),
            volume=world.volume.astype(np.int64),
            covered=np.ones(days, dtype=bool),
            habits=(world.counts > 0).sum(axis=2),
            source="made up",
            query="",
        ),
        confirmed=1.0,
    )
    if not len(scanned.p):
        return {}
    return {f"{EVERY_PAIR} {level:.0%}": float((scanned.p <= level).mean()) for level in LEVELS}


def _is_in(truth: float, interval: tuple[float, float]) -> float:
    return float(interval[0] <= truth <= interval[1])


def _peers(world: World, *, has_pcmci: bool) -> Row:
    a, b = world.daily[:2]
    row = {name: peer(a, b).p for name, peer in PEERS.items()}
    if has_pcmci and find_spec("tigramite") is not None:
        row[PCMCI] = _pcmci(np.column_stack([a, b]).astype(float))
    return row


def _pcmci(series: np.ndarray[Any, np.dtype[np.float64]]) -> float:
    """Least p of any link between A and B, times the number of links (Bonferroni)."""
    frame = import_module("tigramite.data_processing").DataFrame(series)
    test = import_module("tigramite.independence_tests.parcorr").ParCorr()
    found = import_module("tigramite.pcmci").PCMCI(dataframe=frame, cond_ind_test=test)
    p = found.run_pcmciplus(tau_max=PCMCI_LAGS, pc_alpha=0.05)["p_matrix"]
    return float(min(1.0, (2 * PCMCI_LAGS + 1) * min(p[0, 1].min(), p[1, 0, 1:].min())))
