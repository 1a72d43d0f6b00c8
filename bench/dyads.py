"""Which estimate puts dyads in the order in which they truly co-act, where many act toward many.

    python bench/dyads.py [--worlds N] [--nulls N7 N9] [--mixes own camp] [--seed 17]

A world has several targets, and actors in camps. Some dyads join so many of each other's acts,
toward every target (`rho`); two in three of them are of one camp. Shocks hit everybody, or one
camp alone, which is no co-action. The mix of types that an actor uses may differ by target (`own`),
and by target and camp (`camp`). Every pair toward every target is scanned, and the targets of a
dyad are put together in several ways. Decision 0018 rests on what is printed.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from inconcert.core.panel import Toward
from inconcert.measure.lift import DISPERSION, FEWEST_EASED, PRIOR_SCORES
from inconcert.measure.scan import SideScan, scan_side
from inconcert.measure.scan_chance import many_count_scores
from inconcert.synth import acts as steps
from inconcert.synth.worlds import NULLS, VOLUME_A_DAY
from world import auc, spearman, weighted_share

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

ACTORS, TARGETS, CAMPS, TYPES, DAYS = 44, 24, 5, 20, 243
RATE, SPREAD, TARGET_SPREAD, PAIR_SPREAD = 0.04, 0.8, 1.1, 0.6
"""Median acts a day of an actor toward a target, and how its logarithm varies by actor, by target
and by both."""
MOST_RATE = 1.2
COUPLED, COUPLED_APART, MEAN_RHO, MOST_RHO = 0.5, 0.06, 0.03, 0.5
"""Share of dyads of one camp, and of two camps, that co-act, and how much."""
MIXES = ("same", "own", "camp")
MANY = 10.0


@dataclass(frozen=True, slots=True)
class Dyads:
    """All dyads of a world, and what is true of them.

    Attributes:
        first: places of one actor.
        second: places of the other.
        rho: share of the rarer one's acts that the other joins.
        is_of_camp: whether they are of one camp.
    """

    first: Ints
    second: Ints
    rho: Floats
    is_of_camp: npt.NDArray[np.bool_]

    def number(self) -> Ints:
        """Number of each dyad by its two places."""
        found = np.zeros((ACTORS, ACTORS), dtype=np.int64)
        found[self.first, self.second] = np.arange(len(self.rho))
        return found


def drawn(rng: np.random.Generator, null: str, mix: str) -> tuple[Dyads, list[Toward]]:
    """One world: its dyads, and acts toward each of its targets."""
    camp = rng.integers(0, CAMPS, ACTORS)
    first, second = np.triu_indices(ACTORS, 1)
    of_camp = camp[first] == camp[second]
    is_coupled = rng.random(len(first)) < np.where(of_camp, COUPLED, COUPLED_APART)
    rho = np.where(is_coupled, np.minimum(rng.exponential(MEAN_RHO, len(first)), MOST_RHO), 0.0)
    dyads = Dyads(first, second, rho, of_camp)
    volume = steps.volume_of_news(DAYS, NULLS[null], rng)
    rates = RATE * np.exp(
        rng.normal(0, SPREAD, ACTORS)[None]
        + rng.normal(0, TARGET_SPREAD, TARGETS)[:, None]
        + rng.normal(0, PAIR_SPREAD, (TARGETS, ACTORS))
    )
    portfolios = _portfolios(rng, mix, camp)
    counts = [
        _toward(rng, null, dyads, camp, np.minimum(rate, MOST_RATE), volume, habit)
        for rate, habit in zip(rates, portfolios, strict=True)
    ]
    habits = sum((one > 0).sum(axis=2) for one in counts)
    news = rng.poisson(VOLUME_A_DAY * volume).astype(np.int64)
    return dyads, [_side(number, one, news, habits) for number, one in enumerate(counts)]


def _portfolios(rng: np.random.Generator, mix: str, camp: Ints) -> Floats:
    """Shares of types, shape (targets, actors, types)."""
    shares = np.repeat(steps.type_habits(ACTORS, TYPES, rng)[None], TARGETS, axis=0)
    if mix != "same":
        shares = shares * (rng.gamma(1.5, 1 / 1.5, (TARGETS, 1, TYPES)) + 0.02)
        shares = shares * (rng.gamma(4.0, 0.25, (TARGETS, ACTORS, TYPES)) + 0.02)
    if mix == "camp":
        shares = shares * (rng.gamma(1.5, 1 / 1.5, (TARGETS, CAMPS, TYPES)) + 0.02)[:, camp]
    return np.asarray(shares / shares.sum(axis=2, keepdims=True))


def _toward(
    rng: np.random.Generator,
    null: str,
    dyads: Dyads,
    camp: Ints,
    rate: Floats,
    volume: Floats,
    habit: Floats,
) -> Ints:
    """Counts toward one target, shape (actors, types, days)."""
    trap = NULLS[null]
    level = rate[:, None] * volume * (1 - steps.BRANCHING if trap.bursts else 1.0)
    if trap.regime == "all":
        level[:, int(DAYS * rng.uniform(0.3, 0.7)) :] *= rng.choice(steps.REGIME_FACTORS)
    acts = steps.own_acts(level, habit, rng)
    delay = rng.integers(0, 3, ACTORS) if trap.delays else np.zeros(ACTORS, dtype=np.int64)
    hit = [np.ones(ACTORS, dtype=bool)] * (trap.shocks in ("all", "both"))
    hit += [camp == one for one in range(CAMPS) if trap.shocks in ("bloc", "both")]
    for who in hit:
        often = DAYS / steps.SHOCK_EVERY_DAYS / (1 if who.all() else 2)
        loads = rng.gamma(2.0, 0.5, ACTORS) * who
        starts = np.sort(rng.integers(0, DAYS, int(rng.poisson(often))))
        sizes = rng.gamma(steps.SHOCK_SHAPE, steps.SHOCK_SIZE / steps.SHOCK_SHAPE, len(starts))
        acts = acts.joined(steps.reacted(level, loads, starts, sizes, delay, habit, rng))
    if trap.bursts:
        acts = steps.with_bursts(acts, DAYS, habit, rng)
    acts = _coupled(rng, acts, dyads)
    if trap.reports:
        acts = acts.joined(steps.retold_acts(acts, rng))
    return steps.counted_acts(acts, (ACTORS, TYPES, DAYS))


def _coupled(rng: np.random.Generator, acts: steps.Acts, dyads: Dyads) -> steps.Acts:
    """The acts, and those by which the busier of each dyad joins the rarer."""
    number = np.bincount(acts.actor, minlength=ACTORS)
    joined = acts
    for place in np.flatnonzero(dyads.rho):
        pair = dyads.first[place], dyads.second[place]
        rarer, busier = pair if number[pair[0]] <= number[pair[1]] else pair[::-1]
        share = min(1.0, dyads.rho[place] * rng.gamma(3.0, 1 / 3))
        theirs = acts.picked((acts.actor == rarer) & (rng.random(len(acts.day)) < share))
        who = np.full(len(theirs.day), busier, dtype=np.int64)
        joined = joined.joined(steps.Acts(who, theirs.day, theirs.type))
    return joined


def _side(number: int, counts: Ints, news: Ints, habits: Any) -> Toward:
    return Toward(
        toward=(f"target {number}",),
        actors=tuple(f"actor {place}" for place in range(ACTORS)),
        types=tuple(f"type {place}" for place in range(TYPES)),
        days=np.datetime64("2021-01-01") + np.arange(DAYS),
        counts=counts.astype(np.int32),
        volume=news,
        covered=np.ones(DAYS, dtype=bool),
        habits=np.asarray(habits, dtype=np.int64),
        source="made up",
        query="",
    )


# -- estimates


def estimates(scans: Sequence[SideScan], dyads: Dyads, r: Floats) -> dict[str, Floats]:
    """A dyad's figures by way of putting its targets together; not a number where it has none.

    `r` is the correlation of every pair, in the order of the scans.
    """
    number = dyads.number()
    place = np.concatenate([number[side.first, side.second] for side in scans])
    j, expected, lift = (
        np.concatenate([getattr(side, name) for side in scans])
        for name in ("found", "expected", "lift")
    )
    score = np.concatenate([side.score for side in scans])
    cells = np.concatenate([side.cells for side in scans])
    # what re-centring takes off, in cells
    taken = (many_count_scores(j, expected) - score * np.concatenate([*map(_divisor, scans)])) * (
        DISPERSION * expected + 0.1
    ) ** 0.5
    many, every = expected > MANY, np.ones(len(j), dtype=bool)
    size = len(dyads.rho)

    def total(values: Floats, chosen: npt.NDArray[np.bool_]) -> Floats:
        return np.bincount(place[chosen], values[chosen], size).astype(float)

    with np.errstate(invalid="ignore", divide="ignore"):
        found = {
            "mean lift, E′ > 10": total(lift, many) / total(every * 1.0, many),
            "mean lift, all": total(lift, every) / total(every * 1.0, every),
            "pooled lift, E′ > 10": total(j, many) / total(expected, many),
            "pooled lift, all": total(j, every) / total(expected, every),
            "weighted share": weighted_share(j, expected, cells, place, size),
            "weighted share, re-centred": weighted_share(j - taken, expected, cells, place, size),
            "pooled score": total(score, every) / total(every * 1.0, every) ** 0.5,
            "mean r, E′ > 10": total(r, many) / total(every * 1.0, many),
            "mean r, all": total(r, every) / total(every * 1.0, every),
        }
    of_many = np.bincount(place[many], minlength=size) > 0
    return {name: np.where(of_many, values, np.nan) for name, values in found.items()}


def _divisor(side: SideScan) -> Floats:
    """What a score is divided by, as `measure.scan_placebos` has it."""
    squares = side.spread**2 * (side.placebos - 1) + PRIOR_SCORES
    eased = np.sqrt(squares / (side.placebos + PRIOR_SCORES))
    floored = np.maximum(1.0, side.spread)
    return np.asarray(np.where(side.expected < FEWEST_EASED, floored, eased))


def correlations(side: Toward, scan: SideScan) -> Floats:
    """Pearson's r of the daily counts of every pair of a scan."""
    daily = side.counts.sum(axis=1).astype(float)
    daily -= daily.mean(axis=1, keepdims=True)
    daily /= np.maximum(np.sqrt((daily**2).sum(axis=1, keepdims=True)), 1e-12)
    return np.asarray((daily[scan.first] * daily[scan.second]).sum(axis=1))


def marks(values: Floats, dyads: Dyads) -> tuple[float, ...]:
    """How well figures of dyads tell which co-act, and how much; see the head of the table."""
    known = np.isfinite(values)
    values, rho, of_camp = values[known], dyads.rho[known], dyads.is_of_camp[known]
    on, ones = rho > 0, np.ones(len(rho))
    return (
        spearman(values, rho, ones),
        auc(values, on, ones),
        auc(values[of_camp], on[of_camp], ones[of_camp]),
        spearman(values[on], rho[on], ones[on]),
        auc(values[~on], of_camp[~on], ones[~on]),
    )


# -- the run


def worlds(null: str, mix: str, number: int, seed: int) -> Iterator[dict[str, tuple[float, ...]]]:
    """Marks of every estimate, habits taken as they are and from this target alone."""
    for world in range(number):
        key = sum(map(ord, null + mix))
        dyads, sides = drawn(np.random.default_rng([seed, world, key]), null, mix)
        found: dict[str, tuple[float, ...]] = {}
        for tag, given in (("", sides), ("; habits of the target", [*map(_at_home, sides)])):
            scans = [scan_side(side, confirmed=1.0) for side in given]
            pairs = zip(given, scans, strict=True)
            r = np.concatenate([correlations(side, scan) for side, scan in pairs])
            told = estimates(scans, dyads, r)
            found |= {
                name + tag: marks(values, dyads)
                for name, values in told.items()
                if not (tag and name.startswith("mean r"))
            }
            off = np.concatenate(
                [scan.p[dyads.rho[dyads.number()[scan.first, scan.second]] == 0] for scan in scans]
            )
            found["p < .05 where ρ = 0" + tag] = (float((off < 0.05).mean()),)
        yield found


def _at_home(side: Toward) -> Toward:
    """The same with habits read off acts toward this target."""
    return _side(0, side.counts.astype(np.int64), side.volume, (side.counts > 0).sum(axis=2))


def main() -> None:
    """Run as a program."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--worlds", type=int, default=4)
    parser.add_argument("--nulls", nargs="+", default=["N7", "N8", "N9"], choices=list(NULLS))
    parser.add_argument("--mixes", nargs="+", default=["own", "camp"], choices=MIXES)
    parser.add_argument("--seed", type=int, default=17)
    asked = parser.parse_args()
    every: dict[str, list[tuple[float, ...]]] = {}
    for null in asked.nulls:
        for mix in asked.mixes:
            here: dict[str, list[tuple[float, ...]]] = {}
            for found in worlds(null, mix, asked.worlds, asked.seed):
                for name, values in found.items():
                    here.setdefault(name, []).append(values)
                    every.setdefault(name, []).append(values)
            _print(f"{null}, mix {mix}", here)
    _print("all", every)


def _print(title: str, found: dict[str, list[tuple[float, ...]]]) -> None:
    head = "Spearman with ρ | AUC, ρ > 0 | AUC within camps | Spearman, ρ > 0 | AUC of camp, ρ = 0"
    print(f"\n{title}\n\n| estimate | {head} |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, values in found.items():
        mean = np.array(values).mean(axis=0)
        print(f"| {name} | " + " | ".join(f"{value:.3f}" for value in mean) + " |", flush=True)


if __name__ == "__main__":
    main()
