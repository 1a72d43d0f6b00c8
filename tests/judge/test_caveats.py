"""What a reader must know before quoting an answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from inconcert.core.evidence import Corpus, EventRecord
from inconcert.core.mention import Participant
from inconcert.core.question import Question
from inconcert.core.span import TimeSpan
from inconcert.core.verdict import Verdict
from inconcert.judge.answer import answer
from inconcert.judge.caveats import missing, own_voices

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
    assert "not recognised as the same act count twice" in said
    assert "Coder not measured on news" in said


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


def test_organisations_are_not_heard_for_each_other_but_a_group_for_its_state(
    question: Question, corpus: Corpus
) -> None:
    asked = replace(question, actors=(("IGONATO",), ("AFGTAL",)), names=("NATO", "Taliban"))
    asked = replace(asked, toward=("AFG",), toward_name="Afghanistan")
    heard = (("IGOEU", 70), ("AFGTAL", 5), ("AFG", 20), ("IGONATO", 3), (None, 2))
    found = own_voices(asked, replace(corpus, sentences_by_country=heard))
    assert found == (("NATO", 3), ("Taliban", 5), ("Afghanistan", 25))


def test_an_open_end_is_not_said_to_be_more_than_the_documents_cover(
    question: Question, corpus: Corpus
) -> None:
    since = replace(question, span=TimeSpan(date(2021, 2, 1), date.max))
    assert not any("more than the" in said for said in verdict_of(since, corpus).caveats)
    early = replace(question, span=TimeSpan(date(2020, 2, 1), date.max))
    told = "The days asked about, from 1 February 2020, are more than the documents cover."
    assert told in verdict_of(early, corpus).caveats


def by(record: EventRecord, *sectors: str) -> EventRecord:
    """The same act by somebody of these sectors."""
    code = record.event.actors[0].code
    actors = (Participant(code, sectors, None, 0, 1),)
    return replace(record, event=replace(record.event, actors=actors))


def test_acts_by_those_who_do_not_act_for_the_state_are_counted_and_said(
    question: Question, corpus: Corpus, event: Make
) -> None:
    acts = [event("RUS", "AFG") for _ in range(5)]
    told = [*acts[:2], by(acts[2]), by(acts[3], "JRN"), by(acts[4], "EDU")]
    said = verdict_of(question, corpus, *told).caveats
    assert (
        "2 of 5 acts of Russia are by people or bodies of that country that do not act for the "
        "state: journalists and media (1) and education (1)."
    ) in said
    assert not any("acts of China" in line for line in said)


def test_a_group_that_is_no_state_gets_no_such_caveat(
    question: Question, corpus: Corpus, event: Make
) -> None:
    asked = replace(question, actors=(("AFGTAL",), ("CHN",)), toward=("AFG",))
    told = by(event("AFGTAL", "AFG"), "REB")
    assert not any("for the state" in line for line in verdict_of(asked, corpus, told).caveats)
