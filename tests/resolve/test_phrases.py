"""Nations with nouns for those who act."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "head", "who"),
    [
        ("US troops landed.", "troops", "USA MIL"),
        ("The Tajik government protested.", "government", "TJK GOV"),
        ("Uzbek air defence units fired.", "units", "UZB MIL"),
        ("Chinese state television showed it.", "television", "CHN JRN"),
        ("Chinese companies bid for the mine.", "companies", "CHN BUS"),
        ("Pakistani police arrested them.", "police", "PAK COP"),
        ("German lawmakers objected.", "lawmakers", "DEU LEG"),
        ("Western troops left.", "troops", "WST MIL"),
        ("Russia's ambassador to Kabul stayed.", "ambassador", "RUS GOV"),
        ("Pentagon officials disagreed.", "officials", "USA GOV"),
        ("The people of Afghanistan waited.", "people", "AFG CVL"),
        ("A delegation from Iran arrived.", "delegation", "IRN GOV"),
    ],
)
def test_nation_and_noun_make_an_actor_with_a_sector(read, text, head, who):
    assert read(text).who(head) == [who]


def test_the_nation_inside_a_phrase_is_no_mention_of_its_own(read):
    assert read("US troops landed.").heads == ["troops"]


def test_four_nations_with_one_noun_are_one_mention_with_four_actors(read):
    got = read("American, Italian, Greek and Danish diplomats met.")
    assert got.who("diplomats") == ["USA GOV", "ITA GOV", "GRC GOV", "DNK GOV"]
    assert got.heads == ["diplomats"]
    first = got.at("diplomats").participants[0]
    assert got.parsed.text_of(first.start, first.end) == "American"


def test_an_adjective_before_a_thing_is_a_mention_of_the_adjective(read):
    got = read("They spoke of American hegemony near the Afghan border.")
    assert got.who("American") == ["USA"]
    assert not got.has("hegemony")
    assert not got.has("border")


def test_the_owner_of_a_thing_is_a_mention(read):
    assert read("Russia's offer was refused.").who("Russia") == ["RUS"]


@pytest.mark.parametrize(
    ("day", "code"),
    [("2021-07-10", "AFGGOV"), ("2021-08-25", "AFGGOV"), ("2021-10-05", "AFGTAL")],
)
def test_the_afghan_government_changes_with_the_date(read, day, code):
    assert read("The Afghan government agreed.", day).who("government") == [f"{code} GOV"]


@pytest.mark.parametrize("word", ["former", "ousted", "previous"])
def test_the_former_afghan_government_is_the_republic_at_any_date(read, word):
    got = read(f"The {word} Afghan government collapsed.", "2022-03-01")
    assert got.who("government") == ["AFGGOV GOV"]


def test_the_de_facto_government_is_the_taliban(read):
    got = read("The Taliban, Afghanistan's de facto government, agreed.")
    assert got.who("government") == ["AFGTAL GOV"]


def test_the_troops_of_kabul_are_those_of_the_republic_soon_after_its_fall(read):
    assert read("Kabul's troops crossed the river.").who("troops") == ["AFGMIL MIL"]


def test_rebels_and_refugees_do_not_act_for_their_state(read):
    got = read("Syrian rebels fired while Afghan refugees waited.")
    assert got.who("rebels") == ["SYRREB REB"]
    assert got.who("refugees") == ["AFGREF REF"]


def test_taliban_fighters_are_the_taliban(read):
    assert read("Taliban fighters entered.", "2021-08-01").who("fighters") == ["AFGTAL REB"]


def test_the_president_of_a_state_is_the_one_in_office_that_day(read):
    got = read("The Iranian president flew home. The president of France stayed.", "2021-09-01")
    assert got.names("president") == ["Ebrahim Raisi"]
    assert got.names("president", 1) == ["Emmanuel Macron"]
    assert read("The Iranian president flew home.", "2021-07-01").names("president") == [
        "Hassan Rouhani"
    ]


def test_an_ally_of_a_state_is_not_the_state(read):
    assert not read("Russia's allies met on Monday.").has("allies")


def test_members_of_a_group_are_the_group(read):
    assert read("Members of the Taliban came.", "2021-07-01").who("Members") == ["AFGTAL REB"]


def test_a_secretary_general_is_no_soldier(read):
    got = read("The UN Secretary General appealed for calm.")
    assert "MIL" not in got.who("General")[0]


def test_a_military_plane_is_the_force_and_a_plain_plane_is_not(read):
    got = read("An Uzbek military plane took off. A Tajik plane landed.")
    assert got.who("plane") == ["UZB MIL"]
    assert got.who("Tajik") == ["TJK"]


def test_vietnam_veterans_are_of_the_war_there(read):
    assert not read("He is a Vietnam veteran.").has("veteran")
    assert read("Russian veterans marched.").who("veterans") == ["RUS MIL"]


def test_a_noun_of_two_words_goes_before_its_last_word(read):
    got = read("American service members met German police officers.")
    assert got.who("members") == ["USA MIL"]
    assert got.who("officers") == ["DEU COP"]


def test_his_presidency_does_not_act(read):
    assert not read("Biden spoke of his presidency.").has("presidency")


def test_government_and_people_have_one_owner(read):
    got = read("They thanked the Government and people of Cuba.", speaker="GAB")
    assert got.who("Government") == ["CUB GOV"]
    assert got.who("people") == ["CUB CVL"]


def test_partners_of_a_state_are_not_that_state(read):
    got = read("Burundi's development partners promised help.")
    assert got.who("Burundi") == ["BDI"]
    assert not got.has("partners")


def test_the_number_of_a_president_is_no_part_of_the_office(read):
    got = read("The sixth President of the Republic of Zambia lost.", "2021-08-01")
    assert got.names("President") == ["Edgar Lungu"]


def test_a_deputy_or_under_secretary_general_is_not_the_chief(read):
    assert read("The Assistant Secretary-General left.").names("General") == [None]
    got = read("The Deputy Secretary-General of NATO left.", "2021-09-10")
    assert got.who("General") == ["IGONATO"]
    assert got.names("General") != ["Jens Stoltenberg"]
