"""Who is meant in speeches, joint papers and papers on a state's own affairs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from inconcert.core.document import Document
from inconcert.core.span import TimeSpan
from inconcert.parse.pipeline import Parser
from inconcert.resolve.actors import ActorResolver
from inconcert.resolve.register import Register

DEBATE = "Statement in the General Debate of the General Assembly"
HOME = "Remarks by the President on Jobs"


@pytest.fixture(scope="module")
def speech(parser: Parser, register: Register, read: Callable[..., Any]) -> Callable[..., Any]:
    """Read a text that a state speaks, under a title."""
    resolver = ActorResolver(register)
    kind = type(read("Norway waits."))

    def _speech(text: str, title: str, speaker: str, day: str = "2021-09-21") -> Any:
        document = Document.of(
            text, title=title, published=TimeSpan.parse(day), speaker=speaker, language="en"
        )
        parsed = next(iter(parser.parse([document])))
        return kind(parsed, resolver.mentions(parsed))

    return _speech


# -- things --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Norway is ready. The plan must keep climate at its heart.",
        "Norway took part. That treaty ended the war. It must be kept.",
        "Norway condemns terrorism in all its forms.",
        "Norway thinks it necessary to talk.",
        "Norway agreed. It is obvious that talks help.",
    ],
)
def test_a_pronoun_for_a_thing_is_nobody(read, text):
    got = read(text)
    assert not got.has("its")
    assert not got.has("it")
    assert not got.has("It")


def test_plural_things_are_not_the_states_before(read):
    got = read("Norway and Sweden paid. The vaccines arrived, and they worked.")
    assert not got.has("they")


def test_what_only_states_have_is_of_the_state_and_not_of_the_thing_that_acts(read):
    got = read("Norway is worried. The storm hit its territory.")
    assert got.who("its") == ["NOR"]


# -- possessives ---------------------------------------------------------------------------------


def test_its_beside_a_name_is_of_that_name(read):
    assert read("Poland warned Israel and its allies.").who("its") == ["ISR"]


def test_whoever_is_helped_or_thanked_owns_what_follows(read):
    assert read("Poland helps Ukraine in its struggle.").who("its") == ["UKR"]
    assert read("Poland thanked India for its gift.").who("its") == ["IND"]


def test_a_government_may_be_they(read):
    got = read("Tehran is ready to talk. They said so last week.")
    assert [code.split()[0] for code in got.who("They")] == ["IRN"]


def test_people_told_by_an_adjective_are_they(read):
    got = read("Norway spoke up for Palestinian brothers and sisters, so that they can be free.")
    assert got.who("they") == ["PSE"]


def test_it_that_is_a_democracy_is_a_state(read):
    got = read("Taiwan is small. It is a thriving democracy.")
    assert got.who("It") == ["TWN"]


# -- offices and bodies --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Secretary-General", "Secretary- General"])
def test_the_secretary_general_before_the_united_nations_is_theirs(speech, name):
    got = speech(f"We thank the {name} for his report.", DEBATE, "NOR")
    assert got.names("General") == ["António Guterres"]
    assert got.names("his") == ["António Guterres"]


def test_the_secretary_general_is_of_the_organisation_spoken_of(read):
    got = read("NATO met in Brussels. The Secretary General spoke to the press.")
    assert got.names("General") == ["Jens Stoltenberg"]


def test_short_names_of_bodies_before_the_united_nations(speech):
    got = speech(
        "The Assembly must act. We owe much to the Organization. This august body can do more.",
        DEBATE,
        "NOR",
    )
    assert got.who("Assembly") == ["IGOUNGA"]
    assert got.who("Organization") == ["IGOUNO"]
    assert got.who("body") == ["IGOUNGA"]


def test_this_body_is_nobody_elsewhere(read):
    assert not read("Norway sent a team. This body is old.").has("body")


# -- the country spoken of -----------------------------------------------------------------------


def test_the_country_is_the_other_one_just_named_else_the_speakers(speech):
    got = speech("We fear for Mali. The country needs peace.", DEBATE, "NOR")
    assert got.who("country") == ["MLI"]
    got = speech("We invest in schools. The country is growing.", DEBATE, "NOR")
    assert got.who("country") == ["NOR"]


def test_the_first_country_is_another_one(speech):
    got = speech("We fear for Mali. The first country that pays wins.", DEBATE, "NOR")
    assert not got.has("country")


def test_the_people_are_those_of_the_country_just_named(speech):
    got = speech("We are worried about Haiti. We care for the safety of the people.", DEBATE, "NOR")
    assert got.who("people") == ["HTI CVL"]


# -- several voices ------------------------------------------------------------------------------

SUMMIT = "Remarks by President Biden, Prime Minister Morrison, and Prime Minister Modi at a Summit"


def test_we_at_a_summit_are_all_whom_the_title_names(speech):
    got = speech("We meet today. Our three countries share a dream.", SUMMIT, "USA")
    assert got.who("We") == ["USA GOV", "AUS GOV", "IND GOV"]
    assert got.who("countries") == ["USA", "AUS", "IND"]


def test_i_at_a_summit_is_whoever_was_given_the_floor(speech):
    got = speech(
        "I welcome you. And now I yield to my friend from India. I am honored to be here.",
        SUMMIT,
        "USA",
    )
    assert got.who("I", 0) == ["USA GOV"]
    assert got.who("I", 2) == ["IND GOV"]


def test_who_speaks_on_behalf_of_a_people_is_of_that_people(speech):
    got = speech("On behalf of the Australian people, I thank you.", SUMMIT, "USA")
    assert got.who("I") == ["AUS GOV"]


def test_we_in_a_joint_statement_are_both(speech):
    got = speech("We will work together.", "Joint Statement by Japan and India", "JPN")
    assert got.who("We") == ["JPN GOV", "IND GOV"]


def test_one_person_in_a_title_speaks_for_one_state(speech):
    got = speech("We meet today.", "Remarks by President Biden at a Meeting", "USA")
    assert got.who("We") == ["USA GOV"]


# -- at home -------------------------------------------------------------------------------------


def test_people_in_a_paper_on_ones_own_affairs_are_ones_own(speech):
    got = speech("The law helps families feed their kids.", HOME, "USA")
    assert [code.split()[0] for code in got.who("their")] == ["USA"]


def test_people_before_the_united_nations_are_of_any_country(speech):
    got = speech("The law helps families feed their kids.", DEBATE, "USA")
    assert not got.has("their")


def test_anyone_is_nobody_at_home_either(speech):
    got = speech("The law stops terrorists who kill. It helps anyone who works.", HOME, "USA")
    assert not any(
        one.participants for one in got.mentions if got.parsed.text_of(one.start, one.end) == "who"
    )


def test_he_without_a_person_before_is_the_head_of_state_in_his_own_paper(speech):
    got = speech("Well, he said so many times.", HOME, "USA")
    assert got.names("he") == ["Joe Biden"]
    assert not speech("Well, she said so many times.", HOME, "USA").has("she")


def test_persons_chosen_for_an_office_are_of_that_country(speech):
    got = speech(
        "Today the President announced his intent to nominate Ada Stone as Chair. "
        "Ada Stone is a teacher. She holds a degree. Ms. Stone lives in Ohio.",
        "President Announces Nominees",
        "USA",
    )
    assert got.names("She") == ["Ada Stone"]
    assert got.who("Stone", 2) == ["USA CVL"]


def test_a_nation_before_an_unknown_authors_name_is_his(speech):
    got = speech("I read a book by the Swedish author Hans Berg. He wrote it.", DEBATE, "NOR")
    assert got.names("He") == ["Hans Berg"]
