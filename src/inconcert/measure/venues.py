"""Organisations as venues: which share of two actors' concert runs through which of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inconcert.core.result import TestResult
from inconcert.errors import BadInput, TooFewEvents
from inconcert.measure.chance import NORMAL_90, normal_p
from inconcert.measure.multiplicity import holm
from inconcert.measure.portfolio_blocks import by_weeks, score_bounds

Floats = npt.NDArray[np.float64]

LEAST_ACTS = 10
NULL = "A and B meet in the venue in the same share of their concert as other pairs do."


@dataclass(frozen=True, slots=True)
class VenueShare:
    """How much of the concert of A and B runs through one organisation.

    Attributes:
        venue: its name or code.
        acts: acts of concert in it.
        share: of all their acts of concert, 0–1.
        interval: of the share, at 90 %.
        result: the test against other pairs' share, with the interval of A's and B's share; p
            one-sided, for more; None where others were not given or have too few acts.
        corrected: p corrected for all the venues asked about; None where there is no test.
    """

    venue: str
    acts: int
    share: float
    interval: tuple[float, float]
    result: TestResult | None
    corrected: float | None


def venue_shares(
    through: npt.ArrayLike,
    total: npt.ArrayLike,
    venues: Sequence[str],
    *,
    others_through: npt.ArrayLike | None = None,
    others_total: npt.ArrayLike | None = None,
) -> tuple[VenueShare, ...]:
    """Which share of the concert of two actors runs through which venue.

    Args:
        through: their joint acts and consultations in each venue by day, shape (venues, days); an
            act may run through several venues, or none.
        total: all their joint acts and consultations, shape (days,).
        venues: name or code of each venue.
        others_through: the same of other pairs together, same shape.
        others_total: all of these, shape (days,).

    Returns:
        Venues, largest share first.

    Null: A and B meet in the venue in the same share of their concert as other pairs do.

    Blind to: a meeting on the margin of an organisation's meeting that no report puts there; what
        an organisation does by itself; how much was agreed.

    Raises:
        TooFewEvents: fewer than 10 acts of concert.
        BadInput: shapes differ, or more acts run through a venue than there are.

    References:
        [wilson1927]: the interval of a share.
        [kish1965]: acts that come together count less than their number.
        [holm1979]: several venues.
    """
    held = _checked(through, total, len(venues))
    weekly = by_weeks(np.vstack(held))
    acts = int(weekly[-1].sum())
    if acts < LEAST_ACTS:
        raise TooFewEvents("venues, acts of concert", acts, LEAST_ACTS)
    others = None
    if others_through is not None and others_total is not None:
        theirs = _checked(others_through, others_total, len(venues))
        if theirs[1].sum() >= LEAST_ACTS:
            others = by_weeks(np.vstack(theirs))
    told = []
    for place, venue in enumerate(venues):
        inside = weekly[place]
        share = float(inside.sum() / acts)
        draws = acts / _clustering(inside, weekly[-1])
        low, high = score_bounds(np.array(share), np.array(draws), NORMAL_90).tolist()
        result = None
        if others is not None:
            result = _against(inside, weekly[-1], others[place], others[-1], (low, high))
        told.append((venue, int(inside.sum()), share, (low, high), result))
    corrected = holm({one[0]: one[4].p for one in told if one[4] is not None})
    found = [VenueShare(*one, corrected.get(one[0])) for one in told]
    return tuple(sorted(found, key=lambda one: (-one.share, one.venue)))


def _against(
    inside: Floats,
    total: Floats,
    others_inside: Floats,
    others_total: Floats,
    interval: tuple[float, float],
) -> TestResult:
    acts, theirs = float(total.sum()), float(others_total.sum())
    share, usual = float(inside.sum() / acts), float(others_inside.sum() / theirs)
    own, other = _clustering(inside, total), _clustering(others_inside, others_total)
    # the share of the null is the one of both together, as in any test of two shares
    pooled = (inside.sum() / own + others_inside.sum() / other + 0.5) / (
        acts / own + theirs / other + 1.0
    )
    error = float((pooled * (1 - pooled) * (own / acts + other / theirs)) ** 0.5)
    # a share moves in steps of one act: half a step, as for any count
    step = 0.5 / (acts / own)
    z = (share - usual - step) / max(error, 1e-9)
    return TestResult(
        "venue",
        share,
        usual,
        normal_p(z),
        interval,
        NULL,
        int(acts),
        reference="wilson1927 kish1965",
    )


def _clustering(inside: Floats, total: Floats) -> float:
    """Variance of the share by weeks over that of acts that have nothing to do with each other."""
    acts, weeks = float(total.sum()), int((total > 0).sum())
    share = (inside.sum() + 0.5) / (acts + 1.0)
    if weeks < 2:
        return max(1.0, acts)
    left = float(((inside - share * total) ** 2).sum()) * weeks / (weeks - 1)
    usual = float((total**2).sum() / acts)
    # a share near 0 or 1 shows little of how acts come together: halfway to the worst case
    shown = left / max(acts * share * (1 - share), 1e-9)
    weight = min(1.0, acts * share * (1 - share) / 5.0)
    return float(max(1.0, weight * shown + (1 - weight) * 0.5 * (1 + usual)))


def _checked(through: npt.ArrayLike, total: npt.ArrayLike, venues: int) -> tuple[Floats, Floats]:
    inside, everything = np.asarray(through, dtype=float), np.asarray(total, dtype=float)
    if inside.ndim != 2 or inside.shape != (venues, len(everything)):
        raise BadInput(
            f"Acts in venues of shape {inside.shape}, of {venues} venues.",
            advice="Give (venues, days), and all acts of concert by day.",
        )
    if (inside > everything).any():
        raise BadInput("More acts run through a venue than there are.", advice="Count anew.")
    return inside, everything
