"""Files told apart: articles are documents, rows of events are datasets, whatever their names."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest
from tests.read.events import made

from inconcert.errors import UnreadableDocument
from inconcert.read.sorting import sort_places

ARTICLE = "Russia and China held talks, then left.\nThe visit, he said, went well, as planned.\n"
GDELT = "".join(f"{made.gdelt2(number)}\n" for number in range(1, 4))
ICEWS = f"{made.ICEWS_HEAD}\n{made.icews(1)}\n"


def _sorted(*places, **options):
    told = []
    found = sort_places(places, left_out=told.append, **options)
    return [Path(name).name for name in found.documents], [Path(n).name for n in found.datasets]


def test_a_folder_of_both_gives_each_reader_its_own(tmp_path):
    (tmp_path / "a.txt").write_text(ARTICLE)
    (tmp_path / "b.txt").write_text(GDELT)
    (tmp_path / "c.tab").write_text(ICEWS)
    (tmp_path / "d.csv").write_text("title,date,text\nTalks,2021-08-01,They met.\n")
    (tmp_path / "e.gz").write_bytes(gzip.compress(GDELT.encode()))
    (tmp_path / "f.jsonl").write_text('{"title": "x", "text": "They met.", "a": 1, "b": 2}\n')
    (tmp_path / "g.html").write_text(f"<html><body>{ARTICLE}</body></html>")
    assert _sorted(tmp_path) == (
        ["a.txt", "d.csv", "f.jsonl", "g.html"],
        ["b.txt", "c.tab", "e.gz"],
    )


def test_an_archive_is_a_dataset_where_a_file_in_it_is_one(tmp_path):
    for name, text in (("events.zip", GDELT), ("articles.zip", ARTICLE)):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr("x.CSV", text)
    assert _sorted(tmp_path) == (["articles.zip"], ["events.zip"])


def test_a_damaged_file_is_left_to_the_reader_of_documents_who_says_so(tmp_path):
    (tmp_path / "a.gz").write_bytes(gzip.compress(GDELT.encode() * 99)[:60])
    (tmp_path / "b.zip").write_bytes(b"PK\x03\x04 and nothing more")
    (tmp_path / "c.csv").write_bytes(b"")
    assert _sorted(tmp_path) == (["a.gz", "b.zip", "c.csv"], [])


def test_wild_cards_are_opened_and_a_misspelt_name_is_told(tmp_path):
    (tmp_path / "a.csv").write_text(GDELT)
    (tmp_path / "b.txt").write_text(ARTICLE)
    assert _sorted(tmp_path / "*") == (["b.txt"], ["a.csv"])
    with pytest.raises(UnreadableDocument, match="no such file"):
        _sorted(tmp_path / "*.parquet")


def test_standard_input_is_documents():
    assert _sorted("-") == (["-"], [])
