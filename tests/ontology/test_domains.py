"""Every act finds its domain, and a line of one's own goes before those that ship."""

from __future__ import annotations

import pytest

from inconcert.errors import BadInput
from inconcert.ontology import cameo, plover
from inconcert.ontology.domains import (
    DOMAINS,
    NATURES,
    SPOKEN,
    STANCES,
    Act,
    Use,
    act_of_code,
    matter,
    matters,
    sorter,
    tables,
)
from inconcert.ontology.tables import parse_table


@pytest.mark.parametrize(
    ("code", "domain"),
    [
        ("010", "informational"),
        ("0233", "informational"),
        ("030", "diplomatic"),
        ("042", "diplomatic"),
        ("057", "diplomatic"),
        ("061", "economic"),
        ("062", "security"),
        ("070", "economic"),
        ("071", "economic"),
        ("072", "security"),
        ("073", "humanitarian"),
        ("112", "diplomatic"),
        ("138", "diplomatic"),
        ("154", "security"),
        ("161", "diplomatic"),
        ("163", "economic"),
        ("1623", "humanitarian"),
        ("173", "security"),
        ("190", "security"),
        ("0863", "humanitarian"),
    ],
)
def test_a_cameo_code_has_the_domain_of_what_is_done(code, domain):
    assert tables().domain(act_of_code(code)) == domain


def test_every_code_and_every_type_with_every_mode_finds_a_row_in_every_table():
    acts = [act_of_code(code) for code in (*cameo.codes(), *cameo.statement_codes())]
    acts += [Act(kind, mode) for kind in plover.event_types() for mode in plover.modes(kind)]
    acts += [Act(kind) for kind in (*plover.event_types(), *SPOKEN)]
    for act in acts:
        assert tables().domain(act) in DOMAINS
        assert tables().nature(act) in NATURES
        assert tables().stance_of(act) in STANCES


def test_a_root_alone_gives_the_same_domain_as_its_codes_where_no_context_is_needed():
    for root in ("15", "17", "18", "19", "20"):
        for code in cameo.codes():
            if code.startswith(root):
                assert tables().domain(act_of_code(code)) == "security", code


def test_what_an_act_is_about_is_not_what_is_done():
    promise = act_of_code("0333")
    assert tables().domain(promise) == "diplomatic"
    assert matter(promise.contexts) == "humanitarian"


def test_every_context_of_plover_has_a_matter_and_diplomacy_yields_to_narrower_ones():
    assert set(matters()) == set(plover.contexts())
    assert matter(("diplomatic", "economic", "military")) == "security"
    assert matter(()) is None


@pytest.mark.parametrize(
    ("act", "nature"),
    [
        (Act("AID"), "deed"),
        (Act("AGREE"), "word"),
        (Act("STATEMENT"), "word"),
        (Act("PROTEST", "demo"), "apart"),
        (Act("CONCEDE"), "word"),
        (Act("CONCEDE", code="08"), "deed"),
    ],
)
def test_deeds_are_told_from_words(act, nature):
    assert tables().nature(act) == nature


@pytest.mark.parametrize(
    ("act", "stance"),
    [
        (Act("RETREAT", "release"), "cooperative"),
        (Act("RETREAT", "withdraw"), "apart"),
        (Act("RETREAT", "release", has_recipient=False), "apart"),
        (Act("SANCTION", "withdraw"), "apart"),
        (Act("SANCTION", "discontinue"), "conflictual"),
        (Act("STATEMENT"), "neutral"),
        (Act("STATEMENT", code="018"), "cooperative"),
        (Act("AID"), "cooperative"),
    ],
)
def test_withdrawal_flight_and_retreat_toward_nobody_are_left_out_of_stance(act, stance):
    assert tables().stance_of(act) == stance


@pytest.mark.parametrize(
    ("act", "instrument"),
    [
        (act_of_code("054"), "recognition-and-embassies"),
        (act_of_code("045"), "mediation"),
        (act_of_code("073"), "aid"),
        (act_of_code("072"), "arms-and-training"),
        (act_of_code("163"), "sanctions"),
        (act_of_code("085"), "sanctions-lifted"),
        (
            Act("COOPERATE", text="They signed for the copper mine at Aynak"),
            "investment-and-mining",
        ),
        (Act("AGREE", text="a railway through the pass"), "transport-corridors"),
        (Act("MOBILIZE", "troops", text="joint drills near the border"), "exercises"),
        (Act("COERCE", text="closed the crossing and reinforced the border"), "border-hardening"),
        (Act("REQUEST", text="asked for overflight rights"), "bases"),
        (act_of_code("075"), "visas-and-refugees"),
        (Act("COERCE", "censor"), "media"),
    ],
)
def test_an_instrument_is_known_by_its_code_or_its_words(act, instrument):
    assert instrument in {use.instrument for use in tables().uses(act)}


def test_the_recipient_of_a_visit_is_the_host():
    assert tables().uses(act_of_code("042")) == (Use("hosting", "recipient"),)


def test_arms_are_not_counted_as_aid_and_a_plain_threat_uses_no_instrument():
    assert [use.instrument for use in tables().uses(act_of_code("072"))] == ["arms-and-training"]
    assert tables().uses(act_of_code("130")) == ()


def test_a_source_without_sentences_cannot_tell_bases_exercises_or_corridors():
    silent = set(tables().instrument_names()) - tables().tellable(has_text=False)
    assert silent == {"bases", "exercises", "transport-corridors"}
    assert tables().tellable(has_text=True) == set(tables().instrument_names())


def test_rows_of_ones_own_go_before_those_that_ship_and_change_nothing_else():
    text = "kind\tabout\tdomain\nCONSULT\t@economic\teconomic\n"
    own = tables().with_rows("domains", parse_table(text, where="mine"), where="mine")
    talks = Act("CONSULT", "visit", ("natural_resource",))
    assert own.domain(talks) == "economic"
    assert tables().domain(talks) == "diplomatic"
    assert own.domain(Act("CONSULT", "visit")) == "diplomatic"


@pytest.mark.parametrize(
    ("table", "row", "word"),
    [
        ("domains", {"kind": "SMILE", "domain": "economic"}, "SMILE"),
        ("domains", {"kind": "AID", "domain": "culture"}, "culture"),
        ("domains", {"kind": "AID", "mode": "arrest", "domain": "economic"}, "arrest"),
        ("domains", {"kind": "AID", "about": "wheat", "domain": "economic"}, "wheat"),
        ("domains", {"kind": "AID", "about": "@culture", "domain": "economic"}, "culture"),
        ("instruments", {"kind": "AID", "instrument": "x", "words": "("}, "regular expression"),
        ("instruments", {"kind": "AID", "instrument": "x", "by": "moon"}, "moon"),
        ("colours", {"kind": "AID"}, "colours"),
    ],
)
def test_a_row_with_something_unknown_is_refused_by_its_name(table, row, word):
    with pytest.raises(BadInput, match=word.replace("(", r"\(")) as refusal:
        tables().with_rows(table, [row], where="mine.tsv")
    assert refusal.value.where == "mine.tsv"


def test_a_kind_that_no_table_knows_is_refused():
    with pytest.raises(BadInput, match="SMILE"):
        tables().domain(Act("SMILE"))


def test_a_sorter_gives_places_on_an_axis_and_marks_what_is_not_on_it():
    place = sorter(tables().nature, ("word", "deed"))
    assert (place(Act("AGREE")), place(Act("AID")), place(Act("PROTEST"))) == (0, 1, -1)
