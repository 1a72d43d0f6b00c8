"""Camps in a network of friendly and hostile acts: signed modularity and the search for its best.

The search is the usual one (single actors change camps, then whole camps join, for as long as that
helps), done for many networks at once, so that a null and a bootstrap cost little.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_TINY = 1e-12


def signed_surplus(good: Floats, bad: Floats) -> Floats:
    """By how much each pair is friendlier than both actors' numbers of acts let one expect.

    Args:
        good: cooperative acts, symmetric with an empty diagonal, shape (draws, actors, actors).
        bad: hostile acts, same shape.

    Returns:
        Same shape; its sum over pairs within camps is the signed modularity.

    References:
        [gomez2009]: modularity where ties have a sign.
    """
    everything = good.sum(axis=(1, 2)) + bad.sum(axis=(1, 2))
    surplus = _beyond(good) - _beyond(bad)
    return np.asarray(surplus / np.maximum(everything, _TINY)[:, None, None])


def best_camps(surplus: Floats) -> tuple[Ints, Floats]:
    """The camps with the highest signed modularity that a greedy search finds.

    Args:
        surplus: what `signed_surplus` returns, shape (draws, actors, actors).

    Returns:
        Camp of each actor, shape (draws, actors), numbered from 0 in order of the actors, and
        the modularity, shape (draws,).

    References:
        [blondel2008]: moving actors, then joining camps.
    """
    draws, actors, _ = surplus.shape
    camp = np.tile(np.arange(actors), (draws, 1))
    loose = surplus * (1 - np.eye(actors))
    for _ in range(actors):
        _move_actors(loose, camp)
        if not _join_camps(loose, camp):
            break
    inside = camp[:, :, None] == camp[:, None, :]
    return _renumbered(camp), np.asarray((surplus * inside).sum(axis=(1, 2)))


def _beyond(ties: Floats) -> Floats:
    strength = ties.sum(axis=2)
    total = np.maximum(strength.sum(axis=1), _TINY)
    return np.asarray(ties - strength[:, :, None] * strength[:, None, :] / total[:, None, None])


def _members(camp: Ints) -> Floats:
    """Shape (draws, actors, camps), 1 where the actor is in the camp."""
    return np.asarray((camp[:, :, None] == np.arange(camp.shape[1])).astype(float))


def _move_actors(loose: Floats, camp: Ints) -> None:
    """Move the actor for whom it helps most, one at a time in each network, in place."""
    draws, actors = camp.shape
    pull = np.matmul(loose, _members(camp))
    each = np.arange(draws)
    for _ in range(4 * actors):
        own = np.take_along_axis(pull[each], camp[each][:, :, None], axis=2)
        gain = (pull[each] - own).reshape(len(each), -1)
        best = gain.argmax(axis=1)
        helps = gain[np.arange(len(each)), best] > _TINY
        each, best = each[helps], best[helps]
        if not len(each):
            return
        actor, new = best // actors, best % actors
        old = camp[each, actor]
        pull[each, :, new] += loose[each, :, actor]
        pull[each, :, old] -= loose[each, :, actor]
        camp[each, actor] = new


def _join_camps(loose: Floats, camp: Ints) -> bool:
    """Join the two camps whose union helps most, in place; whether anywhere it helped."""
    members = _members(camp)
    between = np.matmul(members.transpose(0, 2, 1), np.matmul(loose, members))
    actors = camp.shape[1]
    between[:, np.arange(actors), np.arange(actors)] = -1.0
    best = between.reshape(len(camp), -1).argmax(axis=1)
    one, other = best // actors, best % actors
    helps = between[np.arange(len(camp)), one, other] > _TINY
    moved = helps[:, None] & (camp == other[:, None])
    camp[moved] = np.broadcast_to(one[:, None], camp.shape)[moved]
    return bool(helps.any())


def _renumbered(camp: Ints) -> Ints:
    """Camps numbered in order of their first actors; those without any come last."""
    actors = camp.shape[1]
    is_in = camp[:, :, None] == np.arange(actors)
    first = np.where(is_in.any(axis=1), is_in.argmax(axis=1), actors)
    number = np.argsort(np.argsort(first, axis=1, kind="stable"), axis=1)
    return np.asarray(np.take_along_axis(number, camp, axis=1))
