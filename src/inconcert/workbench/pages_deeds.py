"""Words and deeds, for pages: what each says of the other side against what it does."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import numpy as np

from inconcert.core.span import TimeSpan
from inconcert.judge.deeds import KEPT_BY, PROMISE
from inconcert.measure.promises import WINDOW_DAYS
from inconcert.ontology.domains import DOMAINS
from inconcert.show.charts import first_of
from inconcert.workbench.pages import Asked, Pages, Record
from inconcert.workbench.pages_acts import (
    MOST_HELD,
    TEXTS,
    chosen_source,
    dataset_acts,
    unit_of,
)
from inconcert.workbench.pages_labour import common, ends_of
from inconcert.workbench.pages_sorts import Sorted, sorted_acts

NATURES, STANCES = ("word", "deed"), ("cooperative", "conflictual", "neutral")
GROUP = "words and deeds"
MOST_PAIRS = 200
PROMISED = ("promise",)
"""Commitments of statements that are listed beside the agreements."""


def words_and_deeds(
    pages: Pages, asked: Asked, *, source: str = "", days: TimeSpan | None = None
) -> Record:
    """What each actor says of the other side against what it does, by domain and over time.

    Args:
        source: name of a dataset, or `texts`; empty for the first there is.
        days: only these; None for all asked about.

    Returns:
        `sources`, `source`; `findings` of all days asked about; `domains`, one object an actor,
        domain (`all` for their sum) and nature, with acts by stance; `apart`, how many acts are in
        neither, being neither word nor deed or of no stance; `unit` and `series` over time;
        `statements`, those for, against and of neither side by actor; `promises`, how many there
        are, a deed followed, and are too young to be judged; `pairs`, the first of them, each with
        the first deed after it (None where none came within `window_days`); `is_open` where the
        source ends before they are over; `pairs_from`, the day from which they are looked at where
        there are too many before, else None.

    Raises:
        BadQuestion: no such source.
    """
    record = pages.answer(asked)
    chosen, known = chosen_source(record, source)
    acts = sorted_acts(pages, asked, chosen) if chosen else None
    span = None if acts is None else common(acts.span, days)
    over_time: Record = {"domains": [], "apart": 0, "series": [], "unit": "day"}
    pairs, pairs_from = ([], None) if acts is None else _pairs(pages, record, chosen, acts, days)
    if acts is not None and span is not None:
        domains, apart = _domains(acts, span), _apart(acts, span)
        over_time = {"domains": domains, "apart": apart, **_series(acts, span)}
    return {
        "question": record["question"], "sources": known, "source": chosen,
        **ends_of(days),
        "findings": [
            one
            for each in record.get("findings", ())
            if each["source"] == chosen
            for one in each["found"]
            if one["group"] == GROUP or one["key"].startswith("stance.")
        ],
        **over_time,
        "statements": _statements(record, days) if chosen == TEXTS else [],
        "window_days": WINDOW_DAYS,
        "promises": {
            "all": len(pairs),
            "kept": sum(one["deed"] is not None for one in pairs),
            "open": sum(one["is_open"] for one in pairs),
        },
        "pairs": pairs[:MOST_PAIRS],
        "pairs_from": pairs_from,
    }  # fmt: skip


def _domains(acts: Sorted, span: TimeSpan) -> list[Record]:
    """Acts by actor, domain, nature and stance; the sum over domains first."""
    labels = [f"{d}|{n}|{s}" for d in DOMAINS for n in NATURES for s in STANCES]
    counts = acts.counts(lambda one: (f"{one.domain}|{one.nature}|{one.stance}",), labels, span)
    shape = (len(acts.names), len(DOMAINS), len(NATURES), len(STANCES))
    cells = counts.sum(axis=2).reshape(shape)[:-1]
    whole = np.concatenate([cells.sum(axis=1, keepdims=True), cells], axis=1)
    return [
        {
            "who": acts.names[who],
            "actor": who + 1,
            "domain": domain,
            "nature": nature,
            **{stance: int(n) for stance, n in zip(STANCES, whole[who, d, at], strict=True)},
        }
        for who in range(len(acts.names) - 1)
        for d, domain in enumerate(("all", *DOMAINS))
        for at, nature in enumerate(NATURES)
    ]


def _apart(acts: Sorted, span: TimeSpan) -> int:
    """How many acts of those asked about are neither word nor deed, or of no stance."""
    left = acts.counts(
        lambda one: () if one.nature in NATURES and one.stance in STANCES else ("apart",),
        ("apart",),
        span,
    )
    return int(left[:-1].sum())


def _series(acts: Sorted, span: TimeSpan) -> Record:
    """Acts over time by actor, nature and stance."""
    labels = [f"{n}|{s}" for n in NATURES for s in STANCES]
    counts = acts.counts(lambda one: (f"{one.nature}|{one.stance}",), labels, span)[:-1]
    unit = unit_of(span.first, span.last)
    found: dict[tuple[int, int, date], int] = {}
    for who, label, day in np.argwhere(counts > 0).tolist():
        key = (who, label, first_of(span.first + timedelta(days=day), unit))
        found[key] = found.get(key, 0) + int(counts[who, label, day])
    rows: list[Record] = []
    for (who, label, period), n in sorted(found.items()):
        nature, stance = labels[label].split("|")
        rows.append({"actor": acts.names[who], "nature": nature, "stance": stance,
                     "period": period, "n": n})  # fmt: skip
    return {"unit": unit, "series": rows}


# -- what is said in statements


def _statements(record: Record, days: TimeSpan | None) -> list[Record]:
    """Statements of each actor that name the other side, by whether they take it."""
    side = set(record["question"]["toward"])
    found: list[Record] = []
    for place, actor in enumerate(record["actors"], start=1):
        told = [one for one in actor["statements"] if _is_within(one["day"], days)]
        signs = [
            sum(each["sign"] for each in one["stance"] if each["code"] in side) for one in told
        ]
        found.append(
            {
                "who": actor["name"],
                "actor": place,
                "for": sum(sign > 0 for sign in signs),
                "against": sum(sign < 0 for sign in signs),
                "neither": sum(sign == 0 for sign in signs),
                "promises": sum(one["commitment"] in PROMISED for one in told),
            }
        )
    return found


def _is_within(day: date | None, days: TimeSpan | None) -> bool:
    return days is None or (day is not None and days.contains(day))


# -- pairs


def _pairs(
    pages: Pages, record: Record, source: str, acts: Sorted, days: TimeSpan | None
) -> tuple[list[Record], date | None]:
    """Promises of each actor with the first deed after each, and the day they are looked at from.

    Those that a deed followed come first, then those that none did, then those too young to be
    judged; the latest first among each.
    """
    names, since = record["question"]["names"], None
    if source != TEXTS:
        begun = [paired_from(acts, place, days) for place in range(len(names))]
        since = max((day for day in begun if day is not None), default=None)
    pairs = [
        {"who": name, "actor": place, **pair}
        for place, name in enumerate(names, start=1)
        for pair in followed(
            *_promises_and_deeds(pages, record, source, acts, place, since or _first(acts, days)),
            end=acts.span.last,
        )
        if _is_within(pair["promise"]["day"], days)
        and (since is None or pair["promise"]["day"] >= since)
    ]
    pairs.sort(key=lambda one: (one["promise"]["day"], one["actor"]), reverse=True)
    pairs.sort(key=lambda one: 2 if one["is_open"] else 0 if one["deed"] else 1)
    return pairs, since


def paired_from(acts: Sorted, place: int, days: TimeSpan | None = None) -> date | None:
    """The day from which the promises and deeds of an actor are few enough to be held.

    Args:
        acts: of a dataset.
        place: of the actor among those asked about.
        days: of the promises; None for all.

    Returns:
        None where all of them are.
    """
    kinds = (*PROMISE, *KEPT_BY)
    of = [at for at, one in enumerate(acts.sorts) if one.kind in kinds]
    own = (acts.who == place) & np.isin(acts.sort, of)
    daily = np.bincount(acts.day[own], acts.n[own], acts.span.days)
    first = _first(acts, days)
    held = daily[(first - acts.span.first).days :]
    if days is not None and days.last < acts.span.last:
        held = held[: max(0, (days.last - first).days + 1 + WINDOW_DAYS)]
    if held.sum() <= MOST_HELD:
        return None
    fit = int((np.cumsum(held[::-1]) <= MOST_HELD).sum())
    return first + timedelta(days=len(held) - max(1, fit))


def _first(acts: Sorted, days: TimeSpan | None) -> date:
    """The first day that can hold a promise."""
    return acts.span.first if days is None else max(acts.span.first, days.first)


def followed(promises: Iterable[Record], deeds: Sequence[Record], *, end: date) -> list[Record]:
    """Each promise with the first deed from the day after on, where one comes within the window.

    Args:
        promises: each with its `day`.
        deeds: likewise, by day.
        end: last day of the source.

    Returns:
        `promise`, `deed` or None, `days` from the one to the other, and `is_open`: no deed yet,
        and the window runs beyond the source.
    """
    done = [one["day"] for one in deeds]
    pairs: list[Record] = []
    for promise in promises:
        at = bisect_right(done, promise["day"])
        is_kept = at < len(done) and (done[at] - promise["day"]).days <= WINDOW_DAYS
        deed = deeds[at] if is_kept else None
        pairs.append(
            {
                "promise": promise,
                "deed": deed,
                "days": None if deed is None else (deed["day"] - promise["day"]).days,
                "is_open": not is_kept and (end - promise["day"]).days < WINDOW_DAYS,
            }
        )
    return pairs


def _promises_and_deeds(
    pages: Pages, record: Record, source: str, acts: Sorted, place: int, first: date
) -> tuple[list[Record], list[Record]]:
    """Dated promises of one actor and the deeds that would keep them, by day.

    Args:
        first: day of a dataset from which they are read.
    """
    actor, question = record["actors"][place - 1], record["question"]
    if source == TEXTS:
        once = {one["event"]: one for one in reversed(actor["deeds"])}
        said = [one for one in actor["statements"] if one["commitment"] in PROMISED]
        told = [{"kind": "event", **one} for one in once.values()]
        promises = [one for one in told if one["type"] in PROMISE]
        promises += [{"kind": "statement", **one} for one in said]
        return _dated(promises), _dated(one for one in told if one["type"] in KEPT_BY)
    kinds = (*PROMISE, *KEPT_BY)
    rows, _ = dataset_acts(
        pages, source, question["actors"][place - 1], question["toward"],
        first=first, last=acts.span.last, most=MOST_HELD,
        sorts=[one.key for one in acts.sorts if one.kind in kinds],
    )  # fmt: skip
    items = [{"kind": "row", **row} for row in rows]
    return (
        _dated(one for one in items if one["type"] in PROMISE),
        _dated(one for one in items if one["type"] in KEPT_BY),
    )


def _dated(items: Iterable[Record]) -> list[Record]:
    return sorted((one for one in items if one["day"] is not None), key=lambda one: one["day"])


def shares_of(rows: Sequence[Record]) -> list[Record]:
    """Rows of `domains` with the share of cooperative acts among those that have a side."""
    told = []
    for row in rows:
        sided = row["cooperative"] + row["conflictual"]
        told.append({**row, "share": row["cooperative"] / sided if sided else None})
    return told
