"""The pattern coder on made-up sentences: who acts, who is acted upon, and what is not an event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

import pytest

from inconcert.code.patterns import PatternCoder
from inconcert.core.document import Document
from inconcert.core.event import EventMention
from inconcert.core.span import TimeSpan
from inconcert.parse.pipeline import Parser
from inconcert.resolve.actors import ActorResolver
from inconcert.resolve.register import Register


@dataclass(frozen=True)
class Told:
    """An event as a test states it."""

    type: str
    actors: frozenset[str]
    recipients: frozenset[str]
    auxiliary: tuple[str, ...] = ()


@cache
def parts() -> tuple[Parser, ActorResolver, PatternCoder]:
    return Parser(), ActorResolver(Register.load()), PatternCoder()


def events(text: str, speaker: str | None = None) -> tuple[EventMention, ...]:
    parser, resolver, coder = parts()
    document = Document.of(text, published=TimeSpan.day(date(2021, 9, 20)), speaker=speaker)
    parsed = next(parser.parse([document]))
    return coder.events(parsed, resolver.mentions(parsed))


def told(text: str) -> list[Told]:
    return told_by(None, text)


def told_by(speaker: str | None, text: str) -> list[Told]:
    """The same, for a text in which an actor speaks in the first person."""
    return [
        Told(
            event.type,
            frozenset(actor.code for actor in event.actors),
            frozenset(actor.code for actor in event.recipients),
            event.auxiliary,
        )
        for event in events(text, speaker=speaker)
    ]


def one(type_: str, actors: str, recipients: str = "", *auxiliary: str) -> Told:
    return Told(type_, frozenset(actors.split()), frozenset(recipients.split()), auxiliary)


PLAIN = {
    "Russia condemned Turkey.": one("ACCUSE", "RUS", "TUR"),
    "Turkey was condemned by Russia.": one("ACCUSE", "RUS", "TUR"),
    "China sent food and medicine to Afghanistan.": one("AID", "CHN", "AFG"),
    "Germany granted asylum to Afghan refugees.": one("AID", "DEU", "AFGREF"),
    "The United States imposed sanctions on Iran.": one("SANCTION", "USA", "IRN"),
    "Sanctions were imposed on Iran by the United States.": one("SANCTION", "USA", "IRN"),
    "The European Union lifted sanctions against Belarus.": one("RETREAT", "IGOEU", "BLR"),
    "India and Pakistan signed an agreement.": one("SUPPORT", "IND PAK"),
    "Uzbek forces shot down an Afghan military plane.": one("ASSAULT", "UZB", "AFGMIL"),
    "Israeli troops opened fire on Palestinian protesters.": one("ASSAULT", "ISR", "PSE"),
    "France recalled its ambassador to Australia.": one("SANCTION", "FRA", "AUS"),
    "Kenya expelled Somali diplomats.": one("SANCTION", "KEN", "SOM"),
    "Pakistan urged India to withdraw its troops.": one("REQUEST", "PAK", "IND"),
    "India was urged by Pakistan to withdraw its troops.": one("REQUEST", "PAK", "IND"),
    "Japan refused to meet North Korea.": one("REJECT", "JPN", "PRK"),
    "Russia threatened to attack Ukraine.": one("THREATEN", "RUS", "UKR"),
    "China promised to help Tajikistan.": one("AGREE", "CHN", "TJK"),
    "Turkey will send aid to Somalia.": one("AGREE", "TUR", "SOM"),
    "The United States withdrew its troops from Afghanistan.": one("RETREAT", "USA", "AFG"),
    "Russia deployed troops to Tajikistan.": one("MOBILIZE", "RUS", "TJK"),
    "Kazakhstan praised Uzbekistan.": one("SUPPORT", "KAZ", "UZB"),
    "Iran arrested two French citizens.": one("COERCE", "IRN", "FRA"),
}


@pytest.mark.parametrize("sentence", PLAIN)
def test_a_plain_act_is_coded_with_its_direction(sentence: str) -> None:
    assert told(sentence) == [PLAIN[sentence]]


MUTUAL = {
    "Russian President Vladimir Putin met Chinese President Xi Jinping.": one("CONSULT", "RUS CHN"),
    "Russia and China held talks.": one("CONSULT", "RUS CHN"),
    "Russia held talks with China.": one("CONSULT", "RUS CHN"),
    "Turkey held joint naval drills with Georgia and Ukraine.": one("COOPERATE", "TUR GEO UKR"),
    "India fought with Pakistan.": one("ASSAULT", "IND PAK"),
}


@pytest.mark.parametrize("sentence", MUTUAL)
def test_those_who_act_with_each_other_are_all_actors(sentence: str) -> None:
    assert told(sentence) == [MUTUAL[sentence]]


def test_the_visitor_is_the_actor_and_the_host_the_recipient() -> None:
    assert told("Moscow hosted a Taliban delegation.") == [one("CONSULT", "AFGTAL", "RUS")]
    assert told("A Taliban delegation visited Russia.") == [one("CONSULT", "AFGTAL", "RUS")]


def test_a_drill_of_one_country_is_a_show_of_force() -> None:
    assert [event.type for event in told("North Korea held a military exercise.")] == ["MOBILIZE"]


def test_a_joint_drill_is_not_an_attack() -> None:
    sentence = "Turkey staged large joint drills with Georgia in which a dummy village was stormed."
    assert {event.type for event in told(sentence)} == {"COOPERATE"}


AUXILIARY = {
    "Russia did not attack Ukraine.": "negation",
    "Russia never recognised the Taliban.": "negation",
    "Russia may recognise the Taliban.": "hypothetical",
    "If Russia attacks Ukraine, the markets will fall.": "hypothetical",
    "Russia tried to bribe the Taliban in order to attack Tajikistan.": "hypothetical",
    "Turkey will attack Syria.": "future",
    "Two decades ago, the United States attacked Iraq.": "historical",
    "Rather than attack Iran, Israel waited.": "negation",
    "Joe Biden is known. As Senator, he worked with China on Sudan.": "historical",
    "Russia almost attacked Georgia.": "hypothetical",
    "Reports that China sent weapons to Iran are false.": "hypothetical",
    "It is not true that Russia attacked Georgia.": "negation",
    "Had Russia attacked Georgia, the markets would have fallen.": "hypothetical",
}


@pytest.mark.parametrize("sentence", AUXILIARY)
def test_what_was_not_done_now_is_never_a_plain_event(sentence: str) -> None:
    assert all(AUXILIARY[sentence] in event.auxiliary for event in told(sentence))


NEUTRAL = [
    "Russia is a large country that borders China.",
    "Russia said that the weather was bad.",
    "Germany beat France in the final on Sunday.",
    "The Kremlin is attacking the problem of inflation.",
    "Chinese exports rose by four per cent in August.",
    "Analysts believe that Russia and China distrust each other.",
    "Lavrov is expected to comment on Friday.",
]


@pytest.mark.parametrize("sentence", NEUTRAL)
def test_a_neutral_sentence_holds_no_plain_event(sentence: str) -> None:
    assert [event for event in told(sentence) if not event.auxiliary] == []


def test_a_plan_is_an_agreement_not_a_deed() -> None:
    assert told("China plans to invest in Afghanistan.") == [one("AGREE", "CHN", "AFG")]


def test_a_promise_not_to_attack_is_an_agreement() -> None:
    assert [event.type for event in told("The Taliban pledged not to attack Russia.")] == ["AGREE"]


def test_the_content_of_a_request_is_no_event_of_its_own() -> None:
    assert [event.type for event in told("Iran urged Iraq to arrest the militants.")] == ["REQUEST"]


def test_a_polite_wrapping_does_not_hide_the_act() -> None:
    text = "We would like to condemn Russia."
    assert told_by("UZB", text) == [one("ACCUSE", "UZB", "RUS")]


def test_a_wish_of_somebody_else_is_no_act() -> None:
    found = told("Uzbekistan would like to condemn Russia.")
    assert [event for event in found if not event.auxiliary] == []


def test_would_after_a_verb_of_announcing_is_the_future() -> None:
    assert told("Japan announced it would send aid to Nepal.") == [one("AGREE", "JPN", "NPL")]


def test_a_refusal_in_the_future_is_a_rejection() -> None:
    assert told("France will not lift sanctions on Syria.") == [one("REJECT", "FRA", "SYR")]


def test_an_offer_that_was_not_sought_is_no_refusal() -> None:
    (event,) = told("Moscow has not sought to offer assistance to Nepal.")
    assert "negation" in event.auxiliary


def test_the_topic_of_talks_is_not_done_by_talking() -> None:
    found = told("Turkey and Armenia held talks on opening their border.")
    assert [event.type for event in found if not event.auxiliary] == ["CONSULT"]


def test_whoever_is_thanked_for_doing_it_did_it() -> None:
    found = told("The United States thanked Germany for hosting Afghan refugees.")
    assert one("AID", "DEU", "AFGREF") in found


def test_a_noun_alone_tells_an_event_when_it_names_who_and_whence() -> None:
    found = told("Prices rose after the American withdrawal from Afghanistan.")
    assert found == [one("RETREAT", "USA", "AFG")]


def test_a_bare_noun_only_reminds_of_an_event() -> None:
    found = told("Few were surprised by Biden's withdrawal.")
    assert [event for event in found if event.type == "RETREAT"] == []


def test_a_noun_does_not_tell_again_what_a_sentence_before_it_told() -> None:
    text = (
        "The United States withdrew its troops from Afghanistan. "
        "Prices rose after the American withdrawal from Afghanistan."
    )
    assert [event.type for event in told(text)].count("RETREAT") == 1


def test_drills_inside_another_phrase_are_held_with_the_partner_named_there() -> None:
    found = told("Russia participated in large exercises with Uzbekistan.")
    assert found == [one("COOPERATE", "RUS UZB")]


def test_two_verbs_with_one_subject_are_two_events() -> None:
    found = told("China recognised Kosovo and sent aid to Serbia.")
    assert [(event.type, event.actors) for event in found] == [
        ("SUPPORT", frozenset({"CHN"})),
        ("AID", frozenset({"CHN"})),
    ]


def test_the_third_party_of_a_meeting_is_what_it_is_about() -> None:
    (event,) = events("Russia and China held talks about Afghanistan.")
    assert {actor.code for actor in event.about} == {"AFG"}


def test_what_is_discussed_in_the_same_breath_belongs_to_the_meeting() -> None:
    (event,) = events("Wang Yi and Sergey Lavrov met and discussed the situation in Afghanistan.")
    assert {actor.code for actor in event.about} == {"AFG"}


def test_where_a_meeting_is_held_is_not_what_it_is_about() -> None:
    (event,) = events("Russia and China held talks in Qatar.")
    assert event.about == ()


def test_no_event_comes_twice_from_one_sentence() -> None:
    found = events("Russia attacked Ukraine and attacked Ukraine again.")
    assert len({(event.type, event.actors, event.start) for event in found}) == len(found)


def test_words_inside_a_quotation_are_no_deed() -> None:
    sentence = "“Russia attacked Ukraine and killed its people,” the analyst said."
    assert told(sentence) == []


def test_a_reporters_question_is_not_coded() -> None:
    text = (
        "MS. REED:  Good afternoon.\n\nQ    Why did Russia attack Ukraine?\n\n"
        "MS. REED:  I have nothing on that.\n\nQ    Did China send troops to Tajikistan?\n"
    )
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "RUSSIA ATTACKS UKRAINE",
        "Russia " * 5_000 + "attacked Ukraine.",
        "Россия атаковала Ukraine и Китай said нет.",
        "<p>Russia <b>attacked</b></p> ((((Ukraine]]]] “‘“‘“",
        "No verbs here, Russia.",
    ],
)
def test_odd_text_never_stops_the_coder(text: str) -> None:
    for event in events(text):
        assert 0 <= event.start < event.end <= len(text)
