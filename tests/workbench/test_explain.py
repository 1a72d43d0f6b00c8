"""A text explained: every record points into it, and every word says what became of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from inconcert import Workbench
from inconcert.code.encoding import TYPES
from inconcert.errors import BadQuestion, UnreadableDocument
from inconcert.workbench.explain import best_types, explain

TEXT = "“Hm.” Russia condemned Turkey’s raid and sent troops to Armenia 🦃. It rained."


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    return explain(TEXT, published="2021-09-20")


def words(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [word for sentence in found["sentences"] for word in sentence["words"]]


def with_text(value: Any) -> list[dict[str, Any]]:
    """All records, at any depth, that quote characters of the text."""
    if isinstance(value, dict):
        mine = [value] if {"text", "start", "end"} <= set(value) else []
        return mine + [one for inner in value.values() for one in with_text(inner)]
    if isinstance(value, list):
        return [one for inner in value for one in with_text(inner)]
    return []


def test_all_that_is_quoted_stands_at_its_offsets(found) -> None:
    quoted = with_text({**found, "text": None})
    assert len(quoted) > 5
    assert all(TEXT[one["start"] : one["end"]] == one["text"] for one in quoted)


def test_a_coded_event_has_its_grounds(found) -> None:
    event = next(one for one in found["events"] if one["type"] == "ACCUSE")
    assert [TEXT[first:last] for first, last in event["predicate_spans"]] == ["condemned"]
    assert event["decided"]
    assert {"name", "value", "weight", "adds"} == set(event["features"][0])
    sentence = found["sentences"][event["sentence"]]
    assert sentence["start"] <= event["start"] < sentence["end"]


def test_a_word_tells_what_gate_model_and_rules_said(found) -> None:
    word = next(one for one in words(found) if one["text"] == "condemned")
    assert word["gate"]["passes"]
    assert "NONE" in [one["type"] for one in word["model"]["types"]]
    assert word["rules"][0]["event"]
    assert word["outcome"]["coded"]


def test_every_word_is_coded_or_left_out_with_a_reason(found) -> None:
    outcomes = [one["outcome"] for one in words(found)]
    assert outcomes
    assert all(one["coded"] is (one["reason"] is None) for one in outcomes)


def test_a_word_not_asked_about_has_no_answer(found) -> None:
    for word in words(found):
        passes = word["gate"] is not None and word["gate"]["passes"]
        assert (word["model"] is not None) is passes


def test_a_sentence_that_names_nobody_says_so(found) -> None:
    (last,) = [one for one in found["sentences"] if one["text"] == "It rained."]
    assert (last["coded"], last["reason"]) == (False, "names nobody known")


def test_what_is_left_out_is_below_the_floor_or_says_why_else(found) -> None:
    left = [one for sentence in found["sentences"] for one in sentence["left_out"]]
    for one in left:
        if one["reason"] == "below the confidence floor":
            assert one["confidence"] < found["floor"]


def test_events_are_those_that_the_chain_codes(found) -> None:
    assert all(event["features"] and event["decided"] for event in found["events"])


def test_it_is_json(found) -> None:
    again = json.loads(json.dumps(found, default=str))
    assert again["text"] == TEXT


def test_the_likeliest_types_always_hold_none() -> None:
    chances = [0.0] * len(TYPES)
    chances[TYPES.index("AID")], chances[TYPES.index("AGREE")] = 0.6, 0.3
    chances[TYPES.index("CONSULT")] = 0.09
    chances[0] = 0.01
    assert [one["type"] for one in best_types(chances)] == ["AID", "AGREE", "NONE"]


@pytest.mark.parametrize("text", ["", " ", "\n\t"])
def test_no_text_is_refused(text: str) -> None:
    with pytest.raises(UnreadableDocument, match="no text"):
        explain(text)


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(BadQuestion):
        explain("Russia met China.", published="soon")


@pytest.mark.parametrize(
    "text",
    ["\x00", "🦃", "Russia \ud800 condemned \udc80 Turkey.", "Q: Did Russia attack?\n\nA: No."],
)
def test_odd_text_is_explained_too(text: str) -> None:
    found = Workbench.explain(text)
    told = Workbench.tell_explained(found)
    told.encode("utf-8")
    assert "Actors" in told


def test_lines_for_colours_hold_the_same_words_as_the_text_with_brackets(found) -> None:
    lines = ["".join(words for words, _ in line) for line in Workbench.explained_lines(found)]
    told = Workbench.tell_explained(found).splitlines()
    assert len(lines) == len(told)
    assert any("[P:condemned]" in line for line in told)
