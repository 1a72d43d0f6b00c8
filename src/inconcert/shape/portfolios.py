"""What kinds of acts each actor aims at a side, or at many: by type, mode and contexts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from inconcert.core.display import displayed
from inconcert.core.panel import Unit
from inconcert.core.span import TimeSpan
from inconcert.errors import BadQuestion
from inconcert.shape.asking import Indices, Query, answer, dates, encoded, numbers, shown, truths
from inconcert.shape.axes import (
    Days,
    Groups,
    coverage,
    deed_types,
    groups,
    kinds_wanted,
    period_of,
    places,
)
from inconcert.shape.pairs import Parties, acts_too_many, shared_events


class ActKind(NamedTuple):
    """A kind of act, as fine as the source tells it.

    Attributes:
        kind: PLOVER type, STATEMENT or APPEAL.
        cell: CAMEO root, else as `kind`.
        mode: PLOVER mode; empty for none.
        contexts: PLOVER contexts joined by `;`; empty for none.
    """

    kind: str
    cell: str
    mode: str
    contexts: str


@displayed
@dataclass(frozen=True, slots=True)
class Portfolio:
    """Acts of actors toward a side by kind of act and period.

    Attributes:
        counts: shape (actors, kinds, periods).
        elsewhere: acts of the same actors toward everybody else in the span, shape (actors,
            kinds); an act toward two counts twice.
        world: acts of everybody toward anybody else but the side, shape (kinds,).
        toward: codes of the side T.
        actors: asked about first, then others by name; none of T.
        kinds: in order; what nobody aims at T may be among them.
        periods: first day of each, shape (periods,).
        covered: share of the period's days with any event of the source, shape (periods,).
    """

    counts: npt.NDArray[np.int64]
    elsewhere: npt.NDArray[np.int64]
    world: npt.NDArray[np.int64]
    toward: tuple[str, ...]
    actors: tuple[str, ...]
    kinds: tuple[ActKind, ...]
    periods: Days
    unit: Unit
    covered: npt.NDArray[np.float64]
    source: str
    query: str


def portfolio(
    query: Query,
    source: str,
    side: Sequence[str],
    *,
    span: TimeSpan,
    asked: Sequence[str] = (),
    unit: Unit = "week",
    least_acts: int = 1,
    deeds_only: bool = False,
) -> Portfolio:
    """What kinds of acts each actor aims at a side, as one source has it.

    Args:
        query: answers SQL on the views of the event store, as `Lake.query`.
        source: name of the source.
        side: codes of T.
        span: days asked about.
        asked: actors that come first, codes of a group joined by `+`; as in `toward`.
        unit: length of a period.
        least_acts: acts toward T that any other actor needs to be in it.
        deeds_only: leave out what is only said.

    Raises:
        BadQuestion: no side, a code that stands twice, or no source of that name.
    """
    if not side:
        raise BadQuestion("no other side is named", advice="Name at least one code after --toward.")
    _ = groups(side)
    who = groups(asked, apart_from=side)
    cover = coverage(query, source, span)
    periods, covered = cover.by_period(unit)
    given: dict[str, Any] = {
        "source": source,
        "side": list(side),
        "least": min(side),
        "greatest": max(side),
        "first": span.first,
        "last": span.last,
        "unit": unit,
        "kinds": kinds_wanted(deeds_only),
    }
    table = answer(query, "portfolio", given)
    flagged = np.unique(dates(table, "period")[truths(table, "is_shared")])
    days = cover.days[np.isin(period_of(cover.days, unit), flagged)]
    shared = shared_events(query, source, (*side, *who.codes), days)
    here = _Rows.of(table, who, dates(table, "period"))
    here.take_back(_twice(shared, frozenset(side), who, unit, deeds_only=deeds_only))
    actors = here.actors_with(least_acts, first=who.labels)
    there = _elsewhere(query, given, who, actors)
    kinds = tuple(sorted({*here.kinds, *there.kinds}))
    return Portfolio(
        counts=here.array(actors, kinds, periods),
        elsewhere=there.array(actors, kinds, periods[:1])[:, :, 0],
        world=there.array(("", *actors), kinds, periods[:1])[:, :, 0].sum(axis=0),
        toward=tuple(side),
        actors=actors,
        kinds=kinds,
        periods=periods,
        unit=unit,
        covered=covered,
        source=source,
        query=shown("portfolio", given),
    )


@dataclass(frozen=True, slots=True)
class Sides:
    """Acts of A, of B and of all others toward each of many sides, long form, shape (rows,).

    Attributes:
        who: 0 for A, 1 for B, 2 for anybody else.
        side: places in `sides`.
        kind: places in `kinds`.
        week: weeks since the first day of the span, counted from that day.
        n: acts; one of several members of a group, or of several others, counts for each.
        sides: codes, by name.
        weeks: weeks of the span, the last one short.
        totals: acts by who and side, shape (3, sides).
    """

    who: Indices
    side: Indices
    kind: Indices
    week: Indices
    n: Indices
    sides: tuple[str, ...]
    kinds: tuple[ActKind, ...]
    weeks: int
    totals: npt.NDArray[np.int64]
    query: str

    def array(
        self, sides: Sequence[str], place: Callable[[ActKind], int], size: int
    ) -> npt.NDArray[np.int64]:
        """Counts of some sides, kinds put together, shape (3, sides, size, weeks).

        Args:
            sides: in the order wanted; zeros for one that is not among them.
            place: of a kind on the new axis; -1 leaves it out.
            size: of that axis.
        """
        found = np.zeros((3, len(sides), size, self.weeks), dtype=np.int64)
        row = places(self.sides, sides)[self.side]
        column = np.array([place(kind) for kind in self.kinds], dtype=np.int64)[self.kind]
        held = (row >= 0) & (column >= 0)
        at = (self.who[held], row[held], column[held], self.week[held])
        np.add.at(found, at, self.n[held])
        return found


def portfolios(
    query: Query, source: str, sides: Sequence[str], *, span: TimeSpan, asked: tuple[str, str]
) -> Sides:
    """What kinds of acts two actors, and all others together, aim at each of many sides.

    One question for all of them, where `portfolio` would take one each.

    Args:
        query: answers SQL on the views of the event store, as `Lake.query`.
        source: name of the source.
        sides: codes, each a side of its own.
        span: days asked about.
        asked: A and B, codes of a group joined by `+`.

    Raises:
        BadQuestion: a code of A or B stands twice, or is one of the sides.
    """
    who = groups(asked, apart_from=sides)
    one, other = ([c for c in who.codes if who.label_of[c] == label] for label in who.labels)
    given: dict[str, Any] = {
        "source": source,
        "sides": list(sides),
        "one": one,
        "other": other,
        "first": span.first,
        "last": span.last,
    }
    table = answer(query, "portfolio_sides", given)
    side, codes = encoded(table, "side")
    rows = _Rows.of(table, groups(()), None, actor="side")
    whose, n = numbers(table, "who"), numbers(table, "n")
    totals = np.zeros((3, len(codes)), dtype=np.int64)
    np.add.at(totals, (whose, side), n)
    return Sides(
        who=whose,
        side=side,
        kind=rows.kind,
        week=numbers(table, "week"),
        n=n,
        sides=tuple(str(code) for code in codes),
        kinds=tuple(rows.kinds),
        weeks=-(-span.days // 7),
        totals=totals,
        query=shown("portfolio_sides", given),
    )


def _elsewhere(query: Query, given: dict[str, Any], who: Groups, actors: Sequence[str]) -> _Rows:
    codes = [code for label in actors for code in label.split("+")]
    wanted = {key: given[key] for key in ("source", "side", "first", "last", "kinds")}
    table = answer(query, "portfolio_elsewhere", {**wanted, "actors": codes})
    return _Rows.of(table, who, None)


Twice = tuple[str, ActKind, np.datetime64, int]
"""Actor, kind of act, period, and how many acts too many are counted."""


def _twice(
    shared: Iterable[Parties],
    side: frozenset[str],
    who: Groups,
    unit: Unit,
    *,
    deeds_only: bool,
) -> list[Twice]:
    found: list[Twice] = []
    for event in shared:
        if deeds_only and event.kind not in deed_types():
            continue
        kind = ActKind(event.kind, event.cell, event.mode, event.contexts)
        period = period_of(np.array([event.day]), unit)[0]
        too_many = acts_too_many(event, side, who.label_of)
        found += [(label, kind, period, count) for label, count in too_many.items()]
    return found


class _Rows:
    """Acts in long form: actor, kind, period, count, arrays of shape (rows,)."""

    def __init__(
        self,
        label: Indices,
        labels: list[str],
        kind: Indices,
        kinds: list[ActKind],
        period: Days | None,
        n: Indices,
    ) -> None:
        self.label, self.labels = label, labels
        self.kind, self.kinds = kind, kinds
        self.period, self.n = period, n

    @classmethod
    def of(
        cls, table: pa.Table, who: Groups, period: Days | None, *, actor: str = "actor"
    ) -> _Rows:
        """The answer of the store, groups put together; an actor that is null has no name."""
        place, codes = encoded(table, actor)
        labels = ["" if code is None else who.label_of.get(code, code) for code in codes]
        parts = [encoded(table, name) for name in ActKind._fields]
        packed = np.zeros(len(table), dtype=np.int64)
        for part, words in parts:
            packed = packed * max(1, len(words)) + part
        _, first, kind = np.unique(packed, return_index=True, return_inverse=True)
        kinds = [ActKind(*(str(words[part[row]]) for part, words in parts)) for row in first]
        return cls(place, labels, kind, kinds, period, numbers(table, "n"))

    def take_back(self, twice: Sequence[Twice]) -> None:
        """Add rows that take back what was counted twice."""
        held = [one for one in twice if one[0] in self.labels and one[1] in self.kinds]
        if self.period is None or not held:
            return
        more = [places([one[0]], self.labels)[0] for one in held]
        self.label = np.r_[self.label, np.array(more, dtype=np.int64)]
        self.kind = np.r_[self.kind, np.array([self.kinds.index(one[1]) for one in held])]
        self.period = np.r_[self.period, np.array([one[2] for one in held])]
        self.n = np.r_[self.n, np.array([-one[3] for one in held], dtype=np.int64)]

    def actors_with(self, least_acts: int, *, first: Sequence[str]) -> tuple[str, ...]:
        """Actors asked about, then all others with that many acts, by name."""
        acts: dict[str, int] = {}
        sums = np.bincount(self.label, weights=self.n, minlength=len(self.labels))
        for label, count in zip(self.labels, sums, strict=True):
            acts[label] = acts.get(label, 0) + int(count)
        others = {label for label, count in acts.items() if count >= max(1, least_acts)}
        return (*first, *sorted(others.difference(first)))

    def array(
        self, actors: Sequence[str], kinds: Sequence[ActKind], periods: Days
    ) -> npt.NDArray[np.int64]:
        """Counts of shape (actors, kinds, periods); all in the first where rows have no period."""
        found = np.zeros((len(actors), len(kinds), len(periods)), dtype=np.int64)
        where = {kind: number for number, kind in enumerate(kinds)}
        row = places(self.labels, actors)[self.label]
        column = np.array([where[kind] for kind in self.kinds], dtype=np.int64)[self.kind]
        period = np.zeros(len(row), dtype=np.int64)
        if self.period is not None:
            period = np.searchsorted(periods, self.period)
        held = row >= 0
        np.add.at(found, (row[held], column[held], period[held]), self.n[held])
        return found
