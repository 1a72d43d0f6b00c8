"""Answers of every kind that a brief can be made of, with datasets, claims and state media."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from tests.show.conftest import deed, located, name

from inconcert.core.document import Source
from inconcert.core.evidence import Corpus, EventRecord, SourceSummary
from inconcert.core.question import Question
from inconcert.core.reading import (
    Coincidence,
    Coverage,
    Documented,
    Dropped,
    FalseCalls,
    Finding,
    Reading,
    Row,
    Saying,
    StanceRead,
)
from inconcert.core.span import TimeSpan
from inconcert.core.verdict import Answer
from inconcert.judge.answer import answer
from inconcert.show.brief_media import NOTHING_KNOWN, Known
from inconcert.show.brief_paper import Paper, paper
from inconcert.show.view import view

SPAN = TimeSpan(date(2021, 1, 1), date(2021, 8, 31))
DAY = date(2021, 3, 24)
MADE = datetime(2021, 12, 20, 9, 30, tzinfo=UTC)
QUESTION = Question((("RUS",), ("CHN",)), ("AFG",), ("Russia", "China"), "Afghanistan")
EMPTY = Corpus((), 0, (), (), (), (), ())
RUSSIAN = Row("e7", DAY, ("RUS",), ("AFG",), "AID", "071", "Provide aid", "TASS", "", 3)
CHINESE = Row("e9", DAY, ("CHN",), ("AFG",), "AID", "071", "Provide aid", "Courier", "", 1)


def finding(p: float, corrected: float, bloc: tuple[str, ...] = ()) -> Finding:
    """The leading test, with these p-values."""
    return Finding(
        "same day", 9, 2.5, 3.6, (1.9, 5.3), 0.4, (0.1, 0.7), p, corrected, (1, 78), bloc
    )


def reading(corrected: float = 0.004, **fields: object) -> Reading:
    """What a dataset says; a claim of timing where `corrected` is below .01."""
    values: dict[str, object] = {
        "source": "ICEWS",
        "kind": "dataset",
        "query": "select 1",
        "coverage": Coverage(SPAN, 240, SPAN, 1_300, 1_200, (70, 80), (50, 60), 33, 940, 40, None),
        "tests": (finding(corrected / 2, corrected),),
        "power": 0.8,
        "stance": StanceRead("aligned", (40, 50), (0.9, 0.8), 0.1, (-0.05, 0.2), 0.8),
        "documented": Documented(),
        "strongest": (Coincidence(DAY, (DAY,), ("07",), 0.004, rows=(RUSSIAN, CHINESE)),),
        "dropped": (Dropped("March 2021", 0.04, 2.0, is_period=True),),
        "erasing_shock": 2.5,
        "false_calls": FalseCalls(20.0, 0.1, 60) if corrected < 0.01 else None,
        **fields,
    }
    return Reading(**values)  # type: ignore[arg-type]


def of_dataset(*readings: Reading) -> Answer:
    """An answer from datasets alone."""
    return answer(QUESTION, (), (), EMPTY, datasets=readings, names=name)


def of_texts(*confidences: float, source: Source | None = None) -> Answer:
    """An answer from texts with as many joint acts, of these confidences."""
    own = source or Source("TASS", "RUS")
    corpus = Corpus(
        (SourceSummary(own, 9, 90, DAY, DAY),), 0, (), (), (("RUS", 90),), (), ("patterns 1",)
    )
    found = []
    for number, confidence in enumerate(confidences):
        record = deed(number, "RUS CHN", "AFG", date(2021, 8, 1 + number), confidence=confidence)
        found.append(EventRecord(record.event, replace(record.at, source=own)))
    return answer(QUESTION, found, [], corpus, names=name)


def with_sayings(told: Answer) -> Answer:
    """The same with two texts that contradict each other."""
    at = located("They act in tandem.", 1, DAY)
    against = located("They hardly work together.", 2, DAY)
    said = (Saying(at, "together", "tandem"), Saying(against, "not together", "hardly"))
    return replace(told, sayings=said)


def signed(*answers: Answer, known: Known = NOTHING_KNOWN) -> Paper:
    """What is signed of a brief of these answers."""
    laid_out = view(answers, title="t", names=name, made=MADE, version="0.1.0")
    return paper(laid_out, answers, names=name, known=known)
