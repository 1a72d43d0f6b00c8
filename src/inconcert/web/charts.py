"""Drawings of pages: specifications for Vega, and places on an axis for what needs no script.

Colours are written as `var(--name)`: the page puts its own in, light or dark.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

Record = Mapping[str, Any]
Spec = dict[str, Any]

# -- intervals of lift

WIDTH, EDGE = 200.0, 6.0
_TICKS = (0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32)


def forest(tests: Sequence[Record]) -> Spec:
    """Lifts with their intervals as places on one axis of logarithms, the null at 1.

    Returns:
        `null`, `ticks` (`x`, `label`), and `rows` in the order given (`x`, `low`, `high`, and
        whether an end `is_cut_low`, `is_cut_high` lies beyond the axis).
    """
    ends = [
        edge
        for test in tests
        for edge in (test["lift"], *test["lift_interval"])
        if edge is not None and edge > 0
    ]
    least = max(_TICKS[0], min([0.5, *ends]) * 0.9)
    most = min(_TICKS[-1], max([2.0, *ends]) * 1.1)
    scale = _Scale(least, most)
    rows = []
    for test in tests:
        low, high = test["lift_interval"]
        rows.append(
            {
                "x": scale.at(test["lift"]),
                "low": scale.at(low if low is not None else 0),
                "high": scale.at(high if high is not None else math.inf),
                "is_cut_low": low is None or low < least,
                "is_cut_high": high is None or high > most,
            }
        )
    return {
        "width": WIDTH,
        "null": scale.at(1.0),
        "ticks": [
            {"x": scale.at(tick), "label": f"{tick:g}"} for tick in _TICKS if least <= tick <= most
        ],
        "rows": rows,
    }


class _Scale:
    def __init__(self, least: float, most: float) -> None:
        self._low = math.log(least)
        self._wide = math.log(most) - self._low

    def at(self, value: float | None) -> float:
        if value is None or value <= 0:
            return EDGE
        if math.isinf(value):
            return WIDTH - EDGE
        share = (math.log(value) - self._low) / self._wide
        return round(EDGE + min(1.0, max(0.0, share)) * (WIDTH - 2 * EDGE), 1)


# -- acts over time

SIGNS = ("cooperation", "conflict", "words only")
COLOURS = ("var(--coop)", "var(--conf)", "var(--said)")
LENGTH = {"day": 1, "week": 7}


def timeline_spec(found: Record) -> Spec | None:
    """Bars of acts by day, week or month, one panel a source and actor; None without acts.

    Conflict hangs below the line, so that it is told apart without colour. What is drawn over
    with the mouse is the selection `brush`.
    """
    if not found["series"]:
        return None
    unit, first = found["unit"], found["from"]
    last = found["to"] + timedelta(days=1)
    rows = _stacked(found)
    panels = [
        _panel(f"bars{place}", key, values, found, (first, last))
        for place, (key, values) in enumerate(rows.items())
    ]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": "Acts of each actor toward the other side, by " + unit,
        "spacing": 14,
        "params": [
            {
                "name": "brush",
                "select": {"type": "interval", "encodings": ["x"]},
                "views": [f"bars{place}" for place in range(len(panels))],
            }
        ],
        "vconcat": panels,
        "config": {"view": {"stroke": None}, "axis": {"grid": False}},
    }


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
) -> Spec:
    source, actor = key
    axis = {"format": "%-d %b %Y", "labelOverlap": True, "tickCount": 6, "title": None}
    when = {
        "field": "d", "type": "temporal", "axis": axis,
        "scale": {"type": "utc", "nice": False},
    }  # fmt: skip
    unit = found["unit"]
    bars = {
        "name": name,
        "mark": {"type": "rect", "stroke": "var(--paper)", "strokeWidth": 0.4},
        "encoding": {
            "x": when,
            "x2": {"field": "e"},
            "y": {"field": "low", "type": "quantitative", "title": None,
                  "axis": {"tickMinStep": 1, "tickCount": 4, "format": "~s", "minExtent": 34,
                           "labelExpr": "datum.value % 1 ? '' : datum.label"}},
            "y2": {"field": "high"},
            "color": {"field": "sign", "type": "nominal", "title": None,
                      "scale": {"domain": list(SIGNS), "range": list(COLOURS)},
                      "legend": {"orient": "top"}},
            "tooltip": [
                {"field": "d", "type": "temporal", "title": f"{unit} of", "format": "%-d %b %Y"},
                {"field": "sign", "title": "acts"},
                {"field": "count", "title": "number"},
            ],
        },
    }  # fmt: skip
    zero = {"mark": {"type": "rule", "color": "var(--line)"}, "encoding": {"y": {"datum": 0}}}
    layers: list[Spec] = [bars, zero, _ends(ends)]
    told = [{"d": one["day"].isoformat()} for one in found["days"] if one["source"] == source]
    if told:
        layers.append(_ticks(told))
    if found["anchors"]:
        layers += _anchors(found["anchors"])
    return {
        "title": {
            "text": f"{actor}, {source}",
            "anchor": "start",
            "frame": "group",
            "fontSize": 13,
        },
        "height": 96,
        "width": 640,
        "data": {"values": values},
        "layer": layers,
    }


def _ends(ends: tuple[date, date]) -> Spec:
    """Two points that nobody sees, so that all panels begin and end on the same days."""
    return {
        "data": {"values": [{"d": end.isoformat()} for end in ends]},
        "mark": {"type": "point", "opacity": 0, "tooltip": None},
        "encoding": {"x": {"field": "d", "type": "temporal"}},
    }


def _ticks(days: list[Spec]) -> Spec:
    """Days on which both act against expectation, as marks at the lower edge."""
    return {
        "data": {"values": days},
        "mark": {"type": "point", "shape": "triangle-up", "filled": True, "size": 28,
                 "color": "var(--ink)", "opacity": 0.8},
        "encoding": {
            "x": {"field": "d", "type": "temporal"},
            "y": {"value": 94},
            "tooltip": [{"field": "d", "type": "temporal", "title": "both act against expectation",
                         "format": "%-d %b %Y"}],
        },
    }  # fmt: skip


def _anchors(anchors: Sequence[Record]) -> list[Spec]:
    values = [{"d": one["from"].isoformat(), "name": one["name"]} for one in anchors]
    where = {"x": {"field": "d", "type": "temporal"}}
    told = [{"field": "name", "title": "event"}, {"field": "d", "type": "temporal", "title": "day"}]
    return [
        {"data": {"values": values}, "mark": {"type": "rule", "strokeDash": [4, 3],
                                              "color": "var(--soft)"},
         "encoding": {**where, "tooltip": told}},
    ]  # fmt: skip


# -- who to whom


def network_spec(found: Record) -> Spec | None:
    """A signed network as a drawing in which friends pull together; None without ties.

    Hostile ties are dashed, so that they are told apart without colour.
    """
    edges = found["edges"][:160]
    if not edges:
        return None
    place = {node["code"]: at for at, node in enumerate(found["nodes"])}
    links = []
    for one in edges:
        n = one["positive"] + one["negative"] + one["unsigned"]
        is_hostile = one["negative"] > one["positive"]
        links.append(
            {
                "source": place[one["actor"]],
                "target": place[one["recipient"]],
                "n": n,
                "hostile": is_hostile,
                "plain": one["positive"] == one["negative"],
                "words": f"{one['actor']} → {one['recipient']}: {one['positive']} friendly, "
                f"{one['negative']} hostile, {one['unsigned']} other",
            }
        )
    nodes = [
        {"name": node["code"], "words": f"{node['name']}: {node['acts']} acts",
         "acts": node["acts"], "part": node["part"]}
        for node in found["nodes"]
    ]  # fmt: skip
    return _force(nodes, links)


def _force(nodes: list[Spec], links: list[Spec]) -> Spec:
    most = max(link["n"] for link in links)
    return {
        "$schema": "https://vega.github.io/schema/vega/v6.json",
        "description": "Who acts toward whom: friendly ties drawn through, hostile ones dashed",
        "width": 760,
        "height": 520,
        "padding": 4,
        "autosize": "none",
        "data": [{"name": "nodes", "values": nodes}, {"name": "links", "values": links}],
        "scales": [
            {"name": "thick", "type": "sqrt", "domain": [0, most], "range": [0.6, 7]},
            {"name": "size", "type": "sqrt", "domain": {"data": "nodes", "field": "acts"},
             "range": [30, 600]},
            {"name": "fill", "type": "ordinal", "domain": ["actor", "other side", "third party"],
             "range": ["var(--ink)", "var(--mid)", "var(--pale)"]},
        ],
        "marks": [_nodes(), _links(), _labels()],
    }  # fmt: skip


def _nodes() -> Spec:
    return {
        "name": "dots", "type": "symbol", "zindex": 1, "from": {"data": "nodes"},
        "encode": {
            "enter": {
                "fill": {"scale": "fill", "field": "part"},
                "stroke": {"value": "var(--paper)"},
                "tooltip": {"field": "words"},
                "midx": {"signal": "width / 2"},
                "midy": {"signal": "height / 2"},
            },
            "update": {"size": {"scale": "size", "field": "acts"}},
        },
        "transform": [{
            "type": "force", "iterations": 300, "static": True, "signal": "force",
            "forces": [
                {"force": "center", "x": {"signal": "width / 2"}, "y": {"signal": "height / 2"}},
                {"force": "collide", "radius": 26},
                {"force": "nbody", "strength": -420},
                {"force": "x", "x": "midx", "strength": 0.04},
                {"force": "y", "y": "midy", "strength": 0.16},
                {"force": "link", "links": "links", "distance": 90},
            ],
        }],
    }  # fmt: skip


def _links() -> Spec:
    return {
        "type": "path", "from": {"data": "links"},
        "encode": {
            "update": {
                "stroke": [
                    {"test": "datum.plain", "value": "var(--said)"},
                    {"test": "datum.hostile", "value": "var(--conf)"},
                    {"value": "var(--coop)"},
                ],
                "strokeDash": [{"test": "datum.hostile", "value": [5, 3]}, {"value": []}],
                "strokeWidth": {"scale": "thick", "field": "n"},
                "strokeOpacity": {"value": 0.55},
                "tooltip": {"field": "words"},
            }
        },
        "transform": [{
            "type": "linkpath", "require": {"signal": "force"}, "shape": "curve",
            "sourceX": "datum.source.x", "sourceY": "datum.source.y",
            "targetX": "datum.target.x", "targetY": "datum.target.y",
        }],
    }  # fmt: skip


def _labels() -> Spec:
    return {
        "type": "text", "zindex": 2, "from": {"data": "dots"}, "interactive": False,
        "encode": {
            "update": {
                "x": {"field": "x"}, "y": {"field": "y", "offset": -12},
                "text": {"field": "datum.name"}, "align": {"value": "center"},
                "baseline": {"value": "bottom"}, "fontSize": {"value": 11},
                "fill": {"value": "var(--ink)"},
                "fontWeight": [
                    {"test": "datum.datum.part == 'third party'", "value": "normal"},
                    {"value": "bold"},
                ],
            }
        },
    }  # fmt: skip
