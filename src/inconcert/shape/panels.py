"""Counts by actor, recipient, type and period, with the gaps of the source marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from inconcert.core.panel import Panel, Unit
from inconcert.core.span import TimeSpan
from inconcert.errors import BadQuestion
from inconcert.shape.asking import (
    LAST_WORD,
    Indices,
    Query,
    answer,
    dates,
    encoded,
    numbers,
    shown,
    truths,
)
from inconcert.shape.axes import (
    Days,
    Groups,
    coverage,
    deed_types,
    groups,
    kinds_wanted,
    period_of,
    places,
    types_of,
)
from inconcert.shape.pairs import Parties, shared_events, surplus

MOST_CELLS = 200_000_000
"""Largest array that is made, 1.6 GB; `dyads` has room for the whole world."""


def panel(
    query: Query,
    source: str,
    actors: Sequence[str] | None,
    recipients: Sequence[str] | None,
    *,
    span: TimeSpan,
    unit: Unit = "week",
    deeds_only: bool = False,
) -> Panel:
    """Acts of some actors upon some recipients, by type and period, as one source has them.

    Args:
        query: answers SQL on the views of the event store, as `Lake.query`.
        source: name of the source; sources are never put together.
        actors: codes, those of a group joined by `+`; None for everybody who acts upon them.
        recipients: likewise; None for everybody acted upon.
        span: days asked about.
        unit: length of a period; weeks are ISO weeks.
        deeds_only: leave out what is only said.

    Returns:
        An act of a group, or upon one, counts once; acts among the members of a group stand where
        it meets itself. A period that the span cuts holds only its days within, and is covered
        only as far.

    Raises:
        BadQuestion: a code stands twice on one side, no source of that name, or an array too
            large to be made.
    """
    acting, acted_upon = groups(actors or ()), groups(recipients or ())
    cover = coverage(query, source, span)
    periods, covered = cover.by_period(unit)
    given: dict[str, Any] = {
        "source": source,
        "actors": None if actors is None else list(acting.codes),
        "recipients": None if recipients is None else list(acted_upon.codes),
        "least": min(acted_upon.codes, default=""),
        "greatest": max(acted_upon.codes, default=LAST_WORD),
        "first": span.first,
        "last": span.last,
        "unit": unit,
        "kinds": kinds_wanted(deeds_only),
    }
    table = answer(query, "panel", given)
    rows = _Rows(table, acting, acted_upon)
    shared = _shared(query, source, rows, cover.days, unit, acting, acted_upon)
    rows_axis = _axis(acting, actors, rows.actors)
    columns_axis = _axis(acted_upon, recipients, rows.recipients)
    types = types_of(rows.cells, deeds_only=deeds_only)
    counts = _empty(len(rows_axis), len(columns_axis), len(types), len(periods))
    at = (
        places(rows.actors, rows_axis)[rows.actor],
        places(rows.recipients, columns_axis)[rows.recipient],
        places(rows.cells, types)[rows.cell],
        np.searchsorted(periods, rows.period),
    )
    np.add.at(counts, at, rows.n)
    for event in shared:
        if deeds_only and event.kind not in deed_types():
            continue
        period = int(np.searchsorted(periods, period_of(np.array([event.day]), unit)[0]))
        too_many = surplus(event.pairs, _labels(acting, actors), _labels(acted_upon, recipients))
        for (actor, recipient), count in too_many.items():
            row, column = rows_axis.index(actor), columns_axis.index(recipient)
            counts[row, column, types.index(event.cell), period] -= count
    return Panel(
        counts=counts,
        actors=rows_axis,
        recipients=columns_axis,
        types=types,
        periods=periods,
        unit=unit,
        covered=covered,
        source=source,
        query=shown("panel", given),
    )


class _Rows:
    """The answer of the store with groups put together, arrays of shape (rows,)."""

    def __init__(self, table: pa.Table, acting: Groups, acted_upon: Groups) -> None:
        self.actor, actors = encoded(table, "actor")
        self.recipient, recipients = encoded(table, "recipient")
        self.cell, cells = encoded(table, "cell")
        self.period: Days = dates(table, "period")
        self.is_shared = truths(table, "is_shared")
        self.n: Indices = numbers(table, "n")
        self.cells = [str(one) for one in cells]
        self.actors = [acting.label_of.get(str(code), str(code)) for code in actors]
        self.recipients = [acted_upon.label_of.get(str(code), str(code)) for code in recipients]

    def is_inside(self) -> npt.NDArray[np.bool_]:
        """Acts among the members of one group, which may stand in both orders."""
        actors = np.asarray(self.actors, dtype=np.str_)[self.actor]
        recipients = np.asarray(self.recipients, dtype=np.str_)[self.recipient]
        return np.asarray(actors == recipients)


def _shared(
    query: Query,
    source: str,
    rows: _Rows,
    days: Days,
    unit: Unit,
    acting: Groups,
    acted_upon: Groups,
) -> list[Parties]:
    """Events that may count twice; without groups there are none."""
    codes = [*acting.codes, *acted_upon.codes]
    if len(acting.labels) == len(acting.codes) and len(acted_upon.labels) == len(acted_upon.codes):
        return []
    wanted = np.unique(rows.period[rows.is_shared | rows.is_inside()])
    return shared_events(query, source, codes, days[np.isin(period_of(days, unit), wanted)])


def _labels(who: Groups, asked: Sequence[str] | None) -> Any:
    if asked is None:
        return lambda code: code
    return who.label_of.get


def _axis(who: Groups, asked: Sequence[str] | None, found: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(set(found))) if asked is None else who.labels


def _empty(*shape: int) -> npt.NDArray[np.int64]:
    cells = int(np.prod(shape, dtype=np.int64))
    if cells > MOST_CELLS:
        raise BadQuestion(
            f"a panel of {' x '.join(map(str, shape))} is too large to be made",
            advice="Name actors or recipients, take longer periods, or use dyads().",
        )
    return np.zeros(shape, dtype=np.int64)
