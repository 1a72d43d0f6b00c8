"""Who is friendly or hostile to whom: signed networks, period by period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from inconcert.core.display import displayed
from inconcert.core.panel import Unit
from inconcert.core.span import TimeSpan
from inconcert.errors import BadQuestion
from inconcert.ontology import plover
from inconcert.shape.asking import Indices, Query, answer, dates, encoded, numbers, shown
from inconcert.shape.axes import Days, coverage, places

MOST_ACTORS = 200
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Edges:
    """The ties of a network in long form, arrays of shape (rows,).

    Attributes:
        actor: places in `actors` of the network.
        recipient: likewise.
        period: places in its `periods`.
    """

    actor: Indices
    recipient: Indices
    period: Indices
    positive: Counts
    negative: Counts
    unsigned: Counts


@displayed
@dataclass(frozen=True, slots=True)
class SignedNetwork:
    """Friendly and hostile acts among actors.

    Each of the three arrays has shape (actors, actors, periods): acts of the first toward the
    second. An act without direction, as talks are, stands in both places.

    Attributes:
        positive: acts whose PLOVER score is above zero.
        negative: below zero.
        unsigned: zero (requests), or no score (statements, appeals).
        actors: those asked about, else those of most acts, given and received.
        periods: first day of each, shape (periods,).
        covered: share of the period's days with any event of the source, shape (periods,).
    """

    positive: Counts
    negative: Counts
    unsigned: Counts
    actors: tuple[str, ...]
    periods: Days
    unit: Unit
    covered: npt.NDArray[np.float64]
    source: str
    query: str

    def edges(self) -> Edges:
        """All ties with any act, in order of period, actor, recipient."""
        any_act = self.positive + self.negative + self.unsigned
        period, actor, recipient = np.nonzero(any_act.transpose(2, 0, 1))
        at = (actor, recipient, period)
        return Edges(*at, self.positive[at], self.negative[at], self.unsigned[at])


def network(
    query: Query,
    source: str,
    *,
    span: TimeSpan,
    actors: Sequence[str] | None = None,
    most: int = MOST_ACTORS,
    unit: Unit = "month",
) -> SignedNetwork:
    """The signed network among some actors, as one source has it.

    Args:
        query: answers SQL on the views of the event store, as `Lake.query`.
        source: name of the source.
        span: days asked about.
        actors: codes; None for the `most` actors that give and receive most acts.
        most: how many, where none are named.
        unit: length of a period.

    Raises:
        BadQuestion: there is no source of that name, or an actor stands twice.
    """
    if actors is not None and len(set(actors)) < len(actors):
        raise BadQuestion("an actor stands twice in a network", advice="Name each code once.")
    cover = coverage(query, source, span)
    periods, covered = cover.by_period(unit)
    kinds, modes, signs = zip(*_signs(), strict=True)
    given: dict[str, Any] = {
        "source": source,
        "first": span.first,
        "last": span.last,
        "unit": unit,
        "actors": None if actors is None else list(actors),
        "kinds": list(kinds),
        "modes": list(modes),
        "signs": list(signs),
    }
    table = answer(query, "network", given)
    (actor, acting), (recipient, acted_upon) = (encoded(table, k) for k in ("actor", "recipient"))
    period = np.searchsorted(periods, dates(table, "period"))
    layers = [numbers(table, name) for name in ("positive", "negative", "unsigned")]
    if actors is None:
        axis = _busiest((actor, acting), (recipient, acted_upon), np.sum(layers, axis=0), most)
    else:
        axis = tuple(actors)
    at = (places(acting, axis)[actor], places(acted_upon, axis)[recipient], period)
    held = (at[0] >= 0) & (at[1] >= 0)
    arrays = np.zeros((3, len(axis), len(axis), len(periods)), dtype=np.int64)
    for array, layer in zip(arrays, layers, strict=True):
        np.add.at(array, tuple(one[held] for one in at), layer[held])
    return SignedNetwork(
        positive=arrays[0],
        negative=arrays[1],
        unsigned=arrays[2],
        actors=axis,
        periods=periods,
        unit=unit,
        covered=covered,
        source=source,
        query=shown("network", given),
    )


def sign_of(kind: str, mode: str | None = None) -> int:
    """1 for a friendly act, -1 for a hostile one, 0 where PLOVER scores zero.

    Raises:
        BadInput: PLOVER has no such type, or the type no such mode.

    Example:
        >>> sign_of("AID"), sign_of("SANCTION"), sign_of("REQUEST")
        (1, -1, 0)
    """
    score = plover.intensity(kind, mode)
    return (score > 0) - (score < 0)


@cache
def _signs() -> tuple[tuple[str, str, int], ...]:
    """Type, mode (empty for none) and sign of all that PLOVER scores."""
    return tuple(
        (kind, mode or "", sign_of(kind, mode))
        for kind in plover.event_types()
        for mode in (None, *plover.modes(kind))
    )


def _busiest(
    acting: tuple[Indices, list[str | None]],
    acted_upon: tuple[Indices, list[str | None]],
    n: Counts,
    most: int,
) -> tuple[str, ...]:
    acts: dict[str, int] = {}
    for place, codes in (acting, acted_upon):
        sums = np.bincount(place, weights=n, minlength=len(codes))
        for code, count in zip(codes, sums, strict=True):
            acts[str(code)] = acts.get(str(code), 0) + int(count)
    return tuple(sorted(acts, key=lambda code: (-acts[code], code))[:most])
