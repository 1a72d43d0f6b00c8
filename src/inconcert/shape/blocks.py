"""Acts toward each of many targets: the blocks that a scan goes through."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from inconcert.core.panel import Toward
from inconcert.core.span import TimeSpan
from inconcert.shape.asking import Query, answer, dates, encoded, numbers, shown, truths
from inconcert.shape.axes import UNCODED, Coverage, coverage, deed_types, groups
from inconcert.shape.pairs import shared_events
from inconcert.shape.tally import Acts, corrected, days_to_look_up, tallied
from inconcert.shape.toward import habits_of

TARGETS, ACT_DAYS, AT_ONCE = 70, 10, 100


def blocks(
    query: Query,
    source: str,
    *,
    span: TimeSpan,
    targets: Sequence[str] | None = None,
    most: int = TARGETS,
    sides: Sequence[str] = (),
    act_days: int = ACT_DAYS,
    actors: Collection[str] | None = None,
    deeds_only: bool = False,
) -> Iterator[Toward]:
    """Acts toward each of the targets acted upon most, as one source has them.

    Args:
        query: answers SQL on the views of the event store, as `Lake.query`.
        source: name of the source.
        span: days asked about.
        targets: the targets, in this order, codes of a side joined by `+`; None for those acted
            upon most.
        most: how many of these.
        sides: codes that are one target wherever they are met, joined by `+` (`AFG+AFGTAL`).
        act_days: days on which an actor must act toward the target to stand in its block.
        actors: the only actors that may; None for all.
        deeds_only: leave out what is only said.

    Yields:
        A block a target, those acted upon most first; as `toward` would give it, but that acts of
        an actor which another of the block receives too are counted.

    Raises:
        BadQuestion: there is no source of that name, or a code stands in two sides.
    """
    cover = coverage(query, source, span)
    given: dict[str, Any] = {"source": source, "first": span.first, "last": span.last}
    if targets is None:
        targets = _most_acted_on(query, given, sides, most)
    else:
        _ = groups(targets)
    habits = habits_of(query, source, span, None, deeds_only=deeds_only)
    for start in range(0, len(targets), AT_ONCE):
        chunk = [target.split("+") for target in targets[start : start + AT_ONCE]]
        codes = [code for side in chunk for code in side]
        asked = {
            **given,
            "recipients": codes,
            "least": min(codes),
            "greatest": max(codes),
            "deeds": list(deed_types()),
        }
        rows = _Rows(answer(query, "blocks", asked), cover)
        made_by = shown("blocks", asked)
        for side in chunk:
            acts, is_shared = rows.of(side)
            days = cover.days[days_to_look_up(acts, is_shared, side)]
            shared = shared_events(query, source, side, days)
            whole = corrected(acts, shared, cover, side=side, who=groups(()))
            counted = whole.of_deeds() if deeds_only else whole
            found = counted.actors_on_days((), act_days)
            yield tallied(
                counted,
                habits,
                actors=tuple(one for one in found if actors is None or one in actors),
                deeds_only=deeds_only,
                source=source,
                query=made_by,
            )


class _Rows:
    """The answer of the store, cut by recipient."""

    def __init__(self, table: pa.Table, cover: Coverage) -> None:
        recipient, codes = encoded(table, "recipient")
        starts = np.flatnonzero(np.r_[True, recipient[1:] != recipient[:-1]][: len(recipient)])
        ends = np.r_[starts[1:], len(recipient)]
        self._slices = {
            str(codes[recipient[first]]): np.arange(first, end)
            for first, end in zip(starts, ends, strict=False)
        }
        self._actor, self._actors = encoded(table, "actor")
        self._cell, self._cells = encoded(table, "cell", unknown=UNCODED)
        self._day = (dates(table) - cover.days[0]).astype(np.int64)
        self._is_deed = truths(table, "is_deed")
        self._is_shared = truths(table, "is_shared")
        self._n = numbers(table, "n")

    def of(self, side: Sequence[str]) -> tuple[Acts, np.ndarray[Any, np.dtype[np.bool_]]]:
        """Rows toward a side, and which of them hold events of more than two parties."""
        none = np.arange(0)
        held = np.concatenate([self._slices.get(code, none) for code in side])
        # only the names that are used: a block must not cost as much as all of them
        used, actor = np.unique(self._actor[held], return_inverse=True)
        acts = Acts(
            actor,
            [self._actors[place] for place in used],
            self._cell[held],
            self._cells,
            self._day[held],
            self._is_deed[held],
            self._n[held],
        )
        return acts, self._is_shared[held]


def _most_acted_on(
    query: Query, given: dict[str, Any], sides: Sequence[str], most: int
) -> list[str]:
    merged = groups(sides).label_of
    table = answer(query, "targets", given)
    totals: dict[str, int] = {}
    columns = (table[name].to_pylist() for name in ("actor", "recipient", "n"))
    for actor, recipient, n in zip(*columns, strict=True):
        label = merged.get(recipient, recipient)
        if merged.get(actor, actor) != label:
            totals[label] = totals.get(label, 0) + n
    return sorted(totals, key=lambda label: (-totals[label], label))[:most]
