"""Rules and model over one sentence, with a model that says what the test wants."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from inconcert.code import joined
from inconcert.code.asking import Answer
from inconcert.code.encoding import TYPES
from inconcert.code.joined import (
    INCOMPLETE,
    NOBODY,
    REPETITION,
    SILENT,
    Aside,
    Found,
    join,
    weights,
)
from inconcert.code.model import Named, Reading
from inconcert.code.patterns import drafts_of
from inconcert.code.tables import tables

TEXT = "Russia condemned Turkey."


def reading(text: str, types: Mapping[str, float], **roles: str) -> Reading:
    """An answer with these chances, the rest `NONE`, and these words in a role."""
    chances = {**types, "NONE": 1 - sum(types.values())}
    named = {
        role: tuple(
            Named(text.index(one), text.index(one) + len(one), 0.9)
            for one in (roles[role].split("+") if role in roles else ())
        )
        for role in ("actors", "recipients", "about")
    }
    return Reading(
        types=tuple(chances.get(kind, 0.0) for kind in TYPES),
        modes=(),
        contexts=(),
        auxiliary=(),
        **named,
    )


def joint(
    ready, text: str, said: Mapping[str, Reading], *, rules: bool = True
) -> tuple[list[Found], list[Aside]]:
    """What comes of a sentence when the model says this of these words."""
    found = ready(text)
    answers = [Answer(found.token(word), 0, one) for word, one in said.items()]
    drafts = drafts_of(found.clauses, tables(), found.sentence, set()) if rules else []
    aside: list[Aside] = []
    return join(found.clauses, tables(), found.sentence, drafts, answers, aside), aside


def parties(found: Found) -> tuple[str, list[str], list[str]]:
    draft = found.draft
    return draft.type, [one.code for one in draft.actors], [one.code for one in draft.recipients]


def test_a_rule_without_an_answer_stands_alone(ready) -> None:
    (found,), aside = joint(ready, TEXT, {})
    assert parties(found) == ("ACCUSE", ["RUS"], ["TUR"])
    assert found.features["no answer"] == 1
    assert "model" not in found.draft.rule
    assert aside == []


def test_where_both_see_the_same_it_is_one_event_of_both(ready) -> None:
    said = reading(TEXT, {"ACCUSE": 0.9}, actors="Russia", recipients="Turkey")
    (found,), _ = joint(ready, TEXT, {"condemned": said})
    assert parties(found) == ("ACCUSE", ["RUS"], ["TUR"])
    assert found.draft.rule.endswith(" and model")
    assert found.features["same actors"] == 1


def test_an_agreeing_model_raises_the_confidence(ready) -> None:
    yes = reading(TEXT, {"ACCUSE": 0.95}, actors="Russia", recipients="Turkey")
    no = reading(TEXT, {"ACCUSE": 0.05}, actors="Russia", recipients="Turkey")
    (sure,), _ = joint(ready, TEXT, {"condemned": yes})
    (unsure,), _ = joint(ready, TEXT, {"condemned": no})
    assert unsure.confidence < sure.confidence


def test_a_model_that_is_much_surer_of_another_type_wins(ready) -> None:
    said = reading(TEXT, {"THREATEN": 0.95, "ACCUSE": 0.01}, actors="Russia", recipients="Turkey")
    (found,), _ = joint(ready, TEXT, {"condemned": said})
    assert found.draft.type == "THREATEN"
    assert found.draft.rule.startswith("model, against ")
    assert found.features["rule of another type"] == 1


def test_what_only_the_model_sees_is_an_event_with_resolved_parties(ready) -> None:
    said = reading(TEXT, {"ASSAULT": 0.9}, actors="Russia", recipients="Turkey")
    (found,), _ = joint(ready, TEXT, {"condemned": said}, rules=False)
    assert parties(found) == ("ASSAULT", ["RUS"], ["TUR"])
    assert found.draft.rule == "model"


def test_a_word_of_which_the_model_is_silent_is_left_out_with_the_reason(ready) -> None:
    said = reading(TEXT, {"ASSAULT": 0.01}, actors="Russia")
    found, (aside,) = joint(ready, TEXT, {"condemned": said}, rules=False)
    assert found == []
    assert (aside.reason, aside.found) == (SILENT, None)


def test_an_event_of_nobody_known_is_left_out_with_the_reason(ready) -> None:
    text = "The rain stopped the march in Turkey."
    said = reading(text, {"COERCE": 0.9}, actors="The rain")
    found, (aside,) = joint(ready, text, {"stopped": said}, rules=False)
    assert found == []
    assert aside.reason == NOBODY


def test_somebody_elses_words_are_left_out_with_the_reason(ready) -> None:
    text = "“They say Russia bombed those Turkish towns last night,” the man said."
    said = reading(text, {"ASSAULT": 0.9}, actors="Russia", recipients="Turkish")
    found, (aside,) = joint(ready, text, {"bombed": said}, rules=False)
    assert found == []
    assert aside.reason == INCOMPLETE


def test_an_event_told_twice_is_one_and_the_other_is_set_aside(ready) -> None:
    text = "Russia condemned and denounced Turkey."
    sure = reading(text, {"ACCUSE": 0.9}, actors="Russia", recipients="Turkey")
    less = reading(text, {"ACCUSE": 0.4}, actors="Russia", recipients="Turkey")
    (found,), asides = joint(ready, text, {"condemned": sure, "denounced": less}, rules=False)
    (aside,) = [one for one in asides if one.reason == REPETITION]
    assert aside.other is found
    assert aside.found is not None
    assert aside.found.confidence <= found.confidence


def test_a_recipient_is_not_also_the_actor(ready) -> None:
    said = reading(TEXT, {"ASSAULT": 0.9}, actors="Russia", recipients="Russia+Turkey")
    (found,), _ = joint(ready, TEXT, {"condemned": said}, rules=False)
    assert parties(found) == ("ASSAULT", ["RUS"], ["TUR"])


def test_who_takes_part_is_not_what_it_is_about(ready) -> None:
    text = "Russia met Turkey about Syria."
    said = reading(
        text, {"CONSULT": 0.9}, actors="Russia", recipients="Turkey", about="Turkey+Syria"
    )
    (found,), _ = joint(ready, text, {"met": said}, rules=False)
    assert [one.code for one in found.draft.about] == ["SYR"]


def test_a_denied_act_carries_its_negation_whatever_the_model_says(ready) -> None:
    text = "Russia did not attack Turkey."
    said = reading(text, {"ASSAULT": 0.9}, actors="Russia", recipients="Turkey")
    (found,), _ = joint(ready, text, {"attack": said}, rules=False)
    assert "negation" in found.draft.auxiliary


@pytest.mark.parametrize("chance", [0.0, 0.2, 0.5, 0.9, 1.0])
def test_a_confidence_is_a_chance(ready, chance: float) -> None:
    said = reading(TEXT, {"ACCUSE": chance}, actors="Russia", recipients="Turkey")
    found, _ = joint(ready, TEXT, {"condemned": said})
    assert all(0 <= one.confidence <= 1 for one in found)


def test_every_weight_is_of_a_feature_that_is_computed(ready) -> None:
    (found,), _ = joint(ready, TEXT, {})
    assert set(weights()) <= set(found.features)


def test_nothing_in_nothing_out(ready) -> None:
    assert joint(ready, "It rained in Turkey.", {}) == ([], [])


def test_asides_change_nothing_of_what_is_found(ready) -> None:
    found = ready(TEXT)
    said = reading(TEXT, {"ACCUSE": 0.9}, actors="Russia", recipients="Turkey")
    answers = [Answer(found.token("condemned"), 0, said)]
    drafts = drafts_of(found.clauses, tables(), found.sentence, set())
    plain = joined.join(found.clauses, tables(), found.sentence, drafts, answers)
    noted = joined.join(found.clauses, tables(), found.sentence, drafts, answers, [])
    assert plain == noted
