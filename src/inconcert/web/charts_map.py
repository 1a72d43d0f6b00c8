"""The map of a page, as a specification of Vega-Lite; the page puts the outlines in.

What is only known to lie in a state shades the state: a point in its middle would show a place of
which nobody told.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

Record = Mapping[str, Any]
Spec = dict[str, Any]

STATE = "state"
SHAPES = {"town or narrower": "circle", "province or district": "diamond", "region": "square"}
OUTLINES = "outlines"
"""Name of the data that the page puts in: TopoJSON with an object `states`."""
HEIGHT, LEAST_DEGREES, EDGE, FURTHEST, WIDEST = 420, 14.0, 4.0, 78.0, 200.0
"""Points; degrees that a map shows at least, and around what lies outermost; of latitude at most;
between places, from which the whole world is shown."""


def map_spec(found: Record, *, world: bool = False) -> Spec | None:
    """Places of acts on a map, as wide as their precision; None without any.

    Args:
        found: `places`, each with name, country, latitude, longitude, width, is_asked, acts.
        world: show the whole world instead of where the places lie.
    """
    if not found["places"]:
        return None
    points = _points(found["places"])
    states = _states(found["places"])
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": "Where acts toward the other side took place",
        "width": 640,
        "height": HEIGHT,
        "projection": _projection(found["places"], world=world),
        "layer": [_land(), _shaded(states), *([_dots(points)] if points else [])],
        "config": {"view": {"stroke": "var(--line)"}},
    }


def _points(places: Sequence[Record]) -> list[Spec]:
    return [
        {
            "name": one["name"], "lon": one["longitude"], "lat": one["latitude"],
            "acts": one["acts"], "width": one["width"],
            "who": "asked about" if one["is_asked"] else "others",
            "words": f"{one['name']} ({one['precision'] or one['width']}): {_acts(one['acts'])} "
            f"of {'those asked about' if one['is_asked'] else 'others'}",
        }
        for one in places
        if one["width"] != STATE
    ]  # fmt: skip


def _states(places: Sequence[Record]) -> list[Spec]:
    acts: dict[str, int] = defaultdict(int)
    names: dict[str, str] = {}
    for one in places:
        if one["width"] == STATE and one["country"]:
            acts[one["country"]] += one["acts"]
            names.setdefault(one["country"], one["name"])
    return [
        {"id": code, "acts": n, "words": f"{names[code]}: {_acts(n)} somewhere in the state"}
        for code, n in acts.items()
    ]


def _acts(n: int) -> str:
    return f"{n:,} act{'' if n == 1 else 's'}"


def _projection(places: Sequence[Record], *, world: bool) -> Spec:
    at = [
        (one["longitude"], max(-FURTHEST, min(FURTHEST, one["latitude"])))
        for one in places
        if one["longitude"] is not None and one["latitude"] is not None
    ]
    east, north = ([each[axis] for each in at] for axis in (0, 1))
    if world or not at or max(east) - min(east) > WIDEST:
        return {
            "type": "equalEarth",
            "rotate": [-11, 0, 0],
            "scale": {"expr": "min(width / 5.5, height / 2.75)"},
            "translate": {"expr": "[width / 2, height / 2]"},
        }
    low, high = (_stretched(edge) for edge in _widened(min(north), max(north)))
    left, right = _widened(min(east), max(east))
    across, down = math.radians(right - left), high - low
    middle = math.degrees(2 * math.atan(math.exp((low + high) / 2)) - math.pi / 2)
    return {
        "type": "mercator",
        "center": [0, round(middle, 3)],
        "rotate": [-round((left + right) / 2, 3), 0, 0],
        "scale": {"expr": f"min(width / {across:.4f}, height / {down:.4f})"},
        "translate": {"expr": "[width / 2, height / 2]"},
    }


def _widened(low: float, high: float) -> tuple[float, float]:
    """Degrees with an edge around them, and as many as a map shows at least."""
    more = max(EDGE, (LEAST_DEGREES - (high - low)) / 2)
    return low - more, high + more


def _stretched(north: float) -> float:
    """A latitude as Mercator draws it, in radians of the equator."""
    return math.log(math.tan(math.pi / 4 + math.radians(max(-84.0, min(84.0, north))) / 2))


def _land() -> Spec:
    return {
        "data": {"name": OUTLINES, "format": {"type": "topojson", "feature": "states"}},
        "mark": {"type": "geoshape", "clip": True, "fill": "var(--card)",
                 "stroke": "var(--pale)", "strokeWidth": 0.7, "tooltip": None},
    }  # fmt: skip


def _shaded(states: list[Spec]) -> Spec:
    return {
        "data": {"name": OUTLINES, "format": {"type": "topojson", "feature": "states"}},
        "transform": [
            {"lookup": "id", "from": {"data": {"values": states}, "key": "id",
                                      "fields": ["acts", "words"]}},
            {"filter": "isValid(datum.acts)"},
        ],
        "mark": {"type": "geoshape", "clip": True, "stroke": "var(--mid)", "strokeDash": [3, 2]},
        "encoding": {
            "fill": {"field": "acts", "type": "quantitative", "title": "acts somewhere in a state",
                     "scale": {"type": "sqrt", "zero": True, "interpolate": "rgb",
                               "range": ["var(--card)", "var(--shade)"]},
                     "legend": {"orient": "bottom", "gradientLength": 120, "tickMinStep": 1,
                                "format": "~s"} if len(states) > 1 else None},
            "tooltip": {"field": "words"},
        },
    }  # fmt: skip


def _dots(points: list[Spec]) -> Spec:
    widths = [width for width in SHAPES if any(one["width"] == width for one in points)]
    return {
        "data": {"values": points},
        "mark": {"type": "point", "filled": True, "opacity": 0.85, "stroke": "var(--paper)",
                 "strokeWidth": 0.8, "clip": True},
        "encoding": {
            "longitude": {"field": "lon", "type": "quantitative"},
            "latitude": {"field": "lat", "type": "quantitative"},
            "size": {"field": "acts", "type": "quantitative", "legend": None,
                     "scale": {"type": "sqrt", "zero": True, "range": [40, 700]}},
            "shape": {"field": "width", "type": "nominal",
                      "scale": {"domain": widths, "range": [SHAPES[one] for one in widths]},
                      "legend": None},
            "color": {"field": "who", "type": "nominal", "legend": None,
                      "scale": {"domain": ["asked about", "others"],
                                "range": ["var(--two)", "var(--conf)"]}},
            "tooltip": {"field": "words"},
        },
    }  # fmt: skip
