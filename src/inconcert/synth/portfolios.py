"""Made-up worlds of actors with known portfolios: what they do toward a target, in which kinds.

In the null worlds A and B choose, on every day, among the kinds with the same chances; that they
act at different rates, in bursts, on different shocks, or early and late in the year, is no
division of labour. Kinds may stand for domains, or for promises, other words and deeds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from inconcert.errors import BadInput
from inconcert.synth.acts import (
    BRANCHING,
    REACTION_DAYS,
    SHOCK_DECAY_DAYS,
    SHOCK_EVERY_DAYS,
    SHOCK_SHAPE,
    SHOCK_SIZE,
    SHOCK_TYPE_SHARE,
    Acts,
    Background,
    Cast,
    Floats,
    Ints,
    counted_acts,
    drawn_types,
    regime_levels,
    retold_acts,
    volume_of_news,
    with_bursts,
)

HABITS = (0.62, 0.14, 0.05, 0.04, 0.15)
"""Usual shares of the five domains: most acts are diplomatic."""
THIRD_SPREAD, THIRD_RATE, THIRD_HABIT = 0.8, 0.25, 30.0
PROFILE, FASHION, WINDOW_DAYS = 1.5, 4.0, 28
"""Concentration of a shock's profile, and of the fashions of a year, around the habits."""

NULLS: Mapping[str, Background] = MappingProxyType(
    {
        "L1": Background("independent"),
        "L2": Background("shocks", shocks="all"),
        "L3": Background("bursts", bursts=True),
        "L4": Background("retold acts", reports=True),
        "L5": Background("regime of the pair", regime="pair"),
        "L6": Background("fashions, A early and B late", regime="fashion"),
        "L7": Background(
            "volume, shocks, delays, bursts, retold acts, regime",
            volume=True,
            shocks="all",
            delays=True,
            bursts=True,
            reports=True,
            regime="all",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class LabourWorld:
    """Acts toward one target with known portfolios.

    Attributes:
        counts: acts, shape (actors, kinds, days); A and B come first.
        expected: expected acts by kind over the whole world, given its loads, rates and regimes
            but not its luck, shape (actors, kinds). Its shares are what an interval must cover.
    """

    counts: Ints
    expected: Floats

    @property
    def shares(self) -> Floats:
        """True shares, shape (actors, kinds)."""
        return np.asarray(self.expected / self.expected.sum(axis=1, keepdims=True))


def labour_world(
    rng: np.random.Generator,
    *,
    null: str = "L7",
    days: int = 243,
    rates: tuple[float, float] = (0.7, 0.85),
    habits: Sequence[float] = HABITS,
    tilt: float = 0.0,
    turns: float = 0.0,
    third_parties: int = 12,
    third_rate: float = THIRD_RATE,
    third_habit: float = THIRD_HABIT,
) -> LabourWorld:
    """Draw one world.

    Args:
        null: background, a key of `NULLS`.
        rates: acts a day of A and B, before shocks and retelling.
        habits: chances of the kinds, shape (kinds,).
        tilt: 0 is the null: A and B have the same habits. Else A turns this share of its acts to
            the second kind and B to the third.
        turns: 0 is the null; else the share of its acts that A turns to the second kind in some
            four-week windows, drawn at random, and B in the others.
        third_parties: actors besides A and B.
        third_rate: their median acts a day.
        third_habit: how close their habits are to `habits` (Dirichlet); infinite: the same.

    Raises:
        BadInput: the background is unknown or the tilt is no share.
    """
    if null not in NULLS or not 0 <= tilt < 1:
        raise BadInput(
            f"There is no world {null!r} with tilt {tilt}.", advice=f"Worlds: {', '.join(NULLS)}."
        )
    background, actors = NULLS[null], 2 + third_parties
    usual = np.asarray(habits, dtype=float) / np.sum(habits)
    own = np.repeat(usual[None], actors, axis=0)
    if np.isfinite(third_habit):
        own = rng.dirichlet(third_habit * usual, actors)
    own[:2] = (1 - tilt) * usual
    own[0, 1] += tilt
    own[1, 2 % len(usual)] += tilt
    base = third_rate * np.exp(rng.normal(0.0, THIRD_SPREAD, actors))
    base[:2] = rates
    level = base[:, None] * volume_of_news(days, background, rng)
    if background.regime in ("all", "pair"):
        level = level * regime_levels(actors, days, background, Cast(third_parties), rng)
    fashion = np.repeat(own[:, :, None], days, axis=2)
    if background.regime == "fashion":
        level, fashion = _fashions(level, own, usual, rng)
    if turns:
        fashion = _in_turns(fashion, turns, rng)
    if background.bursts:
        level = level * (1 - BRANCHING)
    acts = _drawn(level, fashion, rng)
    mean = np.einsum("ad,akd->ak", level, fashion)
    if background.shocks != "none":
        reactions, added = _reactions(level, own, usual, background, rng)
        acts, mean = acts.joined(reactions), mean + added
    if background.bursts:
        acts = with_bursts(acts, days, own, rng)
        mean = _with_children(mean, own)
    if background.reports:
        acts = acts.joined(retold_acts(acts, rng))
    return LabourWorld(counted_acts(acts, (actors, len(usual), days)), mean)


def followed(
    counts: Ints,
    *,
    anchor: int,
    deed: int,
    share: float,
    window_days: int,
    rng: np.random.Generator,
) -> Ints:
    """The same world with a share of A's acts of one kind followed by an act of another.

    Args:
        counts: shape (actors, kinds, days).
        anchor: kind that is followed (a promise).
        deed: kind that follows it.
        share: share of the anchors that are followed.
        window_days: it comes 1 to so many days later; what would fall beyond the end is lost.
    """
    made = counts.copy()
    day = np.repeat(np.arange(counts.shape[2]), counts[0, anchor])
    kept = day[rng.random(len(day)) < share]
    kept = kept + rng.integers(1, window_days + 1, len(kept))
    np.add.at(made[0, deed], kept[kept < counts.shape[2]], 1)
    return made


def targets_world(
    rng: np.random.Generator,
    *,
    targets: int = 30,
    weeks: int = 35,
    concentration: float = 60.0,
    bursts: float = 0.5,
    shocks: bool = True,
    rates: tuple[float, float] = (5.0, 5.0),
    tilt: float = 0.0,
) -> Ints:
    """Acts of A, B and the third parties together toward many targets, week by week.

    In the null A and B keep, toward the first target as toward all others, the portfolio that their
    habits and the target's needs let one expect, up to a deviation that every pair of an actor and
    a target has.

    Args:
        concentration: how close the portfolio of an actor toward a target is to the expected one
            (Dirichlet); smaller is wilder.
        bursts: share of acts that an earlier act of the same actor caused.
        shocks: whether weeks come in which everybody acts more toward a target, in a profile of
            the week.
        rates: acts a week of A and B toward a middling target.
        tilt: 0 is the null; else the share of its acts toward the first target that A turns to the
            second kind and B to the third.

    Returns:
        Shape (3, targets, kinds, weeks): A, B, third parties; T is the first target.
    """
    usual = np.asarray(HABITS) / np.sum(HABITS)
    kinds = len(usual)
    habit = rng.dirichlet(20 * usual, 3)
    need = np.exp(rng.normal(0.0, 0.5, (targets, kinds)))
    fit = habit[:, None, :] * need[None]
    fit /= fit.sum(axis=2, keepdims=True)
    own = _dirichlet_rows(concentration * fit, rng)
    own[0, 0] = (1 - tilt) * own[0, 0] + tilt * np.eye(kinds)[1]
    own[1, 0] = (1 - tilt) * own[1, 0] + tilt * np.eye(kinds)[2]
    size = np.exp(rng.normal(0.0, 0.7, targets))
    size[0] = 1.0
    level = np.array([*rates, 8 * float(np.mean(rates))])[:, None, None] * size[None, :, None]
    level = np.repeat(level * (1 - bursts), weeks, axis=2)
    means = level[:, :, None, :] * own[..., None]
    if shocks:
        struck = rng.random((targets, weeks)) < 7 / SHOCK_EVERY_DAYS
        load = rng.gamma(2.0, 0.5, (3, targets))[:, :, None] * struck * rng.gamma(2.0, 1.0)
        mean = np.repeat(fit.mean(axis=0)[:, None], weeks, axis=1)
        profile = _dirichlet_rows(PROFILE * kinds * mean, rng)
        part = SHOCK_TYPE_SHARE * np.moveaxis(profile, 2, 1)[None]
        part = part + (1 - SHOCK_TYPE_SHARE) * own[..., None]
        means = means + (level * load)[:, :, None, :] * part
    return _with_bursts_by_week(rng.poisson(means), own, bursts, rng)


def _fashions(
    level: Floats, own: Floats, usual: Floats, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """A is busy early and B late, and what everybody does changes slowly over the year."""
    days = level.shape[1]
    times = np.linspace(0.0, 1.0, days)
    level = level.copy()
    level[0] *= 0.3 + 1.4 * (1 - times)
    level[1] *= 0.3 + 1.4 * times
    ends = rng.dirichlet(FASHION * len(usual) * usual, 2) / usual
    lean = ends[0][:, None] * (1 - times) + ends[1][:, None] * times
    fashion = own[:, :, None] * lean[None]
    return level, np.asarray(fashion / fashion.sum(axis=1, keepdims=True))


def _in_turns(chances: Floats, share: float, rng: np.random.Generator) -> Floats:
    """In each four-week window either A or B turns to the second kind."""
    days = chances.shape[2]
    whose = np.repeat(rng.integers(0, 2, -(-days // WINDOW_DAYS)), WINDOW_DAYS)[:days]
    made = chances.copy()
    for one in (0, 1):
        here = whose == one
        made[one][:, here] *= 1 - share
        made[one, 1, here] += share
    return np.asarray(made)


def _drawn(level: Floats, chances: Floats, rng: np.random.Generator) -> Acts:
    counts = rng.poisson(level)
    actor, day = np.nonzero(counts)
    times = counts[actor, day]
    actor, day = np.repeat(actor, times), np.repeat(day, times)
    return Acts(actor, day, drawn_types(chances[actor, :, day], rng))


def _reactions(
    level: Floats,
    own: Floats,
    usual: Floats,
    background: Background,
    rng: np.random.Generator,
) -> tuple[Acts, Floats]:
    """Acts that answer shocks, and how many of each kind were to be expected."""
    actors, days = level.shape
    count = int(rng.poisson(days / SHOCK_EVERY_DAYS))
    starts: Ints = np.sort(rng.integers(0, days, count))
    loads: Floats = np.asarray(rng.gamma(2.0, 0.5, actors))
    sizes: Floats = rng.gamma(SHOCK_SHAPE, SHOCK_SIZE / SHOCK_SHAPE, count)
    delay: Ints = np.asarray(rng.integers(0, 3, actors) if background.delays else np.zeros(actors))
    fading = np.exp(-np.arange(REACTION_DAYS) / SHOCK_DECAY_DAYS)
    means = (level[:, starts] * loads[:, None] * sizes)[:, :, None] * fading
    counts = rng.poisson(means)
    actor, shock, since = np.nonzero(counts)
    times = counts[actor, shock, since]
    actor, shock, since = (np.repeat(part, times) for part in (actor, shock, since))
    profiles = rng.dirichlet(PROFILE * len(usual) * usual, max(1, count))
    kind = drawn_types(own[actor], rng)
    if len(actor):
        theirs = drawn_types(profiles[shock], rng)
        kind = np.where(rng.random(len(actor)) < SHOCK_TYPE_SHARE, theirs, kind)
    day = starts[shock] + since + delay[actor].astype(np.int64)
    mix = SHOCK_TYPE_SHARE * usual + (1 - SHOCK_TYPE_SHARE) * own
    expected = means.sum(axis=(1, 2))[:, None] * mix
    return Acts(actor, day, kind).picked(day < days), np.asarray(expected)


def _with_children(mean: Floats, own: Floats) -> Floats:
    """Expected acts with all they cause: half of the children are of their parent's kind."""
    total, parents = mean.copy(), mean
    for _ in range(40):
        anew = parents.sum(axis=1, keepdims=True) * own
        parents = BRANCHING * 0.5 * (parents + anew)
        total = total + parents
    return np.asarray(total)


def _dirichlet_rows(weights: Floats, rng: np.random.Generator) -> Floats:
    drawn = rng.gamma(np.maximum(weights, 1e-3)) + 1e-12
    return np.asarray(drawn / drawn.sum(axis=-1, keepdims=True))


def _with_bursts_by_week(
    acts: Ints, own: Floats, branching: float, rng: np.random.Generator
) -> Ints:
    """Children in the same week, half of their parent's kind."""
    total, parents = acts.copy(), acts
    while parents.any() and branching > 0:
        alike = rng.poisson(branching * 0.5 * parents)
        anew = rng.poisson(branching * 0.5 * parents.sum(axis=2, keepdims=True) * own[..., None])
        parents = np.asarray(alike + anew)
        total = total + parents
    return np.asarray(total)
