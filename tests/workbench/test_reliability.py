"""Grades that a case gives: by hand, in a log, and what a brief makes of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.show.conftest import located
from tests.show.made_brief import EMPTY, QUESTION, name

from inconcert import Workbench
from inconcert.core.document import Source
from inconcert.core.evidence import SourceSummary
from inconcert.errors import BadQuestion, BadSetting
from inconcert.judge.answer import answer
from inconcert.workbench.briefing import known_of
from inconcert.workbench.reliability import FILE, LOG, give, grades_of, source_records, take_back

NOW = datetime(2022, 3, 4, 9, tzinfo=UTC)
BY_HAND = """
[[source]]
name = "The Herald"
grade = "C"
basis = "two of nine reports were wrong"
by = "M. K."
on = 2022-01-31
"""


def test_a_grade_by_hand_counts_and_one_of_the_log_goes_before_it(tmp_path: Path) -> None:
    assert grades_of(tmp_path).of("The Herald").letter == "F"
    (tmp_path / FILE).write_text(BY_HAND, encoding="utf-8")
    by_hand = grades_of(tmp_path).of("the herald")
    assert (by_hand.letter, by_hand.by, by_hand.on) == ("C", "M. K.", date(2022, 1, 31))
    given = give(tmp_path, "The Herald", "b", basis="checked again", by="N.", at=NOW)
    found = grades_of(tmp_path).of("The Herald")
    assert (found.letter, found.basis, found.by, found.on) == (
        "B",
        "checked again",
        "N.",
        NOW.date(),
    )
    take_back(tmp_path, str(given["id"]), at=NOW)
    assert grades_of(tmp_path).of("The Herald") == by_hand
    assert len((tmp_path / LOG).read_text(encoding="utf-8").splitlines()) == 2


def test_a_grade_that_rests_on_nothing_is_not_taken(tmp_path: Path) -> None:
    for letter, basis in (("B", "  "), ("G", "why"), ("", "why")):
        with pytest.raises(BadQuestion):
            give(tmp_path, "The Herald", letter, basis=basis)
    with pytest.raises(BadQuestion):
        take_back(tmp_path, "nothing")
    assert not (tmp_path / LOG).exists()


@pytest.mark.parametrize(
    "text",
    [
        "name = 1",
        BY_HAND.replace('"C"', '"G"'),
        BY_HAND.replace("basis", "reason"),
        BY_HAND.replace("2022-01-31", '"in January"'),
        BY_HAND + BY_HAND,
        "[[source]",
    ],
)
def test_a_file_that_breaks_its_form_is_refused_with_its_place(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(BadSetting, match=FILE):
        grades_of(tmp_path)


def test_a_line_of_the_log_that_is_no_grade_is_refused_with_its_number(tmp_path: Path) -> None:
    give(tmp_path, "The Herald", "B", basis="why", at=NOW)
    with (tmp_path / LOG).open("a", encoding="utf-8") as log:
        log.write('{"grade": "Z"}\n')
    with pytest.raises(BadSetting, match=f"{LOG}:2"):
        grades_of(tmp_path)


def test_a_page_is_told_owner_grade_and_basis_of_every_source(tmp_path: Path) -> None:
    read = [SourceSummary(Source(name), 1, 9, None, None) for name in ("TASS", "Ministry")]
    found = source_records(tmp_path, read, {"Ministry": "RUS"})
    assert found["TASS"]["is_state_media"] is True
    assert (found["TASS"]["country"], found["TASS"]["grade"]) == ("RUS", "D")
    assert (found["Ministry"]["owner"], found["Ministry"]["grade"]) == ("official texts", "F")


def test_a_brief_knows_the_translations_languages_and_grades_of_its_case(bench: Workbench) -> None:
    extra = bench.folder / "more"
    extra.mkdir()
    (extra / "2021-09-16 speech.txt").write_text(
        "[Translation] China will act together with Russia in Kabul, the minister said.", "utf-8"
    )
    bench.read([extra])
    (bench.folder / FILE).write_text(BY_HAND, encoding="utf-8")
    with bench._case.store(write=False) as store:
        documents = {each.text[:5]: each.id for each in store.documents()}
    named = [
        located("China and Afghanistan.", at, date(2021, 9, 16), document=id)
        for at, id in enumerate(documents.values())
    ]
    told = answer(QUESTION, [], [], EMPTY, named=named, names=name)
    known = known_of([told], ("en",), case=bench.folder)
    assert known.translated == {documents["[Tran"]}
    assert set(known.languages) <= set(documents.values())
    assert known.grades.of("The Herald").letter == "C"
    assert known.drawn == (None,)
