from __future__ import annotations

import pytest

from inconcert.errors import BadInput
from inconcert.ontology.tables import parse_table, read_table

TABLE = "# Fruit. Source: market. Licence: CC0. Checked: 2026-11-22.\nname\tcolour\nlime\tgreen\n"


def test_the_head_is_not_taken_for_facts() -> None:
    assert parse_table(TABLE, where="fruit.tsv") == [{"name": "lime", "colour": "green"}]


def test_a_trailing_tab_cut_by_an_editor_is_an_empty_cell() -> None:
    assert parse_table(TABLE + "plum\n", where="fruit.tsv")[1] == {"name": "plum", "colour": ""}


def test_a_cell_too_many_names_file_and_line() -> None:
    with pytest.raises(BadInput) as caught:
        parse_table(TABLE + "\nplum\tblue\tsweet\n", where="fruit.tsv")
    assert caught.value.where == "fruit.tsv:5"


def test_a_row_without_its_first_cell_is_refused() -> None:
    with pytest.raises(BadInput, match=r"fruit\.tsv:4"):
        parse_table(TABLE + "\tblue\n", where="fruit.tsv")


def test_a_column_named_twice_is_refused() -> None:
    with pytest.raises(BadInput, match=r"fruit\.tsv:1"):
        parse_table("name\tname\n", where="fruit.tsv")


def test_a_table_of_comments_only_is_refused() -> None:
    with pytest.raises(BadInput, match="no line of columns"):
        parse_table("# nothing here\n", where="fruit.tsv")


def test_a_missing_table_is_named() -> None:
    with pytest.raises(BadInput) as caught:
        read_table("inconcert.ontology", "data/none.tsv")
    assert caught.value.where == "inconcert/ontology/data/none.tsv"


def test_a_windows_line_end_does_not_stay_in_the_last_cell() -> None:
    rows = parse_table("name\tcolour\r\nlime\tgreen\r\n", where="fruit.tsv")
    assert rows == [{"name": "lime", "colour": "green"}]
