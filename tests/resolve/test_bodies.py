"""Media, companies, memberships, former names, and the tables of groups, agents and anchors."""

from __future__ import annotations

import collections
import itertools
from datetime import date

import pytest

from inconcert.core.span import TimeSpan
from inconcert.errors import BadInput
from inconcert.ontology.tables import read_table
from inconcert.resolve import bodies as more
from inconcert.resolve import tables
from inconcert.resolve.lexicon import Lexicon, split_words
from inconcert.resolve.times import TimeFinder


@pytest.fixture(scope="module")
def builder():
    builder = tables.Builder()
    builder.add_all()
    if "tass" not in builder.actors:
        more.add_more(builder)
    return builder


@pytest.fixture(scope="module")
def lexicon(builder):
    return Lexicon(builder.entries)


@pytest.fixture(scope="module")
def finder():
    return TimeFinder()


@pytest.fixture(scope="module")
def sectors():
    return {row["sector"] for row in read_table("inconcert.ontology", "data/plover/sectors.tsv")}


def called(lexicon, builder, name):
    """Code and sectors that a name stands for, likeliest reading."""
    words = split_words(name)
    entry = lexicon.at(words, tuple(word.lower() for word in words), 0)[0]
    assert len(entry.words) == len(words), entry.words
    role = builder.actors[entry.actors[0]].roles[0]
    return " ".join([role.code, *(entry.sectors or role.sectors)])


def parts(*names):
    return [row for name in names for row in tables.read(name)]


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("TASS", "RUS JRN"),
        ("Asia-Plus", "TJK JRN"),
        ("RFE/RL", "USA JRN"),
        ("Tasnim News Agency", "IRN JRN"),
        ("Pajhwok Afghan News", "AFG JRN"),
        ("Rosoboronexport", "RUS BUS"),
        ("China Metallurgical Group Corporation", "CHN BUS"),
        ("Lockheed Martin", "USA BUS"),
        ("DP World", "ARE BUS"),
    ],
)
def test_an_outlet_or_company_counts_as_its_country(lexicon, builder, name, who):
    assert called(lexicon, builder, name) == who


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("Quai d'Orsay", "FRA GOV"),
        ("Akorda", "KAZ GOV"),
        ("Jogorku Kenesh", "KGZ LEG"),
        ("Shin Bet", "ISR SPY"),
        ("PLA Navy", "CHN MIL"),
        ("GDI", "AFGTAL SPY"),
        ("SCO Regional Anti-Terrorist Structure", "IGOSCORATS"),
        ("Arakan Rohingya Salvation Army", "MMRARS REB"),
        ("Sinaloa Cartel", "MEXSIN CRM"),
        ("Transnistria", "MDATRN GOV PRE"),
    ],
)
def test_a_seat_body_or_group_is_known_by_its_usual_name(lexicon, builder, name, who):
    assert called(lexicon, builder, name) == who


@pytest.mark.parametrize("name", ["dawn", "shell", "let", "total", "apple", "target", "sun"])
def test_a_common_word_is_no_outlet_or_company(lexicon, name):
    assert lexicon.at((name,), (name,), 0) == ()


def test_the_standing_of_a_group_changes_with_the_day(builder):
    def on(code, day):
        role = builder.actors[code].role_on(TimeSpan.parse(day))
        return () if role is None else role.sectors

    assert on("SDNRSF", "2023-04-14") == ("PRM",)
    assert on("SDNRSF", "2023-04-15") == ("REB",)
    assert on("RUSWAG", "2023-06-24") == ("REB",)
    assert on("RUSWAG", "2023-06-25") == ("PRM",)
    assert on("ETHTPF", "2000") == ("PTY", "GOV")
    assert on("LKALTT", "2010") == ()
    assert on("SYRHTS", "2024-12-08") == ("GOV",)


def test_no_code_of_an_outlet_or_company_is_taken():
    codes = collections.Counter(row["code"] for row in parts("media", "companies"))
    assert [code for code, count in codes.items() if count > 1] == []
    others = {row["code"] for row in parts("states", "organisations", "groups")}
    others |= {row["id"] for row in parts("persons")}
    assert others.isdisjoint(codes)


def test_countries_and_sectors_of_the_tables_are_known(sectors):
    states = {row["code"] for row in tables.read("states")}
    assert {row["country"] for row in parts("media", "companies")} <= states
    assert {row["state"] for row in tables.read("groups")} <= states | {""}
    found = parts("agents", "groups", "metonyms", "organisations", "companies")
    used = {sector for row in found for sector in tables.forms(row["sectors"], ",")}
    assert used - sectors == set()
    assert {row["affiliation"] for row in tables.read("media")} <= {
        "state", "public", "private", "affiliated",
    }  # fmt: skip
    assert {row["standing"] for row in tables.read("companies")} == {"state", "private"}


def test_every_row_tells_its_basis():
    names = ("organisations", "groups", "metonyms", "memberships", "media", "companies")
    for name in (*names, "successions", "anchors", "states"):
        assert all(row["basis"] for row in tables.read(name)), name


def test_a_name_means_one_actor_among_organisations_groups_outlets_and_companies():
    seen: dict[str, str] = {}
    for row in parts("organisations", "groups", "media", "companies"):
        for form in {row["name"], *tables.forms(row["other_names"])}:
            assert seen.setdefault(form, row["code"]) == row["code"], form


def test_a_seat_stands_for_one_actor_in_the_papers_of_a_country():
    seen: dict[tuple[str, str], str] = {}
    for row in tables.read("metonyms"):
        key = (row["form"], row["only_from"])
        assert key not in seen, key
        bound = [home for form, home in seen if form == row["form"] and home]
        assert row["only_from"] or not bound, f"{row['form']}: the free row stands first"
        seen[key] = row["code"]


def test_a_noun_for_those_who_act_has_one_line():
    seen = collections.Counter(
        word for row in tables.read("agents") for word in {row["noun"], row["plural"]} if word
    )
    assert [word for word, count in seen.items() if count > 1] == []
    assert max(len(word.replace(" - ", "-").split()) for word in seen) == 2


@pytest.mark.parametrize(
    ("noun", "sector"),
    [
        ("army chief", "MIL"),
        ("police chief", "COP"),
        ("rebel leaders", "REB"),
        ("herdsmen", "AGR"),
        ("aid agencies", "SOC"),
        ("unidentified gunmen", "UAF"),
        ("central bank", "GOV"),
        ("nurses", "MED"),
        ("news agencies", "JRN"),
        ("imams", "REL"),
        ("opposition parties", "PTY"),
        ("children", "CVL"),
    ],
)
def test_a_noun_has_the_sector_of_those_it_names(noun, sector):
    assert tables.agents()[noun].sectors[0] == sector


def test_members_are_those_of_the_day():
    assert "FIN" not in more.members_of("IGONATO", TimeSpan.parse("2023-04-03"))
    assert "FIN" in more.members_of("IGONATO", TimeSpan.parse("2023-04-04"))
    assert set(more.members_of("IGOSCO", TimeSpan.parse("2016"))) == {
        "CHN", "KAZ", "KGZ", "RUS", "TJK", "UZB",
    }  # fmt: skip
    assert "GBR" not in more.members_of("IGOEU", TimeSpan.parse("2020-02-01"))
    assert len(more.members_of("IGOEU", TimeSpan.parse("2022"))) == 27
    assert len(more.members_of("IGONATO", TimeSpan.parse("2025"))) == 32


def test_who_ever_belonged_is_told_without_a_day():
    assert more.members_of("IGOCSTO", None).count("UZB") == 1
    assert more.members_of("IGONOBODY", None) == ()


def test_a_state_belongs_to_the_organisations_of_the_day():
    found = more.organisations_of("UZB", TimeSpan.parse("2010"))
    assert {"IGOSCO", "IGOCSTO", "IGOCIS", "IGOUNO"} <= set(found)
    assert "IGOCSTO" not in more.organisations_of("UZB", TimeSpan.parse("2021"))
    assert more.organisations_of("IGOEU", TimeSpan.parse("2021")) == ("IGOG20",)


@pytest.mark.parametrize("year", range(2010, 2027))
def test_the_security_council_has_fifteen_members_each_year(year):
    assert len(more.members_of("IGOUNSC", TimeSpan.parse(f"{year}-06"))) == 15


def test_memberships_are_of_known_actors_and_do_not_overlap():
    known = {row["code"] for row in parts("states", "organisations")}
    spans: dict[tuple[str, str], list[tuple[date, date]]] = {}
    for one in more.memberships():
        assert {one.organisation, one.member} <= known, one
        days = (one.held.since or date.min, one.held.until or date.max)
        spans.setdefault((one.organisation, one.member), []).append(days)
    for key, found in spans.items():
        for (_, until), (since, _) in itertools.pairwise(sorted(found)):
            assert until < since, key


def test_a_membership_that_ends_before_it_begins_is_refused():
    row = {"member": "UZB", "since": "2012", "until": "2011"}
    with pytest.raises(BadInput, match="ends"):
        more._held(row, "IGOCSTO")


def test_a_former_name_means_its_state_only_while_it_was_used():
    assert more.called("Soviet Union", TimeSpan.parse("1980")) == ("RUS",)
    assert more.called("Soviet Union", TimeSpan.parse("1995")) == ()
    assert more.called("zaire", None) == ("COD",)


def test_a_former_name_is_a_form_of_the_state_that_goes_on(register):
    def who(name: str) -> set[str]:
        words = tables.split_words(name)
        lowered = tuple(word.lower() for word in words)
        found = register.lexicon.at(words, lowered, 0)
        return {key for entry in found for key in entry.actors if len(entry.words) == len(words)}

    assert who("Soviet Union") == {"RUS"}
    assert who("Upper Volta") == {"BFA"}
    assert who("Burma") == {"MMR"}
    assert who("former Soviet Union") == set()
    states = {row["code"] for row in tables.read("states")}
    assert {one.code for one in more.successions()} <= states


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("since the Mumbai attacks", "2008-11-26"),
        ("after Finland joined NATO", "2023-04-04"),
        ("after the death of Karimov", "2016-08-29"),
        ("since the coup in Niger", "2023-07-26"),
        ("before the Galwan Valley clash", "2020-06-15"),
        ("since the Andijan massacre", "2005-05-12"),
        ("before the fall of Goma", "2025-01-27"),
        ("since the ouster of Imran Khan", "2022-04-10"),
    ],
)
def test_an_event_of_common_record_is_told_by_its_days(finder, text, first):
    found = finder.find(text)
    assert [str(one.anchor.first) for one in found if one.anchor is not None] == [first]


@pytest.mark.parametrize(
    "text",
    [
        "after the coup in Nigeria",
        "They met in Nice and attacked the plan.",
        "before the Olympics",
        "since the earthquake",
        "after the fall of the house",
        "since the April attack on Israel",
    ],
)
def test_like_words_are_no_event(finder, text):
    assert [one for one in finder.find(text) if one.anchor is not None] == []


def test_the_name_of_an_anchor_stands_once_and_its_trigger_is_small():
    rows = tables.read("anchors")
    assert max(collections.Counter(row["anchor"] for row in rows).values()) == 1
    for row in rows:
        assert row["trigger"] == row["trigger"].lower(), row["anchor"]
        assert date.fromisoformat(row["first"]) <= date.fromisoformat(row["last"]), row["anchor"]
