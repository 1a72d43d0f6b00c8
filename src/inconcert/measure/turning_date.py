"""The day of a change, and the days that may as well be it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

LEAST_DAYS, CREDIBLE, NEAR_DAYS = 7, 0.9, 7
PRIOR_ACTS = 0.5


def date_interval(
    counts: Floats, exposure: Floats | None, dispersion: float
) -> tuple[int, int, int]:
    """The day of one change within a window, and a 90 % interval for it.

    Args:
        counts: acts by day, shape (cells, days), with one change somewhere.
        exposure: exposure of each day, shape (days,), for a rate; None for shares.
        dispersion: by how much bursts stretch the variance; the likelihood is flattened by it.

    Returns:
        First day after the change, first and last day that may be it, as indices. Every day of
        the window but the first and last week is as likely as another before anything is seen;
        the interval is the shortest run of days that holds nine tenths of what is likely after.
        The day is the one with most of that within a week of it, which is nearer to the truth
        than the likeliest single day.

    References:
        [smith1975]: the law of the day of a change, given the series.
        [raftery1986]: the same for counts.
    """
    days = counts.shape[1]
    margin = min(LEAST_DAYS, max(1, days // 4))
    place = np.arange(margin, days - margin + 1)
    sums = np.concatenate([np.zeros((len(counts), 1)), np.cumsum(counts, axis=1)], axis=1)
    before = sums[:, place]
    after = sums[:, -1:] - before
    if exposure is None:
        value = _shares(before / dispersion) + _shares(after / dispersion)
    else:
        shown = np.concatenate([[0.0], np.cumsum(exposure)])
        mean = max(float(sums[0, -1] / max(shown[-1], 1e-9)), 1e-9)
        value = _rate(before[0] / dispersion, shown[place] / dispersion, mean) + _rate(
            after[0] / dispersion, (shown[-1] - shown[place]) / dispersion, mean
        )
    chance = np.exp(value - value.max())
    chance /= chance.sum()
    low, high = _shortest(chance)
    around = np.convolve(chance, np.ones(2 * NEAR_DAYS + 1))[NEAR_DAYS:-NEAR_DAYS]
    # where several days are as good, the likeliest of them
    best = np.flatnonzero(around >= around.max() - 1e-3)
    day = int(best[chance[best].argmax()])
    return int(place[min(max(day, low), high)]), int(place[low]), int(place[high])


def _rate(acts: Floats, shown: Floats, mean: float) -> Floats:
    """Log of the chance of so many acts, whatever the rate, shape of `acts`."""
    rate = PRIOR_ACTS / mean
    return np.asarray(_log_gamma(acts + PRIOR_ACTS) - (acts + PRIOR_ACTS) * np.log(shown + rate))


def _shares(acts: Floats) -> Floats:
    """Log of the chance of these cells, whatever the shares, shape (cells, n) -> (n,)."""
    cells = len(acts)
    spread = _log_gamma(acts + PRIOR_ACTS).sum(axis=0)
    return np.asarray(spread - _log_gamma(acts.sum(axis=0) + cells * PRIOR_ACTS))


def _shortest(chance: Floats) -> tuple[int, int]:
    """The shortest run that holds nine tenths of the chance; the likelier of equally long ones."""
    sums = np.concatenate([[0.0], np.cumsum(chance)])
    for length in range(1, len(chance) + 1):
        held = sums[length:] - sums[:-length]
        if held.max() >= CREDIBLE - 1e-12:
            first = int(held.argmax())
            return first, first + length - 1
    return 0, len(chance) - 1


def _log_gamma(value: Floats) -> Floats:
    """Logarithm of the gamma function above 0, by Stirling's series after six steps up."""
    shifted, less = value + 6.0, np.zeros_like(value)
    for step in range(6):
        less += np.log(value + step)
    series = 1 / (12 * shifted) - 1 / (360 * shifted**3) + 1 / (1260 * shifted**5)
    return np.asarray(
        (shifted - 0.5) * np.log(shifted) - shifted + 0.91893853320467274 + series - less
    )
