from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from pyarrow import parquet
from tests.show.made_acts import ROWS, row

from inconcert.core.evidence import EventRecord
from inconcert.errors import BadQuestion
from inconcert.read.plover_json import read_plover_json
from inconcert.show.export_cells import items, read_back
from inconcert.show.export_dataset import (
    ROWS_AT_ONCE,
    dataset_columns,
    export_rows,
    export_rows_as_plover,
)
from inconcert.store.lake_views import EVENT_COLUMNS


def test_the_columns_are_those_of_the_view_with_their_types():
    forms = {
        "varchar": "text", "varchar[]": "list", "date": "day", "timestamp": "moment",
        "double": "number", "integer": "whole", "bigint": "whole", "boolean": "yes-no",
    }  # fmt: skip
    told = {name: form for name, form, _ in dataset_columns()}
    assert told.pop("grade") == "text"
    assert told == {name: forms[kind] for name, kind in EVENT_COLUMNS.items()}


def test_csv_json_lines_and_parquet_hold_the_same_rows(tmp_path):
    paths = [tmp_path / f"rows{suffix}" for suffix in (".csv", ".jsonl", ".parquet")]
    for path in paths:
        assert export_rows(ROWS, path) == (5, 0)
    cells = list(read_back(paths[0]))
    lines = [json.loads(line) for line in paths[1].read_text(encoding="utf-8").splitlines()]
    table = parquet.read_table(paths[2]).to_pylist()
    for cell, line, given in zip(cells, lines, table, strict=True):
        assert list(cell) == list(line) == list(given)
        assert items(cell["actors"]) == tuple(line["actors"]) == tuple(given["actors"])
        assert cell["day"] == line["day"] == given["day"].isoformat()
        assert (cell["kept_as"] or None) == line["kept_as"] == given["kept_as"]
    assert cells[0]["score"] == "-10.0"
    assert (cells[1]["swapped"], cells[1]["actors"]) == ("false", "RUS;CHN")


def test_rows_that_repeat_others_can_be_left_out(tmp_path):
    assert export_rows(ROWS, tmp_path / "rows.csv", counted_only=True) == (4, 1)


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_never_more_than_a_batch_is_drawn_before_it_is_written(tmp_path, suffix):
    path = tmp_path / f"rows{suffix}"
    held, most = 0, 0

    class Held(dict):
        def __init__(self, values):
            nonlocal held, most
            super().__init__(values)
            held += 1
            most = max(most, held)

        def __del__(self):
            nonlocal held
            held -= 1

    given = (Held({"id": str(number), "source": "MADE"}) for number in range(2 * ROWS_AT_ONCE + 7))
    assert export_rows(given, path) == (2 * ROWS_AT_ONCE + 7, 0)
    assert most <= ROWS_AT_ONCE + 2
    if suffix == ".parquet":
        assert parquet.read_metadata(path).num_rows == 2 * ROWS_AT_ONCE + 7


def test_a_moment_is_kept_and_lists_without_items_are_empty(tmp_path):
    path = tmp_path / "rows.jsonl"
    export_rows([row(added=datetime(2021, 7, 6, 12, 30, tzinfo=UTC), contexts=[])], path)
    found = json.loads(path.read_text())
    assert found["added"] == "2021-07-06T12:30:00+00:00"
    assert (found["contexts"], found["folded_from"]) == ([], None)


def test_plover_json_of_rows_is_read_by_our_own_reader(tmp_path):
    path = tmp_path / "rows.jsonl"
    assert export_rows_as_plover(ROWS, path) == (3, 2)
    found = list(read_plover_json(path))
    records = [each for each in found if isinstance(each, EventRecord)]
    assert [(each.event.type, each.event.mode) for each in records] == [
        ("ASSAULT", "aerial"),
        ("CONSULT", None),
        ("ASSAULT", "aerial"),
    ]
    assert [who.code for who in records[1].event.actors] == ["RUS", "CHN"]
    assert records[1].event.recipients == ()
    assert records[0].day == date(2021, 7, 5)
    first = json.loads(path.read_text().splitlines()[0])
    assert (first["quad_code"], first["text"]) == (4, None)
    assert first["actor"][0]["sector"] == "MIL"


def test_another_ending_is_refused(tmp_path):
    with pytest.raises(BadQuestion, match=r"\.parquet"):
        export_rows([], tmp_path / "rows.xlsx")
    with pytest.raises(BadQuestion, match="jsonl"):
        export_rows_as_plover([], tmp_path / "rows.csv")
