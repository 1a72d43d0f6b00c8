"""Evidence from event datasets: the rows behind a question, by the named queries of `sql/`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import pyarrow as pa

from inconcert.core.reading import Documented, Row
from inconcert.core.span import TimeSpan
from inconcert.shape.asking import Query
from inconcert.shape.sequences import records

ROWS_A_DAY, MOST_LISTED = 4, 5
SCANNED_AT_MOST = 5_000_000
"""Counted events of a span up to which its rows are gone through one by one."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """An event dataset of a case and the days it runs over."""

    name: str
    span: TimeSpan


@dataclass(frozen=True, slots=True)
class Amount:
    """Rows of two actors' acts toward a side.

    Attributes:
        rows: before folding and with duplicates; None where there is too much to go through.
        counted: after both.
        outlets: that they stand in; None where none is named.
    """

    rows: int
    counted: int
    outlets: int | None


def datasets(query: Query) -> tuple[Dataset, ...]:
    """The event datasets of a case, by name."""
    return tuple(
        Dataset(row["source"], TimeSpan(day_of(row["first"]), day_of(row["last"])))
        for row in answered(query, "datasets", {})
    )


def amount(
    query: Query, source: str, span: TimeSpan, actors: Sequence[str], side: Sequence[str]
) -> Amount | None:
    """How many rows tell of what some actors did to a side; None where there is too much to count.

    Args:
        query: answers SQL on the views of the event store.
        source: name of the dataset.
        span: days asked about.
        actors: codes of all who are asked about.
        side: codes of the other side.
    """
    given = {"source": source, "first": span.first, "last": span.last}
    if answered(query, "amount", given)[0]["n"] > SCANNED_AT_MOST:
        return None
    whole = {**given, "actors": list(actors), "side": list(side)}
    found = answered(query, "rows_toward", whole)[0]
    return Amount(found["rows"], found["counted"], found["outlets"] or None)


def documented(
    query: Query,
    source: str,
    span: TimeSpan,
    pair: tuple[Sequence[str], Sequence[str]],
    side: Sequence[str],
) -> Documented:
    """Joint acts of two actors toward a side, and their talks with each other.

    Args:
        query: answers SQL on the views of the event store.
        source: name of the dataset.
        span: days asked about.
        pair: codes of A and of B.
        side: codes of the other side.
    """
    one, other = pair
    given = {"source": source, "first": span.first, "last": span.last}
    talks = answered(query, "talk_days", {**given, "one": list(one), "other": list(other)})
    shared = answered(query, "shared_days", {**given, "actors": list(one), "side": list(side)})
    joint = [
        row
        for row in rows_of(query, source, one, side, [day_of(row["day"]) for row in shared], 50)
        if _both_act(row, one, other)
    ]
    latest = [day_of(row["day"]) for row in talks[-MOST_LISTED:]]
    listed = [
        row
        for row in rows_of(query, source, (*one, *other), (*other, *one), latest, 50)
        if row.kind == "CONSULT" and _names_both(row, one, other)
    ]
    return Documented(
        joint=tuple(joint),
        consultations=tuple(_one_a_day(listed)),
        joint_count=len(joint),
        consultation_count=sum(row["n"] for row in talks),
        consultation_days=len(talks),
    )


def rows_of(
    query: Query,
    source: str,
    actors: Sequence[str],
    side: Sequence[str],
    days: Iterable[date],
    most_a_day: int = ROWS_A_DAY,
) -> list[Row]:
    """Rows of some days that tell of what actors did to a side, those most reported first a day.

    Args:
        query: answers SQL on the views of the event store.
        source: name of the dataset.
        actors: codes of those who act.
        side: codes of those acted upon.
        days: the days.
        most_a_day: rows of one day.
    """
    found = records(query, source, actors, side, days, most_a_day=most_a_day)
    return [_row(one) for one in found]


def _row(found: Mapping[str, Any]) -> Row:
    kind = found["type"] or (found["statement_kind"] or "uncoded").upper()
    told = [found["event_text"], found["note"]]
    return Row(
        id=str(found["id"]),
        day=day_of(found["day"]),
        actors=tuple(found["actors"] or ()),
        recipients=tuple(found["recipients"] or ()),
        kind=kind,
        code=found["code"] or "",
        text="; ".join(dict.fromkeys(str(text) for text in told if text)),
        outlet=found["outlet"] or "",
        url=found["url"] or "",
        copies=max(1, int(found["copies"] or 1)),
    )


def _one_a_day(rows: Iterable[Row]) -> list[Row]:
    first: dict[date, Row] = {}
    for row in rows:
        first.setdefault(row.day, row)
    return list(first.values())


def _both_act(row: Row, one: Collection[str], other: Collection[str]) -> bool:
    return any(code in one for code in row.actors) and any(code in other for code in row.actors)


def _names_both(row: Row, one: Collection[str], other: Collection[str]) -> bool:
    named = {*row.actors, *row.recipients}
    return bool(named.intersection(one)) and bool(named.intersection(other))


def answered(query: Query, name: str, given: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows that a named question of `sql/` gives; `given` are its `$names`, no others."""
    found = query(sql_of(name), dict(given))
    table = found if isinstance(found, pa.Table) else found.to_arrow_table()
    rows: list[dict[str, Any]] = table.to_pylist()
    return rows


@cache
def sql_of(name: str) -> str:
    """The text of `sql/<name>.sql`."""
    return files("inconcert.workbench").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def day_of(day: Any) -> date:
    """A day as Arrow gives it."""
    found: date = day.date() if hasattr(day, "date") else day
    return found
