"""A proposed mapping can be used as it is where the names or the cells tell enough."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.read.events import made
from tests.read.events.conftest import take

from inconcert.errors import UnreadableDocument
from inconcert.read.events import propose_mapping
from inconcert.read.events.layout import parse_layout

TABLE = """Incident ID;Startdatum;Perpetrator;Event Code;Victim;Lat;Lon;Link;Killed
1;28.07.2021;Peru;042;Chile;-12.1;-77.0;https://example.org/a;0
2;29.07.2021;Chile;190;Peru;-33.4;-70.6;https://example.org/b;3
"""


def test_a_proposal_reads_the_file_that_it_was_made_for(tmp_path):
    (tmp_path / "table.csv").write_text(TABLE)
    (tmp_path / "mapping.toml").write_text(propose_mapping(tmp_path / "table.csv"))
    taken = take(tmp_path / "table.csv", layout=tmp_path / "mapping.toml")
    first = taken.rows[0]
    assert (str(first["day"]), first["code"], first["scheme"]) == ("2021-07-28", "042", "cameo")
    assert (first["a_name"], first["b_name"]) == ("Peru", "Chile")
    assert (first["latitude"], first["url"]) == (-12.1, "https://example.org/a")
    assert taken.rows[1]["fatalities"] == 3


def test_days_before_the_month_are_told_from_days_after_it(tmp_path):
    for day, form in (("13/02/2021", "%d/%m/%Y"), ("02/13/2021", "%m/%d/%Y")):
        (tmp_path / "d.csv").write_text(f"date,actor,code,target\n{day},Peru,042,Chile\n")
        assert form in propose_mapping(tmp_path / "d.csv")


def test_a_parquet_file_gets_a_proposal_too(tmp_path):
    table = pa.table({"day": ["2021-07-28"], "who": ["Peru"], "type": ["CONSULT"], "whom": ["X"]})
    pq.write_table(table, tmp_path / "t.parquet")
    text = propose_mapping(tmp_path / "t.parquet")
    assert parse_layout(text, where="x").scheme == "plover"


def test_a_known_dataset_is_named(tmp_path):
    (tmp_path / "i.tab").write_text(f"{made.ICEWS_HEAD}\n{made.icews(1)}\n")
    assert "layout `icews`" in propose_mapping(tmp_path / "i.tab")


def test_what_was_not_found_stands_there_to_be_filled_in(tmp_path):
    (tmp_path / "x.csv").write_text("a1,b1,c1\nu,v,w\nx,y,z\n")
    text = propose_mapping(tmp_path / "x.csv")
    assert "not found: name the column here" in text
    parse_layout(text, where="x")


def test_a_text_is_no_table(tmp_path):
    (tmp_path / "t.txt").write_text("Once upon a time.\nThe end.\n")
    with pytest.raises(UnreadableDocument, match="no table"):
        propose_mapping(tmp_path / "t.txt")
