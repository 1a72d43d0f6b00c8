"""Type-I error, power and coverage of the tests on worlds of known truth, beside their peers.

    python bench/science.py [--worlds N] [--days 243 365 1460] [--rates 0.3 0.08] [--quick]
                            [--part PART]… [--seed S] [--workers W] [--out FILE.json]
                            [--calibration FILE.tsv]

Prints Markdown tables and, at the end, which floors are met. Every world is drawn once and put to
all tests. Every fifty worlds have their own generator, seeded by `--seed` and the name of the cell,
so that tables do not depend on the number of workers. All shares and backgrounds of coupling are
drawn for the longest span below three years at the higher rate, ρ=0.35 over N7 for the others; of
1,460 days, which cost most, the nulls that are hardest. Concerts of three and of four are planted
in three backgrounds. `--quick` draws few worlds of one length and rate: its figures show the
direction, not the second digit; standard errors stand below every table. On the first fifty worlds
of a cell every pair of the world is tested, and PCMCI+ runs where tigramite is installed.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from inconcert.synth.worlds import NULLS
from science_tables import (
    CONCERT_NULLS,
    COVERED,
    FLOOR_RHO,
    PLANTED,
    SHARES,
    calibration,
    coverage_table,
    floors,
    power_tables,
    record,
    size_tables,
    table,
)
from science_worlds import CONCERTS, Cell, Tallies, Tally, drawn

PARTS = ("size", "power", "coverage")
LONG_DAYS = 1000
LONG_NULLS = ("N1", "N3", "N3d", "N6", "N6b", "N7", "N8")
LONG_RARE_NULLS = ("N1", "N3d", "N7", "N8")


def cells_of(
    base: Cell, parts: Sequence[str], *, is_least_rate: bool, is_longest: bool
) -> list[Cell]:
    """The cells of one length and rate; every one of them only where it tells most.

    Args:
        base: their length and rate.
        parts: parts asked for.
        is_least_rate: whether it is the lowest of several rates.
        is_longest: whether it is the longest span below three years.
    """
    is_long, is_full = base.days > LONG_DAYS, is_longest and not is_least_rate
    cells: list[Cell] = []
    if "size" in parts:
        nulls = tuple(NULLS)
        if is_long:
            nulls = LONG_RARE_NULLS if is_least_rate else LONG_NULLS
        cells += [replace(base, null=null, has_peers=True) for null in nulls]
    if "power" in parts or "coverage" in parts:
        kinds = [kind for kind, _ in PLANTED if kind == "joint" or not (is_long and is_least_rate)]
        nulls = COVERED if "coverage" in parts and is_full else ("N7",)
        has_twins = "coverage" in parts and not is_long
        cells += [
            replace(base, null=null, kind=kind, rho=FLOOR_RHO, has_twins=has_twins)
            for kind in kinds
            for null in nulls
        ]
    if "power" in parts and is_full:
        cells += [
            replace(base, null="N7", kind=kind, rho=rho)
            for kind in ("joint", "follow", "loose", "timing")
            for rho in SHARES
            if rho != FLOOR_RHO or kind == "timing"
        ]
        cells += [
            replace(base, null=null, kind=kind, rho=FLOOR_RHO)
            for kind in CONCERTS
            for null in CONCERT_NULLS
        ]
    return cells


def main() -> None:
    """Print the tables asked for."""
    options = _options()
    parts = options.part or PARTS
    base = Cell("N1", worlds=options.worlds, seed=options.seed)
    found: Tallies = {}
    begun = time.monotonic()
    with ProcessPoolExecutor(options.workers) as pool:
        for days in options.days:
            for rate in options.rates:
                cells = cells_of(
                    replace(base, days=days, rate=rate),
                    parts,
                    is_least_rate=rate == min(options.rates) and len(options.rates) > 1,
                    is_longest=days == max((d for d in options.days if d <= LONG_DAYS), default=0),
                )
                chunks = [chunk for cell in cells for chunk in cell.chunks()]
                run: Callable[..., Any] = pool.map if options.workers > 1 else map
                for chunk, tally in zip(chunks, run(drawn, chunks), strict=True):
                    found[chunk.key] = found.get(chunk.key, Tally()).joined(tally)
                like = replace(base, days=days, rate=rate)
                for maker in (size_tables, power_tables, coverage_table):
                    for made in maker(found, like):
                        print(made, flush=True)
                _write(options, found)
    rows = [(name, ["met" if met else "**missed**", told]) for name, met, told in floors(found)]
    print(table("Floors", ("", "found"), rows))
    print(f"{time.monotonic() - begun:.0f} seconds.", file=sys.stderr)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--worlds", type=int, default=1000)
    parser.add_argument("--days", type=int, nargs="+", default=[243, 365, 1460])
    parser.add_argument("--rates", type=float, nargs="+", default=[0.3, 0.08])
    parser.add_argument("--quick", action="store_true", help="100 worlds of 365 days at one rate")
    parser.add_argument("--part", action="append", choices=PARTS)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--out", type=Path, help="JSON of all figures")
    parser.add_argument("--calibration", type=Path, help="the table of measure/calibration.py")
    options = parser.parse_args()
    if options.quick:
        options.worlds = min(options.worlds, 100)
        options.days, options.rates = [365], [0.3]
    return options


def _write(options: argparse.Namespace, found: Tallies) -> None:
    if options.out:
        text = json.dumps(record(found), ensure_ascii=False, indent=1)
        options.out.write_text(text + "\n", encoding="utf-8")
    if options.calibration:
        options.calibration.write_text(calibration(found), encoding="utf-8")


if __name__ == "__main__":
    main()
