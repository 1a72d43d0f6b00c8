"""Feeds every parser damaged files and looks for crashes, hangs, floods of memory and silence.

    python bench/fuzz.py [--seconds 60] [--seed N] [--only WORD]… [--keep FOLDER] [--atheris TARGET]

Allowed are errors of `inconcert.errors` and reasons for what is left out, nothing else. A file that
gives neither a document nor a reason, or rows that are not as many as its lines, is a finding too.
Each parser runs in a process of its own, so that a crash ends only that: the file at work lies on
disk. The same seed gives the same files. With `--atheris` one target is driven by coverage instead,
where that library is installed (it is no dependency). The exit code is 1 where anything was found.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import json
import multiprocessing
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from types import FunctionType

import duckdb

from fuzz_seeds import document_seeds, event_seeds, mapping_seed
from inconcert.core.provenance import LeftOut
from inconcert.errors import InConcertError
from inconcert.read import ReadSettings, read_documents
from inconcert.read.events import open_events, propose_mapping
from inconcert.read.events.layout import parse_layout

SECONDS = 60.0
SLOW_SECONDS = 10
"""Most seconds for one file of some kilobytes."""

GRACE_SECONDS = 15.0
"""After so long beyond its time a parser hangs where no signal reaches it, and is ended."""

FLOOD_BYTES = 1_500_000_000
"""Most memory a parser may take on top of what it began with."""

LARGEST = 200_000
_WORDS = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n", b"\n\n", b"\t" * 40, b'"', b"'", b"\\", b",",
    b"<", b"]]>", b"<!DOCTYPE a [<!ENTITY b 'c'>]>&b;", b"<![CDATA[", b"{" * 60, b"[" * 200, b"}",
    b"999999999999999999999", b"-1", b"1e999", b"NaN", b"\x1f", b"\x1a", b"\xed\xa0\x80", b"(" * 50,
    "\u2028\u202e\ufdd0".encode(), b"Content-Length: 99999999\r\n", b"%PDF-1.4", b"PK\x03\x04",
    b"0000-00-00", b"20219999", b"\\u4294967296 ", b"{\\*\\bin99999999 ", b"<div>" * 60, b"%s%n",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """One parser and the whole file that is damaged for it."""

    name: str
    file: str
    seed: bytes
    feed: Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """What went wrong on one file.

    Attributes:
        what: `crash`, `hang`, `slow`, `memory`, `silence`, or the class of the error.
        kept: the file, where files are kept.
    """

    target: str
    number: int
    what: str
    detail: str
    kept: str = ""


class SilenceError(Exception):
    """A file gave nothing and no reason, or rows that do not add up."""


class TooSlowError(Exception):
    """A file took longer than it may."""


def targets() -> list[Target]:
    """All parsers."""
    documents = [
        Target(f"document: {kind}", name, seed, feed_document)
        for kind, (name, seed) in document_seeds().items()
    ]
    events = [
        Target(f"events: {kind}", name, seed, partial(feed_events, layout=_layout_of(kind)))
        for kind, (name, seed) in event_seeds().items()
    ]
    return [
        *documents,
        *events,
        Target("events: proposal", *event_seeds()["icews"], feed_proposal),
        Target("events: mapping", "mapping.toml", mapping_seed(), feed_mapping),
    ]


def feed_document(path: Path) -> None:
    """Read a file as documents."""
    left_out: list[LeftOut] = []
    settings = ReadSettings(language="en")
    found = list(read_documents([path], settings=settings, left_out=left_out.append))
    if not found and not left_out:
        raise SilenceError("no document and no reason")
    if any(not item.reason for item in left_out):
        raise SilenceError("left out without a reason")


def feed_events(path: Path, layout: str | None) -> None:
    """Read a file as events, and let the database make its rows."""
    left_out: list[LeftOut] = []
    plans = 0
    with duckdb.connect() as base:
        base.execute("set threads=1")
        for plan in open_events([path], layout, left_out=left_out.append):
            plans += 1
            try:
                rows = len(base.execute(plan.rows()).fetchall())
                faults = sum(len(base.execute(plan.faults(part)).fetchall()) for part in plan.files)
            except duckdb.Error:
                if plan.parquet_names:  # damage within a page: the database alone sees it
                    continue
                raise
            if rows + faults != plan.lines:
                raise SilenceError(f"{rows} rows and {faults} faults of {plan.lines} lines")
    if not plans and not left_out:
        raise SilenceError("no plan and no reason")


def feed_proposal(path: Path) -> None:
    """Propose a mapping for a file."""
    propose_mapping(path)


def feed_mapping(path: Path) -> None:
    """Read a mapping file."""
    with contextlib.suppress(UnicodeDecodeError):  # `read_layout` says it of the file
        parse_layout(path.read_text(encoding="utf-8"), where=path.name)


def _layout_of(kind: str) -> str | None:
    return kind.removesuffix(" by head") if kind.endswith(" by head") else None


def damaged(seed: bytes, rng: random.Random) -> bytes:
    """The bytes with one to eight things done to them."""
    data = bytearray(seed)
    for _ in range(rng.choice((1, 1, 2, 3, 5, 8))):
        at = rng.randrange(len(data) + 1)
        end = min(len(data), at + rng.choice((1, 2, 4, 16, 64, 500)))
        way = rng.randrange(8)
        if way == 0 and data:
            data[min(at, len(data) - 1)] ^= 1 << rng.randrange(8)
        elif way == 1:
            data[at:end] = rng.randbytes(end - at)
        elif way == 2:
            del data[at:end]
        elif way == 3:
            data[at:at] = rng.choice(_WORDS)
        elif way == 4:
            data[at:at] = data[at:end] * rng.choice((1, 2, 50))
        elif way == 5:
            del data[at:]
        elif way == 6:
            data[at:end] = rng.choice(_WORDS)
        else:
            other = rng.randrange(len(data) + 1)
            data[at:end] = data[other : other + (end - at)]
        del data[LARGEST:]
    return bytes(data)


def tried(target: Target, path: Path, number: int) -> Finding | None:
    """What goes wrong when a target is fed a file; None for nothing."""
    before = _peak()
    signal.alarm(SLOW_SECONDS)
    try:
        target.feed(path)
    except (InConcertError, UnicodeDecodeError) as error:
        if not isinstance(error, InConcertError):
            return Finding(target.name, number, type(error).__name__, _short(error))
        if not error.what:
            return Finding(target.name, number, "silence", "an error without words")
    except TooSlowError:
        return Finding(target.name, number, "slow", f"more than {SLOW_SECONDS} seconds")
    except SilenceError as error:
        return Finding(target.name, number, "silence", str(error))
    except (Exception, RecursionError) as error:  # noqa: BLE001 — any other error is what we look for
        return Finding(target.name, number, type(error).__name__, _short(error))
    finally:
        signal.alarm(0)
    if _peak() - before > FLOOD_BYTES:
        return Finding(target.name, number, "memory", f"{(_peak() - before) / 1e6:,.0f} MB")
    return None


def _short(error: BaseException) -> str:
    frames = [each for each in traceback.extract_tb(error.__traceback__) if "inconcert" in each[0]]
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    return f"{where}: {' '.join(str(error).split())[:200]}"


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _too_slow(*_: object) -> None:
    raise TooSlowError


def work(
    target: Target,
    seed: int,
    until: float,
    folder: Path,
    first: int,
    keep: Path | None,
    told: Connection,
) -> None:
    """Feed one target till the time is over; run in a process of its own."""
    signal.signal(signal.SIGALRM, _too_slow)
    resource.setrlimit(resource.RLIMIT_AS, (8_000_000_000, 8_000_000_000))
    path = folder / target.file
    number = first
    while time.monotonic() < until or number == first:
        rng = random.Random(f"{seed} {target.name} {number}")
        path.write_bytes(target.seed if number == 0 else damaged(target.seed, rng))
        told.send(number)
        finding = tried(target, path, number)
        if finding is not None:
            told.send(asdict(_kept(finding, path, keep)))
        number += 1
    told.send(None)


def run(target: Target, seconds: float, seed: int, keep: Path | None) -> tuple[int, list[Finding]]:
    """How many files one target was fed, and what was found."""
    findings: list[Finding] = []
    until, first = time.monotonic() + seconds, 0
    fork = multiprocessing.get_context("fork")
    with tempfile.TemporaryDirectory(prefix="fuzz-") as place:
        folder = Path(place)
        while True:
            heard, told = fork.Pipe(duplex=False)
            child = fork.Process(target=work, args=(target, seed, until, folder, first, keep, told))
            child.start()
            told.close()
            last, ended = first, False
            for said in _heard(heard, until):
                if isinstance(said, int):
                    last = said
                elif isinstance(said, dict):
                    findings.append(Finding(**said))
                ended = ended or said is None
            if not ended:
                what = "hang" if child.is_alive() else "crash"
                child.kill()
                child.join()
                detail = f"exit code {child.exitcode}"
                found = Finding(target.name, last, what, detail)
                findings.append(_kept(found, folder / target.file, keep))
            child.join()
            first = last + 1
            if ended or time.monotonic() >= until:
                return last + 1, findings


def _heard(heard: Connection, until: float) -> Iterator[object]:
    """What a child tells, till it has ended or is silent for too long."""
    while True:
        wait = max(until - time.monotonic(), 0) + SLOW_SECONDS + GRACE_SECONDS
        try:
            if not heard.poll(min(wait, SLOW_SECONDS + GRACE_SECONDS)):
                return
            said = heard.recv()
        except EOFError:
            return
        yield said
        if said is None:
            return


def _kept(finding: Finding, file: Path, keep: Path | None) -> Finding:
    if keep is None or not file.is_file():
        return finding
    keep.mkdir(parents=True, exist_ok=True)
    name = "".join(one if one.isalnum() else "-" for one in finding.target)
    to = keep / f"{name}-{finding.number}-{file.name}"
    shutil.copyfile(file, to)
    return Finding(finding.target, finding.number, finding.what, finding.detail, str(to))


def by_coverage(target: Target, arguments: Sequence[str]) -> None:
    """Drive a target by the code that its files reach, with atheris; it ends the process itself."""
    atheris = importlib.import_module("atheris")
    for name, module in list(sys.modules.items()):
        if name.startswith("inconcert.read"):
            for each in list(vars(module).values()):
                if isinstance(each, FunctionType) and each.__module__ == name:
                    atheris.instrument_func(each)
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    (folder / "corpus").mkdir()
    (folder / "corpus" / "seed").write_bytes(target.seed)

    def one(data: bytes) -> None:
        path = folder / target.file
        path.write_bytes(data)
        with contextlib.suppress(InConcertError):
            target.feed(path)

    atheris.Setup(["fuzz", f"-max_len={LARGEST}", *arguments, str(folder / "corpus")], one)
    atheris.Fuzz()


def main(arguments: Sequence[str] | None = None) -> int:
    """Feed all, print what was found."""
    parser = argparse.ArgumentParser(description="Feed every parser damaged files.")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="for all targets together")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", action="append", help="targets whose name holds this word")
    parser.add_argument("--keep", type=Path, help="folder for the files that showed something")
    parser.add_argument("--atheris", help="this target alone, by coverage")
    asked, rest = parser.parse_known_args(arguments)
    chosen = [
        each
        for each in targets()
        if not asked.only or any(word in each.name for word in asked.only)
    ]
    if asked.atheris:
        by_coverage(next(each for each in chosen if each.name == asked.atheris), rest)
        return 0
    if rest:
        parser.error(f"unknown: {' '.join(rest)}")
    findings: list[Finding] = []
    fed: Mapping[str, int] = {}
    for target in chosen:
        many, found = run(target, asked.seconds / len(chosen), asked.seed, asked.keep)
        findings += found
        fed = {**fed, target.name: many}
        print(f"{target.name:40} {many:7,} files  {len(found) or 'no'} findings", flush=True)
    for finding in findings:
        print(json.dumps(asdict(finding), ensure_ascii=False))
    print(f"{sum(fed.values()):,} files into {len(fed)} parsers: {len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
