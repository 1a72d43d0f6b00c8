"""The gazetteer: places by name, coordinates, and which of several places is meant."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.core.parsed import Token
from inconcert.core.place import PRECISIONS
from inconcert.errors import BadInput
from inconcert.resolve import gazetteer as module
from inconcert.resolve import tables
from inconcert.resolve.gazetteer import Found, Gazetteer, fold, gazetteer, hint

TEXT = "Clashes broke out in Hyderabad and near Spin Boldak after Kabul fell"


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return gazetteer()


@pytest.fixture(scope="module")
def find(places: Gazetteer) -> Callable[..., list[Found]]:
    def _find(text: str, **hints: float) -> list[Found]:
        tokens, at = [], 0
        for number, word in enumerate(text.split()):
            at = text.index(word, at)
            pos = "PROPN" if word[0].isupper() else "NOUN"
            tokens.append(
                Token(number, at, at + len(word), word, word, pos, "NN", "dep", number, 0)
            )
            at += len(word)
        return places.find(tokens, text, 0, len(tokens), hints)

    return _find


@pytest.mark.parametrize(
    ("name", "country", "kind", "latitude", "longitude"),
    [
        ("Kunduz", "AFG", "city", 36.7, 68.9),
        ("Termez", "UZB", "city", 37.2, 67.3),
        ("Hairatan", "AFG", "crossing", 37.2, 67.4),
        ("Torkham", "AFG", "crossing", 34.1, 71.1),
        ("Bagram Airfield", "AFG", "base", 34.9, 69.3),
        ("Hmeimim", "SYR", "base", 35.4, 36.0),
        ("Camp Lemonnier", "DJI", "base", 11.5, 43.2),
        ("Panjshir", "AFG", "province", 35.4, 69.7),
        ("Wakhan Corridor", "AFG", "district", 37.1, 73.5),
        ("Cabo Delgado", "MOZ", "province", -12.3, 39.5),
        ("Gaza Strip", "PSE", "region", 31.4, 34.4),
        ("Sevastopol", "UKR", "city", 44.6, 33.5),
        ("Tajikistan", "TJK", "country", 38.6, 69.7),
    ],
)  # fmt: skip
def test_a_place_is_found_where_it_lies(places, name, country, kind, latitude, longitude):
    place = places.called(name)[0]
    assert (place.country, place.kind) == (country, kind)
    assert place.latitude == pytest.approx(latitude, abs=0.5)
    assert place.longitude == pytest.approx(longitude, abs=0.6)


@pytest.mark.parametrize("name", ["Mazar-i-Sharif", "Mazar-e Sharif", "Mazār-e Sharīf"])
def test_spellings_lead_to_one_place(places, name):
    assert places.called(name)[0].id == places.called("mazar e sharif")[0].id


@pytest.mark.parametrize(("old", "new"), [("Kiev", "Kyiv"), ("Bombay", "Mumbai")])
def test_an_older_name_leads_to_the_same_place(places, old, new):
    assert places.called(old)[0].id == places.called(new)[0].id


@pytest.mark.parametrize("name", ["Crimea", "Sevastopol", "Donetsk", "Simferopol", "Yalta"])
def test_occupied_places_lie_in_the_state_that_the_united_nations_say(places, name):
    assert places.called(name)[0].country == "UKR"


@pytest.mark.parametrize("name", ["South China Sea", "Kashmir", "Fergana Valley", "Jerusalem"])
def test_what_lies_in_no_or_several_states_has_no_country(places, name):
    assert places.called(name)[0].country is None


def test_a_city_is_meant_rather_than_the_province_round_it(find):
    settled = find("troops in Kunduz")[0].settled()
    assert settled is not None
    assert settled.precision == "city"


def test_the_longest_name_is_taken(find):
    names = [one.places[0].name for one in find(TEXT)]
    assert "Spin Boldak" in names


def test_two_large_cities_of_a_name_stay_open(find):
    assert find(TEXT)[0].settled() is None
    assert {place.country for place in find(TEXT)[0].open()} >= {"IND", "PAK"}


@pytest.mark.parametrize("country", ["IND", "PAK"])
def test_the_state_spoken_of_decides_between_cities_of_a_name(find, country):
    hints: dict[str, float] = {}
    hint(hints, country, same_sentence=True)
    settled = find(TEXT, **hints)[0].settled()
    assert settled is not None
    assert settled.country == country


@pytest.mark.parametrize("text", ["he spoke of March", "the Parliament", "a nice day", "with us"])
def test_a_word_that_is_also_a_town_is_no_place(find, text):
    assert find(text) == []


def test_plain_cities_share_their_name_with_no_other_of_their_size(places):
    plain = {name: code for code, name in places.plain_cities(people=300_000)}
    assert len(plain) > 1000
    assert plain["Kunming"] == "CHN"
    assert not {"Hyderabad", "Victoria", "San Jose", "Moscow, Idaho"} & plain.keys()


def test_every_row_written_by_hand_can_be_read(places):
    codes = {row["code"] for row in tables.read("states")}
    for row in tables.read("places_own"):
        if row["kind"] == "never":
            assert places.called(row["name"]) == (), row["name"]
            continue
        assert row["precision"] in PRECISIONS, row["name"]
        assert row["country"] in {*codes, ""}, row["name"]
        assert -90 <= float(row["latitude"]) <= 90, row["name"]
        assert -180 <= float(row["longitude"]) <= 180, row["name"]
        assert any(place.name == row["name"] for place in places.called(row["name"]))


def test_the_packed_names_are_in_order_and_point_to_places():
    data = files("inconcert.resolve").joinpath("data")
    names = gzip.decompress(data.joinpath("gazetteer_names.tsv.gz").read_bytes()).split(b"\n")
    rows = [line for line in names if line and not line.startswith(b"#")][1:]
    assert rows == sorted(rows, key=lambda row: row.split(b"\t")[0] + b"\t")
    places = gzip.decompress(data.joinpath("gazetteer.tsv.gz").read_bytes()).split(b"\n")
    known = len([line for line in places if line and not line.startswith(b"#")]) - 1
    last = max(int(cell.rstrip(b"*")) for row in rows for cell in row.split(b"\t")[1].split(b","))
    assert last == known - 1


@pytest.mark.parametrize("table", ["gazetteer.tsv.gz", "gazetteer_names.tsv.gz"])
def test_a_packed_table_says_source_and_licence(table):
    data = files("inconcert.resolve").joinpath("data", table).read_bytes()
    head = gzip.decompress(data)[:600].decode()
    for word in ("Source: GeoNames", "Licence: CC BY 4.0", "Checked:"):
        assert word in head


def test_a_broken_table_is_named(monkeypatch, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "gazetteer.tsv.gz").write_bytes(b"no gzip")
    monkeypatch.setattr(module, "files", lambda _package: tmp_path)
    with pytest.raises(BadInput, match="cannot be unpacked") as error:
        Gazetteer.load()
    assert "gazetteer.tsv.gz" in str(error.value.where)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=30))
def test_folding_twice_is_folding_once(name):
    assert fold(fold(name)) == fold(name)
