"""Precision measured by reviews, and how far reviewers agree."""

from __future__ import annotations

import pytest

from inconcert.errors import BadInput
from inconcert.grade.references import wilson
from inconcert.grade.reviews import BIASED, RANDOM, Judged, agreement, grade_reviews


def judged(id, judgement, *, by="Anna", kind="CONSULT", source="A", changed=(), random=False):
    fields = dict.fromkeys(changed, "x") if not isinstance(changed, dict) else changed
    return Judged(id, "event", kind, source, by, judgement, fields, random)


def test_precision_counts_what_is_right_of_what_was_decided():
    grade = grade_reviews(
        [
            judged("1", "right"),
            judged("2", "wrong", kind="AID", source="B"),
            judged("3", "changed", changed=["type"]),
            judged("4", "changed", changed=["date"]),
            judged("5", "changed", changed=["recipients"], source="B"),
            judged("6", "unsure"),
        ],
        {"event": 40},
    )
    shares = {name: (one.right, one.of) for name, one in grade.measures("event").items()}
    assert shares == {
        "type and parties right": (2, 5),
        "an event or statement there": (4, 5),
        "type right": (3, 5),
        "parties right": (3, 5),
        "date right": (3, 5),
        "all right, as coded": (1, 5),
    }
    assert {name: (s.right, s.of) for name, s in grade.by("event", "type").items()} == {
        "CONSULT": (2, 4),
        "AID": (0, 1),
    }
    assert {name: (s.right, s.of) for name, s in grade.by("event", "source").items()} == {
        "A": (2, 3),
        "B": (0, 2),
    }
    assert grade.unsure == 1
    told = grade.as_json()["events"]["overall"]["type and parties right"]
    value, low, high = wilson(2, 5)
    assert told == {
        "right": 2, "n": 5, "value": value, "low": round(low, 4), "high": round(high, 4)
    }  # fmt: skip
    text = grade.as_text()
    assert "5 of 40 events of the coder reviewed" in text
    assert "0.400 [0.118, 0.769]  2 of 5" in text
    assert "1 left unsure, not counted" in text


def test_the_bias_of_doubtful_records_first_is_told_unless_the_sample_is_random():
    some = [judged("1", "right", random=True), judged("2", "wrong")]
    assert grade_reviews(some, {}).warning == BIASED
    drawn = grade_reviews(some, {}, sample="random", following={"event": "9"})
    assert (drawn.warning, len(drawn.judged)) == (RANDOM, 1)
    assert "the random sample goes on with event 9" in drawn.as_text()
    assert drawn.as_json()["random_goes_on_with"] == {"event": "9"}


def test_nothing_reviewed_has_no_share_and_claims_no_random_sample():
    grade = grade_reviews([], {"event": 3})
    assert grade.warning == BIASED
    assert grade.as_json()["events"]["overall"]["type right"] == {
        "right": 0, "n": 0, "value": None, "low": None, "high": None
    }  # fmt: skip
    with pytest.raises(BadInput, match="no sample"):
        grade_reviews([], {}, sample="odd")


def test_agreement_is_cohens_kappa_of_what_both_decided():
    first = ["right"] * 20 + ["right"] * 5 + ["wrong"] * 10 + ["wrong"] * 15
    second = ["right"] * 20 + ["wrong"] * 5 + ["right"] * 10 + ["wrong"] * 15
    rows = [judged(str(n), one) for n, one in enumerate(first)]
    rows += [judged(str(n), one, by="Ben") for n, one in enumerate(second)]
    rows.append(judged("only Anna", "right"))
    (pair,) = agreement(rows)
    assert pair.names == ("Anna", "Ben")
    assert (pair.share.right, pair.share.of) == (35, 50)
    assert pair.kappa == pytest.approx(0.4)  # Cohen's textbook table: 0.7 seen, 0.5 by chance
    assert len(pair.differing) == 15


def test_kappa_is_not_defined_where_both_say_the_same_of_everything():
    (pair,) = agreement([judged("1", "right"), judged("1", "right", by="Ben")])
    assert pair.kappa is None
    assert "kappa not defined" in pair.as_text()
    assert pair.as_json()["kappa"] is None


def test_who_differs_on_what_is_listed_by_type_and_value():
    rows = [
        judged("1", "changed", kind="AID", changed={"type": "COERCE"}),
        judged("1", "changed", kind="AID", changed={"type": "PROTEST"}, by="Ben"),
        judged("2", "right"),
        judged("2", "wrong", by="Ben"),
        judged("3", "unsure"),
        judged("3", "wrong", by="Ben"),
    ]
    (pair,) = agreement(rows)
    assert (pair.share.right, pair.share.of, pair.unsure) == (1, 2, 1)
    told = pair.as_json()
    said = [(one["id"], one["Anna"]["judgement"], one["Ben"]["judgement"])
            for one in told["differing"]]  # fmt: skip
    assert said == [("1", "changed", "changed"), ("2", "right", "wrong")]
    assert {name: one["n"] for name, one in told["by_type"].items()} == {
        "event AID": 1,
        "event CONSULT": 1,
    }


def test_every_two_of_three_reviewers_are_compared_where_they_met():
    rows = [judged("1", "right", by=name) for name in ("Anna", "Ben", "Cem")]
    rows.append(judged("2", "right", by="Dora"))
    assert [pair.names for pair in agreement(rows)] == [
        ("Anna", "Ben"),
        ("Anna", "Cem"),
        ("Ben", "Cem"),
    ]
