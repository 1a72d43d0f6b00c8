"""Drawings that pages and briefs share, as specifications of Vega-Lite.

Colours come from a `Look`: a page puts its own in, light or dark, and paper has fixed ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from inconcert.ontology import cameo, plover

Record = Mapping[str, Any]
Spec = dict[str, Any]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
SIGNS = ("cooperation", "conflict", "words only")
LENGTH = {"day": 1, "week": 7}
DAILY_UP_TO, WEEKLY_UP_TO = 60, 700
"""Days up to which paper has one bar a day, and one a week; beyond, one a month."""


@dataclass(frozen=True, slots=True)
class Look:
    """Colours and sizes of a drawing.

    Attributes:
        signs: colours of cooperation, conflict, and words only.
        actors: colours of the first actor, the second, and third parties.
        width, height: of one panel, in points.
        is_interactive: whether days can be chosen with the mouse.
    """

    signs: tuple[str, str, str]
    actors: tuple[str, str, str]
    paper: str
    line: str
    ink: str
    soft: str
    width: int
    height: int
    is_interactive: bool


PAGE = Look(
    ("var(--coop)", "var(--conf)", "var(--said)"), ("var(--coop)", "var(--conf)", "var(--said)"),
    "var(--paper)", "var(--line)", "var(--ink)", "var(--soft)", 640, 96, is_interactive=True,
)  # fmt: skip
PAPER = Look(
    ("#0072b2", "#c05000", "#8a8f95"), ("#0072b2", "#c05000", "#8a8f95"),
    "white", "#999999", "#1b1f24", "#666666", 500, 62, is_interactive=False,
)  # fmt: skip


def timeline_spec(found: Record, look: Look = PAGE) -> Spec | None:
    """Bars of acts by day, week or month, one panel a source and actor; None without acts.

    Conflict hangs below the line, so that it is told apart without colour. What is drawn over
    with the mouse is the selection `brush`.

    Args:
        found: `question` (with `names`), `unit`, `from`, `to`, `series` (`source`, `actor`,
            `sign`, `period`, `n`), `days` (`source`, `day`), `anchors` (`name`, `from`).
        look: of the page, or of paper.
    """
    if not found["series"]:
        return None
    unit = found["unit"]
    bars = [one["period"] for one in found["series"]]
    first = min(found["from"], *bars)  # a week may begin before the days that are asked about
    last = max(found["to"] + timedelta(days=1), *(_end(day, unit) for day in bars))
    panels = [
        _panel(f"bars{place}", key, values, found, (first, last), look)
        for place, (key, values) in enumerate(_stacked(found).items())
    ]
    brush: Spec = {
        "name": "brush",
        "select": {"type": "interval", "encodings": ["x"]},
        "views": [f"bars{place}" for place in range(len(panels))],
    }
    return {
        "$schema": SCHEMA,
        "description": "Acts of each actor toward the other side, by " + unit,
        "spacing": 14,
        **({"params": [brush]} if look.is_interactive else {}),
        "vconcat": panels,
        "config": {"view": {"stroke": None}, "axis": {"grid": False}, **_ink(look)},
    }


def portfolio_spec(shares: Sequence[Record], names: Sequence[str], look: Look = PAGE) -> Spec:
    """Shares by domain with their intervals, actors beside each other and third parties in grey.

    Shapes tell the actors apart without colour.

    Args:
        shares: `who`, `domain`, `acts`, `share`, `low`, `high`, by domain in order.
        names: of the two actors; whoever else stands in `shares` is drawn as third parties.
        look: of the page, or of paper.
    """
    order = [*names, *dict.fromkeys(one["who"] for one in shares if one["who"] not in names)]
    domains = list(dict.fromkeys(one["domain"] for one in shares))
    keys = ("who", "domain", "acts", "share", "low", "high")
    place = {
        "y": {"field": "domain", "type": "nominal", "sort": domains, "title": None},
        "yOffset": {"field": "who", "sort": order},
        "color": {
            "field": "who", "type": "nominal", "sort": order, "title": None,
            "scale": {"domain": order, "range": list(look.actors[: len(order)])},
            "legend": {"orient": "top"},
        },
    }  # fmt: skip
    across = {
        "type": "quantitative", "title": "share of acts, 90 % interval",
        "scale": {"zero": True}, "axis": {"format": ".0%", "tickCount": 5},
    }  # fmt: skip
    shape = {
        "field": "who", "sort": order, "title": None,
        "scale": {"domain": order, "range": ["circle", "square", "diamond"][: len(order)]},
    }  # fmt: skip
    return {
        "$schema": SCHEMA,
        "description": "Shares of acts by domain",
        "width": look.width - 40,
        "height": {"step": 9},
        "data": {"values": [{key: one[key] for key in keys} for one in shares]},
        "layer": [
            {
                "mark": {"type": "rule", "strokeWidth": 1.6},
                "encoding": {**place, "x": {"field": "low", **across}, "x2": {"field": "high"}},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 34, "opacity": 1},
                "encoding": {**place, "x": {"field": "share", **across}, "shape": shape},
            },
        ],
        "config": {"view": {"stroke": None}, "axis": {"grid": False}, **_ink(look)},
    }


def unit_of(first: date, last: date) -> str:
    """How wide a bar on paper is: a day, a week or a month."""
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


def sign_of(cell: str) -> str:
    """Cooperation, conflict, or words only, of a PLOVER type or of a CAMEO root.

    Example:
        >>> sign_of("AID"), sign_of("19"), sign_of("01")
        ('cooperation', 'conflict', 'words only')
    """
    kind = plover.event_types().get(cell) or plover.event_types().get(_roots().get(cell, ""))
    if kind is None:
        return SIGNS[2]
    return SIGNS[0] if kind.is_cooperation else SIGNS[1]


@cache
def _roots() -> Mapping[str, str]:
    """The PLOVER type that stands for each root of CAMEO."""
    found: dict[str, str] = {}
    for code, each in sorted(cameo.codes().items()):
        found.setdefault(code[:2], each.type)
    return found


def _ink(look: Look) -> Spec:
    """Colours of words on paper; a page sets them in its style."""
    if look.is_interactive:
        return {}
    return {
        "axis": {"grid": False, "labelColor": look.ink, "titleColor": look.ink,
                 "titleFontWeight": "normal", "domainColor": look.line, "tickColor": look.line},
        "legend": {"labelColor": look.ink},
        "title": {"color": look.ink, "fontSize": 11},
        "background": look.paper,
    }  # fmt: skip


def _stacked(found: Record) -> dict[tuple[str, str], list[Spec]]:
    """Boxes by source and actor: cooperation and words upward, conflict downward from zero."""
    names = list(found["question"]["names"])
    order = {sign: at for at, sign in enumerate(SIGNS)}
    rows: dict[tuple[str, str], list[Spec]] = {}
    tops: dict[tuple[str, str, date], int] = {}
    for one in sorted(
        found["series"],
        key=lambda one: (one["source"], names.index(one["actor"]), order[one["sign"]]),
    ):
        key, low = (one["source"], one["actor"]), 0
        way = -1 if one["sign"] == "conflict" else 1
        if way > 0:
            low = tops.get((*key, one["period"]), 0)
            tops[*key, one["period"]] = low + one["n"]
        rows.setdefault(key, []).append(
            {
                "d": one["period"].isoformat(),
                "e": _end(one["period"], found["unit"]).isoformat(),
                "low": low,
                "high": low + way * one["n"],
                "count": one["n"],
                "sign": one["sign"],
            }
        )
    return rows


def _end(day: date, unit: str) -> date:
    if unit == "month":
        return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return day + timedelta(days=LENGTH[unit])


def _panel(
    name: str,
    key: tuple[str, str],
    values: list[Spec],
    found: Record,
    ends: tuple[date, date],
    look: Look,
) -> Spec:
    source, actor = key
    axis = {"format": "%-d %b %Y", "labelOverlap": True, "tickCount": 6, "title": None}
    when = {
        "field": "d", "type": "temporal", "axis": axis,
        "scale": {"type": "utc", "nice": False},
    }  # fmt: skip
    bars = {
        "name": name,
        "mark": {"type": "rect", "stroke": look.paper, "strokeWidth": 0.4},
        "encoding": {
            "x": when,
            "x2": {"field": "e"},
            "y": {"field": "low", "type": "quantitative", "title": None,
                  "axis": {"tickMinStep": 1, "tickCount": 4, "format": "~s", "minExtent": 34,
                           "labelExpr": "datum.value % 1 ? '' : format(abs(datum.value), '~s')"}},
            "y2": {"field": "high"},
            "color": {"field": "sign", "type": "nominal", "title": None,
                      "scale": {"domain": list(SIGNS), "range": list(look.signs)},
                      "legend": {"orient": "top"}},
            "tooltip": [
                {"field": "d", "type": "temporal", "title": f"{found['unit']} of",
                 "format": "%-d %b %Y"},
                {"field": "sign", "title": "acts"},
                {"field": "count", "title": "number"},
            ],
        },
    }  # fmt: skip
    zero = {"mark": {"type": "rule", "color": look.line}, "encoding": {"y": {"datum": 0}}}
    layers: list[Spec] = [bars, zero, _ends(ends)]
    told = [{"d": one["day"].isoformat()} for one in found["days"] if one["source"] == source]
    if told:
        layers.append(_ticks(told, look))
    if found["anchors"]:
        layers += _anchors(found["anchors"], look)
    return {
        "title": {"text": f"{actor}, {source}", "anchor": "start", "frame": "group",
                  "fontSize": 13 if look.is_interactive else 11},
        "height": look.height,
        "width": look.width,
        "data": {"values": values},
        "layer": layers,
    }  # fmt: skip


def _ends(ends: tuple[date, date]) -> Spec:
    """Two points that nobody sees, so that all panels begin and end on the same days."""
    return {
        "data": {"values": [{"d": end.isoformat()} for end in ends]},
        "mark": {"type": "point", "opacity": 0, "tooltip": None},
        "encoding": {"x": {"field": "d", "type": "temporal"}},
    }


def _ticks(days: list[Spec], look: Look) -> Spec:
    """Days on which both act against expectation, as marks at the lower edge."""
    return {
        "data": {"values": days},
        "mark": {"type": "point", "shape": "triangle-up", "filled": True, "size": 28,
                 "color": look.ink, "opacity": 0.8},
        "encoding": {
            "x": {"field": "d", "type": "temporal"},
            "y": {"value": look.height - 2},
            "tooltip": [{"field": "d", "type": "temporal", "title": "both act against expectation",
                         "format": "%-d %b %Y"}],
        },
    }  # fmt: skip


def _anchors(anchors: Sequence[Record], look: Look) -> list[Spec]:
    values = [{"d": one["from"].isoformat(), "name": one["name"]} for one in anchors]
    where = {"x": {"field": "d", "type": "temporal"}}
    told = [{"field": "name", "title": "event"}, {"field": "d", "type": "temporal", "title": "day"}]
    return [
        {"data": {"values": values}, "mark": {"type": "rule", "strokeDash": [4, 3],
                                              "color": look.soft},
         "encoding": {**where, "tooltip": told}},
    ]  # fmt: skip
