"""Bad material: told, counted in the report and in the brief, and the rest of the run goes on."""

from __future__ import annotations

import gzip
import re

import pytest

GOOD = "Iran hosted the Taliban in Tehran on Thursday.\n"
FRENCH = "La Russie a envoyé une aide à Kaboul mardi. Le ministre a rencontré les Talibans.\n"
BAD = {
    "a-empty.txt": (b"", "empty"),
    "b-binary.txt": (b"abc\x00def" * 50, "not text"),
    "c-paper.pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "damaged"),
    "d-cut.json": (b'{"text": [1, 2', "not JSON"),
    "e-cut.txt.gz": (gzip.compress(GOOD.encode() * 500)[:60], "damaged"),
    "f-nothing.html": (b"<html><body><script>fetch('/text')</script></body></html>", "no text"),
    "g-numbers.csv": (b"1,2,3\n4,5,6\n", "no text column"),
    "h-spaces.txt": (b" \n\t\n", "empty"),
}
LINES = """\
{"id": "1", "text": "Russia sent aid to Tajikistan on Monday.", "date": "2021-08-01"}
{"id": "1", "text": "China sent aid to Tajikistan on Monday.", "date": "2021-08-02"}
{"id": "2", "text": "China met the Taliban in Doha.", "date": "the day before yesterday"}
{"id": "3", "text": "Pakistan met the Taliban in Doha.", "date": "2199-01-01"}
{"id": "4", "text": ""}
{"id": "5", "text": "Broken
"""


@pytest.fixture
def mixed(tmp_path):
    """A folder with good files among bad ones."""
    folder = tmp_path / "mixed"
    folder.mkdir()
    for name, (content, _) in BAD.items():
        (folder / name).write_bytes(content)
    (folder / "lines.jsonl").write_text(LINES, encoding="utf-8")
    (folder / "old.txt").write_bytes(FRENCH.encode("cp1252"))
    (folder / "z-good 2021-07-08.txt").write_text(GOOD, encoding="utf-8")
    return folder


def test_bad_files_are_told_one_by_one_and_the_good_are_read(run, case, mixed):
    done = run("read", mixed, "--case", case, "--json")
    assert done.code == 0
    report = done.json
    assert report["new"] == 6  # four good lines, one French text, one good file
    told = {item["place"]: item for item in report["left_out"]}
    for name, (_, reason) in BAD.items():
        found = [item for place, item in told.items() if name in place]
        assert len(found) == 1, (name, told)
        assert found[0]["reason"].startswith(reason), name
        assert found[0]["detail"], name
    lines = {
        place.partition("lines.jsonl:")[2][:1]: item["reason"]
        for place, item in told.items()
        if "lines.jsonl" in place
    }
    assert lines == {"5": "no text", "6": "not JSON"}
    notes = sorted(item["reason"] for item in report["notes"])
    assert [note.removesuffix(" (document kept)") for note in notes] == [
        "date not understood",
        "duplicate id",
        "encoding guessed",
        "implausible date",
    ]
    assert report["not_coded"] == {"language not coded: fr": 1}


def test_the_brief_counts_what_was_left_out_and_not_what_was_kept(run, case, mixed):
    run("read", mixed, "--case", case)
    run("code", "-p", "1", "--case", case)
    run("brief", "Iran", "--toward", "Taliban", "--case", case)
    brief = (case / "briefs" / "brief.md").read_text(encoding="utf-8")
    left_out = re.search(r"^- Left out: (.*)$", brief, re.M)
    assert left_out is not None
    assert "empty" in left_out[1]
    assert "2 items" in left_out[1]
    assert "not text" in left_out[1]
    assert "document kept" not in left_out[1]
    assert "language not coded: fr" in brief
    corpus = run("ask", "Iran", "-t", "Taliban", "--case", case, "--json").json["corpus"]
    assert sum(corpus["left_out"].values()) == len(BAD) + 2


def test_reading_the_same_bad_files_again_counts_them_once(run, case, mixed):
    first = run("read", mixed, "--case", case, "--json").json
    again = run("read", mixed, "--case", case, "--json").json
    assert (again["new"], again["known"]) == (0, first["new"])
    assert again["left_out"] == first["left_out"]
    run("code", "-p", "1", "--case", case)
    corpus = run("ask", "Iran", "-t", "Taliban", "--case", case, "--json").json["corpus"]
    assert sum(corpus["left_out"].values()) == len(BAD) + 2


def test_a_file_over_the_limit_is_named_with_the_remedy(run, case, tmp_path):
    settings = case / "case.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("max_megabytes = 50", "max_megabytes = 0.01"), "utf-8")
    (tmp_path / "big.txt").write_text(GOOD * 500, encoding="utf-8")
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    done = run("read", tmp_path / "big.txt", tmp_path / "good.txt", "--case", case)
    assert done.code == 0
    assert "Read 1 new document" in done.out
    assert "big.txt: More than 10,000 bytes" in done.out
    assert "max_megabytes" in done.out


def test_where_nothing_at_all_could_be_read_the_exit_code_tells(run, case, tmp_path):
    (tmp_path / "empty.txt").touch()
    done = run("read", tmp_path / "empty.txt", "--case", case)
    assert done.code == 2
    assert "left out: 1 (empty)" in done.out
    (tmp_path / "hollow").mkdir()
    done = run("read", tmp_path / "hollow", "--case", case)
    assert done.code == 2
    assert "Nothing to read was found there." in done.out


def test_an_undated_document_is_counted_as_undated(run, case, tmp_path):
    (tmp_path / "undated.txt").write_text(GOOD, encoding="utf-8")
    run("read", tmp_path / "undated.txt", "--case", case)
    run("code", "-p", "1", "--case", case)
    run("brief", "Iran", "--toward", "Taliban", "--case", case)
    brief = (case / "briefs" / "brief.md").read_text(encoding="utf-8")
    assert "Without a date: 1 document." in brief


def test_a_name_that_is_no_utf_8_is_read_all_the_same(run, case, tmp_path):
    import os
    import sys

    if sys.platform in ("win32", "darwin"):
        pytest.skip("names of files are text here")
    name = os.fsencode(tmp_path) + b"/na\xefve.txt"
    with open(name, "wb") as file:  # noqa: PTH123 - a name of bytes
        file.write(GOOD.encode())
    assert run("read", tmp_path, "--case", case).out.startswith("Read 1 new document;")
