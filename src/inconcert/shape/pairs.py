"""Who acts toward whom in one event, and what it adds where parties are put together.

The store counts an event once for each ordered pair of parties. Where several codes are one side
(`AFG+AFGTAL`) or one actor (`DEU+FRA`), an event of more than two parties would count more than
once; what is too much is taken off here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from inconcert.shape.asking import Query, answer

Label = Callable[[str], str | None]
"""The actor or side that a code counts for; None for a code that does not count."""


@dataclass(frozen=True, slots=True)
class Parties:
    """An event, as far as its parties go.

    Attributes:
        mode: PLOVER mode; empty for none.
        contexts: PLOVER contexts joined by `;`; empty for none.
        is_mutual: without direction, as talks are: each party acts toward the other.
    """

    day: np.datetime64
    kind: str
    cell: str
    mode: str
    contexts: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    is_mutual: bool

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """All ordered pairs of who acts and toward whom."""
        return pairs_of(self.actors, self.recipients, is_mutual=self.is_mutual)


def pairs_of(
    actors: Iterable[str], recipients: Collection[str], *, is_mutual: bool
) -> frozenset[tuple[str, str]]:
    """Ordered pairs of who acts and toward whom, nobody toward himself.

    Args:
        is_mutual: the event has no direction. Those on one side of it are then in it together
            and not with each other, unless nobody stands on the other side.
    """
    one = set(actors)
    other = set(recipients) or (one if is_mutual else set())
    found = {(a, r) for a in one for r in other if a != r}
    if is_mutual:
        found |= {(r, a) for a, r in found}
    return frozenset(found)


def surplus(pairs: Iterable[tuple[str, str]], actor: Label, recipient: Label) -> Counter[Any]:
    """By how much an event is counted too often, by actor and recipient.

    Args:
        actor: the actor that a code counts for.
        recipient: the recipient that a code counts for.
    """
    found = Counter((actor(a), recipient(r)) for a, r in pairs)
    return Counter(
        {pair: count - 1 for pair, count in found.items() if None not in pair and count > 1}
    )


def acts_too_many(
    event: Parties, side: Collection[str], label_of: Mapping[str, str]
) -> Counter[str]:
    """By how much the acts of each actor toward a side are counted too often, by actor.

    Args:
        side: codes of T; none of them is an actor.
        label_of: the actor asked about that a code belongs to. An act of one of these that
            another of them receives too is not counted for it at all.
    """
    found = Counter(label_of.get(a, a) for a, r in event.pairs if r in side and a not in side)
    left_out = _left_out(event, label_of)
    return Counter(
        {
            label: count if label in left_out else count - 1
            for label, count in found.items()
            if label in left_out or count > 1
        }
    )


def _left_out(event: Parties, label_of: Mapping[str, str]) -> set[str]:
    """Actors asked about of whose act another of them is a recipient."""
    first = {label_of[code] for code in event.actors if code in label_of}
    second = {label_of[code] for code in event.recipients if code in label_of}
    left_out = {one for one in first if second - {one}}
    if event.is_mutual:
        left_out |= {one for one in second if first - {one}}
    return left_out


def shared_events(
    query: Query, source: str, codes: Sequence[str], days: npt.NDArray[np.datetime64]
) -> list[Parties]:
    """Counted events of some days that name one of the codes and stand in more than one pair."""
    if not len(days):
        return []
    given = {
        "source": source,
        "codes": list(codes),
        "first": days.min().item(),
        "last": days.max().item(),
        "days": [day.item() for day in np.unique(days)],
    }
    return [
        Parties(
            np.datetime64(row["day"], "D"),
            row["kind"],
            row["cell"],
            row["mode"],
            row["contexts"],
            tuple(row["actors"]),
            tuple(row["recipients"]),
            bool(row["is_mutual"]),
        )
        for row in answer(query, "shared", given).to_pylist()
    ]
