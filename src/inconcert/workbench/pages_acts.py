"""Acts over time and between actors, for pages: series, rows of datasets, signed networks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np

from inconcert.core.span import TimeSpan
from inconcert.errors import BadInput, BadQuestion
from inconcert.resolve.anchors import read_anchors
from inconcert.shape.networks import SignedNetwork, network
from inconcert.shape.toward import toward
from inconcert.store.lake import Lake
from inconcert.workbench.bench import ANCHORS_FILE
from inconcert.workbench.pages import Asked, Pages, Record
from inconcert.workbench.pages_words import COOPERATION, WORDS, sign_of_cell
from inconcert.workbench.rows import sql_of

TEXTS = "texts"
NOBODY_ELSE = 10**9
MOST_NODES = 40
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
        `unit`; `series`, a list of source, actor, sign, period and n; `anchors`, dated events of
        the case; `days`, those on which both act against expectation.
    """
    record = pages.answer(asked)
    found: Record = pages.held(("timeline", asked), lambda: _timeline(pages, record))
    return found


def _timeline(pages: Pages, record: Record) -> Record:
    names = record["question"]["names"]
    daily: Series = defaultdict(int)
    _add_texts(daily, record)
    for one in _datasets(record):
        _add_dataset(pages, daily, record, one)
    days = [key[3] for key in daily]
    days += [day for one in record["by_source"] for day in _ends(one) if days]
    unit = _unit(min(days), max(days)) if days else "day"
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
        "anchors": _anchors(pages, min(days, default=None), max(days, default=None)),
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
    span = TimeSpan(cover["from"], cover["to"])
    spread = pages.bench.register.merged.spread
    asked = tuple("+".join(spread(codes)) for codes in question["actors"])
    with Lake.open(pages.folder) as lake:
        arrays = toward(
            lake.query, one["source"], spread(question["toward"]), span=span, asked=asked,
            least_acts=NOBODY_ELSE,
        )  # fmt: skip
    for place, cell, day in np.argwhere(arrays.counts[: len(asked)] > 0):
        when = span.first + timedelta(days=int(day))
        count = int(arrays.counts[place, cell, day])
        series[one["source"], int(place), sign_of_cell(arrays.types[cell]), when] += count


def _ends(one: Record) -> list[date]:
    cover = one["coverage"]
    return [] if cover is None else [cover["from"], cover["to"]]


def _datasets(record: Record) -> list[Record]:
    return [
        one
        for one in record["by_source"]
        if one["kind"] == "dataset" and one["coverage"] is not None
    ]


def _unit(first: date, last: date) -> str:
    days = (last - first).days + 1
    return "day" if days <= DAILY_UP_TO else "week" if days <= WEEKLY_UP_TO else "month"


def first_of(day: date, unit: str) -> date:
    """First day of the day, ISO week or month that a day lies in.

    Example:
        >>> first_of(date(2021, 8, 19), "week").isoformat()
        '2021-08-16'
    """
    if unit == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if unit == "month" else day


def _anchors(pages: Pages, first: date | None, last: date | None) -> list[Record]:
    """Dated events of the case's own file that lie in some days."""
    path = pages.folder / ANCHORS_FILE
    if not path.is_file() or first is None or last is None:
        return []
    return [
        {"name": one.name, "from": one.span.first, "to": one.span.last}
        for one in read_anchors(path)
        if one.span.last >= first and one.span.first <= last
    ]


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
    either: bool = False,
) -> tuple[list[Record], int]:
    """Rows of a dataset in which some actors act upon a side, and how many there are in all.

    Args:
        actors: codes of those who act.
        side: codes of those acted upon.
        most: rows given.
        skip: rows passed over.
        kind: PLOVER type; empty for all.
        either: also those in which the side acts upon them.
    """
    spread = pages.bench.register.merged.spread
    given: Record = {
        "source": source, "actors": list(spread(actors)), "side": list(spread(side)),
        "type": kind, "either": either,
    }  # fmt: skip
    rows, whole = pages.few(
        ("acts", *(str(value) for value in given.values())),
        lambda: _rows(pages, given, date.min, date.max, MOST_HELD, 0),
    )
    if whole <= MOST_HELD:
        rows = [row for row in rows if first <= row["day"] <= last]
        return rows[skip : skip + most], len(rows)
    return _rows(pages, given, first, last, most, skip)


def _rows(
    pages: Pages, given: Record, first: date, last: date, most: int, skip: int
) -> tuple[list[Record], int]:
    days = {"first": first, "last": last, "most": most, "skip": skip}
    with Lake.open(pages.folder) as lake:
        rows = lake.query(sql_of("page_acts"), {**given, **days}).to_pylist()
    return [_row(row) for row in rows], rows[0]["whole"] if rows else 0


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
        "text": "; ".join(dict.fromkeys(str(text) for text in told if text)),
        "outlet": row["outlet"] or "",
        "url": row["url"] or "",
        "copies": max(1, int(row["copies"] or 1)),
    }


def _plain(value: Any) -> Any:
    return value.date() if hasattr(value, "date") else value


# -- between actors


def networks(pages: Pages, asked: Asked, *, source: str = "") -> Record:
    """Who is friendly or hostile to whom, as one source has it, around those asked about.

    Args:
        source: name of a dataset, or `texts`; empty for the first there is.

    Returns:
        `sources` to choose from; `source`; `nodes` with code, name, acts and part (`actor`,
        `other side` or `third party`); `edges` with actor, recipient, positive, negative, unsigned.

    Raises:
        BadQuestion: no such source.
    """
    record = pages.answer(asked)
    datasets = [one["source"] for one in _datasets(record)]
    known = [*datasets, *([TEXTS] if record["corpus"]["documents"] else [])]
    if not known:
        return {"question": record["question"], "sources": [], "source": "", "nodes": [],
                "edges": []}  # fmt: skip
    chosen = source or (record["read_from"] if record["read_from"] in known else known[0])
    if chosen not in known:
        raise BadQuestion(
            f"{chosen!r} is no source of this question",
            where="in",
            advice=f"One of: {', '.join(known)}.",
        )
    drawn: Record = pages.held(("network", asked, chosen), lambda: _network(pages, record, chosen))
    return {"question": record["question"], "sources": known, "source": chosen, **drawn}


def _network(pages: Pages, record: Record, source: str) -> Record:
    ties = (
        _ties_of_texts(pages, record)
        if source == TEXTS
        else _ties_of_dataset(pages, record, source)
    )
    question = record["question"]
    own = {code for codes in question["actors"] for code in codes}
    other = set(question["toward"])
    weight: dict[str, int] = defaultdict(int)
    for (one, two), counts in ties.items():
        near = 3 if {one, two} & (own | other) else 1
        weight[one] += near * sum(counts)
        weight[two] += near * sum(counts)
    asked_about = [code for code in (*sorted(own), *sorted(other)) if code in weight]
    ranked = sorted(weight, key=lambda code: (-weight[code], code))
    kept = list(dict.fromkeys((*asked_about, *ranked)))[:MOST_NODES]
    edges: list[Record] = [
        {"actor": one, "recipient": two, "positive": p, "negative": n, "unsigned": u}
        for (one, two), (p, n, u) in ties.items()
        if one in kept and two in kept
    ]
    edges.sort(key=lambda e: (-(e["positive"] + e["negative"] + e["unsigned"]), e["actor"]))
    return {
        "nodes": [
            {"code": code, "name": pages.name_of(code), "acts": _acts_of(code, ties),
             "part": "actor" if code in own else "other side" if code in other else "third party"}
            for code in kept
        ],
        "edges": edges,
        "left_out": len(weight) - len(kept),
    }  # fmt: skip


Ties = Mapping[tuple[str, str], tuple[int, int, int]]


def _acts_of(code: str, ties: Ties) -> int:
    return sum(sum(counts) for pair, counts in ties.items() if code in pair)


def _ties_of_texts(pages: Pages, record: Record) -> Ties:
    span, wanted = pair_span(record), set(record["question"]["sources"])
    found: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    seen: set[tuple[str, str, str]] = set()
    for one in pages.bench.events():
        if span is not None and (one.day is None or not span.contains(one.day)):
            continue
        if wanted and one.at.source.name not in wanted and TEXTS not in wanted:
            continue
        sign = sign_of_cell(one.event.type)
        at = 0 if sign == COOPERATION else 2 if sign == WORDS else 1
        for who in one.event.actors:
            for whom in one.event.recipients:
                key = (one.event_id, who.code, whom.code)
                if who.code != whom.code and key not in seen:
                    seen.add(key)
                    found[who.code, whom.code][at] += 1
    return {pair: (p, n, u) for pair, (p, n, u) in found.items()}


def pair_span(record: Record) -> TimeSpan | None:
    """The days of a question; None where it asks about all."""
    first, last = record["question"]["from"], record["question"]["to"]
    if first is None and last is None:
        return None
    return TimeSpan(first or date.min, last or date.max)


def _ties_of_dataset(pages: Pages, record: Record, source: str) -> Ties:
    cover = next(one["coverage"] for one in _datasets(record) if one["source"] == source)
    with Lake.open(pages.folder) as lake:
        drawn = network(lake.query, source, span=TimeSpan(cover["from"], cover["to"]), unit="month")
    return _summed(drawn, pages.bench.register.merged.into)


def _summed(drawn: SignedNetwork, into: Mapping[str, str]) -> Ties:
    """Ties over all periods, actors that were merged as one."""
    layers = [layer.sum(axis=2) for layer in (drawn.positive, drawn.negative, drawn.unsigned)]
    found: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for one, two in np.argwhere(np.sum(layers, axis=0) > 0):
        pair = tuple(into.get(drawn.actors[at], drawn.actors[at]) for at in (one, two))
        if pair[0] != pair[1]:
            for at, layer in enumerate(layers):
                found[pair[0], pair[1]][at] += int(layer[one, two])
    return {pair: (p, n, u) for pair, (p, n, u) in found.items()}


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
        for one in pages.bench.events()
        if any(who.code == actor for who in one.event.actors)
        and any(who.code == recipient for who in one.event.recipients)
        and (span is None or (one.day is not None and span.contains(one.day)))
    ]
