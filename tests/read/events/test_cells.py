"""Cells come as columns: numbers where a row takes them so, lines of the wrong width beside."""

from __future__ import annotations

import pytest
from tests.read.events import made
from tests.read.events.conftest import TODAY, take

from inconcert.read.events import cells, open_events


def _cells(path):
    (plan,) = open_events([path], today=TODAY)
    return cells.read_cells(plan)


def _write(path, *lines):
    path.write_text("".join(f"{line}\n" for line in lines))
    return path


def test_a_number_that_a_row_takes_as_it_is_comes_as_a_number(tmp_path):
    path = _write(tmp_path / "g.csv", made.gdelt2(1, NumMentions="12", ActionGeo_Lat="34.5"))
    found = _cells(path)
    assert found.table.column(found.carried["mentions"]).to_pylist() == [12]
    assert found.table.column(found.carried["latitude"]).to_pylist() == [34.5]
    assert "code" not in found.carried  # made of two cells


def test_a_cell_that_is_no_number_is_read_as_before(tmp_path):
    rows = [made.gdelt2(1, NumMentions="many"), made.gdelt2(2, NumMentions="2.6")]
    path = _write(tmp_path / "g.csv", *rows)
    found = _cells(path)
    assert "mentions" not in found.carried
    assert "url" in found.carried
    assert [row["mentions"] for row in take(path).rows] == [None, 3]


@pytest.mark.parametrize("piece", [1, 1_500, 1 << 22])
def test_lines_keep_their_numbers_in_whatever_pieces_a_file_is_read(tmp_path, monkeypatch, piece):
    monkeypatch.setattr(cells, "_PIECE_BYTES", piece)
    good = [made.gdelt2(number) for number in range(1, 9)]
    lines = [*good[:2], "torn", *good[2:5], good[5] + "\tmore", *good[6:]]
    found = _cells(_write(tmp_path / "g.csv", *lines))
    assert [(each.line, each.text) for each in found.rejects] == [(3, "torn"), (7, lines[6])]
    assert found.table.column("_c1").to_pylist() == ["1", "2", "3", "4", "5", "7", "8"]
    assert found.table.column("_row").to_pylist() == list(range(7))


def test_a_line_may_be_longer_than_what_is_cut_at_once(tmp_path):
    long = made.gdelt2(2, SOURCEURL="https://example.org/" + "x" * 600_000)
    path = _write(tmp_path / "g.csv", made.gdelt2(1), long, made.gdelt2(3))
    assert [row["source_row"] for row in take(path).rows] == ["1", "2", "3"]


def test_words_that_stand_for_nothing_are_nothing_with_spaces_around_too(tmp_path):
    row = made.icews(1, source_sectors=" NA ", publisher=" Wire ")
    path = _write(tmp_path / "a.tab", made.ICEWS_HEAD, row)
    assert take(path).only["a_sectors"] is None
    assert take(path).only["outlet"] == "Wire"
