"""Sorting records into an answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from inconcert.core.evidence import Corpus, EventRecord, StatementRecord
from inconcert.core.question import Question
from inconcert.core.reading import Coverage, Finding, Reading, StanceRead
from inconcert.core.span import TimeSpan
from inconcert.errors import BadQuestion
from inconcert.judge.answer import answer

Make = Callable[..., EventRecord]
Say = Callable[..., StatementRecord]


def ids(records: tuple[EventRecord, ...]) -> list[str]:
    return [record.event.id for record in records]


def test_many_joint_acts_of_an_unmeasured_coder_still_read_cannot_tell(
    event: Make, question: Question, corpus: Corpus
) -> None:
    many = [event("RUS CHN", "AFG", day=day) for day in range(30)]
    verdict = answer(question, many, [], corpus).verdict
    assert verdict is not None
    assert verdict.head == "cannot tell"
    assert verdict.parts[0].value == "joint acts"
    assert "not been measured" in verdict.caveats[0]


def test_a_measured_coder_lifts_the_refusal(
    event: Make, question: Question, corpus: Corpus
) -> None:
    two = [event("RUS CHN", "AFG", day=0), event("RUS CHN", "AFGTAL", day=5)]
    verdict = answer(question, two, [], corpus, measured=True).verdict
    assert verdict is not None
    assert verdict.head == "in concert"


def test_two_reports_of_one_day_are_one_story(
    event: Make, question: Question, corpus: Corpus
) -> None:
    same_day = [event("RUS CHN", "AFG", day=3), event("RUS CHN", "AFG", day=3)]
    verdict = answer(question, same_day, [], corpus, measured=True).verdict
    assert verdict is not None
    assert verdict.head == "cannot tell"


def test_timing_is_not_tested_where_no_reading_is_given(
    event: Make, question: Question, corpus: Corpus
) -> None:
    verdict = answer(question, [event("RUS", "AFG")], [], corpus).verdict
    assert verdict is not None
    assert [part.name for part in verdict.parts] == ["contact", "timing", "stance"]
    assert verdict.parts[1].value == "not tested"


def test_a_deed_needs_the_actor_acting_and_the_other_side_named(
    event: Make, question: Question, corpus: Corpus
) -> None:
    upon, with_, about = event("RUS", "AFG"), event("RUS AFGTAL"), event("RUS", "USA", "AFG")
    reverse, elsewhere = event("AFG", "RUS"), event("RUS", "UKR")
    found = answer(question, [upon, with_, about, reverse, elsewhere], [], corpus)
    assert ids(found.columns[0].deeds) == ["e0", "e1", "e2"]
    assert found.columns[1].deeds == ()
    assert ids(found.bearing) == ["e3"]


def test_a_planned_or_denied_act_is_set_aside_and_never_joint(
    event: Make, question: Question, corpus: Corpus
) -> None:
    found = answer(question, [event("RUS CHN", "AFG", auxiliary=("future",))], [], corpus)
    assert found.joint == ()
    assert ids(found.columns[0].set_aside) == ids(found.columns[1].set_aside) == ["e0"]
    assert found.columns[0].deeds == ()


def test_talks_of_the_two_about_the_other_side_are_consultation_not_a_joint_act(
    event: Make, question: Question, corpus: Corpus
) -> None:
    found = answer(question, [event("RUS", "CHN", "AFG", kind="CONSULT")], [], corpus)
    assert found.joint == ()
    assert ids(found.consultations) == ["e0"]
    assert found.verdict is not None
    assert found.verdict.parts[0].value == "consulted"


def test_two_who_both_turn_to_a_third_do_not_consult_each_other(
    event: Make, question: Question, corpus: Corpus
) -> None:
    found = answer(question, [event("RUS CHN", "AFG", kind="CONSULT")], [], corpus)
    assert found.consultations == ()
    assert ids(found.joint) == ["e0"]


def test_consultations_on_other_matters_are_listed_but_are_no_contact(
    event: Make, question: Question, corpus: Corpus
) -> None:
    found = answer(question, [event("CHN RUS", kind="CONSULT")], [], corpus)
    assert ids(found.consultations) == ["e0"]
    assert found.verdict is not None
    assert found.verdict.parts[0].value == "none found"
    assert "1 consultation" in found.verdict.parts[0].reason


def test_a_sentence_that_names_both_actors_bears_on_the_question(
    event: Make, question: Question, corpus: Corpus
) -> None:
    russian = event("RUS", "UKR", document="d", sentence=4)
    chinese = event("CHN", "IND", document="d", sentence=4)
    alone = event("CHN", "IND", document="d", sentence=5)
    assert ids(answer(question, [russian, chinese, alone], [], corpus).bearing) == ["e0", "e1"]


def test_no_record_stands_in_bearing_and_in_another_list(
    event: Make, question: Question, corpus: Corpus
) -> None:
    records = [
        event("RUS CHN", "AFG"),
        event("RUS", "CHN", kind="CONSULT"),
        event("RUS", "AFG", auxiliary=("negation",)),
        event("AFGTAL", "CHN"),
    ]
    found = answer(question, records, [], corpus)
    shown = {*ids(found.joint), *ids(found.consultations)}
    for column in found.columns:
        shown |= {*ids(column.deeds), *ids(column.set_aside)}
    assert not shown & set(ids(found.bearing))
    assert shown | set(ids(found.bearing)) == {"e0", "e1", "e2", "e3"}


def test_days_asked_about_keep_other_days_and_undated_acts_out_of_the_counts(
    event: Make, statement: Say, question: Question, corpus: Corpus
) -> None:
    asked = replace(question, span=TimeSpan(date(2021, 8, 1), date(2021, 8, 7)))
    events = [event("RUS", "AFG", day=d) for d in (0, 30, None)]
    said = [statement("RUS", "AFG", day=d) for d in (0, 30, None)]
    found = answer(asked, events, said, corpus)
    assert ids(found.columns[0].deeds) == ["e0"]
    assert [record.statement.id for record in found.columns[0].statements] == ["s0"]
    assert ids(found.bearing) == ["e2"]


def test_statements_count_for_the_speaker_who_names_the_other_side(
    statement: Say, question: Question, corpus: Corpus
) -> None:
    said = [statement("CHN", "AFG"), statement("CHN", "USA"), statement("CHN", "", "AFGTAL")]
    column = answer(question, [], said, corpus).columns[1]
    assert [record.statement.id for record in column.statements] == ["s0", "s2"]


def test_one_actor_or_three_get_no_verdict(event: Make, question: Question, corpus: Corpus) -> None:
    one = replace(question, actors=(("RUS",),), names=("Russia",))
    three = replace(
        question, actors=(("RUS",), ("CHN",), ("IRN",)), names=("Russia", "China", "Iran")
    )
    assert answer(one, [event("RUS", "AFG")], [], corpus).verdict is None
    assert answer(three, [event("RUS", "AFG")], [], corpus).verdict is None


@pytest.mark.parametrize(
    "changed",
    [
        {"actors": (("RUS",), ("RUS",))},
        {"actors": (("RUS",), ("AFGTAL",))},
        {"actors": ()},
        {"toward": ()},
        {"names": ("Russia",)},
    ],
)
def test_a_question_without_sense_is_refused(
    changed: dict[str, tuple[str, ...]], question: Question, corpus: Corpus
) -> None:
    with pytest.raises(BadQuestion):
        answer(replace(question, **changed), [], [], corpus)  # type: ignore[arg-type]


def test_one_code_never_stands_for_a_longer_one(
    event: Make, question: Question, corpus: Corpus
) -> None:
    narrow = replace(question, toward=("AFG",))
    assert answer(narrow, [event("RUS", "AFGTAL")], [], corpus).columns[0].deeds == ()


# -- several sources


def rich(name: str, days: int, *, found: bool) -> Reading:
    """A reading of a dataset that finds joint timing, or nothing."""
    span = TimeSpan(date(2021, 1, 1), date(2021, 8, 31))
    p = 0.0001 if found else 0.9
    return Reading(
        source=name,
        kind="texts" if name == "texts" else "dataset",
        query="",
        coverage=Coverage(span, 243, span, 90, 90, (99, 99), (days, days), 20, 900, 40, 3),
        tests=(Finding("same day", 9, 3.0, 3.0, (1.5, 4.5), 0.3, (0.1, 0.5), p, p, (1, 41), ()),),
        stance=StanceRead("aligned", (40, 40), (0.9, 0.9), 0.0, (-0.1, 0.1), 0.8),
    )


def test_texts_and_a_dataset_stand_side_by_side_and_the_head_names_its_source(
    event: Make, question: Question, corpus: Corpus
) -> None:
    found = answer(
        question,
        [event("RUS CHN", "AFG", day=day) for day in range(3)],
        [],
        corpus,
        texts=rich("texts", 20, found=False),
        datasets=[rich("ICEWS", 60, found=True)],
    )
    assert [one.reading.source for one in found.by_source] == ["ICEWS", "texts"]
    assert found.verdict is not None
    assert found.verdict.head == "acting alike, contact not shown"
    assert found.verdict.caveats[1].startswith("Read from ICEWS")
    assert "Contact is told of by the texts of the case (joint acts)" in found.verdict.caveats[1]
    assert found.by_source[1].value("contact") == "joint acts"


def test_timing_of_an_unmeasured_coder_claims_nothing_and_that_of_a_measured_one_does(
    event: Make, question: Question, corpus: Corpus
) -> None:
    given = (question, [event("RUS CHN", "AFG", day=day) for day in range(3)], [], corpus)
    reading = rich("texts", 60, found=True)
    unmeasured = answer(*given, texts=reading, measured=False)
    assert unmeasured.verdict is not None
    assert (unmeasured.by_source[0].value("timing"), unmeasured.verdict.head) == (
        "undetermined",
        "cannot tell",
    )
    measured = answer(*given, texts=reading, measured=True)
    assert measured.verdict is not None
    assert (measured.by_source[0].value("timing"), measured.verdict.head) == (
        "co-acting",
        "in concert",
    )


def test_contact_is_shown_whatever_the_coder(
    event: Make, question: Question, corpus: Corpus
) -> None:
    given = (question, [event("RUS CHN", "AFG", day=0)], [], corpus)
    found = answer(*given, texts=rich("texts", 60, found=True), measured=False)
    assert found.by_source[0].value("contact") == "joint acts"


def test_a_case_without_texts_is_answered_from_its_datasets_alone(question: Question) -> None:
    empty = Corpus((), 0, (), (), (), (), ())
    found = answer(question, (), (), empty, datasets=[rich("ICEWS", 60, found=True)])
    assert [one.reading.source for one in found.by_source] == ["ICEWS"]
    assert found.verdict is not None
    assert not any("Coder" in caveat for caveat in found.verdict.caveats)


def test_texts_that_contradict_each_other_are_kept_and_the_verdict_says_so(
    event: Make, question: Question, corpus: Corpus
) -> None:
    records = [event("RUS", "AFG", day=0, document="d0"), event("CHN", "AFG", document="d1")]
    places = [
        replace(records[0].at, sentence="The two act in tandem."),
        replace(records[1].at, sentence="There is little coordination between the two."),
    ]
    found = answer(
        question, records, [], corpus, named=places, of_both=places,
        texts=rich("texts", 20, found=False),
    )  # fmt: skip
    assert [one.says for one in found.sayings] == ["together", "not together"]
    assert found.verdict is not None
    assert any("do not agree on the question" in caveat for caveat in found.verdict.caveats)
