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

from inconcert.judge import deeds, labour, spread, turns
from inconcert.measure.turning import KINDS
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
    with timing.event_store(folder) as query:
        if query is None:
            return
        chosen = timing.choose((), timing.known_datasets(query))
        for reading in timing.of_datasets(query, chosen, question, merged):
            if reading.coverage is None:
                continue
            clock, span, source = Clock(), reading.coverage.span, reading.source
            asked = findings.Asked(
                question,
                (merged(question.actors[0]), merged(question.actors[1])),
                merged(question.toward),
                frozenset(bench.register.states),
                findings.known_events(None),
                more=True,
            )
            cover = clock("days covered", partial(coverage, query, source, span))
            shape = clock(
                "acts toward the side",
                partial(
                    portfolio, query, source, asked.side, span=span, asked=asked.labels, unit="day"
                ),
            )
            acts = clock("their arrays", partial(findings.acts_of, shape, cover, asked))

            def habit() -> object:
                here = findings.elsewhere(query, source, span, asked, acts)  # noqa: B023
                stance = reading.stance.interval  # noqa: B023
                return labour.division(acts, stance=stance, elsewhere=here[0])  # noqa: B023

            clock("portfolios, distance, D1, D2", habit)
            clock("the same of deeds", lambda: labour.division(
                acts.deeds(), stance=None, elsewhere=None, deeds_only=True  # noqa: B023
            ))
            clock("complementarity", partial(labour.lean_in, acts))
            clock("roles of both", lambda: [labour.parts_of(acts, one) for one in (0, 1)])  # noqa: B023
            for name, ask in (("words against deeds", deeds.words), ("promises", deeds.promises),
                              ("stance of both", deeds.by_acts)):
                clock(name, lambda ask=ask: [ask(acts, one) for one in (0, 1)])  # type: ignore[misc]  # noqa: B023
            for kind in KINDS:
                for one in (0, 1):
                    clock(
                        f"turning points, {kind}, {acts.names[one]}",
                        partial(turns.turns, acts, one, kind, asked.known),
                    )
            middle = acts.day(len(acts.days) // 2)
            clock("before and after a day", partial(
                turns.around, acts, 0, middle, "middle", is_found=False
            ))
            clock("spill-over", lambda: spread.spilled(
                acts, findings.nearby(query, source, span, asked, cover)  # noqa: B023
            ))
            clock("burden sharing", partial(spread.shared_burden, acts))
            clock("camps and brokers", lambda: spread.with_whom(
                acts, findings.ties(query, source, span, asked, shape)  # noqa: B023
            ))
            clock("venues", lambda: spread.met_in(
                acts, findings.meetings(query, source, span, asked)  # noqa: B023
            ))
            yield source, clock.steps


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
