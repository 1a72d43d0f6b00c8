"""The axes of an array: who, what kind of act, when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from inconcert.core.panel import Unit
from inconcert.core.span import TimeSpan
from inconcert.errors import BadQuestion
from inconcert.ontology import cameo, plover
from inconcert.shape.asking import Query, answer, dates, numbers

Days = npt.NDArray[np.datetime64]

STATEMENT, APPEAL = "STATEMENT", "APPEAL"
UNCODED = "UNCODED"
"""Stands for the type of an act whose source's code has no meaning to us."""

CAMEO_ROOTS = tuple(f"{root:02d}" for root in range(1, 21))
_ROOT = re.compile(r"\d\d")


# -- who


@dataclass(frozen=True, slots=True)
class Groups:
    """Actors asked about, each one code or several that count as one.

    Attributes:
        labels: the actors, codes of one joined by `+`.
        label_of: the actor that each code belongs to.
    """

    labels: tuple[str, ...]
    label_of: Mapping[str, str]

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes, in order."""
        return tuple(self.label_of)


def groups(labels: Sequence[str], *, apart_from: Iterable[str] = ()) -> Groups:
    """Read actors such as `RUS` or `DEU+FRA`.

    Args:
        apart_from: codes that none of them may hold, as those of the other side.

    Raises:
        BadQuestion: an actor holds no code, or a code stands twice.
    """
    label_of: dict[str, str] = {}
    taken = set(apart_from)
    for label in labels:
        codes = [code.strip() for code in label.split("+")]
        if not all(codes):
            raise BadQuestion(
                f"{label!r} names no actor", advice="Give codes, those of a group joined by +."
            )
        for code in codes:
            if code in label_of or code in taken:
                raise BadQuestion(
                    f"{code} stands twice in the question",
                    where=" ".join(labels),
                    advice="An actor cannot be its own partner or the other side; drop one.",
                )
            label_of[code] = label
    return Groups(tuple(labels), label_of)


def places(names: Sequence[str | None], axis: Sequence[str]) -> npt.NDArray[np.int64]:
    """Place of each name on an axis, -1 where it has none, shape (names,)."""
    place = {name: number for number, name in enumerate(axis)}
    return np.array([-1 if n is None else place.get(n, -1) for n in names], dtype=np.int64)


# -- what


@cache
def deed_types() -> tuple[str, ...]:
    """PLOVER types of material acts, by name."""
    return tuple(sorted(name for name, kind in plover.event_types().items() if kind.is_deed))


@cache
def deed_roots() -> tuple[str, ...]:
    """CAMEO roots that hold material acts."""
    found = {code[:2] for code, each in cameo.codes().items() if plover.is_deed(each.type)}
    return tuple(sorted(found))


def types_of(
    found: Iterable[str], *, beside: Iterable[str] = (), deeds_only: bool = False
) -> tuple[str, ...]:
    """The axis of types for the cells that a source uses.

    Args:
        found: cells that the axis must hold.
        beside: other cells of the source, which only tell its scheme.
        deeds_only: leave out types that only words can have.

    Returns:
        All CAMEO roots where the source has one of them, else all PLOVER types with STATEMENT and
        APPEAL; then whatever else was found, by name.
    """
    names = set(found)
    if any(_ROOT.fullmatch(name) for name in names.union(beside)):
        known = deed_roots() if deeds_only else CAMEO_ROOTS
    else:
        every = (*sorted(plover.event_types()), STATEMENT, APPEAL)
        known = deed_types() if deeds_only else every
    return (*known, *sorted(names.difference(known)))


def kinds_wanted(deeds_only: bool) -> list[str] | None:
    """Types to restrict a query to; None does not restrict."""
    return list(deed_types()) if deeds_only else None


# -- when


def days_of(span: TimeSpan) -> Days:
    """All days of a span, shape (days,)."""
    first = np.datetime64(span.first, "D")
    return np.asarray(first + np.arange(span.days).astype("timedelta64[D]"))


def period_of(days: Days, unit: Unit) -> Days:
    """First day of the period that each day lies in, same shape."""
    if unit == "day":
        return days
    if unit == "month":
        return days.astype("datetime64[M]").astype("datetime64[D]")
    # 1970-01-01 was a Thursday, the fourth day of its ISO week
    since_monday = (days.astype(np.int64) + 3) % 7
    return np.asarray(days - since_monday.astype("timedelta64[D]"))


def period_lengths(periods: Days, unit: Unit) -> npt.NDArray[np.int64]:
    """Days in each whole period, shape (periods,)."""
    if unit == "month":
        month = periods.astype("datetime64[M]")
        return ((month + 1).astype("datetime64[D]") - periods).astype(np.int64)
    return np.full(len(periods), 7 if unit == "week" else 1, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a source lies on each day of a span.

    Attributes:
        days: shape (days,).
        events: counted events, shape (days,).
    """

    days: Days
    events: npt.NDArray[np.int64]

    @property
    def covered(self) -> npt.NDArray[np.bool_]:
        """Days with any event, shape (days,)."""
        return self.events > 0

    def by_period(self, unit: Unit) -> tuple[Days, npt.NDArray[np.float64]]:
        """Periods that the span touches, and the share of each whole period that is covered.

        Days of a period that lie outside the span count as not covered: nothing of them is in
        the array.
        """
        periods, place = np.unique(period_of(self.days, unit), return_inverse=True)
        held = np.bincount(place, weights=self.covered, minlength=len(periods))
        return periods, held / period_lengths(periods, unit)


def coverage(query: Query, source: str, span: TimeSpan) -> Coverage:
    """Events of a source on each day of a span.

    Raises:
        BadQuestion: there is no source of that name.
    """
    given: dict[str, Any] = {"source": source, "first": span.first, "last": span.last}
    table = answer(query, "coverage", given)
    days = days_of(span)
    events = np.zeros(len(days), dtype=np.int64)
    if not len(table):
        _require_source(query, source)
        return Coverage(days, events)
    place = (dates(table) - days[0]).astype(np.int64)
    np.add.at(events, place, numbers(table, "n"))
    return Coverage(days, events)


def _require_source(query: Query, source: str) -> None:
    known = answer(query, "sources", {})["source"].to_pylist()
    if source not in known:
        raise BadQuestion(
            f"there is no source {source!r} among the event datasets",
            advice=f"There are: {', '.join(known)}." if known else "None was read yet.",
        )
