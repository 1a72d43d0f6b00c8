from __future__ import annotations

import csv
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.show.made_acts import MEETING, located

from inconcert.show.export import export_events
from inconcert.show.export_cells import as_given, cell, harmless, items, listed, read_back
from inconcert.show.export_columns import EVENT_COLUMNS

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
SLY = st.text(st.sampled_from("'=+-@;\t\r\n＝a\\, \""), max_size=8)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@given(TEXTS | SLY)
def test_every_text_comes_back_as_it_was_and_no_cell_begins_a_formula(text):
    made = harmless(text)
    assert as_given(made) == text
    assert not made.startswith(FORMULA)


@given(SLY)
def test_where_a_spreadsheet_parts_cells_at_semicolons_tabs_or_line_ends_none_begins_a_formula(
    text,
):
    made = harmless(text)
    for mark in ";\t\r\n":
        parts = made.split(mark)[1:]
        assert not any(part.startswith(("=", "+", "-", "@", "＝")) for part in parts)


def test_harmless_texts_stay_as_they_are():
    for text in ("a = b", "3-4", "it's", "'quoted'", "", "RUS;CHN", "x; -y"):
        assert harmless(text) == text


@given(st.lists(TEXTS | SLY, min_size=1).filter(lambda texts: texts != [""]))
def test_a_list_in_one_cell_comes_back_item_by_item(texts):
    assert items(as_given(harmless(listed(texts)))) == tuple(texts)


def test_codes_in_a_list_stand_plain():
    assert listed(["RUS", "CHN"]) == "RUS;CHN"
    assert items("") == ()
    assert items("RUS;") == ("RUS", "")


@pytest.mark.parametrize(
    ("value", "written"), [(None, ""), (True, "true"), (False, "false"), (-1.5, -1.5), (0, 0)]
)
def test_what_is_no_text_is_written_plain(value, written):
    assert cell(value) == written


@settings(max_examples=30, deadline=None)
@given(sentence=TEXTS | SLY, title=TEXTS | SLY, name=TEXTS | SLY)
def test_a_csv_file_read_back_gives_the_same_texts(tmp_path_factory, sentence, title, name):
    path = tmp_path_factory.mktemp("csv") / "events.csv"
    actors = tuple(replace(who, name=name) for who in MEETING.event.actors)
    event = replace(MEETING.event, actors=actors)
    at = located(sentence=sentence, title=title)
    assert export_events([replace(MEETING, event=event, at=at)], path) == (1, 0)
    (row,) = read_back(path)
    assert (row["sentence"], row["title"]) == (sentence, title)
    assert items(row["actor_names"]) == (name, name)
    assert list(row) == [column.name for column in EVENT_COLUMNS]


def test_the_file_itself_holds_no_cell_that_a_spreadsheet_would_run(tmp_path):
    path = tmp_path / "events.csv"
    sly = replace(MEETING, at=located(sentence='so;=cmd|"/c calc"!A1', title="\uff1d1+1"))
    export_events([sly], path)
    with path.open(encoding="utf-8", newline="") as lines:
        (row,) = csv.DictReader(lines)
    assert row["sentence"] == 'so;\'=cmd|"/c calc"!A1'
    assert row["title"] == "'\uff1d1+1"
