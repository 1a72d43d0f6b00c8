from __future__ import annotations

import gzip
import io
import os
import sys
from types import SimpleNamespace

import pytest

from inconcert.errors import UnreadableDocument
from inconcert.read import ReadSettings, places, read_documents

MET, LEFT, STAYED = "The envoys met.", "The envoys left.", "The envoys stayed."


def test_a_folder_is_read_in_order_and_hidden_files_are_passed_over(read, write, tmp_path):
    write("b.txt", LEFT)
    write("a/late.txt", MET)
    write(".hidden/x.txt", "hidden")
    write(".DS_Store", b"\0\0")
    write("c", STAYED)
    reading = read(tmp_path)
    assert [document.text for document in reading.documents] == [MET, LEFT, STAYED]
    assert reading.left_out == []


def test_folders_in_a_folder_are_told_when_they_are_not_entered(read, write, tmp_path):
    write("a/late.txt", MET)
    write("b.txt", LEFT)
    reading = read(tmp_path, recursive=False)
    assert (reading.only.text, reading.reasons) == (LEFT, ["folder not entered"])


def test_a_place_that_does_not_exist_is_an_error_before_anything_is_read(write, tmp_path):
    good = write("a.txt", MET)
    with pytest.raises(UnreadableDocument) as caught:
        read_documents(
            [good, tmp_path / "nowhere"], settings=ReadSettings(), left_out=lambda _: None
        )
    assert caught.value.where == str(tmp_path / "nowhere")


@pytest.mark.parametrize(("content", "name"), [(b"", "a.txt"), (b" \n\t\r\n", "a.txt"), (b"", "-")])
def test_an_empty_file_is_left_out_and_the_rest_is_read(read, write, content, name):
    reading = read(write(name, content), write("z.txt", MET))
    assert (reading.only.text, reading.reasons) == (MET, ["empty"])


def test_a_file_over_the_limit_is_left_out(read, write):
    reading = read(write("a.txt", "word " * 1000), write("z.txt", MET), max_bytes=1000)
    assert (reading.only.text, reading.reasons) == (MET, ["too large"])


def test_a_hundred_megabytes_of_text_are_refused_without_being_held(read, tmp_path):
    place = tmp_path / "huge.txt"
    with place.open("wb") as file:
        file.write(b"The envoys met in Doha. " * 4000)
        file.seek(100_000_000)
        file.write(b".")
    assert read(place).reasons == ["too large"]


def test_a_broken_link_and_a_pipe_are_left_out_without_waiting(read, write, tmp_path):
    write("z.txt", MET)
    (tmp_path / "broken.txt").symlink_to(tmp_path / "gone.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    reading = read(tmp_path)
    assert (reading.only.text, reading.reasons) == (MET, ["cannot be opened", "not a file"])


def test_a_linked_folder_that_leads_back_is_not_entered(read, write, tmp_path):
    write("a.txt", MET)
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    reading = read(tmp_path)
    assert (reading.only.text, reading.reasons) == (MET, ["folder not entered"])


def test_a_folder_that_may_not_be_listed_is_left_out_and_the_rest_is_read(
    read, write, tmp_path, monkeypatch
):
    write("closed/a.txt", LEFT)
    write("open.txt", MET)
    scandir = os.scandir

    def refuse(place):
        if str(place).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(place))
        return scandir(place)

    monkeypatch.setattr(places, "os", SimpleNamespace(scandir=refuse, path=os.path))
    reading = read(tmp_path)
    assert (reading.only.text, reading.reasons) == (MET, ["cannot be opened"])
    assert "Permission denied" in reading.left_out[0].detail


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is closed to root"
)
def test_a_file_that_may_not_be_read_is_left_out(read, write):
    place = write("a.txt", MET)
    place.chmod(0)
    assert read(place).reasons == ["cannot be opened"]


def test_a_packed_text_is_known_by_its_first_bytes(read, write):
    assert read(write("a.txt", gzip.compress(MET.encode()))).only.text == MET


def test_a_packed_file_made_to_fill_memory_is_refused(read, write, monkeypatch):
    monkeypatch.setattr(places, "UNPACKED_FREELY", 100_000)
    bomb = gzip.compress(b"a" * 20_000_000)
    reading = read(write("a.jsonl.gz", bomb), write("z.txt", MET))
    assert (reading.only.text, reading.reasons) == (MET, ["packed too tightly"])


def test_a_packed_file_with_a_damaged_body_is_left_out(read, write):
    packed = bytearray(gzip.compress(MET.encode() * 50))
    packed[14] ^= 0xFF
    assert read(write("a.txt.gz", bytes(packed))).reasons == ["damaged"]


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        (MET, [MET]),
        (f'{{"text": "{MET}"}}\n{{"text": "{LEFT}"}}\n', [MET, LEFT]),
    ],
)
def test_standard_input_is_text_or_json_lines_by_its_content(read, monkeypatch, content, texts):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content.encode())))
    reading = read("-")
    assert [document.text for document in reading.documents] == texts
    assert reading.documents[0].place.startswith("standard input")


def test_xml_that_is_neither_page_nor_feed_is_named_as_a_kind_that_is_not_read(read, write):
    reading = read(write("map.xml", '<?xml version="1.0"?><kml><Document></Document></kml>'))
    assert reading.reasons == ["kind not read"]


def test_a_closed_standard_input_is_told(read, monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    assert read("-").reasons == ["standard input is closed"]


def test_what_a_case_keeps_for_itself_is_no_document(read, write):
    write("case/case.toml", 'title = "The border"')
    write("case/inconcert.duckdb", b"\x00\x01")
    write("case/briefs/brief.md", "# The border")
    place = write("case/article.txt", "The envoys met in Doha.")
    reading = read(place.parent)
    assert [document.place for document in reading.documents] == [str(place)]
    assert reading.left_out == []


def test_a_folder_of_briefs_that_is_no_case_is_read(read, write):
    place = write("material/briefs/brief.md", "The envoys met in Doha.")
    assert read(place.parent.parent).only.place == str(place)
