"""Actors of coded datasets find their place in the register, as of the month."""

from __future__ import annotations

import pytest

from inconcert.ontology import plover
from inconcert.resolve import tables
from inconcert.resolve.coded import CodedActors
from inconcert.resolve.register import Register


@pytest.fixture(scope="module")
def register() -> Register:
    return Register.load()


@pytest.fixture(scope="module")
def who(register) -> CodedActors:
    return CodedActors(register)


@pytest.mark.parametrize(
    ("name", "code", "sectors"),
    [
        ("Foreign Affairs (Russia)", "RUS", ("GOV",)),
        ("Citizen (Kazakhstan)", "KAZ", ("CVL",)),
        ("Police (Palestinian Territory, Occupied)", "PSE", ("COP",)),
        ("Armed Rebel (Peru)", "PERREB", ("REB",)),
        ("Government (Afghanistan)", "AFGGOV", ("GOV",)),
        ("State Duma (Russia)", "RUS", ("LEG",)),
        ("Combatant (Taliban)", "AFGTAL", ("REB",)),
        ("Wang Yi", "CHN", ("GOV",)),
        ("Joseph Robinette Biden", "USA", ("GOV",)),
        ("Pedro Sanchez", "ESP", ("GOV",)),
        ("Yuri Petrovich Trutnev", "RUS", ("GOV",)),
        ("Turkish Air Force", "TUR", ("MIL",)),
        ("French Communist Party", "FRA", ("PTY",)),
        ("Green Party of Mexico", "MEX", ("PTY",)),
        ("Armed Forces of the Republic of Armenia", "ARM", ("MIL",)),
        ("Scotland", "GBR", ()),
        ("Chad", "TCD", ()),
        ("NATO", "IGONATO", ()),
    ],
)
def test_a_name_of_icews_without_country_columns_is_told(who, name, code, sectors):
    found = who(name, None, None, None, "2021-03")
    assert (found.codes, found.sectors) == ((code,), sectors)


def test_the_taliban_are_rebels_in_july_and_the_government_in_october(who):
    july = who("Taliban", None, None, None, "2021-07")
    october = who("TALIBAN", "AFGTAL", "AFG", None, "2021-10")
    assert (july.codes, july.sectors) == (("AFGTAL",), ("REB",))
    assert (october.codes, october.sectors) == (("AFGTAL",), ("GOV",))


def test_what_was_asked_before_does_not_change_an_answer(register, who):
    months = ("2021-07", "2021-10", "2020-01")
    names = ("Taliban", "Police (Peru)", "Ashraf Ghani", "Ashraf Ghani Ahmadzai", "nobody at all")
    again = {
        (name, month): who(name, None, None, None, month) for month in months for name in names
    }
    for (name, month), told in again.items():
        assert CodedActors(register)(name, None, None, None, month) == told


def test_a_minister_is_out_of_office_after_the_republic(who):
    before = who("Hanif Atmar", None, "Afghanistan", None, "2021-03")
    after = who("Mohamad Hanif Atmar", None, "Afghanistan", None, "2023-03")
    assert (before.codes, before.sectors) == (("AFGGOV",), ("GOV",))
    assert after.sectors == ("ELI",)


def test_a_person_of_another_country_than_the_dataset_says_is_a_namesake(who):
    found = who("Wang Yi", None, "Singapore", "Business", "2021-03")
    assert (found.codes, found.sectors, found.names) == (("SGP",), ("BUS",), ("Wang Yi",))


def test_an_officer_of_an_organisation_is_not_of_the_country_of_birth(who):
    found = who("Jens Stoltenberg", None, "Norway", None, "2018-06")
    assert found.codes == ("IGONATO",)


def test_a_body_that_many_countries_have_is_that_of_the_country_told(who):
    found = who("National Security Council", None, "Afghanistan", "Government", "2021-03")
    assert found.codes == ("AFGGOV",)
    assert who("National Security Council", None, None, None, "2021-03").codes == ()


def test_an_unknown_name_falls_back_on_country_and_sectors(who):
    found = who("Nobody Whatever", None, "Peru", "Parties,Government,Executive", "2021-03")
    assert (found.codes, found.sectors, found.how) == (("PER",), ("GOV",), "country")
    assert who("Nobody Whatever", None, None, None, "2021-03").codes == ()


@pytest.mark.parametrize(
    ("code", "scheme", "gives", "sectors"),
    [
        ("USA", "cameo", "USA", ()),
        ("RUSGOV", "cameo", "RUS", ("GOV",)),
        ("USAMED", "cameo", "USA", ("JRN",)),
        ("USAMED", "plover", "USA", ("MED",)),
        ("PERREB", "cameo", "PERREB", ("REB",)),
        ("IGOUNO", "cameo", "IGOUNO", ()),
        ("IGOEUREEC", "cameo", "IGOEU", ()),
        ("IGOWSTNAT", "cameo", "IGONATO", ()),
        ("AFGINSTAL", "cameo", "AFGTAL", ("REB",)),
        ("MNCUSA", "cameo", "USA", ("BUS",)),
        ("AFGTAL", "plover", "AFGTAL", ("REB",)),
    ],
)
def test_letters_of_cameo_are_country_group_and_part_of_society(who, code, scheme, gives, sectors):
    found = who(None, code, None, None, "2021-03", scheme=scheme)
    assert (found.codes, found.sectors) == ((gives,), sectors)


@pytest.mark.parametrize("code", ["AFR", "EUR", "EUREDU", "ZZZ", "x", "---"])
def test_a_region_or_nonsense_is_nobody(who, code):
    assert who(None, code, None, None, "2021-03", scheme="cameo").codes == ()


@pytest.mark.parametrize("name", ["", " ", "(", "()", "a (b", "(Peru)", "\xa0", "ß" * 300, "'s"])
def test_odd_names_do_no_harm(who, name):
    assert isinstance(who(name, name, name, name, None).codes, tuple)


def test_a_country_is_told_by_code_or_by_name(who):
    assert [who.place(text) for text in ("PER", "Peru", "Cote d'Ivoire", "Africa", None)] == [
        "PER",
        "PER",
        "CIV",
        None,
        None,
    ]


def test_the_tables_name_sectors_of_plover_and_actors_of_the_register(register):
    for row in tables.read("coded_roles"):
        assert set(row["sectors"].split(",")) <= set(plover.sectors()), row
    for row in tables.read("coded_groups"):
        assert row["code"] in register.actors, row
    for row in tables.read("coded_names"):
        assert row["gives"] in register.actors, row
        assert set(filter(None, row["sectors"].split(","))) <= set(plover.sectors()), row
