"""Heads of state and government since 1990: the form of the tables and how they are joined."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from datetime import date

import pytest

from inconcert.core.actor import Role
from inconcert.core.span import TimeSpan
from inconcert.resolve import tables
from inconcert.resolve.tables import role_of, settled

LEADERS = ("leaders", "leaders_recalled")
PERSONS = tuple(name for name in tables.TABLES if name.startswith(("persons", "leaders")))
FILES = {
    "archigos_4_1.parquet",
    "reign_leaderlist_2021_03.csv",
    "world_leaders_2021_wikidata.csv",
    "recalled",
}
# Offices that two held at a time: by constitution, by two claims, or by two states under one code.
SHARED = {("SMR", "Captain Regent"), ("AND", "Co-Prince")}
CONTESTED = {
    frozenset({"laurent-gbagbo", "alassane-ouattara"}),  # both sworn in after the vote of 2010
    frozenset({"kurmanbek-bakiyev", "askar-akayev"}),  # fled in March, resigned in April 2005
    frozenset({"boris-yeltsin", "mikhail-gorbachev"}),  # of Russia and of the Soviet Union
}


def _rows() -> list[dict[str, str]]:
    return [row for table in LEADERS for row in tables.read(table)]


def _surely(row: dict[str, str]) -> tuple[date, date]:
    """First and last day on which the office was surely held."""
    since = TimeSpan.parse(row["since"]).last if row["since"] else date.min
    until = TimeSpan.parse(row["until"]).first if row["until"] else date.max
    return since, until


def test_every_row_is_a_dated_office_with_a_source():
    for row in _rows():
        where = f"{row['id']}, {row['title']}"
        assert role_of(row, where=where).title, where
        assert row["since"], where
        assert set(row["basis"].split(", ")) <= FILES, where


def test_what_a_file_gives_is_not_given_as_recalled_and_the_reverse():
    assert all(row["basis"] == "recalled" for row in tables.read("leaders_recalled"))
    assert all("recalled" not in row["basis"] for row in tables.read("leaders"))


def test_no_two_hold_one_office_for_more_than_a_day():
    offices: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in _rows():
        offices[row["code"], row["title"]].append(row)
    for office, rows in offices.items():
        for one, other in itertools.combinations(rows, 2):
            since = max(_surely(one)[0], _surely(other)[0])
            until = min(_surely(one)[1], _surely(other)[1])
            apart = since >= until or (until - since).days <= 1
            is_listed = frozenset({one["id"], other["id"]}) in CONTESTED or office in SHARED
            assert apart or is_listed, (office, one["id"], other["id"])


def test_an_id_is_one_person_of_one_state():
    people: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in _rows():
        assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", row["id"]), row["id"]
        people[row["id"]].add((row["name"], row["code"][:3]))
    assert {key: about for key, about in people.items() if len(about) > 1} == {}


def test_nobody_is_there_under_two_ids():
    ids: dict[tuple[str, str], set[str]] = defaultdict(set)
    for table in PERSONS:
        for row in tables.read(table):
            ids[row["code"][:3], row["name"]].add(row["id"])
    assert {key: found for key, found in ids.items() if len(found) > 1} == {
        ("LVA", "Andris Bērziņš"): {"andris-berzins", "andris-berzins-president"}
    }


def test_rows_stand_by_state_and_newest_first():
    for table in LEADERS:
        order = [row["code"] for row in tables.read(table)]
        assert order == sorted(order)
        for _, rows in itertools.groupby(tables.read(table), key=lambda row: row["code"]):
            starts = [row["since"] for row in rows]
            assert starts == sorted(starts, reverse=True)


def test_every_woman_of_the_list_is_in_the_register(register):
    names = {actor.name for actor in register.actors.values() if actor.kind == "person"}
    assert {row["name"] for row in tables.read("women_leaders")} - names == set()


@pytest.mark.parametrize(
    ("code", "title", "day", "name"),
    [
        ("USA", "President", "1995-06-01", "Bill Clinton"),
        ("RUS", "President", "1995-06-01", "Boris Yeltsin"),
        ("GBR", "Prime Minister", "1990-11-27", "Margaret Thatcher"),
        ("FRA", "Prime Minister", "1999-01-01", "Lionel Jospin"),
        ("CHN", "Premier", "2005-05-05", "Wen Jiabao"),
        ("CHN", "President", "1994-01-01", "Jiang Zemin"),
        ("ISR", "President", "2010-01-01", "Shimon Peres"),
        ("JPN", "Prime Minister", "2010-06-20", "Naoto Kan"),
        ("JOR", "King", "1991-01-17", "King Hussein"),
        ("UZB", "President", "2005-05-13", "Islam Karimov"),
        ("LBR", "President", "2010-01-01", "Ellen Johnson Sirleaf"),
        ("VUT", "Prime Minister", "2006-01-01", "Ham Lini"),
        ("MEX", "President", "2025-01-01", "Claudia Sheinbaum"),
    ],
)
def test_the_holder_of_an_office_on_a_day_is_known(register, code, title, day, name):
    holder = register.holder(code, title, TimeSpan.parse(day))
    assert holder is not None
    assert holder.name == name


def test_one_person_in_two_offices_has_the_one_of_the_day(register):
    kuchma = register.actors["leonid-kuchma"]
    for day, title in (("1993-02-01", "Prime Minister"), ("2002-01-01", "President")):
        role, _ = register.role_on(kuchma, TimeSpan.parse(day))
        assert role.title == title


def test_a_name_of_a_person_in_two_tables_is_one_entry(register):
    words = ("Mikhail", "Gorbachev")
    entries = register.lexicon.at(words, tuple(word.lower() for word in words), 0)
    assert [entry.actors for entry in entries] == [("mikhail-gorbachev",)]


def _role(since: date | None, until: date | None, title: str | None = "President") -> Role:
    return Role("RUS", ("GOV",), title, since, until)


def test_an_office_in_two_tables_counts_once_with_the_dates_of_the_first():
    exact = _role(date(1991, 7, 10), date(1999, 12, 31))
    by_year = _role(date(1991, 1, 1), date(1999, 12, 31))
    assert settled([exact, by_year]) == (exact,)


def test_a_date_that_the_first_table_lacks_comes_from_the_second():
    first = _role(date(1991, 7, 10), None)
    second = _role(date(1991, 1, 1), date(1999, 12, 31))
    assert settled([first, second]) == (_role(date(1991, 7, 10), date(1999, 12, 31)),)


def test_two_terms_that_meet_on_a_day_stay_two():
    later = _role(date(2012, 5, 7), date(2018, 5, 7))
    earlier = _role(date(2000, 5, 7), date(2012, 5, 7))
    assert settled([earlier, later]) == (later, earlier)


def test_the_office_that_began_last_counts_first():
    minister = _role(date(2008, 5, 8), date(2012, 5, 7), "Prime Minister")
    chairman = _role(date(2000, 1, 1), None, "Chairman")
    unknown = _role(None, None, "Member")
    assert settled([unknown, chairman, minister]) == (minister, chairman, unknown)
