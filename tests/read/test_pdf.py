from __future__ import annotations

import sys

import pytest

from inconcert.read import pdf as pdf_reader
from inconcert.read.pdf_text import Line, Page, running_text, without_furniture

pytest.importorskip("pypdfium2")

HEAD = "Border Gazette, 15 August 2021"
SENT = "The president’s special envoy met a delegation of the Taliban in the Qatari capital,"
FIRST = [
    (72, 760, 18, "Envoys meet in Doha"),
    (72, 730, 11, "15 August 2021"),
    (72, 700, 11, "The president’s special envoy met a dele-"),
    (72, 686, 11, "gation of the Taliban in the Qatari capital,"),
    (72, 672, 11, "officials said."),
    (72, 644, 11, "A new Sino-"),
    (72, 630, 11, "Russian delegation left the hotel in the evening and"),
]
SECOND = [
    (72, 760, 11, "flew home the same night."),
    (72, 730, 11, "Nobody commented."),
]


def paged(lines, number):
    return [(72, 815, 9, HEAD), *lines, (300, 30, 9, f"Page {number} of 3")]


def test_heads_feet_and_hyphens_go_and_paragraphs_stay(read, write, pdf):
    third = [(72, 700, 11, "The talks go on.")]
    content = pdf([paged(FIRST, 1), paged(SECOND, 2), paged(third, 3)])
    document = read(write("doha", content)).only
    assert document.text.split("\n\n") == [
        "Envoys meet in Doha",
        "15 August 2021",
        f"{SENT} officials said.",
        "A new Sino-Russian delegation left the hotel in the evening and flew home the same night.",
        "Nobody commented.",
        "The talks go on.",
    ]
    assert document.title == "Envoys meet in Doha"
    assert str(document.published) == "2021-08-15"


@pytest.mark.parametrize(
    ("stated", "title"),
    [("Microsoft Word - draft.doc", "Talks"), ("Envoys  meet", "Envoys meet")],
)
def test_a_stated_title_is_believed_where_the_text_shows_it(read, write, pdf, stated, title):
    lines = [(72, 700, 12, "Talks"), (72, 600, 12, "Envoys meet in Doha again.")]
    assert read(write("a.pdf", pdf([lines], title=stated))).only.title == title


def test_a_scan_is_named_and_never_an_empty_document(read, write, pdf):
    reading = read(write("scan.pdf", pdf([[], []], picture=True)))
    assert (reading.documents, reading.reasons) == ([], ["no text layer"])
    assert "scan.pdf" in reading.left_out[0].place
    assert "OCR" in reading.left_out[0].detail


def test_a_scanned_page_among_others_is_told(read, write, pdf):
    reading = read(write("a.pdf", pdf([FIRST, []], picture=True)))
    assert "Envoys" in reading.only.text
    assert reading.reasons == ["pages without text (document kept)"]
    assert "1 of 2 pages are pictures: 2." in reading.left_out[0].detail


def test_a_locked_file_is_told_from_a_damaged_one(read, write, pdf):
    locked = pdf([FIRST], is_locked=True)
    assert read(write("a.pdf", locked)).reasons == ["encrypted"]
    assert read(write("b.pdf", b"%PDF-1.4\nnothing of the kind")).reasons == ["damaged"]


def test_a_file_that_breaks_off_ends_only_itself(read, write, pdf):
    whole = pdf([FIRST])
    reading = read(write("a.pdf", whole[: len(whole) // 3]), write("b.txt", "The envoys met."))
    assert [document.text for document in reading.documents][-1] == "The envoys met."
    assert reading.reasons == ["damaged"]


def test_a_file_over_the_limit_is_left_out(read, write, pdf):
    assert read(write("a.pdf", pdf([FIRST])), max_bytes=500).reasons == ["too large"]


def test_more_pages_than_any_document_has_are_refused(read, write, pdf, monkeypatch):
    monkeypatch.setattr(pdf_reader, "MOST_PAGES", 2)
    assert read(write("a.pdf", pdf([FIRST] * 3))).reasons == ["too large"]


def test_letters_that_the_fonts_do_not_tell_are_not_taken_for_text():
    pages = [Page((), 800.0, letters=50, strange=50)]
    with pytest.raises(pdf_reader.UnreadableDocument) as caught:
        pdf_reader._require_text(pages, "a.pdf")
    assert caught.value.what == "letters not told"


def line(text, base=500.0, **more):
    return Line(text, **{"left": 72.0, "right": 400.0, "base": base, "size": 11.0, **more})


@pytest.mark.parametrize(
    ("elsewhere", "joined"),
    [("Nothing else.", "longterm"), ("A long-term plan.", "long-term")],
)
def test_the_document_itself_decides_on_a_hyphen(elsewhere, joined):
    page = Page(
        (
            line(elsewhere, 600.0),
            line("A long", 500.0, is_hyphenated=True),
            line("term view.", 486),
        ),
        842.0,
    )
    assert running_text([page]).split("\n\n")[-1] == f"A {joined} view."


def test_a_line_that_comes_again_in_the_middle_of_pages_is_text():
    pages = [
        Page((line("Gazette", 830.0), line("No comment.", 400.0 + n), line("3", 20.0)), 842.0)
        for n in range(3)
    ]
    assert [[each.text for each in lines] for lines in without_furniture(pages)] == [
        ["No comment."]
    ] * 3


def test_a_column_goes_on_at_the_top_of_the_next():
    page = Page(
        (
            line("The envoys of both", 114, right=270.0),
            line("states met in the", 100, right=270.0),
            line("capital on Friday.", 700, left=300.0, right=500.0),
        ),
        842.0,
    )
    assert running_text([page]) == "The envoys of both states met in the capital on Friday."


def test_where_the_library_is_missing_the_file_is_named_and_the_rest_is_read(
    read, write, pdf, monkeypatch
):
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    reading = read(write("a.pdf", pdf([FIRST])), write("b.txt", "The envoys met."))
    assert (reading.only.text, reading.reasons) == ("The envoys met.", ["PDF reader missing"])
