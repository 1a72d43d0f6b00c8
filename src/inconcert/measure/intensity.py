"""How often an actor would act on each day, given what everybody else does.

The others' acts toward the same target are the control: they carry the news cycle and the shocks
that move everybody. Two fits are averaged: an additive one, in which shocks come on top of an
actor's habit, and a multiplicative one, in which they magnify it. Every actor is fitted once, on
all others; the rate that leaves out one partner more is read off the same coefficients, with the
partner taken out of the control (`leaving_out`), which costs a hundredth of a new fit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from inconcert.errors import BadInput

Floats = npt.NDArray[np.float64]

CAP = 3
"""Acts a day beyond this count as this many in the control."""
EM_STEPS, NEWTON_STEPS, RIDGE = 40, 5, 1.0
NEAR_DAYS, GAP_DAYS, WIDE_DAYS = 21, 3, 15
FLOOR = 1e-4
CLEAR_CHANGE = 8.0
"""Gain in log-likelihood from which a change of level counts as clear."""
SHARED = 5
"""The features that depend on the control come first in the additive design."""


@dataclass(frozen=True, slots=True)
class Intensities:
    """Expected act-days of every actor toward one target.

    Attributes:
        acts: whether the actor acts, 0 or 1, shape (actors, days).
        expected: expected act-days given all the others, shape (actors, days).
        additive: the additive half of it, same shape.
        capped: acts a day capped at `CAP`, shape (actors, days).
        control: sum of the others' capped acts, shape (actors, days).
        shared: additive coefficients on the control and its lags, per act of the mean day, shape
            (actors, 5): same day, a day before, 2–3 days before, a day after, 2–3 days after.
        slopes: coefficients of the logarithms of the control in the multiplicative fit, shape
            (actors, 5): same day, a day before, a day after, two days before, month around.
    """

    acts: Floats
    expected: Floats
    additive: Floats
    capped: Floats
    control: Floats
    shared: Floats
    slopes: Floats

    def leaving_out(self, actors: npt.NDArray[Any], partners: npt.NDArray[Any]) -> Floats:
        """Expected act-days of each actor when its partner is no part of the control.

        Args:
            actors: indices, shape (n,).
            partners: indices of the actors left out, shape (n,).

        Returns:
            Rates, shape (n, days).
        """
        return self._with_control(actors, self.control[actors] - self.capped[partners])

    def driven(self, actors: npt.NDArray[Any], partners: npt.NDArray[Any]) -> Floats:
        """How far third parties' ups and downs move the rates of actors.

        Args:
            actors: indices, shape (n,).
            partners: indices of the actors left out of the control, shape (n,).

        Returns:
            The rate less what it would be if third parties acted every day as on the average one,
            its mean taken off, shape (n, days).
        """
        control = self.control[actors] - self.capped[partners]
        even = np.broadcast_to(control.mean(axis=-1, keepdims=True), control.shape)
        moved = self.leaving_out(actors, partners) - self._with_control(actors, np.array(even))
        return np.asarray(moved - moved.mean(axis=-1, keepdims=True))

    def _with_control(self, actors: npt.NDArray[Any], other: Floats) -> Floats:
        """Rates if the control were another one, shape (n, days)."""
        control = self.control[actors]
        gone = _additive_shared(other) - _additive_shared(control)
        additive = self.additive[actors] + _weighted(self.shared[actors], gone)
        moved = _log_shared(other) - _log_shared(control)
        twice = 2 * self.expected[actors] - self.additive[actors]
        log = twice * np.exp(_weighted(self.slopes[actors], moved))
        return np.asarray(0.5 * (np.maximum(additive, FLOOR) + log))


def intensities(daily: npt.NDArray[Any], volume: npt.NDArray[Any]) -> Intensities:
    """Fit the rate of every actor, with the sum of all others as control.

    Args:
        daily: acts of each actor on each day toward the target, shape (actors, days), counts.
        volume: reported events of the data set on each day that are not toward the target,
            shape (days,); ones where unknown.

    Returns:
        Expected act-days and what is needed to leave a partner out.

    Null: given what the others do on the days around, the reported volume, and the actor's own
        level and habit, its acts are independent of any single other actor's.

    Blind to: a shock that hits only the actor and one more; level changes within three weeks.

    Raises:
        BadInput: fewer than three actors or thirty days, or lengths differ.

    References:
        [shah2020]: conditional independence is tested on residuals of two regressions.
        [lipsitch2010]: others' acts as a control that shares the confounders.
    """
    if daily.ndim != 2 or daily.shape[0] < 3 or daily.shape[1] < 30:
        raise BadInput(
            f"Rates cannot be fitted to an array of shape {daily.shape}.",
            advice="Give at least three actors (rows) and thirty days (columns).",
        )
    if volume.shape != daily.shape[1:]:
        raise BadInput(
            f"{daily.shape[1]} days of acts, but {volume.shape} of volume.",
            advice="Give the volume of the same days.",
        )
    acts = (daily > 0).astype(float)
    capped = np.minimum(daily, CAP).astype(float)
    control = capped.sum(axis=0) - capped
    level, lasting = _own_level(acts)
    additive, shared = _fit_additive(acts, control, volume.astype(float), level, lasting)
    log, slopes = _fit_log(acts, control, volume.astype(float), level, lasting)
    return Intensities(acts, 0.5 * (additive + log), additive, capped, control, shared, slopes)


def _weighted(weights: Floats, design: Floats) -> Floats:
    """Sum over features, shapes (n, features) and (n, features, days) -> (n, days)."""
    return np.asarray(np.matmul(weights[:, None, :], design)[:, 0, :])


def _shift(series: Floats, days: int) -> Floats:
    """The series some days before (negative: after); the edge is repeated."""
    out = np.empty_like(series)
    if days > 0:
        out[..., days:], out[..., :days] = series[..., :-days], series[..., :1]
    elif days < 0:
        out[..., :days], out[..., days:] = series[..., -days:], series[..., -1:]
    else:
        out[...] = series
    return out


def around(series: Floats, days: int) -> Floats:
    """Sum over the days within `days` of each, cut at the edges.

    Args:
        series: shape (..., days).
        days: to either side.
    """
    length = series.shape[-1]
    total = np.concatenate([np.zeros((*series.shape[:-1], 1)), np.cumsum(series, axis=-1)], axis=-1)
    last = np.minimum(np.arange(length) + days + 1, length)
    first = np.maximum(np.arange(length) - days, 0)
    return np.asarray(total[..., last] - total[..., first])


def _own_level(acts: Floats) -> tuple[Floats, Floats]:
    """Share of act-days in the three weeks to either side, and before or after a lasting change.

    The nearest three days are left out. Where an actor's level changes for good, days on the other
    side of the change do not count: otherwise two actors that change together would be taken for
    coupled around that day.
    """
    day = np.arange(acts.shape[-1])
    before = day < _changes(acts)[:, None]
    level, lasting = np.zeros_like(acts), np.zeros_like(acts)
    for side in (before, ~before):
        within = side.astype(float)
        days = around(within, NEAR_DAYS) - around(within, GAP_DAYS)
        found = around(acts * within, NEAR_DAYS) - around(acts * within, GAP_DAYS)
        level = np.where(side, found / np.maximum(days, 1.0), level)
        share = (acts * within).sum(axis=-1) / np.maximum(within.sum(axis=-1), 1.0)
        lasting = np.where(side, share[:, None], lasting)
    return level, lasting


def _changes(acts: Floats) -> npt.NDArray[np.int64]:
    """Day of the clearest change of level of each actor, 0 where none is clear, shape (n,)."""
    days = acts.shape[-1]
    first = np.arange(NEAR_DAYS, days - NEAR_DAYS + 1)
    if not len(first):
        return np.zeros(len(acts), dtype=np.int64)
    total = np.cumsum(acts, axis=-1)
    early, late = total[:, first - 1], total[:, -1:] - total[:, first - 1]
    gain = _log_chance(early, first) + _log_chance(late, days - first)
    gain -= _log_chance(total[:, -1:], np.array([days]))
    best = gain.argmax(axis=1)
    clear = gain.max(axis=1) > CLEAR_CHANGE
    return np.where(clear, first[best], 0)


def _log_chance(acts: Floats, days: npt.NDArray[np.int64]) -> Floats:
    """Log-likelihood of so many act-days at their own constant rate, but for a constant."""
    return np.asarray(acts * np.log(np.maximum(acts, 0.5) / days))


def _recent(acts: Floats) -> Floats:
    past = np.pad(acts, [(0, 0)] * (acts.ndim - 1) + [(3, 0)])
    return np.asarray(past[..., 2:-1] + 0.6 * past[..., 1:-2] + 0.4 * past[..., :-3])


def _additive_shared(control: Floats) -> Floats:
    """The control and its neighbours, over its mean, shape (n, 5, days)."""
    scaled = control / np.maximum(control.mean(axis=-1, keepdims=True), FLOOR)
    return np.stack(
        [
            scaled,
            _shift(scaled, 1),
            0.5 * (_shift(scaled, 2) + _shift(scaled, 3)),
            _shift(scaled, -1),
            0.5 * (_shift(scaled, -2) + _shift(scaled, -3)),
        ],
        axis=1,
    )


def _log_shared(control: Floats) -> Floats:
    """Logarithms of the control and its neighbours, shape (n, 5, days)."""
    logs = np.log1p(control)
    ones = np.ones(control.shape[-1])
    wide = np.log(0.2 + around(control, WIDE_DAYS) / around(ones, WIDE_DAYS))
    return np.stack([logs, _shift(logs, 1), _shift(logs, -1), _shift(logs, 2), wide], axis=1)


def _fit_additive(
    acts: Floats, control: Floats, volume: Floats, level: Floats, lasting: Floats
) -> tuple[Floats, Floats]:
    """Non-negative Poisson regression with identity link, by EM."""
    flat = np.broadcast_to(volume / max(volume.mean(), FLOOR), acts.shape)
    usual = around(flat, NEAR_DAYS) / around(np.ones(acts.shape[-1]), NEAR_DAYS)
    news = flat / np.maximum(usual, FLOOR)
    own = [np.full(acts.shape, 0.01), flat, level * news, lasting * flat, _recent(acts)]
    design = np.concatenate([_additive_shared(control), np.stack(own, axis=1)], axis=1)
    totals = np.maximum(design.sum(axis=-1), FLOOR)
    weights = acts.sum(axis=-1)[:, None] / totals / design.shape[1] + FLOOR
    fast = design.astype(np.float32)
    for _ in range(EM_STEPS):
        weights = _em(fast, weights, acts, totals)
    rates = _weighted(weights, design)
    return np.maximum(rates, FLOOR), np.asarray(weights[:, :SHARED])


def _em(design: npt.NDArray[np.float32], weights: Floats, acts: Floats, totals: Floats) -> Floats:
    rates = np.matmul(weights[:, None, :].astype(np.float32), design)
    ratio = (acts[:, None, :] / np.maximum(rates, FLOOR)).astype(np.float32)
    return np.asarray(weights * np.matmul(design, ratio.transpose(0, 2, 1))[:, :, 0] / totals)


def _fit_log(
    acts: Floats, control: Floats, volume: Floats, level: Floats, lasting: Floats
) -> tuple[Floats, Floats]:
    """Poisson regression with log link and a ridge, by Newton steps."""
    days = acts.shape[-1]
    news = np.log(volume + 1.0)
    habit = np.log1p(_shift(acts, 1) + _shift(acts, 2))
    own = [
        np.broadcast_to(news, acts.shape),
        np.log(level + 0.02),
        np.log(lasting + 0.02),
        habit,
    ]
    design = np.concatenate([_log_shared(control), np.stack(own, axis=1)], axis=1)
    design = design - design.mean(axis=-1, keepdims=True)
    slopes = np.zeros(design.shape[:2])
    base = np.log(np.maximum(acts.mean(axis=-1), FLOOR))
    ridge = RIDGE * np.eye(design.shape[1])
    for _ in range(NEWTON_STEPS):
        score = np.minimum(base[:, None] + _weighted(slopes, design), 2.0)
        rates = np.exp(score)
        base = base + np.log((acts.sum(axis=-1) + FLOOR * days) / rates.sum(axis=-1))
        rates *= ((acts.sum(axis=-1) + FLOOR * days) / rates.sum(axis=-1))[:, None]
        centred = (
            design - (rates[:, None] * design).sum(-1, keepdims=True) / rates.sum(-1)[:, None, None]
        )
        gradient = np.matmul(centred, (acts - rates)[:, :, None])[:, :, 0] - RIDGE * slopes
        hessian = np.matmul(centred * rates[:, None], centred.transpose(0, 2, 1)) + ridge
        step = np.linalg.solve(hessian, gradient[:, :, None])[:, :, 0]
        slopes = slopes + np.clip(step, -1.0, 1.0)
    rates = np.exp(np.minimum(base[:, None] + _weighted(slopes, design), 2.0))
    rates *= (acts.sum(axis=-1) / np.maximum(rates.sum(axis=-1), FLOOR))[:, None]
    return np.maximum(rates, FLOOR), np.asarray(slopes[:, :SHARED])
