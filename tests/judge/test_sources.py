"""One verdict a source, and from which the head is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from inconcert.core.question import Question
from inconcert.core.reading import (
    Coverage,
    Documented,
    FalseCalls,
    Finding,
    Reading,
    Row,
    StanceRead,
)
from inconcert.core.span import TimeSpan
from inconcert.core.verdict import SourceVerdict
from inconcert.judge.sources import INTERVALS, in_order, of_claim, of_dataset, read_from

SPAN = TimeSpan(date(2021, 1, 1), date(2021, 8, 31))
QUESTION = Question((("RUS",), ("CHN",)), ("AFG",), ("Russia", "China"), "Afghanistan")
FOUND = Finding("same day", 40, 20.0, 2.0, (1.5, 2.5), 0.4, (0.2, 0.6), 0.0001, 0.0005, (1, 41), ())
ALIGNED = StanceRead("aligned", (40, 40), (0.9, 0.9), 0.0, (-0.1, 0.1), 0.8)
JOINT = Row("e1", date(2021, 2, 3), ("RUS", "CHN"), ("AFG",), "AID", "", "", "", "", 1)


def reading(name: str = "ICEWS", act_days: int = 40, **fields: object) -> Reading:
    cover = Coverage(SPAN, 243, SPAN, 90, 80, (60, 60), (act_days, 60), 20, 900, 40, None)
    whole = Reading(name, "dataset", "", cover, tests=(FOUND,), stance=ALIGNED)
    return replace(whole, **fields)  # type: ignore[arg-type]


def judged(*readings: Reading) -> list[SourceVerdict]:
    return [of_dataset(QUESTION, one, names=str) for one in readings]


def test_a_dataset_that_tells_of_no_contact_reads_acting_alike_at_most() -> None:
    (found,) = judged(reading())
    assert found.value("contact") == "not testable"
    assert found.verdict.head == "acting alike, contact not shown"


def test_a_row_with_both_among_the_actors_is_contact() -> None:
    (found,) = judged(reading(documented=Documented(joint=(JOINT,), joint_count=1)))
    assert found.value("contact") == "joint acts"
    assert found.verdict.head == "in concert"


def test_talks_without_a_subject_do_not_count_as_consulted() -> None:
    talks = Documented(consultation_count=50, consultation_days=40)
    (found,) = judged(reading(documented=talks))
    assert found.value("contact") == "not testable"
    assert "50 consultations" in found.verdict.parts[0].reason


def test_opposed_stance_outweighs_timing() -> None:
    opposed = StanceRead("opposed", (40, 40), (0.9, 0.1), 0.8, (0.6, 0.9), 0.5)
    assert judged(reading(stance=opposed))[0].verdict.head == "at odds"


def test_timing_never_stands_without_contact_and_stance() -> None:
    assert [part.name for part in judged(reading())[0].verdict.parts] == [
        "contact", "timing", "stance"
    ]  # fmt: skip


def test_every_dataset_says_that_its_error_is_not_known_and_what_it_may_not_mean() -> None:
    caveats = " ".join(judged(reading())[0].verdict.caveats)
    assert "not known to us" in caveats
    assert "no proof of an agreement, an intent or a cause" in caveats


def test_the_head_is_read_from_the_source_with_most_act_days_not_from_the_one_that_says_most() -> (
    None
):
    silent = replace(FOUND, p=0.5, corrected=0.9)
    rich, poor = reading("RICH", 80, tests=(silent,)), reading("POOR", 20)
    assert [one.reading.source for one in in_order(judged(poor, rich), ())] == ["RICH", "POOR"]


def test_a_source_named_goes_before_a_richer_one() -> None:
    found = in_order(judged(reading("RICH", 80), reading("POOR", 20)), ("poor", "rich"))
    assert [one.reading.source for one in found] == ["POOR", "RICH"]


def test_sources_that_disagree_are_told_and_not_pooled() -> None:
    silent = replace(FOUND, p=0.5, corrected=0.9, share_interval=(-0.1, 0.1))
    told = read_from(judged(reading("RICH", 80), reading("POOR", 20, tests=(silent,))), ())
    assert told is not None
    assert "Read from RICH" in told
    assert "do not agree: POOR: “independent”" in told
    assert "not pooled" in told


def test_a_single_source_needs_no_word_on_where_the_head_is_from() -> None:
    assert read_from(judged(reading()), ()) is None


@pytest.mark.parametrize(("count", "words"), [(0.2, "fewer than one is"), (7.4, "about 7 are")])
def test_false_calls_are_told_with_the_base_rate_they_rest_on(count: float, words: str) -> None:
    told, intervals = of_claim(reading(false_calls=FalseCalls(count, 0.1, 110)))
    assert intervals == INTERVALS
    assert of_claim(reading(tests=())) == []  # where no interval stands, none is too narrow
    assert words in told
    assert "10\u00a0% of the pairs" in told


def test_days_beyond_the_source_are_told_as_not_tested() -> None:
    asked = replace(QUESTION, span=TimeSpan(date(2020, 6, 1), date(2021, 8, 31)))
    found = of_dataset(asked, reading(), names=str)
    assert any("the rest is not tested" in caveat for caveat in found.verdict.caveats)


def test_what_is_missing_does_not_ask_a_bloc_for_a_p_that_it_has() -> None:
    bloc = replace(FOUND, bloc=("PAK", "IRN", "UZB"))
    (found,) = judged(reading(tests=(bloc,)))
    assert found.value("timing") == "bloc-wide"
    (told,) = found.verdict.missing
    assert "fewer than 3" in told
    assert "p < .01" not in told


def test_what_is_missing_does_not_ask_for_a_p_where_the_interval_is_what_fails() -> None:
    wide = replace(FOUND, corrected=0.004, lift_interval=(0.9, 5.0))
    (one,) = judged(reading(tests=(wide,)))
    told = " ".join(one.verdict.missing)
    assert one.value("timing") == "undetermined"
    assert "interval of the lift above 1" in told
    assert "p < .01" not in told
