"""What `science.py` prints and writes: tables, floors, the calibration, JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from inconcert.measure.coaction import DIRECTIONS
from inconcert.measure.peers import PEERS
from inconcert.synth.worlds import NULLS
from science_worlds import CONCERTS, EVERY_PAIR, LEVELS, PCMCI, TYPED, Cell, Key, Tallies, Tally

ASKED = (*DIRECTIONS, "any direction")
OURS = (*ASKED, *(name + TYPED for name in ASKED))
PLANTED = (("joint", "same day"), ("follow", "A before B"), ("loose", "within two days"))
BOTH = (*PLANTED, *((kind, name + TYPED) for kind, name in PLANTED))
SHARES, FLOOR_RHO, YEAR = (0.15, 0.35, 0.5), 0.35, 365
COVERED = ("N1", "N3", "N7")
CONCERT_NULLS = ("N3", "N7", "N8")
FLOORS = {"joint": 0.90, "follow": 0.75, "loose": 0.60}
POOLED = ((0.05, 0.055, None), (0.01, 0.013, 0.02))
"""Level, most that is allowed pooled over N1 to N7, and in any one cell (None: three errors)."""
ESTIMATES = (
    *((kind, f"lift, {name}") for kind, name in BOTH),
    ("joint", "share, same day"),
    ("joint", f"share, same day{TYPED}"),
)
EVERY_ESTIMATE = (
    *(f"lift, {name}{tag}" for tag in ("", TYPED) for name in DIRECTIONS),
    "share, same day",
    f"share, same day{TYPED}",
)
CALIBRATION_HEAD = """\
# How often the tests of co-action find something, on simulated worlds.
# act_days: median act-days of the rarer actor in the null worlds (cells it fills, typed).
# size: share of worlds without coupling found at p of at most .05 or .01, mean over N1 to N8.
# power: share found of the worlds of N7 in which B joins 35 % of A's acts, in the way that the
# test looks for. worlds: null worlds behind size.
# Source: bench/science.py --calibration. Licence: as the code of this project. Checked: 2026-11-22
test\tdays\trate\tact_days\tsize 0.05\tsize 0.01\tpower 0.05\tpower 0.01\tworlds
"""


def table(title: str, columns: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> str:
    """A Markdown table."""
    lines = [
        f"### {title}",
        "",
        "| | " + " | ".join(columns) + " |",
        "|---" * (len(columns) + 1) + "|",
    ]
    lines += [f"| {name} | " + " | ".join(cells) + " |" for name, cells in rows]
    return "\n".join(lines) + "\n"


def error_of(share: float, worlds: int) -> float:
    """Standard error of a share."""
    return float((share * (1 - share) / max(1, worlds)) ** 0.5)


def size_tables(found: Tallies, base: Cell) -> Iterator[str]:
    """Rejections without coupling, ours and peers', at both levels."""
    nulls = [null for null in NULLS if replace(base, null=null).key in found]
    tallies = [found[replace(base, null=null).key] for null in nulls]
    if not tallies:
        return
    others = [tally for null, tally in zip(nulls, tallies, strict=True) if null < "N8"]
    peers = [*PEERS, *([PCMCI] if len(tallies[0].values(PCMCI)) else [])]
    for level in LEVELS:
        rows = [(f"**{name}**", _shares(tallies, name, level)) for name in OURS]
        rows.append((EVERY_PAIR, [_told(t.mean(f"{EVERY_PAIR} {level:.0%}")) for t in tallies]))
        rows += [(name, _shares(tallies, name, level)) for name in peers]
        yield table(f"Type-I error at {level:.0%}, {_named(base)}", nulls, rows)
        pooled = ", ".join(f"{name} {pooled_size(others, name, level):.3f}" for name in OURS)
        yield f"{_below(level, base.worlds, tallies)} Pooled over N1–N7: {pooled}.\n"
    rows = [(name, [_told(tally.mean(name)) for tally in tallies]) for name in EVERY_ESTIMATE]
    yield table(f"90 % intervals cover the truth without coupling, {_named(base)}", nulls, rows)


def pooled_size(tallies: Sequence[Tally], name: str, level: float) -> float:
    """Share rejected over several cells, each with the same weight."""
    shares = [tally.share(name, level) for tally in tallies]
    return float(np.nanmean(shares)) if shares else float("nan")


def power_tables(found: Tallies, base: Cell) -> Iterator[str]:
    """Rejections over N7 with coupling planted."""
    for level in LEVELS:
        rows = []
        for kind, name in (*BOTH, ("timing", f"same day{TYPED}")):
            keys = [replace(base, null="N7", kind=kind, rho=rho).key for rho in SHARES]
            if any(key in found for key in keys):
                shares = [_told(found.get(key, Tally()).share(name, level)) for key in keys]
                rows.append((f"{kind} → {name}", shares))
        if rows:
            columns = [f"ρ={rho}" for rho in SHARES]
            yield table(f"Power at {level:.0%} over N7, {_named(base)}", columns, rows)
            yield _below(0.5, base.worlds, []) + "\n"
        rows = []
        for kind in CONCERTS:
            keys = [replace(base, null=n, kind=kind, rho=FLOOR_RHO).key for n in CONCERT_NULLS]
            if any(key in found for key in keys):
                for name in ("same day", f"same day{TYPED}"):
                    shares = [_told(found.get(key, Tally()).share(name, level)) for key in keys]
                    rows.append((f"{kind} → {name}", shares))
        if rows:
            title = f"Power at {level:.0%} where others join too, ρ={FLOOR_RHO:g}, {_named(base)}"
            yield table(title, CONCERT_NULLS, rows)


def coverage_table(found: Tallies, base: Cell) -> Iterator[str]:
    """Coverage of the 90 % intervals where coupling is planted."""
    rows = []
    for kind, name in ESTIMATES:
        keys = [replace(base, null=null, kind=kind, rho=FLOOR_RHO).key for null in COVERED]
        shares = [found.get(key, Tally()).mean(name) for key in keys]
        if not np.isnan(shares).all():
            rows.append((f"{kind} → {name}", [_told(share) for share in shares]))
    if rows:
        title = f"90 % intervals cover the truth at ρ={FLOOR_RHO:g}, {_named(base)}"
        yield table(title, COVERED, rows)
        yield _below(0.9, base.worlds, []) + "\n"


def floors(found: Tallies) -> list[tuple[str, bool, str]]:
    """What must be reached: name, whether it is, and the figures."""
    return [*_size_floors(found), *_power_floors(found), *_coverage_floors(found)]


def _size_floors(found: Tallies) -> Iterator[tuple[str, bool, str]]:
    nulls = {key: t for key, t in found.items() if key[1] == "none" and key[0] < "N8" and t.rows}
    blocs = {key: t for key, t in found.items() if key[:2] == ("N8", "none") and t.rows}
    for level, most, bar in POOLED if nulls else ():
        for name in OURS:
            pooled = pooled_size(list(nulls.values()), name, level)
            told = f"size at {level:.0%} pooled over N1–N7 ≤ {most}: {name}"
            yield told, pooled <= most, f"{pooled:.4f}"
            share, key = max((t.share(name, level), key) for key, t in nulls.items())
            limit = bar or level + 3 * error_of(level, len(nulls[key].rows))
            told = f"size at {level:.0%} in no cell above {limit:.3f}: {name}"
            yield told, share <= limit, f"{share:.3f} in {_place(key)}"
    for name in OURS if blocs else ():
        share, key = max((t.share(name, 0.05), key) for key, t in blocs.items())
        limit = 0.10 + 3 * error_of(0.10, len(blocs[key].rows))
        yield f"N8 at 5% ≤ {limit:.3f}: {name}", share <= limit, f"{share:.3f} in {_place(key)}"


def _power_floors(found: Tallies) -> Iterator[tuple[str, bool, str]]:
    """Power is asked for at a year of the busier rate, or whatever single cell was drawn."""
    for kind, name in BOTH:
        cells = {key: t for key, t in found.items() if key[:3] == ("N7", kind, FLOOR_RHO)}
        a_year = {key: t for key, t in cells.items() if key[3] == YEAR} or cells
        if a_year:
            key = max(a_year, key=lambda key: key[4])
            power = a_year[key].share(name, 0.05)
            told = f"power at 5% ≥ {FLOORS[kind]:.2f}: {kind} → {name}"
            yield told, power >= FLOORS[kind], f"{power:.3f} in {_place(key)}"


def _coverage_floors(found: Tallies) -> Iterator[tuple[str, bool, str]]:
    cells = []
    for key, tally in found.items():
        planted = [name for kind, name in ESTIMATES if kind == key[1]]
        for name in EVERY_ESTIMATE if key[1] == "none" else planted:
            values = tally.values(name)
            if len(values):
                cells.append((tally.mean(name), error_of(0.9, len(values)), name, key))
    if cells:
        pooled = float(np.mean([share for share, *_ in cells]))
        off = sum(abs(share - 0.9) > 3 * error for share, error, *_ in cells)
        share, _, name, key = max(cells, key=lambda cell: abs(cell[0] - 0.9))
        told = f"{off} of {len(cells)} off, farthest {share:.3f}: {name} in {_place(key)}"
        yield "coverage pooled within 0.88–0.92", 0.88 <= pooled <= 0.92, f"{pooled:.3f}"
        yield "coverage of each cell within three errors of 0.90", not off, told


def _place(key: Key) -> str:
    null, kind, rho, days, rate = key
    planted = f" {kind} {rho:g}" if kind != "none" else ""
    return f"{null}{planted}, {days} days, rate {rate:g}"


def _shares(tallies: Sequence[Tally], name: str, level: float) -> list[str]:
    return [_told(tally.share(name, level)) for tally in tallies]


def _told(share: float) -> str:
    return "" if np.isnan(share) else f"{share:.3f}"


def _below(share: float, worlds: int, tallies: Sequence[Tally]) -> str:
    refused = sum(tally.refused for tally in tallies)
    told = f" Refused for too few acts: {refused} worlds." if refused else ""
    return (
        f"n = {worlds} a cell; standard error at {share:.0%}: ±{error_of(share, worlds):.3f}.{told}"
    )


def _named(cell: Cell) -> str:
    return f"{cell.days} days, {cell.rate:g} acts a day"


def calibration(found: Tallies) -> str:
    """The table from which `measure.calibration` tells how many findings are false."""
    lines = []
    for days, rate in sorted({key[3:] for key in found}):
        here = {key[:3]: tally for key, tally in found.items() if key[3:] == (days, rate)}
        nulls = [t for key, t in here.items() if key[1] == "none" and key[0] < "N9" and t.rows]
        for kind, test in BOTH if nulls else ():
            coupled = here.get(("N7", kind, FLOOR_RHO))
            if coupled is None:
                continue
            unit = "cells" if test.endswith(TYPED) else "act-days"
            amount = np.median(np.concatenate([tally.values(unit) for tally in nulls]))
            sizes = [f"{pooled_size(nulls, test, level):.4f}" for level in LEVELS]
            powers = [f"{coupled.share(test, level):.3f}" for level in LEVELS]
            worlds = str(sum(len(tally.rows) for tally in nulls))
            cells = [test, str(days), f"{rate:g}", f"{amount:.0f}", *sizes, *powers, worlds]
            lines.append("\t".join(cells))
    return CALIBRATION_HEAD + "\n".join(lines) + "\n"


def record(found: Tallies) -> dict[str, Any]:
    """Everything that the tables rest on, as JSON: one entry a cell, and the floors."""
    names = ("floor", "met", "found")
    return {
        "cells": [_entry(key, tally) for key, tally in found.items()],
        "floors": [dict(zip(names, floor, strict=True)) for floor in floors(found)],
    }


def _entry(key: Key, tally: Tally) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name in sorted({name for row in tally.rows for name in row}):
        if name.startswith(("lift", "share")):
            told[name] = {"covered": round(tally.mean(name), 4), "worlds": len(tally.values(name))}
        elif name.startswith(EVERY_PAIR):
            told[name] = {"share": round(tally.mean(name), 4), "worlds": len(tally.values(name))}
        elif name in ("act-days", "cells"):
            told[name] = {"median": float(np.median(tally.values(name)))}
        else:
            told[name] = {f"{level:.2f}": round(tally.share(name, level), 4) for level in LEVELS}
    null, kind, rho, days, rate = key
    return {
        "null": null,
        "kind": kind,
        "rho": rho,
        "days": days,
        "rate": rate,
        "worlds": len(tally.rows),
        "refused": tally.refused,
        "seconds": round(tally.seconds, 1),
        "found": told,
    }
