"""Drawings of pages: specifications of Vega-Lite, and places on an axis for what needs no script.

Colours are written as `var(--name)`: the page puts its own in, light or dark.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from inconcert.show import charts as shared

Record = Mapping[str, Any]
Spec = dict[str, Any]

LOOK = replace(shared.PAGE, actors=("var(--mid)", "var(--two)", "var(--said)"))
"""Actors in colours that stand for neither cooperation nor conflict."""

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


def timeline_spec(found: Record) -> Spec | None:
    """Bars of acts by day, week or month, one panel a source and actor; None without acts.

    What is drawn over with the mouse is the selection `brush`. Changes lie in the panel of their
    actor, over the days in which they may have come; dated events lie in every panel.
    """
    spec = shared.timeline_spec({**found, "anchors": []}, LOOK)
    if spec is None:
        return None
    ends = found["from"], found["to"] + timedelta(days=1)
    for panel in spec["vconcat"]:
        title = panel["title"]["text"]
        own = [one for one in found["changes"] if title == f"{one['actor']}, {one['source']}"]
        panel["layer"] += _changes(own, ends) + _anchors(found["anchors"])
    return spec


def _changes(changes: Sequence[Record], ends: tuple[date, date]) -> list[Spec]:
    """Days from which the actor acts otherwise, over the days in which the change may lie."""
    if not changes:
        return []
    first, last = ends
    values = [
        {
            "d": one["day"].isoformat(),
            "low": max(first, one["first"]).isoformat(),
            "high": min(last, one["last"]).isoformat(),
            "what": f"{one['what']}: {one['change']}",
            "how": one["strength"],
        }
        for one in changes
    ]
    told = [
        {"field": "what", "title": "change of"}, _day("d", "from"), _day("low", "not before"),
        _day("high", "not after"), {"field": "how", "title": "strength"},
    ]  # fmt: skip
    return [
        {"data": {"values": values},
         "mark": {"type": "rect", "color": "var(--mid)", "opacity": 0.15},
         "encoding": {"x": {"field": "low", "type": "temporal"}, "x2": {"field": "high"}}},
        {"data": {"values": values},
         "mark": {"type": "rule", "color": "var(--mid)", "strokeWidth": 2},
         "encoding": {"x": {"field": "d", "type": "temporal"}, "tooltip": told}},
    ]  # fmt: skip


def _day(field: str, title: str) -> Spec:
    return {"field": field, "type": "temporal", "title": title, "format": "%-d %b %Y"}


def _anchors(anchors: Sequence[Record]) -> list[Spec]:
    if not anchors:
        return []
    values = [
        {"d": one["from"].isoformat(), "name": one["name"], "why": one["why"]} for one in anchors
    ]
    told = [{"field": "name", "title": "event"}, _day("d", "day"),
            {"field": "why", "title": "shown because"}]  # fmt: skip
    return [
        {"data": {"values": values},
         "mark": {"type": "rule", "strokeDash": [4, 3], "color": "var(--soft)"},
         "encoding": {"x": {"field": "d", "type": "temporal"}, "tooltip": told}},
    ]  # fmt: skip


# -- shares, words and deeds

_COLOURS = ("var(--mid)", "var(--two)", "var(--coop)", "var(--conf)", "var(--ink)", "var(--soft)",
            "var(--link)", "var(--pale)")  # fmt: skip
_SHAPES = ("circle", "square", "triangle-up", "cross", "triangle-down", "triangle-left",
           "triangle-right", "stroke")  # fmt: skip


def portfolio_spec(rows: Sequence[Record], names: Sequence[str]) -> Spec | None:
    """Shares by domain or instrument with their intervals; None where no share is given.

    Args:
        rows: `who`, `label`, `acts`, `share`, `low`, `high`.
        names: of those asked about; whoever else stands in `rows` is drawn as third parties.
    """
    held = [{**one, "domain": one["label"]} for one in rows if one["share"] is not None]
    if not any(one["who"] in names for one in held):
        return None
    spec = shared.portfolio_spec(held, names, LOOK)
    # of one actor, or of more than two, third parties keep their own look
    for layer in spec["layer"]:
        layer["encoding"]["color"]["scale"]["range"] = [*_COLOURS[: len(names)], "var(--said)"]
    points = spec["layer"][1]["encoding"]["shape"]["scale"]
    points["range"] = [*_SHAPES[: len(names)], "diamond"]
    return {**spec, "height": {"step": 15}}


def words_spec(found: Record) -> Spec | None:
    """What each says and does over time, one panel an actor and nature; None without acts.

    Conflict hangs below the line; what takes no side is grey.
    """
    if not found["series"]:
        return None
    signs = {"cooperative": "cooperation", "conflictual": "conflict", "neutral": "words only"}
    periods = [one["period"] for one in found["series"]]
    drawn = {
        "question": {"names": found["question"]["names"]},
        "unit": found["unit"], "from": min(periods), "to": max(periods), "days": [], "anchors": [],
        "series": [
            {"source": f"in {one['nature']}s", "actor": one["actor"],
             "sign": signs[one["stance"]], "period": one["period"], "n": one["n"]}
            for one in found["series"]
        ],
    }  # fmt: skip
    spec = shared.timeline_spec(drawn, replace(LOOK, is_interactive=False, height=70))
    if spec is None:
        return None
    order = {f"{name}, in {nature}s": (place, nature)
             for place, name in enumerate(found["question"]["names"])
             for nature in ("word", "deed")}  # fmt: skip
    spec["vconcat"].sort(key=lambda panel: list(order).index(panel["title"]["text"]))
    for panel in spec["vconcat"]:
        colour = panel["layer"][0]["encoding"]["color"]
        panel["layer"][0]["encoding"]["color"] = {**colour, "legend": None}
    spec["config"] = {"view": {"stroke": None}, "axis": {"grid": False}}
    return spec
