"""What A and B share with a bloc of others: hidden common shocks, and the bloc by name.

A shock that hits only a quarter of the actors is poorly told by the sum of all of them. It shows in
their residuals: the bloc's members rise together. Its course is read off the residuals of third
parties (leading factors of their co-movement) and taken out of A's and B's before these are
compared. What is left is told as it is: the third parties with whom both A and B co-act. One or two
of them who stand far apart from all others are no bloc but partners in a concert of three or four.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from inconcert.errors import BadInput
from inconcert.measure.intensity import Intensities

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

FACTORS, LEAST_ACT_DAYS = 4, 8
NEAR_WEIGHTS = {0: 1.0, 1: 0.7, 2: 0.3}
"""How much residuals 0, 1 and 2 days apart count as moving together."""
RIDGE_DAYS = 5.0
MEMBER_Z, LEAST_MEMBERS = 2.33, 3
APART_Z, LEAST_OTHERS = 1.5, 4
"""How far partners stand above all others, and how many others must be left to tell by."""


def shared_courses(
    fit: Intensities, first: Indices, second: Indices, pair: Sequence[int]
) -> Floats:
    """The course of hidden shocks that third parties share, for each pair of actors.

    Args:
        fit: rates of all actors.
        first: indices, shape (n,).
        second: indices, shape (n,).
        pair: the asked pair, and its partners; none of them shapes the factors.

    Returns:
        Factors of the day and of the days near it, shape (n, features, days), about mean 0. What
        either actor of a pair does is no part of its factors.

    Null: what third parties' residuals have in common is a shock, not a concert.

    Blind to: a shock that hits A, B and nobody else; a bloc whose members each act rarely.

    References:
        [price2006]: leading components of the others as confounders to be taken out.
    """
    series = _standard(fit)
    weights = _leading(series, pair)
    factors = weights @ series
    own = weights[:, first].T[:, :, None] * series[first][:, None]
    other = weights[:, second].T[:, :, None] * series[second][:, None]
    return _with_neighbours(factors[None] - own - other)


def taken_out(courses: Floats, residual: Floats) -> Floats:
    """Residuals less their projection on hidden shocks.

    Args:
        courses: what `shared_courses` returns, shape (n, features, days).
        residual: shape (n, days).

    Returns:
        Shape (n, days).

    Null: as in `shared_courses`.

    Blind to: as there.

    References:
        [shah2020]: what remains is compared as products of residuals.
    """
    gram = np.matmul(courses, courses.transpose(0, 2, 1))
    size = np.einsum("nii->n", gram) / gram.shape[1] / courses.shape[2]
    gram += (RIDGE_DAYS * size[:, None, None] + 1e-9) * np.eye(gram.shape[1])
    slopes = np.linalg.solve(gram, np.matmul(courses, residual[:, :, None]))
    return np.asarray(residual - np.matmul(slopes.transpose(0, 2, 1), courses)[:, 0])


def without_shared(
    fit: Intensities, residual: Floats, actors: Indices, partners: Indices, pair: tuple[int, int]
) -> Floats:
    """Take hidden shocks that third parties share out of residuals.

    Args:
        fit: rates of all actors.
        residual: shape (n, days), of `actors` with `partners` left out of the control.
        actors: indices, shape (n,).
        partners: indices, shape (n,).
        pair: the asked pair; neither shapes the factors.

    Returns:
        Residuals less their projection on the factors and the factors' neighbouring days, shape
        (n, days).

    Null: what third parties' residuals have in common is a shock, not a concert.

    Blind to: a shock that hits A, B and nobody else; a bloc whose members each act rarely.

    References:
        [price2006]: leading components of the others as confounders to be taken out.
        [shah2020]: what remains is compared as products of residuals.
    """
    return taken_out(shared_courses(fit, actors, partners, pair), residual)


def bloc_partners(
    with_first: npt.ArrayLike, with_second: npt.ArrayLike, thirds: npt.ArrayLike
) -> tuple[int, ...]:
    """Third parties with whom both A and B act together: the bloc that makes a finding bloc-wide.

    Args:
        with_first: scores of A with each third party, shape (n,), standard normal.
        with_second: scores of B with each, same order.
        thirds: their indices, same order.

    Returns:
        Indices of the third parties above 2.33 with both; three or more are a bloc.

    Null: neither acts with the third party beyond what all others predict.

    Blind to: a bloc of which fewer than three others are active enough to be seen.

    Raises:
        BadInput: lengths differ.

    References:
        [lipsitch2010]: a negative control that is not negative tells of what is shared.
    """
    a, b, who = np.asarray(with_first), np.asarray(with_second), np.asarray(thirds)
    if not a.shape == b.shape == who.shape:
        raise BadInput("Scores with third parties differ in number.", advice="Align them.")
    return tuple(int(j) for j in who[np.minimum(a, b) > MEMBER_Z])


def stand_apart(with_first: Floats, with_second: Floats, is_third: Flags | None = None) -> Flags:
    """Which third parties are partners of A and B in a concert of three or four.

    A shock of a bloc hits its members more or less, so that their scores fade out by degrees; a
    concert has members and others. Partners are one or two who score above 2.33 with both, each
    with its lesser score 1.5 above that of every third party besides. They are no placebos: what
    they share with A and B would be taken for a shock, and the concert would hide itself.

    Args:
        with_first: scores of A with each third party, shape (..., n).
        with_second: scores of B with each, same shape.
        is_third: which of them are third parties, same shape; all where not given.

    Returns:
        Who is a partner, same shape; nobody where three or more are above 2.33, or fewer than four
        others would be left.

    Null: neither A nor B acts with the third party beyond what all others predict.

    Blind to: a concert of five or more; a bloc of which only one or two are active enough to be
        seen at all; partners who differ much in how often they join.

    References:
        [lipsitch2010]: a negative control that is not negative is none.
    """
    lesser = np.minimum(with_first, with_second)
    if is_third is not None:
        lesser = np.where(is_third, lesser, -np.inf)
    high = lesser > MEMBER_Z
    number = high.sum(axis=-1, keepdims=True)
    others = np.isfinite(lesser).sum(axis=-1, keepdims=True) - number
    least = np.where(high, lesser, np.inf).min(axis=-1, keepdims=True, initial=np.inf)
    beside = np.where(high, -np.inf, lesser).max(axis=-1, keepdims=True, initial=-np.inf)
    alone = (number < LEAST_MEMBERS) & (others >= LEAST_OTHERS) & (least > beside + APART_Z)
    return np.asarray(high & alone)


def is_bloc_wide(partners: tuple[int, ...]) -> bool:
    """Whether so many third parties share the co-action that it belongs to the bloc.

    Args:
        partners: what `bloc_partners` returns; three or more make a bloc.
    """
    return len(partners) >= LEAST_MEMBERS


def shared_profile(with_first: Floats, with_second: Floats) -> float:
    """How far A and B co-act with the *same* third parties, in the unit of the scores' product.

    Args:
        with_first: scores of A with each third party, shape (n,).
        with_second: scores of B with each, same order.

    Returns:
        Covariance over third parties, at least 0: the score that a bloc shock common to A, B and
        these third parties would give A and B.

    Null: A's and B's partners in co-action are unrelated.

    Blind to: shocks that no third party shares.

    References:
        [price2006]: common causes show as common structure.
    """
    if len(with_first) < 2:
        return 0.0
    a, b = with_first - with_first.mean(), with_second - with_second.mean()
    return max(0.0, float((a * b).mean()))


def _standard(fit: Intensities) -> Floats:
    """Residuals of all actors at unit spread; rare actors are silent."""
    raw = (fit.acts - fit.expected) / np.sqrt(fit.expected + 0.01)
    raw = raw - raw.mean(axis=1, keepdims=True)
    spread = np.maximum(raw.std(axis=1, keepdims=True), 1e-9)
    enough = (fit.acts.sum(axis=1) >= LEAST_ACT_DAYS)[:, None]
    return np.asarray(raw / spread * enough)


def _leading(series: Floats, pair: Sequence[int]) -> Floats:
    """Weights of the leading factors, shape (factors, actors), zero for the pair."""
    others = series.copy()
    others[list(pair)] = 0.0
    smooth = _smoothed(others)
    smooth = smooth - smooth.mean(axis=1, keepdims=True)
    spread = smooth.std(axis=1, keepdims=True)
    smooth = smooth / np.maximum(spread, 1e-9)
    together = smooth @ smooth.T / smooth.shape[1]
    np.fill_diagonal(together, 0.0)
    return np.asarray(np.linalg.eigh(together)[1][:, ::-1][:, :FACTORS].T)


def _moved(series: Floats, lag: int) -> Floats:
    out, days = np.zeros_like(series), series.shape[-1]
    if lag >= 0:
        out[..., lag:] = series[..., : days - lag]
    else:
        out[..., :lag] = series[..., -lag:]
    return out


def _smoothed(series: Floats) -> Floats:
    total = np.zeros_like(series)
    for lag, weight in NEAR_WEIGHTS.items():
        near = series if lag == 0 else _moved(series, lag) + _moved(series, -lag)
        total += weight * near
    return total


def _with_neighbours(factors: Floats) -> Floats:
    """Factors of the day, of the days next to it and of those two away, shape (n, 3f, days)."""
    parts = [factors, *(_moved(factors, lag) + _moved(factors, -lag) for lag in (1, 2))]
    design = np.concatenate(parts, axis=1)
    return np.asarray(design - design.mean(axis=-1, keepdims=True))
