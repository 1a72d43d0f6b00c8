"""How often each actor of the world acted upon each other, as one long table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from inconcert.core.panel import Unit
from inconcert.core.span import TimeSpan
from inconcert.shape.asking import Indices, Query, answer, encoded, numbers, shown, truths
from inconcert.shape.axes import Days, coverage, days_of, kinds_wanted, period_of, types_of

PERIODS_AT_ONCE = {"day": 366, "week": 53, "month": 12}
"""About a year is counted at a time, so that memory does not grow with the span."""

_TYPELESS = ("ALL",)

Places = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Dyads:
    """Counts of all pairs of actors in long form; what is not in it is zero, or not covered.

    Attributes:
        actor: places in `codes`, shape (rows,).
        recipient: places in `codes`, shape (rows,).
        type: places in `types`, shape (rows,).
        period: places in `periods`, shape (rows,).
        n: counted acts, 1 or more, shape (rows,). Rows stand in order of period, actor,
            recipient, type, each combination once.
        codes: actors and recipients, by name.
        types: cells as of `Panel`; `ALL` where types were not told apart.
        periods: first day of each, shape (periods,).
        unit: length of a period.
        covered: share of the period's days with any event of the source, shape (periods,).
    """

    actor: Places
    recipient: Places
    type: Places
    period: Places
    n: Places
    codes: tuple[str, ...]
    types: tuple[str, ...]
    periods: Days
    unit: Unit
    covered: npt.NDArray[np.float64]
    source: str
    query: str

    def __len__(self) -> int:
        return len(self.n)


def dyads(
    query: Query,
    source: str,
    *,
    span: TimeSpan,
    unit: Unit = "week",
    with_types: bool = True,
    deeds_only: bool = False,
) -> Dyads:
    """Counts of all pairs of two actors of a source, by period; what each does at home is left out.

    Args:
        query: answers SQL on the views of the event store, as `Lake.query`.
        source: name of the source.
        span: days asked about.
        unit: length of a period.
        with_types: tell types apart.
        deeds_only: leave out what is only said.

    Raises:
        BadQuestion: there is no source of that name.
    """
    cover = coverage(query, source, span)
    periods, covered = cover.by_period(unit)
    words = answer(query, "codes", {"source": source, "first": span.first, "last": span.last})
    place, names = encoded(words, "word")
    is_cell = truths(words, "is_cell")
    codes = tuple(sorted(str(names[one]) for one in place[~is_cell]))
    cells = {str(names[one]) for one in place[is_cell]}
    types = types_of(cells) if with_types else _TYPELESS
    given: dict[str, Any] = {
        "source": source,
        "unit": unit,
        "codes": list(codes),
        "cells": list(types) if with_types else sorted(cells),
        "is_typed": with_types,
        "width": max(1, len(codes)),
        "depth": max(1, len(types)),
        "kinds": kinds_wanted(deeds_only),
        "start": int(_number(periods[:1], unit)[0]),
    }
    columns: list[list[Places]] = [[] for _ in range(5)]
    for part in _parts(span, unit):
        table = answer(query, "dyads", {**given, "first": part.first, "last": part.last})
        for column, found in zip(columns, _unpacked(table, given), strict=True):
            column.append(found)
    period, actor, recipient, type_, n = map(_joined, columns)
    return Dyads(
        actor=actor,
        recipient=recipient,
        type=type_,
        period=period,
        n=n,
        codes=codes,
        types=types,
        periods=periods,
        unit=unit,
        covered=covered,
        source=source,
        query=shown("dyads", {**given, "first": span.first, "last": span.last}),
    )


def _unpacked(table: pa.Table, given: dict[str, Any]) -> tuple[Places, ...]:
    """Period, actor, recipient, type and count of each row, in order of these."""
    key, n = numbers(table, "key"), numbers(table, "n")
    order = np.argsort(key)
    key, n = key[order], n[order]
    places = []
    for size in (given["depth"], given["width"], given["width"]):
        key, last = np.divmod(key, size)
        places.append(last.astype(np.int32))
    type_, recipient, actor = places
    return key.astype(np.int32), actor, recipient, type_, n.astype(np.int32)


def _joined(parts: list[Places]) -> Places:
    """The parts as one; they are let go, for there may be a hundred million rows."""
    whole = np.concatenate(parts)
    parts.clear()
    return whole


def _number(periods: Days, unit: Unit) -> Indices:
    """Periods since the first of 1970, as the query counts them."""
    if unit == "month":
        return periods.astype("datetime64[M]").astype(np.int64)
    days = periods.astype(np.int64)
    return (days + 3) // 7 if unit == "week" else days


def _parts(span: TimeSpan, unit: Unit) -> Iterator[TimeSpan]:
    """The span in pieces of whole periods, but where it begins or ends within one."""
    days = days_of(span)
    starts = np.flatnonzero(np.r_[True, np.diff(period_of(days, unit).astype(np.int64)) > 0])
    cuts = [*starts[:: PERIODS_AT_ONCE[unit]].tolist(), len(days)]
    for first, after in pairwise(cuts):
        yield TimeSpan(days[first].item(), days[after - 1].item())
