"""An explained text in words: marks in the right place, and nothing that harms a terminal."""

from __future__ import annotations

from typing import Any

import pytest

from inconcert.show.explain import lines, marked, text

WORDS = "Russia shot the Turkish plane down near Syria."


def person(code: str, words: str) -> dict[str, Any]:
    start = WORDS.index(words)
    return {"code": code, "sectors": [], "name": None, "start": start, "end": start + len(words)}


def event(**other: Any) -> dict[str, Any]:
    return {
        "sentence": 0, "type": "ASSAULT", "mode": "aerial", "auxiliary": ["negation"],
        "actors": [person("RUS", "Russia")], "recipients": [person("TUR", "Turkish")],
        "about": [person("SYR", "Syria")], "start": 7, "end": 34,
        "predicate_spans": [[7, 11], [30, 34]], "rule": "verb shoot", "confidence": 0.812,
        "decided": "the rule alone",
        "features": [{"name": "bias", "value": 1, "weight": -1.0, "adds": -1.0},
                     {"name": "recipient", "value": 0, "weight": 2.0, "adds": 0}],
        **other,
    }  # fmt: skip


def word(**other: Any) -> dict[str, Any]:
    return {
        "text": "shot", "start": 7, "end": 11, "lemma": "shoot", "pos": "VERB",
        "gate": {"score": 1.5, "threshold": 0.2, "passes": True},
        "model": {"types": [{"type": "ASSAULT", "chance": 0.9}, {"type": "NONE", "chance": 0.08}],
                  "actors": [{"text": "Russia", "start": 0, "end": 6, "chance": 0.9}],
                  "recipients": [], "about": []},
        "rules": [{"rule": "verb shoot", "type": "ASSAULT", "event": True}],
        "outcome": {"coded": True, "reason": None, "type": "ASSAULT", "decided": "the rule alone"},
        **other,
    }  # fmt: skip


def record(**other: Any) -> dict[str, Any]:
    sentence = {
        "text": WORDS, "start": 0, "end": len(WORDS), "coded": True, "reason": None,
        "words": [word()], "left_out": [],
    }  # fmt: skip
    sentence |= other
    events = [event()] if sentence["coded"] else []
    return {
        "floor": 0.35, "sentences": [sentence], "events": events, "actors": [], "statements": []
    }  # fmt: skip


def test_parties_and_both_parts_of_the_predicate_are_marked() -> None:
    assert text(record()).splitlines()[3].strip() == (
        "[A:Russia] [P:shot] the [R:Turkish] plane [P:down] near [about:Syria]."
    )


def test_marks_count_from_where_the_sentence_begins() -> None:
    moved = event(
        actors=[{**person("RUS", "Russia"), "start": 100, "end": 106}], recipients=[], about=[],
        predicate_spans=[[107, 111]],
    )  # fmt: skip
    assert marked(WORDS, 100, moved)[:3] == [("Russia", "actor"), (" ", ""), ("shot", "predicate")]


def test_a_party_named_in_another_sentence_is_not_marked_in_this_one() -> None:
    far = event(actors=[{**person("RUS", "Russia"), "start": 900, "end": 906}])
    assert "actor" not in {kind for _, kind in marked(WORDS, 0, far)}


def test_of_marks_that_overlap_the_predicate_is_kept_and_no_words_are_lost() -> None:
    line = marked(WORDS, 0, event(predicate_spans=[[0, 11]]))
    assert line[0] == ("Russia shot", "predicate")
    assert "".join(words for words, _ in line) == WORDS


def test_an_event_tells_its_confidence_who_decided_and_what_weighed() -> None:
    told = text(record())
    assert "ASSAULT-aerial [negation]: RUS → TUR, about SYR; confidence 0.81" in told
    assert "decided by the rule alone: verb shoot" in told
    assert "confidence from bias -1.00\n" in told


def test_a_word_tells_gate_model_and_rules() -> None:
    told = text(record())
    assert "gate: 1.50, passes (threshold 0.20)" in told
    assert "model: ASSAULT 0.90, NONE 0.08; A 'Russia'" in told
    assert "rules: verb shoot → ASSAULT" in told


def test_what_was_left_out_comes_with_its_reason() -> None:
    left = {
        "text": "shot", "start": 7, "end": 11, "type": "COERCE", "confidence": 0.2,
        "actors": [person("RUS", "Russia")], "recipients": [], "reason": "below the floor",
    }  # fmt: skip
    told = text(record(left_out=[left]))
    assert "'shot' COERCE RUS → –, confidence 0.20: below the floor of 0.35" in told


def test_a_sentence_that_was_not_coded_says_why() -> None:
    told = text(record(coded=False, reason="names nobody known", words=[]))
    assert "not coded: names nobody known" in told
    assert "Words looked at" not in told


def test_a_text_without_a_sentence_is_told_so() -> None:
    found = {"floor": 0.35, "sentences": [], "events": [], "actors": [], "statements": []}
    assert "No sentence in it." in text(found)


def test_of_very_many_words_the_rest_is_counted() -> None:
    assert "… and 20 more; --json has them all" in text(record(words=[word()] * 50))


@pytest.mark.parametrize("bad", ["\x1b[31m", "\x07", "\u202e", "\x9b", "\ud800", "\r"])
def test_no_character_that_steers_a_terminal_is_printed(bad: str) -> None:
    told = "".join(words for line in lines(record(text=f"{bad}{WORDS}")) for words, _ in line)
    assert bad[0] not in told
