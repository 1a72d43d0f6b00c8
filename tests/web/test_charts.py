"""Drawings say what the numbers say."""

from __future__ import annotations

from datetime import date

from inconcert.web.charts import forest, portfolio_spec, timeline_spec, words_spec
from inconcert.web.charts_map import map_spec
from inconcert.web.charts_network import network_spec

DAY = date(2021, 8, 16)


def lift(value, low, high):
    return {"lift": value, "lift_interval": [low, high]}


def found(series):
    return {
        "question": {"names": ["B first", "A second"]}, "unit": "week", "from": DAY, "to": DAY,
        "series": series, "days": [], "anchors": [], "changes": [],
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
    assert words_spec(found([])) is None
    assert map_spec({"places": []}) is None
    nobody = {"who": "A", "label": "security", "acts": 1, "share": None, "low": None, "high": None}
    assert portfolio_spec([nobody], ["A"]) is None


def test_a_hostile_tie_is_told_apart_from_a_friendly_one():
    nodes = [
        {"code": code, "name": code, "acts": 3, "part": "actor", "is_opened": False}
        for code in ("A", "B")
    ]
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


def test_a_change_lies_in_the_panel_of_its_actor_and_an_event_in_every_one():
    series = [
        {"source": "s", "actor": actor, "sign": "conflict", "period": DAY, "n": 1}
        for actor in ("B first", "A second")
    ]
    change = {"source": "s", "actor": "A second", "what": "rate", "day": DAY, "change": "1 to 2",
              "first": DAY, "last": DAY, "p": 0.01, "strength": "shown", "near": []}  # fmt: skip
    event = {"name": "a summit", "from": DAY, "to": DAY, "why": "of the case"}
    spec = timeline_spec({**found(series), "changes": [change], "anchors": [event]})
    told = [str(panel["layer"]) for panel in spec["vconcat"]]
    assert ["rate: 1 to 2" in one for one in told] == [False, True]
    assert ["a summit" in one for one in told] == [True, True]


def test_words_stand_apart_from_deeds_in_the_order_of_the_actors():
    series = [
        {"actor": actor, "nature": nature, "stance": "cooperative", "period": DAY, "n": 1}
        for actor, nature in (("A second", "word"), ("B first", "deed"), ("B first", "word"))
    ]
    spec = words_spec(found(series))
    assert [panel["title"]["text"] for panel in spec["vconcat"]] == [
        "B first, in words", "B first, in deeds", "A second, in words",
    ]  # fmt: skip


def place(name, width, **more):
    return {"name": name, "country": "AFG", "latitude": 34.5, "longitude": 69.2, "width": width,
            "precision": "", "is_asked": True, "acts": 2, **more}  # fmt: skip


def test_what_lies_somewhere_in_a_state_shades_it_and_is_no_point():
    spec = map_spec({"places": [place("Kabul", "town or narrower"), place("there", "state")]})
    _, shaded, dots = spec["layer"]
    (state,) = shaded["transform"][0]["from"]["data"]["values"]
    assert (state["id"], state["acts"]) == ("AFG", 2)
    assert [one["name"] for one in dots["data"]["values"]] == ["Kabul"]
    assert len(map_spec({"places": [place("there", "state")]})["layer"]) == 2


def test_a_map_holds_all_its_places_and_the_world_where_it_is_asked_for():
    far = [place("a", "region"), place("b", "region", longitude=-70.0)]
    assert map_spec({"places": far})["projection"]["type"] == "mercator"
    assert map_spec({"places": far}, world=True)["projection"]["type"] == "equalEarth"
    farther = [*far, place("c", "region", longitude=178.0)]
    assert map_spec({"places": farther})["projection"]["type"] == "equalEarth"


def test_third_parties_look_like_none_of_those_asked_about_however_many_these_are():
    def row(who):
        share = {"share": 0.5, "low": 0.4, "high": 0.6}
        return {"who": who, "label": "security", "acts": 9, **share}

    for names in (["A"], ["A", "B", "C"]):
        spec = portfolio_spec([row(who) for who in (*names, "third parties")], names)
        encoding = spec["layer"][1]["encoding"]
        for look in (encoding["color"]["scale"], encoding["shape"]["scale"]):
            assert look["domain"][-1] == "third parties"
            assert len(set(look["range"])) == len(look["domain"]) == len(names) + 1
