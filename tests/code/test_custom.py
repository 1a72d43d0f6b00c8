"""Learning a type of one's own, with a model whose vectors are made up."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from types import SimpleNamespace

import numpy as np
import pytest

from inconcert.code.custom import (
    FOLDS,
    Rows,
    Words,
    background,
    best_threshold,
    fit,
    folds_of,
    judged,
    learn,
    words_of,
)
from inconcert.code.encoding import PREDICATE, Mark
from inconcert.code.heads import chance_of
from inconcert.code.model import EventModel, Question
from inconcert.core.document import Document
from inconcert.core.parsed import ParsedDocument
from inconcert.errors import BadInput, ModelError
from inconcert.labels.corpus import Labelled, Record
from inconcert.labels.custom import OwnName
from inconcert.parse.pipeline import Parser

BORDER = OwnName.parse("BORDER", "ASSAULT")


@cache
def parser() -> Parser:
    return Parser()


def parsed(sentence: str) -> ParsedDocument:
    return next(iter(parser().parse([Document.of(sentence, language="en")])))


def record(sentence: str, *predicates: str, kind: str = "BORDER", modes=()) -> Record:
    events = []
    for words in predicates:
        start = sentence.index(words)
        events.append(Labelled(start, start + len(words), kind, tuple(modes), (), (), (), (), ()))
    return Record("own", sentence, tuple(events))


def words(*records: Record, name: OwnName = BORDER) -> Words:
    return words_of(name, records, [parsed(one.sentence) for one in records])


def told(found: Words) -> list[tuple[str, bool]]:
    return [(t.text, is_told) for t, is_told in zip(found.tokens, found.told, strict=True)]


class Fake:
    """A model whose vectors say whether a word is one of some words, with noise."""

    def __init__(self, right: Sequence[str], noise: float = 0.1) -> None:
        self.right, self.noise = set(right), noise

    def vectors(self, questions: Sequence[Question]) -> np.ndarray:
        rng = np.random.default_rng(1)
        found = rng.normal(0, self.noise, (len(questions), 12)).astype(np.float32)
        for row, asked in enumerate(questions):
            (mark,) = asked.marks
            found[row, 0] += 1.0 if asked.sentence[mark.start : mark.end] in self.right else -1.0
        return found


def made_up(positives: int) -> Words:
    many = [record(f"Guards fired at post {n} and praised it.", "fired") for n in range(positives)]
    many += [record(f"Guards praised post {n} and visited it.") for n in range(30)]
    return words(*many)


@cache
def others() -> Words:
    return words(*[record(f"Paris visited post {n}.") for n in range(20)])


def test_the_noun_stands_for_a_predicate_whose_verb_is_empty():
    found = told(words(record("Tajik guards opened fire on herders and left.", "opened fire")))
    assert ("fire", True) in found
    assert "opened" not in dict(found)


def test_the_verb_stands_for_a_predicate_with_its_particle():
    found = told(words(record("Rebels slipped across the river.", "slipped across")))
    assert found[0] == ("slipped", True)


def test_words_of_other_events_and_of_sentences_without_any_are_the_other_side():
    found = told(
        words(
            record("Guards seized a boat and Paris condemned it.", "seized"),
            record("Paris condemned the arrest.", "condemned", kind="ACCUSE"),
        )
    )
    assert [word for word, is_told in found if is_told] == ["seized"]
    assert [word for word, is_told in found if not is_told].count("condemned") == 2


def test_for_a_mode_events_of_the_type_without_it_are_the_other_side():
    mode = OwnName.parse("ASSAULT.border")
    found = words(
        record("Rebels shelled a post.", "shelled", kind="ASSAULT", modes=["border"]),
        record("Rebels bombed a market.", "bombed", kind="ASSAULT", modes=["aerial"]),
        name=mode,
    )
    assert dict(told(found)) == {"shelled": True, "bombed": False}


def test_fewer_than_twenty_events_are_refused_with_their_number():
    with pytest.raises(BadInput, match="19 events labelled BORDER, and at least 20") as found:
        learn(BORDER, made_up(19), others(), Fake(["fired"]), digest="d")
    assert "Label more sentences" in found.value.advice


def test_a_file_in_which_every_word_is_an_event_is_refused():
    many = words(*[record(f"Guards fired {n}.", "fired") for n in range(25)])
    with pytest.raises(BadInput, match="other words"):
        learn(BORDER, many, others(), Fake(["fired"]), digest="d")


def test_what_the_vectors_tell_apart_is_learned():
    learned = learn(BORDER, made_up(25), others(), Fake(["fired"]), digest="d")
    assert learned.figures.f1 == 1
    assert (learned.figures.right, learned.figures.missed) == (25, 0)
    vectors = Fake(["fired"]).vectors(made_up(25).questions)
    assert (learned.head.chances(vectors) >= learned.head.threshold).sum() == 25
    assert learned.head.words == {"fire/v"}
    assert learned.head.model == "d"


def test_what_the_vectors_do_not_tell_apart_is_admitted():
    learned = learn(BORDER, made_up(25), others(), Fake([], noise=1.0), digest="d")
    assert learned.figures.f1 < 0.6


def test_learning_twice_gives_the_same():
    first, second = (
        learn(BORDER, made_up(25), others(), Fake(["fired"]), digest="d") for _ in range(2)
    )
    assert first.head.as_text() == second.head.as_text()


def test_words_of_one_sentence_are_left_out_together_and_events_are_spread():
    found = made_up(25)
    folds = folds_of(found)
    by_sentence: dict[int, set[float]] = {}
    for sentence, fold in zip(found.sentences, folds, strict=True):
        by_sentence.setdefault(sentence, set()).add(fold)
    assert all(len(mine) == 1 for mine in by_sentence.values())
    with_event = [fold for fold, is_told in zip(folds, found.told, strict=True) if is_told]
    assert {with_event.count(fold) for fold in range(FOLDS)} == {5}


def test_a_fold_is_not_judged_by_a_threshold_that_was_chosen_on_it():
    folds = np.repeat(np.arange(FOLDS, dtype=float), 4)
    answers = np.tile([1.0, 1.0, 0.0, 0.0], FOLDS)
    chances = np.where(answers > 0, 0.9, 0.1)
    chances[:4] = [0.40, 0.40, 0.38, 0.38]  # parted, but elsewhere than in the other folds
    figures = judged(chances, Rows(chances[:, None], answers, folds, np.ones(20)))
    assert figures.missed + figures.wrong == 2


def test_the_fit_goes_where_its_gradient_is_nought():
    rng = np.random.default_rng(3)
    rows = rng.normal(size=(80, 6))
    answers = (rows[:, 0] + 0.5 * rng.normal(size=80) > 0).astype(float)
    weights, bias = fit(rows, answers, np.ones(80))
    residual = answers - chance_of(rows @ weights + bias)
    assert abs(residual.sum()) < 1e-3
    assert weights[0] > max(abs(weights[1:]))


def test_a_column_without_any_variation_does_no_harm():
    rows = np.column_stack([np.ones(40), np.repeat([0.0, 1.0], 20)])
    weights, bias = fit(rows, np.repeat([0.0, 1.0], 20), np.ones(40))
    assert np.isfinite([*weights, bias]).all()
    assert chance_of(rows @ weights + bias)[-1] > 0.9


def test_of_several_best_thresholds_the_middle_one_is_taken():
    chances, answers = np.array([0.4, 0.9]), np.array([0.0, 1.0])
    assert 0.5 < best_threshold(chances, answers, np.ones(2)) < 0.8


def test_words_of_the_background_that_are_taken_for_the_type_are_counted_apart():
    alarming = words(*[record(f"Paris cheered post {n}.") for n in range(20)])
    learned = learn(BORDER, made_up(25), alarming, Fake(["fired", "cheered"]), digest="d")
    assert learned.figures.alarms > 0
    assert learned.figures.wrong == 0


def test_a_background_keeps_words_that_the_labelled_sentences_never_show_from_being_taken():
    told = np.repeat([0.0, 1.0], 25)
    labelled = np.column_stack([told, told])
    elsewhere = np.column_stack([np.ones(60), np.zeros(60)])
    alone = fit(labelled, told, np.ones(50))
    against = fit(
        np.vstack([labelled, elsewhere]),
        np.concatenate([told, np.zeros(60)]),
        np.repeat([1.0, 0.25], [50, 60]),
    )
    taken = [chance_of(elsewhere[:1] @ weights + bias)[0] for weights, bias in (alone, against)]
    assert taken[1] < taken[0] / 2


def test_the_background_is_a_few_hundred_sentences_and_tells_no_type_of_ones_own():
    found = background()
    assert len({one.sentence for one in found}) == len(found) >= 200
    assert not any(one.events for one in found)


class Session:
    """A stand-in for the weights, with or without the output for vectors."""

    def __init__(self, *names: str) -> None:
        self.names = names

    def get_outputs(self) -> list[SimpleNamespace]:
        return [SimpleNamespace(name=name, shape=["batch", 3]) for name in self.names]

    def run(self, wanted: list[str], given: dict[str, np.ndarray]) -> list[np.ndarray]:
        assert wanted == ["vector"]
        marked = (given["ids"] * (given["marks"] > 0)).sum(axis=1)
        return [np.stack([marked, given["mask"].sum(axis=1), marked], axis=1).astype(np.float32)]


def asked(sentence: str, word: str) -> Question:
    start = sentence.index(word)
    return Question(sentence, (Mark(start, start + len(word), PREDICATE),))


def test_weights_that_tell_no_vectors_are_refused_with_what_to_do(monkeypatch):
    model = EventModel()
    monkeypatch.setattr(model, "_session", Session("type"))
    with pytest.raises(ModelError, match="does not tell its vectors") as found:
        model.vectors([asked("Guards fired.", "fired")])
    assert found.value.advice


def test_vectors_come_in_the_order_of_the_questions_whatever_their_length(monkeypatch):
    model = EventModel()
    monkeypatch.setattr(model, "_session", Session("type", "vector"))
    texts = [f"Guards fired{' again' * (n % 7)}." for n in range(60)]
    found = model.vectors([asked(text, "fired") for text in texts])
    lengths = found[:, 1] - found[0, 1]
    assert lengths.tolist() == [n % 7 for n in range(60)]
    assert len(model.vectors([])) == 0
