from __future__ import annotations

import pytest

MET, LEFT = "The envoys met in Doha on Friday.", "They left without comment."
NEW = (
    "<w:p><w:r><w:t>The envoy </w:t></w:r><w:del><w:r><w:delText>of Mars </w:delText></w:r>"
    "</w:del><w:ins><w:r><w:t>met</w:t><w:tab/><w:t>them</w:t><w:br/><w:t>twice.</w:t></w:r>"
    "</w:ins></w:p>"
)
HEADING = '<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Talks in Doha?</w:t></w:r></w:p>'
TABLE = (
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Kabul</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r>"
    "<w:t>Doha</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
)
BOX = (
    '<w:p><mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice><w:txbxContent><w:p><w:r>'
    "<w:t>Boxed.</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r>"
    "<w:t>Boxed.</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent><w:r><w:t>Round it.</w:t>"
    "</w:r></w:p>"
)


@pytest.mark.parametrize("name", ["doha.docx", "doha.txt", "doha"])
def test_paragraphs_come_out_with_title_and_day(read, write, docx, name):
    document = read(write(name, docx("Talks in Doha", "20 August 2021", MET, LEFT))).only
    assert document.text == f"Talks in Doha\n\n20 August 2021\n\n{MET}\n\n{LEFT}"
    assert (document.title, str(document.published)) == ("Talks in Doha", "2021-08-20")


def test_changes_count_as_accepted_and_signs_keep_their_places(read, write, docx):
    assert read(write("a.docx", docx(NEW))).only.text == "The envoy met\tthem\ntwice."


def test_tables_and_boxes_are_read_once_each(read, write, docx):
    assert read(write("a.docx", docx(TABLE, BOX))).only.text.split("\n\n") == [
        "Kabul",
        "Doha",
        "Round it.",
        "Boxed.",
    ]


def test_the_style_of_titles_tells_the_title(read, write, docx):
    assert read(write("a.docx", docx("The Gazette", HEADING, MET))).only.title == "Talks in Doha?"


def test_an_open_document_text_is_read(read, write, zipped):
    content = (
        '<o:document xmlns:o="urn:o" xmlns:t="urn:t"><t:h>Talks in Doha</t:h><t:p>The '
        "<t:span>envoys</t:span><t:s/>met.<t:note><t:p>1</t:p></t:note> Twice.</t:p></o:document>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    document = read(write("a.odt", zipped({"mimetype": kind, "content.xml": content}))).only
    assert document.text == "Talks in Doha\n\nThe envoys met. Twice."
    assert document.title == "Talks in Doha"


def test_a_document_without_words_is_left_out(read, write, docx):
    assert read(write("a.docx", docx("<w:p/>"))).reasons == ["no text found"]


def test_entities_of_its_own_are_not_opened(read, write, zipped):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document>&b;</w:document>'
    place = write("a.docx", zipped({"word/document.xml": bomb}))
    assert read(place).reasons == ["entities in XML"]


@pytest.mark.parametrize("cut", [0.3, 0.7, 0.99])
def test_a_document_that_breaks_off_is_left_out(read, write, docx, cut):
    whole = docx(MET)
    reading = read(write("a.docx", whole[: int(cut * len(whole))]), write("b.txt", MET))
    assert (reading.only.text, reading.reasons) == (MET, ["damaged"])


def test_broken_xml_is_told(read, write, zipped):
    assert read(write("a.docx", zipped({"word/document.xml": "<w:p>"}))).reasons == ["damaged"]


def test_a_document_that_unpacks_to_too_much_is_left_out(read, write, docx):
    assert read(write("a.docx", docx("word " * 9000)), max_bytes=20_000).reasons == ["too large"]


def test_elements_nested_without_end_end_only_this_file(read, write, docx):
    deep = "<w:p>" * 3000 + "<w:r><w:t>x y</w:t></w:r>" + "</w:p>" * 3000
    reading = read(write("a.docx", docx(deep)), write("b.txt", MET))
    assert reading.documents[-1].text == MET
