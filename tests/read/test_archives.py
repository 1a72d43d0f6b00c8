from __future__ import annotations

import io
import zipfile

import pytest

from inconcert.read import archives

MET, LEFT = "The envoys met.", "The envoys left."


def test_the_files_of_an_archive_are_read_each_for_itself(read, write, zipped, docx):
    content = zipped(
        {"b/2021-08-15.txt": MET, "a.docx": docx(LEFT), "__MACOSX/x": "x", "e.txt": ""}
    )
    reading = read(write("all.zip", content))
    assert [document.text for document in reading.documents] == [LEFT, MET]
    assert reading.documents[1].place.endswith("all.zip/b/2021-08-15.txt")
    assert str(reading.documents[1].published) == "2021-08-15"
    assert reading.reasons == ["empty"]


def test_an_archive_comes_through_standard_input_too(read, monkeypatch, zipped):
    import sys
    from types import SimpleNamespace

    stream = io.BytesIO(zipped({"a.txt": MET}))
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=stream))
    assert read("-").only.text == MET


def test_an_archive_made_to_fill_memory_is_refused(read, write, zipped, monkeypatch):
    monkeypatch.setattr(archives, "UNPACKED_FREELY", 100_000)
    bomb = zipped({"a.txt": "a" * 20_000_000, "b.txt": MET})
    reading = read(write("a.zip", bomb))
    assert (reading.only.text, reading.reasons) == (MET, ["packed too tightly"])


def test_files_that_share_their_bytes_are_refused(read, write, zipped):
    plain = zipped({"a.txt": MET * 50, "b.txt": MET * 50})
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        size = archive.getinfo("a.txt").compress_size
    at = plain.rindex(b"PK\x01\x02") + 20
    lying = plain[:at] + (size + 5000).to_bytes(4, "little") + plain[at + 4 :]
    assert read(write("a.zip", lying)).reasons == ["packed too tightly"]


def test_archives_in_archives_end_somewhere(read, write, zipped):
    inner = zipped({"a.txt": MET})
    for _ in range(4):
        inner = zipped({"b.zip": inner})
    assert read(write("a.zip", inner)).reasons == ["archive in archives"]
    assert read(write("b.zip", zipped({"b.zip": zipped({"a.txt": MET})}))).only.text == MET


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"xl/workbook.xml": "<x/>"}, "kind not read"),
        ({"ppt/slides/slide1.xml": "<x/>"}, "kind not read"),
        ({}, "empty"),
    ],
)
def test_what_holds_no_documents_is_named(read, write, zipped, files, reason):
    assert read(write("a.zip", zipped(files))).reasons == [reason]


def test_a_damaged_file_in_an_archive_ends_only_itself(read, write, zipped):
    content = bytearray(zipped({"a.txt": MET * 40, "b.txt": LEFT}))
    content[40] ^= 0xFF
    reading = read(write("a.zip", bytes(content)))
    assert (reading.only.text, reading.reasons) == (LEFT, ["damaged"])


def test_a_locked_file_in_an_archive_is_named(read, write, zipped):
    content = bytearray(zipped({"a.txt": MET}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    content[6] |= 1
    assert read(write("a.zip", bytes(content))).reasons == ["encrypted"]


@pytest.mark.parametrize(
    ("mark", "reason"), [("EncryptedPackage", "encrypted"), ("WordDocument", "kind not read")]
)
def test_an_old_office_file_is_told_from_a_locked_one(read, write, mark, reason):
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + mark.encode("utf-16-le")
    assert read(write("a.docx", content)).reasons == [reason]
