"""Scores of very many pairs toward one target, each re-centred on its placebo pairs.

The law is that of `cells.typed_co_action`; here the placebo pairs of one pair are other cells of
the same table, so that every pair of actors is computed once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from inconcert.measure.blocs import MEMBER_Z, stand_apart
from inconcert.measure.cells import TYPED_PROFILE_WEIGHT
from inconcert.measure.coaction import PLACEBO_ACT_DAYS, PLACEBOS_AT_MOST
from inconcert.measure.lift import FEWEST_EASED, PRIOR_SCORES
from inconcert.measure.scan_cells import PairCells
from inconcert.measure.scan_chance import many_count_scores

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

PAIRS_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Scores:
    """What the placebos make of pairs, shape (n,) each.

    Attributes:
        expected: cells expected, deflated.
        score: after re-centring.
        spread: standard deviation of the placebos' scores.
        rank: place among the placebos, best first.
        placebos: their number.
        bloc: third parties that co-act with both.
        partners: those of them who stand apart, and are no placebos.
    """

    expected: Floats
    score: Floats
    spread: Floats
    rank: Indices
    placebos: Indices
    bloc: Indices
    partners: Indices

    def replaced(self, rows: Indices, other: Scores) -> Scores:
        """The same with some rows taken from another."""
        parts = []
        for name in self.__slots__:
            mine = getattr(self, name).copy()
            mine[rows] = getattr(other, name)
            parts.append(mine)
        return Scores(*parts)


class Common:
    """Cells found and expected of all pairs toward one target, and those who are placebos."""

    def __init__(self, found: Floats, expected: Floats, active: Indices) -> None:
        self.found, self._expected, self._active = found, expected, active

    def put_right(self, cells: PairCells, first: Indices, second: Indices) -> None:
        """Expect exactly what these pairs and their placebo pairs share."""
        needed = np.zeros(self.found.shape, dtype=bool)
        needed[first, second] = True
        needed[np.unique(np.r_[first, second])[:, None], self._active] = True
        needed |= needed.T
        one, other = np.nonzero(np.triu(needed, 1))
        self._expected[one, other] = self._expected[other, one] = cells.expected(one, other)

    def scored(self, first: Indices, second: Indices) -> Scores:
        """Deflate, score and re-centre each pair on its placebos."""
        parts = [
            self._some(first[start : start + PAIRS_AT_ONCE], second[start : start + PAIRS_AT_ONCE])
            for start in range(0, len(first), PAIRS_AT_ONCE)
        ]
        columns = ([getattr(part, name) for part in parts] for name in Scores.__slots__)
        return Scores(*(np.concatenate(column) for column in columns))

    def _some(self, a: Indices, b: Indices) -> Scores:
        is_third = (self._active != a[:, None]) & (self._active != b[:, None])
        is_third &= np.cumsum(is_third, axis=1) <= PLACEBOS_AT_MOST
        own, z, scores = self._deflated(a, b, is_third)
        is_partner = stand_apart(scores[:, 0], scores[:, 1], is_third)
        again = np.flatnonzero(is_partner.any(axis=1))
        if len(again):
            is_third &= ~is_partner
            own[again], z[again], scores[again] = self._deflated(
                a[again], b[again], is_third[again]
            )
        thirds, partners = is_third.sum(axis=1), is_partner.sum(axis=1)
        centre, spread = _placebo_laws(scores, is_third, thirds)
        squares = spread**2 * (2 * thirds - 1)
        # as `lift.usual_centre` has it
        eased = np.sqrt((squares + PRIOR_SCORES) / (2 * thirds + PRIOR_SCORES))
        divisor = np.where(own < FEWEST_EASED, np.maximum(1.0, spread), eased)
        above = ((scores >= z[:, None, None]) & is_third[:, None]).sum(axis=(1, 2))
        bloc = ((scores.min(axis=1) > MEMBER_Z) & is_third).sum(axis=1) + partners
        return Scores(own, (z - centre) / divisor, spread, above + 1, 2 * thirds, bloc, partners)

    def _deflated(self, a: Indices, b: Indices, is_third: Flags) -> tuple[Floats, Floats, Floats]:
        """Cells expected of pairs, their scores, and those of A and of B with each third party."""
        found, expected = (
            np.stack([table[a][:, self._active], table[b][:, self._active]], axis=1)
            * is_third[:, None]
            for table in (self.found, self._expected)
        )
        factor = (found.sum(axis=(1, 2)) + 1) / (expected.sum(axis=(1, 2)) + 1)
        own = self._expected[a, b] * factor
        scores = many_count_scores(found, expected * factor[:, None, None]) * is_third[:, None]
        return own, many_count_scores(self.found[a, b], own), scores


def _placebo_laws(scores: Floats, is_third: Flags, thirds: Indices) -> tuple[Floats, Floats]:
    """Centre and standard deviation of each pair's placebos, as `coaction.placebo_law` has them.

    Args:
        scores: of A and of B with each third party, 0 for those that are none, shape
            (n, 2, third parties).
        is_third: shape (n, third parties).
        thirds: their number, shape (n,).
    """
    number = np.maximum(thirds, 1)
    means = scores.sum(axis=2) / number[:, None]
    beside = (scores - means[:, :, None]) * is_third[:, None]
    profile = np.maximum(0.0, (beside[:, 0] * beside[:, 1]).sum(axis=1) / number)
    centre = np.maximum(0.0, means.mean(axis=1)) + TYPED_PROFILE_WEIGHT * profile
    middle = means.mean(axis=1)[:, None, None]
    squares = (((scores - middle) * is_third[:, None]) ** 2).sum(axis=(1, 2))
    return centre, np.sqrt(squares / np.maximum(2 * thirds - 1, 1))


def most_active(days: npt.NDArray[Any]) -> Indices:
    """Those of whom placebos are taken, most active first, two more than are needed."""
    order = np.argsort(-days, kind="stable")
    return np.asarray(order[days[order] >= PLACEBO_ACT_DAYS][: PLACEBOS_AT_MOST + 2])
