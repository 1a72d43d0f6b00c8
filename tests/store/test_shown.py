"""Who reads while another writes sees the case as it was, and is told so."""

from __future__ import annotations

import subprocess
import sys

import pytest

from inconcert.core.document import Document
from inconcert.errors import CaseBusy
from inconcert.store import shown
from inconcert.store.shown import shown_path
from inconcert.store.store import Store

WRITER = """
import sys
from pathlib import Path
from inconcert.core.document import Document
from inconcert.store.store import Store
with Store.open(Path(sys.argv[1]), write=True, is_long=sys.argv[2] == "long") as store:
    store.add_documents([Document.of("The envoy came back.")])
    print("written", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def case(tmp_path):
    with Store.create(tmp_path) as store:
        store.add_documents([Document.of("The envoy left Kabul.")])
    return tmp_path


@pytest.fixture
def writer(case):
    """Starts another process that writes and then waits."""
    running = []

    def start(length):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(case), length],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        running.append(process)
        assert process.stdout.readline() == "written\n"
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate()


def documents(case):
    with Store.open(case, write=False) as store:
        return store.info()["documents"], store.shown_as_of


def test_a_reader_sees_what_was_there_when_the_writing_began_and_then_what_was_written(
    case, writer
):
    process = writer("long")
    count, since = documents(case)
    assert count == 1
    assert since is not None
    with pytest.raises(CaseBusy, match="process"):
        Store.open(case, write=True)
    process.communicate("\n")
    assert documents(case) == (2, None)
    assert not shown_path(case / "inconcert.duckdb").exists()


def test_a_copy_that_vanishes_while_it_is_opened_gives_way_to_the_case_itself(
    case, writer, monkeypatch
):
    process = writer("long")
    found = shown.as_of

    def ended_meanwhile(path):
        since = found(path)
        process.communicate("\n")
        return since

    monkeypatch.setattr(shown, "as_of", ended_meanwhile)
    assert documents(case) == (2, None)


def test_a_copy_that_a_killed_writer_left_is_shown_to_nobody(case, writer):
    process = writer("long")
    process.kill()
    process.communicate()
    assert shown_path(case / "inconcert.duckdb").exists()
    assert documents(case) == (2, None)


def test_a_short_writing_lays_no_copy(case, writer):
    writer("short")
    with pytest.raises(CaseBusy):
        documents(case)
