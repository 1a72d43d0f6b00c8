"""Types and modes of one's own at work, on real sentences with a model that is made up."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from functools import cache

import numpy as np
import pytest

from inconcert.code.asking import Answer
from inconcert.code.clauses import Clauses
from inconcert.code.drafts import Draft
from inconcert.code.encoding import TYPES
from inconcert.code.heads import (
    CustomHeads,
    Head,
    digest_of_heads,
    intensity_with,
    read_head,
    read_heads,
)  # fmt: skip
from inconcert.code.joined import Found
from inconcert.code.model import Named, Question, Reading
from inconcert.code.tables import tables
from inconcert.core.document import Document
from inconcert.core.event import AUXILIARY_MODES
from inconcert.core.mention import Participant
from inconcert.core.parsed import Sentence
from inconcert.core.span import TimeSpan
from inconcert.errors import BadInput, BadSetting, ModelError
from inconcert.labels.custom import OwnName
from inconcert.ontology import plover
from inconcert.parse.pipeline import Parser
from inconcert.resolve.actors import ActorResolver
from inconcert.resolve.register import Register

TEXT = "The Tajik guards shot at Kyrgyz herders on Tuesday."


class Fake:
    """Reads nothing into a word but its parties, and knows the words that tell an incident."""

    def __init__(self, actor: str, recipient: str, *incidents: str) -> None:
        self.actor, self.recipient, self.incidents = actor, recipient, incidents

    def read(self, questions: Sequence[Question]) -> list[Reading]:
        return [
            Reading(
                (1.0, *[0.0] * (len(TYPES) - 1)), (), (), tuple((n, 0.0) for n in AUXILIARY_MODES),
                self._named(one, self.actor), self._named(one, self.recipient), (),
            )
            for one in questions
        ]  # fmt: skip

    def _named(self, asked: Question, words: str) -> tuple[Named, ...]:
        start = asked.sentence.find(words)
        return (Named(start, start + len(words), 1.0),) if start >= 0 else ()

    def vectors(self, questions: Sequence[Question]) -> np.ndarray:
        marked = [one.sentence[one.marks[0].start : one.marks[0].end] for one in questions]
        return np.array([[1.0 if word in self.incidents else -1.0] for word in marked], np.float32)


def head(name: str = "BORDER", like: str | None = "ASSAULT", *words: str) -> Head:
    return Head(
        OwnName.parse(name, like), np.array([3.0]), 0.0, 0.6, frozenset(words), {"events": 20}, "m"
    )


@cache
def parts() -> tuple[Parser, ActorResolver]:
    return Parser(), ActorResolver(Register.load())


def _subject(clauses: Clauses, verb: int) -> tuple[Participant, ...]:
    found = [clauses.actors_at(n) or clauses.modifiers(n) for n in clauses.subjects(verb)]
    return tuple(one for several in found for one in several)


def applied(
    model: Fake, heads: Sequence[Head], text: str = TEXT, *, asked: Sequence[str], known=()
) -> list[Found]:
    """What the heads make of a text.

    Args:
        asked: words that the gate let through.
        known: words with the type of the event that rules and model found there.
    """
    parser, resolver = parts()
    day = TimeSpan.day(date(2021, 9, 20))
    parsed = next(iter(parser.parse([Document.of(text, published=day, language="en")])))
    clauses = Clauses(parsed, resolver.mentions(parsed))
    answers = [
        Answer(token, sentence.start, reading)
        for sentence in parsed.sentences
        for token in parsed.tokens_of(sentence)
        if token.text in asked
        for reading in model.read([Question(text[sentence.start : sentence.end], ())])
    ]
    everything: list[tuple[Sentence, list[Found]]] = []
    for sentence in parsed.sentences:
        drafts = [
            Draft((t.index,), t.index, kind, None, _subject(clauses, t.index), (), (), "verb", 1)
            for t in parsed.tokens_of(sentence)
            for word, kind in known
            if t.text == word
        ]
        everything.append((sentence, [Found(draft, (), {}, 0.9) for draft in drafts]))
    done = CustomHeads(heads).apply(model, clauses, tables(), answers, everything)
    return [one for _, found in done for one in found]


def codes(found: Found) -> tuple[list[str], list[str]]:
    return [a.code for a in found.draft.actors], [a.code for a in found.draft.recipients]


def test_a_word_of_an_own_type_tells_an_event_with_the_parties_the_model_points_at():
    model = Fake("Tajik guards", "Kyrgyz herders", "shot")
    (found,) = applied(model, [head()], asked=["shot"])
    assert found.draft.type == "BORDER"
    assert codes(found) == (["TJK"], ["KGZ"])
    assert found.draft.rule == "learned type BORDER"
    assert found.confidence == pytest.approx(0.953, abs=0.001)


def test_plovers_event_at_that_word_stays_and_lends_its_parties():
    model = Fake("Kyrgyz herders", "Tajik guards", "shot")  # points the wrong way round
    first, second = applied(model, [head()], asked=["shot"], known=[("shot", "ASSAULT")])
    assert (first.draft.type, second.draft.type) == ("ASSAULT", "BORDER")
    assert codes(second)[0] == ["TJK"]


def test_a_word_that_is_not_likely_enough_tells_none():
    assert applied(Fake("Tajik guards", "Kyrgyz herders"), [head()], asked=["shot"]) == []


def test_a_word_that_nobody_known_acts_in_tells_none():
    assert applied(Fake("nobody", "nothing", "shot"), [head()], asked=["shot"]) == []


def test_a_word_of_the_examples_is_asked_about_though_the_gate_stopped_it():
    model = Fake("Tajik guards", "Kyrgyz herders", "shot")
    assert applied(model, [head()], asked=[]) == []
    (found,) = applied(model, [head("BORDER", None, "shoot/v")], asked=[])
    assert found.draft.type == "BORDER"


def test_a_verb_and_its_noun_tell_one_event_of_an_own_type():
    text = "Tajik guards opened fire on Kyrgyz herders."
    model = Fake("Tajik guards", "Kyrgyz herders", "opened", "fire")
    assert len(applied(model, [head()], text, asked=["opened", "fire"])) == 1


@pytest.mark.parametrize(
    ("text", "auxiliary"),
    [
        ("Tajik guards did not shoot at Kyrgyz herders.", "negation"),
        ("Tajik guards will shoot at Kyrgyz herders.", "future"),
    ],
)
def test_what_did_not_or_has_yet_to_happen_is_no_plain_event(text, auxiliary):
    model = Fake("Tajik guards", "Kyrgyz herders", "shoot")
    (found,) = applied(model, [head()], text, asked=["shoot"])
    assert auxiliary in found.draft.auxiliary


def test_words_between_quotation_marks_tell_no_event():
    text = "“Tajik guards shot at Kyrgyz herders on Tuesday,” a minister of Iran said."
    model = Fake("Tajik guards", "Kyrgyz herders", "shot")
    assert applied(model, [head()], text, asked=["shot"]) == []


def test_an_own_mode_is_set_at_events_of_its_type_alone():
    mode = head("ASSAULT.border", None)
    model = Fake("Tajik guards", "Kyrgyz herders", "shot")
    (found,) = applied(model, [mode], asked=["shot"], known=[("shot", "ASSAULT")])
    assert (found.draft.type, found.draft.mode) == ("ASSAULT", "border")
    (other,) = applied(model, [mode], asked=["shot"], known=[("shot", "COERCE")])
    assert other.draft.mode is None


def test_a_mode_that_is_not_likely_enough_changes_nothing():
    mode = head("ASSAULT.border", None)
    model = Fake("Tajik guards", "Kyrgyz herders")
    (found,) = applied(model, [mode], asked=["shot"], known=[("shot", "ASSAULT")])
    assert found.draft.mode is None


def test_a_head_comes_back_from_its_file_as_it_was(tmp_path):
    path = tmp_path / "BORDER.json"
    path.write_text(head("BORDER", "ASSAULT", "shoot/v").as_text(), encoding="utf-8")
    read = read_head(path)
    assert (str(read.name), read.name.quad, read.threshold) == ("BORDER", "material conflict", 0.6)
    assert (read.words, read.model, dict(read.counts)) == ({"shoot/v"}, "m", {"events": 20})
    assert read.weights.tolist() == [3.0]


def test_a_head_learned_on_other_weights_is_refused_with_what_to_do(tmp_path):
    (tmp_path / "BORDER.json").write_text(head().as_text(), encoding="utf-8")
    assert len(CustomHeads.load(tmp_path, model="m").heads) == 1
    with pytest.raises(ModelError, match="another version of the event model") as found:
        CustomHeads.load(tmp_path, model="n")
    assert "inconcert ontology learn" in found.value.advice
    assert len(read_heads(tmp_path)) == 1


def _broken(**changes) -> str:
    return json.dumps({**json.loads(head().as_text()), **changes})


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{}", "null", _broken(form=99), _broken(weights=["a"]), _broken(weights=[[1.0]]),
        _broken(bias=float("nan")), _broken(counts=[]),
    ],
)  # fmt: skip
def test_a_damaged_file_is_refused_and_named(tmp_path, text):
    path = tmp_path / "BORDER.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadSetting) as found:
        CustomHeads.load(tmp_path, model="m")
    assert found.value.where == str(path)


def test_a_file_that_takes_a_name_of_plover_is_refused(tmp_path):
    path = tmp_path / "AID.json"
    path.write_text(_broken(name="AID"), encoding="utf-8")
    with pytest.raises((BadSetting, BadInput)):
        read_head(path)


def test_a_case_without_own_types_has_none(tmp_path):
    heads = CustomHeads.load(tmp_path / "ontology", model="m")
    assert not heads
    assert digest_of_heads(tmp_path / "ontology") is None


def test_the_digest_changes_with_a_head(tmp_path):
    path = tmp_path / "BORDER.json"
    path.write_text(head().as_text(), encoding="utf-8")
    before = digest_of_heads(tmp_path)
    path.write_text(head("BORDER", None).as_text(), encoding="utf-8")
    assert before != digest_of_heads(tmp_path) is not None


def test_an_own_type_has_the_score_of_what_it_is_like():
    score = intensity_with([head(), head("TRADEWAR", None), head("ASSAULT.border", None)])
    assert score("BORDER", None) == plover.intensity("ASSAULT")
    assert score("TRADEWAR", None) is None
    assert score("GONE", None) is None
    assert score("ASSAULT", "border") == plover.intensity("ASSAULT")
    assert score("ASSAULT", "aerial") == plover.intensity("ASSAULT", "aerial")
