from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from inconcert.read import ReadSettings, read_documents
from inconcert.read.text import split_front_matter

TALKS = (
    "Russia’s envoy met Taliban leaders in Doha on Tuesday. “We want peace,” he said.\r\n"
    "Uzbekistan\u00a0will host the next round.\r\n"
)


def test_curly_quotes_hard_spaces_and_line_ends_stay_as_they_are(read, write):
    assert read(write("talks.txt", TALKS)).only.text == TALKS


def test_a_first_line_set_apart_is_the_title_and_stays_in_the_text(read, write):
    document = read(write("a.txt", "Envoys meet in Doha\n\nRussia’s envoy met the Taliban.")).only
    assert document.title == "Envoys meet in Doha"
    assert document.text.startswith("Envoys meet in Doha\n\n")


@pytest.mark.parametrize(
    "text",
    [
        "Russia’s envoy met the Taliban.\n\nHe flew home.",
        "Envoys meet in Doha\nRussia’s envoy met the Taliban.",
        "word " * 60 + "\n\nRussia’s envoy met the Taliban.",
    ],
)
def test_a_sentence_or_a_line_not_set_apart_is_no_title(read, write, text):
    assert read(write("a.txt", text)).only.title is None


def test_front_matter_tells_about_the_document_and_is_not_its_text(read, write):
    place = write(
        "doha.md",
        '---\ntitle: "Talks: the second round"\ndate: 2021-08-20\noutlet: The Gazette\n'
        "iso3: TJK\nurl: https://gazette.example/doha\ntags: [a]\n---\n\nThe envoys met again.\n",
    )
    document = read(place).only
    assert document.text == "\nThe envoys met again.\n"
    assert document.title == "Talks: the second round"
    assert str(document.published) == "2021-08-20"
    assert (document.source.name, document.speaker) == ("The Gazette", "TJK")
    assert document.url == "https://gazette.example/doha"


def test_markdown_marks_stay_and_the_first_heading_is_the_title(read, write):
    text = "# Remarks by the President\n\nWe **will** [leave](https://a.example) on time.\n"
    document = read(write("remarks.md", text)).only
    assert (document.text, document.title) == (text, "Remarks by the President")


def test_a_rule_at_the_top_is_not_front_matter():
    text = "---\nThe envoys met again.\n---\nThey parted."
    assert split_front_matter(text) == ({}, text)


def test_a_text_file_with_front_matter_is_read_like_markdown(read, write):
    document = read(write("a.txt", "---\ndate: 2021-08-20\n---\nThe envoys met again.")).only
    assert str(document.published) == "2021-08-20"


CHARACTERS = st.characters(
    exclude_categories=["Cs"],
    # NUL and other controls mean a binary file, and a byte order mark is none of the text.
    exclude_characters=[chr(code) for code in range(32) if chr(code) not in "\t\n\r\f\v"]
    + ["\x7f", "\ufeff"],
)


@settings(max_examples=60, deadline=None)
@given(st.text(CHARACTERS, min_size=1, max_size=300))
def test_any_text_comes_back_character_for_character(text):
    assume(any(character.isalnum() for character in text))
    assume(not text.startswith(("---", "<", "PK", "%PDF", "GIF8", "PAR1", "BZh")))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "any.txt"
        place.write_bytes(text.encode("utf-8"))
        chosen = ReadSettings(language="en")
        documents = list(read_documents([place], settings=chosen, left_out=pytest.fail))
    assert [document.text for document in documents] == [text]


def test_a_text_too_long_to_be_parsed_is_left_out(read, write):
    place = write("book.txt", "The envoys met in Doha. " * 10)
    reading = read(place, max_characters=100)
    assert (reading.documents, reading.reasons) == ([], ["too large"])
    assert "240 characters, more than 100" in reading.left_out[0].detail
