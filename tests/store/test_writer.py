from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import duckdb
import pytest

import inconcert
from inconcert.core.document import Document
from inconcert.core.provenance import LeftOut
from inconcert.errors import StorageFull
from inconcert.store.schema import TABLES
from inconcert.store.store import FILE, Store

SOURCE = Path(inconcert.__file__).parents[1]


def contents(folder: Path) -> dict[str, list]:
    """All rows of all tables, each in order; how a case was come by does not matter."""
    with duckdb.connect(folder / FILE, read_only=True) as connection:
        return {
            table: connection.execute(f"select * from {table} order by all").fetchall()
            for table in TABLES
        }


def fill(store: Store, made_up, count: int = 4) -> list[Document]:
    documents = [doc for batch in made_up.batches(count) for doc in batch]
    store.add_documents(documents)
    store.add_codings([made_up.coding(doc) for doc in documents], made_up.CODER)
    return documents


def test_documents_come_back_as_they_were_given(store, made_up):
    given = [
        made_up.document(1),
        Document.of("Nul \0 and \r\n and   and 😀.", place="odd.txt", url="https://x.example/1"),
        made_up.document(3, licence="CC0-1.0", speaker="OST", category="speech", title=None),
    ]
    store.add_documents(given)
    assert list(store.documents()) == given
    assert store.document(given[1].id) == given[1]


def test_a_document_given_twice_is_held_once(store, made_up):
    one, two = made_up.document(1), made_up.document(2)
    assert store.add_documents([one, one]) == (added := type(store.add_documents([]))(1, 1))
    assert store.add_documents(iter([two, one])) == added
    assert list(store.documents()) == [one, two]


def test_the_same_text_of_two_sources_is_two_documents_of_two_sources(store, made_up):
    one, two = made_up.document(1), made_up.document(1, source=made_up.Source("Vale Post"))
    assert store.add_documents([one, two]).new == 2


def test_a_document_that_is_no_text_is_refused_and_the_rest_goes_on(store, made_up):
    bad = Document.of("half a pair: \ud83d", place="bad.txt")
    added = store.add_documents([bad, made_up.document(1)])
    assert (added.new, added.refused) == (1, 1)
    assert store.corpus().left_out == (("not text", 1, ("bad.txt",)),)


def test_many_documents_are_written_in_several_batches(store, made_up, monkeypatch):
    monkeypatch.setattr("inconcert.store.writer.DOCUMENTS_A_TRANSACTION", 4)
    documents = [made_up.document(number) for number in range(10)]
    assert store.add_documents(documents).new == 10
    assert list(store.documents()) == documents


def test_writing_everything_twice_changes_nothing(tmp_path, made_up):
    notes = [LeftOut("a.bin", "not text", "starts with \\x7fELF"), LeftOut("b.txt", "empty", "")]
    for once_or_twice in range(2):
        opening = Store.create(tmp_path) if once_or_twice == 0 else Store.open(tmp_path, write=True)
        with opening as store:
            documents = fill(store, made_up)
            store.add_left_out(notes)
            store.mark_not_coded(documents[0].id, "language not coded: ru")
            store.mark_not_coded(documents[1].id, "failed", provenance=made_up.CODER)
        found = contents(tmp_path)
        if once_or_twice == 0:
            first = found
    assert found == first
    assert len(found["left_out"]) == 2
    assert len(found["not_coded"]) == 2


def test_a_coding_is_kept_once_for_each_coder(store, made_up):
    documents = fill(store, made_up)
    newer = type(made_up.CODER)("code", "patterns", "2", "abc")
    again = [made_up.coding(doc) for doc in documents]
    assert store.add_codings(again, made_up.CODER) == 0
    assert store.add_codings(again, newer) == len(documents)
    assert store.check() == []


def test_all_codings_of_a_call_are_kept_or_none(store, made_up):
    documents = [made_up.document(number) for number in range(3)]
    store.add_documents(documents)
    good, bad = made_up.coding(documents[0]), made_up.coding(documents[1])
    broken = type(bad)(bad.document, bad.sentences, bad.mentions, (None,), bad.statements)
    with pytest.raises(AttributeError):
        store.add_codings([good, broken], made_up.CODER)
    assert store.pending(made_up.CODER) == [doc.id for doc in documents]
    store.add_codings([good], made_up.CODER)
    assert store.pending(made_up.CODER) == [doc.id for doc in documents[1:]]


def test_a_value_that_does_not_fit_leaves_the_store_usable(store, made_up):
    store.add_documents([made_up.document(1)])
    good = made_up.coding(made_up.document(1))
    misfit = type(good)(good.document, good.sentences, good.mentions, good.events, (), ((None, 1),))
    for coding in (misfit, good):
        if coding is misfit:
            object.__setattr__(misfit.events[0], "type", None)
            with pytest.raises(duckdb.ConstraintException):
                store.add_codings([coding], made_up.CODER)
        else:
            object.__setattr__(good.events[0], "type", "CONSULT")
            assert store.add_codings([coding], made_up.CODER) == 1
    assert store.check() == []


def test_a_known_event_of_a_document_is_not_doubled(store, made_up):
    document = made_up.document(1)
    once = made_up.coding(document)
    twice = type(once)(once.document, once.sentences, (), once.events * 2, once.statements * 2)
    store.add_documents([document])
    store.add_codings([twice], made_up.CODER)
    assert Counter(record.event.id for record in store.events()).most_common(1)[0][1] == 1
    assert store.check() == []


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> dict[str, list]:
    """What an unbroken run of six batches writes."""
    folder = tmp_path_factory.mktemp("whole")
    write_batches(folder).communicate()
    return contents(folder)


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
@pytest.mark.parametrize("insert", [1, 2, 4, 9, 12, 17])
def test_killed_inside_a_batch_a_case_keeps_whole_batches_only(tmp_path, made_up, whole, insert):
    with write_batches(tmp_path, insert) as writer:
        lines = writer.stdout.read().split()
    assert "closed" not in lines
    check_whole_batches(tmp_path, made_up, lines)
    write_batches(tmp_path).communicate()
    assert contents(tmp_path) == whole


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
def test_killed_at_any_moment_a_second_run_completes_the_case(tmp_path, made_up, whole):
    rng = random.Random(20211122)
    for after in (1, 4, 7):
        with write_batches(tmp_path) as writer:
            lines = [writer.stdout.readline().strip() for _ in range(after)]
            time.sleep(rng.random() * 0.02)  # a step takes about so long
            writer.send_signal(signal.SIGKILL)
            lines += writer.stdout.read().split()
        check_whole_batches(tmp_path, made_up, lines)
    write_batches(tmp_path).communicate()
    assert contents(tmp_path) == whole


def write_batches(folder: Path, *die_at: int) -> subprocess.Popen[str]:
    """Another process that writes six batches of three documents."""
    script = Path(__file__).parent / "made_up_case.py"
    return subprocess.Popen(
        [sys.executable, str(script), str(folder), "6", *map(str, die_at)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
    )


def check_whole_batches(folder: Path, made_up, lines: list[str]) -> None:
    """What was said to be done is there, and nothing that is there is torn."""
    with Store.open(folder, write=False) as store:
        documents, pending = len(list(store.documents())), len(store.pending(made_up.CODER))
        assert store.check() == []
        assert documents % 3 == pending % 3 == 0
        assert documents >= 3 * lines.count("read")
        assert documents - pending >= 3 * lines.count("coded")
        assert len(store.events()) == len(store.statements()) == 3 * (documents - pending)


def add_one_by_one(store: Store, documents: list[Document]) -> None:
    for document in documents:
        store.add_documents([document])


def test_a_full_disk_is_told_plainly_and_the_case_opens_afterwards(tmp_path, made_up):
    resource = pytest.importorskip("resource")
    Store.create(tmp_path).close()
    documents = [
        made_up.document(number, sentences=150, title=random.Random(number).randbytes(9_000).hex())
        for number in range(60)
    ]
    size = (tmp_path / FILE).stat().st_size
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 300_000, before[1]))
    try:
        with Store.open(tmp_path, write=True) as store:
            with pytest.raises(StorageFull) as caught:
                add_one_by_one(store, documents)
            kept = len(list(store.documents()))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert "Make room" in caught.value.advice
    with Store.open(tmp_path, write=True) as store:
        assert 0 < len(list(store.documents())) == kept < 60
        assert store.add_documents(documents).new == 60 - kept
        assert store.check() == []
