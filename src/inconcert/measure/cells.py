"""Acts of one type on one day: the cells in which the typed test looks for two actors together.

A cell tells more than a day: that A and B condemn on the same day is more telling than that both do
something. What type an actor uses depends on its habit and on the day: on the day of an attack
everybody condemns. Third parties' types of the day are the control for that, and what that control
still misses is measured on the other pairs toward the same target (`deflation`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from inconcert.core.result import TestResult
from inconcert.errors import BadInput, TooFewEvents
from inconcert.measure.blocs import bloc_partners, stand_apart
from inconcert.measure.cells_chances import (
    SAME_DAYS,
    Others,
    Singles,
    act_intensity,
    meetings,
)
from inconcert.measure.chance import count_mid_p, normal_p, normal_quantile
from inconcert.measure.coaction import (
    ACT_DAYS_AT_LEAST,
    DIRECTIONS,
    Direction,
    placebo_actors,
    placebo_law,
    require_placebos,
)
from inconcert.measure.intensity import Intensities, intensities
from inconcert.measure.lift import (
    DISPERSION,
    FEW_EXPECTED,
    FEWEST_EASED,
    Excess,
    typed_excess,
    usual_centre,
)
from inconcert.measure.multiplicity import rank_among

__all__ = [
    "TYPED_PROFILE_WEIGHT",
    "TypedCoAction",
    "binned",
    "common_cells",
    "count_scores",
    "deflation",
    "fitting_bins",
    "typed_co_action",
    "typed_co_actions",
    "typed_rates",
]

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

BUSY, IDLE = 0.4, 0.03
BIN_DAYS = (1, 3, 7)
LEAST_P, LEAST_SPREAD = 1e-12, 0.5
SAME_DAY = "same day"
TYPED_PROFILE_WEIGHT, FAR_PROFILE_WEIGHT = 1.5, 2.0
"""Weight of third parties in common, on the same day and over several days."""
NULL = (
    "Given third parties' acts and types, the reported volume and its own habit, what each does "
    "on a day is independent of the other, but for what other pairs share."
)


@dataclass(frozen=True, slots=True)
class TypedCoAction:
    """The typed test: same day and same type.

    Attributes:
        result: cells filled by both and expected; p one-sided; the interval is of the lift, at
            90 %; `n` is cells of the actor that fills fewer.
        z: score after deflation, before re-centring.
        recentred: score after it, from which p is taken.
        deflation: cells found over cells expected of all other pairs.
        placebos: scores of A and of B with each third party but `partners`, shape (n,).
        rank: place of `z` among the placebos and their number, best first.
        excess: lift and share with intervals.
        bloc: third parties that co-act with A and with B alike; three or more make it bloc-wide.
        partners: those of them who stand apart, as in a concert of three or four; no placebos.
    """

    result: TestResult
    z: float
    recentred: float
    deflation: float
    placebos: Floats
    rank: tuple[int, int]
    excess: Excess
    bloc: tuple[int, ...]
    partners: tuple[int, ...] = ()


def typed_co_action(
    counts: npt.NDArray[Any],
    volume: npt.NDArray[Any],
    *,
    pair: tuple[int, int] = (0, 1),
    habits: npt.NDArray[Any] | None = None,
    bloc: Sequence[int] = (),
    fitted: Intensities | None = None,
) -> TypedCoAction:
    """Test whether two actors do the same on the same days more than third parties predict.

    Args:
        counts: acts toward the target, shape (actors, types, days).
        volume: reported events of the data set not toward the target, shape (days,).
        pair: places of A and B on the first axis.
        habits: acts by type of each actor toward everybody, shape (actors, types).
        bloc: third parties known to stand with A or B; no placebos.
        fitted: daily rates fitted before on the same counts.

    Returns:
        The test with its placebos.

    Null: given third parties' acts and types, the reported volume and its own habit, what each
        does on a day is independent of the other, but for what other pairs share.

    Blind to: concert in different types (division of labour) or on different days; a shock that
        A and B alone answer, and answer alike; journalism that bundles two actors in a sentence.

    Raises:
        BadInput: A is B, or the arrays do not fit.
        TooFewEvents: either actor fills fewer than five cells, or fewer than eight placebo pairs.

    References:
        [berrett2020]: chances of a variable given its confounders.
        [efron2004]: the null re-centred and widened on the scores of the placebos.
        [lipsitch2010]: placebo pairs as negative controls.
    """
    return typed_co_actions(
        counts,
        volume,
        pair=pair,
        directions=(SAME_DAY,),
        habits=habits,
        bloc=bloc,
        fitted=fitted,
    )[SAME_DAY]


def typed_co_actions(
    counts: npt.NDArray[Any],
    volume: npt.NDArray[Any],
    *,
    pair: tuple[int, int] = (0, 1),
    directions: Sequence[str] = tuple(DIRECTIONS),
    habits: npt.NDArray[Any] | None = None,
    bloc: Sequence[int] = (),
    fitted: Intensities | None = None,
) -> dict[str, TypedCoAction]:
    """Test whether two actors do the same, on the same days or one soon after the other.

    Args:
        counts: acts toward the target, shape (actors, types, days).
        volume: reported events of the data set not toward the target, shape (days,).
        pair: places of A and B on the first axis.
        directions: keys of `coaction.DIRECTIONS`; correct for asking several
            (`multiplicity.holm`).
        habits: acts by type of each actor toward everybody, shape (actors, types).
        bloc: third parties known to stand with A or B; no placebos.
        fitted: daily rates fitted before on the same counts.

    Returns:
        One test a direction, in the order asked. Where several days count, what is counted is
        pairs of cells of one type, as many days apart.

    Null: as `typed_co_action`.

    Blind to: as `typed_co_action`.

    Raises:
        BadInput: A is B, or the arrays do not fit.
        TooFewEvents: as `typed_co_action`.

    References:
        [berrett2020]: chances of a variable given its confounders.
        [efron2004]: the null re-centred and widened on the scores of the placebos.
        [lipsitch2010]: placebo pairs as negative controls.
    """
    if pair[0] == pair[1]:
        raise BadInput("A and B are the same actor.", advice="Ask about two different actors.")
    fit = intensities(counts.sum(axis=1), volume) if fitted is None else fitted
    filled = (counts > 0).sum(axis=(1, 2))
    fewer = int(min(filled[pair[0]], filled[pair[1]]))
    if fewer < ACT_DAYS_AT_LEAST:
        raise TooFewEvents("typed co-action", fewer, ACT_DAYS_AT_LEAST, "filled cells")
    thirds = placebo_actors(fit, pair, leave_out=bloc)
    require_placebos(thirds, "typed co-action")
    first = np.r_[pair[0], np.full(len(thirds), pair[0]), thirds]
    second = np.r_[pair[1], thirds, np.full(len(thirds), pair[1])]
    lags = [_signed(DIRECTIONS[name]) for name in directions]
    parts = meetings(counts, fit, first, second, habits, lags)
    return {
        name: _tested(name, *told, thirds=thirds, fewer=fewer)
        for name, *told in zip(directions, *parts, strict=True)
    }


def _signed(direction: Direction) -> tuple[int, ...]:
    """Days from A's act to B's, whoever comes first."""
    return tuple(-lag for lag in direction.lags) if direction.mirrored else direction.lags


def _tested(
    name: str,
    found: Floats,
    expected: Floats,
    plain: Floats,
    variance: Floats,
    *,
    thirds: Indices,
    fewer: int,
) -> TypedCoAction:
    """Test one direction; the first pair is the asked one, then A's placebos, then B's."""
    factor = deflation(found[1:], expected[1:])
    scores = count_scores(found, expected * factor, variance)
    with_a, with_b = np.split(scores[1:], 2)
    is_partner = stand_apart(with_a, with_b)
    partners = tuple(int(third) for third in thirds[is_partner])
    if partners:
        kept = np.r_[True, ~is_partner, ~is_partner]
        found, expected, plain, variance = (
            part[kept] for part in (found, expected, plain, variance)
        )
        thirds = thirds[~is_partner]
        factor = deflation(found[1:], expected[1:])
        scores = count_scores(found, expected * factor, variance)
        with_a, with_b = np.split(scores[1:], 2)
    is_same_day = name == SAME_DAY
    weight = TYPED_PROFILE_WEIGHT if is_same_day else FAR_PROFILE_WEIGHT
    is_eased = is_same_day and expected[0] * factor >= FEWEST_EASED
    centre, spread = placebo_law(
        with_a, with_b, weight=weight, adds_up=False, is_floored=not is_eased
    )
    final = float((scores[0] - centre) / spread)
    # how much is told against the plain product, which holds what B does more for having joined
    chance = plain * deflation(found[1:], plain[1:])
    told = typed_excess(
        float(found[0]),
        float(chance[0]),
        spread=usual_centre(count_scores(found, chance)[1:])[1],
        room=max(1.0, float(fewer)),
        is_window=not is_same_day,
    )
    result = TestResult(
        f"co-action, {name} and type",
        float(found[0]),
        told.expected,
        normal_p(final),
        told.lift_interval,
        NULL,
        fewer,
        reference="berrett2020 efron2004 lipsitch2010",
    )
    return TypedCoAction(
        result,
        float(scores[0]),
        final,
        factor,
        scores[1:],
        rank_among(float(scores[0]), scores[1:]),
        told,
        (*partners, *bloc_partners(with_a, with_b, thirds)),
        partners,
    )


def typed_rates(
    counts: npt.NDArray[Any],
    fit: Intensities,
    actors: Indices,
    partners: Indices,
    *,
    habits: npt.NDArray[Any] | None = None,
) -> Singles:
    """Chance that each actor acts in each cell, given third parties.

    Args:
        counts: acts toward the target, shape (actors, types, days).
        fit: daily rates of all actors, from the same counts.
        actors: indices, shape (n,).
        partners: indices of the actors left out of the control, shape (n,).
        habits: acts by type of each actor toward everybody, shape (actors, types); the acts
            toward this target where not given.

    Returns:
        Chances, shape (n, types, days).

    Null: given the day's rate of the actor, its habit, and the types third parties use that day,
        the type it uses has nothing to do with the partner's.

    Blind to: a shock whose type only A and B answer alike.

    References:
        [berrett2020]: the law of a variable given its confounders, types included.
    """
    others = Others.of(counts, habits)
    near, share = others.without(actors, partners)
    return others.chances(
        near, share, act_intensity((counts > 0).sum(axis=(1, 2)), fit, actors, partners), actors
    )


def common_cells(
    counts: npt.NDArray[Any],
    fit: Intensities,
    first: Indices,
    second: Indices,
    *,
    habits: npt.NDArray[Any] | None = None,
    lags: Sequence[int] = SAME_DAYS,
) -> tuple[Floats, Floats]:
    """Cells that both actors of each pair fill, found and expected.

    Args:
        counts: acts toward the target, shape (actors, types, days).
        fit: daily rates of all actors.
        first: indices, shape (n,).
        second: indices, shape (n,).
        habits: as in `typed_rates`.
        lags: days from the first's act to the second's that count as meeting.

    Returns:
        Two arrays of shape (n,), in cells (with several lags, in pairs of cells); the expected ones
        still too low where shocks are stronger than third parties tell (see `deflation`).

    Null: given third parties, what one actor of a pair does on a day is independent of the other.

    Blind to: the same as `typed_rates`.

    References:
        [berrett2020]: chances of a variable given its confounders.
    """
    found, expected, *_ = meetings(counts, fit, first, second, habits, [tuple(lags)])
    return found[0], expected[0]


def deflation(found: Floats, expected: Floats) -> float:
    """By how much the pairs of a target fill more cells together than expected.

    Args:
        found: cells filled by both actors of each other pair, shape (n,).
        expected: cells expected of each, shape (n,).

    Returns:
        Their ratio; 1 where nothing is expected.

    Null: the other pairs are not coupled, on the whole.

    Blind to: a target toward which most pairs act in concert.

    References:
        [lipsitch2010]: what negative controls show is bias, and is taken off.
    """
    return float((found.sum() + 1.0) / (expected.sum() + 1.0))


def count_scores(found: Floats, expected: Floats, variance: Floats | None = None) -> Floats:
    """Counts as standard normal scores.

    Args:
        found: shape (n,).
        expected: shape (n,), deflated.
        variance: of each count, shape (n,), where it is known to come in bunches.

    Returns:
        Scores, shape (n,): by the normal law from five expected cells on, below by the mid-p of a
        negative binomial of dispersion 1.3, or more where the variance is larger.

    Null: the count has that mean and that variance, 1.3 times the mean at least.

    Blind to: more spread than that; placebos are there to widen it.

    References:
        [lancaster1961]: the mid-p of a count.
    """
    spread = np.full(len(found), DISPERSION)
    if variance is not None:
        spread = np.maximum(spread, variance / np.maximum(expected, LEAST_SPREAD))
    scores = (found - expected) / np.sqrt(spread * expected + 0.1)
    for place in np.flatnonzero(expected < FEW_EXPECTED):
        mean = max(float(expected[place]), 1e-6)
        p = count_mid_p(int(found[place]), mean, float(spread[place]))
        scores[place] = -normal_quantile(min(1 - LEAST_P, max(LEAST_P, p)))
    return np.asarray(scores)


def fitting_bins(counts: npt.NDArray[Any], pair: tuple[int, int] = (0, 1)) -> tuple[int, bool]:
    """The size of cell at which the busier actor fills neither nearly all nor nearly none.

    It is read off the two actors' own totals alone, never off what they do together, so that it
    cannot be chosen for its answer.

    Args:
        counts: acts toward the target, shape (actors, types, days).
        pair: places of A and B on the first axis.

    Returns:
        Days to a cell (1, 3 or 7) and whether types are to be told apart: types where the busier
        actor acts on more than 0.4 of days, days joined where it acts on fewer than 0.03.

    Null: none; a choice made before the test.

    Blind to: what the two do together, on purpose; bursts, which fill few cells with many acts.

    Raises:
        BadInput: counts are not of three axes.

    References:
        [cox1975]: what is chosen on a part of the data that tells nothing of the hypothesis needs
            no correction.
    """
    if counts.ndim != 3:
        raise BadInput(f"Counts of {counts.ndim} axes.", advice="Give (actors, types, days).")
    daily = counts[list(pair)].sum(axis=1)
    for days in BIN_DAYS:
        share = float((binned(daily, days) > 0).mean(axis=-1).max())
        if share >= IDLE:
            return days, share > BUSY
    return BIN_DAYS[-1], False


def binned(counts: npt.NDArray[Any], days: int) -> npt.NDArray[Any]:
    """Counts over whole bins of days, the remainder at the end left out.

    Args:
        counts: shape (..., days).
        days: days to a bin, 1 or more.

    Returns:
        Shape (..., bins).
    """
    whole = counts.shape[-1] // days
    return np.asarray(
        counts[..., : whole * days].reshape(*counts.shape[:-1], whole, days).sum(axis=-1)
    )
