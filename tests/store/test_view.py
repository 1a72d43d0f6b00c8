from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from inconcert.core.coding import Coding
from inconcert.core.event import When
from inconcert.core.provenance import LeftOut, Provenance
from inconcert.core.span import TimeSpan
from inconcert.errors import BadInput, BadQuestion
from inconcert.store.store import Store

NEWER = Provenance("code", "patterns", "2", "abc")


@pytest.fixture
def filled(store, made_up):
    """Six documents of two sources, coded."""
    documents = [made_up.document(number) for number in range(6)]
    store.add_documents(documents)
    store.add_codings([made_up.coding(document) for document in documents], made_up.CODER)
    return store


def test_events_come_back_as_they_were_coded_with_sentence_and_source(store, made_up):
    document = made_up.document(1)
    coding = made_up.coding(document)
    store.add_documents([document])
    store.add_codings([coding], made_up.CODER)
    records = store.events()
    assert {record.event for record in records} == set(coding.events)
    for record in records:
        sentence = coding.sentences[record.event.sentence]
        assert record.at.sentence == document.text[sentence.start : sentence.end]
        assert document.text[record.event.start : record.event.end] == "met"
        assert (record.at.source, record.at.published) == (document.source, document.published)
        assert record.at.start == sentence.start


def test_statements_come_back_as_they_were_coded(store, made_up):
    document = made_up.document(1)
    coding = made_up.coding(document)
    store.add_documents([document])
    store.add_codings([coding], made_up.CODER)
    assert {record.statement for record in store.statements()} == set(coding.statements)


def test_records_stand_in_order_of_day_with_the_undated_last(store, made_up):
    documents = [made_up.document(number, published=None) for number in (1, 2)]
    documents += [made_up.document(number) for number in (30, 7)]
    store.add_documents(documents)
    store.add_codings([made_up.coding(document) for document in documents], made_up.CODER)
    days = [record.day for record in store.events()]
    dated = [day for day in days if day is not None]
    assert dated == sorted(dated)
    assert days[len(dated) :] == [None] * (len(days) - len(dated)) != []


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, 18),
        ({"actor_codes": ["MOR"]}, 18),
        ({"actor_codes": ["VAL"]}, 0),
        ({"any_codes": ["VAL"]}, 18),
        ({"any_codes": []}, 0),
        ({"any_codes": ["XXX", "OST"], "types": ["CONSULT"]}, 18),
        ({"types": ["AID"]}, 0),
        ({"sources": ["Vale Courier"]}, 9),
        ({"sources": ["Vale Courier", "Ostra Times"]}, 18),
        ({"span": TimeSpan.day(date(2021, 7, 5))}, 5),
        ({"span": TimeSpan(date(2022, 1, 1), date.max)}, 0),
    ],
)
def test_events_can_be_asked_for_by_code_type_source_and_day(filled, filters, expected):
    assert len(filled.events(**filters)) == expected


def test_statements_can_be_asked_for_by_speaker_and_by_anybody_named(filled):
    assert len(filled.statements(speaker_codes=["MOR"])) == 18
    assert filled.statements(speaker_codes=["OST"]) == []
    assert len(filled.statements(any_codes=["OST"], sources=["Ostra Times"])) == 9


def test_sentences_are_found_by_who_is_named_in_them_and_not_by_what_was_coded(store, made_up):
    document = made_up.document(1)
    coding = made_up.coding(document)
    bare = Coding(document.id, coding.sentences, coding.mentions[:5], (), ())
    store.add_documents([document])
    store.add_codings([bare], made_up.CODER)
    found = store.sentences_naming(["OST"], ["MOR"])
    assert [at.start for at in found] == [coding.sentences[0].start, coding.sentences[1].start]
    first = coding.sentences[0]
    assert found[0].sentence == document.text[first.start : first.end]
    assert (found[0].source, found[0].published) == (document.source, document.published)
    assert store.sentences_naming(["VAL"], ["MOR"]) == []
    assert store.sentences_naming([], ["MOR"]) == []


def test_both_must_be_named_in_one_sentence(store, made_up):
    document = made_up.document(1)
    coding = made_up.coding(document)
    morland, ostra = coding.mentions[0], coding.mentions[4]
    alone = replace(ostra, participants=ostra.participants[:1])
    apart = Coding(document.id, coding.sentences, (morland, alone), (), ())
    assert (morland.sentence, alone.sentence) == (0, 1)
    store.add_documents([document])
    store.add_codings([apart], made_up.CODER)
    assert store.sentences_naming(["OST"], ["MOR"]) == []


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, 18),
        ({"sources": ["Vale Courier"]}, 9),
        ({"span": TimeSpan(date(2021, 7, 2), date(2021, 7, 3))}, 6),
    ],
)
def test_named_sentences_can_be_asked_for_by_source_and_day(filled, filters, expected):
    found = filled.sentences_naming(["OST"], ["MOR"], **filters)
    assert len(found) == expected
    assert [at.day for at in found] == sorted(at.day for at in found)


def test_a_source_that_the_case_does_not_hold_is_refused_with_the_nearest(filled):
    naming = partial(filled.sentences_naming, ["OST"], ["MOR"])
    for asked in (filled.events, filled.statements, filled.corpus, naming):
        with pytest.raises(BadQuestion, match="'Ostra Times'"):
            asked(sources=["Ostra Time"])


days = st.dates(date(2021, 1, 1), date(2021, 1, 20))
spans = st.none() | st.builds(
    lambda first, more: TimeSpan(first, first + timedelta(days=more)), days, st.integers(0, 9)
)


@settings(max_examples=5, deadline=None, derandomize=True, phases=[Phase.generate])
@given(st.lists(st.tuples(spans, spans), min_size=8, max_size=20), spans.filter(bool))
def test_the_days_asked_for_are_the_days_that_records_give(tmp_path_factory, pairs, asked):
    import made_up_case as made_up

    with Store.create(tmp_path_factory.mktemp("case")) as store:
        documents = [
            made_up.document(number, published=published, sentences=1)
            for number, (published, _) in enumerate(pairs)
        ]
        codings = [made_up.coding(document) for document in documents]
        for coding, (_, when) in zip(codings, pairs, strict=True):
            for record in (*coding.events, *coding.statements):
                object.__setattr__(record, "when", When(when, "then", "absolute"))
        store.add_documents(documents)
        store.add_codings(codings, made_up.CODER)
        for ask in (store.events, store.statements):
            everything = ask()
            expected = [r for r in everything if r.day is not None and asked.contains(r.day)]
            assert ask(span=asked) == expected
            assert [r.day for r in everything] == sorted(
                (r.day for r in everything), key=lambda day: day or date.max
            )


@pytest.fixture(autouse=True)
def _importable(made_up):
    """Lets the property test, which takes no such fixture, import the module."""


def test_a_newer_coder_takes_over_only_when_it_has_come_as_far(filled, made_up):
    documents = list(filled.documents())
    recoded = [
        Coding(document.id, made_up.coding(document).sentences, (), (), ())
        for document in documents
    ]
    filled.add_codings(recoded[:4], NEWER)
    assert filled.provenances() == [made_up.CODER, NEWER]
    assert len(filled.events()) == 18
    filled.add_codings(recoded[4:], NEWER)
    assert filled.provenances() == [NEWER, made_up.CODER]
    assert filled.events() == []
    assert len(filled.events(provenance=made_up.CODER)) == 18
    assert filled.corpus().coders == ("patterns 2",)


def test_a_document_that_a_coder_leaves_out_does_not_hold_it_back(filled):
    *most, last = filled.documents()
    filled.add_codings([Coding(document.id, (), (), (), ()) for document in most], NEWER)
    filled.mark_not_coded(last.id, "failed", provenance=NEWER)
    assert filled.provenances()[0] == NEWER
    assert filled.pending(NEWER) == []


def test_a_document_marked_by_one_coder_stays_pending_for_another(store, made_up):
    one, two = made_up.document(1), made_up.document(2)
    store.add_documents([one, two])
    store.mark_not_coded(one.id, "failed", provenance=made_up.CODER)
    assert store.pending(made_up.CODER) == [two.id]
    assert store.pending(NEWER) == [one.id, two.id]
    store.mark_not_coded(one.id, "language not coded: ru")
    assert store.pending(NEWER) == [two.id]


def test_the_corpus_counts_what_was_read_and_what_was_not(store, made_up):
    documents = [made_up.document(number) for number in range(4)]
    documents.append(made_up.document(4, published=None, speaker="MOR", sentences=7))
    russian, waiting = made_up.document(5, language="ru"), made_up.document(6)
    store.add_documents([*documents, russian, waiting])
    store.add_codings([made_up.coding(document) for document in documents], made_up.CODER)
    store.add_left_out(LeftOut(f"{n}.bin", "not text", "") for n in range(7))
    store.add_left_out([LeftOut("x.txt", "empty", "")])
    corpus = store.corpus(languages=["en"])
    assert (corpus.documents, corpus.sentences, corpus.undated) == (5, 19, 1)
    assert [summary.source.name for summary in corpus.sources] == ["Ostra Times", "Vale Courier"]
    assert corpus.sources[1].first == date(2021, 7, 2)
    assert dict(corpus.not_coded) == {"language not coded: ru": 1, "not yet coded": 1}
    assert corpus.left_out[0] == ("not text", 7, tuple(f"{n}.bin" for n in range(5)))
    assert corpus.left_out[1] == ("empty", 1, ("x.txt",))
    assert corpus.sentences_by_country == (("OST", 12), ("MOR", 7))
    assert corpus.skipped == (("question of a reporter", 10),)
    one_source = store.corpus(sources=["Vale Courier"])
    assert (one_source.documents, one_source.sentences) == (2, 6)


def test_an_empty_case_has_an_empty_corpus(store):
    corpus = store.corpus()
    assert (corpus.documents, corpus.sources, corpus.coders) == (0, (), ())
    assert store.events() == store.statements() == store.sentences_naming(["OST"], ["MOR"]) == []


def test_a_place_that_was_read_well_later_is_no_longer_left_out(store, made_up):
    document = made_up.document(1)
    store.add_left_out([LeftOut(document.place, "empty", "")])
    assert store.corpus().left_out == (("empty", 1, (document.place,)),)
    store.add_documents([document])
    assert store.corpus().left_out == ()


def test_a_note_on_a_document_that_was_kept_is_not_counted_as_left_out(store, made_up):
    document = made_up.document(1)
    kept = LeftOut(document.place, "date in the future (document kept)", "2099")
    store.add_documents([document])
    store.add_left_out([kept])
    assert store.corpus().left_out == ()
    assert store.corpus().notes == ((kept.reason, 1, (document.place,)),)


def test_an_unknown_document_is_refused(store):
    with pytest.raises(BadInput, match="no document 'f00'"):
        store.document("f00")


def test_documents_can_be_drawn_while_others_are_written(filled, made_up):
    ids = [document.id for document in filled.documents()]
    seen = []
    for document in filled.documents(reversed(ids)):
        filled.add_codings([Coding(document.id, (), (), (), ())], NEWER)
        seen.append(document.id)
    assert seen == ids[::-1]


def test_the_length_of_documents_is_told_in_characters(store, made_up):
    document = made_up.document(1)
    store.add_documents([document])
    assert store.lengths([document.id, "f00"]) == {document.id: len(document.text)}


def test_a_document_read_again_with_another_speaker_takes_the_place_of_the_first(store, made_up):
    first, other = made_up.document(1), made_up.document(2)
    store.add_documents([first, other])
    store.add_codings([made_up.coding(first), made_up.coding(other)], made_up.CODER)
    mended = made_up.document(1, speaker="MOR")
    assert store.add_documents([mended]).new == 1
    assert store.pending(made_up.CODER) == [mended.id]
    assert {record.at.document for record in store.events()} == {other.id}
    store.add_codings([made_up.coding(mended)], made_up.CODER)
    assert (store.corpus().documents, store.info()["documents"]) == (2, 2)
    assert {record.at.document for record in store.statements()} == {other.id, mended.id}
    assert store.check() == []


def test_the_same_text_at_another_place_is_another_document(store, made_up):
    pair = [made_up.document(1), made_up.document(1, speaker="MOR", place="elsewhere.txt")]
    store.add_documents(pair)
    assert len(store.pending(made_up.CODER)) == 2
