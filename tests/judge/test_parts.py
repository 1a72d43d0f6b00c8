"""Contact and stance."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from inconcert.core.evidence import Corpus, EventRecord
from inconcert.core.question import Question
from inconcert.core.verdict import Part
from inconcert.judge.answer import answer
from inconcert.judge.parts import (
    difference_of_shares,
    only_about,
    separate_stories,
    toward_or_with,
)

Make = Callable[..., EventRecord]
SCALE = {"AID": 8.0, "ASSAULT": -9.0, "COOPERATE": 5.0}


def scale(kind: str, mode: str | None) -> float | None:
    return SCALE.get(kind)


def stance_of(question: Question, events: list[EventRecord], corpus: Corpus) -> Part:
    verdict = answer(question, events, [], corpus, intensity=scale, measured=True).verdict
    assert verdict is not None
    return verdict.parts[2]


def test_contact_counts_acts_reports_and_outlets(
    event: Make, question: Question, corpus: Corpus
) -> None:
    records = [
        event("RUS CHN", "AFG", document="a", source="Daily Courier"),
        event("RUS CHN", "AFG", document="a", source="Daily Courier"),
        event("CHN RUS", "AFG", document="b", source="Morning Post", day=4),
    ]
    verdict = answer(question, records, [], corpus).verdict
    assert verdict is not None
    said = verdict.parts[0].reason
    assert "3 joint acts" in said
    assert "told in 3 reports in 2 independent outlets on 2 days" in said
    assert separate_stories(records) == 2


def test_nine_deeds_are_too_few_for_stance(event: Make, question: Question, corpus: Corpus) -> None:
    events = [event("RUS", "AFG", kind="AID") for _ in range(9)]
    events += [event("CHN", "AFG", kind="AID") for _ in range(50)]
    part = stance_of(question, events, corpus)
    assert part.value == "too few"
    assert "at least 10" in part.reason


def test_deeds_only_about_the_other_side_do_not_count_for_stance(
    event: Make, question: Question, corpus: Corpus
) -> None:
    events = [event("RUS", "USA", "AFG", kind="AID") for _ in range(40)]
    events += [event("CHN", "AFG", kind="AID") for _ in range(40)]
    part = stance_of(question, events, corpus)
    assert part.value == "too few"
    assert "Russia 0 acts, China 40 acts toward or with the Afghan side" in part.reason


def test_an_act_is_toward_with_or_only_about_the_other_side(event: Make) -> None:
    upon, with_, about = event("RUS", "AFG"), event("RUS AFGTAL"), event("RUS", "USA", "AFG")
    deeds, toward = [upon, with_, about], ("AFG", "AFGTAL")
    assert toward_or_with(deeds, toward) == (upon, with_)
    assert only_about(deeds, toward) == (about,)


@pytest.mark.parametrize(
    ("warm_russian", "warm_chinese", "expected"),
    [(38, 2, "opposed"), (38, 38, "aligned"), (39, 30, "apart")],
)
def test_stance_follows_the_share_of_cooperative_deeds(
    warm_russian: int,
    warm_chinese: int,
    expected: str,
    event: Make,
    question: Question,
    corpus: Corpus,
) -> None:
    events = []
    for code, warm in (("RUS", warm_russian), ("CHN", warm_chinese)):
        events += [event(code, "AFG", kind="AID") for _ in range(warm)]
        events += [event(code, "AFG", kind="ASSAULT") for _ in range(40 - warm)]
    assert stance_of(question, events, corpus).value == expected


def test_ten_deeds_each_that_agree_are_not_enough_to_call_aligned(
    event: Make, question: Question, corpus: Corpus
) -> None:
    events = [event(code, "AFG", kind="AID") for code in ("RUS", "CHN") for _ in range(10)]
    assert stance_of(question, events, corpus).value == "undetermined"


def test_the_interval_of_a_difference_is_the_published_one() -> None:
    # Newcombe 1998, table II, (a) 56/70 - 48/80, method 10.
    gap, low, high = difference_of_shares(56, 70, 48, 80)
    assert (round(gap, 4), round(low, 4), round(high, 4)) == (0.2, 0.0524, 0.3339)
