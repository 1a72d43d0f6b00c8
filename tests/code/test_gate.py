"""The gate: what it sees of a word, and how many words it lets through."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from inconcert.code import gate
from inconcert.code.candidates import candidates, shares


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


def test_it_sees_what_the_word_depends_on_and_how_deep_it_stands(ready) -> None:
    text = "Minsk said that Russia condemned Turkey."
    assert {"deep=0", "kid=ccomp"} <= seen(ready, text, "said")
    below = {"deep=1", "under=say", "under=VERB/ccomp False", "ccomp of say"}
    assert below <= seen(ready, text, "condemned")


def test_it_sees_that_the_word_depends_on_somebody_who_is_named(ready) -> None:
    text = "Russia, condemned by Turkey, left."
    assert "under=PROPN/acl True" in seen(ready, text, "condemned")
    assert "under=NOUN/acl False" in seen(ready, text.replace("Russia", "The rain"), "condemned")


def test_depth_is_counted_only_so_far(ready) -> None:
    text = "We hear he said she said they said you said I said he said Russia condemned Turkey."
    deepest = seen(ready, text, "condemned")
    assert f"deep={gate._MOST_DEEP}" in deepest


def test_it_sees_who_stands_beside_the_word_and_how_often_the_word_tells_something(ready) -> None:
    found = seen(ready, "Russia condemned Turkey.", "condemned")
    assert {"nsubj:russia", "dobj:turkey", "kid=nsubj", "kid=dobj"} <= found
    told = int(10 * shares()["condemn/v"])
    often = {one for one in found if one.startswith("told ")}
    assert often == {f"told {told} of ten, VERB"}


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
