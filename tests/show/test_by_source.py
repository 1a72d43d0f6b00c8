"""What each source says, on the terminal, in the brief, as a record."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from inconcert.core.document import Source
from inconcert.core.evidence import Corpus, Located
from inconcert.core.question import Question
from inconcert.core.reading import (
    Coincidence,
    Coverage,
    Documented,
    Dropped,
    Finding,
    Reading,
    Row,
    Saying,
    StanceRead,
)
from inconcert.core.span import TimeSpan
from inconcert.core.verdict import Answer
from inconcert.judge.answer import answer
from inconcert.show import brief, html, plain, record
from inconcert.show.by_source import dropped_words, row_words, sources_of

SPAN = TimeSpan(date(2021, 1, 1), date(2021, 8, 31))
DAY = date(2021, 3, 24)
QUESTION = Question((("RUS",), ("CHN",)), ("AFG",), ("Russia", "China"), "Afghanistan")
ROW = Row("e7", DAY, ("RUS",), ("AFG",), "AID", "071", "Provide <aid>", "Courier", "", 3)
TALK = Row("e8", DAY, ("RUS", "CHN"), ("RUS", "CHN"), "CONSULT", "040", "Consult", "", "", 1)
EMPTY = Corpus((), 0, (), (), (), (), ())


def finding(direction: str, p: float) -> Finding:
    return Finding(
        direction, 9, 2.5, 3.6, (1.9, 5.3), 0.4, (0.1, 0.7), p, min(1.0, 5 * p), (1, 78), ("IRN",)
    )


def reading(name: str = "ICEWS") -> Reading:
    return Reading(
        source=name,
        kind="dataset",
        query="select 1",
        coverage=Coverage(SPAN, 240, SPAN, 1_300, 1_200, (70, 80), (50, 60), 33, 940, 40, None),
        tests=(finding("same day and type", 0.0009), finding("A before B", 0.2)),
        power=0.8,
        stance=StanceRead("aligned", (40, 50), (0.9, 0.8), 0.1, (-0.05, 0.2), 0.8),
        documented=Documented(consultations=(TALK,), consultation_count=9, consultation_days=8),
        strongest=(Coincidence(DAY, (DAY,), ("07",), 0.004, rows=(ROW,)),),
        dropped=(
            Dropped("sentences in which both act", 0.02, 1.87),
            Dropped("March 2021", 0.04, 2.0, is_period=True),
            Dropped("May 2021", 0.0005, 3.9, is_period=True),
        ),
    )


@pytest.fixture
def found() -> Answer:
    told = answer(QUESTION, (), (), EMPTY, datasets=[reading(), reading("GDELT")])
    at = Located(
        "d1", Source("Courier", None), "T", TimeSpan.day(DAY), None, "x", "In <tandem>.", 0
    )
    return replace(told, sayings=(Saying(at, "together", "tandem"),))


def test_every_source_stands_by_itself_with_all_three_parts(found: Answer) -> None:
    views = sources_of(found)
    assert [view.name for view in views] == ["ICEWS", "GDELT"]
    assert all([p.name for p in view.parts] == ["contact", "timing", "stance"] for view in views)


def test_the_terminal_shows_found_expected_rank_and_rows(found: Answer) -> None:
    text = " ".join(plain.text(found).split())
    for part in (
        "1st of 78", "2.5", "Provide <aid>", "1,300 reports before", "Power:", "9 consultations"
    ):  # fmt: skip
        assert part in text


def test_a_case_without_texts_is_not_said_to_be_silent(found: Answer) -> None:
    assert "none found" not in plain.text(found)
    assert "statements" not in plain.text(found)


def test_p_is_told_apart_from_the_chance_of_an_agreement(found: Answer) -> None:
    assert "not the chance of an agreement" in " ".join(plain.text(found).split())


def test_brief_and_page_hold_the_same_findings_with_foreign_text_escaped(found: Answer) -> None:
    made = datetime(2026, 1, 2, tzinfo=UTC)
    page = html.page([found], title="t", names=str, made=made, version="0")
    text = brief.markdown([found], title="t", names=str, made=made, version="0")
    for part in ("1st of 78", "What the texts say of their acting together"):
        assert part in page
        assert part in text
    assert "Provide &lt;aid&gt;" in page
    assert "In &lt;tandem&gt;." in page
    assert "<aid>" not in page


def test_the_record_has_a_key_for_each_source_and_says_which_is_read(found: Answer) -> None:
    told = json.loads(json.dumps(record.answer_record(found), default=str))
    assert told["read_from"] == "ICEWS"
    first = told["by_source"][0]
    assert first["verdict"]["timing"]["value"] == "co-acting"
    assert first["tests"][0]["rank"] == [1, 78]
    assert first["coverage"]["counted"] == 1_200
    assert first["strongest_days"][0]["rows"][0]["id"] == "e7"
    assert told["sayings"][0]["says"] == "together"


def test_a_share_beyond_all_numbers_is_null_and_the_record_stays_json(found: Answer) -> None:
    endless = replace(finding("same day", 0.2), share_interval=(0.1, float("inf")))
    one = replace(found.by_source[0], reading=replace(reading(), tests=(endless,)))
    told = record.answer_record(replace(found, by_source=(one,)))
    text = json.dumps(told, default=str, allow_nan=False)
    assert json.loads(text)["by_source"][0]["tests"][0]["share_interval"] == [0.1, None]


def test_an_answer_that_looked_at_no_timing_has_no_sources() -> None:
    told = answer(QUESTION, (), (), EMPTY)
    assert sources_of(told) == ()
    assert record.answer_record(told)["read_from"] is None


def test_sensitivity_names_the_period_without_which_least_and_most_is_left() -> None:
    gone = Dropped("June 2021", None, None, is_period=True)
    told = dropped_words((*reading().dropped, gone))[-1]
    assert "p < .001 without May 2021 to p = .04 without March 2021" in told
    assert "too little left without June 2021" in told


def test_the_lift_without_sentences_that_name_both_is_told_by_itself(found: Answer) -> None:
    text = " ".join(plain.text(found).split())
    assert "without sentences in which both act: lift 1.87, p = .02." in text


def test_nothing_left_out_tells_nothing() -> None:
    assert dropped_words(()) == ()


def test_a_talk_that_stands_on_both_sides_is_told_once() -> None:
    assert row_words(TALK, str).count("RUS + CHN") == 1


def test_every_key_of_a_source_is_documented() -> None:
    root = Path(__file__).parents[2]
    page = (root / "docs/reference/answer.md").read_text(encoding="utf-8")
    source = (root / "src/inconcert/show/record_sources.py").read_text(encoding="utf-8")
    keys = re.findall(r'^ +"(\w+)":', source, re.M)
    assert len(keys) > 40
    assert not [key for key in keys if f"`{key}`" not in page]
