"""What a reader must know before quoting an answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from inconcert.core.evidence import Corpus, EventRecord
from inconcert.core.question import Question
from inconcert.core.span import TimeSpan
from inconcert.core.verdict import Verdict
from inconcert.judge.answer import answer
from inconcert.judge.caveats import missing

Make = Callable[..., EventRecord]
NAMES = {"USA": "United States"}


def verdict_of(question: Question, corpus: Corpus, *events: EventRecord) -> Verdict:
    verdict = answer(question, events, [], corpus, names=lambda code: NAMES.get(code, code)).verdict
    assert verdict is not None
    return verdict


def test_the_country_that_does_the_talking_is_named_with_its_share(
    question: Question, corpus: Corpus
) -> None:
    said = " ".join(verdict_of(question, corpus).caveats)
    assert "United States, with 93\u00a0% of 1,000 sentences" in said


def test_a_single_source_and_unmerged_duplicates_are_said(
    question: Question, corpus: Corpus
) -> None:
    said = " ".join(verdict_of(question, corpus).caveats)
    assert "one source, Daily Courier;" in said
    assert "one act told twice counts twice" in said
    assert "First coder, unmeasured" in said


def test_undated_documents_are_said_in_the_right_number(question: Question, corpus: Corpus) -> None:
    assert "1 document has no date." in verdict_of(question, replace(corpus, undated=1)).caveats
    assert "2 documents have no date." in verdict_of(question, replace(corpus, undated=2)).caveats


def test_a_question_wider_than_the_documents_is_said(question: Question, corpus: Corpus) -> None:
    wide = replace(question, span=TimeSpan(date(2020, 1, 1), date(2022, 1, 1)))
    assert any("more than the documents cover" in said for said in verdict_of(wide, corpus).caveats)


def test_sides_that_are_not_heard_are_asked_for(
    question: Question, corpus: Corpus, event: Make
) -> None:
    needed = verdict_of(question, corpus, event("RUS", "AFG")).missing
    assert needed[0] == (
        "Sources from Russia (20 sentences here), China (no sentence here) and the Afghan side "
        "(no sentence here), or from third parties."
    )
    assert any(line.startswith("More acts of Russia") and "1 found" in line for line in needed)
    assert any("test of timing" in line for line in needed)


def test_acts_only_about_the_other_side_are_not_among_those_that_are_missing(
    question: Question, corpus: Corpus, event: Make
) -> None:
    told = verdict_of(question, corpus, event("CHN", "AFG"), event("CHN", "USA", "AFG"))
    assert "Russia 0 acts, China 1 act toward or with the Afghan side" in told.parts[2].reason
    assert any(
        line.startswith("More acts of China toward or with the Afghan side: 1 found")
        for line in told.missing
    )


@pytest.mark.parametrize("names", [("Russia",), ("Russia", "China", "Iran")])
def test_without_a_verdict_nothing_is_asked_for_that_only_a_verdict_needs(
    names: tuple[str, ...], question: Question, corpus: Corpus
) -> None:
    codes = (("RUS",), ("CHN",), ("IRN",))[: len(names)]
    asked = replace(question, names=names, actors=codes)
    needed = missing(asked, answer(asked, [], [], corpus).columns, corpus)
    assert not any("stance" in line or "timing" in line for line in needed)


def test_an_empty_corpus_still_gets_its_caveats(question: Question) -> None:
    empty = Corpus((), 0, (), (), (), (), ())
    assert verdict_of(question, empty).head == "cannot tell"
