"""Scanning: every two actors toward one target, or toward all, from one event dataset."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from inconcert.core.panel import Toward
from inconcert.core.span import TimeSpan
from inconcert.errors import BadQuestion
from inconcert.measure.scan import CONFIRMED, family, scan_sides
from inconcert.shape.asking import Query
from inconcert.shape.blocks import TARGETS, blocks
from inconcert.workbench.questions import asked_days
from inconcert.workbench.rows import Dataset, datasets
from inconcert.workbench.scan_rows import SHOWN_P, ScanReport, rows_of, shown_rows
from inconcert.workbench.timing import event_store

if TYPE_CHECKING:
    from inconcert.workbench.bench import Workbench

LEVEL, SEED = 0.1, 6
Blocks = Callable[[], Iterable[Toward]]


def scan(
    bench: Workbench,
    *,
    toward: str | None = None,
    source: str | None = None,
    since: str | None = None,
    until: str | None = None,
    level: float = LEVEL,
    most: int = TARGETS,
    states_only: bool = False,
    workers: int = 1,
    everything: bool = False,
) -> ScanReport:
    """Test every two actors toward a target, or toward those that are acted upon most.

    Args:
        bench: the case.
        toward: a side of case.toml, or names or codes joined by `+`; None scans many targets.
        source: the event dataset; may be left out where the case has only one.
        since: first day, month or year.
        until: last day, month or year.
        level: share of false discoveries that is put up with.
        most: targets of a scan of many.
        states_only: take only states as A and B. All others remain control.
        workers: processes.
        everything: rows of all pairs, not only of those with p below .05.

    Raises:
        UnknownActor: a name or code stands for nobody.
        BadQuestion: the case has no event dataset, or several and none is named; none of the days
            asked about is in it; dates that make no span.
    """
    with event_store(bench.folder) as query:
        if query is None:
            raise BadQuestion(
                "the case holds no event dataset, and texts alone are too few to scan",
                where=str(bench.folder),
                advice="Read one into the case first: `inconcert read FILE`.",
            )
        dataset = _dataset(datasets(query), source)
        span = _span(dataset, asked_days(since, until))
        side = None if toward is None else "+".join(_codes(bench, toward))
        return scan_blocks(
            partial(_blocks, query, dataset.name, span, side, _sides(bench), most),
            source=dataset.name,
            span=span,
            level=level,
            only=bench.register.states if states_only else None,
            workers=workers,
            everything=everything,
        )


def scan_blocks(
    blocks: Blocks,
    *,
    source: str,
    span: TimeSpan,
    level: float = LEVEL,
    only: Iterable[str] | None = None,
    confirmed: float = CONFIRMED,
    workers: int = 1,
    seed: int = SEED,
    everything: bool = False,
) -> ScanReport:
    """Test every two actors toward each target, and tell the discoveries with their stance.

    Args:
        blocks: gives acts toward each target; called twice, for only rows that are shown need
            their stance.
        source: name of the dataset.
        span: days asked about.
        level: share of false discoveries that is put up with.
        only: codes of the actors that may be of a pair, as states; all where not given.
        confirmed: share of a large target's pairs that is tested exactly.
        workers: processes.
        seed: of the bootstrap of stances.
        everything: rows of all pairs, not only of those with p below .05; slow beyond 10⁵ pairs.
    """
    candidates = None if only is None else partial(_is_among, codes=frozenset(only))
    sides = scan_sides(blocks(), candidates=candidates, confirmed=confirmed, workers=workers)
    found = family(sides, level=level)
    shown = [shown_rows(found, place, everything=everything) for place in range(len(found.sides))]
    rows = [
        row
        for place, block in enumerate(blocks())
        for row in rows_of(found, place, shown[place], block, seed)
    ]
    rows.sort(key=lambda row: (row.q, 1.0 if row.p is None else row.p, row.toward, row.a, row.b))
    p = np.concatenate([np.zeros(0), *(side.p for side in found.sides)])
    return ScanReport(
        source=source,
        span=span,
        targets=len(found.sides),
        level=level,
        tests=found.tests,
        confirmed=found.confirmed,
        is_tight=found.is_tight,
        left_out=found.left_out,
        discoveries=len(found.discoveries()),
        rejected=float((p < SHOWN_P).mean()) if len(p) else 0.0,
        rows=tuple(rows),
    )


def _dataset(known: tuple[Dataset, ...], wanted: str | None) -> Dataset:
    """The dataset that is meant; datasets are never put together."""
    names = ", ".join(dataset.name for dataset in known)
    if wanted is None and len(known) == 1:
        return known[0]
    for dataset in known:
        if wanted is not None and dataset.name.casefold() == wanted.casefold():
            return dataset
    if wanted is None:
        raise BadQuestion(
            f"the case holds several event datasets: {names}" if known else "no event was read yet",
            where="--source",
            advice="Name the one to scan; the same act stands in several, and is counted once.",
        )
    raise BadQuestion(
        f"there is no event dataset {wanted!r}",
        where="--source",
        advice=f"There are: {names}." if names else "None was read yet.",
    )


def _span(dataset: Dataset, asked: TimeSpan | None) -> TimeSpan:
    """Days asked about that the dataset has."""
    if asked is None:
        return dataset.span
    if not dataset.span.overlaps(asked):
        raise BadQuestion(
            f"{dataset.name} runs from {dataset.span.first} to {dataset.span.last}, and none of "
            "these days was asked about",
            where="--from, --to",
            advice="Ask about days that the source has.",
        )
    whole = dataset.span
    return TimeSpan(max(whole.first, asked.first), min(whole.last, asked.last))


def _codes(bench: Workbench, toward: str) -> tuple[str, ...]:
    """Codes of the target, with all that were merged into them."""
    side = bench.settings.side(toward)
    names = side.codes if side is not None else (toward,)
    codes = tuple(code for name in names for code in bench.register.codes_for(name))
    more = sorted(set(bench.register.merged.spread(codes)).difference(codes))
    return tuple(dict.fromkeys((*codes, *more)))


def _sides(bench: Workbench) -> tuple[str, ...]:
    """Sides of the case that are several codes: one target each."""
    found = (_codes(bench, side.name) for side in bench.settings.sides)
    return tuple("+".join(codes) for codes in found if len(codes) > 1)


def _blocks(
    query: Query,
    source: str,
    span: TimeSpan,
    side: str | None,
    sides: tuple[str, ...],
    most: int,
) -> Iterator[Toward]:
    targets = None if side is None else [side]
    # whoever acts at all is control
    return blocks(query, source, span=span, targets=targets, sides=sides, most=most, act_days=1)


def _is_among(code: str, *, codes: frozenset[str]) -> bool:
    return code in codes
