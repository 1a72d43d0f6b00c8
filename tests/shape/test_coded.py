from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from inconcert.core.document import Source
from inconcert.core.event import EventMention, When
from inconcert.core.evidence import EventRecord, Located, StatementRecord, Told
from inconcert.core.mention import Participant
from inconcert.core.span import TimeSpan
from inconcert.core.statement import Statement
from inconcert.errors import BadQuestion
from inconcert.shape.coded import coded_toward

SPAN = TimeSpan(date(2021, 7, 1), date(2021, 7, 10))
T = ("AFG", "AFGTAL")


def _people(codes: str) -> tuple[Participant, ...]:
    return tuple(Participant(code, (), None, 0, 1) for code in codes.split())


def _at(day: date | None) -> Located:
    published = None if day is None else TimeSpan.day(day)
    return Located("d1", Source("Vale Courier"), None, published, None, "a.txt", "…", 0)


def _event(actors, recipients, *, kind="AID", day=3, about="", id="e", told=None, **more):
    when = date(2021, 7, day) if day else None
    mention = EventMention(
        id=id, document="d1", sentence=0, start=0, end=1, type=kind, mode=None, contexts=(),
        auxiliary=more.pop("auxiliary", ()), actors=_people(actors),
        recipients=_people(recipients), about=_people(about),
        when=When(None if when is None else TimeSpan.day(when)), rule="r", confidence=1.0,
    )  # fmt: skip
    return EventRecord(mention, _at(when), told=None if told is None else Told(told, when))


def _statement(speakers, *, addressees="", about="", day=3, commitment="none"):
    said = Statement(
        id="s", document="d1", sentence=0, start=0, end=1, cue="say",
        speakers=_people(speakers), speaker_text="", addressees=_people(addressees),
        about=_people(about), form="indirect", content_start=0, content_end=1, quotes=(),
        when=When(TimeSpan.day(date(2021, 7, day))), rule="r", confidence=1.0,
        commitment=commitment,
    )  # fmt: skip
    return StatementRecord(said, _at(date(2021, 7, day)))


def _acts(found) -> dict[tuple[str, str, int], int]:
    return {
        (found.actors[i], found.types[j], int(d) + 1): int(found.counts[i, j, d])
        for i, j, d in zip(*np.nonzero(found.counts), strict=True)
    }


def test_a_joint_act_toward_both_codes_of_a_side_counts_once_for_each_who_acts():
    found = coded_toward([_event("RUS CHN", "AFG AFGTAL")], T, span=SPAN, asked=("RUS", "CHN"))
    assert _acts(found) == {("RUS", "AID", 3): 1, ("CHN", "AID", 3): 1}
    assert found.source == "texts"


def test_a_group_acts_once_where_several_of_it_do():
    found = coded_toward([_event("DEU FRA", "AFG")], T, span=SPAN, asked=("DEU+FRA",))
    assert _acts(found) == {("DEU+FRA", "AID", 3): 1}


def test_an_event_told_twice_counts_once_with_the_parties_of_both_tellings():
    records = [
        _event("RUS", "AFG", id="a", told="a"),
        _event("RUS CHN", "AFG", id="b", told="a"),
    ]
    assert _acts(coded_toward(records, T, span=SPAN)) == {
        ("RUS", "AID", 3): 1,
        ("CHN", "AID", 3): 1,
    }


@pytest.mark.parametrize(
    "record",
    [
        _event("RUS", "AFG", auxiliary=("future",)),
        _event("RUS", "AFG", day=None),
        _event("RUS", "AFG", day=20),
        _event("RUS", "USA", about="AFG", kind="ACCUSE"),
    ],
)
def test_what_is_not_plain_undated_outside_or_only_about_the_side_does_not_count(record):
    assert not coded_toward([record], T, span=SPAN).counts.any()


def test_talks_count_whichever_side_is_named_first():
    first = coded_toward([_event("RUS", "AFG", kind="CONSULT")], T, span=SPAN)
    second = coded_toward([_event("AFG", "RUS", kind="CONSULT")], T, span=SPAN)
    together = coded_toward([_event("AFG RUS", "", kind="CONSULT")], T, span=SPAN)
    assert _acts(first) == _acts(second) == _acts(together) == {("RUS", "CONSULT", 3): 1}


def test_an_accusation_by_both_of_nobody_named_is_no_act_of_one_upon_the_other():
    found = coded_toward([_event("AFG RUS", "", kind="ACCUSE")], T, span=SPAN)
    assert found.actors == ()


def test_an_act_of_one_that_the_other_receives_too_is_left_out_where_both_are_asked():
    records = [_event("RUS", "CHN AFG")]
    assert _acts(coded_toward(records, T, span=SPAN)) == {("RUS", "AID", 3): 1}
    both = coded_toward(records, T, span=SPAN, asked=("RUS", "CHN"))
    assert not both.counts.any()
    assert not both.volume.any()


def test_volume_is_the_events_of_the_day_that_are_not_toward_the_side():
    records = [
        _event("RUS", "AFG", id="a"),
        _event("RUS", "USA", id="b"),
        _event("IND", "", id="c"),
    ]
    found = coded_toward([*records, _event("RUS", "USA", id="d", day=5)], T, span=SPAN)
    assert found.volume.tolist() == [0, 0, 2, 0, 1, 0, 0, 0, 0, 0]
    assert np.flatnonzero(found.covered).tolist() == [2, 4]
    assert found.habits[0].sum() == 3


def test_statements_to_or_about_the_side_stand_in_cells_of_their_own():
    statements = [
        _statement("RUS", about="AFG"),
        _statement("RUS", addressees="AFGTAL", commitment="demand"),
        _statement("RUS", about="USA"),
        _statement("", about="AFG"),
    ]
    found = coded_toward([], T, span=SPAN, statements=statements)
    assert _acts(found) == {("RUS", "STATEMENT", 3): 1, ("RUS", "APPEAL", 3): 1}
    assert not coded_toward([], T, span=SPAN, statements=statements, deeds_only=True).counts.any()


def test_deeds_only_leaves_words_out_of_counts_and_habits_but_not_of_the_volume():
    records = [_event("RUS", "AFG", id="a"), _event("RUS", "USA", id="b", kind="ACCUSE")]
    found = coded_toward(records, T, span=SPAN, deeds_only=True)
    assert found.habits.sum() == 1
    assert found.volume.sum() == 1
    assert "ACCUSE" not in found.types


def test_an_actor_on_the_other_side_is_refused():
    with pytest.raises(BadQuestion, match="AFG stands twice"):
        coded_toward([], T, span=SPAN, asked=("AFG",))


def test_the_day_of_the_event_counts_and_not_that_of_a_later_telling():
    late = replace(_event("RUS", "AFG", id="b", day=9), told=Told("a", date(2021, 7, 3)))
    records = [_event("RUS", "AFG", id="a", told="a"), late]
    assert _acts(coded_toward(records, T, span=SPAN)) == {("RUS", "AID", 3): 1}
