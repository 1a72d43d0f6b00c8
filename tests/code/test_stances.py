"""How a speaker stands toward those named, what is promised or asked, and who stays unnamed."""

from __future__ import annotations

import pytest
from tests.code.conftest import parts

from inconcert.code.statements import StatementCoder
from inconcert.core.document import Document
from inconcert.core.statement import Statement


def told(text: str, *, speaker: str | None = None) -> list[Statement]:
    parser, resolver = parts()
    (parsed,) = parser.parse([Document.of(text, speaker=speaker)])
    return list(StatementCoder().statements(parsed, tuple(resolver.mentions(parsed))))


def stance(text: str, code: str, *, speaker: str | None = None) -> tuple[int, list[str]]:
    """Sign toward an actor in the first statement that names it, and the words that carry it."""
    for statement in told(text, speaker=speaker):
        for one in statement.stance:
            if one.code == code and statement.cue != "speech":
                return one.sign, [text[start:end] for start, end in one.words]
    raise AssertionError(f"{code} has no stance")


@pytest.mark.parametrize(
    ("text", "code", "sign", "words"),
    [
        ("The United Nations praised Oman for its patience.", "OMN", 1, ["praised"]),
        ("Iran accused Israel of sabotage.", "ISR", -1, ["accused"]),
        ("China condemned the Russian aggression.", "RUS", -1, ["condemned", "aggression"]),
        ("Turkey said that Greece had violated the treaty.", "GRC", -1, ["violated"]),
        ("Serbia said that Russia was a friend.", "RUS", 1, ["friend"]),
        ("Georgia described Russia as a threat.", "RUS", -1, ["threat"]),
        ("France voiced its support for Armenia.", "ARM", 1, ["support", "for"]),
        ("Japan said that it met China in Tokyo.", "CHN", 0, []),
    ],
)
def test_a_side_is_taken_by_words_that_are_shown(
    text: str, code: str, sign: int, words: list[str]
) -> None:
    assert stance(text, code) == (sign, words)


def test_a_negation_turns_the_speaker_s_own_verb_round() -> None:
    assert stance("Poland said: “We do not trust Russia.”", "RUS") == (-1, ["not", "trust"])


def test_not_only_negates_nothing() -> None:
    text = "Poland said that Russia had not only threatened Ukraine but attacked it."
    assert stance(text, "RUS")[0] == -1


def test_a_deed_that_was_not_done_is_no_reproach() -> None:
    assert stance("Poland said that Russia had not attacked Ukraine.", "RUS") == (0, [])


def test_whoever_would_be_attacked_is_not_judged() -> None:
    assert stance("China condemned the attack on Pakistan.", "PAK") == (0, [])


def test_what_is_denied_takes_no_side() -> None:
    assert stance("Iran denied that Israel had attacked the ship.", "ISR") == (0, [])


def test_a_deed_on_condition_is_no_reproach() -> None:
    assert stance("Britain said it would respond if Russia attacked.", "RUS") == (0, [])


def test_nobody_takes_a_stance_toward_himself() -> None:
    (statement,) = told("Russia said that Russia was a friend of China.")
    assert "RUS" not in {one.code for one in statement.stance}


def test_thanks_in_a_speech_are_for_whoever_is_thanked() -> None:
    text = "I express our gratitude to India."
    assert stance(text, "IND", speaker="MDV")[0] == 1


@pytest.mark.parametrize(
    ("text", "commitment"),
    [
        ("Washington vowed to stand with Taiwan.", "promise"),
        ("Britain said that it would send aid to Ukraine.", "promise"),
        ("“We will send aid to Ukraine,” said Poland.", "promise"),
        ("Iran threatened to close the strait.", "promise"),
        ("China urged Japan to apologise.", "demand"),
        ("China said that Japan must apologise.", "demand"),
        ("The United Nations called for a truce in Yemen.", "demand"),
        ("“Leave our country,” Iran told Turkey.", "demand"),
        ("Iran denied that it had attacked the ship.", "denial"),
        ("Russia rejected the accusation.", "denial"),
        ("Serbia said that it would not join the sanctions.", "denial"),
        ("France threatened to impose sanctions unless Mali held elections.", "condition"),
        ("Britain said that it would respond if Russia attacked.", "condition"),
        ("Japan said that China had fired two missiles.", "none"),
        ("China called Japan a friend.", "none"),
        ("Japan asked whether China had fired.", "none"),
        ("Japan said that China would fire again.", "none"),
    ],
)
def test_what_is_promised_or_asked_is_told(text: str, commitment: str) -> None:
    assert told(text)[0].commitment == commitment


@pytest.mark.parametrize(
    ("text", "country", "sectors"),
    [
        ("A senior US defence official said that China was building ships.", "USA", ("MIL",)),
        ("Diplomats familiar with the talks said that Iran would sign.", None, ("GOV",)),
        ("Two aid workers said that the road to Yemen was cut.", None, ("SOC",)),
        ("Officials in Vilnius say that Belarus has opened the gate.", "LTU", ("GOV",)),
    ],
)
def test_an_unnamed_source_keeps_what_is_known_of_it(
    text: str, country: str | None, sectors: tuple[str, ...]
) -> None:
    (statement,) = told(text)
    assert statement.is_anonymous
    assert (statement.source_country, statement.source_sectors) == (country, sectors)


@pytest.mark.parametrize(
    "text",
    [
        "The Russian defence minister said that Ukraine would lose.",
        "Sergey Lavrov said that Ukraine would lose.",
        "Russia said that Ukraine would lose.",
        "An analyst, Petr Novak, said that Ukraine would lose.",
    ],
)
def test_an_office_or_a_name_is_no_unnamed_source(text: str) -> None:
    assert not told(text)[0].is_anonymous


def test_the_official_is_unnamed_who_was_so_before() -> None:
    text = "A senior official said that Iran would sign. The official said that Iran was glad."
    assert [found.is_anonymous for found in told(text)] == [True, True]
