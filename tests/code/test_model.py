"""The event model at work: what any weights must keep to, and a few plain sentences."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from inconcert.code.encoding import NONE, PREDICATE, TYPES, Mark
from inconcert.code.model import EventModel, Question, Reading, digest
from inconcert.core.event import AUXILIARY_MODES
from inconcert.ontology import plover

SENTENCES = {
    "Russia accused Turkey of breaking the truce.": "accused",
    "Turkish jets bombed Kurdish villages in Syria.": "bombed",
    "🦃 Россия осудила 中国, and İran condemned Türkiye.": "condemned",
    "(" * 200 + "China met Iran" + ")" * 200: "met",
    "Spring came early to Norway.": "came",
}


@pytest.fixture(scope="module")
def model() -> EventModel:
    return EventModel()


def ask(sentence: str, word: str) -> Question:
    start = sentence.index(word)
    return Question(sentence, (Mark(start, start + len(word), PREDICATE),))


@pytest.fixture(scope="module")
def readings(model: EventModel) -> dict[str, Reading]:
    read = model.read([ask(sentence, word) for sentence, word in SENTENCES.items()])
    return dict(zip(SENTENCES, read, strict=True))


def spans(reading: Reading) -> Iterator[tuple[int, int]]:
    for one in (*reading.actors, *reading.recipients, *reading.about):
        yield one.start, one.end


def test_chances_of_the_types_sum_to_one(readings) -> None:
    for reading in readings.values():
        assert sum(reading.types) == pytest.approx(1, abs=1e-4)
        assert reading.silence == reading.chance(NONE)


def test_all_other_chances_lie_between_none_and_one(readings) -> None:
    for reading in readings.values():
        pairs = (*reading.modes, *reading.contexts, *reading.auxiliary)
        assert all(0 <= chance <= 1 for _, chance in pairs)


def test_modes_are_those_of_the_likeliest_type(readings) -> None:
    for reading in readings.values():
        assert reading.type in TYPES[1:]
        assert {name for name, _ in reading.modes} == set(plover.modes(reading.type))
        assert tuple(name for name, _ in reading.auxiliary) == AUXILIARY_MODES


def test_spans_are_whole_words_of_the_sentence_in_order(readings) -> None:
    for sentence, reading in readings.items():
        for start, end in spans(reading):
            assert 0 <= start < end <= len(sentence)
            assert not (start and sentence[start - 1 : start + 1].isalnum())
            assert not sentence[end - 1 : end + 1].isalnum() or end == len(sentence)
        for named in (reading.actors, reading.recipients, reading.about):
            assert list(named) == sorted(named, key=lambda one: one.start)


def test_a_plain_accusation_is_one_with_its_direction(readings) -> None:
    sentence = next(iter(SENTENCES))
    reading = readings[sentence]
    assert reading.type == "ACCUSE"
    assert reading.silence < 0.5
    assert [sentence[one.start : one.end] for one in reading.actors] == ["Russia"]
    assert "Turkey" in [sentence[one.start : one.end] for one in reading.recipients]


def test_the_coming_of_spring_is_no_event(readings) -> None:
    assert readings["Spring came early to Norway."].silence > 0.5


def test_answers_come_in_the_order_of_the_questions_whatever_their_length(model) -> None:
    long = "Envoys, ministers, officers of a dozen states " * 5 + "heard that Iran attacked Iraq."
    questions = [ask(long, "attacked"), ask("China met Iran.", "met")] * 20
    together = model.read(questions)
    alone = [model.read([question])[0] for question in questions[:2]]
    for number, reading in enumerate(together):
        expected = alone[number % 2]
        assert reading.type == expected.type
        assert reading.silence == pytest.approx(expected.silence, abs=0.2)


def test_no_question_has_no_answer(model) -> None:
    assert model.read([]) == []


def test_a_question_without_marks_or_words_is_answered_too(model) -> None:
    empty, unmarked = model.read([Question("", ()), Question("China met Iran.", ())])
    assert empty.actors == empty.recipients == empty.about == ()
    assert sum(unmarked.types) == pytest.approx(1, abs=1e-4)


def test_the_hash_of_the_weights_is_the_same_each_time() -> None:
    assert digest() == digest()
    assert len(digest()) == 16
