"""Do A and B act together toward a target more than the behaviour of third parties predicts?

The core test. Each actor's act-days are compared with the rate that all others' acts let one
expect (`intensity`); what is left over, the residuals of A and of B, should have nothing to do
with each other unless the two are coupled. The sum of their products is studentised by turning
one of them in time, and then re-centred on placebos: the same score of A, and of B, with every
third party. The claim is co-action beyond what third parties' behaviour predicts; never intent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from inconcert.core.result import TestResult
from inconcert.errors import BadInput, TooFewEvents
from inconcert.measure.blocs import (
    bloc_partners,
    shared_courses,
    shared_profile,
    stand_apart,
    taken_out,
)
from inconcert.measure.chance import normal_p
from inconcert.measure.intensity import Intensities, around, intensities
from inconcert.measure.lift import Excess, excess, usual_centre
from inconcert.measure.multiplicity import rank_among

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

NEAREST_SHIFT_DAYS, SKEW_TO = 8, 2.4
PLACEBOS_AT_MOST, PLACEBO_ACT_DAYS = 20, 8
MOST_RATE, PROFILE_WEIGHT, HAC_DAYS = 0.99, 1.0, 7
LEVEL_DAYS, MOST_CLUSTERING, ERROR_GROWS = 21, 3.0, 0.75
ACT_DAYS_AT_LEAST, PLACEBOS_AT_LEAST = 5, 8
NULL = (
    "Given third parties' acts toward the target, the reported volume and its own habit, "
    "each acts independently of the other, but for what placebo pairs share."
)


@dataclass(frozen=True, slots=True)
class Direction:
    """On which days B's acts count as answering A's.

    Attributes:
        lags: days from A's act to B's; negative when B acts first.
        mirrored: whether A and B change places.
    """

    lags: tuple[int, ...]
    mirrored: bool = False

    @property
    def is_symmetric(self) -> bool:
        """Whether A and B may change places without changing the score."""
        return all(-lag in self.lags for lag in self.lags)


DIRECTIONS: Mapping[str, Direction] = MappingProxyType(
    {
        "same day": Direction((0,)),
        "A before B": Direction((1, 2, 3, 4, 5)),
        "B before A": Direction((1, 2, 3, 4, 5), mirrored=True),
        "within two days": Direction((-2, -1, 0, 1, 2)),
    }
)


@dataclass(frozen=True, slots=True)
class CoAction:
    """The test of one direction.

    Attributes:
        direction: a key of `DIRECTIONS`.
        result: coincidences observed and expected; p of the re-centred score, one-sided; the
            interval is of the lift (observed over expected), at 90 %.
        z: score before re-centring, standard normal if nothing but third parties tied A and B.
        recentred: score after it, from which p is taken.
        placebos: scores of A and of B with each third party but `partners`, shape (n,).
        rank: place of `z` among the placebos and their number, best first.
        excess: how much, with intervals.
        bloc: third parties that co-act with A and with B alike; three or more make it bloc-wide.
        partners: those of them who stand apart, as in a concert of three or four; they are no
            placebos, and no course of a hidden shock is read off them.
    """

    direction: str
    result: TestResult
    z: float
    recentred: float
    placebos: Floats
    rank: tuple[int, int]
    excess: Excess
    bloc: tuple[int, ...]
    partners: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Series:
    """What is left over of pairs of actors: the asked pair, then A's placebos, then B's."""

    first: Indices
    second: Indices
    left: Floats
    right: Floats

    @classmethod
    def of(
        cls, fit: Intensities, pair: tuple[int, int], thirds: Indices, partners: Sequence[int] = ()
    ) -> _Series:
        """Residuals, less the course of hidden shocks that the others share."""
        with_a, with_b = np.full(len(thirds), pair[0]), np.full(len(thirds), pair[1])
        first, second = np.r_[pair[0], with_a, thirds], np.r_[pair[1], thirds, with_b]
        raw = residuals(fit, first, second), residuals(fit, second, first)
        hidden = shared_courses(fit, first, second, (*pair, *partners))
        left, right = (taken_out(hidden, residual) for residual in raw)
        return cls(first, second, left, right)

    def turned(self, direction: Direction) -> _Series:
        """The same, A and B in the places that the direction gives them."""
        if not direction.mirrored:
            return self
        return _Series(self.second, self.first, self.right, self.left)

    def scores(self, lags: Sequence[int]) -> Floats:
        """Scores of all pairs, shape (n,)."""
        return shift_scores(self.left, windowed(self.right, lags))


def co_action(
    daily: npt.NDArray[Any],
    volume: npt.NDArray[Any],
    *,
    pair: tuple[int, int] = (0, 1),
    directions: Sequence[str] = tuple(DIRECTIONS),
    bloc: Sequence[int] = (),
    fitted: Intensities | None = None,
) -> dict[str, CoAction]:
    """Test whether two actors act together toward a target, in every direction asked.

    Args:
        daily: acts toward the target, shape (actors, days), counts; A–B bilateral acts and the
            target's own left out.
        volume: reported events of the data set not toward the target, shape (days,).
        pair: places of A and B on the first axis.
        directions: keys of `DIRECTIONS`; correct for asking several (`multiplicity.holm`).
        bloc: third parties known to stand with A or B; they stay in the control, but are no
            placebos.
        fitted: rates fitted before on the same arrays, to save the time.

    Returns:
        One test a direction, in the order asked. `n` is act-days of the rarer actor.

    Null: given third parties' acts toward the target, the reported volume and its own habit, each
        acts independently of the other, but for what A and B share with third parties.

    Blind to: a shock that hits A and B and few others; days on which both act anyway; acts that
        come as one only because one sentence reported both.

    Raises:
        BadInput: A is B, or the arrays do not fit.
        TooFewEvents: either actor acts on fewer than five days, or fewer than eight placebo pairs
            (four third parties with eight act-days) are there to tell bias from effect.

    References:
        [shah2020]: product of residuals as a test of conditional independence.
        [lipsitch2010]: placebo pairs as negative controls.
        [price2006]: hidden shocks of a bloc taken out as leading factors of third parties.
        [efron2004]: the null re-centred and widened on the scores of the placebos.
    """
    if pair[0] == pair[1]:
        raise BadInput("A and B are the same actor.", advice="Ask about two different actors.")
    fit = intensities(daily, volume) if fitted is None else fitted
    a, b = pair
    rarer = int(min(fit.acts[a].sum(), fit.acts[b].sum()))
    if rarer < ACT_DAYS_AT_LEAST:
        raise TooFewEvents("co-action", rarer, ACT_DAYS_AT_LEAST, "act-days")
    thirds = placebo_actors(fit, pair, leave_out=bloc)
    require_placebos(thirds, "co-action")
    series, tests = _Series.of(fit, pair, thirds), {}
    for name in directions:
        direction = DIRECTIONS[name]
        asked = series.turned(direction)
        scores = asked.scores(direction.lags)
        with_a, with_b = np.split(scores[1:], 2)
        is_partner = stand_apart(with_a, with_b)
        partners = tuple(int(third) for third in thirds[is_partner])
        if partners:
            asked = _Series.of(fit, pair, thirds[~is_partner], partners).turned(direction)
            scores = asked.scores(direction.lags)
        tests[name] = _tested(name, fit, asked, scores, thirds[~is_partner], partners)
    return tests


def placebo_actors(
    fit: Intensities, pair: tuple[int, int], *, leave_out: Sequence[int] = ()
) -> Indices:
    """The most active third parties, most active first.

    Args:
        fit: rates of all actors.
        pair: places of A and B.
        leave_out: further actors that are no placebos.

    Returns:
        Up to 20 indices of actors with at least eight act-days.
    """
    days = fit.acts.sum(axis=1)
    order = np.argsort(-days, kind="stable")
    barred = {*pair, *leave_out}
    kept = [i for i in order if i not in barred and days[i] >= PLACEBO_ACT_DAYS]
    return np.asarray(kept[:PLACEBOS_AT_MOST], dtype=np.int64)


def require_placebos(thirds: Indices, measure: str) -> None:
    """Refuse a test that has too few placebo pairs to be re-centred on.

    Args:
        thirds: what `placebo_actors` returns; each makes two pairs, one with A and one with B.
        measure: name of the test, for the message.

    Raises:
        TooFewEvents: fewer than eight pairs.
    """
    if 2 * len(thirds) < PLACEBOS_AT_LEAST:
        raise TooFewEvents(measure, 2 * len(thirds), PLACEBOS_AT_LEAST, "placebo pairs")


def residuals(fit: Intensities, actors: Indices, partners: Indices) -> Floats:
    """What each actor does beyond what everybody but its partner lets one expect.

    Args:
        fit: rates of all actors.
        actors: indices, shape (n,).
        partners: indices of the actors left out of the control, shape (n,).

    Returns:
        Response-scale residuals, shape (n, days): about mean 0, variance 1.

    Null: none; what a fit leaves over.

    Blind to: what the fit is blind to (`intensity.intensities`).

    References:
        [shah2020]: residuals of two regressions are what is compared.
    """
    expected = fit.leaving_out(actors, partners)
    return np.asarray((fit.acts[actors] - expected) / np.sqrt(expected + 0.01))


def windowed(series: npt.NDArray[Any], lags: Sequence[int]) -> npt.NDArray[Any]:
    """Sum of a series over the days `lags` later; days beyond either end count nothing.

    Args:
        series: shape (..., days).
        lags: days; negative lies before.

    Returns:
        Shape (..., days).
    """
    total, days = np.zeros_like(series, dtype=np.result_type(series, np.float32)), series.shape[-1]
    for lag in lags:
        if lag >= 0:
            total[..., : days - lag] += series[..., lag:]
        else:
            total[..., -lag:] += series[..., :lag]
    return total


def hac_scores(first: Floats, second: Floats, *, lags: int) -> Floats:
    """Sum of products over its standard error, neighbouring days taken as dependent.

    Args:
        first: shape (..., days).
        second: shape (..., days).
        lags: days over which products may depend on each other.

    Returns:
        Scores, shape (...,).

    Null: the products have mean zero.

    Blind to: few products that differ from zero; the error is then too small, and a score below
        zero means nothing.

    References:
        [newey1987]: the weights of the lags.
    """
    products = first * second
    variance = (products**2).sum(axis=-1)
    for lag in range(1, lags + 1):
        weight = 2 * (1 - lag / (lags + 1))
        variance += weight * (products[..., lag:] * products[..., :-lag]).sum(axis=-1)
    return np.asarray(products.sum(axis=-1) / np.sqrt(np.maximum(variance, 1e-9)))


def shift_scores(first: Floats, second: Floats) -> Floats:
    """Sum of products, studentised by turning the second series by every shift of 8 days or more.

    Args:
        first: shape (..., days).
        second: shape (..., days).

    Returns:
        Scores, shape (...,).

    Null: the second series might as well have begun on any other day.

    Blind to: drivers that both share; they must be gone from the series already.

    References:
        [newey1987]: a variance that keeps the dependence of neighbouring days, here by turning.
        [cornish1938]: the term for skewness.
    """
    far = _turned(first, second)
    centre = far.mean(axis=-1)
    far -= centre[..., None]
    squared = far * far
    spread = np.maximum(np.sqrt(squared.mean(axis=-1)), 1e-9)
    scores = ((first * second).sum(axis=-1) - centre) / spread
    # rare acts give a skewed sum: the first Cornish–Fisher term makes large scores normal again
    skew = (squared * far).mean(axis=-1) / spread**3
    bent = np.clip(scores, 1.0, SKEW_TO)
    return np.asarray(scores - np.maximum(skew, 0.0) * (bent**2 - 1) / 6)


def placebo_law(
    with_first: Floats,
    with_second: Floats,
    *,
    weight: float = PROFILE_WEIGHT,
    adds_up: bool = True,
    is_floored: bool = True,
) -> tuple[float, float]:
    """Centre and spread that the score of a pair would have if it were like its placebos.

    Args:
        with_first: scores of A with each third party, shape (n,).
        with_second: scores of B with each, same order.
        weight: of the profile, that is of third parties who score with A and with B alike.
        adds_up: whether what A shares with everybody and what B shares with everybody add up (less
            half the error of the sum), as they do when A answers shocks early and B late; else
            their mean is taken.
        is_floored: whether the standard deviation is 1 at least; else it is drawn toward 1, as by
            twenty further placebos.

    Returns:
        Centre (0 or more) and standard deviation. The centre, and a floored deviation, are only
        ever moved against a finding.

    Null: the pair is one like the others with whom A and B are seen.

    Blind to: placebos that truly co-act; they hide the pair.

    References:
        [efron2004]: empirical null.
        [price2006]: common causes show as common structure.
    """
    placebos = np.concatenate([with_first, with_second])
    if len(placebos) < 2:
        return 0.0, 1.0
    shared = float(placebos.mean())
    if adds_up:
        error = float(with_first.var() / len(with_first) + with_second.var() / len(with_second))
        shared = float(with_first.mean() + with_second.mean()) - 0.5 * error**0.5
    centre = max(0.0, shared) + weight * shared_profile(with_first, with_second)
    if not is_floored:
        return centre, usual_centre(placebos)[1]
    return centre, max(1.0, float(placebos.std(ddof=1)))


def _tested(
    name: str,
    fit: Intensities,
    series: _Series,
    scores: Floats,
    thirds: Indices,
    partners: tuple[int, ...],
) -> CoAction:
    """Test one direction; the first row is the asked pair, then A's placebos, then B's."""
    z, (with_a, with_b) = float(scores[0]), np.split(scores[1:], 2)
    centre, spread = placebo_law(with_a, with_b)
    final = (z - centre) / spread
    pair = np.array([series.first[0], series.second[0]])
    placebos = np.concatenate([with_a, with_b])
    rows = series.left[0], series.right[0]
    told = _excess(fit, pair, DIRECTIONS[name].lags, rows, placebos)
    found = told.observed
    result = TestResult(
        f"co-action, {name}",
        found,
        told.expected,
        normal_p(final),
        told.lift_interval,
        NULL,
        int(fit.acts[pair].sum(axis=1).min()),
        reference="shah2020 lipsitch2010 price2006 efron2004",
    )
    return CoAction(
        name,
        result,
        z,
        final,
        placebos,
        rank_among(z, placebos),
        told,
        (*partners, *bloc_partners(with_a, with_b, thirds)),
        partners,
    )


def _excess(
    fit: Intensities,
    pair: Indices,
    lags: tuple[int, ...],
    series: tuple[Floats, Floats],
    placebos: Floats,
) -> Excess:
    """How much: coincidences beyond the expected, in the unit of act-days."""
    rates = np.minimum(fit.leaving_out(pair, pair[::-1]), MOST_RATE)
    scales = np.sqrt(rates + 0.01)
    own, answers = series[0] * scales[0], windowed(series[1] * scales[1], lags)
    centre, wide = usual_centre(placebos)
    total, error = float((own * answers).sum()), _shift_spread(own, answers)
    beyond = total - centre * error
    # turning tells the error if nothing is coupled, neighbouring days what coupling adds to it
    score = float(hac_scores(own, answers, lags=HAC_DAYS))
    by_days = abs(total / score) if score else 0.0
    more = _clustering(fit.acts[pair[0]], own, lags)
    spread = float(np.hypot(max(error * wide, by_days), (more - 1) * beyond))
    if 0 not in lags:
        # days near each other tell the same news in part: the error grows more slowly
        beyond, spread = beyond * more, spread * more**ERROR_GROWS
    # if B joins a share of A's acts, its residual follows A's with that slope, but for days on
    # which B acts anyway; B's rate holds what it joins, so that much is added back
    room = float((own**2 * (1 - rates[1])).sum())
    slope = min(1.0, max(0.0, beyond / max(room, 1.0)))
    usual = float((own**2 * rates[0]).sum() / max((own**2).sum(), 1e-9))
    room /= max(0.5, 1 - slope * usual)
    found = float((fit.acts[pair[0]] * windowed(fit.acts[pair[1]], lags)).sum())
    return excess(found, beyond, spread, room=max(1.0, room))


def _clustering(acts: Floats, own: Floats, lags: tuple[int, ...]) -> float:
    """Coincidences that one answer brings with A's acts near it, over those with its news."""
    near = acts - around(acts, LEVEL_DAYS) / around(np.ones(len(acts)), LEVEL_DAYS)
    back = windowed(windowed(near, tuple(-lag for lag in lags)), lags)
    news = float((own * back).sum())
    return float(np.clip((near * back).sum() / news, 1.0, MOST_CLUSTERING)) if news > 0 else 1.0


def _turned(first: Floats, second: Floats) -> Floats:
    """Sums of products for every shift of eight days or more, shape (..., shifts)."""
    days = first.shape[-1]
    turned = np.fft.irfft(np.conj(np.fft.rfft(first)) * np.fft.rfft(second), n=days)
    return np.asarray(turned[..., NEAREST_SHIFT_DAYS : days - NEAREST_SHIFT_DAYS + 1])


def _shift_spread(first: Floats, second: Floats) -> float:
    return float(_turned(first, second).std())
