"""Made-up daily counts whose changes are known: of rate, of portfolio, of stance, after shocks.

Every trap that may pass for a turning point or a spill-over can be set by itself (`TRAPS`): bursts,
acts that cause acts, weekends, a source that grows, common shocks, acts told again. Everything is
drawn from the generator that is passed in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from inconcert.errors import BadInput
from inconcert.synth.acts import (
    BURST_DAYS,
    Acts,
    Background,
    Cast,
    Floats,
    Ints,
    counted_acts,
    own_acts,
    reactions_to_shocks,
    retold_acts,
    type_habits,
    volume_of_news,
)

VOLUME_A_DAY, WEEKEND, EARLIER_DAYS = 400.0, 0.4, 70
SOURCE_FACTORS = (2.0, 0.5)


@dataclass(frozen=True, slots=True)
class Trap:
    """What may pass for a change where there is none.

    Attributes:
        title: the trap in a few words.
        background: the traps that worlds share with these.
        branching: acts that each act causes, 0 to below 1.
        burst_days: mean days from an act to what it causes.
        weekend: acts on weekends fall to 0.4, though the source reports as ever.
        source: the volume of the source doubles or halves once, and the acts told with it.
    """

    title: str
    background: Background
    branching: float = 0.0
    burst_days: float = BURST_DAYS
    weekend: bool = False
    source: bool = False


TRAPS: Mapping[str, Trap] = MappingProxyType(
    {
        "independent": Trap("independent", Background("independent")),
        "volume": Trap("volume of the news", Background("volume", volume=True)),
        "source": Trap("the source grows or shrinks", Background("source"), source=True),
        "shocks": Trap("common shocks", Background("shocks", shocks="all")),
        "bursts": Trap("bursts", Background("bursts"), branching=0.5),
        "excited": Trap("acts cause acts", Background("excited"), branching=0.65, burst_days=4.0),
        "retold": Trap("retold acts", Background("retold", reports=True)),
        "weekend": Trap("weekends", Background("weekend"), weekend=True),
        "all": Trap(
            "all of these",
            Background("all", volume=True, shocks="all", delays=True, reports=True),
            branching=0.5,
            weekend=True,
            source=True,
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Changing:
    """Daily counts of some actors, and what is true of them.

    Attributes:
        counts: acts, shape (actors, types, days).
        volume: reported events of the source that are not toward the target, shape (days,).
        planned: planted acts a day on average beyond the habit, shape (actors, days); what the
            acts cause and what is told again is counted in.
        day: first day of the new rate or portfolio; None where nothing changes for good.
        shock_days: days on which a shock common to all begins.
    """

    counts: Ints
    volume: Floats
    planned: Floats
    day: int | None
    shock_days: tuple[int, ...]


def changing(
    rng: np.random.Generator,
    *,
    trap: str = "independent",
    days: int = 365,
    rates: tuple[float, ...] = (1.0,),
    types: int = 1,
    factor: float = 1.0,
    shift: float = 0.0,
    day: int | None = None,
    changed: tuple[int, ...] = (0,),
    after: tuple[tuple[int, int], ...] = (),
) -> Changing:
    """Draw daily counts in which the rate or the portfolio of some actors changes.

    Args:
        rng: source of all randomness.
        trap: name in `TRAPS`.
        days: length.
        rates: acts a day of each actor before anything is caused, answered or told again.
        types: number of types; 1 for counts without types.
        factor: what the rate is multiplied by.
        shift: share of acts that become of the first type.
        day: first day of the change; drawn from the middle half where not given.
        changed: the actors that change.
        after: instead of for good, only in these closed ranges of days.

    Returns:
        Counts, volume and the truth. The shocks of a trap hit all actors alike in time.

    Raises:
        BadInput: there is no such trap, or the shift is no share.
    """
    if trap not in TRAPS or not 0 <= shift <= 1:
        raise BadInput(
            f"There is no world with trap {trap!r} and shift {shift}.",
            advice=f"Traps: {', '.join(TRAPS)}; a shift is a share from 0 to 1.",
        )
    kind = TRAPS[trap]
    begun = int(rng.integers(days // 4, days - days // 4)) if day is None else day
    count = max(2, len(rates))
    base = np.resize(np.asarray(rates, dtype=float), count)
    # what happened before the first day still has its consequences after it
    seen, days = days, days + EARLIER_DAYS
    volume = volume_of_news(days, kind.background, rng) * _source(days, kind, rng)
    level = base[:, None] * volume * _weekends(days, kind, rng) * (1 - kind.branching)
    times, is_after = np.ones((count, days)), _is_after(seen, begun, after)
    is_changed = np.isin(np.arange(count), changed)
    times[is_changed[:, None] & is_after] = factor
    portfolios = type_habits(count, types, rng)
    cast = Cast(count - 2)
    acts = own_acts(level * times, portfolios, rng)
    answers, begins, _ = reactions_to_shocks(level, kind.background, portfolios, cast, rng)
    # a higher rate magnifies the answers to shocks as well
    acts = acts.joined(_more(answers, times, rng))
    acts = _shifted(acts, shift, changed, is_after, rng)
    acts = with_children(acts, days, kind, rng)
    if kind.background.reports:
        acts = acts.joined(retold_acts(acts, rng))
    counts = counted_acts(acts, (count, types, days))[: len(rates), :, EARLIER_DAYS:]
    volume = volume[EARLIER_DAYS:]
    planned = (base[:, None] * volume * (times[:, EARLIER_DAYS:] - 1))[: len(rates)]
    holds = (factor != 1.0 or shift > 0) and not after
    return Changing(
        counts,
        rng.poisson(VOLUME_A_DAY * volume).astype(float),
        np.asarray(planned),
        begun if holds else None,
        tuple(one - EARLIER_DAYS for one in begins if one >= EARLIER_DAYS),
    )


def with_children(acts: Acts, days: int, trap: Trap, rng: np.random.Generator) -> Acts:
    """The acts and all that they cause; half of the children are of the parent's type."""
    if trap.branching <= 0:
        return acts
    parents, pool = acts, acts.type
    while len(parents.day):
        times = rng.poisson(trap.branching, len(parents.day))
        actor, day, type_ = (
            np.repeat(part, times) for part in (parents.actor, parents.day, parents.type)
        )
        day = day + rng.exponential(trap.burst_days, len(day)).astype(np.int64)
        anew = rng.random(len(day)) < 0.5
        if len(pool):
            type_ = np.where(anew, rng.choice(pool, len(day)), type_)
        parents = Acts(actor, day, type_).picked(day < days)
        acts = acts.joined(parents)
    return acts


def signed_network(
    rng: np.random.Generator,
    *,
    actors: int = 24,
    weeks: int = 26,
    groups: int = 1,
    contrast: float = 0.0,
    rate: float = 0.6,
    clusters: float = 1.0,
) -> tuple[Ints, Ints, Ints]:
    """Cooperative and hostile acts between actors, week by week, in known camps.

    Args:
        rng: source of all randomness.
        actors: number of actors.
        weeks: number of weeks.
        groups: camps; 1 is no camp.
        contrast: how much larger the cooperative share is within a camp than across, in logits.
        rate: mean acts a week of a pair.
        clusters: mean acts that come together; 1 is no clustering.

    Returns:
        Cooperative acts, hostile acts, both of shape (weeks, actors, actors), symmetric, and
        the camp of each actor, shape (actors,). Actors differ in how busy and how friendly they
        are, and so do pairs: that is no camp.
    """
    camp: Ints = np.asarray(rng.permutation(np.arange(actors) % groups), dtype=np.int64)
    busy = rng.gamma(2.0, 0.5, actors)
    pair_busy = rng.gamma(1.0, 1.0, (actors, actors))
    friendly, pair_friendly = rng.normal(0.3, 0.5, actors), rng.normal(0, 0.6, (actors, actors))
    logits = friendly[:, None] + friendly + pair_friendly
    logits = logits + contrast * (np.where(camp[:, None] == camp, 0.5, -0.5) if groups > 1 else 0)
    share = 1 / (1 + np.exp(-logits))
    upper = np.triu(np.ones((actors, actors)), 1)
    level = rate * busy[:, None] * busy * pair_busy * upper
    bunches = rng.poisson(level / clusters, (weeks, actors, actors))
    more = rng.poisson(np.maximum(clusters - 1, 0) * bunches) + bunches
    good = rng.binomial(more, share)
    made = [np.asarray(part + part.transpose(0, 2, 1)) for part in (good, more - good)]
    return made[0], made[1], camp


def _is_after(days: int, begun: int, ranges: tuple[tuple[int, int], ...]) -> npt.NDArray[np.bool_]:
    """Whether the change holds, from the days before the first on."""
    day = np.arange(-EARLIER_DAYS, days)
    if not ranges:
        return np.asarray(day >= begun)
    return np.asarray(np.any([(day >= first) & (day <= last) for first, last in ranges], axis=0))


def _source(days: int, trap: Trap, rng: np.random.Generator) -> Floats:
    """Factor on the volume of the source, which changes once."""
    factor = np.ones(days)
    if trap.source:
        factor[int(days * rng.uniform(0.2, 0.8)) :] = rng.choice(SOURCE_FACTORS)
    return factor


def _weekends(days: int, trap: Trap, rng: np.random.Generator) -> Floats:
    factor = np.ones(days)
    if trap.weekend:
        factor[(np.arange(days) + rng.integers(7)) % 7 < 2] = WEEKEND
    return np.asarray(factor / factor.mean())


def _more(acts: Acts, times: Floats, rng: np.random.Generator) -> Acts:
    """Each act as often as the factor of its day says, on average."""
    mean = times[acts.actor, acts.day]
    whole = np.floor(mean)
    often = whole + (rng.random(len(mean)) < mean - whole)
    return acts.picked(np.repeat(np.arange(len(mean)), often.astype(np.int64)))


def _shifted(
    acts: Acts,
    shift: float,
    changed: tuple[int, ...],
    is_after: npt.NDArray[np.bool_],
    rng: np.random.Generator,
) -> Acts:
    if shift <= 0:
        return acts
    hit = np.isin(acts.actor, changed) & is_after[acts.day] & (rng.random(len(acts.day)) < shift)
    return Acts(acts.actor, acts.day, np.where(hit, 0, acts.type))


def venue_acts(
    rng: np.random.Generator,
    shares: tuple[float, ...],
    *,
    days: int = 365,
    rate: float = 0.15,
    together: float = 0.0,
) -> tuple[Ints, Ints]:
    """Acts of concert by venue, with some acts that follow others in the same week and venue.

    Args:
        rng: source of all randomness.
        shares: of each venue; what is left runs through none.
        days: length.
        rate: acts a day.
        together: further acts that follow each act, on average, below 1; within three days.

    Returns:
        Acts in each venue, shape (venues, days), and all acts, shape (days,).
    """
    venues = len(shares)
    chances = np.r_[np.asarray(shares), 1 - sum(shares)]
    first = rng.poisson(rate * (1 - together), days)
    day = np.repeat(np.arange(days), first)
    venue = rng.choice(venues + 1, len(day), p=chances)
    times = rng.geometric(1 - together, len(day))
    day, venue = np.repeat(day, times), np.repeat(venue, times)
    day = np.minimum(day + rng.integers(0, 3, len(day)) * (together > 0), days - 1)
    counts = np.zeros((venues + 1, days), dtype=np.int64)
    np.add.at(counts, (venue, day), 1)
    return counts[:venues], np.asarray(counts.sum(axis=0))


def joint_acts(
    rng: np.random.Generator, *, actors: int = 16, weeks: int = 40, clusters: float = 1.0
) -> Ints:
    """Acts in which pairs join by chance, some actors far oftener than others.

    Args:
        rng: source of all randomness.
        actors: number of actors.
        weeks: number of weeks.
        clusters: mean acts of a pair that come together in a week; 1 is no clustering.

    Returns:
        Shape (weeks, actors, actors), symmetric.
    """
    often = rng.gamma(1.0, 1.0, actors) + 0.3
    level = np.triu(np.outer(often, often) * 0.05, 1)
    acts = rng.poisson(level / clusters, (weeks, actors, actors))
    acts = acts + rng.poisson((clusters - 1) * acts)
    return np.asarray(acts + acts.transpose(0, 2, 1), dtype=np.int64)
