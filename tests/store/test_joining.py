from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import inconcert
from inconcert.core.copies import Copy
from inconcert.core.event import Retelling
from inconcert.core.provenance import Provenance
from inconcert.core.review import COPY, EVENT, Review
from inconcert.core.span import TimeSpan
from inconcert.errors import BadInput, CaseError
from inconcert.store.schema import SCHEMA_VERSION
from inconcert.store.store import FILE, Store

NOON = datetime(2021, 9, 6, 12, tzinfo=UTC)
RULE = Provenance("merge", "reports", "1.1", "coder")
OLD_CASE = Path(__file__).parent / "data" / "version_1.duckdb.gz"
"""Written by InConcert 0.1.0 with made_up_case.py: two batches of three documents."""


@pytest.fixture
def told(store, made_up) -> tuple[Store, list[str], list[str]]:
    """A case of three documents; its mentions' ids in order of day, and its documents'."""
    documents = [made_up.document(number) for number in (0, 1, 8)]
    store.add_documents(documents)
    store.add_codings([made_up.coding(doc) for doc in documents], made_up.CODER)
    mentions = [record.event.id for record in store.events()]
    return store, mentions, [document.id for document in documents]


def join(store: Store, coder: Provenance, pairs, copies=(), rule: Provenance = RULE) -> None:
    found = [Retelling(a, b, 0.8, "same day, same actors, 3 shared words") for a, b in pairs]
    store.add_joined(list(copies), found, store.to_join(coder, rule), coder=coder, rule=rule)


def test_joined_mentions_share_their_event_and_its_day(told, made_up) -> None:
    store, mentions, _ = told
    days = {record.event.id: record.own_day for record in store.events()}
    first, other = mentions[0], next(m for m in mentions if days[m] != days[mentions[0]])
    join(store, made_up.CODER, [(other, first)])
    records = {record.event.id: record for record in store.events()}
    assert records[first].event_id == records[other].event_id == min(first, other)
    assert records[first].day == records[other].day
    assert records[other].told.reason == "same day, same actors, 3 shared words"
    alone = records[next(m for m in mentions if m not in (first, other))]
    assert (alone.told, alone.event_id) == (None, alone.event.id)
    assert store.check() == []


def test_days_asked_for_bring_all_reports_of_an_event_and_none_of_another_day(
    told, made_up
) -> None:
    store, _, _ = told
    early = next(r for r in store.events() if r.own_day == date(2021, 7, 1))
    late = next(r for r in store.events() if r.own_day == date(2021, 7, 5))
    join(store, made_up.CODER, [(late.event.id, early.event.id)])
    assert late.event.when.span is not None
    day = TimeSpan.day(date(2021, 7, 5))
    asked = {record.event.id for record in store.events(span=day)}
    assert {early.event.id, late.event.id} <= asked
    before = store.events(span=TimeSpan.day(date(2021, 7, 1)))
    assert early.event.id not in {record.event.id for record in before}


def test_a_copy_counts_under_the_source_of_its_original(told, made_up) -> None:
    store, _, documents = told
    copy = Copy(documents[1], documents[0], 0.9, "edited text")
    join(store, made_up.CODER, [], [copy])
    of = {record.at.document: record for record in store.events()}
    assert of[documents[1]].at.source.name == "Vale Courier"
    assert of[documents[1]].outlet == "Ostra Times"
    assert (of[documents[1]].text, of[documents[2]].text) == (documents[0], documents[2])
    assert store.copies(made_up.CODER) == [copy]


def test_of_several_findings_on_a_document_the_last_holds(told, made_up) -> None:
    store, _, documents = told
    join(store, made_up.CODER, [], [Copy(documents[1], documents[0], 0.9, "edited text")])
    join(store, made_up.CODER, [], [Copy(documents[1], documents[2], 0.9, "edited text")])
    assert [copy.original for copy in store.copies(made_up.CODER)] == [documents[2]]
    join(store, made_up.CODER, [], [Copy(documents[1], documents[1], 1.0, "no longer")])
    assert store.copies(made_up.CODER) == []
    assert {record.copied for record in store.events()} == {None}


def test_a_review_takes_a_merge_apart_and_its_undoing_restores_it(told, made_up) -> None:
    store, (first, second, *_), _ = told
    join(store, made_up.CODER, [(second, first)])
    apart = Review.of("different", EVENT, (first, second), by="analyst", at=NOON, note="two days")
    assert store.add_reviews([apart, apart]) == 1
    assert store.joined().events == {}
    assert store.retellings(made_up.CODER) != []
    store.add_reviews([apart.undone(by="analyst", at=NOON + timedelta(hours=1))])
    assert set(store.joined().events) == {first, second}
    assert store.check() == []


def test_a_review_joins_what_no_rule_has_seen(told) -> None:
    store, (first, second, *_), _ = told
    store.add_reviews([Review.of("same", EVENT, (first, second), by="analyst", at=NOON)])
    assert store.joined().reason(max(first, second)) == "joined by a review of analyst"


def test_reviews_come_back_as_they_were_given_and_once(store) -> None:
    given = [
        Review.of("changed", "actor", ["x"], by="analyst", at=NOON, field="code", old="RUS",
                  new="RUSX", note="“weil”"),
        Review.of("different", COPY, ["d1", "d2"], by="rule 2", at=NOON),
    ]  # fmt: skip
    assert store.add_reviews(given) == 2
    assert store.add_reviews(given[::-1]) == 0
    assert store.reviews() == given
    assert store.reviews(kind=COPY) == given[1:]


def test_an_undo_of_nothing_is_refused(store) -> None:
    review = Review.of("wrong", EVENT, ["a"], by="analyst", at=NOON)
    with pytest.raises(BadInput, match="holds no review"):
        store.add_reviews([review.undone(by="analyst", at=NOON)])
    assert store.reviews() == []


def test_only_documents_that_were_not_compared_wait(told, made_up) -> None:
    store, _, documents = told
    assert store.to_join(made_up.CODER, RULE) == documents
    join(store, made_up.CODER, [])
    assert store.to_join(made_up.CODER, RULE) == []
    newer = Provenance("merge", "reports", "2.1", "coder")
    assert store.to_join(made_up.CODER, newer) == documents
    more = made_up.document(9)
    store.add_documents([more])
    assert store.to_join(made_up.CODER, RULE) == []
    store.add_codings([made_up.coding(more)], made_up.CODER)
    assert store.to_join(made_up.CODER, RULE) == [more.id]


def test_a_newer_rule_takes_the_place_of_an_older_one(told, made_up) -> None:
    store, (first, second, third, *_), _ = told
    join(store, made_up.CODER, [(second, first)])
    join(store, made_up.CODER, [(third, first)], rule=Provenance("merge", "reports", "2.1", "c"))
    assert set(store.joined().events) == {first, third}
    assert [made.stage for made in store.provenances()] == ["code"]


def test_a_coder_that_was_not_joined_shows_its_mentions_one_by_one(told, made_up) -> None:
    store, (first, second, *_), _ = told
    join(store, made_up.CODER, [(second, first)])
    other = Provenance("code", "patterns", "2", "abc")
    assert store.joined(other).events == {}


def test_a_finding_about_no_mention_is_told_by_the_check(told, made_up) -> None:
    store, (first, *_), _ = told
    join(store, made_up.CODER, [("nobody", first)])
    assert store.check() == [("retelling of no mention", "nobody")]


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
@pytest.mark.parametrize("insert", [1, 2, 3, 4])
def test_killed_while_joining_a_case_keeps_nothing_of_it_and_can_be_joined(
    told, made_up, insert
) -> None:
    store, (first, second, *_), documents = told
    folder = store.path.parent
    store.close()
    work = f"""
import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})
import made_up_case as m
from pathlib import Path
from inconcert.store.store import Store
from inconcert.core.copies import Copy
from inconcert.core.event import Retelling
from inconcert.core.provenance import Provenance
rule = Provenance("merge", "reports", "1.1", "coder")
m.die_before({insert})
with Store.open(Path({str(folder)!r}), write=True) as store:
    store.add_joined([Copy({documents[1]!r}, {documents[0]!r}, 0.9, "x")],
        [Retelling({second!r}, {first!r}, 0.8, "x")], store.to_join(m.CODER, rule),
        coder=m.CODER, rule=rule)
"""
    done = subprocess.run(
        [sys.executable, "-c", work],
        env={**os.environ, "PYTHONPATH": str(Path(inconcert.__file__).parents[1])},
        check=False,
    )
    assert done.returncode == -9
    with Store.open(folder, write=True) as opened:
        assert (opened.copies(made_up.CODER), opened.retellings(made_up.CODER)) == ([], [])
        assert opened.to_join(made_up.CODER, RULE) == documents
        join(opened, made_up.CODER, [(second, first)])
        assert set(opened.joined().events) == {first, second}
        assert opened.check() == []


@pytest.fixture
def old_case(tmp_path: Path) -> Path:
    """A case as version 1 left it."""
    with gzip.open(OLD_CASE) as packed, (tmp_path / FILE).open("wb") as file:
        shutil.copyfileobj(packed, file)
    return tmp_path


def test_a_case_of_version_1_is_brought_up_to_date_with_all_it_holds(old_case, made_up) -> None:
    with pytest.raises(CaseError, match="brings the case up to date"):
        Store.open(old_case, write=False)
    with Store.open(old_case, write=True) as store:
        assert store.info()["schema"] == SCHEMA_VERSION
        documents = [doc for batch in made_up.batches(2) for doc in batch]
        assert list(store.documents()) == documents
        assert store.pending(made_up.CODER) == []
        codings = {doc.id: made_up.coding(doc) for doc in documents}
        assert {r.event.id for r in store.events()} == {
            event.id for coding in codings.values() for event in coding.events
        }
        assert len(store.statements()) == 18
        assert (store.reviews(), store.joined().events) == ([], {})
        first, second, *_ = (record.event.id for record in store.events())
        join(store, made_up.CODER, [(second, first)])
        assert store.check() == []
    with Store.open(old_case, write=False) as store:
        assert len(store.joined().events) == 2
