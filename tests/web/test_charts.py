"""Drawings say what the numbers say."""

from __future__ import annotations

from datetime import date

from inconcert.web.charts import forest, network_spec, timeline_spec

DAY = date(2021, 8, 16)


def lift(value, low, high):
    return {"lift": value, "lift_interval": [low, high]}


def found(series):
    return {
        "question": {"names": ["B first", "A second"]}, "unit": "week", "from": DAY, "to": DAY,
        "series": series, "days": [], "anchors": [],
    }  # fmt: skip


def test_a_lift_stands_right_of_the_null_only_where_it_is_above_one():
    drawn = forest([lift(2.0, 1.5, 3.0), lift(0.5, 0.2, 0.9), lift(1.0, None, None)])
    above, below, unknown = drawn["rows"]
    assert drawn["null"] < above["low"] < above["x"] < above["high"]
    assert below["low"] < below["x"] < below["high"] < drawn["null"]
    assert unknown["x"] == drawn["null"]
    assert unknown["is_cut_low"]
    assert unknown["is_cut_high"]
    assert 1 in [float(tick["label"]) for tick in drawn["ticks"]]


def test_conflict_hangs_below_the_line_and_actors_stand_in_the_order_asked():
    series = [
        {"source": "s", "actor": "A second", "sign": "conflict", "period": DAY, "n": 3},
        {"source": "s", "actor": "B first", "sign": "cooperation", "period": DAY, "n": 2},
        {"source": "s", "actor": "B first", "sign": "words only", "period": DAY, "n": 4},
    ]
    spec = timeline_spec(found(series))
    first, second = spec["vconcat"]
    assert first["title"]["text"] == "B first, s"
    assert [(box["low"], box["high"]) for box in first["data"]["values"]] == [(0, 2), (2, 6)]
    assert [(box["low"], box["high"]) for box in second["data"]["values"]] == [(0, -3)]
    assert first["data"]["values"][0]["e"] == "2021-08-23"


def test_nothing_is_drawn_of_nothing():
    assert timeline_spec(found([])) is None
    assert network_spec({"nodes": [], "edges": []}) is None


def test_a_hostile_tie_is_told_apart_from_a_friendly_one():
    nodes = [{"code": code, "name": code, "acts": 3, "part": "actor"} for code in ("A", "B")]
    edges = [
        {"actor": "A", "recipient": "B", "positive": 2, "negative": 1, "unsigned": 0},
        {"actor": "B", "recipient": "A", "positive": 0, "negative": 1, "unsigned": 5},
    ]
    spec = network_spec({"nodes": nodes, "edges": edges})
    links = next(one["values"] for one in spec["data"] if one["name"] == "links")
    assert [(one["source"], one["target"], one["hostile"], one["n"]) for one in links] == [
        (0, 1, False, 3),
        (1, 0, True, 6),
    ]
