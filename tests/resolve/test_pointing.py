"""Pronouns and descriptions that point back."""

from __future__ import annotations


def test_he_after_a_quotation_is_the_subject_of_the_sentence_before(read):
    got = read(
        "Sergey Lavrov was cordial, welcoming Joe Biden's pledge. “We have long asked for this,” "
        "he said."
    )
    assert got.names("he") == ["Sergey Lavrov"]


def test_its_is_the_subject_of_the_clause(read):
    assert read("Uzbekistan saw aircraft crossing its borders.").who("its") == ["UZB"]


def test_its_units_are_the_army_of_the_state_before(read):
    got = read("Uzbekistan closed the bridge. Its air defence units shot down one plane.")
    assert got.who("units") == ["UZB MIL"]


def test_it_that_is_clear_or_seems_is_nobody(read):
    got = read("Russia waited. It is clear that talks failed. It seems that nobody came.")
    assert not got.has("It")


def test_they_are_the_last_spoken_of_together(read):
    got = read("Russia and China sent envoys. They want calm.")
    assert got.who("They") == ["RUS", "CHN"]


def test_their_governments_are_governments_of_both(read):
    got = read("Russia and China trade a lot. The words between their governments are warm.")
    assert got.who("governments") == ["RUS GOV", "CHN GOV"]


def test_an_object_is_not_the_subject_of_its_own_clause(read):
    got = read(
        "Putin and Xi agreed to help each other, fearful of the danger the Taliban poses, "
        "even while preparing to trade with them."
    )
    assert got.who("them") == ["AFGTAL GOV"]


def test_the_pair_are_the_two_who_spoke(read):
    got = read("Putin spoke with Xi Jinping on Monday. The pair agreed to meet.")
    assert got.names("pair") == ["Vladimir Putin", "Xi Jinping"]


def test_two_leaders_are_persons_and_two_countries_are_states(read):
    got = read(
        "Putin and Xi spoke about Iran and Turkey. The two leaders praised the two countries."
    )
    assert got.names("leaders") == ["Vladimir Putin", "Xi Jinping"]
    assert got.who("countries") == ["IRN", "TUR"]


def test_neither_nation_is_the_two_named_before(read):
    got = read("He praised Russia and China. Neither nation missed the chance.")
    assert got.who("nation") == ["RUS", "CHN"]


def test_both_alone_are_the_two_named_before(read):
    got = read("China and Russia chose to wait. Both engaged with the group.")
    assert got.who("Both") == ["CHN", "RUS"]


def test_both_before_two_names_adds_nobody(read):
    got = read("Both Russia and China waited.")
    assert [mention.participants[0].code for mention in got.mentions] == ["RUS", "CHN"]


def test_a_relative_pronoun_is_its_antecedent(read):
    got = read("They met Taliban fighters, who promised safety.", "2021-07-01")
    assert got.who("who") == ["AFGTAL REB"]


def test_a_counterpart_has_the_nation_before_it_and_the_name_beside_it(read):
    got = read("Putin met his Chinese counterpart, Xi Jinping.")
    assert got.names("counterpart") == ["Xi Jinping"]
    assert read("Lavrov met his Afghan counterpart.", "2021-07-01").who("counterpart") == [
        "AFGGOV GOV"
    ]


def test_the_group_is_the_last_armed_group(read):
    got = read("The Taliban took the town. Envoys met leaders of the militant group.")
    assert got.who("group") == ["AFGTAL GOV"]


def test_another_group_is_not_the_last_one(read):
    got = read("The Taliban took the town. Various militant groups hide there.")
    assert not got.has("groups")


def test_the_new_administration_is_that_of_the_country_spoken_of(read):
    got = read(
        "Afghanistan is calm. Flights to Afghanistan resumed. China backs the new administration."
    )
    assert got.who("administration") == ["AFGTAL GOV"]


def test_bare_refugees_are_of_the_country_at_war_spoken_of(read):
    got = read(
        "Afghanistan is calm. Flights from Afghanistan resumed. Refugees crossed the frontier."
    )
    assert got.who("Refugees") == ["AFGREF REF"]


def test_we_in_a_quotation_is_its_speaker(read):
    got = read("“We made a good impression,” Dmitry Peskov told reporters.")
    assert got.names("We") == ["Dmitry Peskov"]


def test_we_in_a_second_quotation_is_still_that_speaker(read):
    got = read("“It was quiet,” Dmitry Peskov said. “We saw no one.”")
    assert got.names("We") == ["Dmitry Peskov"]


def test_words_according_to_somebody_are_theirs_even_about_beliefs_of_others(read):
    got = read("According to Antony Blinken, Beijing believes “our move will hurt.”")
    assert got.names("our") == ["Antony Blinken"]


def test_his_country_is_the_state_of_the_person(read):
    got = read("Lavrov said his country was worried.")
    assert got.who("country") == ["RUS"]


def test_we_without_a_voice_is_nobody(read):
    assert not read("The message is clear: we will talk with the Taliban.").has("we")


def test_she_is_not_a_man_who_was_named_last(read):
    got = read("Kamala Harris spoke after Joe Biden did. She left.")
    assert got.names("She") == ["Kamala Harris"]
    assert not read("President Biden spoke. She left.").has("She")


def test_he_may_be_a_stranger_but_no_woman_of_the_register(read):
    got = read("Angela Merkel waited. Foreign Minister Omar Example of Turkey came. He spoke.")
    assert got.names("He") == ["Omar Example"]


def test_they_after_a_meeting_are_the_two_who_met(read):
    got = read(
        "Jake Sullivan met today with Ibrahim Kalin. Mr. Sullivan spoke of help for Afghans in "
        "need. They discussed the pandemic."
    )
    assert got.names("They") == ["Jake Sullivan", "Ibrahim Kalin"]


def test_a_working_group_is_no_armed_group(read):
    got = read("The Taliban took the town. This working group met. The Group of Nine wrote.")
    assert not got.has("group")
    assert not got.has("Group")


def test_we_in_a_joint_statement_are_all_its_parties(read):
    got = read(
        "We, the leaders of Australia, India and Japan, met today. We call for calm.",
        speaker="USA",
    )
    assert got.who("We", 1) == ["AUS GOV", "IND GOV", "JPN GOV"]
