"""Are promises kept, and threatened sanctions imposed: what follows such words more than others.

Deeds follow words anyway: both come in busy weeks. So a promise is held against the same actor's
other words to the same target, of the same weeks: whether a deed comes more often within the window
after a promise than after those.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inconcert.core.result import TestResult
from inconcert.errors import BadInput, TooFewEvents
from inconcert.measure.chance import NORMAL_90
from inconcert.measure.portfolio_blocks import BLOCK_DAYS

Floats = npt.NDArray[np.float64]

WINDOW_DAYS, LEAST_PROMISES, LEAST_WEEKS, SEGMENT_DAYS, DOUBT = 30, 10, 3.0, 28, 4.0
NULL = (
    "Which of an actor's words in a month are promises has nothing to do with whether a deed "
    "follows within the window."
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of promises.

    Attributes:
        result: promises followed by a deed and expected; p one-sided; the interval is of the share
            kept beyond the expected, at 90 %; `n` is promises.
        share: of the promises that a deed followed.
        usual: share of the actor's other words of the same weeks that a deed followed.
        pairs: day of each promise and of the first deed after it, None where none came in time;
            days are places on the axis.
        too_late: promises too near the end to be judged.
    """

    result: TestResult
    share: float
    usual: float
    pairs: tuple[tuple[int, int | None], ...]
    too_late: int


def promises_kept(
    promises: npt.ArrayLike,
    words: npt.ArrayLike,
    deeds: npt.ArrayLike,
    *,
    rng: np.random.Generator,
    window_days: int = WINDOW_DAYS,
    cuts: Sequence[int] = (),
    draws: int = 999,
    seed: int | None = None,
) -> Kept:
    """Test whether deeds follow an actor's promises more than its other words.

    For sanctions give what was asked or threatened as `promises`, other verbal conflict as `words`
    and sanctions as `deeds`. For one domain give its promises and deeds alone.

    Args:
        promises: AGREE of the actor toward the target, counts, shape (days,).
        words: its other verbally cooperative acts toward the target, same days.
        deeds: its AID and COOPERATE toward the target, same days.
        rng: source of all randomness; the caller seeds it.
        window_days: a deed counts from the day after the promise to so many days later.
        cuts: days on which a new segment begins (turning points).
        draws: times that the promises are dealt out among the words.
        seed: what the generator was seeded with, for the record.

    Null: which of an actor's words in a month are promises has nothing to do with whether a deed
        follows within the window. Words are dealt out within segments of four weeks; what bursts
        add is the design effect of the weeks.

    Blind to: whether the deed is the one that was promised; promises kept later than the window;
        agreements reported at the same time as their execution. In times when a deed follows every
        word nothing can be shown.

    Raises:
        BadInput: shapes differ.
        TooFewEvents: fewer than 10 promises that have their window, or fewer than 10 other words
            beside them, or hardly a week in which the two could differ.

    References:
        [mantel1963]: a test within strata. [rao1984]: deflation by the design effect.
    """
    series = [np.asarray(each, dtype=float) for each in (promises, words, deeds)]
    if any(each.ndim != 1 or each.shape != series[0].shape for each in series):
        raise BadInput("Promises, words and deeds of different shapes.", advice="Give (days,).")
    told, said, done = series
    last = len(told) - window_days
    too_late = int(told[max(0, last) :].sum())
    if last <= 0 or told[:last].sum() < LEAST_PROMISES:
        raise TooFewEvents("promises kept", int(told[: max(0, last)].sum()), LEAST_PROMISES)
    told, said = told[:last], said[:last]
    follows = _follows(done, window_days)[:last]
    expected, parts, variance, dealt = _dealt(told, told + said, follows, cuts, draws, rng)
    weight = parts**2
    weeks = float(weight.sum() ** 2 / max((weight**2).sum(), 1e-12))
    if said.sum() < LEAST_PROMISES or weeks < LEAST_WEEKS or variance <= 0:
        raise TooFewEvents(
            "promises kept, weeks in which promises and other words could differ",
            int(weeks) if variance > 0 else 0,
            int(LEAST_WEEKS),
        )
    count, kept = float(told.sum()), float((told * follows).sum())
    spread = float(weight.sum() + 2 * (parts[1:] * parts[:-1]).sum())
    error = float(np.sqrt(max(variance, spread)))
    cautious = float(np.sqrt(max(variance, spread * weeks / (weeks - 1))))
    degrees = DOUBT * (weeks - 1)
    doubt = np.sqrt(degrees / rng.chisquare(degrees, draws))
    null = dealt / np.sqrt(variance) * doubt
    p = (1 + int((null >= (kept - expected) / cautious - 1e-9).sum())) / (1 + draws)
    half = NORMAL_90 * error / count
    beyond = (kept - expected) / count
    result = TestResult(
        "promises kept",
        kept,
        expected,
        p,
        (beyond - half, beyond + half),
        NULL,
        int(count),
        draws,
        seed,
        "mantel1963 rao1984",
    )
    usual = float((said * follows).sum() / said.sum())
    return Kept(result, kept / count, usual, _pairs(told, done, window_days), too_late)


def _follows(deeds: Floats, window_days: int) -> Floats:
    """Whether a deed comes within the window after each day, 0 or 1."""
    total = np.concatenate([[0.0], np.cumsum(deeds)])
    day = np.arange(len(deeds))
    after = total[np.minimum(day + window_days + 1, len(deeds))] - total[day + 1]
    return np.asarray((after > 0).astype(float))


def _dealt(
    told: Floats,
    spoken: Floats,
    follows: Floats,
    cuts: Sequence[int],
    draws: int,
    rng: np.random.Generator,
) -> tuple[float, Floats, float, Floats]:
    """Expected kept, what each week adds, the variance of dealing, and draws of kept less that."""
    days = len(told)
    weeks = np.zeros(-(-days // BLOCK_DAYS))
    edges = sorted({0, *(cut for cut in cuts if 0 < cut < days), days})
    starts = [s for i, e in enumerate(edges[:-1]) for s in range(e, edges[i + 1], SEGMENT_DAYS)]
    expected, variance, dealt = 0.0, 0.0, np.zeros(draws)
    for start, stop in zip(starts, [*starts[1:], days], strict=True):
        here = slice(start, stop)
        n, of_them = float(spoken[here].sum()), float(told[here].sum())
        if n == 0:
            continue
        followed = float((spoken[here] * follows[here]).sum())
        chance, rate = of_them / n, followed / n
        expected += chance * followed
        part = (told[here] - chance * spoken[here]) * (follows[here] - rate)
        np.add.at(weeks, np.arange(start, stop) // BLOCK_DAYS, part)
        if n > 1:
            variance += of_them * (1 - chance) * rate * (1 - rate) * n / (n - 1)
        drawn = rng.hypergeometric(round(followed), round(n - followed), round(of_them), draws)
        dealt += drawn - chance * followed
    return expected, weeks, variance, dealt


def _pairs(told: Floats, deeds: Floats, window_days: int) -> tuple[tuple[int, int | None], ...]:
    """Each day with a promise and the first day with a deed after it."""
    done = np.flatnonzero(deeds > 0)
    found: list[tuple[int, int | None]] = []
    for day in np.flatnonzero(told > 0):
        place = int(np.searchsorted(done, day, side="right"))
        is_in_time = place < len(done) and done[place] - day <= window_days
        found.append((int(day), int(done[place]) if is_in_time else None))
    return tuple(found)
