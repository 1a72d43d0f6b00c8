from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.show.made_acts import (
    FOLDED,
    LONE,
    MEETING,
    NOBODY,
    REPEAT,
    RETOLD,
    SAID,
    THREAT,
    acts,
    acts_of_rows,
    row,
)

from inconcert.show.export_acts import (
    act_of_record,
    act_of_row,
    happenings,
    ordered_pairs,
    sign_of,
)


def test_a_mention_keeps_who_when_where_and_the_words_that_name_them():
    act = act_of_record(MEETING)
    assert [(who.code, who.name, who.words) for who in act.actors] == [
        ("CHN", "Wang Yu", "China’s envoy"),
        ("AFGTAL", None, "Taliban"),
    ]
    assert (act.day, act.first, act.last) == (date(2021, 7, 5),) * 3
    assert act.place is not None
    assert (act.place.name, act.place.precision) == ("Kabul", "city")
    assert (act.is_directed, act.is_row, act.score) == (False, False, None)


def test_a_row_keeps_what_the_dataset_counted():
    act = act_of_row(row(day_last=date(2021, 7, 8), added=datetime(2021, 7, 6, 12, tzinfo=UTC)))
    assert act is not None
    assert (act.kind, act.code, act.score, act.mentions) == ("ASSAULT", "195", -10.0, 4)
    assert (act.first, act.last, act.published) == (
        date(2021, 7, 5),
        date(2021, 7, 8),
        date(2021, 7, 6),
    )
    assert (act.text, act.outlet) == ("Employ aerial weapons", "made.example")


def test_countries_of_places_are_codes_though_a_dataset_tells_names():
    told = ("AFG", "United Arab Emirates", "Nowhere", None)
    places = [act.place for act in acts_of_rows(*(row(place_country=each) for each in told))]
    assert [place and place.country for place in places] == ["AFG", "ARE", None, None]


def test_a_row_that_repeats_another_is_none_and_statements_keep_their_kind():
    assert act_of_row(REPEAT) is None
    (said,) = acts_of_rows(SAID)
    assert said.kind == "STATEMENT"


def test_somebody_who_is_not_in_the_register_keeps_the_name_alone():
    (act,) = acts_of_rows(NOBODY)
    assert [(who.code, who.name) for who in act.actors] == [(None, "Some Band")]
    (given,) = acts_of_rows({**NOBODY, "actor_names": []})
    assert given.actors[0].name == "Some Band"
    (nobody,) = acts_of_rows({**NOBODY, "actor_names": [], "actor_given": None})
    assert nobody.actors == ()


def test_sectors_of_two_actors_that_the_row_does_not_tell_apart_are_given_to_none():
    (both,) = acts_of_rows(FOLDED)
    assert [(who.code, who.sectors) for who in both.actors] == [("RUS", ()), ("CHN", ())]
    assert [who.words for who in both.actors] == ["Army", "Envoy"]
    (unclear,) = acts_of_rows({**FOLDED, "actor_given": "Army | RUS"})
    assert [who.words for who in unclear.actors] == [None, None]
    assert list(ordered_pairs(both)) == [("RUS", "CHN", True), ("CHN", "RUS", True)]
    (home,) = acts_of_rows({**FOLDED, "actors": ["RUS"], "recipients": ["RUS"]})
    assert [(who.code, who.words) for who in home.actors] == [("RUS", "Army"), ("RUS", "Envoy")]
    assert list(ordered_pairs(home)) == []
    (one,) = acts_of_rows(row())
    assert one.actors[0].sectors == ("MIL",)


def test_reports_of_one_act_stand_together_and_rows_each_for_themselves():
    found = list(happenings([*acts(MEETING, THREAT, RETOLD), *acts_of_rows(row())]))
    assert [(each.act.event, each.mentions, each.outlets) for each in found] == [
        ("9000000000000001", 4, 2),
        (MEETING.event.id, 2, 2),
        (THREAT.event.id, 1, 1),
    ]
    meeting = found[1]
    assert (meeting.articles, meeting.confidence) == (2, 0.9)
    copied = replace(RETOLD, copied=("d1", "Vale Courier"))
    (once,) = happenings(acts(MEETING, copied))
    assert (once.mentions, once.outlets) == (2, 1)


def test_rows_are_passed_on_before_the_next_one_is_drawn():
    drawn = []

    def rows():
        for number in range(3):
            drawn.append(number)
            yield acts_of_rows(row(id=str(number)))[0]

    next(happenings(rows()))
    assert drawn == [0]


def test_a_meeting_stands_either_way_and_a_deed_one_way():
    assert list(ordered_pairs(acts(MEETING)[0])) == [
        ("CHN", "AFGTAL", True),
        ("AFGTAL", "CHN", True),
    ]
    assert list(ordered_pairs(acts(THREAT)[0])) == [
        ("RUS", "AFGTAL", False),
        ("CHN", "AFGTAL", False),
    ]
    assert list(ordered_pairs(acts(LONE)[0])) == []
    (undirected,) = acts_of_rows(row(directed=False))
    assert list(ordered_pairs(undirected)) == [("RUS", "AFGTAL", True), ("AFGTAL", "RUS", True)]


def test_nobody_acts_toward_himself_and_who_has_no_code_toward_nobody():
    (own,) = acts_of_rows(row(recipients=["RUS"]))
    assert list(ordered_pairs(own)) == []
    (unknown,) = acts_of_rows(NOBODY)
    assert list(ordered_pairs(unknown)) == []


@pytest.mark.parametrize(
    ("kind", "mode", "sign"),
    [
        ("CONSULT", "visit", 1), ("ASSAULT", None, -1), ("STATEMENT", None, 0), ("", None, 0),
        ("AID", "a mode of nobody", 1), ("A type of the case", None, 0),
    ],
)  # fmt: skip
def test_signs_are_those_of_the_plover_score(kind, mode, sign):
    assert sign_of(kind, mode) == sign
