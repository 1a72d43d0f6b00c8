"""Readers on damaged files of the kinds that `test_damage` leaves out; what fuzzing has found."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inconcert.core.provenance import LeftOut
from inconcert.read import ReadSettings, read_documents

MET = "The envoys met the Taliban in Doha on Friday."
PAGE = f"<!doctype html><html><head><title>Talks</title></head><body><p>{MET}</p></body></html>"
RECORD = {"text": MET, "title": "Talks", "date": "2021-08-15"}
MAIL = f"From: a@b.example\nSubject: Talks\nMessage-ID: <1@b>\n\n{MET}\n"
RULE = "_" * 40
SEEDS = {
    "html": PAGE.encode(),
    "md": f"---\ntitle: Talks\ndate: 2021-08-15\n---\n# Talks\n\n{MET}\n".encode(),
    "json": json.dumps([RECORD, RECORD | {"text": "They left."}]).encode(),
    "jsonl": f"{json.dumps(RECORD)}\n".encode(),
    "csv": f'date,title,text\n2021-08-15,Talks,"{MET}"\n'.encode(),
    "mbox": f"From a@b.example Sun Aug 15 10:00:00 2021\n{MAIL}\n".encode(),
    "xml": (
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>Talks</title>"
        f"<updated>2021-08-15T10:00:00Z</updated><content>{MET}</content></entry></feed>"
    ).encode(),
    "txt": (
        f"{RULE}\n\nTitle: Talks\nPublication title: Daily\nPublication date: Aug 15, 2021\n"
        f"Full text: {MET}\nProQuest document ID: 1234\n\n{RULE}\n"
    ).encode(),
    "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(200),
    "utf16.txt": MET.encode("utf-16"),
}
MARKS = st.one_of(
    st.binary(min_size=1, max_size=6),
    st.sampled_from([b"\0", b"<", b"]]>", b'"', b"\r", b"\xff\xfe", b"{" * 40, b"[" * 40, b":"]),
)


def told(place, good=None):
    left_out: list[LeftOut] = []
    places = [place] if good is None else [place, good]
    read = read_documents(places, settings=ReadSettings(language="en"), left_out=left_out.append)
    return list(read), left_out


@pytest.mark.parametrize("kind", SEEDS)
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    cut=st.floats(0, 1),
    marks=st.lists(st.tuples(st.floats(0, 1), MARKS), max_size=4),
)
def test_a_damaged_file_ends_only_itself_and_is_never_passed_over_in_silence(
    write, kind, cut, marks
):
    content = bytearray(SEEDS[kind])
    for where, mark in marks:
        at = int(where * len(content))
        content[at : at + len(mark)] = mark
    bad = write(f"bad.{kind}", bytes(content[: int(cut * len(content))]))
    good = write("good.txt", "They left.")
    found, left_out = told(bad, good)
    assert found[-1].place == str(good) or left_out[-1].reason == "duplicate document"
    assert len(found) > 1 or left_out
    assert all(item.reason and item.detail for item in left_out)


TEXTS = st.lists(
    st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=20), max_size=4
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=TEXTS)
def test_what_stands_in_json_lines_comes_out_as_it_was_or_is_left_out(write, words):
    texts = [f"{word} left on day {number}." for number, word in enumerate(words)]
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    found, left_out = told(write("a.jsonl", lines or "\n"))
    assert len(found) + len(left_out) >= max(len(texts), 1)
    assert {document.text for document in found} <= set(texts)
    assert len(found) == len(texts) or left_out


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.binary(min_size=1, max_size=120))
def test_any_bytes_under_any_name_are_read_or_left_out(write, data):
    for ending in ("txt", "html", "json", "csv", "eml", "pdf", "zip", "warc", "rtf"):
        found, left_out = told(write(f"any.{ending}", data))
        assert found or left_out, ending


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("mark.json", b"\xff\xfe"),
        ("mark.jsonl", b"\xef\xbb\xbf"),
        ("head.csv", b"date,title,text"),
        ("blank.txt", b"\n \n"),
    ],
)
def test_a_file_with_nothing_but_its_head_is_left_out_with_a_reason(write, name, content):
    found, left_out = told(write(name, content))
    assert not found
    assert left_out


def test_a_feed_whose_elements_have_impossible_names_gives_its_other_entries(write):
    feed = (
        "<rss><channel><item><up:00:00Z>x</up:00:00Z><title>Talks</title>"
        f"<description>{MET}</description></item></channel></rss>"
    )
    found, _ = told(write("a.rss", feed))
    assert [document.text for document in found] == [MET]


def test_a_file_without_a_name_in_an_archive_is_told_of_and_the_others_are_read(write):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", MET)
        archive.writestr("b.txt", "They left.")
    content = packed.getvalue().replace(b"b.txt", b"\0.txt")
    found, left_out = told(write("a.zip", content))
    assert [document.text for document in found] == [MET]
    assert [item.detail for item in left_out] == ["A file in it has no name."]
