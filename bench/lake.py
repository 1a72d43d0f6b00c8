"""Event datasets into a lake: rows a second, memory, and what was found against what is true.

    python bench/lake.py [--rows N] [--form gdelt|icews] [--peers] [--large N] [--folder FOLDER]

Run by `bench/run.py` without arguments; it prints one JSON object a figure. The files are made up
(`inconcert.synth`), for no raw GDELT file lies in the repository; the counts of the lake are held
against what the generator knows. Every ingest is a process of its own, whose largest memory the
system tells. `--peers` makes a throw-away environment with pandas, where pandas is not at hand, and
reads the same file with `read_csv` as gdeltPyR does. `--large N` takes N rows in piece by piece,
each made when it is wanted and removed again, and asks the lake two questions.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import multiprocessing
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import numpy as np

from figures import tell
from inconcert.read.events import Plan, open_events
from inconcert.read.events.cells import read_cells
from inconcert.resolve.coded import CodedActors
from inconcert.resolve.register import Register
from inconcert.store.lake import Lake
from inconcert.synth.events import EventWorld, Truth, draw
from inconcert.synth.rows import FORMATS, write_world
from inconcert.synth.rows_cast import players

ROWS = 2_000_000
SOURCES = {"gdelt": "GDELT", "icews": "ICEWS"}
PAIRS = (("RUS", "AFG"), ("CHN", "AFG"), ("RUS", "CHN"), ("CHN", "RUS"), ("USA", "IGOUNO"))
LARGE_SPAN = date(2014, 1, 1), date(2023, 12, 31)
_TRIAD = """
select actor, recipient, kind, date_trunc('week', day) as week, sum(n)::bigint as n from daily
where source = $source and actor in ('RUS', 'CHN') and recipient in ('AFG', 'AFGTAL')
group by all order by all
"""
_WORLD = """
select actor, recipient, date_trunc('week', day) as week, sum(n)::bigint as n from daily
where source = $source and actor <> recipient group by all
"""
_PANDAS = """
import json, resource, sys, time
import pandas
begin, cpu = time.perf_counter(), time.process_time()
codes = {26: "str", 27: "str", 28: "str"}
options = {"sep": "\\t", "header": None, "on_bad_lines": "skip", "dtype": codes}
frame = pandas.concat([pandas.read_csv(path, **options) for path in sys.argv[1:]])
print(json.dumps({"rows": len(frame), "seconds": time.perf_counter() - begin,
                  "cpu": time.process_time() - cpu, "version": pandas.__version__,
                  "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a step took in a process of its own.

    Attributes:
        wall, cpu: seconds; the latter of all threads.
        peak: most memory, in bytes.
        told: what the step gave back.
    """

    wall: float
    cpu: float
    peak: int
    told: dict[str, int]


def apart(step: Callable[..., dict[str, int]], *given: object) -> Cost:
    """Run a step in a fresh process and say what it took; a fault of it is raised here."""
    spawn = multiprocessing.get_context("spawn")
    heard, telling = spawn.Pipe(duplex=False)
    child = spawn.Process(target=_apart, args=(telling, step, given))
    child.start()
    telling.close()
    try:
        cost: Cost = heard.recv()
    except EOFError as error:
        child.join()
        raise ChildProcessError(f"{step.__name__} ended with {child.exitcode}") from error
    child.join()
    return cost


def _apart(
    telling: multiprocessing.connection.Connection,
    step: Callable[..., dict[str, int]],
    given: Sequence[object],
) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    told = step(*given)
    wall = told.pop("wall_ms", (time.perf_counter() - wall) * 1000) / 1000
    cpu = told.pop("cpu_ms", (time.process_time() - cpu) * 1000) / 1000
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    telling.send(Cost(wall, cpu, peak, told))


class Counting:
    """Asks the register, and counts how often."""

    def __init__(self) -> None:
        self._find = CodedActors(Register.load())
        self._keys: set[int] = set()
        self.again = 0
        self.seconds = 0.0

    @property
    def asked(self) -> int:
        """How many names and months."""
        return len(self._keys)

    def __call__(self, *given: object, scheme: str | None = None) -> object:
        """Who is meant."""
        key = hash((*given, scheme))  # the keys themselves would take the memory that is measured
        self.again += key in self._keys
        self._keys.add(key)
        begin = time.perf_counter()
        found = self._find(*given, scheme=scheme)  # type: ignore[arg-type]
        self.seconds += time.perf_counter() - begin
        return found


def ingest(case: Path, paths: Sequence[Path]) -> dict[str, int]:
    """Files into the lake of a case; the register is loaded before the clock starts."""
    find = Counting()
    begin, cpu = time.perf_counter(), time.process_time()
    with Lake.open(case, write=True) as lake, closing(open_events(paths)) as plans:
        report = lake.ingest(plans, resolve=find)
    return {
        "wall_ms": round((time.perf_counter() - begin) * 1000),
        "cpu_ms": round((time.process_time() - cpu) * 1000),
        "asked": find.asked,
        "asked_again": find.again,
        "resolving_ms": round(find.seconds * 1000),
        "rows": report.rows,
        "counted": report.counted,
        "repeats": report.repeats,
        "folded": report.folded,
        "quarantined": report.quarantined,
    }


def read_alone(paths: Sequence[Path]) -> dict[str, int]:
    """Files into columns of rows in memory, nothing else; and how long it took to their cells."""
    begin, judging = time.perf_counter(), 0.0
    with duckdb.connect() as base, closing(open_events(paths)) as plans:
        base.execute("set enable_progress_bar = false")
        held = []
        for plan in plans:
            cells = read_cells(plan)
            base.register("cells", cells.table)
            made = [name for name in plan.layout.select if name not in cells.carried]
            cut = time.perf_counter()
            found = base.sql(plan.judged("cells")).select("_fault", *made)
            held.append((cells.table, found.to_arrow_table()))
            judging += time.perf_counter() - cut
    return {"cells_ms": round((time.perf_counter() - begin - judging) * 1000)}


def measured(form: str, rows: int, folder: Path) -> list[Path]:
    """Make files of one form, take them in, and tell all figures; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    world = EventWorld(rows)
    begin = time.process_time()
    paths, truth = write_world(world, folder, form)
    made = time.process_time() - begin
    name = SOURCES[form]
    size = sum(path.stat().st_size for path in paths)
    note = f"{truth.rows:,} rows, {size / truth.rows:.0f} bytes each; one process"
    tell(f"lake: {name}-like rows made", truth.rows / made, "per CPU-second", note=note)
    case = folder / "case"
    cost = apart(ingest, case, paths)
    told = cost.told
    note = (
        f"{truth.rows:,} rows in {cost.wall:.1f} s, {cost.cpu:.1f} CPU-seconds; "
        f"{told['resolving_ms'] / 1000:.1f} s of them in Python on {told['asked']:,} names"
    )
    tell(f"lake: {name}-like rows taken in", truth.rows / cost.wall, "a second", note=note)
    tell(f"lake: {name}-like, largest memory", cost.peak / 2**20, "MiB")
    tell(f"lake: {name}-like, names asked twice in a month", told["asked_again"], "")
    wrong = _wrong(case, name, truth, told)
    tell(f"lake: {name}-like, counts that are not true", len(wrong), "", note="; ".join(wrong))
    reading = apart(read_alone, paths)
    note = f"{reading.wall:.1f} s, {reading.cpu:.1f} CPU-seconds, {reading.peak / 2**20:.0f} MiB"
    tell(f"lake: {name}-like rows read alone", truth.rows / reading.wall, "a second", note=note)
    return paths


def _wrong(case: Path, source: str, truth: Truth, told: dict[str, int]) -> list[str]:
    """Counts of the lake that differ from the truth, in words."""
    true = {
        "rows": truth.rows - truth.damaged,
        "counted": truth.counted,
        "repeats": truth.repeats,
        "folded": truth.folds,
        "quarantined": truth.damaged,
    }
    wrong = [f"{what}: {told[what]:,}, not {n:,}" for what, n in true.items() if told[what] != n]
    with Lake.open(case) as lake:
        found = lake.query(_WORLD, {"source": source})
    held = np.zeros_like(truth.weekly)
    place = {player.code: number for number, player in enumerate(players())}
    sides = [
        np.array([place.get(code, -1) for code in found.column(side).to_pylist()])
        for side in ("actor", "recipient")
    ]
    weeks = found.column("week").to_numpy().astype("datetime64[D]")
    week = ((weeks - truth.world.weeks[0]) // np.timedelta64(7, "D")).astype(int)
    known = (sides[0] >= 0) & (sides[1] >= 0)
    counts = found.column("n").to_numpy()
    np.add.at(held, (sides[0][known], sides[1][known], week[known]), counts[known])
    if not known.all():
        wrong.append(f"{int(counts[~known].sum()):,} events by or toward others")
    cells = int((held != truth.weekly).sum())
    if cells:
        wrong.append(f"{cells:,} of {int((truth.weekly > 0).sum()):,} dyad-weeks")
    return wrong


# -- against pandas


def peers(paths: Sequence[Path], folder: Path) -> None:
    """The same files by pandas, in an environment of its own that is thrown away."""
    python = Path(sys.executable)
    if importlib.util.find_spec("pandas") is None:
        subprocess.run([python, "-m", "venv", folder / "pandas"], check=True)
        python = folder / "pandas" / "bin" / "python"
        subprocess.run([python, "-m", "pip", "install", "--quiet", "pandas"], check=True)
    done = subprocess.run(
        [python, "-c", _PANDAS, *paths], check=True, capture_output=True, text=True
    )
    theirs = json.loads(done.stdout)
    ours = apart(read_alone, paths)
    what = f"{theirs['rows']:,} rows; pandas {theirs['version']} {theirs['seconds']:.1f} s"
    note = (
        f"{what}, {theirs['cpu']:.1f} CPU-s, {theirs['peak'] / 2**20:,.0f} MiB; ours "
        f"{ours.wall:.1f} s, {ours.cpu:.1f} CPU-s, {ours.peak / 2**20:,.0f} MiB"
    )
    tell("lake: reading alone against pandas", theirs["seconds"] / ours.wall, "times", note=note)
    cells = ours.told["cells_ms"] / 1000
    note = f"{what}; ours {cells:.1f} s: cells cut, numbers read; no codes, no checks"
    tell("lake: cells alone against pandas", theirs["seconds"] / cells, "times", note=note)


# -- the large run


def large(rows: int, folder: Path) -> None:
    """Take a very large world in, piece by piece, and ask about it."""
    world = EventWorld(rows, *LARGE_SPAN)
    case = folder / "case"
    cost = apart(ingest_large, case, folder, world)
    told = cost.told
    note = (
        f"{told['rows']:,} rows of {world.days:,} days in {len(world.pieces)} pieces; "
        f"{cost.wall:.0f} s, {cost.cpu:.0f} CPU-seconds, {told['making_ms'] / 1000:.0f} s of "
        f"making rows by another process beside it; {told['resolving_ms'] / 1000:.0f} s of the "
        f"former on {told['asked']:,} names and months, {told['asked_again']} twice"
    )
    tell("lake: large run, rows taken in", told["rows"] / cost.wall, "a second", note=note)
    tell("lake: large run, largest memory", cost.peak / 2**20, "MiB")
    tenths = [told[f"peak_{tenth}"] for tenth in range(1, 11)]
    shown = ", ".join(str(tenth) for tenth in tenths)
    tell(
        "lake: large run, memory at the end over that after a tenth",
        tenths[-1] / tenths[0],
        "times",
        note=f"MiB after each tenth: {shown}",
    )
    wrong = [
        name for name in ("counted", "repeats", "folded", "quarantined") if told[f"off_{name}"]
    ]
    tell("lake: large run, counts that are not true", len(wrong), "", note=", ".join(wrong))
    size = sum(path.stat().st_size for path in case.rglob("*") if path.is_file())
    tell("lake: large run, bytes a row", size / told["rows"], "")
    for name, sql, bound in (("a triad by week", _TRIAD, 1), ("all dyads by week", _WORLD, 60)):
        asked = apart(ask, case, sql)
        note = f"{asked.told['rows']:,} cells; {asked.peak / 2**20:,.0f} MiB; at most {bound} s"
        tell(f"lake: large run, {name}", asked.wall, "s", note=note)


def ingest_large(case: Path, folder: Path, world: EventWorld) -> dict[str, int]:
    """Pieces into a lake, each made by another process when it is its turn, and removed after."""
    find, making = Counting(), 0.0
    truth = dict.fromkeys(("counted", "repeats", "folded", "quarantined"), 0)
    peaks: list[int] = []
    spawn = multiprocessing.get_context("spawn")

    def plans() -> Iterator[Plan]:
        nonlocal making
        for piece in range(len(world.pieces)):
            begin = time.perf_counter()
            heard, telling = spawn.Pipe(duplex=False)
            maker = spawn.Process(target=make_piece, args=(telling, world, piece, folder))
            maker.start()
            telling.close()
            for name, value in heard.recv().items():
                truth[name] += value
            maker.join()
            making += time.perf_counter() - begin
            path = folder / _name_of(piece)
            yield from open_events([path])
            path.unlink()
            peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)

    begin, cpu = time.perf_counter(), time.process_time()
    with Lake.open(case, write=True) as lake:
        report = lake.ingest(plans(), resolve=find)
    wall, spent = time.perf_counter() - begin, time.process_time() - cpu
    given = {
        "counted": report.counted,
        "repeats": report.repeats,
        "folded": report.folded,
        "quarantined": report.quarantined,
    }
    return {
        "wall_ms": round(wall * 1000),
        "cpu_ms": round(spent * 1000),
        "making_ms": round(making * 1000),
        "resolving_ms": round(find.seconds * 1000),
        "asked": find.asked,
        "asked_again": find.again,
        "rows": report.rows,
        **{f"off_{name}": abs(given[name] - truth[name]) for name in given},
        **{f"peak_{tenth}": peaks[(len(peaks) * tenth - 1) // 10] for tenth in range(1, 11)},
    }


def make_piece(
    telling: multiprocessing.connection.Connection, world: EventWorld, piece: int, folder: Path
) -> None:
    """Write one piece and tell what is true of it."""
    rows = draw(world, piece)
    with (folder / _name_of(piece)).open("wb") as out:
        FORMATS["gdelt"][2](rows, out)
    truth = Truth(world)
    truth.add(rows)
    telling.send(
        {
            "counted": truth.counted,
            "repeats": truth.repeats,
            "folded": truth.folds,
            "quarantined": truth.damaged,
        }
    )


def _name_of(piece: int) -> str:
    return f"{piece:05}.{FORMATS['gdelt'][0]}"


def ask(case: Path, sql: str) -> dict[str, int]:
    """One question to a lake that was just opened."""
    begin = time.perf_counter()
    with Lake.open(case) as lake:
        found = lake.query(sql, {"source": "GDELT"})
    return {"rows": found.num_rows, "wall_ms": round((time.perf_counter() - begin) * 1000)}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Event datasets into a lake.")
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--form", action="append", choices=list(FORMATS), help="this one alone")
    parser.add_argument("--peers", action="store_true", help="read with pandas as well")
    parser.add_argument("--large", type=int, help="so many rows instead, piece by piece")
    parser.add_argument("--folder", type=Path, help="where the files lie meanwhile")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="inconcert-lake-", dir=asked.folder))
    try:
        if asked.large:
            large(asked.large, folder)
            return
        for form in asked.form or list(FORMATS):
            paths = measured(form, asked.rows, folder / form)
            if form == "gdelt" and asked.peers:
                peers(paths, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
