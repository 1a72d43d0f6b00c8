from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from inconcert.core.span import TimeSpan
from inconcert.errors import BadKey
from inconcert.grade.result import GradedText
from inconcert.grade.scores import grade

# The rules are those of `inconcert.grade`; `bench` makes keys and codings of one short text.


# (a) sentences


def test_an_event_in_another_sentence_than_the_item_does_not_find_it(bench: Any) -> None:
    bench.item("praised France", "SUPPORT", "GEO", "FRA")
    bench.line("claim", "hosted Turkish envoys")
    score = bench.grade(bench.event("hosted", "SUPPORT", "GEO", "FRA")).events
    assert (score.found, score.key, score.coded) == (0, 1, 1)


def test_an_event_in_a_sentence_without_any_line_is_a_false_event(bench: Any) -> None:
    bench.item("praised France", "SUPPORT", "GEO", "FRA")
    graded = bench.grade(
        bench.event("praised", "SUPPORT", "GEO", "FRA"), bench.event("hosted", "CONSULT", "TUR")
    )
    assert graded.events.precision == 0.5
    assert [event.predicate for event in graded.false_events] == ["hosted"]


def test_an_item_told_again_further_on_is_found_there(bench: Any) -> None:
    start, end = bench.sentence("hosted")
    bench.item("praised France", "SUPPORT", "GEO", also=[{"start": start, "end": end}])
    assert bench.grade(bench.event("hosted", "SUPPORT", "GEO")).events.found == 1


# (b) actors


def test_actors_compare_as_sets_of_states_whatever_their_sectors(bench: Any) -> None:
    bench.item("talks", "CONSULT", "TURGOVDIP IRN")
    assert bench.grade(bench.event("talks", "CONSULT", "IRNGOV TUR")).events.f1 == 1


def test_a_joint_act_is_not_found_by_one_of_its_actors(bench: Any) -> None:
    bench.item("talks", "CONSULT", "TUR IRN")
    assert bench.grade(bench.event("talks", "CONSULT", "IRN")).events.found == 0


def test_a_group_is_not_found_as_its_state(bench: Any) -> None:
    bench.item("talks", "CONSULT", "AFGTAL")
    assert bench.grade(bench.event("talks", "CONSULT", "AFG")).events.found == 0


# (c) matching


def test_another_type_finds_nothing_unless_it_is_accepted(bench: Any) -> None:
    bench.item("praised France", "SUPPORT", "GEO", accept_also=["AGREE"])
    assert bench.grade(bench.event("praised", "AGREE", "GEO")).events.found == 1
    assert bench.grade(bench.event("praised", "CONSULT", "GEO")).events.found == 0


def test_two_events_of_the_same_kind_find_one_item_once(bench: Any) -> None:
    bench.item("praised France", "SUPPORT", "GEO")
    score = bench.grade(
        bench.event("praised", "SUPPORT", "GEO"), bench.event("each", "SUPPORT", "GEO")
    ).events
    assert (score.found, score.coded, score.precision) == (1, 2, 0.5)


def test_the_event_on_the_anchor_is_taken_before_the_one_beside_it(bench: Any) -> None:
    bench.item("praised France", "SUPPORT", "GEO")
    graded = bench.grade(
        bench.event("Monday", "SUPPORT", "GEO"), bench.event("praised", "SUPPORT", "GEO")
    )
    assert [event.predicate for event in graded.false_events] == ["Monday"]


def test_an_event_that_fits_two_items_leaves_the_other_item_to_the_event_that_fits_one(
    bench: Any,
) -> None:
    bench.item("each praised", "SUPPORT", "GEO", accept_also=["AGREE"])
    bench.item("France.", "SUPPORT", "GEO")
    fits_both = bench.event("praised", "SUPPORT", "GEO")
    fits_first = bench.event("Monday", "AGREE", "GEO")
    assert bench.grade(fits_both, fits_first).events.found == 2
    assert bench.grade(fits_first, fits_both).events.found == 2


def test_a_core_item_is_found_before_a_trap_on_the_same_words(bench: Any) -> None:
    bench.item("praised", "SUPPORT", "GEO", core=False)
    bench.item("each praised France", "SUPPORT", "GEO")
    graded = bench.grade(bench.event("praised", "SUPPORT", "GEO"))
    assert graded.events.f1 == 1
    assert graded.failed == ()


def test_one_event_that_unites_the_actors_of_one_anchor_finds_all_its_items(bench: Any) -> None:
    bench.item("praised France", "SUPPORT", "ARM", "FRA")
    bench.item("praised France", "SUPPORT", "GEO", "FRA")
    score = bench.grade(bench.event("praised", "SUPPORT", "GEO ARM", "FRA")).events
    assert (score.found, score.key, score.coded, score.f1) == (2, 2, 2, 1)


def test_a_uniting_event_finds_nothing_across_two_anchors(bench: Any) -> None:
    bench.item("praised France", "SUPPORT", "ARM")
    bench.item("each praised", "SUPPORT", "GEO")
    assert bench.grade(bench.event("praised", "SUPPORT", "GEO ARM")).events.found == 0


def test_a_uniting_event_beside_the_single_ones_is_a_false_event(bench: Any) -> None:
    bench.item("praised France", "SUPPORT", "ARM")
    bench.item("praised France", "SUPPORT", "GEO")
    graded = bench.grade(
        bench.event("praised", "SUPPORT", "GEO ARM"),
        bench.event("praised", "SUPPORT", "ARM"),
        bench.event("praised", "SUPPORT", "GEO"),
    )
    assert graded.events.coded == 3
    assert [event.actors for event in graded.false_events] == [("GEO", "ARM")]


# (d) recall and precision


def test_an_event_with_an_auxiliary_mode_neither_finds_nor_counts(bench: Any) -> None:
    bench.item("praised France", "SUPPORT", "GEO")
    score = bench.grade(bench.event("praised", "SUPPORT", "GEO", auxiliary=("future",))).events
    assert (score.found, score.key, score.coded) == (0, 1, 0)
    assert score.precision is None
    assert score.f1 == 0


def test_an_item_that_may_be_left_leaves_the_count_when_nothing_was_coded(bench: Any) -> None:
    bench.item("praised France", "SUPPORT", "GEO", accept_also=["none"])
    bench.item("talks", "CONSULT", "TUR", "IRN")
    graded = bench.grade(bench.event("talks", "CONSULT", "TUR", "IRN"))
    assert (graded.events.key, graded.events.f1) == (1, 1)
    assert graded.misses == ()


def test_an_item_that_may_be_left_counts_when_it_is_found(bench: Any) -> None:
    bench.item("praised France", "SUPPORT", "GEO", accept_also=["none"])
    score = bench.grade(bench.event("praised", "SUPPORT", "GEO")).events
    assert (score.found, score.key) == (1, 1)


def test_an_item_that_may_be_left_is_missed_when_something_else_was_coded_for_it(
    bench: Any,
) -> None:
    item = bench.item("praised France", "SUPPORT", "GEO", accept_also=["none"])
    graded = bench.grade(bench.event("praised", "ACCUSE", "GEO"))
    assert [missed.id for missed in graded.misses] == [item]


def test_a_key_that_asks_for_nothing_has_no_recall(bench: Any) -> None:
    bench.line("claim", "talks")
    score = bench.grade().events
    assert (score.precision, score.recall, score.f1, score.f1_interval) == (None,) * 4


# (e) traps


def test_a_trap_fails_when_a_plain_event_of_any_type_stands_on_it(bench: Any) -> None:
    trap = bench.item("did not attack Armenia", "ASSAULT", "AZE", "ARM", core=False)
    graded = bench.grade(bench.event("attack", "THREATEN", "AZE", "ARM"))
    assert [failed.item.id for failed in graded.failed] == [trap]
    assert graded.events.precision == 0


def test_a_trap_coded_to_the_letter_fails_too(bench: Any) -> None:
    bench.item("did not attack Armenia", "ASSAULT", "AZE", "ARM", core=False)
    assert len(bench.grade(bench.event("attack", "ASSAULT", "AZE", "ARM")).failed) == 1


def test_a_trap_fails_once_however_many_events_stand_on_it(bench: Any) -> None:
    bench.item("did not attack Armenia", "ASSAULT", "AZE", "ARM", core=False)
    events = [bench.event("attack", kind, "AZE") for kind in ("ASSAULT", "THREATEN")]
    assert len(bench.grade(*events).failed) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"predicate": "attack", "actors": "AZE", "auxiliary": ("negation",)},
        {"predicate": "attack", "actors": "ARM"},
        {"predicate": "officials", "actors": "AZE"},
    ],
    ids=["auxiliary mode", "other actor", "other words"],
)
def test_a_trap_holds_against_what_is_not_its_plain_event(
    bench: Any, fields: dict[str, Any]
) -> None:
    bench.item("did not attack Armenia", "ASSAULT", "AZE", "ARM", core=False)
    assert bench.grade(bench.event(kind="ASSAULT", **fields)).failed == ()


def test_an_event_that_found_a_core_item_fails_no_trap(bench: Any) -> None:
    bench.item("did not attack Armenia", "ASSAULT", "AZE", "ARM", core=False)
    bench.item("attack Armenia", "REJECT", "AZE")
    assert bench.grade(bench.event("attack", "REJECT", "AZE")).failed == ()


# (f) strict


def test_a_wrong_recipient_costs_only_the_strict_figure(bench: Any) -> None:
    bench.item("praised France", "SUPPORT", "GEO", "FRA")
    score = bench.grade(bench.event("praised", "SUPPORT", "GEO", "TUR")).events
    assert (score.f1, score.strict_f1) == (1, 0)


def test_a_recipient_where_the_key_has_none_is_not_strictly_right(bench: Any) -> None:
    bench.item("talks", "CONSULT", "TUR IRN")
    assert bench.grade(bench.event("talks", "CONSULT", "TUR IRN", "FRA")).events.strict_f1 == 0


@pytest.mark.parametrize(
    ("coded", "strict"), [("2021-09-06", 1), ("2021-09", 1), ("2021-08", 0), (None, 0)]
)
def test_the_time_must_overlap_to_be_strictly_right(
    bench: Any, coded: str | None, strict: float
) -> None:
    when = {"from": "2021-09-05", "to": "2021-09-07"}
    bench.item("talks", "CONSULT", "TUR", "IRN", when=when)
    span = None if coded is None else TimeSpan.parse(coded)
    event = bench.event("talks", "CONSULT", "TUR", "IRN", when=span)
    assert bench.grade(event).events.strict_f1 == strict


def test_a_time_is_not_asked_for_where_the_key_has_none(bench: Any) -> None:
    bench.item("talks", "CONSULT", "TUR", "IRN")
    assert bench.grade(bench.event("talks", "CONSULT", "TUR", "IRN")).events.strict_f1 == 1


def test_of_two_events_the_strictly_right_one_counts_wherever_it_stands(bench: Any) -> None:
    bench.item("praised France", "SUPPORT", "GEO", "FRA")
    events = [bench.event("praised", "SUPPORT", "GEO", "TUR")]
    events += [bench.event("Monday", "SUPPORT", "GEO", "FRA")]
    score = bench.grade(*events).events
    assert score.f1 == score.strict_f1 == pytest.approx(2 / 3)


# (g) interval


def test_the_interval_holds_the_figure_and_comes_again_with_the_seed(bench: Any) -> None:
    bench.item("praised France", "SUPPORT", "GEO")
    bench.item("talks", "CONSULT", "TUR", "IRN")
    bench.item("attack Armenia", "ASSAULT", "AZE")
    events = [bench.event("praised", "SUPPORT", "GEO"), bench.event("hosted", "AID", "IRN")]
    first, again = (bench.grade(*events).events for _ in range(2))
    assert first.f1_interval == again.f1_interval
    low, high = first.f1_interval
    assert low < first.f1 < high


def test_a_perfect_coding_has_an_interval_of_one(bench: Any) -> None:
    bench.item("praised France", "SUPPORT", "GEO")
    bench.item("talks", "CONSULT", "TUR")
    events = [bench.event("praised", "SUPPORT", "GEO"), bench.event("talks", "CONSULT", "TUR")]
    assert bench.grade(*events).events.f1_interval == (1, 1)


# statements, quotes, actors


def test_a_speaker_is_right_when_a_statement_on_the_same_words_has_the_same_codes(
    bench: Any,
) -> None:
    bench.line("statement", "officials said", speaker="officials", speaker_code="AZEGOV")
    content = "Azerbaijan did not attack Armenia"
    assert bench.grade(statements=(bench.statement("said", content, "AZE"),)).speaker_misses == ()
    assert (
        len(bench.grade(statements=(bench.statement("said", content, "ARM"),)).speaker_misses) == 1
    )
    assert (
        len(bench.grade(statements=(bench.statement("wrote", "ready", "AZE"),)).speaker_misses) == 1
    )


def test_two_speakers_are_not_one(bench: Any) -> None:
    bench.line("statement", "praised", speaker="both", speaker_code="ARMGOV, GEOGOV")
    one = bench.statement("praised", "France.", "ARM")
    both = bench.statement("praised", "France.", "GEO ARM")
    assert len(bench.grade(statements=(one,)).speaker_misses) == 1
    assert bench.grade(statements=(both,)).speaker_misses == ()


@pytest.mark.parametrize(
    ("named", "codes", "missed"),
    [
        ("analyst Mira Novak", "", 0),
        ("Novak", "NGO", 0),
        ("Mira Novaková", "", 1),
        ("Mira Novak", "ARM", 1),
        ("", "", 1),
    ],
)
def test_a_speaker_without_a_code_is_told_by_surname(
    bench: Any, named: str, codes: str, missed: int
) -> None:
    bench.line("statement", "We are ready", speaker="Mira Novak", speaker_code="NGOANALYST")
    coded = bench.statement("wrote", "We are ready", codes, named=named)
    assert len(bench.grade(statements=(coded,)).speaker_misses) == missed


def test_a_speaker_without_a_code_is_told_by_the_other_names_of_the_key(bench: Any) -> None:
    bench.line("statement", "We are ready", speaker="Mira Novak", speaker_code="NGOANALYST")
    alias = {"form": "Mira", "mentions": [list(bench.span("Mira"))]}
    bench.line("actor", "Mira", name="Mira Novak", code="NGOANALYST", aliases=[alias])
    coded = bench.statement("wrote", "We are ready", "", named="Mira")
    assert bench.grade(statements=(coded,)).speaker_misses == ()


def test_scare_quotes_are_no_statement_to_find(bench: Any) -> None:
    bench.line("statement", "ready", speaker="", speaker_code="", scare=True)
    assert bench.grade().as_json()["statements"] == {"n": 0, "speaker": 0, "quote_exact": 0}


def test_a_quote_is_exact_with_or_without_its_last_comma_but_not_shorter(bench: Any) -> None:
    start, end = bench.span("We are ready,")
    bench.line(
        "statement",
        "We are ready",
        speaker="Mira Novak",
        speaker_code="NGOANALYST",
        quotes=[{"text": "We are ready,", "start": start, "end": end}],
    )
    for quote, exact in (
        ("We are ready", 1),
        ("We are ready,", 1),
        ("We are", 0),
        ("are ready", 0),
    ):
        coded = bench.statement("wrote", "ready", "", quotes=(quote,))
        shown = bench.grade(statements=(coded,)).as_json()["statements"]
        assert shown["quote_exact"] == exact, quote


def test_a_mention_is_right_when_one_on_the_same_words_stands_for_the_actor(bench: Any) -> None:
    alias = {"form": "Turkish", "mentions": [list(bench.span("Turkish"))]}
    bench.line("actor", "Turkish", name="Turkey", code="TUR", aliases=[alias])
    shown = bench.grade(mentions=(bench.mention("Turkish envoys", "TUR"),)).as_json()["actors"]
    assert (shown["n"], shown["right"]) == (1, 1)
    assert shown["named"] == {"n": 1, "right": 1}
    assert shown["described"] == {"n": 0, "right": 0}
    for words, codes in (("Turkish envoys", "IRN"), ("Iran", "TUR"), ("Turkish", "")):
        shown = bench.grade(mentions=(bench.mention(words, codes),)).as_json()["actors"]
        assert (shown["n"], shown["right"]) == (1, 0), words
        assert shown["named"] == {"n": 1, "right": 0}, words


# the whole


def test_the_record_for_machines_has_the_promised_form(bench: Any) -> None:
    trap = bench.item("did not attack Armenia", "ASSAULT", "AZE", core=False)
    missed = bench.item("praised France", "SUPPORT", "GEO")
    record = bench.grade(bench.event("attack", "ASSAULT", "AZE", "ARM")).as_json()
    assert list(record) == ["events", "traps", "statements", "actors", "misses"]
    figures = ["precision", "recall", "f1", "f1_interval", "key", "coded", "strict_f1"]
    assert list(record["events"]) == figures
    assert record["traps"]["n"] == 1
    failed = record["traps"]["failed"][0]
    assert list(failed) == ["id", "sentence", "coded"]
    assert (failed["id"], failed["coded"]["predicate"]) == (trap, "attack")
    assert [each["id"] for each in record["misses"]] == [missed]


def test_a_text_that_was_not_coded_is_named(bench: Any) -> None:
    bench.item("praised France", "SUPPORT", "GEO")
    with pytest.raises(BadKey, match=r"border\.txt"):
        grade(bench.key(), {}, rng=np.random.default_rng(1))


def test_a_text_other_than_the_keys_is_refused_with_the_line(bench: Any) -> None:
    bench.item("praised France", "SUPPORT", "GEO")
    other = GradedText("border.txt", bench.text.replace("Monday", "Tuesday"))
    with pytest.raises(BadKey) as caught:
        grade(bench.key(), {"border.txt": other}, rng=np.random.default_rng(1))
    assert caught.value.where == "key.jsonl:1"
