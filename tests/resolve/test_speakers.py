"""The first person in speeches and transcripts."""

from __future__ import annotations

BRIEFING = (
    "MS. PSAKI: We have told the Taliban what we expect. I spoke with the team.\n\n"
    "Q    Do we know when they will leave?\n\n"
    "MR. SULLIVAN: Our troops are at the airport, as the President said."
)


def test_we_in_a_turn_is_the_state_of_the_speaker(read):
    got = read(BRIEFING, "2021-08-17", speaker="USA", country="USA")
    assert got.who("We") == ["USA GOV"]
    assert got.names("We") == [None]
    assert got.at("We").kind == "speaker"


def test_i_in_a_turn_is_the_person_on_the_label(read):
    got = read(BRIEFING, "2021-08-17", speaker="USA", country="USA")
    assert got.names("I") == ["Jen Psaki"]


def test_we_of_a_questioner_is_nobody(read):
    got = read(BRIEFING, "2021-08-17", speaker="USA", country="USA")
    question = [one for one in got.mentions if one.kind == "speaker" and one.sentence == 2]
    assert question == []


def test_our_troops_are_the_army_of_the_speaker(read):
    got = read(BRIEFING, "2021-08-17", speaker="USA", country="USA")
    assert got.who("troops") == ["USA MIL"]


def test_the_president_in_a_document_of_his_country_is_the_one_in_office(read):
    got = read(BRIEFING, "2021-08-17", speaker="USA", country="USA")
    assert got.names("President") == ["Joe Biden"]


def test_they_are_never_the_speaker(read):
    got = read("We met the Uzbek envoys. They left early.", speaker="TJK")
    assert got.who("They") == ["UZB GOV"]


def test_our_country_in_a_speech_is_that_of_the_speaker(read):
    got = read("We ask for calm. Our country stands ready.", speaker="TJK")
    assert got.who("country") == ["TJK"]


def test_this_country_after_a_neighbour_is_not_the_speakers(read):
    got = read("We watch Afghanistan. Peace in this country matters.", speaker="TJK")
    assert not got.has("country")


def test_an_unknown_label_is_an_official_of_the_country(read):
    text = f"{BRIEFING}\n\nMR. ZIMBARDO: I have one update."
    got = read(text, "2021-08-17", speaker="USA", country="USA")
    assert got.who("I", 1) == ["USA GOV"]
    assert got.names("I", 1) == ["Zimbardo"]
