from __future__ import annotations

from datetime import date

import pytest

from inconcert.read import html as html_reader

PARAGRAPHS = """\
The president’s special envoy met a delegation of the Taliban in the Qatari capital on Friday to \
discuss the security of the border with Tajikistan.
“We expect that what was promised will be kept,” the envoy told reporters after the talks, which \
lasted for three hours and ended without a joint statement.
Officials of Uzbekistan, who had been invited as observers, left the hotel without comment and \
flew home the same evening.""".splitlines()
PAGE = """<!doctype html>
<html lang="en"><head><title>Envoy meets Taliban in Doha</title>
<meta property="og:title" content="Envoy meets Taliban in Doha">
<meta property="og:site_name" content="The Border Gazette">
<meta property="article:published_time" content="2021-08-20T18:00:00+03:00">
<link rel="canonical" href="https://gazette.example/news/doha">
</head><body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Envoy meets Taliban in Doha</h1>{body}</article>
<footer>© 2019 The Border Gazette. All rights reserved.</footer></body></html>"""


def page(*paragraphs: str) -> str:
    return PAGE.replace("{body}", "".join(f"<p>{words}</p>\n" for words in paragraphs))


@pytest.mark.parametrize("name", ["doha.html", "doha.txt", "doha"])
def test_the_article_comes_out_with_title_date_and_publisher(read, write, name):
    document = read(write(name, page(*PARAGRAPHS))).only
    assert document.title == "Envoy meets Taliban in Doha"
    assert str(document.published) == "2021-08-20"
    assert document.source.name == "The Border Gazette"
    assert document.url == "https://gazette.example/news/doha"
    assert all(words in document.text for words in PARAGRAPHS)
    assert "Sport" not in document.text
    assert "All rights reserved" not in document.text


def test_heading_and_paragraphs_stay_apart(read, write):
    text = read(write("doha.html", page(*PARAGRAPHS))).only.text
    assert text.split("\n\n")[-3:] == PARAGRAPHS


def test_a_year_in_the_footer_is_not_the_date(read, write):
    undated = page(*PARAGRAPHS).replace("2021-08-20T18:00:00+03:00", "")
    assert read(write("doha.html", undated)).only.published is None


def test_the_file_name_dates_a_page_that_does_not(read, write):
    undated = page(*PARAGRAPHS).replace("2021-08-20T18:00:00+03:00", "")
    assert str(read(write("2021-08-21-doha.html", undated)).only.published) == "2021-08-21"


def test_a_date_after_today_is_not_believed(read, write):
    reading = read(write("doha.html", page(*PARAGRAPHS)), today=date(2021, 8, 1))
    assert reading.only.published is None
    assert reading.reasons == ["implausible date (document kept)"]


def test_a_month_is_not_made_a_day(read, write):
    vague = page(*PARAGRAPHS).replace("2021-08-20T18:00:00+03:00", "2021-08")
    assert read(write("doha.html", vague)).only.published is None


@pytest.mark.parametrize(
    ("words", "is_stated"),
    [
        ("on 20 August 2021.", True),
        ("Aug. 20, 2021", True),
        ("<time datetime='20210820'>", True),
        ("20.8.2021", True),
        ("120 August 2021", False),
        ("August 2021", False),
        ("2021-08-2", False),
    ],
)
def test_a_day_is_stated_only_where_it_is_written_out(words, is_stated):
    assert html_reader.states(words, date(2021, 8, 20)) is is_stated


def test_a_page_without_an_article_is_left_out_with_a_reason(read, write):
    reading = read(write("empty.html", "<html><body><div id='app'></div></body></html>"))
    assert (reading.documents, reading.reasons) == ([], ["no text found"])


def test_a_page_that_breaks_off_is_read_and_told(read, write):
    whole = page(*PARAGRAPHS)
    reading = read(write("doha.html", whole[: whole.index("Officials")]))
    assert PARAGRAPHS[0] in reading.only.text
    assert reading.reasons == ["cut short (document kept)"]


def test_a_page_over_the_limit_is_left_out(read, write):
    reading = read(write("doha.html", page(*PARAGRAPHS)), max_html_bytes=500)
    assert reading.reasons == ["too large"]


def test_a_large_page_is_taken_apart_elsewhere_with_the_same_result(read, write, monkeypatch):
    place = write("doha.html", page(*PARAGRAPHS))
    here = read(place).only
    monkeypatch.setattr(html_reader, "LARGE_CHARACTERS", 100)
    assert read(place).only == here


def test_a_page_that_takes_too_long_is_left_out(read, write, monkeypatch):
    monkeypatch.setattr(html_reader, "LARGE_CHARACTERS", 100)
    monkeypatch.setattr(html_reader, "PATIENCE_SECONDS", 0.01)
    reading = read(write("doha.html", page(*PARAGRAPHS)))
    assert reading.reasons == ["takes too long"]


@pytest.mark.parametrize(
    "body", ["<div>" * 20_000, "<!-- " * 20_000, "<b>" * 5_000, "<" * 50_000 + "&" * 50_000]
)
def test_a_page_made_to_break_readers_breaks_nothing(read, write, body):
    bad, good = write("a.html", f"<html><body>{body}"), write("b.html", page(*PARAGRAPHS))
    assert read(bad, good).documents[-1].title == "Envoy meets Taliban in Doha"
