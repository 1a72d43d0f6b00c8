"""The rows and records behind findings: ids of all, the strongest few to show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from inconcert.core.evidence import EventRecord
from inconcert.core.findings import Behind, Cell, Facts, Measured
from inconcert.core.reading import Row
from inconcert.errors import BadInput
from inconcert.ontology import plover
from inconcert.ontology.domains import SPOKEN, Act, act_of_code, tables
from inconcert.shape.asking import Query
from inconcert.workbench.rows import rows_of

SHOWN, MOST_IDS, MOST_DAYS, ROWS_A_DAY = 3, 500, 400, 20
"""Rows shown of one actor and finding; ids kept; days whose rows are gone through; rows of one."""

Item = TypeVar("Item")
ActDays = tuple[Sequence[date], Sequence[date]]


def with_rows(
    query: Query,
    source: str,
    found: Iterable[Measured],
    pair: tuple[Sequence[str], Sequence[str]],
    side: Sequence[str],
    days: ActDays,
) -> tuple[Measured, ...]:
    """Findings of a dataset with the rows that they rest on.

    Args:
        query: answers SQL on the views of the event store.
        source: name of the dataset.
        found: as judged.
        pair: codes of A and of B.
        side: codes of T.
        days: with an act of A and of B, those with most first; of more than 400 the first.
    """
    held = tuple(
        rows_of(query, source, codes, side, own[:MOST_DAYS], ROWS_A_DAY)
        for codes, own in zip(pair, days, strict=True)
    )
    acts = tuple({row.id: act_of_row(row) for row in rows} for rows in held)

    def chosen(one: Behind) -> list[Row]:
        kinds = acts[one.actor]
        return _chosen(
            one, held[one.actor], lambda row: row.day, lambda row: kinds[row.id], days[one.actor]
        )

    return tuple(_with(one, chosen) for one in found)


def _with(one: Measured, chosen: Callable[[Behind], list[Row]]) -> Measured:
    if not one.behind:
        return one
    parts = [chosen(each) for each in one.behind]
    rows = [row for part in parts for row in _spread(part, lambda row: row.day)]
    ids = list(dict.fromkeys(row.id for part in parts for row in part))
    return replace(
        one,
        rows=tuple(dict.fromkeys(rows)),
        ids=tuple(ids[:MOST_IDS]),
        facts=_with_pair_ids(one, {row.id: row.day for part in parts for row in part}, parts),
    )


def _with_pair_ids(
    one: Measured, days: Mapping[str, date], parts: Sequence[Sequence[Row]]
) -> tuple[Facts, ...]:
    """Promises and deeds with the ids of their rows, where there are such pairs."""
    if not any(facts.name == "pairs" for facts in one.facts) or not days:
        return one.facts
    by_day = [_ids_by_day(part) for part in parts]
    promised, done = by_day[0], by_day[1] if len(by_day) > 1 else {}

    def with_ids(row: Mapping[str, Cell]) -> Mapping[str, Cell]:
        said, deed = row["promise"], row["deed"]
        return {
            **row,
            "promise_ids": promised.get(said, ()) if isinstance(said, date) else (),
            "deed_ids": done.get(deed, ()) if isinstance(deed, date) else (),
        }

    return tuple(
        replace(facts, rows=tuple(map(with_ids, facts.rows))) if facts.name == "pairs" else facts
        for facts in one.facts
    )


def _ids_by_day(rows: Iterable[Row]) -> dict[date, tuple[str, ...]]:
    found: dict[date, list[str]] = defaultdict(list)
    for row in rows:
        found[row.day].append(row.id)
    return {day: tuple(ids) for day, ids in found.items()}


def with_records(
    found: Iterable[Measured], held: tuple[Sequence[EventRecord], Sequence[EventRecord]]
) -> tuple[Measured, ...]:
    """Findings of texts with the records that they rest on.

    Args:
        found: as judged.
        held: records of acts of A and of B toward the side, one an event.
    """

    def told(one: Measured) -> Measured:
        parts = [
            _chosen(each, held[each.actor], _day_of_record, act_of_record, ())
            for each in one.behind
        ]
        shown = [record for part in parts for record in _spread(part, _day_of_record)]
        ids = list(dict.fromkeys(record.event_id for part in parts for record in part))
        return replace(one, records=tuple(shown), ids=tuple(ids[:MOST_IDS]))

    return tuple(told(one) if one.behind else one for one in found)


def _day_of_record(record: EventRecord) -> date:
    return record.day or date.min


def act_of_row(row: Row) -> Act | None:
    """A row as the tables of domains see it; None where its code means nothing to us."""
    try:
        return act_of_code(row.code) if row.code[:2].isdigit() else _by_kind(row.kind)
    except BadInput:
        return _by_kind(row.kind)


def _by_kind(kind: str) -> Act | None:
    return Act(kind) if kind in SPOKEN or kind in plover.event_types() else None


def act_of_record(record: EventRecord) -> Act:
    """A coded event as the tables see it."""
    event = record.event
    return Act(event.type, event.mode, tuple(event.contexts), text=record.at.sentence)


def _chosen(
    one: Behind,
    items: Iterable[Item],
    day_of: Callable[[Item], date],
    act_of: Callable[[Item], Act | None],
    order: Sequence[date],
) -> list[Item]:
    """Those that a finding rests on, by its days, else by those with most acts."""
    place = {day: number for number, day in enumerate(one.days or order)}
    wanted = frozenset(one.days)
    kept = [
        item
        for item in items
        if (not wanted or day_of(item) in wanted) and _fits(one, act_of(item))
    ]
    return sorted(kept, key=lambda item: place.get(day_of(item), len(place)))


def _fits(one: Behind, act: Act | None) -> bool:
    sorts = tables()
    if one.deeds_only and (act is None or sorts.nature(act) != "deed"):
        return False
    if one.sorting == "any":
        return True
    if act is None:
        return False
    if one.sorting == "kind":
        return act.kind in one.values
    label = {"domain": sorts.domain, "nature": sorts.nature, "stance": sorts.stance_of}
    return label[one.sorting](act) in one.values


def _spread(items: Sequence[Item], day_of: Callable[[Item], date]) -> list[Item]:
    """The first few, one a day before a second of the same day."""
    first: dict[date, Item] = {}
    again: list[Item] = []
    for item in items:
        if day_of(item) in first:
            again.append(item)
        else:
            first[day_of(item)] = item
    return [*first.values(), *again][:SHOWN]
