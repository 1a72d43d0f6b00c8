"""What a scan tells: a row a pair with its stance, totals, and both in words."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from inconcert.core.display import displayed
from inconcert.core.panel import Toward
from inconcert.core.reading import StanceRead
from inconcert.core.span import TimeSpan
from inconcert.judge.amounts import counted, number, percent
from inconcert.judge.rules import Stance, Timing, head
from inconcert.judge.signs import stance_read
from inconcert.measure.power import LEAST_ACT_DAYS, LEAST_EXPECTED, LEAST_POWER, RHO, power
from inconcert.measure.scan import Scan, SideScan

SHOWN_P = 0.05
LEAST_LIFT = 1.25
"""Lift from which on a discovery is called co-acting; its interval must lie above 1 besides."""
SCREENED_OUT, OTHERS = "screened out", "others"
Interval = tuple[float, float]
Counts = npt.NDArray[Any]


@displayed
@dataclass(frozen=True, slots=True)
class ScanRow:
    """One pair toward one target.

    Attributes:
        a: code of A.
        b: code of B.
        toward: codes of the target, joined by `+`.
        j: cells (day and type) filled by both.
        expected: cells that third parties' behaviour lets one expect.
        lift: j over expected.
        lift_interval: its bounds at 90 %.
        p: one-sided p of this pair alone; None where it was screened out.
        q: least false-discovery rate that lets the pair in.
        rank: place among its placebo pairs and their number, both with the pair.
        act_days: days on which the rarer of the two acts.
        bloc: third parties that act together with both.
        timing: `co-acting`, `bloc-wide`, `undetermined` or `insufficient`.
        why: what an `insufficient` or `undetermined` one lacks, in few words; else empty.
        stance: `aligned`, `apart`, `opposed`, `undetermined` or `too few`.
        shares: cooperative shares of A and of B; None where they are too few.
        gap: share of A less share of B.
        gap_interval: its bounds at 95 %.
        verdict: head of the verdict. Contact is not looked at in a scan.
    """

    a: str
    b: str
    toward: str
    j: int
    expected: float
    lift: float
    lift_interval: Interval
    p: float | None
    q: float
    rank: tuple[int, int]
    act_days: int
    bloc: int
    timing: Timing
    why: str
    stance: str
    shares: tuple[float, float] | None
    gap: float | None
    gap_interval: Interval | None
    verdict: str

    def as_record(self) -> dict[str, Any]:
        """The row as it stands in `--json`."""
        return asdict(self)


@displayed
@dataclass(frozen=True, slots=True)
class ScanReport:
    """What a scan found.

    Attributes:
        source: dataset that was scanned.
        span: days that were scanned.
        targets: targets that were scanned.
        level: share of false discoveries that is put up with.
        tests: size of the family of tests.
        confirmed: tests made exactly; the others were screened out and entered with p = 1.
        is_tight: the screen cannot have cost a discovery.
        left_out: pairs without a test, by reason.
        discoveries: rows with q at or below the level.
        rejected: share of the confirmed and screened pairs with p below .05.
        rows: discoveries, best first, and the other rows with p below .05 (or all).
    """

    source: str
    span: TimeSpan
    targets: int
    level: float
    tests: int
    confirmed: int
    is_tight: bool
    left_out: Mapping[str, int]
    discoveries: int
    rejected: float
    rows: tuple[ScanRow, ...]

    def as_record(self) -> dict[str, Any]:
        """The report as it stands in `--json`: totals, then rows."""
        record = {name: getattr(self, name) for name in self.__slots__ if name != "rows"}
        record["span"] = [self.span.first.isoformat(), self.span.last.isoformat()]
        record["left_out"] = dict(self.left_out)
        record["rows"] = [row.as_record() for row in self.rows]
        return record


def timing_of(
    side: SideScan, row: int, *, q: float, level: float, other_rate: float
) -> tuple[Timing, str]:
    """What a scan may say of a pair's timing, and what it lacks.

    Args:
        side: all pairs toward the target.
        row: place of the pair.
        q: its false-discovery rate.
        level: rate that is put up with.
        other_rate: share of days on which the busier of the two acts.
    """
    short = _short(side, row, other_rate)
    if short:
        return "insufficient", short
    if q > level:
        return "undetermined", SCREENED_OUT if np.isnan(side.p[row]) else ""
    told = side.excess(row)
    if told.lift < LEAST_LIFT or told.lift_interval[0] <= 1:
        return "undetermined", "the excess is small"
    return ("bloc-wide" if side.is_bloc_wide[row] else "co-acting"), ""


def _short(side: SideScan, row: int, other_rate: float) -> str:
    """What the data are too few for; empty where they suffice."""
    days, cells = int(side.act_days[row]), int(side.cells[row])
    expected = float(side.expected[row])
    if days < LEAST_ACT_DAYS:
        return f"{days} act-days of the rarer actor"
    if expected < LEAST_EXPECTED:
        return f"{expected:.1f} cells expected by chance"
    by_days = power(days, min(max(other_rate, 0.001), 0.999), RHO)
    by_cells = power(cells, min(0.99, max(1e-3, expected / max(1, cells))), RHO)
    chance = max(by_days, by_cells)
    return "" if chance >= LEAST_POWER else f"power {chance:.2f}"


def shown_rows(found: Scan, place: int, *, everything: bool) -> list[int]:
    """Rows of a target that are told: discoveries, and those that come near."""
    side, q = found.sides[place], found.q[place]
    chosen = np.full(len(q), everything) | (q <= found.level) | (side.p < SHOWN_P)
    return [int(row) for row in np.flatnonzero(chosen)]


def rows_of(
    found: Scan, place: int, wanted: list[int], block: Toward, seed: int
) -> Iterator[ScanRow]:
    """Rows of one target, with stance."""
    side, q = found.sides[place], found.q[place]
    acting = (block.counts.sum(axis=1) > 0).mean(axis=1)
    toward, total = "+".join(side.toward), block.counts.sum(axis=0)
    for row in wanted:
        a, b = int(side.first[row]), int(side.second[row])
        busier = float(max(acting[a], acting[b]))
        timing, why = timing_of(side, row, q=float(q[row]), level=found.level, other_rate=busier)
        names = side.actors[a], side.actors[b]
        read = _stance(block, total, (a, b), seed=_seed(seed, toward, *names))
        # the row of the table of verdicts: contact is not looked at, so it cannot speak
        verdict, _ = head("not testable", timing, _as_stance(read.value), stories=0, measured=True)
        told = side.excess(row)
        p = float(side.p[row])
        yield ScanRow(
            a=names[0],
            b=names[1],
            toward=toward,
            j=int(side.found[row]),
            expected=told.expected,
            lift=told.lift,
            lift_interval=told.lift_interval,
            p=None if np.isnan(p) else p,
            q=float(q[row]),
            rank=(int(side.rank[row]), int(side.placebos[row]) + 1),
            act_days=int(side.act_days[row]),
            bloc=int(side.bloc[row]),
            timing=timing,
            why=why,
            stance=read.value,
            shares=read.shares,
            gap=read.gap,
            gap_interval=read.interval,
            verdict=verdict,
        )


def _stance(block: Toward, total: Counts, pair: tuple[int, int], *, seed: int) -> StanceRead:
    """Stance of two actors, all others as one."""
    own = block.counts[list(pair)]
    turned = replace(
        block,
        actors=(*(block.actors[place] for place in pair), OTHERS),
        counts=np.concatenate([own, (total - own.sum(axis=0))[None]]),
        habits=block.habits[[*pair, pair[0]]],
    )
    return stance_read(turned, rng=np.random.default_rng(seed), seed=seed)


def _as_stance(value: str) -> Stance:
    """A stance as the table of verdicts knows it."""
    known: tuple[Stance, ...] = ("aligned", "apart", "opposed", "undetermined")
    return next((one for one in known if one == value), "too few")


def _seed(seed: int, *names: str) -> int:
    """A seed of a row's own, so that its stance does not hang on which rows are shown."""
    return zlib.crc32(" ".join((str(seed), *names)).encode())


def told(report: ScanReport, name_of: Callable[[str], str] = str) -> str:
    """A scan as text: what was tested, what was left out, and the discoveries.

    Args:
        report: what was found.
        name_of: name of a code as shown.
    """
    lines = [
        (
            f"{report.source}, {report.span.first} to {report.span.last}: "
            f"{counted(report.tests, 'pair')} of actors toward {counted(report.targets, 'target')} "
            f"tested, {number(report.confirmed)} exactly."
        ),
        *(
            f"Not tested, {reason}: {counted(pairs, 'pair')}."
            for reason, pairs in report.left_out.items()
            if pairs
        ),
        (
            f"{counted(report.discoveries, 'discovery', 'discoveries')} at a false-discovery rate "
            f"of {report.level:g}: of a hundred such, about {100 * report.level:.0f} are false."
        ),
    ]
    if not report.is_tight:
        lines.append("The screen may have passed over further discoveries.")
    lines += ["", *(_line(row, name_of) for row in report.rows if row.q <= report.level)]
    lines += [
        "",
        (
            "What is found is acting alike beyond what others do. It is no intent and no "
            "agreement, and a pair that is not listed is not shown to be independent."
        ),
    ]
    return "\n".join(lines)


def _line(row: ScanRow, name_of: Callable[[str], str]) -> str:
    """One discovery, stance with it."""
    pair = f"{name_of(row.a)} and {name_of(row.b)}"
    toward = " and ".join(name_of(code) for code in row.toward.split("+"))
    low, high = row.lift_interval
    stance = row.stance
    if row.shares is not None:
        shares = " and ".join(percent(round(100 * share), 100) for share in row.shares)
        stance += f" ({shares} cooperative)"
    return (
        f"{pair} toward {toward}: {row.j} cells, {row.expected:.1f} expected, lift {row.lift:.2f} "
        f"({low:.2f} to {high:.2f}), {_q(row.q)}; timing {row.timing}"
        f"{f' ({row.why})' if row.why else ''}, stance {stance}; {row.verdict}"
    )


def _q(q: float) -> str:
    return "q < .001" if q < 0.001 else f"q = {q:.3f}".replace("= 0.", "= .")
