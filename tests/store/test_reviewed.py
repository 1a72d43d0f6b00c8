"""Decisions of people laid over records: what is returned changes, what is held does not."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from inconcert.core.event import Retelling
from inconcert.core.mention import Participant
from inconcert.core.provenance import Provenance
from inconcert.core.review import EVENT, Review
from inconcert.core.span import TimeSpan
from inconcert.core.statement import Stance
from inconcert.errors import BadInput
from inconcert.store.reviewed import STATEMENT, Laid, counting, stands
from inconcert.store.reviewed_records import ReviewedStore
from inconcert.store.reviewed_values import (
    check_value,
    days,
    days_text,
    people,
    people_text,
    signs,
    signs_text,
)
from inconcert.store.store import Store

NOON = datetime(2021, 9, 6, 12, tzinfo=UTC)
RULE = Provenance("merge", "reports", "1.1", "coder")
OST = people_text([Participant("OST", ("GOV",), None, 20, 35)])


def review(decision, subject, *, by="Anna", minute=0, kind=EVENT, **fields) -> Review:
    at = NOON + timedelta(minutes=minute)
    return Review.of(decision, kind, [subject], by=by, at=at, **fields)


def change(subject, field, new, *, old="x", **more) -> Review:
    return review("changed", subject, field=field, old=old, new=new, **more)


BUILT: list[Path] = []
"""Folder of the case that tests copy, once it is made."""


@pytest.fixture
def case(made_up, tmp_path, tmp_path_factory):
    """A case of two coded documents, open for writing."""
    if not BUILT:
        folder = tmp_path_factory.mktemp("built") / "case"
        documents = [made_up.document(number) for number in (0, 1)]
        with Store.create(folder) as store:
            store.add_documents(documents)
            store.add_codings([made_up.coding(doc) for doc in documents], made_up.CODER)
        BUILT.append(folder)
    shutil.copytree(BUILT[0], tmp_path / "case")
    with ReviewedStore.open(tmp_path / "case", write=True) as store:
        yield store


def held(store) -> list[tuple]:
    query = "select * exclude (contexts) from event_mentions order by id"
    return store._connection.sql(query).fetchall()


def of(store, id):
    return next(r.event for r in store.events() if r.event.id == id)


def test_a_rejected_event_is_not_returned_and_still_held(case):
    first, *others = [r.event.id for r in case.events()]
    before = held(case)
    case.add_reviews([review("wrong", first)])
    assert [r.event.id for r in case.events()] == others
    assert held(case) == before
    assert case.check() == []


def test_a_corrected_event_has_its_id_and_says_who_corrected_it(case):
    one = case.events()[0].event
    case.add_reviews(
        [
            change(one.id, "type", "AID"),
            change(one.id, "recipients", OST),
            change(one.id, "actors", people_text(one.actors[:1])),
            change(one.id, "date", "2021-07-02..2021-07-03"),
            change(one.id, "auxiliary", '["negation"]'),
        ]
    )
    now = of(case, one.id)
    assert (now.type, now.mode) == ("AID", None)  # AID has no mode `visit`
    assert [who.code for who in now.recipients] == ["OST"]
    assert now.when.span == TimeSpan(date(2021, 7, 2), date(2021, 7, 3))
    assert (now.when.basis, now.auxiliary) == ("review", ("negation",))
    assert (
        now.rule == "meet; actors and auxiliary and date and recipients and type corrected by Anna"
    )
    assert (now.confidence, now.start) == (one.confidence, one.start)


def test_filters_see_a_record_as_corrected_and_not_as_coded(case):
    one, other = (r.event.id for r in case.events()[:2])
    case.add_reviews(
        [
            change(one, "type", "AID"),
            change(other, "actors", OST),
            change(other, "date", "2020-01-01"),
        ]
    )
    assert [r.event.id for r in case.events(types=["AID"])] == [one]
    assert one not in {r.event.id for r in case.events(types=["CONSULT"])}
    assert other not in {r.event.id for r in case.events(actor_codes=["MOR"])}
    assert other in {r.event.id for r in case.events(actor_codes=["OST"])}
    day = TimeSpan.day(date(2020, 1, 1))
    assert [r.event.id for r in case.events(span=day)] == [other]
    assert [r.event.id for r in case.events(span=day, sources=["No such"][:0], types=["AID"])] == []


def test_statements_are_rejected_and_corrected_like_events(case):
    one, other, *_ = (r.statement for r in case.statements())
    case.add_reviews(
        [
            review("wrong", one.id, kind=STATEMENT),
            change(other.id, "speakers", OST, kind=STATEMENT),
            change(other.id, "stance", '{"MOR": -1}', kind=STATEMENT),
            change(other.id, "commitment", "denial", kind=STATEMENT),
            change(other.id, "date", None, kind=STATEMENT),
        ]
    )
    found = {r.statement.id: r.statement for r in case.statements()}
    assert one.id not in found
    now = found[other.id]
    assert [who.code for who in now.speakers] == ["OST"]
    assert now.stance == (Stance("MOR", -1),)
    assert (now.commitment, now.when.span) == ("denial", None)
    assert other.id in {r.statement.id for r in case.statements(speaker_codes=["OST"])}
    assert other.id not in {r.statement.id for r in case.statements(speaker_codes=["MOR"])}


def test_a_review_of_another_kind_changes_nothing(case):
    one = case.events()[0].event.id
    case.add_reviews([review("wrong", one, kind=STATEMENT)])
    assert one in {r.event.id for r in case.events()}


def test_an_undo_brings_the_record_back_and_its_undo_takes_it_away_again(case):
    one = case.events()[0].event.id
    no = review("wrong", one)
    back = no.undone(by="Anna", at=NOON + timedelta(minutes=1))
    case.add_reviews([no, back])
    assert one in {r.event.id for r in case.events()}
    case.add_reviews([back.undone(by="Anna", at=NOON + timedelta(minutes=2))])
    assert one not in {r.event.id for r in case.events()}


def test_of_two_reviewers_the_last_one_counts_whoever_came_in_first():
    early, late = review("wrong", "e1"), review("right", "e1", by="Ben", minute=5)
    for log in ([early, late], [late, early]):
        stand = counting(stands(log, EVENT)["e1"])
        assert (stand.by, stand.judgement) == ("Ben", "right")
        assert Laid.of(log, EVENT).left_out == frozenset()


def test_who_is_unsure_decides_nothing_and_takes_back_what_they_said():
    log = [review("wrong", "e1"), review("unsure", "e1", by="Ben", minute=5)]
    assert Laid.of(log, EVENT).left_out == {"e1"}
    assert Laid.of([*log, review("unsure", "e1", minute=9)], EVENT).stands == {}


def test_accepting_after_a_correction_keeps_the_correction():
    log = [change("e1", "type", "AID", old="CONSULT"), review("right", "e1", minute=1)]
    assert counting(stands(log, EVENT)["e1"]).judgement == "changed"


def test_correcting_a_field_back_is_no_correction():
    log = [
        change("e1", "type", "AID", old="CONSULT"),
        change("e1", "type", "CONSULT", old="CONSULT", minute=1),
    ]
    assert counting(stands(log, EVENT)["e1"]).judgement == "right"


def test_an_event_in_two_reports_stands_while_one_report_is_rejected(case, made_up):
    one, other = joined_pair(case, made_up)
    case.add_reviews([review("wrong", one)])
    left = next(r for r in case.events() if r.event.id == other)
    assert left.event_id == min(one, other)


def test_a_report_corrected_to_another_act_leaves_the_event(case, made_up):
    one, other = joined_pair(case, made_up)
    case.add_reviews([change(one, "type", "ASSAULT")])
    of_mention = {r.event.id: r.event_id for r in case.events()}
    assert (of_mention[one], of_mention[other]) == (one, other)
    case.add_reviews([change(other, "type", "ASSAULT", minute=1)])
    of_mention = {r.event.id: r.event_id for r in case.events()}
    assert of_mention[one] == of_mention[other] == min(one, other)


def test_a_day_given_to_one_report_is_that_of_the_event(case, made_up):
    one, other = joined_pair(case, made_up)
    case.add_reviews([change(one, "date", "2021-06-24")])
    days = {r.event.id: r.day for r in case.events()}
    assert days[one] == days[other] == date(2021, 6, 24)
    asked = case.events(span=TimeSpan.day(date(2021, 6, 24)))
    assert {r.event.id for r in asked} == {one, other}


def joined_pair(case, made_up) -> tuple[str, str]:
    alike = [r.event.id for r in case.events() if not r.event.auxiliary][:2]
    pair = [Retelling(alike[1], alike[0], 0.8, "same day")]
    case.add_joined([], pair, [], coder=made_up.CODER, rule=RULE)
    documents = case.to_join(made_up.CODER, RULE)
    case.add_joined([], [], documents, coder=made_up.CODER, rule=RULE)
    of_mention = {r.event.id: r.event_id for r in case.events()}
    assert of_mention[alike[0]] == of_mention[alike[1]]
    return alike[0], alike[1]


def test_the_corpus_tells_how_many_records_are_not_as_coded(case):
    one, other = (r.event.id for r in case.events()[:2])
    assert case.corpus().notes == ()
    gone = review("wrong", "0123456789abcdef", by="Ben")
    case.add_reviews([review("wrong", one), change(other, "type", "AID", by="Ben"), gone])
    assert case.corpus().notes == (
        ("records of the coder left out by reviewers", 1, ("Anna", "Ben")),
        ("records of the coder corrected by reviewers", 1, ("Ben",)),
    )


def test_a_newer_coder_takes_over_the_reviews_of_the_ids_it_has(case, made_up):
    newer = Provenance("code", "patterns", "2", "abc")
    one, other = (r.event.id for r in case.events()[:2])
    case.add_reviews([review("wrong", one), change(other, "type", "AID")])
    documents = list(case.documents())
    case.add_codings([made_up.coding(doc) for doc in documents], newer)
    assert case.provenances()[0] == newer
    assert one not in {r.event.id for r in case.events()}
    assert of(case, other).type == "AID"


def test_a_reviewed_store_shows_records_as_coded_and_what_it_holds(case, made_up):
    one, said = case.events()[0].event.id, case.statements()[0].statement.id
    case.add_reviews([review("wrong", one), review("wrong", said, kind=STATEMENT)])
    assert one in {r.event.id for r in case.coded_events()}
    assert [r.event.id for r in case.coded_events([one])] == [one]
    assert [r.statement.id for r in case.coded_statements([said])] == [said]
    assert {c.id for c in case.candidates()} >= {one, said}
    assert [c.kind for c in case.candidates(one[:12])] == ["event"]
    (document, *_) = documents = list(case.documents())
    newer = Provenance("code", "patterns", "2", "abc")
    case.add_codings([made_up.coding(doc, version="2") for doc in documents], newer)
    assert one not in {c.id for c in case.candidates()}
    assert {key: each.type for key, each in case.held([one, "nothing"]).items()} == {one: "CONSULT"}
    assert [who.code for who in case.named_in(document.id)[0][1]] == ["MOR"]


def test_values_come_back_as_they_were():
    cast = (
        Participant("RUS", ("GOV", "MIL"), "Sergey “X”", 3, 9),
        Participant("CHN", (), None, 0, 1),
    )
    assert people(people_text(cast)) == cast
    span = TimeSpan(date(2021, 8, 1), date(2021, 8, 31))
    assert days(days_text(span)) == span
    assert days(days_text(None)) is None
    stance = (Stance("AFG", -1, ((2, 5),)), Stance("PAK", 0))
    assert signs(signs_text(stance), stance) == stance


@pytest.mark.parametrize(
    ("kind", "field", "text"),
    [
        (EVENT, "actors", "RUS"),
        (EVENT, "actors", "[]"),
        (EVENT, "actors", '[{"code": "RUS"}]'),
        (EVENT, "actors", '{"code": "RUS"}'),
        (EVENT, "recipients", OST.replace("20", "-20")),
        (EVENT, "date", "yesterday"),
        (EVENT, "date", "2021-08-02..2021-08-01"),
        (EVENT, "auxiliary", '["maybe"]'),
        (EVENT, "type", None),
        (EVENT, "confidence", "1"),
        (EVENT, "speakers", OST),
        (STATEMENT, "stance", '{"RUS": 2}'),
        (STATEMENT, "stance", "[1]"),
        (STATEMENT, "commitment", None),
        (STATEMENT, "type", "AID"),
    ],
)
def test_a_value_that_cannot_be_laid_over_a_record_is_refused(kind, field, text):
    with pytest.raises(BadInput):
        check_value(kind, field, text)
