"""Endnotes: outlet, owner, title, date, address, quoted sentence; rows with code and id."""

from __future__ import annotations

from dataclasses import replace

from tests.show.conftest import located, name
from tests.show.made_brief import CHINESE, DAY, RUSSIAN

from inconcert.core.document import Source
from inconcert.core.evidence import Located
from inconcert.judge.media import owner_of
from inconcert.show.brief_blocks import Line
from inconcert.show.brief_media import Known, is_translated, translation_mark
from inconcert.show.notes import LONGEST, Notes, row_note, text_note


def text(line: Line) -> str:
    return "".join(piece.text for piece in line)


def at(**fields: object) -> Located:
    return located("They met.", 1, DAY, **fields)


def test_a_note_holds_outlet_owner_title_date_address_and_the_words() -> None:
    told = text(text_note(at(source=Source("TASS", "RUS"), title="Talks")))
    assert told == (
        "TASS (RUS, state media), “Talks”, 24 Mar 2021, https://www.example.org/briefings/1 "
        "[English text from abroad, may be translated]: “They met.”"
    )


def test_a_row_holds_dataset_day_parties_code_and_id_and_flags_a_state_outlet() -> None:
    told = text(row_note(RUSSIAN, "ICEWS", name))
    assert told == (
        "ICEWS, 24 Mar 2021: Russia → Afghanistan, 071 Provide aid; row e7, one of 3 equal ones; "
        "TASS (state media)."
    )
    assert "state media" not in text(row_note(CHINESE, "ICEWS", name))


def test_what_is_cited_twice_keeps_its_number_and_sources_are_told_apart() -> None:
    notes = Notes(name)
    assert notes.cite(RUSSIAN, source="ICEWS") == notes.cite(RUSSIAN, source="ICEWS") == 1
    assert notes.cite(RUSSIAN, source="GDELT") == 2
    assert notes.cite(at()) == notes.cite(at()) == 3
    assert [note.number for note in notes.notes] == [1, 2, 3]


def test_an_address_that_is_none_is_no_link() -> None:
    line = text_note(at(url="javascript:alert(1)"))
    assert not any(piece.url for piece in line)
    assert "javascript" not in text(line)


def test_a_sentence_of_a_megabyte_is_cut_and_odd_characters_are_shown() -> None:
    line = text_note(replace(at(), sentence="\u202eword " * 200_000))
    assert len(text(line)) < LONGEST + 200
    assert "\u202e" not in text(line)
    assert "[U+202E]" in text(line)


def test_the_owner_is_what_the_case_says_else_what_the_table_of_media_has() -> None:
    assert owner_of(Source("TASS", "RUS", "independent")) == "independent"
    assert owner_of(Source("xinhua")) == "state media"
    assert owner_of(Source("The White House"), speaks="USA") == "official texts"
    assert owner_of(Source("The White House")) == "not known"


def test_a_translation_is_marked_where_the_case_or_the_title_says_so() -> None:
    plain = at(source=Source("Reuters", "GBR"))
    assert translation_mark(plain) == ""
    assert is_translated(replace(plain, title="Speech (translated from Russian)"))
    known = Known(translated=frozenset({plain.document}))
    assert translation_mark(plain, known) == "translated text"
    assert translation_mark(plain, Known(languages={plain.document: "ru"})) == "text in Russian"
