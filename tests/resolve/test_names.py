"""Names as of the date: states, seats of government, groups, persons."""

from __future__ import annotations

import pytest


def test_a_state_is_itself_without_a_sector(read):
    assert read("Russia signed a trade deal with Oman.").who("Russia") == ["RUS"]


def test_a_capital_that_acts_is_a_government(read):
    got = read("Moscow rejected the proposal on Friday.")
    assert got.who("Moscow") == ["RUS GOV"]


@pytest.mark.parametrize("preposition", ["in", "at", "to", "from", "near"])
def test_a_capital_under_a_preposition_of_place_is_a_place(read, preposition):
    got = read(f"The delegates travelled {preposition} Moscow by train.")
    assert not got.has("Moscow")


@pytest.mark.parametrize("preposition", ["with", "against", "between Ankara and"])
def test_a_capital_one_deals_with_is_a_government(read, preposition):
    assert read(f"It ended years of tension {preposition} Beijing.").who("Beijing") == ["CHN GOV"]


def test_a_city_that_was_left_or_that_fell_does_not_act(read):
    got = read("The diplomats fled Kabul in a hurry. Kabul fell within hours.")
    assert not got.has("Kabul")


def test_the_second_capital_of_two_is_read_like_the_first(read):
    assert read("Moscow and Beijing signed a pact.").who("Beijing") == ["CHN GOV"]


def test_a_summit_named_after_a_capital_is_no_act_of_its_government(read):
    assert not read("The issue came up during the Moscow summit.").has("Moscow")


def test_a_house_stands_for_its_government_when_it_acts(read):
    got = read("The Kremlin hosted the guests. Reporters waited at the White House.")
    assert got.who("Kremlin") == ["RUS GOV"]
    assert not got.has("House")


@pytest.mark.parametrize(
    ("day", "standing"), [("2021-08-14", "AFGTAL REB"), ("2021-08-15", "AFGTAL GOV")]
)
def test_the_taliban_govern_from_the_day_kabul_fell(read, day, standing):
    assert read("The Taliban issued a decree.", day).who("Taliban") == [standing]


def test_an_undated_text_leaves_the_standing_of_the_taliban_open(read):
    assert read("The Taliban issued a decree.", None).who("Taliban") == ["AFGTAL"]


def test_a_person_with_titles_is_one_mention_with_country_and_sector(read):
    got = read("Russian Foreign Minister Sergey Lavrov welcomed the guests.")
    assert got.who("Lavrov") == ["RUS GOV"]
    assert got.names("Lavrov") == ["Sergey Lavrov"]
    assert got.text("Lavrov") == "Russian Foreign Minister Sergey Lavrov"
    assert got.heads == ["Lavrov"]


def test_a_leader_is_known_by_the_surname(read):
    assert read("Biden ordered the withdrawal.").names("Biden") == ["Joe Biden"]


def test_a_role_is_that_of_the_day(read):
    before = read("Liz Truss met the envoys.", "2021-10-01").at("Truss")
    assert before.participants[0].sectors == ("GOV",)
    assert read("Ashraf Ghani spoke on Tuesday.", "2021-08-01").who("Ghani") == ["AFGGOV GOV"]
    assert read("Ashraf Ghani spoke on Tuesday.", "2021-10-01").who("Ghani") == ["AFGGOV ELI"]


def test_a_common_surname_needs_a_title_or_the_full_name(read):
    assert not read("The house belonged to Austin and his wife.").has("Austin")
    assert read("Secretary Austin met the ministers.").names("Austin") == ["Lloyd Austin"]
    got = read("Lloyd Austin arrived. Austin met the ministers.")
    assert got.names("Austin", 1) == ["Lloyd Austin"]


def test_a_relative_of_a_leader_is_not_the_leader(read):
    assert not read("Hunter Biden sold a painting.").has("Biden")


def test_an_unknown_minister_has_the_country_of_the_apposition(read):
    got = read("Anders Holmqvist, the Swedish trade minister, arrived on Monday.")
    assert got.who("Holmqvist") == ["SWE GOV"]
    assert got.names("Holmqvist") == ["Anders Holmqvist"]
    assert got.at("Holmqvist").confidence < 0.8


def test_an_unknown_ambassador_belongs_to_the_embassy_spoken_of(read):
    got = read(
        "Guards stood outside Norway's fortified embassy compound. "
        "They were polite, ambassador Jonas Lunde told reporters."
    )
    assert got.who("Lunde") == ["NOR GOV"]
    assert got.at("Lunde").confidence <= 0.5


def test_a_person_whom_nothing_explains_is_a_person_without_country(read):
    mention = read("Analyst Petra Vondrak wrote that the deal was weak.").at("Vondrak")
    assert mention.is_person
    assert mention.participants == ()


def test_names_of_nations_inside_other_names_are_no_actors(read):
    got = read("They crossed the Indian Ocean and saw the South China Sea and New Mexico.")
    assert not any(mention.participants for mention in got.mentions if mention.kind == "name")


def test_us_the_pronoun_is_not_the_us(read):
    got = read("They told us that the US had left.")
    assert got.who("US") == ["USA"]
    assert not got.has("us")


def test_congress_counts_only_in_american_documents(read):
    text = "Congress passed the bill."
    assert read(text, country="USA").who("Congress") == ["USA LEG"]
    assert not read(text, country="IND").has("Congress")


def test_georgia_is_the_state_of_the_union_in_american_documents(read):
    assert not read("Voters in Georgia went to the polls.", country="USA").has("Georgia")
    assert read("Georgia recalled its envoy.", country="GBR").who("Georgia") == ["GEO"]


def test_offsets_count_the_original_characters(read):
    got = read("On Monday, Russia’s offer\r\nand ambassador\xa0Dmitry Zhirnov’s words drew notice.")
    assert got.text("Russia") == "Russia"
    assert got.text("Zhirnov").endswith("Dmitry Zhirnov")


def test_an_abbreviation_with_small_letters_is_no_common_word(read):
    got = read("Let us go. LeT claimed the attack.")
    assert not got.has("Let")
    assert got.who("LeT") == ["PAKLET REB"]


def test_a_span_over_a_change_of_standing_leaves_it_open(read):
    assert read("The Taliban met him.", "2021-08").who("Taliban") == ["AFGTAL"]


def test_a_double_surname_is_kept_whole(read):
    got = read("The Swedish envoy Anna Berg-Nilsson agreed.")
    assert got.names("Nilsson") == ["Anna Berg-Nilsson"]


def test_a_capital_that_is_a_place_tells_its_state(read):
    got = read("Lavrov arrived in Kabul on Monday.")
    assert got.at("Kabul").participants == ()
    place = got.at("Kabul").place
    assert place is not None
    assert (place.code, place.sectors, got.text("Kabul")) == ("AFG", (), "Kabul")


def test_a_city_that_is_no_capital_never_acts_but_tells_its_state(read):
    got = read("Kandahar fell to the Taliban. Shanghai said nothing.")
    assert [got.at(city).participants for city in ("Kandahar", "Shanghai")] == [(), ()]
    assert [got.at(city).place.code for city in ("Kandahar", "Shanghai")] == ["AFG", "CHN"]


def test_a_capital_that_words_are_according_to_acts(read):
    assert read("Nobody was hurt, according to Manila.").who("Manila") == ["PHL GOV"]


def test_a_language_is_no_people(read):
    got = read("He speaks French and Arabic. The text is in Chinese.")
    assert not got.has("French")
    assert not got.has("Chinese")


def test_afghan_americans_are_americans(read):
    got = read("We met Afghan Americans.")
    assert got.who("Americans") == ["USA CVL"]
    assert not got.has("Afghan")


def test_a_part_of_a_state_counts_as_its_state(read):
    got = read("Scotland protested. They met in Catalonia. The Puerto Rican governor agreed.")
    assert got.who("Scotland") == ["GBR GOV"]
    assert got.at("Catalonia").place.code == "ESP"
    assert got.who("governor") == ["USA GOV"]
    assert not read("The ship passed the Strait of Gibraltar.").has("Gibraltar")


@pytest.mark.parametrize(("speaker", "who"), [("CAF", "CAFCPC REB"), ("CHN", "CHN GOV PTY")])
def test_a_short_name_means_what_it_means_in_the_country_that_speaks(read, speaker, who):
    assert read("The CPC met in the capital.", speaker=speaker).who("CPC") == [who]


def test_a_body_of_a_state_that_the_words_name_is_of_that_state(read):
    got = read("The Transitional Military Council of Chad dissolved the parliament.")
    assert got.who("Council") == ["TCD GOV MIL"]


def test_a_minister_who_presides_elsewhere_is_of_the_state_that_the_title_names(read):
    text = "Abdulla Shahid, Foreign Minister of the Maldives, met the delegates."
    assert read(text, "2021-09-20").who("Shahid") == ["MDV GOV"]
    assert read("Abdulla Shahid met the delegates.", "2021-09-20").who("Shahid") == ["IGOUNGA"]
    text = "António Guterres, Prime Minister of Portugal from 1995 to 2002, spoke."
    assert read(text, "2021-09-20").who("Guterres") == ["IGOUNO"]


def test_a_surname_after_the_form_of_address_of_the_other_sex_is_somebody_else(read):
    assert not read("Mr. Merkel agreed.").has("Merkel")
    assert read("Mrs. Merkel agreed.").names("Merkel") == ["Angela Merkel"]


def test_a_former_name_is_the_state_that_goes_on(read):
    assert read("The Soviet Union objected.", "1985").who("Union") == ["RUS"]
    assert not read("They came from the former Soviet Union.").has("Union")
    assert read("The former Yugoslavia broke apart.").who("Yugoslavia") == ["YUG"]


def test_a_fund_with_its_own_name_is_an_organisation(read):
    got = read("COVAX and the Green Climate Fund asked the Crimea Platform for help.")
    assert [got.who(word) for word in ("COVAX", "Fund", "Platform")] == [
        ["IGOCOVAX"], ["IGOGCF"], ["IGOCRIMEA"],
    ]  # fmt: skip
