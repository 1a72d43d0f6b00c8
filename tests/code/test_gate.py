"""The gate: what it sees of a word, and how many words it lets through."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from inconcert.code import gate
from inconcert.code.candidates import candidates


def seen(ready, text: str, word: str) -> set[str]:
    found = ready(text)
    codes = len(gate.named_codes(found.clauses, found.sentence))
    return set(gate.features(found.clauses, found.token(word), codes))


def give(monkeypatch: pytest.MonkeyPatch, **weights: float) -> None:
    table: Mapping[str, float] = {"threshold": 0.0, **weights}
    monkeypatch.setattr(gate, "weights", lambda: table)


def test_it_sees_the_word_its_subject_and_how_many_are_named(ready) -> None:
    found = seen(ready, "Russia condemned Turkey.", "condemned")
    assert {"bias", "word=condemn/v", "nsubj=actor", "codes=2", "near=2"} <= found


def test_it_tells_an_actor_from_a_speaker_and_from_anybody(ready) -> None:
    assert "nsubj=speaker" in seen(ready, "We condemned Turkey.", "condemned")
    assert "nsubj=other" in seen(ready, "The rain stopped Turkey.", "stopped")


def test_everybody_named_is_counted_once_and_places_for_their_state(ready) -> None:
    found = ready("Russia met Chinese envoys in Beijing; the Russian side was glad.")
    assert gate.named_codes(found.clauses, found.sentence) == {"RUS", "CHN"}


def test_a_word_passes_that_reaches_the_threshold(ready, monkeypatch) -> None:
    found = ready("Russia condemned Turkey and attacked Georgia.")
    give(monkeypatch, **{"threshold": 1.0, "word=condemn/v": 1.0, "word=attack/v": 0.9})
    assert [one.text for one in gate.passing(found.clauses, found.sentence)] == ["condemned"]


def test_every_candidate_is_weighed_and_only_candidates_pass(ready) -> None:
    found = ready("Russia condemned Turkey, urged Iran to stop and met Chinese envoys on Monday.")
    weighed = gate.weighed(found.clauses, found.sentence)
    assert [one.token for one in weighed] == list(candidates(found.parsed, found.sentence))
    passing = gate.passing(found.clauses, found.sentence)
    assert passing == [one.token for one in weighed if one.passes]


def test_an_attack_passes_the_fitted_gate(ready) -> None:
    found = ready("Russian troops attacked Ukrainian villages.")
    assert found.token("attacked") in gate.passing(found.clauses, found.sentence)


def test_of_a_list_without_end_the_likeliest_words_are_read(ready, monkeypatch) -> None:
    found = ready("Russia condemned Turkey, " * 70 + "and attacked Georgia.")
    give(monkeypatch, **{"word=attack/v": 1.0})
    first = found.parsed.sentences[-1]
    assert first.last - first.first > gate.LONG
    passing = gate.passing(found.clauses, first)
    assert len(passing) == gate.MOST_OF_A_LIST
    assert "attacked" in [one.text for one in passing]
    assert [one.index for one in passing] == sorted(one.index for one in passing)
