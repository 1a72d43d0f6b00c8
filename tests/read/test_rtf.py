from __future__ import annotations

import pytest

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss Arial;}{\f1\fnil\fcharset204 Arial Cyr;}"
    r"{\f2\fnil\fcharset128 MS Mincho;}}{\colortbl;\red0\green0\blue0;}"
    r"{\info{\title Talks in Doha}{\author Somebody}}{\header Gazette\par}"
)


def rtf(body: str) -> bytes:
    return (HEAD + body + "}").encode("cp1252")


@pytest.mark.parametrize("name", ["doha.rtf", "doha.doc", "doha"])
def test_words_come_out_without_what_steers_them(read, write, name):
    body = (
        r"\pard\b Talks in Doha\b0\par 20 August 2021\par The \i envoys\i0  met.\par They left.\par"
    )
    document = read(write(name, rtf(body))).only
    assert document.text == "Talks in Doha\n\n20 August 2021\n\nThe envoys met.\n\nThey left."
    assert (document.title, str(document.published)) == ("Talks in Doha", "2021-08-20")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"The president\'92s envoy \endash  \'84so\'93.", "The president’s envoy – „so“."),
        (r"\uc1\u8220?Yes\u8221?, he said.", "“Yes”, he said."),
        (r"{\uc2\u1044\'ff\'ffa}b", "Дab"),
        (r"\u-10179?\u-8704? up", "😀 up"),
        (r"{\f1\'cc\'e8\'f0} in \f0 Doha", "Мир in Doha"),
        (r"{\f2\'93\'fa\'96\'7b} said", "日本 said"),
        (r"Kabul{\pict\pngblip 89504e47} and{\*\unknown text} Doha", "Kabul and Doha"),
        (r"Kabul {\v hidden}{\field{\*\fldinst HYPERLINK x}{\fldrslt Doha}}", "Kabul Doha"),
        (r"A\~b\_c\-d \{e\}", "A\u00a0b-cd {e}"),
        ("Kab\r\nul", "Kabul"),
        (r"Kabul\bin3 {}{ Doha", "Kabul Doha"),
    ],
)
def test_every_way_of_writing_a_character_is_read(read, write, body, text):
    assert read(write("a.rtf", rtf(body))).only.text == text


def test_a_file_that_breaks_off_is_read_and_told(read, write):
    reading = read(write("a.rtf", rtf(r"The envoys met.\par They {\b left")[:-1]))
    assert reading.only.text == "The envoys met.\n\nThey left"
    assert reading.reasons == ["cut short (document kept)"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [("", "no text found"), ("{" * 5000 + "x", "damaged"), (r"{\pict 0102}", "no text found")],
)
def test_what_holds_no_words_is_left_out(read, write, body, reason):
    assert read(write("a.rtf", rtf(body))).reasons == [reason]


@pytest.mark.parametrize(
    "body", [r"\u99999999?", r"\'zz\bin-5\bin99999999 x", "\\", r"\uc9999999999\u1 x", "}}}}x"]
)
def test_a_file_made_to_break_readers_breaks_nothing(read, write, body):
    good = write("b.txt", "The envoys met.")
    assert read(write("a.rtf", rtf(body)), good).documents[-1].text == "The envoys met."
