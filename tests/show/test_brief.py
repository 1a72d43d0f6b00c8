"""The brief as Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from markdown_it import MarkdownIt

from inconcert.core.evidence import Corpus, EventRecord, Located
from inconcert.core.question import Question
from inconcert.core.verdict import Answer
from inconcert.judge.answer import answer
from inconcert.show.brief import markdown
from inconcert.show.html import page

Settings = dict[str, Any]
Read = Callable[[str], Any]


@pytest.fixture
def source(answers: list[Answer], settings: Settings) -> str:
    return markdown(answers, **settings)


def rendered(source: str) -> str:
    """As a reader of Markdown that lets HTML through would show it."""
    return MarkdownIt("commonmark", {"html": True}).enable("table").render(source)


def numbers(source: str) -> list[tuple[int, str]]:
    return [
        (int(n.replace(",", "")), key) for n, key in re.findall(r"\[([\d,]+)\]\(#(g\d+)\)", source)
    ]


def groups(source: str) -> dict[str, list[str]]:
    lines = re.findall(r'^- <a id="(g\d+)"></a>(.*)$', source, re.M)
    return {key: re.findall(r"\]\(#(e\d+)\)", rest) for key, rest in lines}


def test_every_number_links_to_as_many_records_as_it_says(source: str) -> None:
    opened = groups(source)
    assert len(numbers(source)) > 100
    for count, key in numbers(source):
        assert len(opened[key]) == count


def test_every_link_leads_to_one_anchor(source: str) -> None:
    anchors = re.findall(r'<a id="([^"]+)"></a>', source)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r"\]\(#([^)]+)\)", source)) <= set(anchors)


def test_markdown_and_html_count_the_same(
    source: str, answers: list[Answer], settings: Settings, read_page: Read
) -> None:
    told = read_page(page(answers, **settings))
    in_html = {(int(shown.replace(",", "")), key) for shown, key in told.numbers}
    assert set(numbers(source)) <= in_html


def test_the_line_after_the_title_says_what_was_read(source: str) -> None:
    lines = [line for line in source.splitlines() if line]
    assert lines[0].startswith("# What Russia, China")
    assert lines[1].startswith("Read: 27,000 sentences of 180 documents")


def test_headings_and_tables_are_read_as_such(source: str) -> None:
    shown = rendered(source)
    assert re.search(r"<h2><a id=\"q1\"></a>1\. Russia and China", shown)
    assert re.search(r"<h2><a id=\"evidence\"></a>Evidence", shown)
    assert shown.count("<table>") >= 6
    assert "| :--" not in shown


def test_hostile_text_stays_text_in_markdown(
    make_deed: Callable[..., EventRecord],
    questions: tuple[Question, Question],
    corpus: Corpus,
    settings: Settings,
    read_page: Read,
) -> None:
    bad = "<script>alert(1)</script> a | b **bold** `x` [y](http://z.example) \u202egnp\n\n# Head"
    record = make_deed(0, "RUS", "AFG", date(2021, 8, 1))
    at = replace(
        record.at,
        sentence=bad + record.at.sentence,
        title=bad,
        url="javascript:alert(1)",
        source=replace(record.at.source, name=bad),
    )
    summary = replace(corpus.sources[0], source=at.source)
    asked = replace(questions[0], title=bad)
    worse = replace(corpus, sources=(summary,), left_out=((bad, 1, (bad,)),))
    told = markdown([answer(asked, [EventRecord(record.event, at)], [], worse)], **settings)
    shown = rendered(told)
    found = read_page(shown)
    assert "script" not in {tag for tag, _ in found.elements}
    assert "z.example" not in "".join(at.get("href") or "" for _, at in found.elements)
    assert "<script>alert(1)</script> a | b **bold** `x`" in found.text
    assert shown.count("<h1>") == 1
    assert "\u202e" not in told
    assert "javascript" not in told


def test_a_table_cell_with_a_bar_stays_one_cell(
    questions: tuple[Question, Question], corpus: Corpus, settings: Settings
) -> None:
    odd = replace(corpus.sources[0], source=replace(corpus.sources[0].source, name="A | B"))
    told = markdown([answer(questions[0], [], [], replace(corpus, sources=(odd,)))], **settings)
    assert '<td style="text-align:left">A | B</td>' in rendered(told)


def test_sentences_that_name_both_sides_stand_under_their_document_with_a_link(
    make_sentence: Callable[..., Located],
    questions: tuple[Question, Question],
    corpus: Corpus,
    settings: Settings,
) -> None:
    first = make_sentence("Moscow received Taliban envoys.", 1, date(2021, 8, 1))
    second = replace(first, sentence="Beijing [too] did.", start=first.start + 99)
    told = markdown([answer(questions[0], [], [], corpus, named=[second, first])], **settings)
    assert "Sentences that name the Afghan side with Russia or China: 2\n" in told
    assert "[2](#q1-named) more sentences name the Afghan side with one of them." in told
    assert (
        "1 Aug 2021, General Assembly, [Remarks on Afghanistan, 1]"
        "(<https://www.example.org/briefings/1>):\n\n"
        "- Moscow received Taliban envoys.\n- Beijing \\[too\\] did.\n"
    ) in told


def test_a_talkative_speaker_is_cut_short_with_a_link_to_all(source: str) -> None:
    part = source.partition("#### Joe Biden: ")[2].partition("####")[0]
    listed = [line for line in part.splitlines() if line.startswith("- [E")]
    assert len(listed) == 5
    assert re.search(r"- … and \d+ more, \[all of them\]\(#g\d+\)\.", part)


def test_the_command_that_asks_again_names_days_and_a_narrower_choice_of_sources(
    answers: list[Answer], corpus: Corpus, settings: Settings
) -> None:
    narrow = replace(answers[1], corpus=replace(corpus, sources=corpus.sources[:1]))
    told = markdown([answers[0], narrow], **settings)
    assert "\ninconcert ask RUS CHN --toward AFG+AFGTAL\n" in told
    assert (
        "\ninconcert ask USA --toward AFG+AFGTAL --split 2021-08-15 --source 'White House'\n"
        in told
    )
