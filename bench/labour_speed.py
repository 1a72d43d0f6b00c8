"""Seconds that each measure of who does which part takes on one triad, from the event store.

    python bench/labour_speed.py CASE [--actors RUS CHN] [--toward AFG+AFGTAL] [--limit 1.0]

CASE is a folder that holds an event dataset. What a measure needs from the store is timed with it;
acts toward the side, which all but three need, are read once and stand by themselves. Seconds of
processor stand beside those of the clock, which a busy machine makes longer. It ends with 1 where a
measure takes longer than the limit, in seconds of processor.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

from inconcert.core.reading import Reading
from inconcert.core.span import TimeSpan
from inconcert.judge import deeds, labour, spread, turns
from inconcert.judge.labour_case import Acts
from inconcert.measure.turning import KINDS
from inconcert.shape.asking import Query
from inconcert.shape.axes import coverage
from inconcert.shape.portfolios import portfolio
from inconcert.workbench import Workbench, findings, timing
from inconcert.workbench.questions import question_of

Found = TypeVar("Found")
Timed = tuple[str, float, float]


class Clock:
    """Seconds of each step, in order."""

    def __init__(self) -> None:
        self.steps: list[Timed] = []

    def __call__(self, name: str, work: Callable[[], Found]) -> Found:
        """What the work returns; its seconds are noted."""
        wall, used = time.perf_counter(), time.process_time()
        found = work()
        self.steps.append((name, time.perf_counter() - wall, time.process_time() - used))
        return found


def timed(folder: Path, actors: tuple[str, str], toward: str) -> Iterator[tuple[str, list[Timed]]]:
    """Steps of each dataset of the case, with its name."""
    bench = Workbench.open(folder)
    question = question_of(
        bench.settings, bench.register, actors=[(one,) for one in actors], toward=toward
    )
    merged = bench.register.merged.spread
    asked = findings.Asked(
        question,
        (merged(question.actors[0]), merged(question.actors[1])),
        merged(question.toward),
        frozenset(bench.register.states),
        findings.known_events(None),
        more=True,
    )
    with timing.event_store(folder) as query:
        if query is None:
            return
        chosen = timing.choose((), timing.known_datasets(query))
        for reading in timing.of_datasets(query, chosen, question, merged):
            if reading.coverage is not None:
                yield reading.source, _steps(query, reading, reading.coverage.span, asked)


def _steps(query: Query, reading: Reading, span: TimeSpan, asked: findings.Asked) -> list[Timed]:
    clock, source = Clock(), reading.source
    cover = clock("days covered", partial(coverage, query, source, span))
    toward = partial(
        portfolio, query, source, asked.side, span=span, asked=asked.labels, unit="day"
    )
    shape = clock("acts toward the side", toward)
    acts = clock("their arrays", partial(findings.acts_of, shape, cover, asked))

    def divided() -> object:
        here = findings.elsewhere(query, source, span, asked, acts)
        return labour.division(acts, stance=reading.stance.interval, elsewhere=here[0])

    def of_both(ask: Callable[[Acts, int], object]) -> Callable[[], object]:
        return lambda: [ask(acts, one) for one in (0, 1)]

    work: dict[str, Callable[[], object]] = {
        "portfolios, distance, D1, D2": divided,
        "the same of deeds": lambda: labour.division(
            acts.deeds(), stance=None, elsewhere=None, deeds_only=True
        ),
        "complementarity": lambda: labour.lean_in(acts),
        "roles of both": of_both(labour.parts_of),
        "words against deeds": of_both(deeds.words),
        "promises": of_both(deeds.promises),
        "stance of both": of_both(deeds.by_acts),
    }
    for kind in KINDS:
        for one in (0, 1):
            work[f"turning points, {kind}, {acts.names[one]}"] = partial(
                turns.turns, acts, one, kind, asked.known
            )
    middle = acts.day(len(acts.days) // 2)
    work |= {
        "before and after a day": lambda: turns.around(acts, 0, middle, "middle", is_found=False),
        "spill-over": lambda: spread.spilled(
            acts, findings.nearby(query, source, span, asked, cover)
        ),
        "burden sharing": lambda: spread.shared_burden(acts),
        "camps and brokers": lambda: spread.with_whom(
            acts, findings.ties(query, source, span, asked, shape)
        ),
        "venues": lambda: spread.met_in(acts, findings.meetings(query, source, span, asked)),
    }
    for name, ask in work.items():
        clock(name, ask)
    return clock.steps


def main() -> int:
    """Print seconds by measure; 1 if one is above the limit."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("case", type=Path)
    parser.add_argument("--actors", nargs=2, default=("RUS", "CHN"))
    parser.add_argument("--toward", default="AFG+AFGTAL")
    parser.add_argument("--limit", type=float, default=1.0)
    options = parser.parse_args()
    slow = 0
    for source, steps in timed(options.case, tuple(options.actors), options.toward):
        print(f"### {source}\n\n| step | s of clock | s of processor |\n|---|---|---|")
        for name, wall, used in steps:
            slow += used > options.limit
            print(f"| {name} | {wall:.2f} | {used:.2f} |")
        print(f"\n{len(steps)} steps, {sum(used for _, _, used in steps):.2f} s of processor.\n")
    return int(slow > 0)


if __name__ == "__main__":
    raise SystemExit(main())
