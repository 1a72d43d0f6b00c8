"""Scores of resolution on labelled running text."""

from __future__ import annotations

from datetime import date

from inconcert.core.event import When
from inconcert.core.mention import ActorMention, Participant
from inconcert.core.span import TimeSpan
from inconcert.core.statement import Statement
from inconcert.grade.references import (
    Told,
    days_agree,
    grade_references,
    same,
    same_country,
    wilson,
)
from inconcert.labels.references import Marked, Pointed, Said, Timed, Who, who_of

SENTENCE = "He said they met last month."


def _mention(start: int, end: int, *people: Participant) -> ActorMention:
    return ActorMention(0, start, end, 0, "pronoun", people, "test")


def _person(code: str, name: str | None = None) -> Participant:
    return Participant(code, (), name, 0, 2)


def _statement(start: int, end: int, *speakers: Participant) -> Statement:
    return Statement(
        "s", "d", 0, 3, 7, "say", speakers, "He", (), (), "indirect", start, end, (), When(), "r", 1
    )


def _marked(**labels: object) -> Marked:
    return Marked("d/0", SENTENCE, "f:1", **labels)  # type: ignore[arg-type]


def test_a_person_must_be_the_same_person_not_only_of_the_same_state() -> None:
    who = who_of("RUS:Sergey Lavrov")
    assert same(who, [_person("RUS", "Sergei Lavrov")])
    assert not same(who, [_person("RUS", "Vladimir Putin")])
    assert same(who, [_person("RUS")])
    assert not same(who, [_person("RUS"), _person("CHN")])


def test_a_pronoun_that_stands_for_nobody_is_wrong_when_somebody_is_found() -> None:
    label = _marked(references=(Pointed(0, 2, Who(kind="nobody")),))
    quiet = grade_references([Told(label, (), (), ())])
    loud = grade_references([Told(label, (_mention(0, 2, _person("USA")),), (), ())])
    assert quiet.counts["nobody right"] == 1
    assert loud.counts["nobody right"] == 0
    assert loud.misses[0].found == "USA"


def test_a_statement_counts_only_over_most_of_its_words() -> None:
    label = _marked(statements=(Said(8, 27, who_of("RUS"), "indirect", Who(kind="nobody"), ()),))
    whole = grade_references([Told(label, (), (_statement(8, 27, _person("RUS")),), ())])
    part = grade_references([Told(label, (), (_statement(8, 12, _person("RUS")),), ())])
    wrong = grade_references([Told(label, (), (_statement(8, 27, _person("CHN")),), ())])
    assert [one.counts["speaker right"] for one in (whole, part, wrong)] == [1, 0, 0]
    assert part.counts["statement coded"] == 1
    assert part.counts["statement met"] == 0


def test_exact_days_must_agree_and_vague_ones_share_half() -> None:
    month = Timed(17, 27, date(2021, 8, 1), date(2021, 8, 31), "month", "document")
    assert days_agree(month, TimeSpan.parse("2021-08"))
    assert not days_agree(month, TimeSpan(date(2021, 8, 2), date(2021, 8, 31)))
    vague = Timed(0, 1, date(2021, 8, 1), date(2021, 8, 31), "vague", "document")
    assert days_agree(vague, TimeSpan(date(2021, 8, 10), date(2021, 8, 31)))
    assert not days_agree(vague, TimeSpan(date(2021, 8, 25), date(2021, 9, 20)))


def test_an_open_end_is_not_compared() -> None:
    since = Timed(0, 1, date(2011, 1, 1), None, "year", "absolute")
    assert days_agree(since, TimeSpan(date(2011, 1, 1), date(2021, 9, 1)))
    assert not days_agree(since, TimeSpan(date(2012, 1, 1), date(2021, 9, 1)))
    assert days_agree(Timed(0, 1, None, None, "vague", "none"), None)


def test_the_interval_of_a_share_holds_the_share() -> None:
    share, low, high = wilson(45, 50)
    assert low < share < high < 1
    assert wilson(50, 50)[2] == 1


def test_names_compare_by_country_and_pointing_words_do_not() -> None:
    afghan = who_of("AFG")
    assert same_country(afghan, [_person("AFGREF")])
    assert not same(afghan, [_person("AFGREF")])
    assert not same_country(afghan, [_person("AFGTAL")])
    assert not same_country(afghan, [_person("PAKREF")])
    assert not same_country(who_of("IGOEU"), [_person("IGOECB")])
    assert not same_country(who_of("RUS:Sergey Lavrov"), [_person("RUSGOV", "Vladimir Putin")])


def test_an_office_is_told_by_its_first_noun_and_not_by_the_state_inside() -> None:
    sentence = "The President of the Republic of Zambia spoke."
    label = Marked(
        "d/0", sentence, "f:1", mentions=(Pointed(4, 38, who_of("ZMB"), sectors=("GOV",)),)
    )
    office = ActorMention(0, 4, 13, 1, "name", (Participant("ZMB", ("GOV",), None, 4, 13),), "test")
    state = ActorMention(0, 21, 38, 5, "name", (Participant("ZMB", (), None, 21, 38),), "test")
    both = grade_references([Told(label, (office, state), (), ())])
    alone = grade_references([Told(label, (state,), (), ())])
    assert [one.counts["mention right"] for one in (both, alone)] == [1, 1]
    assert [one.counts["sector right"] for one in (both, alone)] == [1, 0]
