"""Nations that no word names: of offices, officials, rebels, administrations."""

from __future__ import annotations

import pytest


def test_the_last_administration_in_a_paper_of_its_own_state_is_that_state(read):
    text = (
        "The Taliban made a deal. Afghanistan and Afghans knew. The previous administration left."
    )
    got = read(text, speaker="USA", country="USA")
    assert got.who("administration") == ["USA GOV"]


def test_a_former_president_is_not_the_one_in_office(read):
    got = read("President Biden spoke. The former President was wrong.", country="USA")
    assert not any(one.participants for one in got.mentions if got.parsed.tokens[one.head].sentence)


def test_the_president_of_somebody_unknown_is_not_the_head_of_state(read):
    text = "President Biden spoke. The president of UnidosUS said, “I commend the President.”"
    got = read(text, speaker="USA", country="USA")
    assert got.at("president").participants == ()


def test_the_prime_minister_abroad_holds_that_office_in_the_country_spoken_of(read):
    text = "Vice President Harris arrived in Hanoi. She spoke with the Prime Minister."
    assert read(text, speaker="USA", country="USA").who("Minister") == ["VNM GOV"]


def test_an_official_in_a_paper_of_his_own_country_needs_no_nation(read):
    got = read("Governor Gavin Newsom called.", speaker="USA", country="USA")
    assert got.who("Newsom") == ["USA GOV"]


def test_a_minister_is_no_official_of_a_country_that_has_none(read):
    got = read("Minister Anton Example called.", speaker="USA", country="USA")
    assert got.at("Example").participants == ()


def test_an_official_of_a_dispatch_belongs_to_the_state_of_the_sentence_before(read):
    got = read(
        "MANILA – Envoys met. Beijing was angry. Deputy Minister Li Example said it is over."
    )
    assert got.who("Example") == ["CHN GOV"]


def test_an_official_of_a_dispatch_without_a_state_before_belongs_to_its_dateline(read):
    got = read("MANILA – Boats sank, Foreign Secretary Ramon Example said.")
    assert got.who("Example") == ["PHL GOV"]


def test_an_adviser_to_a_president_has_the_nation_of_that_president(read):
    got = read("He met Omar Example, Chief Advisor to the President of Turkey.")
    assert got.who("Example") == ["TUR GOV"]


def test_refugees_in_a_speech_are_of_the_state_it_speaks_of_just_then(read):
    text = "Afghanistan is calm. Afghanistan is quiet. Haiti shook. Haiti burned. Migrants came."
    got = read(text, speaker="USA", country="USA")
    assert got.at("Migrants").participants == ()


def test_terrorists_in_general_are_nobody_in_particular(read):
    text = "Afghanistan is calm. Flights to Afghanistan resumed. We fight terrorists everywhere."
    got = read(text, speaker="USA", country="USA")
    assert got.at("terrorists").participants == ()


def test_the_kingdom_in_a_speech_of_a_kingdom_is_itself(read):
    got = read("The Kingdom supports all efforts.", speaker="SAU")
    assert got.who("Kingdom") == ["SAU"]


def test_this_country_before_its_own_press_is_ones_own(read):
    got = read("We left Afghanistan. This country must heal.", speaker="USA", country="USA")
    assert got.who("country") == ["USA"]


def test_leaders_told_apart_by_a_clause_are_not_the_two_named_before(read):
    got = read("Putin and Xi stayed home. The leaders who came pledged aid.")
    assert got.at("leaders").participants == ()


def test_the_leaders_after_a_meeting_are_those_who_met(read):
    got = read("Biden met Narendra Modi. The leaders praised the talks.")
    assert got.names("leaders") == ["Joe Biden", "Narendra Modi"]


REPORT = "Georgia raised its taxes. Georgia was calm. Nobody went out."
"""A report about one state, whose last sentence has no state for a subject."""


@pytest.mark.parametrize(
    ("sentence", "word", "who"),
    [
        ("Police arrested three men.", "Police", "GEO COP"),
        ("The army sent tanks.", "army", "GEO MIL"),
        ("Prosecutors charged a banker.", "Prosecutors", "GEO JUD"),
    ],
)
def test_police_army_and_courts_of_a_report_are_those_of_the_state_it_is_about(
    read, sentence, word, who
):
    assert read(f"{REPORT} {sentence}").who(word) == [who]


@pytest.mark.parametrize(
    "sentence",
    [
        "Foreign police arrested three men.",
        "Local police arrested three men.",
        "The police who fled were shot.",
        "The police of the valley arrested three men.",
        "Two police stood there.",
    ],
)
def test_police_told_apart_by_a_word_are_not_those_of_the_state_spoken_of(read, sentence):
    assert not read(f"{REPORT} {sentence}").has("police")


def test_diplomats_in_a_report_may_be_anybody_s(read):
    assert not read(f"{REPORT} Diplomats left.").has("Diplomats")


def test_where_two_states_share_a_report_its_police_are_nobody_s(read):
    text = "Georgia was calm. Armenia was calm. Nobody went out. Police arrested three men."
    assert not read(text).has("Police")
    assert read(f"Georgia helped. {text}").who("Police") == ["GEO COP"]


def test_in_a_speech_or_a_paper_of_a_state_police_are_not_of_the_state_spoken_of(read):
    text = f"{REPORT} Police arrested three men."
    assert not read(text, speaker="USA").has("Police")
    assert not read(text, speaker="USA", country="USA").has("Police")
    assert read(text.replace("Georgia", "Armenia"), country="USA").who("Police") == ["ARM COP"]


def test_an_official_abroad_is_not_of_the_state_whose_paper_names_him(read):
    text = "The United States is strong. The United States helps. Rain fell all day."
    found = read(f"{text} Foreign Minister Anton Example called.", speaker="USA", country="USA")
    assert not found.who("Example")


def test_the_foreign_ministry_of_a_report_is_that_of_the_state_it_is_about(read):
    assert read(f"{REPORT} The foreign ministry protested.").who("ministry") == ["GEO GOV"]


def test_a_title_tells_what_state_a_report_is_about_and_outweighs_a_name_in_passing(read):
    text = "A tourist from Germany won a prize. Nobody went out. Police arrested three men."
    assert read(text, title="Crowds gather in Georgia").who("Police") == ["GEO COP"]
    assert not read(text).has("Police")
