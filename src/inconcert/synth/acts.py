"""The steps in which a made-up world comes about: habits, shocks, bursts, coupling, reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

SHOCK_EVERY_DAYS, SHOCK_SIZE, SHOCK_SHAPE, SHOCK_DECAY_DAYS = 25.0, 8.0, 2.0, 2.5
"""A shock raises an actor's rate at its peak by 8 times its base, on average."""
REACTION_DAYS = 15
BRANCHING, BURST_DAYS = 0.5, 2.0
VIRAL_SHARE, REPORTS, VIRAL_REPORTS = 0.08, 0.6, 6.0
REPORT_DELAYS = (0.55, 0.25, 0.13, 0.07)
REGIME_FACTORS = (3.0, 0.3)
BLOC_SHARE = 0.25
SHOCK_TYPE_SHARE = 0.6
"""Share of reactions whose type is the shock's, not the actor's own."""


@dataclass(frozen=True, slots=True)
class Background:
    """Which traps a world without coupling holds.

    Attributes:
        title: the trap in a few words.
        volume: the news itself rises and falls (slow drift, weekends at 0.45, an outage).
        shocks: `none`, `all` (every actor reacts) or `bloc` (only A, B and a quarter of the
            others); `both` has shocks of either sort.
        delays: actors react 0–2 days late, B always later than A.
        bursts: half of the acts are caused by an earlier act of the same actor.
        reports: an act is told again on the same day or up to three days later.
        regime: `none`, `all` or `pair`: whose level changes once, threefold or to 0.3.
    """

    title: str
    volume: bool = False
    shocks: str = "none"
    delays: bool = False
    bursts: bool = False
    reports: bool = False
    regime: str = "none"


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is who among the actors that are drawn: A, B, third parties, and twins of B.

    Attributes:
        third_parties: actors besides A and B.
        twins: redrawn Bs without coupling, and as many with it; they are no part of the counts.
        partners: third parties that join the same acts of A as B does, the first ones.
    """

    third_parties: int
    twins: int = 0
    partners: int = 0

    @property
    def seen(self) -> int:
        """Actors of the world itself; they come first."""
        return self.third_parties + 2

    @property
    def like_b(self) -> Ints:
        """B and all its twins."""
        everybody = np.arange(self.seen + 2 * self.twins, dtype=np.int64)
        return np.asarray(everybody[(everybody == 1) | (everybody >= self.seen)])

    @property
    def joiners(self) -> Ints:
        """Third parties in concert with A and B."""
        return np.arange(2, 2 + self.partners, dtype=np.int64)

    @property
    def coupled(self) -> tuple[int, ...]:
        """B and the twins that join A."""
        first = self.seen + self.twins
        return (1, *range(first, first + self.twins))


@dataclass(frozen=True, slots=True)
class Acts:
    """A list of acts: three columns of equal length."""

    actor: Ints
    day: Ints
    type: Ints

    def joined(self, other: Acts) -> Acts:
        """Both lists, one after the other."""
        return Acts(
            np.concatenate([self.actor, other.actor]),
            np.concatenate([self.day, other.day]),
            np.concatenate([self.type, other.type]),
        )

    def picked(self, rows: npt.NDArray[Any]) -> Acts:
        """The acts of these rows, in their order."""
        return Acts(self.actor[rows], self.day[rows], self.type[rows])


def volume_of_news(days: int, background: Background, rng: np.random.Generator) -> Floats:
    """How much news there is on each day, about 1 on average, shape (days,)."""
    if not background.volume:
        return np.ones(days)
    noise, drift = rng.normal(0.0, 0.12, days), np.empty(days)
    drift[0] = noise[0] / np.sqrt(1 - 0.9**2)
    for day in range(1, days):
        drift[day] = 0.9 * drift[day - 1] + noise[day]
    volume = np.exp(drift - drift.mean())
    volume[(np.arange(days) + rng.integers(7)) % 7 < 2] *= 0.45
    for _ in range(max(1, days // 365)):
        first = rng.integers(days)
        volume[first : first + 4] *= 0.1
    return np.asarray(volume / volume.mean())


def regime_levels(
    actors: int, days: int, background: Background, cast: Cast, rng: np.random.Generator
) -> Floats:
    """Factor on the rate of each actor on each day, shape (actors, days)."""
    factors = np.ones((actors, days))
    if background.regime != "none":
        change = int(days * rng.uniform(0.3, 0.7))
        who = np.arange(actors) if background.regime == "all" else np.r_[0, cast.like_b]
        factors[who, change:] = rng.choice(REGIME_FACTORS)
    return factors


def type_habits(actors: int, types: int, rng: np.random.Generator) -> Floats:
    """Shares of the types, shape (actors, types): a few common types, many rare ones."""
    base = 1.0 / (np.arange(types) + 1.5)
    return rng.dirichlet(30 * base / base.sum(), actors) if types > 1 else np.ones((actors, 1))


def drawn_types(shares: Floats, rng: np.random.Generator) -> Ints:
    """One type for each row of shares, shape (n, types) -> (n,)."""
    edges = np.cumsum(shares, axis=1)
    edges[:, -1] = 1.0
    return np.asarray((rng.random((len(shares), 1)) > edges).sum(axis=1), dtype=np.int64)


def own_acts(level: Floats, portfolios: Floats, rng: np.random.Generator) -> Acts:
    """Acts that nothing but the actor's own rate brings about."""
    counts = rng.poisson(level)
    actor, day = np.nonzero(counts)
    actor, day = np.repeat(actor, counts[actor, day]), np.repeat(day, counts[actor, day])
    return Acts(actor, day, drawn_types(portfolios[actor], rng))


def reactions_to_shocks(
    level: Floats,
    background: Background,
    portfolios: Floats,
    cast: Cast,
    rng: np.random.Generator,
) -> tuple[Acts, tuple[int, ...], tuple[int, ...]]:
    """Acts that answer shocks, the days on which shocks begin, and the members of the bloc."""
    actors, days = level.shape
    none = np.empty(0, dtype=np.int64)
    acts = Acts(none, none, none)
    begun: list[int] = []
    bloc: tuple[int, ...] = ()
    kinds = {"none": (), "both": ("all", "bloc")}.get(background.shocks, (background.shocks,))
    delay: Ints = np.zeros(actors, dtype=np.int64)
    if background.delays:
        delay = np.asarray(rng.integers(0, 3, actors))
        delay[0] = 0
        delay[cast.like_b] = int(rng.integers(1, 3))
    for kind in kinds:
        loads: Floats = np.asarray(rng.gamma(2.0, 0.5, actors))
        loads[cast.like_b] = float(loads[1])
        if kind == "bloc":
            thirds = np.arange(2, cast.seen)
            hit = rng.permutation(thirds)[: round(BLOC_SHARE * len(thirds))]
            bloc = (0, 1, *sorted(int(j) for j in hit))
            loads[np.setdiff1d(thirds, hit)] = 0.0
        count = int(rng.poisson(days / SHOCK_EVERY_DAYS))
        starts: Ints = np.sort(rng.integers(0, days, count))
        begun.extend(int(day) for day in starts)
        sizes: Floats = rng.gamma(SHOCK_SHAPE, SHOCK_SIZE / SHOCK_SHAPE, count)
        acts = acts.joined(reacted(level, loads, starts, sizes, delay, portfolios, rng))
    return acts, tuple(sorted(begun)), bloc


def reacted(
    level: Floats,
    loads: Floats,
    starts: Ints,
    sizes: Floats,
    delay: Ints,
    portfolios: Floats,
    rng: np.random.Generator,
) -> Acts:
    """Acts that answer shocks, as (actor, shock, days since) intensities."""
    days, types = level.shape[1], portfolios.shape[1]
    fading = np.exp(-np.arange(REACTION_DAYS) / SHOCK_DECAY_DAYS)
    usual = level[:, np.minimum(starts, days - 1)]
    means = (usual * loads[:, None] * sizes)[:, :, None] * fading
    counts = rng.poisson(means)
    actor, shock, since = np.nonzero(counts)
    times = counts[actor, shock, since]
    actor, shock, since = (np.repeat(part, times) for part in (actor, shock, since))
    own = drawn_types(portfolios[actor], rng)
    profile = rng.dirichlet(np.full(types, 0.3), len(starts)) if types > 1 else None
    if profile is not None and len(actor):
        theirs = drawn_types(profile[shock], rng)
        own = np.where(rng.random(len(own)) < SHOCK_TYPE_SHARE, theirs, own)
    day = starts[shock] + since + delay[actor]
    return Acts(actor, day, own).picked(day < days)


def with_bursts(acts: Acts, days: int, portfolios: Floats, rng: np.random.Generator) -> Acts:
    """The acts and all that they cause, until a generation has no children."""
    parents = acts
    while len(parents.day):
        times = rng.poisson(BRANCHING, len(parents.day))
        actor, day, type_ = (
            np.repeat(part, times) for part in (parents.actor, parents.day, parents.type)
        )
        day = day + rng.exponential(BURST_DAYS, len(day)).astype(np.int64)
        anew = rng.random(len(day)) < 0.5
        type_ = np.where(anew, drawn_types(portfolios[actor], rng), type_)
        parents = Acts(actor, day, type_).picked(day < days)
        acts = acts.joined(parents)
    return acts


def planted_acts(
    acts: Acts,
    kind: str,
    rho: float,
    portfolios: Floats,
    cast: Cast,
    rng: np.random.Generator,
) -> Acts:
    """The acts by which B, its partners and its coupled twins join A; some fall beyond the end."""
    none = np.empty(0, dtype=np.int64)
    planted = Acts(none, none, none)
    for joiner in cast.coupled if kind != "none" else ():
        theirs = acts.picked((acts.actor == 0) & (rng.random(len(acts.day)) < rho))
        for actor in (joiner, *(cast.joiners if joiner == 1 else ())):
            planted = planted.joined(_answers(theirs, int(actor), kind, portfolios, rng))
    return planted


def _answers(
    theirs: Acts, actor: int, kind: str, portfolios: Floats, rng: np.random.Generator
) -> Acts:
    """One act of an actor for each of theirs."""
    count = len(theirs.day)
    shift = np.zeros(count, dtype=np.int64)
    if kind == "follow":
        shift = rng.integers(1, 6, count)
    elif kind == "loose":
        shift = rng.integers(-2, 3, count)
    type_ = theirs.type
    if kind == "timing":
        type_ = drawn_types(np.repeat(portfolios[[actor]], count, axis=0), rng)
    return Acts(np.full(count, actor), theirs.day + shift, type_)


def retold_acts(acts: Acts, rng: np.random.Generator) -> Acts:
    """Further reports of acts, up to three days late."""
    viral = rng.random(len(acts.day)) < VIRAL_SHARE
    times = rng.poisson(np.where(viral, VIRAL_REPORTS, REPORTS))
    again = acts.picked(np.repeat(np.arange(len(acts.day)), times))
    late = rng.choice(len(REPORT_DELAYS), len(again.day), p=REPORT_DELAYS)
    return Acts(again.actor, again.day + late, again.type)


def counted_acts(acts: Acts, shape: tuple[int, int, int]) -> Ints:
    """The list as an array of counts; acts beyond either end are left out."""
    inside = acts.picked((acts.day >= 0) & (acts.day < shape[2]))
    flat = np.ravel_multi_index((inside.actor, inside.type, inside.day), shape)
    counts = np.bincount(flat, minlength=shape[0] * shape[1] * shape[2])
    return np.asarray(counts.reshape(shape), dtype=np.int64)
