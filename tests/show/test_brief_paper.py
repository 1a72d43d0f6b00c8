"""What is signed: its order, its notes, its flags, the same in Markdown and HTML."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from tests.show.conftest import name, said
from tests.show.made_brief import (
    MADE,
    finding,
    of_dataset,
    of_texts,
    reading,
    signed,
    with_sayings,
)

from inconcert.core.document import Source
from inconcert.core.verdict import Answer, Column
from inconcert.judge.reliability import Grades, OutletGrade
from inconcert.show.brief import markdown
from inconcert.show.brief_alternatives import alternatives
from inconcert.show.brief_blocks import Heading, Table, lines_of, own_words, words_of
from inconcert.show.brief_media import Known
from inconcert.show.brief_rows import telling_statements
from inconcert.show.html import page

Read = Callable[[str], Any]
PARTS = [
    "Bottom line",
    "Key judgements",
    "Evidence for and against",
    "Alternatives considered",
    "Gaps: before you quote this",
    "What would change this, or say more",
    "Sources",
    "Method box",
    "Endnotes",
]


def settings() -> dict[str, Any]:
    return {"title": "t", "names": name, "made": MADE, "version": "0.1.0"}


def test_the_bottom_line_comes_first_and_the_endnotes_last() -> None:
    heads = [
        block.text for block in signed(of_dataset(reading())).whole if isinstance(block, Heading)
    ]
    assert heads[1:] == PARTS


def test_every_endnote_is_pointed_at_and_every_pointer_has_one(answers: list[Answer]) -> None:
    for found in (answers, [of_dataset(reading())], [with_sayings(of_texts(0.7, 0.5))]):
        paper = signed(*found)
        pointed = {
            piece.note
            for line in lines_of(paper.blocks)
            for piece in line
            if piece.note is not None
        }
        assert pointed == {note.number for note in paper.notes}
        assert pointed


def test_markdown_and_html_hold_every_line_of_what_is_signed(read_page: Read) -> None:
    found = [of_dataset(reading()), with_sayings(of_texts(0.7))]
    paper = signed(*found)
    told = " ".join(read_page(page(found, **settings())).text.split())
    source = markdown(found, **settings())
    plain = re.sub(r"</?sup>|\[\d+\]\(#n\d+\)|[\\*<>]", "", source)
    for line in lines_of(paper.whole):
        words = " ".join(words_of(line).split())
        pieces = [piece.text for piece in line if piece.note is None]
        assert all(" ".join(piece.split()) in told for piece in pieces), words
        assert all(re.sub(r"[\\*<>]", "", " ".join(piece.split())) in plain for piece in pieces), (
            words
        )


def test_state_media_languages_and_translations_are_told_in_every_brief() -> None:
    state = " ".join(own_words(signed(of_texts(0.7)).whole))
    assert "State media: TASS (Russia), 100\u00a0% of documents" in state
    assert "may be translated" in state
    free = " ".join(own_words(signed(of_texts(0.7, source=Source("Reuters", "GBR"))).whole))
    assert "State media: none among the sources whose owner is known." in free
    rows = " ".join(own_words(signed(of_dataset(reading())).whole))
    assert "state media among them cannot be told apart" in rows


def test_a_brief_on_datasets_alone_has_no_tables_of_nothing() -> None:
    told = markdown([of_dataset(reading())], **settings())
    assert "In numbers" not in told
    assert "Statements by speaker" not in told
    assert "1st of 78" in told


def test_the_method_box_names_command_version_days_and_seed() -> None:
    known = Known(seed=7, case="my case")
    told = markdown([of_dataset(reading())], **settings(), known=known)
    box = told.partition("Method box")[2]
    assert "inconcert ask RUS CHN --toward AFG --case 'my case'" in box
    assert "ICEWS: tested on 1 January to 31 August 2021, 240 of 243 days covered." in box
    assert "begin at seed 7." in box


def test_evidence_stands_for_and_against() -> None:
    table = next(
        block
        for block in signed(with_sayings(of_texts(0.7))).blocks
        if isinstance(block, Table) and block.heads[0] == "Evidence"
    )
    assert [words_of(row[-2]) for row in table.rows] == ["for", "for", "against"]


def test_every_row_of_evidence_and_every_endnote_is_graded() -> None:
    brief = signed(of_texts(0.7), known=Known(grades=Grades({"tass": OutletGrade("D", "why")})))
    table = next(
        block for block in brief.blocks if isinstance(block, Table) and block.heads[-1] == "Grade"
    )
    assert [words_of(row[-1]) for row in table.rows] == ["D3"]
    assert [words_of(row[-3]) for row in table.rows] == ["TASS, state media"]
    assert all(words_of(note.line).endswith("[D3]") for note in brief.notes)
    told = " ".join(own_words(brief.whole))
    assert "Graded D (not usually reliable): TASS; why." in told
    assert "The figure is the item's" in told


def test_of_a_speaker_the_statement_that_commits_most_is_shown() -> None:
    found = []
    for place, commitment in enumerate(("none", "condition", "promise", "demand")):
        one = said(place + 1, "RUS", "AFG", date(2021, 8, place + 1))
        found.append(replace(one, statement=replace(one.statement, commitment=commitment)))
    column = Column("Russia", ("RUS",), (), (), tuple(found))
    assert telling_statements(column, ("AFG",))[0].statement.commitment == "promise"


def test_a_partner_of_both_is_told_among_the_alternatives() -> None:
    trio = replace(finding(0.002, 0.004, ("PAK",)), partners=("PAK",))
    found = alternatives(of_dataset(reading(0.004, tests=(trio,))), name)
    assert "Pakistan, who stands far apart" in found[1].how
    assert found[1].outcome == "not ruled out"
    alike = alternatives(of_dataset(reading(0.004, tests=(finding(0.002, 0.004, ("PAK",)),))), name)
    assert alike[1].outcome == "not ruled out"
    assert alike[1].how.startswith("Pakistan acts together with both alike; 3 or more")


def test_nothing_explains_away_a_finding_whose_interval_reaches_one() -> None:
    wide = replace(finding(0.002, 0.004), lift_interval=(0.9, 5.0))
    found = alternatives(of_dataset(reading(0.004, tests=(wide,))), name)
    assert found[0].outcome == found[3].outcome == "not ruled out"


def test_every_alternative_is_told_with_what_came_of_it() -> None:
    claimed = alternatives(of_dataset(reading(0.004)), name)
    assert [one.outcome for one in claimed] == [
        "does not explain it",
        "does not explain it",
        "not ruled out",
        "does not explain it",
    ]
    weak = alternatives(of_dataset(reading(0.4)), name)
    assert weak[0].outcome == weak[3].outcome == "not ruled out"
    assert alternatives(of_texts(0.7), name)[0].outcome == "not looked at"


def test_neither_nothing_nor_certainty_is_given_as_a_likelihood() -> None:
    for told in (of_texts(0.99, 0.99, 0.99), of_texts(0.01), of_dataset(reading(1e-6))):
        for one in signed(told).judged[0].judgements:
            assert not re.search(r"\b(?:0|100)(?: to \d+)?\u00a0%", one.says), one.says


def test_counts_of_spans_of_different_length_come_with_their_pace_and_other_reasons(
    answers: list[Answer],
) -> None:
    (told,) = [one for one in answers if one.question.split is not None]
    line = next(one.why for one in signed(told).judged[0].judgements if "a week" in one.why)
    assert "days before" in line
    assert re.search(r"in these it acts \d+\.\d times a week, then \d+\.\d times\.", line)
    others = alternatives(told, name)
    assert others[0].name == "More was published, not more done"
    assert others[1].outcome in ("not ruled out", "does not explain it")
    assert re.match(
        r"(All|None of|\d+\s% of) .* stand in official texts or state media", others[1].how
    )
    assert alternatives(replace(told, columns=()), name) == ()
