"""From the events of a case to readings: which sources are asked, and the rows behind an answer."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from inconcert.core.document import Source
from inconcert.core.evidence import Corpus, EventRecord, SourceSummary
from inconcert.core.question import Question
from inconcert.core.reading import Reading
from inconcert.core.span import TimeSpan
from inconcert.errors import BadQuestion
from inconcert.shape.asking import Query
from inconcert.workbench import timing
from inconcert.workbench.rows import Dataset

QUESTION = Question((("RUS",), ("CHN",)), ("AFG",), ("Russia", "China"), "Afghanistan")
SPAN = TimeSpan(date(2021, 1, 1), date(2021, 8, 28))
KNOWN = (Dataset("ICEWS", SPAN), Dataset("GDELT", SPAN))


@pytest.fixture(scope="module")
def made_world() -> Any:
    sys.path.insert(0, str(Path(__file__).parent))
    try:
        return import_module("made_world")
    finally:
        sys.path.pop(0)


@pytest.fixture(scope="module")
def query(made_world: Any) -> Iterator[Query]:
    """A world in which China joins most of Russia's acts."""
    with made_world.store("joint") as base:
        yield lambda sql, parameters: base.sql(sql, params=parameters)


def read(query: Query, question: Question = QUESTION) -> Reading:
    chosen = timing.choose(question.sources, timing.known_datasets(query))
    (found,) = timing.of_datasets(query, chosen, question, tuple)
    return found


@pytest.fixture(scope="module")
def reading(query: Query) -> Reading:
    return read(query)


def test_a_source_runs_from_its_first_event_to_its_last(query: Query) -> None:
    assert timing.known_datasets(query) == (Dataset("ICEWS", SPAN),)


def test_planted_joint_action_leads_in_its_own_type_and_day(reading: Reading) -> None:
    assert reading.leading is not None
    assert reading.leading.direction == "same day and type"
    assert reading.leading.corrected < 0.01


def test_rows_are_counted_before_and_after_folding_and_duplicates(reading: Reading) -> None:
    assert reading.coverage is not None
    one_repeat, one_fold = 1, 1
    assert reading.coverage.rows == reading.coverage.counted + one_repeat + one_fold
    assert reading.coverage.outlets == 1


def test_each_strong_day_has_a_row_of_either_actor_toward_the_other_side(reading: Reading) -> None:
    assert reading.strongest
    for day in reading.strongest:
        acting = {code for row in day.rows for code in row.actors}
        assert {"RUS", "CHN"} <= acting
        assert all(row.recipients == ("AFG",) and row.day == day.day for row in day.rows)


def test_joint_acts_and_talks_are_listed_with_their_rows(reading: Reading) -> None:
    found = reading.documented
    assert [row.id for row in found.joint] == ["e10002"]
    assert (found.consultation_count, found.consultation_days) == (1, 1)
    assert [row.id for row in found.consultations] == ["e10001"]
    assert not found.about_is_known


def test_only_the_days_asked_about_are_tested(query: Query) -> None:
    asked = TimeSpan(date(2021, 3, 1), date(2021, 12, 31))
    found = read(query, replace(QUESTION, span=asked))
    assert found.coverage is not None
    assert found.coverage.span == TimeSpan(date(2021, 3, 1), SPAN.last)


def test_days_that_a_source_lacks_are_refused_where_it_was_named(query: Query) -> None:
    asked = replace(QUESTION, span=TimeSpan(date(2019, 1, 1), date(2019, 12, 31)))
    assert "runs over" in read(query, asked).refused[0]
    with pytest.raises(BadQuestion, match="none of these days"):
        read(query, replace(asked, sources=("ICEWS",)))


@pytest.mark.parametrize("name", ["ICEWS+GDELT", "icews + texts"])
def test_sources_are_not_put_together(name: str) -> None:
    with pytest.raises(BadQuestion, match="each is read by itself"):
        timing.choose((name,), KNOWN)


def test_without_names_every_source_is_asked() -> None:
    found = timing.choose((), KNOWN)
    assert (found.datasets, found.with_texts) == (KNOWN, True)


def test_a_dataset_named_leaves_texts_out_and_a_paper_named_leaves_datasets_out() -> None:
    assert timing.choose(("icews",), KNOWN) == timing.Chosen(KNOWN[:1], (), with_texts=False)
    assert timing.choose(("Xinhua",), KNOWN) == timing.Chosen((), ("Xinhua",), with_texts=True)
    assert timing.choose(("texts",), KNOWN) == timing.Chosen((), (), with_texts=True)


def test_one_actor_asks_no_question_of_timing(query: Query) -> None:
    alone = replace(QUESTION, actors=(("RUS",),), names=("Russia",))
    chosen = timing.choose((), timing.known_datasets(query))
    assert timing.of_datasets(query, chosen, alone, tuple) == ()
    with pytest.raises(BadQuestion, match="two actors"):
        read(query, replace(alone, sources=("ICEWS",)))


@pytest.fixture(scope="module")
def texts(made_world: Any) -> list[EventRecord]:
    """The same world, told by two papers."""
    return list(made_world.records("joint"))


def of_texts(records: list[EventRecord], question: Question = QUESTION) -> Reading:
    days = [record.day for record in records if record.day is not None]
    papers = sorted({record.at.source.name for record in records})
    summaries = tuple(
        SourceSummary(Source(name, None), 9, 99, min(days), max(days)) for name in papers
    )
    corpus = Corpus(summaries, 0, (), (), (), (), ("coder 1",))
    found = timing.of_texts(records, corpus, question)
    assert found is not None
    return found


def test_texts_are_tested_as_datasets_are_with_each_paper_left_out(
    texts: list[EventRecord],
) -> None:
    found = of_texts(texts)
    assert {test.direction for test in found.tests} >= {"same day", "same day and type"}
    left_out = [one.what for one in found.dropped]
    assert left_out[:3] == ["source Courier", "source Herald", "sentences in which both act"]


def test_each_strong_day_has_a_sentence_of_either_actor(texts: list[EventRecord]) -> None:
    found = of_texts(texts)
    assert found.strongest
    for day in found.strongest:
        acting = {who.code for record in day.records for who in record.event.actors}
        assert {"RUS", "CHN"} <= acting


def test_a_handful_of_records_is_too_little_for_timing_and_says_so(
    texts: list[EventRecord],
) -> None:
    found = of_texts(texts[:40])
    assert found.tests == ()
    assert any("at least" in reason for reason in found.refused)


def test_texts_of_other_days_than_asked_are_refused(texts: list[EventRecord]) -> None:
    asked = replace(QUESTION, span=TimeSpan(date(2019, 1, 1), date(2019, 12, 31)))
    assert "not the days asked" in of_texts(texts, asked).refused[0]
