"""Who with whom: camps by friendly and hostile acts, how sure they are, and who links them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inconcert.core.result import TestResult
from inconcert.errors import BadInput, TooFewEvents
from inconcert.measure.communities_search import best_camps, signed_surplus

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

LEAST_ACTORS, LEAST_ACTS, LEAST_WEEKS, BLOCK_WEEKS, STEPS = 6, 100, 8, 2, 12
SURE, SHORT, LEAST_DIFFER = 0.9, 1.2, 0.03
NULL = (
    "Pairs differ in how friendly they are, and so do actors, but which pairs are the friendly "
    "ones has nothing to do with any camps."
)


@dataclass(frozen=True, slots=True)
class Communities:
    """Camps of one period.

    Attributes:
        result: signed modularity of the camps found and its mean under the null; p one-sided;
            `n` is acts.
        camps: actors of each camp, as indices, in order.
        together: share of resampled periods in which two actors are in the same camp, shape
            (actors, actors).
        sure: those of each camp that are with its centre, the member most often with the others,
            in nine of ten resampled periods.
    """

    result: TestResult
    camps: tuple[tuple[int, ...], ...]
    together: Floats
    sure: tuple[tuple[int, ...], ...]

    def camp_of(self, actor: int) -> int:
        """Number of the camp of an actor."""
        return next(number for number, camp in enumerate(self.camps) if actor in camp)


@dataclass(frozen=True, slots=True)
class Broker:
    """An actor whose cooperative acts reach several camps.

    Attributes:
        actor: index.
        reach: chance that two of its cooperative acts go to different camps, 0–1.
        interval: of the reach, at 90 %.
        usual: median reach of all actors.
        is_broker: whether the whole interval lies above the median.
        acts: its cooperative acts.
    """

    actor: int
    reach: float
    interval: tuple[float, float]
    usual: float
    is_broker: bool
    acts: int


def communities(
    good: npt.ArrayLike,
    bad: npt.ArrayLike,
    *,
    rng: np.random.Generator,
    draws: int = 199,
    seed: int | None = None,
) -> Communities:
    """Find the camps of one period.

    Args:
        good: cooperative acts between actors week by week, either way round, shape (weeks,
            actors, actors).
        bad: hostile acts, same shape.
        rng: source of all randomness; the caller seeds it.
        draws: networks of the null, and resampled periods.
        seed: what the generator was seeded with, for the record.

    Returns:
        The camps, the test, and how often two actors are together.

    Null: pairs differ in how friendly they are, and so do actors, but which pairs are the
        friendly ones has nothing to do with any camps.

    Blind to: camps whose members hardly deal with each other; who is friendly only in words; an
        actor that stands between two camps is put into one of them (see `together`).

    Raises:
        TooFewEvents: fewer than 100 acts, 6 actors or 8 weeks.
        BadInput: shapes differ.

    References:
        [gomez2009]: modularity where ties have a sign.
        [blondel2008]: the search.
        [kunsch1989]: resampling of blocks of weeks.
    """
    weekly = _weekly(good, bad)
    weeks, actors = weekly[0].shape[:2]
    total = [part.sum(axis=0) for part in weekly]
    acts = int((total[0].sum() + total[1].sum()) / 2)
    for unit, got, need in (
        ("events", acts, LEAST_ACTS),
        ("actors", actors, LEAST_ACTORS),
        ("weeks of data", weeks, LEAST_WEEKS),
    ):
        if got < need:
            raise TooFewEvents("camps", got, need, unit)
    camp, found = best_camps(signed_surplus(total[0][None], total[1][None]))
    _, null = best_camps(signed_surplus(*_shuffled(weekly, draws, rng)))
    picked = _resampled(weeks, draws, rng)
    drawn = [np.tensordot(picked, part, axes=1) for part in weekly]
    camps_drawn, _ = best_camps(signed_surplus(drawn[0], drawn[1]))
    together = (camps_drawn[:, :, None] == camps_drawn[:, None, :]).mean(axis=0)
    held = tuple(
        tuple(int(one) for one in np.flatnonzero(camp[0] == number))
        for number in range(int(camp[0].max()) + 1)
    )
    result = TestResult(
        "camps",
        float(found[0]),
        float(null.mean()),
        (1 + int((null >= found[0]).sum())) / (1 + draws),
        None,
        NULL,
        acts,
        draws,
        seed,
        "gomez2009 blondel2008 kunsch1989",
    )
    return Communities(result, held, together, tuple(_sure(one, together) for one in held))


def brokers(
    good: npt.ArrayLike,
    camps: Sequence[Sequence[int]],
    *,
    rng: np.random.Generator,
    least_acts: int = 20,
    draws: int = 199,
) -> tuple[Broker, ...]:
    """How far the cooperative acts of each actor reach beyond one camp.

    Args:
        good: cooperative acts week by week, shape (weeks, actors, actors), symmetric.
        camps: actors of each camp, as `communities` gives them.
        rng: source of all randomness.
        least_acts: cooperative acts that an actor must have to be told of.
        draws: resampled periods.

    Returns:
        Actors with enough acts, farthest reach first.

    Null: none; an estimate, given the camps.

    Blind to: whether what passes between camps passes through the actor: it deals with both.

    References:
        [guimera2005]: participation in several modules.
        [simpson1949]: its unbiased form for counts.
    """
    weekly = np.asarray(good, dtype=float)
    weeks, actors = weekly.shape[:2]
    member = np.zeros((actors, len(camps)))
    for number, camp in enumerate(camps):
        member[list(camp), number] = 1.0
    into = weekly @ member
    acts = into.sum(axis=(0, 2))
    reach = _reach(into.sum(axis=0)[None])[0]
    drawn = _reach(np.tensordot(_resampled(weeks, draws, rng), into, axes=1))
    told = np.flatnonzero(acts >= least_acts)
    usual = float(np.median(reach[told])) if len(told) else 0.0
    found = []
    for actor in told:
        # resampling makes counts look more concentrated than they are: moved back by so much
        moved = reach[actor] - drawn[:, actor].mean()
        low, high = np.quantile(drawn[:, actor], [0.05, 0.95]) + moved
        low, high = max(0.0, float(low)), min(1.0, float(high))
        found.append(
            Broker(
                int(actor), float(reach[actor]), (low, high), usual, low > usual, int(acts[actor])
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.reach, one.actor)))


def changed_sides(
    before: Communities, after: Communities
) -> tuple[tuple[int, int, float, float], ...]:
    """Pairs that surely were together in one period and surely are not in the other.

    Args:
        before: camps of the earlier period.
        after: camps of the later, of the same actors.

    Returns:
        Both actors, and the share of resampled periods in which they were together, before and
        after; only pairs with one share of at least 0.9 and one of at most 0.1.
    """
    one, other = before.together, after.together
    if one.shape != other.shape:
        raise BadInput("Camps of different actors.", advice="Give the same actors in both.")
    turned = ((one >= SURE) & (other <= 1 - SURE)) | ((one <= 1 - SURE) & (other >= SURE))
    return tuple(
        (int(a), int(b), float(one[a, b]), float(other[a, b]))
        for a, b in zip(*np.nonzero(np.triu(turned, 1)), strict=True)
    )


def _weekly(good: npt.ArrayLike, bad: npt.ArrayLike) -> tuple[Floats, Floats]:
    parts = [np.asarray(part, dtype=float) for part in (good, bad)]
    if parts[0].ndim != 3 or parts[0].shape != parts[1].shape:
        raise BadInput(
            f"Networks of shapes {parts[0].shape} and {parts[1].shape}.",
            advice="Give cooperative and hostile acts, shape (weeks, actors, actors).",
        )
    either = [part + part.transpose(0, 2, 1) for part in parts]
    either = [
        part / 2 if np.array_equal(raw, raw.transpose(0, 2, 1)) else part
        for part, raw in zip(either, parts, strict=True)
    ]
    empty = 1 - np.eye(parts[0].shape[1])
    return either[0] * empty, either[1] * empty


def _shuffled(
    weekly: tuple[Floats, Floats], draws: int, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Networks in which pairs have changed how friendly they are, given who deals with whom."""
    good, bad = (part.sum(axis=0) for part in weekly)
    rows, columns = np.nonzero(np.triu(good + bad, 1))
    total = (good + bad)[rows, columns]
    acts = np.maximum(1.0, np.round(total / _clustering(weekly, rows, columns)))
    share = good[rows, columns] / total
    usual, differ = _manners(share, acts, rows, columns, len(good))
    logits = usual + rng.normal(0.0, differ**0.5, (draws, len(total)))
    drawn = rng.binomial(acts.astype(np.int64), 1 / (1 + np.exp(-logits))) / acts * total
    out = [np.zeros((draws, *good.shape)) for _ in range(2)]
    for part, values in zip(out, (drawn, total - drawn), strict=True):
        part[:, rows, columns] = values
        part[:, columns, rows] = values
    return out[0], out[1]


def _manners(
    share: Floats, acts: Floats, rows: Ints, columns: Ints, actors: int
) -> tuple[Floats, float]:
    """Logit of pairs' cooperative shares by the manners of both, and how pairs vary about it."""
    design = np.zeros((len(share), actors + 1))
    design[:, 0] = 1.0
    design[np.arange(len(share)), rows + 1] = 1.0
    design[np.arange(len(share)), columns + 1] = 1.0
    mean = float(np.clip((share * acts).sum() / acts.sum(), 0.02, 0.98))
    usual, differ = np.full(len(share), np.log(mean / (1 - mean))), 0.25
    for _ in range(STEPS):
        chance = np.clip(1 / (1 + np.exp(-usual)), 0.02, 0.98)
        slope = chance * (1 - chance)
        noise = 1 / (acts * slope)
        answer = np.log(chance / (1 - chance)) + (share - chance) / slope
        weight = 1 / (noise + differ)
        gram = design.T @ (design * weight[:, None])
        gram[np.arange(1, actors + 1), np.arange(1, actors + 1)] += 1.0
        slopes = np.linalg.solve(gram + 1e-9 * np.eye(actors + 1), design.T @ (weight * answer))
        usual = design @ slopes
        left = float((weight * (answer - usual) ** 2).sum())
        room = max(len(share) - actors, 1)
        differ = min(4.0, max(0.0, differ + (left - room) / float(weight.sum())))
    # with few acts a pair, an estimate of this kind falls short by about so much
    return np.asarray(usual), SHORT * differ + LEAST_DIFFER


def _clustering(weekly: tuple[Floats, Floats], rows: Ints, columns: Ints) -> float:
    """By how much acts of a week that are alike stretch the variance of shares, 1 or more."""
    good, bad = (part[:, rows, columns] for part in weekly)
    acts = good + bad
    share = good.sum(axis=0) / np.maximum(acts.sum(axis=0), 1.0)
    left, mean = (good - acts * share) ** 2, acts * share * (1 - share)
    return max(1.0, float(left.sum() / max(float(mean.sum()), 1e-9)))


def _resampled(weeks: int, draws: int, rng: np.random.Generator) -> Floats:
    """How often each week is in each resampled period, shape (draws, weeks)."""
    starts = rng.integers(0, weeks, (draws, -(-weeks // BLOCK_WEEKS)))
    days = (starts[:, :, None] + np.arange(BLOCK_WEEKS)).reshape(draws, -1)[:, :weeks] % weeks
    return np.asarray((days[:, :, None] == np.arange(weeks)).sum(axis=1), dtype=float)


def _sure(camp: tuple[int, ...], together: Floats) -> tuple[int, ...]:
    centre = max(camp, key=lambda one: float(together[one, list(camp)].sum()))
    return tuple(one for one in camp if together[centre, one] >= SURE)


def _reach(into: Floats) -> Floats:
    """Chance that two acts go to different camps, shape (draws, actors, camps) -> without camps."""
    total = into.sum(axis=2)
    same = (into * (into - 1)).sum(axis=2)
    return np.asarray(np.clip(1 - same / np.maximum(total * (total - 1), 1.0), 0.0, 1.0))
