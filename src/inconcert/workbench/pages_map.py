"""Where what was aimed at the other side happened, for pages: places with how narrow they are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from inconcert.core.evidence import EventRecord
from inconcert.core.place import Where
from inconcert.core.span import TimeSpan
from inconcert.show.country_codes import country_of
from inconcert.store.lake import Lake
from inconcert.workbench.pages import Asked, Pages, Record
from inconcert.workbench.pages_acts import TEXTS, all_events, chosen_source, datasets_of, pair_span
from inconcert.workbench.pages_labour import common, ends_of
from inconcert.workbench.rows import sql_of

NARROW, WIDE, STATE, VAGUE = "town or narrower", "province or district", "state", "region"
WIDTHS = (NARROW, WIDE, STATE, VAGUE)
"""How narrow a place is, as a map shows it; a state is no point on it."""
_WIDTH = {
    "point": NARROW, "city": NARROW, "town": NARROW, "district": WIDE, "province": WIDE,
    "country": STATE, "region": VAGUE,
}  # fmt: skip

Spot = tuple[str, str | None, str] | None


def places(
    pages: Pages,
    asked: Asked,
    *,
    source: str = "",
    days: TimeSpan | None = None,
    only_asked: bool = False,
) -> Record:
    """Where acts toward the other side took place, as far as a source tells.

    Args:
        source: name of a dataset, or `texts`; empty for the first there is.
        days: only these; None for all asked about.
        only_asked: leave out acts of third parties.

    Returns:
        `sources`, `source`; `places`, one object a place and whether those asked about act there:
        name, country, latitude, longitude, precision, `width` (one of `WIDTHS`), is_asked, acts;
        `located`, `unplaced` (their place is told without coordinates) and `unknown`, numbers of
        acts.

    Raises:
        BadQuestion: no such source.
    """
    record = pages.answer(asked)
    chosen, known = chosen_source(record, source)
    head = {
        "question": record["question"], "sources": known, "source": chosen,
        "only_asked": only_asked,
        **ends_of(days),
    }  # fmt: skip
    rows: list[Record] = []
    if chosen == TEXTS:
        rows = _of_texts(pages, record, days, only_asked=only_asked)
    elif chosen:
        rows = _of_dataset(pages, record, chosen, days, only_asked=only_asked)
    told = [one for one in rows if one["name"]]
    held = [one for one in told if _is_on_earth(one)]
    return {
        **head,
        "places": held,
        "located": sum(one["acts"] for one in held),
        "unplaced": sum(one["acts"] for one in told) - sum(one["acts"] for one in held),
        "unknown": sum(one["acts"] for one in rows) - sum(one["acts"] for one in told),
    }


def _is_on_earth(one: Record) -> bool:
    north, east = one["latitude"], one["longitude"]
    if one["width"] == STATE and one["country"]:
        return True
    return north is not None and east is not None and abs(north) <= 90 and abs(east) <= 180


def _row(
    name: str | None, country: str | None, at: tuple[float | None, float | None],
    precision: str | None, is_asked: bool, acts: int,
) -> Record:  # fmt: skip
    width = _WIDTH.get((precision or "").lower(), VAGUE)
    return {
        "name": name or "", "country": country_of(country), "latitude": at[0], "longitude": at[1],
        "precision": precision or "", "width": width, "is_asked": is_asked, "acts": acts,
    }  # fmt: skip


def _of_texts(
    pages: Pages, record: Record, days: TimeSpan | None, *, only_asked: bool
) -> list[Record]:
    events: dict[tuple[Spot, bool], set[str]] = {}
    first: dict[Spot, Where | None] = {}
    for one, is_asked in _upon_side(pages, record, days):
        if is_asked or not only_asked:
            spot = spot_of(one.event.where)
            first.setdefault(spot, one.event.where)
            events.setdefault((spot, is_asked), set()).add(one.event_id)
    for is_asked in (True, False):  # another report may tell the place that this one does not
        told = [ids for (spot, each), ids in events.items() if spot and each == is_asked]
        events.get((None, is_asked), set()).difference_update(*told)
    rows = [
        _row("", None, (None, None), "", is_asked, len(ids))
        if where is None
        else _row(
            where.name, where.country, (where.latitude, where.longitude), where.precision,
            is_asked, len(ids),
        )
        for (spot, is_asked), ids in events.items()
        for where in [first[spot]]
    ]  # fmt: skip
    return sorted(rows, key=lambda one: (-one["acts"], one["name"], one["is_asked"]))


def spot_of(where: Where | None) -> Spot:
    """What tells places apart, whatever words tell of them; None for no place."""
    return None if where is None else (where.id or where.name, where.country, where.precision)


def placed_acts(
    pages: Pages, record: Record, place: str, *, only_asked: bool = False
) -> list[Record]:
    """Event mentions of the texts aimed at the other side that tell of a place by that name."""
    from inconcert.show.record import event_record

    upon = list(_upon_side(pages, record))
    spots = {spot_of(one.event.where) for one, _ in upon if _name(one) == place}
    return [
        event_record(one)
        for one, is_asked in upon
        if (is_asked or not only_asked) and spot_of(one.event.where) in spots and _name(one)
    ]


def _name(one: EventRecord) -> str:
    return "" if one.event.where is None else one.event.where.name


def _upon_side(
    pages: Pages, record: Record, days: TimeSpan | None = None
) -> Iterable[tuple[EventRecord, bool]]:
    """Event mentions of the texts aimed at the other side, and whether one asked about acts."""
    question, span = record["question"], pair_span(record)
    side, wanted = set(question["toward"]), set(question["sources"])
    own = {code for codes in question["actors"] for code in codes}
    for one in all_events(pages):
        if not _is_in(one.day, span) or not _is_in(one.day, days):
            continue
        if wanted and one.at.source.name not in wanted and TEXTS not in wanted:
            continue
        if any(who.code in side for who in one.event.recipients):
            yield one, any(who.code in own for who in one.event.actors)


def _is_in(day: date | None, span: TimeSpan | None) -> bool:
    return span is None or (day is not None and span.contains(day))


def _of_dataset(
    pages: Pages, record: Record, source: str, days: TimeSpan | None, *, only_asked: bool
) -> list[Record]:
    cover = next(one["coverage"] for one in datasets_of(record) if one["source"] == source)
    span = common(TimeSpan(cover["from"], cover["to"]), days)
    if span is None:
        return []
    question, spread = record["question"], pages.names.spread
    own = [code for codes in question["actors"] for code in codes]
    given = {
        "source": source, "first": span.first, "last": span.last, "only": only_asked,
        "actors": list(spread(own)), "side": list(spread(question["toward"])),
    }  # fmt: skip
    with Lake.open(pages.folder) as lake:
        rows = lake.query(sql_of("page_places"), given).to_pylist()
    return [
        _row(row["place"], row["country"], (row["latitude"], row["longitude"]), row["precision"],
             bool(row["is_asked"]), int(row["n"]))
        for row in rows
    ]  # fmt: skip
