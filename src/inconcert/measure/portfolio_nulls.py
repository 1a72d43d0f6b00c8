"""Is the difference of two portfolios more than chance (D1), and more than each actor's habit (D2)?

D1 asks whether A and B choose among the kinds with the same chances. D2 asks whether they differ
toward this target more than their conduct toward others, and the needs of this target, let one
expect. A difference that D1 finds and D2 does not is comparative advantage; one that both find is
targeted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from inconcert.core.result import TestResult
from inconcert.errors import BadInput, TooFewEvents
from inconcert.measure.portfolio import jensen_shannon
from inconcert.measure.portfolio_blocks import (
    BLOCK_DAYS,
    LEAST_ACTS,
    LEAST_WEEKS,
    Floats,
    by_weeks,
    weekly_shares,
)

SEGMENT_WEEKS, DOUBT, LEAST_ROOM = 4, 2.0, 0.2
LEAST_TARGETS, LEAST_OTHERS = 19, 50
SAME = (
    "On any day A and B choose among the kinds of act with the same chances; within a month the "
    "chances hold."
)
GENERIC = (
    "Toward this target A and B differ no more from their habits and from its needs than toward "
    "the other targets."
)


@dataclass(frozen=True, slots=True)
class Generic:
    """The test against habit.

    Attributes:
        result: distance from the expected difference, in standard errors squared a kind; expected
            is the mean over the placebo targets; p by rank among them; `n` is their number.
        expected: portfolios of A and of B that habit and needs let one expect, shape (2, kinds).
        distance: Jensen–Shannon distance of the portfolios found, half an act added to each kind,
            and of those expected, in bits.
    """

    result: TestResult
    expected: Floats
    distance: tuple[float, float]


def same_portfolio(
    first: npt.ArrayLike,
    second: npt.ArrayLike,
    *,
    rng: np.random.Generator,
    cuts: Sequence[int] = (),
    draws: int = 999,
    seed: int | None = None,
) -> TestResult:
    """Null D1: whether A and B have the same portfolio toward the target.

    Within segments of four weeks, cut at the change points given, the acts found are dealt out to A
    and B at random, as many to each as it has. That A is busier in some months, when everybody
    does other things, is thus no difference. What bursts and shared occasions add is the design
    effect: the variance of the weeks over that of dealing; it divides, with its own doubt.

    Args:
        first: A's acts, shape (kinds, days).
        second: B's acts, same kinds and days.
        rng: source of all randomness; the caller seeds it.
        cuts: days on which a new segment begins (turning points).
        draws: times that the acts are dealt out.
        seed: what the generator was seeded with, for the record.

    Returns:
        `statistic`: squared differences over their variance, summed over kinds and deflated;
        `expected`: the mean under the null; `n`: acts of the actor that has fewer.

    Null: on any day A and B choose among the kinds with the same chances.

    Blind to: a difference that changes its sign within the period; kinds too rare to show one.
        Bursts that last for months.

    Raises:
        BadInput: shapes differ.
        TooFewEvents: either has fewer than 20 acts, or both act in too few weeks.

    References:
        [mantel1963]: a test within strata. [rao1984]: deflation by the design effect.
        [phipson2010]: p of a permutation test.
    """
    a, b = by_weeks(first), by_weeks(second)
    if a.shape != b.shape:
        raise BadInput(
            f"Acts of shapes {a.shape} and {b.shape}.", advice="Give the same kinds and days."
        )
    for acts in (a, b):
        weekly_shares(acts, what="same portfolio")
    starts = _segments(a.shape[1], cuts)
    parts, dealt, variance, reach = _dealt(a, b, starts, draws, rng)
    kinds = variance > 0
    weight = (parts**2).sum(axis=1)
    weeks = float(weight.sum() ** 2 / max((weight**2).sum(), 1e-12))
    fewer = int(min(a.sum(), b.sum()))
    if weeks < LEAST_WEEKS or kinds.sum() < 1:
        raise TooFewEvents("same portfolio, weeks in which both act", int(weeks), LEAST_WEEKS)
    effect = _spread(parts, reach)[kinds] / variance[kinds]
    deflation = max(1.0, float(effect.mean()))
    found = parts.sum(axis=0)[kinds] ** 2 / variance[kinds]
    statistic = float(found.sum() / deflation)
    # the design effect is itself only known from so many weeks
    degrees = DOUBT * (weeks - 1)
    doubt = degrees / rng.chisquare(degrees, draws)
    null = (dealt[:, kinds] ** 2 / variance[kinds]).sum(axis=1) * doubt
    p = (1 + int((null >= statistic - 1e-9).sum())) / (1 + draws)
    return TestResult(
        "same portfolio (D1)",
        statistic,
        float(null.mean()),
        p,
        None,
        SAME,
        fewer,
        draws,
        seed,
        "mantel1963 rao1984 phipson2010",
    )


def generic_portfolio(acts: npt.ArrayLike) -> Generic:
    """Null D2: whether A and B divide their work toward this target more than by habit.

    What to expect of an actor toward a target is its share of each kind toward all other targets,
    times how much more third parties do of the kind toward this target than toward all. The same
    is done for every other target that both act on: they are the placebos, and tell how far actors
    stray from such an expectation without any bargain.

    Args:
        acts: weekly counts, shape (3, targets, kinds, weeks): A, B, all third parties together;
            the first target is the one asked about.

    Returns:
        The test; nothing is drawn.

    Null: the target is one like the other targets that both act on.

    Blind to: a bargain that covers all targets; placebo targets under a bargain of their own, which
        hide it.

    Raises:
        BadInput: the array has another shape.
        TooFewEvents: fewer than 20 acts of A or B, or 50 of third parties, toward the target;
            fewer than 19 placebo targets with as much.

    References:
        [efron2004]: the null measured on placebos. [lipsitch2010]: negative controls.
    """
    counts = np.asarray(acts, dtype=float)
    if counts.ndim != 4 or counts.shape[0] != 3 or counts.shape[1] < 2:
        raise BadInput(
            f"Acts of shape {counts.shape}.",
            advice="Give (A, B and third parties; targets; kinds; weeks).",
        )
    sums = counts.sum(axis=3)
    totals = sums.sum(axis=2)
    for who, least in ((0, LEAST_ACTS), (1, LEAST_ACTS), (2, LEAST_OTHERS)):
        if totals[who, 0] < least:
            raise TooFewEvents("division of labour beyond habit", int(totals[who, 0]), least)
    usable = (totals[:2].min(axis=0) >= LEAST_ACTS) & (totals[2] >= LEAST_OTHERS)
    places = np.flatnonzero(usable)
    if len(places) - 1 < LEAST_TARGETS:
        raise TooFewEvents(
            "division of labour beyond habit, placebo targets", len(places) - 1, LEAST_TARGETS
        )
    expected = _by_habit(sums)[:, places]
    found = (sums[:2] + 0.5)[:, places]
    found = found / found.sum(axis=2, keepdims=True)
    effects = np.array([[_effect(counts[i, t]) for t in places] for i in (0, 1)])
    gap = (found[0] - found[1] - expected[0] + expected[1]) ** 2
    base = expected * (1 - expected)
    luck = (base * (effects / totals[:2][:, places])[:, :, None]).sum(axis=0)
    habit = base.sum(axis=0)
    stray = _straying(gap[1:], luck[1:], habit[1:])
    scores = (gap / (luck + stray * habit)).mean(axis=1)
    p = (1 + int((scores[1:] >= scores[0]).sum())) / len(scores)
    result = TestResult(
        "division of labour beyond habit (D2)",
        float(scores[0]),
        float(scores[1:].mean()),
        p,
        None,
        GENERIC,
        len(scores) - 1,
        reference="efron2004 lipsitch2010",
    )
    found_distance, usual = (float(jensen_shannon(*pair[:, 0])) for pair in (found, expected))
    return Generic(result, np.asarray(expected[:, 0]), (found_distance, usual))


def _segments(weeks: int, cuts: Sequence[int]) -> list[int]:
    """First weeks of segments: at the cuts, and never longer than four weeks."""
    edges = sorted({0, weeks, *(min(weeks, max(0, round(cut / BLOCK_DAYS))) for cut in cuts)})
    return [start for first, last in pairwise(edges) for start in range(first, last, SEGMENT_WEEKS)]


def _dealt(
    a: Floats, b: Floats, starts: list[int], draws: int, rng: np.random.Generator
) -> tuple[Floats, Floats, Floats, Floats]:
    """What each week adds to the difference, the difference when dealt out, and its variance.

    The last is what a week would add if the share of a kind were 1 with A and 0 with B.
    """
    kinds, weeks = a.shape
    parts, dealt, variance = np.zeros((weeks, kinds)), np.zeros((draws, kinds)), np.zeros(kinds)
    reach = np.zeros(weeks)
    for start, stop in zip(starts, [*starts[1:], weeks], strict=True):
        mine, theirs = a[:, start:stop], b[:, start:stop]
        of_a, of_b = mine.sum(), theirs.sum()
        if of_a == 0 or of_b == 0:
            continue
        both = np.rint(mine.sum(axis=1) + theirs.sum(axis=1)).astype(np.int64)
        n = int(both.sum())
        chance = both / n
        left = of_b * (mine - chance[:, None] * mine.sum(axis=0))
        right = of_a * (theirs - chance[:, None] * theirs.sum(axis=0))
        parts[start:stop] = ((left - right) / n).T
        reach[start:stop] = (of_b**2 * mine.sum(axis=0) + of_a**2 * theirs.sum(axis=0)) / n**2
        dealt += rng.multivariate_hypergeometric(both, int(of_a), draws) - of_a * chance
        variance += of_a * of_b * chance * (1 - chance) / max(n - 1, 1)
    return parts, dealt, variance, reach


def _spread(parts: Floats, reach: Floats) -> Floats:
    """Variance of the difference as the weeks show it, less what a steady difference adds.

    Bursts and late reports run over into the next week, so neighbours count in full. A difference
    that holds all along would pass for such a burst, and hide itself.
    """
    share = reach / reach.sum()
    left = parts - share[:, None] * parts.sum(axis=0)
    spread = (left**2).sum(axis=0) + 2 * (left[1:] * left[:-1]).sum(axis=0)
    # what was taken off took a part of the spread with it
    room = 1 - float((share**2).sum()) - 2 * float((share[1:] * share[:-1]).sum())
    return np.asarray(spread / max(room, LEAST_ROOM))


def _by_habit(sums: Floats) -> Floats:
    """Expected portfolios of A and B toward each target, shape (2, targets, kinds)."""
    elsewhere = sums.sum(axis=1, keepdims=True) - sums + 0.5
    habit = elsewhere / elsewhere.sum(axis=2, keepdims=True)
    toward = (sums[2] + 0.5) / (sums[2] + 0.5).sum(axis=1, keepdims=True)
    needs = toward / habit[2]
    expected = habit[:2] * needs[None]
    return np.asarray(expected / expected.sum(axis=2, keepdims=True))


def _effect(weekly: Floats) -> float:
    """Design effect of the weeks, 1 or more."""
    total = weekly.sum(axis=0)
    n = total.sum()
    shares = weekly.sum(axis=1) / n
    single = n * (shares * (1 - shares)).sum()
    weeks = float(n**2 / (total**2).sum())
    if single <= 0 or weeks <= 1.5:
        return float(max(1.0, n / max(weeks, 1.0)))
    spread = ((weekly - shares[:, None] * total) ** 2).sum() * weeks / (weeks - 1)
    return float(max(1.0, spread / single))


def _straying(gap: Floats, luck: Floats, habit: Floats) -> float:
    """How far actors stray from the expected portfolio beyond luck, by moments over placebos."""
    low, high = 0.0, 1.0
    if float((gap / luck).mean()) <= 1.0:
        return low
    for _ in range(40):
        middle = (low + high) / 2
        fits = float((gap / (luck + middle * habit)).mean())
        low, high = (middle, high) if fits > 1.0 else (low, middle)
    return (low + high) / 2
