"""Admiralty grades: letters that rest on something, figures by stated rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from inconcert.core.document import Source
from inconcert.core.evidence import EventRecord, StatementRecord, Told
from inconcert.core.reading import Row
from inconcert.judge.media import media
from inconcert.judge.reliability import SHIPPED, Graded, Grades, ItemGrade, OutletGrade
from inconcert.ontology.tables import read_table

Make = Callable[..., EventRecord]
RATED = {
    "generally reliable": "B",
    "no consensus": "C",
    "generally unreliable": "D",
    "deprecated": "E",
    "blacklisted": "E",
}


def told_by(event: Make, *outlets: str, **fields: object) -> list[EventRecord]:
    """One act of Russia toward Afghanistan, told by each of some outlets."""
    found = []
    for place, outlet in enumerate(outlets):
        record = event("RUS", "AFG", document=f"d{place}", **fields)
        at = replace(record.at, source=Source(outlet))
        found.append(replace(record, at=at, told=Told("one act", record.own_day)))
    return found


def figures(records: list[EventRecord]) -> list[int]:
    graded = Graded(records)
    return [graded.of(record).item.figure for record in records]


def test_an_outlet_nobody_graded_cannot_be_judged_and_none_ships_as_completely_reliable() -> None:
    assert SHIPPED.of("The Herald of Nowhere") == OutletGrade("F", "no grade of it is known")
    assert SHIPPED.of("").basis == "no outlet is named"
    assert SHIPPED.of("Ministry", is_official=True).letter == "F"
    rows = read_table("inconcert.resolve", "data/outlets.tsv")
    assert all(RATED[row["rating"]] == row["grade"] for row in rows)
    assert len({row["name"].casefold() for row in rows}) == len(rows) > 90


def test_every_name_of_an_outlet_has_its_grade_with_what_it_rests_on() -> None:
    assert SHIPPED.of("AFP") == SHIPPED.of("Agence France-Presse")
    assert SHIPPED.of("afp").letter == "B"
    assert "rated “deprecated”" in SHIPPED.of("RT").basis
    assert media()["times of oman"].affiliation == "private"
    assert SHIPPED.of("BBC Monitoring").letter == "F"  # it hands on what others say
    assert media()["tass"].affiliation == "state"
    assert SHIPPED.of("TASS").letter == "D"  # flagged as state media, and graded by itself


def test_what_the_case_says_goes_before_the_table() -> None:
    own = OutletGrade("A", "read for ten years", "M. K.", date(2022, 3, 4))
    grades = Grades({"reuters": own})
    assert grades.of("Reuters news agency") == grades.of("Reuters") == own
    assert grades.of("AFP").letter == "B"


@pytest.mark.parametrize(
    ("outlets", "figure"),
    [
        (("Reuters",), 3),
        (("Reuters", "Reuters news agency"), 3),
        (("Reuters", "AFP"), 2),
        (("Reuters", "AFP", "Kun.uz"), 1),
        (("TASS", "RIA Novosti", "RT"), 3),
        (("TASS", "Xinhua"), 2),
    ],
)
def test_the_figure_counts_voices_and_state_media_of_one_state_are_one(
    event: Make, outlets: tuple[str, ...], figure: int
) -> None:
    assert set(figures(told_by(event, *outlets))) == {figure}


def test_a_copy_is_the_voice_of_its_original(event: Make) -> None:
    first, second = told_by(event, "Reuters", "Daily Nation")
    assert figures([first, replace(second, copied=("d0", "Reuters"))]) == [3, 3]


def test_an_official_text_and_the_state_media_of_its_state_are_one_voice(event: Make) -> None:
    first, second = told_by(event, "Ministry", "TASS")
    spoken = replace(first, at=replace(first.at, speaker_code="RUSGOV"))
    assert figures([spoken, second]) == [3, 3]
    assert Graded().of(spoken).outlet.basis.startswith("official texts")


def test_a_copy_of_an_official_text_is_the_voice_of_its_state(event: Make) -> None:
    first, second = told_by(event, "Ministry", "Daily Nation")
    spoken = replace(first, at=replace(first.at, speaker_code="RUS"))
    assert figures([spoken, replace(second, copied=("d0", "Ministry"))]) == [3, 3]


def test_a_denial_toward_nobody_denies_nothing_but_a_meeting_of_the_same_two(event: Make) -> None:
    lone, met = event("RUS", kind="SUPPORT"), event("RUS CHN", kind="CONSULT")
    deny = [
        event(actors, kind=kind, auxiliary=("negation",), document=f"n{kind}")
        for actors, kind in (("RUS", "SUPPORT"), ("RUS CHN USA", "CONSULT"))
    ]
    deny = [replace(one, at=replace(one.at, source=Source("AFP"))) for one in deny]
    assert figures([lone, met, *deny])[:2] == [3, 4]


def test_a_denial_by_another_voice_makes_an_act_doubtful_and_by_more_improbable(
    event: Make,
) -> None:
    told = told_by(event, "Reuters")
    deny = [
        told_by(event, outlet, auxiliary=("negation",), day=day)[0]
        for outlet, day in (("AFP", 3), ("Kun.uz", 5))
    ]
    assert figures([*told, deny[0]]) == [4, 6]
    assert figures([*told, *deny])[0] == 5
    many = told_by(event, "Reuters", "Kyodo", "Dawn")
    assert figures([*many, deny[0]]) == [3, 3, 3, 6]  # one denial does not undo three reports
    assert figures([*many[:2], deny[0]])[0] == 4
    late = told_by(event, "AFP", auxiliary=("negation",), day=30)
    other = [replace(deny[0], event=replace(deny[0].event, type="AID"))]
    own = told_by(event, "Reuters", auxiliary=("negation",), day=1)
    for beside in (late, other, own):
        assert figures([*told, *beside])[0] == 3


def test_what_is_not_told_as_done_or_is_doubted_by_a_reviewer_cannot_be_judged(
    event: Make,
) -> None:
    (planned,) = told_by(event, "Reuters", auxiliary=("future",))
    assert figures([planned]) == [6]
    (told,) = told_by(event, "Reuters")
    graded = Graded([told], disputed=frozenset({told.event.id}))
    assert graded.of(told).code == "B6"
    assert graded.of(told.at).item.why == "a judgement of who writes"


def test_words_in_the_speakers_own_text_are_probably_said(
    statement: Callable[..., StatementRecord],
) -> None:
    said = statement("RUS", "AFG")
    assert Graded().of(said).item.figure == 3
    own = replace(said, at=replace(said.at, speaker_code="RUS"))
    assert Graded().of(own).item.figure == 2
    other = replace(said, at=replace(said.at, speaker_code="CHN"))
    assert Graded().of(other).item.figure == 3


def test_a_row_is_as_good_as_the_outlet_it_names() -> None:
    row = Row("e1", date(2021, 3, 4), ("RUS",), ("AFG",), "AID", "071", "", "TASS", "", 1)
    assert Graded().of(row).code == "D3"
    assert Graded().of(replace(row, outlet="")).code == "F6"


def test_what_a_person_says_of_an_item_goes_before_what_is_counted(event: Make) -> None:
    act, plan = told_by(event, "Reuters")[0], told_by(event, "Reuters", auxiliary=("future",))[0]
    said = ItemGrade(4, "the ministry denies it", "M. K.", date(2022, 3, 4))
    graded = Graded([act, plan], grades=Grades(items={act.at.document: said}))
    assert graded.of(act).code == "B4"
    assert graded.of(act).item.why == "the ministry denies it (graded by M. K.)"
    assert graded.of(plan).item.figure == 6  # no grade of a document makes a plan an act
    assert graded.of(act.at).item.figure == 6
    own = Grades(items={act.at.document: said, act.event.id: ItemGrade(2, "seen", "N.")})
    assert Graded([act], grades=own).of(act).item.figure == 2
