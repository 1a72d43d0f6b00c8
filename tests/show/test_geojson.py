from __future__ import annotations

import json

import pytest
from tests.show.made_acts import MEETING, NAMES, RETOLD, THREAT, acts, acts_of_rows, mention, row

from inconcert.core.place import Where
from inconcert.errors import BadQuestion
from inconcert.show.geojson import write_geojson


def test_events_with_a_place_are_points_and_the_others_are_counted(tmp_path):
    path = tmp_path / "events.geojson"
    assert write_geojson(acts(MEETING, RETOLD, THREAT), path, names=NAMES) == (1, 1)
    found = json.loads(path.read_text(encoding="utf-8"))
    assert found["type"] == "FeatureCollection"
    assert found["inconcert"] == {"events": 1, "events_without_coordinates": 1}
    (feature,) = found["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [69.17, 34.53]}
    told = feature["properties"]
    assert (told["place"], told["precision"], told["country"]) == ("Kabul", "city", "AFG")
    assert (told["actors"], told["actor_names"]) == (["CHN", "AFGTAL"], ["China", "Taliban"])
    assert (told["mentions"], told["outlets"], told["day"]) == (2, 2, "2021-07-05")
    assert feature["id"] == MEETING.event.id


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(91.0, 0.0), (0.0, 181.0), (float("nan"), 0.0), (None, 3.0)]
)
def test_what_is_not_on_earth_is_left_out(tmp_path, latitude, longitude):
    path = tmp_path / "events.geojson"
    given = acts_of_rows(row(latitude=latitude, longitude=longitude), row(id="x"))
    assert write_geojson(given, path) == (1, 1)
    assert json.loads(path.read_text())["features"][0]["id"] == "x"


def test_a_place_with_a_name_alone_is_no_point(tmp_path):
    path = tmp_path / "events.geojson"
    open_place = Where("Springfield", None, None, None, "city", 0, 11, "named in the clause")
    assert write_geojson(acts(mention("x", where=open_place)), path) == (0, 1)
    assert json.loads(path.read_text())["features"] == []


def test_another_ending_is_refused(tmp_path):
    with pytest.raises(BadQuestion, match="geojson"):
        write_geojson([], tmp_path / "events.kml")
