"""Acts over time, for pages: series with what changes them, and rows of datasets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from inconcert.core.evidence import EventRecord
from inconcert.core.span import TimeSpan
from inconcert.errors import BadInput, BadQuestion
from inconcert.resolve.anchors import read_anchors, shipped_anchors
from inconcert.shape.toward import toward
from inconcert.show.charts import first_of
from inconcert.store.lake import Lake
from inconcert.store.store import Store
from inconcert.workbench.bench import ANCHORS_FILE
from inconcert.workbench.decided import with_merged
from inconcert.workbench.findings import known_events
from inconcert.workbench.pages import Asked, Pages, Record
from inconcert.workbench.pages_words import WORDS, sign_of_cell
from inconcert.workbench.rows import sql_of

TEXTS = "texts"
NOBODY_ELSE = 10**9
NEAR_DAYS = 10
"""Days from a change within which known events are shown beside it."""
MOST_HELD = 3_000
"""Rows of one question that are kept, so that other days of it are shown at once."""
DAILY_UP_TO, WEEKLY_UP_TO = 150, 1200
"""Days up to which a timeline has one bar a day, and one a week; beyond, one a month."""

Series = dict[tuple[str, int, str, date], int]
"""Counts by source, place of the actor, sign and first day of the period."""


# -- over time


def timeline(pages: Pages, asked: Asked) -> Record:
    """Acts of the actors asked about toward the other side, by day, week or month.

    Returns:
        `unit`; `series`, a list of source, actor, sign, period and n; `anchors`, dated events with
        why they are shown; `changes`, days from which an actor acts otherwise, with their
        intervals; `days`, those on which both act against expectation.
    """
    record = pages.answer(asked)
    found: Record = pages.held(("timeline", asked), lambda: _timeline(pages, record))
    return found


def _timeline(pages: Pages, record: Record) -> Record:
    names = record["question"]["names"]
    daily: Series = defaultdict(int)
    _add_texts(daily, record)
    for one in datasets_of(record):
        _add_dataset(pages, daily, record, one)
    days = [key[3] for key in daily]
    days += [day for one in record["by_source"] for day in _ends(one) if days]
    unit = unit_of(min(days), max(days)) if days else "day"
    binned: Series = defaultdict(int)
    for (source, place, sign, day), n in daily.items():
        binned[source, place, sign, first_of(day, unit)] += n
    return {
        "question": record["question"],
        "unit": unit,
        "from": min(days, default=None),
        "to": max(days, default=None),
        "series": [
            {"source": source, "actor": names[place], "sign": sign, "period": day, "n": n}
            for (source, place, sign, day), n in sorted(binned.items())
        ],
        "anchors": _anchors(pages, record, min(days, default=None), max(days, default=None)),
        "changes": _changes(record),
        "days": [
            {"source": one["source"], "day": day["day"], "chance": day["chance"]}
            for one in record["by_source"]
            for day in one["strongest_days"]
        ],
    }


def _add_texts(series: Series, record: Record) -> None:
    for place, actor in enumerate(record["actors"]):
        seen: set[str] = set()
        for act in actor["deeds"]:
            if act["day"] is not None and act["event"] not in seen:
                seen.add(act["event"])
                series[TEXTS, place, sign_of_cell(act["type"]), act["day"]] += 1
        for said in actor["statements"]:
            if said["day"] is not None:
                series[TEXTS, place, WORDS, said["day"]] += 1


def _add_dataset(pages: Pages, series: Series, record: Record, one: Record) -> None:
    cover, question = one["coverage"], record["question"]
    source, span = one["source"], TimeSpan(cover["from"], cover["to"])
    side = pages.names.spread(question["toward"])
    asked = [pages.names.spread(codes) for codes in question["actors"]]
    with Lake.open(pages.folder) as lake:
        if any(len(codes) > 1 for codes in (side, *asked)):  # acts of several count once
            arrays = toward(lake.query, source, side, span=span, asked=["+".join(codes) for codes
                            in asked], least_acts=NOBODY_ELSE)  # fmt: skip
            for place, cell, day in np.argwhere(arrays.counts[: len(asked)] > 0):
                when = span.first + timedelta(days=int(day))
                n = int(arrays.counts[place, cell, day])
                series[source, int(place), sign_of_cell(arrays.types[cell]), when] += n
            return
        given = {"source": source, "recipient": side[0], "first": span.first, "last": span.last}
        for place, (code,) in enumerate(asked):
            rows = lake.query(sql_of("page_series"), {**given, "actor": code}).to_pydict()
            for root, when, n in zip(rows["cell"], rows["day"], rows["n"], strict=True):
                series[source, place, sign_of_cell(root or ""), when] += n


def _ends(one: Record) -> list[date]:
    cover = one["coverage"]
    return [] if cover is None else [cover["from"], cover["to"]]


def datasets_of(record: Record) -> list[Record]:
    """The datasets that an answer is read from, with the days they cover."""
    return [
        one
        for one in record["by_source"]
        if one["kind"] == "dataset" and one["coverage"] is not None
    ]


def chosen_source(record: Record, source: str) -> tuple[str, list[str]]:
    """The source that a page shows, and all that it could show, that of the verdict first.

    Args:
        source: name of a dataset, or `texts`; empty for the first.

    Returns:
        An empty name, and no source, where the answer has none.

    Raises:
        BadQuestion: no such source.
    """
    known = [one["source"] for one in datasets_of(record)]
    if record["corpus"]["documents"]:
        known.insert(0 if record["read_from"] in (TEXTS, None) else len(known), TEXTS)
    if source and source not in known:
        raise BadQuestion(
            f"{source!r} is no source of this question",
            where="in",
            advice=f"One of: {', '.join(known) or 'none'}.",
        )
    return source or next(iter(known), ""), known


def unit_of(first: date, last: date) -> str:
    """Length of a bar of a timeline over some days: `day`, `week` or `month`."""
    days = (last - first).days + 1
    return "day" if days <= DAILY_UP_TO else "week" if days <= WEEKLY_UP_TO else "month"


def _anchors(pages: Pages, record: Record, first: date | None, last: date | None) -> list[Record]:
    """Dated events that lie in some days: the case's own, told in its texts, or near a change."""
    if first is None or last is None:
        return []
    path = pages.folder / ANCHORS_FILE
    own = read_anchors(path) if path.is_file() else ()
    told = [(one.name, one.span.first, one.span.last, "of the case") for one in own]
    told += [(name, day, day, "told in the texts") for name, day in _told_anchors(pages)]
    for change in _changes(record):
        told += [(name, day, day, "near a change") for name, day in change["near"]]
    found: dict[tuple[str, date], Record] = {}
    for name, begin, end, why in told:
        if end >= first and begin <= last:
            one = {"name": name, "from": begin, "to": end, "why": why}
            found.setdefault((name, begin), one)
    return sorted(found.values(), key=lambda one: (one["from"], one["name"]))


def _told_anchors(pages: Pages) -> list[tuple[str, date]]:
    """Known events, by name and first day, by which the texts of the case date something."""

    def make() -> list[tuple[str, date]]:
        words = {
            one.event.when.text
            for one in all_events(pages)
            if one.event.when.basis == "anchor event"
        }
        days = {
            one.span.first: one.name
            for one in shipped_anchors()
            if any(one.expression.search(text) for text in words)
        }
        return [
            (one.name, one.day)
            for one in known_events(None)
            if days.get(one.day, "").startswith(one.name)
        ]

    found: list[tuple[str, date]] = pages.held("told anchors", make)
    return found


def _changes(record: Record) -> list[Record]:
    """Days from which an actor acts otherwise than before, as the findings have them."""
    told = []
    for source in record.get("findings", ()):
        for one in source["found"]:
            name, _, rest = one["key"].partition(".")
            if name != "turns" or rest.startswith("around"):
                continue
            place = "AB".index(rest[-1])
            near = one["facts"].get("near", ())
            told += [
                {
                    "source": source["source"],
                    "actor": record["question"]["names"][place],
                    "what": rest[:-2],
                    "day": point["day"],
                    "first": point["first"],
                    "last": point["last"],
                    "change": point["change"],
                    "p": point["p"],
                    "strength": one["strength"],
                    "near": [
                        (each["name"], each["day"])
                        for each in near
                        if each["point"] == point["day"]
                        and abs((each["day"] - point["day"]).days) <= NEAR_DAYS
                    ],
                }
                for point in one["facts"].get("points", ())
            ]
    return sorted(told, key=lambda one: (one["day"], one["actor"]))


# -- rows of a dataset


def dataset_acts(
    pages: Pages,
    source: str,
    actors: Iterable[str],
    side: Iterable[str],
    *,
    first: date,
    last: date,
    most: int,
    skip: int = 0,
    kind: str = "",
    sorts: Iterable[str] | None = None,
    place: str = "",
    either: bool = False,
    anybody: bool = False,
) -> tuple[list[Record], int]:
    """Rows of a dataset in which some actors act upon a side, and how many there are in all.

    Args:
        actors: codes of those who act.
        side: codes of those acted upon.
        most: rows given.
        skip: rows passed over.
        kind: PLOVER type; empty for all.
        sorts: of acts, as `pages_sorts` names them; None for all.
        place: name of the place; empty for all.
        either: also those in which the side acts upon them.
        anybody: also those of whomever else upon the side.
    """
    spread = pages.names.spread
    given: Record = {
        "source": source, "actors": list(spread(actors)), "side": list(spread(side)),
        "type": kind, "place": place, "either": either, "anybody": anybody,
        "sorts": None if sorts is None else sorted(sorts),
    }  # fmt: skip
    key = tuple(str(value) for value in given.values())
    all_rows = pages.few(("acts", *key), lambda: _all_if_few(pages, given))[0]
    if all_rows is not None:
        rows = [row for row in all_rows if first <= row["day"] <= last]
        return rows[skip : skip + most], len(rows)
    daily = pages.few(("acts a day", *key), lambda: _daily(pages, given))
    count = sum(n for day, n in daily.items() if first <= day <= last)
    return _rows(pages, given, first, last, most, skip) if skip < count else [], count


def _all_if_few(pages: Pages, given: Record) -> tuple[list[Record] | None]:
    """All rows, so that other days of them are shown at once; None where they are too many."""
    rows = _rows(pages, given, date.min, date.max, MOST_HELD + 1, 0)
    return (rows if len(rows) <= MOST_HELD else None,)


def _daily(pages: Pages, given: Record) -> dict[date, int]:
    """How many rows there are on each day that has any: to count them takes a second or two."""
    sql = f"select day, count(*) as n from ({sql_of('page_acts')}) group by day"  # noqa: S608 — ours
    whole = {"first": date.min, "last": date.max, "most": None, "skip": 0}
    with Lake.open(pages.folder) as lake:
        found = lake.query(sql, {**given, **whole}).to_pydict()
    return dict(zip(found["day"], found["n"], strict=True))


def _rows(
    pages: Pages, given: Record, first: date, last: date, most: int, skip: int
) -> list[Record]:
    days = {"first": first, "last": last, "most": most, "skip": skip}
    with Lake.open(pages.folder) as lake:
        return [_row(row) for row in lake.query(sql_of("page_acts"), {**given, **days}).to_pylist()]


def dataset_row(pages: Pages, source: str, id: str) -> Record:
    """All that the event store holds of one event.

    Raises:
        BadInput: there is no such event.
    """
    if Lake.is_in(pages.folder):
        with Lake.open(pages.folder) as lake:
            rows = lake.query(sql_of("page_row"), {"source": source, "id": id}).to_pylist()
        if rows:
            return {key: _plain(value) for key, value in rows[0].items()}
    raise BadInput(
        f"{source} holds no event {id!r}",
        where="event store",
        advice="Take an id from a list of events.",
    )


def _row(row: Mapping[str, Any]) -> Record:
    told = [row["event_text"], row["note"]]
    return {
        "id": str(row["id"]),
        "source": row["source"],
        "day": _plain(row["day"]),
        "actors": list(row["actors"] or ()),
        "actor_names": list(row["actor_names"] or ()),
        "recipients": list(row["recipients"] or ()),
        "recipient_names": list(row["recipient_names"] or ()),
        "type": row["type"] or (row["statement_kind"] or "uncoded").upper(),
        "code": row["code"] or "",
        "sort": row["sort"],
        "place": row["place"] or "",
        "text": "; ".join(dict.fromkeys(str(text) for text in told if text)),
        "outlet": row["outlet"] or "",
        "url": row["url"] or "",
        "copies": max(1, int(row["copies"] or 1)),
    }


def _plain(value: Any) -> Any:
    return value.date() if hasattr(value, "date") else value


# -- acts of texts


def all_events(pages: Pages) -> Sequence[EventRecord]:
    """All plain event mentions of the texts, read once for a state of the case."""

    def make() -> Sequence[EventRecord]:
        with Store.open(pages.folder, write=False) as store:
            found = with_merged(store.events(), pages.names.merged)
        return tuple(one for one in found if not one.event.auxiliary)

    found: Sequence[EventRecord] = pages.few("all events", make)
    return found


def pair_span(record: Record) -> TimeSpan | None:
    """The days of a question; None where it asks about all."""
    first, last = record["question"]["from"], record["question"]["to"]
    if first is None and last is None:
        return None
    return TimeSpan(first or date.min, last or date.max)


def pair_acts(pages: Pages, record: Record, actor: str, recipient: str) -> list[Record]:
    """Event mentions of the texts in which one code acts upon another, within the question's days.

    Args:
        actor: code of who acts.
        recipient: code of who is acted upon.
    """
    from inconcert.show.record import event_record

    span = pair_span(record)
    return [
        event_record(one)
        for one in all_events(pages)
        if any(who.code == actor for who in one.event.actors)
        and any(who.code == recipient for who in one.event.recipients)
        and (span is None or (one.day is not None and span.contains(one.day)))
    ]
