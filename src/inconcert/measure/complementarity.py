"""Does one lean in where the other steps back: portfolios that move against each other in time."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from inconcert.core.result import TestResult
from inconcert.errors import BadInput, TooFewEvents
from inconcert.measure.chance import normal_p

Floats = npt.NDArray[np.float64]

WINDOW_DAYS, LEAST_WINDOWS, LEAST_ACTS, LEAST_PLACEBOS, MOST_PLACEBOS = 28, 6, 10, 8, 20
NULL = (
    "From one four-week window to the next, what A does beyond third parties' portfolio changes "
    "without regard to what B does, but for what each shares with third parties too."
)


def complementarity(
    counts: npt.NDArray[Any],
    *,
    rng: np.random.Generator,
    pair: tuple[int, int] = (0, 1),
    draws: int = 499,
    seed: int | None = None,
) -> TestResult:
    """Test whether A takes up what B leaves off, and the other way round.

    Args:
        counts: acts toward the target, shape (actors, kinds, days).
        rng: source of all randomness; the caller seeds it.
        pair: places of A and B on the first axis; all others are third parties.
        draws: orders in which the windows are put.
        seed: what the generator was seeded with, for the record.

    Returns:
        `statistic`: correlation of the changes of A's and B's kinds relative to third parties;
        negative is complementary. `p`: one-sided, of one so low. `n`: windows.

    Null: the changes of A have nothing to do with those of B, but for what both share with third
        parties.

    Blind to: shifts faster than four weeks; one single hand-over (a turning point tells that);
        a press that tells of one actor at a time.

    Raises:
        BadInput: A is B.
        TooFewEvents: fewer than 6 windows in which A, B and third parties have 10 acts each, or
            fewer than 8 third parties as active.

    References:
        [efron2004]: the null re-centred and widened on placebo pairs. [phipson2010]: permutation.
    """
    if pair[0] == pair[1]:
        raise BadInput("A and B are the same actor.", advice="Ask about two different actors.")
    windows = counts.shape[2] // WINDOW_DAYS
    acts = counts[:, :, : windows * WINDOW_DAYS].astype(float)
    acts = acts.reshape(*acts.shape[:2], windows, WINDOW_DAYS).sum(axis=3)
    enough = acts.sum(axis=1) >= LEAST_ACTS
    rest = np.delete(acts, list(pair), axis=0).sum(axis=(0, 1)) >= LEAST_ACTS
    usable = int((enough[pair[0]] & enough[pair[1]] & rest).sum())
    if usable < LEAST_WINDOWS:
        raise TooFewEvents(
            "complementarity, four-week windows with 10 acts of each", usable, LEAST_WINDOWS
        )
    thirds = _placebos(acts, enough, pair)
    if len(thirds) < LEAST_PLACEBOS:
        raise TooFewEvents("complementarity", len(thirds), LEAST_PLACEBOS, "third parties")
    found, score = _score(acts, pair, enough, rng, draws)
    others = [_score(acts, (one, third), enough, rng, draws)[1] for one in pair for third in thirds]
    centre, spread = min(0.0, float(np.mean(others))), max(1.0, float(np.std(others, ddof=1)))
    return TestResult(
        "dynamic complementarity",
        found,
        centre,
        normal_p(-(score - centre) / spread),
        None,
        NULL,
        usable,
        draws,
        seed,
        "efron2004 phipson2010",
    )


def _placebos(acts: Floats, enough: npt.NDArray[np.bool_], pair: tuple[int, int]) -> list[int]:
    """The busiest third parties that have enough windows in common with A and with B."""
    fit = [
        place
        for place in np.argsort(-acts.sum(axis=(1, 2)), kind="stable")
        if place not in pair
        and all((enough[place] & enough[one]).sum() >= LEAST_WINDOWS for one in pair)
    ]
    return [int(place) for place in fit[:MOST_PLACEBOS]]


def _score(
    acts: Floats,
    pair: tuple[int, int],
    enough: npt.NDArray[np.bool_],
    rng: np.random.Generator,
    draws: int,
) -> tuple[float, float]:
    """Correlation of the changes, and how far it lies from what other orders of windows give."""
    both = np.flatnonzero(enough[pair[0]] & enough[pair[1]])
    rest = np.delete(acts, list(pair), axis=0).sum(axis=0)[:, both] + 0.5
    usual = rest / rest.sum(axis=0)
    left, right = (_beyond(acts[one][:, both], usual) for one in pair)
    orders = np.argsort(rng.random((draws, len(both))), axis=1)
    changes = np.diff(right, axis=1)
    found = _correlation(np.diff(left, axis=1)[None], changes)[0]
    drawn = _correlation(np.diff(left[:, orders].transpose(1, 0, 2), axis=2), changes)
    return float(found), float((found - drawn.mean()) / max(float(drawn.std()), 1e-9))


def _beyond(acts: Floats, usual: Floats) -> Floats:
    """What an actor does beyond third parties' portfolio, in standard errors, (kinds, windows)."""
    n = acts.sum(axis=0)
    residual = (acts - n * usual) / np.sqrt(n * usual.mean(axis=1, keepdims=True))
    return np.asarray(residual - residual.mean(axis=1, keepdims=True))


def _correlation(left: Floats, right: Floats) -> Floats:
    """Correlations of the first axis of `left` with `right`."""
    product = (left * right).sum(axis=(1, 2))
    size = np.sqrt((left**2).sum(axis=(1, 2)) * (right**2).sum())
    return np.asarray(product / np.maximum(size, 1e-12))
