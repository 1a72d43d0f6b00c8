"""An article in, a brief out; the evidence is checked down to the characters."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from inconcert import Answer, Workbench
from inconcert.core.evidence import EventRecord, StatementRecord
from inconcert.store.store import Store

# Curly quotes, no-break spaces, soft hyphens, a dateline and Windows line ends, as on the web.
ARTICLE = (
    "KABUL, Sept. 14 (Border Wire) — China’s\u00a0foreign minister met the Taliban in Kabul on "
    "Monday.\r\n\r\n"
    "Russia and China held joint talks with the Taliban in Moscow last week, officials said.\r\n"
    "\r\n"
    "“We will not rush to recognise the Tali\u00adban,” Russia’s foreign minister Sergey\u00a0"
    "Lavrov said on Tuesday. “We expect that what was promised will be kept.”\r\n\r\n"
    "China sent food to\u00a0Afghanistan on Sunday. Russia did not send troops to "
    "Afghanistan.\r\n"
)
PAGE = """<!doctype html><html lang="en"><head><title>Aid arrives</title>
<meta property="og:site_name" content="The Gazette">
<meta property="article:published_time" content="2021-09-16T08:00:00Z"></head><body><article>
<h1>Aid arrives</h1>
<p>Russia sent medicine to Afghanistan on Wednesday, the defence ministry in Moscow said.</p>
<p>China &amp; Pakistan urged the Taliban to open the border at Torkham &lt;within days&gt;, a
diplomat told the paper after a meeting that lasted until late in the evening.</p>
</article></body></html>"""


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    folder = tmp_path_factory.mktemp("story")
    (folder / "in").mkdir()
    (folder / "in" / "2021-09-14 kabul.txt").write_bytes(ARTICLE.encode("utf-8"))
    (folder / "in" / "page.html").write_text(PAGE, encoding="utf-8")
    bench = Workbench.create(folder / "case", title="Aid & <talks>")
    report = bench.read([folder / "in"])
    assert (report.new, report.left_out) == (2, ())
    bench.code(processes=1)
    return bench


@pytest.fixture(scope="module")
def texts(bench: Workbench) -> dict[str, str]:
    with Store.open(bench.folder, write=False) as store:
        return {document.id: document.text for document in store.documents()}


@pytest.fixture(scope="module")
def answer(bench: Workbench) -> Answer:
    return bench.ask("Russia", "China", toward="AFG+AFGTAL")


@pytest.fixture(scope="module")
def written(bench: Workbench, answer: Answer) -> tuple[str, str]:
    """Text of brief.md and of brief.html."""
    files = bench.brief([answer])
    return files.markdown.read_text(encoding="utf-8"), files.html.read_text(encoding="utf-8")


def records(bench: Workbench) -> list[EventRecord | StatementRecord]:
    return [*bench.events(with_auxiliary=True), *bench.statements()]


def found(bench: Workbench, texts: dict[str, str]) -> set[tuple[str, str, str, str]]:
    """Events as (type, actors, recipients, words of the predicate)."""
    return {
        (
            record.event.type,
            "+".join(sorted(who.code for who in record.event.actors)),
            "+".join(sorted(who.code for who in record.event.recipients)),
            texts[record.event.document][record.event.start : record.event.end],
        )
        for record in bench.events()
    }


def test_the_text_is_kept_as_it_was_read(texts):
    assert ARTICLE in texts.values()


def test_the_plain_acts_are_found_with_the_words_that_tell_them(bench, texts):
    assert found(bench, texts) >= {
        ("CONSULT", "AFGTAL+CHN", "", "met"),
        ("AID", "CHN", "AFG", "sent"),
        ("AID", "RUS", "AFG", "sent"),
    }


def test_every_sentence_is_cut_out_of_its_document(bench, texts):
    assert len(records(bench)) >= 8
    for record in records(bench):
        at = record.at
        assert texts[at.document][at.start : at.start + len(at.sentence)] == at.sentence
        assert at.sentence == at.sentence.strip()


def test_every_predicate_and_every_cue_stands_in_its_sentence(bench, texts):
    for record in records(bench):
        event = record.event if isinstance(record, EventRecord) else record.statement
        start = record.at.start
        assert start <= event.start < event.end <= start + len(record.at.sentence)
        word = texts[event.document][event.start : event.end]
        assert word == word.strip()
        assert any(letter.isalpha() for letter in word)


def test_every_participant_is_named_by_words_of_the_document(bench, texts):
    words = {
        (who.code, " ".join(texts[record.at.document][who.start : who.end].split()))
        for record in bench.events(with_auxiliary=True)
        for who in (*record.event.actors, *record.event.recipients, *record.event.about)
    }
    assert {("AFGTAL", "Taliban"), ("RUS", "Russia"), ("CHN", "China")} <= words
    assert {code for code, named in words if "Taliban" in named} == {"AFGTAL"}
    assert {code for code, named in words if named in ("Russia", "China")} == {"RUS", "CHN"}


def test_what_was_said_is_cut_out_to_the_character(bench, texts):
    said = {
        texts[record.at.document][start:end]: record.statement
        for record in bench.statements()
        for start, end in record.statement.quotes
    }
    recognise = next(words for words in said if words.startswith("We will not rush"))
    assert recognise.rstrip(",") == "We will not rush to recognise the Tali\u00adban"
    statement = said[recognise]
    assert [who.code for who in statement.speakers] == ["RUS"]
    assert [who.name for who in statement.speakers] == ["Sergey Lavrov"]
    assert statement.speaker_text.replace("\u00a0", " ").endswith("Sergey Lavrov")
    content = texts[statement.document][statement.content_start : statement.content_end]
    assert recognise.rstrip(",") in content


def test_what_did_not_happen_is_set_aside_and_not_counted(bench, answer):
    troops = [record for record in bench.events(with_auxiliary=True) if record.event.auxiliary]
    assert any("did not send troops" in record.at.sentence for record in troops)
    russia = answer.columns[0]
    assert not any("did not send troops" in record.at.sentence for record in russia.deeds)
    assert any("did not send troops" in record.at.sentence for record in russia.set_aside)


def test_a_record_of_the_answer_is_a_record_of_the_case(bench, answer):
    held = {record.event.id for record in bench.events(with_auxiliary=True)}
    shown = [*answer.joint, *answer.consultations, *answer.bearing]
    for column in answer.columns:
        shown += [*column.deeds, *column.set_aside]
    assert shown
    assert {record.event.id for record in shown} <= held


def plain(words: str) -> str:
    """Words without marks, odd spaces and invisible characters."""
    return " ".join(re.sub(r"[\u00ad*\\]|\{[arb]\}", "", words).replace("\u00a0", " ").split())


def test_both_briefs_hold_every_sentence_of_the_answer(answer, written):
    markdown, page = written
    text = plain(html.unescape(re.sub(r"<[^>]+>", "", page)))
    sentences = {
        record.at.sentence
        for column in answer.columns
        for record in (*column.deeds, *column.statements)
    }
    assert len(sentences) >= 4
    for sentence in sentences:
        assert plain(sentence) in plain(markdown.replace("\n> ", " "))
        assert plain(sentence) in text


class _Page(HTMLParser):
    """Names, links and outside resources of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.outside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if name := given.get("id"):
            self.ids.append(name)
        if tag == "a" and (link := given.get("href")):
            self.links.append(link)
        if tag == "script" or (tag in ("link", "img", "iframe") and "src" in given):
            self.outside.append(str(attrs))


def test_every_number_of_the_page_opens_what_it_counts(written):
    page = _Page()
    page.feed(written[1])
    assert len(page.ids) == len(set(page.ids))
    inside = [link[1:] for link in page.links if link.startswith("#")]
    assert inside
    assert set(inside) <= set(page.ids)
    assert page.outside == []
    rest = re.sub(r'href="[^"]*"', "", written[1])
    assert not re.search(r"url\((?!#)|@import|https?://", rest)


def test_every_link_of_the_markdown_leads_somewhere(written):
    named = set(re.findall(r'<a id="([^"]+)">', written[0]))
    asked = set(re.findall(r"\]\(#([^)]+)\)", written[0]))
    assert asked
    assert asked <= named


def test_offsets_printed_in_the_brief_lead_back_to_the_words(texts, written):
    printed = re.findall(
        r"Document ([0-9a-f]{16}), sentence (\d+)–(\d+), predicate (\d+)–(\d+)", written[0]
    )
    assert len(printed) >= 3
    for document, start, end, first, last in printed:
        sentence = texts[document][int(start) : int(end)]
        predicate = texts[document][int(first) : int(last)]
        assert predicate in sentence
        assert plain(sentence) in plain(written[0].replace("\n> ", " "))


def test_a_title_from_outside_cannot_become_markup(written):
    assert "<talks>" not in written[1]
    assert "Aid &amp; &lt;talks&gt;" in written[1]


def test_it_says_what_it_is(written):
    for text in written:
        assert "not measured on news" in text
        assert "2 documents" in text


def test_the_exports_lead_back_to_the_same_characters(bench, texts, tmp_path):
    import json

    file = tmp_path / "events.jsonl"
    bench.export(file, with_auxiliary=True)
    for line in file.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        text = texts[record["document"]["id"]]
        sentence = record["sentence"]
        assert text[sentence["start"] : sentence["end"]] == sentence["text"]
        predicate = text[record["predicate"]["start"] : record["predicate"]["end"]]
        assert predicate in sentence["text"]


def test_a_place_in_the_brief_is_a_file_that_was_read(bench):
    assert {Path(record.at.place).name for record in records(bench)} == {
        "2021-09-14 kabul.txt",
        "page.html",
    }
