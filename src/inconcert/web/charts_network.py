"""The network of a page, as a specification of Vega: drawn by forces, moved by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Record = Mapping[str, Any]
Spec = dict[str, Any]
MOST_DRAWN = 160
"""Ties drawn; the table has all."""


def network_spec(found: Record) -> Spec | None:
    """A signed network as a drawing in which ties pull together; None without ties.

    Hostile ties are dashed, so that they are told apart without colour. The page sets `moved` to
    an actor and a place where somebody drags one.
    """
    edges = found["edges"][:MOST_DRAWN]
    if not edges:
        return None
    place = {node["code"]: at for at, node in enumerate(found["nodes"])}
    links = []
    for one in edges:
        n = one["positive"] + one["negative"] + one["unsigned"]
        links.append(
            {
                "source": place[one["actor"]],
                "target": place[one["recipient"]],
                "n": n,
                "hostile": one["negative"] > one["positive"],
                "plain": one["positive"] == one["negative"],
                "words": f"{one['actor']} → {one['recipient']}: {one['positive']} friendly, "
                f"{one['negative']} hostile, {one['unsigned']} other",
            }
        )
    nodes = [
        {
            "name": node["code"],
            "words": f"{node['name']}: {node['acts']:,} act{'' if node['acts'] == 1 else 's'}; "
            f"choose to {'close' if node['is_opened'] else 'add its ties'}",
            "acts": node["acts"],
            "part": node["part"],
            "open": node["is_opened"],
        }
        for node in found["nodes"]
    ]
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
        "signals": [{"name": "moved", "value": None}, {"name": "still", "value": True}],
        "data": [{"name": "nodes", "values": nodes}, {"name": "links", "values": links}],
        "scales": [
            {"name": "thick", "type": "sqrt", "domain": [0, most], "range": [0.6, 7]},
            {"name": "size", "type": "sqrt", "domain": {"data": "nodes", "field": "acts"},
             "range": [40, 600]},
            {"name": "fill", "type": "ordinal", "domain": ["actor", "other side", "third party"],
             "range": ["var(--ink)", "var(--mid)", "var(--pale)"]},
        ],
        "marks": [_nodes(), _links(), _labels()],
    }  # fmt: skip


def _nodes() -> Spec:
    return {
        "name": "dots", "type": "symbol", "zindex": 1, "from": {"data": "nodes"},
        "on": [{"trigger": "moved", "modify": "moved && moved.node",
                "values": "moved && {fx: moved.x, fy: moved.y}"}],
        "encode": {
            "enter": {
                "fill": {"scale": "fill", "field": "part"},
                "tooltip": {"field": "words"},
                "cursor": {"value": "pointer"},
                "x": {"field": "x0"}, "y": {"field": "y0"},
                "midx": {"signal": "width / 2"},
                "midy": {"signal": "height / 2"},
            },
            "update": {
                "size": {"scale": "size", "field": "acts"},
                "stroke": [{"test": "datum.open", "value": "var(--coop)"},
                           {"value": "var(--paper)"}],
                "strokeWidth": [{"test": "datum.open", "value": 3}, {"value": 1}],
            },
        },
        "transform": [{
            "type": "force", "iterations": 300, "signal": "force",
            "static": {"signal": "still"}, "restart": {"signal": "!still"},
            "alpha": {"signal": "still ? 1 : 0.15"},
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
