from __future__ import annotations

import pytest

RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Border Gazette</title>
<link>https://gazette.example</link><language>en-gb</language>
<item><title>Talks in Doha</title><link>https://gazette.example/doha</link>
<guid isPermaLink="false">g-1</guid><pubDate>Fri, 20 Aug 2021 18:00:00 +0300</pubDate>
<dc:creator>A. Writer</dc:creator><description>Short.</description>
<content:encoded><![CDATA[<p>The envoys&nbsp;met.</p><p>They &amp; others left.</p>]]>
</content:encoded>
</item>
<item><title>Caf&eacute;</title>
<description>Tea &amp;amp; talks&nbsp;&#8211; again.</description></item>
<item><title>Only a title</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Border Gazette</title>
<entry><title type="html">Talks &lt;i&gt;again&lt;/i&gt;</title><id>urn:1</id>
<link rel="self" href="https://gazette.example/self"/><link href="https://gazette.example/doha"/>
<published>2021-08-20T18:00:00Z</published><updated>2022-01-01T00:00:00Z</updated>
<author><name>A. Writer</name></author><summary>Short.</summary>
<content type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml"><p>The envoys met.</p></div></content>
</entry></feed>"""


@pytest.mark.parametrize("name", ["feed.xml", "feed.rss", "feed.txt", "feed"])
def test_every_entry_is_a_document(read, write, name):
    reading = read(write(name, RSS.format(encoding="utf-8")))
    first, second = reading.documents
    assert first.text == "The envoys\u00a0met.\n\nThey & others left.".replace("\u00a0", " ")
    assert (first.title, first.source.name, first.language) == (
        "Talks in Doha",
        "Border Gazette",
        "en",
    )
    assert (str(first.published), first.url) == ("2021-08-20", "https://gazette.example/doha")
    assert first.place.endswith(f"{name}:1#g-1")
    assert (second.title, second.text) == ("Café", "Tea & talks – again.")
    assert reading.reasons == ["no text"]


def test_an_atom_entry_gives_its_page_and_its_first_day(read, write):
    document = read(write("feed.atom", ATOM)).only
    assert document.text == "The envoys met."
    assert (document.title, document.url) == ("Talks again", "https://gazette.example/doha")
    assert str(document.published) == "2021-08-20"


def test_the_encoding_is_the_one_that_the_feed_states(read, write):
    content = RSS.replace("Talks in", "Gespräche in").format(encoding="iso-8859-1")
    assert read(write("a.xml", content.encode("latin-1"))).documents[0].title == "Gespräche in Doha"


def test_entities_of_its_own_are_not_opened(read, write):
    bomb = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaa">]><rss><item>&a;</item></rss>'
    assert read(write("a.xml", bomb)).documents == []
    plain = RSS.format(encoding="utf-8").replace(
        "<channel>", '<!DOCTYPE a [<!ENTITY a "b">]><channel>'
    )
    assert read(write("b.xml", plain)).reasons == ["entities in XML"]


def test_a_feed_that_breaks_off_gives_what_is_whole(read, write):
    content = RSS.format(encoding="utf-8")
    reading = read(write("a.xml", content[: content.index("Tea")]))
    assert reading.only.title == "Talks in Doha"
    assert "damaged (document kept)" in reading.reasons


def test_an_empty_feed_is_left_out(read, write):
    assert read(write("a.xml", "<rss><channel/></rss>")).reasons == ["no entries"]
