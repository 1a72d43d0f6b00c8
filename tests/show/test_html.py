"""The brief as one HTML file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from inconcert.core.evidence import Corpus, EventRecord, Located, StatementRecord
from inconcert.core.mention import Participant
from inconcert.core.question import Question
from inconcert.core.verdict import Answer
from inconcert.judge.answer import answer
from inconcert.show.html import page

Settings = dict[str, Any]
Read = Callable[[str], Any]


@pytest.fixture
def source(answers: list[Answer], settings: Settings) -> str:
    return page(answers, **settings)


def test_every_number_opens_exactly_as_many_records_as_it_says(
    source: str, read_page: Read
) -> None:
    found = read_page(source)
    assert len(found.numbers) > 100
    for shown, group in found.numbers:
        assert int(shown.replace(",", "")) == found.items[group], (shown, group)


def test_every_link_inside_the_page_leads_to_one_place(source: str, read_page: Read) -> None:
    found = read_page(source)
    assert len(found.ids) == len(set(found.ids))
    inside = {link[1:] for _, at in found.elements if (link := at.get("href") or "")[:1] == "#"}
    assert inside <= set(found.ids)


def test_every_record_of_every_answer_is_evidence_once(
    source: str, answers: list[Answer], read_page: Read
) -> None:
    records = set()
    for each in answers:
        for column in each.columns:
            records |= {item.event.id for item in (*column.deeds, *column.set_aside)}
            records |= {item.statement.id for item in column.statements}
        records |= {item.event.id for item in (*each.joint, *each.consultations, *each.bearing)}
    evidence = [key for key in read_page(source).ids if re.fullmatch(r"e\d+", key)]
    assert len(evidence) == len(records)


def test_listed_records_are_as_many_as_their_heading_says(source: str, read_page: Read) -> None:
    for block in re.findall(r'<div class="listing" data-count="(\d+)">(.*?)</div>', source, re.S):
        assert int(block[0]) == block[1].count("<li>")


def test_counts_before_and_after_a_day_add_up_with_those_of_unknown_day(
    source: str, answers: list[Answer]
) -> None:
    deeds = answers[1].columns[0].deeds
    before = sum(deed.day is not None and deed.day < date(2021, 8, 15) for deed in deeds)
    after = sum(deed.day is not None and deed.day >= date(2021, 8, 15) for deed in deeds)
    assert rows_of(source, "All acts")[1] == [str(len(deeds)), str(before), str(after)]
    assert before + after < len(deeds)
    assert "Those of unknown day stand under the first number only." in source


def test_nothing_is_loaded_and_no_script_runs(source: str, read_page: Read) -> None:
    for tag, attributes in read_page(source).elements:
        assert tag not in {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
        assert not {"src", "srcset", "poster", "data", "action", "background"} & set(attributes)
        assert not any(name.startswith("on") for name in attributes)
        for value in attributes.values():
            if re.match(r"\s*[a-z]+:", value or "") and tag != "meta":
                assert (tag, value[:4]) in {("a", "http"), ("rect", "fill")}, (tag, value)
    assert "@import" not in source
    assert set(re.findall(r"url\((.)", source)) <= {"#"}
    assert "default-src 'none'" in source


def test_links_to_sources_give_nothing_away(source: str, read_page: Read) -> None:
    outside = [at for tag, at in read_page(source).elements if (at.get("href") or "")[:4] == "http"]
    assert outside
    assert {at["rel"] for at in outside} == {"noopener noreferrer"}


def hostile(make_deed: Callable[..., EventRecord]) -> EventRecord:
    """A record whose every text tries to be something else."""
    record = make_deed(0, "RUS", "AFG", date(2021, 8, 1))
    bad = '<script>alert(1)</script>" onload="x" \u202egnp.exe {{ 7*7 }} &lt;b&gt;'
    event = replace(record.event, rule=bad, id="<i>", document='"><img src=x>', contexts=(bad,))
    at = replace(record.at, title=bad, sentence=bad + record.at.sentence, place=bad)
    at = replace(at, url="javascript:alert(1)", source=replace(at.source, name=bad))
    return EventRecord(event, at)


def test_hostile_text_is_shown_as_text(
    make_deed: Callable[..., EventRecord],
    questions: tuple[Question, Question],
    corpus: Corpus,
    settings: Settings,
    read_page: Read,
) -> None:
    asked = replace(questions[0], title="<script>alert(2)</script>")
    told = page([answer(asked, [hostile(make_deed)], [], corpus)], **{**settings, "title": "<b>"})
    found = read_page(told)
    tags = {tag for tag, _ in found.elements}
    assert not {"script", "img"} & tags
    assert not any("onload" in attributes for _, attributes in found.elements)
    assert "<script>alert(1)</script>" in found.text_in["e1"]
    assert "{{ 7*7 }} &lt;b&gt;" in found.text_in["e1"]
    assert "\u202e" not in told
    assert "[U+202E]" in found.text_in["e1"]
    assert "javascript:" not in told


def test_marks_stand_on_the_words_that_were_coded(
    make_deed: Callable[..., EventRecord],
    questions: tuple[Question, Question],
    corpus: Corpus,
    settings: Settings,
) -> None:
    record = make_deed(1, "RUS CHN", "AFGTAL", date(2021, 8, 1))
    told = page([answer(questions[0], [record], [], corpus)], **settings)
    assert '<mark class="ac">Sergey Lavrov</mark> and <mark class="ac">Wang Yi</mark>' in told
    assert '<mark class="pr">met</mark>' in told
    assert '<mark class="re">the Taliban</mark>' in told


def test_the_unmeasured_coder_is_said_with_and_without_a_verdict(
    answers: list[Answer], settings: Settings
) -> None:
    for each in answers:
        told = page([each], **settings)
        assert "Coder not measured on news: expect wrong and missing codes" in told


def test_the_second_line_says_whose_words_were_read(source: str) -> None:
    second = source.partition("</h1>")[2].partition("</p>")[0]
    assert "27,000 sentences of 180 documents" in second
    assert "United States 93\u00a0%, Pakistan 3\u00a0%, Russia 2\u00a0%, unknown 2\u00a0%" in second


def test_the_head_of_the_verdict_stands_before_the_reading_list(source: str) -> None:
    assert source.index("Cannot tell whether Russia and China") < source.index("What was read")


def test_one_is_told_in_the_singular(
    make_deed: Callable[..., EventRecord],
    questions: tuple[Question, Question],
    corpus: Corpus,
    settings: Settings,
    read_page: Read,
) -> None:
    record = make_deed(1, "RUS", "AFG", date(2021, 8, 1))
    text = read_page(page([answer(questions[0], [record], [], corpus)], **settings)).text
    assert "1 other act stands in sentences" not in text
    assert "0 other acts stand in sentences" in text
    assert "Russia 1 act, China 0 acts toward or with the Afghan side" in text


def test_the_bottom_line_the_table_and_what_is_missing_count_the_same_acts(
    make_deed: Callable[..., EventRecord],
    questions: tuple[Question, Question],
    corpus: Corpus,
    settings: Settings,
    read_page: Read,
) -> None:
    upon = make_deed(1, "CHN", "AFG", date(2021, 8, 1))
    merely = make_deed(2, "CHN", "AFG", date(2021, 8, 2))
    about = EventRecord(
        replace(merely.event, recipients=(), about=merely.event.recipients), merely.at
    )
    told = page([answer(questions[0], [upon, about], [], corpus)], **settings)
    text = " ".join(read_page(told).text.split())
    assert "China 1 act toward or with the Afghan side" in text
    assert "More acts of China toward or with the Afghan side: 1 found" in text
    assert rows_of(told, "Acts toward or with the Afghan side") == [["0", "1"], ["·", "1"]]
    assert rows_of(told, "Acts only about the Afghan side") == [["0", "1"], ["·", "1"]]
    assert rows_of(told, "All acts") == [["·", "2"]]


def test_sentences_that_name_both_sides_are_shown_with_source_day_and_link(
    make_sentence: Callable[..., Located],
    questions: tuple[Question, Question],
    corpus: Corpus,
    settings: Settings,
    read_page: Read,
) -> None:
    named = [
        make_sentence(f"Moscow received Taliban envoys, {n}.", n, date(2021, 8, 1 + n))
        for n in range(14)
    ]
    told = page([answer(questions[0], [], [], corpus, named=named)], **settings)
    found = read_page(told)
    assert ("14", "q1-named") in found.numbers
    text = found.text_in["q1-named"]
    assert "Sentences that name the Afghan side with Russia or China: 14" in text
    assert "Sentences that were passed over (question of a reporter) are among them." in text
    assert "1 Aug 2021, White House, Remarks on Afghanistan, 0" in text
    assert "https://www.example.org/briefings/0" in found.links_in["q1-named"]
    assert told.index("envoys, 9.") < told.index("4 more") < told.index("envoys, 10.")


def test_a_question_of_one_actor_says_nothing_of_named_sentences(
    source: str, read_page: Read
) -> None:
    assert "q2-named" not in read_page(source).ids


def test_all_in_one_week_is_said_and_not_drawn(
    make_deed: Callable[..., EventRecord],
    questions: tuple[Question, Question],
    corpus: Corpus,
    settings: Settings,
) -> None:
    record = make_deed(1, "RUS", "AFG", date(2021, 8, 3))
    told = page([answer(questions[0], [record], [], corpus)], **settings)
    assert "All of it falls into the week of 2 August 2021." in told
    assert "<svg" not in told


def rows_of(told: str, head: str) -> list[list[str]]:
    """The cells of every table row with this head, from the top."""
    found = re.findall(rf'<th scope="row">{head}</th>(.*?)</tr>', told, re.S)
    return [re.findall(r">([\d·]+)</", row) for row in found]


def test_the_timeline_shows_weeks_that_were_read_without_result(
    make_deed: Callable[..., EventRecord],
    questions: tuple[Question, Question],
    corpus: Corpus,
    settings: Settings,
) -> None:
    deeds = [make_deed(n, "RUS", "AFG", date(2021, 8, 3 + 7 * n)) for n in (1, 2)]
    told = page([answer(questions[0], deeds, [], corpus)], **settings)
    assert "From week of 18 January 2021 to week of 13 December 2021." in told


def test_a_sentence_of_ones_own_text_is_not_marked_as_a_word_of_saying(
    records: Callable[[int, int], Any],
    questions: tuple[Question, Question],
    corpus: Corpus,
    settings: Settings,
    read_page: Read,
) -> None:
    record = as_own_text(records(0, 1)[1][0])
    told = page([answer(questions[0], [], [record], corpus)], **settings)
    evidence = told[told.index('id="e1"') :].partition("</article>")[0]
    assert "in the speaker’s own voice" in evidence
    assert 'class="pr"' not in evidence
    assert ", cue " not in evidence
    assert "Russia (own text)" in read_page(told).text


def as_own_text(record: StatementRecord) -> StatementRecord:
    """The same words as a sentence of Russia's own speech."""
    at, said = record.at, record.statement
    end = at.start + len(at.sentence)
    own = replace(
        said,
        cue="speech",
        form="direct",
        speaker_text="",
        speakers=(Participant("RUS", ("GOV",), None, at.start, end),),
        start=at.start,
        end=end,
        content_start=at.start,
        content_end=end,
        quotes=(),
    )
    return StatementRecord(own, at)


def test_speakers_beyond_the_first_ten_are_put_together(
    records: Callable[[int, int], Any],
    questions: tuple[Question, Question],
    corpus: Corpus,
    settings: Settings,
) -> None:
    said = [
        StatementRecord(
            replace(
                each.statement,
                speakers=(replace(each.statement.speakers[0], code="RUS", name=f"Envoy {n % 13}"),),
            ),
            each.at,
        )
        for n, each in enumerate(records(0, 60)[1])
    ]
    told = page([answer(questions[0], [], said, corpus)], **settings)
    assert "<summary>3 other speakers</summary>" in told


def test_what_was_odd_about_documents_that_were_read_is_told(
    questions: tuple[Question, Question], corpus: Corpus, settings: Settings, read_page: Read
) -> None:
    odd = replace(corpus, notes=(("date in the future (document kept)", 2, ("a.txt", "b.txt")),))
    text = read_page(page([answer(questions[0], [], [], odd)], **settings)).text
    told = "Odd, but read: date in the future (document kept), 2 items (a.txt; b.txt)."
    assert told in " ".join(text.split())


def test_an_answer_without_any_record_is_still_a_brief(
    questions: tuple[Question, Question], settings: Settings, read_page: Read
) -> None:
    nothing = Corpus((), 0, (), (), (), (), ())
    found = read_page(page([answer(each, [], [], nothing) for each in questions], **settings))
    assert found.numbers == []
    assert "No plain acts found." in found.text


@pytest.mark.slow
def test_three_thousand_records_stay_under_six_megabytes(
    records: Callable[[int, int], Any],
    questions: tuple[Question, Question],
    corpus: Corpus,
    settings: Settings,
) -> None:
    events, statements = records(1200, 1800)
    longer = " It was said again at length, in many words, by people who had said it before."
    events = [
        EventRecord(each.event, replace(each.at, sentence=each.at.sentence + longer))
        for each in events
    ]
    told = page([answer(each, events, statements, corpus) for each in questions], **settings)
    assert len(told.encode()) < 6_000_000
