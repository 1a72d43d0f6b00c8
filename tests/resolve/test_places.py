"""Where something happened, as against who it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from inconcert.core.place import Where
from inconcert.resolve.places import PlaceResolver


@pytest.fixture(scope="module")
def ask(parser, register, read) -> Callable[..., Where | None]:
    resolver = PlaceResolver()

    def _ask(text: str, word: str, nth: int = 0, **details: str) -> Where | None:
        told = read(text, **details)
        token = [one for one in told.parsed.tokens if one.text == word][nth]
        return resolver.where(told.parsed, token.start, token.end, token.sentence, told.mentions)

    return _ask


@pytest.fixture(scope="module")
def place(ask) -> Callable[..., tuple[str, str | None, str] | None]:
    def _place(text: str, word: str, nth: int = 0) -> tuple[str, str | None, str] | None:
        where = ask(text, word, nth)
        return None if where is None else (where.name, where.country, where.precision)

    return _place


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Lavrov met the envoys in Doha on Thursday.", "met", ("Doha", "QAT", "city")),
        ("Lavrov met the envoys on Thursday in Doha.", "met", ("Doha", "QAT", "city")),
        ("Russia and China held talks in Moscow.", "talks", ("Moscow", "RUS", "city")),
        ("They agreed at the Munich Security Conference.", "agreed", ("Munich", "DEU", "city")),
        ("The delegation flew to Tashkent.", "flew", ("Tashkent", "UZB", "city")),
        ("The ministers met at a hotel near Termez.", "met", ("Termez", "UZB", "district")),
        ("They met at a hotel in Moscow.", "met", ("Moscow", "RUS", "city")),
        ("The armies fought in the Afghan city of Herat.", "fought", ("Herat", "AFG", "city")),
        ("The envoys met in the Afghan capital.", "met", ("Kabul", "AFG", "city")),
        ("A plane landed at Kabul airport.", "landed", ("Kabul airport", "AFG", "point")),
        (
            "Gunmen shot him in a mosque in Kunduz province.",
            "shot",
            ("Kunduz province", "AFG", "province"),
        ),
        (
            "China sent soldiers to Gorno-Badakhshan.",
            "sent",
            ("Gorno-Badakhshan", "TJK", "province"),
        ),
        (
            "The warship sailed through the Taiwan Strait.",
            "sailed",
            ("Taiwan Strait", None, "region"),
        ),
        (
            "The president will visit a school in Tripoli, Lebanon.",
            "visit",
            ("Tripoli", "LBN", "city"),
        ),
    ],
)
def test_a_phrase_of_place_in_the_clause_tells_where(place, text, word, expected):
    assert place(text, word) == expected


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("Taliban fighters launched an attack on Kunduz.", "attack", "Kunduz"),
        ("The Taliban seized Mazar-i-Sharif.", "seized", "Mazar-i-Sharif"),
        ("Wang Yi visited Tajikistan last week.", "visited", "Tajikistan"),
        ("The fall of Kabul surprised Beijing.", "fall", "Kabul"),
        ("Kabul fell to the Taliban.", "fell", "Kabul"),
        ("Moscow hosted a delegation of the Taliban.", "hosted", "Moscow"),
        ("Uzbekistan closed the Termez border crossing.", "closed", "Termez"),
        ("The United States withdrew its troops from Afghanistan.", "withdrew", "Afghanistan"),
    ],
)
def test_the_grammar_may_say_that_a_party_or_an_object_is_the_place(place, text, word, name):
    assert place(text, word)[0] == name


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Russia attacked Ukraine on Thursday.", "attacked"),
        ("Moscow said it would not recognise the Taliban.", "said"),
        ("Beijing urged Islamabad to protect its workers.", "urged"),
        ("Pakistan condemned the attack in Kabul.", "condemned"),
        ("Moscow called for talks on Afghanistan.", "talks"),
        ("China has an interest in Afghanistan.", "has"),
        ("The government in Kabul rejected the offer.", "rejected"),
        ("The leaders signed the Paris Agreement.", "signed"),
        ("We will meet in March.", "meet"),
        ("He said that the army had attacked a village in Herat.", "said"),
    ],
)
def test_who_it_is_and_what_is_spoken_of_is_no_place(place, text, word):
    assert place(text, word) is None


def test_what_is_spoken_of_has_a_place_of_its_own(place):
    assert place("Pakistan condemned the attack in Kabul.", "attack") == ("Kabul", "AFG", "city")


def test_a_capital_that_acts_stays_an_actor_and_one_under_in_is_the_place(read, place):
    text = "Moscow and Beijing held talks in Tashkent."
    told = read(text)
    assert told.who("Moscow") == ["RUS GOV"]
    assert place(text, "talks") == ("Tashkent", "UZB", "city")


def test_the_report_takes_no_place_from_what_is_reported_nor_gives_it_one(place):
    text = "The minister said in Geneva that troops had crossed the river."
    assert place(text, "said") == ("Geneva", "CHE", "city")
    assert place(text, "crossed") is None


def test_a_verb_joined_to_another_shares_its_place_and_says_so(ask):
    where = ask("The ministers met in Dushanbe and signed a pact.", "signed")
    assert where.name == "Dushanbe"
    assert where.basis == "named in the sentence"
    assert where.confidence < ask("They met in Dushanbe.", "met").confidence


def test_a_sentence_that_goes_on_with_they_keeps_the_place(ask):
    where = ask("Putin and Xi met in Beijing. They signed an agreement.", "signed")
    assert (where.name, where.basis) == ("Beijing", "carried from the sentence before")


@pytest.mark.parametrize(
    "second",
    [
        "Iran tested a missile.",
        "They will meet again soon.",
        "The talks were welcomed by Tajikistan.",
    ],
)
def test_a_place_is_not_carried_to_another_story(ask, second):
    text = f"Putin and Xi met in Beijing. {second}"
    word = {"Iran": "tested", "They": "meet", "The": "welcomed"}[second.split()[0]]
    assert ask(text, word) is None


def test_a_dateline_is_the_last_resort_and_less_sure(ask):
    text = "KABUL, September 4 (Reuters) – The Taliban seized a bank. Rebels attacked Herat."
    filed, told = ask(text, "seized"), ask(text, "attacked")
    assert (filed.name, filed.country, filed.basis) == ("Kabul", "AFG", "dateline")
    assert told.name == "Herat"
    assert filed.confidence < told.confidence


def test_a_dash_after_any_opening_word_is_no_dateline(ask):
    assert ask("Paris – the heiress – sued a paper.", "sued") is None


def test_a_border_names_two_states_and_lies_in_neither(ask):
    where = ask("Guards fought on the border between Kyrgyzstan and Tajikistan.", "fought")
    assert where.precision == "region"
    assert (where.country, where.latitude) == (None, None)
    assert where.candidates == ("KGZ", "TJK")


def test_off_the_coast_is_in_no_town_and_has_no_coordinates(ask):
    where = ask("Pirates seized a tanker off the coast of Somalia.", "seized")
    assert (where.country, where.precision, where.latitude) == ("SOM", "region", None)


def test_a_name_of_two_cities_stays_open_with_both(ask):
    where = ask("Crowds marched in Hyderabad.", "marched")
    assert where.country is None
    assert where.latitude is None
    assert {one.rsplit(", ", 1)[-1] for one in where.candidates} == {"IND", "PAK"}


@pytest.mark.parametrize(("people", "country"), [("Indian", "IND"), ("Pakistani", "PAK")])
def test_the_state_that_the_sentence_speaks_of_decides_the_city(ask, people, country):
    where = ask(f"{people} soldiers marched in Hyderabad.", "marched")
    assert where.country == country
    assert where.latitude is not None


def test_the_name_of_a_place_does_not_vouch_for_itself(ask):
    assert ask("Crowds marched in Hyderabad. Hyderabad is old.", "marched").country is None


def test_the_words_are_those_of_the_text(ask, read):
    text = "The armies fought in the Afghan city of Herat."
    where = ask(text, "fought")
    assert "Herat" in text[where.text_start : where.text_end]


def test_a_resolver_asked_about_another_document_forgets_the_first(parser, read):
    resolver = PlaceResolver()
    for text, name in [("They met in Doha.", "Doha"), ("They met in Tashkent.", "Tashkent")]:
        told = read(text)
        token = told.parsed.tokens[1]
        where = resolver.where(told.parsed, token.start, token.end, 0, told.mentions)
        assert where is not None
        assert where.name == name
