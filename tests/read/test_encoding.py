from __future__ import annotations

from random import Random

import pytest

from inconcert.errors import UnreadableDocument
from inconcert.read.encoding import find_encoding

ENGLISH = (
    "Moscow’s envoy said: “We shall see – in time.” The Taliban agreed to talk about "
    "the border, and the delegations parted without a date for the next round of talks. " * 3
)
FRENCH = "L’émissaire russe a rencontré à Doha les délégués talibans. " * 6
RUSSIAN = "Министр иностранных дел России встретился с делегацией движения Талибан в Москве. " * 6


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_marked_and_wide_texts_come_back_without_their_mark(read, write, codec):
    assert read(write("a.txt", ENGLISH.encode(codec))).only.text == ENGLISH


@pytest.mark.parametrize(
    ("text", "codec"), [(ENGLISH, "cp1252"), (FRENCH, "cp1252"), (RUSSIAN, "cp1251")]
)
def test_an_old_encoding_is_guessed_and_the_guess_is_told(read, write, text, codec):
    reading = read(write("a.txt", text.encode(codec)))
    assert reading.only.text == text
    assert reading.reasons == ["encoding guessed (document kept)"]


def test_a_page_is_believed_about_its_encoding(read, write):
    page = (
        '<html><head><meta charset="koi8-r"><title>Переговоры</title></head><body><article>'
        + "".join(f"<p>{number}. {RUSSIAN}</p>" for number in range(3))
        + "</article></body></html>"
    )
    reading = read(write("a.html", page.encode("koi8-r")))
    assert "делегацией движения Талибан" in reading.only.text
    assert reading.reasons == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"\x89PNG\r\n\x1a\n"),
        ("a.docx", b"PAR1\x15\x04"),
        ("a.txt", bytes(range(256)) * 20),
        ("a.dat", b"\x01\x02\x03\x04\x05\x06 some words"),
    ],
)
def test_a_binary_file_is_left_out_as_not_text(read, write, name, content):
    place = write(name, content)
    reading = read(place)
    assert (reading.documents, reading.reasons) == ([], ["not text"])
    assert reading.left_out[0].place == str(place)


def test_bytes_that_fit_no_encoding_are_named_by_their_offset():
    data = b"Talks " + bytes(Random(1).choices(range(128, 256), k=400))
    with pytest.raises(UnreadableDocument, match="Byte 6 is not UTF-8"):
        find_encoding(data, place="a.txt")


def test_a_file_cut_inside_a_character_is_read_up_to_there(read, write):
    reading = read(write("a.txt", "The envoys met in Doha. “We".encode() + "’".encode()[:2]))
    assert reading.only.text == "The envoys met in Doha. “We"
    assert reading.reasons == ["cut short (document kept)"]


def test_half_characters_spelled_in_json_are_replaced_one_for_one(read, write):
    line = '{"text": "The envoys\\ud83d met\\u0000 in Doha.", "title": "Talks"}\n'
    reading = read(write("a.jsonl", line))
    assert reading.only.text == "The envoys\ufffd met\ufffd in Doha."
    assert reading.reasons == ["stray characters replaced (document kept)"]


def test_a_letter_outside_the_first_plane_spelled_in_json_is_one_character(read, write):
    assert read(write("a.jsonl", '{"text": "Talks \\ud83d\\ude00 on"}')).only.text == "Talks 😀 on"


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-8-sig"])
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", '{"text": "“We met.”"}\r\n{"text": "They left."}\r\n'),
        ("a.json", '[{"text": "“We met.”"}, {"text": "They left."}]'),
        ("a.csv", "id,text\r\n1,“We met.”\r\n2,They left.\r\n"),
    ],
)
def test_records_in_wide_encodings_are_read(read, write, name, content, codec):
    reading = read(write(name, content.encode(codec)))
    assert [document.text for document in reading.documents] == ["“We met.”", "They left."]
    assert reading.left_out == []
