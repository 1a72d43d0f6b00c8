"""A run killed at any moment, by kill -9, leaves a case that a second run completes."""

from __future__ import annotations

import json
import random
import shutil
import time
from functools import partial
from itertools import cycle, islice
from pathlib import Path

import psutil
import pytest

from inconcert import Workbench
from inconcert.store.store import Store
from inconcert.workbench import doctor_report

WHO = ("Russia", "China", "Pakistan", "Tajikistan", "Iran", "The Taliban", "Uzbekistan")
DID = ("criticised", "met envoys of", "sent food to", "closed its border with", "thanked")
DOCUMENTS, SENTENCES = 40, 12


def articles(folder: Path) -> Path:
    """Forty made-up articles of a few paragraphs, in one file."""
    pairs = cycle([(a, did, b) for did in DID for a in WHO for b in WHO if a != b])
    lines = []
    for number in range(DOCUMENTS):
        told = [f"{a} {did} {b} on Monday." for a, did, b in islice(pairs, SENTENCES)]
        text = " ".join(told[:9]) + "\n\n“We will not wait,” Iran said. " + " ".join(told[9:])
        day = f"2021-08-{number % 28 + 1:02d}"
        lines.append(json.dumps({"id": f"a{number}", "text": text, "date": day, "source": "Wire"}))
    file = folder / "articles.jsonl"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def content(bench: Workbench, folder: Path) -> tuple[bytes, bytes]:
    """All that the case gives back, as the bytes of its exports."""
    events, statements = folder / "events.jsonl", folder / "statements.jsonl"
    bench.export(events, with_auxiliary=True)
    bench.export(statements, what="statements")
    return events.read_bytes(), statements.read_bytes()


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[bytes, bytes]]:
    """The articles, and what a case gives back that was never broken off."""
    folder = tmp_path_factory.mktemp("unbroken")
    bench = Workbench.create(folder / "case")
    file = articles(bench.folder)
    assert bench.read([file]).new == DOCUMENTS
    assert bench.code(processes=1).documents == DOCUMENTS
    return file, content(bench, folder)


class Watch:
    """Sees the first batch that a run writes, by the log that the database keeps beside itself."""

    def __init__(self, case: Path) -> None:
        self._log = case / "inconcert.duckdb.wal"
        self._least = self._size()
        self._began: float | None = None

    def _size(self) -> int:
        return self._log.stat().st_size if self._log.exists() else 0

    def has_written(self, *, ago: float = 0.0) -> bool:
        """Whether it did, and so many seconds ago."""
        size = self._size()
        self._least = min(self._least, size)  # what a killed run left there may be taken in
        if size > self._least and self._began is None:
            self._began = time.monotonic()
        return self._began is not None and time.monotonic() - self._began >= ago


def kill(process, *, when) -> None:
    """Kill a process and nothing else, as the system does when memory runs out."""
    deadline = time.monotonic() + 60
    while process.poll() is None and not when() and time.monotonic() < deadline:
        time.sleep(0.005)
    children = (
        psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
    )
    process.kill()
    process.communicate()
    _, alive = psutil.wait_procs(children, timeout=10)
    assert not alive  # workers do not outlive the run


@pytest.mark.slow
def test_a_run_killed_twice_is_completed_with_nothing_lost_or_doubled(start, unbroken, tmp_path):
    original, expected = unbroken
    bench = Workbench.create(tmp_path / "case")
    file = shutil.copy(original, bench.folder)  # a place is told as seen from its case
    bench.read([file])
    seed = random.randrange(10_000)
    print(f"seed {seed}")  # noqa: T201 - shown when it fails
    rng = random.Random(seed)
    coded = []
    for processes in ("1", "2"):
        watch, pause = Watch(bench.folder), rng.uniform(0, 0.4)
        process = start("code", "--case", bench.folder, "--processes", processes)
        kill(process, when=partial(watch.has_written, ago=pause))
        with Store.open(bench.folder, write=False) as store:
            assert store.check() == []
            coded.append(int(str(store.info()["coded"])))
    print(f"coded before the ends: {coded}")  # noqa: T201
    assert coded == sorted(coded)  # what was finished stands
    last = bench.code(processes=1)
    assert last.pending == DOCUMENTS - coded[-1]
    assert last.coded == DOCUMENTS
    assert content(bench, tmp_path) == expected
    assert doctor_report(bench.folder).problems == []


def test_reading_killed_at_any_moment_is_completed(start, tmp_path):
    file = tmp_path / "many.jsonl"
    lines = (
        json.dumps({"text": f"Russia sent {number} tonnes of food to Kabul.", "language": "en"})
        for number in range(6_000)
    )
    file.write_text("\n".join(lines), encoding="utf-8")
    bench = Workbench.create(tmp_path / "case")
    process = start("read", file, "--case", bench.folder)
    kill(process, when=Watch(bench.folder).has_written)
    with Store.open(bench.folder, write=False) as store:
        stored = int(str(store.info()["documents"]))
        assert store.check() == []
    report = bench.read([file])
    assert (report.new, report.known) == (6_000 - stored, stored)
    with Store.open(bench.folder, write=False) as store:
        assert (store.info()["documents"], store.check()) == (6_000, [])


def test_a_case_made_half_is_completed(tmp_path):
    """As when the power goes between the two files of a case."""
    bench = Workbench.create(tmp_path / "case", title="The border")
    (bench.folder / "case.toml").unlink()
    assert Workbench.create(bench.folder, title="The border").settings == bench.settings
