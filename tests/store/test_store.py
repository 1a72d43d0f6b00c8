from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import pytest

import inconcert
from inconcert.core.document import Document
from inconcert.errors import (
    CaseBusy,
    CaseDamaged,
    CaseError,
    CaseExists,
    CaseTooNew,
    NoCase,
    StorageFull,
)
from inconcert.store.faults import as_fault, told_plainly
from inconcert.store.store import FILE, Store

SOURCE = Path(inconcert.__file__).parents[1]


def elsewhere(program: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a program in another process."""
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


OPEN = """
import sys
from pathlib import Path
from inconcert.errors import CaseBusy
from inconcert.store.store import Store
try:
    Store.open(Path(sys.argv[1]), write=sys.argv[2] == "write").close()
    print("opened")
except CaseBusy as error:
    print(error)
"""


@pytest.mark.parametrize("way", ["write", "read"])
def test_a_second_process_is_told_who_is_writing(tmp_path, way):
    with Store.create(tmp_path):
        told = elsewhere(OPEN, tmp_path, way).stdout
    assert f"process {os.getpid()} (python" in told
    assert "Wait until it has ended" in told


def test_many_processes_may_read_at_a_time(tmp_path):
    Store.create(tmp_path).close()
    with Store.open(tmp_path, write=False):
        assert elsewhere(OPEN, tmp_path, "read").stdout == "opened\n"
        assert "the case is in use by process" in elsewhere(OPEN, tmp_path, "write").stdout


def test_the_same_process_is_told_that_it_holds_the_case_itself(tmp_path):
    Store.create(tmp_path).close()
    with (
        Store.open(tmp_path, write=False),
        pytest.raises(CaseBusy, match="this program itself"),
    ):
        Store.open(tmp_path, write=True)


def test_a_case_cannot_be_made_twice(tmp_path):
    Store.create(tmp_path).close()
    with pytest.raises(CaseExists):
        Store.create(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_a_folder_without_a_case_is_told(tmp_path):
    with pytest.raises(NoCase, match="inconcert init"):
        Store.open(tmp_path, write=True)


def test_a_store_open_for_reading_cannot_be_written(tmp_path, made_up):
    Store.create(tmp_path).close()
    with (
        Store.open(tmp_path, write=False) as store,
        pytest.raises(CaseError, match="open for reading only"),
    ):
        store.add_documents([made_up.document(1)])


def spoil(path: Path, at: int, bytes_: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(bytes_)


@pytest.mark.parametrize("write", [True, False])
@pytest.mark.parametrize(
    "kind", ["garbage", "empty", "cut", "header", "other database", "no table"]
)
def test_a_damaged_file_is_told(tmp_path, kind, write):
    path = tmp_path / FILE
    Store.create(tmp_path).close()
    if kind == "garbage":
        path.write_bytes(b"no database " * 1000)
    elif kind == "empty":
        path.write_bytes(b"")
    elif kind == "cut":
        path.write_bytes(path.read_bytes()[:5000])
    elif kind == "header":
        spoil(path, 40, b"\xff" * 9000)
    else:
        if kind == "other database":
            path.unlink()
        with duckdb.connect(path) as connection:
            connection.execute("create table if not exists other (x integer)")
            if kind == "no table":
                connection.execute("drop table statements")
    with pytest.raises(CaseDamaged) as caught:
        Store.open(tmp_path, write=write)
    assert str(path) in caught.value.where
    assert caught.value.advice


def test_a_case_of_a_newer_version_is_left_alone(tmp_path):
    Store.create(tmp_path).close()
    with duckdb.connect(tmp_path / FILE) as connection:
        connection.execute("update meta set value = '99' where key = 'schema_version'")
    for write in (True, False):
        with pytest.raises(CaseTooNew, match="schema 99") as caught:
            Store.open(tmp_path, write=write)
        assert "newest InConcert" in caught.value.advice


@pytest.mark.skipif(os.name != "posix", reason="rights on folders")
def test_a_folder_that_may_not_be_written_can_be_read():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        Store.create(folder / "case").close()
        file = folder / "case" / FILE
        file.chmod(0o444)
        (folder / "case").chmod(0o555)
        folder.chmod(0o555)
        is_root = os.geteuid() == 0
        if is_root:
            os.seteuid(65534)
        try:
            with Store.open(folder / "case", write=False) as store:
                assert store.corpus().documents == 0
            with pytest.raises(CaseError, match="cannot be written"):
                Store.open(folder / "case", write=True)
            with pytest.raises(CaseError, match="no case can be made here"):
                Store.create(folder / "new")
        finally:
            if is_root:
                os.seteuid(0)
            folder.chmod(0o755)
            (folder / "case").chmod(0o755)


def test_a_case_cannot_be_made_where_a_file_stands(tmp_path):
    (tmp_path / "case").write_text("a file", encoding="utf-8")
    with pytest.raises(CaseError, match="no case can be made here"):
        Store.create(tmp_path / "case")


def test_what_a_killed_writer_left_can_be_read_at_once(tmp_path, made_up):
    program = """
import os, sys
sys.path.insert(0, sys.argv[2])
from pathlib import Path
import made_up_case
from inconcert.store.store import Store
store = Store.create(Path(sys.argv[1]))
store.add_documents([made_up_case.document(1)])
os.kill(os.getpid(), 9)
"""
    elsewhere(program, tmp_path, Path(made_up.__file__).parent)
    with Store.open(tmp_path, write=False) as store:
        assert list(store.documents()) == [made_up.document(1)]


def test_info_tells_versions_counts_and_size(store, made_up):
    document = made_up.document(1)
    store.add_documents([document, made_up.document(2)])
    store.add_codings([made_up.coding(document)], made_up.CODER)
    info = store.info()
    assert (info["documents"], info["coded"], info["sentences"]) == (2, 1, 3)
    assert info["pending for patterns 1"] == 1
    assert info["bytes"] > 1000
    assert str(info["last write"]).endswith("+00:00")


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        (
            'TransactionContext Error: Failed to commit: … "x.wal": No space left on device',
            StorageFull,
        ),
        (
            (
                "FATAL Error: Failed: database has been invalidated because of an error. "
                'Original error: "Could not write file: Disk quota exceeded"'
            ),
            StorageFull,
        ),
        ("IO Error: Could not set lock on file: Resource temporarily unavailable", CaseBusy),
        (
            (
                'IO Error: Cannot open file "x": The process cannot access the file because it is '
                "being used by another process."
            ),
            CaseBusy,
        ),
        (
            (
                "IO Error: Trying to read a database file with version number 999, but we can only "
                "read versions between 64 and 68."
            ),
            CaseTooNew,
        ),
        ('IO Error: Cannot open file "x": Permission denied', CaseError),
        ("Out of Memory Error: could not allocate block of size 256.0 KiB", CaseError),
    ],
)
def test_what_the_database_says_is_told_plainly(message, kind):
    fault = as_fault(message, Path("case") / FILE)
    assert type(fault) is kind
    assert fault.advice


def test_our_own_mistakes_are_not_dressed_up(store):
    with pytest.raises(duckdb.CatalogException), told_plainly(store.path):
        store._connection.execute("select * from no_such_table")


@pytest.mark.parametrize(
    ("table", "rows", "problem"),
    [
        ("actor_mentions", "ordinal = 0", "mentions differ from ledger"),
        ("event_mentions", "sentence = 0", "events differ from ledger"),
        ("statements", "sentence = 0", "statements differ from ledger"),
        ("participants", "true", "event without participants"),
        ("participants", "role = 'actor' and ordinal = 0", "participants missing"),
        ("coded", "true", "records outside the ledger"),
        ("documents", "true", "coded document is missing"),
        ("sources", "true", "source of document is missing"),
        ("statements", "true", "part of no record"),
    ],
)
def test_a_case_of_which_records_were_taken_away_is_not_sound(
    tmp_path, made_up, table, rows, problem
):
    documents = [made_up.document(number) for number in range(3)]
    with Store.create(tmp_path) as store:
        store.add_documents(documents)
        store.add_codings([made_up.coding(document) for document in documents], made_up.CODER)
        assert store.check() == []
    with duckdb.connect(tmp_path / FILE) as connection:
        connection.execute(f"delete from {table} where {rows}")
    with Store.open(tmp_path, write=False) as store:
        assert problem in {found for found, _ in store.check()}


def test_a_full_disk_is_told_when_a_case_is_made(tmp_path, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("inconcert.store.store._name", full)
    with pytest.raises(StorageFull):
        Store.create(tmp_path / "case")


def test_a_reader_beside_a_writer_of_the_same_process_sees_what_is_stored(tmp_path):
    with Store.create(tmp_path) as writer:
        writer.add_documents([Document.of("The envoy came back.")])
        with Store.open(tmp_path, write=False) as reader:
            assert reader.info()["documents"] == 1
