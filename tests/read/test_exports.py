from __future__ import annotations

import pytest

from inconcert.read.exports import articles_or_whole
from inconcert.read.item import Item
from inconcert.read.saved import date_in, language_code

NEXIS = """User Name: Somebody
Date and Time: Friday, November 20, 2026 10:00:00 AM EST
Job Number: 1
Documents (2)

1. Envoys meet in Doha
Client/Matter: -None-
Search Terms: doha
Search Type: NAT

Envoys meet in Doha

The New York Times

August 15, 2021 Sunday

Late Edition - Final

Copyright 2021 The New York Times Company

Section: Section A; Column 0; Foreign Desk; Pg. 1

Length: 412 words

Byline: By A. WRITER and B. Other

Body

The envoys met in Doha on Friday.

Country: a word that the minister repeated.

They left without comment.

Graphic

PHOTO: The hotel.

Load-Date: August 16, 2021

End of Document

Taliban welcome
the envoys
The Times (London)

16 August 2021 Monday

Length: 90 words

Body

The Taliban welcomed the envoys in Kabul.

Classification

Language: ENGLISH

End of Document
"""
OLD_NEXIS = """
                               1 of 2 DOCUMENTS



                                  The Guardian

                            January 11, 2010 Monday
                                   Edition 1;
                                    Scotland

Envoys meet
in Doha

BYLINE: Andrew Writer

SECTION: FEATURES; Pg. 6

LENGTH: 355 words

The envoys met in Doha
on Friday.

They left without comment.

LOAD-DATE: January 11, 2010

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper


                       Copyright 2010 Guardian Newspapers
                              All Rights Reserved

                               2 of 2 DOCUMENTS


              Copyright 2010 Agence France Presse

                             Agence France Presse

                            12 janvier 2010 mardi

LONGUEUR: 35 mots

DATELINE: KABUL

The Taliban welcomed the envoys.

LANGUAGE: ENGLISH
"""
FACTIVA = """World News
Envoys meet in Doha
By A. Writer
877 words
9 January 2021
10:32
Reuters News
LBA
English
Copyright 2021 Thomson Reuters. All rights reserved.

DOHA, Jan 9 (Reuters) - The envoys met in Doha on Friday.

They left without comment.

Document LBA0000020210109eh19000xy

Gespräche in Kabul
120 Wörter
10 Januar 2021
Die Zeitung
DZ
Deutsch
(c) 2021, Die Zeitung.

Die Gesandten trafen sich am Freitag in Kabul.

Dokument DZ00000020210110eh1a0001z

Search Summary
Text: doha
"""
CODED = """HD\tEnvoys meet in Doha
BY\tA. Writer
WC\t877 words
PD\t9 January 2021
SN\tReuters News
SC\tLBA
LA\tEnglish
CY\tCopyright 2021 Thomson Reuters
LP

The envoys met in Doha on Friday.

TD

They left without comment.

CO\ttaliban : Taliban
AN\tDocument BBCMNF0020210109eh19000xy
"""
RULE = "_" * 60
PROQUEST = f"""{RULE}
Report Information from ProQuest

Document 1 of 2

Envoys meet in Doha

Author: Writer, A.

Publication info: New York Times, Late Edition (East Coast) ; New York, N.Y. [New York]15 Aug 2021.

Abstract: The envoys met.

Links: https://www.proquest.com/docview/1?accountid=2

Full text: The envoys met in Doha on Friday.

People: there were many of them.

They left without comment.

Subject: Diplomacy

Location: Doha Qatar

Title: Envoys meet in Doha

Publication title: New York Times, Late Edition (East Coast); New York, N.Y.

Publication date: Aug 15, 2021

Language of publication: English

ProQuest document ID: 2561

{RULE}
Document 2 of 2

Title: Only a head

Publication title: The Paper; London

Publication date: Aug 16, 2021

Full text: Not available.

ProQuest document ID: 2562

{RULE}
Contact us at: http://www.proquest.com
"""
BODY = "The envoys met in Doha on Friday.\n\n{between}They left without comment."
PLAIN = BODY.format(between="")


def told(document):
    return (
        document.title,
        str(document.published),
        document.source.name,
        document.language,
    )


def test_a_nexis_search_is_split_behind_its_cover(read, write):
    reading = read(write("nexis.txt", NEXIS))
    first, second = reading.documents
    assert told(first) == ("Envoys meet in Doha", "2021-08-15", "The New York Times", "en")
    assert first.text == BODY.format(between="Country: a word that the minister repeated.\n\n")
    assert told(second)[:3] == ("Taliban welcome the envoys", "2021-08-16", "The Times (London)")
    assert second.text == "The Taliban welcomed the envoys in Kabul."
    assert [document.place.rpartition(":")[2] for document in (first, second)] == ["1", "2"]
    assert reading.left_out == []


def test_an_old_nexis_search_is_split(read, write):
    first, second = read(write("a.txt", OLD_NEXIS)).documents
    assert told(first) == ("Envoys meet in Doha", "2010-01-11", "The Guardian", "en")
    assert first.text == "The envoys met in Doha\non Friday.\n\nThey left without comment."
    assert told(second) == (None, "2010-01-12", "Agence France Presse", "en")
    assert second.text == "The Taliban welcomed the envoys."


def test_a_factiva_search_is_split_in_any_language(read, write):
    first, second = read(write("a.txt", FACTIVA)).documents
    assert told(first) == ("Envoys meet in Doha", "2021-01-09", "Reuters News", "en")
    assert first.text.startswith("DOHA, Jan 9 (Reuters) - The envoys met")
    assert first.place.endswith("a.txt:1#LBA0000020210109eh19000xy")
    assert told(second) == ("Gespräche in Kabul", "2021-01-10", "Die Zeitung", "de")
    assert second.text == "Die Gesandten trafen sich am Freitag in Kabul."


def test_the_codes_of_factiva_are_understood(read, write):
    document = read(write("a.txt", CODED)).only
    assert told(document) == ("Envoys meet in Doha", "2021-01-09", "Reuters News", "en")
    assert document.text == PLAIN


def test_a_proquest_search_is_split_and_what_has_no_text_is_named(read, write):
    reading = read(write("a.txt", PROQUEST))
    assert told(reading.only) == ("Envoys meet in Doha", "2021-08-15", "New York Times", "en")
    assert reading.only.text == BODY.format(between="People: there were many of them.\n\n")
    assert reading.only.url == "https://www.proquest.com/docview/1?accountid=2"
    assert reading.reasons == ["no text"]
    assert "`Only a head`" in reading.left_out[0].detail


@pytest.mark.parametrize(
    ("text", "marker", "titles"),
    [
        (NEXIS, "Classification", ["Envoys meet in Doha", "Taliban welcome the envoys"]),
        (FACTIVA, "Dokument DZ", ["Envoys meet in Doha", "Gespräche in Kabul"]),
    ],
)
def test_a_search_that_breaks_off_gives_its_last_article_and_says_so(
    read, write, text, marker, titles
):
    reading = read(write("a.txt", text[: text.index(marker)]))
    assert [document.title for document in reading.documents] == titles
    assert reading.reasons == ["cut short (document kept)"]


@pytest.mark.parametrize("text", [NEXIS, FACTIVA, CODED, PROQUEST, OLD_NEXIS])
def test_word_rtf_and_page_give_the_same_articles_as_text(read, write, docx, text):
    wanted = [told(document) for document in read(write("a.txt", text)).documents]
    groups = [
        " ".join(group.split("\n")) if text is NEXIS and "Taliban welcome" in group else group
        for group in text.strip().splitlines()
    ]
    lines = "\n".join(groups).replace("Taliban welcome\nthe envoys", "Taliban welcome the envoys")
    lines = lines.replace("Envoys meet\nin Doha\n", "Envoys meet in Doha\n").splitlines()
    marked = [
        f"<w:p><w:r><w:t>{line.strip()}</w:t></w:r></w:p>".replace("\t", "</w:t><w:tab/><w:t>")
        for line in lines
        if line.strip()
    ]
    rtf = "".join(f"{line.strip()}\\par\n".replace("\t", r"\tab ") for line in lines)
    rtf = "".join(sign if ord(sign) < 128 else f"\\u{ord(sign)}?" for sign in rtf)
    page = "".join(f"<p>{line.strip()}</p>" for line in lines)
    for name, content in (
        ("a.docx", docx(*marked)),
        ("a.rtf", r"{\rtf1\ansi\uc1 " + rtf + "}"),
        ("a.html", f"<html><body><div class='article enArticle'>{page}</div></body></html>"),
    ):
        reading = read(write(name, content))
        assert [told(document) for document in reading.documents] == wanted, name


def test_the_page_of_factiva_says_headline_and_author(read, write):
    page = """<html><body><div id="article-LBA0000020210109eh19000xy" class="article">
    <div class="article enArticle"><div>Foreign Desk; 1</div><div id="hd"><span class="enHeadline">
    ENVOYS MEET </span></div><div class="author">Alan Writer </div><div>Special to The Paper</div>
    <div>877 words</div><div>9 January 2021</div><div>The Paper</div><div>PAP</div>
    <div>English</div><div>Copyright 2021 The Paper.</div>
    <p class="articleParagraph enarticleParagraph">The envoys met in Doha on Friday.</p>
    <p class="articleParagraph enarticleParagraph">They left without comment.</p>
    <p>Document LBA0000020210109eh19000xy</p></div></div></body></html>"""
    document = read(write("factiva.html", page)).only
    assert told(document) == ("ENVOYS MEET", "2021-01-09", "The Paper", "en")
    assert document.text == PLAIN


def test_an_article_about_a_database_stays_one_article(read, write):
    text = "Talks\n\nThe envoys read 2 of 3 documents.\n\nEnd of Document\n\nThey left."
    assert read(write("a.txt", text)).only.text == text


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("January 11, 2010 Monday", "11 jan 2010"),
        ("Dienstag 7. Juli 2020", "7 jul 2020"),
        ("mercredi 12 août 2020", "12 aug 2020"),
        ("15 de agosto de 2021", "15 aug 2021"),
        ("15 августа 2021 г.", "15 aug 2021"),
        ("2021年8月15日", "2021-08-15"),
        ("August 2021", "aug 2021"),
        ("In 2020 the marchers met", None),
        ("Chapter 11, 2010", None),
    ],
)
def test_days_are_read_as_the_databases_write_them(line, day):
    assert date_in(line) == day


def test_a_language_is_known_by_its_name_in_several():
    assert [language_code(name) for name in ("ENGLISH", "Englisch", "français", "Klingon")] == [
        "en",
        "en",
        "fr",
        None,
    ]


def test_the_page_of_the_old_nexis_is_split(read, write):
    page = """<HTML><BODY><DIV CLASS="c5"><P>Download Request: Selected Items: 1-2<BR>Terms: (x)</P>
    </DIV><!-- Hide XML section from browser
    <DOC NUMBER=1> --><BR><DIV CLASS="c0"><P CLASS="c1"><SPAN>1 of 2 DOCUMENTS</SPAN></P></DIV>
    <DIV CLASS="c0"><P><IMG SRC="https://nexis.example/logo"><BR><SPAN>Die Zeitung</SPAN></P></DIV>
    <DIV CLASS="c3"><P><SPAN>27.</SPAN><SPAN> Februar 2012 Montag 9:50 PM GMT+1</SPAN></P></DIV>
    <DIV CLASS="c5"><P><SPAN>Gespr&auml;che in Doha</SPAN></P></DIV>
    <DIV CLASS="c5"><P><SPAN>AUTOR: </SPAN><SPAN>Anna Schreiber</SPAN></P></DIV>
    <DIV CLASS="c5"><P><SPAN>L&Auml;NGE: </SPAN><SPAN>12 W&ouml;rter</SPAN></P></DIV>
    <DIV CLASS="c5"><BR><P><SPAN>HIGHLIGHT:</SPAN><SPAN>&nbsp;Ein Vorspann.</SPAN></P></DIV>
    <DIV CLASS="c5"><P CLASS="c9"><SPAN>Die Gesandten </SPAN><SPAN>trafen</SPAN><SPAN> sich.</SPAN>
    </P><P CLASS="c9">Sie schwiegen.</P></DIV>
    <DIV CLASS="c5"><P><SPAN>UPDATE: </SPAN><SPAN>28. Februar 2012</SPAN></P></DIV>
    <DIV CLASS="c5"><P><SPAN>SPRACHE: </SPAN><SPAN>GERMAN; DEUTSCH</SPAN></P></DIV>
    <DIV CLASS="c0"><P>Copyright 2012 Die Zeitung<BR>Alle Rechte vorbehalten</P></DIV>
    </BODY></HTML>"""
    document = read(write("a.html", page)).only
    assert told(document) == ("Gespräche in Doha", "2012-02-27", "Die Zeitung", "de")
    assert document.text == "Die Gesandten trafen sich.\n\nSie schwiegen."


def test_a_search_saved_as_pdf_is_split_line_by_line(read, write, pdf):
    pytest.importorskip("pypdfium2")
    lines = [(72, 760 - 14 * n, 11, line) for n, line in enumerate(FACTIVA.splitlines()) if line]
    first, second = read(write("a.pdf", pdf([lines]))).documents
    assert told(first) == ("Envoys meet in Doha", "2021-01-09", "Reuters News", "en")
    assert first.text.endswith("They left without comment.")
    assert told(second) == ("Gespräche in Kabul", "2021-01-10", "Die Zeitung", "de")


@pytest.mark.parametrize("filling", ["\n" * 60_000, " " * 60_000, "\t\n" * 30_000, "A " * 30_000])
def test_a_text_of_next_to_nothing_takes_no_time_to_tell(read, write, filling):
    assert read(write("a.txt", f"The envoys met.{filling}End")).only.text.startswith("The envoys")


@pytest.mark.parametrize(
    ("text", "bylines"),
    [
        (NEXIS, ["A. WRITER and B. Other", None]),
        (OLD_NEXIS, ["Andrew Writer", None]),
        (FACTIVA, ["A. Writer", None]),
        (CODED, ["A. Writer"]),
    ],
)
def test_who_wrote_an_article_is_told(text, bylines):
    found = articles_or_whole(Item(text, "a.txt"))
    assert [item.byline for item in found if isinstance(item, Item)] == bylines


def test_a_page_that_only_looks_like_a_saved_search_is_read_as_a_page(read, write):
    words = "The envoys met the Taliban in Doha on Friday and spoke about the border for hours. "
    page = f"""<html><head><title>Talks in Doha</title></head><body><article><h1>Talks in Doha</h1>
    <p class="articleParagraph">{words * 3}</p><p>{words * 2}</p></article></body></html>"""
    document = read(write("a.html", page)).only
    assert document.title == "Talks in Doha"
    assert document.text.count("The envoys met") == 5
