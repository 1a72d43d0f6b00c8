"""Times a scan of a million triads, and the same question put to other programs, pair by pair.

    python bench/scan.py [--triads N] [--days D] [--actors N] [--workers W] [--exact] [--seed S]
                         [--peers [--venv DIR] [--pairs N]]

Targets are made-up worlds of the hardest kind without coupling (`N7`), of 20 types; they are drawn
before the clock starts. Printed are seconds on the clock, memory of all processes together at most,
and processor milliseconds a triad. `--exact` tests every triad exactly instead of the tenth that
the screen passes.

`--peers` puts statsmodels (Granger's test, five lags), pyunicorn (event coincidence analysis, 200
shuffles) and tigramite (PCMCI+, partial correlation, lags 0 to 5, the two series alone) to the same
daily series in the same run, in an environment of their own that is thrown away afterwards, or kept
in `--venv`. None of them is a dependency. What cannot be installed or breaks is left out, and said.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from inconcert.core.panel import Toward
from inconcert.measure.scan import CONFIRMED, family, scan_sides
from inconcert.synth.worlds import simulate

TYPES = 20
PEERS = {
    "statsmodels": ("statsmodels",),
    "pyunicorn": ("pyunicorn",),
    "tigramite": ("tigramite", "joblib"),
}
LABELS = {
    "statsmodels": "statsmodels, Granger, 5 lags",
    "pyunicorn": "pyunicorn, event coincidence, 200 shuffles",
    "tigramite": "tigramite, PCMCI+, lags 0 to 5",
}
MEGABYTE = 1024**2
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}

PEER = """
import contextlib, io, json, sys, time, warnings
import numpy as np
warnings.simplefilter("ignore")
name, path = sys.argv[1:3]
pairs = np.load(path)
def granger(a, b):
    from statsmodels.tsa.stattools import grangercausalitytests
    return grangercausalitytests(np.column_stack([b, a]).astype(float), maxlag=[5])
def coincidence(a, b):
    from pyunicorn.eventseries import EventSeries
    events = np.column_stack([a > 0, b > 0]).astype(int)
    made = EventSeries(events, taumax=5, lag=0)
    return made.event_analysis_significance(method="ECA", surrogate="shuffle", n_surr=200)
def pcmci(a, b):
    from tigramite import data_processing
    from tigramite.independence_tests.parcorr import ParCorr
    from tigramite.pcmci import PCMCI
    frame = data_processing.DataFrame(np.column_stack([a, b]).astype(float))
    made = PCMCI(dataframe=frame, cond_ind_test=ParCorr(), verbosity=0)
    return made.run_pcmciplus(tau_min=0, tau_max=5, pc_alpha=0.05)
asked = {"statsmodels": granger, "pyunicorn": coincidence, "tigramite": pcmci}[name]
out = io.StringIO()
with contextlib.redirect_stdout(out):
    asked(*pairs[0])
    start = time.process_time()
    for a, b in pairs:
        asked(a, b)
    spent = time.process_time() - start
print(json.dumps({"seconds": spent / len(pairs)}))
"""


def block(rng: np.random.Generator, number: int, actors: int, days: int) -> Toward:
    """Acts toward one made-up target."""
    world = simulate(rng, null="N7", days=days, types=TYPES, third_parties=actors - 2)
    return Toward(
        toward=(f"T{number}",),
        actors=world.actors,
        types=world.types,
        days=np.datetime64("2021-01-01") + np.arange(days),
        counts=world.counts.astype(np.int32),
        volume=world.volume.astype(np.int64),
        covered=np.ones(days, dtype=bool),
        habits=world.counts.sum(axis=2).astype(np.int64),
        source="made up",
        query="",
    )


def blocks(triads: int, actors: int, days: int, seed: int) -> Iterator[Toward]:
    """Targets until so many pairs have ten act-days each."""
    rng, pairs, number = np.random.default_rng(seed), 0, 0
    while pairs < triads:
        made = block(rng, number, actors, days)
        busy = int(((made.counts.sum(axis=1) > 0).sum(axis=1) >= 10).sum())
        pairs += busy * (busy - 1) // 2
        number += 1
        yield made


def memory(workers: int) -> float:
    """MiB that this process and its children took at most, all at once."""
    own, child = (
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return (own + workers * child) * 1024 / MEGABYTE


def processor() -> float:
    """Seconds that the cores have worked for this process and its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def peer_seconds(name: str, python: Path, series: Path) -> tuple[float | None, str]:
    """Processor seconds a pair of another program, or why there are none."""
    installed = subprocess.run(
        [python, "-m", "pip", "install", "--quiet", *PEERS[name]],
        check=False,
        capture_output=True,
        text=True,
    )
    if installed.returncode:
        return None, f"cannot be installed: {_last(installed.stderr)}"
    try:
        done = subprocess.run(
            [python, "-c", PEER, name, series],
            check=False,
            capture_output=True,
            text=True,
            timeout=600,
            env=os.environ | ONE_THREAD,
        )
    except subprocess.TimeoutExpired:
        return None, "took more than ten minutes"
    if done.returncode:
        return None, f"breaks: {_last(done.stderr)}"
    return float(json.loads(done.stdout.strip().splitlines()[-1])["seconds"]), ""


def peers(sample: Toward, pairs: int, folder: Path) -> Mapping[str, tuple[float | None, str]]:
    """Processor seconds a pair of every other program on pairs of one target."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
    daily = sample.counts.sum(axis=1)
    busiest = np.argsort(-(daily > 0).sum(axis=1), kind="stable")[: 2 * pairs]
    series = folder / "pairs.npy"
    np.save(series, daily[busiest].reshape(pairs, 2, -1))
    return {name: peer_seconds(name, python, series) for name in PEERS}


def main() -> None:
    """Run as a program."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--triads", type=int, default=1_000_000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--actors", type=int, default=170, help="toward each target")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--exact", action="store_true")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--venv", type=Path)
    parser.add_argument("--pairs", type=int, default=20, help="given to each other program")
    asked = parser.parse_args()
    os.environ.update(ONE_THREAD)  # of the worker processes
    sides = list(blocks(asked.triads, asked.actors, asked.days, asked.seed))
    start, busy = time.perf_counter(), processor()
    share = 1.0 if asked.exact else CONFIRMED
    found = family(scan_sides(sides, confirmed=share, workers=asked.workers))
    spent = time.perf_counter() - start
    each = (processor() - busy) / found.tests * 1000
    print(f"{len(sides)} targets, {asked.actors} actors each, {asked.days} days, {TYPES} types")
    print(f"triads tested                  {found.tests:,}")
    print(f"  confirmed exactly            {found.confirmed:,}")
    print(f"  discoveries at q = .1        {len(found.discoveries())} (none is planted)")
    print(f"  screen cannot have cost any  {found.is_tight}")
    print(f"seconds on the clock           {spent:.1f}, {asked.workers} processes")
    print(f"memory at most                 {memory(asked.workers):,.0f} MiB")
    print(f"processor time a triad         {each:.3f} ms")
    if asked.peers:
        _print_peers(asked, sides[0], each)


def _print_peers(asked: argparse.Namespace, sample: Toward, each: float) -> None:
    print("\n| program | processor ms a pair | times ours |\n| --- | ---: | ---: |")
    print(f"| this scan, every tenth exact | {each:.3f} | 1 |")
    with tempfile.TemporaryDirectory() as throw_away:
        told = peers(sample, asked.pairs, asked.venv or Path(throw_away) / "peers")
    for name, (seconds, why) in told.items():
        value = f"{seconds * 1000:.1f} | {seconds * 1000 / each:,.0f}" if seconds else f"{why} | "
        print(f"| {LABELS[name]} | {value} |")


def _last(text: str) -> str:
    lines = [line for line in text.strip().splitlines() if line.strip()]
    return lines[-1][:160] if lines else "no reason given"


if __name__ == "__main__":
    sys.exit(main())
