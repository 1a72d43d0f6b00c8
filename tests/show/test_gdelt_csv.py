from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import duckdb
import pytest
from tests.show.made_acts import (
    ENVOY,
    FOLDED,
    LONE,
    MEETING,
    NAMES,
    NOBODY,
    PLANNED,
    RETOLD,
    RUSSIA,
    SAID,
    TALIBAN,
    THREAT,
    UNDATED,
    acts,
    acts_of_rows,
    located,
    mention,
    row,
)

from inconcert.errors import BadQuestion
from inconcert.ontology import cameo
from inconcert.read.events import built_in_layouts, open_events
from inconcert.show.export_acts import ordered_pairs
from inconcert.show.gdelt_csv import columns, write_gdelt
from inconcert.store.lake import Lake


def read_again(path) -> list[dict[str, Any]]:
    """What our own reader of datasets makes of a file, with no fault among its lines."""
    with duckdb.connect() as base:
        base.execute("set threads=1")
        (plan,) = open_events([path], today=date(2026, 11, 22))
        assert plan.layout.name == "gdelt2-events"
        for part in plan.files:
            assert base.execute(plan.faults(part)).fetchall() == []
        found = base.execute(plan.rows())
        names = [column[0] for column in found.description]
        return [dict(zip(names, each, strict=True)) for each in found.fetchall()]


def cells(path) -> list[dict[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [dict(zip(columns(), line.split("\t"), strict=True)) for line in lines]


def test_the_columns_are_those_of_gdelt_in_its_order():
    assert columns() == built_in_layouts()["gdelt2-events"].columns
    assert len(columns()) == 61


def test_our_reader_reads_back_who_what_when_and_where(tmp_path):
    path = tmp_path / "case.csv"
    assert write_gdelt(acts(MEETING, RETOLD, THREAT), path, names=NAMES) == (2, 0)
    found = read_again(path)
    told = [(each["a_country"], each["b_country"], each["code"], each["day"]) for each in found]
    assert told == [
        ("CHN", "AFG", "042", date(2021, 7, 5)),
        ("AFG", "CHN", "043", date(2021, 7, 5)),
        ("RUS", "AFG", "130", date(2021, 7, 9)),
        ("CHN", "AFG", "130", date(2021, 7, 9)),
    ]
    visit, _, threat, _ = found
    assert (visit["a_name"], visit["a_code"], visit["b_code"]) == ("Wang Yu", "CHNGOV", "AFGTAL")
    assert (visit["mentions"], visit["articles"], visit["outlets"]) == (2, 2, 2)
    assert (visit["place"], visit["place_country"], visit["latitude"]) == ("Kabul", "AFG", 34.53)
    assert visit["url"] == "https://vale.example/d1"
    assert (threat["a_sectors"], threat["a_code"]) == ("MIL;GOV", "RUSMILGOV")
    assert (threat["place"], threat["score"]) == (None, None)


def test_every_plover_event_that_cameo_can_say_reads_back_to_its_type(tmp_path):
    path = tmp_path / "all.csv"
    kinds = [
        (kind, mode)
        for kind, mode in dict.fromkeys((each.type, each.mode) for each in cameo.codes().values())
    ]
    given = [
        mention(f"{number:016x}", kind, mode, (RUSSIA,), (TALIBAN,))
        for number, (kind, mode) in enumerate(kinds)
    ]
    assert write_gdelt(acts(*given), path) == (len(kinds), 0)
    found = read_again(path)
    assert len({each["source_row"] for each in found}) == len(kinds)
    for (kind, mode), each in zip(kinds, found, strict=True):
        back = cameo.to_plover(each["code"])
        first = each["b_country"] if back.is_swapped else each["a_country"]
        exact = cameo.from_plover(kind, mode)
        assert (back.type == kind) is (f"type {kind}" not in exact.lost)
        assert first == "RUS"


def test_a_code_that_is_none_of_cameos_is_written_by_its_type_or_left_out(tmp_path):
    path = tmp_path / "odd.csv"
    odd = [
        row(code=code, id=f"90000000000000{at:02}") for at, code in enumerate(("---", "X", "99"))
    ]
    nothing = row(code="0", type=None, id="9000000000000090")
    assert write_gdelt(acts_of_rows(*odd, nothing), path) == (3, 1)
    assert {each["EventCode"] for each in cells(path)} == {"195"}


def test_quad_class_fraction_and_root_fit_the_code_and_the_day(tmp_path):
    path = tmp_path / "case.csv"
    write_gdelt(acts_of_rows(row(day=date(2015, 2, 18))), path)
    (found,) = cells(path)
    assert (found["EventCode"], found["EventBaseCode"], found["EventRootCode"]) == (
        "195",
        "195",
        "19",
    )
    assert (found["QuadClass"], found["FractionDate"]) == ("4", "2015.1315")
    assert (found["SQLDATE"], found["MonthYear"], found["Year"]) == ("20150218", "201502", "2015")
    assert (found["GoldsteinScale"], found["AvgTone"], found["NumArticles"]) == ("-10", "-2.5", "3")
    assert (found["ActionGeo_Type"], found["ActionGeo_CountryCode"]) == ("4", "AF")


def test_a_folded_consultation_stands_twice_again_and_a_swapped_row_as_it_came(tmp_path):
    path = tmp_path / "case.csv"
    swapped = row(id="7", code="043", type="CONSULT", mode="visit", swapped=True)
    write_gdelt(acts_of_rows(FOLDED, swapped), path)
    assert [
        (each["Actor1Code"], each["Actor2Code"], each["EventCode"]) for each in cells(path)
    ] == [
        ("RUS", "CHN", "040"),
        ("CHN", "RUS", "040"),
        ("AFGTAL", "RUSMIL", "043"),
    ]


def test_what_cameo_cannot_say_is_left_out_and_counted(tmp_path):
    path = tmp_path / "case.csv"
    own = mention("own", "A type of the case")
    nobody = replace(LONE, event=replace(LONE.event, id="nobody", actors=()))
    given = [*acts(PLANNED, UNDATED, own, nobody, LONE), *acts_of_rows(SAID, NOBODY)]
    assert write_gdelt(given, path) == (3, 4)
    found = read_again(path)
    assert [each["code"][:2] for each in found] == ["01", "19", "14"]
    assert found[1]["a_name"] == "Some Band"
    assert (found[2]["b_code"], found[2]["b_name"]) == (None, None)


class Told(NamedTuple):
    """Who is meant, as the event store wants it told."""

    codes: tuple[str, ...]
    sectors: tuple[str, ...]
    names: tuple[str, ...]


def told_by_code(name, code, country, sectors, month, *, scheme=None) -> Told:
    return Told((code if code == "AFGTAL" else country,), tuple((sectors or "").split(";")), ())


def test_through_the_event_store_the_same_acts_come_back(tmp_path):
    path = tmp_path / "case.csv"
    given = acts(MEETING, RETOLD, THREAT)
    write_gdelt(given, path)
    with Lake.open(tmp_path / "case", write=True) as lake:
        lake.ingest(open_events([path], today=date(2026, 11, 22)), resolve=told_by_code)
    with Lake.open(tmp_path / "case") as lake:
        rows = lake.query("select * from events order by day").to_pylist()
    back = acts_of_rows(*rows)
    assert [(act.kind, act.mode, act.day) for act in back] == [
        ("CONSULT", "visit", date(2021, 7, 5)),
        ("THREATEN", None, date(2021, 7, 9)),
        ("THREATEN", None, date(2021, 7, 9)),
    ]
    pairs = {pair for act in back for pair in ordered_pairs(act)}
    assert pairs == {pair for act in given for pair in ordered_pairs(act)}
    again = tmp_path / "again.csv"
    write_gdelt(back, again)
    sides = ("Actor1CountryCode", "Actor2CountryCode", "EventCode", "SQLDATE", "NumMentions")
    once, twice = (
        sorted(tuple(each[name] for name in sides) for each in cells(file))
        for file in (path, again)
    )
    assert once == twice


def test_letters_of_sectors_are_those_of_cameo(tmp_path):
    path = tmp_path / "case.csv"
    paper = replace(RUSSIA, sectors=("JRN", "MED"))
    write_gdelt(acts(mention("x", "ACCUSE", None, (paper,), (ENVOY,))), path)
    (found,) = cells(path)
    assert (found["Actor1Type1Code"], found["Actor1Type2Code"]) == ("MED", "HLH")
    assert found["Actor1Code"] == "RUSMEDHLH"


def test_tabs_line_ends_and_formulas_in_texts_break_no_row(tmp_path):
    path = tmp_path / "case.csv"
    evil = replace(ENVOY, name="=1+1\tx\r\ny\x1f\x85")
    url = "https://vale.example/\n\t1"
    at = located(url=url)
    write_gdelt(acts(mention("x", "ACCUSE", None, (evil,), (RUSSIA,), at=at)), path)
    (found,) = read_again(path)
    assert found["a_name"] == "'=1+1 x y"
    assert found["url"] == "https://vale.example/ 1"


def test_numbers_stay_the_same_each_time_and_fit_sixty_three_bits(tmp_path):
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    write_gdelt(acts(MEETING, THREAT), one)
    write_gdelt(acts(THREAT, MEETING), two)
    first, second = ({each["GLOBALEVENTID"] for each in cells(path)} for path in (one, two))
    assert first == second
    assert len(first) == 4
    assert all(int(number) < 2**63 for number in first)


def test_another_ending_is_refused(tmp_path):
    with pytest.raises(BadQuestion, match=r"\.tsv"):
        write_gdelt([], tmp_path / "case.parquet")
